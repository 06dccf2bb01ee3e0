// Elections: Raft, sections 5.2 and 5.4.1; thesis, sections 4.2.3, 6.2, 6.4 and 9.6.
extension Consensus {
    // MARK: When

    mutating func onTick() {
        let wasQuiet = detector.isQuiet(now)
        for suspicion in detector.tick(now: now) { onSuspicion(suspicion) }
        if office == .leader {
            if !wasQuiet { checkQuorum() }
            resendWhatIsOverdue()
            expireLeadershipTransfer()
            handOverIfDiskIsUnfit()
        }
        if let campaignAt, now >= campaignAt { becomePreCandidate() }
        if let retry = preVoteRetryAt, now >= retry { askAgainForPreVotes() }
        if now >= heartbeatAt { isHeartbeatDue = true }
        compactIfLong()
    }

    mutating func onConnection(_ evidence: ConnectionEvidence, _ member: MemberID) {
        if let suspicion = detector.connection(evidence, to: member, now: now) { onSuspicion(suspicion) }
        // Whoever is there next may be another release.
        if let place = place(of: member) { peers[place].supported = nil }
        if case .established = evidence, office == .leader, let place = place(of: member) {
            // What was in flight on the old connection is gone.
            restartReplication(to: place)
        }
    }

    /// A verdict is told to everybody at once, and acted upon if it concerns the leader.
    private mutating func onSuspicion(_ suspicion: Suspicion) {
        effects.notices.append(.suspected(suspicion))
        isHeartbeatDue = true
        if office == .follower && suspicion.member == leader {
            campaignAt = mayStand ? now + delayAfterSuspicion(suspicion) : nil
            // The first in rank need not wait for the next tick.
            if let campaignAt, campaignAt <= now { becomePreCandidate() }
        } else if office == .preCandidate || office == .candidate {
            reconsiderCandidacy()
        }
    }

    /// Those who outlive a leader do not stand all at once, which would split the vote, but one after the other, by
    /// ascending id and with a little chance.
    func rank() -> Int {
        peers.count { $0.isVoter && $0.id < id && $0.id != leader && detector.suspicion(of: $0.id) == nil }
    }

    private mutating func delayAfterSuspicion(_ suspicion: Suspicion) -> Span {
        guard suspicion.reason == .silence else {
            let rank = rank()
            return rank == 0 ? .zero : settings.evidenceStagger * rank + random.span(below: .milliseconds(3))
        }
        let half = Span(nanoseconds: settings.stagger.nanoseconds / 2)
        return settings.stagger * rank() + random.span(below: half)
    }

    /// Where nobody leads: Raft's randomised election timeout (section 5.2).
    mutating func randomTimeout() -> Span { settings.timeoutFloor + random.span(below: settings.timeoutSpan) }

    /// Where the need for another candidacy is known already.
    private mutating func shortDelay() -> Span { settings.stagger + random.span(below: settings.stagger * 3) }

    /// A member that has just begun need not wait out a timeout if a quorum, itself included, is there and knows no
    /// leader: the whole ensemble has just begun. Only once: from the first sign of an election on, chance has to keep
    /// the candidates apart.
    mutating func considerStandingAtOnce() {
        guard isFresh, office == .follower, leader == nil, mayStand else { return }
        let leaderless = peers.count { $0.isVoter && $0.isLeaderless && detector.suspicion(of: $0.id) == nil }
        guard leaderless + (isVoter ? 1 : 0) >= quorum else { return }
        isFresh = false
        hasten(settings.stagger * rank() + random.span(below: .milliseconds(5)))
    }

    // MARK: Standing for election

    private mutating func beginCandidacy(_ office: Office) {
        isFresh = false
        self.office = office
        leader = nil
        preVoteRetryAt = nil
        for place in peers.indices { peers[place].vote = .none }
    }

    /// Asks whether an election could be won before it disturbs anybody with a new term (thesis, section 9.6).
    mutating func becomePreCandidate() {
        // While a snapshot is being installed the log is about to be replaced.
        guard mayStand, !isInstalling else {
            campaignAt = mayStand ? now + settings.stagger : nil
            return
        }
        beginCandidacy(.preCandidate)
        effects.notices.append(.becamePreCandidate(term: hardState.term.next))
        campaignAt = now + Span(nanoseconds: randomTimeout().nanoseconds / 2)
        preVoteRetriesLeft = 30
        if quorum == 1, isVoter { return becomeCandidate(isLeadershipTransfer: false) }
        askForVotes(isPreVote: true, isLeadershipTransfer: false)
        reconsiderCandidacy()
    }

    mutating func becomeCandidate(isLeadershipTransfer: Bool) {
        enter(HardState(term: hardState.term.next, vote: id))
        beginCandidacy(.candidate)
        effects.notices.append(.becameCandidate(term: hardState.term))
        // A disk that is slower than the timeout must not make elections fail for ever.
        campaignAt = now + randomTimeout() * (1 << min(failedCandidacies, 3))
        failedCandidacies += 1
        askForVotes(isPreVote: false, isLeadershipTransfer: isLeadershipTransfer)
    }

    private mutating func askForVotes(isPreVote: Bool, isLeadershipTransfer: Bool) {
        let request = VoteRequest(
            term: isPreVote ? hardState.term.next : hardState.term, isPreVote: isPreVote, last: log.last,
            isLeadershipTransfer: isLeadershipTransfer)
        for peer in peers where peer.isVoter && peer.vote == .none {
            send(.voteRequest(request), to: peer.id)
        }
    }

    private mutating func askAgainForPreVotes() {
        preVoteRetryAt = nil
        guard office == .preCandidate else { return }
        askForVotes(isPreVote: true, isLeadershipTransfer: false)
    }

    // MARK: Voting

    /// Whether this member would rather keep the leader it has (thesis, section 4.2.3): it has heard from one, or is
    /// one and keeps its office only as long as a quorum answers.
    private var isSticky: Bool {
        guard let leader else { return false }
        return leader == id || detector.isAlive(leader, now: now)
    }

    mutating func onVoteRequest(_ request: VoteRequest, from candidate: MemberID) {
        if request.isPreVote {
            onPreVoteRequest(request, from: candidate)
        } else {
            onRealVoteRequest(request, from: candidate)
        }
    }

    /// Changes nothing (thesis, section 9.6), except that a member about to stand itself gives precedence.
    private mutating func onPreVoteRequest(_ request: VoteRequest, from candidate: MemberID) {
        let isTermPossible =
            request.term > hardState.term
            || (request.term == hardState.term && leader == nil && (hardState.vote ?? candidate) == candidate)
        let refusal: VoteReply.Refusal?
        if !isTermPossible {
            refusal = .term
        } else if isSticky {
            refusal = .sticky
        } else if !isUpToDate(request.last) {
            refusal = .log
        } else {
            refusal = nil
        }
        isFresh = false
        switch refusal {
        case nil:
            if office == .follower, let at = campaignAt { campaignAt = max(at, now + settings.stagger * 2) }
        case .log:
            // It cannot win this member's vote, but this one may win its.
            if office == .follower { hasten(settings.evidenceStagger) }
        case .term, .sticky, .voted: break
        }
        // A grant speaks of the term asked about and reveals nothing of this member's.
        let term = refusal == nil ? request.term : hardState.term
        send(.voteReply(VoteReply(term: term, isPreVote: true, refusal: refusal)), to: candidate)
    }

    private mutating func onRealVoteRequest(_ request: VoteRequest, from candidate: MemberID) {
        isFresh = false
        func refuse(_ refusal: VoteReply.Refusal) -> PeerMessage {
            .voteReply(VoteReply(term: hardState.term, isPreVote: false, refusal: refusal))
        }
        if request.term < hardState.term { return send(refuse(.term), to: candidate) }
        if request.term > hardState.term {
            // The term is not taken over either: a member that was cut off cannot depose a leader that works.
            if isSticky && !request.isLeadershipTransfer { return send(refuse(.sticky), to: candidate) }
            becomeFollower(term: request.term, leader: nil)
        }
        guard leader == nil, (hardState.vote ?? candidate) == candidate, office != .leader else {
            return send(refuse(.voted), to: candidate)
        }
        guard isUpToDate(request.last) else {
            hasten(settings.stagger)
            return send(refuse(.log), to: candidate)
        }
        if hardState.vote == nil {
            hardState.vote = candidate
            writes.changeHardState()
            effects.notices.append(.voted(for: candidate, term: hardState.term))
        }
        office = .follower
        preVoteRetryAt = nil
        if campaignAt != nil { campaignAt = now + randomTimeout() }
        effects.afterSync.append(
            Outgoing(
                to: candidate,
                message: .voteReply(VoteReply(term: hardState.term, isPreVote: false, refusal: nil))))
    }

    /// Raft, section 5.4.1: the log whose last term is later, or that is longer with the same, is more up to date.
    private func isUpToDate(_ other: LogPosition) -> Bool {
        (other.term, other.index) >= (log.last.term, log.last.index)
    }

    /// A candidacy is due sooner than was thought, unless there is no need for one.
    private mutating func hasten(_ delay: Span) {
        guard let at = campaignAt else { return }
        campaignAt = min(at, now + delay)
    }

    // MARK: Counting

    mutating func onVoteReply(_ reply: VoteReply, from voter: MemberID) {
        guard let place = place(of: voter) else { return }
        guard let refusal = reply.refusal else { return onGrant(reply, place) }
        if reply.term > hardState.term {
            let wasPreCandidate = office == .preCandidate
            becomeFollower(term: reply.term, leader: nil)
            // The election is as necessary as before, only its term was too low.
            if wasPreCandidate, mayStand { campaignAt = now + random.span(below: settings.stagger * 2) }
            return
        }
        guard reply.isPreVote ? office == .preCandidate : office == .candidate && reply.term == hardState.term,
            peers[place].vote == .none
        else { return }
        if refusal == .sticky {
            guard preVoteRetriesLeft > 0, preVoteRetryAt == nil else { return }
            preVoteRetriesLeft -= 1
            preVoteRetryAt = now + .milliseconds(4) + random.span(below: .milliseconds(4))
        } else {
            peers[place].vote = .refused
            reconsiderCandidacy()
        }
    }

    private mutating func onGrant(_ reply: VoteReply, _ place: Int) {
        let expected = reply.isPreVote ? Office.preCandidate : .candidate
        guard office == expected, reply.term == (reply.isPreVote ? hardState.term.next : hardState.term),
            peers[place].vote != .granted
        else { return }
        peers[place].vote = .granted
        effects.notices.append(
            .receivedVote(from: peers[place].id, term: reply.term, isPreVote: reply.isPreVote))
        countVotes()
    }

    private var votesGranted: Int {
        // The own vote counts for an election when it is durable; for a pre-vote it is only an opinion.
        let own = isVoter && (office == .preCandidate || writes.durableHardState == hardState)
        return peers.count { $0.isVoter && $0.vote == .granted } + (own ? 1 : 0)
    }

    mutating func countVotes() {
        guard votesGranted >= quorum else { return }
        switch office {
        case .preCandidate: becomeCandidate(isLeadershipTransfer: false)
        // Nothing of a leader may leave while its own term is not durable.
        case .candidate where writes.durableHardState == hardState: becomeLeader()
        case .candidate, .follower, .leader, .learner: break
        }
    }

    /// A candidacy that cannot win any more, because too many refused or are dead, makes room for the next.
    private mutating func reconsiderCandidacy() {
        let possible = peers.count {
            $0.isVoter && ($0.vote == .granted || ($0.vote == .none && detector.suspicion(of: $0.id) == nil))
        }
        guard possible + (isVoter ? 1 : 0) < quorum else { return }
        if office == .candidate {
            becomeFollower(term: hardState.term, leader: nil)
        }
        // Without a quorum alive there is no hurry.
        let refused = peers.contains { $0.isVoter && $0.vote == .refused }
        if refused { hasten(shortDelay()) }
    }

    // MARK: Office

    private mutating func becomeLeader() {
        office = .leader
        leader = id
        campaignAt = nil
        preVoteRetryAt = nil
        failedCandidacies = 0
        incoming = nil
        probe = 0
        effects.notices.append(
            .becameLeader(
                term: hardState.term, votes: votesGranted, voters: peers.count(where: \.isVoter) + (isVoter ? 1 : 0)))
        termStart = log.last.index.next
        for place in peers.indices {
            peers[place].beginTerm(next: termStart, resendAfter: settings.timeoutFloor, now: now)
        }
        // Raft, section 8: what earlier terms left is committed together with an entry of the own term.
        append(Entry(index: termStart, term: hardState.term, kind: .noop, payload: .init()), configuration: nil)
        isHeartbeatDue = true
        commitByCounting()
    }

    /// Leaves whatever office it has.
    ///
    /// - Precondition: `term` is not below the current one.
    mutating func becomeFollower(term: Term, leader newLeader: MemberID?) {
        precondition(term >= hardState.term, "terms only grow")
        if office == .leader {
            effects.readsRefused += reads.removeAll()
            transfer = nil
            isHeartbeatDue = true
        }
        if term > hardState.term { enter(HardState(term: term, vote: nil)) }
        office = .follower
        preVoteRetryAt = nil
        if leader != newLeader {
            isSynchronised = false
            effects.notices.append(.followed(leader: newLeader, term: term))
        }
        leader = newLeader
        watchMembers()
        if let newLeader {
            isFresh = false
            failedCandidacies = 0
            // A leader that is held to be dead (by connection evidence, while its last words still arrive) is no reason
            // to wait.
            if let suspicion = detector.suspicion(of: newLeader), mayStand {
                campaignAt = campaignAt ?? now + delayAfterSuspicion(suspicion)
            } else {
                campaignAt = nil
            }
        } else if campaignAt == nil && mayStand {
            campaignAt = now + randomTimeout()
        }
    }

    /// The leader says of itself that it no longer leads.
    mutating func onResignation() {
        leader = nil
        effects.notices.append(.followed(leader: nil, term: hardState.term))
        guard mayStand else { return }
        campaignAt = now + settings.stagger * rank() + random.span(below: settings.stagger)
    }

    /// Thesis, section 6.2: a leader that cannot reach a quorum gives up, so that clients look elsewhere. What a
    /// follower says of itself counts like an answer: on a network that loses packets the way there and back is often
    /// interrupted for longer than either of the two.
    private mutating func checkQuorum() {
        let answering = peers.count {
            $0.isVoter && now - $0.answeredAt <= detector.timeout(of: $0.id)
        }
        guard answering + (isVoter ? 1 : 0) < quorum else { return }
        effects.notices.append(.steppedDown(term: hardState.term))
        becomeFollower(term: hardState.term, leader: nil)
    }
}
