import Consensus

/// A segment that holds, or held, batches.
struct Segment: Hashable {
    let id: SegmentID
    /// The name of its file, at hand because each flush needs it.
    let file: String
    /// The log's last entry before it.
    var base: LogPosition
    var blockBytes: Int
    var byteCount: Int

    init(id: SegmentID, base: LogPosition, blockBytes: Int, byteCount: Int) {
        self.id = id
        file = id.file
        self.base = base
        self.blockBytes = blockBytes
        self.byteCount = byteCount
    }
}

/// What is in the log, as a scan finds it.
struct ScannedLog {
    /// Ascending and consecutive; batches go to the last.
    var segments: [Segment]
    var log: ReplayedLog
    /// The last entry according to the records.
    var last: LogPosition
    /// Where the next batch goes.
    var end: SegmentPosition
    /// Where the last flush began: all that nothing behind it proves to be durable.
    var lastFlushOffset: Int
    /// Of the last batch's header.
    var checksum: UInt32
    /// A segment that was prepared and not begun, and its length.
    var prepared: (id: SegmentID, byteCount: Int)?
    /// Log files that are of no use any more.
    var leftovers: [String]
    /// Damage that does not matter, since the newest snapshot contains all that it can have hit.
    var overlooked: [JournalError]
    /// Whether something lay behind the end that is now cut off.
    var isCut: Bool
}

/// Reads the log of a data directory and changes nothing. See ``LogFormat`` for what counts.
struct LogScan {
    let disk: any Disk
    let identity: Identity
    /// Where the newest readable snapshot ends.
    let floor: LogIndex
    private let recoveredBytesMax: Int
    var readers: [SegmentID: SegmentReader] = [:]
    var headers: [SegmentID: SegmentHeader] = [:]
    var ids: [SegmentID] = []

    struct Damage: Error {
        var position: SegmentPosition
        var reason: String
        var error: JournalError {
            .damaged(file: position.segment.file, offset: position.offset, reason: reason)
        }
    }

    static func run(
        _ disk: any Disk, files: [String], identity: Identity, floor: LogIndex, recoveredBytesMax: Int
    ) throws(JournalError) -> ScannedLog {
        var scan = LogScan(disk: disk, identity: identity, floor: floor, recoveredBytesMax: recoveredBytesMax)
        return try scan.read(files) { scan throws in try scan.scan() }
    }

    /// Has `files` read: their headers, then what `walk` makes of them.
    mutating func read<Found>(
        _ files: [String], _ walk: (inout LogScan) throws -> Found
    ) throws(JournalError) -> Found {
        do {
            try readHeaders(files)
            return try walk(&self)
        } catch let error as DiskError {
            throw .disk(error)
        } catch let damage as Damage {
            throw damage.error
        } catch let error as JournalError {
            throw error
        } catch { preconditionFailure("no other error is thrown above") }
    }

    init(disk: any Disk, identity: Identity, floor: LogIndex, recoveredBytesMax: Int) {
        self.disk = disk
        self.identity = identity
        self.floor = floor
        self.recoveredBytesMax = recoveredBytesMax
    }

    private mutating func readHeaders(_ files: [String]) throws {
        ids = files.compactMap { if case .log(let id) = JournalFile(name: $0) { id } else { nil } }.sorted()
        for id in ids {
            var reader = try SegmentReader(disk, id)
            defer { readers[id] = reader }
            switch try reader.header() {
            case .none: break
            case .unsupported(let version): throw JournalError.unsupportedFormat(file: id.file, version: version)
            // A recycled file still has the header of its former life: then the segment has not begun.
            case .header(let header) where header.segment != id: break
            case .header(let header):
                guard header.storage == identity.storage else {
                    throw JournalError.mismatch(
                        what: "storage id in \(id.file)", expected: "\(identity.storage)", found: "\(header.storage)")
                }
                guard header.mark == batchMark(salt: identity.salt, segment: id) else {
                    throw JournalError.mismatch(
                        what: "mark in \(id.file)", expected: "one drawn from this directory's salt", found: "another")
                }
                headers[id] = header
            }
        }
    }

    /// Reads from the lowest segment that joins the last one; where damage is found that only hits what the snapshot
    /// contains, again from behind it.
    private mutating func scan() throws -> ScannedLog {
        guard let current = ids.last(where: { headers[$0] != nil }) else {
            throw Damage(
                position: SegmentPosition(segment: ids.first ?? SegmentID(1), offset: 0),
                reason: "no log segment has a valid header")
        }
        var first = current
        for id in ids.reversed() where id.next == first { first = id }
        // Segments that were about to be removed may come first, and may begin later than those after them: a
        // truncation or a reset takes the log back.
        first = ids.first { $0 >= first && (headers[$0].map { $0.last.index <= floor } ?? false) } ?? first
        var overlooked: [JournalError] = []
        while true {
            do {
                var found = try scan(first, through: current)
                found.overlooked = overlooked
                return found
            } catch let damage as Damage {
                let damaged = damage.position.segment
                guard
                    let after = ids.first(where: { id in
                        id > damaged && id <= current && (headers[id].map { $0.last.index <= floor } ?? false)
                    })
                else { throw damage }
                overlooked.append(damage.error)
                first = after
            }
        }
    }

    // MARK: - One row of segments

    /// Where reading has come to.
    private struct Cursor {
        var position: SegmentPosition
        /// The header checksum of the batch before.
        var checksum: UInt32
        var log: ReplayedLog
        var lastFlushOffset = 0
    }

    private mutating func scan(_ first: SegmentID, through current: SegmentID) throws -> ScannedLog {
        guard let start = headers[first] else {
            throw Damage(position: SegmentPosition(segment: first, offset: 0), reason: "no valid segment header")
        }
        guard start.last.index <= floor else {
            throw Damage(
                position: SegmentPosition(segment: first, offset: 0),
                reason:
                    "the log begins after entry \(start.last.index), the newest readable snapshot ends at \(floor), "
                    + "and what lies between is missing")
        }
        let log = ReplayedLog(
            base: start.last, hardState: start.hardState, floor: floor, droppableBytesMax: recoveredBytesMax)
        var cursor = Cursor(
            position: start.previousEnd ?? SegmentPosition(segment: first, offset: 0),
            checksum: start.previousChecksum, log: log)
        var segments: [Segment] = []
        var id = first
        while true {
            let header = try enter(id, &cursor)
            segments.append(
                Segment(id: id, base: header.last, blockBytes: header.blockBytes, byteCount: header.byteCount))
            try readBatches(header, until: id < current ? headers[id.next]?.previousEnd : nil, &cursor)
            if id == current { break }
            id = id.next
        }
        if let proof = try proofOfMore(after: cursor.position) {
            // If a later segment proves it, then that segment had begun, and its header is gone.
            let isHeader = proof > current
            throw Damage(
                position: isHeader ? SegmentPosition(segment: current.next, offset: 0) : cursor.position,
                reason: "no valid \(isHeader ? "segment header" : "batch"), although what lies behind was written later"
            )
        }
        return try finish(cursor, segments)
    }

    /// Goes on in a segment, whose header must join what came before.
    private func enter(_ id: SegmentID, _ cursor: inout Cursor) throws -> SegmentHeader {
        let start = SegmentPosition(segment: id, offset: 0)
        guard let header = headers[id] else { throw Damage(position: start, reason: "no valid segment header") }
        let expected = header.previousEnd ?? start
        guard expected == cursor.position, header.previousChecksum == cursor.checksum,
            header.last == cursor.log.last
        else { throw Damage(position: start, reason: "the segment does not follow the one before") }
        return header
    }

    /// Applies batches as long as they are valid. `end` is where the next segment says that this one ends.
    private mutating func readBatches(
        _ header: SegmentHeader, until end: SegmentPosition?, _ cursor: inout Cursor
    ) throws {
        let id = header.segment
        guard var reader = readers[id] else { preconditionFailure("a header comes from a reader") }
        defer {
            reader.releaseWindow()
            readers[id] = reader
        }
        cursor.position = SegmentPosition(segment: id, offset: header.blockBytes)
        // The first batch is mostly part of the header's own flush; after a recovery that found only the header, it is
        // not.
        var synced = [header.previousEnd, cursor.position]
        cursor.lastFlushOffset = 0
        while cursor.position != end {
            guard let (batch, checksum) = try reader.batchHeader(at: cursor.position.offset, mark: header.mark),
                batch.previousChecksum == cursor.checksum, synced.contains(batch.synced),
                let body = try reader.body(of: batch)
            else {
                guard end == nil else { throw Damage(position: cursor.position, reason: "no valid batch") }
                return
            }
            guard let records = LogRecord.decode(body, count: batch.recordCount), cursor.log.apply(records, batch)
            else { throw Damage(position: cursor.position, reason: "the batch contradicts the log before it") }
            if cursor.position.offset > header.blockBytes { cursor.lastFlushOffset = cursor.position.offset }
            cursor.checksum = checksum
            cursor.position.offset += (LogFormat.batchHeaderBytes + body.count).rounded(upTo: header.blockBytes)
            synced = [cursor.position]
        }
    }

    /// The segment of a batch at or behind `position` which proves that more than what comes before it was durable.
    private mutating func proofOfMore(after position: SegmentPosition) throws -> SegmentID? {
        for id in ids where id >= position.segment {
            guard var reader = readers[id] else { continue }
            defer { readers[id] = reader }
            let mark = batchMark(salt: identity.salt, segment: id)
            // The smallest block there is: without a valid header, a segment's own block size is not known.
            let step = 512
            var offset = id == position.segment ? position.offset : 0
            while offset + LogFormat.batchHeaderBytes <= reader.byteCount {
                if let (batch, _) = try reader.batchHeader(at: offset, mark: mark), batch.synced > position {
                    return id
                }
                offset += step
            }
        }
        return nil
    }

    private mutating func finish(_ cursor: Cursor, _ segments: [Segment]) throws -> ScannedLog {
        let current = cursor.position.segment
        let used = Set(segments.map(\.id))
        var leftovers: [String] = []
        var prepared: (id: SegmentID, byteCount: Int)?
        for id in ids where !used.contains(id) {
            if id == current.next, let reader = readers[id] {
                prepared = (id, reader.byteCount)
            } else {
                leftovers.append(id.file)
            }
        }
        let rest = try readers[current]?.with(offset: cursor.position.offset, count: 8) { $0.load(UInt64.self, at: 0) }
        return ScannedLog(
            segments: segments, log: cursor.log, last: cursor.log.last, end: cursor.position,
            lastFlushOffset: cursor.lastFlushOffset,
            checksum: cursor.checksum, prepared: prepared, leftovers: leftovers, overlooked: [],
            isCut: rest == batchMark(salt: identity.salt, segment: current))
    }
}
