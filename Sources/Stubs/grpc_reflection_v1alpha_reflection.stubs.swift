// Generated from grpc/reflection/v1alpha/reflection.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Tells what a server serves, and how its messages are built.
public enum GrpcReflectionV1alphaServerReflection {
    /// The service's full name.
    public static let serviceName = "grpc.reflection.v1alpha.ServerReflection"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Answers each question, in order.
        public static let serverReflectionInfo = RPC.Method<Messages.GrpcReflectionV1alphaServerReflectionRequest, Messages.GrpcReflectionV1alphaServerReflectionResponse>(
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            kind: .bidirectionalStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [serverReflectionInfo.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some GrpcReflectionV1alphaServerReflectionService, in registry: inout RPC.ServiceRegistry) {
        registry.bidirectional(Methods.serverReflectionInfo) { requests, responses, context in
            try await service.serverReflectionInfo(requests, responses: responses, context: context)
        }
    }
}

/// What a server of `grpc.reflection.v1alpha.ServerReflection` implements.
///
/// ``GrpcReflectionV1alphaServerReflection/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol GrpcReflectionV1alphaServerReflectionService: Sendable {
    /// Answers each question, in order.
    func serverReflectionInfo(
        _ requests: RPC.MessageStream<Messages.GrpcReflectionV1alphaServerReflectionRequest>,
        responses: RPC.ResponseWriter<Messages.GrpcReflectionV1alphaServerReflectionResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `grpc.reflection.v1alpha.ServerReflection` over a channel.
public struct GrpcReflectionV1alphaServerReflectionClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Answers each question, in order.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func serverReflectionInfo(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<Messages.GrpcReflectionV1alphaServerReflectionRequest, Messages.GrpcReflectionV1alphaServerReflectionResponse> {
        channel.bidirectional(GrpcReflectionV1alphaServerReflection.Methods.serverReflectionInfo, options: options)
    }
}
