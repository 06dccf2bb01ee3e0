import ByteString
import Consensus
import Journal
import Testing

/// Who is asked when, and when a member stops asking. What answers mean, `RepairTests` shows.
@Suite struct RepairRoundsTests {
    private static let others = [MemberID(100), MemberID(101)]

    /// A member whose log has a hole, its own idea of it, and the whole log.
    private func damaged(
        snapshotAt index: UInt64? = nil
    ) throws -> (disk: MemoryDisk, rounds: RepairRounds, peer: Node) {
        let node = try Node(1)
        let peer = try Node(2)
        for first in stride(from: UInt64(1), to: 40, by: 4) {
            try node.append(Node.entries(first...first + 3, term: 2))
            try peer.append(Node.entries(first...first + 3, term: 2))
        }
        if let index { try peer.snapshot(at: index) }
        for node in [node, peer] {
            try node.append([], hardState: HardState(term: Term(3), vote: nil))
            try node.settle()
        }
        let disk = node.disk.copy()
        let hole = node.batches()[3]
        disk.rot(hole.file) { bytes in for byte in 0..<hole.bytes { bytes[hole.offset + byte] ^= 0xff } }
        let repair = try Journal.salvage(disk, damage: Node.damage)
        try #require(!repair.isComplete)
        return (disk, RepairRounds(repair, others: Self.others), peer)
    }

    private func at(_ milliseconds: Int) -> Instant { Instant(nanoseconds: 0) + .milliseconds(milliseconds) }

    private func asked(_ step: RepairRounds.Step) -> MemberID? {
        if case .ask(let member, .entries) = step { member } else { nil }
    }

    @Test func `a member that gives no answer is passed over until the next round`() throws {
        var (_, rounds, _) = try damaged()
        #expect(asked(rounds.next(now: at(0))) == Self.others[0])
        rounds.takeNothing()
        #expect(asked(rounds.next(now: at(1))) == Self.others[1])
        rounds.takeNothing()
        guard case .wait = rounds.next(now: at(2)) else { return #expect(Bool(false), "it does not wait") }
        #expect(asked(rounds.next(now: at(200))) == Self.others[0])
    }

    @Test func `as soon as nothing is missing nobody else is asked`() throws {
        var (disk, rounds, peer) = try damaged()
        guard case .ask(_, let demand) = rounds.next(now: at(0)) else { return #expect(Bool(false), "no question") }
        rounds.take(try RepairPeer(peer.disk).supply(demand))
        guard case .finish = rounds.next(now: at(1)) else { return #expect(Bool(false), "it is not complete") }
        try Journal.finish(rounds.repair, on: disk, options: .small)
        #expect(try Journal.open(disk, options: .small).recovered.entries == peer.entries)
    }

    @Test func `a repair is given up only when all others have lacked the same for as long as patience lasts`() throws {
        var (_, rounds, _) = try damaged()
        var nothing = RepairAnswer()
        nothing.isUnderRepair = true
        func round(_ rounds: inout RepairRounds, _ milliseconds: Int, silent: Int = 0) -> RepairRounds.Step {
            for place in Self.others.indices {
                _ = rounds.next(now: at(milliseconds))
                if place < silent { rounds.takeNothing() } else { rounds.take(.entries(nothing)) }
            }
            return rounds.next(now: at(milliseconds))
        }
        // Who has never said anything may have it.
        for time in [0, 3000, 6000, 9000] {
            guard case .wait = round(&rounds, time, silent: 1) else { return #expect(Bool(false), "given up early") }
        }
        for time in [10_000, 12_000, 14_999] {
            guard case .wait = round(&rounds, time) else { return #expect(Bool(false), "given up early") }
        }
        guard case .giveUp = round(&rounds, 15_001) else { return #expect(Bool(false), "not given up") }
    }

    @Test func `parts of another snapshot, or of another place in it, are not kept`() throws {
        var (disk, rounds, peer) = try damaged(snapshotAt: 40)
        let source = try RepairPeer(peer.disk)
        let snapshot = try #require(source.repair.snapshot)
        var answer = RepairAnswer()
        answer.snapshot = snapshot
        /// Until a snapshot is asked for.
        func askForSnapshot(_ rounds: inout RepairRounds) -> RepairDemand? {
            for _ in 0..<10 {
                guard case .ask(_, let demand) = rounds.next(now: at(0)) else { continue }
                if case .snapshot = demand { return demand }
                rounds.take(.entries(answer))
            }
            return nil
        }
        var other = snapshot
        other.position.term = other.position.term.next
        for wrong: RepairSupply in [
            .snapshot(other, offset: 0, data: Bytes([1])), .snapshot(snapshot, offset: 1, data: Bytes([1])),
            .snapshot(snapshot, offset: 0, data: Bytes()), .snapshotGone, .entries(answer),
            .snapshot(snapshot, offset: 0, data: Bytes([UInt8](repeating: 1, count: Int(snapshot.byteCount) + 1))),
        ] {
            try #require(askForSnapshot(&rounds) != nil)
            rounds.take(wrong)
            if case .store = rounds.next(now: at(0)) { Issue.record("\(wrong) is stored") }
        }
        // What is right is kept, part after part.
        var demand = try #require(askForSnapshot(&rounds))
        while true {
            rounds.take(try source.supply(demand))
            guard case .store = rounds.next(now: at(0)) else { break }
            try rounds.store(on: disk, options: .small)
            guard case .ask(_, let next) = rounds.next(now: at(0)), case .snapshot = next else { break }
            demand = next
        }
        #expect(rounds.repair.snapshot == snapshot)
        guard case .finish = rounds.next(now: at(0)) else { return #expect(Bool(false), "it is not complete") }
    }
}
