import ByteString
import Consensus
import Journal

/// A member whose log can be damaged and repaired.
final class Node {
    let disk: MemoryDisk
    let member: MemberID
    var journal: Journal?
    private(set) var entries: [Entry] = []
    private(set) var hardState = HardState.initial
    private var sequence: UInt64 = 0

    static let damage = JournalError.damaged(file: "", offset: 0, reason: "so that there is one")

    init(_ member: UInt64, disk: MemoryDisk = MemoryDisk()) throws {
        self.disk = disk
        self.member = MemberID(member)
        try Journal.format(
            disk, member: self.member, storage: StorageID(member), salt: 0x5a17 + member, options: .small)
        try Journal.join(disk, ensemble: Rig.ensemble)
        journal = try Journal.open(disk, options: .small).journal
    }

    var last: LogPosition { entries.last?.position ?? .zero }

    /// One write, which is a batch of its own.
    func append(_ new: [Entry], truncateFrom: LogIndex? = nil, hardState: HardState? = nil) throws {
        sequence += 1
        if let truncateFrom { entries.removeAll { $0.index >= truncateFrom } }
        entries += new
        self.hardState = hardState ?? self.hardState
        journal?.append(
            LogWrite(
                sequence: WriteSequence(sequence), hardState: hardState, truncateFrom: truncateFrom, entries: new))
        try runAll()
    }

    func runAll() throws {
        while case let jobs = journal?.takeJobs() ?? [], !jobs.isEmpty {
            for job in jobs {
                try disk.perform(job.operations)
                for event in try journal?.completed(job.ticket, .success(())) ?? [] {
                    if case .snapshotWantsChunk(let position) = event, !isFed {
                        isFed = true
                        journal?.appendToSnapshot(Self.content(position))
                    } else if case .snapshotWantsChunk = event {
                        journal?.finishSnapshot()
                    }
                }
            }
        }
    }

    private var isFed = false
    static func content(_ position: LogPosition) -> Bytes { Bytes(utf8: "the state at \(position)") }

    func snapshot(at index: UInt64) throws {
        guard let entry = entries.first(where: { $0.index == LogIndex(index) }) else { return }
        isFed = false
        journal?.beginSnapshot(at: entry.position, configuration: Rig.configuration)
        try runAll()
    }

    /// Proves the last batch.
    func settle() throws {
        journal?.idle()
        try runAll()
    }

    static func entries(_ range: ClosedRange<UInt64>, term: UInt64, bytes: Int = 60) -> [Entry] {
        range.map { index in
            let byte = UInt8(truncatingIfNeeded: index &* 31 &+ term)
            return Entry(
                index: LogIndex(index), term: Term(term), kind: .command,
                payload: Bytes([UInt8](repeating: byte, count: Int(index) % bytes)))
        }
    }

    /// Where the log's batches are, and how long without what fills their last block.
    func batches() -> [(file: String, offset: Int, bytes: Int)] {
        var found: [(file: String, offset: Int, bytes: Int)] = []
        for (file, bytes) in disk.contents.sorted(by: { $0.key < $1.key }) where file.hasPrefix("log-") {
            let mark = bytes[24..<32]
            guard mark.contains(where: { $0 != 0 }) else { continue }
            for offset in stride(from: 512, to: bytes.count, by: 512) where bytes[offset..<offset + 8] == mark {
                let body = bytes[offset + 16..<offset + 20].reversed().reduce(0) { $0 << 8 | Int($1) }
                found.append((file, offset, 96 + body))
            }
        }
        return found
    }
}

/// What became of an attempt to open a directory.
enum Outcome: Equatable {
    case opened
    case repaired
    /// Nothing more can be had from the peers.
    case stuck(gaps: [ClosedRange<LogIndex>])
    case refused(JournalError)
}

/// A member that answers repair queries.
struct RepairPeer {
    var disk: MemoryDisk
    var repair: LogRepair
    var committed: LogPosition
    var isRunning = false
    /// Entries up to here are compacted.
    var base = LogIndex.zero

    init(_ disk: MemoryDisk, committed: LogPosition = .zero, isRunning: Bool = false) throws {
        self.disk = disk
        self.committed = committed
        self.isRunning = isRunning
        repair = try Journal.salvage(disk, damage: Node.damage)
    }

    func answer(_ query: RepairQuery) -> RepairAnswer {
        var answer = repair.answer(query)
        if isRunning {
            answer.isUnderRepair = false
            answer.committed = committed
        }
        return answer
    }

    func supply(_ demand: RepairDemand) throws -> RepairSupply {
        switch demand {
        case .entries(let query):
            return .entries(answer(query))
        case .snapshot(let position, let offset):
            guard let snapshot = repair.snapshot, snapshot.position == position else { return .snapshotGone }
            let data = try Journal.readSnapshot(of: repair, position, on: disk, offset: offset, byteCountMax: 7)
            return .snapshot(snapshot, offset: offset, data: data)
        }
    }
}

/// Opens a directory, repairing it from `peers` if need be. They are asked in order, until a round teaches nothing.
func openOrRepair(_ disk: MemoryDisk, from peers: [RepairPeer]) throws -> (outcome: Outcome, recovered: Recovered?) {
    do throws(JournalError) {
        return (.opened, try Journal.open(disk, options: .small).recovered)
    } catch {
        guard case .damaged = error else { return (.refused(error), nil) }
        let repair: LogRepair
        do { repair = try Journal.salvage(disk, damage: error) } catch let worse { return (.refused(worse), nil) }
        var rounds = RepairRounds(repair, others: peers.indices.map { MemberID(UInt64($0 + 100)) })
        while true {
            switch rounds.next(now: Instant(nanoseconds: 0)) {
            case .ask(let member, let demand):
                rounds.take(try peers[Int(member.rawValue) - 100].supply(demand))
            case .store:
                try rounds.store(on: disk, options: .small)
            case .wait, .giveUp:
                return (.stuck(gaps: rounds.repair.gaps), nil)
            case .finish:
                try Journal.finish(rounds.repair, on: disk, options: .small)
                return (.repaired, try Journal.open(disk, options: .small).recovered)
            }
        }
    }
}
