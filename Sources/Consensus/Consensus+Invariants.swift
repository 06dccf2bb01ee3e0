extension Consensus {
    /// What holds between any two events, whatever peers send. Costs nothing in a release build.
    func checkInvariants() {
        assert(brokenInvariant == nil, "member \(id): \(brokenInvariant ?? "")")
    }

    private var brokenInvariant: String? {
        let last = log.last
        if !(log.base.index <= commit && commit <= verified && verified <= last.index) {
            return "base <= commit <= verified <= last"
        }
        if snapshot.position.index < log.base.index || snapshot.position.index > commit {
            return "base <= snapshot <= commit"
        }
        if writes.durableIndex > last.index { return "durable <= last" }
        if last.term > hardState.term { return "no entry is of a later term than the member's" }
        if writes.durableHardState.term > hardState.term { return "the durable term is no later than the current" }
        if let unsealed = writes.entries.last, unsealed.position != last { return "the next write ends with the log" }
        if uncommittedBytes < 0 { return "what is uncommitted weighs something" }
        if office != .leader && (!reads.waiting.isEmpty || reads.isRoundUnderWay || transfer != nil) {
            return "only a leader has reads or a transfer under way"
        }
        switch office {
        case .leader: return brokenLeaderInvariant(last)
        case .candidate where hardState.vote != id: return "a candidate votes for itself"
        case .candidate, .preCandidate:
            return mayStand && leader == nil && campaignAt != nil ? nil : "a candidate votes, and tries again some time"
        case .follower:
            if leader == id { return "nobody follows itself" }
            let mustStand = mayStand && (leader.map { detector.suspicion(of: $0) != nil } ?? true)
            return (campaignAt != nil) == mustStand ? nil : "a voter stands for election exactly if nobody leads it"
        case .learner: return "learner is a role and no office"
        }
    }

    private func brokenLeaderInvariant(_ last: LogPosition) -> String? {
        if leader != id || campaignAt != nil || pendingAcknowledgement != nil || incoming != nil {
            return "a leader follows nobody"
        }
        if writes.durableHardState.term != hardState.term { return "a leader's term is durable" }
        if last.term != hardState.term || termStart > last.index { return "a leader's last entry is of its term" }
        for place in peers.indices {
            let match = peers[place].progress.match
            let next = peers[place].progress.next
            if peers[place].id == id { return "a member is not its own peer" }
            if !(match < next && match <= last.index && next <= last.index.next) { return "match < next <= last + 1" }
            if peers[place].probeAnswered > probe { return "nobody answered a probe that was not sent" }
            if (peers[place].progress.resendAt != nil) == peers[place].progress.isIdle {
                return "what is on its way is sent again some time"
            }
        }
        return nil
    }
}
