import ByteString
import NIOCore
import RPC
import Testing

@Suite(.timeLimit(.minutes(5))) struct UnaryTests {
    @Test(arguments: [0, 1, 4_091, 4_096, 16_384, 65_535, 65_536, 1 << 20, (4 << 20) - 1, 4 << 20])
    func `a message of any size up to the limit comes back`(size: Int) async throws {
        try await withServer(echo()) { _, channel in
            let message = Bytes(count: size) { buffer in
                for index in stride(from: 0, to: size, by: 997) { buffer[index] = UInt8(truncatingIfNeeded: index) }
            }
            let response = try await channel.call("/test.Echo/Unary", message).get()
            #expect(response.message == message)
        }
    }

    @Test func `many calls at once are answered each with its own message`() async throws {
        var configuration = ChannelConfiguration()
        configuration.pendingCallsMax = 3_000
        try await withServer(echo(), channel: configuration) { _, channel in
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<3_000 {
                    group.addTask {
                        let message = Bytes(utf8: "message \(number)")
                        return (try? await channel.call("/test.Echo/Unary", message).get().message) == message
                    }
                }
                for await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func `a request over the limit is RESOURCE_EXHAUSTED and the connection goes on`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.messageBytesMax = 1_000
        try await withServer(echo(), configuration) { _, channel in
            let answer = await channel.call("/test.Echo/Unary", Bytes(repeating: 1, count: 1_001))
            #expect(answer.code == .resourceExhausted)
            #expect(answer.failure?.status.message.contains("messageBytesMax") == true)
            #expect(await channel.call("/test.Echo/Unary", Bytes(repeating: 1, count: 1_000)).code == .ok)
        }
    }

    @Test func `a request over the client's own limit is not sent`() async throws {
        try await withServer(echo()) { _, channel in
            let answer = await channel.call("/test.Echo/Unary", Bytes(repeating: 1, count: (4 << 20) + 1))
            #expect(answer.code == .resourceExhausted)
        }
    }

    @Test func `an answer over the limit is RESOURCE_EXHAUSTED on either side`() async throws {
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Big/Unary") { _, call in call.reply(Bytes(repeating: 7, count: 2_000)) }
        var strict = ServerConfiguration.patient
        strict.messageBytesMax = 1_999
        try await withServer(registry, strict) { _, channel in
            #expect(await channel.call("/test.Big/Unary").code == .resourceExhausted)
        }
        var configuration = ChannelConfiguration()
        configuration.messageBytesMax = 1_999
        try await withServer(registry, channel: configuration) { _, channel in
            #expect(await channel.call("/test.Big/Unary").code == .resourceExhausted)
        }
    }

    @Test func `an unknown method is UNIMPLEMENTED and named`() async throws {
        try await withServer(echo()) { _, channel in
            let answer = await channel.call("/test.Echo/Other")
            #expect(answer.code == .unimplemented)
            #expect(answer.failure?.status.message == "unknown method /test.Echo/Other")
        }
    }

    @Test func `code, message and details of a status arrive`() async throws {
        let details = Bytes((0..<300).map { UInt8(truncatingIfNeeded: $0) })
        let message = "100 % \u{1F980}\n\u{0} größer"
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Fail/Unary") { request, call in
            call.fail(
                RPCStatus(RPCStatus.Code(rawValue: Int(request[0])), message, details: details),
                trailers: ["x-why": "because"])
        }
        try await withServer(registry) { _, channel in
            for code in 1...16 {
                let failure = await channel.call("/test.Fail/Unary", [UInt8(code)]).failure
                #expect(failure?.status.code.rawValue == UInt8(code))
                #expect(failure?.status.message == message)
                #expect(failure?.status.details == details)
                #expect(failure?.trailers["x-why"] == "because")
                #expect(failure?.isSurelyUnprocessed == false)
            }
        }
    }

    @Test func `metadata of text and of bytes travels both ways`() async throws {
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Metadata/Unary") { _, call in
            call.sendHeaders(call.metadata)
            call.reply(Bytes(), trailers: call.metadata)
        }
        try await withServer(registry) { _, channel in
            var metadata: Metadata = ["x-text": "a, b", "authorization": "Bearer secret", "x-empty": ""]
            try metadata.append("another", for: "x-text")
            for count in 0..<6 {
                try metadata.append(Bytes((0..<count).map { UInt8(250 + $0) }), for: "x-bytes-bin")
            }
            let options = CallOptions(metadata: metadata)
            let response = try await channel.call("/test.Metadata/Unary", options: options).get()
            #expect(response.headers == metadata)
            #expect(response.trailers == metadata)
        }
    }

    @Test func `metadata over the server's limit is RESOURCE_EXHAUSTED`() async throws {
        try await withServer(echo()) { _, channel in
            let metadata: Metadata = ["x-large": String(repeating: "x", count: 17 << 10)]
            let answer = await channel.call("/test.Echo/Unary", options: CallOptions(metadata: metadata))
            #expect(answer.code == .resourceExhausted)
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
        }
    }

    @Test func `an answer may come on a later tick and from a batch of another thread`() async throws {
        let calls = Signal<UnaryCall>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Later/Unary") { _, call in calls.send(call) }
        try await withServer(registry) { _, channel in
            async let first = channel.call("/test.Later/Unary")
            async let second = channel.call("/test.Later/Unary")
            async let third = channel.call("/test.Later/Unary")
            var batch = ReplyBatch()
            batch.reply(Bytes(utf8: "one"), to: await calls.next())
            batch.reply(Bytes(utf8: "two"), to: await calls.next())
            batch.fail(RPCStatus(.aborted, "three"), to: await calls.next())
            batch.send()
            #expect(batch.isEmpty)
            let answers = await [first, second, third]
            #expect(answers.filter { $0.code == .ok }.count == 2)
            #expect(answers.filter { $0.code == .aborted }.count == 1)
        }
    }

    @Test func `an answer to a call that has ended does nothing`() async throws {
        let calls = Signal<UnaryCall>()
        var registry = echo()
        registry.rawUnary("/test.Later/Unary") { _, call in calls.send(call) }
        try await withServer(registry) { _, channel in
            try await callUntilDeadline(channel, "/test.Later/Unary")
            let call = await calls.next()
            try await eventually("the call is over") { try await call.eventLoop.submit { !call.isOpen }.get() }
            try await call.eventLoop.submit {
                call.reply(Bytes(utf8: "too late"))
                call.fail(RPCStatus(.internal))
                #expect(call.metadata.isEmpty)
            }.get()
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
        }
    }

    @Test func `a deadline passes at both ends and reaches the handler`() async throws {
        let reasons = Signal<CancellationReason>()
        let deadlines = Signal<NIODeadline?>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Hang/Unary") { _, call in
            deadlines.send(call.deadline)
            call.onCancel { reasons.send($0) }
        }
        try await withServer(registry) { _, channel in
            let start = NIODeadline.now()
            try await callUntilDeadline(channel, "/test.Hang/Unary")
            let deadline = try #require(await deadlines.next())
            #expect(deadline > start)
            // Whichever end is first, the other hears of it.
            #expect([.deadlineExceeded, .clientReset].contains(await reasons.next()))
        }
    }

    @Test func `a call whose time is over before it is sent has surely not been processed`() async throws {
        try await withServer(echo()) { _, channel in
            let answer = await channel.call("/test.Echo/Unary", options: CallOptions(timeout: .zero))
            #expect(answer.code == .deadlineExceeded)
            #expect(answer.failure?.isSurelyUnprocessed == true)
        }
    }

    @Test func `a client's cancellation reaches the handler`() async throws {
        let reasons = Signal<CancellationReason>()
        let calls = Signal<UnaryCall>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Hang/Unary") { _, call in
            call.onCancel { reasons.send($0) }
            calls.send(call)
        }
        try await withServer(registry) { _, channel in
            let finished = Signal<RPCStatus.Code>()
            let stream = try await channel.onLoop {
                channel.rawUnary("/test.Hang/Unary", Bytes()) { finished.send($0.code) }
            }
            let call = await calls.next()
            try await channel.onLoop { stream.cancel() }
            #expect(await finished.next() == .cancelled)
            #expect(await reasons.next() == .clientReset)
            // Asked afterwards, it is told at once.
            try await call.eventLoop.submit { call.onCancel { reasons.send($0) } }.get()
            #expect(await reasons.next() == .clientReset)
        }
    }

    @Test func `a lost connection reaches the handler`() async throws {
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
        await channel.shutdown(grace: .zero)
        #expect(await answer.code == .unavailable)
        #expect(await answer.failure?.isSurelyUnprocessed == false)
        #expect(await [.connectionLost, .clientReset].contains(reasons.next()))
        await server.shutdown(grace: .zero)
    }

    @Test func `calls beyond the server's concurrency wait for their turn`() async throws {
        let calls = Signal<UnaryCall>()
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Later/Unary") { _, call in calls.send(call) }
        var configuration = ServerConfiguration.patient
        configuration.concurrentStreamsMax = 2
        try await withServer(registry, configuration) { _, channel in
            await withTaskGroup(of: RPCStatus.Code.self) { group in
                for _ in 0..<10 { group.addTask { await channel.call("/test.Later/Unary").code } }
                for _ in 0..<10 {
                    let call = await calls.next()
                    var batch = ReplyBatch()
                    batch.reply(Bytes(), to: call)
                    batch.send()
                }
                for await code in group { #expect(code == .ok) }
            }
        }
    }
}
