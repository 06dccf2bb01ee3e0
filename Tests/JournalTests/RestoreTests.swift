import ByteString
import Consensus
import Testing

@testable import Journal

@Suite("A directory restored from a backup")
struct RestoreTests {
    private static let revision = LogIndex(40)
    private static let content = (0..<5).map { part in Bytes([UInt8](repeating: UInt8(part), count: 100_000)) }

    private func restore(_ disk: MemoryDisk, salt: UInt64 = 1) throws {
        var parts = Self.content[...]
        try Journal.restore(
            disk, member: Rig.member, storage: Rig.storage, salt: salt, revision: Self.revision, options: .small
        ) { parts.popFirst() }
    }

    private func read(_ restored: RestoredDirectory) throws -> Bytes {
        try restored.read(offset: 0, byteCountMax: Int(restored.metadata.byteCount))
    }

    @Test func `it begins with the state, and the founding entry follows it`() throws {
        let disk = MemoryDisk()
        try restore(disk)
        let restored = try #require(try Journal.restored(disk))
        #expect(try read(restored) == Bytes(Self.content.flatMap { [UInt8]($0) }))
        try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration)
        for _ in 0..<2 {
            let recovered = try Journal.open(disk, options: .small).recovered
            #expect(recovered.snapshot?.position == LogPosition(index: Self.revision, term: Term(1)))
            let founding = recovered.entries.filter { $0.index > Self.revision }
            #expect(founding.map(\.position) == [LogPosition(index: Self.revision.next, term: Term(1))])
            #expect(founding.first?.payload == Rig.configuration.encoded())
            #expect(recovered.hardState.term == Term(1))
        }
        #expect(try Journal.restored(disk) == nil, "it belongs to an ensemble now")
    }

    @Test func `a crash anywhere in restoring, founding and the first start is taken up`() throws {
        for operation in 0..<80 {
            for seed in 0..<3 {
                let disk = MemoryDisk()
                var generator = SeededGenerator(operation * 100 + seed)
                disk.fault = .crash
                disk.faultAt = operation
                for attempt in 0..<2 {
                    do {
                        if try Journal.identity(of: disk) == nil { try restore(disk, salt: UInt64(attempt)) }
                        if try Journal.identity(of: disk)?.state == .awaiting {
                            #expect(try Journal.restored(disk) != nil)
                            try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration)
                        }
                        let recovered = try Journal.open(disk, options: .small).recovered
                        #expect(recovered.snapshot?.position.index == Self.revision)
                        #expect(recovered.entries.last?.index == Self.revision.next)
                        if attempt == 0 { break }
                    } catch {
                        guard disk.isDown else { throw error }
                    }
                    disk.crash(using: &generator)
                }
            }
        }
    }

    @Test func `a backup that ends in an error leaves no member's directory`() throws {
        struct Broken: Error {}
        let disk = MemoryDisk()
        #expect(throws: Broken.self) {
            try Journal.restore(
                disk, member: Rig.member, storage: Rig.storage, salt: 1, revision: Self.revision, options: .small
            ) { throw Broken() }
        }
        #expect(try Journal.identity(of: disk) == nil)
        try restore(disk)
        #expect(throws: JournalError.alreadyFormatted(member: "\(Rig.member)")) { try restore(disk) }
    }
}
