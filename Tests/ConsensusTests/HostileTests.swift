import ByteString
import Testing

@testable import Consensus

@Suite("Messages that cannot be right are dropped and told, and stop nobody")
struct HostileTests {
    private let huge = UInt64.max

    private func flaws(_ bench: Bench, _ id: UInt64) -> [Flaw] {
        bench[id].notices.compactMap { if case .dropped(let flaw, _) = $0 { flaw } else { nil } }
    }

    private func entry(_ index: UInt64, _ term: UInt64, kind: Entry.Kind = .command) -> Entry {
        Entry(index: LogIndex(index), term: Term(term), kind: kind, payload: Bytes(utf8: "x"))
    }

    private func append(
        _ term: UInt64, _ index: UInt64, _ previousTerm: UInt64, commit: UInt64 = 0, _ entries: [Entry] = []
    ) -> PeerMessage {
        .append(
            Append(
                term: Term(term), previous: LogPosition(index: LogIndex(index), term: Term(previousTerm)),
                commit: LogIndex(commit), entries: entries))
    }

    @Test func `numbers beyond all bounds`() {
        let position = LogPosition(index: LogIndex(huge), term: Term(huge))
        let snapshot = SnapshotMetadata(
            position: LogPosition(index: LogIndex(1), term: Term(1)), configuration: Configuration(members: []),
            byteCount: huge)
        let messages: [PeerMessage] = [
            .heartbeat(
                Heartbeat(
                    term: Term(huge), office: .leader, leader: nil, commit: .zero, probe: huge, suspicions: [])),
            .heartbeat(
                Heartbeat(
                    term: Term(1), office: .leader, leader: nil, commit: LogIndex(huge), probe: 1, suspicions: [])),
            .heartbeatReply(HeartbeatReply(term: Term(huge), probe: huge)),
            .voteRequest(VoteRequest(term: Term(huge), isPreVote: false, last: .zero)),
            .voteRequest(VoteRequest(term: Term(1), isPreVote: true, last: position)),
            .voteReply(VoteReply(term: Term(huge), isPreVote: false, refusal: .term)),
            append(huge, 0, 0), append(1, huge, 1), append(1, 1, huge), append(1, 0, 0, commit: huge), append(1, 0, 1),
            .appendReply(AppendReply(term: Term(1), result: .accepted(LogIndex(huge)))),
            .appendReply(AppendReply(term: Term(1), result: .refused(previous: LogIndex(huge), hint: position))),
            .snapshotChunk(SnapshotChunk(term: Term(1), snapshot: snapshot, offset: huge, data: [1])),
            .snapshotReply(SnapshotReply(term: Term(1), position: position, nextOffset: huge, isInstalled: true)),
            .timeoutNow(term: Term(huge)),
        ]
        for isLeader in [false, true] {
            let bench = Bench()
            if isLeader { bench.elect(1) }
            let before = bench.core(1).hardState
            for message in messages { bench.sendTo(1, message, from: 2) }
            #expect(flaws(bench, 1) == Array(repeating: .impossibleNumber, count: messages.count))
            #expect(bench.core(1).hardState == before && bench.core(1).isLeader == isLeader)
        }
    }

    @Test func `entries that do not follow each other`() {
        let messages = [
            append(3, 0, 0, [entry(2, 1)]), append(3, 0, 0, [entry(1, 1), entry(3, 1)]),
            append(3, 0, 0, [entry(1, 2), entry(2, 1)]), append(3, 0, 0, [entry(1, 4)]), append(3, 0, 0, [entry(1, 0)]),
            append(3, 5, 4),
        ]
        let bench = Bench()
        for message in messages { bench.sendTo(2, message, from: 1) }
        #expect(flaws(bench, 2) == Array(repeating: .brokenSequence, count: messages.count))
        #expect(bench.core(2).hardState == .initial)
    }

    @Test func `an append that contradicts what is committed`() {
        let bench = Bench()
        bench.elect(1)
        bench.propose(1, "x")
        bench.stabilize()
        bench.sendTo(2, append(9, 0, 0, [entry(1, 8)]), from: 3)
        bench.sendTo(2, append(9, 1, 8, [entry(2, 8)]), from: 3)
        #expect(flaws(bench, 2) == [.contradictsCommitted(LogIndex(1)), .contradictsCommitted(LogIndex(1))])
        #expect(bench[2].appliedTexts == ["x"] && bench.core(2).log.last.index == LogIndex(2))
    }

    @Test func `an append that contradicts what the same leader sent before`() {
        let bench = Bench()
        bench.sendTo(2, append(3, 0, 0, [entry(1, 1), entry(2, 1)]), from: 1)
        bench.sendTo(2, append(3, 1, 1, [entry(2, 3)]), from: 1)
        #expect(flaws(bench, 2) == [.contradictsCommitted(LogIndex(2))])
    }

    @Test func `a second leader of the same term`() {
        let bench = Bench()
        bench.elect(1)
        bench.sendTo(1, append(1, 0, 0), from: 2)
        bench.sendTo(3, append(1, 0, 0), from: 2)
        let heartbeat = Heartbeat(
            term: Term(1), office: .leader, leader: MemberID(2), commit: .zero, probe: 1, suspicions: [])
        bench.sendTo(1, .heartbeat(heartbeat), from: 2)
        bench.sendTo(3, .heartbeat(heartbeat), from: 2)
        #expect(flaws(bench, 1) == [.secondLeader(Term(1)), .secondLeader(Term(1))])
        #expect(flaws(bench, 3) == [.secondLeader(Term(1)), .secondLeader(Term(1))])
        #expect(bench.leader == 1 && bench.core(3).leader == MemberID(1))
    }

    @Test func `answers to what was never sent`() {
        let bench = Bench()
        bench.elect(1)
        for result in [
            AppendReply.Result.accepted(LogIndex(99)), .refused(previous: LogIndex(99), hint: .zero),
        ] {
            bench.sendTo(1, .appendReply(AppendReply(term: Term(1), result: result)), from: 2)
        }
        bench.sendTo(1, .heartbeatReply(HeartbeatReply(term: Term(1), probe: 1 << 40)), from: 2)
        #expect(flaws(bench, 1) == [.neverSent, .neverSent, .neverSent])
        bench.propose(1, "x")
        bench.stabilize()
        #expect(bench[3].appliedTexts == ["x"])
    }

    @Test func `a configuration that cannot be read`() {
        let bench = Bench()
        bench.sendTo(2, append(1, 0, 0, [entry(1, 1), entry(2, 1, kind: .configuration)]), from: 1)
        #expect(flaws(bench, 2) == [.unreadableConfiguration(LogIndex(2))])
        #expect(bench.core(2).log.last == .zero)
    }

    @Test func `parts of snapshots that lie outside of them`() {
        let bench = Bench()
        func snapshot(_ index: UInt64, _ term: UInt64) -> SnapshotMetadata {
            SnapshotMetadata(
                position: LogPosition(index: LogIndex(index), term: Term(term)),
                configuration: bench.core(1).configuration, byteCount: 10)
        }
        for (offset, data, snapshot) in [
            (0, Bytes(), snapshot(5, 1)), (8, [1, 2, 3], snapshot(5, 1)), (0, [1], snapshot(0, 0)),
            (0, [1], snapshot(5, 9)),
        ] as [(UInt64, Bytes, SnapshotMetadata)] {
            bench.sendTo(
                2, .snapshotChunk(SnapshotChunk(term: Term(2), snapshot: snapshot, offset: offset, data: data)), from: 1
            )
        }
        #expect(flaws(bench, 2) == Array(repeating: .brokenSnapshot, count: 4))
    }

    @Test func `messages in one's own name`() {
        let bench = Bench()
        bench.sendTo(1, append(5, 0, 0), from: 1)
        #expect(flaws(bench, 1) == [.fromOneself] && bench.core(1).term == .zero)
    }

    @Test func `a request to stand that does not come from the leader`() {
        let bench = Bench()
        bench.elect(1)
        bench.sendTo(3, .timeoutNow(term: Term(1)), from: 2)
        bench.sendTo(3, .timeoutNow(term: .zero), from: 1)
        #expect(bench.core(3).office == .follower)
    }

    @Test func `random messages of all kinds do not stop a member`() {
        var random = SeededRandom(seed: 11)
        func number() -> UInt64 { random.pick([0, 0, 1, 2, 3, 4, 5, 1 << 40, 1 << 61, .max]) }
        func position() -> LogPosition { LogPosition(index: LogIndex(number()), term: Term(number())) }
        func message() -> PeerMessage {
            let term = Term(number())
            switch random.next() % 9 {
            case 0:
                return .heartbeat(
                    Heartbeat(
                        term: term, office: random.pick([.follower, .candidate, .leader, .learner]), leader: nil,
                        commit: LogIndex(number()), probe: number(),
                        suspicions: [
                            Suspicion(member: MemberID(1 + random.next() % 5), reason: .silence, silence: .zero)
                        ]))
            case 1: return .heartbeatReply(HeartbeatReply(term: term, probe: number()))
            case 2:
                return .voteRequest(
                    VoteRequest(
                        term: term, isPreVote: random.chance(50), last: position(),
                        isLeadershipTransfer: random.chance(20)))
            case 3:
                return .voteReply(
                    VoteReply(
                        term: term, isPreVote: random.chance(50),
                        refusal: random.pick([nil, .term, .sticky, .log, .voted])))
            case 4:
                var previous = position()
                let start = previous
                let entries = (0..<Int(random.next() % 4)).map { _ in
                    previous = LogPosition(
                        index: LogIndex(previous.index.rawValue &+ 1),
                        term: Term(max(previous.term.rawValue, random.next() % 6)))
                    return Entry(
                        index: previous.index, term: previous.term,
                        kind: random.pick([.command, .noop, .configuration]),
                        payload: [1, 2])
                }
                return .append(Append(term: term, previous: start, commit: LogIndex(number()), entries: entries))
            case 5: return .appendReply(AppendReply(term: term, result: .accepted(LogIndex(number()))))
            case 6:
                return .appendReply(
                    AppendReply(term: term, result: .refused(previous: LogIndex(number()), hint: position())))
            case 7:
                let snapshot = SnapshotMetadata(
                    position: position(), configuration: Bench.configuration(voters: 3), byteCount: number())
                return .snapshotChunk(SnapshotChunk(term: term, snapshot: snapshot, offset: number(), data: [1, 2, 3]))
            default:
                return random.chance(50)
                    ? .timeoutNow(term: term)
                    : .snapshotReply(
                        SnapshotReply(
                            term: term, position: position(), nextOffset: number(), isInstalled: random.chance(50)))
            }
        }
        // A liar can make a member believe anything that could be true, but not stop it. Each round begins afresh.
        for round in 0..<300 as Range<UInt64> {
            let bench = Bench(seed: round)
            if round % 2 == 0 { bench.elect(1) }
            for _ in 0..<60 {
                bench.sendTo(1, message(), from: random.pick([2, 3, 4]))
                if random.chance(20) { bench.pass(milliseconds: 50, except: [2, 3], delivering: false) }
                // (A part of a made-up snapshot must not reach the disk of this test's node.)
                if random.chance(30), bench.core(1).incoming == nil { bench[1].finishJob(now: bench.now) }
                if bench.core(1).isLeader { bench.propose(1, "x") }
                bench[1].step(.readBarrier(ReadToken(1)), now: bench.now)
            }
            #expect(bench[1].isUp)
        }
    }
}
