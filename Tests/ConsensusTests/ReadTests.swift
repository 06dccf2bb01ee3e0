import Testing

@testable import Consensus

@Suite("Linearizable reads: Raft, section 8; thesis, section 6.4")
struct ReadTests {
    private func read(_ bench: Bench, _ token: UInt64, at id: UInt64 = 1) {
        bench[id].step(.readBarrier(ReadToken(token)), now: bench.now)
    }

    private func confirmed(_ bench: Bench, at id: UInt64 = 1) -> [UInt64] { bench[id].confirmed.map(\.token.rawValue) }

    private func reply(_ bench: Bench, _ probe: UInt64, from: UInt64) {
        bench.sendTo(1, .heartbeatReply(HeartbeatReply(term: bench.core(1).term, probe: probe)), from: from)
    }

    @Test func `a read starts a round at once and is confirmed when a quorum answered`() {
        let bench = Bench(voters: 5)
        bench.elect(1)
        bench.propose(1, "x")
        bench.stabilize()
        read(bench, 7)
        let probes = bench.sent(by: 1).compactMap(\.heartbeatMessage).map(\.probe)
        #expect(probes == Array(repeating: bench.core(1).probe, count: 4))
        reply(bench, probes[0], from: 2)
        reply(bench, probes[0], from: 2)
        #expect(confirmed(bench) == [])
        reply(bench, probes[0], from: 3)
        #expect(bench[1].confirmed == [ReadConfirmed(token: ReadToken(7), index: LogIndex(2))])
    }

    @Test func `an answer to an earlier probe confirms nothing`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 200)
        let before = bench.core(1).probe
        read(bench, 1)
        reply(bench, before, from: 2)
        reply(bench, before, from: 3)
        #expect(confirmed(bench) == [])
        reply(bench, before + 1, from: 3)
        #expect(confirmed(bench) == [1])
    }

    @Test func `reads that arrive during a round share the next one`() {
        let bench = Bench()
        bench.elect(1)
        read(bench, 1)
        let first = bench.core(1).probe
        for token in 2...5 as ClosedRange<UInt64> { read(bench, token) }
        #expect(bench.core(1).probe == first)
        reply(bench, first, from: 2)
        #expect(confirmed(bench) == [1] && bench.core(1).probe == first + 1)
        reply(bench, first + 1, from: 2)
        #expect(confirmed(bench) == [1, 2, 3, 4, 5])
    }

    @Test func `a round whose messages are lost is overtaken by the next heartbeat`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        bench.isolate(1)
        read(bench, 1)
        read(bench, 2)
        bench.stabilize()
        bench.heal()
        bench.pass(milliseconds: 60)
        #expect(confirmed(bench) == [1, 2])
    }

    @Test func `a new leader confirms no read before it committed an entry of its own term`() {
        let bench = Bench(pasts: [.init(terms: [1]), .init(terms: [1]), .init(terms: [1])])
        bench.campaign(1)
        bench.stabilize { bench.core(1).isLeader }
        read(bench, 1)
        // Everybody answers probes, nobody has the entry.
        bench.collect()
        let messages = bench.wire.filter { $0.message.appendMessage == nil }
        bench.wire = bench.wire.filter { $0.message.appendMessage != nil }
        messages.forEach(bench.deliver)
        for probe in 1...3 as ClosedRange<UInt64> where probe <= bench.core(1).probe {
            reply(bench, probe, from: 2)
            reply(bench, probe, from: 3)
        }
        #expect(confirmed(bench) == [])
        bench.stabilize()
        #expect(bench[1].confirmed == [ReadConfirmed(token: ReadToken(1), index: LogIndex(2))])
    }

    @Test func `a leader that was paused while another was elected confirms nothing when it wakes`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 100)
        // Paused: what is sent to it waits.
        bench.isolate(1)
        bench.pass(milliseconds: 800, except: [1])
        #expect(bench.leaders.contains { $0 != 1 })
        bench.propose(bench.leaders.first { $0 != 1 }!, "new")
        bench.stabilize()
        bench.heal()
        // It wakes, takes itself for the leader, and is asked.
        read(bench, 1)
        bench.propose(1, "lost")
        bench.stabilize()
        #expect(confirmed(bench) == [] && bench[1].refused == [ReadToken(1)])
        bench.pass(milliseconds: 100)
        #expect(!bench.checker.chosen.contains { $0.payload.elementsEqual("lost".utf8) })
        bench.checker.expectNoViolations()
    }

    @Test func `an answer to a probe of an older term is not taken for one to a new probe`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 500)
        let old = bench.core(1).probe
        let stale = Heartbeat(
            term: Term(1), office: .leader, leader: MemberID(1), commit: .zero, probe: old, suspicions: [])
        bench.sendTo(1, .heartbeatReply(HeartbeatReply(term: Term(2), probe: 0)), from: 2)
        bench.stabilize()
        bench.elect(1)
        #expect(bench.core(1).term > Term(1))
        // A follower meets the old heartbeat only now.
        bench.sendTo(2, .heartbeat(stale), from: 1)
        let replies = bench.sent(by: 2).compactMap(\.heartbeatReply)
        #expect(replies.map(\.probe) == [0])
    }

    @Test func `who does not lead, or no longer leads, refuses`() {
        let bench = Bench()
        read(bench, 1, at: 2)
        #expect(bench[2].refused == [ReadToken(1)])
        bench.elect(1)
        bench.isolate(1)
        read(bench, 2)
        read(bench, 3)
        bench.pass(milliseconds: 400)
        #expect(bench[1].refused == [ReadToken(2), ReadToken(3)])
    }
}
