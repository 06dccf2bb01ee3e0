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
