public import ByteString
public import Consensus

/// What a member under repair asks another one.
public struct RepairQuery: Hashable, Sendable {
    /// The first entry wanted. What comes before it is asked for as well: the term of the entry before.
    public var from: LogIndex
    /// The last entry wanted; before `from` if only the term of the entry before `from` is.
    public var through: LogIndex
    /// An entry that is surely in the asker's log, at or behind `through`: only what surely comes before this very
    /// entry is of use.
    public var anchor: LogPosition

    public init(from: LogIndex, through: LogIndex, anchor: LogPosition) {
        self.from = from
        self.through = through
        self.anchor = anchor
    }
}

/// What a member says to a ``RepairQuery``: only what is true whatever the asker's log is, and what is surely in it.
public struct RepairAnswer: Hashable, Sendable {
    /// The last entry that the answerer knows to be committed; zero if it knows none.
    public var committed = LogPosition.zero
    /// The term of the answerer's own entry at the anchor's index; nil if it has none there.
    public var termAtAnchor: Term?
    /// The answerer's log is the asker's up to here, at or before the anchor; nil if that cannot be told.
    public var matched: LogIndex?
    /// The position before the first of `entries`, or before the query's `from` if there are none. At most `matched`.
    public var previous: LogPosition?
    /// Consecutive; none behind `matched`.
    public var entries: [Entry] = []
    /// A snapshot that can be fetched from the answerer.
    public var snapshot: SnapshotMetadata?
    /// The answerer's own log has holes.
    public var isUnderRepair = false

    /// Entries of so many bytes are sent at a time, and at least one.
    public static let byteCountMax = 1 << 20

    public init() {}

    /// Fills in what `source` has to say.
    public mutating func add(_ source: some EntrySource, to query: RepairQuery) {
        guard let matched = source.lastIndex(atOrBefore: query.anchor.index, of: query.anchor.term) else { return }
        let found = source.run(from: query.from, through: min(query.through, matched))
        let first = found.first?.index ?? query.from
        var previous: LogPosition?
        if first > .zero, first.previous <= matched, let term = source.term(at: first.previous) {
            previous = LogPosition(index: first.previous, term: term)
        }
        // An answer that gives entries is worth more than one that does not.
        guard self.matched == nil || (entries.isEmpty && !found.isEmpty) || (self.previous == nil && found.isEmpty)
        else { return }
        guard self.matched == nil || !found.isEmpty || previous != nil else { return }
        self.matched = matched
        self.previous = previous
        var bytes = 0
        entries = Array(
            found.prefix { entry in
                bytes += entry.weight
                return bytes <= Self.byteCountMax || entry.index == first
            })
    }
}

/// Everything that a member under repair can want of another one.
public enum RepairDemand: Hashable, Sendable {
    case entries(RepairQuery)
    /// A part of the snapshot that ends at this position.
    case snapshot(LogPosition, offset: UInt64)
}

/// What it is given.
public enum RepairSupply: Hashable, Sendable {
    case entries(RepairAnswer)
    case snapshot(SnapshotMetadata, offset: UInt64, data: Bytes)
    /// The snapshot has been replaced by a newer one, or cannot be read.
    case snapshotGone
}
