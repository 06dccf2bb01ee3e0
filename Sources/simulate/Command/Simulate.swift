import ArgumentParser
import Foundation
import Simulation

/// Runs whole ensembles in a simulated world and judges what their clients were told.
@main
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Runs whole ensembles over a simulated network, disk and clock, each from one seed.",
        discussion: """
            Each seed draws its own ensemble, workload and faults. A seed gives the same trace in every process; its \
            digest is printed. Exits with 1 if a claim was broken.
            """)

    @Option(help: "Run this seed alone, here.")
    var seed: UInt64?

    @Option(help: "Run these seeds: A..<B, or a number of seeds from 1 on.")
    var seeds: SeedRange?

    @Option(help: "Run nothing: judge what clients of a real ensemble recorded in this file.")
    var history: String?

    @Flag(help: "Print what happens, event by event (with --seed).")
    var trace = false

    @Flag(help: "Print what people want to know of a run, with the state of each member (with --seed).")
    var timeline = false

    @Option(help: "Write the timeline and a log for each member into this folder (with --seed).")
    var logs: String?

    @Flag(help: "Do not look for the smallest schedule with which a failed seed still fails.")
    var noShrink = false

    @OptionGroup var schedule: ScheduleOptions

    @Option(help: "How many processes run seeds at the same time.")
    var jobs = 1

    @Flag(help: "Go on after a seed has failed.")
    var keepGoing = false

    @Flag(help: "Print a line for each seed, with its digest.")
    var digests = false

    @Flag(help: .hidden)
    var worker = false

    @Option(help: .hidden)
    var stride = 1

    func validate() throws {
        guard [seed != nil, seeds != nil, history != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("give one of --seed, --seeds and --history")
        }
        guard !trace && !timeline && logs == nil || seed != nil else {
            throw ValidationError("--trace, --timeline and --logs need --seed")
        }
        guard (1...64).contains(jobs) else { throw ValidationError("1 to 64 jobs") }
    }

    func run() throws {
        if let history {
            try judge(history)
        } else if let seed {
            try runOne(seed)
        } else if let seeds, worker {
            runWorker(seeds)
        } else if let seeds {
            let soak = Soak(
                seeds: seeds, jobs: jobs, schedule: schedule, keepsGoing: keepGoing, printsDigests: digests,
                shrinks: !noShrink)
            guard try soak.run() else { throw ExitCode.failure }
        }
    }

    private func judge(_ file: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        let history = try JSONDecoder().decode(RecordedHistory.self, from: data)
        if let violation = history.violation() {
            print("\(file): \(violation)")
            throw ExitCode.failure
        }
        print("\(history.calls.count) calls and \(history.changes.count) changes: nothing contradicts the claims")
    }

    private func runOne(_ seed: UInt64) throws {
        let narrator = Narrator(seed: seed, options: schedule.options)
        let report = trace ? narrator.trace() : timeline ? narrator.timeline() : narrator.run()
        if let logs { try narrator.write(to: logs) }
        print(Line.text(of: report))
        for item in Statistics.Item.allCases { print("  \(item): \(report.statistics[item])") }
        guard let violation = report.violation else { return }
        print("seed \(seed) failed: \(violation)")
        print("faults drawn: \(report.faultsDrawn), failed at \(report.simulated.nanoseconds / 1_000_000) ms")
        if !noShrink {
            try Shrinker(seed: seed, schedule: schedule).run()
        } else {
            print("reproduce with: simulate --seed \(seed)\(schedule.text) --timeline")
        }
        throw ExitCode.failure
    }

    /// A line before each seed and one after it: a seed that ends the process is known by its first line.
    private func runWorker(_ seeds: SeedRange) {
        for seed in Swift.stride(from: seeds.lowerBound, to: seeds.upperBound, by: stride) {
            Self.tell("begin \(seed)")
            let report = Simulation(seed: seed, options: schedule.options).run()
            Self.tell(WorkerLine(report).text)
        }
    }
}

extension Simulate {
    /// Writes a line past every buffer, so that nothing is lost if a seed ends the process.
    static func tell(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

/// The seeds from one number up to another.
struct SeedRange: ExpressibleByArgument {
    var lowerBound: UInt64
    var upperBound: UInt64

    init?(argument: String) {
        if let count = UInt64(argument) {
            self.init(lowerBound: 1, upperBound: count + 1)
            return
        }
        let parts = argument.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].isEmpty, parts[2].hasPrefix("<"), let lower = UInt64(parts[0]),
            let upper = UInt64(parts[2].dropFirst()), lower <= upper
        else { return nil }
        self.init(lowerBound: lower, upperBound: upper)
    }

    init(lowerBound: UInt64, upperBound: UInt64) {
        self.lowerBound = lowerBound
        self.upperBound = upperBound
    }
}

/// A report as people read it.
enum Line {
    static func text(of report: Report) -> String {
        let seconds = Double(report.simulated.nanoseconds / 1_000_000) / 1000
        return "seed \(report.seed): \(report.violation == nil ? "ok" : "FAILED"), digest "
            + hexadecimal(report.digest) + ", \(report.memberCount) members, \(seconds) s, "
            + "\(report.statistics[.calls]) calls, \(report.statistics[.faults]) faults, "
            + "\(report.statistics[.elections]) elections"
    }

    static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
