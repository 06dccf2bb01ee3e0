/// The sizes a journal works with. All of them may differ from one start to the next.
public struct JournalOptions: Hashable, Sendable {
    /// The length of a log segment. Default 64 MiB. A batch that is larger gets a segment of its own size.
    public var segmentBytes = 64 << 20
    /// Batches begin at multiples of this: a power of two from 512 on. Default 4096.
    ///
    /// A block is written once, so a torn write never touches bytes that were durable before, and a write of whole
    /// pages never has to read a page first. Smaller blocks save disk space when few writes share a batch.
    public var blockBytes = 4096
    /// A batch that has grown to this takes no further write. Default 4 MiB. A write is never split.
    public var batchBytesMax = 4 << 20
    /// Segments are filled with zeros and synced in steps of this size, so that a batch never queues behind a whole
    /// segment in the device. Default 4 MiB.
    public var prepareBytes = 4 << 20
    /// When the disk is full and the current segment as well, a segment of this length takes the votes, terms and
    /// deletes that must not wait. It is written ahead. Default 4 MiB; never more than a segment, nor less than four
    /// blocks.
    public var reserveBytes = 4 << 20
    /// A snapshot is synced whenever this much of it is unsynced, for the same reason. Default 1 MiB.
    public var snapshotSyncBytes = 1 << 20
    /// How many snapshots are kept, with the log from the oldest of them on. Default 2: if the newest cannot be read,
    /// the one before it and the log give the same state.
    public var snapshotsKept = 2
    /// At most this many bytes of entries that the newest snapshot already contains are returned by ``Journal/open``,
    /// so that a leader can bring slow followers up to date without a snapshot. Default 16 MiB.
    public var recoveredBeforeSnapshotBytesMax = 16 << 20

    public init() {}

    /// How long the reserve really is.
    var reserveLength: Int { max(4 * blockBytes, min(reserveBytes, segmentBytes)) }

    func validate() {
        precondition(blockBytes >= 512 && blockBytes.nonzeroBitCount == 1, "block size: a power of two from 512 on")
        precondition(segmentBytes >= 4 * blockBytes, "a segment has at least four blocks")
        precondition(segmentBytes <= 1 << 30 && batchBytesMax <= 1 << 30, "segments and batches are at most 1 GiB")
        precondition(batchBytesMax > 0 && prepareBytes > 0 && snapshotSyncBytes > 0 && snapshotsKept > 0)
        precondition(recoveredBeforeSnapshotBytesMax >= 0)
    }
}
