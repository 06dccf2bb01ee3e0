import ByteString
import Consensus

/// Reads a segment's file through a window, since a system call for every batch would cost more than the reading.
struct SegmentReader {
    let segment: SegmentID
    let byteCount: Int
    private let disk: any Disk
    private var window: [UInt8] = []
    private var windowOffset = 0

    private static let windowBytes = 1 << 20

    init(_ disk: any Disk, _ segment: SegmentID) throws(DiskError) {
        self.disk = disk
        self.segment = segment
        byteCount = try disk.byteCount(of: segment.file)
    }

    /// Lends `count` bytes at `offset`; nil if the file ends before.
    mutating func with<Result>(
        offset: Int, count: Int, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(DiskError) -> Result? {
        guard offset + count <= byteCount else { return nil }
        if offset < windowOffset || offset + count > windowOffset + window.count {
            let wanted = min(max(count, Self.windowBytes), byteCount - offset)
            window = try disk.bytes(of: segment.file, offset: offset, count: wanted)
            windowOffset = offset
            guard window.count >= count else { return nil }
        }
        let start = offset - windowOffset
        return window.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
    }

    mutating func releaseWindow() { window = [] }

    mutating func header() throws(DiskError) -> SegmentHeader.Reading {
        let count = LogFormat.segmentHeaderBytes
        return try with(offset: 0, count: count) { SegmentHeader.decode($0) } ?? .none
    }

    mutating func batchHeader(at offset: Int, mark: UInt64) throws(DiskError) -> (BatchHeader, checksum: UInt32)? {
        let segment = segment
        let count = LogFormat.batchHeaderBytes
        let found = try with(offset: offset, count: count) {
            BatchHeader.decode($0, mark: mark, segment: segment)
        }
        guard let found, let (header, checksum) = found, header.offset == offset else { return nil }
        return (header, checksum)
    }

    /// The body that belongs to a header, if its checksum is right: a copy that the entries' payloads then share.
    mutating func body(of header: BatchHeader) throws(DiskError) -> Bytes? {
        let offset = header.offset + LogFormat.batchHeaderBytes
        let body = try with(offset: offset, count: header.bodyBytes) { bytes in
            Checksum.of(bytes) == header.bodyChecksum ? Bytes(copying: bytes) : nil
        }
        return body ?? nil
    }
}

/// What the records read so far amount to.
struct ReplayedLog {
    /// The position before the first entry.
    private(set) var base: LogPosition
    private(set) var hardState: HardState
    /// Where the last reset record let the log begin.
    private(set) var resetIndex = LogIndex.zero
    /// Consecutive; those before `head` are dropped already.
    private var kept: [Entry] = []
    private var head = 0
    /// The bytes of the entries that the snapshot at `floor` contains.
    private var droppableBytes = 0
    private let floor: LogIndex
    private let droppableBytesMax: Int

    init(base: LogPosition, hardState: HardState, floor: LogIndex, droppableBytesMax: Int) {
        self.base = base
        self.hardState = hardState
        self.floor = floor
        self.droppableBytesMax = droppableBytesMax
    }

    var entries: [Entry] { Array(kept[head...]) }
    var last: LogPosition { head < kept.count ? kept[kept.count - 1].position : base }

    /// Returns false if the records contradict each other or the header.
    mutating func apply(_ records: [LogRecord], _ header: BatchHeader) -> Bool {
        for record in records {
            switch record {
            case .entry(let entry):
                guard entry.index == last.index.next, entry.term >= last.term else { return false }
                kept.append(entry)
                if entry.index <= floor { droppableBytes += Self.cost(entry) }
            case .truncate(let from, let previousTerm):
                guard from > .zero, from <= last.index.next else { return false }
                truncate(from: from, previousTerm: previousTerm)
            case .reset(let position):
                reset(to: position)
                resetIndex = position.index
            }
        }
        hardState = header.hardState
        dropSurplus()
        return header.last == last
    }

    mutating func reset(to position: LogPosition) {
        base = position
        kept = []
        head = 0
        droppableBytes = 0
    }

    func holds(_ position: LogPosition) -> Bool {
        if position.index == base.index { return position.term == base.term }
        guard position.index > base.index, position.index <= last.index else { return false }
        return kept[head + Int(position.index.rawValue - base.index.rawValue) - 1].term == position.term
    }

    private mutating func truncate(from index: LogIndex, previousTerm: Term) {
        // A segment that was removed may have held the entries before this one.
        guard index > base.index else {
            return reset(to: LogPosition(index: index.previous, term: previousTerm))
        }
        while head < kept.count, let entry = kept.last, entry.index >= index {
            if entry.index <= floor { droppableBytes -= Self.cost(entry) }
            kept.removeLast()
        }
    }

    private mutating func dropSurplus() {
        while droppableBytes > droppableBytesMax, head < kept.count {
            droppableBytes -= Self.cost(kept[head])
            base = kept[head].position
            head += 1
        }
        if head > 1024, head > kept.count / 2 {
            kept.removeFirst(head)
            head = 0
        }
    }

    private static func cost(_ entry: Entry) -> Int { entry.payload.count + MemoryLayout<Entry>.stride }
}
