import ByteString
import Testing

@testable import Consensus

@Suite("Snapshots: Raft, section 7")
struct SnapshotTests {
    private static var settings: Consensus.Settings {
        var settings = Consensus.Settings()
        settings.retainedLogBytes = 0
        settings.retainedLogBytesWhileSending = 0
        settings.snapshotChunkBytes = 50
        settings.maxInflightSnapshotChunks = 2
        return settings
    }

    /// Member 3 missed what members 1 and 2 have, and the entries are gone.
    private func behind(settings: Consensus.Settings = settings) -> Bench {
        let bench = Bench(settings: settings)
        bench.elect(1)
        bench.pass(milliseconds: 100)
        bench.isolate(3)
        for number in 1...20 { bench.propose(1, "\(number)") }
        bench.stabilize()
        bench[1].beginSnapshot()
        bench.stabilize()
        #expect(bench.core(1).log.first == LogIndex(22))
        return bench
    }

    private func expectAgreement(_ bench: Bench) {
        #expect(bench[3].applied == bench[1].applied && bench[3].digest == bench[1].digest)
        bench.checker.expectNoViolations()
    }

    @Test func `a follower that needs what is gone is sent a snapshot, and entries from there on`() {
        let bench = behind()
        bench.heal()
        bench.pass(milliseconds: 700)
        #expect(bench.checker.installs == 1)
        #expect(bench[1].notices.contains { if case .sendingSnapshot(MemberID(3), _) = $0 { true } else { false } })
        bench.propose(1, "after")
        bench.stabilize()
        #expect(bench[3].appliedTexts == ["after"])
        expectAgreement(bench)
    }

    @Test func `a snapshot is sent no faster than it may be, and entries meanwhile as ever`() throws {
        var settings = Self.settings
        settings.maxSnapshotBytesPerSecond = 50
        let bench = behind(settings: settings)
        bench.heal()
        bench.pass(milliseconds: 700)
        let member = try #require(bench.core(1).status(now: bench.now).members.last)
        let length = try #require(member.snapshotByteCount)
        let sent = try #require(member.snapshotSent)
        #expect(length > 100, "or nothing would be held back")
        #expect(sent <= 50, "a part each second")
        #expect(bench.core(1).snapshotsBeingSent == [bench.core(1).snapshot.position])
        bench.propose(1, "meanwhile")
        bench.stabilize()
        #expect(bench[2].appliedTexts.last == "meanwhile")
        bench.pass(milliseconds: 25 * Int(length))
        expectAgreement(bench)
        #expect(bench.core(1).snapshotsBeingSent.isEmpty)
    }

    @Test func `a snapshot for a follower that is gone need not be kept readable`() {
        var settings = Self.settings
        settings.maxSnapshotBytesPerSecond = 50
        let bench = behind(settings: settings)
        bench.heal()
        bench.pass(milliseconds: 700)
        #expect(!bench.core(1).snapshotsBeingSent.isEmpty)
        bench.isolate(3)
        bench.pass(milliseconds: 3000)
        #expect(bench.core(1).snapshotsBeingSent.isEmpty)
    }

    @Test func `replication to the others goes on while a snapshot is sent`() {
        let bench = behind()
        bench.heal()
        bench.cut.insert(.init(from: MemberID(3), to: MemberID(1)))
        bench.pass(milliseconds: 500)
        #expect(bench.core(1).status(now: bench.now).members.last?.snapshotSent == 0)
        bench.propose(1, "meanwhile")
        bench.stabilize()
        #expect(bench[2].appliedTexts.last == "meanwhile")
        bench.heal()
        bench.pass(milliseconds: 3000)
        expectAgreement(bench)
    }

    @Test func `no more parts are on their way than allowed`() {
        let bench = behind()
        bench.cut.insert(.init(from: MemberID(3), to: MemberID(1)))
        bench.cut.remove(.init(from: MemberID(1), to: MemberID(3)))
        bench.pass(milliseconds: 400, delivering: true)
        bench.heal()
        bench[3].outbox = []
        var parts = 0
        bench.isolate(3)
        for _ in 0..<100 {
            bench.pass(milliseconds: 5, delivering: false)
            bench.collect()
            parts = max(parts, bench.wire.count { if case .snapshotChunk = $0.message { true } else { false } })
            bench.stabilize()
        }
        #expect(parts <= 2)
    }

    @Test func `a transfer goes on where it was after the connection broke`() {
        let bench = behind()
        bench.heal()
        // Until the follower has stored something.
        while (bench.core(3).incoming?.storedOffset ?? 0) < 100 {
            bench.now = bench.now + .milliseconds(5)
            for node in bench.nodes { node.step(.tick, now: bench.now) }
            bench.stabilize { (bench.core(3).incoming?.storedOffset ?? 0) >= 100 }
        }
        bench.isolate(3)
        bench.stabilize()
        let stored = bench.core(3).incoming!.storedOffset
        bench.heal()
        var offsets: [UInt64] = []
        for _ in 0..<400 where bench.core(3).log.first == LogIndex(1) {
            bench.now = bench.now + .milliseconds(5)
            for node in bench.nodes { node.step(.tick, now: bench.now) }
            bench.stabilize {
                for case .snapshotChunk(let chunk) in bench.wire.map(\.message) { offsets.append(chunk.offset) }
                return false
            }
        }
        #expect(offsets.min().map { $0 + 100 >= stored && $0 > 0 } ?? false, "from \(stored) on: \(offsets)")
        bench.pass(milliseconds: 100)
        expectAgreement(bench)
    }

    @Test func `a follower that crashes during a transfer starts over`() {
        let bench = behind()
        bench.heal()
        bench.pass(milliseconds: 400) { (bench.core(3).incoming?.storedOffset ?? 0) >= 50 }
        bench.restart(3)
        bench.pass(milliseconds: 2000)
        expectAgreement(bench)
    }

    @Test func `a snapshot that is superseded during its transfer is replaced by the newest`() {
        let bench = behind()
        bench.heal()
        bench.cut.insert(.init(from: MemberID(3), to: MemberID(1)))
        bench.pass(milliseconds: 400)
        bench.propose(1, "more")
        bench.stabilize()
        // The old file is gone with this.
        bench[1].beginSnapshot()
        bench.stabilize()
        bench.heal()
        bench.pass(milliseconds: 4000)
        #expect(bench.core(3).snapshot.position.index == LogIndex(22))
        expectAgreement(bench)
    }

    @Test func `a new leader's snapshot is not mixed with the old one's`() {
        let bench = behind()
        bench[2].beginSnapshot()
        bench.stabilize()
        bench.heal()
        bench.stabilize()
        for _ in 0..<200 where (bench.core(3).incoming?.storedOffset ?? 0) < 50 {
            bench.now = bench.now + .milliseconds(5)
            for node in bench.nodes { node.step(.tick, now: bench.now) }
            bench.stabilize { (bench.core(3).incoming?.storedOffset ?? 0) >= 50 }
        }
        #expect(bench.core(3).incoming != nil)
        bench[1].crash()
        bench.wire.removeAll()
        bench.pass(milliseconds: 3000)
        #expect(bench.leader == 2 && bench.checker.mixedSnapshots == 0)
        #expect(bench[3].applied == bench[2].applied && bench[3].digest == bench[2].digest)
        bench.checker.expectNoViolations()
    }

    @Test func `a snapshot of what the follower has is answered at once`() {
        let bench = Bench()
        bench.elect(1)
        bench.propose(1, "x")
        bench.stabilize()
        let snapshot = SnapshotMetadata(
            position: bench.core(3).log.last, configuration: bench.core(3).configuration, byteCount: 100)
        let chunk = SnapshotChunk(term: Term(1), snapshot: snapshot, offset: 0, data: [1, 2, 3])
        bench.sendTo(3, .snapshotChunk(chunk), from: 1)
        bench.sync(3)
        let replies = bench.sent(by: 3)
        #expect(
            replies.contains(
                .snapshotReply(
                    SnapshotReply(term: Term(1), position: snapshot.position, nextOffset: 100, isInstalled: true))))
        #expect(bench.core(3).incoming == nil && bench[3].jobs.isEmpty)
    }

    @Test func `parts that come twice, early or late are harmless`() {
        let bench = Bench()
        let configuration = bench.core(3).configuration
        let snapshot = SnapshotMetadata(
            position: LogPosition(index: LogIndex(9), term: Term(1)), configuration: configuration, byteCount: 30)
        func part(_ offset: UInt64) -> PeerMessage {
            .snapshotChunk(
                SnapshotChunk(
                    term: Term(2), snapshot: snapshot, offset: offset, data: Bytes([UInt8](repeating: 7, count: 10))))
        }
        for offset in [10, 0, 0, 20, 10, 10, 0] as [UInt64] { bench.sendTo(3, part(offset), from: 1) }
        #expect(bench.core(3).incoming?.nextOffset == 20)
        let stored = bench[3].jobs.compactMap { job -> UInt64? in
            if case .storeChunk(let chunk) = job { chunk.offset } else { nil }
        }
        #expect(stored == [0, 10])
        bench.sendTo(3, part(20), from: 1)
        #expect(bench.core(3).isInstalling)
        // Now its log must stand still, and it must not stand for election.
        bench.sendTo(
            3,
            .append(
                Append(
                    term: Term(2), previous: .zero, commit: .zero,
                    entries: [
                        Entry(index: LogIndex(1), term: Term(1), kind: .command, payload: Bytes())
                    ])), from: 1)
        #expect(bench.core(3).log.last == .zero)
        bench.pass(milliseconds: 1000, except: [1, 2], delivering: false)
        #expect(bench.core(3).office == .follower)
    }

    @Test func `a bad snapshot is asked for again`() {
        let bench = behind()
        bench.heal()
        bench.pass(milliseconds: 600) { bench.core(3).isInstalling }
        // (The node of these tests finds a mixed file and says that nothing of it is stored.)
        let bad = Bench()
        let snapshot = SnapshotMetadata(
            position: LogPosition(index: LogIndex(9), term: Term(1)), configuration: bad.core(3).configuration,
            byteCount: 20)
        for (offset, byte) in [(0, 1), (10, 2)] as [(UInt64, UInt8)] {
            bad.sendTo(
                3,
                .snapshotChunk(
                    SnapshotChunk(
                        term: Term(2), snapshot: snapshot, offset: offset,
                        data: Bytes([UInt8](repeating: byte, count: 10)))),
                from: 1)
        }
        bad.sync(3)
        #expect(bad.checker.mixedSnapshots == 1 && !bad.core(3).isInstalling)
        #expect(
            bad.sent(by: 3).contains(
                .snapshotReply(
                    SnapshotReply(term: Term(2), position: snapshot.position, nextOffset: 0, isInstalled: false))))
    }

    @Test func `an installed snapshot brings its configuration`() {
        let bench = behind()
        var members = bench.core(1).configuration.members
        members.append(
            .init(id: MemberID(9), storage: StorageID(900), role: .learner, peerAddress: "", clientAddress: ""))
        let now = bench.now
        _ = try? bench[1].change { core in try core.propose(Configuration(members: members), now: now) }
        bench.stabilize()
        bench[1].beginSnapshot()
        bench.stabilize()
        bench.heal()
        bench.pass(milliseconds: 2000)
        #expect(bench.core(3).configuration == Configuration(members: members))
        expectAgreement(bench)
    }

    @Test func `a tail of what a snapshot covers is kept for followers that are a little behind`() {
        var settings = Self.settings
        settings.retainedLogBytes = 600
        let bench = Bench(settings: settings)
        bench.elect(1)
        bench.isolate(3)
        for number in 1...20 { bench.propose(1, "\(number)") }
        bench.stabilize()
        bench[1].beginSnapshot()
        bench.stabilize()
        let core = bench.core(1)
        #expect(core.log.byteCount <= 600 && core.log.byteCount > 500 && core.log.first > LogIndex(1))
    }

    @Test func `what follows a snapshot takes the place of the tail that is kept`() {
        var settings = Self.settings
        settings.retainedLogBytes = 600
        let bench = Bench(settings: settings)
        bench.elect(1)
        for number in 1...20 { bench.propose(1, "\(number)") }
        bench.stabilize()
        bench[1].beginSnapshot()
        bench.stabilize()
        for number in 21...40 { bench.propose(1, "\(number)") }
        bench.pass(milliseconds: 100)
        let core = bench.core(1)
        #expect(core.log.first == core.snapshot.position.index.next && core.log.byteCount > 600)
    }
}
