// Generated from roost/v1/peer.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// The service `roost.v1.Peer`.
public enum Peer {
    /// The service's full name.
    public static let serviceName = "roost.v1.Peer"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Asked before an ensemble exists, and when a member starts: who are you, and do you have data?
        public static let introduce = RPC.Method<Messages.IntroduceRequest, Messages.IntroduceResponse>(
            "/roost.v1.Peer/Introduce",
            kind: .unary
        )

        /// Every member to every other, each interval, on a TCP connection of its own.
        public static let heartbeat = RPC.Method<Messages.HeartbeatRequest, Messages.HeartbeatResponse>(
            "/roost.v1.Peer/Heartbeat",
            kind: .bidirectionalStreaming
        )

        /// Pre-votes and votes.
        public static let vote = RPC.Method<Messages.VoteRequest, Messages.VoteResponse>(
            "/roost.v1.Peer/Vote",
            kind: .bidirectionalStreaming
        )

        /// From the leader: log entries and snapshots.
        public static let sync = RPC.Method<Messages.SyncRequest, Messages.SyncResponse>(
            "/roost.v1.Peer/Sync",
            kind: .bidirectionalStreaming
        )

        /// From a follower to the leader: clients' writes, and read barriers.
        public static let forward = RPC.Method<Messages.ForwardRequest, Messages.ForwardResponse>(
            "/roost.v1.Peer/Forward",
            kind: .bidirectionalStreaming
        )

        /// From a member whose log is damaged, before it takes part in anything, to each of the others.
        public static let repair = RPC.Method<Messages.RepairRequest, Messages.RepairResponse>(
            "/roost.v1.Peer/Repair",
            kind: .unary
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [introduce.path, heartbeat.path, vote.path, sync.path, forward.path, repair.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some PeerService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.introduce) { request, context in
            try await service.introduce(request, context: context)
        }
        registry.bidirectional(Methods.heartbeat) { requests, responses, context in
            try await service.heartbeat(requests, responses: responses, context: context)
        }
        registry.bidirectional(Methods.vote) { requests, responses, context in
            try await service.vote(requests, responses: responses, context: context)
        }
        registry.bidirectional(Methods.sync) { requests, responses, context in
            try await service.sync(requests, responses: responses, context: context)
        }
        registry.bidirectional(Methods.forward) { requests, responses, context in
            try await service.forward(requests, responses: responses, context: context)
        }
        registry.unary(Methods.repair) { request, context in
            try await service.repair(request, context: context)
        }
    }
}

/// What a server of `roost.v1.Peer` implements.
///
/// ``Peer/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol PeerService: Sendable {
    /// Asked before an ensemble exists, and when a member starts: who are you, and do you have data?
    func introduce(
        _ request: Messages.IntroduceRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.IntroduceResponse

    /// Every member to every other, each interval, on a TCP connection of its own.
    func heartbeat(
        _ requests: RPC.MessageStream<Messages.HeartbeatRequest>,
        responses: RPC.ResponseWriter<Messages.HeartbeatResponse>,
        context: RPC.ServerContext
    ) async throws

    /// Pre-votes and votes.
    func vote(
        _ requests: RPC.MessageStream<Messages.VoteRequest>,
        responses: RPC.ResponseWriter<Messages.VoteResponse>,
        context: RPC.ServerContext
    ) async throws

    /// From the leader: log entries and snapshots.
    func sync(
        _ requests: RPC.MessageStream<Messages.SyncRequest>,
        responses: RPC.ResponseWriter<Messages.SyncResponse>,
        context: RPC.ServerContext
    ) async throws

    /// From a follower to the leader: clients' writes, and read barriers.
    func forward(
        _ requests: RPC.MessageStream<Messages.ForwardRequest>,
        responses: RPC.ResponseWriter<Messages.ForwardResponse>,
        context: RPC.ServerContext
    ) async throws

    /// From a member whose log is damaged, before it takes part in anything, to each of the others.
    func repair(
        _ request: Messages.RepairRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.RepairResponse
}

/// Calls `roost.v1.Peer` over a channel.
public struct PeerClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Asked before an ensemble exists, and when a member starts: who are you, and do you have data?
    public func introduce(
        _ request: Messages.IntroduceRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.IntroduceResponse {
        try await channel.unary(Peer.Methods.introduce, request, options: options)
    }

    /// Every member to every other, each interval, on a TCP connection of its own.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func heartbeat(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<Messages.HeartbeatRequest, Messages.HeartbeatResponse> {
        channel.bidirectional(Peer.Methods.heartbeat, options: options)
    }

    /// Pre-votes and votes.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func vote(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<Messages.VoteRequest, Messages.VoteResponse> {
        channel.bidirectional(Peer.Methods.vote, options: options)
    }

    /// From the leader: log entries and snapshots.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func sync(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<Messages.SyncRequest, Messages.SyncResponse> {
        channel.bidirectional(Peer.Methods.sync, options: options)
    }

    /// From a follower to the leader: clients' writes, and read barriers.
    ///
    /// A failure of the call is thrown where the responses are read or the requests written.
    public func forward(
        options: RPC.CallOptions = RPC.CallOptions()
    ) -> RPC.BidirectionalCall<Messages.ForwardRequest, Messages.ForwardResponse> {
        channel.bidirectional(Peer.Methods.forward, options: options)
    }

    /// From a member whose log is damaged, before it takes part in anything, to each of the others.
    public func repair(
        _ request: Messages.RepairRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.RepairResponse {
        try await channel.unary(Peer.Methods.repair, request, options: options)
    }
}
