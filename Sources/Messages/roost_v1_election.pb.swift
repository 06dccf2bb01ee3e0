// Generated from roost/v1/election.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public struct CampaignRequest: Protobuf.Message {
    /// The election. Required; not the root.
    public var path: Swift.String = ""
    /// The session that the candidate lives as long as. Required.
    public var sessionID: Swift.UInt64 = 0
    /// Tells candidates of a session apart. Empty by default; as AcquireRequest.owner.
    public var candidate: Swift.String = ""
    /// What the candidate has to say. Empty by default; at most 1 MiB (configurable).
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    /// How long to wait, in milliseconds. 0 means not at all. Absent, the default, means for as long as the call lasts.
    public var waitMs: Swift.UInt64?
    /// Makes the call safe to send again, and lets `existed` be right then. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        sessionID: Swift.UInt64 = 0,
        candidate: Swift.String = "",
        value: Protobuf.Bytes = Protobuf.Bytes(),
        waitMs: Swift.UInt64? = nil,
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.sessionID = sessionID
        self.candidate = candidate
        self.value = value
        self.waitMs = waitMs
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.CampaignRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 96, at: 24)
        writer.implicit(self.sessionID, record, has: 100, at: 40)
        writer.implicit(self.candidate, record, has: 104, at: 48)
        writer.implicit(self.value, record, has: 108, at: 64)
        writer.optional(self.waitMs, record, has: 112, at: 80)
        writer.message(self.requestID, record, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.sessionID)
        reader.implicit(record, at: 48, into: &self.candidate)
        reader.implicit(record, at: 64, into: &self.value)
        reader.optional(record, has: 112, at: 80, into: &self.waitMs)
        reader.message(record, at: 88, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct CampaignResponse: Protobuf.Message {
    /// The revision as of which the candidate leads.
    public var revision: Swift.UInt64 = 0
    /// The fencing token.
    public var token: Swift.UInt64 = 0
    /// The candidate's znode.
    public var claimPath: Swift.String = ""
    /// The candidacy was there before this call.
    public var existed: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        token: Swift.UInt64 = 0,
        claimPath: Swift.String = "",
        existed: Swift.Bool = false
    ) {
        self.revision = revision
        self.token = token
        self.claimPath = claimPath
        self.existed = existed
    }

    public static var fullName: Swift.String { "roost.v1.CampaignResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 56, at: 24)
        writer.implicit(self.token, record, has: 60, at: 32)
        writer.implicit(self.claimPath, record, has: 64, at: 40)
        writer.implicit(self.existed, record, has: 72, at: 68)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.token)
        reader.implicit(record, at: 40, into: &self.claimPath)
        reader.implicit(record, at: 68, into: &self.existed)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ProclaimRequest: Protobuf.Message {
    /// The election. Required.
    public var path: Swift.String = ""
    /// The leader's token. Required.
    public var token: Swift.UInt64 = 0
    /// What it has to say. Empty by default; at most 1 MiB (configurable).
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    /// Makes the call safe to send again. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        token: Swift.UInt64 = 0,
        value: Protobuf.Bytes = Protobuf.Bytes(),
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.token = token
        self.value = value
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.ProclaimRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 72, at: 24)
        writer.implicit(self.token, record, has: 76, at: 40)
        writer.implicit(self.value, record, has: 80, at: 48)
        writer.message(self.requestID, record, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.token)
        reader.implicit(record, at: 48, into: &self.value)
        reader.message(record, at: 64, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ProclaimResponse: Protobuf.Message {
    /// The revision at which it took effect.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.ProclaimResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ResignRequest: Protobuf.Message {
    /// The election. Required.
    public var path: Swift.String = ""
    /// The candidate's token. Required.
    public var token: Swift.UInt64 = 0
    /// Makes the call safe to send again. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        token: Swift.UInt64 = 0,
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.token = token
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.ResignRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 56, at: 24)
        writer.implicit(self.token, record, has: 60, at: 40)
        writer.message(self.requestID, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.token)
        reader.message(record, at: 48, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ResignResponse: Protobuf.Message {
    /// The revision at which the candidate went.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.ResignResponse" }
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

public struct LeaderRequest: Protobuf.Message {
    /// The election. Required.
    public var path: Swift.String = ""
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0
    ) {
        self.path = path
        self.level = level
        self.minRevision = minRevision
    }

    public static var fullName: Swift.String { "roost.v1.LeaderRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 48, at: 24)
        writer.implicit(self.level, record, has: 56, at: 52)
        writer.implicit(self.minRevision, record, has: 60, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 52, into: &self.level)
        reader.implicit(record, at: 40, into: &self.minRevision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct LeaderResponse: Protobuf.Message {
    /// The revision that the answer reflects.
    public var revision: Swift.UInt64 = 0
    public var leader: ElectedLeader?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        leader: ElectedLeader? = nil
    ) {
        self.revision = revision
        self.leader = leader
    }

    public static var fullName: Swift.String { "roost.v1.LeaderResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 40, at: 24)
        writer.message(self.leader, record, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.message(record, at: 32, into: &self.leader)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ObserveRequest: Protobuf.Message {
    /// The election. Required.
    public var path: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = ""
    ) {
        self.path = path
    }

    public static var fullName: Swift.String { "roost.v1.ObserveRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ObserveResponse: Protobuf.Message {
    /// The revision at which it became so; in the first response, the revision that it reflects.
    public var revision: Swift.UInt64 = 0
    /// Absent: nobody leads.
    public var leader: ElectedLeader?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        leader: ElectedLeader? = nil
    ) {
        self.revision = revision
        self.leader = leader
    }

    public static var fullName: Swift.String { "roost.v1.ObserveResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 40, at: 24)
        writer.message(self.leader, record, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.message(record, at: 32, into: &self.leader)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Who leads.
public struct ElectedLeader: Protobuf.Message {
    /// Greater than that of any leader before.
    public var token: Swift.UInt64 = 0
    /// 0 for an observer to whom it is told only after the candidate has gone.
    public var sessionID: Swift.UInt64 = 0
    public var candidate: Swift.String = ""
    /// What it has to say.
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        token: Swift.UInt64 = 0,
        sessionID: Swift.UInt64 = 0,
        candidate: Swift.String = "",
        value: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.token = token
        self.sessionID = sessionID
        self.candidate = candidate
        self.value = value
    }

    public static var fullName: Swift.String { "roost.v1.ElectedLeader" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.token, record, has: 72, at: 24)
        writer.implicit(self.sessionID, record, has: 76, at: 32)
        writer.implicit(self.candidate, record, has: 80, at: 40)
        writer.implicit(self.value, record, has: 84, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.token)
        reader.implicit(record, at: 32, into: &self.sessionID)
        reader.implicit(record, at: 40, into: &self.candidate)
        reader.implicit(record, at: 56, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            11, 0,
            120, 6,  // roost.v1.CampaignRequest
            1, 14, 96, 24, 0,  // path
            2, 8, 100, 40, 0,  // session_id
            3, 14, 104, 48, 0,  // candidate
            4, 15, 108, 64, 0,  // value
            5, 8, 112, 80, 0,  // wait_ms
            6, 16, 0, 88, 11,  // request_id
            80, 4,  // roost.v1.CampaignResponse
            1, 8, 56, 24, 0,  // revision
            2, 8, 60, 32, 0,  // token
            3, 14, 64, 40, 0,  // claim_path
            4, 12, 72, 68, 0,  // existed
            88, 4,  // roost.v1.ProclaimRequest
            1, 14, 72, 24, 0,  // path
            2, 8, 76, 40, 0,  // token
            3, 15, 80, 48, 0,  // value
            4, 16, 0, 64, 11,  // request_id
            40, 1,  // roost.v1.ProclaimResponse
            1, 8, 32, 24, 0,  // revision
            64, 3,  // roost.v1.ResignRequest
            1, 14, 56, 24, 0,  // path
            2, 8, 60, 40, 0,  // token
            3, 16, 0, 48, 11,  // request_id
            40, 1,  // roost.v1.ResignResponse
            1, 8, 32, 24, 0,  // revision
            64, 3,  // roost.v1.LeaderRequest
            1, 14, 48, 24, 0,  // path
            2, 13, 56, 52, 0,  // level
            3, 8, 60, 40, 0,  // min_revision
            48, 2,  // roost.v1.LeaderResponse
            1, 8, 40, 24, 0,  // revision
            2, 16, 0, 32, 10,  // leader
            48, 1,  // roost.v1.ObserveRequest
            1, 14, 40, 24, 0,  // path
            48, 2,  // roost.v1.ObserveResponse
            1, 8, 40, 24, 0,  // revision
            2, 16, 0, 32, 10,  // leader
            88, 4,  // roost.v1.ElectedLeader
            1, 8, 72, 24, 0,  // token
            2, 8, 76, 32, 0,  // session_id
            3, 14, 80, 40, 0,  // candidate
            4, 15, 84, 56, 0,  // value
        ],
        names: """
            roost.v1.CampaignRequest path session_id candidate value wait_ms request_id
            roost.v1.CampaignResponse revision token claim_path existed
            roost.v1.ProclaimRequest path token value request_id
            roost.v1.ProclaimResponse revision
            roost.v1.ResignRequest path token request_id
            roost.v1.ResignResponse revision
            roost.v1.LeaderRequest path level min_revision
            roost.v1.LeaderResponse revision leader
            roost.v1.ObserveRequest path
            roost.v1.ObserveResponse revision leader
            roost.v1.ElectedLeader token session_id candidate value
            """,
        imports: [
            RequestId.layout,
        ])
}
