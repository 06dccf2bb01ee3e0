/// Whether messages are compressed before they are sent (grpc/grpc `doc/compression.md`).
///
/// Each message is compressed by itself. One that would not become smaller goes out as it is.
public struct Compression: Sendable, Hashable {
    /// `UInt32.max` for never, as the shim has it.
    let gzipBytesMin: UInt32

    /// No message is compressed.
    public static let none = Compression(gzipBytesMin: .max)

    /// Messages of at least `bytesMin` bytes are compressed with gzip (RFC 1952).
    public static func gzip(bytesMin: Int = 1_024) -> Compression {
        Compression(gzipBytesMin: UInt32(clamping: min(bytesMin, Int(UInt32.max) - 1)))
    }
}
