import Coordination
import Messages
import NIOCore
import RPC

/// Watches for which the same batch means the same message.
final class WatchGroup {
    let content: WatchContent
    private(set) var cohorts: [WatchCohort] = []
    /// Of each of these, what telling it will touch, as of when a watch of it became live last.
    private var footprints: [Footprint] = []
    /// Looked up by key only.
    private var cohortsBySink: [ObjectIdentifier: WatchCohort] = [:]
    /// What concerns them of the batch that is being delivered.
    var gathered: [ZnodeEvent] = []

    var isEmpty: Bool { cohorts.isEmpty }

    init(_ content: WatchContent) { self.content = content }

    /// The watches of `sink`.
    func cohort(of sink: any WatchSink) -> WatchCohort {
        if let cohort = cohortsBySink[ObjectIdentifier(sink)] { return cohort }
        let cohort = WatchCohort(sink: sink, group: self, place: cohorts.count)
        cohorts.append(cohort)
        footprints.append(Footprint())
        cohortsBySink[ObjectIdentifier(sink)] = cohort
        return cohort
    }

    fileprivate func remove(_ cohort: WatchCohort) {
        cohortsBySink[ObjectIdentifier(cohort.sink)] = nil
        let (last, footprint) = (cohorts.removeLast(), footprints.removeLast())
        guard last !== cohort else { return }
        (cohorts[cohort.place], footprints[cohort.place]) = (last, footprint)
        last.place = cohort.place
    }

    fileprivate func measure(_ cohort: WatchCohort) { footprints[cohort.place] = cohort.footprint }

    /// Has what telling a cohort behind the one at `place` will touch fetched into the processor's caches.
    func prefetch(after place: Int) {
        let next = place + Self.lookahead
        if next < footprints.count { footprints[next].prefetch() }
    }

    /// So far that the memory has come by then.
    private static let lookahead = 4
}

/// The watches of a group that one sink has. What concerns them is sent once for all that are live, so that a thousand
/// watches on fifty streams cost what fifty cost: nothing of a single watch is looked at.
///
/// Watches refer to their cohort and a cohort to its live watches; forgetting a watch undoes that.
final class WatchCohort {
    let sink: any WatchSink
    let content: WatchContent
    /// It is there for as long as there is a watch.
    private unowned let group: WatchGroup
    /// Where it stands in its group.
    fileprivate var place: Int
    /// All of them, live or not.
    private var watchCount = 0
    /// Those that are live, and their numbers in the same order.
    private(set) var live: [Watch] = []
    private(set) var numbers: [UInt64] = []
    /// From this revision on all live ones lack the same; what is before, some have been told by themselves, or do not
    /// ask for.
    private(set) var common: UInt64 = 0
    /// When they were told something together, and how soon one of them wants to hear again.
    var lastTold = NIODeadline.now()
    private(set) var interval = TimeAmount.nanoseconds(.max)

    fileprivate init(sink: any WatchSink, group: WatchGroup, place: Int) {
        self.sink = sink
        content = group.content
        self.group = group
        self.place = place
    }

    /// A watch that is not live yet.
    func add(number: UInt64, next: UInt64, interval: TimeAmount) -> Watch {
        watchCount += 1
        self.interval = min(self.interval, interval)
        return Watch(number, in: self, next: next, interval: interval)
    }

    func remove(_ watch: Watch) {
        suspend(watch)
        watchCount -= 1
        if watchCount == 0 { group.remove(self) }
    }

    /// `watch` lacks nothing that was delivered.
    func makeLive(_ watch: Watch) {
        common = max(common, watch.next)
        guard !watch.isLive else { return }
        watch.place = live.count
        live.append(watch)
        numbers.append(watch.number)
        group.measure(self)
    }

    fileprivate var footprint: Footprint {
        var footprint = Footprint()
        footprint.add(self, byteCount: 192)
        footprint.add(live)
        footprint.add(numbers)
        sink.add(to: &footprint)
        return footprint
    }

    func suspend(_ watch: Watch) {
        guard let place = watch.place else { return }
        watch.place = nil
        let (last, number) = (live.removeLast(), numbers.removeLast())
        guard last !== watch else { return }
        (live[place], numbers[place]) = (last, number)
        last.place = place
    }

    /// Finds out anew from which revision on the live ones lack the same.
    func measure() { common = live.reduce(0) { max($0, $1.next) } }
}

/// One client's watch.
final class Watch {
    /// What its sink calls it.
    let number: UInt64
    let cohort: WatchCohort
    let interval: TimeAmount
    /// The first revision that it has not been told as a whole. A live one has also been told all that was delivered.
    var next: UInt64
    /// How many of that one's changes it has been told, or does not ask for.
    var toldOfNext: UInt32 = 0
    /// When it was told something by itself.
    var lastTold = NIODeadline.now()
    /// Where it stands among the live ones of its cohort; nil while it is told from the history.
    fileprivate(set) var place: Int?

    var isLive: Bool { place != nil }

    fileprivate init(_ number: UInt64, in cohort: WatchCohort, next: UInt64, interval: TimeAmount) {
        self.number = number
        self.cohort = cohort
        self.next = next
        self.interval = interval
    }

    func tell(_ response: WatchResponse) {
        lastTold = .now()
        cohort.sink.send(SharedWatchResponse(response), to: [number])
    }
}
