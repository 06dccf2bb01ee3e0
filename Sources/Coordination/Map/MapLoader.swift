/// Builds a tree from entries that arrive in ascending order of their keys: from a snapshot, leaf by leaf, without
/// searching.
struct MapLoader: ~Copyable {
    /// Entries per leaf and separators per inner node; some room is left for insertions.
    private static let fill = 50

    /// The nodes of each level so far. A finished level's neighbours are divided by `separators`.
    private var leaves: [Node] = []
    private var separators: [Entry] = []
    private var last: Entry?
    private var count: UInt64 = 0
    private var digest = MapDigest()
    private var isFinished = false

    deinit {
        guard !isFinished else { return }
        for separator in separators { separator.free() }
        for leaf in leaves {
            for index in 0..<leaf.count { leaf.entries[index].free() }
            leaf.free()
        }
    }

    /// The digest of the entries so far.
    var currentDigest: MapDigest { digest }
    var currentCount: UInt64 { count }

    /// Appends an entry, which belongs to the loader from now on. Returns false, and takes nothing, if its key does not
    /// sort after the last one's.
    mutating func append(_ entry: Entry) -> Bool {
        if let last, RawBytes.compare(last.keyBase, last.keyCount, entry.keyBase, entry.keyCount) >= 0 { return false }
        if leaves.isEmpty || leaves[leaves.count - 1].count == MapLoader.fill {
            if let last {
                let shared = RawBytes.commonPrefix(last.keyBase, last.keyCount, entry.keyBase, entry.keyCount)
                separators.append(.separator(UnsafeRawBufferPointer(start: entry.keyBase, count: shared + 1)))
            }
            leaves.append(Node.make(level: 0, batch: 0))
        }
        let leaf = leaves[leaves.count - 1]
        leaf.entries[leaf.count] = entry
        leaf.count += 1
        last = entry
        count &+= 1
        digest.add(entry.hash)
        return true
    }

    /// The finished tree. The nodes carry batch 0: they are copied before they change, as any published one.
    consuming func finish() -> (root: Node, count: UInt64, digest: MapDigest) {
        isFinished = true
        if leaves.isEmpty { leaves.append(Node.make(level: 0, batch: 0)) }
        var nodes = leaves
        var between = separators
        var level = 0
        while true {
            for (position, node) in nodes.enumerated() {
                let low = position > 0 ? between[position - 1] : nil
                let high = position < between.count ? between[position] : nil
                node.fillHeads(low: low, high: high)
            }
            if nodes.count == 1 { break }
            level += 1
            (nodes, between) = MapLoader.parents(of: nodes, separators: between, level: level)
        }
        return (nodes[0], count, digest)
    }

    /// The inner nodes over `nodes`, and the separators between those.
    private static func parents(of nodes: [Node], separators: [Entry], level: Int) -> ([Node], [Entry]) {
        var parents: [Node] = []
        var between: [Entry] = []
        var position = 0
        while position < nodes.count {
            // Never leave a single child for the last parent: take one less here then.
            var children = min(fill + 1, nodes.count - position)
            if nodes.count - position - children == 1 { children -= 1 }
            let parent = Node.make(level: level, batch: 0)
            parent.children.update(from: Array(nodes[position..<(position + children)]), count: children)
            for index in 0..<(children - 1) { parent.entries[index] = separators[position + index] }
            parent.count = children - 1
            parents.append(parent)
            position += children
            if position < nodes.count { between.append(separators[position - 1]) }
        }
        return (parents, between)
    }
}
