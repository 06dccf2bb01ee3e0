import Foundation
import Simulation

/// Many seeds, in processes of their own: a seed that ends its process is a failure with a seed like any other.
final class Soak {
    private let seeds: SeedRange
    private let jobs: Int
    private let schedule: ScheduleOptions
    private let keepsGoing: Bool
    private let printsDigests: Bool
    private let shrinks: Bool
    private var totals = Statistics()
    /// How many seeds met an item at all.
    private var met = Statistics()
    private var finished = 0
    private var failures: [(seed: UInt64, reason: String)] = []
    private var digests: [UInt64: UInt64] = [:]
    private let began = Date()

    /// The least of what any seed brought.
    private var least = (milliseconds: Int.max, calls: Int.max, faults: Int.max)
    private var simulatedMilliseconds = 0

    /// What a soak must have met in many seeds to show anything, if it is long enough to say so.
    private static let required: [Statistics.Item] = [
        .leaderChanges, .truncations, .snapshotsInstalled, .memberChanges, .repairs, .fullDisks, .diskFailures,
        .levelRaises,
    ]
    private static let requiredPerCent = 5
    private static let requiredSeeds = 1000
    /// Every so many seeds one is run again, in another process.
    private static let repeatedStride = 50

    init(
        seeds: SeedRange, jobs: Int, schedule: ScheduleOptions, keepsGoing: Bool, printsDigests: Bool, shrinks: Bool
    ) {
        self.seeds = seeds
        self.jobs = jobs
        self.schedule = schedule
        self.keepsGoing = keepsGoing
        self.printsDigests = printsDigests
        self.shrinks = shrinks
    }

    /// - Returns: whether no seed failed, and the seeds met enough.
    func run() throws -> Bool {
        var workers: [Worker] = []
        for job in 0..<UInt64(jobs) where seeds.lowerBound + job < seeds.upperBound {
            workers.append(try start(from: seeds.lowerBound + job))
        }
        defer { for worker in workers { worker.end() } }
        while !workers.isEmpty {
            guard failures.isEmpty || keepsGoing else { break }
            for index in workers.indices.reversed() {
                let worker = workers[index]
                if try take(from: worker) { continue }
                workers.remove(at: index)
                guard let next = try buried(worker), keepsGoing else { continue }
                workers.append(next)
            }
        }
        let duration = Date().timeIntervalSince(began)
        if failures.isEmpty { try repeatSample() }
        printSummary(duration)
        if shrinks, let first = failures.first { try Shrinker(seed: first.seed, schedule: schedule).run() }
        return failures.isEmpty && hasMetEnough
    }

    private func start(from seed: UInt64) throws -> Worker { try start(from: seed, stride: jobs) }

    private func start(from seed: UInt64, stride: Int) throws -> Worker {
        try Worker(
            arguments: ["--seeds", "\(seed)..<\(seeds.upperBound)", "--stride", "\(stride)", "--worker"]
                + schedule.arguments)
    }

    /// A seed takes the same way in another process, where Swift hashes differently.
    private func repeatSample() throws {
        let worker = try start(from: seeds.lowerBound, stride: Self.repeatedStride)
        defer { worker.end() }
        var count = 0
        while let line = worker.nextLine() {
            guard let done = WorkerLine(text: line) else { continue }
            count += 1
            guard digests[done.seed] != done.digest else { continue }
            fail(done.seed, "the same seed took another way in another process")
        }
        Simulate.tell("\(count) seeds run again in another process")
    }

    private var hasMetEnough: Bool {
        finished < Self.requiredSeeds || Self.required.allSatisfy { met[$0] * 100 >= finished * Self.requiredPerCent }
    }

    /// Takes a line from a worker.
    /// - Returns: false if the worker has ended.
    private func take(from worker: Worker) throws -> Bool {
        guard let line = worker.nextLine() else { return false }
        if let begun = WorkerLine.begun(line) {
            worker.seed = begun
        } else if let done = WorkerLine(text: line) {
            worker.seed = nil
            count(done)
        }
        return true
    }

    private func count(_ line: WorkerLine) {
        finished += 1
        digests[line.seed] = line.digest
        simulatedMilliseconds += line.milliseconds
        if line.violation == nil {
            least.milliseconds = min(least.milliseconds, line.milliseconds)
            least.calls = min(least.calls, line.statistics[.calls])
            least.faults = min(least.faults, line.statistics[.faults])
        }
        for item in Statistics.Item.allCases {
            totals[item] += line.statistics[item]
            met[item] += line.statistics[item] > 0 ? 1 : 0
        }
        if let violation = line.violation { fail(line.seed, violation) }
        if printsDigests { Simulate.tell("seed \(line.seed) digest \(Line.hexadecimal(line.digest))") }
        if finished.isMultiple(of: 500) {
            let rate = rate(Date().timeIntervalSince(began))
            Simulate.tell("\(finished) seeds, \(failures.count) failed, \(rate) seeds/s")
        }
    }

    /// A worker has ended: a seed that it had begun ended it.
    /// - Returns: a worker for the seeds that it did not come to.
    private func buried(_ worker: Worker) throws -> Worker? {
        guard let seed = worker.seed else { return nil }
        finished += 1
        fail(seed, "the process ended with status \(worker.status)")
        return seed + UInt64(jobs) < seeds.upperBound ? try start(from: seed + UInt64(jobs)) : nil
    }

    private func fail(_ seed: UInt64, _ reason: String) {
        failures.append((seed, reason))
        Simulate.tell("seed \(seed) failed: \(reason)")
        Simulate.tell("reproduce with: simulate --seed \(seed)\(schedule.text) --timeline")
    }

    private func rate(_ duration: TimeInterval) -> String {
        String(format: "%.1f", Double(finished) / max(0.001, duration))
    }

    private func printSummary(_ duration: TimeInterval) {
        var combined: UInt64 = 0
        for seed in digests.keys.sorted() { combined = combined &* 0x100_0000_01b3 ^ digests[seed, default: 0] }
        Simulate.tell(
            "\(finished) seeds, \(failures.count) failed, \(rate(duration)) seeds/s, digest of digests "
                + Line.hexadecimal(combined))
        if least.calls < .max {
            Simulate.tell(
                "\(simulatedMilliseconds / 3_600_000) simulated hours; each seed at least "
                    + "\(least.milliseconds / 1000) s, \(least.calls) calls, \(least.faults) faults")
        }
        for item in Statistics.Item.allCases {
            let share = String(format: "%.1f", Double(met[item] * 100) / Double(max(1, finished)))
            let isShort = Self.required.contains(item) && met[item] * 100 < finished * Self.requiredPerCent
            Simulate.tell(
                "  \(item): \(totals[item]), in \(met[item]) seeds (\(share) %)"
                    + (isShort ? ", fewer than \(Self.requiredPerCent) %" : ""))
        }
        for failure in failures.prefix(20) { Simulate.tell("failed: \(failure.seed) \(failure.reason)") }
    }
}

/// A process that runs seeds one after the other.
final class Worker {
    /// The seed that it has begun and not finished.
    var seed: UInt64?
    private let process = Process()
    private let output = Pipe()
    private var buffered = Data()

    init(arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: Self.ownPath)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
    }

    private static var ownPath: String {
        let link = "/proc/self/exe"
        if FileManager.default.fileExists(atPath: link),
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
        {
            return path
        }
        return CommandLine.arguments[0]
    }

    /// Waits for the next line; nil at the end.
    func nextLine() -> String? {
        while true {
            if let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffered[buffered.startIndex..<end], as: UTF8.self)
                buffered = buffered[(end + 1)...]
                return line
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            buffered.append(data)
        }
    }

    /// What the process ended with.
    var status: String {
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
            ? "signal \(process.terminationStatus)" : "\(process.terminationStatus)"
    }

    func end() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }
}

/// What a worker tells of a seed.
struct WorkerLine {
    var seed: UInt64
    var digest: UInt64
    /// How much simulated time passed.
    var milliseconds: Int
    var statistics = Statistics()
    var violation: String?

    init(_ report: Report) {
        seed = report.seed
        digest = report.digest
        milliseconds = Int(report.simulated.nanoseconds / 1_000_000)
        statistics = report.statistics
        violation = report.violation
    }

    var text: String {
        let counts = Statistics.Item.allCases.map { "\(statistics[$0])" }.joined(separator: ",")
        let verdict = violation.map { "violated " + $0.replacing("\n", with: " ") } ?? "ok"
        return "end \(seed) \(digest) \(milliseconds) \(counts) \(verdict)"
    }

    init?(text: String) {
        let parts = text.split(separator: " ", maxSplits: 6)
        guard parts.count >= 6, parts[0] == "end", let seed = UInt64(parts[1]), let digest = UInt64(parts[2]),
            let milliseconds = Int(parts[3])
        else { return nil }
        self.milliseconds = milliseconds
        self.seed = seed
        self.digest = digest
        for (item, count) in zip(Statistics.Item.allCases, parts[4].split(separator: ",")) {
            statistics[item] = Int(count) ?? 0
        }
        if parts[5] != "ok" { violation = parts.count > 6 ? String(parts[6]) : "?" }
    }

    static func begun(_ line: String) -> UInt64? {
        line.hasPrefix("begin ") ? UInt64(line.dropFirst(6)) : nil
    }
}
