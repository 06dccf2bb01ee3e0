public import Messages

// Locks as messages.

extension Fence {
    init(_ fence: Messages.Fence) { self.init(path: fence.path, token: fence.token) }
}

extension Command {
    /// Throws `INVALID_FIELD` if something required is missing or does not fit.
    public init(_ request: AcquireRequest) throws(StateError) {
        guard request.sessionID != 0 else { throw .invalidField("session_id is missing") }
        let acquisition = Acquisition(
            path: request.path, session: SessionID(request.sessionID), owner: request.owner,
            mode: try LockMode(request), value: request.value, isTry: request.waitMs == 0)
        self.init(.lock(.acquire(acquisition)), requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: ReleaseRequest) {
        self.init(
            .lock(.release(path: request.path, token: request.token)),
            requestID: request.requestID.map(RequestIdentity.init))
    }

    init(_ withdrawal: WithdrawClaim) {
        self.init(
            .lock(
                .withdraw(
                    path: withdrawal.path, token: withdrawal.token, version: withdrawal.version,
                    onlyWaiting: withdrawal.onlyWaiting)))
    }

    public init(_ request: ProclaimRequest) {
        self.init(
            .lock(.proclaim(path: request.path, token: request.token, value: request.value)),
            requestID: request.requestID.map(RequestIdentity.init))
    }
}

extension LockMode {
    fileprivate init(_ request: AcquireRequest) throws(StateError) {
        guard request.mode == .permits || (request.permits == 0 && request.capacity == 0) else {
            throw .invalidField("permits and capacity are for PERMITS only")
        }
        switch request.mode {
        case .exclusive: self = .exclusive
        case .shared: self = .shared
        case .permits: self = .permits(max(1, request.permits), capacity: request.capacity)
        case .unrecognized(let number): throw .invalidField("mode \(number) is not known to this release")
        }
    }
}

extension AcquireRequest {
    /// A candidate is a claim to an exclusive lock.
    public init(_ campaign: CampaignRequest) {
        self.init(
            path: campaign.path, sessionID: campaign.sessionID, owner: campaign.candidate, waitMs: campaign.waitMs,
            value: campaign.value, requestID: campaign.requestID)
    }
}

extension Claim {
    public init(_ claim: LockClaim) {
        self.init(
            token: claim.token, sessionID: claim.session.rawValue, owner: claim.owner, held: claim.isHeld,
            claimPath: claim.path)
        switch claim.mode {
        case .exclusive: mode = .exclusive
        case .shared: mode = .shared
        case .permits(let permits, let capacity):
            mode = .permits
            self.permits = permits
            self.capacity = capacity
        }
    }
}

extension ElectedLeader {
    public init(_ claim: LockClaim) {
        self.init(
            token: claim.token, sessionID: claim.session.rawValue, candidate: claim.owner, value: claim.value)
    }
}
