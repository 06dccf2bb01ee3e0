public import ByteString
public import Consensus

// Repairing a data directory that cannot be opened. See ``LogRepair`` for why it is right.
//
// What a repair changes on disk, and in which order: first, perhaps, a snapshot of another member gets its name, which
// is harmless by itself. Then the whole log after the newest snapshot is written to a file of its own, synced, and
// renamed to a segment whose number leaves one out after the highest there is: the row of segments that a recovery
// reads begins behind the last number left out. So that rename is the one moment at which the repair has happened. Up
// to it the damaged files are as they were, and the repair begins anew; from it on they are leftovers, which
// ``Journal/open(_:member:ensemble:options:judge:)`` removes.
extension Journal {
    /// Finds out what a directory that ``open(_:member:ensemble:options:judge:)`` calls damaged still holds and what it
    /// lacks. Changes nothing.
    ///
    /// - Throws: ``JournalError/damaged(file:offset:reason:)`` if so much is lost that a repair could lose more, and
    ///   what opening it throws.
    public static func salvage(
        _ disk: any Disk, member: MemberID? = nil, ensemble: EnsembleID? = nil, damage: JournalError
    ) throws(JournalError) -> LogRepair {
        let identity = try check(disk, member, ensemble)
        // A log that lacks its first entry cannot be told from one whose founding was interrupted.
        guard identity.state == .member else { throw damage }
        let files = try names(disk)
        let readable = try Snapshots.read(disk, files, storage: identity.storage)
        let newest = readable.newest?.metadata
        let log = try LogScan.salvage(
            disk, files: files, identity: identity, floor: newest?.position.index ?? .zero)
        if identity.founding != nil, newest == nil, log.stretches.last?.last == .zero { throw damage }
        var errors = readable.damage.map(\.error)
        if !errors.contains(damage) { errors.insert(damage, at: 0) }
        return LogRepair(log, snapshot: newest, lost: readable.damage.map(\.position), damage: errors)
    }

    /// Writes a log that has been completed. The directory can be opened afterwards.
    ///
    /// - Precondition: it is complete.
    /// - Throws: ``JournalError/disk(_:)``. The directory is as it was before, or repaired.
    public static func finish(
        _ repair: LogRepair, on disk: any Disk, options: JournalOptions = .init()
    ) throws(JournalError) {
        options.validate()
        guard let identity = try identity(of: disk) else { throw .notFormatted }
        var writer = LogRewriter(repair, identity, options)
        do throws(DiskError) { try writer.write(to: disk) } catch {
            throw .disk(error)
        }
    }

    /// A part of a snapshot's content, of a directory that is under repair.
    ///
    /// - Throws: as ``read(_:offset:byteCountMax:)``.
    public static func readSnapshot(
        of repair: LogRepair, _ position: LogPosition, on disk: any Disk, offset: UInt64, byteCountMax: Int
    ) throws(JournalError) -> Bytes {
        guard repair.snapshot?.position == position, let identity = try identity(of: disk) else {
            throw .snapshotGone("\(position)")
        }
        let file = try SnapshotFile.open(disk, at: position, storage: identity.storage)
        return try file.read(disk, offset: offset, byteCountMax: byteCountMax)
    }
}

/// Keeps a snapshot of another member, chunk after chunk, for a directory that is under repair.
public struct SnapshotFetch: Sendable {
    public let snapshot: SnapshotMetadata
    private var writer: SnapshotWriter
    private var hasBegun = false

    /// - Parameter disk: where ``append(_:on:)`` is to keep it.
    public init(_ snapshot: SnapshotMetadata, on disk: any Disk, options: JournalOptions) throws(JournalError) {
        guard let identity = try Journal.identity(of: disk) else { throw .notFormatted }
        self.snapshot = snapshot
        writer = SnapshotWriter(
            snapshot.position, snapshot.configuration, file: .receivedSnapshot, storage: identity.storage,
            syncBytes: options.snapshotSyncBytes)
    }

    /// Where the next chunk begins.
    public var offset: UInt64 { writer.contentBytes }

    /// Takes the next chunk. Returns whether the snapshot is whole, and durable, with it.
    ///
    /// - Precondition: the snapshot has so many bytes left.
    /// - Throws: ``JournalError/disk(_:)``.
    public mutating func append(_ bytes: Bytes, on disk: any Disk) throws(JournalError) -> Bool {
        precondition(UInt64(bytes.count) <= snapshot.byteCount - offset, "more than the snapshot has")
        var operations = hasBegun ? [] : writer.begin()
        hasBegun = true
        operations += writer.append(bytes)
        let isWhole = offset == snapshot.byteCount
        if isWhole { operations += writer.finish() }
        do { try disk.perform(operations) } catch { throw .disk(error) }
        return isWhole
    }
}

/// Writes a log as one segment, in which nothing comes before it.
private struct LogRewriter {
    private let entries: [Entry]
    private let base: LogPosition
    private let hardState: HardState
    private let segment: SegmentID
    private let identity: Identity
    private let options: JournalOptions
    private let file = JournalFile.unfinished(.log).name
    private var position: SegmentPosition
    private var checksum: UInt32 = 0

    init(_ repair: LogRepair, _ identity: Identity, _ options: JournalOptions) {
        entries = repair.entries
        base = repair.snapshot?.position ?? .zero
        segment = repair.highest.next.next
        self.identity = identity
        self.options = options
        // A committed entry that became the target can be of a later term than this member has ever been in: it has
        // given no vote there.
        let term = max(repair.target.term, base.term)
        hardState = repair.hardState.term < term ? HardState(term: term, vote: nil) : repair.hardState
        position = SegmentPosition(segment: segment, offset: options.blockBytes)
    }

    mutating func write(to disk: any Disk) throws(DiskError) {
        try disk.perform([.create(file)])
        var next = 0
        var unsynced = 0
        // The last batch is a marker: it proves all those before it.
        while next < entries.count {
            var batch = PendingBatch(
                capacity: options.batchBytesMax, hardState: hardState, last: entries[next].position)
            repeat {
                batch.append(entries[next])
                batch.last = entries[next].position
                next += 1
            } while next < entries.count && batch.byteCount < options.batchBytesMax
            unsynced += batch.byteCount
            try write(&batch, to: disk)
            if unsynced > options.prepareBytes {
                try disk.perform([.sync(file)])
                unsynced = 0
            }
        }
        var marker = PendingBatch(capacity: 0, hardState: hardState, last: entries.last?.position ?? base)
        try write(&marker, to: disk)
        let byteCount = max(position.offset, options.segmentBytes)
        while position.offset < byteCount {
            let count = min(options.prepareBytes, byteCount - position.offset)
            try disk.perform([.zero(file, offset: position.offset, byteCount: count), .sync(file)])
            position.offset += count
        }
        let header = SegmentHeader(
            segment: segment, blockBytes: options.blockBytes, mark: batchMark(salt: identity.salt, segment: segment),
            storage: identity.storage, byteCount: byteCount, previousEnd: nil, last: base, hardState: hardState,
            previousChecksum: 0)
        try disk.perform([
            .write(file, offset: 0, bytes: header.encoded()), .sync(file), .rename(file, to: segment.file),
            .syncDirectory,
        ])
    }

    private mutating func write(_ batch: inout PendingBatch, to disk: any Disk) throws(DiskError) {
        // The first batch of a directory's first segment is not part of the header's flush either.
        checksum = batch.seal(
            at: position.offset, of: segment, mark: batchMark(salt: identity.salt, segment: segment),
            blockBytes: options.blockBytes, synced: position, previousChecksum: checksum)
        try disk.perform([.write(file, offset: position.offset, bytes: batch.bytes)])
        position.offset += batch.byteCount
    }
}
