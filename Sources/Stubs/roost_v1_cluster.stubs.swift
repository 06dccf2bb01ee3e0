// Generated from roost/v1/cluster.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Cluster tells operators and programs how the ensemble is, and changes it.
///
/// The changes are made by the leader. Another member refuses them with UNAVAILABLE and NOT_LEADER; the error's metadata
/// says where the leader serves clients (leader_address). UNAVAILABLE and CHANGE_UNDER_WAY ask to try again in a moment.
/// Each change may be asked for again after an unknown outcome: what is so already is answered as done.
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

        /// The status, and then each change as the member notices it: suspicions, votes, elections, members that come and go.
        public static let watch = RPC.Method<Messages.WatchClusterRequest, Messages.WatchClusterResponse>(
            "/roost.v1.Cluster/Watch",
            kind: .serverStreaming
        )

        /// What this member noticed and decided lately, with the evidence: why the last election happened.
        public static let explain = RPC.Method<Messages.ExplainRequest, Messages.ExplainResponse>(
            "/roost.v1.Cluster/Explain",
            kind: .unary
        )

        /// The whole replicated state as of one revision, which reflects every write acknowledged before the call. The
        /// concatenated chunks are a file that `roost restore` makes a new ensemble of.
        public static let backup = RPC.Method<Messages.BackupRequest, Messages.BackupResponse>(
            "/roost.v1.Cluster/Backup",
            kind: .serverStreaming
        )

        /// Admits a member as a learner: it gets everything and has no vote. ALREADY_EXISTS if a member of this id, with
        /// another data directory, is alive. If that one is dead, the new directory takes its place.
        public static let addMember = RPC.Method<Messages.AddMemberRequest, Messages.AddMemberResponse>(
            "/roost.v1.Cluster/AddMember",
            kind: .unary
        )

        /// Gives a learner a vote. FAILED_PRECONDITION while it lacks more than a little of the log, or is not heard.
        public static let promoteMember = RPC.Method<Messages.PromoteMemberRequest, Messages.PromoteMemberResponse>(
            "/roost.v1.Cluster/PromoteMember",
            kind: .unary
        )

        /// Removes a member. FAILED_PRECONDITION if too few of the voters left would be alive.
        public static let removeMember = RPC.Method<Messages.RemoveMemberRequest, Messages.RemoveMemberResponse>(
            "/roost.v1.Cluster/RemoveMember",
            kind: .unary
        )

        /// Lets another voter lead, without a failed request: what comes in meanwhile waits.
        /// FAILED_PRECONDITION if there is none that could, ABORTED if it did not take over in time.
        public static let transferLeadership = RPC.Method<Messages.TransferLeadershipRequest, Messages.TransferLeadershipResponse>(
            "/roost.v1.Cluster/TransferLeadership",
            kind: .unary
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [status.path, watch.path, explain.path, backup.path, addMember.path, promoteMember.path, removeMember.path, transferLeadership.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some ClusterService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.status) { request, context in
            try await service.status(request, context: context)
        }
        registry.serverStreaming(Methods.watch) { request, responses, context in
            try await service.watch(request, responses: responses, context: context)
        }
        registry.unary(Methods.explain) { request, context in
            try await service.explain(request, context: context)
        }
        registry.serverStreaming(Methods.backup) { request, responses, context in
            try await service.backup(request, responses: responses, context: context)
        }
        registry.unary(Methods.addMember) { request, context in
            try await service.addMember(request, context: context)
        }
        registry.unary(Methods.promoteMember) { request, context in
            try await service.promoteMember(request, context: context)
        }
        registry.unary(Methods.removeMember) { request, context in
            try await service.removeMember(request, context: context)
        }
        registry.unary(Methods.transferLeadership) { request, context in
            try await service.transferLeadership(request, context: context)
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

    /// The status, and then each change as the member notices it: suspicions, votes, elections, members that come and go.
    func watch(
        _ request: Messages.WatchClusterRequest,
        responses: RPC.ResponseWriter<Messages.WatchClusterResponse>,
        context: RPC.ServerContext
    ) async throws

    /// What this member noticed and decided lately, with the evidence: why the last election happened.
    func explain(
        _ request: Messages.ExplainRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.ExplainResponse

    /// The whole replicated state as of one revision, which reflects every write acknowledged before the call. The
    /// concatenated chunks are a file that `roost restore` makes a new ensemble of.
    func backup(
        _ request: Messages.BackupRequest,
        responses: RPC.ResponseWriter<Messages.BackupResponse>,
        context: RPC.ServerContext
    ) async throws

    /// Admits a member as a learner: it gets everything and has no vote. ALREADY_EXISTS if a member of this id, with
    /// another data directory, is alive. If that one is dead, the new directory takes its place.
    func addMember(
        _ request: Messages.AddMemberRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.AddMemberResponse

    /// Gives a learner a vote. FAILED_PRECONDITION while it lacks more than a little of the log, or is not heard.
    func promoteMember(
        _ request: Messages.PromoteMemberRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.PromoteMemberResponse

    /// Removes a member. FAILED_PRECONDITION if too few of the voters left would be alive.
    func removeMember(
        _ request: Messages.RemoveMemberRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.RemoveMemberResponse

    /// Lets another voter lead, without a failed request: what comes in meanwhile waits.
    /// FAILED_PRECONDITION if there is none that could, ABORTED if it did not take over in time.
    func transferLeadership(
        _ request: Messages.TransferLeadershipRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.TransferLeadershipResponse
}

/// Calls `roost.v1.Cluster` over a channel.
public struct ClusterClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// How this member sees itself and the others. Answered at once, from what this member knows.
    public func status(
        _ request: Messages.StatusRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.StatusResponse {
        try await channel.unary(Cluster.Methods.status, request, options: options)
    }

    /// The status, and then each change as the member notices it: suspicions, votes, elections, members that come and go.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func watch(
        _ request: Messages.WatchClusterRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.WatchClusterResponse> {
        try channel.serverStreaming(Cluster.Methods.watch, request, options: options)
    }

    /// What this member noticed and decided lately, with the evidence: why the last election happened.
    public func explain(
        _ request: Messages.ExplainRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.ExplainResponse {
        try await channel.unary(Cluster.Methods.explain, request, options: options)
    }

    /// The whole replicated state as of one revision, which reflects every write acknowledged before the call. The
    /// concatenated chunks are a file that `roost restore` makes a new ensemble of.
    ///
    /// A failure of the call is thrown where the responses are read.
    public func backup(
        _ request: Messages.BackupRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.BackupResponse> {
        try channel.serverStreaming(Cluster.Methods.backup, request, options: options)
    }

    /// Admits a member as a learner: it gets everything and has no vote. ALREADY_EXISTS if a member of this id, with
    /// another data directory, is alive. If that one is dead, the new directory takes its place.
    public func addMember(
        _ request: Messages.AddMemberRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.AddMemberResponse {
        try await channel.unary(Cluster.Methods.addMember, request, options: options)
    }

    /// Gives a learner a vote. FAILED_PRECONDITION while it lacks more than a little of the log, or is not heard.
    public func promoteMember(
        _ request: Messages.PromoteMemberRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.PromoteMemberResponse {
        try await channel.unary(Cluster.Methods.promoteMember, request, options: options)
    }

    /// Removes a member. FAILED_PRECONDITION if too few of the voters left would be alive.
    public func removeMember(
        _ request: Messages.RemoveMemberRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.RemoveMemberResponse {
        try await channel.unary(Cluster.Methods.removeMember, request, options: options)
    }

    /// Lets another voter lead, without a failed request: what comes in meanwhile waits.
    /// FAILED_PRECONDITION if there is none that could, ABORTED if it did not take over in time.
    public func transferLeadership(
        _ request: Messages.TransferLeadershipRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.TransferLeadershipResponse {
        try await channel.unary(Cluster.Methods.transferLeadership, request, options: options)
    }
}
