import Testing

@testable import Consensus

@Suite("Membership: thesis, chapter 4")
struct MembershipTests {
    private func configuration(_ voters: [UInt64], learners: [UInt64] = []) -> Configuration {
        Configuration(
            members: (voters + learners).map { number in
                .init(
                    id: MemberID(number), storage: StorageID(number * 100),
                    role: voters.contains(number) ? .voter : .learner, peerAddress: "m\(number):1",
                    clientAddress: "m\(number):2")
            })
    }

    private func propose(
        _ bench: Bench, _ id: UInt64, _ configuration: Configuration
    ) -> Result<LogPosition, Consensus.ChangeRefusal> {
        let now = bench.now
        return Result { () throws(Consensus.ChangeRefusal) -> LogPosition in
            try bench[id].change { core throws(Consensus.ChangeRefusal) in try core.propose(configuration, now: now) }
        }
    }

    @Test func `4.1: a configuration counts from the moment it is in the log, and no longer when it is cut`() {
        let bench = Bench(voters: 3, learners: 1)
        let entry = Entry(
            index: LogIndex(1), term: Term(1), kind: .configuration, payload: configuration([1, 2, 3, 4]).encoded())
        bench.sendTo(2, .append(Append(term: Term(1), previous: .zero, commit: .zero, entries: [entry])), from: 1)
        #expect(bench.core(2).configuration.voters.count == 4 && bench.core(2).quorum == 3)
        let other = Entry(index: LogIndex(1), term: Term(2), kind: .noop, payload: .init())
        bench.sendTo(2, .append(Append(term: Term(2), previous: .zero, commit: .zero, entries: [other])), from: 3)
        #expect(bench.core(2).configuration.voters.count == 3 && bench.core(2).quorum == 2)
    }

    @Test func `4.2.1: a learner catches up, is promoted, and then counts`() {
        let bench = Bench(voters: 3, learners: 1)
        bench.elect(1)
        bench.propose(1, "x")
        bench.stabilize()
        #expect(bench[4].appliedTexts == ["x"])
        #expect(throws: Never.self) { try propose(bench, 1, configuration([1, 2, 3, 4])).get() }
        bench.stabilize()
        bench.isolate(3)
        bench.propose(1, "y")
        bench.stabilize()
        #expect(bench[1].appliedTexts.last == "y", "three of four")
        bench.isolate(4)
        bench.propose(1, "z")
        bench.stabilize()
        #expect(bench[1].appliedTexts.last == "y", "two of four")
    }

    @Test
    func `4.1: only one voter comes or goes at a time, after an entry of the own term, one change after the other`() {
        let bench = Bench(voters: 3, learners: 2)
        #expect(propose(bench, 1, configuration([1, 2])) == .failure(.notLeader(hint: nil)))
        bench.campaign(1)
        bench.stabilize { bench.core(1).isLeader }
        #expect(propose(bench, 1, configuration([1, 2])) == .failure(.termTooYoung))
        bench.stabilize()
        #expect(propose(bench, 1, configuration([1, 2, 3, 4, 5])) == .failure(.moreThanOneVoter))
        #expect(propose(bench, 1, configuration([1, 2, 4])) == .failure(.moreThanOneVoter))
        #expect(propose(bench, 1, configuration([], learners: [1])) == .failure(.noVoters))
        #expect(throws: Never.self) { try propose(bench, 1, configuration([1, 2, 3, 4], learners: [5])).get() }
        #expect(propose(bench, 1, configuration([1, 2, 3], learners: [5])) == .failure(.changeUnderWay))
        bench.stabilize()
        #expect(throws: Never.self) { try propose(bench, 1, configuration([1, 2, 3, 4, 5])).get() }
    }

    @Test func `a voter with another data directory is another voter`() {
        let bench = Bench()
        bench.elect(1)
        var members = bench.core(1).configuration.members
        members[2].storage = StorageID(999)
        #expect(propose(bench, 1, Configuration(members: members)) == .failure(.moreThanOneVoter))
    }

    @Test func `4.2.2: a leader that removes itself leads until that is committed, and then goes`() {
        let bench = Bench()
        bench.elect(1)
        #expect(throws: Never.self) { try propose(bench, 1, configuration([2, 3])).get() }
        #expect(bench.core(1).isLeader)
        bench.stabilize()
        #expect(!bench.core(1).isLeader)
        bench.pass(milliseconds: 700)
        #expect(bench.leaders.count == 1 && bench.leader != 1)
        bench.propose(bench.leader!, "x")
        bench.stabilize()
        #expect(bench.checker.chosen.last.map { $0.payload.elementsEqual("x".utf8) } ?? false)
        bench.checker.expectNoViolations()
    }

    @Test func `4.2.2: a member whose removal nobody else has stands for election, and goes when that is committed`() {
        let bench = Bench(voters: 2)
        bench.elect(1)
        bench.isolate(1)
        #expect(throws: Never.self) { try propose(bench, 1, configuration([2])).get() }
        bench.stabilize()
        bench.restart(1)
        bench.heal()
        // Member 2 counts the vote of member 1, which cannot vote for a log that is behind its own.
        bench.pass(milliseconds: 3000)
        #expect(bench.leader == 2)
        #expect(bench.core(2).configuration.voters == [MemberID(2)])
        #expect(bench.core(1).campaignAt == nil)
        bench.checker.expectNoViolations()
    }

    /// After a start it knows only the founding configuration to be committed, of which it was no voter.
    @Test func `4.2.2: such a member stands for election, too, if it was admitted after the founding`() {
        let bench = Bench(voters: 1, learners: 1)
        bench.pass(milliseconds: 100)
        #expect(bench.leader == 1)
        #expect(throws: Never.self) { try propose(bench, 1, configuration([1, 2])).get() }
        bench.stabilize()
        bench.sendTo(2, .timeoutNow(term: bench.core(1).term), from: 1)
        bench.stabilize()
        #expect(bench.leader == 2)
        bench.isolate(2)
        #expect(throws: Never.self) { try propose(bench, 2, configuration([1])).get() }
        bench.stabilize()
        bench.restart(2)
        bench.heal()
        bench.pass(milliseconds: 3000)
        #expect(bench.leader == 1)
        #expect(bench.core(1).configuration.voters == [MemberID(1)])
        bench.checker.expectNoViolations()
    }

    @Test func `4.2.3: a removed member does not disturb the others`() {
        let bench = Bench(voters: 4)
        bench.elect(1)
        #expect(throws: Never.self) { try propose(bench, 1, configuration([1, 2, 3])).get() }
        bench.isolate(4)
        bench.stabilize()
        bench.heal()
        bench.pass(milliseconds: 5000)
        #expect(bench.leader == 1 && bench.core(1).term == Term(1))
    }

    @Test(arguments: [4, 5] as [UInt64])
    func `a member that was removed while it was away is told so, voter or learner`(_ removed: UInt64) {
        let bench = Bench(voters: 4, learners: 1)
        bench.elect(1)
        bench.propose(1, "x")
        bench.pass(milliseconds: 100)
        bench.isolate(removed)
        let left = configuration([1, 2, 3, 4].filter { $0 != removed }, learners: removed == 5 ? [] : [5])
        #expect(throws: Never.self) { try propose(bench, 1, left).get() }
        bench.pass(milliseconds: 1000)
        #expect(!bench[removed].notices.contains { if case .removed = $0 { true } else { false } })
        bench.heal()
        bench.pass(milliseconds: 500)
        #expect(bench[removed].notices.filter { $0 == .removed(asOf: bench.core(1).commit) }.count == 1)
        #expect(bench.core(removed).configuration[MemberID(removed)] != nil, "its own log does not know of it")
        for other in 1...5 as ClosedRange<UInt64> where other != removed {
            #expect(!bench[other].notices.contains { if case .removed = $0 { true } else { false } })
        }
        bench.checker.expectNoViolations()
    }

    @Test func `a leader that removed itself says so when that is committed`() {
        let bench = Bench()
        bench.elect(1)
        guard case .success(let position) = propose(bench, 1, configuration([2, 3])) else {
            Issue.record("not proposed")
            return
        }
        #expect(!bench[1].notices.contains(.removed(asOf: position.index)))
        bench.stabilize()
        #expect(bench[1].notices.contains(.removed(asOf: position.index)))
    }

    @Test func `a member that was just admitted is not talked out of it by one that is behind`() {
        let bench = Bench(voters: 3, learners: 1)
        bench.elect(1)
        bench.pass(milliseconds: 100)
        let removal = { (index: UInt64, storage: UInt64) in
            PeerMessage.heartbeatReply(
                HeartbeatReply(
                    term: Term(1), probe: 0,
                    removal: Removal(storage: StorageID(storage), index: LogIndex(index))))
        }
        let isTold = { bench[4].notices.contains { if case .removed = $0 { true } else { false } } }
        // While it has a leader it believes nobody else.
        bench.sendTo(4, removal(1000, 400), from: 2)
        #expect(!isTold())
        bench.sendTo(4, removal(bench.core(4).commit.rawValue, 400), from: 1)
        #expect(!isTold(), "as far as that its own log tells the same")
        bench.sendTo(4, removal(1000, 399), from: 1)
        #expect(!isTold(), "another data directory is meant")
        bench.sendTo(4, removal(1000, 400), from: 9)
        #expect(!isTold(), "a stranger says so")
        bench.sendTo(4, removal(1000, 400), from: 1)
        #expect(isTold())
    }

    @Test
    func `4.1: a follower accepts a leader, and votes for a candidate, that its older configuration does not name`() {
        let bench = Bench(voters: 3)
        let entry = Entry(index: LogIndex(1), term: Term(1), kind: .noop, payload: .init())
        bench.sendTo(
            2, .append(Append(term: Term(1), previous: .zero, commit: LogIndex(1), entries: [entry])), from: 7)
        #expect(bench.core(2).leader == MemberID(7) && bench.core(2).log.last == entry.position)
        // It notices its death, too.
        bench.pass(milliseconds: 2000, except: [1, 3], delivering: false)
        #expect(bench.core(2).leader == nil)
        bench.sync(2)
        _ = bench.sent(by: 2)
        bench.sendTo(2, .voteRequest(VoteRequest(term: Term(5), isPreVote: false, last: entry.position)), from: 8)
        bench.sync(2)
        #expect(bench.sent(by: 2).compactMap(\.voteReply).map(\.refusal) == [nil])
    }

    @Test func `votes and acknowledgements from strangers, learners and other data directories do not count`() {
        let bench = Bench(voters: 3, learners: 1)
        let grant = { (isPreVote: Bool) in
            PeerMessage.voteReply(VoteReply(term: Term(1), isPreVote: isPreVote, refusal: nil))
        }
        bench.campaign(1)
        bench.sendTo(1, grant(true), from: 4)
        bench.sendTo(1, grant(true), from: 9)
        bench.sendTo(1, grant(true), from: 2, storage: 201)
        #expect(bench.core(1).office == .preCandidate)
        bench.sendTo(1, grant(true), from: 2)
        bench.sync(1)
        bench.sendTo(1, grant(false), from: 4)
        bench.sendTo(1, grant(false), from: 9)
        bench.sendTo(1, grant(false), from: 3, storage: 301)
        #expect(bench.core(1).office == .candidate)
        bench.sendTo(1, grant(false), from: 3)
        bench.sync(1)
        #expect(bench.core(1).isLeader)
        let accepted = PeerMessage.appendReply(AppendReply(term: Term(1), result: .accepted(LogIndex(1))))
        let probed = PeerMessage.heartbeatReply(HeartbeatReply(term: Term(1), probe: 1))
        for (from, storage) in [(4, 400), (9, 900), (2, 201)] as [(UInt64, UInt64)] {
            bench.sendTo(1, accepted, from: from, storage: storage)
            bench.sendTo(1, probed, from: from, storage: storage)
        }
        #expect(bench.core(1).commit == .zero)
        bench.sendTo(1, accepted, from: 2)
        #expect(bench.core(1).commit == LogIndex(1))
    }

    @Test func `a member whose own data directory is not the configuration's neither votes for itself nor stands`() {
        let bench = Bench(isStarted: false)
        bench[1].storage = StorageID(101)
        for node in bench.nodes { node.start(seed: node.id.rawValue, now: bench.now) }
        bench.pass(milliseconds: 2000, except: [2, 3])
        #expect(bench.core(1).office == .follower && bench.core(1).term == .zero)
        // It still follows and holds the log.
        bench.elect(2)
        #expect(bench.core(1).leader == MemberID(2) && bench.core(1).log.last.index == LogIndex(1))
        // But what it holds does not count.
        bench.isolate(3)
        bench.propose(2, "x")
        bench.stabilize()
        #expect(bench.core(2).commit == LogIndex(1))
    }

    @Test func `a learner that was promoted without knowing it votes when it is asked`() {
        let bench = Bench(voters: 3, learners: 1)
        bench.sendTo(4, .voteRequest(VoteRequest(term: Term(1), isPreVote: false, last: .zero)), from: 2)
        bench.sync(4)
        #expect(bench.sent(by: 4).compactMap(\.voteReply).map(\.refusal) == [nil])
    }

    @Test func `a member that joins with an empty configuration takes all of it from the leader`() {
        let bench = Bench(voters: 2, isStarted: false)
        bench[1].durable.snapshot = SnapshotFile(founding: configuration([1]))
        bench[2].durable.snapshot = SnapshotFile(founding: Configuration(members: []))
        for node in bench.nodes { node.start(seed: node.id.rawValue, now: bench.now) }
        bench.elect(1)
        bench.propose(1, "x")
        bench.stabilize()
        #expect(throws: Never.self) { try propose(bench, 1, configuration([1], learners: [2])).get() }
        bench.pass(milliseconds: 200)
        #expect(bench[2].appliedTexts == ["x"])
        #expect(bench.core(2).configuration == configuration([1], learners: [2]))
        #expect(throws: Never.self) { try propose(bench, 1, configuration([1, 2])).get() }
        bench.pass(milliseconds: 200)
        bench.propose(1, "y")
        bench.stabilize()
        #expect(bench[2].appliedTexts == ["x", "y"])
        bench.checker.expectNoViolations()
    }
}
