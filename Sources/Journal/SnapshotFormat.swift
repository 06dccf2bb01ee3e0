import ByteString
import Consensus

/// A snapshot on disk, format 1: a file `snapshot-<index>-<term>`. Integers are little-endian, checksums CRC-32C.
///
/// **Header**, directly followed by the blocks. The first 12 bytes never change in later formats.
/// ```
///   0  8  "ROOSTSNP"
///   8  4  format version, 1
///  12  4  content bytes of a block, 65536
///  16  8  storage id of the data directory
///  24  8  index of the last entry whose effect is contained
///  32  8  its term
///  40  4  length of the configuration in bytes
///  44  4  checksum of bytes 0 to 43 and the configuration
///  48  n  the configuration as of that entry (``Consensus/Configuration/encoded()``)
/// ```
/// **Block**: all but the last are full; content of no bytes has no block.
/// ```
///   0  4  content bytes in this block
///   4  4  checksum of the index, the term and the number of the block from 0 on (8 bytes each), then the content
///   8  n  content
/// ```
/// **Footer**, up to the end of the file.
/// ```
///   0  8  "ROOSTEND"
///   8  8  content bytes in all
///  16  4  zero
///  20  4  checksum of bytes 0 to 19
/// ```
/// The file has its name only once it is complete and synced, so anything wrong in it is rot.
enum SnapshotFormat {
    static let version: UInt32 = 1
    static let magic: UInt64 = 0x504e_5354_534f_4f52  // "ROOSTSNP"
    static let endMagic: UInt64 = 0x444e_4554_534f_4f52  // "ROOSTEND"
    static let headerBytes = 48
    static let blockBytes = 65536
    static let blockHeaderBytes = 8
    static let footerBytes = 24

    static func header(_ position: LogPosition, configuration: Bytes, storage: StorageID) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: headerBytes)
        bytes.withUnsafeMutableBytes { buffer in
            buffer.store(magic, at: 0)
            buffer.store(version, at: 8)
            buffer.store(UInt32(blockBytes), at: 12)
            buffer.store(storage.rawValue, at: 16)
            buffer.store(position.index.rawValue, at: 24)
            buffer.store(position.term.rawValue, at: 32)
            buffer.store(UInt32(configuration.count), at: 40)
            var checksum = Checksum.of(UnsafeRawBufferPointer(buffer), 0..<44)
            checksum = configuration.withUnsafeBytes { Checksum.of($0, after: checksum) }
            buffer.store(checksum, at: 44)
        }
        configuration.withUnsafeBytes { bytes.append(contentsOf: $0) }
        return bytes
    }

    static func footer(byteCount: UInt64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: footerBytes)
        bytes.withUnsafeMutableBytes { buffer in
            buffer.store(endMagic, at: 0)
            buffer.store(byteCount, at: 8)
            buffer.store(Checksum.of(UnsafeRawBufferPointer(buffer), 0..<20), at: 20)
        }
        return bytes
    }

    static func blockChecksum(
        _ content: UnsafeRawBufferPointer, number: UInt64, position: LogPosition
    ) -> UInt32 {
        var crc = Checksum.of(position.index.rawValue)
        crc = Checksum.of(position.term.rawValue, after: crc)
        crc = Checksum.of(number, after: crc)
        return Checksum.of(content, after: crc)
    }
}
