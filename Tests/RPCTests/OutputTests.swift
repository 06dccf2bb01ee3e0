import ByteString
import NIOConcurrencyHelpers
import NIOCore
import RPC
import Testing

/// What a connection sends, past its channel or through it.
@Suite(.timeLimit(.minutes(5))) struct OutputTests {
    /// A message that tells its place, of a length that no buffer is a multiple of.
    private static func message(_ number: Int) -> [UInt8] {
        H2.number(UInt32(number)) + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number * 7 % 5_000)
    }

    /// A client's first bytes: a call, with windows that are never full.
    private static func call(_ path: String) -> [UInt8] {
        H2.preface + H2.frame(4, 0, 0, [0, 4, 0x7f, 0xff, 0xff, 0xff]) + H2.windowUpdate(0, 0x7fff_0000)
            + H2.headers(1, H2.request(path)) + H2.data(1, H2.message([]), end: true)
    }

    @Test func `what a socket has no room for arrives behind what it took, whole and in order`() async throws {
        let streams = Signal<ServerStream>()
        var registry = echo()
        registry.rawStream("/test.Stream/Count", kind: .serverStreaming) { stream in
            stream.onMessage { _ in streams.send(stream) }
        }
        try await withServer(registry) { server, channel in
            for _ in 0..<3 {
                let connection = try await RawConnection(to: server.port, reads: false)
                await connection.send(Self.call("/test.Stream/Count"))
                let stream = await streams.next()
                // Both sockets are full, the channel has its share, and the stream's own queue is full too.
                var (count, rounds) = (0, 0)
                while rounds < 20 {
                    let first = count
                    count = try await stream.eventLoop.submit {
                        var count = first
                        while stream.isWritable {
                            stream.send(Bytes(Self.message(count)))
                            count += 1
                        }
                        return count
                    }.get()
                    rounds = count == first ? rounds + 1 : 0
                    try await Task.sleep(for: .milliseconds(2))
                }
                try await stream.eventLoop.submit { stream.finish() }.get()
                try await connection.startReading()
                let expected = (0..<count).flatMap { H2.message(Self.message($0)) }
                try await eventually("the end of the call") {
                    connection.frames.last.map { $0.type == 1 && $0.flags & 1 == 1 } ?? false
                }
                let body = connection.frames.filter { $0.type == 0 }.flatMap(\.payload)
                #expect(body.count == expected.count)
                #expect(body == expected)
                await connection.close()
            }
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
        }
    }

    @Test func `nothing reaches a connection that was given a closed one's descriptor`() async throws {
        // Every stream is told its own connection's number, again and again, while connections come and go.
        let streams = NIOLockedValueBox<[(stream: ServerStream, number: UInt8)]>([])
        var registry = echo()
        registry.rawStream("/test.Stream/Number", kind: .serverStreaming) { stream in
            stream.onMessage { message in
                guard let number = message.first else { return }
                streams.withLockedValue { $0.append((stream, number)) }
            }
            stream.onCancel { _ in }
        }
        try await withServer(registry) { server, channel in
            let teller = Task {
                while !Task.isCancelled {
                    for (stream, number) in streams.withLockedValue({ $0 }) {
                        stream.eventLoop.execute { stream.send(Bytes([number, number, number])) }
                    }
                    await Task.yield()
                }
            }
            var strangers = 0
            for round in 0..<60 {
                let number = UInt8(truncatingIfNeeded: round)
                let connection = try await RawConnection(to: server.port)
                await connection.send(
                    H2.preface + H2.headers(1, H2.request("/test.Stream/Number"))
                        + H2.data(1, H2.message([number]), end: true))
                try await eventually("it is told") { connection.frames.contains { $0.type == 0 } }
                let body = connection.frames.filter { $0.type == 0 }.flatMap(\.payload)
                let own = H2.message([number, number, number])
                strangers += stride(from: 0, to: body.count - own.count + 1, by: own.count)
                    .count { Array(body[$0..<$0 + own.count]) != own }
                await connection.abort()
            }
            teller.cancel()
            await teller.value
            #expect(strangers == 0)
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
        }
    }

    @Test func `a call that ends with nothing queued ends, whatever other calls of its connection send`() async throws {
        let streams = Signal<ServerStream>()
        var registry = echo()
        registry.rawStream("/test.Stream/Any", kind: .serverStreaming) { stream in
            stream.onMessage { _ in streams.send(stream) }
        }
        try await withServer(registry) { _, channel in
            let (told, ended) = (Signal<Int>(), Signal<RPCStatus.Code>())
            @Sendable func begin() async throws -> ServerStream {
                try await channel.onLoop {
                    let call = channel.rawStream("/test.Stream/Any")
                    call.onMessage { told.send($0.count) }
                    call.onFinish { ended.send($0.code) }
                    call.send(Bytes())
                    call.halfClose()
                }
                return await streams.next()
            }
            let talker = try await begin()
            for round in 1..<50 {
                let ending = try await begin()
                // Each has sent something, so that neither is asked for more than it has.
                try await ending.eventLoop.submit { _ = ending.send(Bytes(repeating: 1, count: round)) }.get()
                #expect(await told.next() == round)
                try await talker.eventLoop.submit {
                    if round.isMultiple(of: 2) { ending.finish() }
                    talker.send(Bytes(repeating: 2, count: round))
                    if !round.isMultiple(of: 2) { ending.finish() }
                }.get()
                #expect(await told.next() == round)
                #expect(await ended.next() == .ok)
            }
            try await talker.eventLoop.submit { talker.finish() }.get()
            #expect(await ended.next() == .ok)
        }
    }

    @Test func `a call that ends while the connection's window is used up ends when it opens`() async throws {
        let streams = Signal<ServerStream>()
        var registry = echo()
        registry.rawStream("/test.Stream/Any", kind: .serverStreaming) { stream in
            stream.onMessage { _ in streams.send(stream) }
        }
        try await withServer(registry) { server, _ in
            let connection = try await RawConnection(to: server.port)
            // Streams without a limit, on a connection that has the 65,535 bytes it begins with.
            await connection.send(H2.preface + H2.frame(4, 0, 0, [0, 4, 0x7f, 0xff, 0xff, 0xff]))
            func begin(_ stream: UInt32) async -> ServerStream {
                await connection.send(
                    H2.headers(stream, H2.request("/test.Stream/Any")) + H2.data(stream, H2.message([]), end: true))
                return await streams.next()
            }
            let (ending, talker) = (await begin(1), await begin(3))
            let bytesOfBoth = 70_000 + 100 + 2 * 5
            for (stream, count) in [(ending, 100), (talker, 70_000)] {
                try await stream.eventLoop.submit { _ = stream.send(Bytes(repeating: 1, count: count)) }.get()
            }
            func received() -> Int { connection.frames.filter { $0.type == 0 }.reduce(0) { $0 + $1.payload.count } }
            try await eventually("the window is used up") { received() == 65_535 }
            try await ending.eventLoop.submit { ending.finish() }.get()
            await connection.send(H2.windowUpdate(0, 65_535))
            try await eventually("the talker's rest") { received() == bytesOfBoth }
            try await eventually("the other's end") {
                connection.frames.contains { $0.type == 1 && $0.flags & 1 == 1 && $0.stream == 1 }
            }
            await connection.close()
        }
    }
}
