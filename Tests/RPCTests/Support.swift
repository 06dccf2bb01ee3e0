import ByteString
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RPC
import Testing

/// All tests share two event loops, which are never shut down.
let loops = MultiThreadedEventLoopGroup(numberOfThreads: 2)

var quiet: Logger {
    var logger = Logger(label: "test")
    logger.logLevel = .error
    return logger
}

extension ServerConfiguration {
    /// One whose times play no part. A raw client's next bytes leave when the test's task is given a thread again, and
    /// beside the tests that compute, that can take longer than an honest client ever would.
    static var patient: ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.handshakeTimeout = .hours(1)
        configuration.headersTimeout = .hours(1)
        // Attackers and honest clients share an address here.
        configuration.quarantine = nil
        return configuration
    }
}

/// Runs `body` with a server and a channel to it, and shuts both down.
func withServer(
    _ registry: ServiceRegistry, _ configuration: ServerConfiguration = .patient,
    channel channelConfiguration: ChannelConfiguration = ChannelConfiguration(),
    _ body: (RPCServer, RPCChannel) async throws -> Void
) async throws {
    let server = try await startServer(registry, configuration)
    let channel = makeChannel(to: server.port, channelConfiguration)
    do {
        try await body(server, channel)
    } catch {
        await channel.shutdown()
        await server.shutdown(grace: .zero)
        throw error
    }
    await channel.shutdown()
    await server.shutdown(grace: .zero)
}

func startServer(
    _ registry: ServiceRegistry, _ configuration: ServerConfiguration = .patient, port: Int = 0
) async throws -> RPCServer {
    try await RPCServer.start(
        on: SocketAddress(ipAddress: "127.0.0.1", port: port), group: loops, registry: registry,
        configuration: configuration, logger: quiet)
}

func makeChannel(
    to port: Int, _ configuration: ChannelConfiguration = ChannelConfiguration()
) -> RPCChannel {
    RPCChannel(
        host: "127.0.0.1", port: port, eventLoop: loops.any(), configuration: configuration, logger: quiet)
}

extension RPCChannel {
    /// A raw unary call, awaited.
    func call(
        _ path: MethodPath, _ request: Bytes = Bytes(), options: CallOptions = CallOptions()
    ) async -> Result<UnaryResponse, RPCFailure> {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                self.rawUnary(path, request, options: options) { continuation.resume(returning: $0) }
            }
        }
    }

    /// Runs `body` on the event loop.
    func onLoop<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await eventLoop.submit(body).get()
    }
}

/// Calls a method that never answers until a deadline has passed with the request sent. A busy machine can let the
/// first ones pass before that.
func callUntilDeadline(_ channel: RPCChannel, _ path: MethodPath) async throws {
    for attempt in 0..<10 {
        let options = CallOptions(timeout: .milliseconds(50 << attempt))
        let failure = try #require(await channel.call(path, options: options).failure)
        #expect(failure.status.code == .deadlineExceeded)
        if !failure.isSurelyUnprocessed { return }
    }
    Issue.record("no request was sent before its deadline")
}

extension Result where Failure == RPCFailure {
    var code: RPCStatus.Code {
        switch self {
        case .success: .ok
        case .failure(let failure): failure.status.code
        }
    }

    var failure: RPCFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

/// A value that one thread sets and a test waits for.
final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var values: [Value] = []
        var waiters: [CheckedContinuation<Value, Never>] = []
    }

    private let state = NIOLockedValueBox(State())

    func send(_ value: Value) {
        let waiter: CheckedContinuation<Value, Never>? = state.withLockedValue { state in
            if !state.waiters.isEmpty { return state.waiters.removeFirst() }
            state.values.append(value)
            return nil
        }
        waiter?.resume(returning: value)
    }

    /// The next value, in the order in which they were sent.
    func next() async -> Value {
        await withCheckedContinuation { continuation in
            let value: Value? = state.withLockedValue { state in
                if !state.values.isEmpty { return state.values.removeFirst() }
                state.waiters.append(continuation)
                return nil
            }
            value.map { continuation.resume(returning: $0) }
        }
    }
}

/// Waits until `condition` holds.
func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
    for _ in 0..<2_000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record(what)
}

extension Bytes {
    init(repeating byte: UInt8, count: Int) {
        self.init([UInt8](repeating: byte, count: count))
    }
}

/// A registry with `/test.Echo/Unary`, which sends the request back.
func echo() -> ServiceRegistry {
    var registry = ServiceRegistry()
    registry.rawUnary("/test.Echo/Unary") { message, call in call.reply(message) }
    return registry
}
