// Generated from roost/v1/peer.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// What the sender of a heartbeat is.
public enum Office: Protobuf.Enumeration {
    case unspecified
    case follower
    case preCandidate
    case candidate
    case leader
    case learner
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .follower
        case 2: self = .preCandidate
        case 3: self = .candidate
        case 4: self = .leader
        case 5: self = .learner
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .follower: return 1
        case .preCandidate: return 2
        case .candidate: return 3
        case .leader: return 4
        case .learner: return 5
        case .unrecognized(let number): return number
        }
    }
}

public enum SuspicionReason: Protobuf.Enumeration {
    case unspecified
    /// No heartbeat for longer than the timeout.
    case silence
    /// Its connection was lost unannounced and a reconnect was refused.
    case connectionRefused
    /// Its connection was lost unannounced and a reconnect reached a new process.
    case newIncarnation
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .silence
        case 2: self = .connectionRefused
        case 3: self = .newIncarnation
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .silence: return 1
        case .connectionRefused: return 2
        case .newIncarnation: return 3
        case .unrecognized(let number): return number
        }
    }
}

public enum VoteRefusal: Protobuf.Enumeration {
    case none
    /// The candidate's term is old.
    case term
    /// The voter hears from a leader.
    case sticky
    /// The candidate's log lacks entries that the voter has.
    case log
    /// The voter has voted for another in this term.
    case voted
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .none }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .none
        case 1: self = .term
        case 2: self = .sticky
        case 3: self = .log
        case 4: self = .voted
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .none: return 0
        case .term: return 1
        case .sticky: return 2
        case .log: return 3
        case .voted: return 4
        case .unrecognized(let number): return number
        }
    }
}

public enum EntryKind: Protobuf.Enumeration {
    /// A client's or the leader's command; the payload is a roost.v1.Envelope.
    case command
    /// The empty entry that begins a term.
    case noop
    /// The ensemble's members.
    case configuration
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .command }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .command
        case 1: self = .noop
        case 2: self = .configuration
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .command: return 0
        case .noop: return 1
        case .configuration: return 2
        case .unrecognized(let number): return number
        }
    }
}

public enum RefusalReason: Protobuf.Enumeration {
    case unspecified
    /// The member does not lead.
    case notLeader
    /// Too much is under way.
    case overloaded
    /// The client's time had passed.
    case expired
    /// The leader's disk is full, or those of so many members that there is no quorum without them.
    case diskFull
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .notLeader
        case 2: self = .overloaded
        case 3: self = .expired
        case 4: self = .diskFull
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .notLeader: return 1
        case .overloaded: return 2
        case .expired: return 3
        case .diskFull: return 4
        case .unrecognized(let number): return number
        }
    }
}

/// What a command's request bytes are.
public enum CommandKind: Protobuf.Enumeration {
    case unspecified
    /// A roost.v1.CreateRequest.
    case create
    /// A roost.v1.SetRequest.
    case set
    /// A roost.v1.DeleteRequest.
    case delete
    /// A roost.v1.RaiseFormatLevel. The leader's own; never forwarded.
    case raiseFormatLevel
    /// From here on: format level 2.
    /// A roost.v1.CreateRequest of a znode that is not persistent, or sequential, or with a fence.
    case createSpecial
    /// A roost.v1.OpenSession.
    case openSession
    /// A roost.v1.CloseSessionRequest.
    case closeSession
    /// A roost.v1.TouchSessions.
    case touchSessions
    /// A roost.v1.Expire. The leader's own; never forwarded.
    case expire
    /// A roost.v1.TransactRequest.
    case transact
    /// A roost.v1.SetRequest with a fence.
    case setFenced
    /// A roost.v1.DeleteRequest with a fence.
    case deleteFenced
    /// A roost.v1.AcquireRequest.
    case acquire
    /// A roost.v1.ReleaseRequest.
    case release
    /// A roost.v1.ProclaimRequest.
    case proclaim
    /// A roost.v1.WithdrawClaim.
    case withdraw
    /// A roost.v1.RegisterInstance.
    case register
    /// A roost.v1.DeregisterRequest.
    case deregister
    /// A roost.v1.PutConfigRequest.
    case putConfig
    /// A roost.v1.RollbackConfigRequest.
    case rollbackConfig
    /// A roost.v1.DeleteConfigRequest.
    case deleteConfig
    /// A roost.v1.DeleteRequest that is recursive, with a fence or without.
    case deleteRecursive
    /// A roost.v1.AttachStream.
    case attachStream
    /// A roost.v1.StreamWrites.
    case streamWrites
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .create
        case 2: self = .set
        case 3: self = .delete
        case 4: self = .raiseFormatLevel
        case 5: self = .createSpecial
        case 6: self = .openSession
        case 7: self = .closeSession
        case 8: self = .touchSessions
        case 9: self = .expire
        case 10: self = .transact
        case 11: self = .setFenced
        case 12: self = .deleteFenced
        case 13: self = .acquire
        case 14: self = .release
        case 15: self = .proclaim
        case 16: self = .withdraw
        case 17: self = .register
        case 18: self = .deregister
        case 19: self = .putConfig
        case 20: self = .rollbackConfig
        case 21: self = .deleteConfig
        case 22: self = .deleteRecursive
        case 23: self = .attachStream
        case 24: self = .streamWrites
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .create: return 1
        case .set: return 2
        case .delete: return 3
        case .raiseFormatLevel: return 4
        case .createSpecial: return 5
        case .openSession: return 6
        case .closeSession: return 7
        case .touchSessions: return 8
        case .expire: return 9
        case .transact: return 10
        case .setFenced: return 11
        case .deleteFenced: return 12
        case .acquire: return 13
        case .release: return 14
        case .proclaim: return 15
        case .withdraw: return 16
        case .register: return 17
        case .deregister: return 18
        case .putConfig: return 19
        case .rollbackConfig: return 20
        case .deleteConfig: return 21
        case .deleteRecursive: return 22
        case .attachStream: return 23
        case .streamWrites: return 24
        case .unrecognized(let number): return number
        }
    }
}

public struct IntroduceRequest: Protobuf.Message {
    public var memberID: Swift.UInt64 = 0
    /// The random id of the member's data directory.
    public var storageID: Swift.UInt64 = 0
    /// 0 while it belongs to no ensemble.
    public var ensembleID: Swift.UInt64 = 0
    /// A random number drawn when the process started: tells one incarnation from the next.
    public var incarnation: Swift.UInt64 = 0
    /// Where other members reach it: host:port.
    public var peerAddress: Swift.String = ""
    /// Where clients reach it: host:port.
    public var clientAddress: Swift.String = ""
    /// Whether it was started to bootstrap an ensemble, and with which members, by ascending id.
    public var bootstrapping: Swift.Bool = false
    public var bootstrapMembers: [Swift.UInt64] = []
    /// The state that its data directory was restored from a backup with; zeros if it was not.
    public var restoredRevision: Swift.UInt64 = 0
    public var restoredDigest: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0,
        storageID: Swift.UInt64 = 0,
        ensembleID: Swift.UInt64 = 0,
        incarnation: Swift.UInt64 = 0,
        peerAddress: Swift.String = "",
        clientAddress: Swift.String = "",
        bootstrapping: Swift.Bool = false,
        bootstrapMembers: [Swift.UInt64] = [],
        restoredRevision: Swift.UInt64 = 0,
        restoredDigest: Swift.UInt64 = 0
    ) {
        self.memberID = memberID
        self.storageID = storageID
        self.ensembleID = ensembleID
        self.incarnation = incarnation
        self.peerAddress = peerAddress
        self.clientAddress = clientAddress
        self.bootstrapping = bootstrapping
        self.bootstrapMembers = bootstrapMembers
        self.restoredRevision = restoredRevision
        self.restoredDigest = restoredDigest
    }

    public static var fullName: Swift.String { "roost.v1.IntroduceRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 120, at: 24)
        writer.implicit(self.storageID, record, has: 124, at: 32)
        writer.implicit(self.ensembleID, record, has: 128, at: 40)
        writer.implicit(self.incarnation, record, has: 132, at: 48)
        writer.implicit(self.peerAddress, record, has: 136, at: 56)
        writer.implicit(self.clientAddress, record, has: 140, at: 72)
        writer.implicit(self.bootstrapping, record, has: 148, at: 144)
        writer.repeated(self.bootstrapMembers, record, count: 88, at: 96)
        writer.implicit(self.restoredRevision, record, has: 152, at: 104)
        writer.implicit(self.restoredDigest, record, has: 156, at: 112)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.implicit(record, at: 32, into: &self.storageID)
        reader.implicit(record, at: 40, into: &self.ensembleID)
        reader.implicit(record, at: 48, into: &self.incarnation)
        reader.implicit(record, at: 56, into: &self.peerAddress)
        reader.implicit(record, at: 72, into: &self.clientAddress)
        reader.implicit(record, at: 144, into: &self.bootstrapping)
        reader.repeated(record, count: 88, at: 96, into: &self.bootstrapMembers)
        reader.implicit(record, at: 104, into: &self.restoredRevision)
        reader.implicit(record, at: 112, into: &self.restoredDigest)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct IntroduceResponse: Protobuf.Message {
    public var memberID: Swift.UInt64 = 0
    public var storageID: Swift.UInt64 = 0
    /// 0 while it belongs to no ensemble.
    public var ensembleID: Swift.UInt64 = 0
    public var incarnation: Swift.UInt64 = 0
    public var peerAddress: Swift.String = ""
    public var clientAddress: Swift.String = ""
    public var bootstrapping: Swift.Bool = false
    public var bootstrapMembers: [Swift.UInt64] = []
    /// The configuration that its ensemble was founded with; empty while it belongs to none.
    public var foundingConfiguration: Protobuf.Bytes = Protobuf.Bytes()
    public var restoredRevision: Swift.UInt64 = 0
    public var restoredDigest: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0,
        storageID: Swift.UInt64 = 0,
        ensembleID: Swift.UInt64 = 0,
        incarnation: Swift.UInt64 = 0,
        peerAddress: Swift.String = "",
        clientAddress: Swift.String = "",
        bootstrapping: Swift.Bool = false,
        bootstrapMembers: [Swift.UInt64] = [],
        foundingConfiguration: Protobuf.Bytes = Protobuf.Bytes(),
        restoredRevision: Swift.UInt64 = 0,
        restoredDigest: Swift.UInt64 = 0
    ) {
        self.memberID = memberID
        self.storageID = storageID
        self.ensembleID = ensembleID
        self.incarnation = incarnation
        self.peerAddress = peerAddress
        self.clientAddress = clientAddress
        self.bootstrapping = bootstrapping
        self.bootstrapMembers = bootstrapMembers
        self.foundingConfiguration = foundingConfiguration
        self.restoredRevision = restoredRevision
        self.restoredDigest = restoredDigest
    }

    public static var fullName: Swift.String { "roost.v1.IntroduceResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 136, at: 24)
        writer.implicit(self.storageID, record, has: 140, at: 32)
        writer.implicit(self.ensembleID, record, has: 144, at: 40)
        writer.implicit(self.incarnation, record, has: 148, at: 48)
        writer.implicit(self.peerAddress, record, has: 152, at: 56)
        writer.implicit(self.clientAddress, record, has: 156, at: 72)
        writer.implicit(self.bootstrapping, record, has: 164, at: 160)
        writer.repeated(self.bootstrapMembers, record, count: 88, at: 96)
        writer.implicit(self.foundingConfiguration, record, has: 168, at: 104)
        writer.implicit(self.restoredRevision, record, has: 172, at: 120)
        writer.implicit(self.restoredDigest, record, has: 176, at: 128)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.implicit(record, at: 32, into: &self.storageID)
        reader.implicit(record, at: 40, into: &self.ensembleID)
        reader.implicit(record, at: 48, into: &self.incarnation)
        reader.implicit(record, at: 56, into: &self.peerAddress)
        reader.implicit(record, at: 72, into: &self.clientAddress)
        reader.implicit(record, at: 160, into: &self.bootstrapping)
        reader.repeated(record, count: 88, at: 96, into: &self.bootstrapMembers)
        reader.implicit(record, at: 104, into: &self.foundingConfiguration)
        reader.implicit(record, at: 120, into: &self.restoredRevision)
        reader.implicit(record, at: 128, into: &self.restoredDigest)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct HeartbeatRequest: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    public var office: Office = .unspecified
    /// The leader that the sender follows; 0 if none.
    public var leaderID: Swift.UInt64 = 0
    /// The sender's commit index, as far as the receiver can use it.
    public var commitIndex: Swift.UInt64 = 0
    /// Counts the sender's probes upwards; the reply repeats it. 0 asks for no reply.
    public var probe: Swift.UInt64 = 0
    /// The members that the sender suspects.
    public var suspicions: [Suspicion] = []
    /// The sender's disk is full.
    public var diskFull: Swift.Bool = false
    /// The highest format level that the sender's release supports. 0, which the first releases say, means 1.
    public var supportedFormatLevel: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        office: Office = .unspecified,
        leaderID: Swift.UInt64 = 0,
        commitIndex: Swift.UInt64 = 0,
        probe: Swift.UInt64 = 0,
        suspicions: [Suspicion] = [],
        diskFull: Swift.Bool = false,
        supportedFormatLevel: Swift.UInt32 = 0
    ) {
        self.term = term
        self.office = office
        self.leaderID = leaderID
        self.commitIndex = commitIndex
        self.probe = probe
        self.suspicions = suspicions
        self.diskFull = diskFull
        self.supportedFormatLevel = supportedFormatLevel
    }

    public static var fullName: Swift.String { "roost.v1.HeartbeatRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 72, at: 24)
        writer.implicit(self.office, record, has: 80, at: 76)
        writer.implicit(self.leaderID, record, has: 84, at: 32)
        writer.implicit(self.commitIndex, record, has: 88, at: 40)
        writer.implicit(self.probe, record, has: 92, at: 48)
        writer.repeated(self.suspicions, record, count: 56, at: 64)
        writer.implicit(self.diskFull, record, has: 100, at: 96)
        writer.implicit(self.supportedFormatLevel, record, has: 108, at: 104)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 76, into: &self.office)
        reader.implicit(record, at: 32, into: &self.leaderID)
        reader.implicit(record, at: 40, into: &self.commitIndex)
        reader.implicit(record, at: 48, into: &self.probe)
        reader.repeated(record, count: 56, at: 64, into: &self.suspicions)
        reader.implicit(record, at: 96, into: &self.diskFull)
        reader.implicit(record, at: 104, into: &self.supportedFormatLevel)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A member that is held to be dead, and why.
public struct Suspicion: Protobuf.Message {
    public var memberID: Swift.UInt64 = 0
    public var reason: SuspicionReason = .unspecified
    /// Milliseconds since the suspecting member last heard of it.
    public var silentMs: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        memberID: Swift.UInt64 = 0,
        reason: SuspicionReason = .unspecified,
        silentMs: Swift.UInt64 = 0
    ) {
        self.memberID = memberID
        self.reason = reason
        self.silentMs = silentMs
    }

    public static var fullName: Swift.String { "roost.v1.Suspicion" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.memberID, record, has: 40, at: 24)
        writer.implicit(self.reason, record, has: 48, at: 44)
        writer.implicit(self.silentMs, record, has: 52, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.memberID)
        reader.implicit(record, at: 44, into: &self.reason)
        reader.implicit(record, at: 32, into: &self.silentMs)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct HeartbeatResponse: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    /// The probe that is answered.
    public var probe: Swift.UInt64 = 0
    /// To a caller that is no member: the id of its data directory, and the index of a committed entry as of which the
    /// ensemble goes without it.
    public var removedStorageID: Swift.UInt64 = 0
    public var removedIndex: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        probe: Swift.UInt64 = 0,
        removedStorageID: Swift.UInt64 = 0,
        removedIndex: Swift.UInt64 = 0
    ) {
        self.term = term
        self.probe = probe
        self.removedStorageID = removedStorageID
        self.removedIndex = removedIndex
    }

    public static var fullName: Swift.String { "roost.v1.HeartbeatResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 56, at: 24)
        writer.implicit(self.probe, record, has: 60, at: 32)
        writer.implicit(self.removedStorageID, record, has: 64, at: 40)
        writer.implicit(self.removedIndex, record, has: 68, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 32, into: &self.probe)
        reader.implicit(record, at: 40, into: &self.removedStorageID)
        reader.implicit(record, at: 48, into: &self.removedIndex)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct VoteRequest: Protobuf.Message {
    /// The term that the candidate stands for.
    public var term: Swift.UInt64 = 0
    /// Asks only whether a vote would be given; changes nothing.
    public var preVote: Swift.Bool = false
    public var lastIndex: Swift.UInt64 = 0
    public var lastTerm: Swift.UInt64 = 0
    /// The leader handed over: stickiness does not apply.
    public var leadershipTransfer: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        preVote: Swift.Bool = false,
        lastIndex: Swift.UInt64 = 0,
        lastTerm: Swift.UInt64 = 0,
        leadershipTransfer: Swift.Bool = false
    ) {
        self.term = term
        self.preVote = preVote
        self.lastIndex = lastIndex
        self.lastTerm = lastTerm
        self.leadershipTransfer = leadershipTransfer
    }

    public static var fullName: Swift.String { "roost.v1.VoteRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 48, at: 24)
        writer.implicit(self.preVote, record, has: 56, at: 52)
        writer.implicit(self.lastIndex, record, has: 60, at: 32)
        writer.implicit(self.lastTerm, record, has: 64, at: 40)
        writer.implicit(self.leadershipTransfer, record, has: 72, at: 68)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 52, into: &self.preVote)
        reader.implicit(record, at: 32, into: &self.lastIndex)
        reader.implicit(record, at: 40, into: &self.lastTerm)
        reader.implicit(record, at: 68, into: &self.leadershipTransfer)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct VoteResponse: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    public var preVote: Swift.Bool = false
    public var granted: Swift.Bool = false
    /// Why not.
    public var refusal: VoteRefusal = .none
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        preVote: Swift.Bool = false,
        granted: Swift.Bool = false,
        refusal: VoteRefusal = .none
    ) {
        self.term = term
        self.preVote = preVote
        self.granted = granted
        self.refusal = refusal
    }

    public static var fullName: Swift.String { "roost.v1.VoteResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 32, at: 24)
        writer.implicit(self.preVote, record, has: 40, at: 36)
        writer.implicit(self.granted, record, has: 48, at: 44)
        writer.implicit(self.refusal, record, has: 56, at: 52)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 36, into: &self.preVote)
        reader.implicit(record, at: 44, into: &self.granted)
        reader.implicit(record, at: 52, into: &self.refusal)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct SyncRequest: Protobuf.Message {
    public var body: Body?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        body: Body? = nil
    ) {
        self.body = body
    }

    public enum Body: Swift.Hashable, Swift.Sendable {
        case append(Append)
        case snapshot(SnapshotChunk)
        case timeoutNow(TimeoutNow)
    }

    public static var fullName: Swift.String { "roost.v1.SyncRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.body {
        case .append(let value):
            writer.choose(1, record, case: 32)
            writer.store(value, record, at: 24)
        case .snapshot(let value):
            writer.choose(2, record, case: 32)
            writer.store(value, record, at: 24)
        case .timeoutNow(let value):
            writer.choose(3, record, case: 32)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 32)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 32) {
        case 1: self.body = .append(reader.value(record, at: 24))
        case 2: self.body = .snapshot(reader.value(record, at: 24))
        case 3: self.body = .timeoutNow(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Raft's AppendEntries.
public struct Append: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    /// The position just before the first entry.
    public var previousIndex: Swift.UInt64 = 0
    public var previousTerm: Swift.UInt64 = 0
    public var commitIndex: Swift.UInt64 = 0
    /// Consecutive entries from previous_index + 1 on.
    public var entries: [LogEntry] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        previousIndex: Swift.UInt64 = 0,
        previousTerm: Swift.UInt64 = 0,
        commitIndex: Swift.UInt64 = 0,
        entries: [LogEntry] = []
    ) {
        self.term = term
        self.previousIndex = previousIndex
        self.previousTerm = previousTerm
        self.commitIndex = commitIndex
        self.entries = entries
    }

    public static var fullName: Swift.String { "roost.v1.Append" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 72, at: 24)
        writer.implicit(self.previousIndex, record, has: 76, at: 32)
        writer.implicit(self.previousTerm, record, has: 80, at: 40)
        writer.implicit(self.commitIndex, record, has: 84, at: 48)
        writer.repeated(self.entries, record, count: 56, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 32, into: &self.previousIndex)
        reader.implicit(record, at: 40, into: &self.previousTerm)
        reader.implicit(record, at: 48, into: &self.commitIndex)
        reader.repeated(record, count: 56, at: 64, into: &self.entries)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct LogEntry: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    public var kind: EntryKind = .command
    /// Opaque to consensus.
    public var payload: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        kind: EntryKind = .command,
        payload: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.term = term
        self.kind = kind
        self.payload = payload
    }

    public static var fullName: Swift.String { "roost.v1.LogEntry" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 48, at: 24)
        writer.implicit(self.kind, record, has: 56, at: 52)
        writer.implicit(self.payload, record, has: 60, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 52, into: &self.kind)
        reader.implicit(record, at: 32, into: &self.payload)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A part of a snapshot, sent one after the other.
public struct SnapshotChunk: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    /// The last entry that the snapshot contains.
    public var lastIndex: Swift.UInt64 = 0
    public var lastTerm: Swift.UInt64 = 0
    /// Where in the snapshot this part begins, in bytes.
    public var offset: Swift.UInt64 = 0
    /// The snapshot's length in bytes.
    public var totalBytes: Swift.UInt64 = 0
    public var data: Protobuf.Bytes = Protobuf.Bytes()
    /// The members as of last_index, in consensus' own format.
    public var configuration: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        lastIndex: Swift.UInt64 = 0,
        lastTerm: Swift.UInt64 = 0,
        offset: Swift.UInt64 = 0,
        totalBytes: Swift.UInt64 = 0,
        data: Protobuf.Bytes = Protobuf.Bytes(),
        configuration: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.term = term
        self.lastIndex = lastIndex
        self.lastTerm = lastTerm
        self.offset = offset
        self.totalBytes = totalBytes
        self.data = data
        self.configuration = configuration
    }

    public static var fullName: Swift.String { "roost.v1.SnapshotChunk" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 96, at: 24)
        writer.implicit(self.lastIndex, record, has: 100, at: 32)
        writer.implicit(self.lastTerm, record, has: 104, at: 40)
        writer.implicit(self.offset, record, has: 108, at: 48)
        writer.implicit(self.totalBytes, record, has: 112, at: 56)
        writer.implicit(self.data, record, has: 116, at: 64)
        writer.implicit(self.configuration, record, has: 120, at: 80)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 32, into: &self.lastIndex)
        reader.implicit(record, at: 40, into: &self.lastTerm)
        reader.implicit(record, at: 48, into: &self.offset)
        reader.implicit(record, at: 56, into: &self.totalBytes)
        reader.implicit(record, at: 64, into: &self.data)
        reader.implicit(record, at: 80, into: &self.configuration)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The leader asks the receiver to stand for election at once.
public struct TimeoutNow: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0
    ) {
        self.term = term
    }

    public static var fullName: Swift.String { "roost.v1.TimeoutNow" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct SyncResponse: Protobuf.Message {
    public var body: Body?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        body: Body? = nil
    ) {
        self.body = body
    }

    public enum Body: Swift.Hashable, Swift.Sendable {
        case append(AppendResponse)
        case snapshot(SnapshotResponse)
    }

    public static var fullName: Swift.String { "roost.v1.SyncResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.body {
        case .append(let value):
            writer.choose(1, record, case: 32)
            writer.store(value, record, at: 24)
        case .snapshot(let value):
            writer.choose(2, record, case: 32)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 32)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 32) {
        case 1: self.body = .append(reader.value(record, at: 24))
        case 2: self.body = .snapshot(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct AppendResponse: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    public var accepted: Swift.Bool = false
    /// If accepted: the last index that is durable and equal to the leader's. If not: the previous_index refused.
    public var index: Swift.UInt64 = 0
    /// If not accepted: where the leader should try next (the follower's last index, or the start of a conflicting term).
    public var hintIndex: Swift.UInt64 = 0
    public var hintTerm: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        accepted: Swift.Bool = false,
        index: Swift.UInt64 = 0,
        hintIndex: Swift.UInt64 = 0,
        hintTerm: Swift.UInt64 = 0
    ) {
        self.term = term
        self.accepted = accepted
        self.index = index
        self.hintIndex = hintIndex
        self.hintTerm = hintTerm
    }

    public static var fullName: Swift.String { "roost.v1.AppendResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 56, at: 24)
        writer.implicit(self.accepted, record, has: 64, at: 60)
        writer.implicit(self.index, record, has: 68, at: 32)
        writer.implicit(self.hintIndex, record, has: 72, at: 40)
        writer.implicit(self.hintTerm, record, has: 76, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 60, into: &self.accepted)
        reader.implicit(record, at: 32, into: &self.index)
        reader.implicit(record, at: 40, into: &self.hintIndex)
        reader.implicit(record, at: 48, into: &self.hintTerm)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct SnapshotResponse: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    /// Which snapshot.
    public var lastIndex: Swift.UInt64 = 0
    public var lastTerm: Swift.UInt64 = 0
    /// The offset from which the receiver wants to go on.
    public var nextOffset: Swift.UInt64 = 0
    /// The snapshot is installed.
    public var installed: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        lastIndex: Swift.UInt64 = 0,
        lastTerm: Swift.UInt64 = 0,
        nextOffset: Swift.UInt64 = 0,
        installed: Swift.Bool = false
    ) {
        self.term = term
        self.lastIndex = lastIndex
        self.lastTerm = lastTerm
        self.nextOffset = nextOffset
        self.installed = installed
    }

    public static var fullName: Swift.String { "roost.v1.SnapshotResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[14] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 56, at: 24)
        writer.implicit(self.lastIndex, record, has: 60, at: 32)
        writer.implicit(self.lastTerm, record, has: 64, at: 40)
        writer.implicit(self.nextOffset, record, has: 68, at: 48)
        writer.implicit(self.installed, record, has: 76, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 32, into: &self.lastIndex)
        reader.implicit(record, at: 40, into: &self.lastTerm)
        reader.implicit(record, at: 48, into: &self.nextOffset)
        reader.implicit(record, at: 72, into: &self.installed)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ForwardRequest: Protobuf.Message {
    /// The term of the leader that the writes are for. A member that does not lead in this very term refuses them: so a
    /// write of an older term that has not been applied before an entry of a newer one never will be, and its sender knows.
    public var term: Swift.UInt64 = 0
    public var writes: [ForwardedWrite] = []
    public var barriers: [ReadBarrier] = []
    /// The sender's state at a revision, for the leader to compare.
    public var checkpoint: StateCheckpoint?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        writes: [ForwardedWrite] = [],
        barriers: [ReadBarrier] = [],
        checkpoint: StateCheckpoint? = nil
    ) {
        self.term = term
        self.writes = writes
        self.barriers = barriers
        self.checkpoint = checkpoint
    }

    public static var fullName: Swift.String { "roost.v1.ForwardRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[15] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 72, at: 24)
        writer.repeated(self.writes, record, count: 32, at: 40)
        writer.repeated(self.barriers, record, count: 48, at: 56)
        writer.message(self.checkpoint, record, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.repeated(record, count: 32, at: 40, into: &self.writes)
        reader.repeated(record, count: 48, at: 56, into: &self.barriers)
        reader.message(record, at: 64, into: &self.checkpoint)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// What a member's state is at a revision; the same on every member.
public struct StateCheckpoint: Protobuf.Message {
    public var revision: Swift.UInt64 = 0
    public var digest: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        digest: Swift.UInt64 = 0
    ) {
        self.revision = revision
        self.digest = digest
    }

    public static var fullName: Swift.String { "roost.v1.StateCheckpoint" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[16] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 40, at: 24)
        writer.implicit(self.digest, record, has: 44, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.digest)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A client's write on its way to the leader.
public struct ForwardedWrite: Protobuf.Message {
    /// Names the write at the sender, which answers its client itself once it has applied the entry.
    /// Together with the sender's incarnation it becomes the entry's origin.
    public var token: Swift.UInt64 = 0
    /// Milliseconds that the client still waits; the leader drops the write when they have passed. 0 means no limit.
    public var timeoutMs: Swift.UInt64 = 0
    public var kind: CommandKind = .unspecified
    /// Who asked; empty for an anonymous client.
    public var principal: Swift.String = ""
    /// The client's request, as it came.
    public var request: Protobuf.Bytes = Protobuf.Bytes()
    /// The incarnation of the member where the request came in.
    public var incarnation: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        token: Swift.UInt64 = 0,
        timeoutMs: Swift.UInt64 = 0,
        kind: CommandKind = .unspecified,
        principal: Swift.String = "",
        request: Protobuf.Bytes = Protobuf.Bytes(),
        incarnation: Swift.UInt64 = 0
    ) {
        self.token = token
        self.timeoutMs = timeoutMs
        self.kind = kind
        self.principal = principal
        self.request = request
        self.incarnation = incarnation
    }

    public static var fullName: Swift.String { "roost.v1.ForwardedWrite" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[17] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.token, record, has: 80, at: 24)
        writer.implicit(self.timeoutMs, record, has: 84, at: 32)
        writer.implicit(self.kind, record, has: 92, at: 88)
        writer.implicit(self.principal, record, has: 96, at: 40)
        writer.implicit(self.request, record, has: 100, at: 56)
        writer.implicit(self.incarnation, record, has: 104, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.token)
        reader.implicit(record, at: 32, into: &self.timeoutMs)
        reader.implicit(record, at: 88, into: &self.kind)
        reader.implicit(record, at: 40, into: &self.principal)
        reader.implicit(record, at: 56, into: &self.request)
        reader.implicit(record, at: 72, into: &self.incarnation)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A linearizable read waits at the sender until the leader has named an index for it.
public struct ReadBarrier: Protobuf.Message {
    public var token: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        token: Swift.UInt64 = 0
    ) {
        self.token = token
    }

    public static var fullName: Swift.String { "roost.v1.ReadBarrier" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[18] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.token, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.token)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ForwardResponse: Protobuf.Message {
    /// The term of the request that is answered.
    public var term: Swift.UInt64 = 0
    public var refusals: [ForwardRefusal] = []
    public var barriers: [ReadBarrierPassed] = []
    /// The state of a majority at a revision at which the receiver has told another: it must not go on.
    public var divergedFrom: StateCheckpoint?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        refusals: [ForwardRefusal] = [],
        barriers: [ReadBarrierPassed] = [],
        divergedFrom: StateCheckpoint? = nil
    ) {
        self.term = term
        self.refusals = refusals
        self.barriers = barriers
        self.divergedFrom = divergedFrom
    }

    public static var fullName: Swift.String { "roost.v1.ForwardResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[19] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 72, at: 24)
        writer.repeated(self.refusals, record, count: 32, at: 40)
        writer.repeated(self.barriers, record, count: 48, at: 56)
        writer.message(self.divergedFrom, record, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.repeated(record, count: 32, at: 40, into: &self.refusals)
        reader.repeated(record, count: 48, at: 56, into: &self.barriers)
        reader.message(record, at: 64, into: &self.divergedFrom)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The write was not proposed and never will be.
public struct ForwardRefusal: Protobuf.Message {
    public var token: Swift.UInt64 = 0
    /// The leader as far as the refusing member knows; 0 if it knows none.
    public var leaderID: Swift.UInt64 = 0
    public var reason: RefusalReason = .unspecified
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        token: Swift.UInt64 = 0,
        leaderID: Swift.UInt64 = 0,
        reason: RefusalReason = .unspecified
    ) {
        self.token = token
        self.leaderID = leaderID
        self.reason = reason
    }

    public static var fullName: Swift.String { "roost.v1.ForwardRefusal" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[20] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.token, record, has: 40, at: 24)
        writer.implicit(self.leaderID, record, has: 44, at: 32)
        writer.implicit(self.reason, record, has: 52, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.token)
        reader.implicit(record, at: 32, into: &self.leaderID)
        reader.implicit(record, at: 48, into: &self.reason)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ReadBarrierPassed: Protobuf.Message {
    public var token: Swift.UInt64 = 0
    /// A read is linearizable once this index has been applied. 0 means: ask again, the member does not lead.
    public var index: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        token: Swift.UInt64 = 0,
        index: Swift.UInt64 = 0
    ) {
        self.token = token
        self.index = index
    }

    public static var fullName: Swift.String { "roost.v1.ReadBarrierPassed" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[21] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.token, record, has: 40, at: 24)
        writer.implicit(self.index, record, has: 44, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.token)
        reader.implicit(record, at: 32, into: &self.index)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A member under repair asks for what its log lacks. The answer is bounded; it asks again for what is still missing.
public struct RepairRequest: Protobuf.Message {
    /// The entries wanted. If from_index is beyond through_index, only the term of the entry before from_index is.
    public var fromIndex: Swift.UInt64 = 0
    public var throughIndex: Swift.UInt64 = 0
    /// An entry that is surely in the asker's log, at or after through_index.
    public var anchorIndex: Swift.UInt64 = 0
    public var anchorTerm: Swift.UInt64 = 0
    /// Set instead of all that: a part of a snapshot that the callee has offered.
    public var snapshot: SnapshotPart?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        fromIndex: Swift.UInt64 = 0,
        throughIndex: Swift.UInt64 = 0,
        anchorIndex: Swift.UInt64 = 0,
        anchorTerm: Swift.UInt64 = 0,
        snapshot: SnapshotPart? = nil
    ) {
        self.fromIndex = fromIndex
        self.throughIndex = throughIndex
        self.anchorIndex = anchorIndex
        self.anchorTerm = anchorTerm
        self.snapshot = snapshot
    }

    public static var fullName: Swift.String { "roost.v1.RepairRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[22] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.fromIndex, record, has: 64, at: 24)
        writer.implicit(self.throughIndex, record, has: 68, at: 32)
        writer.implicit(self.anchorIndex, record, has: 72, at: 40)
        writer.implicit(self.anchorTerm, record, has: 76, at: 48)
        writer.message(self.snapshot, record, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.fromIndex)
        reader.implicit(record, at: 32, into: &self.throughIndex)
        reader.implicit(record, at: 40, into: &self.anchorIndex)
        reader.implicit(record, at: 48, into: &self.anchorTerm)
        reader.message(record, at: 56, into: &self.snapshot)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Which part of a snapshot is wanted.
public struct SnapshotPart: Protobuf.Message {
    public var lastIndex: Swift.UInt64 = 0
    public var lastTerm: Swift.UInt64 = 0
    public var offset: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        lastIndex: Swift.UInt64 = 0,
        lastTerm: Swift.UInt64 = 0,
        offset: Swift.UInt64 = 0
    ) {
        self.lastIndex = lastIndex
        self.lastTerm = lastTerm
        self.offset = offset
    }

    public static var fullName: Swift.String { "roost.v1.SnapshotPart" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[23] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.lastIndex, record, has: 48, at: 24)
        writer.implicit(self.lastTerm, record, has: 52, at: 32)
        writer.implicit(self.offset, record, has: 56, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.lastIndex)
        reader.implicit(record, at: 32, into: &self.lastTerm)
        reader.implicit(record, at: 40, into: &self.offset)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct RepairResponse: Protobuf.Message {
    /// The last entry that the callee knows to be committed; 0 if it knows none.
    public var committedIndex: Swift.UInt64 = 0
    public var committedTerm: Swift.UInt64 = 0
    /// The term of the callee's own entry at anchor_index; absent if it has none there.
    public var termAtAnchor: Swift.UInt64?
    /// The callee's log equals the asker's up to here; absent if that cannot be told.
    public var matchedIndex: Swift.UInt64?
    /// The position just before the first entry, or before from_index if there are none; absent if not known.
    public var previousIndex: Swift.UInt64?
    public var previousTerm: Swift.UInt64 = 0
    /// The index of the first entry.
    public var firstIndex: Swift.UInt64 = 0
    /// Consecutive; none after matched_index.
    public var entries: [LogEntry] = []
    /// A snapshot that the callee has (without data), or the part that was asked for. Its term means nothing.
    public var snapshot: SnapshotChunk?
    /// The callee is under repair itself.
    public var underRepair: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        committedIndex: Swift.UInt64 = 0,
        committedTerm: Swift.UInt64 = 0,
        termAtAnchor: Swift.UInt64? = nil,
        matchedIndex: Swift.UInt64? = nil,
        previousIndex: Swift.UInt64? = nil,
        previousTerm: Swift.UInt64 = 0,
        firstIndex: Swift.UInt64 = 0,
        entries: [LogEntry] = [],
        snapshot: SnapshotChunk? = nil,
        underRepair: Swift.Bool = false
    ) {
        self.committedIndex = committedIndex
        self.committedTerm = committedTerm
        self.termAtAnchor = termAtAnchor
        self.matchedIndex = matchedIndex
        self.previousIndex = previousIndex
        self.previousTerm = previousTerm
        self.firstIndex = firstIndex
        self.entries = entries
        self.snapshot = snapshot
        self.underRepair = underRepair
    }

    public static var fullName: Swift.String { "roost.v1.RepairResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[24] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.committedIndex, record, has: 104, at: 24)
        writer.implicit(self.committedTerm, record, has: 108, at: 32)
        writer.optional(self.termAtAnchor, record, has: 112, at: 40)
        writer.optional(self.matchedIndex, record, has: 116, at: 48)
        writer.optional(self.previousIndex, record, has: 120, at: 56)
        writer.implicit(self.previousTerm, record, has: 124, at: 64)
        writer.implicit(self.firstIndex, record, has: 128, at: 72)
        writer.repeated(self.entries, record, count: 80, at: 88)
        writer.message(self.snapshot, record, at: 96)
        writer.implicit(self.underRepair, record, has: 136, at: 132)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.committedIndex)
        reader.implicit(record, at: 32, into: &self.committedTerm)
        reader.optional(record, has: 112, at: 40, into: &self.termAtAnchor)
        reader.optional(record, has: 116, at: 48, into: &self.matchedIndex)
        reader.optional(record, has: 120, at: 56, into: &self.previousIndex)
        reader.implicit(record, at: 64, into: &self.previousTerm)
        reader.implicit(record, at: 72, into: &self.firstIndex)
        reader.repeated(record, count: 80, at: 88, into: &self.entries)
        reader.message(record, at: 96, into: &self.snapshot)
        reader.implicit(record, at: 132, into: &self.underRepair)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            25, 0,
            160, 10,  // roost.v1.IntroduceRequest
            1, 8, 120, 24, 0,  // member_id
            2, 9, 124, 32, 0,  // storage_id
            3, 9, 128, 40, 0,  // ensemble_id
            4, 9, 132, 48, 0,  // incarnation
            5, 14, 136, 56, 0,  // peer_address
            6, 14, 140, 72, 0,  // client_address
            7, 12, 148, 144, 0,  // bootstrapping
            8, 776, 88, 96, 0,  // bootstrap_members
            9, 8, 152, 104, 0,  // restored_revision
            10, 9, 156, 112, 0,  // restored_digest
            184, 11,  // roost.v1.IntroduceResponse
            1, 8, 136, 24, 0,  // member_id
            2, 9, 140, 32, 0,  // storage_id
            3, 9, 144, 40, 0,  // ensemble_id
            4, 9, 148, 48, 0,  // incarnation
            5, 14, 152, 56, 0,  // peer_address
            6, 14, 156, 72, 0,  // client_address
            7, 12, 164, 160, 0,  // bootstrapping
            8, 776, 88, 96, 0,  // bootstrap_members
            9, 15, 168, 104, 0,  // founding_configuration
            10, 8, 172, 120, 0,  // restored_revision
            11, 9, 176, 128, 0,  // restored_digest
            112, 8,  // roost.v1.HeartbeatRequest
            1, 8, 72, 24, 0,  // term
            2, 13, 80, 76, 0,  // office
            3, 8, 84, 32, 0,  // leader_id
            4, 8, 88, 40, 0,  // commit_index
            5, 8, 92, 48, 0,  // probe
            6, 272, 56, 64, 3,  // suspicions
            7, 12, 100, 96, 0,  // disk_full
            8, 6, 108, 104, 0,  // supported_format_level
            56, 3,  // roost.v1.Suspicion
            1, 8, 40, 24, 0,  // member_id
            2, 13, 48, 44, 0,  // reason
            3, 8, 52, 32, 0,  // silent_ms
            72, 4,  // roost.v1.HeartbeatResponse
            1, 8, 56, 24, 0,  // term
            2, 8, 60, 32, 0,  // probe
            3, 9, 64, 40, 0,  // removed_storage_id
            4, 8, 68, 48, 0,  // removed_index
            80, 5,  // roost.v1.VoteRequest
            1, 8, 48, 24, 0,  // term
            2, 12, 56, 52, 0,  // pre_vote
            3, 8, 60, 32, 0,  // last_index
            4, 8, 64, 40, 0,  // last_term
            5, 12, 72, 68, 0,  // leadership_transfer
            64, 4,  // roost.v1.VoteResponse
            1, 8, 32, 24, 0,  // term
            2, 12, 40, 36, 0,  // pre_vote
            3, 12, 48, 44, 0,  // granted
            4, 13, 56, 52, 0,  // refusal
            40, 3,  // roost.v1.SyncRequest
            1, 1040, 32, 24, 8,  // append
            2, 1040, 32, 24, 10,  // snapshot
            3, 1040, 32, 24, 11,  // timeout_now
            88, 5,  // roost.v1.Append
            1, 8, 72, 24, 0,  // term
            2, 8, 76, 32, 0,  // previous_index
            3, 8, 80, 40, 0,  // previous_term
            4, 8, 84, 48, 0,  // commit_index
            5, 272, 56, 64, 9,  // entries
            64, 3,  // roost.v1.LogEntry
            1, 8, 48, 24, 0,  // term
            2, 13, 56, 52, 0,  // kind
            3, 15, 60, 32, 0,  // payload
            128, 7,  // roost.v1.SnapshotChunk
            1, 8, 96, 24, 0,  // term
            2, 8, 100, 32, 0,  // last_index
            3, 8, 104, 40, 0,  // last_term
            4, 8, 108, 48, 0,  // offset
            5, 8, 112, 56, 0,  // total_bytes
            6, 15, 116, 64, 0,  // data
            7, 15, 120, 80, 0,  // configuration
            40, 1,  // roost.v1.TimeoutNow
            1, 8, 32, 24, 0,  // term
            40, 2,  // roost.v1.SyncResponse
            1, 1040, 32, 24, 13,  // append
            2, 1040, 32, 24, 14,  // snapshot
            80, 5,  // roost.v1.AppendResponse
            1, 8, 56, 24, 0,  // term
            2, 12, 64, 60, 0,  // accepted
            3, 8, 68, 32, 0,  // index
            4, 8, 72, 40, 0,  // hint_index
            5, 8, 76, 48, 0,  // hint_term
            80, 5,  // roost.v1.SnapshotResponse
            1, 8, 56, 24, 0,  // term
            2, 8, 60, 32, 0,  // last_index
            3, 8, 64, 40, 0,  // last_term
            4, 8, 68, 48, 0,  // next_offset
            5, 12, 76, 72, 0,  // installed
            80, 4,  // roost.v1.ForwardRequest
            1, 8, 72, 24, 0,  // term
            2, 272, 32, 40, 17,  // writes
            3, 272, 48, 56, 18,  // barriers
            4, 16, 0, 64, 16,  // checkpoint
            48, 2,  // roost.v1.StateCheckpoint
            1, 8, 40, 24, 0,  // revision
            2, 9, 44, 32, 0,  // digest
            112, 6,  // roost.v1.ForwardedWrite
            1, 8, 80, 24, 0,  // token
            2, 8, 84, 32, 0,  // timeout_ms
            3, 13, 92, 88, 0,  // kind
            4, 14, 96, 40, 0,  // principal
            5, 15, 100, 56, 0,  // request
            6, 9, 104, 72, 0,  // incarnation
            40, 1,  // roost.v1.ReadBarrier
            1, 8, 32, 24, 0,  // token
            80, 4,  // roost.v1.ForwardResponse
            1, 8, 72, 24, 0,  // term
            2, 272, 32, 40, 20,  // refusals
            3, 272, 48, 56, 21,  // barriers
            4, 16, 0, 64, 16,  // diverged_from
            56, 3,  // roost.v1.ForwardRefusal
            1, 8, 40, 24, 0,  // token
            2, 8, 44, 32, 0,  // leader_id
            3, 13, 52, 48, 0,  // reason
            48, 2,  // roost.v1.ReadBarrierPassed
            1, 8, 40, 24, 0,  // token
            2, 8, 44, 32, 0,  // index
            80, 5,  // roost.v1.RepairRequest
            1, 8, 64, 24, 0,  // from_index
            2, 8, 68, 32, 0,  // through_index
            3, 8, 72, 40, 0,  // anchor_index
            4, 8, 76, 48, 0,  // anchor_term
            5, 16, 0, 56, 23,  // snapshot
            64, 3,  // roost.v1.SnapshotPart
            1, 8, 48, 24, 0,  // last_index
            2, 8, 52, 32, 0,  // last_term
            3, 8, 56, 40, 0,  // offset
            144, 10,  // roost.v1.RepairResponse
            1, 8, 104, 24, 0,  // committed_index
            2, 8, 108, 32, 0,  // committed_term
            3, 8, 112, 40, 0,  // term_at_anchor
            4, 8, 116, 48, 0,  // matched_index
            5, 8, 120, 56, 0,  // previous_index
            6, 8, 124, 64, 0,  // previous_term
            7, 8, 128, 72, 0,  // first_index
            8, 272, 80, 88, 9,  // entries
            9, 16, 0, 96, 10,  // snapshot
            10, 12, 136, 132, 0,  // under_repair
        ],
        names: """
            roost.v1.IntroduceRequest member_id storage_id ensemble_id incarnation peer_address client_address bootstrapping bootstrap_members restored_revision restored_digest
            roost.v1.IntroduceResponse member_id storage_id ensemble_id incarnation peer_address client_address bootstrapping bootstrap_members founding_configuration restored_revision restored_digest
            roost.v1.HeartbeatRequest term office leader_id commit_index probe suspicions disk_full supported_format_level
            roost.v1.Suspicion member_id reason silent_ms
            roost.v1.HeartbeatResponse term probe removed_storage_id removed_index
            roost.v1.VoteRequest term pre_vote last_index last_term leadership_transfer
            roost.v1.VoteResponse term pre_vote granted refusal
            roost.v1.SyncRequest append snapshot timeout_now
            roost.v1.Append term previous_index previous_term commit_index entries
            roost.v1.LogEntry term kind payload
            roost.v1.SnapshotChunk term last_index last_term offset total_bytes data configuration
            roost.v1.TimeoutNow term
            roost.v1.SyncResponse append snapshot
            roost.v1.AppendResponse term accepted index hint_index hint_term
            roost.v1.SnapshotResponse term last_index last_term next_offset installed
            roost.v1.ForwardRequest term writes barriers checkpoint
            roost.v1.StateCheckpoint revision digest
            roost.v1.ForwardedWrite token timeout_ms kind principal request incarnation
            roost.v1.ReadBarrier token
            roost.v1.ForwardResponse term refusals barriers diverged_from
            roost.v1.ForwardRefusal token leader_id reason
            roost.v1.ReadBarrierPassed token index
            roost.v1.RepairRequest from_index through_index anchor_index anchor_term snapshot
            roost.v1.SnapshotPart last_index last_term offset
            roost.v1.RepairResponse committed_index committed_term term_at_anchor matched_index previous_index previous_term first_index entries snapshot under_repair
            """)
}
