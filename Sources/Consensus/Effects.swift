public import ByteString

/// What the world tells a member's consensus.
public enum Event: Sendable {
    /// Time has passed. Comes at least every few milliseconds; when it comes late, the member judges nobody (see
    /// ``FailureDetector``).
    case tick
    /// A message arrived from a member whose data directory has this id.
    case received(PeerMessage, from: MemberID, storage: StorageID)
    /// The effects' ``Effects/writes`` up to this one (counted by ``LogWrite/sequence``) are durable.
    case persisted(through: WriteSequence)
    /// What the transport learnt about a connection to a member.
    case connection(ConnectionEvidence, to: MemberID)
    /// A linearizable read wants to know the index that it must wait for. Answered by ``Effects/readsConfirmed``.
    case readBarrier(ReadToken)
    /// This member's own snapshot is durable; the log before it may go.
    case snapshotSaved(SnapshotMetadata)
    /// A chunk handed out in ``Effects/snapshotWrites`` was kept; the snapshot now reaches to `nextOffset`. An offset
    /// below what was stored before says that the snapshot turned out to be bad from there on (0: altogether) and is
    /// wanted again.
    case snapshotChunkStored(position: LogPosition, nextOffset: UInt64)
    /// A snapshot received from the leader is durable and is now this member's state. The journal's log was emptied
    /// together with it, in one atomic change: it goes on after the snapshot's position, and no entry from before, not
    /// even one with a higher index, may come back.
    case snapshotInstalled(SnapshotMetadata)
    /// Data asked for by ``Effects/snapshotReads``. No data says that this snapshot is no longer kept; the newest one
    /// is sent instead.
    case snapshotData(SnapshotMetadata, offset: UInt64, data: Bytes, to: MemberID)
}

/// Names a linearizable read until its index is known. Chosen by the caller; unique while it waits.
public struct ReadToken: Hashable, Sendable {
    public let rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// Counts a member's ``LogWrite``s upwards from 1.
public struct WriteSequence: Hashable, Comparable, Sendable {
    public let rawValue: UInt64
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    public static let zero = WriteSequence(0)
    public static func < (left: WriteSequence, right: WriteSequence) -> Bool { left.rawValue < right.rawValue }
}

/// What a transport can tell about a peer beside its messages.
public enum ConnectionEvidence: Hashable, Sendable {
    /// The connection ended without a goodbye. Alone it proves nothing.
    case lost
    /// After a loss: nobody listens at the peer's address.
    case refused
    /// A process other than the last one answers for this member.
    case newIncarnation
    /// The connection stands.
    case established
}

/// One atomic change of the journal: all of it is durable, or none of it counts.
public struct LogWrite: Hashable, Sendable {
    public var sequence: WriteSequence
    /// The new term and vote, if they changed.
    public var hardState: HardState?
    /// Entries from here on are dropped before `entries` are appended.
    public var truncateFrom: LogIndex?
    /// Consecutive; the first follows the last one kept.
    public var entries: [Entry]

    public init(sequence: WriteSequence, hardState: HardState?, truncateFrom: LogIndex?, entries: [Entry]) {
        self.sequence = sequence
        self.hardState = hardState
        self.truncateFrom = truncateFrom
        self.entries = entries
    }
}

/// A message and the member it is for.
public struct Outgoing: Hashable, Sendable {
    public var to: MemberID
    public var message: PeerMessage

    public init(to: MemberID, message: PeerMessage) {
        self.to = to
        self.message = message
    }
}

/// What is to be done after a step, in this order: send `now`; write `writes`, sync, then send `afterSync`; meanwhile
/// apply `committed` and answer reads.
public struct Effects: Sendable {
    /// May leave before anything is durable: a leader's appends, pre-votes, heartbeats and replies of a durable term.
    public var now: [Outgoing] = []
    /// At most one; nil if nothing changed.
    public var write: LogWrite?
    /// May leave only when `write`, and every write before it, is durable.
    public var afterSync: [Outgoing] = []
    /// Newly committed entries, consecutive. They may be applied before this member's own copy is durable.
    public var committed: [Entry] = []
    /// Reads whose index is known: answer each once the state has applied that index.
    public var readsConfirmed: [ReadConfirmed] = []
    /// Reads that this member could not confirm because it does not lead (any more).
    public var readsRefused: [ReadToken] = []
    /// Parts of the own snapshot that are to be read and handed back as ``Event/snapshotData(_:offset:data:to:)``.
    public var snapshotReads: [SnapshotRead] = []
    /// Parts of a leader's snapshot to be kept; see ``Event/snapshotChunkStored(position:nextOffset:)`` and, for the
    /// last one, ``Event/snapshotInstalled(_:)``.
    public var snapshotWrites: [SnapshotChunk] = []
    /// What happened, for people: elections, suspicions, resynchronisation. In the order it happened.
    public var notices: [Notice] = []

    public init() {}
}

public struct ReadConfirmed: Hashable, Sendable {
    public var token: ReadToken
    public var index: LogIndex

    public init(token: ReadToken, index: LogIndex) {
        self.token = token
        self.index = index
    }
}

/// A part of this member's newest snapshot that a follower needs.
public struct SnapshotRead: Hashable, Sendable {
    public var snapshot: SnapshotMetadata
    public var offset: UInt64
    /// At most this many bytes.
    public var byteCountMax: Int
    public var to: MemberID

    public init(snapshot: SnapshotMetadata, offset: UInt64, byteCountMax: Int, to: MemberID) {
        self.snapshot = snapshot
        self.offset = offset
        self.byteCountMax = byteCountMax
        self.to = to
    }
}

/// Something worth telling an operator, with its evidence.
public enum Notice: Hashable, Sendable {
    /// This member now suspects `suspicion.member`.
    case suspected(Suspicion)
    /// `by` told this member of its suspicion.
    case toldOfSuspicion(Suspicion, by: MemberID)
    /// A suspected member was heard again.
    case cleared(MemberID)
    case becamePreCandidate(term: Term)
    case becameCandidate(term: Term)
    /// This member gave its vote.
    case voted(for: MemberID, term: Term)
    case receivedVote(from: MemberID, term: Term, isPreVote: Bool)
    /// This member leads; `votes` of `voters` were given.
    case becameLeader(term: Term, votes: Int, voters: Int)
    /// This member now follows `leader` (nil: nobody yet).
    case followed(leader: MemberID?, term: Term)
    /// The leader did not hear from a quorum and gave up its office (thesis, section 6.2).
    case steppedDown(term: Term)
    /// As the leader: another member is to lead.
    case handingOver(to: MemberID, term: Term, because: HandOverReason)
    /// It did not take over in time; this member goes on.
    case notTakenOver(by: MemberID, term: Term)
    /// The ensemble goes without this member, as of this entry at the latest.
    case removed(asOf: LogIndex)
    /// As the leader: the tail that the follower lacks is being sent (DIFF).
    case sendingTail(to: MemberID, from: LogIndex)
    /// As the leader: the follower is being sent a snapshot (SNAP).
    case sendingSnapshot(to: MemberID, position: LogPosition)
    /// As a follower: entries from here on disagreed with the leader's and were cut (TRUNC).
    case truncated(from: LogIndex)
    /// As a follower: the log equals the leader's up to its commit index for the first time since following it.
    case synchronised(with: MemberID, index: LogIndex)
    /// From this entry on the ensemble has this format level.
    case raisedFormatLevel(FormatLevel, at: LogIndex)
    /// A message was dropped because it cannot be right. It changed nothing.
    case dropped(Flaw, from: MemberID)
}

/// Why a leader hands over.
public enum HandOverReason: Hashable, Sendable {
    /// An operator wants it, or this member is about to end.
    case asked
    /// Its disk is full, and the other one's is not.
    case diskFull
    /// Its disk has been at a write for so long.
    case diskStalled(Span)
}

/// What is wrong with a peer's message. A correct peer never sends one; nothing it sends may stop this member.
public enum Flaw: Hashable, Sendable {
    /// It came from this member itself, or from one with its id.
    case fromOneself
    /// A term, an index or an offset so large that no ensemble could have reached it.
    case impossibleNumber
    /// Entries that are not consecutive, whose terms fall, or whose terms are above the message's.
    case brokenSequence
    /// It contradicts an entry that is committed here.
    case contradictsCommitted(LogIndex)
    /// Another member claims this leader's own term.
    case secondLeader(Term)
    /// It speaks of entries or probes that this leader never sent.
    case neverSent
    /// An entry's configuration cannot be read.
    case unreadableConfiguration(LogIndex)
    /// A part of a snapshot that is empty, or lies outside of it.
    case brokenSnapshot
}
