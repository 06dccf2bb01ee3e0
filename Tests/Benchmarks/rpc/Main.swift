import ByteString
import Logging
import NIOCore
import NIOPosix
import RPC
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Our client against our server in one process, one event loop each: `rpc-benchmark [seconds] [metrics]`. Prints calls
/// and messages a second, and the CPU time of each over both sides. With `metrics` the server counts and times calls.
@main
struct Benchmark {
    static let payload = Bytes([UInt8](repeating: 0x2a, count: 64))

    static func main() async throws {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 3
        let serverLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let clientLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var logger = Logger(label: "rpc-benchmark")
        logger.logLevel = .error
        var configuration = ServerConfiguration()
        if CommandLine.arguments.contains("metrics") {
            configuration.interceptors = [CallMetrics(registry: registry())]
        }
        let server = try await RPCServer.start(
            on: SocketAddress(ipAddress: "127.0.0.1", port: 0), group: serverLoops, registry: registry(),
            configuration: configuration, logger: logger)
        let channel = RPCChannel(host: "127.0.0.1", port: server.port, eventLoop: clientLoops.next(), logger: logger)
        print("64 B payload, one connection, client and server in one process")
        for inFlight in [1, 32, 128] {
            try await measure("unary, \(inFlight) in flight", seconds, channel) { unary(channel, inFlight, $0) }
        }
        for inFlight in [1, 128, 1_000] {
            try await measure("bidirectional stream, \(inFlight) in flight", seconds, channel) {
                chat(channel, inFlight, $0)
            }
        }
        await channel.shutdown()
        let balanced = LoadBalancedChannel(
            [Endpoint(host: "127.0.0.1", port: server.port)], eventLoop: clientLoops.next(), logger: logger)
        try await measure("unary through a LoadBalancedChannel, 32 in flight", seconds, balanced) {
            unary(balanced, 32, $0)
        }
        await balanced.shutdown()
        await server.shutdown(grace: .zero)
    }

    static func registry() -> ServiceRegistry {
        var registry = ServiceRegistry()
        registry.rawUnary("/bench.Echo/Unary") { message, call in call.reply(message) }
        registry.rawStream("/bench.Echo/Chat", kind: .bidirectionalStreaming) { stream in
            stream.onMessage { stream.send($0) }
            stream.onHalfClose { stream.finish() }
        }
        return registry
    }

    /// Counts what is done until it is told to stop. On the client's loop.
    final class Load: Sendable {
        let count = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
        func done() -> Bool {
            count.add(1, ordering: .relaxed)
            return isOver.load(ordering: .relaxed)
        }
    }

    static func unary(_ channel: some CallChannel, _ inFlight: Int, _ load: Load) {
        @Sendable func again() {
            channel.rawUnary("/bench.Echo/Unary", payload) { result in
                if case .failure(let failure) = result { preconditionFailure("\(failure)") }
                if !load.done() { again() }
            }
        }
        for _ in 0..<inFlight { again() }
    }

    static func chat(_ channel: RPCChannel, _ inFlight: Int, _ load: Load) {
        let stream = channel.rawStream("/bench.Echo/Chat")
        stream.onMessage { message in
            if load.done() {
                stream.halfClose()
            } else {
                stream.send(message)
            }
        }
        for _ in 0..<inFlight { stream.send(payload) }
    }

    static func measure(
        _ name: String, _ seconds: Int, _ channel: some CallChannel, _ start: @escaping @Sendable (Load) -> Void
    ) async throws {
        let load = Load()
        try await channel.eventLoop.submit { start(load) }.get()
        try await Task.sleep(for: .milliseconds(200))
        let before = (load.count.load(ordering: .relaxed), cpuMicroseconds(), ContinuousClock.now)
        try await Task.sleep(for: .seconds(seconds))
        let after = (load.count.load(ordering: .relaxed), cpuMicroseconds(), ContinuousClock.now)
        load.isOver.store(true, ordering: .relaxed)
        let count = after.0 - before.0
        let elapsed =
            Double((after.2 - before.2).components.attoseconds) / 1e18
            + Double((after.2 - before.2).components.seconds)
        let cost = Double(after.1 - before.1) / Double(max(count, 1))
        print("\(name): \(Int(Double(count) / elapsed)) per second, \((cost * 100).rounded() / 100) µs of CPU each")
        try await Task.sleep(for: .milliseconds(300))
    }

    static func cpuMicroseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }
}
