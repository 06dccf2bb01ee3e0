import ByteString
import Coordination
import Messages
import RPC
import Stubs

/// `roost.v1.Election`, on the event loops of its callers: an election is an exclusive lock.
struct ElectionService: Sendable {
    private let shards: ShardMap
    private let limits: Limits

    init(shards: ShardMap, limits: Limits) {
        self.shards = shards
        self.limits = limits
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Election.Methods.campaign.path) { bytes, call in campaign(bytes, call) }
        registry.rawUnary(Election.Methods.resign.path) { bytes, call in resign(bytes, call) }
        registry.rawUnary(Election.Methods.proclaim.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: ProclaimRequest) in Command(request) }
        }
        registry.rawUnary(Election.Methods.leader.path) { bytes, call in leader(bytes, call) }
        registry.rawStream(Election.Methods.observe.path, kind: .serverStreaming) { stream in
            stream.onMessage { observe($0, stream) }
        }
    }

    private func campaign(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = AcquireRequest(try CampaignRequest(decoding: bytes))
            try shards[call.eventLoop].acquire(request, try request.encodedBytes(), call, limits) { response in
                call.reply(
                    CampaignResponse(
                        revision: response.revision, token: response.token, claimPath: response.claimPath,
                        existed: response.existed))
            }
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func resign(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try ResignRequest(decoding: bytes)
            let release = ReleaseRequest(path: request.path, token: request.token, requestID: request.requestID)
            let command = Command(release)
            try limits.check(command)
            // The responses of both are the same on the wire.
            shards[call.eventLoop].write(command, try release.encodedBytes(), call)
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func leader(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try LeaderRequest(decoding: bytes)
            try limits.check(path: request.path)
            shards[call.eventLoop].answer(call, level: request.level, minRevision: request.minRevision) { view in
                guard let leader = view.claims(request.path, limit: 1).first else {
                    throw StateError.noLeader(request.path)
                }
                return LeaderResponse(revision: view.revision.rawValue, leader: ElectedLeader(leader))
            }
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func observe(_ bytes: UnsafeRawBufferPointer, _ stream: ServerStream) {
        do {
            let request = try ObserveRequest(decoding: bytes)
            try limits.check(path: request.path)
            let shard = shards[stream.eventLoop]
            shard.followers.open(on: stream) {
                let (claims, revision) = shard.reader.pin { ($0.claims(request.path, limit: .max), $0.revision) }
                return ElectionObserver(path: request.path, stream: stream, claims: claims, at: revision)
            }
        } catch {
            stream.finish(.refusal(of: error))
        }
    }
}
