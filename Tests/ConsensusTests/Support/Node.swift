import ByteString

@testable import Consensus

/// A message on its way.
struct Envelope {
    var from: MemberID
    var storage: StorageID
    var to: MemberID
    var message: PeerMessage
}

/// What a member's disk holds for certain.
struct DurableState {
    var hardState: HardState
    var snapshot: SnapshotFile
    /// Everything after the snapshot, and perhaps before it.
    var entries: [Entry]

    mutating func carryOut(_ write: LogWrite) {
        if let hardState = write.hardState { self.hardState = hardState }
        if let from = write.truncateFrom { entries.removeAll { $0.index >= from } }
        if let first = write.entries.first {
            let last = entries.last?.index ?? snapshot.metadata.position.index
            precondition(first.index == last.next, "the journal was told to leave a gap: \(first.index) after \(last)")
        }
        entries += write.entries
    }

    var last: LogIndex { entries.last?.index ?? snapshot.metadata.position.index }

    func holds(_ position: LogPosition) -> Bool {
        if position.index <= snapshot.metadata.position.index { return true }
        guard let first = entries.first, position.index >= first.index else { return false }
        let offset = Int(position.index.rawValue - first.index.rawValue)
        return offset < entries.count && entries[offset].term == position.term
    }

    mutating func save(_ file: SnapshotFile) {
        guard file.metadata.position.index > snapshot.metadata.position.index else { return }
        snapshot = file
        entries.removeAll { $0.index <= file.metadata.position.index }
    }

    mutating func install(_ file: SnapshotFile) {
        snapshot = file
        entries = []
    }
}

/// A snapshot whose every byte tells who made it: parts of two members' files do not pass as one.
struct SnapshotFile {
    var metadata: SnapshotMetadata
    var digest: UInt64
    var bytes: [UInt8]

    init(founding configuration: Configuration) {
        metadata = SnapshotMetadata(position: .zero, configuration: configuration, byteCount: 0)
        digest = 0
        bytes = []
    }

    init(position: LogPosition, configuration: Configuration, digest: UInt64, maker: MemberID) {
        let mark = UInt8(truncatingIfNeeded: maker.rawValue &* 31 &+ position.index.rawValue &* 7)
        bytes = (0..<8).map { UInt8(truncatingIfNeeded: digest >> ($0 * 8)) }
        bytes += Array(repeating: mark, count: 100 + Int(position.index.rawValue % 5) * 60)
        self.digest = digest
        metadata = SnapshotMetadata(position: position, configuration: configuration, byteCount: UInt64(bytes.count))
    }

    /// Nil if the bytes are not those of one file.
    init?(metadata: SnapshotMetadata, bytes: [UInt8]) {
        guard bytes.count == Int(metadata.byteCount), bytes.count > 8 else { return nil }
        guard bytes[8...].allSatisfy({ $0 == bytes[8] }) else { return nil }
        self.metadata = metadata
        self.bytes = bytes
        digest = (0..<8).reduce(0) { $0 | UInt64(bytes[$1]) << ($1 * 8) }
    }
}

/// A member with its disk and its state machine (which is a running digest of what was applied). It carries out
/// effects; when its disk finishes and what becomes of its messages is for its owner to decide.
final class Node {
    let id: MemberID
    var storage: StorageID
    let settings: Consensus.Settings
    let checker: SafetyChecker
    /// Nil while it is down.
    private(set) var core: Consensus?
    var durable: DurableState
    /// What the disk has yet to do, in order.
    private(set) var jobs: [Job] = []
    /// What it sent and nobody took yet.
    var outbox: [Envelope] = []
    /// What it said since somebody last looked.
    var notices: [Notice] = []
    var confirmed: [ReadConfirmed] = []
    var refused: [ReadToken] = []
    private(set) var applied: LogIndex
    private(set) var appliedPosition: LogPosition
    private(set) var digest: UInt64
    /// The payloads applied in this life, as text.
    private(set) var appliedTexts: [String] = []
    private var receiving: [UInt8] = []
    /// Told of everything that it wants done.
    var onEffects: ((Effects) -> Void)?
    /// A disk that never syncs before it says so.
    var liesAboutSync = false

    enum Job {
        case write(LogWrite?, afterSync: [Outgoing])
        case storeChunk(SnapshotChunk)
        case saveSnapshot(SnapshotFile)
        case readSnapshot(SnapshotRead)
    }

    init(id: MemberID, storage: StorageID, settings: Consensus.Settings, durable: DurableState, checker: SafetyChecker)
    {
        self.id = id
        self.storage = storage
        self.settings = settings
        self.durable = durable
        self.checker = checker
        applied = durable.snapshot.metadata.position.index
        appliedPosition = durable.snapshot.metadata.position
        digest = durable.snapshot.digest
    }

    var isUp: Bool { core != nil }

    // MARK: Life

    func start(seed: UInt64, now: Instant) {
        precondition(core == nil)
        let restored = Consensus.Restored(
            hardState: durable.hardState, snapshot: durable.snapshot.metadata, entries: durable.entries)
        core = Consensus(id: id, storage: storage, settings: settings, restored: restored, seed: seed, now: now)
        applied = durable.snapshot.metadata.position.index
        appliedPosition = durable.snapshot.metadata.position
        digest = durable.snapshot.digest
        appliedTexts = []
        receiving = []
        flush()
    }

    /// Of what the disk was doing, the first `surviving` jobs happen to have reached it.
    func crash(surviving: Int = 0) {
        for job in jobs.prefix(surviving) {
            if case .write(let write?, _) = job {
                durable.carryOut(write)
            } else if case .saveSnapshot(let file) = job {
                durable.save(file)
            }
        }
        core = nil
        jobs = []
        outbox = []
        checker.crashed(self)
    }

    // MARK: Steps

    func step(_ event: Event, now: Instant) {
        guard core != nil else { return }
        core!.step(event, now: now)
        flush()
    }

    func propose(_ payloads: [Bytes], now: Instant) -> Consensus.ProposeResult? {
        defer { flush() }
        return core?.propose(payloads, now: now)
    }

    /// Anything else that changes the member.
    @discardableResult
    func change<Result, Failure: Error>(
        _ body: (inout Consensus) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { flush() }
        return try body(&core!)
    }

    /// Saves a snapshot of what is applied.
    func beginSnapshot() {
        guard let core, applied > durable.snapshot.metadata.position.index else { return }
        let configuration = core.memberships.configuration(at: applied)
        jobs.append(
            .saveSnapshot(
                SnapshotFile(position: appliedPosition, configuration: configuration, digest: digest, maker: id)))
    }

    /// The disk finishes its next job.
    func finishJob(now: Instant) {
        guard isUp, !jobs.isEmpty else { return }
        switch jobs.removeFirst() {
        case .write(let write, let afterSync):
            if let write { durable.carryOut(write) }
            send(afterSync)
            if let write { step(.persisted(through: write.sequence), now: now) }
        case .saveSnapshot(let file):
            durable.save(file)
            step(.snapshotSaved(file.metadata), now: now)
        case .storeChunk(let chunk):
            store(chunk, now: now)
        case .readSnapshot(let read):
            var data = Bytes()
            if durable.snapshot.metadata == read.snapshot {
                let end = min(durable.snapshot.bytes.count, Int(read.offset) + read.byteCountMax)
                data = Bytes(durable.snapshot.bytes[Int(read.offset)..<end])
            }
            step(.snapshotData(read.snapshot, offset: read.offset, data: data, to: read.to), now: now)
        }
    }

    private func store(_ chunk: SnapshotChunk, now: Instant) {
        let position = chunk.snapshot.position
        if chunk.offset == 0 { receiving = [] }
        precondition(Int(chunk.offset) <= receiving.count, "a part was handed out too early")
        receiving.removeLast(receiving.count - Int(chunk.offset))
        receiving += Array(chunk.data)
        guard chunk.isLast else {
            return step(.snapshotChunkStored(position: position, nextOffset: UInt64(receiving.count)), now: now)
        }
        guard let file = SnapshotFile(metadata: chunk.snapshot, bytes: receiving) else {
            checker.mixedSnapshots += 1
            return step(.snapshotChunkStored(position: position, nextOffset: 0), now: now)
        }
        durable.install(file)
        applied = position.index
        appliedPosition = position
        digest = file.digest
        checker.installed(file, by: self)
        step(.snapshotInstalled(file.metadata), now: now)
    }

    private func send(_ messages: [Outgoing]) {
        for outgoing in messages { checker.sent(outgoing, by: id, durable) }
        outbox += messages.map { Envelope(from: id, storage: storage, to: $0.to, message: $0.message) }
    }

    private func flush() {
        guard core != nil else { return }
        let effects = core!.takeEffects()
        checker.observe(self, effects)
        onEffects?(effects)
        send(effects.now)
        if liesAboutSync, let write = effects.write {
            send(effects.afterSync)
            jobs.append(.write(write, afterSync: []))
        } else if effects.write != nil || !effects.afterSync.isEmpty {
            jobs.append(.write(effects.write, afterSync: effects.afterSync))
        }
        for entry in effects.committed {
            applied = entry.index
            appliedPosition = entry.position
            digest = SafetyChecker.digest(digest, entry)
            if entry.kind == .command { appliedTexts.append(String(decoding: entry.payload, as: UTF8.self)) }
        }
        jobs += effects.snapshotWrites.map { .storeChunk($0) }
        jobs += effects.snapshotReads.map { .readSnapshot($0) }
        notices += effects.notices
        confirmed += effects.readsConfirmed
        refused += effects.readsRefused
    }
}
