import ByteString
import Coordination
import Messages
import RPC

/// One client that observes an election. It knows all candidates, and so sees every leader.
final class ElectionObserver: HistoryFollower {
    let path: String
    let stream: ServerStream
    let start: Revision
    /// By ascending token.
    private var candidates: [ElectedLeader]
    /// The last revision that has changed anything.
    private var revision: Revision
    private var told: ElectedLeader?

    init(path: String, stream: ServerStream, claims: [LockClaim], at revision: Revision) {
        self.path = path
        self.stream = stream
        self.revision = revision
        start = Revision(revision.rawValue + 1)
        candidates = claims.map(ElectedLeader.init)
        tell()
    }

    /// Tells who leads.
    private func tell() {
        told = candidates.first
        stream.send(ObserveResponse(revision: revision.rawValue, leader: told))
    }

    func endRevision(_ revision: Revision) {
        self.revision = revision
        if candidates.first != told { tell() }
    }

    func take(_ event: ZnodeEvent, _ shard: Shard) {
        guard let claim = LockClaim(event, of: path) else { return }
        let place = candidates.firstIndex { $0.token >= claim.token } ?? candidates.count
        let isThere = place < candidates.count && candidates[place].token == claim.token
        switch event.kind {
        case .created:
            guard !isThere else { return }
            var candidate = ElectedLeader(claim)
            // Its creation does not tell whose it is.
            let session = shard.reader.pin { $0.session(ofClaim: claim.token, to: path) }
            candidate.sessionID = session?.rawValue ?? 0
            candidates.insert(candidate, at: place)
        case .changed:
            if isThere { candidates[place].value = claim.value }
        case .deleted:
            if isThere { candidates.remove(at: place) }
        }
    }
}
