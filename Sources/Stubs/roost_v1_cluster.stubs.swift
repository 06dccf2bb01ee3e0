// Generated from roost/v1/cluster.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Cluster tells operators and programs how the ensemble is.
public enum Cluster {
    /// The service's full name.
    public static let serviceName = "roost.v1.Cluster"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// How this member sees itself and the others. Answered at once, from what this member knows.
        public static let status = RPC.Method<Messages.StatusRequest, Messages.StatusResponse>(
            "/roost.v1.Cluster/Status",
            kind: .unary
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [status.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some ClusterService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.status) { request, context in
            try await service.status(request, context: context)
        }
    }
}

/// What a server of `roost.v1.Cluster` implements.
///
/// ``Cluster/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol ClusterService: Sendable {
    /// How this member sees itself and the others. Answered at once, from what this member knows.
    func status(
        _ request: Messages.StatusRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.StatusResponse
}

/// Calls `roost.v1.Cluster` over a channel.
public struct ClusterClient: Sendable {
    /// What the calls go over.
    public let channel: RPC.RPCChannel

    /// A client that calls over `channel`.
    public init(_ channel: RPC.RPCChannel) {
        self.channel = channel
    }

    /// How this member sees itself and the others. Answered at once, from what this member knows.
    public func status(
        _ request: Messages.StatusRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.StatusResponse {
        try await channel.unary(Cluster.Methods.status, request, options: options)
    }
}
