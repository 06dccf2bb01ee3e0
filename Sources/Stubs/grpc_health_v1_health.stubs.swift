// Generated from grpc/health/v1/health.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Whether a member is to be sent requests. Callers may be anonymous here, whatever else the member asks of them.
public enum GrpcHealthV1Health {
    /// The service's full name.
    public static let serviceName = "grpc.health.v1.Health"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// NOT_FOUND if nothing of that name is known.
        public static let check = RPC.Method<Messages.GrpcHealthV1HealthCheckRequest, Messages.GrpcHealthV1HealthCheckResponse>(
            "/grpc.health.v1.Health/Check",
            kind: .unary
        )

        /// All at once.
        public static let list = RPC.Method<Messages.GrpcHealthV1HealthListRequest, Messages.GrpcHealthV1HealthListResponse>(
            "/grpc.health.v1.Health/List",
            kind: .unary
        )

        /// The status now, and again whenever it changes.
        public static let watch = RPC.Method<Messages.GrpcHealthV1HealthCheckRequest, Messages.GrpcHealthV1HealthCheckResponse>(
            "/grpc.health.v1.Health/Watch",
            kind: .serverStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [check.path, list.path, watch.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some GrpcHealthV1HealthService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.check) { request, context in
            try await service.check(request, context: context)
        }
        registry.unary(Methods.list) { request, context in
            try await service.list(request, context: context)
        }
        registry.serverStreaming(Methods.watch) { request, responses, context in
            try await service.watch(request, responses: responses, context: context)
        }
    }
}

/// What a server of `grpc.health.v1.Health` implements.
///
/// ``GrpcHealthV1Health/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol GrpcHealthV1HealthService: Sendable {
    /// NOT_FOUND if nothing of that name is known.
    func check(
        _ request: Messages.GrpcHealthV1HealthCheckRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.GrpcHealthV1HealthCheckResponse

    /// All at once.
    func list(
        _ request: Messages.GrpcHealthV1HealthListRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.GrpcHealthV1HealthListResponse

    /// The status now, and again whenever it changes.
    func watch(
        _ request: Messages.GrpcHealthV1HealthCheckRequest,
        responses: RPC.ResponseWriter<Messages.GrpcHealthV1HealthCheckResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `grpc.health.v1.Health` over a channel.
public struct GrpcHealthV1HealthClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// NOT_FOUND if nothing of that name is known.
    public func check(
        _ request: Messages.GrpcHealthV1HealthCheckRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.GrpcHealthV1HealthCheckResponse {
        try await channel.unary(GrpcHealthV1Health.Methods.check, request, options: options)
    }

    /// All at once.
    public func list(
        _ request: Messages.GrpcHealthV1HealthListRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.GrpcHealthV1HealthListResponse {
        try await channel.unary(GrpcHealthV1Health.Methods.list, request, options: options)
    }

    /// The status now, and again whenever it changes.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func watch(
        _ request: Messages.GrpcHealthV1HealthCheckRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.GrpcHealthV1HealthCheckResponse> {
        try channel.serverStreaming(GrpcHealthV1Health.Methods.watch, request, options: options)
    }
}
