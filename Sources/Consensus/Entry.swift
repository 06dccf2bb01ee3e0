public import ByteString

/// An entry of the replicated log.
public struct Entry: Hashable, Sendable {
    public var index: LogIndex
    /// The term of the leader that appended it.
    public var term: Term
    public var kind: Kind
    /// Opaque to consensus, except for a configuration's, which is a ``Configuration``'s bytes.
    public var payload: Bytes

    /// What an entry is. The raw values are kept in the log for ever.
    public enum Kind: UInt8, Sendable {
        case command = 0
        /// The empty entry with which a leader begins its term (Raft, section 8).
        case noop = 1
        case configuration = 2
    }

    public init(index: LogIndex, term: Term, kind: Kind, payload: Bytes) {
        self.index = index
        self.term = term
        self.kind = kind
        self.payload = payload
    }

    public var position: LogPosition { LogPosition(index: index, term: term) }
}

/// What must be on disk before anything that reveals it may leave the member (Raft, section 5.1: persistent state).
public struct HardState: Hashable, Sendable {
    public var term: Term
    /// Whom this member voted for in `term`.
    public var vote: MemberID?

    public init(term: Term, vote: MemberID?) {
        self.term = term
        self.vote = vote
    }

    public static let initial = HardState(term: .zero, vote: nil)
}

/// A snapshot, by what it contains.
public struct SnapshotMetadata: Hashable, Sendable {
    /// The last entry whose effect it contains.
    public var position: LogPosition
    /// The members as of that entry.
    public var configuration: Configuration
    /// Its length in bytes.
    public var byteCount: UInt64

    public init(position: LogPosition, configuration: Configuration, byteCount: UInt64) {
        self.position = position
        self.configuration = configuration
        self.byteCount = byteCount
    }
}
