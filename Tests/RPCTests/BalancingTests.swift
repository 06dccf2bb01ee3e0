import ByteString
import NIOCore
import NIOPosix
import Testing

@testable import RPC

@Suite(.serialized, .timeLimit(.minutes(5))) struct BalancingTests {
    // MARK: Pick first

    @Test func `one address takes all calls, and the next one when it is lost`() async throws {
        let all = try await Servers()
        let channel = makeBalanced(resolver: all.resolver)
        for _ in 0..<5 { #expect(await channel.who() == "0") }
        // A call may be on its way when its connection is lost.
        var safe = RetryPolicy()
        safe.safeCodes = [.unavailable]
        let options = CallOptions(waitsForReady: true, retry: safe)
        await all.servers[0].shutdown(grace: .zero)
        for _ in 0..<5 { #expect(await channel.who(options) == "2") }
        // (The families take turns: the address of IPv6 comes second.)
        await all.servers[2].shutdown(grace: .zero)
        for _ in 0..<5 { #expect(await channel.who(options) == "1") }
        await channel.shutdown()
        await all.stop()
    }

    @Test func `a server that says goodbye keeps its calls, and new ones go to the next`() async throws {
        let calls = Signal<UnaryCall>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Later/Unary") { _, call in calls.send(call) }
        let leaving = try await startServer(registry)
        let all = try await Servers(["127.0.0.2"])
        let resolver = TestResolver(["servers": [leaving.localAddress] + all.addresses])
        let channel = makeBalanced(resolver: resolver)
        async let answer = channel.call("/test.Later/Unary")
        let call = await calls.next()
        async let shutdown: Void = leaving.shutdown(grace: .seconds(30))
        try await eventually("new calls go elsewhere") { await channel.who() == "0" }
        call.eventLoop.execute { call.reply(Bytes(utf8: "done")) }
        #expect(try await answer.get().message == Bytes(utf8: "done"))
        await shutdown
        await channel.shutdown()
        await all.stop()
    }

    @Test func `an address that swallows connections is overtaken`() async throws {
        // It takes connections and says nothing.
        let silent = try await ServerBootstrap(group: loops).bind(host: "127.0.0.1", port: 0).get()
        let all = try await Servers(["127.0.0.2"])
        let address = try #require(silent.localAddress)
        let resolver = TestResolver(["servers": [address] + all.addresses])
        let channel = makeBalanced(resolver: resolver) { $0.stagger = .milliseconds(30) }
        #expect(await channel.who(CallOptions()) == "0")
        await channel.shutdown()
        try await silent.close().get()
        await all.stop()
    }

    @Test func `refused addresses are passed at once, and calls do not notice`() async throws {
        let first = try ReservedPort()
        defer { first.release() }
        let second = try ReservedPort()
        defer { second.release() }
        let all = try await Servers(["127.0.0.1"])
        // Literal addresses need no resolver.
        let endpoints = [first.number, second.number, all.servers[0].port].map { Endpoint(host: "127.0.0.1", port: $0) }
        let channel = makeBalanced(endpoints, resolver: TestResolver())
        #expect(await channel.who(CallOptions()) == "0")
        await channel.shutdown()
        await all.stop()
    }

    // MARK: Round robin

    @Test func `calls are spread over all servers, and over the rest when one is lost and again when it is back`()
        async throws
    {
        let all = try await Servers()
        let channel = makeBalanced(resolver: all.resolver, .roundRobin)
        try await eventually("all three are connected") {
            var seen: Set<String> = []
            for _ in 0..<3 { seen.insert(await channel.who()) }
            return seen == ["0", "1", "2"]
        }
        var counts: [String: Int] = [:]
        for _ in 0..<30 { counts[await channel.who(), default: 0] += 1 }
        #expect(counts == ["0": 10, "1": 10, "2": 10])
        let lost = all.address(1)
        await all.servers[1].shutdown(grace: .zero)
        var safe = RetryPolicy()
        safe.safeCodes = [.unavailable]
        let retrying = CallOptions(waitsForReady: true, retry: safe)
        try await eventually("the lost one is known to be lost") {
            var seen: Set<String> = []
            for _ in 0..<3 { seen.insert(await channel.who(retrying)) }
            return seen == ["0", "2"]
        }
        let back = try await Servers.start(number: 1, at: lost)
        try await eventually("it is back") {
            var seen: Set<String> = []
            for _ in 0..<3 { seen.insert(await channel.who(retrying)) }
            return seen == ["0", "1", "2"]
        }
        await channel.shutdown()
        await back.shutdown(grace: .zero)
        await all.stop()
    }

    @Test func `no call is lost when servers restart one after the other under load`() async throws {
        let all = try await Servers()
        let channel = makeBalanced(resolver: all.resolver, .roundRobin)
        let load = Task { () -> (Int, RPCFailure?) in
            var answered = 0
            let options = CallOptions(waitsForReady: true, retry: RetryPolicy())
            while !Task.isCancelled {
                if let failure = await channel.call("/test.Echo/Unary", [1], options: options).failure {
                    return (answered, failure)
                }
                answered += 1
            }
            return (answered, nil)
        }
        var running = all.servers
        for round in 0..<6 {
            try await Task.sleep(for: .milliseconds(20))
            let index = round % 3
            await running[index].shutdown(grace: .seconds(10))
            running[index] = try await Servers.start(number: index, at: all.address(index))
        }
        load.cancel()
        let (answered, failure) = await load.value
        #expect(failure == nil)
        #expect(answered > 0)
        await channel.shutdown()
        for server in running { await server.shutdown(grace: .zero) }
    }

    // MARK: Names

    @Test func `a name is looked up again when its address is lost`() async throws {
        let all = try await Servers(["127.0.0.1", "127.0.0.2"])
        let resolver = TestResolver(["servers": [all.address(0)]])
        let channel = makeBalanced(resolver: resolver)
        #expect(await channel.who() == "0")
        #expect(resolver.lookups.load(ordering: .relaxed) == 1)
        resolver.set("servers", [all.address(1)])
        await all.servers[0].shutdown(grace: .zero)
        var safe = RetryPolicy()
        safe.safeCodes = [.unavailable]
        #expect(await channel.who(CallOptions(waitsForReady: true, retry: safe)) == "1")
        #expect(resolver.lookups.load(ordering: .relaxed) > 1)
        await channel.shutdown()
        await all.stop()
    }

    @Test func `a name is not looked up more often than allowed`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        let resolver = TestResolver(["servers": [try SocketAddress(ipAddress: "127.0.0.1", port: port.number)]])
        let channel = makeBalanced(resolver: resolver) { $0.lookupIntervalMin = .seconds(3_600) }
        for _ in 0..<20 {
            #expect(await channel.call("/test.Echo/Unary").code == .unavailable)
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(resolver.lookups.load(ordering: .relaxed) == 1)
        await channel.shutdown()
    }

    @Test func `a name that is not known fails calls with the reason, and is found when it is`() async throws {
        let all = try await Servers(["127.0.0.1"])
        let resolver = TestResolver()
        let channel = makeBalanced(resolver: resolver)
        let failure = await channel.call("/test.Echo/Unary").failure
        #expect(failure?.status.code == .unavailable)
        #expect(failure?.status.message == "no connection to servers:1: servers: not known")
        #expect(failure?.isSurelyUnprocessed == true)
        async let patient = channel.who()
        resolver.set("servers", all.addresses)
        #expect(await patient == "0")
        await channel.shutdown()
        await all.stop()
    }

    // MARK: Waiting and deadlines

    @Test func `patient calls wait for a server, others are told why there is none`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        let channel = makeBalanced([Endpoint(host: "127.0.0.1", port: port.number)], resolver: TestResolver())
        async let patient = channel.who()
        try await eventually("the address has failed") {
            try await channel.onLoop { channel.connectivity } == .transientFailure
        }
        let failure = await channel.call("/test.Echo/Unary").failure
        #expect(failure?.status.code == .unavailable)
        #expect(failure?.status.message.contains("connection refused") == true)
        let server = try await Servers.start(
            number: 7, at: SocketAddress(ipAddress: "127.0.0.1", port: port.number))
        #expect(await patient == "7")
        await channel.shutdown()
        await server.shutdown(grace: .zero)
    }

    @Test func `a deadline ends the wait for a connection and says what was waited for`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        let channel = makeBalanced([Endpoint(host: "127.0.0.1", port: port.number)], resolver: TestResolver())
        _ = await channel.call("/test.Echo/Unary")
        let options = CallOptions(timeout: .milliseconds(30), waitsForReady: true)
        let failure = await channel.call("/test.Echo/Unary", options: options).failure
        #expect(failure?.status.code == .deadlineExceeded)
        #expect(failure?.status.message.contains("connection refused") == true)
        #expect(failure?.isSurelyUnprocessed == true)
        await channel.shutdown()
    }

    @Test func `calls that wait can be cancelled, are bounded, and end with the channel`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        let channel = makeBalanced([Endpoint(host: "127.0.0.1", port: port.number)], resolver: TestResolver()) {
            $0.channel.pendingCallsMax = 2
            $0.channel.pendingBytesMax = 100
        }
        let results = Signal<RPCStatus.Code>()
        let options = CallOptions(waitsForReady: true)
        try await channel.onLoop {
            let first = channel.rawUnary("/test.Echo/Unary", Bytes(), options: options) { results.send($0.code) }
            channel.rawUnary("/test.Echo/Unary", Bytes(), options: options) { results.send($0.code) }
            channel.rawUnary("/test.Echo/Unary", Bytes(), options: options) { results.send($0.code) }
            first.cancel()
        }
        #expect(await results.next() == .resourceExhausted)
        #expect(await results.next() == .cancelled)
        let large = Bytes(repeating: 1, count: 101)
        #expect(await channel.call("/test.Echo/Unary", large, options: options).code == .resourceExhausted)
        await channel.shutdown()
        #expect(await results.next() == .unavailable)
        #expect(await channel.call("/test.Echo/Unary", options: options).code == .unavailable)
    }

    @Test func `streams that begin before there is a connection lose nothing`() async throws {
        let port = try ReservedPort()
        defer { port.release() }
        let channel = makeBalanced([Endpoint(host: "127.0.0.1", port: port.number)], resolver: TestResolver()) {
            $0.channel.streamSendBytesHigh = 1_000
        }
        let received = Signal<Bytes>()
        let events = Signal<String>()
        try await channel.onLoop {
            let stream = channel.rawStream("/test.Chat/Chat", options: CallOptions(waitsForReady: true))
            stream.onMessage { received.send(Bytes(copying: $0)) }
            stream.onWritable {
                events.send("writable")
                stream.halfClose()
            }
            stream.onFinish { events.send("\($0.code)") }
            for number in 0..<10 { stream.send(Bytes(repeating: UInt8(number), count: 200)) }
            events.send("\(stream.isWritable)")
        }
        #expect(await events.next() == "false")
        var registry = ServiceRegistry()
        registry.rawStream("/test.Chat/Chat", kind: .bidirectionalStreaming) { stream in
            stream.onMessage { stream.send($0) }
            stream.onHalfClose { stream.finish() }
        }
        let server = try await startServer(registry, port: port.number)
        for number in 0..<10 { #expect(await received.next() == Bytes(repeating: UInt8(number), count: 200)) }
        #expect(await events.next() == "writable")
        #expect(await events.next() == "OK")
        await channel.shutdown()
        await server.shutdown(grace: .zero)
    }

    // MARK: What can be seen

    @Test func `the state of the channel is told as it changes`() async throws {
        let all = try await Servers(["127.0.0.1"])
        let channel = makeBalanced(resolver: all.resolver)
        var states = channel.connectivityStates().makeAsyncIterator()
        #expect(await states.next() == .idle)
        channel.connect()
        #expect(await states.next() == .connecting)
        #expect(await states.next() == .ready)
        await all.stop()
        #expect(await states.next() == .connecting)
        #expect(await states.next() == .transientFailure)
        await channel.shutdown()
        #expect(await states.next() == .shutDown)
        #expect(await states.next() == nil)
    }

    @Test func `a channel leaves an address when it is told to, and open calls stay there`() async throws {
        let all = try await Servers(["127.0.0.1", "127.0.0.2"])
        let channel = makeBalanced(resolver: all.resolver)
        #expect(await channel.who() == "0")
        let ended = Signal<RPCStatus.Code>()
        try await channel.onLoop {
            _ = channel.rawUnary("/test.Hang/Unary", Bytes()) { ended.send($0.code) }
        }
        channel.moveOn()
        #expect(await channel.who() == "1")
        channel.moveOn()
        #expect(await channel.who() == "0")
        // It ends with the channel, and only then.
        await channel.shutdown()
        #expect(await ended.next() == .unavailable)
        await all.stop()
    }
}
