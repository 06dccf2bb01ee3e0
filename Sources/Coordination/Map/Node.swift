/// A node of the B+tree in raw memory. Once the version that contains it is published it never changes.
///
/// ```
/// u64 batch that made it | u16 count | u16 prefix length | u16 last insertion | u8 level | u8 0
/// 63 heads (u64) | 63 entries (pointers) | in inner nodes: 64 children (pointers)
/// ```
///
/// A leaf (level 0) holds entries in ascending order of their keys. An inner node holds separators and one child more:
/// child `i` has the keys from separator `i - 1` (inclusive) to separator `i` (exclusive).
///
/// All keys that a search can bring to a node lie between its fences: the nearest separators left and right of it in
/// the nodes above. `prefixLength` is at most the length of the fences' common prefix, so every such key is known to
/// share it and nobody needs to compare it; `heads` are the eight bytes after it, and most comparisons end there
/// without following a pointer (Graefe, "Modern B-Tree Techniques", 3.5: prefix truncation by fences; 3.4: poor man's
/// normalized keys).
struct Node: Equatable {
    let raw: UnsafeMutableRawPointer

    /// The largest number of entries in a leaf, and of separators in an inner node.
    static let capacity = 63
    /// Below this a node is merged with a neighbour or takes entries from it.
    static let countMin = 16
    /// Two neighbours become one if it has at most this many; some room is left, so that the next insertion does not
    /// split it again.
    static let mergedCountMax = 48

    private static let headsOffset = 16
    private static let entriesOffset = headsOffset + 8 * capacity
    private static let childrenOffset = entriesOffset + 8 * capacity
    private static let innerBytes = childrenOffset + 8 * (capacity + 1)

    // MARK: Making and freeing

    static func make(level: Int, batch: UInt64) -> Node {
        let size = level == 0 ? childrenOffset : innerBytes
        let node = Node(raw: UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8))
        node.raw.storeBytes(of: batch, as: UInt64.self)
        node.raw.storeBytes(of: 0, toByteOffset: 8, as: UInt64.self)
        node.raw.storeBytes(of: UInt8(level), toByteOffset: 14, as: UInt8.self)
        (node.raw + headsOffset).bindMemory(to: UInt64.self, capacity: capacity)
        (node.raw + entriesOffset).bindMemory(to: Entry.self, capacity: capacity)
        if level > 0 { (node.raw + childrenOffset).bindMemory(to: Node.self, capacity: capacity + 1) }
        return node
    }

    /// A copy that shares the entries and children.
    func copy(batch: UInt64) -> Node {
        let result = Node.make(level: level, batch: batch)
        result.count = count
        result.prefixLength = prefixLength
        result.lastInsertion = lastInsertion
        result.heads.update(from: heads, count: count)
        result.entries.update(from: entries, count: count)
        if level > 0 { result.children.update(from: children, count: count &+ 1) }
        return result
    }

    /// Gives the node's own memory back, not that of its entries and children.
    func free() { raw.deallocate() }

    // MARK: Fields

    @inline(__always) var batch: UInt64 { raw.load(as: UInt64.self) }
    @inline(__always) var level: Int { Int(raw.load(fromByteOffset: 14, as: UInt8.self)) }
    @inline(__always) var isLeaf: Bool { level == 0 }

    @inline(__always) var count: Int {
        get { Int(raw.load(fromByteOffset: 8, as: UInt16.self)) }
        nonmutating set { raw.storeBytes(of: UInt16(truncatingIfNeeded: newValue), toByteOffset: 8, as: UInt16.self) }
    }

    @inline(__always) var prefixLength: Int {
        get { Int(raw.load(fromByteOffset: 10, as: UInt16.self)) }
        nonmutating set { raw.storeBytes(of: UInt16(truncatingIfNeeded: newValue), toByteOffset: 10, as: UInt16.self) }
    }

    /// Where the last insertion went, plus 1: tells keys that arrive in ascending order. 0 if there was none.
    @inline(__always) var lastInsertion: Int {
        get { Int(raw.load(fromByteOffset: 12, as: UInt16.self)) }
        nonmutating set { raw.storeBytes(of: UInt16(truncatingIfNeeded: newValue), toByteOffset: 12, as: UInt16.self) }
    }

    @inline(__always) var heads: UnsafeMutablePointer<UInt64> {
        (raw + Node.headsOffset).assumingMemoryBound(to: UInt64.self)
    }

    @inline(__always) var entries: UnsafeMutablePointer<Entry> {
        (raw + Node.entriesOffset).assumingMemoryBound(to: Entry.self)
    }

    /// - Precondition: not a leaf.
    @inline(__always) var children: UnsafeMutablePointer<Node> {
        (raw + Node.childrenOffset).assumingMemoryBound(to: Node.self)
    }

    // MARK: Searching

    /// The number of entries whose keys sort before `key`, and whether the next one's key equals it.
    ///
    /// - Precondition: `key` lies between the node's fences.
    @inline(__always)
    func search(_ key: UnsafeRawPointer, _ keyCount: Int) -> (index: Int, found: Bool) {
        let prefix = prefixLength
        let head = RawBytes.head(key, keyCount, offset: prefix)
        let heads = heads
        let count = count
        // Two rounds of eight independent loads instead of six that wait for each other: a leaf is mostly not in the
        // cache, and this way its lines arrive together. Places past the count hold anything and are masked out.
        var low = 0
        for sample in 0..<7 {
            let place = sample &* 8 &+ 7
            low &+= (place < count ? 8 : 0) & (heads[place] < head ? 8 : 0)
        }
        let block = low
        for offset in 0..<8 {
            low &+= (block &+ offset < count ? 1 : 0) & (heads[block &+ offset] < head ? 1 : 0)
        }
        if low == count || heads[low] != head { return (low, false) }
        return searchEqualHeads(key, keyCount, head: head, from: low)
    }

    /// Continues a search among the entries from `start` on whose heads equal the key's.
    private func searchEqualHeads(
        _ key: UnsafeRawPointer, _ keyCount: Int, head: UInt64, from start: Int
    ) -> (index: Int, found: Bool) {
        let prefix = prefixLength
        let count = count
        var low = start
        var high = start &+ 1
        if high < count && heads[high] == head {
            var step = 1
            while high < count && heads[high] == head {
                high = min(high &+ step, count)
                step &*= 2
            }
            // `high` may lie beyond the run of equal heads; the comparison below tells by the head first.
        }
        while low < high {
            let middle = low &+ (high &- low) &>> 1
            let order: Int
            if heads[middle] != head {
                order = 1
            } else {
                let entry = entries[middle]
                order = RawBytes.compare(entry.keyBase, entry.keyCount, key, keyCount, from: prefix)
            }
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle &+ 1 } else { high = middle }
        }
        return (low, false)
    }

    /// The position of the child whose keys include `key`.
    @inline(__always)
    func childIndex(for key: UnsafeRawPointer, _ keyCount: Int) -> Int {
        let (index, found) = search(key, keyCount)
        return found ? index &+ 1 : index
    }

    // MARK: Changing (only a node of the running batch)

    /// Puts an entry at `index` of a node with room.
    func insert(_ entry: Entry, at index: Int) {
        let count = count
        assert(count < Node.capacity && index <= count)
        let moved = count &- index
        (heads + index + 1).update(from: heads + index, count: moved)
        (entries + index + 1).update(from: entries + index, count: moved)
        place(entry, at: index)
        self.count = count &+ 1
    }

    /// Writes `entry` and its head at `index`, over what was there.
    @inline(__always)
    func place(_ entry: Entry, at index: Int) {
        heads[index] = RawBytes.head(entry.keyBase, entry.keyCount, offset: prefixLength)
        entries[index] = entry
    }

    func remove(at index: Int) {
        let moved = count &- index &- 1
        (heads + index).update(from: heads + index + 1, count: moved)
        (entries + index).update(from: entries + index + 1, count: moved)
        count = count &- 1
    }

    /// Puts a separator at `index` and the child right of it behind child `index`.
    func insert(separator: Entry, rightChild: Node, at index: Int) {
        let movedChildren = count &- index
        (children + index + 2).update(from: children + index + 1, count: movedChildren)
        children[index &+ 1] = rightChild
        insert(separator, at: index)
    }

    /// Removes separator `index` and the child right of it.
    func removeSeparatorAndRightChild(at index: Int) {
        let movedChildren = count &- index &- 1
        (children + index + 1).update(from: children + index + 2, count: movedChildren)
        remove(at: index)
    }

    /// The length of the prefix that two fences have in common; without a fence on a side there is none.
    static func prefixLength(low: Entry?, high: Entry?) -> Int {
        guard let low, let high else { return 0 }
        return RawBytes.commonPrefix(low.keyBase, low.keyCount, high.keyBase, high.keyCount)
    }

    /// Sets the prefix that the fences allow and computes all heads, after entries were moved in without them. An entry
    /// is only ever placed after the prefix is right for it: heads of different prefixes must never stand side by side.
    func fillHeads(low: Entry?, high: Entry?) {
        prefixLength = Node.prefixLength(low: low, high: high)
        for index in 0..<count { place(entries[index], at: index) }
    }

    /// Sets the prefix of a node whose heads are right for another one.
    func setPrefix(_ length: Int) {
        guard length != prefixLength else { return }
        prefixLength = length
        for index in 0..<count { place(entries[index], at: index) }
    }
}
