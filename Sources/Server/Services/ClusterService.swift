import Consensus
import Messages
import NIOCore
import Protobuf
import RPC
import Replica
import Stubs

/// `roost.v1.Cluster`: how the ensemble is, as this member knows it.
struct ClusterService: Sendable {
    private let shards: ShardMap

    init(shards: ShardMap) {
        self.shards = shards
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Cluster.Methods.status.path) { bytes, call in
            do {
                let request = try StatusRequest(decoding: bytes)
                let shard = shards[call.eventLoop]
                shard.read(
                    Shard.Read(
                        minRevision: request.minRevision, perform: { shard.status(call) }, fail: { call.fail($0) },
                        deadline: .reading(call.deadline)),
                    level: .serializable)
            } catch {
                call.fail(.refusal(of: error))
            }
        }
    }
}

/// What a status says beside what the replica knows.
struct StatusContext: Sendable {
    var ensemble: EnsembleID
    var started: NIODeadline
    var addresses: [MemberID: (peer: Address, client: Address?)]
}

extension StatusResponse {
    init(_ status: ReplicaStatus, context: StatusContext, leaderChanges: UInt64) {
        self.init()
        let consensus = status.consensus
        ensembleID = context.ensemble.rawValue
        memberID = status.id.rawValue
        release = MemberOptions.release
        term = consensus.term.rawValue
        leaderID = consensus.leader?.rawValue ?? 0
        appliedRevision = status.appliedRevision.rawValue
        committedRevision = consensus.commit.rawValue
        lastRevision = consensus.last.index.rawValue
        firstRevision = consensus.first.rawValue
        snapshotRevision = consensus.snapshot.index.rawValue
        stateDigest = status.digest
        logTimeNs = status.logTime.nanoseconds
        znodeCount = status.znodeCount
        uptimeMs = UInt64((NIODeadline.now() - context.started).nanoseconds / 1_000_000)
        self.leaderChanges = leaderChanges
        role = Self.role(of: status.id, in: consensus, office: consensus.office)
        members = consensus.configuration.members.map { member in
            var message = Messages.MemberStatus()
            message.memberID = member.id.rawValue
            message.peerAddress = context.addresses[member.id]?.peer.description ?? member.peerAddress
            message.clientAddress = context.addresses[member.id]?.client?.description ?? member.clientAddress
            message.role =
                member.id == status.id ? role : Self.role(of: member.id, in: consensus, office: nil)
            if member.id == status.id {
                message.matchedRevision = consensus.durable.rawValue
                return message
            }
            guard let peer = consensus.members.first(where: { $0.id == member.id }) else { return message }
            message.lastHeartbeatAgeMs = UInt64(max(0, peer.silence.milliseconds))
            message.matchedRevision = peer.match?.rawValue ?? 0
            if let suspicion = peer.suspicion {
                message.suspected = true
                message.suspicion = suspicion.text
            }
            return message
        }
    }

    private static func role(of member: MemberID, in status: Consensus.Status, office: CoreOffice?) -> Role {
        if status.configuration[member]?.role == .learner { return .learner }
        if let office {
            switch office {
            case .leader: return .leader
            case .candidate, .preCandidate: return .candidate
            case .follower, .learner: return .follower
            }
        }
        return status.leader == member ? .leader : .follower
    }
}
