// Generated from roost/v1/naming.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Names: where the instances of a service are, kept right by their sessions.
///
/// A service is a path, and needs no preparation: its znode is created with the first instance, as a container, and so
/// are the ones above it. An instance is an ephemeral child of it, named as the instance is, whose data are an Instance
/// message without its name. So an instance goes with its session; and whoever knows the layout can use Store as well.
public enum Naming {
    /// The service's full name.
    public static let serviceName = "roost.v1.Naming"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Makes an instance known, or changes what is known of it. One of another session is replaced: a program that was
        /// started anew does not wait for the end of the session that it had before. NOT_FOUND if the session has ended,
        /// ALREADY_EXISTS if a znode of that name is no instance.
        public static let register = RPC.Method<Messages.RegisterRequest, Messages.RegisterResponse>(
            "/roost.v1.Naming/Register",
            kind: .unary
        )

        /// Takes an instance away. NOT_FOUND and INSTANCE_NOT_FOUND if there is none of that name in that session: it may have
        /// gone, or have been registered anew.
        public static let deregister = RPC.Method<Messages.DeregisterRequest, Messages.DeregisterResponse>(
            "/roost.v1.Naming/Deregister",
            kind: .unary
        )

        /// Tells the instances of a service, in the order of their names. A service without instances is no error.
        public static let resolve = RPC.Method<Messages.ResolveRequest, Messages.ResolveResponse>(
            "/roost.v1.Naming/Resolve",
            kind: .unary
        )

        /// Tells all instances, and then every change, in order and without a gap, until the client ends it. OUT_OF_RANGE if
        /// the client reads so slowly that what it lacks is no longer kept.
        public static let watch = RPC.Method<Messages.WatchServiceRequest, Messages.WatchServiceResponse>(
            "/roost.v1.Naming/Watch",
            kind: .serverStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [register.path, deregister.path, resolve.path, watch.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some NamingService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.register) { request, context in
            try await service.register(request, context: context)
        }
        registry.unary(Methods.deregister) { request, context in
            try await service.deregister(request, context: context)
        }
        registry.unary(Methods.resolve) { request, context in
            try await service.resolve(request, context: context)
        }
        registry.serverStreaming(Methods.watch) { request, responses, context in
            try await service.watch(request, responses: responses, context: context)
        }
    }
}

/// What a server of `roost.v1.Naming` implements.
///
/// ``Naming/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol NamingService: Sendable {
    /// Makes an instance known, or changes what is known of it. One of another session is replaced: a program that was
    /// started anew does not wait for the end of the session that it had before. NOT_FOUND if the session has ended,
    /// ALREADY_EXISTS if a znode of that name is no instance.
    func register(
        _ request: Messages.RegisterRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.RegisterResponse

    /// Takes an instance away. NOT_FOUND and INSTANCE_NOT_FOUND if there is none of that name in that session: it may have
    /// gone, or have been registered anew.
    func deregister(
        _ request: Messages.DeregisterRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.DeregisterResponse

    /// Tells the instances of a service, in the order of their names. A service without instances is no error.
    func resolve(
        _ request: Messages.ResolveRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.ResolveResponse

    /// Tells all instances, and then every change, in order and without a gap, until the client ends it. OUT_OF_RANGE if
    /// the client reads so slowly that what it lacks is no longer kept.
    func watch(
        _ request: Messages.WatchServiceRequest,
        responses: RPC.ResponseWriter<Messages.WatchServiceResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `roost.v1.Naming` over a channel.
public struct NamingClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Makes an instance known, or changes what is known of it. One of another session is replaced: a program that was
    /// started anew does not wait for the end of the session that it had before. NOT_FOUND if the session has ended,
    /// ALREADY_EXISTS if a znode of that name is no instance.
    public func register(
        _ request: Messages.RegisterRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.RegisterResponse {
        try await channel.unary(Naming.Methods.register, request, options: options)
    }

    /// Takes an instance away. NOT_FOUND and INSTANCE_NOT_FOUND if there is none of that name in that session: it may have
    /// gone, or have been registered anew.
    public func deregister(
        _ request: Messages.DeregisterRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.DeregisterResponse {
        try await channel.unary(Naming.Methods.deregister, request, options: options)
    }

    /// Tells the instances of a service, in the order of their names. A service without instances is no error.
    public func resolve(
        _ request: Messages.ResolveRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.ResolveResponse {
        try await channel.unary(Naming.Methods.resolve, request, options: options)
    }

    /// Tells all instances, and then every change, in order and without a gap, until the client ends it. OUT_OF_RANGE if
    /// the client reads so slowly that what it lacks is no longer kept.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func watch(
        _ request: Messages.WatchServiceRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.WatchServiceResponse> {
        try channel.serverStreaming(Naming.Methods.watch, request, options: options)
    }
}
