// Generated from roost/v1/sessions.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum SessionEnd: Protobuf.Enumeration {
    /// It lives.
    case unspecified
    /// It was closed by its owner.
    case closed
    /// It was not kept alive for its timeout.
    case expired
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .closed
        case 2: self = .expired
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .closed: return 1
        case .expired: return 2
        case .unrecognized(let number): return number
        }
    }
}

public struct OpenSessionRequest: Protobuf.Message {
    /// How long the session lives without a keep-alive, in milliseconds. 0, the default, means 10,000; from 100 to
    /// 3,600,000.
    public var timeoutMs: Swift.UInt32 = 0
    /// For people: who this is. Empty by default, at most 256 bytes.
    public var name: Swift.String = ""
    /// Makes the call safe to send again: the same session is answered. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        timeoutMs: Swift.UInt32 = 0,
        name: Swift.String = "",
        requestID: RequestId? = nil
    ) {
        self.timeoutMs = timeoutMs
        self.name = name
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.OpenSessionRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.timeoutMs, record, has: 52, at: 48)
        writer.implicit(self.name, record, has: 56, at: 24)
        writer.message(self.requestID, record, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 48, into: &self.timeoutMs)
        reader.implicit(record, at: 24, into: &self.name)
        reader.message(record, at: 40, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct OpenSessionResponse: Protobuf.Message {
    /// The revision at which the session was opened.
    public var revision: Swift.UInt64 = 0
    /// Names the session. Not a secret.
    public var sessionID: Swift.UInt64 = 0
    /// Proves that a caller is the session's owner: whoever has it can keep the session alive, or close it. 16 bytes.
    public var secret: Protobuf.Bytes = Protobuf.Bytes()
    /// The timeout in effect, in milliseconds.
    public var timeoutMs: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        sessionID: Swift.UInt64 = 0,
        secret: Protobuf.Bytes = Protobuf.Bytes(),
        timeoutMs: Swift.UInt32 = 0
    ) {
        self.revision = revision
        self.sessionID = sessionID
        self.secret = secret
        self.timeoutMs = timeoutMs
    }

    public static var fullName: Swift.String { "roost.v1.OpenSessionResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 56, at: 24)
        writer.implicit(self.sessionID, record, has: 60, at: 32)
        writer.implicit(self.secret, record, has: 64, at: 40)
        writer.implicit(self.timeoutMs, record, has: 72, at: 68)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.sessionID)
        reader.implicit(record, at: 40, into: &self.secret)
        reader.implicit(record, at: 68, into: &self.timeoutMs)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct KeepAliveRequest: Protobuf.Message {
    /// The session. Required in the first request of a stream; after that 0 stands for the same as before.
    public var sessionID: Swift.UInt64 = 0
    /// The session's secret. Required where session_id is.
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

    public static var fullName: Swift.String { "roost.v1.KeepAliveRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

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

public struct KeepAliveResponse: Protobuf.Message {
    /// The session that was kept alive.
    public var sessionID: Swift.UInt64 = 0
    /// The revision at which its deadline was moved.
    public var revision: Swift.UInt64 = 0
    /// From when the request was sent, the session lives for at least this long, in milliseconds.
    public var timeoutMs: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionID: Swift.UInt64 = 0,
        revision: Swift.UInt64 = 0,
        timeoutMs: Swift.UInt32 = 0
    ) {
        self.sessionID = sessionID
        self.revision = revision
        self.timeoutMs = timeoutMs
    }

    public static var fullName: Swift.String { "roost.v1.KeepAliveResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.sessionID, record, has: 40, at: 24)
        writer.implicit(self.revision, record, has: 44, at: 32)
        writer.implicit(self.timeoutMs, record, has: 52, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.sessionID)
        reader.implicit(record, at: 32, into: &self.revision)
        reader.implicit(record, at: 48, into: &self.timeoutMs)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct CloseSessionRequest: Protobuf.Message {
    /// The session. Required.
    public var sessionID: Swift.UInt64 = 0
    /// The session's secret. Required.
    public var secret: Protobuf.Bytes = Protobuf.Bytes()
    /// Makes the call safe to send again (as it is without: a session ends once). None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionID: Swift.UInt64 = 0,
        secret: Protobuf.Bytes = Protobuf.Bytes(),
        requestID: RequestId? = nil
    ) {
        self.sessionID = sessionID
        self.secret = secret
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.CloseSessionRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.sessionID, record, has: 56, at: 24)
        writer.implicit(self.secret, record, has: 60, at: 32)
        writer.message(self.requestID, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.sessionID)
        reader.implicit(record, at: 32, into: &self.secret)
        reader.message(record, at: 48, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct CloseSessionResponse: Protobuf.Message {
    /// The revision at which the session ended, and its ephemeral znodes with it.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.CloseSessionResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DescribeSessionRequest: Protobuf.Message {
    /// The session. Required.
    public var sessionID: Swift.UInt64 = 0
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionID: Swift.UInt64 = 0,
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0
    ) {
        self.sessionID = sessionID
        self.level = level
        self.minRevision = minRevision
    }

    public static var fullName: Swift.String { "roost.v1.DescribeSessionRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.sessionID, record, has: 40, at: 24)
        writer.implicit(self.level, record, has: 48, at: 44)
        writer.implicit(self.minRevision, record, has: 52, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.sessionID)
        reader.implicit(record, at: 44, into: &self.level)
        reader.implicit(record, at: 32, into: &self.minRevision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DescribeSessionResponse: Protobuf.Message {
    /// The revision that the answer reflects.
    public var revision: Swift.UInt64 = 0
    public var session: Session?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        session: Session? = nil
    ) {
        self.revision = revision
        self.session = session
    }

    public static var fullName: Swift.String { "roost.v1.DescribeSessionResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 40, at: 24)
        writer.message(self.session, record, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.message(record, at: 32, into: &self.session)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ListSessionsRequest: Protobuf.Message {
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0
    ) {
        self.level = level
        self.minRevision = minRevision
    }

    public static var fullName: Swift.String { "roost.v1.ListSessionsRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.level, record, has: 36, at: 32)
        writer.implicit(self.minRevision, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 32, into: &self.level)
        reader.implicit(record, at: 24, into: &self.minRevision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ListSessionsResponse: Protobuf.Message {
    /// The revision that the whole listing reflects.
    public var revision: Swift.UInt64 = 0
    public var sessions: [Session] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        sessions: [Session] = []
    ) {
        self.revision = revision
        self.sessions = sessions
    }

    public static var fullName: Swift.String { "roost.v1.ListSessionsResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.sessions, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.sessions)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// What is known of a session.
public struct Session: Protobuf.Message {
    public var sessionID: Swift.UInt64 = 0
    /// As its opener gave it.
    public var name: Swift.String = ""
    /// Who opened it; empty for an anonymous client.
    public var principal: Swift.String = ""
    public var timeoutMs: Swift.UInt32 = 0
    /// Wall time of the opening, as the leader's clock told it: milliseconds since 1970-01-01T00:00:00Z.
    public var openedUnixMs: Swift.Int64 = 0
    /// The member at which its last keep-alive came in (or its opening).
    public var keptAliveBy: Swift.UInt64 = 0
    /// How long it would live from now without another keep-alive, in milliseconds of the ensemble's time. 0 if it ended.
    public var remainingMs: Swift.UInt32 = 0
    /// Number of its ephemeral znodes; for one that has ended, of those that were deleted with it.
    public var ephemeralCount: Swift.UInt64 = 0
    /// Why it ended; UNSPECIFIED while it lives.
    public var end: SessionEnd = .unspecified
    /// The revision at which it ended; 0 while it lives.
    public var endedRevision: Swift.UInt64 = 0
    /// The same for people, such as "no keep-alive for 4,012 ms; the last one came in at member 2". Empty while it lives.
    public var endMessage: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        sessionID: Swift.UInt64 = 0,
        name: Swift.String = "",
        principal: Swift.String = "",
        timeoutMs: Swift.UInt32 = 0,
        openedUnixMs: Swift.Int64 = 0,
        keptAliveBy: Swift.UInt64 = 0,
        remainingMs: Swift.UInt32 = 0,
        ephemeralCount: Swift.UInt64 = 0,
        end: SessionEnd = .unspecified,
        endedRevision: Swift.UInt64 = 0,
        endMessage: Swift.String = ""
    ) {
        self.sessionID = sessionID
        self.name = name
        self.principal = principal
        self.timeoutMs = timeoutMs
        self.openedUnixMs = openedUnixMs
        self.keptAliveBy = keptAliveBy
        self.remainingMs = remainingMs
        self.ephemeralCount = ephemeralCount
        self.end = end
        self.endedRevision = endedRevision
        self.endMessage = endMessage
    }

    public static var fullName: Swift.String { "roost.v1.Session" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.sessionID, record, has: 112, at: 24)
        writer.implicit(self.name, record, has: 116, at: 32)
        writer.implicit(self.principal, record, has: 120, at: 48)
        writer.implicit(self.timeoutMs, record, has: 128, at: 124)
        writer.implicit(self.openedUnixMs, record, has: 132, at: 64)
        writer.implicit(self.keptAliveBy, record, has: 136, at: 72)
        writer.implicit(self.remainingMs, record, has: 144, at: 140)
        writer.implicit(self.ephemeralCount, record, has: 148, at: 80)
        writer.implicit(self.end, record, has: 156, at: 152)
        writer.implicit(self.endedRevision, record, has: 160, at: 88)
        writer.implicit(self.endMessage, record, has: 164, at: 96)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.sessionID)
        reader.implicit(record, at: 32, into: &self.name)
        reader.implicit(record, at: 48, into: &self.principal)
        reader.implicit(record, at: 124, into: &self.timeoutMs)
        reader.implicit(record, at: 64, into: &self.openedUnixMs)
        reader.implicit(record, at: 72, into: &self.keptAliveBy)
        reader.implicit(record, at: 140, into: &self.remainingMs)
        reader.implicit(record, at: 80, into: &self.ephemeralCount)
        reader.implicit(record, at: 152, into: &self.end)
        reader.implicit(record, at: 88, into: &self.endedRevision)
        reader.implicit(record, at: 96, into: &self.endMessage)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            11, 0,
            64, 3,  // roost.v1.OpenSessionRequest
            1, 6, 52, 48, 0,  // timeout_ms
            2, 14, 56, 24, 0,  // name
            3, 16, 0, 40, 11,  // request_id
            80, 4,  // roost.v1.OpenSessionResponse
            1, 8, 56, 24, 0,  // revision
            2, 8, 60, 32, 0,  // session_id
            3, 15, 64, 40, 0,  // secret
            4, 6, 72, 68, 0,  // timeout_ms
            56, 2,  // roost.v1.KeepAliveRequest
            1, 8, 48, 24, 0,  // session_id
            2, 15, 52, 32, 0,  // secret
            56, 3,  // roost.v1.KeepAliveResponse
            1, 8, 40, 24, 0,  // session_id
            2, 8, 44, 32, 0,  // revision
            3, 6, 52, 48, 0,  // timeout_ms
            64, 3,  // roost.v1.CloseSessionRequest
            1, 8, 56, 24, 0,  // session_id
            2, 15, 60, 32, 0,  // secret
            3, 16, 0, 48, 11,  // request_id
            40, 1,  // roost.v1.CloseSessionResponse
            1, 8, 32, 24, 0,  // revision
            56, 3,  // roost.v1.DescribeSessionRequest
            1, 8, 40, 24, 0,  // session_id
            2, 13, 48, 44, 0,  // level
            3, 8, 52, 32, 0,  // min_revision
            48, 2,  // roost.v1.DescribeSessionResponse
            1, 8, 40, 24, 0,  // revision
            2, 16, 0, 32, 10,  // session
            48, 2,  // roost.v1.ListSessionsRequest
            1, 13, 36, 32, 0,  // level
            2, 8, 40, 24, 0,  // min_revision
            56, 2,  // roost.v1.ListSessionsResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 10,  // sessions
            168, 11,  // roost.v1.Session
            1, 8, 112, 24, 0,  // session_id
            2, 14, 116, 32, 0,  // name
            3, 14, 120, 48, 0,  // principal
            4, 6, 128, 124, 0,  // timeout_ms
            5, 3, 132, 64, 0,  // opened_unix_ms
            6, 8, 136, 72, 0,  // kept_alive_by
            7, 6, 144, 140, 0,  // remaining_ms
            8, 8, 148, 80, 0,  // ephemeral_count
            9, 13, 156, 152, 0,  // end
            10, 8, 160, 88, 0,  // ended_revision
            11, 14, 164, 96, 0,  // end_message
        ],
        names: """
            roost.v1.OpenSessionRequest timeout_ms name request_id
            roost.v1.OpenSessionResponse revision session_id secret timeout_ms
            roost.v1.KeepAliveRequest session_id secret
            roost.v1.KeepAliveResponse session_id revision timeout_ms
            roost.v1.CloseSessionRequest session_id secret request_id
            roost.v1.CloseSessionResponse revision
            roost.v1.DescribeSessionRequest session_id level min_revision
            roost.v1.DescribeSessionResponse revision session
            roost.v1.ListSessionsRequest level min_revision
            roost.v1.ListSessionsResponse revision sessions
            roost.v1.Session session_id name principal timeout_ms opened_unix_ms kept_alive_by remaining_ms ephemeral_count end ended_revision end_message
            """,
        imports: [
            RequestId.layout,
        ])
}
