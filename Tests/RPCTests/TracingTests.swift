import InMemoryTracing
import Logging
import Messages
import NIOConcurrencyHelpers
import RPC
import Testing
import Tracing

private typealias Text = GoogleRpcStatus
private let outer = Method<Text, Text>("/test.Trace/Outer", kind: .unary)
private let inner = Method<Text, Text>("/test.Trace/Inner", kind: .serverStreaming)
private let failing = Method<Text, Text>("/test.Trace/Failing", kind: .unary)

/// The tracer of this process. Others' calls are made outside of any span.
private let tracer: InMemoryTracer = {
    let tracer = InMemoryTracer(recordInjections: false, recordExtractions: false)
    InstrumentationSystem.bootstrap(tracer)
    return tracer
}()

@Suite(.timeLimit(.minutes(5))) struct TracingTests {
    private func services(_ onward: RPCChannel?) -> ServiceRegistry {
        var registry = ServiceRegistry()
        registry.unary(outer) { request, _ in
            guard let onward else { throw RPCStatus(.internal) }
            for try await _ in try onward.serverStreaming(inner, request) {}
            return request
        }
        registry.serverStreaming(inner) { request, writer, _ in try await writer.write(request) }
        registry.unary(failing) { _, _ in throw RPCStatus(.unavailable) }
        return registry
    }

    private func traced() -> ServerConfiguration {
        var configuration = ServerConfiguration.patient
        configuration.interceptors = [CallTracing(tracer: tracer)]
        return configuration
    }

    private func spans(of trace: String, count: Int) async throws -> [FinishedInMemorySpan] {
        try await eventually("the spans have ended") {
            tracer.finishedSpans.filter { $0.traceID == trace }.count == count
        }
        return tracer.finishedSpans.filter { $0.traceID == trace }
    }

    @Test func `a trace goes through a server and on to the next one`() async throws {
        let trace = NIOLockedValueBox("")
        try await withServer(services(nil), traced()) { _, second in
            try await withServer(services(second), traced()) { _, first in
                try await tracer.withSpan("caller") { span in
                    trace.withLockedValue { $0 = span.context.inMemorySpanContext!.traceID }
                    _ = try await first.unary(outer, Text())
                }
            }
        }
        let spans = try await spans(of: trace.withLockedValue { $0 }, count: 3)
        let named = Dictionary(uniqueKeysWithValues: spans.map { ($0.operationName, $0) })
        let caller = try #require(named["caller"])
        let first = try #require(named["test.Trace/Outer"])
        let second = try #require(named["test.Trace/Inner"])
        #expect(first.parentSpanID == caller.spanID)
        // The handler ran in the caller's context: the server's own span is made when the call is over.
        #expect(second.parentSpanID == caller.spanID)
        #expect(first.kind == .server)
        #expect(first.attributes["rpc.service"]?.toSpanAttribute() == "test.Trace")
        #expect(first.attributes["rpc.method"]?.toSpanAttribute() == "Outer")
        #expect(first.attributes["rpc.grpc.status_code"]?.toSpanAttribute() == 0)
        #expect(first.status == nil)
    }

    @Test func `a call without a trace begins one, and a failure of the server is told`() async throws {
        let before = Set(tracer.finishedSpans.map(\.spanID))
        try await withServer(services(nil), traced()) { _, channel in
            await #expect(throws: RPCFailure.self) { try await channel.unary(failing, Text()) }
        }
        let span = try #require(
            tracer.finishedSpans.first { !before.contains($0.spanID) && $0.operationName == "test.Trace/Failing" })
        #expect(span.parentSpanID == nil)
        #expect(span.attributes["rpc.grpc.status_code"]?.toSpanAttribute() == 14)
        #expect(span.status?.code == .error)
    }
}
