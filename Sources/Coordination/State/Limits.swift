import Messages

/// What a request may be at most.
///
/// A server checks its own, configurable limits before it proposes a request (``check(_:)``). Whether a committed entry
/// takes effect must not depend on any one member's configuration, so ``Coordination/apply(_:revision:)`` checks
/// against ``ceiling``, which is part of the log's format and the same everywhere. Configured limits never exceed it.
public struct Limits: Hashable, Sendable {
    /// The longest path, in bytes. Configurable as `path_bytes_max`.
    public var pathBytesMax: Int
    /// The largest number of components of a path. Configurable as `path_components_max`.
    public var pathComponentsMax: Int
    /// The longest data of a znode, in bytes. Configurable as `data_bytes_max`.
    public var dataBytesMax: Int

    /// The longest component of a path, in bytes. Not configurable.
    public static let componentBytesMax = 255
    /// The longest client id of a request id, in bytes. Not configurable.
    public static let clientIDBytesMax = 64
    /// The longest principal, in bytes. Not configurable.
    public static let principalBytesMax = 1024
    /// How long a TTL znode may live without a Set: up to 365 days. Not configurable.
    static let ttlBounds: ClosedRange<UInt64> = 1...31_536_000_000
    /// How long a session may live without a keep-alive, in milliseconds. Not configurable.
    static let sessionTimeoutBounds: ClosedRange<UInt32> = 100...3_600_000
    /// The longest name of a session, in bytes. Not configurable.
    static let sessionNameBytesMax = 256
    /// Comparisons, and operations in each list, of a transaction. Not configurable.
    static let operationsMax = 128
    /// The znodes that the recursive deletions of one request delete. Not configurable.
    static let recursiveDeletesMax = 10_000
    /// The changed children that a listing of the past takes in. Not configurable.
    static let pastChildrenMax = 100_000
    /// The data that a transaction reads, and the paths of sequential znodes that it creates, in bytes: with a request
    /// id, and without. Not configurable.
    static let keptResultBytesMax = 4 << 10
    static let resultBytesMax = 2 << 20
    /// The longest name of an owner within a session, in bytes. Not configurable.
    static let ownerBytesMax = 64
    /// The longest author and comment of a configuration's version, in bytes. Not configurable.
    static let authorBytesMax = 256
    static let commentBytesMax = 4 << 10
    /// The versions of a key that are kept, and the bytes of those before the newest. Not configurable.
    static let configVersionsMax = 100
    static let configBytesMax: UInt64 = 4 << 20
    /// The longest name of an instance of a service, in bytes. Not configurable.
    static let instanceNameBytesMax = 128
    /// The largest capacity of a semaphore. Not configurable.
    static let permitsMax: UInt32 = 1_000_000
    /// Claims of one lock. Not configurable.
    static let claimsPerLockMax = 10_000
    /// Operations of a stream in one message. Not configurable.
    public static let streamOperationsMax = 1_000
    /// Keep-alives in one entry.
    public static let touchesMax = 100_000

    /// What format level 1 allows. Never changes.
    public static let ceiling = Limits(
        unchecked: (pathBytes: 16_384, pathComponents: 1_024, dataBytes: 16 << 20))

    /// Limits; those above ``ceiling`` are lowered to it.
    public init(pathBytesMax: Int = 4096, pathComponentsMax: Int = 64, dataBytesMax: Int = 1 << 20) {
        self.pathBytesMax = min(pathBytesMax, Limits.ceiling.pathBytesMax)
        self.pathComponentsMax = min(pathComponentsMax, Limits.ceiling.pathComponentsMax)
        self.dataBytesMax = min(dataBytesMax, Limits.ceiling.dataBytesMax)
    }

    private init(unchecked: (pathBytes: Int, pathComponents: Int, dataBytes: Int)) {
        pathBytesMax = unchecked.pathBytes
        pathComponentsMax = unchecked.pathComponents
        dataBytesMax = unchecked.dataBytes
    }

    /// Refuses a command that breaks a rule which does not depend on the state.
    public func check(_ command: Command) throws(StateError) {
        try check(command.requestID)
        switch command.action {
        case .znode(let change): try check(change)
        case .transaction(let transaction): try check(transaction)
        case .session(let change): try check(change)
        case .lock(let change): try check(change)
        case .naming(let change): try check(change)
        case .config(let write): try check(write)
        case .stream(let change): try check(change)
        case .expire(.znode(let path)): try check(path: path)
        case .expire(.session): break
        }
    }

    private func check(_ change: ZnodeChange) throws(StateError) {
        if let fence = change.fence { try check(path: fence.path) }
        switch change.operation {
        case .create(let creation):
            // The digits count as a part of the path.
            try check(path: creation.isSequential ? change.path + Limits.sequenceDigits(0) : change.path)
            try check(dataCount: creation.data.count)
            if case .ttl(let milliseconds, _) = creation.lifetime, !(Limits.ttlBounds ~= milliseconds) {
                throw .invalidField(
                    "ttl_ms is \(milliseconds); for a TTL znode it is from \(Limits.ttlBounds.lowerBound) to "
                        + "\(Limits.ttlBounds.upperBound)")
            }
        case .set(let data, _):
            try check(path: change.path)
            try check(dataCount: data.count)
        case .delete(_, _):
            try check(path: change.path)
            if change.path == "/" {
                throw StateError(.invalidArgument, .rootImmutable, "the root cannot be deleted")
            }
        }
    }

    private func check(_ transaction: Transaction) throws(StateError) {
        for (name, count) in [
            ("comparisons", transaction.comparisons.count), ("then", transaction.then.count),
            ("otherwise", transaction.otherwise.count),
        ] where count > Limits.operationsMax {
            throw .limit("transaction_operations_max", UInt64(Limits.operationsMax), "`\(name)` has \(count)")
        }
        for comparison in transaction.comparisons { try check(path: comparison.path) }
        for operation in transaction.then + transaction.otherwise {
            switch operation {
            case .change(let change): try check(change)
            case .get(let path): try check(path: path)
            }
        }
    }

    private func check(_ change: SessionChange) throws(StateError) {
        switch change {
        case .open(let opening):
            let bounds = Limits.sessionTimeoutBounds
            guard bounds ~= opening.timeoutMilliseconds else {
                throw .invalidField(
                    "timeout_ms is \(opening.timeoutMilliseconds); it is from \(bounds.lowerBound) to "
                        + "\(bounds.upperBound)")
            }
            let count = opening.name.utf8.count
            guard count <= Limits.sessionNameBytesMax else {
                throw .invalidField("name has \(count) bytes; at most \(Limits.sessionNameBytesMax) are allowed")
            }
        case .touch(let sessions):
            guard sessions.count <= Limits.touchesMax else {
                throw .invalidField("\(sessions.count) sessions; at most \(Limits.touchesMax) are allowed")
            }
        case .close:
            break
        }
    }

    private func check(_ change: StreamChange) throws(StateError) {
        // What each write must keep to is checked with its own outcome.
        guard case .write(let writes) = change else { return }
        guard 1...Limits.streamOperationsMax ~= writes.commands.count, writes.last > writes.after else {
            throw .invalidField("\(writes.commands.count) writes of a stream, after \(writes.after) to \(writes.last)")
        }
    }

    private func check(_ write: ConfigWrite) throws(StateError) {
        try check(path: write.path)
        guard write.path != "/" else { throw .invalidField("path is the root, which is no key") }
        guard !ConfigChange.isVersion(write.path) else {
            throw .invalidField("a key's name is not 20 digits: versions are named so")
        }
        // Its versions are znodes like any other.
        try check(path: write.path + "/" + Limits.sequenceDigits(0))
        if let fence = write.fence { try check(path: fence.path) }
        if case .put(let value) = write.change { try check(dataCount: value.count) }
        for (name, text, limit) in [
            ("author", write.author, Limits.authorBytesMax), ("comment", write.comment, Limits.commentBytesMax),
        ] where text.utf8.count > limit {
            throw .invalidField("\(name) has \(text.utf8.count) bytes; at most \(limit) are allowed")
        }
    }

    /// Refuses what can be no service's path.
    public func check(service path: String) throws(StateError) {
        try check(path: path)
        guard path != "/" else { throw .invalidField("path is the root, which is no service") }
    }

    private func check(_ change: NamingChange) throws(StateError) {
        try check(service: change.path)
        let count = change.name.utf8.count
        guard 1...Limits.instanceNameBytesMax ~= count, !change.name.utf8.contains(UInt8(ascii: "/")) else {
            throw .invalidField(
                "the name has \(count) bytes; it has 1 to \(Limits.instanceNameBytesMax), none of them a /")
        }
        try check(path: change.path + "/" + change.name)
        if case .register(_, _, _, let data) = change { try check(dataCount: data.count) }
    }

    private func check(_ change: LockChange) throws(StateError) {
        try check(path: change.path)
        guard change.path != "/" else { throw .invalidField("path is the root, which is no lock") }
        switch change {
        case .acquire(let acquisition):
            let count = acquisition.owner.utf8.count
            guard count <= Limits.ownerBytesMax else {
                throw .invalidField("owner has \(count) bytes; at most \(Limits.ownerBytesMax) are allowed")
            }
            guard !acquisition.owner.utf8.contains(UInt8(ascii: "/")) else { throw .invalidField("owner has a /") }
            if case .permits(let permits, let capacity) = acquisition.mode,
                !(1...Limits.permitsMax ~= capacity) || !(1...capacity ~= permits)
            {
                throw .invalidField(
                    "permits is \(permits) and capacity \(capacity); they are from 1 on, up to capacity and to "
                        + "\(Limits.permitsMax)")
            }
            // The claim is a znode like any other.
            let name = ClaimName.text(token: 0, mode: acquisition.mode, owner: acquisition.owner)
            try check(path: acquisition.path + "/" + name)
            try check(dataCount: acquisition.value.count)
        case .release, .withdraw:
            break
        case .proclaim(_, _, let value):
            try check(dataCount: value.count)
        }
    }

    /// What a sequential znode's path ends with: 20 digits, so that names sort as numbers do.
    static func sequenceDigits(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits
    }

    /// The number that ``sequenceDigits(_:)`` has written; nil if it has not written these bytes.
    static func sequenceNumber(_ digits: UnsafeRawBufferPointer) -> UInt64? {
        digits.count == 20 ? number(digits) : nil
    }

    /// A decimal number of digits alone; nil if it is none, or too large.
    static func number(_ digits: UnsafeRawBufferPointer) -> UInt64? {
        guard !digits.isEmpty else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (product, isLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = product.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            guard !isLarge, !isLarger else { return nil }
            number = sum
        }
        return number
    }

    /// Refuses a path that breaks a rule: INVALID_ARGUMENT, `INVALID_PATH`, with a text that says which.
    public func check(path: String) throws(StateError) {
        let fault = path.withUTF8Bytes { PathRules.fault(in: $0, limits: self) }
        if let fault { throw fault }
    }

    /// The same for bytes that may not even be UTF-8.
    public func check(path: UnsafeRawBufferPointer) throws(StateError) {
        if let fault = PathRules.fault(in: path, limits: self) { throw fault }
    }

    private func check(dataCount: Int) throws(StateError) {
        guard dataCount > dataBytesMax else { return }
        throw StateError(
            .resourceExhausted, .dataTooLarge,
            "the data has \(dataCount) bytes; the limit data_bytes_max is \(dataBytesMax)",
            [.init("limit", "data_bytes_max"), .init("value", "\(dataBytesMax)")])
    }

    func check(_ requestID: RequestIdentity?) throws(StateError) {
        guard let requestID else { return }
        let count = requestID.client.utf8.count
        guard count >= 1 && count <= Limits.clientIDBytesMax else {
            throw StateError(
                .invalidArgument, .invalidRequestID,
                "client_id has \(count) bytes; it must have 1 to \(Limits.clientIDBytesMax)")
        }
        guard requestID.sequence >= 1 else {
            throw StateError(.invalidArgument, .invalidRequestID, "sequence is 0; it starts at 1")
        }
    }
}

extension String {
    /// Lends the UTF-8 bytes. Native strings, which is all that decoding gives, are not copied.
    @inline(__always)
    func withUTF8Bytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
        var copy = self
        return copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}
