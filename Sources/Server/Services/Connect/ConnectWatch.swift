import Coordination
import Messages
import RPC

/// A watch that is a part of a `Connect` stream.
final class ConnectWatch: WatchSink {
    /// The operation that began it.
    let number: UInt64
    // Not weak and not unowned, which would cost each event more than its encoding; the stream lets go of its watches
    // when it ends.
    private let stream: ConnectStream
    private var watch: Watch?
    private var hasBegun = false
    private var hasEnded = false

    init(_ number: UInt64, of stream: ConnectStream) {
        self.number = number
        self.stream = stream
    }

    func begin(_ request: WatchRequest, in hub: WatchHub) throws(RPCStatus) {
        let opened = try hub.open(request, to: self)
        // The history may not go back as far as it was asked to.
        if !hasEnded { watch = opened }
    }

    /// Has it told what it lacks.
    ///
    /// - Parameter isAhead: of what was published, not only of what was delivered.
    /// - Returns: whether it lacks nothing any more.
    func catchUp(isAhead: Bool) -> Bool {
        guard let watch else { return true }
        if isAhead { stream.shard.watches.bringUpToDate(watch) } else { stream.shard.watches.catchUp(watch) }
        return watch.isLive
    }

    func forget() {
        guard let watch else { return }
        self.watch = nil
        stream.shard.watches.forget(watch)
    }

    // MARK: WatchSink

    var isOpen: Bool { stream.isOpen }
    var isWritable: Bool { stream.output.hasRoomForNotices && stream.stream.isWritable }

    func send(_ response: SharedWatchResponse) {
        guard hasBegun else {
            // The first one says where it begins, and is the operation's result.
            hasBegun = true
            let from = response.response.revision
            return stream.answer(number, StreamResult(number: number, what: .watchingFrom(from)))
        }
        stream.output.tell(number, response)
        stream.markDirty()
    }

    func finish(_ status: RPCStatus) {
        hasEnded = true
        watch = nil
        stream.watches[number] = nil
        stream.output.tell(number, ended: OperationError(status))
        stream.markDirty()
    }

    func fallBehind() { stream.hasLaggards = true }
}

extension ConnectStream {
    static let watchesMax = 10_000

    func watch(_ request: WatchRequest, _ number: UInt64) {
        let watch = ConnectWatch(number, of: self)
        do {
            try limits.check(path: request.path)
            guard watches.count < Self.watchesMax else { throw RPCStatus.failure(.overloaded) }
            watches[number] = watch
            hasLaggards = true
            try watch.begin(request, in: shard.watches)
        } catch {
            watches[number] = nil
            answer(number, .refusal(of: error))
        }
    }

    func unwatch(_ watch: UInt64, _ number: UInt64) {
        guard let ended = watches.removeValue(forKey: watch) else {
            return answer(number, .invalidField("operation \(watch) has begun no watch, or it has ended"))
        }
        ended.forget()
        answer(number, StreamResult(number: number, what: .unwatched(true)))
    }
}
