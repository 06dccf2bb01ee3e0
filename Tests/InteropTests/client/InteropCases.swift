import ByteString
import InteropMessages
import InteropStubs
import NIOCore
import RPC

/// What a case wanted and did not get.
struct CaseFailure: Error, CustomStringConvertible {
    let description: String
}

func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws(CaseFailure) {
    if !condition { throw CaseFailure(description: what()) }
}

/// gRPC's interoperability cases (grpc/grpc `doc/interop-test-descriptions.md`), from the client's side.
struct InteropCases: Sendable {
    let channel: RPCChannel
    /// Whether the server is expected to notice what is not compressed.
    let probes: Bool

    typealias Methods = GrpcTestingTestService.Methods
    typealias Body = @Sendable (InteropCases) async throws -> Void

    static let all: [(name: String, body: Body)] = [
        ("empty_unary", { try await $0.emptyUnary() }),
        ("large_unary", { try await $0.largeUnary() }),
        ("client_compressed_unary", { try await $0.clientCompressedUnary() }),
        ("server_compressed_unary", { try await $0.serverCompressedUnary() }),
        ("client_streaming", { try await $0.clientStreaming() }),
        ("client_compressed_streaming", { try await $0.clientCompressedStreaming() }),
        ("server_streaming", { try await $0.serverStreaming() }),
        ("server_compressed_streaming", { try await $0.serverCompressedStreaming() }),
        ("ping_pong", { try await $0.pingPong() }),
        ("empty_stream", { try await $0.emptyStream() }),
        ("cancel_after_begin", { try await $0.cancelAfterBegin() }),
        ("cancel_after_first_response", { try await $0.cancelAfterFirstResponse() }),
        ("timeout_on_sleeping_server", { try await $0.timeoutOnSleepingServer() }),
        ("custom_metadata", { try await $0.customMetadata() }),
        ("status_code_and_message", { try await $0.statusCodeAndMessage() }),
        ("special_status_message", { try await $0.specialStatusMessage() }),
        ("unimplemented_method", { try await $0.unimplementedMethod() }),
        ("unimplemented_service", { try await $0.unimplementedService() }),
    ]

    var service: GrpcTestingTestServiceClient { GrpcTestingTestServiceClient(channel) }

    func payload(_ count: Int) -> GrpcTestingPayload {
        var payload = GrpcTestingPayload()
        payload.body = Bytes([UInt8](repeating: 0, count: count))
        return payload
    }

    func bool(_ value: Bool) -> GrpcTestingBoolValue {
        var bool = GrpcTestingBoolValue()
        bool.value = value
        return bool
    }

    var largeRequest: GrpcTestingSimpleRequest {
        var request = GrpcTestingSimpleRequest()
        request.responseSize = 314_159
        request.payload = payload(271_828)
        return request
    }

    func check(_ payload: GrpcTestingPayload?, _ count: Int) throws {
        try expect(payload?.body.count == count, "\(payload?.body.count ?? -1) bytes instead of \(count)")
        try expect(payload?.body.allSatisfy { $0 == 0 } == true, "the payload does not consist of zeros")
    }

    /// The failure of a call that must fail with that code.
    func failure(
        _ code: RPCStatus.Code, _ body: () async throws -> Void
    ) async throws -> RPCFailure {
        do {
            try await body()
        } catch let failure as RPCFailure {
            try expect(failure.status.code == code, "\(failure) instead of \(code)")
            return failure
        }
        throw CaseFailure(description: "OK instead of \(code)")
    }

    func outputRequest(_ sizes: [Int], payload count: Int? = nil) -> GrpcTestingStreamingOutputCallRequest {
        var request = GrpcTestingStreamingOutputCallRequest()
        request.responseParameters = sizes.map { size in
            var parameters = GrpcTestingResponseParameters()
            parameters.size = Int32(size)
            return parameters
        }
        request.payload = count.map(payload)
        return request
    }

    // MARK: Calls that succeed

    func emptyUnary() async throws {
        _ = try await service.emptyCall(GrpcTestingEmpty())
    }

    func largeUnary() async throws {
        try check(try await service.unaryCall(largeRequest).payload, 314_159)
    }

    func clientStreaming() async throws {
        let response = try await service.streamingInputCall { writer in
            for size in [27_182, 8, 1_828, 45_904] {
                var request = GrpcTestingStreamingInputCallRequest()
                request.payload = payload(size)
                try await writer.write(request)
            }
        }
        try expect(response.aggregatedPayloadSize == 74_922, "the sum is \(response.aggregatedPayloadSize)")
    }

    func serverStreaming() async throws {
        let sizes = [31_415, 9, 2_653, 58_979]
        var received = 0
        for try await response in try service.streamingOutputCall(outputRequest(sizes)) {
            try expect(received < sizes.count, "more than \(sizes.count) responses")
            try check(response.payload, sizes[received])
            received += 1
        }
        try expect(received == sizes.count, "\(received) responses")
    }

    func pingPong() async throws {
        let call = service.fullDuplexCall()
        var responses = call.responses.makeAsyncIterator()
        for (size, count) in [(31_415, 27_182), (9, 8), (2_653, 1_828), (58_979, 45_904)] {
            try await call.requests.write(outputRequest([size], payload: count))
            try check(try await responses.next()?.payload, size)
        }
        call.requests.finish()
        try expect(try await responses.next() == nil, "a response too many")
    }

    func emptyStream() async throws {
        let call = service.fullDuplexCall()
        call.requests.finish()
        for try await _ in call.responses { throw CaseFailure(description: "a response without a request") }
    }

    // MARK: Calls that are ended early

    func cancelAfterBegin() async throws {
        let result = Outcome<Result<Metadata, RPCFailure>>()
        try await channel.eventLoop.submit { [channel] in
            let stream = channel.rawStream(Methods.streamingInputCall.path)
            stream.onFinish { result.set($0) }
            stream.cancel()
        }.get()
        _ = try await failure(.cancelled) { _ = try await result.value.get() }
    }

    func cancelAfterFirstResponse() async throws {
        let call = service.fullDuplexCall()
        var responses = call.responses.makeAsyncIterator()
        try await call.requests.write(outputRequest([31_415], payload: 27_182))
        try check(try await responses.next()?.payload, 31_415)
        call.cancel()
        _ = try await failure(.cancelled) { while try await responses.next() != nil {} }
    }

    func timeoutOnSleepingServer() async throws {
        let call = service.fullDuplexCall(options: CallOptions(timeout: .milliseconds(1)))
        _ = try await failure(.deadlineExceeded) {
            // The call may be over before the request is written.
            try await call.requests.write(outputRequest([], payload: 27_182))
            for try await _ in call.responses {}
        }
    }

    // MARK: Metadata and statuses

    func customMetadata() async throws {
        let text = "test_initial_metadata_value"
        let bytes: Bytes = [0xab, 0xab, 0xab]
        var metadata: Metadata = ["x-grpc-test-echo-initial": text]
        try metadata.append(bytes, for: "x-grpc-test-echo-trailing-bin")
        let options = CallOptions(metadata: metadata)
        let unary = try await channel.respond(to: largeRequest, Methods.unaryCall, options: options)
        try expect(unary.headers["x-grpc-test-echo-initial"] == text, "unary headers: \(unary.headers)")
        try expect(
            unary.trailers.bytes("x-grpc-test-echo-trailing-bin") == bytes, "unary trailers: \(unary.trailers)")
        let request = outputRequest([314_159], payload: 271_828)
        let duplex = try await exchange(Methods.fullDuplexCall.path, [(request, .none)], options)
        try expect(duplex.headers["x-grpc-test-echo-initial"] == text, "stream headers: \(duplex.headers)")
        try expect(
            duplex.trailers.bytes("x-grpc-test-echo-trailing-bin") == bytes, "stream trailers: \(duplex.trailers)")
    }

    private func status(_ message: String) -> GrpcTestingEchoStatus {
        var status = GrpcTestingEchoStatus()
        status.code = 2
        status.message = message
        return status
    }

    func statusCodeAndMessage() async throws {
        let message = "test status message"
        var unary = GrpcTestingSimpleRequest()
        unary.responseStatus = status(message)
        let first = try await failure(.unknown) { _ = try await service.unaryCall(unary) }
        try expect(first.status.message == message, "the message is \(first.status.message)")
        var streaming = GrpcTestingStreamingOutputCallRequest()
        streaming.responseStatus = status(message)
        let call = service.fullDuplexCall()
        let second = try await failure(.unknown) {
            try await call.requests.write(streaming)
            call.requests.finish()
            for try await _ in call.responses {}
        }
        try expect(second.status.message == message, "the message is \(second.status.message)")
    }

    func specialStatusMessage() async throws {
        let message = "\t\ntest with whitespace\r\nand Unicode BMP \u{263A} and non-BMP \u{1F608}\t\n"
        var request = GrpcTestingSimpleRequest()
        request.responseStatus = status(message)
        let failure = try await failure(.unknown) { _ = try await service.unaryCall(request) }
        try expect(failure.status.message.utf8.elementsEqual(message.utf8), "the message is \(failure.status.message)")
    }

    func unimplementedMethod() async throws {
        _ = try await failure(.unimplemented) { _ = try await service.unimplementedCall(GrpcTestingEmpty()) }
    }

    func unimplementedService() async throws {
        let other = GrpcTestingUnimplementedServiceClient(channel)
        _ = try await failure(.unimplemented) { _ = try await other.unimplementedCall(GrpcTestingEmpty()) }
    }
}
