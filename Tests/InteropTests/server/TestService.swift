import ByteString
import InteropMessages
import InteropStubs
import NIOCore
import RPC

/// `grpc.testing.TestService`, as gRPC's descriptions of the interoperability tests ask for it. On the event loop,
/// because some of them want to know of each message whether it was compressed.
func testService() -> ServiceRegistry {
    var registry = ServiceRegistry()
    registry.unary(GrpcTestingTestService.Methods.emptyCall, onEventLoop: emptyCall)
    registry.unary(GrpcTestingTestService.Methods.unaryCall, onEventLoop: unaryCall)
    registry.stream(GrpcTestingTestService.Methods.streamingInputCall, onEventLoop: streamingInputCall)
    registry.stream(GrpcTestingTestService.Methods.streamingOutputCall, onEventLoop: streamingOutputCall)
    registry.stream(GrpcTestingTestService.Methods.fullDuplexCall, onEventLoop: streamingOutputCall)
    return registry
}

extension Metadata {
    /// What the case `custom_metadata` wants back in the headers and in the trailers.
    var echoed: (headers: Metadata, trailers: Metadata) {
        var headers = Metadata()
        var trailers = Metadata()
        // The entries came over the wire, so they can go back over it.
        if let text = self["x-grpc-test-echo-initial"] { try? headers.append(text, for: "x-grpc-test-echo-initial") }
        if let bytes = bytes("x-grpc-test-echo-trailing-bin") {
            try? trailers.append(bytes, for: "x-grpc-test-echo-trailing-bin")
        }
        return (headers, trailers)
    }
}

extension RPCStatus {
    /// The status that a request wants its call to end with; nil for OK.
    init?(asked status: GrpcTestingEchoStatus?) {
        guard let status, status.code != 0 else { return nil }
        self.init(Code(rawValue: Int(status.code)), status.message)
    }

    /// INVALID_ARGUMENT if a message is not compressed as it says it is.
    init?(expected: GrpcTestingBoolValue?, isCompressed: Bool) {
        guard let expected, expected.value != isCompressed else { return nil }
        self.init(.invalidArgument, isCompressed ? "the request is compressed" : "the request is not compressed")
    }
}

/// No larger payload is made on a client's wish.
private let payloadBytesMax = 4 << 20

private func payload(_ size: Int32) -> GrpcTestingPayload? {
    guard (0...payloadBytesMax).contains(Int(size)) else { return nil }
    var payload = GrpcTestingPayload()
    payload.body = Bytes([UInt8](repeating: 0, count: Int(size)))
    return payload
}

private let badSize = RPCStatus(.invalidArgument, "a payload has 0 to \(payloadBytesMax) bytes")

private func emptyCall(_ request: GrpcTestingEmpty, _ call: UnaryCall) {
    call.reply(GrpcTestingEmpty())
}

private func unaryCall(_ request: GrpcTestingSimpleRequest, _ call: UnaryCall) {
    let (headers, trailers) = call.metadata.echoed
    if let wanted = request.responseCompressed { call.setCompression(wanted.value ? .gzip(bytesMin: 0) : .none) }
    if !headers.isEmpty { call.sendHeaders(headers) }
    let refusal =
        RPCStatus(expected: request.expectCompressed, isCompressed: call.isRequestCompressed)
        ?? RPCStatus(asked: request.responseStatus)
    if let refusal {
        call.fail(refusal, trailers: trailers)
        return
    }
    guard let payload = payload(request.responseSize) else {
        call.fail(badSize, trailers: trailers)
        return
    }
    var response = GrpcTestingSimpleResponse()
    response.payload = payload
    call.reply(response, trailers: trailers)
}

private func streamingInputCall(_ stream: ServerStream) {
    var sum = 0
    stream.onMessage(GrpcTestingStreamingInputCallRequest.self) { request in
        if let refusal = RPCStatus(expected: request.expectCompressed, isCompressed: stream.isMessageCompressed) {
            stream.finish(refusal)
            return
        }
        sum += request.payload?.body.count ?? 0
    }
    stream.onHalfClose {
        var response = GrpcTestingStreamingInputCallResponse()
        response.aggregatedPayloadSize = Int32(clamping: sum)
        stream.send(response)
        stream.finish()
    }
}

/// Answers one request after the other, each with the responses that it asks for.
private final class OutputCall {
    private let stream: ServerStream
    private let trailers: Metadata
    private var parameters: [GrpcTestingResponseParameters] = []
    private var next = 0
    private var isHalfClosed = false
    private var isWaiting = false

    init(_ stream: ServerStream) {
        self.stream = stream
        let (headers, trailers) = stream.metadata.echoed
        self.trailers = trailers
        // Compression must be announced in the headers; which messages it is for is said with each of them.
        stream.setCompression(.gzip(bytesMin: 0))
        stream.sendHeaders(headers)
    }

    func take(_ request: GrpcTestingStreamingOutputCallRequest) {
        if let status = RPCStatus(asked: request.responseStatus) {
            stream.finish(status, trailers: trailers)
            return
        }
        parameters.removeFirst(next)
        next = 0
        parameters += request.responseParameters
        proceed()
    }

    func halfClose() {
        isHalfClosed = true
        proceed()
    }

    func proceed() {
        while next < parameters.count, !isWaiting, stream.isOpen {
            let wanted = parameters[next]
            guard wanted.intervalUs <= 0 else {
                isWaiting = true
                stream.eventLoop.assumeIsolated().scheduleTask(in: .microseconds(Int64(wanted.intervalUs))) {
                    self.isWaiting = false
                    self.send(wanted)
                    self.proceed()
                }
                return
            }
            send(wanted)
        }
        if isHalfClosed, !isWaiting, next == parameters.count { stream.finish(trailers: trailers) }
    }

    private func send(_ wanted: GrpcTestingResponseParameters) {
        guard stream.isOpen else { return }
        guard let payload = payload(wanted.size) else {
            stream.finish(badSize, trailers: trailers)
            return
        }
        next += 1
        stream.setCompression(wanted.compressed?.value == true ? .gzip(bytesMin: 0) : .none)
        var response = GrpcTestingStreamingOutputCallResponse()
        response.payload = payload
        stream.send(response)
    }
}

private func streamingOutputCall(_ stream: ServerStream) {
    let output = OutputCall(stream)
    stream.onMessage(GrpcTestingStreamingOutputCallRequest.self) { output.take($0) }
    stream.onHalfClose { output.halfClose() }
}
