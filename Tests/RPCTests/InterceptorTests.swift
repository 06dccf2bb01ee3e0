import ByteString
import CoreMetrics
import Logging
import NIOConcurrencyHelpers
import NIOCore
import RPC
import Testing

@Suite(.timeLimit(.minutes(5))) struct InterceptorTests {
    /// Keeps what it is told, and refuses calls that have the metadata `x-refuse`.
    private final class Recorder: ServerInterceptor {
        struct Ended: Sendable, Equatable {
            var path: MethodPath?
            var requestID: String?
            var code: RPCStatus.Code
            var received: Int
            var sent: Int
        }

        let begun = NIOLockedValueBox<[MethodPath?]>([])
        let ended = Signal<Ended>()
        let durations = NIOLockedValueBox<[Duration]>([])

        func callBegins(_ call: borrowing CallView) -> RPCStatus? {
            let path = call.path
            begun.withLockedValue { $0.append(path) }
            return call.metadata("x-refuse") == nil ? nil : RPCStatus(.permissionDenied, "refused")
        }

        func callEnded(_ call: borrowing CallView, _ end: CallEnd) {
            durations.withLockedValue { $0.append(end.duration) }
            ended.send(
                Ended(
                    path: call.path, requestID: call.metadata("x-request-id"), code: end.code,
                    received: end.messagesReceived, sent: end.messagesSent))
        }
    }

    private func services() -> ServiceRegistry {
        var registry = echo()
        registry.rawUnary("/test.Fail/Unary") { _, call in call.fail(RPCStatus(.aborted)) }
        registry.rawUnary("/test.Hang/Unary") { _, _ in }
        registry.rawStream("/test.Echo/Chat", kind: .bidirectionalStreaming) { stream in
            stream.onMessage {
                stream.send($0)
                stream.send($0)
            }
            stream.onHalfClose { stream.finish() }
        }
        return registry
    }

    private func configuration(_ interceptors: any ServerInterceptor...) -> ServerConfiguration {
        var configuration = ServerConfiguration.patient
        configuration.interceptors = interceptors
        return configuration
    }

    @Test func `unary calls are seen from their beginning to their code`() async throws {
        let recorder = Recorder()
        try await withServer(services(), configuration(recorder)) { _, channel in
            let options = CallOptions(metadata: ["x-request-id": "abc"])
            #expect(await channel.call("/test.Echo/Unary", [1], options: options).code == .ok)
            let first = Recorder.Ended(path: "/test.Echo/Unary", requestID: "abc", code: .ok, received: 1, sent: 1)
            #expect(await recorder.ended.next() == first)
            #expect(await channel.call("/test.Fail/Unary").code == .aborted)
            let second = Recorder.Ended(path: "/test.Fail/Unary", code: .aborted, received: 1, sent: 0)
            #expect(await recorder.ended.next() == second)
            #expect(recorder.begun.withLockedValue { $0 } == ["/test.Echo/Unary", "/test.Fail/Unary"])
            #expect(recorder.durations.withLockedValue { $0.allSatisfy { $0 > .zero } })
        }
    }

    @Test func `streams are seen with the number of their messages`() async throws {
        let recorder = Recorder()
        try await withServer(services(), configuration(recorder)) { _, channel in
            try await channel.onLoop {
                let stream = channel.rawStream("/test.Echo/Chat")
                for _ in 0..<3 { stream.send([1, 2, 3]) }
                stream.halfClose()
            }
            let ended = Recorder.Ended(path: "/test.Echo/Chat", code: .ok, received: 3, sent: 6)
            #expect(await recorder.ended.next() == ended)
        }
    }

    @Test func `calls that come to nothing are seen too`() async throws {
        let recorder = Recorder()
        try await withServer(services(), configuration(recorder)) { server, channel in
            #expect(await channel.call("/test.Echo/None").code == .unimplemented)
            #expect(await recorder.ended.next() == .init(code: .unimplemented, received: 0, sent: 0))
            try await callUntilDeadline(channel, "/test.Hang/Unary")
            var expired = await recorder.ended.next()
            // The client may give up first.
            #expect(expired.code == .deadlineExceeded || expired.code == .cancelled)
            expired.code = .ok
            #expect(expired == .init(path: "/test.Hang/Unary", code: .ok, received: 1, sent: 0))
        }
    }

    @Test func `calls of a connection that is lost end as cancelled`() async throws {
        let recorder = Recorder()
        try await withServer(services(), configuration(recorder)) { server, _ in
            let connection = try await RawConnection(to: server.port)
            let request = H2.headers(1, H2.request("/test.Hang/Unary")) + H2.data(1, H2.message([]), end: true)
            await connection.send(H2.preface + request)
            try await eventually("the call") { recorder.begun.withLockedValue { !$0.isEmpty } }
            await connection.close()
            #expect(
                await recorder.ended.next() == .init(path: "/test.Hang/Unary", code: .cancelled, received: 1, sent: 0))
        }
    }

    @Test func `an interceptor refuses calls before their handler and the next interceptor see them`() async throws {
        let first = Recorder()
        let second = Recorder()
        try await withServer(services(), configuration(first, second)) { _, channel in
            let options = CallOptions(metadata: ["x-refuse": "yes"])
            for path: MethodPath in ["/test.Echo/Unary", "/test.Hang/Unary"] {
                #expect(await channel.call(path, [1], options: options).code == .permissionDenied)
                #expect(await first.ended.next().code == .permissionDenied)
                #expect(await second.ended.next().code == .permissionDenied)
            }
            let result = Signal<RPCStatus.Code>()
            try await channel.onLoop {
                let stream = channel.rawStream("/test.Echo/Chat", options: options)
                stream.onFinish { result.send($0.code) }
                stream.send([1])
                stream.halfClose()
            }
            #expect(await result.next() == .permissionDenied)
            #expect(first.begun.withLockedValue { $0.count } == 3)
            #expect(second.begun.withLockedValue { $0.isEmpty })
            #expect(await channel.call("/test.Echo/Unary", [1]).code == .ok)
        }
    }

    @Test func `metrics count calls by method and code, and measure them`() async throws {
        let factory = CountingFactory()
        let registry = services()
        let observed = configuration(CallMetrics(registry: registry, factory: factory))
        try await withServer(registry, observed) { _, channel in
            for _ in 0..<5 { _ = await channel.call("/test.Echo/Unary", [1]) }
            for _ in 0..<3 { _ = await channel.call("/test.Fail/Unary", [1]) }
            for path: MethodPath in ["/test.Echo/None", "/no.Service/Here"] { _ = await channel.call(path) }
            try await eventually("all of them") { factory.total == 10 }
            #expect(factory.count("grpc_server_handled_total test.Echo Unary OK") == 5)
            #expect(factory.count("grpc_server_handled_total test.Fail Unary ABORTED") == 3)
            #expect(factory.count("grpc_server_handled_total unknown unknown UNIMPLEMENTED") == 2)
            #expect(factory.count("grpc_server_handling_seconds test.Echo Unary") == 5)
        }
    }

    @Test func `the access log names method, code and request id`() async throws {
        let lines = Signal<Logger.Metadata>()
        let logger = Logger(label: "access") { _ in LineHandler(lines: lines) }
        try await withServer(services(), configuration(AccessLog(logger: logger))) { _, channel in
            let options = CallOptions(metadata: ["x-request-id": String(repeating: "i", count: 200)])
            _ = await channel.call("/test.Fail/Unary", [1], options: options)
            let line = await lines.next()
            #expect(line["method"] == "/test.Fail/Unary")
            #expect(line["code"] == "ABORTED")
            #expect(line["request_id"] == "\(String(repeating: "i", count: 128))")
            #expect(line["peer"] != nil && line["duration_us"] != nil)
        }
    }
}

/// A backend of swift-metrics that counts what is recorded, by label and values of the dimensions.
private final class CountingFactory: MetricsFactory {
    private let counts = NIOLockedValueBox<[String: Int]>([:])

    func count(_ name: String) -> Int { counts.withLockedValue { $0[name, default: 0] } }

    /// Calls, counted by their timers.
    var total: Int {
        counts.withLockedValue { counts in
            counts.filter { $0.key.hasPrefix("grpc_server_handling_seconds") }.values.reduce(0, +)
        }
    }

    private final class Handler: CounterHandler, TimerHandler, RecorderHandler {
        let add: @Sendable (Int) -> Void

        init(_ add: @escaping @Sendable (Int) -> Void) {
            self.add = add
        }

        func increment(by amount: Int64) { add(Int(amount)) }
        func reset() {}
        func recordNanoseconds(_ duration: Int64) { add(duration > 0 ? 1 : 0) }
        func record(_ value: Int64) {}
        func record(_ value: Double) {}
    }

    private func handler(_ label: String, _ dimensions: [(String, String)]) -> Handler {
        let name = ([label] + dimensions.map(\.1)).joined(separator: " ")
        return Handler { amount in self.counts.withLockedValue { $0[name, default: 0] += amount } }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        handler(label, dimensions)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        handler(label, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        handler(label, dimensions)
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}

/// Sends the metadata of each line to a test.
private struct LineHandler: LogHandler {
    let lines: Signal<Logger.Metadata>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(lines: Signal<Logger.Metadata>) {
        self.lines = lines
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.send(event.metadata ?? [:])
    }
}
