import Client
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
    private let events: EventRecord
    private let ensemble: EnsembleID

    init(shards: ShardMap, events: EventRecord, ensemble: EnsembleID) {
        self.shards = shards
        self.events = events
        self.ensemble = ensemble
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Cluster.Methods.status.path) { bytes, call in
            do {
                let request = try StatusRequest(decoding: bytes)
                let shard = shards[call.eventLoop]
                shard.read(
                    Shard.Read(
                        minRevision: request.minRevision,
                        perform: {
                            shard.status { result in
                                switch result {
                                case .success(let status): call.reply(status)
                                case .failure(let status): call.fail(status)
                                }
                            }
                        },
                        fail: { call.fail($0) }, deadline: .reading(call.deadline)),
                    level: .serializable)
            } catch {
                call.fail(.refusal(of: error))
            }
        }
        registry.rawStream(Cluster.Methods.backup.path, kind: .serverStreaming) { stream in
            stream.onMessage { bytes in backup(bytes, stream) }
        }
        registry.rawUnary(Cluster.Methods.explain.path) { bytes, call in
            do {
                let request = try ExplainRequest(decoding: bytes)
                call.reply(events.explanation(eventsMax: Int(request.eventsMax)))
            } catch {
                call.fail(.refusal(of: error))
            }
        }
        registry.rawStream(Cluster.Methods.watch.path, kind: .serverStreaming) { stream in
            stream.onMessage { bytes in
                do {
                    _ = try WatchClusterRequest(decoding: bytes)
                    shards[stream.eventLoop].clusterWatches.open(stream)
                } catch {
                    stream.finish(.refusal(of: error))
                }
            }
        }
    }
}

extension ClusterService {
    private func backup(_ bytes: UnsafeRawBufferPointer, _ stream: ServerStream) {
        do {
            let request = try BackupRequest(decoding: bytes)
            let shard = shards[stream.eventLoop]
            shard.read(
                Shard.Read(
                    minRevision: 0,
                    perform: { Backup(of: ensemble, stream: stream, state: shard.reader.hold()).begin() },
                    fail: { stream.finish($0) }, deadline: .reading(stream.deadline)),
                level: request.level)
        } catch {
            stream.finish(.refusal(of: error))
        }
    }
}

/// What a status says beside what the replica knows.
struct StatusContext: Sendable {
    var ensemble: EnsembleID
    var started: NIODeadline
    /// Where this member reaches another one, or is reached itself.
    var peerAddress: @Sendable (Configuration.Member) -> Address?
    /// Where this member serves clients.
    var clientAddress: Address
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
        formatLevel = status.level.rawValue
        role = Self.role(of: status.id, in: consensus, office: consensus.office)
        members = consensus.configuration.members.map { member in
            var message = Messages.MemberStatus()
            message.memberID = member.id.rawValue
            message.peerAddress = context.peerAddress(member)?.description ?? member.peerAddress
            message.clientAddress =
                member.id == status.id ? context.clientAddress.description : member.clientAddress
            message.role =
                member.id == status.id ? role : Self.role(of: member.id, in: consensus, office: nil)
            if member.id == status.id {
                message.matchedRevision = consensus.durable.rawValue
                message.supportedFormatLevel = status.supported.rawValue
                return message
            }
            guard let peer = consensus.members.first(where: { $0.id == member.id }) else { return message }
            message.lastHeartbeatAgeMs = UInt64(max(0, peer.silence.milliseconds))
            message.matchedRevision = peer.match?.rawValue ?? 0
            message.supportedFormatLevel = peer.supported?.rawValue ?? 0
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
