extension Consensus {
    /// What holds between any two events, whatever peers send. Costs nothing in a release build.
    func checkInvariants() {
        assert(log.base.index <= commit && commit <= verified && verified <= log.last.index)
        assert(snapshot.position.index >= log.base.index && snapshot.position.index <= commit)
        assert(writes.durableIndex <= log.last.index)
        assert(log.last.term <= hardState.term)
        assert(writes.durableHardState.term <= hardState.term)
        assert(writes.entries.last.map { $0.position == log.last } ?? true)
        assert(uncommittedBytes >= 0)
        assert(peers.allSatisfy { $0.id != id })
        switch office {
        case .leader:
            assert(leader == id && campaignAt == nil && pendingAcknowledgement == nil && incoming == nil)
            assert(writes.durableHardState.term == hardState.term)
            assert(log.last.term == hardState.term && termStart <= log.last.index)
            for peer in peers {
                assert(peer.progress.match < peer.progress.next)
                assert(peer.progress.match <= log.last.index && peer.progress.next <= log.last.index.next)
                assert(peer.probeAnswered <= probe)
                assert((peer.progress.resendAt != nil) == !peer.progress.isIdle)
            }
        case .candidate:
            assert(isVoter && leader == nil && hardState.vote == id && campaignAt != nil)
        case .preCandidate:
            assert(isVoter && leader == nil && campaignAt != nil)
        case .follower:
            assert(leader != id)
            let mustCampaign = isVoter && leader.map { detector.suspicion(of: $0) != nil } ?? true
            assert((campaignAt != nil) == mustCampaign, "a voter stands for election exactly if nobody leads it")
        case .learner:
            assertionFailure("an office, not a role")
        }
        if office != .leader { assert(reads.waiting.isEmpty && !reads.isRoundUnderWay && transfer == nil) }
    }
}
