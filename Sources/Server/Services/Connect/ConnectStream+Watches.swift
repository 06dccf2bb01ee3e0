import Coordination
import Messages
import RPC

/// The watches of a stream. Each is known by the number of the operation that began it.
extension ConnectStream {
    static let watchesMax = 10_000

    func watch(_ request: WatchRequest, _ number: UInt64) {
        do {
            try limits.check(path: request.path)
            guard watches.count < Self.watchesMax else { throw RPCStatus.failure(.overloaded) }
            hasLaggards = true
            watches[number] = try shard.watches.open(request, number: number, to: self)
        } catch {
            answer(number, .refusal(of: error))
        }
    }

    func unwatch(_ watch: UInt64, _ number: UInt64) {
        guard let ended = watches.removeValue(forKey: watch) else {
            return answer(number, .invalidField("operation \(watch) has begun no watch, or it has ended"))
        }
        shard.watches.forget(ended)
        answer(number, StreamResult(number: number, what: .unwatched(true)))
    }
}

extension ConnectStream: WatchSink {
    var hasRoomForNotices: Bool { output.hasRoomForNotices && stream.isWritable }

    /// Where a watch begins is its operation's result.
    func begin(_ watch: UInt64, from revision: UInt64) {
        answer(watch, StreamResult(number: watch, what: .watchingFrom(revision)))
    }

    func send(_ response: SharedWatchResponse, to watches: [UInt64]) {
        output.tell(watches, response)
        markDirty()
    }

    func add(to footprint: inout Footprint) {
        footprint.add(self, byteCount: 320)
        footprint.add(output, byteCount: 192)
        footprint.add(stream)
    }

    func fallBehind() { hasLaggards = true }

    func finish(_ watch: UInt64, _ status: RPCStatus) {
        watches[watch] = nil
        output.tell(watch, ended: OperationError(status))
        markDirty()
    }
}
