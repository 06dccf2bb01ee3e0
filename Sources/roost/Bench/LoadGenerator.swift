import ByteString
import Client
import Logging
import NIOCore
import NIOPosix
import RPC

/// Loads an ensemble from connections that are spread over its members, and measures.
struct LoadGenerator {
    let members: [Address]
    let workload: Workload
    let tree: BenchTree
    /// Over all threads.
    let connectionCount: Int
    /// Requests under way on each connection.
    let outstanding: Int
    let threadCount: Int
    /// Whether each connection has one stream of `Coordinator.Connect`, rather than a call for each request.
    let usesStreams: Bool
    /// Whom the connections trust and what they show.
    let credentials: RoostClient.Options
    /// The members' processes, for their processor time.
    let processes: [Int32]

    /// What a run came to.
    struct Measurement {
        var figures: LoadFigures
        var elapsed: Duration
        /// Requests that were never answered.
        var unanswered: Int
        /// Seconds of processor time of the members' processes; nil where it cannot be told.
        var serverTime: Double?
        /// Seconds of processor time of this process.
        var clientTime: Double
    }

    private static let connectTimeout = Duration.seconds(5)
    private static let drainTimeout = Duration.seconds(5)

    /// Runs for `warmUp` without and then for `duration` with measuring.
    ///
    /// - Throws: `RPCFailure` if the znodes cannot be prepared, ``BenchFailure`` if a member cannot be reached.
    func run(warmUp: Duration, duration: Duration, client: RoostClient) async throws -> Measurement {
        let newParent = try await prepare(client)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threadCount)
        var channels: [RPCChannel] = []
        do {
            let loops = Array(group.makeIterator())
            channels = try await connect(on: loops)
            let closedLoops = try await assemble(channels, on: loops, newParent: newParent)
            let measurement = try await measure(closedLoops, warmUp: warmUp, duration: duration)
            await end(channels, group)
            return measurement
        } catch {
            await end(channels, group)
            throw error
        }
    }

    private func end(_ channels: [RPCChannel], _ group: MultiThreadedEventLoopGroup) async {
        for channel in channels { await channel.shutdown() }
        try? await group.shutdownGracefully()
    }

    // MARK: Preparing

    /// Makes sure that every key is there with data of the right length. Returns a new znode for new ones.
    private func prepare(_ client: RoostClient) async throws -> String {
        try await create(BenchTree.root, data: Bytes(), client)
        let data = tree.data
        let atOnce = 64
        for first in stride(from: 0, to: tree.keyCount, by: atOnce) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for key in first..<min(first + atOnce, tree.keyCount) {
                    group.addTask {
                        let path = tree.path(ofKey: key)
                        if try await !create(path, data: data, client) { _ = try await client.set(path, data: data) }
                    }
                }
                try await group.waitForAll()
            }
        }
        let newParent = "\(BenchTree.root)/new-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        if workload == .create { try await create(newParent, data: Bytes(), client) }
        return newParent
    }

    /// Returns whether the znode was not there before.
    @discardableResult
    private func create(_ path: String, data: Bytes, _ client: RoostClient) async throws -> Bool {
        do throws(RPCFailure) {
            _ = try await client.create(path, data: data)
            return true
        } catch {
            guard error.status.code == .alreadyExists else { throw error }
            return false
        }
    }

    /// Returns when all connections stand.
    private func connect(on loops: [any EventLoop]) async throws -> [RPCChannel] {
        let (events, continuation) = AsyncStream.makeStream(of: Result<Void, BenchFailure>.self)
        var channels: [RPCChannel] = []
        for index in 0..<connectionCount {
            let address = members[index % members.count]
            var configuration = ChannelConfiguration()
            configuration.tls = credentials.tls
            configuration.bearerToken = credentials.token
            configuration.pendingCallsMax = max(configuration.pendingCallsMax, outstanding)
            configuration.onEvent = { event in
                switch event {
                case .connected: continuation.yield(.success(()))
                case .connectFailed(let reason):
                    continuation.yield(.failure(BenchFailure("member at \(address): connecting failed: \(reason)")))
                default: break
                }
            }
            let channel = RPCChannel(
                host: address.host, port: address.port, eventLoop: loops[index % loops.count],
                configuration: configuration, logger: Logger(label: "roost.bench") { _ in SwiftLogNoOpLogHandler() })
            channels.append(channel)
            channel.connect()
        }
        let timer = Task {
            try await Task.sleep(for: Self.connectTimeout)
            continuation.yield(.failure(BenchFailure("not all connections stood within \(Self.connectTimeout)")))
        }
        defer { timer.cancel() }
        var connectedCount = 0
        do {
            for await event in events {
                try event.get()
                connectedCount += 1
                if connectedCount == connectionCount { break }
            }
        } catch {
            for channel in channels { await channel.shutdown() }
            throw error
        }
        return channels
    }

    private func assemble(
        _ channels: [RPCChannel], on loops: [any EventLoop], newParent: String
    ) async throws -> [NIOLoopBound<any LoadLoop>] {
        var closedLoops: [NIOLoopBound<any LoadLoop>] = []
        for (index, loop) in loops.enumerated() {
            let own = channels.filter { $0.eventLoop === loop }
            guard !own.isEmpty else { continue }
            let closedLoop = try await loop.submit { [self] in
                let source = try OperationSource(
                    workload, on: tree, newParent: newParent, seed: 88_172_645_463_325_252 &+ UInt64(index))
                let load: any LoadLoop =
                    usesStreams
                    ? StreamLoop(on: loop, channels: own, outstanding: outstanding, source: source)
                    : ClosedLoop(on: loop, channels: own, outstanding: outstanding, source: source)
                return NIOLoopBound(load, eventLoop: loop)
            }.get()
            closedLoops.append(closedLoop)
        }
        return closedLoops
    }

    // MARK: Measuring

    private func measure(
        _ closedLoops: [NIOLoopBound<any LoadLoop>], warmUp: Duration, duration: Duration
    ) async throws -> Measurement {
        try await forEach(closedLoops) { $0.begin() }
        try await Task.sleep(for: warmUp)
        let serverBefore = ProcessorTime.of(processes: processes)
        let clientBefore = ProcessorTime.own()
        let start = ContinuousClock.now
        try await forEach(closedLoops) { $0.measure() }
        try await Task.sleep(for: duration)
        let parts = try await forEach(closedLoops) { $0.stop() }
        let elapsed = ContinuousClock.now - start
        let serverAfter = ProcessorTime.of(processes: processes)
        let clientTime = ProcessorTime.own() - clientBefore
        var figures = LoadFigures()
        for part in parts { figures.add(part) }
        var serverTime: Double?
        if let serverBefore, let serverAfter { serverTime = serverAfter - serverBefore }
        return Measurement(
            figures: figures, elapsed: elapsed, unanswered: try await drain(closedLoops), serverTime: serverTime,
            clientTime: clientTime)
    }

    /// Waits for the answers that are still under way. Returns how many do not come.
    private func drain(_ closedLoops: [NIOLoopBound<any LoadLoop>]) async throws -> Int {
        let deadline = ContinuousClock.now + Self.drainTimeout
        while true {
            let inFlight = try await forEach(closedLoops) { $0.meter.inFlight }.reduce(0, +)
            if inFlight == 0 || ContinuousClock.now > deadline { return inFlight }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @discardableResult
    private func forEach<Value: Sendable>(
        _ closedLoops: [NIOLoopBound<any LoadLoop>], _ body: @escaping @Sendable (any LoadLoop) -> Value
    ) async throws -> [Value] {
        var values: [Value] = []
        for closedLoop in closedLoops {
            values.append(try await closedLoop.eventLoop.submit { body(closedLoop.value) }.get())
        }
        return values
    }
}

/// Why a benchmark did not run.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
