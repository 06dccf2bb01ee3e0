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
        try check(path: command.path)
        switch command.operation {
        case .create(let data):
            try check(dataCount: data.count)
        case .set(let data, _):
            try check(dataCount: data.count)
        case .delete:
            if command.path == "/" {
                throw StateError(.invalidArgument, .rootImmutable, "the root cannot be deleted")
            }
        }
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
