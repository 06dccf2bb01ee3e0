public import Messages
public import RPC
import Stubs

// Changes of the ensemble. Each may be asked for again: what is so already is answered as done.
extension RoostClient {
    /// Has a member admitted as a learner.
    public func addMember(_ request: AddMemberRequest) async throws(RPCFailure) -> AddMemberResponse {
        try await call(Cluster.Methods.addMember, request)
    }

    /// Gives a learner a vote.
    public func promoteMember(_ id: UInt64) async throws(RPCFailure) -> PromoteMemberResponse {
        var request = PromoteMemberRequest()
        request.memberID = id
        return try await call(Cluster.Methods.promoteMember, request)
    }

    public func removeMember(_ id: UInt64) async throws(RPCFailure) -> RemoveMemberResponse {
        var request = RemoveMemberRequest()
        request.memberID = id
        return try await call(Cluster.Methods.removeMember, request)
    }

    /// Lets another member lead; 0: whichever has most of the log.
    public func transferLeadership(to id: UInt64 = 0) async throws(RPCFailure) -> TransferLeadershipResponse {
        var request = TransferLeadershipRequest()
        request.toMemberID = id
        return try await call(Cluster.Methods.transferLeadership, request)
    }

    /// What the member at `index` of the addresses given to `init` noticed and decided lately.
    public func explanation(ofMemberAt index: Int, eventsMax: UInt32 = 0) async throws(RPCFailure) -> ExplainResponse {
        var request = ExplainRequest()
        request.eventsMax = eventsMax
        return try await channel(to: members[index]).unary(
            Cluster.Methods.explain, request, options: CallOptions(timeout: options.attemptTimeout))
    }

    /// Follows how the ensemble is, as one member sees it, until `body` throws, the task is cancelled or that member
    /// goes.
    public func watchCluster(_ body: (WatchClusterResponse) async throws -> Void) async throws {
        for try await response in try channel(to: members[0]).serverStreaming(
            Cluster.Methods.watch, WatchClusterRequest())
        {
            try await body(response)
        }
    }

    /// Hands the whole state as of one revision to `body`, part by part. A failure after the first part is not retried.
    public func backup(_ body: (BackupResponse) async throws -> Void) async throws {
        try await stream(Cluster.Methods.backup, BackupRequest(), body)
    }
}
