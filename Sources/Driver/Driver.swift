import ByteString
public import Consensus
public import Coordination
import DequeModule
public import Journal
public import Replica

/// What happens to a member, as its driver is told.
public enum DriverEvent: Sendable {
    case input(Input)
    /// What became of a job that the journal gave to the disk.
    case disk(DiskTicket, Result<Void, DiskError>)
    /// Somebody wants to know how the member is.
    case status(RequestToken)
    /// A member under repair lacks something. The answer is given on the driver's thread.
    case repair(RepairDemand, reply: @Sendable (RepairSupply) -> Void)
}

/// Why a member cannot go on.
public enum DriverFailure: Error, Sendable, CustomStringConvertible {
    /// The journal has stopped: the disk failed, or holds something else than was written to it.
    case journal(JournalError)
    /// A leader's snapshot arrived whole but is no state.
    case snapshot(SnapshotMetadata, SnapshotError)
    /// The state is not what a majority has made of the same log.
    case diverged(StateDivergence)
    /// The state in memory is not what was put there.
    case unsound(LogPosition)
    /// The ensemble has a format level that this release does not support. Nothing of it was applied or stored.
    case unsupported(UnsupportedFormatLevel)

    /// Whether nothing but the state is wrong: a member that is started again takes it from the others. See
    /// ``Journal/distrustSnapshots()``.
    public var isMendedByStart: Bool {
        switch self {
        case .diverged, .unsound: true
        case .journal, .snapshot, .unsupported: false
        }
    }

    public var description: String {
        switch self {
        case .journal(let error): "\(error)"
        case .diverged(let divergence): "\(divergence)"
        case .unsound(let position):
            "the state as of \(position) is not what was put into memory: a snapshot of it does not have its digest"
        case .unsupported(let error): "\(error)"
        case .snapshot(let metadata, let error): "the snapshot at \(metadata.position) is no state: \(error)"
        }
    }
}

/// The one loop of a member: carries out what its replica wants done, over a journal, a transport and whoever asked.
///
/// Everything that happens enters by ``turn(_:now:)``, a batch at a time. A turn steps the replica through the batch
/// and then, once: sends what may leave at once, hands the write to the journal, starts the journal's jobs, applies
/// what is committed, and answers. So the network, the disk and the state machine work at the same time, and one sync,
/// one message to each follower and one publication of the state serve the whole batch. Where the network has only this
/// thread, a turn is taken in two: ``begin(_:now:)``, and ``finish(now:)`` once the messages have left.
///
/// The simulator runs this very code; nothing here knows whether time, disk and network are real.
public struct Driver<Network: Transport, Clients: Replies>: ~Copyable {
    public private(set) var replica: Replica
    public private(set) var journal: Journal
    public var network: Network
    public var clients: Clients
    private let disk: any Disk
    /// Messages that reveal what is not durable yet, by the write that they wait for.
    private var held = Deque<(after: WriteSequence, messages: [Addressed])>()
    private var appended = WriteSequence.zero
    private var durable = WriteSequence.zero
    private var lastAppend: Instant
    /// When to try again what there was no space for.
    private var retryAt: Instant
    private var snapshot: SnapshotUnderWay?

    /// - Parameter disk: the one that `journal` was opened on.
    public init(
        replica: consuming Replica, journal: consuming Journal, disk: any Disk, network: consuming Network,
        clients: consuming Clients, now: Moment
    ) {
        self.replica = replica
        self.journal = journal
        self.disk = disk
        self.network = network
        self.clients = clients
        lastAppend = now.monotonic
        retryAt = now.monotonic
    }

    /// Takes in what has happened and does what follows from it.
    ///
    /// - Throws: when the member cannot go on. Nothing that it promised is lost; it must not be called again.
    public mutating func turn(_ events: [DriverEvent], now: Moment) throws(DriverFailure) {
        try begin(events, now: now)
        try finish(now: now)
    }

    /// The part of a turn that others wait for: the other members, and the disk.
    ///
    /// - Throws: as ``turn(_:now:)``.
    public mutating func begin(_ events: [DriverEvent], now: Moment) throws(DriverFailure) {
        for event in events {
            switch event {
            case .input(let input):
                if case .tick = input { try onTick(now: now) }
                if !hasRoom(for: input) { continue }
                replica.step(input, now: now)
            case .disk(let ticket, let result):
                try onJournal(try completed(ticket, result), now: now)
            case .status(let token):
                clients.deliver(replica.status(now: now), for: token)
            case .repair(let demand, let reply):
                reply(supply(demand))
            }
        }
        // Carrying out can itself make something happen: a part of a snapshot that was read is sent at once.
        while try carryOut(now: now) {}
    }

    /// After an idle moment the journal proves its last batch durable.
    private mutating func onTick(now: Moment) throws(DriverFailure) {
        try feedSnapshot()
        if now.monotonic - lastAppend >= .milliseconds(100) { journal.idle() }
        // A disk that is full has better uses for the space.
        journal.keepReadable(journal.isFull ? [] : replica.consensus.snapshotsBeingSent)
        if journal.isFull, now.monotonic >= retryAt {
            retryAt = now.monotonic + .seconds(2)
            journal.retry()
        }
    }

    /// Whether the disk has room for what a leader sends. What has none counts as lost on the way: the leader sends it
    /// again, and meanwhile this member votes and hears from the leader as ever.
    private func hasRoom(for input: Input) -> Bool {
        guard journal.isFull, case .message(.consensus(.append(let append)), _, _) = input, !append.entries.isEmpty
        else { return true }
        return journal.hasRoom(for: append.entries.reduce(0) { $0 + $1.weight })
    }

    // MARK: Effects

    /// Returns whether something has happened by it that wants to be carried out in turn.
    private mutating func carryOut(now: Moment) throws(DriverFailure) -> Bool {
        let outbound = replica.takeOutbound(now: now)
        if let configuration = outbound.configuration { network.reach(configuration) }
        if !outbound.now.isEmpty { network.send(outbound.now) }
        if let write = outbound.write {
            journal.append(write)
            appended = write.sequence
            lastAppend = now.monotonic
        }
        if !outbound.afterSync.isEmpty { hold(outbound.afterSync) }
        for chunk in outbound.snapshotWrites {
            try checkLevel(of: chunk)
            try onJournal(journal.receive(chunk), now: now)
        }
        for read in outbound.snapshotReads { try readSnapshot(read, now: now) }
        for job in journal.takeJobs() { disk.submit(job) }
        replica.setDiskFull(journal.isFull)
        return !outbound.snapshotReads.isEmpty || !outbound.snapshotWrites.isEmpty
    }

    /// The rest of a turn, due before the next one begins: applies what is committed, and answers.
    ///
    /// - Throws: as ``turn(_:now:)``.
    public mutating func finish(now: Moment) throws(DriverFailure) {
        let answers = replica.applyCommitted(now: now)
        // Nothing of such a state is to be told or kept.
        if let divergence = answers.divergence { throw distrust(.diverged(divergence)) }
        if let unsupported = answers.unsupported { throw .unsupported(unsupported) }
        if answers.isSnapshotDue { beginSnapshot() }
        clients.deliver(answers)
    }

    /// Sends at once if everything appended is durable, else when it has become so.
    private mutating func hold(_ messages: [Addressed]) {
        if durable >= appended {
            network.send(messages)
        } else {
            held.append((appended, messages))
        }
    }

    // MARK: The journal

    private mutating func completed(
        _ ticket: DiskTicket, _ result: Result<Void, DiskError>
    ) throws(DriverFailure) -> [JournalEvent] {
        do { return try journal.completed(ticket, result) } catch { throw .journal(error) }
    }

    private mutating func onJournal(_ events: [JournalEvent], now: Moment) throws(DriverFailure) {
        for event in events {
            switch event {
            case .persisted(let sequence):
                durable = sequence
                while let first = held.first, first.after <= durable {
                    network.send(first.messages)
                    held.removeFirst()
                }
                replica.step(.persisted(through: sequence), now: now)
            case .snapshotWantsChunk(let position):
                guard snapshot?.position == position else { continue }
                snapshot?.isPartWanted = true
                // Else with the next tick.
                if let snapshot, replica.isSnapshotLate(written: snapshot.written) { try feedSnapshot() }
            case .snapshotSaved(let metadata):
                snapshot = nil
                replica.step(.snapshotSaved(metadata), now: now)
            case .snapshotAbandoned:
                snapshot = nil
                replica.snapshotAbandoned()
            case .chunkStored(let position, let nextOffset):
                replica.step(.snapshotChunkStored(position: position, nextOffset: nextOffset), now: now)
            case .receptionAbandoned(let position, _):
                replica.step(.snapshotChunkStored(position: position, nextOffset: 0), now: now)
            case .snapshotInstalled(let metadata):
                try install(metadata, now: now)
            }
        }
    }

    // MARK: Snapshots

    /// The state as of now is written in the background, a part at a time, while it goes on changing.
    private mutating func beginSnapshot() {
        let position = replica.appliedPosition
        guard snapshot == nil, position.index > journal.newestSnapshot?.position.index ?? .zero else {
            replica.snapshotAbandoned()
            return
        }
        snapshot = SnapshotUnderWay(position: position, content: replica.state.snapshot())
        journal.beginSnapshot(at: position, configuration: replica.appliedConfiguration)
    }

    /// Gives the journal the next part, if it wants one.
    private mutating func feedSnapshot() throws(DriverFailure) {
        guard let walk = snapshot, walk.isPartWanted else { return }
        snapshot?.isPartWanted = false
        if let chunk = walk.content.next(byteCountMax: SnapshotUnderWay.partBytes) {
            journal.appendToSnapshot(chunk)
            snapshot?.written += UInt64(chunk.count)
        } else if walk.content.isSound {
            journal.finishSnapshot()
        } else {
            throw distrust(.unsound(walk.position))
        }
    }

    /// Nothing that was made of such a state is to be used again.
    private mutating func distrust(_ failure: DriverFailure) -> DriverFailure {
        journal.distrustSnapshots()
        for job in journal.takeJobs() { disk.submit(job) }
        return failure
    }

    /// Hands a part of a snapshot to consensus, which sends it to a follower. No data tells that the snapshot has been
    /// replaced meanwhile; consensus then begins with the newest one.
    private mutating func readSnapshot(_ read: SnapshotRead, now: Moment) throws(DriverFailure) {
        do {
            let data = try journal.read(read.snapshot, offset: read.offset, byteCountMax: read.byteCountMax)
            replica.step(.snapshotData(read.snapshot, offset: read.offset, data: data, to: read.to), now: now)
        } catch {
            guard case .snapshotGone = error else { throw .journal(error) }
            replica.step(.snapshotData(read.snapshot, offset: read.offset, data: Bytes(), to: read.to), now: now)
        }
    }

    /// A leader's snapshot that this release cannot use must not take the place of what is on the disk.
    private func checkLevel(of chunk: SnapshotChunk) throws(DriverFailure) {
        let supported = replica.state.supported
        guard chunk.offset == 0, let level = StateRestorer.level(ofSnapshotBeginningWith: chunk.data),
            level > supported
        else { return }
        throw .unsupported(UnsupportedFormatLevel(needed: level, supported: supported))
    }

    private mutating func install(_ metadata: SnapshotMetadata, now: Moment) throws(DriverFailure) {
        if metadata.position.index > replica.appliedPosition.index {
            do {
                let restored = try RestoredState(from: journal, metadata, supported: replica.state.supported)
                replica.replaceState(by: restored, of: metadata, now: now)
            } catch let error as JournalError {
                throw .journal(error)
            } catch SnapshotError.unsupported(let error) {
                throw .unsupported(error)
            } catch let error as SnapshotError {
                throw .snapshot(metadata, error)
            } catch {
                preconditionFailure("restoring a state throws nothing else: \(error)")
            }
        }
        replica.step(.snapshotInstalled(metadata), now: now)
    }
}

/// The state that is being written as a snapshot: a part with each tick, so that neither this loop nor the disk has
/// much more to do than without it; faster where entries come so fast that the log would grow too long meanwhile.
private struct SnapshotUnderWay {
    static let partBytes = 128 << 10

    var position: LogPosition
    var content: SnapshotStream
    /// The journal has written what it has been given.
    var isPartWanted = false
    /// How much it has been given, in bytes.
    var written: UInt64 = 0
}

/// How much of a snapshot is read at a time, in bytes.
let snapshotPartBytes = 256 << 10
