/// Searches from a root downwards. Read-only, for the writer's private version as for a pinned one.
enum MapSearch {
    @inline(__always)
    private static func base(_ key: UnsafeRawBufferPointer) -> UnsafeRawPointer {
        // A search with the empty key never reads from the pointer.
        key.baseAddress ?? UnsafeRawPointer(UnsafeMutableRawPointer(bitPattern: 8).unsafelyUnwrapped)
    }

    @inline(__always)
    static func get(_ root: Node, _ key: UnsafeRawBufferPointer) -> Entry? {
        let keyBase = base(key)
        var node = root
        while !node.isLeaf {
            node = node.children[node.childIndex(for: keyBase, key.count)]
        }
        let (index, found) = node.search(keyBase, key.count)
        return found ? node.entries[index] : nil
    }

    static func first(_ root: Node, notBefore key: UnsafeRawBufferPointer) -> Entry? {
        let keyBase = base(key)
        var node = root
        /// The nearest subtree right of the way down.
        var right: Node?
        while !node.isLeaf {
            let index = node.childIndex(for: keyBase, key.count)
            if index < node.count { right = node.children[index &+ 1] }
            node = node.children[index]
        }
        let index = node.search(keyBase, key.count).index
        if index < node.count { return node.entries[index] }
        guard var next = right else { return nil }
        while !next.isLeaf { next = next.children[0] }
        return next.entries[0]
    }

    static func last(_ root: Node, before key: UnsafeRawBufferPointer) -> Entry? {
        let keyBase = base(key)
        var node = root
        /// The nearest subtree left of the way down.
        var left: Node?
        while !node.isLeaf {
            let index = node.childIndex(for: keyBase, key.count)
            if index > 0 { left = node.children[index &- 1] }
            node = node.children[index]
        }
        let index = node.search(keyBase, key.count).index
        if index > 0 { return node.entries[index &- 1] }
        guard var previous = left else { return nil }
        while !previous.isLeaf { previous = previous.children[previous.count] }
        return previous.entries[previous.count &- 1]
    }

    /// Goes down to the leaf for `key`, noting the way in `steps`. Returns whether the key is there.
    @inline(__always)
    static func descend(
        _ root: Node, _ key: UnsafeRawBufferPointer, steps: UnsafeMutablePointer<VersionedMap.Step>
    ) -> Bool {
        let keyBase = base(key)
        var node = root
        var depth = 0
        while !node.isLeaf {
            let index = node.childIndex(for: keyBase, key.count)
            steps[depth] = VersionedMap.Step(node: node, index: index)
            node = node.children[index]
            depth &+= 1
        }
        let (index, found) = node.search(keyBase, key.count)
        steps[depth] = VersionedMap.Step(node: node, index: index)
        return found
    }
}
