/// One published version of a map: everything that can be read from it.
///
/// Valid only while something pins it: a ``MapReader``'s call or a ``MapPin``.
struct MapVersion {
    fileprivate let record: UnsafePointer<MapRecord>

    var count: UInt64 { record.pointee.count }
    var digest: MapDigest { record.pointee.digest }
    var tag: MapRecord.Tag { record.pointee.tag }
    var root: Node { record.pointee.root }

    func get(_ key: UnsafeRawBufferPointer) -> Entry? { MapSearch.get(root, key) }
    func first(notBefore key: UnsafeRawBufferPointer) -> Entry? { MapSearch.first(root, notBefore: key) }
    func last(before key: UnsafeRawBufferPointer) -> Entry? { MapSearch.last(root, before: key) }
}

/// Reads the newest version, again and again, from one thread at a time.
///
/// Made once per event loop or thread: making one claims a slot, ``pin(_:)`` then costs an atomic store and two loads.
struct MapReader: ~Copyable, @unchecked Sendable {
    // Proof of `@unchecked Sendable`: the slot belongs to this value alone, `pin` is `mutating`, so that only one
    // thread at a time can be in it, and the slot's memory lives as long as `core`.
    private let core: MapCore
    private let slot: UnsafeMutablePointer<ReaderSlots.Slot>

    init(_ core: MapCore) {
        self.core = core
        slot = core.slots.claim()
    }

    deinit { ReaderSlots.release(slot) }

    /// Lends the newest version to `body`; it must not be used after `body` returns.
    @inline(__always)
    mutating func pin<Result, Failure: Error>(_ body: (MapVersion) throws(Failure) -> Result) throws(Failure) -> Result
    {
        defer { slot.pointee.version.store(ReaderSlots.idle, ordering: .releasing) }
        return try body(core.newestVersion(announcedIn: slot))
    }
}

/// Holds one version for as long as the value lives: for snapshots and long listings.
///
/// What the writer replaces meanwhile stays in memory, so a pin is for walks with an end.
struct MapPin: ~Copyable, @unchecked Sendable {
    // Proof of `@unchecked Sendable`: a version never changes while it is pinned; the slot is touched by `init` and
    // `deinit` only, and its memory lives as long as `core`.
    private let core: MapCore
    private let slot: UnsafeMutablePointer<ReaderSlots.Slot>
    /// Must not be used after this value has ended.
    let version: MapVersion

    init(_ core: MapCore) {
        self.core = core
        slot = core.slots.claim()
        version = core.newestVersion(announcedIn: slot)
    }

    deinit { ReaderSlots.release(slot) }
}

extension MapCore {
    /// See the type's comment for why this order is safe.
    @inline(__always)
    fileprivate func newestVersion(announcedIn slot: UnsafeMutablePointer<ReaderSlots.Slot>) -> MapVersion {
        let known = shared.pointee.version.load(ordering: .sequentiallyConsistent)
        slot.pointee.version.store(known, ordering: .sequentiallyConsistent)
        return MapVersion(record: shared.pointee.root.load(ordering: .sequentiallyConsistent))
    }
}

/// Walks over the entries of a tree in the order of their keys.
///
/// Valid only while the version under `root` is pinned.
struct MapCursor: ~Copyable {
    private let root: Node
    private let steps: UnsafeMutablePointer<VersionedMap.Step>
    /// Whether `steps` leads to an entry.
    private(set) var isAtEntry = false

    /// A cursor that stands nowhere.
    init(root: Node) {
        self.root = root
        steps = .allocate(capacity: root.level + 1)
    }

    deinit { steps.deallocate() }

    /// The entry that the cursor stands on; nil before the first seek and past either end.
    var entry: Entry? {
        guard isAtEntry else { return nil }
        let step = steps[root.level]
        return step.node.entries[step.index]
    }

    /// Goes to the first entry whose key is `key` or sorts after it. Returns it.
    @discardableResult
    mutating func seek(_ key: UnsafeRawBufferPointer) -> Entry? {
        _ = MapSearch.descend(root, key, steps: steps)
        let leaf = steps[root.level]
        if leaf.index < leaf.node.count {
            isAtEntry = true
            return leaf.node.entries[leaf.index]
        }
        isAtEntry = leaf.node.count > 0
        if isAtEntry { steps[root.level].index = leaf.node.count - 1 }
        return next()
    }

    /// Goes one entry on. Returns it; nil past the last one.
    @discardableResult
    mutating func next() -> Entry? {
        guard isAtEntry else { return nil }
        let leafDepth = root.level
        steps[leafDepth].index += 1
        let leaf = steps[leafDepth]
        if leaf.index < leaf.node.count { return leaf.node.entries[leaf.index] }
        var depth = leafDepth - 1
        while depth >= 0 && steps[depth].index == steps[depth].node.count { depth -= 1 }
        guard depth >= 0 else {
            isAtEntry = false
            return nil
        }
        steps[depth].index += 1
        while depth < leafDepth {
            let child = steps[depth].node.children[steps[depth].index]
            depth += 1
            steps[depth] = VersionedMap.Step(node: child, index: 0)
        }
        return steps[leafDepth].node.entries[0]
    }

    /// Goes one entry back. Returns it; nil before the first one.
    @discardableResult
    mutating func previous() -> Entry? {
        guard isAtEntry else { return nil }
        let leafDepth = root.level
        if steps[leafDepth].index > 0 {
            steps[leafDepth].index -= 1
            return entry
        }
        var depth = leafDepth - 1
        while depth >= 0 && steps[depth].index == 0 { depth -= 1 }
        guard depth >= 0 else {
            isAtEntry = false
            return nil
        }
        steps[depth].index -= 1
        while depth < leafDepth {
            let child = steps[depth].node.children[steps[depth].index]
            depth += 1
            steps[depth] = VersionedMap.Step(node: child, index: child.isLeaf ? child.count - 1 : child.count)
        }
        return entry
    }
}
