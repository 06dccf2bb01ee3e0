import Consensus
import Coordination
import Driver
import NIOCore
import Replica

/// What a turn of the driver means to the clients of one event loop.
struct ShardDelivery: Sendable {
    var writes: [(token: RequestToken, result: WriteAnswer)] = []
    var readsReady: [RequestToken] = []
    var readsFailed: [(token: RequestToken, failure: RequestFailure)] = []
    var administrations: [(token: RequestToken, answer: AdministrationAnswer)] = []
    /// What the state published in that turn; the same for every loop.
    var batch: Batch?

    var isEmpty: Bool {
        writes.isEmpty && readsReady.isEmpty && readsFailed.isEmpty && administrations.isEmpty && batch == nil
    }
}

/// Takes the driver's answers to the event loops of the clients they are for: at most one task for each loop and turn.
struct ReplyRouter: Replies, Sendable {
    private let shards: [Shard]
    private let onNotice: @Sendable (Notice) -> Void
    private let onStatus: @Sendable (ReplicaStatus, RequestToken) -> Void

    /// - Parameter onNotice: called on the driver's loop for everything that an operator may want to know.
    init(
        shards: [Shard], onNotice: @escaping @Sendable (Notice) -> Void,
        onStatus: @escaping @Sendable (ReplicaStatus, RequestToken) -> Void
    ) {
        self.shards = shards
        self.onNotice = onNotice
        self.onStatus = onStatus
    }

    func deliver(_ answers: Answers) {
        for notice in answers.notices { onNotice(notice) }
        guard
            answers.batch != nil || !answers.writes.isEmpty || !answers.readsReady.isEmpty
                || !answers.readsFailed.isEmpty || !answers.administrations.isEmpty
        else { return }
        var deliveries = [ShardDelivery](repeating: ShardDelivery(), count: shards.count)
        for answer in answers.writes { deliveries[answer.token.shard].writes.append(answer) }
        for token in answers.readsReady { deliveries[token.shard].readsReady.append(token) }
        for failed in answers.readsFailed { deliveries[failed.token.shard].readsFailed.append(failed) }
        for answer in answers.administrations { deliveries[answer.token.shard].administrations.append(answer) }
        for (shard, var delivery) in zip(shards, deliveries) {
            delivery.batch = answers.batch
            guard !delivery.isEmpty else { continue }
            let ready = delivery
            shard.loop.execute { shard.deliver(ready) }
        }
    }

    func deliver(_ status: ReplicaStatus, for token: RequestToken) {
        onStatus(status, token)
    }
}

extension RequestToken {
    /// The upper 16 bits say which event loop the request came in on, the lower 48 count that loop's requests.
    init(shard: Int, count: UInt64) {
        precondition(shard < 1 << 16 && count < 1 << 48)
        self.init(UInt64(shard) << 48 | count)
    }

    var shard: Int { Int(rawValue >> 48) }
}
