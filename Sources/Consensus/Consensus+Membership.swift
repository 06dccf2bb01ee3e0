/// A leader on its way out of office (thesis, section 3.10).
struct LeadershipTransfer: Sendable {
    let target: MemberID
    /// Then the leader goes on as if nothing had been asked.
    let deadline: Instant
    var isAsked = false
}

extension Consensus {
    // MARK: Changing the configuration

    /// Why a configuration was not proposed.
    public enum ChangeRefusal: Error, Hashable, Sendable {
        case notLeader(hint: MemberID?)
        case transferring(to: MemberID)
        /// The last change is not committed.
        case changeUnderWay
        /// No entry of this leader's own term is committed yet; it will be in a moment.
        case termTooYoung
        /// More than one voter would come or go.
        case moreThanOneVoter
        /// It names no voter.
        case noVoters
    }

    /// Appends an entry with which `configuration` takes effect.
    ///
    /// One voter at a time: any quorum of the configurations before and after then has a member in common, and no
    /// second set of rules is needed while both count (thesis, section 4.1; joint consensus, 4.3, allows more at once
    /// and costs exactly that). A leader must have committed an entry of its own term first: without that, two leaders
    /// in a row can each begin a change that the other does not know of (Ongaro, "bug in single-server membership
    /// changes", 2015). Learners may come and go at will, and a member with another storage id is another member.
    ///
    /// - Returns: where the entry is.
    public mutating func propose(
        _ configuration: Configuration, now: Instant
    ) throws(ChangeRefusal) -> LogPosition {
        self.now = max(self.now, now)
        guard office == .leader else { throw .notLeader(hint: leader) }
        if let transfer { throw .transferring(to: transfer.target) }
        guard commit >= memberships.currentIndex else { throw .changeUnderWay }
        guard commit >= termStart else { throw .termTooYoung }
        let before = memberships.current.votingDirectories
        let after = configuration.votingDirectories
        guard !after.isEmpty else { throw .noVoters }
        let changes = before.count { !after.contains($0) } + after.count { !before.contains($0) }
        guard changes <= 1 else { throw .moreThanOneVoter }
        let entry = Entry(
            index: log.last.index.next, term: hardState.term, kind: .configuration, payload: configuration.encoded())
        append(entry, configuration: configuration)
        return entry.position
    }

    /// Thesis, section 4.2.2: a leader that removed itself goes when that is committed.
    mutating func onConfigurationCommitted() {
        guard !isVoter, commit >= memberships.currentIndex else { return }
        if !isMember { noteRemoval(asOf: memberships.currentIndex) }
        becomeFollower(term: hardState.term, leader: nil)
    }

    // MARK: Being no member any more

    /// Whether the configuration in effect names this member, voter or learner.
    private var isMember: Bool { memberships.current[id]?.storage == storage }

    /// The entry that removes a member is not sent to it. It goes on as if it were cut off, until somebody says so.
    mutating func tellOfRemoval(_ member: MemberID, _ storage: StorageID) {
        guard memberships.configuration(at: commit)[member]?.storage != storage else { return }
        let removal = Removal(storage: storage, index: commit)
        send(.heartbeatReply(HeartbeatReply(term: hardState.term, probe: 0, removal: removal)), to: member)
    }

    /// Who says so may itself be behind, and not know yet that this member was admitted. So it counts only from the
    /// entry on that admits this one, if that is in the log, and while there is a leader, who sends the log, only from
    /// that one. (By saying so it seems to be alive.)
    mutating func onRemoval(_ removal: Removal, from: MemberID) {
        guard removal.storage == storage else { return }
        if let leader, leader != from, detector.suspicion(of: leader) == nil { return }
        if isMember {
            guard removal.index > max(commit, memberships.currentIndex) else { return }
        } else {
            guard commit >= memberships.currentIndex else { return }
        }
        noteRemoval(asOf: removal.index)
    }

    private mutating func noteRemoval(asOf index: LogIndex) {
        guard !isRemovalNoted else { return }
        isRemovalNoted = true
        effects.notices.append(.removed(asOf: index))
    }

    // MARK: Handing over

    /// Hands leadership over: proposals are refused from now on, and as soon as the target has the whole log it stands
    /// for election without asking first. If it does not lead within a timeout, this member goes on.
    ///
    /// - Parameter target: nil for the voter that has most of the log among those that are alive.
    /// - Returns: the target; nil if this member does not lead or there is nobody to hand over to.
    public mutating func transferLeadership(
        to target: MemberID? = nil, because reason: HandOverReason = .asked, now: Instant
    ) -> MemberID? {
        self.now = max(self.now, now)
        guard office == .leader else { return nil }
        if let transfer, target == nil || target == transfer.target { return transfer.target }
        let candidates = peers.filter {
            $0.isVoter && detector.suspicion(of: $0.id) == nil && (target ?? $0.id) == $0.id
        }
        guard let best = candidates.max(by: { $0.progress.match < $1.progress.match }) else { return nil }
        transfer = LeadershipTransfer(target: best.id, deadline: self.now + settings.timeoutFloor)
        effects.notices.append(.handingOver(to: best.id, term: hardState.term, because: reason))
        return best.id
    }

    mutating func continueLeadershipTransfer() {
        guard let transfer, !transfer.isAsked, let place = place(of: transfer.target),
            peers[place].progress.match == log.last.index
        else { return }
        self.transfer?.isAsked = true
        send(.timeoutNow(term: hardState.term), to: transfer.target)
    }

    /// A successor that dies, or does not take over in time, is not waited for.
    mutating func expireLeadershipTransfer() {
        guard let transfer, now >= transfer.deadline || detector.suspicion(of: transfer.target) != nil else { return }
        self.transfer = nil
        effects.notices.append(.notTakenOver(by: transfer.target, term: hardState.term))
    }

    mutating func onTimeoutNow(_ term: Term, from: MemberID) {
        guard term == hardState.term, leader == from, office == .follower, mayStand, !isInstalling else { return }
        becomeCandidate(isLeadershipTransfer: true)
    }
}
