import Messages
import NIOCore
import RPC

/// Those who follow the ensemble itself on one event loop. Confined to that loop.
///
/// Events come seldom, but several at once: those that come while the driver is asked for the status go out together
/// with it.
final class ClusterWatches {
    private unowned let shard: Shard
    private var streams: [ServerStream] = []
    private var untold: [ClusterEvent] = []
    private var isAsking = false
    static let watchersMax = 1_000

    init(shard: Shard) {
        self.shard = shard
    }

    func open(_ stream: ServerStream) {
        guard streams.count < Self.watchersMax else { return stream.finish(.failure(.overloaded)) }
        stream.onHalfClose {}
        stream.endAtShutdown(.shuttingDown)
        stream.onCancel { [weak self] _ in self?.streams.removeAll { !$0.isOpen } }
        shard.status { [weak self] result in
            guard let self, stream.isOpen else { return }
            switch result {
            case .success(let status):
                var response = WatchClusterResponse()
                response.status = status
                stream.send(response)
                streams.append(stream)
            case .failure(let status):
                stream.finish(status)
            }
        }
    }

    func deliver(_ event: ClusterEvent) {
        guard !streams.isEmpty else { return }
        untold.append(event)
        guard !isAsking else { return }
        isAsking = true
        shard.status { [weak self] in self?.tell($0) }
    }

    private func tell(_ status: Result<StatusResponse, RPCStatus>) {
        isAsking = false
        var response = WatchClusterResponse()
        // A driver that is too busy to say how it is still lets the events out.
        response.status = try? status.get()
        response.events = untold
        untold = []
        streams.removeAll { !$0.isOpen }
        for stream in streams { stream.send(response) }
    }
}
