import NIOCore

/// The streams of one event loop that have something to send. Confined to that loop.
///
/// What a stream is told in one turn leaves in one message, after everything else of the turn: so that what watches
/// tell can come before the results that reflect it.
final class ConnectFlushes {
    private unowned let shard: Shard
    private var dirty: [ConnectStream] = []
    private var isScheduled = false

    init(shard: Shard) {
        self.shard = shard
    }

    func add(_ stream: ConnectStream) {
        dirty.append(stream)
        guard !isScheduled else { return }
        isScheduled = true
        shard.loop.assumeIsolated().execute { [weak self] in
            self?.isScheduled = false
            self?.flush()
        }
    }

    func flush() {
        while !dirty.isEmpty {
            let streams = dirty
            dirty.removeAll(keepingCapacity: true)
            for stream in streams { stream.flush() }
        }
    }
}
