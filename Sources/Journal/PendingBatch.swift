import ByteString
import Consensus

/// A batch that takes further writes until the disk is ready for it.
struct PendingBatch {
    /// Room for the header, then records. Encoded as they come, so that a flush begins without a pass over entries.
    private(set) var bytes: [UInt8] = []
    private(set) var recordCount = 0
    private(set) var lowest: LogIndex = .zero
    /// The last write in here; nil if there is none, as in a marker.
    private(set) var through: WriteSequence?
    /// The state after the batch.
    var hardState: HardState
    var last: LogPosition

    init(capacity: Int, hardState: HardState, last: LogPosition) {
        bytes.reserveCapacity(max(capacity, 512))
        bytes.appendZeros(LogFormat.batchHeaderBytes)
        self.hardState = hardState
        self.last = last
    }

    var byteCount: Int { bytes.count }

    mutating func contain(_ sequence: WriteSequence) { through = sequence }

    mutating func append(_ entry: Entry) {
        appendHeader(entry.position, payloadBytes: entry.payload.count, kind: entry.kind.rawValue)
        entry.payload.withUnsafeBytes { bytes.append(contentsOf: $0) }
        let padding = entry.payload.count.rounded(upTo: 8) - entry.payload.count
        bytes.appendZeros(padding)
    }

    /// Entries after `position` are dropped.
    mutating func truncate(to position: LogPosition) {
        let from = LogPosition(index: position.index.next, term: position.term)
        appendHeader(from, payloadBytes: 0, kind: LogFormat.truncation)
    }

    mutating func reset(to position: LogPosition) {
        appendHeader(position, payloadBytes: 0, kind: LogFormat.reset)
    }

    private mutating func appendHeader(_ position: LogPosition, payloadBytes: Int, kind: UInt8) {
        precondition(payloadBytes <= 1 << 30, "an entry of \(payloadBytes) bytes")
        if lowest == .zero || position.index < lowest { lowest = position.index }
        recordCount += 1
        // Kind and the three zero bytes after it, as one little-endian integer.
        let header = (
            position.index.rawValue.littleEndian, position.term.rawValue.littleEndian,
            UInt32(payloadBytes).littleEndian, UInt32(kind).littleEndian
        )
        withUnsafeBytes(of: header) { bytes.append(contentsOf: $0) }
    }

    /// Fills in the header. Afterwards the bytes are what goes to disk, padded to whole blocks, and the result is the
    /// header's checksum.
    mutating func seal(
        at offset: Int, of segment: SegmentID, mark: UInt64, blockBytes: Int, synced: SegmentPosition,
        previousChecksum: UInt32
    ) -> UInt32 {
        let bodyBytes = bytes.count - LogFormat.batchHeaderBytes
        precondition(bodyBytes <= Int(UInt32.max), "a batch of \(bodyBytes) bytes")
        let padding = bytes.count.rounded(upTo: blockBytes) - bytes.count
        bytes.appendZeros(padding)
        let (recordCount, hardState, last, lowest) = (recordCount, hardState, last, lowest)
        return bytes.withUnsafeMutableBytes { buffer in
            let body = LogFormat.batchHeaderBytes..<LogFormat.batchHeaderBytes + bodyBytes
            let header = BatchHeader(
                bodyChecksum: Checksum.of(UnsafeRawBufferPointer(buffer), body), bodyBytes: bodyBytes,
                recordCount: recordCount, offset: offset, synced: synced, hardState: hardState, last: last,
                lowest: lowest, previousChecksum: previousChecksum)
            return header.encode(into: buffer, mark: mark, segment: segment)
        }
    }
}
