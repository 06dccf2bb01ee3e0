import ByteString
import Consensus
import Journal
import Testing

@Suite struct FullDiskTests {
    /// A journal on a disk that has no space for anything more.
    private func full(_ seed: Int = 5) throws -> Rig {
        let rig = Rig(seed: seed)
        try rig.format()
        try rig.start()
        rig.append(count: 1)
        try rig.runAll()
        #expect(rig.disk.contents["reserve"]?.count == rig.options.reserveBytes)
        fill(rig)
        return rig
    }

    private func fill(_ rig: Rig) { rig.disk.capacity = rig.disk.contents.values.reduce(0) { $0 + $1.count } }

    private func durable(_ rig: Rig) -> Bool { rig.durableCount == rig.states.count }

    @Test func `a full disk is told before anything fails, and entries are refused before the reserve is used up`()
        throws
    {
        let rig = try full()
        #expect(rig.journal?.isFull == false)
        var appended = 0
        while rig.journal?.hasRoom(for: 200) == true, appended < 1000 {
            rig.append(count: 1)
            try rig.runAll()
            #expect(durable(rig))
            appended += 1
        }
        #expect(rig.journal?.isFull == true)
        #expect(appended > 8)
        // A vote still becomes durable.
        rig.append(hardState: HardState(term: Term(40), vote: MemberID(2)))
        try rig.runAll()
        #expect(durable(rig))
        rig.disk.endProcess()
        try rig.start()
    }

    @Test func `what finds no space waits, and is written as soon as there is some`() throws {
        let rig = try full()
        for _ in 0..<100 {
            rig.append(count: 4)
            try rig.runAll()
        }
        #expect(rig.journal?.failure == nil)
        #expect(rig.journal?.isFull == true)
        #expect(!durable(rig))
        for _ in 0..<3 {
            rig.journal?.retry()
            try rig.runAll()
        }
        #expect(!durable(rig))
        rig.disk.capacity = .max
        rig.journal?.retry()
        try rig.runAll()
        #expect(durable(rig))
        #expect(rig.journal?.isFull == false)
        #expect(rig.disk.contents["reserve"]?.count == rig.options.reserveBytes)
        rig.disk.endProcess()
        try rig.start()
    }

    @Test func `whenever the power fails on a full disk, nothing that was durable is lost`() throws {
        for crash in 0..<150 {
            let rig = try full(crash)
            rig.disk.faultAt = rig.disk.operationCount + crash
            rig.disk.fault = .crash
            do {
                for round in 0..<60 where !rig.disk.isDown {
                    rig.append(count: 2)
                    try rig.runAll()
                    if round % 7 == 3 { rig.journal?.retry() }
                    if round == 40 { rig.disk.capacity = .max }
                }
            } catch let error as JournalError {
                guard case .disk = error else { throw error }
            }
            rig.disk.capacity = .max
            rig.disk.crash(using: &rig.generator)
            try rig.start()
        }
    }

    @Test func `a member starts on a disk that is still full`() throws {
        let rig = try full()
        while rig.journal?.hasRoom(for: 200) == true {
            rig.append(count: 1)
            try rig.runAll()
        }
        for _ in 0..<3 {
            rig.disk.endProcess()
            fill(rig)
            try rig.start()
            rig.append(hardState: HardState(term: rig.state.hardState.term.next, vote: nil))
            try rig.runAll()
            #expect(durable(rig))
        }
    }

    @Test func `a batch larger than a segment waits for space as well`() throws {
        let rig = try full()
        let large = Entry(
            index: rig.state.last.index.next, term: .zero, kind: .command,
            payload: Bytes([UInt8](repeating: 1, count: 20_000)))
        rig.append(entries: [large])
        try rig.runAll()
        #expect(rig.journal?.failure == nil)
        #expect(rig.journal?.isFull == true)
        rig.disk.capacity = .max
        rig.journal?.retry()
        try rig.runAll()
        #expect(durable(rig))
        rig.disk.endProcess()
        try rig.start()
    }

    @Test func `segments that a snapshot makes needless serve a full disk`() throws {
        let rig = try full()
        rig.disk.capacity += 400_000
        for _ in 0..<60 {
            rig.append(count: 4)
            try rig.runAll()
        }
        rig.beginSnapshot(rig.state.last)
        try rig.runAll()
        rig.append(count: 4)
        rig.beginSnapshot(rig.state.last)
        try rig.runAll()
        #expect(durable(rig))
        #expect(rig.journal?.failure == nil)
    }
}
