// Generated from roost/v1/sessions.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Sessions tell whether a client is alive, and take away what it leaves behind.
///
/// A session belongs to the ensemble and not to a connection: it lives as long as it is kept alive, by whichever member.
/// When it ends, all its ephemeral znodes are deleted in one revision.
///
/// Time is the ensemble's own. It moves while there is a leader and stands still while there is none, so an election
/// lengthens every session by its own duration and never shortens one. A keep-alive counts when its response comes: from
/// then on the session lives for at least its timeout, counted from when the client sent the keep-alive. A client that
/// has not been answered for that long must take its session for ended.
///
/// NOT_FOUND and SESSION_ENDED say that a session has ended; the error's message and metadata say why (`ended_because`,
/// `ended_revision`). UNAVAILABLE and FORMAT_LEVEL_TOO_LOW say that a member of the ensemble still runs a release that
/// knows no sessions.
public enum Sessions {
    /// The service's full name.
    public static let serviceName = "roost.v1.Sessions"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Begins a session. RESOURCE_EXHAUSTED if there are too many.
        public static let open = RPC.Method<Messages.OpenSessionRequest, Messages.OpenSessionResponse>(
            "/roost.v1.Sessions/Open",
            kind: .unary
        )

        /// Keeps a session alive: a response for each request, in order, as soon as the session's new deadline is durable. A
        /// third of the timeout is a good pause between two requests. The stream's end does not end the session; the session's
        /// end ends the stream, with NOT_FOUND and SESSION_ENDED, at once.
        public static let keepAlive = RPC.Method<Messages.KeepAliveRequest, Messages.KeepAliveResponse>(
            "/roost.v1.Sessions/KeepAlive",
            kind: .bidirectionalStreaming
        )

        /// Ends a session and deletes its ephemeral znodes. A session that has ended is answered as done, as long as its end is
        /// remembered: 10,000 are.
        public static let close = RPC.Method<Messages.CloseSessionRequest, Messages.CloseSessionResponse>(
            "/roost.v1.Sessions/Close",
            kind: .unary
        )

        /// Tells about a session, one that ended a while ago included. NOT_FOUND if there was none, or too long ago.
        public static let describe = RPC.Method<Messages.DescribeSessionRequest, Messages.DescribeSessionResponse>(
            "/roost.v1.Sessions/Describe",
            kind: .unary
        )

        /// Tells about all sessions that live, in the order in which they were opened.
        public static let list = RPC.Method<Messages.ListSessionsRequest, Messages.ListSessionsResponse>(
            "/roost.v1.Sessions/List",
            kind: .serverStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [open.path, keepAlive.path, close.path, describe.path, list.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some SessionsService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.open) { request, context in
            try await service.open(request, context: context)
        }
        registry.bidirectional(Methods.keepAlive) { requests, responses, context in
            try await service.keepAlive(requests, responses: responses, context: context)
        }
        registry.unary(Methods.close) { request, context in
            try await service.close(request, context: context)
        }
        registry.unary(Methods.describe) { request, context in
            try await service.describe(request, context: context)
        }
        registry.serverStreaming(Methods.list) { request, responses, context in
            try await service.list(request, responses: responses, context: context)
        }
    }
}

/// What a server of `roost.v1.Sessions` implements.
///
/// ``Sessions/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol SessionsService: Sendable {
    /// Begins a session. RESOURCE_EXHAUSTED if there are too many.
    func open(
        _ request: Messages.OpenSessionRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.OpenSessionResponse

    /// Keeps a session alive: a response for each request, in order, as soon as the session's new deadline is durable. A
    /// third of the timeout is a good pause between two requests. The stream's end does not end the session; the session's
    /// end ends the stream, with NOT_FOUND and SESSION_ENDED, at once.
    func keepAlive(
        _ requests: RPC.MessageStream<Messages.KeepAliveRequest>,
        responses: RPC.ResponseWriter<Messages.KeepAliveResponse>,
        context: RPC.ServerContext
    ) async throws

    /// Ends a session and deletes its ephemeral znodes. A session that has ended is answered as done, as long as its end is
    /// remembered: 10,000 are.
    func close(
        _ request: Messages.CloseSessionRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.CloseSessionResponse

    /// Tells about a session, one that ended a while ago included. NOT_FOUND if there was none, or too long ago.
    func describe(
        _ request: Messages.DescribeSessionRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.DescribeSessionResponse

    /// Tells about all sessions that live, in the order in which they were opened.
    func list(
        _ request: Messages.ListSessionsRequest,
        responses: RPC.ResponseWriter<Messages.ListSessionsResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `roost.v1.Sessions` over a channel.
public struct SessionsClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Begins a session. RESOURCE_EXHAUSTED if there are too many.
    public func open(
        _ request: Messages.OpenSessionRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.OpenSessionResponse {
        try await channel.unary(Sessions.Methods.open, request, options: options)
    }

    /// Keeps a session alive: a response for each request, in order, as soon as the session's new deadline is durable. A
    /// third of the timeout is a good pause between two requests. The stream's end does not end the session; the session's
    /// end ends the stream, with NOT_FOUND and SESSION_ENDED, at once.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func keepAlive(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<Messages.KeepAliveRequest, Messages.KeepAliveResponse> {
        channel.bidirectional(Sessions.Methods.keepAlive, options: options)
    }

    /// Ends a session and deletes its ephemeral znodes. A session that has ended is answered as done, as long as its end is
    /// remembered: 10,000 are.
    public func close(
        _ request: Messages.CloseSessionRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.CloseSessionResponse {
        try await channel.unary(Sessions.Methods.close, request, options: options)
    }

    /// Tells about a session, one that ended a while ago included. NOT_FOUND if there was none, or too long ago.
    public func describe(
        _ request: Messages.DescribeSessionRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.DescribeSessionResponse {
        try await channel.unary(Sessions.Methods.describe, request, options: options)
    }

    /// Tells about all sessions that live, in the order in which they were opened.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func list(
        _ request: Messages.ListSessionsRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.ListSessionsResponse> {
        try channel.serverStreaming(Sessions.Methods.list, request, options: options)
    }
}
