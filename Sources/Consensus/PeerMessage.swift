public import ByteString

/// What members say to each other, without who says it to whom.
public enum PeerMessage: Hashable, Sendable {
    // The RPC Heartbeat
    case heartbeat(Heartbeat)
    case heartbeatReply(HeartbeatReply)
    // The RPC Vote
    case voteRequest(VoteRequest)
    case voteReply(VoteReply)
    // The RPC Sync
    case append(Append)
    case appendReply(AppendReply)
    case snapshotChunk(SnapshotChunk)
    case snapshotReply(SnapshotReply)
    case timeoutNow(term: Term)
}

/// Sent by every member to every other each interval, whatever their roles.
public struct Heartbeat: Hashable, Sendable {
    public var term: Term
    public var office: Office
    /// The leader that the sender follows (itself, if it leads).
    public var leader: MemberID?
    /// The sender's commit index; from the leader, no further than what the receiver is known to hold.
    public var commit: LogIndex
    /// Asks the receiver to repeat this number; 0 asks for no reply. Numbers of one sender only grow within a term.
    public var probe: UInt64
    /// Whom the sender suspects now.
    public var suspicions: [Suspicion]
    /// The sender's disk is full.
    public var isDiskFull: Bool
    /// The highest format level that the sender's release supports.
    public var supported: FormatLevel
    /// It came by a connection of which a break is no evidence, as the receiver knows. It shows that the sender was
    /// alive, and may be what a process has sent that is dead by now.
    public var isCopy = false

    public init(
        term: Term, office: Office, leader: MemberID?, commit: LogIndex, probe: UInt64, suspicions: [Suspicion],
        isDiskFull: Bool = false, supported: FormatLevel = .first
    ) {
        self.isDiskFull = isDiskFull
        self.supported = supported
        self.term = term
        self.office = office
        self.leader = leader
        self.commit = commit
        self.probe = probe
        self.suspicions = suspicions
    }
}

/// What a member is at a moment.
public enum Office: UInt8, Hashable, Sendable {
    case follower = 1
    case preCandidate = 2
    case candidate = 3
    case leader = 4
    case learner = 5
}

/// A member held to be dead.
public struct Suspicion: Hashable, Sendable {
    public var member: MemberID
    public var reason: Reason
    /// How long the suspecting member has not heard of it.
    public var silence: Span

    public enum Reason: UInt8, Hashable, Sendable {
        case silence = 1
        case connectionRefused = 2
        case newIncarnation = 3
    }

    public init(member: MemberID, reason: Reason, silence: Span) {
        self.member = member
        self.reason = reason
        self.silence = silence
    }
}

public struct HeartbeatReply: Hashable, Sendable {
    public var term: Term
    /// The probe that is answered; 0 to the leader of an older term, which is only told the new one.
    public var probe: UInt64
    /// To one that is no member, as far as the sender knows.
    public var removal: Removal?

    public init(term: Term, probe: UInt64, removal: Removal? = nil) {
        self.term = term
        self.probe = probe
        self.removal = removal
    }
}

/// What a member says to one that is none: nobody sends it the log any more that would say so.
public struct Removal: Hashable, Sendable {
    /// Whom it means, for another data directory may have taken over the id.
    public var storage: StorageID
    /// As of this entry, which is committed, the ensemble goes without it.
    public var index: LogIndex

    public init(storage: StorageID, index: LogIndex) {
        self.storage = storage
        self.index = index
    }
}

/// Raft's RequestVote (section 5.2), and the pre-vote of Ongaro's thesis (section 9.6).
public struct VoteRequest: Hashable, Sendable {
    /// The term that the candidate stands for (for a pre-vote: would stand for).
    public var term: Term
    public var isPreVote: Bool
    /// The candidate's last entry.
    public var last: LogPosition
    /// The leader asked for this election: stickiness does not apply.
    public var isLeadershipTransfer: Bool

    public init(term: Term, isPreVote: Bool, last: LogPosition, isLeadershipTransfer: Bool = false) {
        self.term = term
        self.isPreVote = isPreVote
        self.last = last
        self.isLeadershipTransfer = isLeadershipTransfer
    }
}

public struct VoteReply: Hashable, Sendable {
    /// The voter's term; for a granted pre-vote, the term asked about.
    public var term: Term
    public var isPreVote: Bool
    /// Nil if granted.
    public var refusal: Refusal?

    public enum Refusal: UInt8, Hashable, Sendable {
        case term = 1
        /// The voter hears from a leader (thesis, section 6.4 and 4.2.3).
        case sticky = 2
        /// The candidate's log lacks entries that the voter has (Raft, section 5.4.1).
        case log = 3
        case voted = 4
    }

    public init(term: Term, isPreVote: Bool, refusal: Refusal?) {
        self.term = term
        self.isPreVote = isPreVote
        self.refusal = refusal
    }
}

/// Raft's AppendEntries (section 5.3).
public struct Append: Hashable, Sendable {
    public var term: Term
    /// The position just before the first entry.
    public var previous: LogPosition
    public var commit: LogIndex
    /// Consecutive from `previous.index + 1` on.
    public var entries: [Entry]

    public init(term: Term, previous: LogPosition, commit: LogIndex, entries: [Entry]) {
        self.term = term
        self.previous = previous
        self.commit = commit
        self.entries = entries
    }
}

public struct AppendReply: Hashable, Sendable {
    public var term: Term
    public var result: Result

    public enum Result: Hashable, Sendable {
        /// The follower's log is durable and equal to the leader's up to here.
        case accepted(LogIndex)
        /// The follower has no entry at `previous` or one of another term. `hint` is where the logs may still agree:
        /// its last entry, or the last one before the conflicting term (Raft, section 5.3, the optimisation).
        case refused(previous: LogIndex, hint: LogPosition)
    }

    public init(term: Term, result: Result) {
        self.term = term
        self.result = result
    }
}

/// Raft's InstallSnapshot (section 7).
public struct SnapshotChunk: Hashable, Sendable {
    public var term: Term
    public var snapshot: SnapshotMetadata
    /// Where in the snapshot `data` begins.
    public var offset: UInt64
    public var data: Bytes

    public init(term: Term, snapshot: SnapshotMetadata, offset: UInt64, data: Bytes) {
        self.term = term
        self.snapshot = snapshot
        self.offset = offset
        self.data = data
    }

    public var isLast: Bool { offset + UInt64(data.count) == snapshot.byteCount }
}

public struct SnapshotReply: Hashable, Sendable {
    public var term: Term
    /// Which snapshot.
    public var position: LogPosition
    /// The offset from which the receiver wants to go on.
    public var nextOffset: UInt64
    /// The snapshot is installed: the receiver's log goes on after `position`.
    public var isInstalled: Bool

    public init(term: Term, position: LogPosition, nextOffset: UInt64, isInstalled: Bool) {
        self.term = term
        self.position = position
        self.nextOffset = nextOffset
        self.isInstalled = isInstalled
    }
}
