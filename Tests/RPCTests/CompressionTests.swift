import ByteString
import NIOCore
import RPC
import Testing

@Suite(.timeLimit(.minutes(5))) struct CompressionTests {
    private var accepting: ChannelConfiguration {
        var configuration = ChannelConfiguration()
        configuration.acceptsCompression = true
        return configuration
    }

    /// `/test.Echo/Unary`, whose trailers say whether the request came compressed.
    private func telling() -> ServiceRegistry {
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Echo/Unary") { message, call in
            call.reply(message, trailers: ["x-compressed": call.isRequestCompressed ? "yes" : "no"])
        }
        return registry
    }

    private func text(_ count: Int) -> Bytes {
        Bytes(count: count) { buffer in
            for index in stride(from: 0, to: count, by: 64) { buffer[index] = UInt8(truncatingIfNeeded: index / 64) }
        }
    }

    /// Whether the answer to a request of `size` bytes came compressed.
    private func isCompressed(_ channel: RPCChannel, _ path: MethodPath, _ size: Int) async throws -> Bool {
        try await channel.call(path, text(size)).get().wasCompressed
    }

    @Test(arguments: [0, 1, 17, 18, 19, 1_023, 1_024, 4_096, 4_097, 70_000, 1 << 20, (4 << 20) - 1])
    func `messages of any size are compressed both ways and come back`(size: Int) async throws {
        var configuration = ServerConfiguration.patient
        configuration.compression = .gzip(bytesMin: 0)
        try await withServer(telling(), configuration, channel: accepting) { _, channel in
            let options = CallOptions(compression: .gzip(bytesMin: 0))
            let response = try await channel.call("/test.Echo/Unary", text(size), options: options).get()
            #expect(response.message == text(size))
            if size > 100 {
                #expect(response.trailers["x-compressed"] == "yes")
                #expect(response.wasCompressed)
            }
        }
    }

    @Test func `what would not become smaller goes out as it is`() async throws {
        var random = SplitMix(state: 3)
        let noise = Bytes((0..<5_000).map { _ in UInt8.random(in: 0...255, using: &random) })
        var configuration = ServerConfiguration.patient
        configuration.compression = .gzip(bytesMin: 0)
        try await withServer(telling(), configuration, channel: accepting) { _, channel in
            let options = CallOptions(compression: .gzip(bytesMin: 0))
            let response = try await channel.call("/test.Echo/Unary", noise, options: options).get()
            #expect(response.message == noise)
            #expect(response.trailers["x-compressed"] == "no")
            #expect(!response.wasCompressed)
        }
    }

    @Test func `answers are compressed from the threshold on, for clients that accept it, and never by default`()
        async throws
    {
        var configuration = ServerConfiguration.patient
        configuration.compression = .gzip(bytesMin: 1_000)
        try await withServer(echo(), configuration, channel: accepting) { server, channel in
            #expect(await (try? isCompressed(channel, "/test.Echo/Unary", 999)) == false)
            #expect(await (try? isCompressed(channel, "/test.Echo/Unary", 1_000)) == true)
            let other = makeChannel(to: server.port)
            #expect(await (try? isCompressed(other, "/test.Echo/Unary", 100_000)) == false)
            await other.shutdown()
        }
        try await withServer(echo(), channel: accepting) { _, channel in
            #expect(await (try? isCompressed(channel, "/test.Echo/Unary", 100_000)) == false)
        }
    }

    @Test func `a handler chooses for its own call`() async throws {
        var registry = ServiceRegistry()
        registry.rawUnary("/test.Echo/Yes") { message, call in
            call.setCompression(.gzip(bytesMin: 0))
            call.reply(message)
        }
        registry.rawUnary("/test.Echo/No") { message, call in
            call.setCompression(.none)
            call.reply(message)
        }
        var configuration = ServerConfiguration.patient
        try await withServer(registry, configuration, channel: accepting) { _, channel in
            #expect(await (try? isCompressed(channel, "/test.Echo/Yes", 5_000)) == true)
        }
        configuration.compression = .gzip()
        try await withServer(registry, configuration, channel: accepting) { _, channel in
            #expect(await (try? isCompressed(channel, "/test.Echo/No", 5_000)) == false)
        }
    }

    @Test func `each message of a stream is compressed or not as its sender wishes`() async throws {
        var registry = ServiceRegistry()
        registry.rawStream("/test.Echo/Chat", kind: .bidirectionalStreaming) { stream in
            stream.setCompression(.gzip(bytesMin: 0))
            stream.sendHeaders(Metadata())
            // Answers are compressed where requests are not.
            stream.onMessage { message in
                stream.setCompression(stream.isMessageCompressed ? .none : .gzip(bytesMin: 0))
                stream.send(message)
            }
            stream.onHalfClose { stream.finish() }
        }
        let pattern = [true, false, false, true, true, false]
        try await withServer(registry, channel: accepting) { _, channel in
            let answers = Signal<(isCompressed: Bool, bytes: Int)?>()
            try await channel.onLoop {
                let options = CallOptions(compression: .gzip(bytesMin: 0))
                let stream = channel.rawStream("/test.Echo/Chat", options: options)
                stream.onMessage { answers.send((stream.isMessageCompressed, $0.count)) }
                stream.onFinish { _ in answers.send(nil) }
                // The call is not connected yet, so the messages wait, and the last choice would count for all.
                var next = 0
                func sendNext() {
                    guard next < pattern.count else {
                        stream.halfClose()
                        return
                    }
                    stream.setCompression(pattern[next] ? .gzip(bytesMin: 0) : .none)
                    stream.send(Bytes(repeating: 5, count: 1_000 + next))
                    next += 1
                }
                stream.onHeaders { _ in for _ in 0...pattern.count { sendNext() } }
            }
            for (index, isCompressed) in pattern.enumerated() {
                let answer = try #require(await answers.next())
                #expect(answer.isCompressed == !isCompressed)
                #expect(answer.bytes == 1_000 + index)
            }
            #expect(await answers.next() == nil)
        }
    }

    @Test func `compressed messages wait compressed while a consumer pauses`() async throws {
        var registry = ServiceRegistry()
        registry.rawStream("/test.Sum/Bytes", kind: .clientStreaming) { stream in
            var sum = 0
            stream.onMessage { message in
                sum += message.count
                stream.pause()
                stream.eventLoop.assumeIsolated().execute { stream.resume() }
            }
            stream.onHalfClose {
                stream.send(Bytes(utf8: "\(sum)"))
                stream.finish()
            }
        }
        var configuration = ServerConfiguration.patient
        // Room for one of the messages as it is, and for all of them compressed.
        configuration.inboundBytesMax = 1_200_000
        try await withServer(registry, configuration, channel: accepting) { _, channel in
            let answers = Signal<Result<String, RPCFailure>>()
            try await channel.onLoop {
                let options = CallOptions(compression: .gzip(bytesMin: 0))
                let stream = channel.rawStream("/test.Sum/Bytes", options: options)
                stream.onMessage { answers.send(.success(String(decoding: $0, as: UTF8.self))) }
                stream.onFinish { if case .failure(let failure) = $0 { answers.send(.failure(failure)) } }
                for _ in 0..<10 { stream.send(Bytes(repeating: 1, count: 1_000_000)) }
                stream.halfClose()
            }
            #expect(try await answers.next().get() == "10000000")
        }
    }
}

/// What comes as compressed and is not what it says.
@Suite(.timeLimit(.minutes(5))) struct HostileCompressionTests {
    private static let gzip = H2.field("grpc-encoding", "gzip")

    /// Sends one request on a connection of its own and waits for the end of the answer.
    private func answer(
        _ server: RPCServer, _ message: [UInt8], _ path: String = "/test.Echo/Unary", _ more: [UInt8] = gzip
    ) async throws -> RawConnection {
        let connection = try await RawConnection(to: server.port)
        await connection.send(H2.preface + H2.headers(1, H2.request(path, more)))
        await connection.send(H2.dataFrames(1, message))
        try await eventually("an answer") {
            connection.frames.contains { $0.type == 1 && $0.flags & 1 == 1 || $0.type == 3 }
        }
        return connection
    }

    private func status(
        _ server: RPCServer, _ message: [UInt8], _ more: [UInt8] = HostileCompressionTests.gzip
    ) async throws -> Int? {
        let connection = try await answer(server, message, "/test.Echo/Unary", more)
        await connection.close()
        return connection.grpcStatus
    }

    @Test func `members made by hand are understood`() async throws {
        try await withServer(echo()) { server, _ in
            for content: [UInt8] in [[], [1], Array(1...200)] {
                let connection = try await answer(server, Gzip.stored(content).message)
                #expect(connection.frames.contains { $0.type == 0 && Array($0.payload) == H2.message(content) })
                await connection.close()
            }
            let zeros = Gzip.zeros(repeats: 30)
            let connection = try await answer(server, zeros.message)
            let wanted = H2.message([UInt8](repeating: 0, count: Int(zeros.length)))
            #expect(connection.frames.contains { $0.type == 0 && Array($0.payload) == wanted })
            await connection.close()
        }
    }

    @Test func `a message that inflates to more than the limit is RESOURCE_EXHAUSTED before anything is inflated`()
        async throws
    {
        var configuration = ServerConfiguration.patient
        configuration.messageBytesMax = 258 * 100
        try await withServer(echo(), configuration) { server, channel in
            #expect(await (try? status(server, Gzip.zeros(repeats: 99).message)) == 0)
            #expect(await (try? status(server, Gzip.zeros(repeats: 100).message)) == 8)
            #expect(await (try? status(server, Gzip.zeros(repeats: 1_000).message)) == 8)
            #expect(await channel.call("/test.Echo/Unary", [1]).code == .ok)
        }
    }

    @Test func `content that is not as long as the trailer says is INTERNAL`() async throws {
        try await withServer(echo()) { server, channel in
            let claims: [UInt32] = [0, 1, 258, 258 * 1_000, 258 * 1_000 + 2, 1 << 20, 4 << 20]
            for claim in claims {
                var bomb = Gzip.zeros(repeats: 1_000)
                bomb.length = claim
                #expect(await (try? status(server, bomb.message)) == 13, "\(claim)")
            }
            #expect(await channel.call("/test.Echo/Unary", [1]).code == .ok)
        }
    }

    @Test func `what is inflated counts as inbound bytes`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.inboundBytesMax = 50_000
        try await withServer(echo(), configuration) { server, _ in
            #expect(await (try? status(server, Gzip.zeros(repeats: 150).message)) == 0)
            #expect(await (try? status(server, Gzip.zeros(repeats: 200).message)) == 8)
        }
        configuration = .patient
        configuration.loopInboundBytesMax = 50_000
        try await withServer(echo(), configuration) { server, _ in
            #expect(await (try? status(server, Gzip.zeros(repeats: 150).message)) == 0)
            #expect(await (try? status(server, Gzip.zeros(repeats: 200).message)) == 8)
            // Nothing of the refused one is still counted.
            #expect(await (try? status(server, Gzip.zeros(repeats: 150).message)) == 0)
        }
    }

    @Test func `no changed byte, cut or appendage makes a member that passes for another`() async throws {
        try await withServer(echo()) { server, channel in
            let content: [UInt8] = Array(1...60)
            let good = Gzip.stored(content).bytes
            func message(_ bytes: [UInt8]) -> [UInt8] { [1] + H2.number(UInt32(bytes.count)) + bytes }
            // Bytes 4 to 9 are the time, the level and the system, which change nothing; 3 are the flags, some of which
            // announce parts that may be skipped.
            for index in [0, 1, 2] + (10..<good.count) {
                var bad = good
                bad[index] ^= 0x41
                let status = try await status(server, message(bad))
                #expect(status == 13 || status == 8, "byte \(index)")
            }
            for count in [0, 1, 10, 17, 18, good.count - 1] {
                let status = try await status(server, message(Array(good.prefix(count))))
                #expect(status == 13 || status == 8, "\(count) bytes")
            }
            #expect(await (try? status(server, message(good + [0]))) == 13)
            #expect(await (try? status(server, message(good + good))) == 13)
            #expect(await channel.call("/test.Echo/Unary", [1]).code == .ok)
        }
    }

    @Test func `an encoding that is not known is UNIMPLEMENTED, and so is gzip where it is switched off`() async throws
    {
        let message = Gzip.stored([1, 2, 3]).message
        try await withServer(echo()) { server, _ in
            #expect(await (try? status(server, message, H2.field("grpc-encoding", "snappy"))) == 12)
            #expect(await (try? status(server, message, H2.field("grpc-encoding", "deflate"))) == 12)
            #expect(await (try? status(server, H2.message([1]), H2.field("grpc-encoding", "identity"))) == 0)
            #expect(await (try? status(server, H2.message([1]))) == 0)
        }
        var configuration = ServerConfiguration.patient
        configuration.acceptsCompression = false
        try await withServer(echo(), configuration) { server, _ in
            #expect(await (try? status(server, message)) == 12)
        }
    }

    @Test func `the compressed flag without an encoding is INTERNAL`() async throws {
        try await withServer(echo()) { server, _ in
            let message = Gzip.stored([1, 2, 3]).message
            #expect(await (try? status(server, message, [])) == 13)
            #expect(await (try? status(server, message, H2.field("grpc-encoding", "identity"))) == 13)
        }
    }

    @Test func `a bomb on a stream ends that stream only`() async throws {
        var registry = echo()
        registry.rawStream("/test.Echo/Chat", kind: .bidirectionalStreaming) { stream in
            stream.onMessage { stream.send($0) }
            stream.onHalfClose { stream.finish() }
        }
        var configuration = ServerConfiguration.patient
        configuration.messageBytesMax = 10_000
        try await withServer(registry, configuration) { server, _ in
            let connection = try await RawConnection(to: server.port)
            let chat = H2.headers(1, H2.request("/test.Echo/Chat", Self.gzip))
            await connection.send(H2.preface + chat + H2.data(1, Gzip.stored([7]).message))
            try await eventually("the first message") {
                connection.frames.contains { $0.type == 0 && Array($0.payload) == H2.message([7]) }
            }
            await connection.send(H2.data(1, Gzip.zeros(repeats: 5_000).message))
            try await eventually("the stream's end") {
                connection.frames.contains { $0.stream == 1 && ($0.type == 3 || $0.flags & 1 == 1) }
            }
            #expect(connection.grpcStatus == 8)
            let unary = H2.headers(3, H2.request("/test.Echo/Unary"))
            await connection.send(unary + H2.data(3, H2.message([9]), end: true))
            try await eventually("another call of the same connection") {
                connection.frames.contains { $0.stream == 3 && $0.type == 0 }
            }
            await connection.close()
        }
    }
}
