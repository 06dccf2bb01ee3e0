import ArgumentParser
import Client
import Foundation
import RPC

/// How much an ensemble can do.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load an ensemble and measure its throughput and latency.",
        discussion: """
            Keeps a number of connections, spread over the members, \
            busy with a number of requests each, and prints one \
            line of JSON: operations per second, latencies in microseconds and errors; with --pids also the members' \
            processor time for each operation. It writes below /bench.
            """)

    @OptionGroup var connection: ConnectionOptions

    @Option(help: "Connections in all.") var connections = 64
    @Option(help: "Requests under way on each connection.") var outstanding = 16
    @Option(help: "Seconds to measure.") var seconds = 5.0
    @Option(help: "Seconds of load before the measuring begins.") var warmUp = 1.0
    @Option(help: "What to ask for: \(Workload.allCases.map(\.rawValue).joined(separator: ", ")).")
    var workload = Workload.write
    @Flag(help: "One stream of Coordinator.Connect for each connection instead of a call for each request.")
    var streams = false
    @Option(help: "Bytes of data in a znode.") var size = 64
    @Option(help: "How many znodes are read and written.") var keys = 1000
    @Option(help: "Threads that send and receive.") var threads = 1
    @Option(help: ArgumentHelp("The members' processes, for their processor time.", valueName: "pid,..."))
    var pids = ProcessList()

    func validate() throws {
        guard connections > 0, outstanding > 0, threads > 0, keys > 0 else {
            throw ValidationError("--connections, --outstanding, --threads and --keys start at 1")
        }
        guard seconds > 0, warmUp >= 0 else { throw ValidationError("--seconds must be more than 0") }
        guard (0...1 << 20).contains(size) else { throw ValidationError("--size is 0 to \(1 << 20) bytes") }
        guard workload != .create || threads == 1 else { throw ValidationError("creating takes one thread") }
    }

    func run() async throws {
        let generator = LoadGenerator(
            members: try connection.addresses, workload: workload,
            tree: BenchTree(keyCount: keys, dataBytes: size), connectionCount: connections, outstanding: outstanding,
            threadCount: threads, usesStreams: streams, credentials: try connection.clientOptions,
            processes: pids.processes)
        try await connection.withClient { client in
            do {
                let measurement = try await generator.run(
                    warmUp: .seconds(warmUp), duration: .seconds(seconds), client: client)
                try tell(measurement)
            } catch let failure as BenchFailure {
                Terminal.error("roost bench: \(failure)")
                throw ExitCode(1)
            }
        }
    }

    private func tell(_ measurement: LoadGenerator.Measurement) throws {
        let report = BenchReport(measurement, of: self)
        try Terminal.print(json: report)
        guard report.operations > 0 else { throw ExitCode(1) }
    }
}

/// The line that a benchmark prints. Latencies and processor times are in microseconds.
struct BenchReport: Encodable {
    var workload: String
    var streams: Bool
    var connections: Int
    var outstanding: Int
    var size: Int
    var keys: Int
    var seconds: Double
    var operations: UInt64
    var operationsPerSecond: Double
    var p50: Double
    var p90: Double
    var p99: Double
    var max: Double
    /// Failed requests by the name of their status code.
    var errors: [String: Int]
    var unanswered: Int
    var serverCPUPerOperation: Double?
    var clientCPUPerOperation: Double

    enum CodingKeys: String, CodingKey {
        case workload, streams, connections, outstanding, size, keys, seconds, operations, errors, unanswered
        case operationsPerSecond = "operations_per_second"
        case p50 = "p50_us"
        case p90 = "p90_us"
        case p99 = "p99_us"
        case max = "max_us"
        case serverCPUPerOperation = "server_cpu_us_per_operation"
        case clientCPUPerOperation = "client_cpu_us_per_operation"
    }

    init(_ measurement: LoadGenerator.Measurement, of bench: Bench) {
        workload = bench.workload.rawValue
        streams = bench.streams
        connections = bench.connections
        outstanding = bench.outstanding
        size = bench.size
        keys = bench.keys
        let elapsed = measurement.elapsed / .seconds(1)
        let latencies = measurement.figures.latencies
        let count = latencies.count
        seconds = Self.rounded(elapsed)
        operations = count
        operationsPerSecond = (Double(count) / elapsed).rounded()
        p50 = Self.rounded(Double(latencies.quantile(0.5)) / 1000)
        p90 = Self.rounded(Double(latencies.quantile(0.9)) / 1000)
        p99 = Self.rounded(Double(latencies.quantile(0.99)) / 1000)
        max = Self.rounded(Double(latencies.maximum) / 1000)
        errors = measurement.figures.errors
        unanswered = measurement.unanswered
        func perOperation(_ seconds: Double) -> Double { Self.rounded(seconds * 1e6 / Double(Swift.max(count, 1))) }
        serverCPUPerOperation = measurement.serverTime.map(perOperation)
        clientCPUPerOperation = perOperation(measurement.clientTime)
    }

    /// To hundredths.
    static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

/// `1,2,3`.
struct ProcessList: ExpressibleByArgument {
    var processes: [Int32] = []

    init() {}

    init?(argument: String) {
        for part in argument.split(separator: ",") {
            guard let process = Int32(part), process > 0 else { return nil }
            processes.append(process)
        }
    }

    var defaultValueDescription: String { "none" }
}
