import ByteString
import Consensus
import Testing

@testable import Journal

@Suite struct IdentityTests {
    private func format(_ disk: MemoryDisk, member: UInt64 = 3) throws {
        try Journal.format(disk, member: MemberID(member), storage: Rig.storage, salt: 0x5a17, options: .small)
    }

    private func error(_ body: () throws -> Void) -> JournalError? {
        do { try body() } catch { return error as? JournalError }
        return nil
    }

    @Test func `a directory is empty, then awaits an ensemble, then belongs to one`() throws {
        let disk = MemoryDisk()
        #expect(try Journal.identity(of: disk) == nil)
        #expect(error { _ = try Journal.open(disk, options: .small) } == .notFormatted)
        try format(disk)
        #expect(try Journal.identity(of: disk)?.state == .awaiting)
        #expect(try Journal.identity(of: disk)?.member == MemberID(3))
        #expect(error { _ = try Journal.open(disk, options: .small) } == .awaitingEnsemble)
        try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration)
        let (journal, recovered) = try Journal.open(disk, options: .small)
        #expect(journal.identity.state == .member)
        #expect(journal.identity.ensemble == Rig.ensemble)
        #expect(recovered.hardState == HardState(term: Term(1), vote: nil))
        #expect(
            recovered.entries == [
                Entry(
                    index: LogIndex(1), term: Term(1), kind: .configuration, payload: Rig.configuration.encoded())
            ])
        #expect(try Journal.open(disk, options: .small).recovered.entries == recovered.entries)
    }

    @Test func `a directory that is judged to be of a later release is not changed by being opened`() throws {
        let rig = Rig(seed: 3)
        try rig.format()
        try rig.start()
        rig.append(count: 20)
        try rig.runAll()
        rig.beginSnapshot(rig.state.last)
        try rig.runAll()
        rig.append(count: 5)
        try rig.runAll()
        let disk = rig.disk
        let operationCount = disk.operationCount
        let refusal = JournalError.unsupportedFormatLevel(
            needed: FormatLevel(2), supported: .first, raisedBy: LogIndex(7))
        var judged: JournalContents?
        let thrown = error {
            _ = try Journal.open(disk, options: .small) { contents throws(JournalError) in
                judged = contents
                throw refusal
            }
        }
        #expect(thrown == refusal)
        #expect(disk.operationCount == operationCount)
        let recovered = try Journal.open(disk, options: .small).recovered
        #expect(judged?.entries == recovered.entries && judged?.snapshot == recovered.snapshot?.position)
        #expect(judged?.snapshotBeginning.count == JournalContents.beginningBytes)
    }

    @Test func `a crash anywhere in formatting, founding and the first start is taken up`() throws {
        for operation in 0..<60 {
            for seed in 0..<4 {
                let disk = MemoryDisk()
                var generator = SeededGenerator(operation * 100 + seed)
                disk.fault = .crash
                disk.faultAt = operation
                for attempt in 0..<2 {
                    do {
                        if try Journal.identity(of: disk) == nil {
                            try Journal.format(
                                disk, member: Rig.member, storage: Rig.storage, salt: UInt64(attempt), options: .small)
                        }
                        if try Journal.identity(of: disk)?.state == .awaiting {
                            try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration)
                        }
                        let recovered = try Journal.open(disk, options: .small).recovered
                        #expect(recovered.entries.count == 1)
                        #expect(recovered.hardState.term == Term(1))
                        if attempt == 0 { break }
                    } catch {
                        guard disk.isDown, case .disk = error else { throw error }
                    }
                    disk.crash(using: &generator)
                }
            }
        }
    }

    @Test func `a founded directory never comes back with an empty log`() throws {
        let disk = MemoryDisk()
        try format(disk)
        let formatted = try #require(disk.contents["log-00000000000000000001"])
        try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration)
        _ = try Journal.open(disk, options: .small)
        disk.put("log-00000000000000000001", formatted)
        guard case .damaged? = error({ _ = try Journal.open(disk, options: .small) }) else {
            Issue.record("opened")
            return
        }
    }

    @Test func `the wrong member or ensemble is told what was expected and what was found`() throws {
        let disk = MemoryDisk()
        try format(disk)
        try Journal.join(disk, ensemble: Rig.ensemble)
        #expect(
            error { _ = try Journal.open(disk, member: MemberID(4), options: .small) }
                == .mismatch(what: "member id", expected: "4", found: "3"))
        let found = error { _ = try Journal.open(disk, ensemble: EnsembleID(7), options: .small) }
        #expect(found == .mismatch(what: "ensemble id", expected: "0000000000000007", found: "00000000e75eb1e0"))
        #expect(
            "\(try #require(found))"
                == "the data directory has the wrong ensemble id: expected 0000000000000007, found 00000000e75eb1e0")
    }

    @Test func `nothing is formatted, founded or joined twice`() throws {
        let disk = MemoryDisk()
        try format(disk)
        #expect(error { try format(disk) } == .alreadyFormatted(member: "3"))
        try Journal.join(disk, ensemble: Rig.ensemble)
        #expect(
            error { try Journal.join(disk, ensemble: Rig.ensemble) } == .alreadyFounded(ensemble: "00000000e75eb1e0"))
        #expect(
            error { try Journal.found(disk, ensemble: EnsembleID(1), configuration: Rig.configuration) }
                == .alreadyFounded(ensemble: "00000000e75eb1e0"))
    }

    @Test func `founding needs a configuration that knows this directory`() throws {
        let disk = MemoryDisk()
        try format(disk, member: 4)
        #expect(
            error { try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration) }
                == .mismatch(what: "member id", expected: "one of the founding configuration", found: "4"))
        let other = MemoryDisk()
        try Journal.format(other, member: Rig.member, storage: StorageID(1), salt: 1, options: .small)
        #expect(
            error { try Journal.found(other, ensemble: Rig.ensemble, configuration: Rig.configuration) }
                == .mismatch(what: "storage id", expected: "000000005707a6e1", found: "0000000000000001"))
    }

    @Test func `a directory with files of others is left alone`() throws {
        let disk = MemoryDisk()
        disk.put("thesis.txt", [1, 2, 3])
        #expect(error { try format(disk) } == .foreignFiles(["thesis.txt"]))
        #expect(disk.contents == ["thesis.txt": [1, 2, 3]])
        // A directory whose identity is gone is just as foreign.
        let lost = MemoryDisk()
        try format(lost)
        lost.lose("identity")
        #expect(error { try format(lost) } == .foreignFiles(["log-00000000000000000001"]))
    }

    @Test func `any change to the identity is noticed, and told for damage`() throws {
        let disk = MemoryDisk()
        try format(disk)
        try Journal.found(disk, ensemble: Rig.ensemble, configuration: Rig.configuration)
        let bytes = try #require(disk.contents["identity"])
        for offset in bytes.indices {
            for bit in 0..<8 {
                let changed = disk.copy()
                changed.rot("identity") { $0[offset] ^= 1 << bit }
                guard case .damaged(file: "identity", _, _)? = error({ _ = try Journal.identity(of: changed) }) else {
                    Issue.record("bit \(bit) of byte \(offset)")
                    continue
                }
            }
        }
        for count in bytes.indices {
            let cut = disk.copy()
            cut.rot("identity") { $0.removeLast($0.count - count) }
            #expect(error { _ = try Journal.identity(of: cut) } != nil)
        }
    }

    @Test func `a later format of the identity is told for what it is`() throws {
        let disk = MemoryDisk()
        let text = "roost data directory\nformat: 9\nanything: else\n"
        let digits = String(Checksum.of([UInt8](text.utf8)), radix: 16)
        let checksum = String(repeating: "0", count: 8 - digits.count) + digits
        disk.put("identity", [UInt8]((text + "checksum: \(checksum)\n").utf8))
        #expect(
            error { _ = try Journal.identity(of: disk) } == .unsupportedFormat(file: "identity", version: 9))
    }
}
