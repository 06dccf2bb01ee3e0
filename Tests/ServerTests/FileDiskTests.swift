import ByteString
import Consensus
import Foundation
import Journal
import Server
import Testing

@Suite struct FileDiskTests {
    private var options: JournalOptions {
        var options = JournalOptions()
        options.segmentBytes = 64 << 10
        return options
    }

    private func mode(_ path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? -1
    }

    private func entries(_ first: UInt64, _ count: Int) -> [Entry] {
        (0..<count).map {
            let payload = Bytes([UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: 100))
            return Entry(index: LogIndex(first).advanced(by: $0), term: Term(1), kind: .command, payload: payload)
        }
    }

    @Test func `a journal on real files goes through segments, a snapshot and a restart`() throws {
        let directory = TemporaryDirectory()
        var member = try FileMember(directory.path, options: options)
        var next: UInt64 = 2
        for sequence in 1...60 {
            member.journal.append(
                LogWrite(
                    sequence: WriteSequence(UInt64(sequence)), hardState: nil, truncateFrom: nil,
                    entries: entries(next, 50)))
            next += 50
            let events = try member.runAll()
            #expect(events == [.persisted(through: WriteSequence(UInt64(sequence)))])
        }
        let position = LogPosition(index: LogIndex(2000), term: Term(1))
        let content = Bytes([UInt8](repeating: 3, count: 500_000))
        member.journal.beginSnapshot(at: position, configuration: FileMember.configuration)
        #expect(try member.runAll() == [.snapshotWantsChunk(position)])
        member.journal.appendToSnapshot(content)
        #expect(try member.runAll() == [.snapshotWantsChunk(position)])
        member.journal.finishSnapshot()
        let metadata = SnapshotMetadata(position: position, configuration: FileMember.configuration, byteCount: 500_000)
        #expect(try member.runAll() == [.snapshotSaved(metadata)])
        member.disk.close()

        let again = try FileMember(directory.path, options: options)
        #expect(again.recovered.snapshot == metadata)
        #expect(again.recovered.entries.last?.index == LogIndex(next - 1))
        #expect(try again.journal.read(metadata, offset: 499_000, byteCountMax: 2000).count == 1000)
        again.disk.close()
    }

    @Test func `a directory has room for one process, and says which has it`() throws {
        let directory = TemporaryDirectory()
        let disk = try FileDisk(path: directory.path) { _, _ in }
        let error = #expect(throws: DataDirectoryError.self) { try FileDisk(path: directory.path) { _, _ in } }
        #expect(error == .locked(path: directory.path, holder: ProcessInfo.processInfo.processIdentifier))
        disk.close()
        try FileDisk(path: directory.path) { _, _ in }.close()
    }

    @Test func `a directory is made for its owner alone, and an open one is closed to others`() throws {
        let directory = TemporaryDirectory()
        try FileDisk(path: directory.path) { _, _ in }.close()
        #expect(try mode(directory.path) == 0o700)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path)
        let disk = try FileDisk(path: directory.path) { _, _ in }
        #expect(try mode(directory.path) == 0o700)
        try disk.perform([.create("file")])
        #expect(try mode(directory.path + "/file") == 0o600)
        disk.close()
    }

    @Test func `a path that cannot be a directory is refused with the reason`() throws {
        let directory = TemporaryDirectory()
        let error = #expect(throws: DataDirectoryError.self) { try FileDisk(path: directory.path + "/a/b") { _, _ in } }
        guard case .unusable(_, let cause)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.reason == .notFound)
        #expect(FileManager.default.createFile(atPath: directory.path, contents: Data()))
        #expect(throws: DataDirectoryError.self) { try FileDisk(path: directory.path) { _, _ in } }
    }

    @Test func `operations do what they say, and the lock file is not among the files`() throws {
        let directory = TemporaryDirectory()
        let disk = try FileDisk(path: directory.path) { _, _ in }
        defer { disk.close() }
        try disk.perform([
            .create("a"), .write("a", offset: 10, bytes: [1, 2, 3]), .zero("a", offset: 11, byteCount: 3_000_000),
            .sync("a"), .rename("a", to: "b"), .create("c"), .remove("c"), .remove("never there"), .syncDirectory,
        ])
        #expect(try disk.files() == ["b"])
        #expect(try disk.byteCount(of: "b") == 3_000_011)
        var bytes = [UInt8](repeating: 9, count: 20)
        let count = try bytes.withUnsafeMutableBytes { try disk.read("b", offset: 5, into: $0) }
        #expect(count == 20)
        #expect(bytes == [0, 0, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 14))
        let atEnd = try bytes.withUnsafeMutableBytes { try disk.read("b", offset: 3_000_000, into: $0) }
        #expect(atEnd == 11)
        try disk.perform([.create("b")])
        #expect(try disk.byteCount(of: "b") == 0)
        #expect(throws: DiskError(.notFound, operation: "open", file: "a")) {
            try disk.perform([.write("a", offset: 0, bytes: [1])])
        }
    }

    @Test func `jobs of a lane are done in order, a failed one skips its rest, and closing waits for all`() throws {
        let directory = TemporaryDirectory()
        let inbox = Inbox()
        let disk = try FileDisk(path: directory.path) { inbox.post($0, $1) }
        for number in 0..<100 {
            let file = "file\(number % 7)"
            var operations: [DiskOperation] = [
                .create(file), .write(file, offset: 0, bytes: [UInt8(number)]), .sync(file),
            ]
            if number == 50 { operations = [.write("missing", offset: 0, bytes: [1]), .create("skipped")] }
            disk.submit(DiskJob(ticket: DiskTicket(UInt64(number)), lane: .background, operations: operations))
        }
        disk.close()
        let completed = inbox.take()
        #expect(completed.map(\.ticket.rawValue) == Array(0..<100))
        for (ticket, result) in completed {
            #expect((try? result.get()) == nil ? ticket.rawValue == 50 : ticket.rawValue != 50)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(files.sorted() == (0..<7).map { "file\($0)" } + ["lock"])
    }

    @Test func `a recycled segment holds on to nothing`() throws {
        let directory = TemporaryDirectory()
        var member = try FileMember(directory.path, options: options)
        for round in 0..<6 {
            let first = UInt64(round) * 1000 + 2
            member.journal.append(
                LogWrite(
                    sequence: WriteSequence(UInt64(round + 1)), hardState: nil, truncateFrom: nil,
                    entries: entries(first, 1000)))
            _ = try member.runAll()
            let position = LogPosition(index: LogIndex(first + 999), term: Term(1))
            member.journal.beginSnapshot(at: position, configuration: FileMember.configuration)
            _ = try member.runAll()
            member.journal.finishSnapshot()
            _ = try member.runAll()
        }
        #if os(Linux)
        // Files that were removed but are still open would take disk space for ever.
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let deleted = descriptors.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }.filter { $0.hasPrefix(directory.path) && $0.hasSuffix("(deleted)") }
        #expect(deleted == [])
        #endif
        member.disk.close()
        try FileMember(directory.path, options: options).disk.close()
    }
}
