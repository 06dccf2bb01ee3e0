import ByteString
public import Messages

/// A part of a listing that fits into one message.
public struct ListPage: Sendable {
    /// The listed znode's own stat.
    public var stat: Stat
    public var children: [Child]
    /// Whether the listing ends with this page.
    public var isLast: Bool
}

/// Puts a page together, child by child.
struct ListPageBuilder {
    private let limit: UInt64
    private let byteCountMax: Int
    private let includeData: Bool
    private let includeStat: Bool
    private var children: [Child] = []
    private var byteCount = 0
    /// Whether a child was left for the next page.
    private(set) var isFull = false

    init(limit: UInt64, byteCountMax: Int, _ includeData: Bool, _ includeStat: Bool) {
        self.limit = limit
        self.byteCountMax = byteCountMax
        self.includeData = includeData
        self.includeStat = includeStat
    }

    /// Returns whether there was room for it.
    mutating func add(_ name: String, _ stat: ZnodeStat, _ data: () -> Bytes) -> Bool {
        guard byteCount < byteCountMax, UInt64(children.count) < limit else {
            isFull = true
            return false
        }
        var child = Child(name: name)
        if includeData { child.data = data() }
        if includeStat { child.stat = Stat(stat) }
        byteCount += name.utf8.count + child.data.count + (includeStat ? 64 : 0) + 8
        children.append(child)
        return true
    }

    func page(of stat: ZnodeStat) -> ListPage {
        ListPage(stat: Stat(stat), children: children, isLast: !isFull || UInt64(children.count) >= limit)
    }
}

/// Where somebody is who goes through the history.
public struct HistoryPosition: Hashable, Sendable {
    /// All changes before this revision are behind.
    public var revision: Revision
    /// And so many of its own.
    public var count: UInt32

    public init(_ revision: Revision, count: UInt32 = 0) {
        self.revision = revision
        self.count = count
    }
}

/// A part of the history that fits into one message.
public struct HistoryPage: Sendable {
    public var events: [ZnodeEvent]
    /// If asked for, the znodes before the changes, one for each event: nil where there was none, or it is not told.
    public var previous: [Znode?] = []
    /// All that was asked for up to here is in `events`, or was on a page before.
    public var through: Revision
    /// Where the next page begins. In the middle of a revision if that is too large for one page.
    public var next: HistoryPosition
}

extension StateView {
    /// The next children of the znode at `path`; nil if there is no znode.
    ///
    /// - Parameters:
    ///   - name: only children whose names come after this one; empty for all.
    ///   - limit: at most this many.
    ///   - byteCountMax: the page ends with the child that takes it over this many bytes of names and data.
    public func listPage(
        _ path: String, startAfter name: String, limit: UInt64, byteCountMax: Int, includeData: Bool, includeStat: Bool
    ) -> ListPage? {
        var page = ListPageBuilder(limit: limit, byteCountMax: byteCountMax, includeData, includeStat)
        let stat = list(path, startAfter: name) { child in
            page.add(child.name, child.stat) { child.data }
        }
        return stat.map(page.page)
    }

    /// The next changes from `start` on.
    ///
    /// OUT_OF_RANGE, `HISTORY_TRIMMED`, if not all of them are kept any more.
    ///
    /// - Parameters:
    ///   - byteCountMax: the page ends with the change that takes it over this many bytes of paths and data.
    ///   - scanMax: it also ends after so many changes were looked at, matching or not, so that a page never takes
    ///     long.
    public func historyPage(
        from start: HistoryPosition, matching filter: WatchFilter?, byteCountMax: Int, includeData: Bool,
        includePrevious: Bool = false, scanMax: Int = 5_000
    ) throws(StateError) -> HistoryPage {
        var page = HistoryPage(
            events: [], through: revision, next: HistoryPosition(Revision(revision.rawValue &+ 1)))
        var byteCount = 0
        let next = try scanHistory(from: start, countMax: scanMax, until: { byteCount >= byteCountMax }) { record in
            guard record.matches(filter) else { return }
            byteCount += record.pathCount + (includeData ? record.dataCount : 0) + 32
            page.events.append(record.event(includeData: includeData))
            if includePrevious {
                let previous = record.znodeBefore
                byteCount += 64 + (previous?.data.count ?? 0)
                page.previous.append(previous)
            }
        }
        if let next {
            page.through = Revision(next.revision.rawValue &- 1)
            page.next = next
        }
        return page
    }
}
