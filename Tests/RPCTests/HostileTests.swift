import ByteString
import NIOCore
import RPC
import Testing

/// A server under attack: it disconnects the attacker and goes on serving.
@Suite(.timeLimit(.minutes(5))) struct HostileTests {
    private func hanging(_ reasons: Signal<CancellationReason>? = nil) -> ServiceRegistry {
        var registry = echo()
        registry.rawUnary("/test.Hang/Unary") { _, call in
            call.onCancel { reasons?.send($0) }
        }
        registry.rawStream("/test.Hang/Stream", kind: .clientStreaming) { $0.pause() }
        return registry
    }

    /// Runs `attack`, then checks that a connection made before it and a new one are served.
    private func underAttack(
        _ registry: ServiceRegistry, _ configuration: ServerConfiguration = .patient,
        _ attack: (RPCServer) async throws -> Void
    ) async throws {
        try await withServer(registry, configuration) { server, channel in
            // A busy machine may need more than one attempt where a test sets short times.
            let patient = CallOptions(waitsForReady: true)
            #expect(await channel.call("/test.Echo/Unary", [1, 2, 3], options: patient).code == .ok)
            try await attack(server)
            #expect(await channel.call("/test.Echo/Unary", [1, 2, 3], options: patient).code == .ok)
            let other = makeChannel(to: server.port)
            #expect(await other.call("/test.Echo/Unary", [1, 2, 3], options: patient).code == .ok)
            await other.shutdown()
        }
    }

    @Test func `random bytes are cut off`() async throws {
        try await underAttack(echo()) { server in
            var random = SplitMix(state: 7)
            for _ in 0..<40 {
                let connection = try await RawConnection(to: server.port)
                await connection.send((0..<200).map { _ in UInt8.random(in: 0...255, using: &random) })
                try await connection.expectClosed("random bytes instead of a preface")
                #expect(connection.received.isEmpty)
            }
        }
    }

    @Test func `random frames after a preface harm nobody`() async throws {
        try await underAttack(hanging()) { server in
            var random = SplitMix(state: 11)
            for _ in 0..<60 {
                let connection = try await RawConnection(to: server.port)
                var bytes = H2.preface + H2.headers(1, H2.request("/test.Hang/Stream"))
                for _ in 0..<50 {
                    let payload = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                    bytes += H2.frame(
                        UInt8.random(in: 0...11, using: &random), UInt8.random(in: 0...255, using: &random),
                        UInt32.random(in: 0...5, using: &random), payload)
                }
                await connection.send(bytes)
                await connection.close()
            }
        }
    }

    @Test func `a request cut at any byte is taken up where it stopped`() async throws {
        try await withServer(echo()) { server, _ in
            let request =
                H2.preface + H2.headers(1, H2.request("/test.Echo/Unary"))
                + H2.data(1, H2.message([1, 2, 3]), end: true)
            for cut in stride(from: 1, to: request.count, by: 3) {
                let connection = try await RawConnection(to: server.port)
                await connection.send(Array(request[..<cut]))
                await connection.send(Array(request[cut...]))
                try await eventually("an answer") {
                    connection.frames.contains { $0.type == 0 && Array($0.payload) == H2.message([1, 2, 3]) }
                }
                await connection.close()
            }
        }
    }

    @Test func `HTTP 1 gets a short answer in its own words`() async throws {
        try await underAttack(echo()) { server in
            let connection = try await RawConnection(to: server.port)
            await connection.send(Array("POST /test.Echo/Unary HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            try await connection.expectClosed("HTTP/1")
            #expect(String(decoding: connection.received, as: UTF8.self).hasPrefix("HTTP/1.1 505 "))
        }
    }

    @Test func `silence, and half a preface, end with the handshake's time`() async throws {
        var configuration = ServerConfiguration.patient
        // The honest client, too, has to be done by then, beside tests that compute.
        configuration.handshakeTimeout = .seconds(3)
        try await underAttack(echo(), configuration) { server in
            let silent = try await RawConnection(to: server.port)
            let half = try await RawConnection(to: server.port)
            await half.send(Array(H2.preface.prefix(20)))
            try await silent.expectClosed("silence")
            try await half.expectClosed("half a preface")
        }
    }

    @Test func `a header block that does not end is given up`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.headersTimeout = .milliseconds(500)
        try await underAttack(echo(), configuration) { server in
            let block = H2.request("/test.Echo/Unary")
            let begun = try await RawConnection(to: server.port)
            await begun.send(H2.preface + H2.headers(1, block, endHeaders: false))
            let dribble = try await RawConnection(to: server.port)
            await dribble.send(H2.preface + Array(H2.headers(1, block).dropLast(10)))
            let pings = try await RawConnection(to: server.port)
            await pings.send(H2.preface + Array(H2.frame(6, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]).dropLast(1)))
            try await begun.expectClosed("no END_HEADERS")
            try await dribble.expectClosed("half a HEADERS frame")
            try await pings.expectClosed("half a PING frame")
        }
    }

    @Test(arguments: ["PRIORITY", "WINDOW_UPDATE", "empty DATA", "PING", "SETTINGS", "unknown"])
    func `a flood of frames that bring nothing ends with ENHANCE_YOUR_CALM`(kind: String) async throws {
        try await underAttack(hanging()) { server in
            let frame: [UInt8] =
                switch kind {
                case "PRIORITY": H2.frame(2, 0, 1, [0, 0, 0, 0, 16])
                case "WINDOW_UPDATE": H2.windowUpdate(1, 1)
                case "empty DATA": H2.data(1, [])
                case "PING": H2.frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])
                case "SETTINGS": H2.frame(4, 0, 0, [])
                default: H2.frame(0xbb, 0, 0, [1, 2, 3])
                }
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface + H2.headers(1, H2.request("/test.Hang/Stream")))
            for _ in 0..<60 where connection.isOpen {
                await connection.send((0..<100).flatMap { _ in frame })
            }
            try await connection.expectClosed("\(kind)")
            #expect(connection.hasGoAway(0xb))
        }
    }

    @Test func `work between the frames keeps a connection in good standing`() async throws {
        try await withServer(echo()) { server, _ in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface)
            // Four times as many PING and WINDOW_UPDATE frames as an idle connection may send.
            for call in 0..<2_000 {
                let stream = UInt32(call * 2 + 1)
                await connection.send(
                    H2.headers(stream, H2.request("/test.Echo/Unary")) + H2.data(stream, H2.message([9]), end: true)
                        + H2.frame(6, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]) + H2.windowUpdate(0, 100))
            }
            try await eventually("all answers") { connection.frames.filter { $0.type == 0 }.count == 2_000 }
            #expect(connection.isOpen)
            await connection.close()
        }
    }

    @Test func `resets that the server is provoked into end the connection, and handlers hear of each`() async throws {
        let reasons = Signal<CancellationReason>()
        try await underAttack(hanging(reasons)) { server in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface)
            for call in 0..<400 where connection.isOpen {
                let stream = UInt32(call * 2 + 1)
                // A complete request, then a window that overflows: the server must reset the stream while its
                // handler works.
                await connection.send(
                    H2.headers(stream, H2.request("/test.Hang/Unary")) + H2.data(stream, H2.message([]), end: true)
                        + H2.windowUpdate(stream, 0x7fff_ffff))
            }
            try await connection.expectClosed("MadeYouReset")
            #expect(connection.hasGoAway(0xb))
            for _ in 0..<200 { #expect([.clientReset, .connectionLost].contains(await reasons.next())) }
        }
    }

    @Test func `rapid resets end the connection`() async throws {
        try await underAttack(hanging()) { server in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface)
            for call in 0..<3_000 where connection.isOpen {
                let stream = UInt32(call * 2 + 1)
                await connection.send(
                    H2.headers(stream, H2.request("/test.Hang/Unary")) + H2.data(stream, H2.message([]), end: true)
                        + H2.reset(stream))
            }
            try await connection.expectClosed("rapid reset")
        }
    }

    @Test func `a header block that unpacks to a multiple of the limit ends the connection`() async throws {
        try await underAttack(echo()) { server in
            let connection = try await RawConnection(to: server.port)
            // One field of 4,000 bytes goes into the dynamic table, and is then named 60 times by one byte each.
            let value = [UInt8](repeating: 0x61, count: 3_900)
            var block = H2.request("/test.Echo/Unary")
            block += [0x40, 1, 0x78] + [127, UInt8((3_900 - 127) & 127 | 128), UInt8((3_900 - 127) >> 7)] + value
            block += [UInt8](repeating: 0x80 | 62, count: 60)
            await connection.send(H2.preface + H2.headers(1, block))
            try await connection.expectClosed("HPACK bomb")
        }
    }

    @Test func `more streams than allowed are not served`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.concurrentStreamsMax = 10
        try await underAttack(hanging(), configuration) { server in
            let connection = try await RawConnection(to: server.port)
            // Acknowledging the server's SETTINGS makes the limit binding.
            await connection.send(H2.preface)
            try await Task.sleep(for: .milliseconds(20))
            await connection.send(H2.frame(4, 1, 0, []))
            for call in 0..<11 {
                let stream = UInt32(call * 2 + 1)
                await connection.send(
                    H2.headers(stream, H2.request("/test.Hang/Unary")) + H2.data(stream, H2.message([]), end: true))
            }
            try await eventually("refused or closed") {
                !connection.isOpen || connection.frames.contains { $0.type == 3 || $0.type == 7 }
            }
            await connection.close()
        }
    }

    @Test func `messages that never end are bounded together`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.inboundBytesMax = 1 << 20
        try await underAttack(hanging(), configuration) { server in
            let connection = try await RawConnection(to: server.port)
            await connection.send(H2.preface + H2.frame(4, 1, 0, []))
            let piece = [UInt8](repeating: 0, count: 16_000)
            for call in 0..<40 {
                let stream = UInt32(call * 2 + 1)
                // A prefix that promises 4 MiB.
                await connection.send(
                    H2.headers(stream, H2.request("/test.Echo/Unary")) + H2.data(stream, [0, 0, 0x40, 0, 0])
                        + H2.data(stream, piece) + H2.data(stream, piece))
            }
            // Those beyond the limit are answered, in trailers, and reset.
            try await eventually("some are refused") {
                connection.frames.filter { $0.type == 1 && $0.flags & 1 == 1 }.count >= 5
            }
            await connection.close()
        }
    }

    @Test func `answers that nobody reads are bounded together`() async throws {
        var registry = echo()
        registry.rawUnary("/test.Big/Unary") { _, call in call.reply(Bytes(repeating: 1, count: 1 << 20)) }
        var configuration = ServerConfiguration.patient
        configuration.connectionSendBytesMax = 8 << 20
        try await underAttack(registry, configuration) { server in
            let connection = try await RawConnection(to: server.port)
            // A window of 0 for every stream.
            await connection.send(H2.preface + H2.frame(4, 0, 0, [0, 4, 0, 0, 0, 0]))
            for call in 0..<100 {
                let stream = UInt32(call * 2 + 1)
                await connection.send(
                    H2.headers(stream, H2.request("/test.Big/Unary")) + H2.data(stream, H2.message([]), end: true))
            }
            // Seven fit; the others are answered with a status, which needs no window.
            try await eventually("the rest is refused") {
                connection.frames.filter { $0.type == 1 && $0.flags & 1 == 1 }.count >= 92
            }
            await connection.close()
        }
    }

    @Test func `connections that read nothing are bounded together, and it is they that are closed`() async throws {
        var registry = echo()
        registry.rawUnary("/test.Big/Unary") { _, call in call.reply(Bytes(repeating: 1, count: 1 << 20)) }
        var configuration = ServerConfiguration.patient
        configuration.loopSendBytesMax = 10 << 20
        try await underAttack(registry, configuration) { server in
            var connections: [RawConnection] = []
            // More than fits on the two loops.
            for _ in 0..<12 {
                let connection = try await RawConnection(to: server.port)
                await connection.send(H2.preface + H2.frame(4, 0, 0, [0, 4, 0, 0, 0, 0]))
                for call in 0..<4 {
                    let stream = UInt32(call * 2 + 1)
                    await connection.send(
                        H2.headers(stream, H2.request("/test.Big/Unary")) + H2.data(stream, H2.message([]), end: true))
                }
                connections.append(connection)
            }
            try await eventually("some are closed") { connections.contains { !$0.isOpen } }
            for connection in connections where !connection.isOpen {
                #expect(connection.hasGoAway(0xb))
                // Nothing of an answer that was thrown away may look like its end.
                #expect(!connection.frames.contains { $0.type == 1 && $0.flags & 1 == 1 })
            }
            #expect(connections.contains { $0.isOpen })
            for connection in connections { await connection.close() }
        }
    }

    @Test func `a peer that reads nothing does not make the server's memory grow`() async throws {
        try await underAttack(hanging()) { server in
            let connection = try await RawConnection(to: server.port, reads: false)
            await connection.send(H2.preface)
            for _ in 0..<300 where connection.isOpen {
                await connection.send((0..<100).flatMap { _ in H2.frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]) })
            }
            try await eventually("the flood is cut off") { server.connectionCount <= 1 }
            await connection.close()
        }
    }

    @Test func `an address whose connections break the rules again and again is kept out for a while`() async throws {
        var configuration = ServerConfiguration.patient
        var limits = QuarantineLimits()
        limits.offencesMax = 3
        limits.memory = .hours(1)
        limits.duration = .seconds(2)
        configuration.quarantine = limits
        try await withServer(echo(), configuration) { server, channel in
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
            for _ in 0..<4 {
                let connection = try await RawConnection(to: server.port)
                // DATA on a stream that was never opened.
                await connection.send(H2.preface + H2.data(1, [1]))
                try await connection.expectClosed("broken frames")
                #expect(connection.hasGoAway(0x1))
            }
            let barred = try await RawConnection(to: server.port)
            await barred.send(H2.preface)
            try await barred.expectClosed("kept out")
            #expect(barred.received.isEmpty)
            // Who is inside stays, and outside the time passes.
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
            let other = makeChannel(to: server.port)
            #expect(await other.call("/test.Echo/Unary", options: CallOptions(waitsForReady: true)).code == .ok)
            await other.shutdown()
        }
    }

    @Test func `connections beyond the limit are closed and the others are served`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.connectionsMax = 5
        try await withServer(echo(), configuration) { server, channel in
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
            var connections: [RawConnection] = []
            for _ in 0..<4 { connections.append(try await RawConnection(to: server.port)) }
            try await eventually("five are open") { server.connectionCount == 5 }
            let sixth = try await RawConnection(to: server.port)
            try await sixth.expectClosed("one too many")
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
            for connection in connections { await connection.close() }
            try await eventually("room again") { server.connectionCount == 1 }
            let other = makeChannel(to: server.port)
            #expect(await other.call("/test.Echo/Unary").code == .ok)
            await other.shutdown()
        }
    }

    @Test func `a filter decides who may connect`() async throws {
        var configuration = ServerConfiguration.patient
        configuration.acceptFilter = { address in address.ipAddress != "127.0.0.1" }
        let server = try await startServer(echo(), configuration)
        let connection = try await RawConnection(to: server.port)
        try await connection.expectClosed("filtered")
        await server.shutdown(grace: .zero)
    }
}

/// A seeded generator (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
