import ByteString
import Consensus
import Journal
import Testing

@Suite struct LogTests {
    private func started(seed: Int = 1, options: JournalOptions = .small) throws -> Rig {
        let rig = Rig(seed: seed, options: options)
        try rig.format()
        try rig.start()
        return rig
    }

    @Test func `what was reported durable is there after a power failure`() throws {
        let rig = try started()
        rig.append(hardState: HardState(term: Term(4), vote: MemberID(2)))
        rig.append(count: 3)
        try rig.runAll()
        #expect(rig.eventLog == [.persisted(through: WriteSequence(2))])
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.hardState == HardState(term: Term(4), vote: MemberID(2)))
        #expect(rig.recovered?.entries.map(\.index) == [LogIndex(1), LogIndex(2), LogIndex(3)])
        #expect(rig.recovered?.previous == .zero)
    }

    @Test func `one flush is under way at a time, and what comes meanwhile shares the next`() throws {
        var options = JournalOptions.small
        options.batchBytesMax = 1 << 20
        let rig = try started(options: options)
        rig.append(count: 1)
        let first = rig.journal?.takeJobs().filter { $0.lane == .log } ?? []
        #expect(first.count == 1)
        for _ in 0..<20 { rig.append(count: 1, bytesMax: 50) }
        #expect(rig.journal?.takeJobs().filter { $0.lane == .log } == [])
        let ticket = try #require(first.first?.ticket)
        try rig.disk.perform(first[0].operations)
        #expect(try rig.journal?.completed(ticket, .success(())) == [.persisted(through: WriteSequence(1))])
        let second = rig.journal?.takeJobs().filter { $0.lane == .log } ?? []
        #expect(second.count == 1)
        #expect(second[0].operations.count { if case .sync = $0 { true } else { false } } == 1)
        #expect(second[0].operations.count { if case .write = $0 { true } else { false } } == 1)
        try rig.disk.perform(second[0].operations)
        #expect(try rig.journal?.completed(second[0].ticket, .success(())) == [.persisted(through: WriteSequence(21))])
        #expect(rig.journal?.backlogBytes == 0)
    }

    @Test func `a batch that has grown to its limit takes no more, and no write is split`() throws {
        var options = JournalOptions.small
        options.segmentBytes = 65536
        let rig = try started(options: options)
        rig.append(count: 1)
        rig.takeJobs()
        rig.append(count: 30, bytesMax: 400)
        rig.append(count: 2)
        try rig.run(.log)
        try rig.run(.log)
        #expect(rig.eventLog.last == .persisted(through: WriteSequence(2)))
        try rig.run(.log)
        #expect(rig.eventLog.last == .persisted(through: WriteSequence(3)))
    }

    @Test func `the log goes on through many segments`() throws {
        let rig = try started()
        for _ in 0..<60 {
            rig.append(count: 8)
            try rig.runAll()
        }
        let segments = rig.disk.contents.keys.filter { $0.hasPrefix("log-") }
        #expect(segments.count > 5)
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.entries.count == 480)
    }

    @Test func `a write larger than a segment gets one of its own`() throws {
        let rig = try started()
        rig.append(count: 1)
        rig.append(entries: [
            Entry(index: LogIndex(2), term: .zero, kind: .command, payload: Bytes([UInt8](repeating: 7, count: 50_000)))
        ])
        rig.append(count: 3)
        try rig.runAll()
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.entries.count == 5)
        #expect(rig.recovered?.entries[1].payload.count == 50_000)
    }

    @Test func `the flush of a batch waits for no file to be created`() throws {
        let rig = try started()
        try rig.runAll()
        for _ in 0..<40 {
            rig.append(count: 4)
            for job in rig.journal?.takeJobs() ?? [] {
                if job.lane == .log {
                    for operation in job.operations {
                        switch operation {
                        case .write, .sync: break
                        default: Issue.record("\(operation) on the log's lane")
                        }
                    }
                }
                rig.disk.submit(job)
            }
            try rig.runAll()
        }
    }

    @Test func `entries cut from the tail stay cut, and the new ones are there`() throws {
        let rig = try started()
        rig.append(hardState: HardState(term: Term(1), vote: nil))
        rig.append(count: 10)
        try rig.runAll()
        rig.append(
            hardState: HardState(term: Term(2), vote: nil), truncateFrom: LogIndex(4),
            entries: [Entry(index: LogIndex(4), term: Term(2), kind: .noop, payload: Bytes())])
        try rig.runAll()
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.entries.map(\.term) == [Term(1), Term(1), Term(1), Term(2)])
        #expect(rig.recovered?.entries.last?.kind == .noop)
    }

    @Test func `an idle journal writes one marker and then rests`() throws {
        let rig = try started()
        try rig.runAll()
        rig.journal?.idle()
        #expect(rig.journal?.takeJobs() == [])
        rig.append(count: 1)
        rig.journal?.idle()
        try rig.runAll()
        #expect(rig.eventLog == [.persisted(through: WriteSequence(1))])
        rig.journal?.idle()
        let marker = rig.journal?.takeJobs() ?? []
        #expect(marker.count == 1)
        try rig.disk.perform(marker[0].operations)
        #expect(try rig.journal?.completed(marker[0].ticket, .success(())) == [])
        rig.journal?.idle()
        #expect(rig.journal?.takeJobs() == [])
    }

    @Test func `a failed sync stops the journal for good`() throws {
        let rig = try started()
        try rig.runAll()
        rig.append(count: 1)
        rig.disk.fault = .error(.failed(code: 5))
        rig.disk.faultAt = rig.disk.operationCount + 1
        #expect(throws: JournalError.disk(DiskError(.failed(code: 5), operation: "sync", file: ""))) {
            try rig.runAll()
        }
        #expect(rig.eventLog == [])
        #expect(rig.journal?.failure != nil)
        rig.append(count: 1)
        #expect(rig.journal?.takeJobs() == [])
    }

    @Test func `what a failed sync left in the page cache is durable once it has been recovered`() throws {
        let rig = try started()
        rig.append(count: 1)
        try rig.runAll()
        rig.append(count: 5)
        rig.disk.fault = .error(.failed(code: 5))
        rig.disk.faultAt = rig.disk.operationCount + 1
        #expect(throws: JournalError.self) { try rig.runAll() }
        rig.disk.endProcess()
        try rig.start()
        // The page cache still shows all six; from here on they count.
        #expect(rig.recovered?.entries.count == 6)
        rig.disk.crash(using: &rig.generator)
        try rig.start()
        #expect(rig.recovered?.entries.count == 6)
    }

}
