import ByteString
import InteropMessages
import NIOCore
import Protobuf
import RPC
import Synchronization

/// A value that an event loop sets once and a task waits for.
final class Outcome<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiter: CheckedContinuation<Value, Never>?
    }

    private let state = Mutex(State())

    func set(_ value: Value) {
        let waiter = state.withLock { state in
            state.value = value
            return state.waiter
        }
        waiter?.resume(returning: value)
    }

    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value = state.withLock { state in
                    state.waiter = continuation
                    return state.value
                }
                value.map { continuation.resume(returning: $0) }
            }
        }
    }
}

/// What came back over a stream.
struct Exchange: Sendable {
    var headers = Metadata()
    var messages: [(bytes: Bytes, wasCompressed: Bool)] = []
    var trailers = Metadata()
}

private let gzip = Compression.gzip(bytesMin: 0)

extension InteropCases {
    /// Sends all requests, each compressed or not, and collects what comes back.
    func exchange(
        _ path: MethodPath, _ requests: [(some Message, Compression)], _ options: CallOptions
    ) async throws -> Exchange {
        let encoded = try requests.map { (try $0.0.encodedBytes(), $0.1) }
        let result = Outcome<Result<Exchange, RPCFailure>>()
        try await channel.eventLoop.submit { [channel] in
            var exchange = Exchange()
            let stream = channel.rawStream(path, options: options)
            stream.onHeaders { exchange.headers = $0 }
            stream.onMessage { exchange.messages.append((Bytes(copying: $0), stream.isMessageCompressed)) }
            stream.onFinish { end in
                result.set(
                    end.map { trailers in
                        exchange.trailers = trailers
                        return exchange
                    })
            }
            for (message, compression) in encoded {
                stream.setCompression(compression)
                stream.send(message)
            }
            stream.halfClose()
        }.get()
        return try await result.value.get()
    }

    func clientCompressedUnary() async throws {
        var request = largeRequest
        request.expectCompressed = bool(true)
        if probes { _ = try await failure(.invalidArgument) { _ = try await service.unaryCall(request) } }
        let compressed = try await service.unaryCall(request, options: CallOptions(compression: gzip))
        try check(compressed.payload, 314_159)
        request.expectCompressed = bool(false)
        try check(try await service.unaryCall(request).payload, 314_159)
    }

    func serverCompressedUnary() async throws {
        for isCompressed in [true, false] {
            var request = largeRequest
            request.responseCompressed = bool(isCompressed)
            let path = Methods.unaryCall.path
            let answer = try await exchange(path, [(request, .none)], CallOptions())
            try expect(answer.messages.count == 1, "\(answer.messages.count) responses")
            let (bytes, wasCompressed) = answer.messages[0]
            try expect(wasCompressed == isCompressed, "compressed: \(wasCompressed) instead of \(isCompressed)")
            try check(try GrpcTestingSimpleResponse(decoding: bytes).payload, 314_159)
        }
    }

    private func inputRequest(_ size: Int, isCompressed: Bool) -> GrpcTestingStreamingInputCallRequest {
        var request = GrpcTestingStreamingInputCallRequest()
        request.expectCompressed = bool(isCompressed)
        request.payload = payload(size)
        return request
    }

    func clientCompressedStreaming() async throws {
        let path = Methods.streamingInputCall.path
        let first = inputRequest(27_182, isCompressed: true)
        if probes {
            _ = try await failure(.invalidArgument) {
                _ = try await exchange(path, [(first, Compression.none)], CallOptions(compression: gzip))
            }
        }
        let second = inputRequest(45_904, isCompressed: false)
        // A channel that is not connected yet would send both as the second one; here it has been used before.
        _ = try await service.emptyCall(GrpcTestingEmpty())
        let answer = try await exchange(path, [(first, gzip), (second, .none)], CallOptions(compression: gzip))
        try expect(answer.messages.count == 1, "\(answer.messages.count) responses")
        let sum = try GrpcTestingStreamingInputCallResponse(decoding: answer.messages[0].bytes).aggregatedPayloadSize
        try expect(sum == 73_086, "the sum is \(sum)")
    }

    func serverCompressedStreaming() async throws {
        var request = outputRequest([31_415, 92_653])
        request.responseParameters[0].compressed = bool(true)
        request.responseParameters[1].compressed = bool(false)
        let answer = try await exchange(Methods.streamingOutputCall.path, [(request, .none)], CallOptions())
        try expect(answer.messages.count == 2, "\(answer.messages.count) responses")
        for (index, size) in [31_415, 92_653].enumerated() {
            let (bytes, wasCompressed) = answer.messages[index]
            try expect(wasCompressed == (index == 0), "response \(index), compressed: \(wasCompressed)")
            try check(try GrpcTestingStreamingOutputCallResponse(decoding: bytes).payload, size)
        }
    }
}
