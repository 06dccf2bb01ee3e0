import ByteString
import Testing

@testable import Consensus

@Suite("Leader election: Raft, sections 5.1 and 5.2")
struct ElectionTests {
    @Test func `5.2: a member starts as a follower that knows no leader`() {
        let bench = Bench()
        for node in bench.nodes {
            let status = node.core!.status(now: bench.now)
            #expect(status.office == .follower && status.leader == nil && status.term == .zero)
        }
    }

    @Test func `an ensemble that has just begun elects without waiting for a timeout, and only once`() {
        let bench = Bench()
        bench.pass(milliseconds: Int(bench.settings.timeoutFloor.milliseconds) / 2) { bench.leader != nil }
        #expect(bench.leader != nil)
        // One that begins beside a leader has no reason to.
        let term = bench.core(1).term
        let follower = bench.leader == 1 ? 2 : UInt64(1)
        bench.restart(follower)
        bench.pass(milliseconds: 2_000)
        #expect(bench.core(1).term == term)
    }

    @Test func `a member that has just begun alone stands for election only after a timeout`() {
        let bench = Bench()
        bench.isolate(3)
        bench.pass(milliseconds: Int(bench.settings.timeoutFloor.milliseconds) - 10, except: [1, 2])
        #expect(bench.core(3).status(now: bench.now).office == .follower)
    }

    @Test func `5.2: a leader sends heartbeats to everybody in every interval`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 50)
        var heartbeats = 0
        for _ in 0..<20 {
            bench.pass(milliseconds: 5, delivering: false)
            heartbeats += bench.sent(by: 1).compactMap(\.heartbeatMessage).filter { $0.office == .leader }.count
        }
        #expect(heartbeats == 2 * 2)
    }

    @Test func `5.2: without a leader a member stands for election after a random time within the limits`() {
        var delays: Set<Int64> = []
        for seed in 1...40 as ClosedRange<UInt64> {
            let bench = Bench(seed: seed)
            bench.pass(milliseconds: 700, except: [2, 3], delivering: false) { bench.core(1).office == .preCandidate }
            let delay = bench.now.nanoseconds / 1_000_000
            #expect(delay >= 300 && delay <= 605)
            delays.insert(delay)
        }
        #expect(delays.count > 20, "the timeouts hardly differ: \(delays)")
    }

    @Test func `5.2: a candidate raises its term, votes for itself and asks everybody at once`() {
        let bench = Bench(voters: 5)
        bench.campaign(1)
        #expect(bench.core(1).office == .preCandidate && bench.core(1).term == .zero)
        for voter in [2, 3] as [UInt64] {
            bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: true, refusal: nil)), from: voter)
        }
        #expect(
            bench.core(1).office == .candidate && bench.core(1).hardState == HardState(term: Term(1), vote: MemberID(1))
        )
        _ = bench.sent(by: 1)
        bench.sync(1)
        let requests = bench.sent(by: 1).compactMap(\.voteRequest)
        #expect(requests == Array(repeating: VoteRequest(term: Term(1), isPreVote: false, last: .zero), count: 4))
    }

    @Test(arguments: [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3)])
    func `5.2: a candidate with the votes of more than half of the voters becomes the leader`(voters: Int, needed: Int)
    {
        let bench = Bench(voters: voters)
        let voterIDs = voters > 1 ? Array(2...UInt64(voters)) : []
        bench.campaign(1)
        for voter in voterIDs {
            bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: true, refusal: nil)), from: voter)
        }
        bench.sync(1)
        for (granted, voter) in voterIDs.enumerated() {
            #expect(bench.core(1).isLeader == (granted >= needed))
            bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: false, refusal: nil)), from: voter)
            // The same vote twice is one vote.
            bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: false, refusal: nil)), from: voter)
        }
        #expect(bench.core(1).isLeader)
    }

    @Test func `5.2: a member gives one vote in a term, to the first who asks`() {
        let bench = Bench()
        let request = PeerMessage.voteRequest(VoteRequest(term: Term(1), isPreVote: false, last: .zero))
        bench.sendTo(3, request, from: 1)
        bench.sendTo(3, request, from: 2)
        bench.sendTo(3, request, from: 1)
        bench.sync(3)
        let replies = bench.sent(by: 3).compactMap(\.voteReply)
        #expect(replies.map(\.refusal).sorted { ($0 == nil ? 0 : 1) < ($1 == nil ? 0 : 1) } == [nil, nil, .voted])
        #expect(bench.core(3).hardState.vote == MemberID(1))
    }

    @Test func `5.2: a vote is durable before it leaves, and binds after a crash`() {
        let bench = Bench()
        let request = PeerMessage.voteRequest(VoteRequest(term: Term(1), isPreVote: false, last: .zero))
        bench.sendTo(3, request, from: 1)
        #expect(bench.sent(by: 3).compactMap(\.voteReply).isEmpty)
        bench.sync(3)
        #expect(bench.sent(by: 3).compactMap(\.voteReply).map(\.refusal) == [nil])
        bench.restart(3)
        bench.sendTo(3, request, from: 2)
        bench.sync(3)
        #expect(bench.sent(by: 3).compactMap(\.voteReply).map(\.refusal) == [.voted])
    }

    @Test func `5.2: a candidate does not lead before its own vote is durable`() {
        let bench = Bench()
        bench.campaign(1)
        bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: true, refusal: nil)), from: 2)
        for voter in [2, 3] as [UInt64] {
            bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: false, refusal: nil)), from: voter)
        }
        #expect(bench.core(1).office == .candidate)
        bench.sync(1)
        #expect(bench.core(1).isLeader)
    }

    @Test func `5.2: a candidate that hears from a leader of its term follows it`() {
        for message: PeerMessage in [
            .append(Append(term: Term(1), previous: .zero, commit: .zero, entries: [])),
            .heartbeat(
                Heartbeat(
                    term: Term(1), office: .leader, leader: MemberID(2), commit: .zero, probe: 1, suspicions: [])),
        ] {
            let bench = Bench()
            bench.campaign(1)
            bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: true, refusal: nil)), from: 3)
            #expect(bench.core(1).office == .candidate)
            bench.sendTo(1, message, from: 2)
            #expect(bench.core(1).office == .follower && bench.core(1).leader == MemberID(2))
        }
    }

    @Test func `5.2: a split vote is followed by another election that succeeds`() {
        let bench = Bench(voters: 4)
        bench.campaign(1)
        bench.campaign(2)
        // Each gets everybody's pre-vote, then the votes split two and two.
        for _ in 0..<2 {
            bench.collect()
            let preVotes = bench.wire
            bench.wire = []
            preVotes.forEach(bench.deliver)
        }
        #expect(bench.core(1).office == .candidate && bench.core(2).office == .candidate)
        bench.sync(1)
        bench.sync(2)
        bench.collect()
        let votes = bench.wire.filter { $0.message.voteRequest?.isPreVote == false }
        bench.wire = []
        for envelope in votes where [[1, 3], [2, 4]].contains([envelope.from.rawValue, envelope.to.rawValue]) {
            bench.deliver(envelope)
        }
        for envelope in votes { bench.deliver(envelope) }
        bench.stabilize()
        #expect(bench.leader == nil)
        bench.pass(milliseconds: 1200) { bench.leader != nil }
        #expect(bench.leaders.count == 1)
        bench.checker.expectNoViolations()
    }

    @Test(arguments: [Office.follower, .candidate, .leader])
    func `5.1: whoever sees a higher term takes it over and follows`(office: Office) {
        let bench = Bench()
        if office == .leader { bench.elect(1) }
        if office == .candidate {
            bench.campaign(1)
            bench.sendTo(1, .voteReply(VoteReply(term: Term(1), isPreVote: true, refusal: nil)), from: 3)
        }
        #expect(bench.core(1).office == office)
        bench.sendTo(1, .append(Append(term: Term(7), previous: .zero, commit: .zero, entries: [])), from: 2)
        #expect(
            bench.core(1).office == .follower && bench.core(1).term == Term(7) && bench.core(1).leader == MemberID(2))
    }

    @Test func `5.1: a new term is not revealed before it is durable`() {
        let bench = Bench()
        bench.sendTo(1, .append(Append(term: Term(7), previous: .zero, commit: .zero, entries: [])), from: 2)
        bench.sendTo(1, .append(Append(term: Term(6), previous: .zero, commit: .zero, entries: [])), from: 3)
        bench.pass(milliseconds: 60, delivering: false)
        for case .heartbeat(let heartbeat) in bench.sent(by: 1) {
            #expect(heartbeat.term == .zero && heartbeat.leader == nil)
        }
        bench.sync(1)
        #expect(bench.sent(by: 1).compactMap(\.appendReply).map(\.term) == [Term(7)])
    }

    @Test func `5.1: requests of an old term are refused with the new one, answers of an old term are ignored`() {
        let bench = Bench(pasts: [.init(term: 5), .init(term: 5), .init(term: 5)])
        bench.elect(1)
        let leaderTerm = bench.core(1).term
        bench.sendTo(1, .append(Append(term: Term(5), previous: .zero, commit: .zero, entries: [])), from: 2)
        #expect(bench.sent(by: 1).compactMap(\.appendReply).map(\.term) == [leaderTerm])
        bench.propose(1, "x")
        let commit = bench.core(1).commit
        bench.sendTo(
            1, .appendReply(AppendReply(term: Term(5), result: .accepted(bench.core(1).log.last.index))), from: 2)
        bench.sync(1)
        #expect(bench.core(1).commit == commit && bench.core(1).isLeader)
    }

    @Test(
        arguments: [
            // The candidate's log, the voter's log, and whether the vote is given.
            ([1], [1], true), ([1, 1], [1], true), ([1], [1, 1], false), ([1], [1, 2], false),
            ([1, 2], [1, 1, 1], true),
            ([2], [1, 1, 1], true), ([1, 1, 1], [2], false), ([], [1], false), ([], [], true),
        ] as [([UInt64], [UInt64], Bool)])
    func `5.4.1: a vote goes only to a candidate whose log is at least as up to date`(
        candidate: [UInt64], voter: [UInt64], isGiven: Bool
    ) {
        for isPreVote in [true, false] {
            let bench = Bench(pasts: [.init(), .init(terms: voter, term: 2)])
            let last = LogPosition(index: LogIndex(UInt64(candidate.count)), term: Term(candidate.last ?? 0))
            bench.sendTo(2, .voteRequest(VoteRequest(term: Term(3), isPreVote: isPreVote, last: last)), from: 1)
            bench.sync(2)
            let replies = bench.sent(by: 2).compactMap(\.voteReply)
            #expect(replies.map(\.refusal) == [isGiven ? nil : .log])
        }
    }

    // MARK: Thesis

    @Test func `thesis 9.6: a pre-vote changes neither term nor vote, of nobody`() {
        let bench = Bench()
        bench.sendTo(2, .voteRequest(VoteRequest(term: Term(1), isPreVote: true, last: .zero)), from: 1)
        #expect(bench.core(2).hardState == .initial && bench.core(2).campaignAt != nil)
        bench.campaign(1)
        #expect(bench.core(1).hardState == .initial)
        #expect(!bench.nodes.contains { !$0.jobs.isEmpty })
    }

    @Test func `thesis 9.6: a member that was cut off does not disturb the leader when it comes back`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        bench.isolate(3)
        bench.pass(milliseconds: 3000)
        #expect(bench.core(3).term == Term(1) && bench.core(3).office == .preCandidate)
        bench.heal()
        bench.pass(milliseconds: 500)
        #expect(bench.leader == 1 && bench.core(1).term == Term(1))
        #expect(bench.core(3).leader == MemberID(1))
    }

    @Test func `thesis 4.2.3: a voter that hears from its leader refuses another and keeps its term`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        for isPreVote in [true, false] {
            let request = VoteRequest(term: Term(9), isPreVote: isPreVote, last: bench.core(3).log.last)
            for voter in [1, 2] as [UInt64] {
                bench.sendTo(voter, .voteRequest(request), from: 3)
                #expect(bench.sent(by: voter).compactMap(\.voteReply).map(\.refusal) == [.sticky])
                #expect(bench.core(voter).term == Term(1))
            }
        }
        #expect(bench.leader == 1)
    }

    @Test func `thesis 3.10: stickiness does not bind when the leader itself asked for the election`() {
        let bench = Bench()
        bench.elect(1)
        bench.propose(1, "x")
        let target = bench[1].change { $0.transferLeadership(to: MemberID(3), now: bench.now) }
        #expect(target == MemberID(3))
        #expect(bench.propose(1, "y") == .refused(.transferring(to: MemberID(3))))
        bench.stabilize()
        #expect(bench.leader == 3 && bench.core(3).term == Term(2))
        #expect(bench[3].appliedTexts == ["x"])
        bench.checker.expectNoViolations()
    }

    @Test func `thesis 3.10: a handover to a member that does not answer is given up after a timeout`() {
        let bench = Bench()
        bench.elect(1)
        bench.isolate(3)
        bench.propose(1, "x")
        bench[1].change { _ = $0.transferLeadership(to: MemberID(3), now: bench.now) }
        bench.pass(milliseconds: 290)
        #expect(bench.core(1).refusal == .transferring(to: MemberID(3)))
        bench.pass(milliseconds: 20)
        #expect(bench.core(1).refusal == nil && bench.leader == 1)
    }

    @Test func `thesis 6.2: a leader without a quorum steps down within a timeout and says so`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        bench.isolate(1)
        bench.pass(milliseconds: 330)
        #expect(!bench.core(1).isLeader && bench.core(1).leader == nil)
        #expect(bench[1].notices.contains(.steppedDown(term: Term(1))))
        bench.pass(milliseconds: 300)
        #expect(bench.leaders.count == 1 && bench.leader != 1)
        bench.heal()
        bench.pass(milliseconds: 200)
        #expect(bench.core(1).leader?.rawValue == bench.leader)
    }

    @Test func `a copy of a heartbeat ends a suspicion for silence, but does not raise the dead`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        bench.isolate(1)
        bench.pass(milliseconds: 320)
        var heartbeat = Heartbeat(
            term: Term(1), office: .leader, leader: MemberID(1), commit: .zero, probe: 0, suspicions: [])
        heartbeat.isCopy = true
        let copy = Event.received(.heartbeat(heartbeat), from: MemberID(1), storage: bench[1].storage)
        let isSuspected = { (id: UInt64) in bench.core(id).status(now: bench.now).members[0].suspicion != nil }
        #expect(isSuspected(3))
        bench[3].step(copy, now: bench.now)
        #expect(!isSuspected(3))
        bench[3].step(.connection(.lost, to: MemberID(1)), now: bench.now)
        bench[3].step(.connection(.refused, to: MemberID(1)), now: bench.now)
        bench[3].step(copy, now: bench.now)
        #expect(isSuspected(3), "another connection may deliver what a process sent before it died")
    }

    @Test func `6.2: a leader that hears nobody, though everybody hears it, makes room`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        for other in [2, 3] as [UInt64] { bench.cut.insert(.init(from: MemberID(other), to: MemberID(1))) }
        bench.pass(milliseconds: 600)
        #expect(bench.leaders.count == 1 && bench.leader != 1)
    }

    @Test func `6.2: who says that it follows its leader counts as heard though its answers are lost`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        bench.isLost = { if case .heartbeatReply = $0.message { true } else { false } }
        bench.pass(milliseconds: 2000)
        #expect(bench.leaders == [1] && bench.core(1).term == Term(1))
        // Not so one that hears nothing of its leader: it says that it suspects it.
        for other in [2, 3] as [UInt64] { bench.cut.insert(.init(from: MemberID(1), to: MemberID(other))) }
        bench.pass(milliseconds: 900)
        #expect(!bench.leaders.contains(1) && bench.leaders.count == 1)
    }

    @Test func `a member alone leads as soon as its vote is durable`() {
        let bench = Bench(voters: 1)
        bench.pass(milliseconds: 5)
        #expect(bench.leader == 1)
        bench.propose(1, "x")
        bench[1].step(.readBarrier(ReadToken(1)), now: bench.now)
        bench.stabilize()
        #expect(bench[1].appliedTexts == ["x"])
        #expect(bench[1].confirmed == [ReadConfirmed(token: ReadToken(1), index: LogIndex(1))])
        bench.pass(milliseconds: 5000)
        #expect(bench.leader == 1 && bench.core(1).term == Term(1))
    }

    @Test func `a learner neither stands for election nor counts`() {
        let bench = Bench(voters: 2, learners: 2)
        bench.pass(milliseconds: 2000)
        let leader = bench.leader!
        #expect(leader <= 2)
        bench.isolate(3 - leader)
        bench.pass(milliseconds: 3000)
        #expect(bench.leader == nil, "one voter of two and two learners are no quorum")
        #expect(!bench.nodes[2...].contains { $0.core!.office != .follower })
    }

    @Test func `of four voters three are needed`() {
        let bench = Bench(voters: 4)
        bench.elect(1)
        bench.isolate(4)
        bench.propose(1, "x")
        bench.stabilize()
        #expect(bench[1].appliedTexts == ["x"])
        bench.isolate(3)
        bench.propose(1, "y")
        bench.stabilize()
        #expect(bench[1].appliedTexts == ["x"])
        bench.pass(milliseconds: 1000)
        #expect(bench.leader == nil)
    }
}
