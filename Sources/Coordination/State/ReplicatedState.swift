import ByteString

/// Everything that is replicated, in one ``VersionedMap``, and the rules by which commands change it.
///
/// Deterministic: the same commands at the same revisions give the same state, digest and outcomes in every process.
struct ReplicatedState: ~Copyable {
    var map = VersionedMap()
    /// Written into the map at each publication.
    var meta: MetaRecord
    /// The changes since the last publication.
    var events: [ZnodeEvent] = []
    /// The sessions that ended since then.
    var endings: [SessionEnding] = []
    /// The streams that went on with sessions since then.
    var attachments: [StreamAttachment] = []
    /// The revision of the last change, and how many changes it has made.
    var changes = (revision: Revision.zero, count: UInt32(0))
    /// How many znodes the recursive deletions of the command that is being carried out have deleted.
    var deletedInTrees: UInt64 = 0
    /// Derived from the state, and not a part of it.
    var timers = Timers()
    var scratch = Scratch()
    /// Before this second of log time no client is idle enough to be forgotten. A shortcut: 0 is always right.
    var idleCheckDue: UInt64 = 0

    /// Room for keys and values that are being put together.
    struct Scratch: ~Copyable {
        var key = ByteSink()
        var secondKey = ByteSink()
        var header = ByteSink()
        var body = ByteSink(capacity: 2048)
        var outcome = ByteSink()
    }

    /// An empty tree: the root alone, created at revision 0.
    init(retention: Retention) {
        meta = MetaRecord(retention: retention)
        meta.znodeCount = 1
        let root = ZnodeStat(createdAt: .zero, WallTime(unixMilliseconds: 0), dataLength: 0)
        scratch.header.removeAll()
        root.encode(to: &scratch.header)
        let header = scratch.header.bytes
        "/".withUTF8Bytes { path in
            _ = KeySpace.withZnode(path) { key in map.put(key, header: header, body: .empty) }
        }
    }

    // MARK: Applying

    /// Carries out a command, or gives the outcome that is remembered for its request id.
    mutating func apply(
        _ command: Command, _ context: CommandContext, at revision: Revision
    ) -> (outcome: WriteOutcome, isRepeated: Bool) {
        advance(to: revision)
        advance(logTime: context.logTime)
        // A new leader may stamp its first entries with less than those before them, which it has not applied yet. What
        // lasts from here on lasts from the later of the two.
        var context = context
        context.logTime = LogTime(nanoseconds: meta.logTime)
        return carryOutOnce(command, context, revision)
    }

    /// Carries a command out, unless its request id says that it was before.
    mutating func carryOutOnce(
        _ command: Command, _ context: CommandContext, _ revision: Revision
    ) -> (outcome: WriteOutcome, isRepeated: Bool) {
        guard let id = command.requestID else { return (execute(command, context, revision), false) }
        do throws(StateError) {
            try Limits.ceiling.check(id)
            try checkPrincipal(context.principal)
            let digest = command.digest
            switch try recall(id, principal: context.principal, digest: digest, of: command) {
            case .remembered(let outcome):
                return (recalled(outcome, of: command, context, revision), true)
            case .fresh(let client):
                let outcome = execute(command, context, revision)
                remember(outcome, id: id, client: client, principal: context.principal, digest: digest, revision)
                return (outcome, false)
            }
        } catch {
            return (.failure(error), false)
        }
    }

    /// Notes that everything up to `revision` has been applied.
    ///
    /// - Precondition: `revision` comes after the last one: entries are applied in the order of the log, each once.
    mutating func advance(to revision: Revision) {
        precondition(revision.rawValue > meta.revision, "revision \(revision) after \(meta.revision)")
        meta.revision = revision.rawValue
    }

    /// Log time moves forward only.
    mutating func advance(logTime: LogTime) {
        meta.logTime = max(meta.logTime, logTime.nanoseconds)
    }

    func checkPrincipal(_ principal: String) throws(StateError) {
        let count = principal.utf8.count
        guard count > Limits.principalBytesMax else { return }
        throw StateError(
            .invalidArgument, .invalidPrincipal,
            "the principal has \(count) bytes; at most \(Limits.principalBytesMax) are allowed")
    }

    /// Every command comes through here, with the principal whose it is and the state as it was before, and is decided
    /// alike on every member: this is where rules of access will be asked whether it may.
    private mutating func execute(
        _ command: Command, _ context: CommandContext, _ revision: Revision
    ) -> WriteOutcome {
        deletedInTrees = 0
        do throws(StateError) {
            try Limits.ceiling.check(command)
            switch command.action {
            case .znode(let change):
                return .success(try carryOut(change, context, revision))
            case .transaction(let transaction):
                let outcome = try transact(transaction, context, revision, isKept: command.requestID != nil)
                return .success(WriteResult(kind: .transacted, revision: revision, transaction: outcome))
            case .session(let change):
                return .success(try self.change(change, context, revision))
            case .lock(let change):
                return .success(
                    try atomically { state throws(StateError) in try state.change(change, context, revision) })
            case .naming(let change):
                return .success(
                    try atomically { state throws(StateError) in try state.change(change, context, revision) })
            case .config(let write):
                return .success(
                    try atomically { state throws(StateError) in try state.carryOut(write, context, revision) })
            case .stream(let change):
                return .success(try self.change(change, context, revision))
            case .expire(let subject):
                try expire(subject, context, revision)
                return .success(WriteResult(kind: .expired, revision: revision))
            }
        } catch {
            return .failure(error)
        }
    }

    // MARK: Publishing

    /// Writes what is kept beside the map into it, so that the map is the whole state.
    private mutating func flush() {
        scratch.header.removeAll()
        meta.encode(to: &scratch.header)
        let header = scratch.header.bytes
        KeySpace.withMeta { key in
            if let old = map.get(key)?.header, old.elementsEqual(header) { return }
            map.put(key, header: header, body: .empty)
        }
    }

    /// The digest that the map will have when the state is published as it is now.
    var digest: MapDigest {
        var header = ByteSink()
        meta.encode(to: &header)
        var digest = map.digest
        KeySpace.withMeta { key in
            if let old = map.get(key) { digest.subtract(old.hash) }
            digest.add(Entry.hash(key: key, header: header.bytes, body: UnsafeRawBufferPointer(start: nil, count: 0)))
        }
        return digest
    }

    /// Makes the state as it is now the one that readers get.
    mutating func publish() {
        flush()
        tidyTimers()
        map.publish(tag: MapRecord.Tag(revision: meta.revision, time: meta.logTime))
    }
}
