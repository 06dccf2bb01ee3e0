import Testing

@testable import Coordination

/// How keys look in a randomized run.
enum KeyShape: CaseIterable, Sendable {
    /// Few letters, zero among them: many keys are prefixes of others.
    case dense
    case random
    case paths
    case ascending
    case descending
    /// Long shared beginnings.
    case long

    func key(_ generator: inout SplitMix, step: Int) -> [UInt8] {
        switch self {
        case .dense: return generator.bytes(generator.below(12), alphabet: 0...2)
        case .random: return generator.bytes(generator.below(24))
        case .paths:
            let service = String(1000 + generator.below(20))
            return Array("z/services/svc-\(service)/instances\u{0}i-\(generator.below(400))".utf8)
        case .ascending: return bigEndian(UInt64(step))
        case .descending: return bigEndian(UInt64(1_000_000 - step))
        case .long:
            let stem = [UInt8](repeating: 0x61, count: [0, 7, 8, 9, 300, 8000][generator.below(6)])
            return stem + generator.bytes(generator.below(4), alphabet: 0x60...0x63)
        }
    }

    private func bigEndian(_ value: UInt64) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
}

@Suite struct `A versioned map` {
    @Test(arguments: KeyShape.allCases, 0..<4)
    func `holds what a sorted array would`(shape: KeyShape, seed: Int) {
        var generator = SplitMix(seed: UInt64(seed) &* 7919 &+ UInt64(shape.hashSeed))
        var map = VersionedMap()
        var reader = MapReader(map.core)
        var model = MapModel()
        // Some runs grow, some shrink, some do both in turns.
        for step in 0..<4000 {
            let isShrinking = (step / (400 + seed * 100)) % 2 == 1
            let key =
                isShrinking && !model.keys.isEmpty && generator.below(4) > 0
                ? model.keys[generator.below(model.keys.count)] : shape.key(&generator, step: step)
            apply(to: &map, &model, key: key, isShrinking: isShrinking, &generator)
            if generator.below(32) == 0 { map.publish() }
            if step % 500 == 499 {
                map.publish()
                check(&reader, model)
                checkNeighbours(map, model, shape.key(&generator, step: step))
            }
        }
        while let key = model.keys.last {
            expectEqual(map.remove(key), true)
            model.remove(key)
        }
        map.publish()
        check(&reader, model)
        expectEqual(map.digest, MapDigest())
    }

    private func apply(
        to map: inout VersionedMap, _ model: inout MapModel, key: [UInt8], isShrinking: Bool,
        _ generator: inout SplitMix
    ) {
        let known = model.get(key)
        switch generator.below(isShrinking ? 10 : 4) {
        case 0..<2:
            let size = [0, 1, 20, 64, 1024, 1025, 3000][generator.below(generator.below(8) == 0 ? 7 : 4)]
            let value = MapModel.Value(header: generator.bytes(generator.below(20)), body: generator.bytes(size))
            expectEqual(map.put(key, header: value.header, body: value.body), known != nil)
            model.put(key, value)
        case 2:
            let header = generator.bytes(generator.below(30))
            expectEqual(map.putHeader(key, header), known != nil)
            if let known { model.put(key, MapModel.Value(header: header, body: known.body)) }
        case 3 where !isShrinking:
            expectEqual(map.get(key)?.value, known)
        default:
            expectEqual(map.remove(key), known != nil)
            model.remove(key)
        }
    }

    private func check(_ reader: inout MapReader, _ model: MapModel) {
        reader.pin { version in
            let (keys, values) = version.contents()
            // Not compared inside the macro: it would print thousands of keys.
            let isEqual = keys == model.keys && values == model.values
            #expect(isEqual)
            #expect(version.count == UInt64(model.keys.count))
            let shape = TreeShape(version.root)
            #expect(shape.faults == [])
            #expect(shape.entries == model.keys.count)
            #expect(shape.digest == version.digest)
            for key in model.keys where version.get(key)?.value != model.get(key) {
                Issue.record("a key that iteration finds and a search does not")
            }
        }
    }

    private func checkNeighbours(_ map: borrowing VersionedMap, _ model: MapModel, _ key: [UInt8]) {
        let position = model.position(of: key)
        let next = position < model.keys.count ? model.keys[position] : nil
        let previous = position > 0 ? model.keys[position - 1] : nil
        expectEqual(key.withUnsafeBytes { map.first(notBefore: $0)?.keyArray }, next)
        expectEqual(key.withUnsafeBytes { map.last(before: $0)?.keyArray }, previous)
    }

    @Test(arguments: 0..<8)
    func `a cursor goes on and back from any key`(seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        var map = VersionedMap()
        var model = MapModel()
        for step in 0..<(seed * 150) {
            let key = KeyShape.dense.key(&generator, step: step) + generator.bytes(2, alphabet: 0...9)
            map.put(key)
            model.put(key, MapModel.Value(header: [], body: []))
        }
        var cursor = MapCursor(root: map.root)
        expectEqual(cursor.entry?.keyArray, nil)
        for _ in 0..<200 {
            let key = KeyShape.dense.key(&generator, step: 0)
            var position = model.position(of: key)
            key.withUnsafeBytes { _ = cursor.seek($0) }
            for _ in 0..<100 {
                let expected = model.keys.indices.contains(position) ? model.keys[position] : nil
                expectEqual(cursor.entry?.keyArray, expected)
                guard expected != nil else { break }
                if generator.below(2) == 0 {
                    cursor.next()
                    position += 1
                } else {
                    cursor.previous()
                    position -= 1
                }
            }
        }
    }

    @Test func `a pinned version stays as it was while the map changes`() {
        var generator = SplitMix(seed: 11)
        var map = VersionedMap()
        var model = MapModel()
        var pins: [(pin: PinBox, model: MapModel)] = []
        for step in 0..<3000 {
            let key = KeyShape.paths.key(&generator, step: step)
            if generator.below(3) == 0 {
                map.remove(key)
                model.remove(key)
            } else {
                let body = generator.bytes(generator.below(50) == 0 ? 2000 : 10)
                map.put(key, body: body)
                model.put(key, MapModel.Value(header: [], body: body))
            }
            if step % 20 == 0 { map.publish() }
            if step % 300 == 0 { pins.append((PinBox(map.core), model)) }
            if step % 700 == 699, let (box, then) = pins.popLast() {
                #expect(box.pin.version.contents().values == then.values)
            }
        }
        for (box, then) in pins {
            #expect(box.pin.version.contents().keys == then.keys)
            #expect(TreeShape(box.pin.version.root).digest == box.pin.version.digest)
        }
    }

    /// Keeps a pin in an array.
    private final class PinBox {
        let pin: MapPin
        init(_ core: MapCore) { pin = MapPin(core) }
    }

    @Test func `readers outlive the map and see its last state`() {
        var reader: MapReader
        let box: PinBox
        do {
            var map = VersionedMap()
            reader = MapReader(map.core)
            for index in 0..<500 { map.put(Array("key \(index)".utf8), body: [UInt8](repeating: 1, count: 1500)) }
            map.publish()
            box = PinBox(map.core)
            for index in 0..<400 { map.remove(Array("key \(index)".utf8)) }
        }
        expectEqual(reader.pin { $0.count }, 100)
        #expect(box.pin.version.contents().keys.count == 500)
    }

    @Test func `deletion gives memory back`() {
        var generator = SplitMix(seed: 5)
        var map = VersionedMap()
        var keys = (0..<20_000).map { Array("/services/\($0 % 97)/\u{0}\($0)".utf8) }
        for key in keys { map.put(key, body: [1, 2, 3]) }
        map.publish()
        let full = TreeShape(map.root)
        keys.shuffle(using: &generator)
        for key in keys.dropFirst(200) {
            map.remove(key)
            if generator.below(64) == 0 { map.publish() }
        }
        for _ in 0..<200 { map.publish() }
        let sparse = TreeShape(map.root)
        #expect(sparse.faults == [])
        #expect(sparse.entries == 200)
        #expect(sparse.leaves <= 200 / Node.countMin + 1)
        #expect(sparse.leaves + sparse.innerNodes < (full.leaves + full.innerNodes) / 10)
        expectEqual(map.backlog, 0)
    }

    @Test func `keys in ascending order fill the leaves`() {
        var map = VersionedMap()
        // The second series has a neighbour that stays behind it.
        map.put([9])
        for index in 0..<10_000 {
            map.put([5] + withUnsafeBytes(of: UInt64(index).bigEndian) { Array($0) })
        }
        let shape = TreeShape(map.root)
        #expect(shape.faults == [])
        #expect(shape.leaves <= 10_000 / 48)
    }

    @Test func `a node is copied at most once in a batch`() {
        var map = VersionedMap()
        for index in 0..<5000 { map.put(Array("key \(index)".utf8)) }
        map.publish()
        for _ in 0..<50 { map.publish() }
        expectEqual(map.backlog, 0)
        for _ in 0..<100 { map.put(Array("key 77".utf8), body: [1]) }
        // A hundred replaced entries, and one copy of each node on the way.
        expectEqual(map.backlog, 100 + map.root.level + 1)
    }

    @Test func `what is freed per publication is bounded`() {
        var map = VersionedMap()
        for index in 0..<20_000 { map.put(Array("key \(index)".utf8)) }
        map.publish()
        let box = PinBox(map.core)
        for index in 0..<20_000 { map.put(Array("key \(index)".utf8), body: [1]) }
        map.publish()
        let held = map.backlog
        #expect(held >= 20_000)
        _ = consume box
        var steps = 0
        var before = held
        while map.backlog > 0 {
            map.publish()
            let freed = before - map.backlog
            #expect(freed <= 1100)
            before = map.backlog
            steps += 1
        }
        #expect(steps > 10)
    }

    @Test func `a long body is shared, not copied`() throws {
        var map = VersionedMap()
        map.put([1], header: [1], body: [UInt8](repeating: 7, count: 100_000))
        let before = map.get([1])?.body.baseAddress
        map.publish()
        map.putHeader([1], [2, 2])
        guard let entry = map.get([1]) else { throw Missing() }
        #expect(entry.body.baseAddress == before)
        #expect(Array(entry.header) == [2, 2])
        let second = entry.bodyForReuse
        [UInt8(2)].withUnsafeBytes { _ = map.put($0, header: $0, body: second) }
        expectEqual(map.get([2])?.body.baseAddress, before)
        let bytes = entry.bodyBytes
        map.remove([1])
        map.remove([2])
        for _ in 0..<3 { map.publish() }
        #expect(bytes.count == 100_000 && bytes.allSatisfy { $0 == 7 })
    }

    @Test func `the digest depends on the contents alone`() {
        var generator = SplitMix(seed: 3)
        let keys = Set((0..<500).map { _ in generator.bytes(6, alphabet: 0...9) })
        let pairs = keys.sorted { $0.lexicographicallyPrecedes($1) }.map { ($0, generator.bytes(8)) }
        var first = VersionedMap()
        var second = VersionedMap()
        for (key, value) in pairs { first.put(key, header: value, body: value) }
        for (key, value) in pairs.shuffled(using: &generator) {
            second.put(key, header: [9], body: [9])
            second.put(value + [1, 2, 3])
            second.put(key, header: value, body: value)
        }
        for (_, value) in pairs { second.remove(value + [1, 2, 3]) }
        expectEqual(first.digest == second.digest, true)
        // Bytes that move from one part of an entry to the next make another entry.
        first.put([1, 2], header: [3], body: [4])
        second.put([1], header: [2, 3], body: [4])
        expectEqual(first.digest == second.digest, false)
    }

    @Test func `hashes are the same in every process`() {
        let bytes = (0..<100).map { UInt8($0) }
        let hashes = [0, 1, 7, 8, 16, 17, 100].map { count in
            bytes.withUnsafeBytes { RawBytes.hash(UnsafeRawBufferPointer(rebasing: $0[..<count]), seed: 1) }
        }
        #expect(hashes == recordedHashes)
    }

    @Test(arguments: [0, 1, 49, 50, 51, 100, 101, 50 * 51 - 1, 50 * 51, 50 * 51 + 1, 10_000])
    func `a tree loaded in order equals one that grew`(count: Int) {
        var grown = VersionedMap()
        var loader = MapLoader()
        var model = MapModel()
        for index in 0..<count {
            let key = Array("key \(1_000_000 + index)".utf8)
            grown.put(key, header: [1], body: key)
            model.put(key, MapModel.Value(header: [1], body: key))
            let entry = key.withUnsafeBytes { key in
                [UInt8(1)].withUnsafeBytes { Entry.make(key: key, header: $0, body: .copying(key)) }
            }
            expectEqual(loader.append(entry), true)
        }
        var loaded = VersionedMap()
        loaded.put([0])
        loaded.publish()
        var reader = MapReader(loaded.core)
        loaded.replaceAll(with: loader)
        loaded.publish()
        check(&reader, model)
        expectEqual(loaded.digest, grown.digest)
        for index in stride(from: 0, to: count, by: 3) {
            let key = Array("key \(1_000_000 + index)".utf8)
            loaded.remove(key)
            model.remove(key)
        }
        loaded.publish()
        check(&reader, model)
    }

    @Test func `a loader refuses keys out of order and frees what it has`() {
        var loader = MapLoader()
        for key: StaticString in ["b", "c"] {
            expectEqual(loader.append(.separator(UnsafeRawBufferPointer(start: key.start, count: 1))), true)
        }
        for key: StaticString in ["c", "a"] {
            let entry = Entry.separator(UnsafeRawBufferPointer(start: key.start, count: 1))
            expectEqual(loader.append(entry), false)
            entry.free()
        }
    }
}

private struct Missing: Error {}

extension StaticString {
    fileprivate var start: UnsafeRawPointer { UnsafeRawPointer(utf8Start) }
}

extension KeyShape {
    fileprivate var hashSeed: Int { KeyShape.allCases.firstIndex(of: self) ?? 0 }
}

/// Recorded once; they must never change, for digests of different releases are compared.
private let recordedHashes: [UInt64] = [
    6_635_084_210_259_407_062, 7_265_093_493_223_479_652, 13_246_615_193_562_980_847, 10_665_596_018_024_567_248,
    941_927_490_120_340_196, 17_173_442_311_935_257_259, 9_750_363_320_474_496_209,
]
