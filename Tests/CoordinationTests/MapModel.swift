@testable import Coordination

/// What a ``VersionedMap`` should contain: a sorted array.
struct MapModel: Sendable {
    struct Value: Equatable {
        var header: [UInt8]
        var body: [UInt8]
    }

    private(set) var keys: [[UInt8]] = []
    private(set) var values: [Value] = []

    /// The position of the first key that is not before `key`.
    func position(of key: [UInt8]) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func contains(_ key: [UInt8]) -> Bool {
        let position = position(of: key)
        return position < keys.count && keys[position] == key
    }

    func get(_ key: [UInt8]) -> Value? {
        let position = position(of: key)
        return position < keys.count && keys[position] == key ? values[position] : nil
    }

    mutating func put(_ key: [UInt8], _ value: Value) {
        let position = position(of: key)
        if position < keys.count && keys[position] == key {
            values[position] = value
        } else {
            keys.insert(key, at: position)
            values.insert(value, at: position)
        }
    }

    mutating func remove(_ key: [UInt8]) {
        let position = position(of: key)
        guard position < keys.count && keys[position] == key else { return }
        keys.remove(at: position)
        values.remove(at: position)
    }
}

extension Entry {
    var keyArray: [UInt8] { Array(key) }
    var value: MapModel.Value { MapModel.Value(header: Array(header), body: Array(body)) }
}

extension VersionedMap {
    @discardableResult
    mutating func put(_ key: [UInt8], header: [UInt8] = [], body: [UInt8] = []) -> Bool {
        key.withUnsafeBytes { key in
            header.withUnsafeBytes { header in
                body.withUnsafeBytes { body in put(key, header: header, body: .copying(body)) }
            }
        }
    }

    @discardableResult
    mutating func putHeader(_ key: [UInt8], _ header: [UInt8]) -> Bool {
        key.withUnsafeBytes { key in header.withUnsafeBytes { header in putHeader(key, header) } }
    }

    @discardableResult
    mutating func remove(_ key: [UInt8]) -> Bool {
        key.withUnsafeBytes { remove($0) }
    }

    func get(_ key: [UInt8]) -> Entry? { key.withUnsafeBytes { get($0) } }

    mutating func publish() { publish(tag: MapRecord.Tag()) }
}

extension MapVersion {
    func get(_ key: [UInt8]) -> Entry? { key.withUnsafeBytes { get($0) } }

    /// All keys and values, in order.
    func contents() -> (keys: [[UInt8]], values: [MapModel.Value]) {
        var keys: [[UInt8]] = []
        var values: [MapModel.Value] = []
        var cursor = MapCursor(root: root)
        var entry = [UInt8]().withUnsafeBytes { cursor.seek($0) }
        while let current = entry {
            keys.append(current.keyArray)
            values.append(current.value)
            entry = cursor.next()
        }
        return (keys, values)
    }
}

/// What a walk over a whole tree found.
struct TreeShape {
    var entries = 0
    var leaves = 0
    var innerNodes = 0
    var digest = MapDigest()
    var faults: [String] = []

    /// Walks the tree and checks everything that the node format promises.
    init(_ root: Node) {
        walk(root, level: root.level, low: nil, high: nil, isRoot: true)
    }

    private mutating func walk(_ node: Node, level: Int, low: [UInt8]?, high: [UInt8]?, isRoot: Bool) {
        expect(node.level == level, "a node of level \(node.level) where \(level) belongs")
        expect(isRoot || node.count > 0 || !node.isLeaf, "an empty leaf below the root")
        expect(node.isLeaf || node.count > 0, "an inner node with one child")
        var shared = 0
        if let low, let high { shared = zip(low, high).prefix { $0 == $1 }.count }
        expect(node.prefixLength <= shared, "a prefix longer than the fences share")
        var previous: [UInt8]?
        for index in 0..<node.count {
            let entry = node.entries[index]
            let key = entry.keyArray
            if let previous { expect(previous.lexicographicallyPrecedes(key), "keys out of order") }
            if let low { expect(!key.lexicographicallyPrecedes(low), "a key below its fence") }
            if let high { expect(key.lexicographicallyPrecedes(high), "a key above its fence") }
            let head = RawBytes.head(entry.keyBase, entry.keyCount, offset: node.prefixLength)
            expect(node.heads[index] == head, "a stale head")
            if index > 0, node.heads[index - 1] == head {
                let left = node.entries[index - 1]
                let fork = Fork(
                    left.keyBase, left.keyCount, entry.keyBase, entry.keyCount, prefix: node.prefixLength)
                expect(node.forks[index] == fork?.position, "a stale fork")
            }
            previous = key
            if node.isLeaf { digest.add(entry.hash) }
        }
        guard !node.isLeaf else {
            leaves += 1
            entries += node.count
            return
        }
        innerNodes += 1
        for index in 0...node.count {
            let childLow = index > 0 ? node.entries[index - 1].keyArray : low
            let childHigh = index < node.count ? node.entries[index].keyArray : high
            walk(node.children[index], level: level - 1, low: childLow, high: childHigh, isRoot: false)
        }
    }

    private mutating func expect(_ holds: Bool, _ fault: @autoclosure () -> String) {
        if !holds && faults.count < 10 { faults.append(fault()) }
    }
}
