/// A node of the B+tree in raw memory. Once the version that contains it is published it never changes.
///
/// ```
/// u64 batch that made it | u16 count | u16 prefix length | u16 last insertion | u8 level | u8 0
/// 56 heads (u64) | 56 entries (pointers) | 56 forks (u16) | in inner nodes: 57 children (pointers)
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
///
/// Where many keys have the same head, as the members of a directory do, `forks` lead: fork `i` is the position of the
/// first bit after the prefix in which keys `i - 1` and `i` differ. They tell which entry shares most with a key by
/// looking at the key alone, so that a search follows one pointer, to compare with that entry (Ferguson, "Bit-Tree: a
/// data structure for fast file processing", CACM 1992; it is a Patricia trie without the pointers).
struct Node: Equatable {
    let raw: UnsafeMutableRawPointer

    /// The largest number of entries in a leaf, and of separators in an inner node.
    static let capacity = 56
    /// Below this a node is merged with a neighbour or takes entries from it.
    static let countMin = 14
    /// Two neighbours become one if it has at most this many; some room is left, so that the next insertion does not
    /// split it again.
    static let mergedCountMax = 42

    private static let headsOffset = 16
    private static let entriesOffset = headsOffset + 8 * capacity
    private static let forksOffset = entriesOffset + 8 * capacity
    private static let childrenOffset = forksOffset + 2 * capacity
    private static let innerBytes = childrenOffset + 8 * (capacity + 1)

    // MARK: Making and freeing

    static func make(level: Int, batch: UInt64) -> Node {
        let size = level == 0 ? childrenOffset : innerBytes
        let raw = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        (raw + headsOffset).bindMemory(to: UInt64.self, capacity: capacity)
        (raw + entriesOffset).bindMemory(to: Entry.self, capacity: capacity)
        (raw + forksOffset).bindMemory(to: UInt16.self, capacity: capacity)
        if level > 0 { (raw + childrenOffset).bindMemory(to: Node.self, capacity: capacity + 1) }
        let node = Node(raw: raw)
        node.clear(level: level, batch: batch)
        return node
    }

    /// Makes an empty node of one that is no longer used. A leaf stays a leaf, an inner node an inner one.
    func clear(level: Int, batch: UInt64) {
        raw.storeBytes(of: batch, as: UInt64.self)
        raw.storeBytes(of: 0, toByteOffset: 8, as: UInt64.self)
        raw.storeBytes(of: UInt8(level), toByteOffset: 14, as: UInt8.self)
    }

    /// Copies what `other`, a node of the same level, holds. Entries and children are shared.
    func fill(from other: Node) {
        let count = other.count
        self.count = count
        prefixLength = other.prefixLength
        lastInsertion = other.lastInsertion
        heads.update(from: other.heads, count: count)
        entries.update(from: other.entries, count: count)
        forks.update(from: other.forks, count: count)
        if level > 0 { children.update(from: other.children, count: count &+ 1) }
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

    @inline(__always) var forks: UnsafeMutablePointer<UInt16> {
        (raw + Node.forksOffset).assumingMemoryBound(to: UInt16.self)
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
        let head = RawBytes.head(key, keyCount, offset: prefixLength)
        let heads = heads
        let count = count
        var low = 0
        var remaining = count
        while remaining > 0 {
            let half = remaining &>> 1
            let isBefore = heads[low &+ half] < head
            low = isBefore ? low &+ half &+ 1 : low
            remaining = isBefore ? remaining &- half &- 1 : half
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
        let heads = heads
        let forks = forks
        // Down the trie, as if the key were in it: at each fork that lies before those that were answered with 0, the
        // key's bit decides whether to go on behind it.
        var candidate = start
        var end = start &+ 1
        var skipFrom = UInt16.max
        while end < count && heads[end] == head {
            let fork = forks[end]
            if fork < skipFrom {
                if Fork.bit(of: key, keyCount, fork, prefix: prefix) {
                    candidate = end
                    skipFrom = .max
                } else {
                    skipFrom = fork
                }
            }
            end &+= 1
        }
        let entry = entries[candidate]
        guard let difference = Fork(key, keyCount, entry.keyBase, entry.keyCount, prefix: prefix) else {
            return (candidate, true)
        }
        if difference.position == .max { return searchByComparing(key, keyCount, from: start, to: end) }
        // The key parts from the candidate there, and with it from all that share more with the candidate than it does.
        if difference.isLeftGreater {
            var index = candidate &+ 1
            while index < end && forks[index] > difference.position { index &+= 1 }
            return (index, false)
        }
        var index = candidate
        while index > start && forks[index] > difference.position { index &-= 1 }
        return (index, false)
    }

    /// For keys that differ too far behind the prefix for forks to say where.
    private func searchByComparing(
        _ key: UnsafeRawPointer, _ keyCount: Int, from start: Int, to end: Int
    ) -> (index: Int, found: Bool) {
        var low = start
        var high = end
        while low < high {
            let middle = low &+ (high &- low) &>> 1
            let entry = entries[middle]
            let order = RawBytes.compare(entry.keyBase, entry.keyCount, key, keyCount, from: prefixLength)
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
        (forks + index + 1).update(from: forks + index, count: moved)
        self.count = count &+ 1
        place(entry, at: index)
    }

    /// Writes `entry` at `index`, over what was there.
    func place(_ entry: Entry, at index: Int) {
        heads[index] = RawBytes.head(entry.keyBase, entry.keyCount, offset: prefixLength)
        entries[index] = entry
        findFork(before: index)
        if index &+ 1 < count { findFork(before: index &+ 1) }
    }

    /// Computes fork `index`. Between different heads there is no need for one.
    private func findFork(before index: Int) {
        guard index > 0, heads[index &- 1] == heads[index] else {
            forks[index] = 0
            return
        }
        let left = entries[index &- 1]
        let right = entries[index]
        let fork = Fork(left.keyBase, left.keyCount, right.keyBase, right.keyCount, prefix: prefixLength)
        forks[index] = fork?.position ?? .max
    }

    func remove(at index: Int) {
        let moved = count &- index &- 1
        if moved > 0 {
            // What two keys share that a third one stood between is what both share with that one.
            forks[index &+ 1] = min(forks[index], forks[index &+ 1])
        }
        (heads + index).update(from: heads + index + 1, count: moved)
        (entries + index).update(from: entries + index + 1, count: moved)
        (forks + index).update(from: forks + index + 1, count: moved)
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

    /// Sets the prefix that the fences allow and computes all heads and forks, after entries were moved in without
    /// them or the fences have changed: heads of different prefixes must never stand side by side.
    func fillHeads(low: Entry?, high: Entry?) {
        let length = Node.prefixLength(low: low, high: high)
        prefixLength = length
        for index in 0..<count {
            let entry = entries[index]
            heads[index] = RawBytes.head(entry.keyBase, entry.keyCount, offset: length)
            findFork(before: index)
        }
    }
}

/// Where two keys part: the first bit in which they differ. Each byte counts as nine bits, the first of which says that
/// the byte is there, so that a key and its own beginning differ, too.
struct Fork {
    /// Counted from the end of the node's prefix; `UInt16.max` if it is too far behind it.
    let position: UInt16
    let isLeftGreater: Bool

    /// Nil if the keys are equal. Both begin with the same `prefix` bytes.
    @inline(__always)
    init?(
        _ left: UnsafeRawPointer, _ leftCount: Int, _ right: UnsafeRawPointer, _ rightCount: Int, prefix: Int
    ) {
        let shared = RawBytes.commonPrefix(left, leftCount, right, rightCount, from: prefix)
        let bit: Int
        if shared < min(leftCount, rightCount) {
            let leftByte = left.load(fromByteOffset: shared, as: UInt8.self)
            let rightByte = right.load(fromByteOffset: shared, as: UInt8.self)
            bit = 1 &+ (leftByte ^ rightByte).leadingZeroBitCount
            isLeftGreater = leftByte > rightByte
        } else {
            if leftCount == rightCount { return nil }
            bit = 0
            isLeftGreater = leftCount > rightCount
        }
        position = UInt16(min((shared &- prefix) &* 9 &+ bit, Int(UInt16.max)))
    }

    /// The key's bit at a position counted from the end of the prefix.
    @inline(__always)
    static func bit(of key: UnsafeRawPointer, _ keyCount: Int, _ position: UInt16, prefix: Int) -> Bool {
        let (byte, bit) = Int(position).quotientAndRemainder(dividingBy: 9)
        let offset = prefix &+ byte
        guard offset < keyCount else { return false }
        if bit == 0 { return true }
        return key.load(fromByteOffset: offset, as: UInt8.self) & (0x100 &>> UInt16(bit)).lowByte != 0
    }
}

extension UInt16 {
    @inline(__always) fileprivate var lowByte: UInt8 { UInt8(truncatingIfNeeded: self) }
}
