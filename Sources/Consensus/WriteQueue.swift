import DequeModule

/// What was given to the journal, and how much of it is durable.
struct WriteQueue: Sendable {
    /// What a crash at this moment is sure to leave.
    private(set) var durableHardState: HardState
    /// The log is durable up to here.
    private(set) var durableIndex: LogIndex
    private(set) var lastSequence = WriteSequence.zero

    // The write that the next `seal` hands out.
    private var isHardStateChanged = false
    private var truncateFrom: LogIndex?
    /// The entries that the next write appends.
    private(set) var entries: [Entry] = []
    /// What they weigh; see ``Entry/weight``.
    private(set) var entryBytes = 0

    /// Handed out and not yet durable.
    private var pending: Deque<Pending> = []

    private struct Pending: Sendable {
        var sequence: WriteSequence
        var hardState: HardState?
        /// The log's last index as of this write, or where it was truncated since; nil if the write left the log alone.
        var last: LogIndex?
        var handedOutAt: Instant
    }

    init(hardState: HardState, last: LogIndex) {
        durableHardState = hardState
        durableIndex = last
    }

    mutating func changeHardState() { isHardStateChanged = true }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
        entryBytes += entry.weight
    }

    mutating func truncate(from index: LogIndex) {
        if let first = entries.first, first.index < index {
            while let last = entries.last, last.index >= index {
                entryBytes -= last.weight
                entries.removeLast()
            }
        } else {
            // Entries that no write has carried yet need no truncation on disk, but what lies before them may.
            let reachesDisk = entries.first.map { index < $0.index } ?? true
            clearEntries()
            if reachesDisk { truncateFrom = min(truncateFrom ?? index, index) }
        }
        clip(to: index.previous)
    }

    /// The log was replaced by a snapshot that is durable: nothing in front of it or behind it is to be written.
    mutating func restart(after index: LogIndex) {
        clearEntries()
        truncateFrom = nil
        clip(to: index)
        durableIndex = index
    }

    /// Closes the write, if there is anything to write.
    mutating func seal(_ hardState: HardState, now: Instant) -> LogWrite? {
        guard isHardStateChanged || truncateFrom != nil || !entries.isEmpty else { return nil }
        lastSequence = WriteSequence(lastSequence.rawValue + 1)
        let write = LogWrite(
            sequence: lastSequence, hardState: isHardStateChanged ? hardState : nil, truncateFrom: truncateFrom,
            entries: entries)
        pending.append(
            Pending(
                sequence: lastSequence, hardState: write.hardState,
                last: entries.last?.index ?? truncateFrom?.previous, handedOutAt: now))
        isHardStateChanged = false
        truncateFrom = nil
        clearEntries()
        return write
    }

    /// - Precondition: a write with this sequence was handed out.
    mutating func persisted(through sequence: WriteSequence) {
        precondition(sequence <= lastSequence, "a write became durable that nobody asked for")
        while let write = pending.first, write.sequence <= sequence {
            pending.removeFirst()
            if let hardState = write.hardState { durableHardState = hardState }
            if let last = write.last { durableIndex = max(durableIndex, last) }
        }
    }

    /// When the oldest write that is not durable was handed out.
    var oldestHandedOutAt: Instant? { pending.first?.handedOutAt }

    private mutating func clearEntries() {
        entries = []
        entryBytes = 0
    }

    private mutating func clip(to index: LogIndex) {
        durableIndex = min(durableIndex, index)
        for place in pending.indices {
            pending[place].last = pending[place].last.map { min($0, index) }
        }
    }
}
