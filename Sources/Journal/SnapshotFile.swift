import ByteString
import Consensus

/// A complete snapshot's file, opened for reading.
struct SnapshotFile: Hashable {
    let metadata: SnapshotMetadata
    /// Where the first block is.
    private let contentOffset: Int

    private init(metadata: SnapshotMetadata, contentOffset: Int) {
        self.metadata = metadata
        self.contentOffset = contentOffset
    }

    /// A snapshot that this process wrote.
    init(written metadata: SnapshotMetadata) {
        let configurationBytes = metadata.configuration.encoded().count
        self.init(metadata: metadata, contentOffset: SnapshotFormat.headerBytes + configurationBytes)
    }

    var file: String { JournalFile.snapshot(metadata.position).name }

    private static let blockStride = SnapshotFormat.blockBytes + SnapshotFormat.blockHeaderBytes

    private var footerOffset: Int {
        let content = Int(metadata.byteCount)
        let blocks = (content + SnapshotFormat.blockBytes - 1) / SnapshotFormat.blockBytes
        return contentOffset + content + blocks * SnapshotFormat.blockHeaderBytes
    }

    // MARK: - Opening

    /// Reads header and footer; the blocks are checked as they are read.
    ///
    /// - Throws: ``JournalError/damaged(file:offset:reason:)`` where they are not what was written.
    static func open(
        _ disk: any Disk, at position: LogPosition, storage: StorageID
    ) throws(JournalError) -> SnapshotFile {
        let name = JournalFile.snapshot(position).name
        let fileBytes: Int
        do { fileBytes = try disk.byteCount(of: name) } catch { throw .disk(error) }
        let header = try disk.exactly(SnapshotFormat.headerBytes, of: name, at: 0)
        let configurationBytes = header.load(UInt32.self, at: 40)
        guard SnapshotFormat.headerBytes + Int(configurationBytes) + SnapshotFormat.footerBytes <= fileBytes else {
            throw .damaged(file: name, offset: 40, reason: "the file is too short")
        }
        let configuration = try disk.exactly(Int(configurationBytes), of: name, at: SnapshotFormat.headerBytes)
        try check(header, configuration, name: name, position: position, storage: storage)
        let footerOffset = fileBytes - SnapshotFormat.footerBytes
        let footer = try disk.exactly(SnapshotFormat.footerBytes, of: name, at: footerOffset)
        let byteCount = footer.load(UInt64.self, at: 8)
        guard footer.load(UInt64.self, at: 0) == SnapshotFormat.endMagic,
            footer.load(UInt32.self, at: 20) == Checksum.of(Array(footer[..<20])), byteCount <= 1 << 50
        else { throw .damaged(file: name, offset: footerOffset, reason: "no valid footer") }
        let decoded: Configuration
        do { decoded = try Configuration(decoding: Bytes(configuration)) } catch {
            throw .damaged(file: name, offset: SnapshotFormat.headerBytes, reason: "the configuration: \(error)")
        }
        let snapshot = SnapshotFile(
            metadata: SnapshotMetadata(position: position, configuration: decoded, byteCount: byteCount),
            contentOffset: SnapshotFormat.headerBytes + configuration.count)
        guard snapshot.footerOffset == footerOffset else {
            throw .damaged(file: name, offset: footerOffset, reason: "the file's length does not fit its content")
        }
        return snapshot
    }

    private static func check(
        _ header: [UInt8], _ configuration: [UInt8], name: String, position: LogPosition, storage: StorageID
    ) throws(JournalError) {
        guard header.load(UInt64.self, at: 0) == SnapshotFormat.magic else {
            throw .damaged(file: name, offset: 0, reason: "not a snapshot")
        }
        let version = header.load(UInt32.self, at: 8)
        // A rotted version is told from a later one: everything else is as this version writes it.
        var asWritten = Array(header[..<44])
        withUnsafeBytes(of: SnapshotFormat.version.littleEndian) { asWritten.replaceSubrange(8..<12, with: $0) }
        let checksum = Checksum.of(configuration, after: Checksum.of(asWritten))
        guard version == SnapshotFormat.version else {
            if header.load(UInt32.self, at: 44) == checksum {
                throw .damaged(file: name, offset: 8, reason: "the format version has changed")
            }
            throw .unsupportedFormat(file: name, version: version)
        }
        guard header.load(UInt32.self, at: 44) == checksum,
            header.load(UInt32.self, at: 12) == UInt32(SnapshotFormat.blockBytes)
        else { throw .damaged(file: name, offset: 0, reason: "no valid header") }
        let found = StorageID(header.load(UInt64.self, at: 16))
        guard found == storage else {
            throw .mismatch(what: "storage id in \(name)", expected: "\(storage)", found: "\(found)")
        }
        let index = LogIndex(header.load(UInt64.self, at: 24))
        let named = LogPosition(index: index, term: Term(header.load(UInt64.self, at: 32)))
        guard named == position else {
            throw .damaged(file: name, offset: 24, reason: "it is the snapshot of \(named)")
        }
    }

    // MARK: - Reading

    /// At most `byteCountMax` bytes of content from `offset` on; fewer only where the content ends.
    ///
    /// - Throws: ``JournalError/damaged(file:offset:reason:)`` if a block that is touched has rotted.
    func read(_ disk: any Disk, offset: UInt64, byteCountMax: Int) throws(JournalError) -> Bytes {
        guard offset < metadata.byteCount, byteCountMax > 0 else { return Bytes() }
        let count = Int(min(UInt64(byteCountMax), metadata.byteCount - offset))
        let start = Int(offset)
        let blocks = start / SnapshotFormat.blockBytes...(start + count - 1) / SnapshotFormat.blockBytes
        let fileOffset = contentOffset + blocks.lowerBound * Self.blockStride
        let fileEnd = min(contentOffset + (blocks.upperBound + 1) * Self.blockStride, footerOffset)
        let raw = try disk.exactly(fileEnd - fileOffset, of: file, at: fileOffset)
        var rotten: Int?
        let content = Bytes(count: count) { target in
            raw.withUnsafeBytes { source in
                for block in blocks {
                    let from = (block - blocks.lowerBound) * Self.blockStride
                    let stored = UnsafeRawBufferPointer(
                        rebasing: source[from..<min(from + Self.blockStride, source.count)])
                    guard let bytes = checkedContent(stored, block: block) else {
                        rotten = rotten ?? fileOffset + from
                        return
                    }
                    let first = max(start, block * SnapshotFormat.blockBytes)
                    let last = min(start + count, block * SnapshotFormat.blockBytes + bytes.count)
                    let wanted = first - block * SnapshotFormat.blockBytes..<last - block * SnapshotFormat.blockBytes
                    UnsafeMutableRawBufferPointer(rebasing: target[(first - start)...])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[wanted]))
                }
            }
        }
        if let rotten { throw .damaged(file: file, offset: rotten, reason: "a block's checksum is wrong") }
        return content
    }

    /// Reads it all.
    func verify(_ disk: any Disk) throws(JournalError) {
        var offset: UInt64 = 0
        while offset < metadata.byteCount {
            offset += UInt64(try read(disk, offset: offset, byteCountMax: 1 << 20).count)
        }
    }

    private func checkedContent(_ stored: UnsafeRawBufferPointer, block: Int) -> UnsafeRawBufferPointer? {
        let expected = min(SnapshotFormat.blockBytes, Int(metadata.byteCount) - block * SnapshotFormat.blockBytes)
        guard stored.count == SnapshotFormat.blockHeaderBytes + expected,
            stored.load(UInt32.self, at: 0) == UInt32(expected)
        else { return nil }
        let content = UnsafeRawBufferPointer(rebasing: stored[SnapshotFormat.blockHeaderBytes...])
        let checksum = SnapshotFormat.blockChecksum(content, number: UInt64(block), position: metadata.position)
        return checksum == stored.load(UInt32.self, at: 4) ? content : nil
    }
}

extension [UInt8] {
    fileprivate func load<Integer: FixedWidthInteger>(_: Integer.Type, at offset: Int) -> Integer {
        withUnsafeBytes { $0.load(Integer.self, at: offset) }
    }
}

extension Disk {
    /// Exactly `count` bytes; a file that ends before is damaged.
    fileprivate func exactly(_ count: Int, of file: String, at offset: Int) throws(JournalError) -> [UInt8] {
        let bytes: [UInt8]
        do { bytes = try self.bytes(of: file, offset: offset, count: count) } catch { throw .disk(error) }
        guard bytes.count == count else { throw .damaged(file: file, offset: offset, reason: "the file ends here") }
        return bytes
    }
}
