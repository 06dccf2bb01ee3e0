import Consensus

/// What became of a seed.
public struct Report: Sendable {
    public var seed: UInt64
    /// Depends on everything that happened, in order.
    public var digest: UInt64
    /// The broken claim and its evidence; nil if every claim held.
    public var violation: String?
    /// The broken claim alone.
    public var claim: String?
    /// How many faults the seed drew until the run ended.
    public var faultsDrawn: Int
    public var statistics: Statistics
    /// How much simulated time passed.
    public var simulated: Instant
    public var memberCount: Int
}

/// What a run has met, to tell whether a set of seeds tries what it should.
public struct Statistics: Sendable {
    /// Something that is counted.
    public enum Item: Int, CaseIterable, Sendable {
        case calls
        /// Calls that the service answered, be it with an error of the tree.
        case answered
        /// Writes whose outcome the client never learnt.
        case unknown
        /// Transactions that took effect.
        case transactions
        case faults
        case powerLosses
        case kills
        /// Members that became leaders.
        case elections
        /// Those of them that were not the first.
        case leaderChanges
        /// Followers that cut entries which disagreed with their leader's.
        case truncations
        /// Snapshots that became durable, of the member's own or a leader's.
        case snapshots
        /// Snapshots that leaders began to send.
        case snapshotsSent
        /// Times that a leader's snapshot replaced a state.
        case snapshotsInstalled
        /// Reads, writes and syncs of the disk that failed and ended a process.
        case diskFailures
        /// Operations of the disk that found no space.
        case fullDisks
        /// Sectors that rotted.
        case rots
        /// Members whose data directory was repaired from the others.
        case repairs
        /// Snapshots that one fetched from another for that.
        case repairSnapshots
        /// Members that refused to start because nobody has what they lack, or because they had lost too much.
        case refusals
        /// Disks that were replaced by empty ones.
        case replacements
        /// Members that were admitted, promoted or removed.
        case memberChanges
        /// Members that learnt that they are none any more.
        case removals
        /// Times that a leader handed over because it was asked to.
        case handovers
        /// Times that a member got another release.
        case upgrades
        /// Times that the format level rose.
        case levelRaises
        /// Times that an old release met what it does not support.
        case levelRefusals
        case watchEvents
        /// Sessions that were opened, and their ends.
        case sessions
        case sessionEnds
        /// Claims to locks, how often one was told that it holds its lock, and writes that were refused because it did
        /// not any more.
        case claims
        case locksHeld
        case fencedWrites
        /// Streams that began, the writes whose outcomes they were told, and batches that came too early.
        case streams
        case streamWrites
        case streamOvertakings
        case messages
        case turns
        case syncs
    }

    private var counts = [Int](repeating: 0, count: Item.allCases.count)

    public init() {}

    public subscript(item: Item) -> Int {
        get { counts[item.rawValue] }
        set { counts[item.rawValue] = newValue }
    }
}
