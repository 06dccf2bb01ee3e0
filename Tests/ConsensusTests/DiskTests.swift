import Testing

@testable import Consensus

@Suite("A leader whose disk is unfit")
struct DiskTests {
    private func led(voters: Int = 3) -> Bench {
        let bench = Bench(voters: voters)
        bench.elect(1)
        bench.pass(milliseconds: 100)
        return bench
    }

    @Test func `hands over when a write takes too long, and nothing that was proposed is lost`() {
        let bench = led()
        bench.stalledDisks = [1]
        bench.propose(1, "x")
        bench.pass(milliseconds: 950)
        #expect(bench.leaders == [1])
        #expect(bench[2].appliedTexts == ["x"], "the others commit without it")
        bench.pass(milliseconds: 150)
        let leader = bench.leader
        #expect(leader == 2 || leader == 3)
        #expect(bench.leaders.count == 1)
        bench.propose(leader ?? 2, "y")
        bench.pass(milliseconds: 100)
        #expect(bench[5 - (leader ?? 2)].appliedTexts == ["x", "y"])
        bench.stalledDisks = []
        bench.pass(milliseconds: 200)
        #expect(bench[1].appliedTexts == ["x", "y"])
    }

    @Test func `stays where nobody can lead without it`() {
        let bench = led(voters: 2)
        bench.stalledDisks = [1]
        bench.propose(1, "x")
        bench.pass(milliseconds: 3000)
        #expect(bench.leaders == [1])
        bench.stalledDisks = []
        bench.pass(milliseconds: 100)
        #expect(bench[2].appliedTexts == ["x"])
    }

    @Test func `hands over when it is full, to one that is not`() {
        let bench = led()
        bench[2].change { $0.setDiskFull(true) }
        bench.pass(milliseconds: 100)
        #expect(bench.leaders == [1])
        bench[1].change { $0.setDiskFull(true) }
        bench.pass(milliseconds: 100)
        #expect(bench.leaders == [3])
        #expect(bench.core(3).isQuorumFull, "two of three")
        bench[2].change { $0.setDiskFull(false) }
        bench.pass(milliseconds: 100)
        #expect(!bench.core(3).isQuorumFull)
    }

    @Test func `stays when all are full`() {
        let bench = led()
        for id in [2, 3] as [UInt64] { bench[id].change { $0.setDiskFull(true) } }
        bench.pass(milliseconds: 100)
        bench[1].change { $0.setDiskFull(true) }
        bench.pass(milliseconds: 5000)
        #expect(bench.leaders == [1])
        #expect(bench.core(1).isQuorumFull)
    }
}
