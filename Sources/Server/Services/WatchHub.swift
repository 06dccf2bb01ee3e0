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
/// Watches that are told the same form a group, for which a batch is matched and encoded once. Those of one stream are
/// a cohort of it, to which that is sent once.
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

        init(_ content: WatchContent) { self.init(path: content.filter.path, scope: content.filter.scope) }
    }

    init(shard: Shard) {
        self.shard = shard
        revision = shard.reader.pin { $0.revision }
    }

    // MARK: Opening and closing

    /// Begins a watch, and tells it what it lacks already.
    ///
    /// - Parameter number: what `sink` calls it.
    /// - Returns: the watch; nil if it has ended already, since the history does not go back so far.
    /// - Precondition: the request's path is legal.
    func open(_ request: WatchRequest, number: UInt64, to sink: any WatchSink) throws(RPCStatus) -> Watch? {
        guard watches.count < Self.watchesMax else { throw .failure(.overloaded) }
        guard request.progressIntervalMs == 0 || request.progressIntervalMs >= 100 else {
            throw .invalidField("progress_interval_ms is \(request.progressIntervalMs); it is 0, or at least 100")
        }
        let content: WatchContent
        do throws(StateError) { content = try WatchContent(request) } catch { throw .state(error) }
        let published = shard.reader.pin { $0.revision.rawValue }
        let from = request.startRevision == 0 ? published + 1 : request.startRevision
        let interval = request.progressIntervalMs == 0 ? 10_000 : Int64(request.progressIntervalMs)
        let watch = group(of: content).cohort(of: sink)
            .add(number: number, next: from, interval: .milliseconds(interval))
        watches[ObjectIdentifier(watch)] = watch
        if content.filter.scope == .recursive { recursiveCount += 1 }
        sink.begin(number, from: min(published, from - 1))
        catchUp(watch)
        return watches[ObjectIdentifier(watch)]
    }

    private func group(of content: WatchContent) -> WatchGroup {
        let place = Place(content)
        if let group = places[place]?.first(where: { $0.content == content }) { return group }
        let group = WatchGroup(content)
        places[place, default: []].append(group)
        return group
    }

    func forget(_ watch: Watch) {
        guard watches.removeValue(forKey: ObjectIdentifier(watch)) != nil else { return }
        let content = watch.cohort.content
        if content.filter.scope == .recursive { recursiveCount -= 1 }
        watch.cohort.remove(watch)
        let place = Place(content)
        guard let index = places[place]?.firstIndex(where: { $0.content == content }),
            places[place]?[index].isEmpty == true
        else { return }
        places[place]?.remove(at: index)
        if places[place]?.isEmpty == true { places[place] = nil }
    }

    private func end(_ watch: Watch, _ status: RPCStatus) {
        forget(watch)
        watch.cohort.sink.finish(watch.number, status)
    }

    // MARK: Catching up

    /// Tells `watch` what it lacks, from the history, until it has all or its client stops reading.
    func catchUp(_ watch: Watch) {
        if !watch.isLive { replay(watch) }
    }

    /// Tells `watch` everything that has been published, also what has not been delivered to this loop yet.
    func bringUpToDate(_ watch: Watch) {
        if watch.isLive { settle(watch) }
        replay(watch)
    }

    private func replay(_ watch: Watch) {
        let cohort = watch.cohort
        guard cohort.sink.isOpen else { return }
        while cohort.sink.hasRoomForNotices {
            do {
                guard let page = try nextPage(watch) else {
                    // Batches that are still on their way to this loop are filtered by the watch's own position.
                    return cohort.makeLive(watch)
                }
                var response = WatchResponse(upTo: page.through.rawValue)
                response.events = cohort.content.events(of: page)
                response.more = page.next.count > 0 && page.events.last?.revision == page.next.revision
                watch.next = page.next.revision.rawValue
                watch.toldOfNext = page.next.count
                if !response.events.isEmpty { watch.tell(response) }
            } catch {
                return end(watch, .state(error))
            }
        }
        if watch.isLive { suspend(watch) }
    }

    /// The next part of the history that `watch` lacks; nil if it lacks nothing.
    private func nextPage(_ watch: Watch) throws(StateError) -> HistoryPage? {
        let content = watch.cohort.content
        return try shard.reader.pin { view throws(StateError) in
            guard watch.next <= view.revision.rawValue else { return nil }
            return try view.historyPage(
                from: HistoryPosition(Revision(watch.next), count: watch.toldOfNext), matching: content.filter,
                byteCountMax: Self.pageBytes, includeData: content.includesData,
                includePrevious: content.includesPrevious)
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
            for watch in watches.values { bringUpToDate(watch) }
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

    /// Everything up to the batch before has been told to a live watch.
    private func settle(_ watch: Watch) {
        guard watch.next <= revision.rawValue else { return }
        watch.next = revision.rawValue + 1
        watch.toldOfNext = 0
    }

    /// The watch goes on from the history when its client reads again.
    private func suspend(_ watch: Watch) {
        settle(watch)
        watch.cohort.suspend(watch)
        watch.cohort.sink.fallBehind()
    }

    private func tell(_ group: WatchGroup, upTo revision: Revision) {
        let content = group.content
        guard let first = group.gathered.first?.revision else { return }
        guard !content.includesPrevious, content.byteCount(of: group.gathered) <= Self.liveBytesMax else {
            // What was before stands in the history. And what is too much for one message is told page by page, as each
            // client reads.
            for cohort in group.cohorts {
                for watch in cohort.live { bringUpToDate(watch) }
            }
            return
        }
        lazy var response = SharedWatchResponse(content.response(with: group.gathered, upTo: revision))
        let now = NIODeadline.now()
        for (place, cohort) in group.cohorts.enumerated() {
            group.prefetch(after: place)
            guard !cohort.live.isEmpty else { continue }
            if !cohort.sink.hasRoomForNotices {
                for watch in cohort.live { suspend(watch) }
            } else if cohort.common <= first.rawValue {
                cohort.lastTold = now
                cohort.sink.send(response, to: cohort.numbers)
            } else {
                tellEach(cohort, response, group.gathered, upTo: revision, now: now)
            }
        }
    }

    /// Where some have been told more than was delivered, or begin in the future: those are told the rest by
    /// themselves, if there is any.
    private func tellEach(
        _ cohort: WatchCohort, _ response: SharedWatchResponse, _ events: [ZnodeEvent], upTo revision: Revision,
        now: NIODeadline
    ) {
        let first = events[0].revision.rawValue
        let behind = cohort.live.filter { $0.next <= first }
        let ahead = cohort.live.filter { $0.next > first && $0.next <= revision.rawValue }
        if !behind.isEmpty { tell(behind, response, in: cohort, now: now) }
        for watch in ahead {
            let rest = events.filter { $0.revision.rawValue >= watch.next }
            guard !rest.isEmpty else { continue }
            if cohort.sink.hasRoomForNotices {
                watch.tell(cohort.content.response(with: rest, upTo: revision))
            } else {
                suspend(watch)
            }
        }
        cohort.measure()
    }

    private func tell(_ watches: [Watch], _ response: SharedWatchResponse, in cohort: WatchCohort, now: NIODeadline) {
        for watch in watches { watch.lastTold = now }
        cohort.sink.send(response, to: watches.map(\.number))
    }

    // MARK: Progress

    func tick(now: NIODeadline) {
        guard !watches.isEmpty else { return }
        // Live, so all up to the last batch has been told.
        let progress = SharedWatchResponse(WatchResponse(upTo: revision.rawValue))
        for groups in places.values {
            for group in groups {
                for cohort in group.cohorts where now - cohort.lastTold >= cohort.interval {
                    tell(cohort, progress, now: now)
                }
            }
        }
    }

    private func tell(_ cohort: WatchCohort, _ progress: SharedWatchResponse, now: NIODeadline) {
        let due = cohort.live.filter { now - max($0.lastTold, cohort.lastTold) >= $0.interval }
        guard !due.isEmpty, cohort.sink.hasRoomForNotices else { return }
        tell(due, progress, in: cohort, now: now)
    }
}
