/// What applying an entry came to.
public struct Applied: Sendable {
    /// The entry's revision.
    public var revision: Revision
    /// Who waits for the answer; nil if nobody does.
    public var origin: Origin?
    /// Success, or why the command had no effect.
    public var outcome: WriteOutcome
    /// Whether the outcome was remembered from an earlier entry with the same request id.
    public var isRepeated: Bool
}

/// What became of a write: success, or why it had no effect.
public typealias WriteOutcome = Result<WriteResult, StateError>

/// What a successful write tells its client.
public struct WriteResult: Hashable, Sendable {
    public var kind: Kind
    /// The revision at which the write took effect: for a repeated one, the original's.
    public var revision: Revision
    /// The znode's path; empty if the write was about none.
    public var path: String
    /// The znode's stat after the write; nil for a deletion, and where there is no znode.
    public var stat: ZnodeStat?
    /// What a transaction came to; nil for any other write.
    public var transaction: Transaction.Outcome?
    /// How many znodes a recursive deletion has deleted; 0 for any other write.
    public var deletedCount: UInt64
    /// Of a stream that has been attached: how far those before it have come.
    public var streamProgress: StreamProgress
    /// Of writes of a stream, one for each.
    public var outcomes: [WriteOutcome]

    public enum Kind: UInt8, Sendable {
        case created = 1
        case set = 2
        case deleted = 3
        /// A sequential znode: the path is not the request's.
        case createdSequential = 4
        /// The session's id is the revision.
        case openedSession = 5
        case closedSession = 6
        case touchedSessions = 7
        case expired = 8
        case transacted = 9
        /// A claim to a lock was made or found: the path is the claim's, its token the stat's created revision.
        case claimed = 10
        case released = 11
        case proclaimed = 12
        case registered = 13
        case deregistered = 14
        case configPut = 15
        case configDeleted = 16
        case deletedTree = 17
        case streamAttached = 18
        case streamWritten = 19

        var hasStat: Bool {
            switch self {
            case .created, .createdSequential, .set, .claimed: true
            case .deleted, .openedSession, .closedSession, .touchedSessions, .expired, .transacted, .released,
                .proclaimed, .registered, .deregistered, .configPut, .configDeleted, .deletedTree, .streamAttached,
                .streamWritten:
                false
            }
        }
    }

    /// Whether the path is not the request's.
    var namesItsPath: Bool { kind == .createdSequential || kind == .claimed }

    init(
        kind: Kind, revision: Revision, path: String = "", stat: ZnodeStat? = nil,
        transaction: Transaction.Outcome? = nil, deletedCount: UInt64 = 0,
        streamProgress: StreamProgress = StreamProgress(),
        outcomes: [WriteOutcome] = []
    ) {
        self.transaction = transaction
        self.streamProgress = streamProgress
        self.outcomes = outcomes
        self.deletedCount = deletedCount
        self.kind = kind
        self.revision = revision
        self.path = path
        self.stat = stat
    }
}
