public import Tracing

/// Makes a span of each call to a server, as a child of the one that the client's metadata name (W3C Trace Context's
/// `traceparent`, if the program has bootstrapped an instrument that writes and reads that), with the attributes of
/// OpenTelemetry's conventions for RPC.
///
/// Async handlers run in the client's context anyway, so that what they call in turn belongs to the same trace.
public struct CallTracing: ServerInterceptor {
    private let tracer: any Tracer

    public init(tracer: any Tracer = InstrumentationSystem.tracer) {
        self.tracer = tracer
    }

    /// Whether the program has bootstrapped a tracer.
    public static var isWanted: Bool { !(InstrumentationSystem.tracer is NoOpTracer) }

    /// The call is over before its span begins, so that it needs no memory of its own until then.
    public func callEnded(_ call: borrowing CallView, _ end: CallEnd) {
        let ended = DefaultTracerClock.now.nanosecondsSinceEpoch
        let began = ended - UInt64(clamping: min(end.duration.nanoseconds, Int64(clamping: ended)))
        let path = call.path
        let span = tracer.startSpan(
            path.map { String($0.text.dropFirst()) } ?? "unknown",
            context: call.metadata.serviceContext(by: tracer), ofKind: .server,
            at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: began))
        span.attributes["rpc.system"] = "grpc"
        if let path {
            span.attributes["rpc.service"] = String(path.service)
            span.attributes["rpc.method"] = String(path.method)
        }
        span.attributes["rpc.grpc.status_code"] = Int(end.code.rawValue)
        if CallTracing.serverErrors.contains(end.code) { span.setStatus(SpanStatus(code: .error)) }
        span.end(at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: ended))
    }

    /// What OpenTelemetry counts as a failure of the server; the others are the client's.
    private static let serverErrors: Set<RPCStatus.Code> = [
        .unknown, .deadlineExceeded, .unimplemented, .internal, .unavailable, .dataLoss,
    ]
}

extension Metadata {
    /// The context that an instrument finds in the metadata of a request.
    func serviceContext(by instrument: any Instrument) -> ServiceContext {
        var context = ServiceContext.topLevel
        instrument.extract(self, into: &context, using: MetadataExtractor())
        return context
    }
}

extension ServerContext {
    /// Runs a handler in the context that its caller's metadata name, if the program has bootstrapped an instrument.
    func traced<Result>(_ handler: () async throws -> Result) async throws -> Result {
        let instrument = InstrumentationSystem.instrument
        if instrument is NoOpInstrument { return try await handler() }
        return try await ServiceContext.withValue(metadata.serviceContext(by: instrument), operation: handler)
    }
}

extension CallOptions {
    /// With the context of the present task in the metadata, for the server to go on from.
    var traced: CallOptions {
        guard let context = ServiceContext.current else { return self }
        var options = self
        InstrumentationSystem.instrument.inject(context, into: &options.metadata, using: MetadataInjector())
        return options
    }
}

private struct MetadataExtractor: Extractor {
    func extract(key: String, from metadata: Metadata) -> String? {
        MetadataKey(key).flatMap { metadata[$0] }
    }
}

/// What cannot be metadata is left out: a trace is no reason for a call to fail.
private struct MetadataInjector: Injector {
    func inject(_ value: String, forKey key: String, into metadata: inout Metadata) {
        guard let key = MetadataKey(key) else { return }
        try? metadata.append(value, for: key)
    }
}
