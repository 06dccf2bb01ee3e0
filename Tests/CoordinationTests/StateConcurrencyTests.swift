import ByteString
import Foundation
import Synchronization
import Testing

@testable import Coordination

/// Readers on threads of their own while commands are applied. Meant to be run under ThreadSanitizer, too.
@Suite struct `Concurrency of a coordination` {
    private final class Findings: Sendable {
        let isDone = Atomic<Bool>(false)
        let rounds = Atomic<Int>(0)
        let faults = Mutex<[String]>([])

        func report(_ fault: String) { faults.withLock { if $0.count < 10 { $0.append(fault) } } }
    }

    @Test func `readers and snapshots see one revision while writes and restores go on`() throws {
        let findings = Findings()
        let state = Fixture()
        let readers = state.coordination.readers
        let ended = DispatchSemaphore(value: 0)
        for index in 0..<2 {
            Thread {
                index == 0 ? read(readers, findings) : takeSnapshots(readers, findings)
                ended.signal()
            }.start()
        }
        var commands = CommandGenerator(seed: 21)
        var batches = 0
        while batches < 300
            || (findings.rounds.load(ordering: .relaxed) < 20 && findings.faults.withLock { $0.isEmpty })
        {
            for _ in 0..<20 { state.apply(commands.next()) }
            _ = state.coordination.publish()
            if batches % 100 == 99 { try restoreInPlace(state) }
            batches += 1
        }
        findings.isDone.store(true, ordering: .relaxed)
        ended.wait()
        ended.wait()
        #expect(findings.faults.withLock { $0 } == [])
    }

    private func restoreInPlace(_ state: Fixture) throws {
        let digest = state.coordination.digest
        let stream = state.coordination.snapshot()
        var restorer = StateRestorer()
        while let chunk = stream.next(byteCountMax: 10_000) { try restorer.feed(chunk) }
        state.coordination.replace(by: try restorer.finish())
        _ = state.coordination.publish()
        expectEqual(state.coordination.digest, digest)
    }

    /// Listings have as many children as the stat says, and the history ends where the view does.
    private func read(_ readers: StateReaders, _ findings: Findings) {
        var reader = readers.makeReader()
        while !findings.isDone.load(ordering: .relaxed) {
            reader.pin { view in
                for path in ["/", "/a", "/a/b", "/x/é"] {
                    var count: UInt64 = 0
                    let stat = view.list(path) { _ in
                        count += 1
                        return true
                    }
                    if let stat, stat.childCount != count { findings.report("\(count) of \(stat.childCount) children") }
                    if stat != view.stat(path) { findings.report("two stats of one revision") }
                }
                var last = Revision.zero
                let page = try? view.historyPage(
                    from: HistoryPosition(Revision(1)), matching: nil, byteCountMax: .max, includeData: true)
                for event in page?.events ?? [] {
                    if event.revision <= last || event.revision > view.revision {
                        findings.report("history out of order")
                    }
                    last = event.revision
                }
            }
            findings.rounds.add(1, ordering: .relaxed)
        }
    }

    private func takeSnapshots(_ readers: StateReaders, _ findings: Findings) {
        while !findings.isDone.load(ordering: .relaxed) {
            let held = readers.hold()
            let (digest, revision) = held.read { ($0.digest, $0.revision) }
            let stream = held.snapshot()
            do {
                var restorer = StateRestorer()
                while let chunk = stream.next(byteCountMax: 5000) { try restorer.feed(chunk) }
                var restored = Coordination()
                restored.replace(by: try restorer.finish())
                if restored.digest != digest || restored.appliedRevision != revision {
                    findings.report("another state")
                }
            } catch {
                findings.report("\(error)")
            }
            findings.rounds.add(1, ordering: .relaxed)
        }
    }
}
