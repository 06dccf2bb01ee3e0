/// The entry under ``KeySpace/client``: what is known of a client, with its newest outcomes as the body.
///
/// Older outcomes lie in sealed chunks of about eight under ``KeySpace/outcome``, so that a write touches one entry
/// and an outcome costs little more than its own bytes.
struct ClientRecord {
    /// Outcomes in the body before they are sealed.
    static let tailMax = 8

    /// Names the client in other keys.
    var number: UInt64
    /// The highest sequence whose outcome was forgotten. What is not above it is refused.
    var floor: UInt64 = 0
    /// The highest sequence ever remembered.
    var last: UInt64 = 0
    /// Outcomes kept, the sealed ones included.
    var count: UInt64 = 0
    var sealedChunks: UInt64 = 0
    /// Second of log time of the newest outcome in the oldest sealed chunk.
    var oldestSealed: UInt64 = 0
    /// When the client last wrote, in periods of log time: its place among the clients to forget.
    var period: UInt64
    /// Whether it wrote so long ago that only `floor` is left of its outcomes.
    var isDormant = false
    /// The newest outcomes. They lie in the entry, which stays readable until the next publication.
    var tail = OutcomeChunk(UnsafeRawBufferPointer(start: nil, count: 0))

    init(number: UInt64, period: UInt64) {
        self.number = number
        self.period = period
    }

    /// Nil if the entry is malformed.
    init?(decoding entry: Entry) {
        var source = ByteSource(entry.header)
        number = source.varint()
        floor = source.varint()
        last = source.varint()
        count = source.varint()
        sealedChunks = source.varint()
        oldestSealed = source.varint()
        period = source.varint()
        isDormant = source.byte() == 1
        tail = OutcomeChunk(entry.body)
        guard source.isWellFormed && source.isAtEnd else { return nil }
    }

    init(_ entry: Entry) {
        guard let record = ClientRecord(decoding: entry) else { preconditionFailure("a malformed client record") }
        self = record
    }

    func encode(to sink: inout ByteSink) {
        for field in [number, floor, last] { sink.varint(field) }
        for field in [count, sealedChunks, oldestSealed, period] { sink.varint(field) }
        sink.byte(isDormant ? 1 : 0)
    }

    // MARK: Keys

    /// `principal` and `client` are told apart by the length of the former.
    static func putKey(_ sink: inout ByteSink, principal: String, client: String) {
        sink.removeAll()
        sink.byte(KeySpace.client)
        sink.sorted16(UInt16(truncatingIfNeeded: principal.utf8.count))
        principal.withUTF8Bytes { sink.append($0) }
        client.withUTF8Bytes { sink.append($0) }
    }

    func putActivityKey(_ sink: inout ByteSink) {
        sink.removeAll()
        sink.byte(KeySpace.activity)
        sink.byte(isDormant ? 0 : 1)
        sink.sorted64(period)
        sink.sorted64(number)
    }

    func putChunkKey(_ sink: inout ByteSink, first sequence: UInt64) {
        sink.removeAll()
        sink.byte(KeySpace.outcome)
        sink.sorted64(number)
        sink.sorted64(sequence)
    }

    /// Whether `entry` is one of this client's sealed chunks.
    func owns(chunk entry: Entry) -> Bool {
        guard entry.keyCount == 17, entry.key[0] == KeySpace.outcome else { return false }
        return UInt64(bigEndian: entry.key.loadUnaligned(fromByteOffset: 1, as: UInt64.self)) == number
    }
}

/// Outcomes in ascending order of their sequences: `varint sequence | varint length | outcome`, again and again.
struct OutcomeChunk {
    /// A sealed chunk that late arrivals have made longer than this is cut in two.
    static let sealedMax = 16

    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// One outcome of a chunk.
    struct Item {
        var sequence: UInt64
        /// Where it begins in the chunk, and where the next one does.
        var start: Int
        var end: Int
        var outcome: UnsafeRawBufferPointer
    }

    /// The item at `offset`; nil at the end.
    func item(at offset: Int) -> Item? {
        guard offset < bytes.count else { return nil }
        var source = ByteSource(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
        let sequence = source.varint()
        let outcome = source.counted()
        precondition(source.isWellFormed, "a malformed chunk of outcomes")
        return Item(sequence: sequence, start: offset, end: offset + source.offset, outcome: outcome)
    }

    var first: UInt64? { item(at: 0)?.sequence }

    /// The first item whose sequence is not below `sequence`.
    func item(notBelow sequence: UInt64) -> Item? {
        var offset = 0
        while let item = item(at: offset) {
            if item.sequence >= sequence { return item }
            offset = item.end
        }
        return nil
    }

    /// Number of items and the last one's sequence.
    func summary() -> (count: Int, last: UInt64) {
        var count = 0
        var last: UInt64 = 0
        var offset = 0
        while let item = item(at: offset) {
            count += 1
            last = item.sequence
            offset = item.end
        }
        return (count, last)
    }

    /// Where item number `index` begins.
    func start(ofItem index: Int) -> Int {
        var offset = 0
        for _ in 0..<index {
            guard let item = item(at: offset) else { break }
            offset = item.end
        }
        return offset
    }

    /// Whether the bytes are a chunk at all: for what comes from elsewhere.
    static func isWellFormed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var source = ByteSource(bytes)
        var previous: UInt64 = 0
        while !source.isAtEnd && source.isWellFormed {
            let sequence = source.varint()
            let outcome = source.counted()
            guard source.isWellFormed, sequence > previous, StoredOutcome(decoding: outcome, of: nil) != nil else {
                return false
            }
            previous = sequence
        }
        return source.isWellFormed
    }
}

/// The outcome of a write as it is remembered.
///
/// ```
/// varint revision | u64 digest of the request | varint status code, 0 for success
/// success: u8 kind of write, and what belongs to it
/// failure: reason | message | varint facts | (name | value) of each; texts after their varint lengths
/// ```
struct StoredOutcome {
    var revision: Revision
    var digest: UInt64
    var result: WriteOutcome

    static func encode(
        _ result: WriteOutcome, digest: UInt64, revision: Revision, to sink: inout ByteSink
    ) {
        switch result {
        case .success(let write):
            // (That of a session which had ended before it was closed is an earlier one than the entry's.)
            sink.varint(write.revision.rawValue)
            sink.fixed64(digest)
            sink.varint(0)
            write.encode(to: &sink)
        case .failure(let error):
            sink.varint(revision.rawValue)
            sink.fixed64(digest)
            sink.varint(UInt64(error.code.rawValue))
            sink.counted(error.reason.rawValue)
            sink.counted(error.message)
            sink.varint(UInt64(error.metadata.count))
            for fact in error.metadata {
                sink.counted(fact.name)
                sink.counted(fact.value)
            }
        }
    }

    /// What stands in the request is taken from there: it is the same as the original's if the digests are equal. Nil
    /// checks the bytes alone.
    init?(decoding bytes: UnsafeRawBufferPointer, of command: Command?) {
        var source = ByteSource(bytes)
        revision = Revision(source.varint())
        digest = source.fixed64()
        let code = source.varint()
        if code == 0 {
            guard let kind = WriteResult.Kind(rawValue: source.byte()) else { return nil }
            var request: Transaction?
            if case .transaction(let transaction)? = command?.action { request = transaction }
            guard
                let write = WriteResult(
                    kind, from: &source, revision: revision, path: command?.path ?? "", transaction: request)
            else { return nil }
            result = .success(write)
        } else {
            let reason = source.text()
            let message = source.text()
            var facts: [StateError.Fact] = []
            for _ in 0..<min(source.varint(), 64) { facts.append(.init(source.text(), source.text())) }
            guard let number = UInt32(exactly: code) else { return nil }
            let status = StatusCode(rawValue: number)
            result = .failure(StateError(status, Reason(rawValue: reason), message, facts))
        }
        guard source.isWellFormed && source.isAtEnd else { return nil }
    }
}

/// A success as it is remembered, without its revision:
///
/// ```
/// u8 kind | for created and set znodes and for claims: varint data length, stat
///     | for sequential ones and for claims: varint length, path
///     | for transactions: as Transaction.Outcome says
///     | for recursive deletions: varint number of znodes
/// ```
extension WriteResult {
    func encode(to sink: inout ByteSink) {
        sink.byte(kind.rawValue)
        if let stat {
            sink.varint(stat.dataLength)
            stat.encode(to: &sink)
        }
        if namesItsPath { sink.counted(path) }
        transaction?.encode(to: &sink)
        if kind == .deletedTree { sink.varint(deletedCount) }
    }

    /// Reads what ``encode(to:)`` wrote after the kind. Nil if that makes no sense; `source` tells whether it was
    /// well-formed.
    ///
    /// - Parameters:
    ///   - path: as the request has it.
    ///   - request: the transaction that was asked for, if it was one.
    init?(
        _ kind: Kind, from source: inout ByteSource, revision: Revision, path: String, transaction request: Transaction?
    ) {
        self.init(kind: kind, revision: revision, path: path)
        if kind.hasStat {
            let length = source.varint()
            guard length <= UInt64(Int32.max) else { return nil }
            stat = ZnodeStat(from: &source, dataLength: Int(length))
        }
        if namesItsPath { self.path = source.text() }
        if kind == .deletedTree { deletedCount = source.varint() }
        if kind == .transacted { transaction = Transaction.Outcome(from: &source, revision: revision, of: request) }
    }
}
