/// Memory that the newest version no longer reaches, in the order in which it was replaced, waiting until no reader can
/// reach it either. Used by the writer alone.
struct RetiredQueue {
    private enum Kind: UInt {
        case entry = 0
        /// A node without what it points to.
        case node = 1
        /// A node with all entries, separators and nodes below it.
        case tree = 2
        case record = 3
    }

    /// A pointer with its kind in the low bits, which the allocator's alignment of eight leaves free.
    private struct Item {
        let bits: UInt

        init(_ pointer: UnsafeMutableRawPointer, _ kind: Kind) {
            bits = UInt(bitPattern: pointer) | kind.rawValue
        }

        var pointer: UnsafeMutableRawPointer {
            guard let pointer = UnsafeMutableRawPointer(bitPattern: bits & ~7) else {
                preconditionFailure("a retired null pointer")
            }
            return pointer
        }

        var kind: Kind {
            guard let kind = Kind(rawValue: bits & 7) else { preconditionFailure("an unknown kind of retired memory") }
            return kind
        }
    }

    /// The items up to position `end` (counted from the queue's birth) belong to this version or an earlier one.
    private struct Mark {
        let version: UInt64
        var end: Int
    }

    private var items: [Item] = []
    /// The position in `items` of the oldest item not yet freed.
    private var head = 0
    /// How many items have been dropped from the front of `items`.
    private var dropped = 0
    private var marks: [Mark] = []
    private var firstMark = 0
    /// Freed nodes, for the next copies.
    var spare = SpareNodes()
    /// Nodes of a retired tree that are being freed.
    private var treeNodes: [Node] = []

    /// The number of items that wait.
    var count: Int { items.count - head + treeNodes.count }

    mutating func retire(_ entry: Entry, version: UInt64) { append(Item(entry.raw, .entry), version) }
    mutating func retire(_ node: Node, version: UInt64) { append(Item(node.raw, .node), version) }
    mutating func retireTree(_ node: Node, version: UInt64) { append(Item(node.raw, .tree), version) }
    mutating func retire(_ record: UnsafeMutablePointer<MapRecord>, version: UInt64) {
        append(Item(UnsafeMutableRawPointer(record), .record), version)
    }

    private mutating func append(_ item: Item, _ version: UInt64) {
        items.append(item)
        let end = dropped + items.count
        if let last = marks.indices.last, last >= firstMark, marks[last].version == version {
            marks[last].end = end
        } else {
            marks.append(Mark(version: version, end: end))
        }
    }

    /// Frees at most about `limit` items whose version is not after `version`: readers at `version` or later cannot
    /// reach them. Returns the number of items freed.
    @discardableResult
    mutating func free(upTo version: UInt64, limit: Int) -> Int {
        var freed = freeTreeNodes(limit: limit)
        while freed < limit, firstMark < marks.count, marks[firstMark].version <= version {
            let end = marks[firstMark].end - dropped
            while head < end, freed < limit {
                freed += free(items[head])
                head += 1
            }
            guard head == end else { break }
            firstMark += 1
            freed += freeTreeNodes(limit: limit - freed)
        }
        dropFreed()
        return freed
    }

    /// Frees everything. Nobody may be reading.
    mutating func freeAll() {
        while count > 0 { free(upTo: .max, limit: .max) }
        spare.freeAll()
    }

    private mutating func free(_ item: Item) -> Int {
        switch item.kind {
        case .entry: Entry(raw: item.pointer).free()
        case .node: spare.put(Node(raw: item.pointer))
        case .record: item.pointer.assumingMemoryBound(to: MapRecord.self).deallocate()
        case .tree: treeNodes.append(Node(raw: item.pointer))
        }
        return 1
    }

    /// Frees whole trees node by node: a leaf at a time at the least.
    private mutating func freeTreeNodes(limit: Int) -> Int {
        var freed = 0
        while freed < limit, let node = treeNodes.popLast() {
            let count = node.count
            for index in 0..<count { node.entries[index].free() }
            if !node.isLeaf {
                for index in 0...count { treeNodes.append(node.children[index]) }
            }
            node.free()
            freed += count + 1
        }
        return freed
    }

    /// Closes the gap at the front once it is the larger part, so that each item is moved at most once on average.
    private mutating func dropFreed() {
        if head > 1024 && head > items.count / 2 {
            items.removeFirst(head)
            dropped += head
            head = 0
            // After a long read has let a backlog go, its room goes too.
            if items.capacity > 65_536 && items.count < items.capacity / 8 { items = Array(items[...]) }
        }
        if firstMark > 64 && firstMark > marks.count / 2 {
            marks.removeFirst(firstMark)
            firstMark = 0
        }
    }
}

/// Nodes that are free, kept for reuse: each batch copies about as many as it sets free, and all of two sizes.
struct SpareNodes {
    #if DEBUG
    // None, so that a sanitizer sees each use of freed memory.
    private static let countMax = 0
    #else
    private static let countMax = 256
    #endif

    private var leaves: [Node] = []
    private var inner: [Node] = []

    mutating func put(_ node: Node) {
        if node.isLeaf {
            leaves.count < SpareNodes.countMax ? leaves.append(node) : node.free()
        } else {
            inner.count < SpareNodes.countMax ? inner.append(node) : node.free()
        }
    }

    /// An empty node.
    mutating func take(level: Int, batch: UInt64) -> Node {
        guard let node = level == 0 ? leaves.popLast() : inner.popLast() else {
            return Node.make(level: level, batch: batch)
        }
        node.clear(level: level, batch: batch)
        return node
    }

    mutating func freeAll() {
        for node in leaves + inner { node.free() }
        leaves = []
        inner = []
    }
}
