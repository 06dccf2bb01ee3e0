import ByteString
import NIOCore
import RPC
import Testing

@Suite(.timeLimit(.minutes(5))) struct StreamTests {
    @Test func `a client's stream is collected`() async throws {
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Collect", kind: .clientStreaming) { stream in
            var count = 0
            var bytes = 0
            stream.onMessage { message in
                count += 1
                bytes += message.count
            }
            stream.onHalfClose {
                stream.send(Bytes(utf8: "\(count) \(bytes)"))
                stream.finish(trailers: ["x-count": "\(count)"])
            }
        }
        try await withServer(registry) { _, channel in
            let finished = Signal<Result<Metadata, RPCFailure>>()
            let messages = Signal<String>()
            try await channel.onLoop {
                let stream = channel.rawStream("/test.Stream/Collect")
                stream.onMessage { messages.send(String(decoding: $0, as: UTF8.self)) }
                stream.onFinish { finished.send($0) }
                for size in 0..<100 { stream.send(Bytes(repeating: 0, count: size * 100)) }
                stream.halfClose()
            }
            #expect(await messages.next() == "100 495000")
            #expect(try await finished.next().get()["x-count"] == "100")
        }
    }

    @Test func `a server's stream arrives in order and in full`() async throws {
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Count", kind: .serverStreaming) { stream in
            stream.sendHeaders(["x-kind": "count"])
            stream.onMessage { _ in
                var next = 0
                func go() {
                    while next < 10_000 {
                        next += 1
                        let message = "\(next - 1) " + String(repeating: ".", count: 100)
                        guard stream.send(Bytes(utf8: message)) else { return }
                    }
                    stream.finish()
                }
                stream.onWritable { go() }
                go()
            }
        }
        try await withServer(registry) { _, channel in
            let finished = Signal<Result<Metadata, RPCFailure>>()
            let headers = Signal<Metadata>()
            let counts = Signal<Int>()
            try await channel.onLoop {
                let stream = channel.rawStream("/test.Stream/Count")
                var count = 0
                stream.onHeaders { headers.send($0) }
                stream.onMessage { message in
                    #expect(String(decoding: message, as: UTF8.self).hasPrefix("\(count) "))
                    count += 1
                }
                stream.onFinish { result in
                    counts.send(count)
                    finished.send(result)
                }
                stream.send(Bytes())
                stream.halfClose()
            }
            #expect(await headers.next()["x-kind"] == "count")
            #expect(await counts.next() == 10_000)
            #expect(await finished.next().code == .ok)
        }
    }

    @Test func `both sides talk in turns`() async throws {
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Chat", kind: .bidirectionalStreaming) { stream in
            stream.onMessage { stream.send(Bytes(copying: $0)) }
            stream.onHalfClose { stream.finish() }
        }
        try await withServer(registry) { _, channel in
            let finished = Signal<RPCStatus.Code>()
            try await channel.onLoop {
                let stream = channel.rawStream("/test.Stream/Chat")
                var turns = 0
                stream.onMessage { message in
                    #expect(message.count == turns)
                    turns += 1
                    if turns < 200 {
                        stream.send(Bytes(repeating: 1, count: turns))
                    } else {
                        stream.halfClose()
                    }
                }
                stream.onFinish { finished.send($0.code) }
                stream.send(Bytes())
            }
            #expect(await finished.next() == .ok)
        }
    }

    @Test func `a server may end a stream before the client does`() async throws {
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Stop", kind: .bidirectionalStreaming) { stream in
            stream.onMessage { _ in
                stream.send(Bytes(utf8: "enough"))
                stream.finish(RPCStatus(.outOfRange, "enough"))
            }
        }
        try await withServer(registry) { _, channel in
            for _ in 0..<20 {
                let finished = Signal<Result<Metadata, RPCFailure>>()
                let messages = Signal<Int>()
                try await channel.onLoop {
                    let stream = channel.rawStream("/test.Stream/Stop")
                    stream.onMessage { messages.send($0.count) }
                    stream.onFinish { finished.send($0) }
                    stream.send(Bytes())
                    stream.send(Bytes(repeating: 0, count: 100_000))
                }
                #expect(await finished.next().failure?.status == RPCStatus(.outOfRange, "enough"))
                #expect(await messages.next() == 6)
            }
        }
    }

    @Test func `a paused server holds the client and bounds what waits`() async throws {
        let streams = Signal<ServerStream>()
        let counts = Signal<Int>()
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Slow", kind: .clientStreaming) { stream in
            var count = 0
            stream.pause()
            stream.onMessage { _ in count += 1 }
            stream.onHalfClose {
                counts.send(count)
                stream.send(Bytes())
                stream.finish()
            }
            streams.send(stream)
        }
        try await withServer(registry) { _, channel in
            let sent = Signal<Int>()
            let finished = Signal<RPCStatus.Code>()
            let call = try await channel.onLoop {
                let call = channel.rawStream("/test.Stream/Slow")
                call.onFinish { finished.send($0.code) }
                var count = 0
                while count < 1_000, call.send(Bytes(repeating: 1, count: 10_000)) { count += 1 }
                sent.send(count)
                return call
            }
            let first = await sent.next()
            #expect(first < 1_000)
            let stream = await streams.next()
            // The stream's window, one message, and what the client may queue.
            try await Task.sleep(for: .milliseconds(50))
            #expect(first * 10_000 < (1 << 20) + (512 << 10))
            try await channel.onLoop { call.halfClose() }
            try await stream.eventLoop.submit { stream.resume() }.get()
            #expect(await counts.next() == first + 1)
            #expect(await finished.next() == .ok)
        }
    }

    @Test func `a client that does not read holds the server's writer`() async throws {
        let streams = Signal<ServerStream>()
        let writable = Signal<Void>()
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Flood", kind: .serverStreaming) { stream in
            stream.onWritable { writable.send(()) }
            stream.onMessage { _ in streams.send(stream) }
        }
        try await withServer(registry) { _, channel in
            let received = Signal<Int>()
            let call = try await channel.onLoop {
                let call = channel.rawStream("/test.Stream/Flood")
                call.pause()
                var bytes = 0
                call.onMessage { bytes += $0.count }
                call.onFinish { _ in received.send(bytes) }
                call.send(Bytes())
                call.halfClose()
                return call
            }
            let stream = await streams.next()
            // What fits the client's window, the sockets and the server's queue is sent; then the writer is told to
            // wait.
            let message = Bytes(repeating: 1, count: 32 << 10)
            let sent = Signal<Int>()
            try await stream.eventLoop.submit {
                var count = 0
                while count < 1_000 {
                    count += 1
                    if !stream.send(message) { break }
                }
                sent.send(count)
            }.get()
            var total = await sent.next()
            #expect(total < 1_000)
            // Writable again while the window lasts.
            for _ in 0..<100 {
                try await Task.sleep(for: .milliseconds(2))
                let more = try await stream.eventLoop.submit { () -> Int in
                    var count = 0
                    while stream.isWritable, count < 1_000 {
                        count += 1
                        stream.send(message)
                    }
                    return count
                }.get()
                total += more
            }
            #expect(total * message.count <= (1 << 20) + (256 << 10) + 2 * message.count)
            try await stream.eventLoop.submit { #expect(stream.queuedBytes > 128 << 10) }.get()
            try await channel.onLoop { call.resume() }
            await writable.next()
            try await stream.eventLoop.submit { stream.finish() }.get()
            #expect(await received.next() == total * message.count)
        }
    }

    @Test func `a writer that ignores backpressure is ended with RESOURCE_EXHAUSTED`() async throws {
        let cancelled = Signal<CancellationReason>()
        var registry = echo()
        registry.rawStream("/test.Stream/Flood", kind: .serverStreaming) { stream in
            stream.onCancel { cancelled.send($0) }
            stream.onMessage { _ in
                let message = Bytes(repeating: 1, count: 1 << 20)
                for _ in 0..<20 { stream.send(message) }
            }
        }
        try await withServer(registry) { _, channel in
            let finished = Signal<RPCStatus.Code>()
            try await channel.onLoop {
                let call = channel.rawStream("/test.Stream/Flood")
                call.pause()
                call.onFinish { finished.send($0.code) }
                call.send(Bytes())
                call.halfClose()
            }
            #expect(await cancelled.next() == .limitExceeded)
            #expect(await finished.next() == .resourceExhausted)
            #expect(await channel.call("/test.Echo/Unary").code == .ok)
        }
    }

    @Test func `one stuck stream does not stop the others of its connection`() async throws {
        var registry = echo()
        registry.rawStream("/test.Stream/Stuck", kind: .clientStreaming) { $0.pause() }
        try await withServer(registry) { _, channel in
            // More streams than the connection's window would hold if what waits counted against it.
            try await channel.onLoop {
                for _ in 0..<12 {
                    let call = channel.rawStream("/test.Stream/Stuck")
                    var isWritable = true
                    while isWritable { isWritable = call.send(Bytes(repeating: 1, count: 64 << 10)) }
                    call.onWritable { while call.send(Bytes(repeating: 1, count: 64 << 10)) {} }
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            for _ in 0..<10 {
                let answer = await channel.call("/test.Echo/Unary", Bytes(repeating: 2, count: 100_000))
                #expect(answer.code == .ok)
            }
        }
    }

    @Test func `a message larger than the stream's window arrives on a stream`() async throws {
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Chat", kind: .bidirectionalStreaming) { stream in
            stream.onMessage { stream.send(Bytes(copying: $0)) }
            stream.onHalfClose { stream.finish() }
        }
        try await withServer(registry) { _, channel in
            let sizes = Signal<Int>()
            let finished = Signal<RPCStatus.Code>()
            try await channel.onLoop {
                let call = channel.rawStream("/test.Stream/Chat")
                call.onMessage { sizes.send($0.count) }
                call.onFinish { finished.send($0.code) }
                call.send(Bytes(repeating: 3, count: 3 << 20))
                call.send(Bytes(repeating: 3, count: 4 << 20))
                call.halfClose()
            }
            #expect(await sizes.next() == 3 << 20)
            #expect(await sizes.next() == 4 << 20)
            #expect(await finished.next() == .ok)
        }
    }

    @Test func `a stream's deadline ends it at both ends`() async throws {
        let reasons = Signal<CancellationReason>()
        var registry = ServiceRegistry()
        registry.rawStream("/test.Stream/Hang", kind: .bidirectionalStreaming) { stream in
            stream.onCancel { reasons.send($0) }
            stream.send(Bytes(utf8: "begun"))
        }
        try await withServer(registry) { _, channel in
            try await callUntilDeadline(channel, "/test.Stream/Hang")
            #expect([.deadlineExceeded, .clientReset].contains(await reasons.next()))
        }
    }
}
