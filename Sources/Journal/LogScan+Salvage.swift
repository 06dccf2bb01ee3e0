import Consensus

/// What a log with damage in its middle still tells.
struct SalvagedLog: Sendable {
    /// Oldest first. The last one ends where the log ends.
    var stretches: [Stretch]
    /// Of the last intact header, so it is later than anything that the damage has hit.
    var hardState: HardState
    /// The number of the highest log file, begun or not.
    var highest: SegmentID
}

// Reading a log past its damage.
//
// Whatever was written before the greatest synced position that any intact header names was durable (`proven`). So a
// batch that is valid in itself and names a synced position behind the damage was written after it, and is a part of
// the log: an unfinished flush that was cut off lies at the end of the log, where the next flush went. A segment's
// first batch can be such a remainder while the log went on in the segment before; without a valid segment header it
// counts only if it lies before `proven`.
//
// A batch header whose body is damaged counts if the header after it names its checksum: then nothing but the body is
// lost, and where the log ended after it is known. At the very end of the log, where nothing proves that the last
// flush was completed, it is cut off if it directly follows intact batches. Behind a hole it stands for itself: the log
// is taken to end with it, as if the flush had been completed, which is always safe (its hard state and its entries
// were the ones to come next) where cutting it would leave the end unknown.
extension LogScan {
    /// - Parameter floor: where the newest readable snapshot ends.
    /// - Throws: ``JournalError/damaged(file:offset:reason:)`` if the end of the log cannot be made out.
    static func salvage(
        _ disk: any Disk, files: [String], identity: Identity, floor: LogIndex
    ) throws(JournalError) -> SalvagedLog {
        var scan = LogScan(disk: disk, identity: identity, floor: floor, recoveredBytesMax: .max)
        return try scan.read(files) { scan throws in try scan.salvage() }
    }

    /// Where reading has come to.
    private struct Walk {
        /// Behind the last batch that was read.
        var position: SegmentPosition
        /// Of the header of that batch; nil behind a hole.
        var checksum: UInt32?
        var stretches: [Stretch] = []
        var hardState: HardState?
        /// The last flush is cut off here.
        var isAtEnd = false

        var stretch: Stretch {
            get { stretches[stretches.count - 1] }
            set { stretches[stretches.count - 1] = newValue }
        }
    }

    private mutating func salvage() throws -> SalvagedLog {
        guard let lowest = ids.first, let highest = ids.last else {
            throw Damage(position: SegmentPosition(segment: SegmentID(1), offset: 0), reason: "the log is gone")
        }
        // What a repair wrote begins anew, and what the snapshot contains need not be read.
        let first = ids.last(where: { id in
            headers[id].map { $0.previousEnd == nil || $0.last.index <= floor } ?? false
        })
        let proven = try provenEnd()
        var walk = Walk(position: SegmentPosition(segment: first ?? lowest, offset: 0))
        var id = first ?? lowest
        while id <= highest, !walk.isAtEnd {
            try enter(id, proven, &walk)
            id = id.next
        }
        guard walk.checksum != nil, proven <= walk.position, let hardState = walk.hardState, walk.stretch.last != nil
        else {
            throw Damage(
                position: walk.position, reason: "no valid batch, and where the log ended cannot be made out")
        }
        return SalvagedLog(stretches: walk.stretches, hardState: hardState, highest: highest)
    }

    /// The greatest synced position that any header names which is valid in itself.
    private mutating func provenEnd() throws -> SegmentPosition {
        var proven = SegmentPosition(segment: SegmentID(0), offset: 0)
        for id in ids {
            if let end = headers[id]?.previousEnd { proven = max(proven, end) }
            var offset = 0
            while let (batch, _) = try nextBatch(in: id, from: offset) {
                proven = max(proven, batch.synced)
                offset = batch.offset + 512
            }
        }
        return proven
    }

    /// The first batch header at or behind `offset` that is valid in itself. Without a valid segment header the block
    /// size is not known, so every place is tried where the smallest would put one.
    private mutating func nextBatch(
        in id: SegmentID, from offset: Int
    ) throws -> (header: BatchHeader, checksum: UInt32)? {
        guard var reader = readers[id] else { return nil }
        defer { readers[id] = reader }
        let mark = batchMark(salt: identity.salt, segment: id)
        var offset = offset.rounded(upTo: 512)
        while offset + LogFormat.batchHeaderBytes <= reader.byteCount {
            if let (header, checksum) = try reader.batchHeader(at: offset, mark: mark) { return (header, checksum) }
            offset += 512
        }
        return nil
    }

    private mutating func enter(_ id: SegmentID, _ proven: SegmentPosition, _ walk: inout Walk) throws {
        let start = SegmentPosition(segment: id, offset: 0)
        var offset = 0
        if let header = headers[id] {
            let isJoined =
                walk.checksum == header.previousChecksum && walk.position == header.previousEnd
                && walk.stretch.last == header.last
            if !isJoined { walk.stretches.append(Stretch(start: header.last)) }
            walk.hardState = header.hardState
            walk.checksum = header.previousChecksum
            offset = header.blockBytes
            walk.position = SegmentPosition(segment: id, offset: offset)
        } else if start >= proven {
            // Prepared, and not begun.
            walk.isAtEnd = walk.checksum != nil
            return
        } else if try nextBatch(in: id, from: 0) == nil {
            walk.checksum = nil
            return
        }
        while !walk.isAtEnd, let (batch, checksum) = try nextBatch(in: id, from: offset) {
            offset = try take(batch, checksum, in: id, proven, &walk)
        }
        if var reader = readers[id] {
            reader.releaseWindow()
            readers[id] = reader
        }
    }

    /// Takes in a batch, or passes it over. Returns where to look for the next.
    private mutating func take(
        _ batch: BatchHeader, _ checksum: UInt32, in id: SegmentID, _ proven: SegmentPosition, _ walk: inout Walk
    ) throws -> Int {
        let position = SegmentPosition(segment: id, offset: batch.offset)
        let isChained = walk.checksum == batch.previousChecksum
        let isLater = batch.synced > walk.position || walk.hardState == nil
        guard isChained || (isLater && (headers[id] != nil || position < proven)) else { return batch.offset + 512 }
        let end = SegmentPosition(
            segment: id,
            offset: (batch.offset + LogFormat.batchHeaderBytes + batch.bodyBytes)
                .rounded(upTo: headers[id]?.blockBytes ?? 512))
        var next = isChained && !walk.stretches.isEmpty ? walk.stretch : Stretch(start: nil)
        if !isChained, batch.recordCount == 0 { next.start = batch.last }
        if let records = try records(of: batch, in: id), next.apply(records), next.last == batch.last {
            if isChained, !walk.stretches.isEmpty { walk.stretch = next } else { walk.stretches.append(next) }
        } else if try isFollowed(end, checksum) || (position >= proven && !isChained) {
            let keptBelow = isChained && batch.lowest > .zero ? batch.lowest : nil
            walk.stretches.append(Stretch(start: batch.last, keptBelow: keptBelow))
        } else {
            walk.isAtEnd = position >= proven
            return batch.offset + 512
        }
        walk.hardState = batch.hardState
        walk.checksum = checksum
        walk.position = end
        return end.offset
    }

    private mutating func records(of batch: BatchHeader, in id: SegmentID) throws -> [LogRecord]? {
        guard var reader = readers[id] else { return nil }
        defer { readers[id] = reader }
        return try reader.body(of: batch).flatMap { LogRecord.decode($0, count: batch.recordCount) }
    }

    /// Whether what comes next names `checksum` as that of the header before it.
    private mutating func isFollowed(_ end: SegmentPosition, _ checksum: UInt32) throws -> Bool {
        if let (next, _) = try nextBatch(in: end.segment, from: end.offset), next.previousChecksum == checksum {
            return true
        }
        if let header = headers[end.segment.next] {
            return header.previousEnd == end && header.previousChecksum == checksum
        }
        return try nextBatch(in: end.segment.next, from: 0)?.header.previousChecksum == checksum
    }
}
