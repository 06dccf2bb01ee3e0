import ByteString
import Consensus

/// Turns a stream of content into the operations that write a snapshot's file, block by block.
struct SnapshotWriter: Sendable {
    let position: LogPosition
    let configuration: Configuration
    let unfinished: String
    /// Content taken so far.
    private(set) var contentBytes: UInt64 = 0
    /// The blocks not yet handed out, the last of them perhaps incomplete.
    private var buffer: [UInt8]
    /// The content bytes of the incomplete block at the end of `buffer`; 0: there is none.
    private var openBlockBytes = 0
    private var fileOffset = 0
    private var blockNumber: UInt64 = 0
    private var unsyncedBytes = 0
    private let syncBytes: Int

    init(
        _ position: LogPosition, _ configuration: Configuration, file: JournalFile.Unfinished, storage: StorageID,
        syncBytes: Int
    ) {
        self.position = position
        self.configuration = configuration
        unfinished = file.rawValue
        self.syncBytes = syncBytes
        buffer = SnapshotFormat.header(position, configuration: configuration.encoded(), storage: storage)
    }

    /// Creates the file.
    func begin() -> [DiskOperation] { [.create(unfinished)] }

    /// The operations that write the blocks which `bytes` completed; may be none.
    mutating func append(_ bytes: Bytes) -> [DiskOperation] {
        contentBytes += UInt64(bytes.count)
        bytes.withUnsafeBytes { source in
            var taken = 0
            while taken < source.count {
                if openBlockBytes == 0 {
                    buffer.appendZeros(SnapshotFormat.blockHeaderBytes)
                }
                let count = min(source.count - taken, SnapshotFormat.blockBytes - openBlockBytes)
                buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: source[taken..<taken + count]))
                taken += count
                openBlockBytes += count
                if openBlockBytes == SnapshotFormat.blockBytes { closeBlock() }
            }
        }
        return flush(keeping: openBlockBytes == 0 ? 0 : openBlockBytes + SnapshotFormat.blockHeaderBytes)
    }

    /// The operations that make the snapshot whole, durable and known by its name.
    mutating func finish() -> [DiskOperation] {
        if openBlockBytes > 0 { closeBlock() }
        buffer += SnapshotFormat.footer(byteCount: contentBytes)
        return flush(keeping: 0) + [
            .sync(unfinished), .rename(unfinished, to: JournalFile.snapshot(position).name), .syncDirectory,
        ]
    }

    var metadata: SnapshotMetadata {
        SnapshotMetadata(position: position, configuration: configuration, byteCount: contentBytes)
    }

    private mutating func closeBlock() {
        let content = buffer.count - openBlockBytes..<buffer.count
        let (number, position) = (blockNumber, position)
        buffer.withUnsafeMutableBytes { bytes in
            let slice = UnsafeRawBufferPointer(rebasing: bytes[content])
            let checksum = SnapshotFormat.blockChecksum(slice, number: number, position: position)
            let start = content.lowerBound - SnapshotFormat.blockHeaderBytes
            bytes.store(UInt32(content.count), at: start)
            bytes.store(checksum, at: start + 4)
        }
        blockNumber += 1
        openBlockBytes = 0
    }

    private mutating func flush(keeping kept: Int) -> [DiskOperation] {
        let count = buffer.count - kept
        guard count > 0 else { return [] }
        var operations: [DiskOperation] = [
            .write(unfinished, offset: fileOffset, bytes: Array(buffer[..<count]))
        ]
        buffer.removeFirst(count)
        fileOffset += count
        unsyncedBytes += count
        if unsyncedBytes >= syncBytes {
            operations.append(.sync(unfinished))
            unsyncedBytes = 0
        }
        return operations
    }
}
