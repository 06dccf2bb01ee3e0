public import ByteString
public import Consensus

public import enum Messages.CommandKind

/// Everything that one member says to another.
public enum MemberMessage: Hashable, Sendable {
    case consensus(PeerMessage)
    /// From a follower: clients' writes and read barriers for the leader of this very term.
    case forward(Forward)
    /// The leader's answer, as far as one is needed: a write that was proposed is answered by its entry.
    case forwardReply(ForwardReply)
}

/// Writes and read barriers on their way to the leader of `term`.
public struct Forward: Hashable, Sendable {
    public var term: Term
    public var writes: [ForwardWrite]
    public var barriers: [BarrierID]
    /// The sender's state at some revision, for the leader to compare.
    public var checkpoint: StateCheckpoint?

    public init(term: Term, writes: [ForwardWrite], barriers: [BarrierID], checkpoint: StateCheckpoint? = nil) {
        self.term = term
        self.writes = writes
        self.barriers = barriers
        self.checkpoint = checkpoint
    }
}

/// A client's write, sent by the member where it came in.
public struct ForwardWrite: Hashable, Sendable {
    public var token: RequestToken
    public var incarnation: Incarnation
    /// How long the client still waits; nil if it set no deadline.
    public var timeout: Span?
    public var kind: CommandKind
    public var principal: String
    public var request: Bytes

    public init(
        token: RequestToken, incarnation: Incarnation, timeout: Span?, kind: CommandKind, principal: String,
        request: Bytes
    ) {
        self.token = token
        self.incarnation = incarnation
        self.timeout = timeout
        self.kind = kind
        self.principal = principal
        self.request = request
    }
}

public struct ForwardReply: Hashable, Sendable {
    /// The term of the ``Forward`` that is answered.
    public var term: Term
    public var refusals: [Refusal]
    public var barriers: [BarrierReply]
    /// What the state of a majority is at a revision at which the receiver told another.
    public var divergedFrom: StateCheckpoint?

    /// The write was not proposed in `term` and, its term being named, never will be.
    public struct Refusal: Hashable, Sendable {
        public var token: RequestToken
        public var reason: RefusalReason
        public var leader: MemberID?

        public init(token: RequestToken, reason: RefusalReason, leader: MemberID?) {
            self.token = token
            self.reason = reason
            self.leader = leader
        }
    }

    public struct BarrierReply: Hashable, Sendable {
        public var id: BarrierID
        /// Reads of this barrier are linearizable once this index is applied; nil if the member does not lead.
        public var index: LogIndex?

        public init(id: BarrierID, index: LogIndex?) {
            self.id = id
            self.index = index
        }
    }

    public init(
        term: Term, refusals: [Refusal], barriers: [BarrierReply], divergedFrom: StateCheckpoint? = nil
    ) {
        self.term = term
        self.refusals = refusals
        self.barriers = barriers
        self.divergedFrom = divergedFrom
    }
}

/// Why a leader did not take a forwarded write.
public enum RefusalReason: UInt8, Hashable, Sendable {
    case notLeader = 1
    case overloaded = 2
    case expired = 3
    case diskFull = 4
}

/// Names a client's request at the member where it came in, for as long as that process lives.
public struct RequestToken: Hashable, Sendable {
    public let rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// Names a group of linearizable reads at the member where they came in.
public struct BarrierID: Hashable, Sendable {
    public let rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// A random number drawn when a process starts: tells one life of a member from the next.
public struct Incarnation: Hashable, Sendable {
    public let rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}
