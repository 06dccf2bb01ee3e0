import Consensus

/// What happens to a watcher.
enum WatcherHappening {
    /// Time to open the watch at some member.
    case attach
    /// The request arrives there.
    case request(attachment: UInt64, member: Int)
    /// Changes arrive, complete up to a revision.
    case told(attachment: UInt64, [Change], through: UInt64)
    /// The stream broke.
    case broken(attachment: UInt64)
}

/// A client that follows the changes under a path, at whatever member serves it, and keeps what it was told.
final class Watcher {
    let place: Int
    /// Which changes it asks for.
    let filter: Filter
    var random: Random
    /// Counts the attempts; only the newest one counts.
    var attachment: UInt64 = 0
    var member: Int
    /// Everything up to this revision was told; nil before the first message.
    var toldThrough: UInt64?
    /// What was told, message by message.
    var messages: [[Change]] = []
    /// Messages of one stream arrive in the order sent.
    var lastArrival = Instant(nanoseconds: 0)

    /// Which changes a watch is about.
    enum Filter: Hashable {
        case node(String)
        case everything

        func includes(_ change: Change) -> Bool {
            switch self {
            case .node(let path): change.path == path
            case .everything: true
            }
        }
    }

    init(place: Int, plan: Plan, random: inout Random) {
        self.place = place
        self.random = random.split()
        member = random.below(plan.memberCount)
        let key = random.below(plan.workload.keyCount)
        filter = random.chance(perMille: 500) ? .everything : .node(Simulation.path(ofKey: key))
    }

    /// Watches promise: in order, nothing twice, nothing missed, a revision whole.
    func check(against changes: [Change]) throws(Violation) {
        let told = messages.flatMap { $0 }
        let expected = changes.filter(filter.includes)
        guard told == expected else {
            let place = zip(told, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            let index = place ?? min(told.count, expected.count)
            throw Violation(
                claim: "a watch tells every change once and in order",
                evidence: "watcher \(self.place) (\(filter)), change \(index): told "
                    + "\(index < told.count ? "\(told[index])" : "nothing"), happened "
                    + "\(index < expected.count ? "\(expected[index])" : "nothing")")
        }
    }
}

extension Simulation {
    func onWatcher(_ place: Int, _ happening: WatcherHappening) throws(Violation) {
        let watcher = watchers[place]
        switch happening {
        case .attach:
            watcher.attachment += 1
            let span = watcher.random.span(around: Self.clientLatency)
            schedule(
                .watcher(place, .request(attachment: watcher.attachment, member: watcher.member)), after: span)
        case .request(let attachment, let member):
            guard watcher.attachment == attachment else { return }
            guard let process = members[member].process, !members[member].areClientsCut else {
                return breakWatch(watcher, after: .milliseconds(50))
            }
            guard !isDeferred(.watcher(place, happening), from: 2000 + place, at: members[member]) else { return }
            process.watches.append(
                ServedWatch(
                    watcher: place, attachment: attachment, filter: watcher.filter,
                    nextRevision: (watcher.toldThrough ?? 0) + 1))
            try serveWatches(of: members[member], process)
        case .told(let attachment, let changes, let through):
            guard watcher.attachment == attachment else { return }
            try take(changes, through: through, watcher)
        case .broken(let attachment):
            guard watcher.attachment == attachment else { return }
            watcher.member = watcher.random.below(members.count)
            try onWatcher(place, .attach)
        }
    }

    private func take(_ changes: [Change], through: UInt64, _ watcher: Watcher) throws(Violation) {
        let before = watcher.toldThrough ?? 0
        guard through >= before, changes.allSatisfy({ $0.revision > before && $0.revision <= through }) else {
            throw Violation(
                claim: "a watch never goes back",
                evidence: "watcher \(watcher.place) was told \(changes) through \(through) after \(before)")
        }
        statistics[.watchEvents] += changes.count
        trace.note(
            now, .watch, UInt64(watcher.place), through, UInt64(changes.count),
            text: "watcher \(watcher.place) is told \(changes.count) changes through \(through)")
        watcher.toldThrough = through
        if !changes.isEmpty { watcher.messages.append(changes) }
        // Now and then a watcher goes elsewhere by itself.
        if phase == .trouble, watcher.random.chance(perMille: 5) { breakWatch(watcher, after: .zero) }
    }

    /// The stream to a watcher is gone; it learns of that after a while.
    func breakWatch(_ watcher: Watcher, after span: Span) {
        schedule(.watcher(watcher.place, .broken(attachment: watcher.attachment)), after: span)
    }

    /// Sends on a watch's stream.
    func tell(_ watch: ServedWatch, _ changes: [Change], through: UInt64) {
        let watcher = watchers[watch.watcher]
        let arrival = max(now + watcher.random.span(around: Self.clientLatency), watcher.lastArrival)
        watcher.lastArrival = arrival
        queue.schedule(
            .watcher(watch.watcher, .told(attachment: watch.attachment, changes, through: through)), at: arrival)
    }
}
