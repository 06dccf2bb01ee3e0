public import Messages
public import RPC
import Stubs

// Changes of the ensemble. Each may be asked for again: what is so already is answered as done.
extension RoostClient {
    /// Has a member admitted as a learner.
    public func addMember(_ request: AddMemberRequest) async throws(RPCFailure) -> AddMemberResponse {
        try await askLeader(Cluster.Methods.addMember, request)
    }

    /// Gives a learner a vote.
    public func promoteMember(_ id: UInt64) async throws(RPCFailure) -> PromoteMemberResponse {
        var request = PromoteMemberRequest()
        request.memberID = id
        return try await askLeader(Cluster.Methods.promoteMember, request)
    }

    public func removeMember(_ id: UInt64) async throws(RPCFailure) -> RemoveMemberResponse {
        var request = RemoveMemberRequest()
        request.memberID = id
        return try await askLeader(Cluster.Methods.removeMember, request)
    }

    /// Lets another member lead; 0: whichever has most of the log.
    public func transferLeadership(to id: UInt64 = 0) async throws(RPCFailure) -> TransferLeadershipResponse {
        var request = TransferLeadershipRequest()
        request.toMemberID = id
        return try await askLeader(Cluster.Methods.transferLeadership, request)
    }

    /// What the member at `index` of the addresses given to `init` noticed and decided lately.
    public func explanation(ofMemberAt index: Int, eventsMax: UInt32 = 0) async throws(RPCFailure) -> ExplainResponse {
        var request = ExplainRequest()
        request.eventsMax = eventsMax
        return try await channels[index].unary(Cluster.Methods.explain, request, options: attempt)
    }

    /// Follows how the ensemble is, as one member sees it, until `body` throws, the task is cancelled or that member
    /// goes.
    public func watchCluster(_ body: (WatchClusterResponse) async throws -> Void) async throws {
        for try await response in try channels[0].serverStreaming(Cluster.Methods.watch, WatchClusterRequest()) {
            try await body(response)
        }
    }

    /// Hands the whole state as of one revision to `body`, part by part. A failure after the first part is not retried.
    public func backup(_ body: (BackupResponse) async throws -> Void) async throws {
        let deadline = ContinuousClock.now + options.timeout
        var place = 0
        var hasBegun = false
        while true {
            do {
                for try await part in try channels[place].serverStreaming(Cluster.Methods.backup, BackupRequest()) {
                    hasBegun = true
                    try await body(part)
                }
                return
            } catch let failure as RPCFailure where !hasBegun && Self.mayBeRetried(failure) {
                guard ContinuousClock.now + options.retryDelay < deadline else { throw failure }
                place = (place + 1) % channels.count
                try await Task.sleep(for: options.retryDelay)
            }
        }
    }

    // MARK: The leader

    /// Only the leader can do it: asks one member after the other, each in turn pointing to the leader, which may be
    /// none of those that this client was given.
    private func askLeader<Request, Response>(
        _ method: Method<Request, Response>, _ request: Request
    ) async throws(RPCFailure) -> Response {
        let deadline = ContinuousClock.now + options.timeout
        var place = 0
        var hint: String?
        while true {
            do throws(RPCFailure) {
                if let leader = hint {
                    hint = nil
                    return try await ask(leader, method, request)
                }
                return try await channels[place].unary(method, request, options: attempt)
            } catch {
                guard Self.mayBeRetried(error), ContinuousClock.now + options.retryDelay < deadline, !Task.isCancelled
                else { throw error }
                hint = error.errorInfo?.metadata["leader_address"]
                place = (place + 1) % channels.count
                if hint == nil { try? await Task.sleep(for: options.retryDelay) }
            }
        }
    }

    private var attempt: CallOptions { CallOptions(timeout: options.attemptTimeout) }

    private func ask<Request, Response>(
        _ address: String, _ method: Method<Request, Response>, _ request: Request
    ) async throws(RPCFailure) -> Response {
        guard let channel = channel(to: address) else {
            throw RPCFailure(RPCStatus(.unavailable, "the leader's address '\(address)' cannot be read"))
        }
        let result: Result<Response, RPCFailure>
        do throws(RPCFailure) {
            result = .success(try await channel.unary(method, request, options: attempt))
        } catch { result = .failure(error) }
        await channel.shutdown()
        return try result.get()
    }
}
