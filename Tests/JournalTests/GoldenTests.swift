import ByteString
import Consensus
import Journal
import Testing

/// The bytes of format 1. A change here is a change of format: later versions have to read these files for ever.
@Suite struct GoldenTests {
    /// Rows of 32 bytes in hexadecimal with their offset; rows of zeros are left out.
    private func dump(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 32).compactMap { offset -> String? in
            let row = bytes[offset..<min(offset + 32, bytes.count)]
            guard row.contains(where: { $0 != 0 }) else { return nil }
            let digits = row.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            return "\(offset): \(digits)"
        }.joined(separator: "\n")
    }

    private func disk() throws -> (MemoryDisk, Journal) {
        let disk = MemoryDisk()
        try Journal.format(disk, member: Rig.member, storage: Rig.storage, salt: 0x5a17, options: .small)
        try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration)
        return (disk, try Journal.open(disk, options: .small).journal)
    }

    private func runAll(_ journal: inout Journal, _ disk: MemoryDisk) throws -> [JournalEvent] {
        var events: [JournalEvent] = []
        while case let jobs = journal.takeJobs(), !jobs.isEmpty {
            for job in jobs {
                try disk.perform(job.operations)
                events += try journal.completed(job.ticket, .success(()))
            }
        }
        return events
    }

    @Test func `an identity`() throws {
        let (disk, _) = try disk()
        let text = String(decoding: try #require(disk.contents["identity"]), as: UTF8.self)
        #expect(text == Golden.identity)
    }

    @Test func `a segment with all kinds of records`() throws {
        var (disk, journal) = try disk()
        journal.append(
            LogWrite(
                sequence: WriteSequence(1), hardState: HardState(term: Term(2), vote: MemberID(1)), truncateFrom: nil,
                entries: [
                    Entry(index: LogIndex(2), term: Term(2), kind: .noop, payload: Bytes()),
                    Entry(index: LogIndex(3), term: Term(2), kind: .command, payload: Bytes(utf8: "create /a")),
                ]))
        journal.append(
            LogWrite(
                sequence: WriteSequence(2), hardState: HardState(term: Term(3), vote: nil), truncateFrom: LogIndex(3),
                entries: []))
        _ = try runAll(&journal, disk)
        journal.idle()
        _ = try runAll(&journal, disk)
        let snapshot = SnapshotMetadata(
            position: LogPosition(index: LogIndex(9), term: Term(3)), configuration: Rig.configuration, byteCount: 0)
        _ = journal.receive(SnapshotChunk(term: Term(3), snapshot: snapshot, offset: 0, data: Bytes()))
        _ = try runAll(&journal, disk)
        #expect(dump(try #require(disk.contents["log-00000000000000000001"])) == Golden.segment)
    }

    @Test func `a snapshot`() throws {
        var (disk, journal) = try disk()
        let position = LogPosition(index: LogIndex(1), term: Term(1))
        journal.beginSnapshot(at: position, configuration: Rig.configuration)
        _ = try runAll(&journal, disk)
        journal.appendToSnapshot(Bytes(utf8: "the state"))
        _ = try runAll(&journal, disk)
        journal.finishSnapshot()
        _ = try runAll(&journal, disk)
        let file = "snapshot-00000000000000000001-00000000000000000001"
        #expect(dump(try #require(disk.contents[file])) == Golden.snapshot)
    }

    @Test func `a log that was repaired`() throws {
        var (disk, journal) = try disk()
        for (sequence, text) in [(1, "create /a"), (2, "create /b")] {
            journal.append(
                LogWrite(
                    sequence: WriteSequence(UInt64(sequence)), hardState: HardState(term: Term(2), vote: MemberID(1)),
                    truncateFrom: nil,
                    entries: [
                        Entry(
                            index: LogIndex(UInt64(sequence + 1)), term: Term(2), kind: .command,
                            payload: Bytes(utf8: text))
                    ]))
            _ = try runAll(&journal, disk)
        }
        journal.idle()
        _ = try runAll(&journal, disk)
        let peer = try RepairPeer(disk.copy())
        disk.rot("log-00000000000000000001") { $0[1024 + 122] ^= 1 }
        var repair = try Journal.salvage(disk, damage: Node.damage)
        let asked = repair.query(to: MemberID(1))
        let query = try #require(asked)
        #expect(query.from == LogIndex(2) && query.through == LogIndex(2))
        repair.take(peer.answer(query), to: query, from: MemberID(1))
        try Journal.finish(repair, on: disk, options: .small)
        // Its number leaves one out, so that nothing before it counts.
        #expect(dump(try #require(disk.contents["log-00000000000000000004"])) == Golden.repaired)
        let recovered = try Journal.open(disk, options: .small).recovered
        #expect(recovered.entries.map(\.payload).suffix(2) == [Bytes(utf8: "create /a"), Bytes(utf8: "create /b")])
    }

    @Test func `files of format 1 are read`() throws {
        var (disk, journal) = try disk()
        _ = try runAll(&journal, disk)
        disk.put("log-00000000000000000001", undump(Golden.segment, byteCount: 8192))
        disk.put("snapshot-00000000000000000001-00000000000000000001", undump(Golden.snapshot, byteCount: nil))
        // The snapshot at 9 that the log was reset to is not among them.
        #expect(throws: JournalError.self) { try Journal.open(disk, options: .small) }
        disk.rot("log-00000000000000000001") {
            $0.replaceSubrange(2048..<8192, with: [UInt8](repeating: 0, count: 6144))
        }
        let (opened, recovered) = try Journal.open(disk, options: .small)
        #expect(recovered.hardState == HardState(term: Term(3), vote: nil))
        #expect(recovered.entries.map(\.position.index) == [LogIndex(1), LogIndex(2)])
        let snapshot = try #require(recovered.snapshot)
        #expect(try opened.read(snapshot, offset: 0, byteCountMax: 100) == Bytes(utf8: "the state"))
    }

    private func undump(_ text: String, byteCount: Int?) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard let offset = Int(parts[0].dropLast()) else { continue }
            bytes += [UInt8](repeating: 0, count: offset - bytes.count)
            let digits = Array(parts[1])
            for index in stride(from: 0, to: digits.count, by: 2) {
                bytes.append(UInt8(String(digits[index...index + 1]), radix: 16) ?? 0)
            }
        }
        return bytes + [UInt8](repeating: 0, count: max(0, (byteCount ?? 0) - bytes.count))
    }
}

private enum Golden {
    static let identity = """
        roost data directory
        format: 1
        member: 3
        storage: 000000005707a6e1
        salt: 0000000000005a17
        state: member
        ensemble: 00000000e75eb1e0
        founding: 0101000300000000000000e1a6075700000000010a005b3a3a315d3a343030310a005b3a3a315d3a34303030
        checksum: 2f1ed947

        """

    static let segment = """
        0: 524f4f53544c4f4701000000000200000100000000000000d3fdcbf34e21dfa6
        32: e1a6075700000000002000000000000000000000000000000000000000000000
        96: 000000000000000000000000000000000000000000000000000000003c251681
        512: d3fdcbf34e21dfa623b2c606d973aa0548000000010000000002000000000000
        544: 0100000000000000000200000000000001000000000000000000000000000000
        576: 0100000000000000010000000000000001000000000000000000000000000000
        608: 010000000000000001000000000000002c000000020000000101000300000000
        640: 000000e1a6075700000000010a005b3a3a315d3a343030310a005b3a3a315d3a
        672: 3430303000000000000000000000000000000000000000000000000000000000
        1024: d3fdcbf34e21dfa612f6d1b065205b1b58000000030000000004000000000000
        1056: 0100000000000000000400000000000003000000000000000000000000000000
        1088: 02000000000000000200000000000000020000000000000023b2c60600000000
        1120: 0200000000000000020000000000000000000000010000000300000000000000
        1152: 02000000000000000900000000000000637265617465202f6100000000000000
        1184: 0300000000000000020000000000000000000000800000000000000000000000
        1536: d3fdcbf34e21dfa6912597440000000000000000000000000006000000000000
        1568: 0100000000000000000600000000000003000000000000000000000000000000
        1600: 02000000000000000200000000000000000000000000000012f6d1b000000000
        2048: d3fdcbf34e21dfa6e733114851948a6218000000010000000008000000000000
        2080: 0100000000000000000800000000000003000000000000000000000000000000
        2112: 0900000000000000030000000000000009000000000000009125974400000000
        2144: 0900000000000000030000000000000000000000810000000000000000000000
        """

    static let repaired = """
        0: 524f4f53544c4f47010000000002000004000000000000008e4a9ac8a5b3dfc5
        32: e1a6075700000000002000000000000000000000000000000000000000000000
        64: 0000000000000000000000000000000002000000000000000100000000000000
        96: 00000000000000000000000000000000000000000000000000000000067689b8
        512: 8e4a9ac8a5b3dfc5e6fe5a1e90a68b4998000000030000000002000000000000
        544: 0400000000000000000200000000000002000000000000000100000000000000
        576: 0300000000000000020000000000000001000000000000000000000000000000
        608: 010000000000000001000000000000002c000000020000000101000300000000
        640: 000000e1a6075700000000010a005b3a3a315d3a343030310a005b3a3a315d3a
        672: 3430303000000000020000000000000002000000000000000900000000000000
        704: 637265617465202f610000000000000003000000000000000200000000000000
        736: 0900000000000000637265617465202f62000000000000000000000000000000
        1024: 8e4a9ac8a5b3dfc536a543950000000000000000000000000004000000000000
        1056: 0400000000000000000400000000000002000000000000000100000000000000
        1088: 030000000000000002000000000000000000000000000000e6fe5a1e00000000
        """

    static let snapshot = """
        0: 524f4f5354534e500100000000000100e1a60757000000000100000000000000
        32: 01000000000000002c000000c317d95f0101000300000000000000e1a6075700
        64: 000000010a005b3a3a315d3a343030310a005b3a3a315d3a3430303009000000
        96: 5c3f2b06746865207374617465524f4f5354454e440900000000000000000000
        128: 00583ae4c6
        """
}
