import ByteString
import Coordination
import Messages
import NIOCore
import RPC

/// The watches of one event loop.
///
/// A watch is *live* when it has been told everything up to the last batch: then it is told each batch as it comes. A
/// watch that is behind, because it began in the past or because its client did not read, *catches up* from the
/// replicated history instead, as fast as its client reads. So a slow client costs its position and no queue; it is
/// ended, with the reason, only when the history it needs has been evicted.
///
/// Watches of the same path, scope and content form a group, for which a batch is matched and encoded once.
final class WatchHub {
    private unowned let shard: Shard
    private var groups: [GroupKey: WatchGroup] = [:]
    /// Nodes' and children's watches by the path watched; recursive ones by the path that all of theirs begin with.
    private var watches: [ObjectIdentifier: Watch] = [:]
    /// The last batch that the live watches have been told.
    private var revision: Revision
    static let watchesMax = 100_000

    struct GroupKey: Hashable {
        var path: String
        var scope: WatchScope
        var includesData: Bool
    }

    init(shard: Shard) {
        self.shard = shard
        revision = shard.reader.pin { $0.revision }
    }

    // MARK: Opening and closing

    func open(_ request: WatchRequest, on stream: ServerStream) {
        guard watches.count < Self.watchesMax else { return stream.finish(.failure(.overloaded)) }
        guard let filter = WatchFilter(path: request.path, scope: request.scope) else {
            return stream.finish(
                .roost(.invalidArgument, .outOfBounds, "the scope \(request.scope.rawValue) is not known"))
        }
        let key = GroupKey(path: request.path, scope: request.scope, includesData: request.includeData)
        let published = shard.reader.pin { $0.revision.rawValue }
        let from = request.startRevision == 0 ? published + 1 : request.startRevision
        let interval = request.progressIntervalMs == 0 ? 10_000 : Int64(request.progressIntervalMs)
        let watch = Watch(stream: stream, key: key, filter: filter, next: from, interval: .milliseconds(interval))
        watches[ObjectIdentifier(watch)] = watch
        groups[key, default: WatchGroup(key: key)].watches.append(watch)
        stream.onCancel { [weak self, unowned watch] _ in self?.forget(watch) }
        stream.onHalfClose {}
        stream.onWritable { [weak self, unowned watch] in self?.catchUp(watch) }
        watch.tell(WatchResponse(upTo: min(published, from - 1)))
        catchUp(watch)
    }

    private func forget(_ watch: Watch) {
        guard watches.removeValue(forKey: ObjectIdentifier(watch)) != nil else { return }
        groups[watch.key]?.watches.removeAll { $0 === watch }
        if groups[watch.key]?.watches.isEmpty == true { groups[watch.key] = nil }
    }

    private func end(_ watch: Watch, _ status: RPCStatus) {
        forget(watch)
        watch.stream.finish(status)
    }

    // MARK: Catching up

    /// Tells `watch` what it lacks, from the history, until it has all or its client stops reading.
    private func catchUp(_ watch: Watch) {
        guard !watch.isLive, watch.stream.isOpen else { return }
        while watch.stream.isWritable {
            do {
                guard let page = try nextPage(watch) else {
                    // Batches that are still on their way to this loop are filtered by the watch's own position.
                    watch.isLive = true
                    return
                }
                var response = WatchResponse(upTo: page.through.rawValue)
                response.events = page.events.map { Event($0, includeData: watch.key.includesData) }
                response.more = page.next.count > 0 && page.events.last?.revision == page.next.revision
                watch.next = page.next.revision.rawValue
                watch.toldOfNext = page.next.count
                if !response.events.isEmpty { watch.tell(response) }
            } catch {
                return end(watch, .state(error))
            }
        }
    }

    /// The next part of the history that `watch` lacks; nil if it lacks nothing.
    private func nextPage(_ watch: Watch) throws(StateError) -> HistoryPage? {
        try shard.reader.pin { view throws(StateError) in
            guard watch.next <= view.revision.rawValue else { return nil }
            return try view.historyPage(
                from: HistoryPosition(Revision(watch.next), count: watch.toldOfNext), matching: watch.filter,
                byteCountMax: Self.pageBytes, includeData: watch.key.includesData)
        }
    }

    /// How much history is read, and put into one response, at a time.
    static let pageBytes = 64 << 10

    // MARK: Live

    /// A batch that has more for a watch is told from the history as well.
    private static let liveBytesMax = 1 << 20

    /// Tells what a batch changed.
    func deliver(_ batch: Batch) {
        defer { revision = batch.revision }
        guard !watches.isEmpty else { return }
        if batch.isDiscontinuous {
            // A snapshot has replaced the state: what happened in between is in the history.
            for watch in watches.values.sorted(by: { $0.next < $1.next }) {
                if watch.isLive { suspend(watch) }
                catchUp(watch)
            }
            return
        }
        var affected: [GroupKey: [ZnodeEvent]] = [:]
        var order: [GroupKey] = []
        for event in batch.events {
            for key in keys(of: event) where groups[key] != nil {
                if affected[key] == nil { order.append(key) }
                affected[key, default: []].append(event)
            }
        }
        for key in order {
            guard let group = groups[key], let events = affected[key] else { continue }
            tell(group, events, upTo: batch.revision)
        }
    }

    /// The watch goes on from the history when its client reads again. Everything up to the batch before has been told.
    private func suspend(_ watch: Watch) {
        watch.isLive = false
        guard watch.next <= revision.rawValue else { return }
        watch.next = revision.rawValue + 1
        watch.toldOfNext = 0
    }

    private func tell(_ group: WatchGroup, _ events: [ZnodeEvent], upTo revision: Revision) {
        guard let first = events.first?.revision else { return }
        let byteCount = events.reduce(0) { sum, event in
            sum + event.path.utf8.count + (group.key.includesData ? event.data.count : 0) + 32
        }
        guard byteCount <= Self.liveBytesMax else {
            // Too much for one message: page by page, as each client reads.
            for watch in group.watches where watch.isLive {
                suspend(watch)
                catchUp(watch)
            }
            return
        }
        var shared: Bytes?
        for watch in group.watches where watch.isLive {
            guard watch.next <= revision.rawValue else { continue }
            guard watch.stream.isWritable else {
                suspend(watch)
                continue
            }
            if watch.next <= first.rawValue {
                let message = shared ?? encode(events, upTo: revision, includesData: group.key.includesData)
                shared = message
                watch.tell(encoded: message)
            } else {
                let rest = events.filter { $0.revision.rawValue >= watch.next }
                if !rest.isEmpty {
                    watch.tell(encoded: encode(rest, upTo: revision, includesData: group.key.includesData))
                }
            }
            watch.next = revision.rawValue + 1
        }
    }

    private func encode(_ events: [ZnodeEvent], upTo revision: Revision, includesData: Bool) -> Bytes {
        var response = WatchResponse(upTo: revision.rawValue)
        response.events = events.map { Event($0, includeData: includesData) }
        do { return try response.encodedBytes() } catch {
            preconditionFailure("events that were applied cannot be encoded: \(error)")
        }
    }

    /// The groups that an event concerns: of the node itself, of its parent's children, and of every path above it.
    private func keys(of event: ZnodeEvent) -> [GroupKey] {
        var keys: [GroupKey] = []
        func add(_ path: String, _ scope: WatchScope) {
            keys.append(GroupKey(path: path, scope: scope, includesData: false))
            keys.append(GroupKey(path: path, scope: scope, includesData: true))
        }
        add(event.path, .node)
        add(event.path, .recursive)
        var path = event.path
        var isParent = true
        while let parent = ZnodeEvent.parent(of: path) {
            if isParent { add(parent, .children) }
            isParent = false
            add(parent, .recursive)
            path = parent
        }
        return keys
    }

    // MARK: Progress

    func tick(now: NIODeadline) {
        guard !watches.isEmpty else { return }
        for group in groups.values {
            for watch in group.watches
            where watch.isLive && now - watch.lastTold >= watch.interval && watch.stream.isWritable {
                // Live, so all up to the last batch has been told; a watch of the future has been told nothing.
                watch.next = max(watch.next, revision.rawValue + 1)
                watch.tell(WatchResponse(upTo: min(revision.rawValue, watch.next - 1)))
            }
        }
    }
}

/// Watches for which the same batch means the same message.
private struct WatchGroup {
    let key: WatchHub.GroupKey
    var watches: [Watch] = []
}

/// One client's watch.
private final class Watch {
    let stream: ServerStream
    let key: WatchHub.GroupKey
    let filter: WatchFilter
    let interval: TimeAmount
    /// The first revision that it has not been told as a whole.
    var next: UInt64
    /// How many of that one's changes it has been told, or does not ask for.
    var toldOfNext: UInt32 = 0
    var isLive = false
    var lastTold = NIODeadline.now()

    init(
        stream: ServerStream, key: WatchHub.GroupKey, filter: WatchFilter, next: UInt64, interval: TimeAmount
    ) {
        self.stream = stream
        self.key = key
        self.next = next
        self.interval = interval
        self.filter = filter
    }

    func tell(_ response: WatchResponse) {
        lastTold = .now()
        stream.send(response)
    }

    func tell(encoded response: Bytes) {
        lastTold = .now()
        stream.send(response)
    }
}

extension WatchResponse {
    fileprivate init(upTo revision: UInt64) {
        self.init()
        self.revision = revision
    }
}
