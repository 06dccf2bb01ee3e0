import Foundation
import Simulation

/// Looks for less that still breaks the same claim: a shorter time, fewer faults, fewer clients. Every attempt is a
/// process of its own, so that a seed which ends its process is made smaller like any other.
struct Shrinker {
    let seed: UInt64
    let schedule: ScheduleOptions
    private static let attemptsMax = 200

    /// What an attempt came to.
    private struct Outcome {
        var claim: String
        var faultsDrawn = 0
        var milliseconds = 0
    }

    /// Prints what it has found.
    func run() throws {
        guard let first = try attempt(schedule) else {
            return Simulate.tell("seed \(seed) does not fail again: something here is not deterministic")
        }
        var search = Search(seed: seed, best: schedule, claim: first.claim, attemptsLeft: Self.attemptsMax)
        // A process that ended told nothing of its faults.
        let count = first.faultsDrawn > 0 ? first.faultsDrawn : 200
        var faults = schedule.onlyFaults?.numbers ?? Array(1...count)
        try search.try { $0.onlyFaults = FaultNumbers([]) }
        if search.best.onlyFaults?.numbers.isEmpty == true { faults = [] }
        try search.shrinkFaults(&faults)
        try search.try { $0.watchers = 0 }
        try search.try { $0.guests = 0 }
        for count in 0..<8 {
            if try search.try({ $0.clients = count }) { break }
        }
        var milliseconds = first.milliseconds
        while milliseconds > 1000 {
            milliseconds /= 2
            guard try search.try({ $0.troubleTime = milliseconds }) else { break }
        }
        try search.shrinkFaults(&faults)
        let attempts = Self.attemptsMax - search.attemptsLeft
        Simulate.tell("after \(attempts) attempts, the smallest that breaks the same claim:")
        Simulate.tell("reproduce with: simulate --seed \(seed)\(search.best.text) --timeline --no-shrink")
    }

    private func attempt(_ schedule: ScheduleOptions) throws -> Outcome? {
        try Self.attempt(seed, schedule)
    }

    private struct Search {
        let seed: UInt64
        var best: ScheduleOptions
        let claim: String
        var attemptsLeft: Int

        /// Takes a change over if the claim is still broken with it.
        @discardableResult
        mutating func `try`(_ change: (inout ScheduleOptions) -> Void) throws -> Bool {
            guard attemptsLeft > 0 else { return false }
            attemptsLeft -= 1
            var candidate = best
            change(&candidate)
            guard try Shrinker.attempt(seed, candidate)?.claim == claim else { return false }
            best = candidate
            return true
        }

        /// Leaves out ever smaller parts of the faults (Zeller and Hildebrandt, "Simplifying and Isolating
        /// Failure-Inducing Input", 2002), the last ones first: those leave the ones before them as they are.
        mutating func shrinkFaults(_ faults: inout [Int]) throws {
            var size = (faults.count + 1) / 2
            while size >= 1, !faults.isEmpty {
                var end = faults.count
                while end > 0 {
                    let start = max(0, end - size)
                    var fewer = faults
                    fewer.removeSubrange(start..<end)
                    if try self.try({ $0.onlyFaults = FaultNumbers(fewer) }) { faults = fewer }
                    end = start
                }
                if size == 1 { return }
                size = (size + 1) / 2
            }
        }
    }

    private static func attempt(_ seed: UInt64, _ schedule: ScheduleOptions) throws -> Outcome? {
        let worker = try Worker(arguments: ["--seed", "\(seed)", "--no-shrink"] + schedule.arguments)
        var outcome: Outcome?
        while let line = worker.nextLine() {
            if line.hasPrefix("seed \(seed) failed: ") {
                let text = line.dropFirst("seed \(seed) failed: ".count)
                outcome = Outcome(claim: text.split(separator: ":").first.map(String.init) ?? String(text))
            } else if line.hasPrefix("faults drawn: ") {
                let numbers = line.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
                outcome?.faultsDrawn = numbers.first ?? 0
                outcome?.milliseconds = numbers.count > 1 ? numbers[1] : 0
            }
        }
        let status = worker.status
        if outcome == nil, status != "0" { outcome = Outcome(claim: "the process ended with status \(status)") }
        return outcome
    }
}
