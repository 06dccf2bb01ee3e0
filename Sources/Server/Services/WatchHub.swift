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
/// Watches that are told the same form a group, for which a batch is matched and encoded once.
final class WatchHub {
    private unowned let shard: Shard
    /// By what they watch.
    private var places: [Place: [WatchGroup]] = [:]
    private var watches: [ObjectIdentifier: Watch] = [:]
    private var recursiveCount = 0
    /// The last batch that the live watches have been told.
    private(set) var revision: Revision
    static let watchesMax = 100_000

    private struct Place: Hashable {
        var path: String
        var scope: WatchFilter.Scope

        init(path: String, scope: WatchFilter.Scope) {
            self.path = path
            self.scope = scope
        }

        init(_ watch: Watch) { self.init(path: watch.content.filter.path, scope: watch.content.filter.scope) }
    }

    init(shard: Shard) {
        self.shard = shard
        revision = shard.reader.pin { $0.revision }
    }

    // MARK: Opening and closing

    /// Begins a watch, and tells it what it lacks already.
    ///
    /// - Precondition: the request's path is legal.
    func open(_ request: WatchRequest, to sink: any WatchSink) throws(RPCStatus) -> Watch {
        guard watches.count < Self.watchesMax else { throw .failure(.overloaded) }
        guard request.progressIntervalMs == 0 || request.progressIntervalMs >= 100 else {
            throw .invalidField("progress_interval_ms is \(request.progressIntervalMs); it is 0, or at least 100")
        }
        let content: WatchContent
        do throws(StateError) { content = try WatchContent(request) } catch { throw .state(error) }
        let published = shard.reader.pin { $0.revision.rawValue }
        let from = request.startRevision == 0 ? published + 1 : request.startRevision
        let interval = request.progressIntervalMs == 0 ? 10_000 : Int64(request.progressIntervalMs)
        let watch = Watch(sink: sink, content: content, next: from, interval: .milliseconds(interval))
        watches[ObjectIdentifier(watch)] = watch
        if content.filter.scope == .recursive { recursiveCount += 1 }
        join(watch)
        watch.tell(WatchResponse(upTo: min(published, from - 1)))
        catchUp(watch)
        return watch
    }

    private func join(_ watch: Watch) {
        let place = Place(watch)
        if let group = places[place]?.first(where: { $0.content == watch.content }) {
            group.watches.append(watch)
        } else {
            places[place, default: []].append(WatchGroup(watch))
        }
    }

    func forget(_ watch: Watch) {
        guard watches.removeValue(forKey: ObjectIdentifier(watch)) != nil else { return }
        let place = Place(watch)
        if place.scope == .recursive { recursiveCount -= 1 }
        guard let groups = places[place], let index = groups.firstIndex(where: { $0.content == watch.content }) else {
            return
        }
        groups[index].watches.removeAll { $0 === watch }
        guard groups[index].watches.isEmpty else { return }
        places[place]?.remove(at: index)
        if places[place]?.isEmpty == true { places[place] = nil }
    }

    private func end(_ watch: Watch, _ status: RPCStatus) {
        forget(watch)
        watch.sink.finish(status)
    }

    // MARK: Catching up

    /// Tells `watch` what it lacks, from the history, until it has all or its client stops reading.
    func catchUp(_ watch: Watch) {
        guard !watch.isLive, watch.sink.isOpen else { return }
        while watch.sink.isWritable {
            do {
                guard let page = try nextPage(watch) else {
                    // Batches that are still on their way to this loop are filtered by the watch's own position.
                    watch.isLive = true
                    return
                }
                var response = WatchResponse(upTo: page.through.rawValue)
                response.events = watch.content.events(of: page)
                response.more = page.next.count > 0 && page.events.last?.revision == page.next.revision
                watch.next = page.next.revision.rawValue
                watch.toldOfNext = page.next.count
                if !response.events.isEmpty { watch.tell(response) }
            } catch {
                return end(watch, .state(error))
            }
        }
    }

    /// Tells `watch` everything that has been published, also what has not been delivered to this loop yet.
    func bringUpToDate(_ watch: Watch) {
        if watch.isLive { suspend(watch) }
        catchUp(watch)
    }

    /// The next part of the history that `watch` lacks; nil if it lacks nothing.
    private func nextPage(_ watch: Watch) throws(StateError) -> HistoryPage? {
        try shard.reader.pin { view throws(StateError) in
            guard watch.next <= view.revision.rawValue else { return nil }
            return try view.historyPage(
                from: HistoryPosition(Revision(watch.next), count: watch.toldOfNext), matching: watch.content.filter,
                byteCountMax: Self.pageBytes, includeData: watch.content.includesData,
                includePrevious: watch.content.includesPrevious)
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
            for watch in watches.values.sorted(by: { $0.next < $1.next }) { bringUpToDate(watch) }
            return
        }
        var affected: [WatchGroup] = []
        for event in batch.events { gather(event, into: &affected) }
        for group in affected {
            tell(group, upTo: batch.revision)
            group.gathered.removeAll(keepingCapacity: true)
        }
    }

    /// Gives an event to the groups that it concerns: of the node itself, of its parent's children, and of every path
    /// above it.
    private func gather(_ event: ZnodeEvent, into affected: inout [WatchGroup]) {
        func add(_ path: String, _ scope: WatchFilter.Scope) {
            for group in places[Place(path: path, scope: scope)] ?? [] where group.content.filter.passes(event) {
                if group.gathered.isEmpty { affected.append(group) }
                group.gathered.append(event)
            }
        }
        add(event.path, .node)
        if let parent = event.parent { add(parent, .children) }
        guard recursiveCount > 0 else { return }
        var path: String? = event.path
        while let above = path {
            add(above, .recursive)
            path = ZnodeEvent.parent(of: above)
        }
    }

    /// The watch goes on from the history when its client reads again. Everything up to the batch before has been told.
    private func suspend(_ watch: Watch) {
        watch.isLive = false
        watch.sink.fallBehind()
        guard watch.next <= revision.rawValue else { return }
        watch.next = revision.rawValue + 1
        watch.toldOfNext = 0
    }

    private func tell(_ group: WatchGroup, upTo revision: Revision) {
        let content = group.content
        guard let first = group.gathered.first?.revision else { return }
        guard !content.includesPrevious, content.byteCount(of: group.gathered) <= Self.liveBytesMax else {
            // What was before stands in the history. And what is too much for one message is told page by page, as each
            // client reads.
            for watch in group.watches where watch.isLive { bringUpToDate(watch) }
            return
        }
        var shared: SharedWatchResponse?
        let now = NIODeadline.now()
        for watch in group.watches where watch.isLive {
            guard watch.next <= revision.rawValue else { continue }
            guard watch.sink.isWritable else {
                suspend(watch)
                continue
            }
            if watch.next <= first.rawValue {
                let response = shared ?? SharedWatchResponse(content.response(with: group.gathered, upTo: revision))
                shared = response
                watch.tell(response, at: now)
            } else {
                let rest = group.gathered.filter { $0.revision.rawValue >= watch.next }
                if !rest.isEmpty { watch.tell(content.response(with: rest, upTo: revision)) }
            }
            watch.next = revision.rawValue + 1
        }
    }

    // MARK: Progress

    func tick(now: NIODeadline) {
        guard !watches.isEmpty else { return }
        for groups in places.values {
            for group in groups {
                for watch in group.watches
                where watch.isLive && now - watch.lastTold >= watch.interval && watch.sink.isWritable {
                    // Live, so all up to the last batch has been told; a watch of the future has been told nothing.
                    watch.next = max(watch.next, revision.rawValue + 1)
                    watch.tell(WatchResponse(upTo: min(revision.rawValue, watch.next - 1)))
                }
            }
        }
    }
}

/// Watches for which the same batch means the same message.
private final class WatchGroup {
    let content: WatchContent
    var watches: [Watch]
    /// What concerns them of the batch that is being delivered.
    var gathered: [ZnodeEvent] = []

    init(_ first: Watch) {
        content = first.content
        watches = [first]
    }
}
