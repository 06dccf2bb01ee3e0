public import ByteString

/// Comparisons, and the changes and reads that depend on them: all of these are carried out at one revision, or none.
public struct Transaction: Hashable, Sendable {
    /// If all hold, `then` is carried out, else `otherwise`.
    public var comparisons: [Comparison]
    public var then: [Operation]
    public var otherwise: [Operation]

    public init(comparisons: [Comparison] = [], then: [Operation], otherwise: [Operation] = []) {
        self.comparisons = comparisons
        self.then = then
        self.otherwise = otherwise
    }

    /// Something about a znode, and how it must relate to a value.
    public struct Comparison: Hashable, Sendable {
        public var path: String
        public var value: Value
        public var relation: Relation

        public enum Value: Hashable, Sendable {
            case exists(Bool)
            case version(UInt64)
            case createdRevision(UInt64)
            case modifiedRevision(UInt64)
            case childCount(UInt64)
            case session(UInt64)
            case data(Bytes)
            /// Whether this fencing token is valid.
            case token(UInt64)
        }

        public enum Relation: UInt8, Sendable {
            case equal = 0
            case notEqual = 1
            case less = 2
            case greater = 3
        }

        public init(path: String, _ value: Value, relation: Relation = .equal) {
            self.path = path
            self.value = value
            self.relation = relation
        }
    }

    public enum Operation: Hashable, Sendable {
        case change(ZnodeChange)
        /// Reads a znode as it is at that point.
        case get(path: String)
    }

    /// What a transaction that took effect came to.
    public struct Outcome: Hashable, Sendable {
        /// The first comparison that did not hold; nil if all did.
        public var failedComparison: Int?
        /// One for each operation that was carried out.
        public var results: [Result]

        public enum Result: Hashable, Sendable {
            case written(WriteResult)
            /// Nil if there is no such znode.
            case read(Znode?)
        }
    }

    var digest: UInt64 {
        var digest: UInt64 = RawBytes.mix(8)
        func add(_ value: UInt64) { digest = RawBytes.mix(digest &+ value) }
        for comparison in comparisons { add(comparison.digest) }
        for (mark, operations) in [(21, then), (22, otherwise)] as [(UInt64, [Operation])] {
            add(mark)
            for operation in operations { add(operation.digest) }
        }
        return digest
    }
}

extension Transaction.Comparison {
    fileprivate var digest: UInt64 {
        let pathHash = path.withUTF8Bytes { RawBytes.hash($0, seed: 15) }
        let number: (mark: UInt64, value: UInt64) =
            switch value {
            case .exists(let exists): (1, exists ? 1 : 0)
            case .version(let version): (2, version)
            case .createdRevision(let revision): (3, revision)
            case .modifiedRevision(let revision): (4, revision)
            case .childCount(let count): (5, count)
            case .session(let session): (6, session)
            case .token(let token): (8, token)
            case .data(let data): (7, data.withUnsafeBytes { RawBytes.hash($0, seed: 16) })
            }
        return RawBytes.mix(RawBytes.mix(pathHash &+ number.mark) &+ number.value) &+ UInt64(relation.rawValue)
    }
}

extension Transaction.Operation {
    fileprivate var digest: UInt64 {
        switch self {
        case .change(let change): change.digest
        case .get(let path): RawBytes.mix(9) &+ path.withUTF8Bytes { RawBytes.hash($0, seed: 17) }
        }
    }
}

// MARK: - Bytes

/// How an outcome is remembered for a request id:
///
/// ```
/// varint failed comparison + 1, or 0 | varint number of results | of each:
///     as WriteResult says
///     u8 0: a znode that was read and is missing
///     u8 255 | varint data length, data | stat: one that is there
/// ```
extension Transaction.Outcome {
    private static let missing: UInt8 = 0
    private static let found: UInt8 = 255

    func encode(to sink: inout ByteSink) {
        sink.varint(UInt64((failedComparison ?? -1) + 1))
        sink.varint(UInt64(results.count))
        for result in results {
            switch result {
            case .written(let write):
                write.encode(to: &sink)
            case .read(nil):
                sink.byte(Self.missing)
            case .read(let znode?):
                sink.byte(Self.found)
                znode.data.withUnsafeBytes { sink.counted($0) }
                znode.stat.encode(to: &sink)
            }
        }
    }

    /// Reads what ``encode(to:)`` wrote. `source` tells whether that was well-formed.
    ///
    /// - Parameter request: says which paths the results are about; nil if nobody asks.
    init(from source: inout ByteSource, revision: Revision, of request: Transaction?) {
        let failed = source.varint()
        failedComparison = failed == 0 ? nil : Int(clamping: failed - 1)
        results = []
        let operations = (failedComparison == nil ? request?.then : request?.otherwise) ?? []
        let count = source.varint()
        if count > UInt64(Limits.operationsMax) { source.fail() }
        while source.isWellFormed, results.count < count {
            let path = results.count < operations.count ? operations[results.count].path : ""
            if let result = Self.readResult(from: &source, revision: revision, path: path) {
                results.append(result)
            } else {
                source.fail()
            }
        }
    }

    private static func readResult(from source: inout ByteSource, revision: Revision, path: String) -> Result? {
        let mark = source.byte()
        if mark == missing { return .read(nil) }
        if mark == found {
            let data = Bytes(copying: source.counted())
            return .read(Znode(stat: ZnodeStat(from: &source, dataLength: data.count), data: data))
        }
        // There is no transaction in a transaction.
        guard let kind = WriteResult.Kind(rawValue: mark), kind != .transacted else { return nil }
        return WriteResult(kind, from: &source, revision: revision, path: path, transaction: nil).map { .written($0) }
    }
}

extension Transaction.Operation {
    var path: String {
        switch self {
        case .change(let change): change.path
        case .get(let path): path
        }
    }
}
