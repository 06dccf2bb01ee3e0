import ByteString
import Consensus
import Journal
import Testing

@Suite struct RotTests {
    /// A log of several segments whose last batch is proven durable by a marker.
    private func rig() throws -> Rig {
        let rig = Rig(seed: 77)
        try rig.format()
        try rig.start()
        for _ in 0..<24 {
            rig.append(count: 5, bytesMax: 150)
            try rig.runAll()
        }
        rig.append(hardState: HardState(term: Term(9), vote: MemberID(1)))
        try rig.runAll()
        rig.journal?.idle()
        try rig.runAll()
        rig.disk.endProcess()
        return rig
    }

    private func open(_ disk: MemoryDisk) throws -> Recovered {
        try Journal.open(disk, options: .small).recovered
    }

    /// What a recovery may do with a changed disk: give back the very same, or refuse, name the file, and change
    /// nothing.
    private func expectRefusedOrSame(_ disk: MemoryDisk, _ original: Recovered, _ file: String, _ what: String) -> Bool
    {
        let before = disk.contents
        do {
            let recovered = try open(disk)
            if recovered.entries != original.entries || recovered.hardState != original.hardState {
                Issue.record("\(what): opened with something else")
            }
            return false
        } catch let error as JournalError {
            switch error {
            case .damaged(let named, _, _): #expect(named == file, "\(what): \(error)")
            case .unsupportedFormat(let named, _): #expect(named == file)
            default: Issue.record("\(what): \(error)")
            }
            #expect(disk.contents == before, "\(what): refused, but changed the disk")
            return true
        } catch {
            Issue.record("\(what): \(error)")
            return false
        }
    }

    @Test func `a flipped bit anywhere in what is durable is refused, with file and offset, and nothing is changed`()
        throws
    {
        let rig = try rig()
        let original = try open(rig.disk.copy())
        var generator = SeededGenerator(5)
        var refused = 0
        let logs = rig.disk.contents.filter { $0.key.hasPrefix("log-") }.sorted { $0.key < $1.key }
        #expect(logs.count >= 4)
        for (file, bytes) in logs {
            for _ in 0..<150 {
                let offset = Int.random(in: 0..<bytes.count, using: &generator)
                let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
                let disk = rig.disk.copy()
                disk.rot(file) { $0[offset] ^= bit }
                if expectRefusedOrSame(disk, original, file, "\(file):\(offset)") { refused += 1 }
            }
        }
        #expect(refused > 100)
    }

    @Test func `every byte of a batch's and a segment's header is guarded`() throws {
        let rig = try rig()
        let original = try open(rig.disk.copy())
        let second = try #require(rig.disk.contents.keys.filter { $0.hasPrefix("log-") }.sorted().dropFirst().first)
        for offset in Array(0..<100) + Array(124..<128) + Array(512..<608) {
            let disk = rig.disk.copy()
            disk.rot(second) { $0[offset] ^= 0x10 }
            #expect(expectRefusedOrSame(disk, original, second, "\(offset)"), "byte \(offset) is not guarded")
        }
    }

    @Test func `lost and misplaced sectors are refused`() throws {
        let rig = try rig()
        let original = try open(rig.disk.copy())
        var refused = 0
        for (file, bytes) in rig.disk.contents.sorted(by: { $0.key < $1.key }) where file.hasPrefix("log-") {
            for block in 0..<bytes.count / 512 {
                let zeroed = rig.disk.copy()
                zeroed.rot(file) {
                    $0.replaceSubrange(block * 512..<block * 512 + 512, with: [UInt8](repeating: 0, count: 512))
                }
                if expectRefusedOrSame(zeroed, original, file, "\(file) without block \(block)") { refused += 1 }
                let moved = rig.disk.copy()
                let other = (block + 3) % (bytes.count / 512)
                moved.rot(file) {
                    $0.replaceSubrange(block * 512..<block * 512 + 512, with: bytes[other * 512..<other * 512 + 512])
                }
                if expectRefusedOrSame(moved, original, file, "\(file): block \(other) over \(block)") { refused += 1 }
            }
        }
        #expect(refused > 50)
    }

    @Test func `damage in the last flush is cut only as long as nothing proves that it was durable`() throws {
        let rig = Rig(seed: 3)
        try rig.format()
        try rig.start()
        rig.append(count: 1)
        try rig.runAll()
        let before = rig.disk.copy()
        rig.append(count: 2)
        try rig.runAll()
        let file = "log-00000000000000000001"
        let offset = try #require(rig.disk.contents[file]?.lastIndex { $0 != 0 })
        let uncovered = rig.disk.copy()
        uncovered.rot(file) { $0[offset] ^= 1 }
        let recovered = try open(uncovered)
        #expect(recovered.entries == (try open(before)).entries)
        #expect(recovered.cut != nil)

        rig.journal?.idle()
        try rig.runAll()
        let covered = rig.disk.copy()
        covered.rot(file) { $0[offset] ^= 1 }
        #expect(throws: JournalError.self) { try open(covered) }
    }

    @Test func `opening proves what it recovered, so that rot in it is noticed by the next`() throws {
        let rig = Rig(seed: 3)
        try rig.format()
        try rig.start()
        rig.append(count: 2)
        try rig.runAll()
        let offset = try #require(rig.disk.contents["log-00000000000000000001"]?.lastIndex { $0 != 0 })
        rig.disk.endProcess()
        try rig.start()
        let disk = rig.disk.copy()
        disk.rot("log-00000000000000000001") { $0[offset] ^= 1 }
        #expect(throws: JournalError.self) { try open(disk) }
    }

    @Test func `a segment that is gone is missed`() throws {
        let rig = try rig()
        let logs = rig.disk.contents.keys.filter { $0.hasPrefix("log-") }.sorted()
        for file in logs.dropLast(2) {
            let disk = rig.disk.copy()
            disk.lose(file)
            #expect(throws: JournalError.self) { try open(disk) }
        }
        let cut = rig.disk.copy()
        cut.rot(logs[1]) { $0.removeLast($0.count - 1024) }
        #expect(throws: JournalError.self) { try open(cut) }
        let empty = rig.disk.copy()
        for file in logs { empty.lose(file) }
        #expect(throws: JournalError.self) { try open(empty) }
    }

    @Test func `a segment of another directory is refused`() throws {
        let rig = try rig()
        let other = MemoryDisk()
        try Journal.format(other, member: Rig.member, storage: StorageID(1), salt: 2, options: .small)
        try Journal.join(other, ensemble: Rig.ensemble)
        let file = "log-00000000000000000001"
        other.put(file, try #require(rig.disk.contents[file]))
        let error = #expect(throws: JournalError.self) { try open(other) }
        #expect("\(try #require(error))".contains("storage id"))
    }

    @Test func `damage in what the newest snapshot contains does not keep a member down`() throws {
        let rig = Rig(seed: 12)
        try rig.format()
        try rig.start()
        for _ in 0..<2 {
            for _ in 0..<12 {
                rig.append(count: 5, bytesMax: 150)
                try rig.runAll()
            }
            rig.beginSnapshot(rig.state.last)
            try rig.runAll()
        }
        rig.append(count: 40, bytesMax: 150)
        try rig.runAll()
        // The older snapshot still needs it, the newer one does not.
        let first = try #require(rig.disk.contents.keys.filter { $0.hasPrefix("log-") }.min())
        rig.disk.rot(first) { $0[700] ^= 4 }
        rig.disk.endProcess()
        try rig.start()
        #expect(rig.recovered?.overlooked.count == 1)
        #expect(rig.recovered?.snapshot?.position == LogPosition(index: LogIndex(120), term: .zero))
        #expect(rig.recovered?.entries.last?.index == LogIndex(160))
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.overlooked == [])
    }

    @Test func `a flush that was cut off never shows through a later one that tears`() throws {
        let rig = Rig(seed: 8)
        try rig.format()
        try rig.start()
        let second = "log-00000000000000000002"
        func isBegun() -> Bool { rig.disk.contents[second]?.contains { $0 != 0 } ?? false }
        // Small batches, so that a marker still fits where the next batch does not.
        repeat {
            rig.append(count: 1, bytesMax: 0)
            try rig.runAll()
        } while rig.disk.contents["log-00000000000000000001"]?[8192 - 1024..<8192 - 512].contains { $0 != 0 } != true
        let before = rig.disk.copy()
        rig.append(
            entries: [rig.entry(rig.state.last.index.next, term: .zero, bytesMax: 0)].map { entry in
                var entry = entry
                entry.payload = Bytes([UInt8](repeating: 1, count: 600))
                return entry
            })
        try rig.runAll()
        #expect(isBegun())
        let lost = try #require(rig.disk.contents[second])

        // The power fails: of the flush that began the second segment, the header is missing.
        let torn = before.copy()
        torn.rot(second) { $0.replaceSubrange(512..<2048, with: lost[512..<2048]) }
        var (journal, recovered) = try Journal.open(torn, options: .small)
        let kept = recovered.entries
        #expect(kept == (try open(before.copy())).entries)

        // Another batch begins the segment, and tears too: its header is there, the rest is still the old one's.
        let next = Entry(
            index: try #require(kept.last).index.next, term: .zero, kind: .command,
            payload: Bytes([UInt8](repeating: 2, count: 600)))
        journal.append(LogWrite(sequence: WriteSequence(1), hardState: nil, truncateFrom: nil, entries: [next]))
        while case let jobs = journal.takeJobs(), !jobs.isEmpty {
            for job in jobs {
                try torn.perform(job.operations)
                _ = try journal.completed(job.ticket, .success(()))
            }
        }
        #expect(try open(torn.copy()).entries == kept + [next])
        torn.rot(second) { $0.replaceSubrange(512..<2048, with: lost[512..<2048]) }
        #expect(try open(torn).entries == kept)
    }
}
