import Coordination
import Messages
import RPC
import Stubs

/// `roost.v1.Coordinator`, on the event loops of its callers.
struct ConnectService: Sendable {
    private let shards: ShardMap
    private let limits: Limits

    init(shards: ShardMap, limits: Limits) {
        self.shards = shards
        self.limits = limits
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawStream(Coordinator.Methods.connect.path, kind: .bidirectionalStreaming) { stream in
            ConnectStream(stream, in: shards[stream.eventLoop], limits: limits).begin()
        }
    }
}
