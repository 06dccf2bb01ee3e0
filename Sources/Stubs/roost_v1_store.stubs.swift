// Generated from roost/v1/store.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Store keeps a tree of small pieces of data, the same on every member.
///
/// A path is absolute: `/` alone, or components of 1 to 255 bytes of UTF-8 without control characters, each after a
/// `/`; `.` and `..` are no components. At most 4 KiB and 64 components (both limits are configurable).
///
/// Every error carries a google.rpc.Status with a google.rpc.ErrorInfo of domain `roost`, whose reason a program can
/// switch on. A write surely had no effect only if its status carries a reason other than OUTCOME_UNKNOWN; any other
/// failure, a bare UNAVAILABLE or DEADLINE_EXCEEDED among them, may have taken effect, and the cure is to send it again
/// with the same request_id. ERRORS.md, in the folder `proto`, has every reason and limit.
public enum Store {
    /// The service's full name.
    public static let serviceName = "roost.v1.Store"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Creates a znode under an existing parent. ALREADY_EXISTS if it exists, NOT_FOUND if its parent does not or the
        /// session of an ephemeral one has ended, FAILED_PRECONDITION if the parent is ephemeral.
        public static let create = RPC.Method<Messages.CreateRequest, Messages.CreateResponse>(
            "/roost.v1.Store/Create",
            kind: .unary
        )

        /// Reads a znode's data and stat. NOT_FOUND if it does not exist.
        public static let get = RPC.Method<Messages.GetRequest, Messages.GetResponse>(
            "/roost.v1.Store/Get",
            kind: .unary
        )

        /// Replaces a znode's data. NOT_FOUND if it does not exist, ABORTED if its version is not the expected one.
        public static let set = RPC.Method<Messages.SetRequest, Messages.SetResponse>(
            "/roost.v1.Store/Set",
            kind: .unary
        )

        /// Deletes a znode that has no children, or one with all that is below it. NOT_FOUND if it does not exist, ABORTED if
        /// its version is not the expected one, FAILED_PRECONDITION if it has children and the call is not recursive.
        public static let delete = RPC.Method<Messages.DeleteRequest, Messages.DeleteResponse>(
            "/roost.v1.Store/Delete",
            kind: .unary
        )

        /// Compares, and then carries out one of two lists of operations: all of them at one revision, or none.
        /// The error of the first operation that fails is that of the call; its metadata name it (`operation`, counted from 0,
        /// and `branch`: then or otherwise).
        public static let transact = RPC.Method<Messages.TransactRequest, Messages.TransactResponse>(
            "/roost.v1.Store/Transact",
            kind: .unary
        )

        /// Lists a znode's children in the order of their names' bytes, in as many messages as it takes.
        /// NOT_FOUND if the znode does not exist.
        public static let list = RPC.Method<Messages.ListRequest, Messages.ListResponse>(
            "/roost.v1.Store/List",
            kind: .serverStreaming
        )

        /// Follows the changes under a path, in order, without gap or repetition, until the client ends it.
        /// OUT_OF_RANGE if the asked start is older than the retained history (HISTORY_TRIMMED); the error names the oldest
        /// retained revision. The history is the same on every member: the last 64 MiB of changes, but not more than 1,000,000.
        public static let watch = RPC.Method<Messages.WatchRequest, Messages.WatchResponse>(
            "/roost.v1.Store/Watch",
            kind: .serverStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [create.path, get.path, set.path, delete.path, transact.path, list.path, watch.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some StoreService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.create) { request, context in
            try await service.create(request, context: context)
        }
        registry.unary(Methods.get) { request, context in
            try await service.get(request, context: context)
        }
        registry.unary(Methods.set) { request, context in
            try await service.set(request, context: context)
        }
        registry.unary(Methods.delete) { request, context in
            try await service.delete(request, context: context)
        }
        registry.unary(Methods.transact) { request, context in
            try await service.transact(request, context: context)
        }
        registry.serverStreaming(Methods.list) { request, responses, context in
            try await service.list(request, responses: responses, context: context)
        }
        registry.serverStreaming(Methods.watch) { request, responses, context in
            try await service.watch(request, responses: responses, context: context)
        }
    }
}

/// What a server of `roost.v1.Store` implements.
///
/// ``Store/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol StoreService: Sendable {
    /// Creates a znode under an existing parent. ALREADY_EXISTS if it exists, NOT_FOUND if its parent does not or the
    /// session of an ephemeral one has ended, FAILED_PRECONDITION if the parent is ephemeral.
    func create(
        _ request: Messages.CreateRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.CreateResponse

    /// Reads a znode's data and stat. NOT_FOUND if it does not exist.
    func get(_ request: Messages.GetRequest, context: RPC.ServerContext) async throws -> Messages.GetResponse

    /// Replaces a znode's data. NOT_FOUND if it does not exist, ABORTED if its version is not the expected one.
    func set(_ request: Messages.SetRequest, context: RPC.ServerContext) async throws -> Messages.SetResponse

    /// Deletes a znode that has no children, or one with all that is below it. NOT_FOUND if it does not exist, ABORTED if
    /// its version is not the expected one, FAILED_PRECONDITION if it has children and the call is not recursive.
    func delete(
        _ request: Messages.DeleteRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.DeleteResponse

    /// Compares, and then carries out one of two lists of operations: all of them at one revision, or none.
    /// The error of the first operation that fails is that of the call; its metadata name it (`operation`, counted from 0,
    /// and `branch`: then or otherwise).
    func transact(
        _ request: Messages.TransactRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.TransactResponse

    /// Lists a znode's children in the order of their names' bytes, in as many messages as it takes.
    /// NOT_FOUND if the znode does not exist.
    func list(
        _ request: Messages.ListRequest,
        responses: RPC.ResponseWriter<Messages.ListResponse>,
        context: RPC.ServerContext
    ) async throws

    /// Follows the changes under a path, in order, without gap or repetition, until the client ends it.
    /// OUT_OF_RANGE if the asked start is older than the retained history (HISTORY_TRIMMED); the error names the oldest
    /// retained revision. The history is the same on every member: the last 64 MiB of changes, but not more than 1,000,000.
    func watch(
        _ request: Messages.WatchRequest,
        responses: RPC.ResponseWriter<Messages.WatchResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `roost.v1.Store` over a channel.
public struct StoreClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Creates a znode under an existing parent. ALREADY_EXISTS if it exists, NOT_FOUND if its parent does not or the
    /// session of an ephemeral one has ended, FAILED_PRECONDITION if the parent is ephemeral.
    public func create(
        _ request: Messages.CreateRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.CreateResponse {
        try await channel.unary(Store.Methods.create, request, options: options)
    }

    /// Reads a znode's data and stat. NOT_FOUND if it does not exist.
    public func get(
        _ request: Messages.GetRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.GetResponse {
        try await channel.unary(Store.Methods.get, request, options: options)
    }

    /// Replaces a znode's data. NOT_FOUND if it does not exist, ABORTED if its version is not the expected one.
    public func set(
        _ request: Messages.SetRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.SetResponse {
        try await channel.unary(Store.Methods.set, request, options: options)
    }

    /// Deletes a znode that has no children, or one with all that is below it. NOT_FOUND if it does not exist, ABORTED if
    /// its version is not the expected one, FAILED_PRECONDITION if it has children and the call is not recursive.
    public func delete(
        _ request: Messages.DeleteRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.DeleteResponse {
        try await channel.unary(Store.Methods.delete, request, options: options)
    }

    /// Compares, and then carries out one of two lists of operations: all of them at one revision, or none.
    /// The error of the first operation that fails is that of the call; its metadata name it (`operation`, counted from 0,
    /// and `branch`: then or otherwise).
    public func transact(
        _ request: Messages.TransactRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.TransactResponse {
        try await channel.unary(Store.Methods.transact, request, options: options)
    }

    /// Lists a znode's children in the order of their names' bytes, in as many messages as it takes.
    /// NOT_FOUND if the znode does not exist.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func list(
        _ request: Messages.ListRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.ListResponse> {
        try channel.serverStreaming(Store.Methods.list, request, options: options)
    }

    /// Follows the changes under a path, in order, without gap or repetition, until the client ends it.
    /// OUT_OF_RANGE if the asked start is older than the retained history (HISTORY_TRIMMED); the error names the oldest
    /// retained revision. The history is the same on every member: the last 64 MiB of changes, but not more than 1,000,000.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func watch(
        _ request: Messages.WatchRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.WatchResponse> {
        try channel.serverStreaming(Store.Methods.watch, request, options: options)
    }
}
