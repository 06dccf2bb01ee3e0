// Generated from roost/v1/cluster.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum ClusterEventKind: Protobuf.Enumeration {
    case unspecified
    /// The member holds another one to be dead.
    case suspected
    /// Another member told of its suspicion.
    case toldOfSuspicion
    /// A suspected member was heard again.
    case heardAgain
    /// It asked whether it would be elected.
    case preCandidate
    /// It stood for election.
    case candidate
    /// It gave its vote.
    case voted
    /// It was given a vote, or promised one.
    case voteReceived
    /// It was elected.
    case leads
    /// It follows a leader.
    case follows
    /// It knows no leader.
    case leaderless
    /// As the leader it gave up its office.
    case steppedDown
    /// As the leader it sends a member the part of the log that it lacks.
    case sendsLog
    /// As the leader it sends a member a snapshot.
    case sendsSnapshot
    /// It cut entries from its log that the leader does not have.
    case cutLog
    /// It has all that the leader had committed.
    case synchronised
    /// It dropped a message that cannot be right.
    case droppedMessage
    /// The members are others than before, committed or not.
    case membersChanged
    /// A higher format level is in effect.
    case formatLevelRaised
    /// It learnt that it is no member any more.
    case removed
    /// As the leader it lets another member lead; the sentence says why.
    case handsOver
    /// As the leader it goes on, for that member did not take over in time.
    case notTakenOver
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .suspected
        case 2: self = .toldOfSuspicion
        case 3: self = .heardAgain
        case 4: self = .preCandidate
        case 5: self = .candidate
        case 6: self = .voted
        case 7: self = .voteReceived
        case 8: self = .leads
        case 9: self = .follows
        case 10: self = .leaderless
        case 11: self = .steppedDown
        case 12: self = .sendsLog
        case 13: self = .sendsSnapshot
        case 14: self = .cutLog
        case 15: self = .synchronised
        case 16: self = .droppedMessage
        case 17: self = .membersChanged
        case 18: self = .formatLevelRaised
        case 19: self = .removed
        case 20: self = .handsOver
        case 21: self = .notTakenOver
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .suspected: return 1
        case .toldOfSuspicion: return 2
        case .heardAgain: return 3
        case .preCandidate: return 4
        case .candidate: return 5
        case .voted: return 6
        case .voteReceived: return 7
        case .leads: return 8
        case .follows: return 9
        case .leaderless: return 10
        case .steppedDown: return 11
        case .sendsLog: return 12
        case .sendsSnapshot: return 13
        case .cutLog: return 14
        case .synchronised: return 15
        case .droppedMessage: return 16
        case .membersChanged: return 17
        case .formatLevelRaised: return 18
        case .removed: return 19
        case .handsOver: return 20
        case .notTakenOver: return 21
        case .unrecognized(let number): return number
        }
    }
}

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

public struct WatchClusterRequest: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public static var fullName: Swift.String { "roost.v1.WatchClusterRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct WatchClusterResponse: Protobuf.Message {
    /// How the member sees the ensemble after the events.
    public var status: StatusResponse?
    /// What it has noticed since the last response, in order; none in the first response.
    public var events: [ClusterEvent] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        status: StatusResponse? = nil,
        events: [ClusterEvent] = []
    ) {
        self.status = status
        self.events = events
    }

    public static var fullName: Swift.String { "roost.v1.WatchClusterResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.status, record, at: 24)
        writer.repeated(self.events, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.status)
        reader.repeated(record, count: 32, at: 40, into: &self.events)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ExplainRequest: Protobuf.Message {
    /// At most so many events, the newest. 0, the default: all that are kept, which are 512.
    public var eventsMax: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        eventsMax: Swift.UInt32 = 0
    ) {
        self.eventsMax = eventsMax
    }

    public static var fullName: Swift.String { "roost.v1.ExplainRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.eventsMax, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.eventsMax)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ExplainResponse: Protobuf.Message {
    /// The member that answers.
    public var memberID: Swift.UInt64 = 0
    /// In the order in which it noticed them. They are kept in memory only.
    public var events: [ClusterEvent] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0,
        events: [ClusterEvent] = []
    ) {
        self.memberID = memberID
        self.events = events
    }

    public static var fullName: Swift.String { "roost.v1.ExplainResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 48, at: 24)
        writer.repeated(self.events, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.repeated(record, count: 32, at: 40, into: &self.events)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Something that a member noticed or decided.
public struct ClusterEvent: Protobuf.Message {
    /// When, by the member's own wall clock: milliseconds since 1970-01-01T00:00:00Z.
    public var unixMs: Swift.Int64 = 0
    /// Counts the events of the member's process, from 1 on.
    public var number: Swift.UInt64 = 0
    public var kind: ClusterEventKind = .unspecified
    /// The term that it is about; 0 if it is about none.
    public var term: Swift.UInt64 = 0
    /// The other member that it is about; 0 if it is about none.
    public var aboutMemberID: Swift.UInt64 = 0
    /// With a suspicion: milliseconds for which nothing had come from the suspected member.
    public var silentMs: Swift.UInt64 = 0
    /// For people: what happened, a sentence without its subject, which is the member that tells it.
    public var sentence: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        unixMs: Swift.Int64 = 0,
        number: Swift.UInt64 = 0,
        kind: ClusterEventKind = .unspecified,
        term: Swift.UInt64 = 0,
        aboutMemberID: Swift.UInt64 = 0,
        silentMs: Swift.UInt64 = 0,
        sentence: Swift.String = ""
    ) {
        self.unixMs = unixMs
        self.number = number
        self.kind = kind
        self.term = term
        self.aboutMemberID = aboutMemberID
        self.silentMs = silentMs
        self.sentence = sentence
    }

    public static var fullName: Swift.String { "roost.v1.ClusterEvent" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.unixMs, record, has: 80, at: 24)
        writer.implicit(self.number, record, has: 84, at: 32)
        writer.implicit(self.kind, record, has: 92, at: 88)
        writer.implicit(self.term, record, has: 96, at: 40)
        writer.implicit(self.aboutMemberID, record, has: 100, at: 48)
        writer.implicit(self.silentMs, record, has: 104, at: 56)
        writer.implicit(self.sentence, record, has: 108, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.unixMs)
        reader.implicit(record, at: 32, into: &self.number)
        reader.implicit(record, at: 88, into: &self.kind)
        reader.implicit(record, at: 40, into: &self.term)
        reader.implicit(record, at: 48, into: &self.aboutMemberID)
        reader.implicit(record, at: 56, into: &self.silentMs)
        reader.implicit(record, at: 64, into: &self.sentence)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct BackupRequest: Protobuf.Message {
    /// LINEARIZABLE by default; SERIALIZABLE takes the member's own state, possibly old, without asking a quorum.
    public var level: ReadLevel = .linearizable
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        level: ReadLevel = .linearizable
    ) {
        self.level = level
    }

    public static var fullName: Swift.String { "roost.v1.BackupRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.level, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.level)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct BackupResponse: Protobuf.Message {
    /// In the first response: what the file will hold.
    public var summary: BackupSummary?
    /// The next part of the file.
    public var chunk: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        summary: BackupSummary? = nil,
        chunk: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.summary = summary
        self.chunk = chunk
    }

    public static var fullName: Swift.String { "roost.v1.BackupResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.summary, record, at: 24)
        writer.implicit(self.chunk, record, has: 48, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.summary)
        reader.implicit(record, at: 32, into: &self.chunk)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct BackupSummary: Protobuf.Message {
    public var ensembleID: Swift.UInt64 = 0
    /// The revision that the backup reflects.
    public var revision: Swift.UInt64 = 0
    /// The number of znodes, the root included.
    public var znodeCount: Swift.UInt64 = 0
    /// As Status tells it at that revision.
    public var stateDigest: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        ensembleID: Swift.UInt64 = 0,
        revision: Swift.UInt64 = 0,
        znodeCount: Swift.UInt64 = 0,
        stateDigest: Swift.UInt64 = 0
    ) {
        self.ensembleID = ensembleID
        self.revision = revision
        self.znodeCount = znodeCount
        self.stateDigest = stateDigest
    }

    public static var fullName: Swift.String { "roost.v1.BackupSummary" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.ensembleID, record, has: 56, at: 24)
        writer.implicit(self.revision, record, has: 60, at: 32)
        writer.implicit(self.znodeCount, record, has: 64, at: 40)
        writer.implicit(self.stateDigest, record, has: 68, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.ensembleID)
        reader.implicit(record, at: 32, into: &self.revision)
        reader.implicit(record, at: 40, into: &self.znodeCount)
        reader.implicit(record, at: 48, into: &self.stateDigest)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A member, as the ensemble has committed it.
public struct EnsembleMember: Protobuf.Message {
    public var memberID: Swift.UInt64 = 0
    /// The random id of its data directory.
    public var storageID: Swift.UInt64 = 0
    /// Whether it replicates without a vote.
    public var learner: Swift.Bool = false
    /// Where other members reach it: host:port.
    public var peerAddress: Swift.String = ""
    /// Where clients reach it: host:port.
    public var clientAddress: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0,
        storageID: Swift.UInt64 = 0,
        learner: Swift.Bool = false,
        peerAddress: Swift.String = "",
        clientAddress: Swift.String = ""
    ) {
        self.memberID = memberID
        self.storageID = storageID
        self.learner = learner
        self.peerAddress = peerAddress
        self.clientAddress = clientAddress
    }

    public static var fullName: Swift.String { "roost.v1.EnsembleMember" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 72, at: 24)
        writer.implicit(self.storageID, record, has: 76, at: 32)
        writer.implicit(self.learner, record, has: 84, at: 80)
        writer.implicit(self.peerAddress, record, has: 88, at: 40)
        writer.implicit(self.clientAddress, record, has: 92, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.implicit(record, at: 32, into: &self.storageID)
        reader.implicit(record, at: 80, into: &self.learner)
        reader.implicit(record, at: 40, into: &self.peerAddress)
        reader.implicit(record, at: 56, into: &self.clientAddress)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct AddMemberRequest: Protobuf.Message {
    /// From 1 on. Required.
    public var memberID: Swift.UInt64 = 0
    /// The random id of its data directory. Required.
    public var storageID: Swift.UInt64 = 0
    /// Where other members reach it: host:port. Required.
    public var peerAddress: Swift.String = ""
    /// Where clients reach it: host:port. Required.
    public var clientAddress: Swift.String = ""
    /// The highest format level that its release supports. 0 means 1. FAILED_PRECONDITION if the ensemble's is higher.
    public var supportedFormatLevel: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0,
        storageID: Swift.UInt64 = 0,
        peerAddress: Swift.String = "",
        clientAddress: Swift.String = "",
        supportedFormatLevel: Swift.UInt32 = 0
    ) {
        self.memberID = memberID
        self.storageID = storageID
        self.peerAddress = peerAddress
        self.clientAddress = clientAddress
        self.supportedFormatLevel = supportedFormatLevel
    }

    public static var fullName: Swift.String { "roost.v1.AddMemberRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 72, at: 24)
        writer.implicit(self.storageID, record, has: 76, at: 32)
        writer.implicit(self.peerAddress, record, has: 80, at: 40)
        writer.implicit(self.clientAddress, record, has: 84, at: 56)
        writer.implicit(self.supportedFormatLevel, record, has: 92, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.implicit(record, at: 32, into: &self.storageID)
        reader.implicit(record, at: 40, into: &self.peerAddress)
        reader.implicit(record, at: 56, into: &self.clientAddress)
        reader.implicit(record, at: 88, into: &self.supportedFormatLevel)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct AddMemberResponse: Protobuf.Message {
    /// The revision at which the change was committed.
    public var revision: Swift.UInt64 = 0
    /// The members since then, by ascending id.
    public var members: [EnsembleMember] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        members: [EnsembleMember] = []
    ) {
        self.revision = revision
        self.members = members
    }

    public static var fullName: Swift.String { "roost.v1.AddMemberResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.members, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.members)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct PromoteMemberRequest: Protobuf.Message {
    public var memberID: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0
    ) {
        self.memberID = memberID
    }

    public static var fullName: Swift.String { "roost.v1.PromoteMemberRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct PromoteMemberResponse: Protobuf.Message {
    public var revision: Swift.UInt64 = 0
    public var members: [EnsembleMember] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        members: [EnsembleMember] = []
    ) {
        self.revision = revision
        self.members = members
    }

    public static var fullName: Swift.String { "roost.v1.PromoteMemberResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.members, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.members)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct RemoveMemberRequest: Protobuf.Message {
    public var memberID: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0
    ) {
        self.memberID = memberID
    }

    public static var fullName: Swift.String { "roost.v1.RemoveMemberRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct RemoveMemberResponse: Protobuf.Message {
    public var revision: Swift.UInt64 = 0
    public var members: [EnsembleMember] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        members: [EnsembleMember] = []
    ) {
        self.revision = revision
        self.members = members
    }

    public static var fullName: Swift.String { "roost.v1.RemoveMemberResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[14] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.members, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.members)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TransferLeadershipRequest: Protobuf.Message {
    /// The voter that is to lead. 0, the default, lets the leader choose the one that has most of the log.
    public var toMemberID: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        toMemberID: Swift.UInt64 = 0
    ) {
        self.toMemberID = toMemberID
    }

    public static var fullName: Swift.String { "roost.v1.TransferLeadershipRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[15] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.toMemberID, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.toMemberID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TransferLeadershipResponse: Protobuf.Message {
    /// Who leads now: the member asked for, or another one that was elected meanwhile.
    public var leaderID: Swift.UInt64 = 0
    public var term: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        leaderID: Swift.UInt64 = 0,
        term: Swift.UInt64 = 0
    ) {
        self.leaderID = leaderID
        self.term = term
    }

    public static var fullName: Swift.String { "roost.v1.TransferLeadershipResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[16] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.leaderID, record, has: 40, at: 24)
        writer.implicit(self.term, record, has: 44, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.leaderID)
        reader.implicit(record, at: 32, into: &self.term)
        reader.unknown(record, into: &self.unknownFields)
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
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[17] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.minRevision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.minRevision)
        reader.unknown(record, into: &self.unknownFields)
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
    /// The format level in effect at applied_revision. It rises when every member's release supports a higher one.
    public var formatLevel: Swift.UInt32 = 0
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
        leaderChanges: Swift.UInt64 = 0,
        formatLevel: Swift.UInt32 = 0
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
        self.formatLevel = formatLevel
    }

    public static var fullName: Swift.String { "roost.v1.StatusResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[18] }

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
        writer.implicit(self.formatLevel, record, has: 240, at: 236)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.ensembleID)
        reader.implicit(record, at: 32, into: &self.memberID)
        reader.implicit(record, at: 40, into: &self.release)
        reader.implicit(record, at: 180, into: &self.role)
        reader.implicit(record, at: 56, into: &self.term)
        reader.implicit(record, at: 64, into: &self.leaderID)
        reader.implicit(record, at: 72, into: &self.appliedRevision)
        reader.implicit(record, at: 80, into: &self.committedRevision)
        reader.implicit(record, at: 88, into: &self.lastRevision)
        reader.implicit(record, at: 96, into: &self.firstRevision)
        reader.implicit(record, at: 104, into: &self.snapshotRevision)
        reader.implicit(record, at: 112, into: &self.stateDigest)
        reader.implicit(record, at: 120, into: &self.logTimeNs)
        reader.implicit(record, at: 128, into: &self.znodeCount)
        reader.repeated(record, count: 136, at: 144, into: &self.members)
        reader.implicit(record, at: 152, into: &self.uptimeMs)
        reader.implicit(record, at: 160, into: &self.leaderChanges)
        reader.implicit(record, at: 236, into: &self.formatLevel)
        reader.unknown(record, into: &self.unknownFields)
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
    /// The highest format level that its release supports, as its last heartbeat told it; 0 if none has come.
    public var supportedFormatLevel: Swift.UInt32 = 0
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
        matchedRevision: Swift.UInt64 = 0,
        supportedFormatLevel: Swift.UInt32 = 0
    ) {
        self.memberID = memberID
        self.role = role
        self.peerAddress = peerAddress
        self.clientAddress = clientAddress
        self.lastHeartbeatAgeMs = lastHeartbeatAgeMs
        self.suspected = suspected
        self.suspicion = suspicion
        self.matchedRevision = matchedRevision
        self.supportedFormatLevel = supportedFormatLevel
    }

    public static var fullName: Swift.String { "roost.v1.MemberStatus" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[19] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 96, at: 24)
        writer.implicit(self.role, record, has: 104, at: 100)
        writer.implicit(self.peerAddress, record, has: 108, at: 32)
        writer.implicit(self.clientAddress, record, has: 112, at: 48)
        writer.optional(self.lastHeartbeatAgeMs, record, has: 116, at: 64)
        writer.implicit(self.suspected, record, has: 124, at: 120)
        writer.implicit(self.suspicion, record, has: 128, at: 72)
        writer.implicit(self.matchedRevision, record, has: 132, at: 88)
        writer.implicit(self.supportedFormatLevel, record, has: 140, at: 136)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.implicit(record, at: 100, into: &self.role)
        reader.implicit(record, at: 32, into: &self.peerAddress)
        reader.implicit(record, at: 48, into: &self.clientAddress)
        reader.optional(record, has: 116, at: 64, into: &self.lastHeartbeatAgeMs)
        reader.implicit(record, at: 120, into: &self.suspected)
        reader.implicit(record, at: 72, into: &self.suspicion)
        reader.implicit(record, at: 88, into: &self.matchedRevision)
        reader.implicit(record, at: 136, into: &self.supportedFormatLevel)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            20, 0,
            24, 0,  // roost.v1.WatchClusterRequest
            48, 2,  // roost.v1.WatchClusterResponse
            1, 16, 0, 24, 18,  // status
            2, 272, 32, 40, 4,  // events
            32, 1,  // roost.v1.ExplainRequest
            1, 6, 28, 24, 0,  // events_max
            56, 2,  // roost.v1.ExplainResponse
            1, 8, 48, 24, 0,  // member_id
            2, 272, 32, 40, 4,  // events
            112, 7,  // roost.v1.ClusterEvent
            1, 3, 80, 24, 0,  // unix_ms
            2, 8, 84, 32, 0,  // number
            3, 13, 92, 88, 0,  // kind
            4, 8, 96, 40, 0,  // term
            5, 8, 100, 48, 0,  // about_member_id
            6, 8, 104, 56, 0,  // silent_ms
            7, 14, 108, 64, 0,  // sentence
            32, 1,  // roost.v1.BackupRequest
            1, 13, 28, 24, 0,  // level
            56, 2,  // roost.v1.BackupResponse
            1, 16, 0, 24, 7,  // summary
            2, 15, 48, 32, 0,  // chunk
            72, 4,  // roost.v1.BackupSummary
            1, 8, 56, 24, 0,  // ensemble_id
            2, 8, 60, 32, 0,  // revision
            3, 8, 64, 40, 0,  // znode_count
            4, 9, 68, 48, 0,  // state_digest
            96, 5,  // roost.v1.EnsembleMember
            1, 8, 72, 24, 0,  // member_id
            2, 9, 76, 32, 0,  // storage_id
            3, 12, 84, 80, 0,  // learner
            4, 14, 88, 40, 0,  // peer_address
            5, 14, 92, 56, 0,  // client_address
            96, 5,  // roost.v1.AddMemberRequest
            1, 8, 72, 24, 0,  // member_id
            2, 9, 76, 32, 0,  // storage_id
            3, 14, 80, 40, 0,  // peer_address
            4, 14, 84, 56, 0,  // client_address
            5, 6, 92, 88, 0,  // supported_format_level
            56, 2,  // roost.v1.AddMemberResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 8,  // members
            40, 1,  // roost.v1.PromoteMemberRequest
            1, 8, 32, 24, 0,  // member_id
            56, 2,  // roost.v1.PromoteMemberResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 8,  // members
            40, 1,  // roost.v1.RemoveMemberRequest
            1, 8, 32, 24, 0,  // member_id
            56, 2,  // roost.v1.RemoveMemberResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 8,  // members
            40, 1,  // roost.v1.TransferLeadershipRequest
            1, 8, 32, 24, 0,  // to_member_id
            48, 2,  // roost.v1.TransferLeadershipResponse
            1, 8, 40, 24, 0,  // leader_id
            2, 8, 44, 32, 0,  // term
            40, 1,  // roost.v1.StatusRequest
            1, 8, 32, 24, 0,  // min_revision
            248, 18,  // roost.v1.StatusResponse
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
            15, 272, 136, 144, 19,  // members
            16, 8, 228, 152, 0,  // uptime_ms
            17, 8, 232, 160, 0,  // leader_changes
            18, 6, 240, 236, 0,  // format_level
            144, 9,  // roost.v1.MemberStatus
            1, 8, 96, 24, 0,  // member_id
            2, 13, 104, 100, 0,  // role
            3, 14, 108, 32, 0,  // peer_address
            4, 14, 112, 48, 0,  // client_address
            5, 8, 116, 64, 0,  // last_heartbeat_age_ms
            6, 12, 124, 120, 0,  // suspected
            7, 14, 128, 72, 0,  // suspicion
            8, 8, 132, 88, 0,  // matched_revision
            9, 6, 140, 136, 0,  // supported_format_level
        ],
        names: """
            roost.v1.WatchClusterRequest
            roost.v1.WatchClusterResponse status events
            roost.v1.ExplainRequest events_max
            roost.v1.ExplainResponse member_id events
            roost.v1.ClusterEvent unix_ms number kind term about_member_id silent_ms sentence
            roost.v1.BackupRequest level
            roost.v1.BackupResponse summary chunk
            roost.v1.BackupSummary ensemble_id revision znode_count state_digest
            roost.v1.EnsembleMember member_id storage_id learner peer_address client_address
            roost.v1.AddMemberRequest member_id storage_id peer_address client_address supported_format_level
            roost.v1.AddMemberResponse revision members
            roost.v1.PromoteMemberRequest member_id
            roost.v1.PromoteMemberResponse revision members
            roost.v1.RemoveMemberRequest member_id
            roost.v1.RemoveMemberResponse revision members
            roost.v1.TransferLeadershipRequest to_member_id
            roost.v1.TransferLeadershipResponse leader_id term
            roost.v1.StatusRequest min_revision
            roost.v1.StatusResponse ensemble_id member_id release role term leader_id applied_revision committed_revision last_revision first_revision snapshot_revision state_digest log_time_ns znode_count members uptime_ms leader_changes format_level
            roost.v1.MemberStatus member_id role peer_address client_address last_heartbeat_age_ms suspected suspicion matched_revision supported_format_level
            """)
}
