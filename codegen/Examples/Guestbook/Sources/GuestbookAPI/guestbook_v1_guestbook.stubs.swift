// Generated from guestbook/v1/guestbook.proto by codegen. Do not edit.
// swift-format-ignore-file

import RPC

/// The service `guestbook.v1.Guestbook`.
public enum Guestbook {
    /// The service's full name.
    public static let serviceName = "guestbook.v1.Guestbook"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Adds an entry.
        public static let sign = RPC.Method<GuestbookAPI.SignRequest, GuestbookAPI.SignResponse>(
            "/guestbook.v1.Guestbook/Sign",
            kind: .unary
        )

        /// Sends the entries, the oldest first.
        public static let read = RPC.Method<GuestbookAPI.ReadRequest, GuestbookAPI.Entry>(
            "/guestbook.v1.Guestbook/Read",
            kind: .serverStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [sign.path, read.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some GuestbookService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.sign) { request, context in
            try await service.sign(request, context: context)
        }
        registry.serverStreaming(Methods.read) { request, responses, context in
            try await service.read(request, responses: responses, context: context)
        }
    }
}

/// What a server of `guestbook.v1.Guestbook` implements.
///
/// ``Guestbook/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol GuestbookService: Sendable {
    /// Adds an entry.
    func sign(
        _ request: GuestbookAPI.SignRequest,
        context: RPC.ServerContext
    ) async throws -> GuestbookAPI.SignResponse

    /// Sends the entries, the oldest first.
    func read(
        _ request: GuestbookAPI.ReadRequest,
        responses: RPC.ResponseWriter<GuestbookAPI.Entry>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `guestbook.v1.Guestbook` over a channel.
public struct GuestbookClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Adds an entry.
    public func sign(
        _ request: GuestbookAPI.SignRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> GuestbookAPI.SignResponse {
        try await channel.unary(Guestbook.Methods.sign, request, options: options)
    }

    /// Sends the entries, the oldest first.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func read(
        _ request: GuestbookAPI.ReadRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<GuestbookAPI.Entry> {
        try channel.serverStreaming(Guestbook.Methods.read, request, options: options)
    }
}
