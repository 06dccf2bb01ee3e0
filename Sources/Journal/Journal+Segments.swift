import Consensus

// Flushing batches into segments, preparing segments ahead, and removing or recycling old ones.
extension Journal {
    var current: Segment {
        guard let last = segments.last else { preconditionFailure("a journal has a segment") }
        return last
    }

    /// Whether a batch of this many bytes, header included, goes into the current segment.
    private func fits(_ byteCount: Int) -> Bool {
        end.offset + byteCount.rounded(upTo: current.blockBytes) <= current.byteCount
    }

    // MARK: - Flushing

    /// Gives the oldest pending batch to the disk, unless one is under way.
    mutating func startFlush() {
        guard flight == nil, let byteCount = pending.first?.byteCount else { return }
        if fits(byteCount) {
            flush(pending.removeFirst(), header: nil, at: end, in: current)
            return
        }
        guard case .ready(let prepared) = preparation else {
            // No harm is done by waiting for space: nothing that waits has been acknowledged.
            if case .failed = preparation { useReserve() } else { prepareNext() }
            return
        }
        preparation = .none
        let blockBytes = options.blockBytes
        let segment = Segment(
            id: current.id.next, base: flushed.last, blockBytes: blockBytes,
            // A batch too large for any segment gets one that is as large as needed: the file grows.
            byteCount: max(prepared, blockBytes + byteCount.rounded(upTo: blockBytes)))
        let header = SegmentHeader(
            segment: segment.id, blockBytes: blockBytes, mark: batchMark(salt: identity.salt, segment: segment.id),
            storage: identity.storage, byteCount: segment.byteCount, previousEnd: end, last: flushed.last,
            hardState: flushed.hardState, previousChecksum: flushed.checksum)
        let position = SegmentPosition(segment: segment.id, offset: blockBytes)
        flush(pending.removeFirst(), header: header, at: position, in: segment)
    }

    private mutating func flush(
        _ batch: consuming PendingBatch, header: SegmentHeader?, at position: SegmentPosition, in segment: Segment
    ) {
        let checksum = batch.seal(
            at: position.offset, of: segment.id, mark: batchMark(salt: identity.salt, segment: segment.id),
            blockBytes: segment.blockBytes, synced: end, previousChecksum: flushed.checksum)
        batchCapacity = min(batch.byteCount, options.batchBytesMax)
        flight = Flight(
            end: SegmentPosition(segment: segment.id, offset: position.offset + batch.byteCount),
            byteCount: batch.byteCount,
            state: FlushedState(hardState: batch.hardState, last: batch.last, checksum: checksum),
            through: batch.through, hasRecords: batch.through != nil || batch.recordCount > 0,
            newSegment: header == nil ? nil : segment)
        let file = segment.file
        var operations: [DiskOperation] = []
        if let header { operations.append(.write(file, offset: 0, bytes: header.encoded())) }
        operations.append(.write(file, offset: position.offset, bytes: batch.bytes))
        operations.append(.sync(file))
        flight?.operations = operations
        _ = submit(.log, .flush, operations)
    }

    mutating func completedFlush() -> [JournalEvent] {
        guard let done = flight else { preconditionFailure("a flush ended that was not under way") }
        flight = nil
        end = done.end
        flushed = done.state
        isCovered = !done.hasRecords
        if let segment = done.newSegment {
            segments.append(segment)
            removeObsolete()
        }
        return done.through.map { [.persisted(through: $0)] } ?? []
    }

    // MARK: - Preparing the next segment

    /// Begins to make the segment after the current one, if nobody has: from an old one, or from zeros.
    mutating func prepareNext() {
        switch preparation {
        case .none, .failed: break
        case .filling, .renaming, .ready: return
        }
        let next = (flight?.newSegment?.id ?? current.id).next
        if let old = spare {
            spare = nil
            preparation = .renaming(byteCount: options.segmentBytes)
            _ = submit(.background, .prepare, [.rename(old.file, to: next.file), .syncDirectory])
            return
        }
        fill(from: 0)
    }

    /// The next step of writing zeros; after the last the file gets its name.
    private mutating func fill(from offset: Int) {
        let unfinished = JournalFile.unfinished(.log).name
        let byteCount = min(options.prepareBytes, options.segmentBytes - offset)
        var operations: [DiskOperation] = offset == 0 ? [.create(unfinished)] : []
        operations += [.zero(unfinished, offset: offset, byteCount: byteCount), .sync(unfinished)]
        preparation = .filling(offset: offset + byteCount)
        if offset + byteCount == options.segmentBytes {
            let next = (flight?.newSegment?.id ?? current.id).next
            operations += [.rename(unfinished, to: next.file), .syncDirectory]
            preparation = .renaming(byteCount: options.segmentBytes)
        }
        _ = submit(.background, .prepare, operations)
    }

    mutating func completedPreparation() {
        switch preparation {
        case .filling(let offset): fill(from: offset)
        case .renaming(let byteCount):
            preparation = .ready(byteCount: byteCount)
            updateFullness()
        case .none, .ready, .failed: preconditionFailure("a preparation ended that was not under way")
        }
    }

    mutating func preparationFailed(_ error: DiskError) {
        preparation = .failed(error)
        isFull = true
        _ = submit(.background, .removal, [.remove(JournalFile.unfinished(.log).name)])
    }

    // MARK: - Removing

    /// How many of the oldest segments hold nothing that a kept snapshot does not contain.
    private var removableSegments: Int {
        guard let floor = snapshots.first?.metadata.position.index else { return 0 }
        // A segment that begins at or before the floor, and is durable, makes those before it needless.
        return segments.lastIndex { $0.base.index <= floor } ?? 0
    }

    /// Removes snapshots beyond the number kept, or that the log no longer joins, and segments that none needs. A
    /// snapshot that is being read stays until it is not any more. One segment's file stays, to become the next that is
    /// prepared.
    mutating func removeObsolete() {
        var files: [String] = []
        let logBase = max(segments.first?.base.index ?? .zero, resetIndex)
        while let oldest = snapshots.first, snapshots.count > 1,
            snapshots.count > options.snapshotsKept || oldest.metadata.position.index < logBase
        {
            lent.append(oldest)
            snapshots.removeFirst()
        }
        files += lent.filter { !wanted.contains($0.metadata.position) }.map(\.file)
        lent.removeAll { !wanted.contains($0.metadata.position) }
        for old in segments.prefix(removableSegments) {
            if spare == nil, old.byteCount == options.segmentBytes {
                spare = old.id
            } else {
                files.append(old.id.file)
            }
        }
        segments.removeFirst(removableSegments)
        terms.dropPrefix(through: segments.first?.base.index ?? .zero)
        if case .failed = preparation, spare != nil || !files.isEmpty { preparation = .none }
        guard !files.isEmpty else { return }
        _ = submit(.background, .removal, files.map { .remove($0) } + [.syncDirectory])
    }
}
