extension Coordination {
    /// How new the format of the replicated state is: what entries may say, what they mean, and what a snapshot holds.
    ///
    /// A release that changes any of these counts the level up by one and goes on supporting all the lower ones. The
    /// ensemble has one level in effect. It is a part of the state, begins at 1, and is raised by an entry of its own
    /// (`roost.v1.RaiseFormatLevel`), never lowered. Why members of two releases cannot diverge by that:
    ///
    /// - **What an entry means depends on the log alone.** Each is stamped with a level and carried out by the rules of
    ///   that level, whichever release carries it out and whichever level is in effect by then. A leader stamps the
    ///   level of the state that it has applied. That may be behind its log: an entry that it proposes after the
    ///   raising one, and before it has applied that, has the lower level, and is carried out as it was meant.
    /// - **No stamp is above the level in effect where the entry stands.** The leader has applied what raised the
    ///   level, so that entry is committed and stands before everything that the leader appends from then on. A log
    ///   that says otherwise was not written by a leader that works. Such an entry changes nothing, on every member
    ///   alike: a single bad stamp must not stop them all.
    /// - **The raising entry is where an old release stops.** Its form is that of level 1 for ever, so that every
    ///   release can read it. One that does not support the new level applies neither it nor anything after it
    ///   (``UnsupportedFormatLevel``): its member ends, says which level is needed, and leaves its data as they were.
    ///   So a member never stands at a level that its release does not support, and no other check is needed while it
    ///   applies entries.
    ///
    /// When is it raised? The leader proposes it as soon as every member of the configuration in effect, learners
    /// included, is alive and says that its release supports more (`Replica`). That keeps members from being stopped;
    /// it is not what keeps them from diverging. For what was said may not be true any more when the entry is
    /// committed: a member may have been started with an older release since. It then meets the entry (or a snapshot
    /// of a state at the new level, which it refuses before it stores anything), and ends. As long as it has not met
    /// it, it may vote, hold entries for the others and even lead: what it appends has the lower level, and it ends as
    /// soon as the entry that begins its term is committed, for the raising one is committed with it. When it starts
    /// it looks through its log as well, and does not start if the raising entry is there: whether it is committed
    /// only the others could tell. A newcomer that supports less than the level in effect is not admitted.
    public struct FormatLevel: Hashable, Comparable, Sendable, CustomStringConvertible {
        public let rawValue: UInt32

        public init(_ rawValue: UInt32) { self.rawValue = rawValue }

        /// What every ensemble begins with.
        public static let first = FormatLevel(1)
        /// Sessions, znodes that are ephemeral, sequential, containers or have a TTL, transactions, and locks.
        public static let sessions = FormatLevel(2)
        /// The highest one that this release supports.
        public static let newest = sessions
        public static func < (left: FormatLevel, right: FormatLevel) -> Bool { left.rawValue < right.rawValue }
        public var description: String { "\(rawValue)" }
    }
}

/// What the log or a snapshot holds needs a later release than this one. Nothing of it was carried out.
public struct UnsupportedFormatLevel: Error, Hashable, Sendable, CustomStringConvertible {
    /// The level that is needed.
    public var needed: Coordination.FormatLevel
    /// The highest that this release supports.
    public var supported: Coordination.FormatLevel
    /// The entry that raises the level; nil for a state that has it already.
    public var raisedBy: Revision?

    public init(
        needed: Coordination.FormatLevel, supported: Coordination.FormatLevel, raisedBy: Revision? = nil
    ) {
        self.needed = needed
        self.supported = supported
        self.raisedBy = raisedBy
    }

    public var description: String {
        let origin =
            raisedBy.map { "entry \($0) raises the format level to \(needed)" }
            ?? "the state has format level \(needed)"
        return "\(origin), and this release supports none above \(supported): start this member with the release that "
            + "the other members run; nothing was changed"
    }
}
