import ByteString
import Consensus
import Foundation
import Journal

/// A journal on a disk in memory, and what it must still hold after whatever happens to it.
final class Rig {
    let disk = MemoryDisk()
    var options: JournalOptions
    var journal: Journal?
    var generator: SeededGenerator

    /// A log as it is after a write.
    struct State: Hashable {
        var hardState = HardState.initial
        var base = LogPosition.zero
        var entries: [Entry] = []

        var last: LogPosition { entries.last?.position ?? base }

        func term(at index: LogIndex) -> Term? {
            if index == base.index { return base.term }
            return entries.first { $0.index == index }?.term
        }

        /// What a member makes of this log when it has a snapshot of `position`.
        mutating func adopt(_ position: LogPosition?) {
            guard let position, term(at: position.index) != position.term else { return }
            base = position
            entries = []
            if hardState.term < position.term { hardState = HardState(term: position.term, vote: nil) }
        }
    }

    /// The states after every write and every installed snapshot since the last start, oldest first.
    private(set) var states = [State()]
    /// How many of them have been reported durable.
    private(set) var durableCount = 0
    private var stateOfSequence: [UInt64: Int] = [:]
    private var sequence: UInt64 = 0
    /// Snapshots that may be on disk: begun, or received whole.
    private var snapshotsBegun: Set<LogPosition> = []
    /// The newest snapshot that was reported durable.
    private(set) var snapshotReported = LogPosition.zero
    private(set) var recovered: Recovered?
    /// Content still to be fed to the own snapshot.
    private var own: (position: LogPosition, content: Bytes, offset: Int)?
    private var leaderSends: (snapshot: SnapshotMetadata, term: Term, content: Bytes)?
    var eventLog: [JournalEvent] = []

    static let member = MemberID(3)
    static let storage = StorageID(0x5707_a6e1)
    static let ensemble = EnsembleID(0xe75e_b1e0)
    static let configuration = Configuration(members: [
        Configuration.Member(
            id: member, storage: storage, role: .voter, peerAddress: "[::1]:4001", clientAddress: "[::1]:4000")
    ])

    struct Wrong: Error, CustomStringConvertible {
        var description: String
    }

    init(seed: Int, options: JournalOptions = .small) {
        generator = SeededGenerator(seed)
        self.options = options
    }

    var state: State { states[states.count - 1] }

    /// Formats the disk as that of a member that joins.
    func format() throws {
        try Journal.format(disk, member: Self.member, storage: Self.storage, salt: 0x5a17, options: options)
        try Journal.join(disk, ensemble: Self.ensemble)
    }

    // MARK: - Starting

    /// Opens the journal and compares what it holds with what it must hold.
    func start() throws {
        own = nil
        leaderSends = nil
        journal = nil
        let (journal, recovered) = try Journal.open(
            disk, member: Self.member, ensemble: Self.ensemble, options: options)
        try check(recovered, journal)
        self.journal = journal
        self.recovered = recovered
        states = [State(hardState: recovered.hardState, base: recovered.previous, entries: recovered.entries)]
        durableCount = 1
        snapshotsBegun = []
        snapshotReported = recovered.snapshot?.position ?? .zero
        stateOfSequence = [:]
        sequence = 0
    }

    private func check(_ recovered: Recovered, _ journal: Journal) throws {
        let snapshot = recovered.snapshot?.position ?? .zero
        guard snapshot.index >= snapshotReported.index else {
            throw Wrong(description: "snapshot \(snapshotReported) was reported, \(snapshot) recovered")
        }
        guard snapshot == snapshotReported || snapshotsBegun.contains(snapshot) else {
            throw Wrong(description: "snapshot \(snapshot) recovered that nobody took")
        }
        if let metadata = recovered.snapshot { try checkContent(metadata, journal) }
        guard recovered.previous.index <= snapshot.index else {
            throw Wrong(description: "entries after \(recovered.previous), but a snapshot of \(snapshot) only")
        }
        let candidates = states[max(0, durableCount - 1)...].map { state in
            var state = state
            state.adopt(recovered.snapshot?.position)
            return state
        }
        guard candidates.contains(where: { isSame($0, recovered) }) else {
            let found = "\(recovered.hardState) \(recovered.previous) + \(recovered.entries.map(\.position))"
            let wanted = candidates.map { "\($0.hardState) \($0.base) + \($0.entries.map(\.position))" }
            throw Wrong(description: "recovered \(found)\nexpected one of\n\(wanted.joined(separator: "\n"))")
        }
    }

    /// A recovery may leave out entries that the snapshot contains.
    private func isSame(_ state: State, _ recovered: Recovered) -> Bool {
        guard state.hardState == recovered.hardState,
            state.term(at: recovered.previous.index) == recovered.previous.term
        else { return false }
        return state.entries.filter { $0.index > recovered.previous.index } == recovered.entries
    }

    private func checkContent(_ snapshot: SnapshotMetadata, _ journal: Journal) throws {
        let content = Self.content(snapshot.position)
        guard snapshot.byteCount == UInt64(content.count), snapshot.configuration == Self.configuration else {
            throw Wrong(description: "snapshot \(snapshot.position) has other metadata")
        }
        var offset: UInt64 = 0
        while offset < snapshot.byteCount {
            let part = try journal.read(snapshot, offset: offset, byteCountMax: 50_000)
            guard part.count > 0, isEqual(part, content.slice(offset: Int(offset), count: part.count)) else {
                throw Wrong(description: "snapshot \(snapshot.position) has other content at \(offset)")
            }
            offset += UInt64(part.count)
        }
    }

    /// Compares in one go, which in a debug build is a hundred times faster than byte by byte.
    private func isEqual(_ left: Bytes, _ right: Bytes) -> Bool {
        left.withUnsafeBytes { a in
            right.withUnsafeBytes { b in
                guard a.count == b.count, let first = a.baseAddress, let second = b.baseAddress else { return false }
                return memcmp(first, second, a.count) == 0
            }
        }
    }

    /// A snapshot's content: for every position another, of a length that is sometimes several blocks.
    static func content(_ position: LogPosition) -> Bytes {
        var generator = SeededGenerator(position.index.rawValue &* 31 &+ position.term.rawValue)
        let count = [0, 100, 65536, 70_000, 150_000][Int.random(in: 0..<5, using: &generator)]
        let first = UInt8.random(in: 0...255, using: &generator)
        return Bytes(count: count) { buffer in
            // Each stretch has another byte, so that no two blocks are alike.
            for (number, start) in stride(from: 0, to: count, by: 10_000).enumerated() {
                let stretch = UnsafeMutableRawBufferPointer(rebasing: buffer[start..<min(start + 10_000, count)])
                stretch.initializeMemory(as: UInt8.self, repeating: first &+ UInt8(number))
            }
        }
    }

    // MARK: - Writing

    func append(hardState: HardState? = nil, truncateFrom: LogIndex? = nil, entries: [Entry] = []) {
        sequence += 1
        var next = state
        if let hardState { next.hardState = hardState }
        if let truncateFrom { next.entries.removeAll { $0.index >= truncateFrom } }
        next.entries += entries
        states.append(next)
        stateOfSequence[sequence] = states.count
        journal?.append(
            LogWrite(
                sequence: WriteSequence(sequence), hardState: hardState, truncateFrom: truncateFrom, entries: entries))
    }

    /// Entries that nobody has appended before.
    func append(count: Int, bytesMax: Int = 200) {
        let last = state.last
        let term = max(last.term, state.hardState.term)
        append(
            entries: (0..<count).map { entry(last.index.advanced(by: $0 + 1), term: term, bytesMax: bytesMax) })
    }

    func entry(_ index: LogIndex, term: Term, bytesMax: Int) -> Entry {
        let byte = UInt8.random(in: 0...255, using: &generator)
        let payload = [UInt8](repeating: byte, count: Int.random(in: 0...bytesMax, using: &generator))
        return Entry(index: index, term: term, kind: .command, payload: Bytes(payload))
    }

    // MARK: - Snapshots

    func beginSnapshot(_ position: LogPosition) {
        snapshotsBegun.insert(position)
        own = (position, Self.content(position), 0)
        journal?.beginSnapshot(at: position, configuration: Self.configuration)
    }

    var isSnapshotUnderWay: Bool { own != nil || leaderSends != nil }

    func receiveSnapshot(_ position: LogPosition, from term: Term) {
        let content = Self.content(position)
        leaderSends = (
            SnapshotMetadata(
                position: position, configuration: Self.configuration, byteCount: UInt64(content.count)), term, content
        )
        sendChunk(from: 0)
    }

    private func sendChunk(from offset: UInt64) {
        guard let (snapshot, term, content) = leaderSends else { return }
        let count = min(40_000, content.count - Int(offset))
        let data = content.slice(offset: Int(offset), count: count)
        let chunk = SnapshotChunk(term: term, snapshot: snapshot, offset: offset, data: data)
        if chunk.isLast { snapshotsBegun.insert(snapshot.position) }
        observe(journal?.receive(chunk) ?? [])
    }

    // MARK: - Driving

    /// Hands the journal's jobs to the disk.
    func takeJobs() {
        for job in journal?.takeJobs() ?? [] { disk.submit(job) }
    }

    /// Carries out a lane's next job, if it has one.
    func run(_ lane: DiskLane) throws {
        takeJobs()
        guard let (ticket, result) = disk.runJob(lane) else { return }
        observe(try journal?.completed(ticket, result) ?? [])
        takeJobs()
    }

    /// Until nothing is left to do.
    func runAll() throws {
        repeat {
            try run(.log)
            try run(.background)
        } while !disk.isIdle && !disk.isDown
    }

    private func observe(_ events: [JournalEvent]) {
        eventLog += events
        for event in events {
            switch event {
            case .persisted(let sequence):
                durableCount = max(durableCount, stateOfSequence[sequence.rawValue] ?? 0)
            case .snapshotWantsChunk(let position):
                feed(position)
            case .snapshotSaved(let metadata):
                snapshotReported = metadata.position
                own = nil
            case .snapshotAbandoned:
                own = nil
            case .chunkStored(_, let nextOffset):
                sendChunk(from: nextOffset)
            case .receptionAbandoned:
                leaderSends = nil
            case .snapshotInstalled(let metadata):
                snapshotReported = metadata.position
                leaderSends = nil
                var next = state
                next.adopt(metadata.position)
                states.append(next)
            }
        }
    }

    private func feed(_ position: LogPosition) {
        guard let (_, content, offset) = own, own?.position == position else { return }
        guard offset < content.count else {
            journal?.finishSnapshot()
            return
        }
        let count = min(content.count - offset, 60_000)
        own?.offset += count
        journal?.appendToSnapshot(content.slice(offset: offset, count: count))
    }
}

extension JournalOptions {
    /// Sizes at which everything happens often.
    static var small: JournalOptions {
        var options = JournalOptions()
        options.segmentBytes = 8192
        options.blockBytes = 512
        options.batchBytesMax = 2048
        options.prepareBytes = 4096
        options.snapshotSyncBytes = 100_000
        options.reserveBytes = 4096
        return options
    }
}
