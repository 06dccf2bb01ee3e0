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
    public static let permissionDenied = StatusCode(rawValue: 7)
    public static let resourceExhausted = StatusCode(rawValue: 8)
    public static let failedPrecondition = StatusCode(rawValue: 9)
    public static let aborted = StatusCode(rawValue: 10)
    public static let outOfRange = StatusCode(rawValue: 11)
    public static let unimplemented = StatusCode(rawValue: 12)
    public static let unavailable = StatusCode(rawValue: 14)
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
    /// NOT_FOUND: there is no such session, or it ended too long ago to be remembered.
    public static let sessionNotFound = Reason(rawValue: "SESSION_NOT_FOUND")
    /// NOT_FOUND: the session has ended; the message and the metadata say why.
    public static let sessionEnded = Reason(rawValue: "SESSION_ENDED")
    /// PERMISSION_DENIED: the secret is not the session's.
    public static let wrongSecret = Reason(rawValue: "WRONG_SECRET")
    /// FAILED_PRECONDITION: an ephemeral znode has no children.
    public static let parentEphemeral = Reason(rawValue: "PARENT_EPHEMERAL")
    /// RESOURCE_EXHAUSTED: there is as much of it as there may be; the message and the metadata name the limit.
    public static let limitReached = Reason(rawValue: "LIMIT_REACHED")
    /// INVALID_ARGUMENT: a field of the request is missing, does not fit the others, or is out of its bounds.
    public static let invalidField = Reason(rawValue: "INVALID_FIELD")
    /// FAILED_PRECONDITION, or DEADLINE_EXCEEDED after a while: others hold the lock. The metadata name the first.
    public static let lockHeld = Reason(rawValue: "LOCK_HELD")
    /// FAILED_PRECONDITION: the claim does not go with those that are there.
    public static let lockMismatch = Reason(rawValue: "LOCK_MISMATCH")
    /// NOT_FOUND: there is no claim with this token, or no longer.
    public static let claimNotFound = Reason(rawValue: "CLAIM_NOT_FOUND")
    /// NOT_FOUND: the election has no candidates.
    public static let noLeader = Reason(rawValue: "NO_LEADER")
    /// NOT_FOUND: the service has no instance of this name in this session.
    public static let instanceNotFound = Reason(rawValue: "INSTANCE_NOT_FOUND")
    /// ABORTED: the key's newest value is not of the expected revision.
    public static let revisionMismatch = Reason(rawValue: "REVISION_MISMATCH")
    /// NOT_FOUND: the key has no such version, or it is not kept any more.
    public static let configVersionNotFound = Reason(rawValue: "CONFIG_VERSION_NOT_FOUND")
    /// ABORTED: the fencing token is not valid, or not any more.
    public static let fenced = Reason(rawValue: "FENCED")
    /// ABORTED: another stream has resumed the session.
    public static let streamSuperseded = Reason(rawValue: "STREAM_SUPERSEDED")
    /// ABORTED: a write of a stream before these has not taken effect yet. Clients are not told: it is sent again.
    public static let streamOutOfOrder = Reason(rawValue: "STREAM_OUT_OF_ORDER")
    /// ABORTED: these writes of a stream took effect before.
    public static let streamWritesRepeated = Reason(rawValue: "STREAM_WRITES_REPEATED")
    /// FAILED_PRECONDITION: what a leader took for overdue is not.
    public static let notOverdue = Reason(rawValue: "NOT_OVERDUE")
    /// UNIMPLEMENTED: the log holds an entry of a format that this release does not know.
    public static let unknownFormat = Reason(rawValue: "UNKNOWN_FORMAT")
}

extension StateError {
    /// NOT_FOUND: there is no znode at `path`.
    public static func znodeNotFound(_ path: String) -> StateError { path.withUTF8Bytes { .missing($0) } }

    static func missing(_ path: UnsafeRawBufferPointer) -> StateError {
        StateError(.notFound, .znodeNotFound, "the znode \(PathRules.quoted(path)) does not exist")
    }

    /// NOT_FOUND: nobody stands for election at `path`.
    public static func noLeader(_ path: String) -> StateError {
        StateError(.notFound, .noLeader, "the election \(PathRules.quoted(path)) has no leader")
    }

    /// RESOURCE_EXHAUSTED: a limit that the state itself has.
    static func limit(_ name: String, _ value: UInt64, _ what: String) -> StateError {
        StateError(
            .resourceExhausted, .limitReached, "\(what); the limit \(name) is \(value)",
            [.init("limit", name), .init("value", "\(value)")])
    }

    static func invalidField(_ message: String) -> StateError { StateError(.invalidArgument, .invalidField, message) }

    /// The error of a part of a request.
    func inside(_ part: String, _ facts: [Fact] = []) -> StateError {
        var error = self
        error.message = "\(part): \(message)"
        error.metadata += facts
        return error
    }

    /// The error of a transaction, of which an operation failed.
    func of(operation index: Int, branch: String) -> StateError {
        inside("operation \(index) of `\(branch)`", [.init("operation", "\(index)"), .init("branch", branch)])
    }

    // MARK: Sessions

    /// NOT_FOUND: there is no session of this id, or no longer a trace of it.
    public static func sessionNotFound(_ session: SessionID) -> StateError {
        StateError(.notFound, .sessionNotFound, "session \(session) is not known")
    }

    /// PERMISSION_DENIED: somebody else's session.
    public static func wrongSecret(_ session: SessionID) -> StateError {
        StateError(.permissionDenied, .wrongSecret, "the secret is not that of session \(session)")
    }

    static func sessionEnded(_ session: SessionID, _ record: SessionRecord) -> StateError {
        sessionEnded(
            SessionEnding(
                session: session, reason: record.endMessage ?? "", revision: record.end?.revision ?? .zero))
    }

    /// NOT_FOUND: it has ended.
    public static func sessionEnded(_ ending: SessionEnding) -> StateError {
        StateError(
            .notFound, .sessionEnded,
            "session \(ending.session) ended at revision \(ending.revision): \(ending.reason)",
            [.init("ended_because", ending.reason), .init("ended_revision", "\(ending.revision)")])
    }
}
