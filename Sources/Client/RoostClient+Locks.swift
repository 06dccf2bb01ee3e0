import ByteString
public import Messages
import RPC
import Stubs

extension RoostClient {
    // MARK: Locks

    /// Claims a lock, and returns when the claim holds it. When the member that waits for it fails, the next one goes
    /// on waiting: the claim keeps its place.
    ///
    /// Without a limit in the request it waits until the task is cancelled; then the claim is taken back.
    ///
    /// - Throws: LOCK_HELD if it was not had in time, SESSION_ENDED, and others; see `lock.proto`.
    public func acquire(_ request: AcquireRequest) async throws -> AcquireResponse {
        var request = request
        request.requestID = nextID()
        return try await whateverHappens(Lock.Methods.acquire, request)
    }

    /// Takes a claim away. CLAIM_NOT_FOUND says that it had gone before.
    public func release(_ path: String, token: UInt64) async throws(RPCFailure) {
        var request = ReleaseRequest(path: path, token: token)
        request.requestID = nextID()
        _ = try await call(Lock.Methods.release, request)
    }

    /// The claims to a lock, in the order in which they get it.
    public func describeLock(_ path: String, limit: UInt32 = 0) async throws(RPCFailure) -> DescribeLockResponse {
        try await call(Lock.Methods.describe, DescribeLockRequest(path: path, limit: limit))
    }

    // MARK: Elections

    /// Stands for election, and returns when the candidate leads; as ``acquire(_:)`` otherwise.
    public func campaign(_ request: CampaignRequest) async throws -> CampaignResponse {
        var request = request
        request.requestID = nextID()
        return try await whateverHappens(Election.Methods.campaign, request)
    }

    /// Gives up an office, or a candidacy.
    public func resign(_ path: String, token: UInt64) async throws(RPCFailure) {
        var request = ResignRequest(path: path, token: token)
        request.requestID = nextID()
        _ = try await call(Election.Methods.resign, request)
    }

    /// Who leads. Throws NO_LEADER if nobody does.
    public func leader(_ path: String) async throws(RPCFailure) -> LeaderResponse {
        try await call(Election.Methods.leader, LeaderRequest(path: path))
    }

    /// Tells who leads, now and whenever that changes or the leader has something else to say. When a member fails the
    /// next one is asked; what happened in between is then told as far as it lasts. Ends only by throwing.
    public func observe(_ path: String, _ body: (ObserveResponse) async throws -> Void) async throws {
        var told: ElectedLeader??
        try await goOn {
            let responses = try channel.serverStreaming(
                Election.Methods.observe, ObserveRequest(path: path), options: once)
            for try await response in responses where told != .some(response.leader) {
                told = .some(response.leader)
                try await body(response)
            }
        }
    }

    /// Makes a call that may wait for ever, through one member after the other.
    private func whateverHappens<Request, Response>(
        _ method: Method<Request, Response>, _ request: Request
    ) async throws -> Response {
        do {
            return try await channel.unary(method, request, options: forever(but: ["LOCK_HELD"]))
        } catch {
            try Task.checkCancellation()
            throw error
        }
    }
}
