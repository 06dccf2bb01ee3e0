/// Why a request was refused: a gRPC status code, a reason that programs can switch on, and a text for people.
///
/// Every such refusal says that the request had no effect.
public struct StateError: Error, Hashable, Sendable, CustomStringConvertible {
    public var code: StatusCode
    public var reason: Reason
    public var message: String
    /// Further facts for the error's `google.rpc.ErrorInfo`, in a fixed order.
    public var metadata: [Fact]

    /// A name and a value, such as `limit` and `data_bytes_max`.
    public struct Fact: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(_ code: StatusCode, _ reason: Reason, _ message: String, _ metadata: [Fact] = []) {
        self.code = code
        self.reason = reason
        self.message = message
        self.metadata = metadata
    }

    public var description: String { "\(reason.rawValue): \(message)" }
}

/// gRPC's status codes, by their numbers on the wire.
public struct StatusCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let invalidArgument = StatusCode(rawValue: 3)
    public static let notFound = StatusCode(rawValue: 5)
    public static let alreadyExists = StatusCode(rawValue: 6)
    public static let resourceExhausted = StatusCode(rawValue: 8)
    public static let failedPrecondition = StatusCode(rawValue: 9)
    public static let aborted = StatusCode(rawValue: 10)
    public static let outOfRange = StatusCode(rawValue: 11)
    public static let unimplemented = StatusCode(rawValue: 12)
}

/// An `ErrorInfo` reason of the domain `roost`.
public struct Reason: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// ALREADY_EXISTS: the znode to create exists.
    public static let znodeExists = Reason(rawValue: "ZNODE_EXISTS")
    /// NOT_FOUND: the znode does not exist.
    public static let znodeNotFound = Reason(rawValue: "ZNODE_NOT_FOUND")
    /// NOT_FOUND: the parent of the znode to create does not exist.
    public static let parentNotFound = Reason(rawValue: "PARENT_NOT_FOUND")
    /// ABORTED: the znode's version is not the expected one.
    public static let versionMismatch = Reason(rawValue: "VERSION_MISMATCH")
    /// FAILED_PRECONDITION: a znode with children cannot be deleted.
    public static let znodeHasChildren = Reason(rawValue: "ZNODE_HAS_CHILDREN")
    /// INVALID_ARGUMENT: the root cannot be deleted.
    public static let rootImmutable = Reason(rawValue: "ROOT_IMMUTABLE")
    /// INVALID_ARGUMENT: the path breaks a rule; the message says which.
    public static let invalidPath = Reason(rawValue: "INVALID_PATH")
    /// RESOURCE_EXHAUSTED: the data is longer than the limit.
    public static let dataTooLarge = Reason(rawValue: "DATA_TOO_LARGE")
    /// INVALID_ARGUMENT: the request id breaks a rule.
    public static let invalidRequestID = Reason(rawValue: "INVALID_REQUEST_ID")
    /// INVALID_ARGUMENT: the request id was used before, for another request.
    public static let requestIDReused = Reason(rawValue: "REQUEST_ID_REUSED")
    /// FAILED_PRECONDITION: the request id lies below the client's window of remembered outcomes.
    public static let requestIDExpired = Reason(rawValue: "REQUEST_ID_EXPIRED")
    /// INVALID_ARGUMENT: the request's bytes are no request of its kind.
    public static let malformedRequest = Reason(rawValue: "MALFORMED_REQUEST")
    /// INVALID_ARGUMENT: the caller's name is too long to be kept.
    public static let invalidPrincipal = Reason(rawValue: "INVALID_PRINCIPAL")
    /// OUT_OF_RANGE: changes as old as the asked revision are no longer kept.
    public static let historyTrimmed = Reason(rawValue: "HISTORY_TRIMMED")
    /// UNIMPLEMENTED: the log holds an entry of a format that this release does not know.
    public static let unknownFormat = Reason(rawValue: "UNKNOWN_FORMAT")
}

extension StateError {
    /// NOT_FOUND: there is no znode at `path`.
    public static func znodeNotFound(_ path: String) -> StateError { path.withUTF8Bytes { .missing($0) } }

    static func missing(_ path: UnsafeRawBufferPointer) -> StateError {
        StateError(.notFound, .znodeNotFound, "the znode \(PathRules.quoted(path)) does not exist")
    }
}
