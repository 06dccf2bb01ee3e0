import ByteString
import Testing

@testable import Consensus

@Suite("What a proposal costs does not grow with the log")
struct CostTests {
    /// Appends, writes, acknowledges and commits `batches` batches of 64 entries on a leader of three.
    ///
    /// - Returns: how long each entry took in the quickest of five runs.
    private func cost(batches: Int, after before: Int) -> Duration {
        let bench = Bench()
        bench.elect(1)
        var core = bench.core(1)
        let payload = Bytes(utf8: String(repeating: "x", count: 100))
        let batch = Array(repeating: payload, count: 64)
        func run(_ count: Int) {
            for _ in 0..<count {
                _ = core.propose(batch, now: bench.now)
                let effects = core.takeEffects()
                if let write = effects.write { core.step(.persisted(through: write.sequence), now: bench.now) }
                for follower in [2, 3] as [UInt64] {
                    let reply = AppendReply(term: core.term, result: .accepted(core.log.last.index))
                    core.step(
                        .received(.appendReply(reply), from: MemberID(follower), storage: StorageID(follower * 100)),
                        now: bench.now)
                }
                _ = core.takeEffects()
            }
        }
        run(before)
        let clock = ContinuousClock()
        return (0..<5).map { _ in clock.measure { run(batches) } }.min()! / (batches * 64)
    }

    @Test func `an entry after 100,000 others costs about as much as one after 1,000`() {
        let early = cost(batches: 20, after: 16)
        let late = cost(batches: 20, after: 1600)
        print("propose to commit on the leader, batches of 64: \(early) each early, \(late) each late")
        #expect(late < early * 4)
    }
}
