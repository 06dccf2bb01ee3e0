public import Consensus

/// What has become true on disk.
public enum JournalEvent: Hashable, Sendable {
    /// Every write up to this one is durable: ``Consensus/Event/persisted(through:)``.
    case persisted(through: WriteSequence)
    /// The own snapshot is ready for its next chunk; see ``Journal/appendToSnapshot(_:)``.
    case snapshotWantsChunk(LogPosition)
    /// The own snapshot is durable: ``Consensus/Event/snapshotSaved(_:)``.
    case snapshotSaved(SnapshotMetadata)
    /// The own snapshot was given up: the disk is full, or the leader's snapshot has overtaken it. Nothing is lost.
    case snapshotAbandoned(LogPosition, DiskError?)
    /// A chunk of the leader's snapshot was kept, or was not the one to come next:
    /// ``Consensus/Event/snapshotChunkStored(position:nextOffset:)``.
    case chunkStored(position: LogPosition, nextOffset: UInt64)
    /// The leader's snapshot was given up because the disk is full. Its next chunk will be asked for from 0 on.
    case receptionAbandoned(LogPosition, DiskError)
    /// The leader's snapshot is durable and is the newest: ``Consensus/Event/snapshotInstalled(_:)``.
    ///
    /// If the log, writes not yet durable included, holds the entry at the snapshot's position with its term, the
    /// entries after it stay. If not, the log is now empty and goes on after it (Raft, section 7).
    case snapshotInstalled(SnapshotMetadata)
}

/// What a journal holds when it is opened. All of it is durable.
public struct Recovered: Hashable, Sendable {
    public var hardState: HardState
    /// The newest snapshot; its content is read by ``Journal/read(_:offset:byteCountMax:)``. Nil: there is none.
    public var snapshot: SnapshotMetadata?
    /// The position just before the first of `entries`. Never beyond the snapshot's.
    public var previous: LogPosition
    /// Consecutive. They may begin before the snapshot's end, so that a leader can serve slow followers.
    public var entries: [Entry]
    /// Where an unfinished flush was cut off: a file and an offset. Nothing in it had been reported durable.
    public var cut: String?
    /// Damage that did not matter, because a snapshot or the log has the same.
    public var overlooked: [JournalError]
}
