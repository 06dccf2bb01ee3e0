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
    /// Where the history goes on.
    var next: HistoryPosition { get }
    /// Takes in the next part of the history, and goes on to `page.next`.
    func take(_ page: HistoryPage, _ shard: Shard)
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
    private var followers: [String: [any HistoryFollower]] = [:]
    private var count = 0
    private var recursiveCount = 0

    static let countMax = 100_000
    /// How much history is read at a time.
    private static let pageBytes = 64 << 10

    init(shard: Shard) {
        self.shard = shard
    }

    var isFull: Bool { count >= Self.countMax }

    /// Has a follower, which has told how things are, go on from there.
    func add(_ follower: any HistoryFollower) {
        count += 1
        if follower.isRecursive { recursiveCount += 1 }
        followers[follower.path, default: []].append(follower)
        follower.stream.onCancel { [weak self, unowned follower] _ in self?.forget(follower) }
        follower.stream.onHalfClose {}
        follower.stream.onWritable { [weak self, unowned follower] in self?.catchUp(follower) }
        catchUp(follower)
    }

    private func forget(_ follower: any HistoryFollower) {
        guard let place = followers[follower.path]?.firstIndex(where: { $0 === follower }) else { return }
        count -= 1
        if follower.isRecursive { recursiveCount -= 1 }
        followers[follower.path]?.remove(at: place)
        if followers[follower.path]?.isEmpty == true { followers[follower.path] = nil }
    }

    func deliver(_ batch: Batch) {
        guard !followers.isEmpty else { return }
        var affected: Set<String> = []
        if batch.isDiscontinuous {
            affected = Set(followers.keys)
        } else {
            for event in batch.events { addFollowed(event, to: &affected) }
        }
        for path in affected {
            for follower in followers[path] ?? [] { catchUp(follower) }
        }
    }

    /// Adds the paths that somebody follows whom a change may concern.
    private func addFollowed(_ event: ZnodeEvent, to affected: inout Set<String>) {
        if recursiveCount == 0 {
            if let parent = event.parent, followers[parent] != nil { affected.insert(parent) }
            return
        }
        var path = Substring(event.path)
        while !path.isEmpty {
            if followers[String(path)] != nil { affected.insert(String(path)) }
            path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        }
        if followers["/"] != nil { affected.insert("/") }
    }

    private func catchUp(_ follower: any HistoryFollower) {
        let scope: WatchFilter.Scope = follower.isRecursive ? .recursive : .children
        let filter = WatchFilter(path: follower.path, scope: scope)
        while follower.stream.isOpen, follower.stream.isWritable {
            do throws(StateError) {
                let page: HistoryPage? = try shard.reader.pin { view throws(StateError) in
                    guard follower.next.revision <= view.revision else { return nil }
                    return try view.historyPage(
                        from: follower.next, matching: filter, byteCountMax: Self.pageBytes, includeData: true)
                }
                guard let page else { return }
                follower.take(page, shard)
            } catch {
                forget(follower)
                return follower.stream.finish(.state(error))
            }
        }
    }
}

extension HistoryPage {
    /// Whether the next page begins in the middle of that revision.
    func divides(_ revision: Revision) -> Bool { next.count > 0 && next.revision == revision }
}

extension ZnodeEvent {
    /// The path of the parent of the znode that has changed; nil for one right below the root, and the root.
    var parent: String? {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return nil }
        return String(path[..<slash])
    }
}
