public import Consensus
public import Coordination

/// This member's view of itself and the others, at one moment.
public struct ReplicaStatus: Sendable {
    public var id: MemberID
    public var consensus: Consensus.Status
    public var appliedRevision: Revision
    public var digest: UInt64
    /// The format level in effect at `appliedRevision`.
    public var level: FormatLevel
    /// The highest that this member's release supports.
    public var supported: FormatLevel
    public var logTime: LogTime
    public var znodeCount: UInt64
    /// Writes that wait for their outcome.
    public var pendingWrites: Int
}

extension Replica {
    public func status(now: Moment) -> ReplicaStatus {
        ReplicaStatus(
            id: id, consensus: consensus.status(now: now.monotonic), appliedRevision: state.appliedRevision,
            digest: state.digest, level: level, supported: settings.supported, logTime: state.logTime,
            znodeCount: state.znodeCount, pendingWrites: writes.count)
    }
}

extension Consensus {
    /// Who leads, as far as a request is concerned.
    enum Leadership {
        case leading(term: Term)
        case following(MemberID, term: Term)
        case none

        var leader: MemberID? {
            if case .following(let leader, _) = self { leader } else { nil }
        }
    }

    var leadership: Leadership {
        if isLeader { return .leading(term: term) }
        guard let leader = leaderID, leader != id else { return .none }
        return .following(leader, term: term)
    }
}
