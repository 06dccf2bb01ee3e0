import ByteString
import Testing

@testable import Consensus

@Suite("Log replication and safety: Raft, sections 5.3 to 5.5")
struct ReplicationTests {
    private func entry(_ index: UInt64, _ term: UInt64, _ text: String = "x") -> Entry {
        Entry(index: LogIndex(index), term: Term(term), kind: .command, payload: Bytes(utf8: text))
    }

    private func append(
        term: UInt64, after index: UInt64, _ previousTerm: UInt64, commit: UInt64 = 0, _ entries: [Entry] = []
    ) -> PeerMessage {
        .append(
            Append(
                term: Term(term), previous: LogPosition(index: LogIndex(index), term: Term(previousTerm)),
                commit: LogIndex(commit), entries: entries))
    }

    private func accepted(_ term: UInt64, _ index: UInt64) -> PeerMessage {
        .appendReply(AppendReply(term: Term(term), result: .accepted(LogIndex(index))))
    }

    private func terms(_ core: Consensus) -> [UInt64] {
        var terms: [UInt64] = []
        var index = core.log.first
        while index <= core.log.last.index {
            terms.append(core.log[index].term.rawValue)
            index = index.next
        }
        return terms
    }

    // MARK: 5.3

    @Test func `5.3: a leader appends a command and sends it to everybody in parallel, before its own disk has it`() {
        let bench = Bench()
        bench.elect(1)
        #expect(bench.propose(1, "a", "b") == .appended(first: LogIndex(2), term: Term(1)))
        #expect(!bench[1].jobs.isEmpty)
        let appends = bench[1].outbox.filter { $0.message.appendMessage != nil }
        #expect(appends.map(\.to.rawValue) == [2, 3])
        for append in appends.compactMap(\.message.appendMessage) {
            #expect(append.previous == LogPosition(index: LogIndex(1), term: Term(1)))
            #expect(append.entries.map { String(decoding: $0.payload, as: UTF8.self) } == ["a", "b"])
        }
    }

    @Test(arguments: [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (7, 3)])
    func `5.3: an entry is committed when more than half of the voters have it on disk`(voters: Int, needed: Int) {
        let bench = Bench(voters: voters)
        bench.elect(1)
        bench.propose(1, "x")
        bench.collect()
        bench.wire = []
        bench.sync(1)
        for acknowledged in 0..<voters {
            #expect((bench.core(1).commit == LogIndex(2)) == (acknowledged >= needed))
            if acknowledged + 2 <= voters { bench.sendTo(1, accepted(1, 2), from: UInt64(acknowledged + 2)) }
        }
        #expect(bench[1].appliedTexts == ["x"])
    }

    @Test func `thesis 10.2.1: followers may commit an entry that the leader's disk does not have yet`() {
        let bench = Bench(voters: 3)
        bench.elect(1)
        bench.propose(1, "x")
        bench.collect()
        bench.wire = []
        bench.sendTo(1, accepted(1, 2), from: 2)
        #expect(bench.core(1).commit == LogIndex(1), "the leader's own copy does not count before its sync")
        bench.sendTo(1, accepted(1, 2), from: 3)
        #expect(bench.core(1).commit == LogIndex(2) && !bench[1].jobs.isEmpty)
    }

    @Test func `5.3: a follower acknowledges only what its disk has`() {
        let bench = Bench()
        bench.sendTo(2, append(term: 1, after: 0, 0, [entry(1, 1)]), from: 1)
        #expect(bench.sent(by: 2).compactMap(\.appendReply).isEmpty)
        bench.sync(2)
        #expect(
            bench.sent(by: 2).compactMap(\.appendReply) == [AppendReply(term: Term(1), result: .accepted(LogIndex(1)))])
    }

    @Test func `5.3: committing an entry commits all before it, an earlier leader's too`() {
        let bench = Bench(pasts: [.init(terms: [1, 2]), .init(terms: [1]), .init()])
        bench.elect(1)
        #expect(bench.nodes.map(\.applied) == Array(repeating: LogIndex(3), count: 3))
        #expect(bench[3].appliedTexts == ["1.1", "2.2"])
    }

    @Test func `5.3: followers apply in the order of the log as soon as they learn what is committed`() {
        let bench = Bench()
        bench.elect(1)
        for text in ["a", "b", "c"] { bench.propose(1, text) }
        bench.stabilize()
        #expect(bench.nodes.map(\.appliedTexts) == Array(repeating: ["a", "b", "c"], count: 3))
    }

    @Test func `5.3: the commit index goes to followers at once, not with the next heartbeat`() {
        let bench = Bench()
        bench.elect(1)
        bench.propose(1, "x")
        // No time passes.
        bench.stabilize()
        #expect(bench[2].appliedTexts == ["x"] && bench[3].appliedTexts == ["x"])
    }

    @Test func `5.3: commands proposed in one batch travel in one message, within the limit`() {
        var settings = Consensus.Settings()
        settings.maxAppendBytes = 600
        let bench = Bench(settings: settings)
        bench.elect(1)
        let payload = Bytes(utf8: String(repeating: "x", count: 152))
        _ = bench[1].propose(Array(repeating: payload, count: 7), now: bench.now)
        let appends = bench[1].outbox.filter { $0.to == MemberID(2) }.compactMap(\.message.appendMessage)
        #expect(appends.map(\.entries.count) == [3, 3, 1])
        bench.stabilize()
        #expect(bench[3].appliedTexts.count == 7)
    }

    @Test func `5.3: appends are pipelined up to the bounds, and go on with each acknowledgement`() {
        var settings = Consensus.Settings()
        settings.maxInflightAppends = 4
        let bench = Bench(settings: settings)
        bench.elect(1)
        for number in 0..<10 { bench.propose(1, "\(number)") }
        let appends = bench[1].outbox.filter { $0.to == MemberID(2) }.compactMap(\.message.appendMessage)
        #expect(appends.count == 4)
        bench[1].outbox = []
        bench.sendTo(1, accepted(1, 2), from: 2)
        let more = bench.sent(by: 1).compactMap(\.appendMessage).filter { !$0.entries.isEmpty }
        #expect(more.count == 1 && more[0].entries.count == 6)
    }

    @Test(
        arguments: [
            // Figure 7: the leader's log is 1 1 1 4 4 5 5 6 6 6, and these are followers'.
            [1, 1, 1, 4, 4, 5, 5, 6, 6], [1, 1, 1, 4], [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
            [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7], [1, 1, 1, 4, 4, 4, 4], [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], [],
        ] as [[UInt64]])
    func `5.3, figure 7: a leader brings every follower's log to its own`(follower: [UInt64]) {
        let leader: [UInt64] = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6]
        // The third member makes the leader electable.
        let bench = Bench(pasts: [.init(terms: leader, term: 7), .init(terms: follower, term: 7), .init()])
        bench.elect(1)
        #expect(terms(bench.core(2)) == leader + [8])
        #expect(bench[2].digest == bench[1].digest && bench[2].applied == LogIndex(11))
        bench.checker.expectNoViolations()
    }

    @Test func `5.3: a conflicting tail is cut on disk in the same write that replaces it`() {
        let bench = Bench(pasts: [.init(), .init(terms: [1, 2, 2, 2])])
        bench.sendTo(2, append(term: 3, after: 1, 1, [entry(2, 3)]), from: 1)
        guard case .write(let write?, _) = bench[2].jobs.last else { return #expect(Bool(false), "nothing is written") }
        #expect(write.truncateFrom == LogIndex(2) && write.entries == [entry(2, 3)])
        #expect(bench[2].notices.contains(.truncated(from: LogIndex(2))))
        bench.sync(2)
        #expect(bench[2].durable.entries.map(\.term) == [Term(1), Term(3)])
    }

    @Test func `5.3: a follower without the previous entry refuses`() {
        for (log, index, term) in [([], 1, 1), ([1], 2, 1), ([1, 1], 2, 2)] as [([UInt64], UInt64, UInt64)] {
            let bench = Bench(pasts: [.init(), .init(terms: log)])
            bench.sendTo(2, append(term: 2, after: index, term, [entry(index + 1, 2)]), from: 1)
            bench.sync(2)
            let reply = bench.sent(by: 2).compactMap(\.appendReply).first
            guard case .refused(let previous, let hint) = reply?.result else { return #expect(Bool(false)) }
            #expect(previous == LogIndex(index) && hint.index < previous || hint.index == LogIndex(index))
            #expect(terms(bench.core(2)) == log)
        }
    }

    @Test func `5.3: finding where the logs agree takes one refusal for each conflicting term at most`() {
        let common = Array(repeating: 1, count: 50) as [UInt64]
        let leader = common + Array(repeating: 4, count: 50) + Array(repeating: 7, count: 50)
        let follower =
            common + Array(repeating: 2, count: 60) + Array(repeating: 3, count: 60)
            + Array(repeating: 5, count: 60)
        let bench = Bench(pasts: [.init(terms: leader, term: 7), .init(terms: follower, term: 7), .init()])
        bench.campaign(1)
        var refusals = 0
        for _ in 0..<1000 {
            bench.collect()
            if let next = bench.wire.first {
                bench.wire.removeFirst()
                if next.from == MemberID(2), case .refused? = next.message.appendReply?.result { refusals += 1 }
                bench.deliver(next)
            } else if let node = bench.nodes.first(where: { !$0.jobs.isEmpty }) {
                node.finishJob(now: bench.now)
            }
        }
        #expect(terms(bench.core(2)) == leader + [8])
        #expect((1...3).contains(refusals), "\(refusals) refusals")
    }

    @Test func `5.3: a leader never cuts or changes its own log, whatever it is told`() {
        let bench = Bench(pasts: [.init(terms: [1, 2, 3])])
        bench.elect(1)
        bench.sendTo(1, append(term: 4, after: 1, 1, [entry(2, 4)]), from: 2)
        #expect(terms(bench.core(1)) == [1, 2, 3, 4] && bench.core(1).isLeader)
        #expect(bench[1].notices.contains(.dropped(.secondLeader(Term(4)), from: MemberID(2))))
    }

    // MARK: 5.4

    @Test func `5.4.2, figure 8: an entry of an older term is not committed by counting`() {
        // (c): member 1 leads again in term 4 and finds its entry of term 2 on a majority.
        let bench = Bench(
            voters: 5,
            pasts: [.init(terms: [1, 2], term: 3), .init(terms: [1, 2]), .init(terms: [1]), .init(terms: [1])])
        bench.isolate(5)
        bench.campaign(1)
        bench.stabilize { bench.core(1).isLeader }
        bench.wire = []
        let term = bench.core(1).term.rawValue
        bench.sync(1)
        for follower in [2, 3, 4] as [UInt64] { bench.sendTo(1, accepted(term, 2), from: follower) }
        #expect(bench.core(1).commit == .zero, "it is on four of five, and yet it could be replaced")
        // (e): once an entry of its own term is on a majority, all are committed.
        for follower in [2, 3] as [UInt64] { bench.sendTo(1, accepted(term, 3), from: follower) }
        #expect(bench.core(1).commit == LogIndex(3))
    }

    @Test func `5.4.2, figure 8: what was not committed is replaced by a later leader's`() {
        let bench = Bench(
            voters: 5,
            pasts: [
                .init(terms: [1, 2]), .init(terms: [1, 2]), .init(terms: [1]), .init(terms: [1]), .init(terms: [1, 3]),
            ])
        bench.isolate(1)
        bench.elect(5)
        bench.heal()
        bench.pass(milliseconds: 400)
        for node in bench.nodes { #expect(terms(node.core!).prefix(2) == [1, 3]) }
        bench.checker.expectNoViolations()
    }

    @Test func `5.3: a follower commits no further than what it compared with this leader's log`() {
        let bench = Bench(pasts: [.init(), .init(terms: [1, 2, 2])])
        // The leader has committed 3 entries, and the follower agrees about one so far.
        bench.sendTo(2, append(term: 3, after: 0, 0, commit: 3, [entry(1, 1, "1.1")]), from: 1)
        #expect(bench.core(2).commit == LogIndex(1))
        let heartbeat = Heartbeat(
            term: Term(3), office: .leader, leader: MemberID(1), commit: LogIndex(3), probe: 1, suspicions: [])
        bench.sendTo(2, .heartbeat(heartbeat), from: 1)
        #expect(bench.core(2).commit == LogIndex(1))
        bench.sendTo(2, append(term: 3, after: 1, 1, commit: 3, [entry(2, 3), entry(3, 3)]), from: 1)
        #expect(bench.core(2).commit == LogIndex(3))
        // What a leader of the last term confirmed is no longer known of the next one's log.
        bench.sendTo(2, append(term: 3, after: 3, 3, commit: 3, [entry(4, 3), entry(5, 3)]), from: 1)
        let next = Heartbeat(
            term: Term(4), office: .leader, leader: MemberID(3), commit: LogIndex(5), probe: 1, suspicions: [])
        bench.sendTo(2, .heartbeat(next), from: 3)
        #expect(bench.core(2).commit == LogIndex(3))
    }

    // MARK: 5.5

    @Test func `5.5: appends and acknowledgements that come twice, late or out of order do no harm`() {
        let bench = Bench()
        let first = append(term: 1, after: 0, 0, commit: 0, [entry(1, 1)])
        let second = append(term: 1, after: 1, 1, commit: 1, [entry(2, 1)])
        let third = append(term: 1, after: 2, 1, commit: 2, [entry(3, 1)])
        for message in [third, first, second, first, third, second, first, third] {
            bench.sendTo(2, message, from: 1)
        }
        #expect(terms(bench.core(2)) == [1, 1, 1] && bench.core(2).commit == LogIndex(2))
        bench.sync(2)
        #expect(bench[2].durable.entries.map(\.index.rawValue) == [1, 2, 3])
    }

    @Test func `5.5: what was lost on the way is sent again`() {
        let bench = Bench()
        bench.elect(1)
        bench.isolate(3)
        bench.propose(1, "x")
        bench.stabilize()
        bench.heal()
        bench.pass(milliseconds: 310)
        #expect(bench[3].appliedTexts == ["x"])
        #expect(bench.leader == 1)
    }

    @Test func `5.5: a follower that was away when the leader was elected is sent what it lacks, and no more`() {
        let past = Bench.Past(terms: Array(repeating: 1, count: 50))
        let bench = Bench(pasts: [past, past, past])
        bench.isolate(3)
        bench.elect(1)
        bench.propose(1, "x")
        bench.pass(milliseconds: 3000)
        bench.heal()
        var sent: [Append] = []
        for _ in 0..<500 {
            bench.now = bench.now + .milliseconds(5)
            for node in bench.nodes { node.step(.tick, now: bench.now) }
            bench.stabilize {
                sent += bench.wire.filter { $0.to == MemberID(3) }.compactMap(\.message.appendMessage)
                return false
            }
        }
        #expect(bench[3].applied == LogIndex(52))
        #expect(sent.map(\.previous.index).min() == LogIndex(50))
    }

    @Test func `5.5: what was on its way when a connection broke is sent again as soon as it stands`() {
        let bench = Bench()
        bench.elect(1)
        bench.isolate(3)
        bench.propose(1, "x")
        bench.stabilize()
        bench.heal()
        bench[1].step(.connection(.established, to: MemberID(3)), now: bench.now)
        bench.stabilize()
        #expect(bench[3].appliedTexts == ["x"])
    }

    @Test func `5.5: a follower that restarts under an idle leader learns what is committed`() {
        let bench = Bench()
        bench.elect(1)
        bench.propose(1, "x")
        bench.stabilize()
        bench.restart(3)
        bench.pass(milliseconds: 110)
        #expect(bench[3].appliedTexts == ["x"])
    }

    @Test func `an acknowledgement of an entry that was truncated before it was durable counts for nothing`() {
        let bench = Bench(pasts: [.init(terms: [1])])
        bench.sendTo(1, append(term: 2, after: 1, 1, [entry(2, 2), entry(3, 2)]), from: 2)
        // The disk has not even begun when another leader's entries replace them.
        bench.sendTo(1, append(term: 3, after: 1, 1, [entry(2, 3)]), from: 3)
        #expect(bench.core(1).writes.durableIndex == LogIndex(1))
        bench[1].finishJob(now: bench.now)
        #expect(bench.core(1).writes.durableIndex == LogIndex(1))
        bench.sync(1)
        #expect(bench.core(1).writes.durableIndex == LogIndex(2))
        #expect(bench[1].durable.entries.map(\.term) == [Term(1), Term(3)])
    }

    @Test func `a leader that has too much uncommitted refuses more and takes it again later`() {
        var settings = Consensus.Settings()
        settings.maxUncommittedBytes = 1000
        let bench = Bench(settings: settings)
        bench.elect(1)
        bench.isolate(2)
        bench.isolate(3)
        let payload = Bytes(utf8: String(repeating: "x", count: 600))
        #expect(bench[1].propose([payload, payload], now: bench.now) == .appended(first: LogIndex(2), term: Term(1)))
        #expect(
            bench[1].propose([payload], now: bench.now) == .refused(.overloaded(uncommittedBytes: 1296, limit: 1000)))
        bench.heal()
        bench.pass(milliseconds: 320)
        #expect(bench.core(1).commit == LogIndex(3))
        #expect(bench[1].propose([payload], now: bench.now) == .appended(first: LogIndex(4), term: Term(1)))
    }

    @Test func `who does not lead refuses a proposal and names who does`() {
        let bench = Bench()
        #expect(bench.propose(2, "x") == .refused(.notLeader(hint: nil)))
        bench.elect(1)
        #expect(bench.propose(2, "x") == .refused(.notLeader(hint: MemberID(1))))
    }

    @Test func `recovery is told as it happens: the tail sent, the tail cut, the follower in step`() {
        let bench = Bench(pasts: [.init(terms: [1, 3, 3]), .init(terms: [1, 2, 2]), .init()])
        bench.elect(1)
        #expect(bench[1].notices.contains(.sendingTail(to: MemberID(2), from: LogIndex(2))))
        #expect(bench[1].notices.contains(.sendingTail(to: MemberID(3), from: LogIndex(1))))
        #expect(bench[2].notices.contains(.truncated(from: LogIndex(2))))
        #expect(bench[2].notices.contains { if case .synchronised(with: MemberID(1), _) = $0 { true } else { false } })
    }
}
