import ByteString
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import RPC

/// Keepalive, its enforcement, and the ages of connections.
@Suite(.timeLimit(.minutes(5))) struct ConnectionLifeTests {
    private static let ping: UInt8 = 6
    private static let goAway: UInt8 = 7

    private func hanging() -> ServiceRegistry {
        var registry = echo()
        registry.rawUnary("/test.Hang/Unary") { _, _ in }
        return registry
    }

    private func pings(_ connection: RawConnection) -> [RawConnection.Frame] {
        connection.frames.filter { $0.type == Self.ping && $0.flags & 1 == 0 }
    }

    // MARK: The server asks

    @Test func `a client that answers nothing is asked and then closed`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.keepaliveInterval = .milliseconds(100)
        configuration.keepaliveTimeout = .milliseconds(100)
        try await withServer(echo(), configuration) { server, _ in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface)
            try await connection.expectClosed("a client that answers no PING")
            #expect(!pings(connection).isEmpty)
        }
    }

    @Test func `a client that answers is asked again and kept`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.keepaliveInterval = .milliseconds(50)
        // What a busy machine does to the test must not look like a dead client.
        configuration.keepaliveTimeout = .hours(1)
        try await withServer(echo(), configuration) { server, _ in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface)
            for count in 1...4 {
                try await eventually("a question") { pings(connection).count >= count }
                await connection.send(H2.frame(Self.ping, 1, 0, Array(pings(connection)[count - 1].payload)))
            }
            #expect(connection.isOpen)
            await connection.close()
        }
    }

    // MARK: The server is asked too often

    private func ping(_ number: UInt8) -> [UInt8] { H2.frame(Self.ping, 0, 0, [0, 0, 0, 0, 0, 0, 0, number]) }

    /// Whether the connection was told to go away because of its PINGs.
    private func hasTooManyPings(_ connection: RawConnection) -> Bool {
        connection.frames.contains {
            $0.type == Self.goAway && $0.payload.dropFirst(4).elementsEqual(H2.number(11) + "too_many_pings".utf8)
        }
    }

    @Test func `the third PING too early is the last one`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.clientPingIntervalMin = .hours(1)
        try await withServer(hanging(), configuration) { server, _ in
            let connection = try await RawConnection(to: server.port)
            let request = H2.headers(1, H2.request("/test.Hang/Unary")) + H2.data(1, H2.message([]), end: true)
            await connection.send(H2.preface + request)
            for number in 1...3 {
                await connection.send(ping(UInt8(number)))
                try await eventually("an answer") {
                    connection.frames.contains {
                        $0.type == Self.ping && $0.flags == 1 && $0.payload.last == UInt8(number)
                    }
                }
            }
            #expect(connection.isOpen && !connection.hasGoAway(11))
            await connection.send(ping(4))
            try await connection.expectClosed("too many PINGs")
            #expect(hasTooManyPings(connection))
        }
    }

    @Test func `PINGs that follow work are not counted`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.clientPingIntervalMin = .hours(1)
        try await withServer(echo(), configuration) { server, _ in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface)
            for number in 0..<20 {
                let stream = UInt32(2 * number + 1)
                let request = H2.headers(stream, H2.request("/test.Echo/Unary"))
                let body = H2.data(stream, H2.message([]), end: true)
                await connection.send(request + ping(0) + body + ping(0))
            }
            try await eventually("all answers") {
                connection.frames.count { $0.type == Self.ping && $0.flags == 1 } == 40
            }
            #expect(!hasTooManyPings(connection))
            await connection.close()
        }
    }

    @Test(arguments: [true, false])
    func `without calls PINGs are as welcome as the server says`(isPermitted: Bool) async throws {
        var configuration = ServerConfiguration.patient
        configuration.clientPingIntervalMin = .nanoseconds(1)
        configuration.permitsPingsWithoutCalls = isPermitted
        try await withServer(echo(), configuration) { server, _ in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface)
            // One read may take several of them, and then they come at one time.
            for number in 1...10 where connection.isOpen {
                await connection.send(ping(UInt8(number)))
                try await eventually("an answer or the end") {
                    !connection.isOpen || hasTooManyPings(connection)
                        || connection.frames.contains {
                            $0.type == Self.ping && $0.flags == 1 && $0.payload.last == UInt8(number)
                        }
                }
            }
            #expect(hasTooManyPings(connection) == !isPermitted)
            await connection.close()
        }
    }

    // MARK: Age and idleness

    @Test func `connections that grow old are replaced, and what they leave behind has surely not been done`()
        async throws
    {
        var configuration = ServerConfiguration.patient
        configuration.connectionAgeMax = .milliseconds(100)
        configuration.connectionAgeGrace = .hours(1)
        let drains = Atomic<Int>(0)
        var channel = ChannelConfiguration()
        channel.onEvent = { if $0 == .draining { drains.add(1, ordering: .relaxed) } }
        try await withServer(echo(), configuration, channel: channel) { _, channel in
            let options = CallOptions(waitsForReady: true)
            while drains.load(ordering: .relaxed) < 5 {
                let answer = await channel.call("/test.Echo/Unary", [1], options: options)
                // A request that was about to leave when the GOAWAY came may be sent again elsewhere.
                #expect(answer.code == .ok || answer.failure?.isSurelyUnprocessed == true)
            }
        }
    }

    @Test func `an old connection says so in two steps and lets its calls end`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.connectionAgeMax = .milliseconds(100)
        configuration.connectionAgeGrace = .hours(1)
        try await withServer(echo(), configuration) { server, _ in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface + H2.headers(1, H2.request("/test.Echo/Unary")))
            try await eventually("the notice") { connection.frames.contains { $0.type == Self.goAway } }
            let notice = try #require(connection.frames.first { $0.type == Self.goAway })
            #expect(notice.payload.prefix(4).elementsEqual(H2.number(UInt32(Int32.max))))
            try await eventually("the PING behind it") { !pings(connection).isEmpty }
            await connection.send(H2.frame(Self.ping, 1, 0, Array(pings(connection)[0].payload)))
            try await eventually("the second GOAWAY") { connection.frames.count { $0.type == Self.goAway } == 2 }
            let last = try #require(connection.frames.last { $0.type == Self.goAway })
            #expect(last.payload.prefix(4).elementsEqual(H2.number(1)))
            #expect(connection.isOpen)
            await connection.send(H2.data(1, H2.message([7]), end: true))
            try await connection.expectClosed("the last call has ended")
            #expect(connection.frames.contains { $0.type == 0 && Array($0.payload) == H2.message([7]) })
        }
    }

    @Test func `calls that outlive the grace of an old connection are cancelled`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.connectionAgeMax = .milliseconds(50)
        configuration.connectionAgeGrace = .milliseconds(50)
        let reasons = NIOLockedValueBox<[CancellationReason]>([])
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Hang/Unary") { _, call in
            call.onCancel { reason in reasons.withLockedValue { $0.append(reason) } }
        }
        try await withServer(registry, configuration) { _, channel in
            // On a busy machine a connection may be over before its first call arrives.
            while reasons.withLockedValue({ $0.isEmpty }) {
                let answer = await channel.call("/test.Hang/Unary", options: CallOptions(waitsForReady: true))
                #expect(answer.code != .ok)
            }
            #expect(reasons.withLockedValue { $0 } == [.shutdown])
        }
    }

    @Test func `a call that has no end ends with its own status when its connection is too old`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.connectionAgeMax = .milliseconds(50)
        configuration.connectionAgeGrace = .hours(1)
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Hang/Unary") { _, call in
            call.endAtShutdown(RPCStatus(.unavailable, "go on elsewhere"))
        }
        try await withServer(registry, configuration) { _, channel in
            // A request that was about to leave when the GOAWAY came is told that the server has not seen it.
            var failure: RPCFailure?
            while failure?.isSurelyUnprocessed ?? true {
                failure = await channel.call("/test.Hang/Unary", options: CallOptions(waitsForReady: true)).failure
            }
            #expect(failure?.status == RPCStatus(.unavailable, "go on elsewhere"))
        }
    }

    @Test func `a connection without calls is ended after its time`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.connectionIdleMax = .milliseconds(100)
        try await withServer(hanging(), configuration) { server, _ in
            let idle = try await RawConnection(to: server.port)
            let busy = try await RawConnection(to: server.port)
            let request = H2.headers(1, H2.request("/test.Hang/Unary")) + H2.data(1, H2.message([]), end: true)
            await busy.send(H2.preface + request)
            await idle.send(H2.preface)
            try await idle.expectClosed("an idle connection")
            #expect(idle.hasGoAway(0))
            #expect(busy.isOpen && !busy.hasGoAway(0))
            await busy.close()
        }
    }

    // MARK: The client asks

    @Test func `a server that died without a word is noticed`() async throws {
        let listener = try await ServerBootstrap(group: loops)
            .childChannelInitializer { channel in
                // SETTINGS, and then nothing.
                channel.writeAndFlush(ByteBuffer(bytes: H2.frame(4, 0, 0, []))).whenFailure { _ in }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let ends = Signal<ConnectionEvent.CloseReason>()
        var configuration = ChannelConfiguration()
        configuration.keepaliveInterval = .milliseconds(50)
        configuration.keepaliveTimeout = .milliseconds(50)
        configuration.onEvent = { if case .closed(let reason) = $0 { ends.send(reason) } }
        let channel = makeChannel(to: listener.localAddress?.port ?? 0, configuration)
        let answer = await channel.call("/test.Echo/Unary", options: CallOptions(waitsForReady: true))
        #expect(answer.code == .unavailable)
        #expect(answer.failure?.isSurelyUnprocessed == false)
        #expect(await ends.next() == .lost("no answer within 50 ms (keepaliveTimeout)"))
        await channel.shutdown()
        try await listener.close().get()
    }

    @Test func `a server that is asked too often is asked half as often on the next connection`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.clientPingIntervalMin = .hours(1)
        var impatient = ChannelConfiguration()
        impatient.keepaliveInterval = .milliseconds(20)
        impatient.keepaliveTimeout = .hours(1)
        try await withServer(hanging(), configuration, channel: impatient) { _, channel in
            let answer = await channel.call("/test.Hang/Unary", options: CallOptions(waitsForReady: true))
            #expect(answer.code == .unavailable)
            let factor = try await channel.onLoop { channel.keepaliveFactor }
            #expect(factor == 2)
            #expect(await channel.call("/test.Echo/Unary", options: CallOptions(waitsForReady: true)).code == .ok)
        }
    }
}
