// Generated from grpc/testing/test.proto by codegen. Do not edit.
// swift-format-ignore-file

import InteropMessages
import RPC

/// The service `grpc.testing.TestService`.
public enum GrpcTestingTestService {
    /// The service's full name.
    public static let serviceName = "grpc.testing.TestService"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// `/grpc.testing.TestService/EmptyCall`.
        public static let emptyCall = RPC.Method<InteropMessages.GrpcTestingEmpty, InteropMessages.GrpcTestingEmpty>(
            "/grpc.testing.TestService/EmptyCall",
            kind: .unary
        )

        /// One request, one response with a payload of the asked size.
        public static let unaryCall = RPC.Method<InteropMessages.GrpcTestingSimpleRequest, InteropMessages.GrpcTestingSimpleResponse>(
            "/grpc.testing.TestService/UnaryCall",
            kind: .unary
        )

        /// One request, the responses that it asks for.
        public static let streamingOutputCall = RPC.Method<InteropMessages.GrpcTestingStreamingOutputCallRequest, InteropMessages.GrpcTestingStreamingOutputCallResponse>(
            "/grpc.testing.TestService/StreamingOutputCall",
            kind: .serverStreaming
        )

        /// The sum of the payloads.
        public static let streamingInputCall = RPC.Method<InteropMessages.GrpcTestingStreamingInputCallRequest, InteropMessages.GrpcTestingStreamingInputCallResponse>(
            "/grpc.testing.TestService/StreamingInputCall",
            kind: .clientStreaming
        )

        /// The responses that each request asks for, at once.
        public static let fullDuplexCall = RPC.Method<InteropMessages.GrpcTestingStreamingOutputCallRequest, InteropMessages.GrpcTestingStreamingOutputCallResponse>(
            "/grpc.testing.TestService/FullDuplexCall",
            kind: .bidirectionalStreaming
        )

        /// No server implements it.
        public static let unimplementedCall = RPC.Method<InteropMessages.GrpcTestingEmpty, InteropMessages.GrpcTestingEmpty>(
            "/grpc.testing.TestService/UnimplementedCall",
            kind: .unary
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [emptyCall.path, unaryCall.path, streamingOutputCall.path, streamingInputCall.path, fullDuplexCall.path, unimplementedCall.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some GrpcTestingTestServiceService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.emptyCall) { request, context in
            try await service.emptyCall(request, context: context)
        }
        registry.unary(Methods.unaryCall) { request, context in
            try await service.unaryCall(request, context: context)
        }
        registry.serverStreaming(Methods.streamingOutputCall) { request, responses, context in
            try await service.streamingOutputCall(request, responses: responses, context: context)
        }
        registry.clientStreaming(Methods.streamingInputCall) { requests, context in
            try await service.streamingInputCall(requests, context: context)
        }
        registry.bidirectional(Methods.fullDuplexCall) { requests, responses, context in
            try await service.fullDuplexCall(requests, responses: responses, context: context)
        }
        registry.unary(Methods.unimplementedCall) { request, context in
            try await service.unimplementedCall(request, context: context)
        }
    }
}

/// What a server of `grpc.testing.TestService` implements.
///
/// ``GrpcTestingTestService/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol GrpcTestingTestServiceService: Sendable {
    /// `/grpc.testing.TestService/EmptyCall`.
    func emptyCall(
        _ request: InteropMessages.GrpcTestingEmpty,
        context: RPC.ServerContext
    ) async throws -> InteropMessages.GrpcTestingEmpty

    /// One request, one response with a payload of the asked size.
    func unaryCall(
        _ request: InteropMessages.GrpcTestingSimpleRequest,
        context: RPC.ServerContext
    ) async throws -> InteropMessages.GrpcTestingSimpleResponse

    /// One request, the responses that it asks for.
    func streamingOutputCall(
        _ request: InteropMessages.GrpcTestingStreamingOutputCallRequest,
        responses: RPC.ResponseWriter<InteropMessages.GrpcTestingStreamingOutputCallResponse>,
        context: RPC.ServerContext
    ) async throws

    /// The sum of the payloads.
    func streamingInputCall(
        _ requests: RPC.MessageStream<InteropMessages.GrpcTestingStreamingInputCallRequest>,
        context: RPC.ServerContext
    ) async throws -> InteropMessages.GrpcTestingStreamingInputCallResponse

    /// The responses that each request asks for, at once.
    func fullDuplexCall(
        _ requests: RPC.MessageStream<InteropMessages.GrpcTestingStreamingOutputCallRequest>,
        responses: RPC.ResponseWriter<InteropMessages.GrpcTestingStreamingOutputCallResponse>,
        context: RPC.ServerContext
    ) async throws

    /// No server implements it.
    func unimplementedCall(
        _ request: InteropMessages.GrpcTestingEmpty,
        context: RPC.ServerContext
    ) async throws -> InteropMessages.GrpcTestingEmpty
}

/// Calls `grpc.testing.TestService` over a channel.
public struct GrpcTestingTestServiceClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// `/grpc.testing.TestService/EmptyCall`.
    public func emptyCall(
        _ request: InteropMessages.GrpcTestingEmpty,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> InteropMessages.GrpcTestingEmpty {
        try await channel.unary(GrpcTestingTestService.Methods.emptyCall, request, options: options)
    }

    /// One request, one response with a payload of the asked size.
    public func unaryCall(
        _ request: InteropMessages.GrpcTestingSimpleRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> InteropMessages.GrpcTestingSimpleResponse {
        try await channel.unary(GrpcTestingTestService.Methods.unaryCall, request, options: options)
    }

    /// One request, the responses that it asks for.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func streamingOutputCall(
        _ request: InteropMessages.GrpcTestingStreamingOutputCallRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<InteropMessages.GrpcTestingStreamingOutputCallResponse> {
        try channel.serverStreaming(GrpcTestingTestService.Methods.streamingOutputCall, request, options: options)
    }

    /// The sum of the payloads.
    ///
    /// - Parameter send: Sends the requests; the last one has been sent when it returns.
    public func streamingInputCall(
        options: RPC.CallOptions = RPC.CallOptions(),
        _ send: (RPC.RequestWriter<InteropMessages.GrpcTestingStreamingInputCallRequest>) async throws -> Void
    ) async throws -> InteropMessages.GrpcTestingStreamingInputCallResponse {
        try await channel.clientStreaming(GrpcTestingTestService.Methods.streamingInputCall, options: options, send)
    }

    /// The responses that each request asks for, at once.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func fullDuplexCall(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<InteropMessages.GrpcTestingStreamingOutputCallRequest, InteropMessages.GrpcTestingStreamingOutputCallResponse> {
        channel.bidirectional(GrpcTestingTestService.Methods.fullDuplexCall, options: options)
    }

    /// No server implements it.
    public func unimplementedCall(
        _ request: InteropMessages.GrpcTestingEmpty,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> InteropMessages.GrpcTestingEmpty {
        try await channel.unary(GrpcTestingTestService.Methods.unimplementedCall, request, options: options)
    }
}

/// No server implements it.
public enum GrpcTestingUnimplementedService {
    /// The service's full name.
    public static let serviceName = "grpc.testing.UnimplementedService"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// `/grpc.testing.UnimplementedService/UnimplementedCall`.
        public static let unimplementedCall = RPC.Method<InteropMessages.GrpcTestingEmpty, InteropMessages.GrpcTestingEmpty>(
            "/grpc.testing.UnimplementedService/UnimplementedCall",
            kind: .unary
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [unimplementedCall.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some GrpcTestingUnimplementedServiceService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.unimplementedCall) { request, context in
            try await service.unimplementedCall(request, context: context)
        }
    }
}

/// What a server of `grpc.testing.UnimplementedService` implements.
///
/// ``GrpcTestingUnimplementedService/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol GrpcTestingUnimplementedServiceService: Sendable {
    /// `/grpc.testing.UnimplementedService/UnimplementedCall`.
    func unimplementedCall(
        _ request: InteropMessages.GrpcTestingEmpty,
        context: RPC.ServerContext
    ) async throws -> InteropMessages.GrpcTestingEmpty
}

/// Calls `grpc.testing.UnimplementedService` over a channel.
public struct GrpcTestingUnimplementedServiceClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// `/grpc.testing.UnimplementedService/UnimplementedCall`.
    public func unimplementedCall(
        _ request: InteropMessages.GrpcTestingEmpty,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> InteropMessages.GrpcTestingEmpty {
        try await channel.unary(GrpcTestingUnimplementedService.Methods.unimplementedCall, request, options: options)
    }
}
