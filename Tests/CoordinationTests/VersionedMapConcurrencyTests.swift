import ByteString
import Foundation
import Synchronization
import Testing

@testable import Coordination

/// Runs writer and readers on threads of their own. Meant to be run under ThreadSanitizer and AddressSanitizer too
/// (`swift test --sanitize=thread --filter Concurrency`).
@Suite struct `Concurrency of a versioned map` {
    private static let keys = 3000

    /// Whatever readers hold against the map.
    private final class Findings: Sendable {
        let isDone = Atomic<Bool>(false)
        let faults = Mutex<[String]>([])
        let reads = Atomic<Int>(0)

        func report(_ fault: String) { faults.withLock { if $0.count < 10 { $0.append(fault) } } }
    }

    @Test func `readers see whole versions while keys come and go`() {
        let findings = Findings()
        var map = VersionedMap()
        let core = map.core
        var threads: [Thread] = []
        let ended = DispatchSemaphore(value: 0)
        for index in 0..<3 {
            let thread = Thread {
                var generator = SplitMix(seed: UInt64(index) + 100)
                index == 0 ? walkPins(core, findings, &generator) : readShortly(core, findings, &generator)
                ended.signal()
            }
            thread.start()
            threads.append(thread)
        }
        write(&map, batches: 400)
        // On a busy machine the readers may have had no turn yet.
        while findings.reads.load(ordering: .relaxed) < 50 && findings.faults.withLock({ $0.isEmpty }) {
            write(&map, batches: 20)
        }
        findings.isDone.store(true, ordering: .relaxed)
        for _ in threads { ended.wait() }
        #expect(findings.faults.withLock { $0 } == [])
        for _ in 0..<2000 where map.backlog > 0 { map.publish() }
        expectEqual(map.backlog, 0)
    }

    /// Batches in which about as many keys come as go, in waves, so that nodes are split and merged.
    private func write(_ map: inout VersionedMap, batches: Int) {
        var generator = SplitMix(seed: 1)
        for batch in 0..<batches {
            let isShrinking = (batch / 40) % 2 == 1
            for _ in 0..<64 {
                let key = Array("z/services/\u{0}i-\(generator.below(Self.keys))".utf8)
                switch generator.below(8) {
                case 0..<(isShrinking ? 6 : 2): map.remove(key)
                case 6: map.putHeader(key, generator.bytes(9))
                case 7: map.put(key, body: [UInt8](repeating: UInt8(batch & 255), count: 1500))
                default: map.put(key, header: [1], body: generator.bytes(20))
                }
            }
            let revision = map.count &+ UInt64(batch) << 32
            map.put(Array("count".utf8), body: withUnsafeBytes(of: revision) { Array($0) })
            map.publish(tag: MapRecord.Tag(revision: revision, time: 0))
        }
    }

    /// Reads a few keys per pin, and keeps long bodies beyond it.
    private func readShortly(_ core: MapCore, _ findings: Findings, _ generator: inout SplitMix) {
        var reader = MapReader(core)
        while !findings.isDone.load(ordering: .relaxed) {
            var kept: [Bytes] = []
            reader.pin { version in
                check(version, findings)
                for _ in 0..<30 {
                    let key = Array("z/services/\u{0}i-\(generator.below(Self.keys))".utf8)
                    guard let entry = version.get(key) else { continue }
                    if entry.keyArray != key { findings.report("another key's entry") }
                    if entry.bodyCount > 1024 { kept.append(entry.bodyBytes) }
                }
            }
            for bytes in kept where Set(bytes).count != 1 { findings.report("a long body that changed") }
            findings.reads.add(1, ordering: .relaxed)
        }
    }

    /// Walks whole versions: what is counted and added up on the way must be what the version says.
    private func walkPins(_ core: MapCore, _ findings: Findings, _ generator: inout SplitMix) {
        while !findings.isDone.load(ordering: .relaxed) {
            let pin = MapPin(core)
            let version = pin.version
            check(version, findings)
            var digest = MapDigest()
            var count: UInt64 = 0
            var cursor = MapCursor(root: version.root)
            var entry = [UInt8]().withUnsafeBytes { cursor.seek($0) }
            while let current = entry {
                digest.add(current.hash)
                count += 1
                entry = cursor.next()
            }
            if digest != version.digest { findings.report("a digest that does not fit") }
            if count != version.count { findings.report("\(count) entries instead of \(version.count)") }
            findings.reads.add(1, ordering: .relaxed)
        }
    }

    private func check(_ version: MapVersion, _ findings: Findings) {
        guard version.count > 0 else { return }
        guard let entry = version.get(Array("count".utf8)) else { return findings.report("no count") }
        let revision = entry.body.loadUnaligned(as: UInt64.self)
        if revision != version.tag.revision { findings.report("a version torn between two batches") }
    }

    @Test func `readers come and go while slots are reused`() {
        let core = VersionedMap().core
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<4 {
            Thread {
                for round in 0..<50 {
                    var readers: [ReaderBox] = []
                    for _ in 0..<(round % 20) { readers.append(ReaderBox(core)) }
                    for box in readers { box.reader.pin { _ in } }
                }
                ended.signal()
            }.start()
        }
        for _ in 0..<4 { ended.wait() }
        #expect(core.slots.oldestVersion() == ReaderSlots.idle)
    }

    private final class ReaderBox {
        var reader: MapReader
        init(_ core: MapCore) { reader = MapReader(core) }
    }
}
