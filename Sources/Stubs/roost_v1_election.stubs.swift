// Generated from roost/v1/election.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Elections: of any number of candidates one leads, and when it goes the next one does, in the order in which they came.
///
/// An election is an exclusive lock (see Lock) whose claims are candidates: a candidate is an ephemeral znode below the
/// election's path, its data are what it has to say (an address, say), and its fencing token is a valid one while it
/// leads.
public enum Election {
    /// The service's full name.
    public static let serviceName = "roost.v1.Election"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Stands for election, and answers when the candidate leads. As Acquire: the same candidate stands once, and a call
        /// that is cancelled takes the candidacy back. Where the candidacy is there already its value becomes that of the
        /// request.
        public static let campaign = RPC.Method<Messages.CampaignRequest, Messages.CampaignResponse>(
            "/roost.v1.Election/Campaign",
            kind: .unary
        )

        /// Changes what the leader has to say. ABORTED and FENCED if the candidate does not lead, or not any more.
        public static let proclaim = RPC.Method<Messages.ProclaimRequest, Messages.ProclaimResponse>(
            "/roost.v1.Election/Proclaim",
            kind: .unary
        )

        /// Gives up the office, or the candidacy. NOT_FOUND and CLAIM_NOT_FOUND if it has gone already.
        public static let resign = RPC.Method<Messages.ResignRequest, Messages.ResignResponse>(
            "/roost.v1.Election/Resign",
            kind: .unary
        )

        /// Tells who leads. NOT_FOUND and NO_LEADER if nobody does.
        public static let leader = RPC.Method<Messages.LeaderRequest, Messages.LeaderResponse>(
            "/roost.v1.Election/Leader",
            kind: .unary
        )

        /// Tells who leads, at once, and then every leader and everything that a leader has to say, in order and without a
        /// gap, until the client ends it. OUT_OF_RANGE if the client reads so slowly that what it lacks is no longer kept.
        public static let observe = RPC.Method<Messages.ObserveRequest, Messages.ObserveResponse>(
            "/roost.v1.Election/Observe",
            kind: .serverStreaming
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [campaign.path, proclaim.path, resign.path, leader.path, observe.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some ElectionService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.campaign) { request, context in
            try await service.campaign(request, context: context)
        }
        registry.unary(Methods.proclaim) { request, context in
            try await service.proclaim(request, context: context)
        }
        registry.unary(Methods.resign) { request, context in
            try await service.resign(request, context: context)
        }
        registry.unary(Methods.leader) { request, context in
            try await service.leader(request, context: context)
        }
        registry.serverStreaming(Methods.observe) { request, responses, context in
            try await service.observe(request, responses: responses, context: context)
        }
    }
}

/// What a server of `roost.v1.Election` implements.
///
/// ``Election/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol ElectionService: Sendable {
    /// Stands for election, and answers when the candidate leads. As Acquire: the same candidate stands once, and a call
    /// that is cancelled takes the candidacy back. Where the candidacy is there already its value becomes that of the
    /// request.
    func campaign(
        _ request: Messages.CampaignRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.CampaignResponse

    /// Changes what the leader has to say. ABORTED and FENCED if the candidate does not lead, or not any more.
    func proclaim(
        _ request: Messages.ProclaimRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.ProclaimResponse

    /// Gives up the office, or the candidacy. NOT_FOUND and CLAIM_NOT_FOUND if it has gone already.
    func resign(
        _ request: Messages.ResignRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.ResignResponse

    /// Tells who leads. NOT_FOUND and NO_LEADER if nobody does.
    func leader(
        _ request: Messages.LeaderRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.LeaderResponse

    /// Tells who leads, at once, and then every leader and everything that a leader has to say, in order and without a
    /// gap, until the client ends it. OUT_OF_RANGE if the client reads so slowly that what it lacks is no longer kept.
    func observe(
        _ request: Messages.ObserveRequest,
        responses: RPC.ResponseWriter<Messages.ObserveResponse>,
        context: RPC.ServerContext
    ) async throws
}

/// Calls `roost.v1.Election` over a channel.
public struct ElectionClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Stands for election, and answers when the candidate leads. As Acquire: the same candidate stands once, and a call
    /// that is cancelled takes the candidacy back. Where the candidacy is there already its value becomes that of the
    /// request.
    public func campaign(
        _ request: Messages.CampaignRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.CampaignResponse {
        try await channel.unary(Election.Methods.campaign, request, options: options)
    }

    /// Changes what the leader has to say. ABORTED and FENCED if the candidate does not lead, or not any more.
    public func proclaim(
        _ request: Messages.ProclaimRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.ProclaimResponse {
        try await channel.unary(Election.Methods.proclaim, request, options: options)
    }

    /// Gives up the office, or the candidacy. NOT_FOUND and CLAIM_NOT_FOUND if it has gone already.
    public func resign(
        _ request: Messages.ResignRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.ResignResponse {
        try await channel.unary(Election.Methods.resign, request, options: options)
    }

    /// Tells who leads. NOT_FOUND and NO_LEADER if nobody does.
    public func leader(
        _ request: Messages.LeaderRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.LeaderResponse {
        try await channel.unary(Election.Methods.leader, request, options: options)
    }

    /// Tells who leads, at once, and then every leader and everything that a leader has to say, in order and without a
    /// gap, until the client ends it. OUT_OF_RANGE if the client reads so slowly that what it lacks is no longer kept.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func observe(
        _ request: Messages.ObserveRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.ObserveResponse> {
        try channel.serverStreaming(Election.Methods.observe, request, options: options)
    }
}
