import Foundation
import Testing

@testable import Consensus

/// `ROOST_CONSENSUS_SEEDS=5000 swift test --filter RandomTests` runs more; `ROOST_CONSENSUS_SEED=17` runs one and
/// prints what happened.
@Suite("Random ensembles: the five properties of figure 3, and that faults are outlived")
struct RandomTests {
    static let seedCount = UInt64(ProcessInfo.processInfo.environment["ROOST_CONSENSUS_SEEDS"] ?? "") ?? 200
    static let onlySeed = UInt64(ProcessInfo.processInfo.environment["ROOST_CONSENSUS_SEED"] ?? "")
    static let lanes: UInt64 = 2

    @Test(arguments: 0..<lanes)
    func `whatever the network, the disks and the members do, nothing is lost and the ensemble recovers`(lane: UInt64) {
        var statistics = Statistics()
        for seed in 1...Self.seedCount where seed % Self.lanes == lane && (Self.onlySeed ?? seed) == seed {
            let simulation = Simulation(seed: seed, keepsTrace: Self.onlySeed != nil)
            let complaint = simulation.runToRest()
            if Self.onlySeed != nil { print(simulation.trace.joined(separator: "\n")) }
            #expect(complaint == nil, "seed \(seed): \(simulation.mix)")
            statistics.add(simulation)
        }
        if Self.onlySeed == nil { print(statistics) }
    }

    @Test func `the same seed gives the same history, message for message`() {
        let histories = (0..<2).map { _ in
            let simulation = Simulation(seed: 42, keepsTrace: true)
            _ = simulation.runToRest(faults: .seconds(1))
            return simulation.trace
        }
        #expect(histories[0].count > 200)
        #expect(histories[0] == histories[1])
    }

    @Test func `a disk that says it has synced before it has is found out`() {
        let seed = (1...100 as ClosedRange<UInt64>).first { seed in
            Simulation(seed: seed, liesAboutSync: true).runToRest() != nil
        }
        #expect(seed != nil)
    }

    struct Statistics: CustomStringConvertible {
        var seeds = 0
        var elections = 0
        var truncations = 0
        var installs = 0
        var crashes = 0
        var changes = 0
        var committed: UInt64 = 0
        var reads = 0

        mutating func add(_ simulation: Simulation) {
            seeds += 1
            elections += simulation.checker.elections
            truncations += simulation.checker.truncations
            installs += simulation.checker.installs
            crashes += simulation.crashes
            changes += simulation.changes
            committed += simulation.checker.chosenLast.rawValue
            reads += simulation.readsConfirmed
        }

        var description: String {
            """
            \(seeds) seeds: \(crashes) crashes, \(elections) elections, \(truncations) truncations, \
            \(installs) snapshots installed, \(changes) changes of members, \(committed) entries committed, \
            \(reads) reads confirmed
            """
        }
    }
}

extension Simulation {
    /// Runs with faults, then without.
    ///
    /// - Returns: what went wrong.
    func runToRest(faults: Span = .seconds(4), patience: Int = 600) -> String? {
        run(for: faults)
        if let violation = checker.violations.first { return violation.description }
        heal()
        stopWork()
        for _ in 0..<patience {
            run(for: .milliseconds(100))
            if let violation = checker.violations.first { return violation.description }
            if isAtRest { return nil }
        }
        return "it does not come to rest: \(nodes.map(summary).joined(separator: "; "))"
    }

    private func summary(_ node: Node) -> String {
        guard let core = node.core else { return "\(node.id) is down" }
        let status = core.status(now: now)
        let matches = status.members.map { member in
            "\(member.id):\(member.match.map { "\($0)" } ?? "-")\(member.snapshotSent.map { "+\($0)" } ?? "")"
        }
        return "\(node.id) \(status.office) leader \(status.leader.map { "\($0)" } ?? "-") term \(status.term) commit "
            + "\(status.commit) log \(status.first)...\(status.last) "
            + "snapshot \(status.snapshot) applied \(node.applied) "
            + "incoming \(status.incomingSnapshotStored)/\(status.incomingSnapshotBytes) "
            + matches.joined(separator: " ")
    }
}
