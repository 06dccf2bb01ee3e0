// Generated from roost/v1/coordinator.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// A client that asks much needs one stream, and no call for each question: a session, operations, watches.
public enum Coordinator {
    /// The service's full name.
    public static let serviceName = "roost.v1.Coordinator"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// The first message says hello: it opens a session, or resumes one, at whichever member. Operations follow, as many in
        /// a message as one likes, without waiting for the results of those before.
        ///
        /// In order. Operations take effect in the order in which they were sent, and their results come in that order. A read
        /// sees every write before it and none after it; a write waits for the reads before it. An operation that fails (its
        /// result is an error) does not stop those after it: what belongs together is a transaction. A change that a watch of
        /// the stream is told of is told before any result that reflects it.
        ///
        /// The end. The stream ends with the session (NOT_FOUND, SESSION_ENDED), when another stream resumes it (ABORTED,
        /// STREAM_SUPERSEDED), and as soon as the outcome of a write is not known, or is that it was not taken in (UNAVAILABLE,
        /// RESOURCE_EXHAUSTED): nothing after such a write takes effect, unless it does itself. Whoever resumes the session is
        /// told how far the stream before has come, once and for all. The stream's end does not end the session. A client that
        /// has nothing more to say (a half-close) has its stream ended with OK when all it asked for is done, watches included.
        ///
        /// At most 1,000 operations in a message. A client that sends faster than it is served, or does not read, is held by
        /// flow control.
        public static let connect = RPC.Method<Messages.ConnectRequest, Messages.ConnectResponse>(
            "/roost.v1.Coordinator/Connect",
            kind: .bidirectionalStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [connect.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some CoordinatorService, in registry: inout RPC.ServiceRegistry) {
        registry.bidirectional(Methods.connect) { requests, responses, context in
            try await service.connect(requests, responses: responses, context: context)
        }
    }
}

/// What a server of `roost.v1.Coordinator` implements.
///
/// ``Coordinator/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol CoordinatorService: Sendable {
    /// The first message says hello: it opens a session, or resumes one, at whichever member. Operations follow, as many in
    /// a message as one likes, without waiting for the results of those before.
    ///
    /// In order. Operations take effect in the order in which they were sent, and their results come in that order. A read
    /// sees every write before it and none after it; a write waits for the reads before it. An operation that fails (its
    /// result is an error) does not stop those after it: what belongs together is a transaction. A change that a watch of
    /// the stream is told of is told before any result that reflects it.
    ///
    /// The end. The stream ends with the session (NOT_FOUND, SESSION_ENDED), when another stream resumes it (ABORTED,
    /// STREAM_SUPERSEDED), and as soon as the outcome of a write is not known, or is that it was not taken in (UNAVAILABLE,
    /// RESOURCE_EXHAUSTED): nothing after such a write takes effect, unless it does itself. Whoever resumes the session is
    /// told how far the stream before has come, once and for all. The stream's end does not end the session. A client that
    /// has nothing more to say (a half-close) has its stream ended with OK when all it asked for is done, watches included.
    ///
    /// At most 1,000 operations in a message. A client that sends faster than it is served, or does not read, is held by
    /// flow control.
    func connect(
        _ requests: RPC.MessageStream<Messages.ConnectRequest>,
        responses: RPC.ResponseWriter<Messages.ConnectResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `roost.v1.Coordinator` over a channel.
public struct CoordinatorClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// The first message says hello: it opens a session, or resumes one, at whichever member. Operations follow, as many in
    /// a message as one likes, without waiting for the results of those before.
    ///
    /// In order. Operations take effect in the order in which they were sent, and their results come in that order. A read
    /// sees every write before it and none after it; a write waits for the reads before it. An operation that fails (its
    /// result is an error) does not stop those after it: what belongs together is a transaction. A change that a watch of
    /// the stream is told of is told before any result that reflects it.
    ///
    /// The end. The stream ends with the session (NOT_FOUND, SESSION_ENDED), when another stream resumes it (ABORTED,
    /// STREAM_SUPERSEDED), and as soon as the outcome of a write is not known, or is that it was not taken in (UNAVAILABLE,
    /// RESOURCE_EXHAUSTED): nothing after such a write takes effect, unless it does itself. Whoever resumes the session is
    /// told how far the stream before has come, once and for all. The stream's end does not end the session. A client that
    /// has nothing more to say (a half-close) has its stream ended with OK when all it asked for is done, watches included.
    ///
    /// At most 1,000 operations in a message. A client that sends faster than it is served, or does not read, is held by
    /// flow control.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func connect(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<Messages.ConnectRequest, Messages.ConnectResponse> {
        channel.bidirectional(Coordinator.Methods.connect, options: options)
    }
}
