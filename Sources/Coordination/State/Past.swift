import ByteString

/// A znode as it was at an earlier revision.
///
/// The history is gone through forward from that revision on: the first change of the znode tells what was before, and
/// the first of its children what the counters were. It may be long, so that takes several steps, all in one state.
public struct PastZnode {
    private let path: String
    private let children: WatchFilter
    /// Where the history goes on; nil once all is known.
    private var next: HistoryPosition?
    private var own: Own = .unchanged
    private var counters: ChildrenCounters?

    private enum Own {
        case unchanged
        case absent
        case changed(HistoryPosition)
    }

    /// - Precondition: `path` is legal.
    public init(path: String, at revision: Revision) {
        self.path = path
        children = WatchFilter(path: path, scope: .children)
        next = HistoryPosition(Revision(revision.rawValue &+ 1))
    }

    /// Whether ``znode(in:)`` may be asked.
    public var isKnown: Bool { next == nil }

    /// Looks at so many changes more.
    ///
    /// Throws OUT_OF_RANGE, `HISTORY_TRIMMED`, if they are not all kept.
    public mutating func proceed(in view: borrowing StateView, countMax: Int = 5_000) throws(StateError) {
        guard let start = next else { return }
        var isFound = false
        let rest = try view.scanHistory(from: start, countMax: countMax, until: { isFound }) {
            change throws(StateError) in
            isFound = try take(change)
        }
        next = isFound ? nil : rest
    }

    /// - Returns: whether the rest of the history does not matter.
    mutating func take(_ change: HistoryView) throws(StateError) -> Bool {
        if counters == nil, change.record.kind != .changed, children.matches(change.record.kind, change.record.path) {
            counters = try change.before().parent
        }
        let isOwn = path.withUTF8Bytes { $0.elementsEqual(change.record.path) }
        guard isOwn else { return false }
        if change.record.kind == .created {
            own = .absent
        } else {
            _ = try change.before()
            own = .changed(change.place)
        }
        return true
    }

    /// The znode; nil if there was none.
    ///
    /// - Parameter view: the state that was gone through.
    public func znode(in view: borrowing StateView) -> Znode? {
        var znode: Znode?
        switch own {
        case .unchanged: znode = view.get(path)
        case .absent: return nil
        case .changed(let place): znode = view.change(at: place).znodeBefore
        }
        if let counters { znode?.stat.take(counters) }
        return znode
    }
}

/// The children of a znode as they were at an earlier revision.
public struct PastChildren {
    private let path: String
    private let children: WatchFilter
    private let below: WatchFilter
    private var next: HistoryPosition?
    private var parent: PastZnode
    private var isParentKnown = false
    /// What is known of those children that have changed since.
    private var changed: [[UInt8]: Child] = [:]
    /// The names of those that have, in order; set once all is known.
    private var names: [[UInt8]] = []

    private struct Child {
        /// The first change of its own; nil if there was none.
        var first: (kind: ZnodeEvent.Kind, place: HistoryPosition)?
        var counters: ChildrenCounters?
    }

    /// - Precondition: `path` is legal.
    public init(path: String, at revision: Revision) {
        self.path = path
        children = WatchFilter(path: path, scope: .children)
        below = WatchFilter(path: path, scope: .recursive)
        parent = PastZnode(path: path, at: revision)
        next = HistoryPosition(Revision(revision.rawValue &+ 1))
    }

    /// Whether ``page(in:after:limit:byteCountMax:includeData:includeStat:)`` may be asked.
    public var isKnown: Bool { next == nil }

    /// Looks at so many changes more.
    ///
    /// Throws OUT_OF_RANGE, `HISTORY_TRIMMED`, if they are not all kept; RESOURCE_EXHAUSTED, `LIMIT_REACHED`, if too
    /// many children have changed since.
    public mutating func proceed(in view: borrowing StateView, countMax: Int = 5_000) throws(StateError) {
        guard let start = next else { return }
        next = try view.scanHistory(from: start, countMax: countMax, until: { false }) { change throws(StateError) in
            try take(change)
        }
        if next == nil { names = changed.keys.sorted { $0.lexicographicallyPrecedes($1) } }
    }

    private mutating func take(_ change: HistoryView) throws(StateError) {
        let record = change.record
        guard below.matches(record.kind, record.path) else { return }
        if !isParentKnown { isParentKnown = try parent.take(change) }
        let isChild = children.matches(record.kind, record.path)
        // The part after the path of the znode whose children are listed: a name, or a name and what is below it.
        let rest = record.path.dropFirst(path.utf8.count == 1 ? 1 : path.utf8.count + 1)
        guard !rest.isEmpty, isChild || record.kind != .changed else { return }
        let name = Array(rest.prefix { $0 != UInt8(ascii: "/") })
        guard isChild || rest.dropFirst(name.count + 1).firstIndex(of: UInt8(ascii: "/")) == nil else { return }
        var child = changed[name] ?? Child()
        guard child.first == nil else { return }
        if isChild {
            if record.kind != .created { _ = try change.before() }
            child.first = (record.kind, change.place)
        } else if child.counters == nil {
            child.counters = try change.before().parent
        }
        changed[name] = child
        guard changed.count <= Limits.pastChildrenMax else {
            throw .limit(
                "past_children_max", UInt64(Limits.pastChildrenMax),
                "more children of \(path.withUTF8Bytes(PathRules.quoted)) have changed since that revision")
        }
    }

    // MARK: The listing

    /// The next of the children, as ``StateView`` lists those of now; nil if there was no znode.
    public func page(
        in view: borrowing StateView, after name: String, limit: UInt64, byteCountMax: Int, includeData: Bool,
        includeStat: Bool
    ) -> ListPage? {
        guard let parent = parent.znode(in: view) else { return nil }
        var page = ListPageBuilder(limit: limit, byteCountMax: byteCountMax, includeData, includeStat)
        var place = partition(after: Array(name.utf8))
        // The children that are there now, with those that have gone in between them.
        view.list(path, startAfter: name) { child in
            while place < names.count, names[place].lexicographicallyPrecedes(child.nameBytes) {
                guard addChanged(place, nil, to: &page, view) else { return false }
                place += 1
            }
            let isChanged = place < names.count && names[place].elementsEqual(child.nameBytes)
            guard isChanged else { return page.add(child.name, child.stat) { child.data } }
            guard addChanged(place, Znode(stat: child.stat, data: includeData ? child.data : Bytes()), to: &page, view)
            else { return false }
            place += 1
            return true
        }
        while !page.isFull, place < names.count, addChanged(place, nil, to: &page, view) { place += 1 }
        return page.page(of: parent.stat)
    }

    /// How many of the changed children's names do not come after that one.
    private func partition(after name: [UInt8]) -> Int {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if name.lexicographicallyPrecedes(names[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// - Parameter now: the child as it is now, if it is there.
    /// - Returns: false if the page has no room for it.
    private func addChanged(
        _ place: Int, _ now: Znode?, to page: inout ListPageBuilder, _ view: borrowing StateView
    ) -> Bool {
        guard let child = changed[names[place]] else { preconditionFailure("a name without what is known of it") }
        var znode = now
        if let first = child.first {
            if first.kind == .created { return true }
            znode = view.change(at: first.place).znodeBefore
        }
        guard var znode else { return true }
        if let counters = child.counters { znode.stat.take(counters) }
        return page.add(String(decoding: names[place], as: UTF8.self), znode.stat) { znode.data }
    }
}
