// Generated from roost/v1/config.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Configuration: values under paths, each with the versions that it had, who wrote them and why.
///
/// A key is a path. Its znode's data are the newest value, so that whoever only reads may use Store as well; its versions
/// are children of it, named by the 20 digits of their revisions, whose data are ConfigVersion messages. The znodes above a
/// key are created with it, as containers. The last 100 versions are kept, but not more than 4 MiB of the older ones. A
/// value that was written with Store is one without a version.
public enum Config {
    /// The service's full name.
    public static let serviceName = "roost.v1.Config"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Writes a value. ABORTED and REVISION_MISMATCH if the key is not as the writer expects, FAILED_PRECONDITION if it
        /// lies below an ephemeral znode or is one.
        public static let put = RPC.Method<Messages.PutConfigRequest, Messages.PutConfigResponse>(
            "/roost.v1.Config/Put",
            kind: .unary
        )

        /// Reads a key: its newest version, or a certain one. NOT_FOUND if there is no such key, or no such version of it.
        public static let get = RPC.Method<Messages.GetConfigRequest, Messages.GetConfigResponse>(
            "/roost.v1.Config/Get",
            kind: .unary
        )

        /// Deletes a key and all its versions. NOT_FOUND if there is none, FAILED_PRECONDITION if there are keys below it.
        public static let delete = RPC.Method<Messages.DeleteConfigRequest, Messages.DeleteConfigResponse>(
            "/roost.v1.Config/Delete",
            kind: .unary
        )

        /// Tells the versions that are kept, the newest one first.
        public static let history = RPC.Method<Messages.ConfigHistoryRequest, Messages.ConfigHistoryResponse>(
            "/roost.v1.Config/History",
            kind: .unary
        )

        /// Writes the value of an earlier version again, as a new one. NOT_FOUND and CONFIG_VERSION_NOT_FOUND if that is not
        /// kept any more.
        public static let rollback = RPC.Method<Messages.RollbackConfigRequest, Messages.PutConfigResponse>(
            "/roost.v1.Config/Rollback",
            kind: .unary
        )

        /// Follows a key, or all keys below a path, in order and without a gap, until the client ends it. OUT_OF_RANGE if the
        /// asked start is older than the retained history.
        public static let watch = RPC.Method<Messages.WatchConfigRequest, Messages.WatchConfigResponse>(
            "/roost.v1.Config/Watch",
            kind: .serverStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [put.path, get.path, delete.path, history.path, rollback.path, watch.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some ConfigService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.put) { request, context in
            try await service.put(request, context: context)
        }
        registry.unary(Methods.get) { request, context in
            try await service.get(request, context: context)
        }
        registry.unary(Methods.delete) { request, context in
            try await service.delete(request, context: context)
        }
        registry.unary(Methods.history) { request, context in
            try await service.history(request, context: context)
        }
        registry.unary(Methods.rollback) { request, context in
            try await service.rollback(request, context: context)
        }
        registry.serverStreaming(Methods.watch) { request, responses, context in
            try await service.watch(request, responses: responses, context: context)
        }
    }
}

/// What a server of `roost.v1.Config` implements.
///
/// ``Config/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol ConfigService: Sendable {
    /// Writes a value. ABORTED and REVISION_MISMATCH if the key is not as the writer expects, FAILED_PRECONDITION if it
    /// lies below an ephemeral znode or is one.
    func put(
        _ request: Messages.PutConfigRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.PutConfigResponse

    /// Reads a key: its newest version, or a certain one. NOT_FOUND if there is no such key, or no such version of it.
    func get(
        _ request: Messages.GetConfigRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.GetConfigResponse

    /// Deletes a key and all its versions. NOT_FOUND if there is none, FAILED_PRECONDITION if there are keys below it.
    func delete(
        _ request: Messages.DeleteConfigRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.DeleteConfigResponse

    /// Tells the versions that are kept, the newest one first.
    func history(
        _ request: Messages.ConfigHistoryRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.ConfigHistoryResponse

    /// Writes the value of an earlier version again, as a new one. NOT_FOUND and CONFIG_VERSION_NOT_FOUND if that is not
    /// kept any more.
    func rollback(
        _ request: Messages.RollbackConfigRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.PutConfigResponse

    /// Follows a key, or all keys below a path, in order and without a gap, until the client ends it. OUT_OF_RANGE if the
    /// asked start is older than the retained history.
    func watch(
        _ request: Messages.WatchConfigRequest,
        responses: RPC.ResponseWriter<Messages.WatchConfigResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `roost.v1.Config` over a channel.
public struct ConfigClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Writes a value. ABORTED and REVISION_MISMATCH if the key is not as the writer expects, FAILED_PRECONDITION if it
    /// lies below an ephemeral znode or is one.
    public func put(
        _ request: Messages.PutConfigRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.PutConfigResponse {
        try await channel.unary(Config.Methods.put, request, options: options)
    }

    /// Reads a key: its newest version, or a certain one. NOT_FOUND if there is no such key, or no such version of it.
    public func get(
        _ request: Messages.GetConfigRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.GetConfigResponse {
        try await channel.unary(Config.Methods.get, request, options: options)
    }

    /// Deletes a key and all its versions. NOT_FOUND if there is none, FAILED_PRECONDITION if there are keys below it.
    public func delete(
        _ request: Messages.DeleteConfigRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.DeleteConfigResponse {
        try await channel.unary(Config.Methods.delete, request, options: options)
    }

    /// Tells the versions that are kept, the newest one first.
    public func history(
        _ request: Messages.ConfigHistoryRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.ConfigHistoryResponse {
        try await channel.unary(Config.Methods.history, request, options: options)
    }

    /// Writes the value of an earlier version again, as a new one. NOT_FOUND and CONFIG_VERSION_NOT_FOUND if that is not
    /// kept any more.
    public func rollback(
        _ request: Messages.RollbackConfigRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.PutConfigResponse {
        try await channel.unary(Config.Methods.rollback, request, options: options)
    }

    /// Follows a key, or all keys below a path, in order and without a gap, until the client ends it. OUT_OF_RANGE if the
    /// asked start is older than the retained history.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func watch(
        _ request: Messages.WatchConfigRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.WatchConfigResponse> {
        try channel.serverStreaming(Config.Methods.watch, request, options: options)
    }
}
