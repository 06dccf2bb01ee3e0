// Generated from roost/v1/log.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// The payload of a command entry: what the leader adds, and the client's request as it came.
public struct Envelope: Protobuf.Message {
    /// By the rules of which format level this entry is carried out: from 1 to the one in effect. An entry of any other
    /// level changes nothing.
    public var formatLevel: Swift.UInt32 = 0
    public var kind: CommandKind = .unspecified
    /// The ensemble's clock when the leader proposed the entry: nanoseconds of log time.
    public var logTimeNs: Swift.UInt64 = 0
    /// The leader's wall clock then: milliseconds since 1970-01-01T00:00:00Z.
    public var wallUnixMs: Swift.Int64 = 0
    /// Who asked; empty for an anonymous client.
    public var principal: Swift.String = ""
    /// The client's request.
    public var request: Protobuf.Bytes = Protobuf.Bytes()
    /// Where the request came in: the member, its incarnation, and the name that it gave the request.
    /// That member answers the client when it applies the entry.
    public var originMember: Swift.UInt64 = 0
    public var originIncarnation: Swift.UInt64 = 0
    public var originToken: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        formatLevel: Swift.UInt32 = 0,
        kind: CommandKind = .unspecified,
        logTimeNs: Swift.UInt64 = 0,
        wallUnixMs: Swift.Int64 = 0,
        principal: Swift.String = "",
        request: Protobuf.Bytes = Protobuf.Bytes(),
        originMember: Swift.UInt64 = 0,
        originIncarnation: Swift.UInt64 = 0,
        originToken: Swift.UInt64 = 0
    ) {
        self.formatLevel = formatLevel
        self.kind = kind
        self.logTimeNs = logTimeNs
        self.wallUnixMs = wallUnixMs
        self.principal = principal
        self.request = request
        self.originMember = originMember
        self.originIncarnation = originIncarnation
        self.originToken = originToken
    }

    public static var fullName: Swift.String { "roost.v1.Envelope" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.formatLevel, record, has: 100, at: 96)
        writer.implicit(self.kind, record, has: 108, at: 104)
        writer.implicit(self.logTimeNs, record, has: 112, at: 24)
        writer.implicit(self.wallUnixMs, record, has: 116, at: 32)
        writer.implicit(self.principal, record, has: 120, at: 40)
        writer.implicit(self.request, record, has: 124, at: 56)
        writer.implicit(self.originMember, record, has: 128, at: 72)
        writer.implicit(self.originIncarnation, record, has: 132, at: 80)
        writer.implicit(self.originToken, record, has: 136, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 96, into: &self.formatLevel)
        reader.implicit(record, at: 104, into: &self.kind)
        reader.implicit(record, at: 24, into: &self.logTimeNs)
        reader.implicit(record, at: 32, into: &self.wallUnixMs)
        reader.implicit(record, at: 40, into: &self.principal)
        reader.implicit(record, at: 56, into: &self.request)
        reader.implicit(record, at: 72, into: &self.originMember)
        reader.implicit(record, at: 80, into: &self.originIncarnation)
        reader.implicit(record, at: 88, into: &self.originToken)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// From this entry on the ensemble may use a higher format level. Its form never changes, so that every release can
/// read it: one that does not support the level stops here.
public struct RaiseFormatLevel: Protobuf.Message {
    /// One that is not above the level in effect changes nothing.
    public var level: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        level: Swift.UInt32 = 0
    ) {
        self.level = level
    }

    public static var fullName: Swift.String { "roost.v1.RaiseFormatLevel" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.level, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.level)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A client asked for a session. Since format level 2, as all that follows up to Outcome.
public struct OpenSession: Protobuf.Message {
    /// As it came.
    public var request: OpenSessionRequest?
    /// Drawn by the member where it came in. A repeated request is answered with that of the first one.
    public var secret: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        request: OpenSessionRequest? = nil,
        secret: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.request = request
        self.secret = secret
    }

    public static var fullName: Swift.String { "roost.v1.OpenSession" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.request, record, at: 24)
        writer.implicit(self.secret, record, has: 48, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.request)
        reader.implicit(record, at: 32, into: &self.secret)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Keep-alives that came in at one member, shown to be by the sessions' owners: each session's deadline becomes the
/// entry's log time and the session's timeout. One that has ended stays so.
public struct TouchSessions: Protobuf.Message {
    public var sessionIDs: [Swift.UInt64] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionIDs: [Swift.UInt64] = []
    ) {
        self.sessionIDs = sessionIDs
    }

    public static var fullName: Swift.String { "roost.v1.TouchSessions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.sessionIDs, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.sessionIDs)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The leader has seen that a deadline passed. Whether it is so is decided when the entry is applied.
public struct Expire: Protobuf.Message {
    public var what: What?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        what: What? = nil
    ) {
        self.what = what
    }

    public enum What: Swift.Hashable, Swift.Sendable {
        /// The session with this id.
        case sessionID(Swift.UInt64)
        /// The TTL znode at this path.
        case path(Swift.String)
    }

    public static var fullName: Swift.String { "roost.v1.Expire" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.what {
        case .sessionID(let value):
            writer.choose(1, record, case: 40)
            writer.store(value, record, at: 24)
        case .path(let value):
            writer.choose(2, record, case: 40)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 40)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 40) {
        case 1: self.what = .sessionID(reader.value(record, at: 24))
        case 2: self.what = .path(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A call that waited for a lock is over before the claim's turn came. Takes the claim away, unless another call has come
/// to rely on it since.
public struct WithdrawClaim: Protobuf.Message {
    /// The lock.
    public var path: Swift.String = ""
    public var token: Swift.UInt64 = 0
    /// The claim's version as this call knows it. Another call of the same owner has made it another one.
    public var version: Swift.UInt64 = 0
    /// The claim was there before the call: it stays if it holds the lock by now, for whoever it was made for.
    public var onlyWaiting: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        token: Swift.UInt64 = 0,
        version: Swift.UInt64 = 0,
        onlyWaiting: Swift.Bool = false
    ) {
        self.path = path
        self.token = token
        self.version = version
        self.onlyWaiting = onlyWaiting
    }

    public static var fullName: Swift.String { "roost.v1.WithdrawClaim" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 56, at: 24)
        writer.implicit(self.token, record, has: 60, at: 40)
        writer.implicit(self.version, record, has: 64, at: 48)
        writer.implicit(self.onlyWaiting, record, has: 72, at: 68)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.token)
        reader.implicit(record, at: 48, into: &self.version)
        reader.implicit(record, at: 68, into: &self.onlyWaiting)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A client registered an instance of a service.
public struct RegisterInstance: Protobuf.Message {
    /// The service.
    public var path: Swift.String = ""
    public var name: Swift.String = ""
    public var sessionID: Swift.UInt64 = 0
    /// The znode's data: the instance's message without its name, as the member where it came in has encoded it.
    public var data: Protobuf.Bytes = Protobuf.Bytes()
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        name: Swift.String = "",
        sessionID: Swift.UInt64 = 0,
        data: Protobuf.Bytes = Protobuf.Bytes(),
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.name = name
        self.sessionID = sessionID
        self.data = data
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.RegisterInstance" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 88, at: 24)
        writer.implicit(self.name, record, has: 92, at: 40)
        writer.implicit(self.sessionID, record, has: 96, at: 56)
        writer.implicit(self.data, record, has: 100, at: 64)
        writer.message(self.requestID, record, at: 80)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.name)
        reader.implicit(record, at: 56, into: &self.sessionID)
        reader.implicit(record, at: 64, into: &self.data)
        reader.message(record, at: 80, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A stream of Coordinator.Connect resumes a session.
public struct AttachStream: Protobuf.Message {
    public var sessionID: Swift.UInt64 = 0
    public var secret: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionID: Swift.UInt64 = 0,
        secret: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.sessionID = sessionID
        self.secret = secret
    }

    public static var fullName: Swift.String { "roost.v1.AttachStream" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.sessionID, record, has: 48, at: 24)
        writer.implicit(self.secret, record, has: 52, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.sessionID)
        reader.implicit(record, at: 32, into: &self.secret)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Consecutive writes of such a stream.
public struct StreamWrites: Protobuf.Message {
    public var sessionID: Swift.UInt64 = 0
    /// The revision that attached the stream, or opened the session.
    public var stream: Swift.UInt64 = 0
    /// They are carried out only if this is the last operation of the stream that was; 0: none was.
    public var afterOperation: Swift.UInt64 = 0
    /// The last one of these.
    public var lastOperation: Swift.UInt64 = 0
    /// Creates, sets, deletes and transactions; each is carried out by itself.
    public var writes: [StreamOperation] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionID: Swift.UInt64 = 0,
        stream: Swift.UInt64 = 0,
        afterOperation: Swift.UInt64 = 0,
        lastOperation: Swift.UInt64 = 0,
        writes: [StreamOperation] = []
    ) {
        self.sessionID = sessionID
        self.stream = stream
        self.afterOperation = afterOperation
        self.lastOperation = lastOperation
        self.writes = writes
    }

    public static var fullName: Swift.String { "roost.v1.StreamWrites" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.sessionID, record, has: 72, at: 24)
        writer.implicit(self.stream, record, has: 76, at: 32)
        writer.implicit(self.afterOperation, record, has: 80, at: 40)
        writer.implicit(self.lastOperation, record, has: 84, at: 48)
        writer.repeated(self.writes, record, count: 56, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.sessionID)
        reader.implicit(record, at: 32, into: &self.stream)
        reader.implicit(record, at: 40, into: &self.afterOperation)
        reader.implicit(record, at: 48, into: &self.lastOperation)
        reader.repeated(record, count: 56, at: 64, into: &self.writes)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The outcome of a write, kept for its request id.
public struct Outcome: Protobuf.Message {
    /// The gRPC status code; 0 is success.
    public var code: Swift.UInt32 = 0
    /// The ErrorInfo reason; empty on success.
    public var reason: Swift.String = ""
    /// The error's text; empty on success.
    public var message: Swift.String = ""
    /// The response message's bytes; empty on failure.
    public var response: Protobuf.Bytes = Protobuf.Bytes()
    /// The revision at which it was decided.
    public var revision: Swift.UInt64 = 0
    /// The digest of the request, by which a reused id is told.
    public var requestDigest: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        code: Swift.UInt32 = 0,
        reason: Swift.String = "",
        message: Swift.String = "",
        response: Protobuf.Bytes = Protobuf.Bytes(),
        revision: Swift.UInt64 = 0,
        requestDigest: Swift.UInt64 = 0
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.response = response
        self.revision = revision
        self.requestDigest = requestDigest
    }

    public static var fullName: Swift.String { "roost.v1.Outcome" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.code, record, has: 92, at: 88)
        writer.implicit(self.reason, record, has: 96, at: 24)
        writer.implicit(self.message, record, has: 100, at: 40)
        writer.implicit(self.response, record, has: 104, at: 56)
        writer.implicit(self.revision, record, has: 108, at: 72)
        writer.implicit(self.requestDigest, record, has: 112, at: 80)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 88, into: &self.code)
        reader.implicit(record, at: 24, into: &self.reason)
        reader.implicit(record, at: 40, into: &self.message)
        reader.implicit(record, at: 56, into: &self.response)
        reader.implicit(record, at: 72, into: &self.revision)
        reader.implicit(record, at: 80, into: &self.requestDigest)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            10, 0,
            144, 9,  // roost.v1.Envelope
            1, 6, 100, 96, 0,  // format_level
            2, 13, 108, 104, 0,  // kind
            3, 8, 112, 24, 0,  // log_time_ns
            4, 3, 116, 32, 0,  // wall_unix_ms
            5, 14, 120, 40, 0,  // principal
            6, 15, 124, 56, 0,  // request
            7, 8, 128, 72, 0,  // origin_member
            8, 9, 132, 80, 0,  // origin_incarnation
            9, 8, 136, 88, 0,  // origin_token
            32, 1,  // roost.v1.RaiseFormatLevel
            1, 6, 28, 24, 0,  // level
            56, 2,  // roost.v1.OpenSession
            1, 16, 0, 24, 10,  // request
            2, 15, 48, 32, 0,  // secret
            40, 1,  // roost.v1.TouchSessions
            1, 777, 24, 32, 0,  // session_ids
            48, 2,  // roost.v1.Expire
            1, 1032, 40, 24, 0,  // session_id
            2, 1038, 40, 24, 0,  // path
            80, 4,  // roost.v1.WithdrawClaim
            1, 14, 56, 24, 0,  // path
            2, 8, 60, 40, 0,  // token
            3, 8, 64, 48, 0,  // version
            4, 12, 72, 68, 0,  // only_waiting
            104, 5,  // roost.v1.RegisterInstance
            1, 14, 88, 24, 0,  // path
            2, 14, 92, 40, 0,  // name
            3, 8, 96, 56, 0,  // session_id
            4, 15, 100, 64, 0,  // data
            5, 16, 0, 80, 11,  // request_id
            56, 2,  // roost.v1.AttachStream
            1, 8, 48, 24, 0,  // session_id
            2, 15, 52, 32, 0,  // secret
            88, 5,  // roost.v1.StreamWrites
            1, 8, 72, 24, 0,  // session_id
            2, 8, 76, 32, 0,  // stream
            3, 8, 80, 40, 0,  // after_operation
            4, 8, 84, 48, 0,  // last_operation
            5, 272, 56, 64, 12,  // writes
            120, 6,  // roost.v1.Outcome
            1, 6, 92, 88, 0,  // code
            2, 14, 96, 24, 0,  // reason
            3, 14, 100, 40, 0,  // message
            4, 15, 104, 56, 0,  // response
            5, 8, 108, 72, 0,  // revision
            6, 9, 112, 80, 0,  // request_digest
        ],
        names: """
            roost.v1.Envelope format_level kind log_time_ns wall_unix_ms principal request origin_member origin_incarnation origin_token
            roost.v1.RaiseFormatLevel level
            roost.v1.OpenSession request secret
            roost.v1.TouchSessions session_ids
            roost.v1.Expire session_id path
            roost.v1.WithdrawClaim path token version only_waiting
            roost.v1.RegisterInstance path name session_id data request_id
            roost.v1.AttachStream session_id secret
            roost.v1.StreamWrites session_id stream after_operation last_operation writes
            roost.v1.Outcome code reason message response revision request_digest
            """,
        imports: [
            OpenSessionRequest.layout,
            RequestId.layout,
            StreamOperation.layout,
        ])
}
