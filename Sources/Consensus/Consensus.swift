/// One member's part in Raft: elections, the replicated log, the ensemble's membership, and the failure detector.
///
/// It is pure: events come in by ``step(_:now:)``, what is to be done comes out by ``takeEffects()``. It reads no
/// clock, draws chance from its seed only, and never waits. The same events in the same order give the same effects.
///
/// Raft is followed as in Ongaro and Ousterhout, "In search of an understandable consensus algorithm" (2014; "Raft" in
/// comments) and Ongaro, "Consensus: bridging theory and practice" (2014; "thesis"), with these choices:
///
/// - A candidacy begins with a pre-vote, a leader that hears from no quorum resigns, and a voter that hears from a
///   leader refuses its vote (thesis, 9.6, 6.2 and 4.2.3).
/// - There are no leases. A linearizable read costs a round of probes, shared by all the reads that wait (6.4).
/// - Who is dead is decided by ``FailureDetector`` alone. A follower stands for election when its leader is suspected;
///   a random timeout is used only where nobody leads.
/// - A request (for a vote, an append, a snapshot's part) is judged by its term and log and not by whether its sender
///   is in this member's configuration, which may be older than the sender's (4.1). What an answer is worth depends on
///   the asker's configuration: a vote or an acknowledgement counts only from a voter with the storage id that the
///   configuration names.
public struct Consensus: Sendable {
    public let id: MemberID
    public let storage: StorageID
    public let settings: Settings
    /// The highest format level that this member's release supports. Every heartbeat says so.
    public let supported: FormatLevel

    // Raft, figure 2: persistent state, as of the last write, whether durable or not.
    var hardState: HardState
    var log: Log
    var memberships: Memberships
    var writes: WriteQueue
    /// What the entries after `commit` weigh.
    var uncommittedBytes = 0

    // Raft, figure 2: volatile state.
    var commit: LogIndex
    /// Never `learner`: that is a matter of the configuration, not of what a member is doing.
    var office = Office.follower
    var leader: MemberID?
    /// This log equals the leader's up to here; at least `commit`.
    var verified: LogIndex
    /// The other members, by ascending id.
    var peers: [Peer] = []
    /// What the configuration in effect says of this member.
    var isVoter = false
    var quorum = 1
    /// It has been said that this member is none any more.
    var isRemovalNoted = false
    /// Counts the configurations that took effect, so that a change is cheap to notice.
    public internal(set) var configurationCount: UInt64 = 0

    // Elections.
    var detector: FailureDetector
    var random: SeededRandom
    /// When to stand for election; nil while a leader is alive, or for a member that does not vote.
    var campaignAt: Instant?
    /// When to ask again for pre-votes that were refused for stickiness.
    var preVoteRetryAt: Instant?
    var preVoteRetriesLeft = 0
    /// Candidacies in a row that elected nobody.
    var failedCandidacies = 0
    /// Since it began, this member has neither known a leader nor taken part in an election.
    var isFresh = true

    // While this member leads.
    var probe: UInt64 = 0
    var reads = ReadRounds()
    var transfer: LeadershipTransfer?
    /// Not before this moment does a leader whose disk is unfit hand over (again).
    var handOverAt = Instant(nanoseconds: .min)
    /// The first entry of this leader's own term.
    var termStart = LogIndex.zero

    // While it follows.
    /// The acknowledgement that leaves with the next effects: the highest one of a batch speaks for all.
    var pendingAcknowledgement: LogIndex?
    var isSynchronised = false

    /// Whether this member's disk is full, as its driver says.
    public internal(set) var isDiskFull = false

    // Snapshots.
    /// The newest one of this member's own.
    var snapshot: SnapshotMetadata
    var incoming: IncomingSnapshot?

    // The current step.
    var now: Instant
    var heartbeatAt: Instant
    var isHeartbeatDue = false
    var effects = Effects()
    /// Where a quorum's values are sorted; kept for its memory.
    var scratch: [UInt64] = []

    /// What a member's disk remembers.
    public struct Restored: Sendable {
        public var hardState: HardState
        /// The newest snapshot. A new member of a new ensemble has the founding configuration at position zero, with no
        /// bytes; one that is to be taken into an ensemble has the same with an empty configuration.
        public var snapshot: SnapshotMetadata
        /// Consecutive. The first one after the snapshot follows it; those that it covers are kept for slow followers
        /// if `previous` says where they begin, else ignored.
        public var entries: [Entry]
        /// The position just before the first of `entries`; nil if it is not known.
        public var previous: LogPosition?
        /// An index that is known to be committed, if the disk knows one.
        public var commit: LogIndex

        public init(
            hardState: HardState, snapshot: SnapshotMetadata, entries: [Entry], previous: LogPosition? = nil,
            commit: LogIndex = .zero
        ) {
            self.previous = previous
            self.hardState = hardState
            self.snapshot = snapshot
            self.entries = entries
            self.commit = commit
        }

        /// Where the log in memory begins: before the snapshot's end, if the entries up to there are at hand.
        var base: LogPosition {
            guard let previous, previous.index < snapshot.position.index, entries.first?.index == previous.index.next,
                entries.first(where: { $0.index == snapshot.position.index })?.term == snapshot.position.term
            else { return snapshot.position }
            return previous
        }

        /// A new data directory.
        public init(founding configuration: Configuration) {
            self.init(
                hardState: .initial,
                snapshot: SnapshotMetadata(position: .zero, configuration: configuration, byteCount: 0), entries: [])
        }
    }

    /// Begins as a follower that knows no leader. What is known to be committed comes out with the first effects.
    ///
    /// - Parameters:
    ///   - storage: the id of this member's data directory. If the configuration names another for this member, it
    ///     neither votes for itself nor stands for election.
    ///   - seed: for the random timeouts; different on every member and in every process.
    ///   - supported: the highest format level that this member's release supports.
    /// - Precondition: `restored` is consistent: a journal must not hand out a log that it cannot vouch for.
    public init(
        id: MemberID, storage: StorageID, settings: Settings, restored: Restored, seed: UInt64, now: Instant,
        supported: FormatLevel = .first
    ) {
        self.supported = supported
        self.id = id
        self.storage = storage
        self.settings = settings
        self.now = now
        hardState = restored.hardState
        snapshot = restored.snapshot
        log = Log(base: restored.base)
        memberships = Memberships(base: restored.snapshot.configuration)
        commit = restored.snapshot.position.index
        verified = commit
        random = SeededRandom(seed: seed)
        detector = FailureDetector(settings: settings, now: now)
        heartbeatAt = now
        for entry in restored.entries where entry.index > log.base.index {
            precondition(
                entry.index == log.last.index.next && entry.term >= log.last.term
                    && entry.term <= restored.hardState.term, "the restored log is broken at \(entry.index)")
            log.append(entry)
            guard entry.index > snapshot.position.index else { continue }
            uncommittedBytes += entry.weight
            if entry.kind == .configuration {
                guard let configuration = try? Configuration(decoding: entry.payload) else {
                    preconditionFailure("the restored log holds a configuration that cannot be read")
                }
                memberships.append(configuration, at: entry.index)
            }
        }
        writes = WriteQueue(hardState: restored.hardState, last: log.last.index)
        adoptConfiguration()
        advanceCommit(to: min(restored.commit, log.last.index))
        // Nobody else can be elected: there is nothing to wait for.
        campaignAt = mayStand ? (quorum == 1 && isVoter ? now : now + randomTimeout()) : nil
        checkInvariants()
    }

    /// Takes in one event.
    ///
    /// - Parameter now: never earlier than in the step before; an earlier one counts as equal.
    public mutating func step(_ event: Event, now: Instant) {
        self.now = max(self.now, now)
        switch event {
        case .tick: onTick()
        case .received(let message, let from, let storage): onReceived(message, from: from, storage: storage)
        case .persisted(let sequence): onPersisted(sequence)
        case .connection(let evidence, let member): onConnection(evidence, member)
        case .readBarrier(let token): onReadBarrier(token)
        case .snapshotSaved(let snapshot): onSnapshotSaved(snapshot)
        case .snapshotChunkStored(let position, let nextOffset): onSnapshotChunkStored(position, nextOffset)
        case .snapshotInstalled(let snapshot): onSnapshotInstalled(snapshot)
        case .snapshotData(let snapshot, let offset, let data, let to): onSnapshotData(snapshot, offset, data, to)
        }
        checkInvariants()
    }

    /// Hands over what the steps since the last call want done. Several steps share one write and one message to each
    /// follower, so a driver steps through all that has arrived before it takes the effects.
    public mutating func takeEffects() -> Effects {
        if isHeartbeatDue { broadcastHeartbeat() }
        if office == .leader {
            beginReadRound()
            for place in peers.indices { replicate(to: place) }
            continueLeadershipTransfer()
        }
        if let index = pendingAcknowledgement, let leader {
            effects.afterSync.append(
                Outgoing(
                    to: leader, message: .appendReply(AppendReply(term: hardState.term, result: .accepted(index)))))
        }
        pendingAcknowledgement = nil
        effects.write = writes.seal(hardState, now: now)
        checkInvariants()
        var taken = Effects()
        swap(&taken, &effects)
        return taken
    }

    // MARK: Durability

    private mutating func onPersisted(_ sequence: WriteSequence) {
        writes.persisted(through: sequence)
        switch office {
        case .candidate: countVotes()
        case .leader: commitByCounting()
        case .follower, .preCandidate, .learner: break
        }
    }

    /// Sends as soon as what the message reveals is durable. Every message reveals the sender's term (Raft, section
    /// 5.1: persistent state is updated before a server responds).
    mutating func send(_ message: PeerMessage, to member: MemberID) {
        let outgoing = Outgoing(to: member, message: message)
        if writes.durableHardState.term == hardState.term {
            effects.now.append(outgoing)
        } else {
            effects.afterSync.append(outgoing)
        }
    }

    /// A new term: no vote is given in it, and nothing is known of its leader's log but what is committed.
    mutating func enter(_ hardState: HardState) {
        precondition(hardState.term > self.hardState.term, "terms only grow")
        self.hardState = hardState
        writes.changeHardState()
        pendingAcknowledgement = nil
        verified = commit
    }

    // MARK: The log

    /// Appends to the log in memory and to the next write.
    mutating func append(_ entry: Entry, configuration: Configuration?) {
        log.append(entry)
        writes.append(entry)
        uncommittedBytes += entry.weight
        if let configuration {
            memberships.append(configuration, at: entry.index)
            adoptConfiguration()
        }
    }

    /// - Precondition: `index` is after everything that is committed.
    mutating func truncate(from index: LogIndex) {
        precondition(index > commit, "committed entries are never truncated")
        uncommittedBytes -= log.weight(index, through: log.last.index)
        log.truncate(from: index)
        writes.truncate(from: index)
        if memberships.truncate(from: index) { adoptConfiguration() }
    }

    /// Hands out what is newly committed.
    mutating func advanceCommit(to index: LogIndex) {
        guard index > commit else { return }
        uncommittedBytes -= log.weight(commit.next, through: index)
        effects.committed.append(contentsOf: log.slice(commit.next, through: index))
        commit = index
        verified = max(verified, index)
        if campaignAt != nil, !mayStand { campaignAt = nil }
        // What was lacking has come by another way.
        if let snapshot = incoming?.snapshot, snapshot.position.index <= index { incoming = nil }
    }

    // MARK: Configuration

    /// Takes over what the configuration in effect says.
    mutating func adoptConfiguration() {
        configurationCount += 1
        let configuration = memberships.current
        let own = configuration[id]
        isVoter = own?.role == .voter && own?.storage == storage
        if own?.storage == storage { isRemovalNoted = false }
        quorum = configuration.quorum
        var next: [Peer] = []
        for member in configuration.members where member.id != id {
            if let place = place(of: member.id), peers[place].storage == member.storage {
                peers[place].isVoter = member.role == .voter
                next.append(peers[place])
            } else {
                next.append(
                    // From the entry that admits it, if this member leads: something must be sent that it answers.
                    Peer(
                        member, next: max(log.last.index, LogIndex(1)), resendAfter: settings.timeoutFloor, now: now))
            }
        }
        peers = next
        watchMembers()
        if !mayStand {
            campaignAt = nil
        } else if office == .follower && campaignAt == nil && (leader.map { detector.suspicion(of: $0) != nil } ?? true)
        {
            campaignAt = now + randomTimeout()
        }
    }

    /// Whether this member may stand for election: it votes, or it did until a change that is not known to be
    /// committed. This log may be the only one that has the change; those who are to decide on it then lack it, count
    /// this member's vote, and cannot have it, for their logs are behind (thesis, section 4.2.2). Its own vote does not
    /// count.
    ///
    /// After a start little is known to be committed, and any configuration from there on may be the one that counts
    /// for the others.
    var mayStand: Bool {
        isVoter
            || memberships.configurations(from: commit).contains {
                $0[id]?.role == .voter && $0[id]?.storage == storage
            }
    }

    /// The detector watches the configuration's members, and the leader even if it is not among them.
    func watchedMembers() -> [MemberID] {
        var members = peers.map(\.id)
        if let leader, leader != id, place(of: leader) == nil { members.append(leader) }
        return members
    }

    mutating func watchMembers() { detector.watch(watchedMembers(), now: now) }

    func place(of member: MemberID) -> Int? { peers.firstIndex { $0.id == member } }

    /// Whether this is the member that the configuration in effect means.
    func isKnown(_ member: MemberID, _ storage: StorageID) -> Bool {
        place(of: member).map { peers[$0].storage == storage } ?? false
    }
}
