extension Consensus {
    /// To everybody, now. In each interval, and out of turn when a suspicion or a change of office is to be told.
    mutating func broadcastHeartbeat() {
        isHeartbeatDue = false
        heartbeatAt = now + settings.heartbeatInterval
        if office == .leader { beginProbe() }
        let suspicions = detector.suspicions(now: now)
        for peer in peers { sendHeartbeat(to: peer, suspicions: suspicions) }
    }

    /// The next number; the reads that wait are confirmed by it.
    ///
    /// - Precondition: this member leads.
    private mutating func beginProbe() {
        probe += 1
        guard commit >= termStart else { return }
        reads.begin(probe: probe, index: commit)
        confirmReads()
    }

    private mutating func sendHeartbeat(to peer: Peer, suspicions: [Suspicion]) {
        var heartbeat = Heartbeat(
            term: hardState.term, office: memberships.current[id]?.role == .learner ? .learner : office, leader: leader,
            commit: .zero, probe: 0, suspicions: suspicions, isDiskFull: isDiskFull, supported: supported)
        if office == .leader {
            heartbeat.commit = min(commit, peer.progress.match)
            heartbeat.probe = probe
        } else {
            heartbeat.commit = commit
        }
        if writes.durableHardState.term < hardState.term {
            // A sign of life must not wait for the disk, so it speaks of the last term that is durable.
            heartbeat.term = writes.durableHardState.term
            heartbeat.office = .follower
            heartbeat.leader = nil
        }
        effects.now.append(Outgoing(to: peer.id, message: .heartbeat(heartbeat)))
    }

    mutating func onHeartbeat(_ heartbeat: Heartbeat, from: MemberID, isKnown: Bool) {
        if isKnown {
            if let place = place(of: from) {
                peers[place].isDiskFull = heartbeat.isDiskFull
                peers[place].supported = heartbeat.supported
            }
            for suspicion in detector.told(heartbeat.suspicions, by: from) {
                effects.notices.append(.toldOfSuspicion(suspicion, by: from))
            }
        }
        if let place = place(of: from), isKnown { peers[place].isLeaderless = heartbeat.leader == nil }
        if heartbeat.office == .leader { return onLeadersHeartbeat(heartbeat, from: from) }
        if heartbeat.term == hardState.term, leader == from, heartbeat.office != .candidate {
            // (A candidate's may have been overtaken by its first one as the leader.)
            return onResignation()
        }
        guard isKnown else { return }
        if heartbeat.term > hardState.term {
            becomeFollower(term: heartbeat.term, leader: nil)
        } else if heartbeat.term == hardState.term, office == .leader {
            if heartbeat.leader == id, !heartbeat.suspicions.contains(where: { $0.member == id }),
                let place = place(of: from)
            {
                // It follows this leader and does not suspect it: it has heard it within its own timeout.
                peers[place].answeredAt = now
            }
            remindOfCommit(heartbeat.commit, from)
        }
        considerStandingAtOnce()
    }

    /// A follower that restarted, or missed a message, may hold everything and yet not know that it is committed.
    private mutating func remindOfCommit(_ known: LogIndex, _ follower: MemberID) {
        guard let place = place(of: follower) else { return }
        peers[place].progress.commitSent = min(peers[place].progress.commitSent, known)
    }

    private mutating func onLeadersHeartbeat(_ heartbeat: Heartbeat, from: MemberID) {
        guard heartbeat.term >= hardState.term else {
            // It learns from the term that it was deposed. The probe is not repeated: should the same member lead the
            // new term by now, it would take an old number for an answer to a new probe.
            return send(.heartbeatReply(HeartbeatReply(term: hardState.term, probe: 0)), to: from)
        }
        guard accept(leader: from, of: heartbeat.term) else { return }
        if !isInstalling { advanceCommit(to: min(heartbeat.commit, verified)) }
        guard heartbeat.probe != 0 else { return }
        send(.heartbeatReply(HeartbeatReply(term: hardState.term, probe: heartbeat.probe)), to: from)
    }

    mutating func onHeartbeatReply(_ reply: HeartbeatReply, from: MemberID) {
        if let removal = reply.removal { return onRemoval(removal, from: from) }
        if reply.term > hardState.term { return becomeFollower(term: reply.term, leader: nil) }
        guard office == .leader, reply.term == hardState.term, let place = place(of: from) else { return }
        guard reply.probe <= probe else { return drop(.neverSent, from: from) }
        peers[place].answeredAt = now
        guard reply.probe > peers[place].probeAnswered else { return }
        peers[place].probeAnswered = reply.probe
        confirmReads()
    }

    // MARK: Linearizable reads (thesis, section 6.4)

    mutating func onReadBarrier(_ token: ReadToken) {
        guard office == .leader else {
            effects.readsRefused.append(token)
            return
        }
        reads.arrive(token)
    }

    /// Starts a round for the reads that wait, unless one is under way: they join the next.
    ///
    /// A leader that has committed nothing of its own term does not know yet what is committed.
    mutating func beginReadRound() {
        guard !reads.waiting.isEmpty, !reads.isRoundUnderWay, commit >= termStart else { return }
        beginProbe()
        for peer in peers where peer.isVoter { sendHeartbeat(to: peer, suspicions: detector.suspicions(now: now)) }
    }

    private mutating func confirmReads() {
        guard reads.isRoundUnderWay else { return }
        let answered = quorumValue(own: probe) { $0.probeAnswered }
        reads.confirm(through: answered, into: &effects.readsConfirmed)
    }

    /// The highest value that a quorum of the voters has reached.
    mutating func quorumValue(own: UInt64, _ value: (Peer) -> UInt64) -> UInt64 {
        scratch.removeAll(keepingCapacity: true)
        if isVoter { scratch.append(own) }
        for peer in peers where peer.isVoter { scratch.append(value(peer)) }
        guard scratch.count >= quorum else { return 0 }
        scratch.sort(by: >)
        return scratch[quorum - 1]
    }
}
