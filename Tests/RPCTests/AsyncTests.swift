import ByteString
import Messages
import RPC
import Testing

private typealias Text = GoogleRpcStatus

private func text(_ message: String, code: Int32 = 0) -> Text {
    var text = Text()
    text.message = message
    text.code = code
    return text
}

private let unary = Method<Text, Text>("/test.Async/Unary", kind: .unary)
private let collect = Method<Text, Text>("/test.Async/Collect", kind: .clientStreaming)
private let expand = Method<Text, Text>("/test.Async/Expand", kind: .serverStreaming)
private let chat = Method<Text, Text>("/test.Async/Chat", kind: .bidirectionalStreaming)

private func service() -> ServiceRegistry {
    var registry = ServiceRegistry()
    registry.unary(unary) { request, context in
        if request.code != 0 { throw RPCStatus(RPCStatus.Code(rawValue: Int(request.code)), request.message) }
        context.sendHeaders(["x-path": context.path.text])
        context.setTrailers(["x-length": "\(request.message.utf8.count)"])
        return text(request.message.uppercased())
    }
    registry.clientStreaming(collect) { requests, _ in
        var all = ""
        for try await request in requests { all += request.message }
        return text(all)
    }
    registry.serverStreaming(expand) { request, writer, _ in
        for number in 0..<Int(request.code) { try await writer.write(text(request.message, code: Int32(number))) }
    }
    registry.bidirectional(chat) { requests, writer, _ in
        for try await request in requests { try await writer.write(request) }
    }
    return registry
}

@Suite(.timeLimit(.minutes(5))) struct AsyncTests {
    @Test func `a unary call returns its message and its metadata`() async throws {
        try await withServer(service()) { _, channel in
            #expect(try await channel.unary(unary, text("shout")) == text("SHOUT"))
            let response = try await channel.respond(to: text("shout"), unary)
            #expect(response.headers["x-path"] == "/test.Async/Unary")
            #expect(response.trailers["x-length"] == "5")
        }
    }

    @Test func `a thrown status is the answer`() async throws {
        try await withServer(service()) { _, channel in
            await #expect(throws: RPCFailure(RPCStatus(.notFound, "nowhere"))) {
                try await channel.unary(unary, text("nowhere", code: 5))
            }
        }
    }

    @Test func `a request that is no message is INVALID_ARGUMENT`() async throws {
        try await withServer(service()) { _, channel in
            #expect(await channel.call(unary.path, [0xff, 0xff, 0xff]).code == .invalidArgument)
            // The message field holds bytes that are not UTF-8.
            #expect(await channel.call(unary.path, [0x12, 0x01, 0xff]).code == .invalidArgument)
            let finished = Signal<RPCStatus.Code>()
            try await channel.onLoop {
                let stream = channel.rawStream(chat.path)
                stream.onFinish { finished.send($0.code) }
                stream.send([0x12, 0x01, 0xff] as Bytes)
            }
            #expect(await finished.next() == .invalidArgument)
        }
    }

    @Test func `streams of a client are read one by one`() async throws {
        try await withServer(service()) { _, channel in
            let all = try await channel.clientStreaming(collect) { writer in
                for number in 0..<500 { try await writer.write(text("\(number) ")) }
            }
            #expect(all.message == (0..<500).map { "\($0) " }.joined())
        }
    }

    @Test func `a server's stream is read one by one`() async throws {
        try await withServer(service()) { _, channel in
            var next: Int32 = 0
            for try await response in try channel.serverStreaming(expand, text("x", code: 5_000)) {
                #expect(response.code == next)
                next += 1
            }
            #expect(next == 5_000)
        }
    }

    @Test func `a slow reader holds a server's writer and gets everything`() async throws {
        try await withServer(service()) { _, channel in
            let large = String(repeating: "x", count: 50_000)
            var count = 0
            for try await response in try channel.serverStreaming(expand, text(large, code: 200)) {
                #expect(response.message.utf8.count == 50_000)
                if count % 50 == 0 { try await Task.sleep(for: .milliseconds(20)) }
                count += 1
            }
            #expect(count == 200)
        }
    }

    @Test func `both sides talk in turns`() async throws {
        try await withServer(service()) { _, channel in
            let call = channel.bidirectional(chat)
            var responses = call.responses.makeAsyncIterator()
            for number in 0..<200 {
                try await call.requests.write(text("\(number)"))
                #expect(try await responses.next()?.message == "\(number)")
            }
            call.requests.finish()
            #expect(try await responses.next() == nil)
        }
    }

    @Test func `many writers of one call lose nothing`() async throws {
        try await withServer(service()) { _, channel in
            let call = channel.bidirectional(chat)
            let sum = Task {
                var sum: Int32 = 0
                for try await response in call.responses { sum += response.code }
                return sum
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<200 {
                            let body = String(repeating: "y", count: 2_000)
                            try await call.requests.write(text(body, code: Int32(writer * 200 + number)))
                        }
                    }
                }
                try await group.waitForAll()
            }
            call.requests.finish()
            #expect(try await sum.value == (0..<1_600).reduce(0, +))
        }
    }

    @Test func `a cancelled task cancels the call and the handler's task`() async throws {
        let cancelled = Signal<Void>()
        let begun = Signal<Void>()
        var registry = ServiceRegistry()
        registry.unary(unary) { request, _ in
            begun.send(())
            do {
                try await Task.sleep(for: .seconds(60))
            } catch {
                cancelled.send(())
                throw error
            }
            return request
        }
        try await withServer(registry) { _, channel in
            let task = Task { try await channel.unary(unary, text("")) }
            await begun.next()
            task.cancel()
            await #expect(throws: RPCFailure.self) { try await task.value }
            await cancelled.next()
        }
    }

    @Test func `a stream that nobody holds any more is cancelled`() async throws {
        let cancelled = Signal<Void>()
        let begun = Signal<Void>()
        var registry = ServiceRegistry()
        registry.serverStreaming(expand) { request, writer, _ in
            try await writer.write(request)
            begun.send(())
            try? await Task.sleep(for: .seconds(60))
            cancelled.send(())
        }
        try await withServer(registry) { _, channel in
            do {
                var responses = try channel.serverStreaming(expand, text("")).makeAsyncIterator()
                _ = try await responses.next()
                await begun.next()
            }
            await cancelled.next()
        }
    }

    @Test func `a writer whose call has ended throws how it ended`() async throws {
        var registry = ServiceRegistry()
        registry.bidirectional(chat) { _, _, _ in throw RPCStatus(.permissionDenied, "no") }
        try await withServer(registry) { _, channel in
            let call = channel.bidirectional(chat)
            await #expect(throws: RPCFailure(RPCStatus(.permissionDenied, "no"))) {
                while true { try await call.requests.write(text(String(repeating: "x", count: 10_000))) }
            }
            await #expect(throws: RPCFailure(RPCStatus(.permissionDenied, "no"))) {
                for try await _ in call.responses {}
            }
        }
    }
}
