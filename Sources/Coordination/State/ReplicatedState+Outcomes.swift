/// Outcomes remembered for request ids: a repeated write gets the first one's outcome and has no effect.
extension ReplicatedState {
    enum Recollection {
        case remembered(WriteOutcome)
        /// Not known and not forgotten. The client's record as it is now; nil for a new client.
        case fresh(ClientRecord?)
    }

    /// The length of an activity period, in nanoseconds of log time.
    private static let period: UInt64 = 10_000_000_000
    private static let second: UInt64 = 1_000_000_000

    private var nowSeconds: UInt64 { meta.logTime / ReplicatedState.second }
    private var ageSeconds: UInt64 { meta.retention.outcomeAge / ReplicatedState.second }
    private var nowPeriod: UInt64 { meta.logTime / ReplicatedState.period }

    // MARK: Recalling

    /// What is known of a request id. Throws `REQUEST_ID_EXPIRED` and `REQUEST_ID_REUSED`.
    mutating func recall(
        _ id: RequestIdentity, principal: String, digest: UInt64, of command: Command
    ) throws(StateError) -> Recollection {
        ClientRecord.putKey(&scratch.key, principal: principal, client: id.client)
        guard let entry = map.get(scratch.key.bytes) else { return .fresh(nil) }
        let client = ClientRecord(entry)
        if id.sequence > client.last { return .fresh(client) }
        if id.sequence <= client.floor {
            throw StateError(
                .failedPrecondition, .requestIDExpired,
                "sequence \(id.sequence) is too old: outcomes up to \(client.floor) are no longer kept",
                [.init("expired_sequence", "\(client.floor)")])
        }
        guard let bytes = outcome(of: client, id.sequence) else { return .fresh(client) }
        guard let stored = StoredOutcome(decoding: bytes, of: command) else {
            preconditionFailure("a malformed outcome")
        }
        // Digests are short enough that somebody may find two requests with the same one.
        guard stored.digest == digest, (try? stored.result.get()).map({ command.mayResult(in: $0.kind) }) ?? true
        else {
            throw StateError(
                .invalidArgument, .requestIDReused,
                "sequence \(id.sequence) was used before, for another request, at revision \(stored.revision)",
                [.init("revision", "\(stored.revision)")])
        }
        return .remembered(stored.result)
    }

    private mutating func outcome(of client: ClientRecord, _ sequence: UInt64) -> UnsafeRawBufferPointer? {
        if let first = client.tail.first, sequence >= first || client.sealedChunks == 0 {
            let item = client.tail.item(notBelow: sequence)
            return item?.sequence == sequence ? item?.outcome : nil
        }
        guard let entry = chunk(of: client, for: sequence) else { return nil }
        let item = OutcomeChunk(entry.body).item(notBelow: sequence)
        return item?.sequence == sequence ? item?.outcome : nil
    }

    /// The sealed chunk in which `sequence` is, or would be.
    private mutating func chunk(of client: ClientRecord, for sequence: UInt64) -> Entry? {
        client.putChunkKey(&scratch.secondKey, first: sequence)
        if let exact = map.get(scratch.secondKey.bytes) { return exact }
        if let before = map.last(before: scratch.secondKey.bytes), client.owns(chunk: before) { return before }
        if let after = map.first(notBefore: scratch.secondKey.bytes), client.owns(chunk: after) { return after }
        return nil
    }

    // MARK: Remembering

    mutating func remember(
        _ outcome: WriteOutcome, id: RequestIdentity, client known: ClientRecord?, principal: String,
        digest: UInt64, _ revision: Revision
    ) {
        if known == nil { makeRoomForClient() }
        var client = known ?? newClient()
        ClientRecord.putKey(&scratch.key, principal: principal, client: id.client)
        noteActivity(of: &client, isNew: known == nil)
        scratch.outcome.removeAll()
        StoredOutcome.encode(outcome, digest: digest, revision: revision, to: &scratch.outcome)
        forgetOldOutcomes(of: &client)
        client.count &+= 1
        let isLate = client.sealedChunks > 0 && id.sequence < client.tail.first ?? 0
        if isLate {
            insertLate(&client, id.sequence)
            scratch.body.removeAll()
            scratch.body.append(client.tail.bytes)
        } else {
            insertIntoTail(&client, id.sequence)
        }
        client.last = max(client.last, id.sequence)
        putClient(client, body: scratch.body.bytes)
        forgetIdleClients()
    }

    /// Writes the record under the key in `scratch.key`.
    private mutating func putClient(_ client: ClientRecord, body: UnsafeRawBufferPointer) {
        scratch.header.removeAll()
        client.encode(to: &scratch.header)
        map.put(scratch.key.bytes, header: scratch.header.bytes, body: .copying(body))
    }

    private mutating func newClient() -> ClientRecord {
        defer {
            meta.nextClient &+= 1
            meta.clientCount &+= 1
        }
        return ClientRecord(number: meta.nextClient, period: nowPeriod)
    }

    /// Moves the client to its place among those that wrote last, where that has changed. `scratch.key` is its key.
    private mutating func noteActivity(of client: inout ClientRecord, isNew: Bool) {
        let period = nowPeriod
        if !isNew {
            if client.period == period && !client.isDormant { return }
            client.putActivityKey(&scratch.secondKey)
            map.remove(scratch.secondKey.bytes)
        }
        client.period = period
        client.isDormant = false
        client.putActivityKey(&scratch.secondKey)
        map.put(scratch.secondKey.bytes, header: scratch.key.bytes, body: .empty)
    }

    /// Leaves the client's new tail in `scratch.body`.
    private mutating func insertIntoTail(_ client: inout ClientRecord, _ sequence: UInt64) {
        let tail = client.tail
        let next = sequence > client.last ? nil : tail.item(notBelow: sequence)
        precondition(next?.sequence != sequence, "an outcome that is remembered already")
        scratch.body.removeAll()
        scratch.body.append(UnsafeRawBufferPointer(rebasing: tail.bytes[..<(next?.start ?? tail.bytes.count)]))
        appendOutcome(sequence)
        if let next { scratch.body.append(UnsafeRawBufferPointer(rebasing: tail.bytes[next.start...])) }
        let fresh = OutcomeChunk(scratch.body.bytes)
        let cut = fresh.start(ofItem: ClientRecord.tailMax)
        guard cut < fresh.bytes.count else { return }
        // The tail is full: its oldest outcomes become a chunk of their own.
        seal(&client, UnsafeRawBufferPointer(rebasing: fresh.bytes[..<cut]))
        let rest = Array(fresh.bytes[cut...])
        scratch.body.removeAll()
        rest.withUnsafeBytes { scratch.body.append($0) }
    }

    /// Appends the outcome in `scratch.outcome` to `scratch.body`.
    private mutating func appendOutcome(_ sequence: UInt64) {
        scratch.body.varint(sequence)
        scratch.body.counted(scratch.outcome.bytes)
    }

    private mutating func seal(_ client: inout ClientRecord, _ items: UnsafeRawBufferPointer) {
        if client.sealedChunks == 0 { client.oldestSealed = nowSeconds }
        client.sealedChunks &+= 1
        putChunk(client, items)
    }

    /// A chunk's header is the second of log time of its newest outcome.
    private mutating func putChunk(_ client: ClientRecord, _ items: UnsafeRawBufferPointer) {
        guard let first = OutcomeChunk(items).first else { preconditionFailure("a chunk without outcomes") }
        client.putChunkKey(&scratch.secondKey, first: first)
        scratch.header.removeAll()
        scratch.header.varint(nowSeconds)
        map.put(scratch.secondKey.bytes, header: scratch.header.bytes, body: .copying(items))
    }

    /// Remembers the outcome of a sequence that is lower than those of the tail: it was overtaken on its way.
    private mutating func insertLate(_ client: inout ClientRecord, _ sequence: UInt64) {
        guard let entry = chunk(of: client, for: sequence) else { preconditionFailure("a client without its chunks") }
        let old = OutcomeChunk(entry.body)
        let next = old.item(notBelow: sequence)
        precondition(next?.sequence != sequence, "an outcome that is remembered already")
        let start = next?.start ?? old.bytes.count
        scratch.body.removeAll()
        scratch.body.append(UnsafeRawBufferPointer(rebasing: old.bytes[..<start]))
        appendOutcome(sequence)
        scratch.body.append(UnsafeRawBufferPointer(rebasing: old.bytes[start...]))
        map.remove(entry.key)
        let fresh = OutcomeChunk(scratch.body.bytes)
        let count = fresh.summary().count
        if count > OutcomeChunk.sealedMax {
            let cut = fresh.start(ofItem: count / 2)
            putChunk(client, UnsafeRawBufferPointer(rebasing: fresh.bytes[..<cut]))
            putChunk(client, UnsafeRawBufferPointer(rebasing: fresh.bytes[cut...]))
            client.sealedChunks &+= 1
        } else {
            putChunk(client, fresh.bytes)
        }
        refreshOldestSealed(&client)
    }

    // MARK: Forgetting

    private mutating func oldestChunk(of client: ClientRecord) -> Entry? {
        client.putChunkKey(&scratch.secondKey, first: 0)
        guard let entry = map.first(notBefore: scratch.secondKey.bytes), client.owns(chunk: entry) else { return nil }
        return entry
    }

    private mutating func refreshOldestSealed(_ client: inout ClientRecord) {
        guard let entry = oldestChunk(of: client) else {
            client.oldestSealed = 0
            return
        }
        var source = ByteSource(entry.header)
        client.oldestSealed = source.varint()
    }

    private mutating func forgetOldestChunk(_ client: inout ClientRecord) {
        guard let entry = oldestChunk(of: client) else { preconditionFailure("a client without its chunks") }
        let (count, last) = OutcomeChunk(entry.body).summary()
        client.floor = max(client.floor, last)
        client.count &-= UInt64(count)
        client.sealedChunks &-= 1
        map.remove(entry.key)
        refreshOldestSealed(&client)
    }

    /// Forgets a writing client's outcomes that are beyond its window or too old, at most two chunks at a time.
    private mutating func forgetOldOutcomes(of client: inout ClientRecord) {
        let countMax = meta.retention.outcomesPerClient &+ UInt64(OutcomeChunk.sealedMax)
        for _ in 0..<2 where client.sealedChunks > 0 {
            guard client.count >= countMax || client.oldestSealed &+ ageSeconds < nowSeconds else { return }
            forgetOldestChunk(&client)
        }
    }

    /// Forgets the outcomes of the client that has not written for longest, if that was long ago: eight chunks at a
    /// time. Of such a client only the highest sequence is kept, so that an old request is still refused.
    private mutating func forgetIdleClients() {
        guard nowSeconds > idleCheckDue else { return }
        scratch.secondKey.removeAll()
        scratch.secondKey.byte(KeySpace.activity)
        scratch.secondKey.byte(1)
        guard let place = map.first(notBefore: scratch.secondKey.bytes), place.key[0] == KeySpace.activity else {
            return
        }
        let period = UInt64(bigEndian: place.key.loadUnaligned(fromByteOffset: 2, as: UInt64.self))
        let periodSeconds = ReplicatedState.period / ReplicatedState.second
        let due = (period &+ 1) &* periodSeconds &+ ageSeconds
        guard due < nowSeconds else {
            // Whoever writes from now on is idle no sooner.
            idleCheckDue = due
            return
        }
        guard let entry = map.get(place.header) else { preconditionFailure("an activity without its client") }
        var client = ClientRecord(entry)
        for _ in 0..<8 where client.sealedChunks > 0 { forgetOldestChunk(&client) }
        scratch.key.removeAll()
        scratch.key.append(place.header)
        guard client.sealedChunks == 0 else {
            putClient(client, body: client.tail.bytes)
            return
        }
        map.remove(place.key)
        client.floor = client.last
        client.count = 0
        client.isDormant = true
        client.putActivityKey(&scratch.secondKey)
        map.put(scratch.secondKey.bytes, header: scratch.key.bytes, body: .empty)
        putClient(client, body: UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// Forgets the client that has not written for longest, where the next one would be one too many.
    private mutating func makeRoomForClient() {
        guard meta.clientCount >= meta.retention.clientsMax else { return }
        var start = KeySpace.activity
        guard let place = withUnsafeBytes(of: &start, { map.first(notBefore: $0) }),
            place.key[0] == KeySpace.activity, let entry = map.get(place.header)
        else { preconditionFailure("clients without their activities") }
        var client = ClientRecord(entry)
        while client.sealedChunks > 0 { forgetOldestChunk(&client) }
        map.remove(place.header)
        map.remove(place.key)
        meta.clientCount &-= 1
    }
}
