public import Consensus

/// A member's write-ahead log and snapshots.
///
/// A journal is a value without threads: it turns writes into ``DiskJob``s and the jobs' results into
/// ``JournalEvent``s. Whoever drives it hands the jobs to a ``Disk`` and brings back what became of them. At most one
/// flush of the log is under way; what is appended meanwhile forms the next batch, so that one sync serves all of it.
/// Calls come from one thread.
///
/// When a call has thrown, or ``failure`` is set, the journal takes no more writes and the member has to stop.
///
/// The formats are described at ``LogFormat``, ``SnapshotFormat`` and ``Identity``.
public struct Journal {
    let disk: any Disk
    let options: JournalOptions
    /// Whose directory this is.
    public internal(set) var identity: Identity
    /// Why the journal stopped; nil while it works.
    public internal(set) var failure: JournalError?

    // The log, as appended.
    var terms: TermRuns
    var hardState: HardState
    var lastSequence = WriteSequence.zero
    /// What the disk has not been given yet; the last one is still growing.
    var pending: [PendingBatch] = []
    /// How large the last batch was, so that the next need not grow step by step.
    var batchCapacity = 4096

    // The log, as flushed.
    /// Ascending and consecutive; the last one is the current one.
    var segments: [Segment]
    /// Everything before it is durable, and the next batch goes here if it fits.
    var end: SegmentPosition
    var flushed: FlushedState
    var flight: Flight?
    /// Whether a marker follows the last batch with records.
    var isCovered = true
    var preparation: Preparation
    /// A segment that is not needed any more, but its file is, for the next one.
    var spare: SegmentID?
    var reserve = Reserve.none
    /// Whether the disk had no space for something that is still lacking.
    public internal(set) var isFull = false
    /// The log on disk holds nothing up to here, whatever earlier segments say.
    var resetIndex: LogIndex

    // Snapshots.
    /// Ascending; at least the last one can be read.
    var snapshots: [SnapshotFile]
    /// Obsolete ones that are still being read.
    var lent: [SnapshotFile] = []
    /// See ``keepReadable(_:)``.
    var wanted: [LogPosition] = []
    var own: OwnSnapshot?
    var reception: Reception?

    // Jobs.
    var jobs: [DiskJob] = []
    var underWay: [DiskTicket: Task] = [:]
    var lastTicket: UInt64 = 0

    /// What the last durable batch left.
    struct FlushedState: Hashable {
        var hardState: HardState
        var last: LogPosition
        /// Of its header.
        var checksum: UInt32
    }

    /// A batch on its way to the disk.
    struct Flight {
        var end: SegmentPosition
        var byteCount: Int
        var state: FlushedState
        var through: WriteSequence?
        var hasRecords: Bool
        /// Set if the batch begins a segment.
        var newSegment: Segment?
        /// What is to be done again, if there was no space for it.
        var operations: [DiskOperation] = []
        var isStalled = false
    }

    /// The segment after the current one.
    enum Preparation: Hashable {
        case none
        /// The file is written up to this offset.
        case filling(offset: Int)
        /// An old segment of this length, the reserve or a new file gets the next segment's name.
        case renaming(byteCount: Int)
        case ready(byteCount: Int)
        /// There was no space for it. Tried again by ``retry()``, or when a segment has been removed.
        case failed(DiskError)
    }

    /// The segment for when the disk is full.
    enum Reserve: Hashable {
        case none
        case filling
        case ready(byteCount: Int)
        /// It is used up, or there was no space for it.
        case missing
    }

    /// What a job is for.
    enum Task: Hashable {
        case flush
        case prepare
        case reserve
        case ownSnapshot
        case ownSnapshotFinish(SnapshotMetadata)
        case reception
        case removal
    }

    // MARK: - Writes

    /// Bytes that were appended and are not durable yet. Whoever appends bounds this.
    public var backlogBytes: Int {
        pending.reduce(flight?.byteCount ?? 0) { $0 + $1.byteCount }
    }

    /// The newest durable snapshot.
    public var newestSnapshot: SnapshotMetadata? { snapshots.last?.metadata }

    /// Adds a write to the batch that is forming. ``JournalEvent/persisted(through:)`` tells when it is durable.
    ///
    /// - Precondition: sequences grow, terms never go back, entries follow the last one kept, and no entry that a
    ///   snapshot contains is dropped.
    public mutating func append(_ write: LogWrite) {
        guard failure == nil else { return }
        precondition(write.sequence > lastSequence, "write \(write.sequence.rawValue) after \(lastSequence.rawValue)")
        lastSequence = write.sequence
        if let state = write.hardState {
            precondition(state.term >= hardState.term, "term \(state.term) after \(hardState.term)")
            hardState = state
        }
        openBatch()
        let batch = pending.count - 1
        if let from = write.truncateFrom, from <= terms.last.index {
            precondition(from > newestSnapshot?.position.index ?? .zero, "truncation of what a snapshot contains")
            terms.truncate(from: from)
            pending[batch].truncate(to: terms.last)
        }
        for entry in write.entries {
            terms.append(entry.position)
            pending[batch].append(entry)
        }
        pending[batch].contain(write.sequence)
        closeBatchState()
    }

    /// Makes sure that the last of `pending` can take a record.
    mutating func openBatch() {
        if let batch = pending.last, batch.byteCount < options.batchBytesMax { return }
        pending.append(PendingBatch(capacity: batchCapacity, hardState: hardState, last: terms.last))
    }

    /// Notes in the last of `pending` what the log looks like after it.
    mutating func closeBatchState() {
        pending[pending.count - 1].hardState = hardState
        pending[pending.count - 1].last = terms.last
    }

    /// Tells that nothing has been appended for a while: if nothing proves yet that the last batch is durable, a
    /// marker is written, so that rot in that batch is never mistaken for an unfinished write. Cheap to call often.
    public mutating func idle() {
        guard failure == nil, flight == nil, pending.isEmpty, !isCovered else { return }
        openBatch()
    }

    // MARK: - Jobs

    /// What the disk is to do now, in this order.
    public mutating func takeJobs() -> [DiskJob] {
        guard failure == nil else { return [] }
        startFlush()
        if case .none = preparation { prepareNext() }
        prepareReserve()
        defer { jobs.removeAll(keepingCapacity: true) }
        return jobs
    }

    /// Takes the result of a job and tells what it made true, in order. ``takeJobs()`` may have more to do afterwards.
    ///
    /// - Throws: ``JournalError/disk(_:)`` when the disk failed where nothing can go on without it; the member stops.
    public mutating func completed(
        _ ticket: DiskTicket, _ result: Result<Void, DiskError>
    ) throws(JournalError) -> [JournalEvent] {
        guard let task = underWay.removeValue(forKey: ticket) else {
            preconditionFailure("a result for a job that is not under way")
        }
        guard failure == nil else { return [] }
        switch (task, result) {
        case (.flush, .success): return completedFlush()
        // Only a write: what a failed sync leaves is not known, but a write can be made again.
        case (.flush, .failure(let error)) where error.reason == .noSpace && error.operation == "write":
            flight?.isStalled = true
            isFull = true
        case (.reserve, .success): completedReserve()
        case (.reserve, .failure(let error)) where error.reason == .noSpace: reserveFailed()
        case (.prepare, .success): completedPreparation()
        case (.prepare, .failure(let error)) where error.reason == .noSpace: preparationFailed(error)
        case (.ownSnapshot, .success): return completedOwnChunk(ticket)
        case (.ownSnapshotFinish(let metadata), .success): return completedOwnSnapshot(ticket, metadata)
        case (.ownSnapshot, .failure(let error)), (.ownSnapshotFinish, .failure(let error)):
            return try ownSnapshotFailed(ticket, error)
        case (.reception, .success): return completedReception(ticket)
        case (.reception, .failure(let error)): return try receptionFailed(ticket, error)
        case (.removal, .success): break
        case (_, .failure(let error)): throw fail(.disk(error))
        }
        return []
    }

    mutating func submit(_ lane: DiskLane, _ task: Task, _ operations: [DiskOperation]) -> DiskTicket {
        lastTicket += 1
        let ticket = DiskTicket(lastTicket)
        underWay[ticket] = task
        jobs.append(DiskJob(ticket: ticket, lane: lane, operations: operations))
        return ticket
    }

    /// The journal stops; what was waiting is never written.
    mutating func fail(_ error: JournalError) -> JournalError {
        failure = error
        jobs = []
        return error
    }
}
