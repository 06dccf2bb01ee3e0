/// A persistent ordered map from byte keys to byte values: a copy-on-write B+tree in raw memory with one writer and any
/// number of concurrent readers that never wait and never make the writer wait.
///
/// The writer changes a private version. ``publish(tag:)`` makes it the one that new readers get, by one atomic store;
/// a node is copied at most once between two publications. Readers pin a version (``MapReader``, ``MapPin``) and see
/// exactly that one until they let go. What a pinned version shares with newer ones exists once; what only it needs is
/// freed, a bounded amount per publication, after it was let go. Deletion gives memory back: nodes are merged.
///
/// Keys are up to 65,535 bytes in ascending order of unsigned bytes, values as ``Entry`` says. There is no reference
/// counting on any path but that of a long body.
struct VersionedMap: ~Copyable {
    /// What readers share with this writer.
    let core: MapCore
    private(set) var count: UInt64 = 0
    private(set) var digest = MapDigest()

    var root: Node
    /// The number of the version being made; nodes that carry it belong to the writer alone.
    var batch: UInt64 = 1
    var retired = RetiredQueue()
    /// The way from the root to a leaf that the last ``locate(_:)`` took.
    let steps: UnsafeMutablePointer<Step>
    /// Room for the contents of two nodes.
    let scratch: MapScratch
    private var hasChanges = false
    /// Whether the last ``find(_:)`` found something and nothing was changed or searched since.
    var isFound = false
    private var retiredAtPublication = 0
    /// What would take the changes back that were made since ``beginRecording()``; nil if nobody may want that.
    private var reversals: [Reversal]?

    /// Takes one change back. The entries stay readable until the next publication.
    private enum Reversal {
        case putBack(Entry)
        case remove(Entry)
    }

    /// A node and the position in it: of a child in an inner node, of an entry in a leaf.
    struct Step {
        var node: Node
        var index: Int
    }

    /// More than any tree that fits into an address space needs: inner nodes have at least 17 children, but the root.
    static let levelsMax = 20

    init() {
        root = Node.make(level: 0, batch: 1)
        steps = .allocate(capacity: VersionedMap.levelsMax)
        scratch = MapScratch()
        let record = UnsafeMutablePointer<MapRecord>.allocate(capacity: 1)
        // Version 0 has a root of its own, because the writer goes on changing its one.
        record.initialize(
            to: MapRecord(
                version: 0, root: Node.make(level: 0, batch: 0), count: 0, digest: MapDigest(), tag: MapRecord.Tag()))
        core = MapCore(root: record)
        retired.retire(record.pointee.root, version: 1)
    }

    deinit {
        // Readers may live on: they keep the core, which frees the tree that is published last. Whatever was changed
        // since the last publication must go with it, so it is published now.
        var queue = retired
        let record = makeRecord(tag: MapRecord.Tag())
        queue.retire(core.shared.pointee.root.load(ordering: .acquiring), version: batch)
        core.shared.pointee.root.store(record, ordering: .sequentiallyConsistent)
        core.adopt(queue)
        steps.deallocate()
        scratch.free()
    }

    // MARK: Reading the private version

    /// The entry with this key. Valid until it is replaced or removed and the next version is published.
    func get(_ key: UnsafeRawBufferPointer) -> Entry? {
        MapSearch.get(root, key)
    }

    /// The first entry whose key is `key` or sorts after it.
    func first(notBefore key: UnsafeRawBufferPointer) -> Entry? {
        MapSearch.first(root, notBefore: key)
    }

    /// The last entry whose key sorts before `key`.
    func last(before key: UnsafeRawBufferPointer) -> Entry? {
        MapSearch.last(root, before: key)
    }

    // MARK: Changing

    /// Puts an entry, in the place of the one with the same key if there is one. Returns whether there was.
    ///
    /// The arguments may lie in an entry of this map: what is replaced stays readable until the next publication.
    @discardableResult
    mutating func put(
        _ key: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer, body: Body
    ) -> Bool {
        let isPresent = locate(key)
        place(Entry.make(key: key, header: header, body: body), replacing: isPresent)
        return isPresent
    }

    /// Puts an entry if its key is absent. Returns whether it was.
    mutating func insert(_ key: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer, body: Body) -> Bool {
        if locate(key) { return false }
        place(Entry.make(key: key, header: header, body: body), replacing: false)
        return true
    }

    /// The entry with this key, for ``replaceFound(header:body:)`` or ``removeFound()`` as the map's next change.
    mutating func find(_ key: UnsafeRawBufferPointer) -> Entry? {
        isFound = locate(key)
        return isFound ? found : nil
    }

    /// Replaces the value of the entry that ``find(_:)`` has just found, without another search.
    mutating func replaceFound(header: UnsafeRawBufferPointer, body: Body) {
        precondition(isFound, "nothing was found since the last change")
        place(Entry.make(key: found.key, header: header, body: body), replacing: true)
    }

    /// Removes the entry that ``find(_:)`` has just found, without another search.
    mutating func removeFound() {
        precondition(isFound, "nothing was found since the last change")
        removeLocated()
    }

    /// The entry where the last search ended.
    private var found: Entry {
        let leaf = steps[root.level]
        return leaf.node.entries[leaf.index]
    }

    /// Puts a header beside the body that the key has already. Returns false, and does nothing, if the key is absent.
    @discardableResult
    mutating func putHeader(_ key: UnsafeRawBufferPointer, _ header: UnsafeRawBufferPointer) -> Bool {
        guard locate(key) else { return false }
        place(Entry.make(key: key, header: header, body: found.bodyForReuse), replacing: true)
        return true
    }

    /// Removes the entry with this key. Returns whether there was one. The key may lie in the entry itself.
    @discardableResult
    mutating func remove(_ key: UnsafeRawBufferPointer) -> Bool {
        guard locate(key) else { return false }
        removeLocated()
        return true
    }

    /// Removes the entry where the last search ended.
    private mutating func removeLocated() {
        hasChanges = true
        isFound = false
        let level = root.level
        ownPath()
        let leaf = steps[level]
        let entry = leaf.node.entries[leaf.index]
        reversals?.append(.putBack(entry))
        leaf.node.remove(at: leaf.index)
        digest.subtract(entry.hash)
        count &-= 1
        retired.retire(entry, version: batch)
        if leaf.node.count < Node.countMin { refill(depth: level) }
    }

    /// Puts `entry` where the last ``locate(_:)`` ended.
    private mutating func place(_ entry: Entry, replacing: Bool) {
        hasChanges = true
        isFound = false
        ownPath()
        let leaf = steps[root.level]
        digest.add(entry.hash)
        if replacing {
            let old = leaf.node.entries[leaf.index]
            reversals?.append(.putBack(old))
            digest.subtract(old.hash)
            leaf.node.entries[leaf.index] = entry
            retired.retire(old, version: batch)
        } else {
            count &+= 1
            reversals?.append(.remove(entry))
            insert(entry)
        }
    }

    // MARK: Taking changes back

    /// From now on changes can be taken back, until ``endRecording()`` or ``undoRecorded()``, one of which must come
    /// before the next publication.
    mutating func beginRecording() {
        precondition(reversals == nil, "changes are recorded already")
        reversals = []
    }

    mutating func endRecording() { reversals = nil }

    /// Takes all changes back that were made since ``beginRecording()``.
    mutating func undoRecorded() {
        guard let recorded = reversals else { preconditionFailure("no changes were recorded") }
        reversals = nil
        for reversal in recorded.reversed() {
            switch reversal {
            case .putBack(let entry): put(entry.key, header: entry.header, body: entry.bodyForReuse)
            case .remove(let entry): remove(entry.key)
            }
        }
    }

    // MARK: Publishing

    /// Makes the private version the one that readers get from now on, and frees a bounded amount of what no reader can
    /// reach any more. Without changes only the latter.
    mutating func publish(tag: MapRecord.Tag) {
        precondition(reversals == nil, "a publication in the middle of changes that may be taken back")
        if hasChanges {
            hasChanges = false
            let record = makeRecord(tag: tag)
            let shared = core.shared
            let previous = shared.pointee.root.load(ordering: .relaxed)
            shared.pointee.root.store(record, ordering: .sequentiallyConsistent)
            shared.pointee.version.store(batch, ordering: .sequentiallyConsistent)
            retired.retire(previous, version: batch)
            batch &+= 1
        }
        reclaim()
    }

    private func makeRecord(tag: MapRecord.Tag) -> UnsafeMutablePointer<MapRecord> {
        let record = UnsafeMutablePointer<MapRecord>.allocate(capacity: 1)
        record.initialize(to: MapRecord(version: batch, root: root, count: count, digest: digest, tag: tag))
        return record
    }

    /// What is freed per publication: twice of what came in since the last one, so that a backlog shrinks, and some
    /// more, so that it ends.
    private mutating func reclaim() {
        let arrived = max(0, retired.count - retiredAtPublication)
        if retired.count > 0 {
            // What was replaced by the version being made can still be reached from the newest published one.
            retired.free(upTo: min(core.slots.oldestVersion(), batch &- 1), limit: 2 * arrived + 1024)
        }
        retiredAtPublication = retired.count
    }

    /// The number of retired pieces that wait for readers or for their turn.
    var backlog: Int { retired.count }

    /// Takes over the tree that `loader` has built, in the place of everything in this map.
    mutating func replaceAll(with loader: consuming MapLoader) {
        let (tree, entries, digest) = loader.finish()
        retired.retireTree(root, version: batch)
        root = tree
        count = entries
        self.digest = digest
        hasChanges = true
    }
}
