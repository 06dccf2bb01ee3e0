// Generated from roost/v1/cluster.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// What a member is at a moment.
public enum Role: Protobuf.Enumeration {
    /// Not known.
    case unspecified
    /// Follows a leader, or waits for one.
    case follower
    /// Stands for election.
    case candidate
    case leader
    /// Replicates without a vote.
    case learner
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .follower
        case 2: self = .candidate
        case 3: self = .leader
        case 4: self = .learner
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .follower: return 1
        case .candidate: return 2
        case .leader: return 3
        case .learner: return 4
        case .unrecognized(let number): return number
        }
    }
}

public struct StatusRequest: Protobuf.Message {
    /// Wait until the member has applied this revision, so that digests can be compared. 0, the default: do not wait.
    public var minRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        minRevision: Swift.UInt64 = 0
    ) {
        self.minRevision = minRevision
    }

    public static var fullName: Swift.String { "roost.v1.StatusRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.minRevision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.minRevision = reader.value(record, at: 24)
        self.unknownFields = reader.unknownFields(record)
    }
}

public struct StatusResponse: Protobuf.Message {
    /// The ensemble's id, chosen at its bootstrap.
    public var ensembleID: Swift.UInt64 = 0
    /// The member that answers.
    public var memberID: Swift.UInt64 = 0
    /// The member's release, for example "0.1.0".
    public var release: Swift.String = ""
    /// Its role.
    public var role: Role = .unspecified
    /// The election epoch it is in.
    public var term: Swift.UInt64 = 0
    /// The leader it follows; 0 if it knows none.
    public var leaderID: Swift.UInt64 = 0
    /// The last revision that it has applied; what a SERIALIZABLE read sees.
    public var appliedRevision: Swift.UInt64 = 0
    /// The last revision that it knows to be committed.
    public var committedRevision: Swift.UInt64 = 0
    /// The last revision in its log, durable or not.
    public var lastRevision: Swift.UInt64 = 0
    /// The oldest revision still in its log.
    public var firstRevision: Swift.UInt64 = 0
    /// The revision of its last snapshot; 0 if it has none.
    public var snapshotRevision: Swift.UInt64 = 0
    /// A digest of the whole replicated state at applied_revision: equal on all members that have applied the same.
    public var stateDigest: Swift.UInt64 = 0
    /// The ensemble's own clock: nanoseconds of log time.
    public var logTimeNs: Swift.UInt64 = 0
    /// The number of znodes, the root included.
    public var znodeCount: Swift.UInt64 = 0
    /// Every member of the ensemble, this one included, by ascending id.
    public var members: [MemberStatus] = []
    /// Milliseconds since this member started.
    public var uptimeMs: Swift.UInt64 = 0
    /// How often this member has seen the leader change since it started.
    public var leaderChanges: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        ensembleID: Swift.UInt64 = 0,
        memberID: Swift.UInt64 = 0,
        release: Swift.String = "",
        role: Role = .unspecified,
        term: Swift.UInt64 = 0,
        leaderID: Swift.UInt64 = 0,
        appliedRevision: Swift.UInt64 = 0,
        committedRevision: Swift.UInt64 = 0,
        lastRevision: Swift.UInt64 = 0,
        firstRevision: Swift.UInt64 = 0,
        snapshotRevision: Swift.UInt64 = 0,
        stateDigest: Swift.UInt64 = 0,
        logTimeNs: Swift.UInt64 = 0,
        znodeCount: Swift.UInt64 = 0,
        members: [MemberStatus] = [],
        uptimeMs: Swift.UInt64 = 0,
        leaderChanges: Swift.UInt64 = 0
    ) {
        self.ensembleID = ensembleID
        self.memberID = memberID
        self.release = release
        self.role = role
        self.term = term
        self.leaderID = leaderID
        self.appliedRevision = appliedRevision
        self.committedRevision = committedRevision
        self.lastRevision = lastRevision
        self.firstRevision = firstRevision
        self.snapshotRevision = snapshotRevision
        self.stateDigest = stateDigest
        self.logTimeNs = logTimeNs
        self.znodeCount = znodeCount
        self.members = members
        self.uptimeMs = uptimeMs
        self.leaderChanges = leaderChanges
    }

    public static var fullName: Swift.String { "roost.v1.StatusResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.ensembleID, record, has: 168, at: 24)
        writer.implicit(self.memberID, record, has: 172, at: 32)
        writer.implicit(self.release, record, has: 176, at: 40)
        writer.implicit(self.role, record, has: 184, at: 180)
        writer.implicit(self.term, record, has: 188, at: 56)
        writer.implicit(self.leaderID, record, has: 192, at: 64)
        writer.implicit(self.appliedRevision, record, has: 196, at: 72)
        writer.implicit(self.committedRevision, record, has: 200, at: 80)
        writer.implicit(self.lastRevision, record, has: 204, at: 88)
        writer.implicit(self.firstRevision, record, has: 208, at: 96)
        writer.implicit(self.snapshotRevision, record, has: 212, at: 104)
        writer.implicit(self.stateDigest, record, has: 216, at: 112)
        writer.implicit(self.logTimeNs, record, has: 220, at: 120)
        writer.implicit(self.znodeCount, record, has: 224, at: 128)
        writer.repeated(self.members, record, count: 136, at: 144)
        writer.implicit(self.uptimeMs, record, has: 228, at: 152)
        writer.implicit(self.leaderChanges, record, has: 232, at: 160)
        writer.unknown(self.unknownFields, record)
    }

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.ensembleID = reader.value(record, at: 24)
        self.memberID = reader.value(record, at: 32)
        self.release = reader.value(record, at: 40)
        self.role = reader.value(record, at: 180)
        self.term = reader.value(record, at: 56)
        self.leaderID = reader.value(record, at: 64)
        self.appliedRevision = reader.value(record, at: 72)
        self.committedRevision = reader.value(record, at: 80)
        self.lastRevision = reader.value(record, at: 88)
        self.firstRevision = reader.value(record, at: 96)
        self.snapshotRevision = reader.value(record, at: 104)
        self.stateDigest = reader.value(record, at: 112)
        self.logTimeNs = reader.value(record, at: 120)
        self.znodeCount = reader.value(record, at: 128)
        self.members = reader.repeated(record, count: 136, at: 144)
        self.uptimeMs = reader.value(record, at: 152)
        self.leaderChanges = reader.value(record, at: 160)
        self.unknownFields = reader.unknownFields(record)
    }
}

/// What the answering member knows of a member.
public struct MemberStatus: Protobuf.Message {
    public var memberID: Swift.UInt64 = 0
    /// As its last heartbeat told it.
    public var role: Role = .unspecified
    /// Where other members reach it: host:port.
    public var peerAddress: Swift.String = ""
    /// Where clients reach it: host:port; empty if it has not told yet.
    public var clientAddress: Swift.String = ""
    /// Milliseconds since its last heartbeat arrived; absent for the answering member itself and if none ever came.
    public var lastHeartbeatAgeMs: Swift.UInt64?
    /// Whether the answering member suspects it to be dead.
    public var suspected: Swift.Bool = false
    /// Why, for people to read; empty if it is not suspected.
    public var suspicion: Swift.String = ""
    /// The revision that it is known to hold durably; 0 unless the answering member leads.
    public var matchedRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0,
        role: Role = .unspecified,
        peerAddress: Swift.String = "",
        clientAddress: Swift.String = "",
        lastHeartbeatAgeMs: Swift.UInt64? = nil,
        suspected: Swift.Bool = false,
        suspicion: Swift.String = "",
        matchedRevision: Swift.UInt64 = 0
    ) {
        self.memberID = memberID
        self.role = role
        self.peerAddress = peerAddress
        self.clientAddress = clientAddress
        self.lastHeartbeatAgeMs = lastHeartbeatAgeMs
        self.suspected = suspected
        self.suspicion = suspicion
        self.matchedRevision = matchedRevision
    }

    public static var fullName: Swift.String { "roost.v1.MemberStatus" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 96, at: 24)
        writer.implicit(self.role, record, has: 104, at: 100)
        writer.implicit(self.peerAddress, record, has: 108, at: 32)
        writer.implicit(self.clientAddress, record, has: 112, at: 48)
        writer.optional(self.lastHeartbeatAgeMs, record, has: 116, at: 64)
        writer.implicit(self.suspected, record, has: 124, at: 120)
        writer.implicit(self.suspicion, record, has: 128, at: 72)
        writer.implicit(self.matchedRevision, record, has: 132, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.memberID = reader.value(record, at: 24)
        self.role = reader.value(record, at: 100)
        self.peerAddress = reader.value(record, at: 32)
        self.clientAddress = reader.value(record, at: 48)
        self.lastHeartbeatAgeMs = reader.optional(record, has: 116, at: 64)
        self.suspected = reader.value(record, at: 120)
        self.suspicion = reader.value(record, at: 72)
        self.matchedRevision = reader.value(record, at: 88)
        self.unknownFields = reader.unknownFields(record)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            3, 0,
            40, 1,  // roost.v1.StatusRequest
            1, 8, 32, 24, 0,  // min_revision
            240, 17,  // roost.v1.StatusResponse
            1, 8, 168, 24, 0,  // ensemble_id
            2, 8, 172, 32, 0,  // member_id
            3, 14, 176, 40, 0,  // release
            4, 13, 184, 180, 0,  // role
            5, 8, 188, 56, 0,  // term
            6, 8, 192, 64, 0,  // leader_id
            7, 8, 196, 72, 0,  // applied_revision
            8, 8, 200, 80, 0,  // committed_revision
            9, 8, 204, 88, 0,  // last_revision
            10, 8, 208, 96, 0,  // first_revision
            11, 8, 212, 104, 0,  // snapshot_revision
            12, 9, 216, 112, 0,  // state_digest
            13, 8, 220, 120, 0,  // log_time_ns
            14, 8, 224, 128, 0,  // znode_count
            15, 272, 136, 144, 2,  // members
            16, 8, 228, 152, 0,  // uptime_ms
            17, 8, 232, 160, 0,  // leader_changes
            136, 8,  // roost.v1.MemberStatus
            1, 8, 96, 24, 0,  // member_id
            2, 13, 104, 100, 0,  // role
            3, 14, 108, 32, 0,  // peer_address
            4, 14, 112, 48, 0,  // client_address
            5, 8, 116, 64, 0,  // last_heartbeat_age_ms
            6, 12, 124, 120, 0,  // suspected
            7, 14, 128, 72, 0,  // suspicion
            8, 8, 132, 88, 0,  // matched_revision
        ],
        names: """
            roost.v1.StatusRequest min_revision
            roost.v1.StatusResponse ensemble_id member_id release role term leader_id applied_revision committed_revision last_revision first_revision snapshot_revision state_digest log_time_ns znode_count members uptime_ms leader_changes
            roost.v1.MemberStatus member_id role peer_address client_address last_heartbeat_age_ms suspected suspicion matched_revision
            """)
}
