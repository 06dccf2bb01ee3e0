import ArgumentParser
import Simulation

/// What of a seed takes place. A seed and these give the same run in every process.
struct ScheduleOptions: ParsableArguments {
    @Option(help: "The number of members; else each seed decides.")
    var members: Int?

    @Flag(help: "Let syncs do nothing: a seed must fail.")
    var withoutSync = false

    @Option(help: "Of the faults that the seed draws only these take place: their numbers with commas, or 'none'.")
    var onlyFaults: FaultNumbers?

    @Option(help: "At most so many clients.")
    var clients: Int?

    @Option(help: "At most so many watchers.")
    var watchers: Int?

    @Option(help: "At most so many holders of sessions.")
    var guests: Int?

    @Option(help: "Things go wrong for so many simulated milliseconds.")
    var troubleTime: Int?

    func validate() throws {
        guard members.map({ (1...9).contains($0) }) ?? true else { throw ValidationError("1 to 9 members") }
        guard [clients, watchers, guests].allSatisfy({ $0 ?? 0 >= 0 }), (0...3_600_000).contains(troubleTime ?? 0)
        else {
            throw ValidationError("numbers are not negative, and nothing lasts longer than an hour")
        }
    }

    var options: Simulation.Options {
        var options = Simulation.Options()
        options.memberCount = members
        options.ignoresSync = withoutSync
        options.onlyFaults = onlyFaults.map { Set($0.numbers) }
        options.clientCountMax = clients
        options.watcherCountMax = watchers
        options.guestCountMax = guests
        options.setTroubleTime(milliseconds: troubleTime)
        return options
    }

    /// What a worker, and whoever reproduces a failure, must be given beside the seed.
    var arguments: [String] {
        var arguments: [String] = []
        if let members { arguments += ["--members", "\(members)"] }
        if withoutSync { arguments += ["--without-sync"] }
        if let onlyFaults { arguments += ["--only-faults", onlyFaults.text] }
        if let clients { arguments += ["--clients", "\(clients)"] }
        if let watchers { arguments += ["--watchers", "\(watchers)"] }
        if let guests { arguments += ["--guests", "\(guests)"] }
        if let troubleTime { arguments += ["--trouble-time", "\(troubleTime)"] }
        return arguments
    }

    var text: String { arguments.map { " " + $0 }.joined() }
}

/// Numbers of faults, ascending.
struct FaultNumbers: ExpressibleByArgument {
    var numbers: [Int]

    init(_ numbers: [Int]) { self.numbers = numbers }

    init?(argument: String) {
        if argument == "none" {
            numbers = []
            return
        }
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count else { return nil }
    }

    var text: String { numbers.isEmpty ? "none" : numbers.map { "\($0)" }.joined(separator: ",") }
}
