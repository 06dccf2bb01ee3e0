import Coordination
import Messages
import RPC

/// A call that tells what happens below a znode in words of its own: an election's leaders, a service's instances, a
/// configuration.
protocol HistoryFollower: AnyObject {
    /// The znode.
    var path: String { get }
    var stream: ServerStream { get }
    /// Whether it is about the znode itself and everything below it, or about its children alone.
    var isRecursive: Bool { get }
    /// The first revision that it has not been told, when it begins.
    var start: Revision { get }
    /// Takes in a change, in order.
    func take(_ event: ZnodeEvent, _ shard: Shard)
    /// All changes of the revision of the last one have been taken in.
    func endRevision(_ revision: Revision)
}

extension HistoryFollower {
    var isRecursive: Bool { false }
}

/// The calls of one event loop that follow the history in words of their own. Confined to that loop.
///
/// Each begins with the state at some revision, and goes on from there through the replicated history, as fast as its
/// client reads: so it misses nothing, however short it lasted, and a slow client costs its position and no queue.
final class HistoryFollowers {
    private unowned let shard: Shard
    /// By the followed znode's path.
    private var followed: [String: [Position]] = [:]
    private var count = 0
    private var recursiveCount = 0
    /// The last batch that was delivered.
    private var delivered: Revision

    static let countMax = 100_000
    /// How much history is read at a time.
    private static let pageBytes = 64 << 10

    /// Where a follower is.
    private final class Position {
        let follower: any HistoryFollower
        /// Where the history goes on.
        var next: HistoryPosition
        /// It lacks nothing up to the last batch that was delivered: what concerns it has woken it up.
        var isLive = false
        /// The revision whose changes it is taking in.
        var open: Revision?

        init(_ follower: any HistoryFollower) {
            self.follower = follower
            next = HistoryPosition(follower.start)
        }
    }

    init(shard: Shard) {
        self.shard = shard
        delivered = shard.reader.pin { $0.revision }
    }

    /// Has a follower, which tells how things are when it is made, go on from there.
    func open(on stream: ServerStream, _ make: () -> any HistoryFollower) {
        guard count < Self.countMax else { return stream.finish(.failure(.overloaded)) }
        let follower = make()
        // It may have told more than its client can take.
        guard stream.isOpen else { return }
        let position = Position(follower)
        count += 1
        if follower.isRecursive { recursiveCount += 1 }
        followed[follower.path, default: []].append(position)
        follower.stream.onCancel { [weak self, unowned position] _ in self?.forget(position) }
        follower.stream.endAtShutdown(.shuttingDown)
        follower.stream.onHalfClose {}
        follower.stream.onWritable { [weak self, unowned position] in self?.catchUp(position) }
        catchUp(position)
    }

    private func forget(_ position: Position) {
        let path = position.follower.path
        guard let place = followed[path]?.firstIndex(where: { $0 === position }) else { return }
        count -= 1
        if position.follower.isRecursive { recursiveCount -= 1 }
        followed[path]?.remove(at: place)
        if followed[path]?.isEmpty == true { followed[path] = nil }
    }

    func deliver(_ batch: Batch) {
        let before = delivered
        delivered = batch.revision
        guard !followed.isEmpty else { return }
        var affected: Set<String> = []
        if batch.isDiscontinuous {
            affected = Set(followed.keys)
        } else {
            for event in batch.events { addFollowed(event, to: &affected) }
        }
        for path in affected {
            for position in followed[path] ?? [] {
                if position.isLive, position.next.revision <= before {
                    // Nothing that came since has concerned it. (Much of that may not be retained any more.)
                    position.next = HistoryPosition(Revision(before.rawValue + 1))
                }
                catchUp(position)
            }
        }
    }

    /// Adds the paths that somebody follows whom a change may concern.
    private func addFollowed(_ event: ZnodeEvent, to affected: inout Set<String>) {
        var path = event.path
        if recursiveCount > 0, followed[path] != nil { affected.insert(path) }
        while let parent = ZnodeEvent.parent(of: path) {
            if followed[parent] != nil { affected.insert(parent) }
            guard recursiveCount > 0 else { return }
            path = parent
        }
    }

    private func catchUp(_ position: Position) {
        let follower = position.follower
        let scope: WatchFilter.Scope = follower.isRecursive ? .recursive : .children
        let filter = WatchFilter(path: follower.path, scope: scope)
        position.isLive = false
        while follower.stream.isOpen, follower.stream.isWritable {
            do throws(StateError) {
                let page: HistoryPage? = try shard.reader.pin { view throws(StateError) in
                    guard position.next.revision <= view.revision else { return nil }
                    return try view.historyPage(
                        from: position.next, matching: filter, byteCountMax: Self.pageBytes, includeData: true)
                }
                guard let page else {
                    position.isLive = true
                    return
                }
                take(page, position)
            } catch {
                forget(position)
                return follower.stream.finish(.state(error))
            }
        }
    }

    private func take(_ page: HistoryPage, _ position: Position) {
        let follower = position.follower
        for event in page.events {
            if let open = position.open, open != event.revision { follower.endRevision(open) }
            position.open = event.revision
            follower.take(event, shard)
        }
        position.next = page.next
        guard let open = position.open, !(page.next.count > 0 && page.next.revision == open) else { return }
        position.open = nil
        follower.endRevision(open)
    }
}

extension ZnodeEvent {
    /// The path of the parent of the znode that has changed; nil for the root.
    var parent: String? { ZnodeEvent.parent(of: path) }

    static func parent(of path: String) -> String? {
        guard path.utf8.count > 1, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return slash == path.startIndex ? "/" : String(path.utf8[..<slash])
    }
}
