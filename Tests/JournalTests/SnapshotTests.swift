import ByteString
import Consensus
import Journal
import Testing

@Suite struct SnapshotTests {
    private func started(_ seed: Int = 21) throws -> Rig {
        let rig = Rig(seed: seed)
        try rig.format()
        try rig.start()
        return rig
    }

    private func snapshots(_ rig: Rig) -> [String] {
        rig.disk.contents.keys.filter { $0.hasPrefix("snapshot") }.sorted()
    }

    /// A position whose snapshot has several blocks.
    private func grow(_ rig: Rig, by count: Int) throws {
        for _ in 0..<count {
            rig.append(count: 5, bytesMax: 150)
            try rig.runAll()
        }
        while Rig.content(rig.state.last).count < 100_000 {
            rig.append(count: 1)
            try rig.runAll()
        }
    }

    @Test func `an own snapshot is streamed, saved and found again`() throws {
        let rig = try started()
        try grow(rig, by: 3)
        let position = rig.state.last
        rig.beginSnapshot(position)
        // Writes go on meanwhile.
        rig.append(count: 2)
        try rig.runAll()
        #expect(
            rig.eventLog.contains {
                if case .snapshotSaved(let saved) = $0 { saved.position == position } else { false }
            })
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.snapshot?.position == position)
        #expect(rig.recovered?.entries.last?.index == position.index.advanced(by: 2))
        // Entries that the snapshot contains are there too, for slow followers.
        #expect(rig.recovered?.previous == .zero)
    }

    @Test func `only a bounded part of what the snapshot contains is read back`() throws {
        let rig = try started()
        rig.options.recoveredBeforeSnapshotBytesMax = 1000
        try grow(rig, by: 5)
        rig.beginSnapshot(rig.state.last)
        try rig.runAll()
        rig.append(count: 3)
        try rig.runAll()
        rig.disk.endProcess()
        try rig.start()
        let recovered = try #require(rig.recovered)
        let snapshot = try #require(recovered.snapshot)
        #expect(recovered.previous.index > .zero && recovered.previous.index <= snapshot.position.index)
        let before = recovered.entries.filter { $0.index <= snapshot.position.index }
        #expect(before.reduce(0) { $0 + $1.payload.count } <= 1000)
        #expect(recovered.entries.count == before.count + 3)
    }

    @Test func `old segments and snapshots go, and their files are used again`() throws {
        let rig = try started()
        var names: Set<String> = []
        for _ in 0..<12 {
            try grow(rig, by: 8)
            rig.beginSnapshot(rig.state.last)
            try rig.runAll()
            names.formUnion(rig.disk.contents.keys)
            #expect(snapshots(rig).count <= 2)
        }
        let segments = rig.disk.contents.keys.filter { $0.hasPrefix("log-") }
        #expect(names.filter { $0.hasPrefix("log-") }.count >= 2 * segments.count)
        rig.disk.endProcess()
        try rig.start()
    }

    @Test func `a snapshot that is being read outlives newer ones until it is not any more`() throws {
        let rig = try started()
        try grow(rig, by: 3)
        rig.beginSnapshot(rig.state.last)
        try rig.runAll()
        let sent = try #require(rig.journal?.newestSnapshot)
        let content = try #require(try rig.journal?.read(sent, offset: 0, byteCountMax: 1 << 20))
        rig.journal?.keepReadable([sent.position])
        for _ in 0..<4 {
            try grow(rig, by: 3)
            rig.beginSnapshot(rig.state.last)
            try rig.runAll()
            #expect(try rig.journal?.read(sent, offset: 0, byteCountMax: 1 << 20) == content)
            #expect(snapshots(rig).count <= 3)
        }
        // A start finds it as well, and has no use for it.
        let disk = rig.disk.copy()
        _ = try Journal.open(disk, options: .small)
        rig.journal?.keepReadable([])
        try rig.runAll()
        #expect(snapshots(rig).count == 2)
        #expect(throws: JournalError.self) { try rig.journal?.read(sent, offset: 0, byteCountMax: 1) }
    }

    @Test func `a rotted newest snapshot is made up for by the one before it and the log`() throws {
        let rig = try started()
        try grow(rig, by: 6)
        let first = rig.state.last
        rig.beginSnapshot(first)
        try rig.runAll()
        try grow(rig, by: 6)
        rig.beginSnapshot(rig.state.last)
        try rig.runAll()
        rig.append(count: 3)
        try rig.runAll()
        let newest = try #require(snapshots(rig).last)
        for offset in [0, 50, 80, 70_000, 100_000] {
            let disk = rig.disk.copy()
            disk.rot(newest) { $0[min(offset, $0.count - 1)] ^= 8 }
            let (_, recovered) = try Journal.open(disk, options: .small)
            #expect(recovered.snapshot?.position == first)
            #expect(recovered.entries.last?.index == rig.state.last.index)
            #expect(recovered.overlooked.count == 1)
            #expect(disk.contents[newest] == nil)
        }
    }

    @Test func `a rotted snapshot that nothing makes up for is refused by name, and nothing is changed`() throws {
        let rig = try started()
        try grow(rig, by: 2)
        rig.beginSnapshot(rig.state.last)
        try rig.runAll()
        rig.receiveSnapshot(
            LogPosition(index: rig.state.last.index.advanced(by: 1000), term: rig.state.hardState.term),
            from: rig.state.hardState.term)
        try rig.runAll()
        let newest = try #require(snapshots(rig).last)
        let byteCount = try #require(rig.disk.contents[newest]).count
        for offset in stride(from: 0, to: byteCount, by: max(1, byteCount / 40)) {
            let disk = rig.disk.copy()
            disk.rot(newest) { $0[offset] ^= 2 }
            let before = disk.contents
            let error = #expect(throws: JournalError.self) { try Journal.open(disk, options: .small) }
            switch error {
            case .damaged(let file, _, _)?, .unsupportedFormat(let file, _)?: #expect(file == newest)
            case .mismatch?: break
            default: Issue.record("\(String(describing: error))")
            }
            #expect(disk.contents == before)
        }
    }

    @Test func `a leader's snapshot takes the place of a log that does not reach it`() throws {
        let rig = try started()
        try grow(rig, by: 4)
        rig.append(hardState: HardState(term: Term(5), vote: nil))
        let position = LogPosition(index: LogIndex(900), term: Term(5))
        rig.receiveSnapshot(position, from: Term(5))
        try rig.runAll()
        guard case .snapshotInstalled(let installed)? = rig.eventLog.last else {
            Issue.record("\(rig.eventLog)")
            return
        }
        #expect(installed.position == position)
        #expect(rig.state.base == position)
        rig.append(count: 3)
        try rig.runAll()
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.previous == position)
        #expect(rig.recovered?.entries.map(\.index) == [LogIndex(901), LogIndex(902), LogIndex(903)])
    }

    @Test func `a leader's snapshot within the log leaves the entries after it`() throws {
        let rig = try started()
        try grow(rig, by: 4)
        let position = try #require(rig.state.entries.dropLast(7).last?.position)
        rig.receiveSnapshot(position, from: Term(1))
        try rig.runAll()
        #expect(rig.state.last.index == position.index.advanced(by: 7))
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.snapshot?.position == position)
        #expect(rig.recovered?.entries.last?.index == position.index.advanced(by: 7))
    }

    @Test func `chunks are taken in order, and any other is answered by where to go on`() throws {
        let rig = try started()
        let content = Bytes([UInt8](repeating: 5, count: 1000))
        let position = LogPosition(index: LogIndex(40), term: Term(2))
        let metadata = SnapshotMetadata(position: position, configuration: Rig.configuration, byteCount: 1000)
        var journal = try #require(rig.journal)
        rig.journal = nil
        func chunk(_ offset: UInt64, _ count: Int, term: UInt64 = 2) -> SnapshotChunk {
            SnapshotChunk(
                term: Term(term), snapshot: metadata, offset: offset,
                data: content.slice(offset: Int(offset), count: count))
        }
        func run() throws -> [JournalEvent] {
            var events: [JournalEvent] = []
            while case let jobs = journal.takeJobs(), !jobs.isEmpty {
                for job in jobs {
                    try rig.disk.perform(job.operations)
                    events += try journal.completed(job.ticket, .success(()))
                }
            }
            return events
        }
        #expect(journal.receive(chunk(400, 100)) == [.chunkStored(position: position, nextOffset: 0)])
        #expect(journal.receive(chunk(0, 400)) == [])
        // Sent again before the first was stored.
        #expect(journal.receive(chunk(0, 400)) == [.chunkStored(position: position, nextOffset: 400)])
        #expect(journal.receive(chunk(400, 300)) == [])
        #expect(
            try run() == [
                .chunkStored(position: position, nextOffset: 400), .chunkStored(position: position, nextOffset: 700),
            ])
        // Another leader's bytes may differ: it has to begin at the beginning.
        #expect(journal.receive(chunk(700, 300, term: 3)) == [.chunkStored(position: position, nextOffset: 0)])
        #expect(journal.receive(chunk(0, 1000, term: 3)) == [])
        #expect(try run() == [.snapshotInstalled(metadata)])
        #expect(journal.receive(chunk(0, 1000, term: 3)) == [])
        #expect(try journal.read(metadata, offset: 990, byteCountMax: 50) == content.slice(offset: 990, count: 10))
        #expect(throws: JournalError.snapshotGone("41@2")) {
            var other = metadata
            other.position.index = LogIndex(41)
            _ = try journal.read(other, offset: 0, byteCountMax: 1)
        }
    }

    @Test func `a full disk costs the snapshot and nothing else`() throws {
        let rig = try started()
        try grow(rig, by: 1)
        rig.disk.capacity = rig.disk.contents.values.reduce(0) { $0 + $1.count } + 66_000
        let position = rig.state.last
        rig.beginSnapshot(position)
        try rig.runAll()
        guard case .snapshotAbandoned(position, let cause)? = rig.eventLog.last, cause?.reason == .noSpace else {
            Issue.record("\(String(describing: rig.eventLog.last))")
            return
        }
        #expect(snapshots(rig) == [])
        rig.append(count: 1)
        try rig.runAll()
        #expect(rig.journal?.failure == nil)
        rig.disk.capacity = .max
        rig.beginSnapshot(position)
        try rig.runAll()
        #expect(snapshots(rig).count == 1)
    }

    @Test func `a leader's snapshot overtakes the own one`() throws {
        let rig = try started()
        try grow(rig, by: 1)
        let own = rig.state.last
        rig.beginSnapshot(own)
        try rig.run(.background)
        rig.receiveSnapshot(LogPosition(index: LogIndex(500), term: Term(3)), from: Term(3))
        try rig.runAll()
        #expect(snapshots(rig).count == 1)
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.previous.index == LogIndex(500))
    }
}
