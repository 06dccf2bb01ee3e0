import ByteString
import NIOCore
import NIOPosix
import RPC
import Testing

/// What happens to connections, and how a channel tells it.
@Suite(.timeLimit(.minutes(5))) struct ConnectionTests {
    private func observed(
        _ configuration: ChannelConfiguration = ChannelConfiguration()
    ) -> (ChannelConfiguration, Signal<ConnectionEvent>) {
        let events = Signal<ConnectionEvent>()
        var configuration = configuration
        configuration.onEvent = { events.send($0) }
        return (configuration, events)
    }

    @Test func `a refused connection is told as refused and fails the calls`() async throws {
        var (configuration, events) = observed()
        configuration.reconnect = nil
        let port = try ReservedPort()
        defer { port.release() }
        let channel = makeChannel(to: port.number, configuration)
        let answer = await channel.call("/test.Echo/Unary")
        #expect(answer.code == .unavailable)
        #expect(answer.failure?.isSurelyUnprocessed == true)
        #expect(await events.next() == .connecting)
        #expect(await events.next() == .connectFailed(.refused))
        await channel.shutdown()
    }

    @Test func `a call that waits for ready outlives refused attempts`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        var configuration = ChannelConfiguration()
        configuration.reconnect?.initial = .milliseconds(5)
        configuration.reconnect?.maximum = .milliseconds(20)
        let channel = makeChannel(to: port.number, configuration)
        async let answer = channel.call("/test.Echo/Unary", [1], options: CallOptions(waitsForReady: true))
        try await Task.sleep(for: .milliseconds(50))
        let server = try await startServer(echo(), port: port.number)
        #expect(await answer.code == .ok)
        await channel.shutdown()
        await server.shutdown(grace: .zero)
    }

    @Test func `a call that waits for ready ends with its deadline`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        let channel = makeChannel(to: port.number)
        let options = CallOptions(timeout: .milliseconds(80), waitsForReady: true)
        let answer = await channel.call("/test.Echo/Unary", options: options)
        #expect(answer.code == .deadlineExceeded)
        #expect(answer.failure?.isSurelyUnprocessed == true)
        await channel.shutdown()
    }

    @Test func `a server that says nothing fails the handshake`() async throws {
        let listener = try await ServerBootstrap(group: loops).bind(host: "127.0.0.1", port: 0).get()
        var (configuration, events) = observed()
        configuration.handshakeTimeout = .milliseconds(50)
        configuration.reconnect = nil
        let channel = makeChannel(to: listener.localAddress?.port ?? 0, configuration)
        #expect(await channel.call("/test.Echo/Unary").code == .unavailable)
        #expect(await events.next() == .connecting)
        guard case .connectFailed(.handshakeFailed) = await events.next() else {
            Issue.record("not a failed handshake")
            return
        }
        await channel.shutdown()
        try await listener.close().get()
    }

    @Test func `an unannounced loss is told as such, calls fail, and the channel reconnects at once`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        let calls = Signal<UnaryCall>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Hang/Unary") { _, call in calls.send(call) }
        // A relay that can be cut, so that the server cannot announce anything.
        let server = try await startServer(registry)
        let relay = try await Relay(port: port.number, to: server.port)
        let (configuration, events) = observed()
        let channel = makeChannel(to: port.number, configuration)
        async let answer = channel.call("/test.Hang/Unary")
        _ = await calls.next()
        #expect(await events.next() == .connecting)
        guard case .connected = await events.next() else {
            Issue.record("not connected")
            return
        }
        await relay.cut()
        #expect(await answer.code == .unavailable)
        #expect(await answer.failure?.isSurelyUnprocessed == false)
        guard case .closed(.lost) = await events.next() else {
            Issue.record("not lost")
            return
        }
        #expect(await events.next() == .connecting)
        await channel.shutdown()
        await relay.close()
        await server.shutdown(grace: .zero)
    }

    @Test func `a server that shuts down announces it, finishes calls in flight and refuses new ones`() async throws {
        let calls = Signal<UnaryCall>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Later/Unary") { _, call in calls.send(call) }
        let server = try await startServer(registry)
        var (configuration, events) = observed()
        configuration.reconnect = nil
        let channel = makeChannel(to: server.port, configuration)
        async let answer = channel.call("/test.Later/Unary")
        let call = await calls.next()
        async let shutdown: Void = server.shutdown(grace: .seconds(30))
        #expect(await events.next() == .connecting)
        guard case .connected = await events.next() else {
            Issue.record("not connected")
            return
        }
        #expect(await events.next() == .draining)
        // The call in flight is answered although the server drains; a new one finds nobody.
        #expect(await channel.call("/test.Later/Unary").failure?.isSurelyUnprocessed == true)
        var batch = ReplyBatch()
        batch.reply(Bytes(utf8: "done"), to: call)
        batch.send()
        #expect(try await answer.get().message == Bytes(utf8: "done"))
        await shutdown
        // (The new call may have tried to connect meanwhile.)
        var last: ConnectionEvent
        repeat { last = await events.next() } while !last.isClosed
        #expect(last == .closed(.afterGoAway))
        await channel.shutdown()
    }

    @Test func `calls that outlive the grace period are cancelled`() async throws {
        let reasons = Signal<CancellationReason>()
        let calls = Signal<UnaryCall>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Hang/Unary") { _, call in
            call.onCancel { reasons.send($0) }
            calls.send(call)
        }
        let server = try await startServer(registry)
        let channel = makeChannel(to: server.port)
        async let answer = channel.call("/test.Hang/Unary")
        _ = await calls.next()
        await server.shutdown(grace: .milliseconds(50))
        #expect(await reasons.next() == .shutdown)
        #expect(await answer.code == .unavailable)
        await channel.shutdown()
    }

    @Test func `no call is lost when servers change under load`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        var server = try await startServer(echo(), port: port.number)
        var configuration = ChannelConfiguration()
        configuration.reconnect?.initial = .milliseconds(5)
        configuration.reconnect?.maximum = .milliseconds(10)
        let channel = makeChannel(to: port.number, configuration)
        let load = Task { () -> (Int, RPCFailure?) in
            var answered = 0
            while !Task.isCancelled {
                // A server that announces its end makes no call fail that it has seen.
                let answer = await channel.call("/test.Echo/Unary", [1], options: CallOptions(waitsForReady: true))
                if case .failure(let failure) = answer, !failure.isSurelyUnprocessed { return (answered, failure) }
                answered += 1
            }
            return (answered, nil)
        }
        for _ in 0..<5 {
            try await Task.sleep(for: .milliseconds(30))
            await server.shutdown(grace: .seconds(10))
            server = try await startServer(echo(), port: port.number)
        }
        load.cancel()
        let (answered, failure) = await load.value
        #expect(failure == nil)
        #expect(answered > 0)
        await channel.shutdown()
        await server.shutdown(grace: .zero)
    }

    @Test func `too many calls that wait are RESOURCE_EXHAUSTED`() async throws {
        var configuration = ChannelConfiguration()
        configuration.pendingCallsMax = 3
        configuration.reconnect?.initial = .seconds(60)
        let port = try ReservedPort()
        defer { port.release() }
        let channel = makeChannel(to: port.number, configuration)
        let waiting = CallOptions(waitsForReady: true)
        let results = Signal<RPCStatus.Code>()
        try await channel.onLoop {
            for _ in 0..<4 {
                channel.rawUnary("/test.Echo/Unary", Bytes(), options: waiting) { results.send($0.code) }
            }
        }
        #expect(await results.next() == .resourceExhausted)
        await channel.shutdown()
        for _ in 0..<3 { #expect(await results.next() == .unavailable) }
    }

    @Test func `a port in use is an error that says so`() async throws {
        let server = try await startServer(echo())
        let error = await #expect(throws: IOError.self) { try await startServer(echo(), port: server.port) }
        #expect(error?.errnoCode == EADDRINUSE)
        await server.shutdown(grace: .zero)
    }

    @Test func `many connections over several loops are all served`() async throws {
        let server = try await startServer(echo())
        let channels = (0..<20).map { _ in makeChannel(to: server.port) }
        await withTaskGroup(of: RPCStatus.Code.self) { group in
            for channel in channels {
                for _ in 0..<20 { group.addTask { await channel.call("/test.Echo/Unary", [1]).code } }
            }
            for await code in group { #expect(code == .ok) }
        }
        for channel in channels { await channel.shutdown() }
        await server.shutdown(grace: .zero)
    }
}

extension ConnectionEvent {
    fileprivate var isClosed: Bool { if case .closed = self { true } else { false } }
}

/// Passes bytes between two TCP connections until it is cut, which resets both.
final class Relay: Sendable {
    private let listener: any Channel
    private let pairs = Signal<any Channel>()

    private final class Pipe: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let target: any Channel

        init(_ target: any Channel) {
            self.target = target
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            target.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            target.close(promise: nil)
        }
    }

    init(port: Int, to target: Int) async throws {
        let pairs = pairs
        listener = try await ServerBootstrap(group: loops)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                ClientBootstrap(group: channel.eventLoop).connect(host: "127.0.0.1", port: target).flatMap { server in
                    pairs.send(channel)
                    return channel.pipeline.addHandler(Pipe(server)).flatMap {
                        server.pipeline.addHandler(Pipe(channel))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    /// Ends the oldest connection without a word.
    func cut() async {
        let channel = await pairs.next()
        try? await channel.close().get()
    }

    func close() async {
        try? await listener.close().get()
    }
}
