import ByteString
import Consensus

/// The log on disk, format 1. All integers are little-endian; all checksums are CRC-32C.
///
/// The log is a row of files `log-<segment>`, their numbers consecutive from 1. A **segment** begins with a header of
/// one block; after it come batches, each beginning at the next multiple of the block size. What follows the last
/// batch is zeros, or what the file held in an earlier life.
///
/// Beside them, from the first start on, there is a file `reserve` of zeros. Where there is no space for another
/// segment it becomes the next one: see ``Journal/roomBytes``.
///
/// **Segment header** (128 bytes; the rest of its block is zero). The first 16 bytes and the place of the checksum
/// never change in later formats.
/// ```
///   0  8  "ROOSTLOG"
///   8  4  format version, 1
///  12  4  block size in bytes, a power of two from 512 on
///  16  8  number of the segment, as in the file's name
///  24  8  mark: what each of its batches begins with (see `batchMark`)
///  32  8  storage id of the data directory
///  40  8  length of the segment in bytes
///  48  8  segment that the log comes from (0 in the first segment of a directory)
///  56  8  offset at which the log ends there; everything before it was durable when this header was written
///  64  8  index of the last entry before this segment (0: none)
///  72  8  its term
///  80  8  hard state: term
///  88  8  hard state: vote (0: none)
///  96  4  checksum of the header of the last batch before this segment (0: none)
/// 100 24  zero
/// 124  4  checksum of bytes 0 to 123
/// ```
/// **Batch header** (96 bytes), directly followed by the body; then zeros to the next multiple of the block size.
/// ```
///   0  8  mark of the segment
///   8  4  header checksum: of the segment's number (8 bytes), then bytes 0 to 7 and 12 to 95
///  12  4  checksum of the body
///  16  4  length of the body in bytes
///  20  4  number of records in the body; 0 makes the batch a marker
///  24  8  offset of this batch in the segment
///  32  8  synced position: segment, and
///  40  8    offset; everything before it was durable when this batch was written
///  48  8  hard state after this batch: term
///  56  8  hard state after this batch: vote (0: none)
///  64  8  index of the log's last entry after this batch (0: none)
///  72  8  its term
///  80  8  lowest index that a record of this batch writes or drops (0: no record)
///  88  4  header checksum of the batch before (in the first batch of a segment: as in the segment header)
///  92  4  zero
/// ```
/// **Record** (24 bytes), then the payload, then zeros to a multiple of 8. Records take effect in order.
/// ```
///   0  8  index
///   8  8  term
///  16  4  length of the payload in bytes
///  20  1  kind
///  21  3  zero
/// ```
/// | kind | meaning |
/// |---|---|
/// | 0, 1, 2 | entry: command, no-op, configuration (``Consensus/Entry/Kind``) |
/// | 128 | truncation: entries from `index` on are dropped; `term` is that of the entry before; no payload |
/// | 129 | reset: the log is empty and goes on after `index`, `term`, where a snapshot ends; no payload |
///
/// **One flush at a time.** A batch is written only when the one before it is durable, so its synced position is the
/// end of the one before. Therefore a batch that is valid proves that everything before it was durable, and whatever
/// is damaged there has rotted. (A segment's header and its first batch are mostly one flush: the batch then names the
/// end of the segment before.) Nothing proves that of the last batch, until a marker follows it: the journal writes
/// one when it is idle, and when it is opened.
///
/// **Recovery** reads batches while they are valid: right mark, checksums, offset, checksum of the header before, and
/// synced position. Where that ends, it looks through everything behind for a segment header or a batch header that
/// is valid in itself and names a synced position beyond the end. If there is one, durable bytes have changed: the
/// journal refuses to open. If not, what is there is an unfinished flush: the log ends here, and the next batch
/// overwrites it. The rest of an unfinished flush can never count again, not even where a later flush tears so that
/// it shows through: each batch names the checksum of the header before it, and with it everything before it.
enum LogFormat {
    static let version: UInt32 = 1
    static let segmentMagic: UInt64 = 0x474f_4c54_534f_4f52  // "ROOSTLOG"
    static let segmentHeaderBytes = 128
    static let batchHeaderBytes = 96
    static let recordHeaderBytes = 24
    static let truncation: UInt8 = 128
    static let reset: UInt8 = 129
}

// MARK: - Segment header

struct SegmentHeader: Hashable {
    var segment: SegmentID
    var blockBytes: Int
    var mark: UInt64
    var storage: StorageID
    var byteCount: Int
    /// Nil in a directory's first segment.
    var previousEnd: SegmentPosition?
    /// The log's last entry before the segment.
    var last: LogPosition
    var hardState: HardState
    var previousChecksum: UInt32

    /// One block.
    func encoded() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: blockBytes)
        bytes.withUnsafeMutableBytes { buffer in
            buffer.store(LogFormat.segmentMagic, at: 0)
            buffer.store(LogFormat.version, at: 8)
            buffer.store(UInt32(blockBytes), at: 12)
            buffer.store(segment.rawValue, at: 16)
            buffer.store(mark, at: 24)
            buffer.store(storage.rawValue, at: 32)
            buffer.store(UInt64(byteCount), at: 40)
            buffer.store(previousEnd?.segment.rawValue ?? 0, at: 48)
            buffer.store(UInt64(previousEnd?.offset ?? 0), at: 56)
            buffer.store(last.index.rawValue, at: 64)
            buffer.store(last.term.rawValue, at: 72)
            buffer.store(hardState.term.rawValue, at: 80)
            buffer.store(hardState.vote?.rawValue ?? 0, at: 88)
            buffer.store(previousChecksum, at: 96)
            buffer.store(Checksum.of(UnsafeRawBufferPointer(buffer), 0..<124), at: 124)
        }
        return bytes
    }

    /// What the first bytes of a segment's file are.
    enum Reading {
        case header(SegmentHeader)
        /// Right in itself, but of a later version.
        case unsupported(version: UInt32)
        /// Zeros, what the file held before, or damage.
        case none
    }

    static func decode(_ bytes: UnsafeRawBufferPointer) -> Reading {
        guard bytes.count >= LogFormat.segmentHeaderBytes, bytes.load(UInt64.self, at: 0) == LogFormat.segmentMagic,
            bytes.load(UInt32.self, at: 124) == Checksum.of(bytes, 0..<124)
        else { return .none }
        let version = bytes.load(UInt32.self, at: 8)
        guard version == LogFormat.version else { return .unsupported(version: version) }
        let blockBytes = Int(bytes.load(UInt32.self, at: 12))
        let byteCount = bytes.load(UInt64.self, at: 40)
        let previousSegment = bytes.load(UInt64.self, at: 48)
        let previousOffset = bytes.load(UInt64.self, at: 56)
        guard blockBytes >= 512, blockBytes.nonzeroBitCount == 1, byteCount <= 1 << 40, previousOffset <= 1 << 40
        else { return .none }
        return .header(
            SegmentHeader(
                segment: SegmentID(bytes.load(UInt64.self, at: 16)), blockBytes: blockBytes,
                mark: bytes.load(UInt64.self, at: 24), storage: StorageID(bytes.load(UInt64.self, at: 32)),
                byteCount: Int(byteCount),
                previousEnd: previousSegment == 0
                    ? nil : SegmentPosition(segment: SegmentID(previousSegment), offset: Int(previousOffset)),
                last: bytes.position(at: 64), hardState: bytes.hardState(at: 80),
                previousChecksum: bytes.load(UInt32.self, at: 96)))
    }
}

// MARK: - Batch header

struct BatchHeader: Hashable {
    var bodyChecksum: UInt32
    var bodyBytes: Int
    var recordCount: Int
    var offset: Int
    var synced: SegmentPosition
    var hardState: HardState
    var last: LogPosition
    var lowest: LogIndex
    var previousChecksum: UInt32

    /// Writes the header into the first bytes of `buffer` and returns its checksum.
    func encode(into buffer: UnsafeMutableRawBufferPointer, mark: UInt64, segment: SegmentID) -> UInt32 {
        buffer.store(mark, at: 0)
        buffer.store(bodyChecksum, at: 12)
        buffer.store(UInt32(bodyBytes), at: 16)
        buffer.store(UInt32(recordCount), at: 20)
        buffer.store(UInt64(offset), at: 24)
        buffer.store(synced.segment.rawValue, at: 32)
        buffer.store(UInt64(synced.offset), at: 40)
        buffer.store(hardState.term.rawValue, at: 48)
        buffer.store(hardState.vote?.rawValue ?? 0, at: 56)
        buffer.store(last.index.rawValue, at: 64)
        buffer.store(last.term.rawValue, at: 72)
        buffer.store(lowest.rawValue, at: 80)
        buffer.store(previousChecksum, at: 88)
        buffer.store(UInt32(0), at: 92)
        let checksum = Self.checksum(UnsafeRawBufferPointer(buffer), segment: segment)
        buffer.store(checksum, at: 8)
        return checksum
    }

    /// The header at the start of `bytes` and its checksum, if it is right in itself; what it says of its
    /// surroundings is for the caller to compare.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, mark: UInt64, segment: SegmentID
    ) -> (header: BatchHeader, checksum: UInt32)? {
        guard bytes.count >= LogFormat.batchHeaderBytes, bytes.load(UInt64.self, at: 0) == mark else { return nil }
        let checksum = bytes.load(UInt32.self, at: 8)
        guard checksum == Self.checksum(bytes, segment: segment) else { return nil }
        let offset = bytes.load(UInt64.self, at: 24)
        let syncedOffset = bytes.load(UInt64.self, at: 40)
        guard offset <= 1 << 40, syncedOffset <= 1 << 40 else { return nil }
        let header = BatchHeader(
            bodyChecksum: bytes.load(UInt32.self, at: 12), bodyBytes: Int(bytes.load(UInt32.self, at: 16)),
            recordCount: Int(bytes.load(UInt32.self, at: 20)), offset: Int(offset),
            synced: SegmentPosition(
                segment: SegmentID(bytes.load(UInt64.self, at: 32)), offset: Int(syncedOffset)),
            hardState: bytes.hardState(at: 48), last: bytes.position(at: 64),
            lowest: LogIndex(bytes.load(UInt64.self, at: 80)), previousChecksum: bytes.load(UInt32.self, at: 88))
        return (header, checksum)
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer, segment: SegmentID) -> UInt32 {
        var crc = Checksum.of(segment.rawValue)
        crc = Checksum.of(bytes, 0..<8, after: crc)
        return Checksum.of(bytes, 12..<LogFormat.batchHeaderBytes, after: crc)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func position(at offset: Int) -> LogPosition {
        LogPosition(index: LogIndex(load(UInt64.self, at: offset)), term: Term(load(UInt64.self, at: offset + 8)))
    }

    fileprivate func hardState(at offset: Int) -> HardState {
        let vote = load(UInt64.self, at: offset + 8)
        return HardState(term: Term(load(UInt64.self, at: offset)), vote: vote == 0 ? nil : MemberID(vote))
    }
}

// MARK: - Records

/// One change of the log, as a batch's body holds it.
enum LogRecord: Hashable {
    case entry(Entry)
    case truncate(from: LogIndex, previousTerm: Term)
    case reset(LogPosition)

    /// The records of a body whose checksum is right. Payloads share `body`'s memory. Nil if it is malformed all the
    /// same, which only a bug can cause.
    static func decode(_ body: Bytes, count: Int) -> [LogRecord]? {
        var records: [LogRecord] = []
        records.reserveCapacity(count)
        var offset = 0
        while offset < body.count {
            guard body.count - offset >= LogFormat.recordHeaderBytes else { return nil }
            let (position, payloadBytes, kind) = body.withUnsafeBytes {
                ($0.position(at: offset), Int($0.load(UInt32.self, at: offset + 16)), $0[offset + 20])
            }
            offset += LogFormat.recordHeaderBytes
            guard payloadBytes <= body.count - offset else { return nil }
            switch kind {
            case LogFormat.truncation:
                records.append(.truncate(from: position.index, previousTerm: position.term))
            case LogFormat.reset:
                records.append(.reset(position))
            default:
                guard let kind = Entry.Kind(rawValue: kind) else { return nil }
                let payload = body.slice(offset: offset, count: payloadBytes)
                records.append(
                    .entry(Entry(index: position.index, term: position.term, kind: kind, payload: payload)))
            }
            offset += payloadBytes.rounded(upTo: 8)
        }
        return records.count == count && offset == body.count ? records : nil
    }
}
