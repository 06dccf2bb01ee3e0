public import ByteString
public import Consensus
public import Coordination

public import enum Messages.CommandKind

/// A moment as a member's clocks tell it.
public struct Moment: Sendable {
    public var monotonic: Instant
    /// Milliseconds since 1970-01-01T00:00:00Z. Stamped into entries for people to read; nothing depends on it.
    public var wallMilliseconds: Int64

    public init(monotonic: Instant, wallMilliseconds: Int64) {
        self.monotonic = monotonic
        self.wallMilliseconds = wallMilliseconds
    }
}

/// What the world tells a member.
public enum Input: Sendable {
    case tick
    case message(MemberMessage, from: MemberID, storage: StorageID)
    /// A client's write came in here.
    case write(ClientWrite)
    /// One or more linearizable reads, which the caller groups under one token, came in here.
    case read(RequestToken)
    /// An operator's request came in here.
    case administration(AdministrationRequest)
    /// The stream to this member that carried forwarded writes broke: what was on it may or may not have arrived.
    case forwardingInterrupted(MemberID)
    case connection(ConnectionEvidence, to: MemberID)
    /// The journal tells what became durable.
    case persisted(through: WriteSequence)
    case snapshotSaved(SnapshotMetadata)
    /// A leader's snapshot is durable, and the state is at least as new.
    case snapshotInstalled(SnapshotMetadata)
    case snapshotChunkStored(position: LogPosition, nextOffset: UInt64)
    case snapshotData(SnapshotMetadata, offset: UInt64, data: Bytes, to: MemberID)
}

/// A client's write, validated, as it came in at this member.
public struct ClientWrite: Sendable {
    public var token: RequestToken
    public var kind: CommandKind
    /// Who asks; empty for an anonymous client.
    public var principal: String
    /// The request message's bytes, as the client encoded them.
    public var request: Bytes
    /// Whether the request carries a request id, so that applying it twice is impossible.
    public var hasRequestID: Bool
    /// When the client stops waiting; nil if it set no deadline.
    public var deadline: Instant?

    public init(
        token: RequestToken, kind: CommandKind, principal: String, request: Bytes, hasRequestID: Bool,
        deadline: Instant?
    ) {
        self.token = token
        self.kind = kind
        self.principal = principal
        self.request = request
        self.hasRequestID = hasRequestID
        self.deadline = deadline
    }
}

/// How a client's request ended without having been applied here.
public enum RequestFailure: Hashable, Sendable {
    /// Surely without effect: no leader took it in time. `leader` is a hint where to try.
    case notApplied(leader: MemberID?)
    /// Surely without effect: too much is under way.
    case overloaded
    /// Surely without effect: there is no space for it. The text says where.
    case diskFull(String)
    /// Surely without effect: the client's own deadline had passed.
    case expired
    /// It may or may not have taken effect, and may still do so.
    case outcomeUnknown
}

/// What a client's write came to.
public enum WriteAnswer: Sendable {
    /// It was applied; the outcome may well be an error of the tree, such as a version mismatch.
    case applied(WriteOutcome)
    case failed(RequestFailure)
}

/// Sent at once: what others and the disk must get as early as possible.
public struct Outbound: Sendable {
    /// May leave before anything is durable.
    public var now: [Addressed] = []
    public var write: LogWrite?
    /// May leave once `write` and all before it are durable.
    public var afterSync: [Addressed] = []
    public var snapshotReads: [SnapshotRead] = []
    public var snapshotWrites: [SnapshotChunk] = []
    /// The members that count from now on, committed or not; nil if they are the same as in the last turn.
    public var configuration: Configuration?

    public init() {}

    public var isEmpty: Bool {
        now.isEmpty && write == nil && afterSync.isEmpty && snapshotReads.isEmpty && snapshotWrites.isEmpty
            && configuration == nil
    }
}

/// A message and the member that it is for.
public struct Addressed: Hashable, Sendable {
    public var to: MemberID
    public var message: MemberMessage

    public init(to: MemberID, message: MemberMessage) {
        self.to = to
        self.message = message
    }
}

/// What applying the committed entries came to.
public struct Answers: Sendable {
    public var writes: [(token: RequestToken, result: WriteAnswer)] = []
    /// Reads that may be answered from the state as published now.
    public var readsReady: [RequestToken] = []
    public var readsFailed: [(token: RequestToken, failure: RequestFailure)] = []
    public var administrations: [(token: RequestToken, answer: AdministrationAnswer)] = []
    /// What the state published; nil if nothing was applied.
    public var batch: Batch?
    /// This member's state is not that of a majority: it must not go on.
    public var divergence: StateDivergence?
    /// What is committed needs a later release: this member must not go on.
    public var unsupported: UnsupportedFormatLevel?
    /// The log has grown enough: a snapshot of the state is due.
    public var isSnapshotDue = false
    /// What happened, for people.
    public var notices: [Notice] = []

    public init() {}
}
