extension Consensus {
    /// What a member knows, for people and for whoever routes requests.
    public struct Status: Hashable, Sendable {
        /// `learner` for a member that does not vote.
        public var office: Office
        public var term: Term
        public var leader: MemberID?
        public var commit: LogIndex
        public var last: LogPosition
        /// The first entry that is kept in memory.
        public var first: LogIndex
        /// This member's log is durable up to here.
        public var durable: LogIndex
        public var snapshot: LogPosition
        /// What waits to be committed, in bytes.
        public var uncommittedBytes: Int
        /// Whether this log has held everything that the leader had committed since it was followed; true for a leader
        /// that committed an entry of its own term.
        public var isSynchronised: Bool
        /// A snapshot is being received: what is stored of it, and its length.
        public var incomingSnapshot: (stored: UInt64, byteCount: UInt64)? {
            incomingSnapshotBytes > 0 ? (incomingSnapshotStored, incomingSnapshotBytes) : nil
        }
        var incomingSnapshotStored: UInt64 = 0
        var incomingSnapshotBytes: UInt64 = 0
        public var configuration: Configuration
        /// The other members, by ascending id.
        public var members: [MemberStatus]
    }

    /// What a member knows of another one.
    public struct MemberStatus: Hashable, Sendable {
        public var id: MemberID
        /// How long nothing came from it.
        public var silence: Span
        /// The silence after which it is suspected.
        public var timeout: Span
        public var suspicion: Suspicion?
        /// How many members said in their last heartbeats that they suspect it.
        public var accusers: Int
        /// The highest format level that its release supports; nil if it has not said since it was connected.
        public var supported: FormatLevel?
        /// As the leader: what it is known to hold.
        public var match: LogIndex?
        /// As the leader: it is being sent a snapshot; how much it has of it, and the length.
        public var snapshotSent: UInt64?
        public var snapshotByteCount: UInt64?
    }

    /// Everything that ``Status`` says, as of `now`. Meant for people: it allocates.
    public func status(now: Instant) -> Status {
        let isLeader = office == .leader
        return Status(
            office: isVoter ? office : .learner, term: hardState.term, leader: leader, commit: commit, last: log.last,
            first: log.first, durable: writes.durableIndex, snapshot: snapshot.position,
            uncommittedBytes: uncommittedBytes,
            isSynchronised: isLeader ? commit >= termStart : isSynchronised,
            incomingSnapshotStored: incoming?.storedOffset ?? 0,
            incomingSnapshotBytes: incoming?.snapshot.byteCount ?? 0,
            configuration: memberships.current,
            members: peers.map { peer in
                MemberStatus(
                    id: peer.id, silence: detector.silence(of: peer.id, now: now) ?? .zero,
                    timeout: detector.timeout(of: peer.id), suspicion: detector.suspicion(of: peer.id),
                    accusers: detector.accusers(of: peer.id), supported: peer.supported,
                    match: isLeader ? peer.progress.match : nil,
                    snapshotSent: isLeader ? peer.progress.transfer?.acknowledged : nil,
                    snapshotByteCount: isLeader ? peer.progress.transfer?.snapshot.byteCount : nil)
            })
    }

    /// The highest format level that every member of the configuration in effect, learners included, says that it
    /// supports. Nil while one has not said so, or is not alive: it may come back as another release.
    public var commonlySupported: FormatLevel? {
        var level = supported
        for peer in peers {
            guard let other = peer.supported, detector.suspicion(of: peer.id) == nil else { return nil }
            level = min(level, other)
        }
        return level
    }

    // The few that are asked often.
    public var isLeader: Bool { office == .leader }
    public var term: Term { hardState.term }
    /// The leader that this member follows or is.
    public var leaderID: MemberID? { leader }
    public var commitIndex: LogIndex { commit }
    public var lastPosition: LogPosition { log.last }
    public var configuration: Configuration { memberships.current }
    /// The members as of the commit index.
    public var committedConfiguration: Configuration { memberships.configuration(at: commit) }
    /// To whom this leader is handing over; it takes no proposals meanwhile.
    public var transferTarget: MemberID? { transfer?.target }
    /// Whether the configuration in effect is committed.
    public var isConfigurationCommitted: Bool { commit >= memberships.currentIndex }
    /// A leader that has committed an entry of its own term knows everything that was ever committed.
    public var isLeaderOfCommittedTerm: Bool { office == .leader && commit >= termStart }

    /// When the next tick is due at the latest; nil if time means nothing to this member (it is alone and leads).
    public var nextDeadline: Instant? {
        var deadlines = [campaignAt, preVoteRetryAt].compactMap { $0 }
        if !peers.isEmpty { deadlines += [heartbeatAt, now + settings.tickIntervalMax] }
        return deadlines.min()
    }
}
