/// How the tree keeps its shape: copying nodes before they change, splitting full ones, merging empty ones.
///
/// `steps[depth]` is the way that the last ``locate(_:)`` took; the leaf is at depth `root.level`.
extension VersionedMap {
    /// Searches for `key` and notes the way. Returns whether it is there.
    mutating func locate(_ key: UnsafeRawBufferPointer) -> Bool {
        precondition(root.level < VersionedMap.levelsMax, "a tree higher than memory allows")
        isFound = false
        return MapSearch.descend(root, key, steps: steps)
    }

    /// Makes all nodes on the noted way the writer's own.
    mutating func ownPath() {
        let leafDepth = root.level
        // A node of this batch has only parents of this batch, so the leaf's tells for all.
        if steps[leafDepth].node.batch == batch { return }
        for depth in 0...leafDepth {
            let node = steps[depth].node
            if node.batch == batch { continue }
            let copy = copy(of: node)
            steps[depth].node = copy
            if depth == 0 {
                root = copy
            } else {
                steps[depth - 1].node.children[steps[depth - 1].index] = copy
            }
        }
    }

    private mutating func makeNode(level: Int) -> Node { retired.spare.take(level: level, batch: batch) }

    /// A copy of a published node, which it replaces.
    private mutating func copy(of node: Node) -> Node {
        let copy = makeNode(level: node.level)
        copy.fill(from: node)
        retired.retire(node, version: batch)
        return copy
    }

    /// The child at `index` of a node of this batch, made the writer's own.
    private mutating func ownChild(of parent: Node, at index: Int) -> Node {
        let node = parent.children[index]
        if node.batch == batch { return node }
        let copy = copy(of: node)
        parent.children[index] = copy
        return copy
    }

    /// Lets go of a node whose contents have moved elsewhere.
    private mutating func discard(_ node: Node) {
        if node.batch == batch {
            retired.spare.put(node)  // Made in this batch: no reader has ever seen it.
        } else {
            retired.retire(node, version: batch)
        }
    }

    // MARK: Fences and prefixes

    /// The separators nearest to the node at `depth`, left and right of it; nil at the tree's ends.
    private func fences(depth: Int) -> (low: Entry?, high: Entry?) {
        var low: Entry?
        var high: Entry?
        var above = depth - 1
        while above >= 0 && (low == nil || high == nil) {
            let step = steps[above]
            if low == nil && step.index > 0 { low = step.node.entries[step.index - 1] }
            if high == nil && step.index < step.node.count { high = step.node.entries[step.index] }
            above -= 1
        }
        return (low, high)
    }

    /// The shortest key that sorts after `left` and not after `right`: enough to send searches the right way.
    private func makeSeparator(_ left: Entry, _ right: Entry) -> Entry {
        let shared = RawBytes.commonPrefix(left.keyBase, left.keyCount, right.keyBase, right.keyCount)
        return Entry.separator(UnsafeRawBufferPointer(start: right.keyBase, count: shared + 1))
    }

    // MARK: Insertion

    /// Inserts an entry that was not found, at the end of the noted way, all of which is the writer's own.
    mutating func insert(_ entry: Entry) {
        let depth = root.level
        let leaf = steps[depth].node
        let index = steps[depth].index
        guard leaf.count == Node.capacity else {
            leaf.insert(entry, at: index)
            leaf.lastInsertion = index + 1
            return
        }
        // Keys that arrive in ascending order fill the left node instead of leaving it half empty. A leaf that is
        // split has always taken in some thirty entries since it was made: hostile orders cannot leave many small ones.
        let isAscending = index == leaf.count || (index > Node.capacity / 2 && leaf.lastInsertion == index)
        let cut = isAscending ? index : Node.capacity / 2
        let right = makeNode(level: 0)
        right.entries.update(from: leaf.entries + cut, count: leaf.count - cut)
        right.count = leaf.count - cut
        leaf.count = cut
        let goesLeft = index < cut || (index == cut && right.count > 0)
        let separator: Entry
        if goesLeft {
            let lastLeft = index == cut ? entry : leaf.entries[cut - 1]
            separator = makeSeparator(lastLeft, right.entries[0])
        } else {
            let firstRight = index == cut ? entry : right.entries[0]
            separator = makeSeparator(leaf.entries[cut - 1], firstRight)
        }
        let (low, high) = fences(depth: depth)
        leaf.fillHeads(low: low, high: separator)
        right.fillHeads(low: separator, high: high)
        let target = goesLeft ? leaf : right
        let targetIndex = goesLeft ? index : index - cut
        target.insert(entry, at: targetIndex)
        target.lastInsertion = targetIndex + 1
        insert(separator: separator, right: right, depth: depth - 1)
    }

    /// Puts a separator and the new node right of it into the inner node at `depth`, or on top of the root at -1.
    private mutating func insert(separator: Entry, right: Node, depth: Int) {
        guard depth >= 0 else {
            let top = makeNode(level: root.level + 1)
            top.children[0] = root
            top.insert(separator: separator, rightChild: right, at: 0)
            root = top
            return
        }
        let node = steps[depth].node
        let index = steps[depth].index
        guard node.count == Node.capacity else {
            node.insert(separator: separator, rightChild: right, at: index)
            return
        }
        // An inner node splits in the middle, or near its end when keys arrive in ascending order.
        let cut = index == node.count ? Node.capacity - 3 : Node.capacity / 2
        let promoted = node.entries[cut]
        let sibling = makeNode(level: node.level)
        let moved = node.count - cut - 1
        sibling.entries.update(from: node.entries + cut + 1, count: moved)
        sibling.children.update(from: node.children + cut + 1, count: moved + 1)
        sibling.count = moved
        node.count = cut
        let (low, high) = fences(depth: depth)
        node.fillHeads(low: low, high: promoted)
        sibling.fillHeads(low: promoted, high: high)
        if index <= cut {
            node.insert(separator: separator, rightChild: right, at: index)
        } else {
            sibling.insert(separator: separator, rightChild: right, at: index - cut - 1)
        }
        insert(separator: promoted, right: sibling, depth: depth - 1)
    }

    // MARK: Deletion

    /// Brings the node at `depth`, which has become small, back to size with the help of a neighbour.
    mutating func refill(depth: Int) {
        let node = steps[depth].node
        guard depth > 0 else {
            if !node.isLeaf && node.count == 0 {
                // A root with one child gives way to it. The child has no fences either, so its prefix is 0 already.
                root = node.children[0]
                discard(node)
            }
            return
        }
        let parent = steps[depth - 1].node
        let leftPosition = max(0, steps[depth - 1].index - 1)
        let separator = parent.entries[leftPosition]
        let total =
            parent.children[leftPosition].count + parent.children[leftPosition + 1].count + (node.isLeaf ? 0 : 1)
        // The outer fences of both: found from above, as if the way led through the left one and through the right one.
        steps[depth - 1].index = leftPosition
        let low = fences(depth: depth).low
        steps[depth - 1].index = leftPosition + 1
        let high = fences(depth: depth).high
        let left = ownChild(of: parent, at: leftPosition)
        if total <= Node.mergedCountMax {
            let right = parent.children[leftPosition + 1]
            scratch.gather(left, separator: separator, right)
            scratch.spread(from: 0, count: total, into: left)
            left.fillHeads(low: low, high: high)
            parent.removeSeparatorAndRightChild(at: leftPosition)
            discard(right)
            // An inner node has taken the separator down; over leaves it is needed no more.
            if left.isLeaf { retired.retire(separator, version: batch) }
            if parent.count < (depth == 1 ? 1 : Node.countMin) { refill(depth: depth - 1) }
            return
        }
        let right = ownChild(of: parent, at: leftPosition + 1)
        scratch.gather(left, separator: separator, right)
        evenOut(left, right, under: parent, at: leftPosition, total: total, low: low, high: high)
    }

    /// Gives each of two neighbours half of what was gathered from them, with a new separator between them.
    private mutating func evenOut(
        _ left: Node, _ right: Node, under parent: Node, at position: Int, total: Int, low: Entry?, high: Entry?
    ) {
        let pulledDown = left.isLeaf ? 0 : 1
        let leftCount = (total - pulledDown) / 2
        let fresh: Entry
        if left.isLeaf {
            fresh = makeSeparator(scratch.entries[leftCount - 1], scratch.entries[leftCount])
            retired.retire(parent.entries[position], version: batch)
        } else {
            fresh = scratch.entries[leftCount]
        }
        scratch.spread(from: 0, count: leftCount, into: left)
        scratch.spread(from: leftCount + pulledDown, count: total - leftCount - pulledDown, into: right)
        left.fillHeads(low: low, high: fresh)
        right.fillHeads(low: fresh, high: high)
        parent.place(fresh, at: position)
    }
}

/// Room for the contents of two neighbouring nodes while they are merged or evened out.
struct MapScratch {
    let entries: UnsafeMutablePointer<Entry>
    private let children: UnsafeMutablePointer<Node>

    init() {
        entries = .allocate(capacity: 2 * Node.capacity + 1)
        children = .allocate(capacity: 2 * Node.capacity + 2)
    }

    func free() {
        entries.deallocate()
        children.deallocate()
    }

    /// Lines up the contents of both nodes; in inner nodes the separator between them stands in the middle.
    func gather(_ left: Node, separator: Entry, _ right: Node) {
        var count = left.count
        entries.update(from: left.entries, count: count)
        if !left.isLeaf {
            children.update(from: left.children, count: count + 1)
            (children + count + 1).update(from: right.children, count: right.count + 1)
            entries[count] = separator
            count += 1
        }
        (entries + count).update(from: right.entries, count: right.count)
    }

    /// Gives entries `start ..< start + count`, and the children around them, to `node`. Its heads are left stale.
    func spread(from start: Int, count: Int, into node: Node) {
        node.entries.update(from: entries + start, count: count)
        node.count = count
        node.lastInsertion = 0
        if !node.isLeaf { node.children.update(from: children + start, count: count + 1) }
    }
}
