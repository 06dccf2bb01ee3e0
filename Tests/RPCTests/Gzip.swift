/// gzip members made by hand (RFC 1951, RFC 1952), so that a test can lie in each part of them.
struct Gzip {
    /// The deflated content.
    var body: [UInt8]
    var checksum: UInt32
    /// What the trailer says of the content's length.
    var length: UInt32

    var bytes: [UInt8] {
        let head: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        return head + body + Gzip.littleEndian(checksum) + Gzip.littleEndian(length)
    }

    /// As a message of gRPC with the compressed flag.
    var message: [UInt8] { [1] + H2.number(UInt32(bytes.count)) + bytes }

    /// Content that is stored as it is.
    static func stored(_ content: [UInt8]) -> Gzip {
        let count = UInt16(content.count)
        let head = [1, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
        return Gzip(body: head + content, checksum: crc32(content), length: UInt32(count))
    }

    /// `258 * repeats + 1` zeros in 13 bits for each 258: a literal and then matches of the fixed code.
    static func zeros(repeats: Int) -> Gzip {
        var writer = BitWriter()
        writer.append(0b1, 1)  // the last block
        writer.append(0b01, 2)  // with the fixed code
        writer.appendCode(0b0011_0000, 8)  // literal 0
        for _ in 0..<repeats {
            writer.appendCode(0b1100_0101, 8)  // 285: length 258
            writer.appendCode(0, 5)  // distance 1
        }
        writer.appendCode(0, 7)  // end of block
        let count = 258 * repeats + 1
        return Gzip(body: writer.finished(), checksum: crc32ofZeros(count), length: UInt32(count))
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func crc32(_ content: [UInt8]) -> UInt32 {
        ~content.reduce(UInt32.max) { step($0, $1) }
    }

    private static func crc32ofZeros(_ count: Int) -> UInt32 {
        ~(0..<count).reduce(UInt32.max) { crc, _ in table[Int(crc & 255)] ^ crc >> 8 }
    }

    private static func step(_ crc: UInt32, _ byte: UInt8) -> UInt32 {
        table[Int((crc ^ UInt32(byte)) & 255)] ^ crc >> 8
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xedb8_8320 ^ crc >> 1 : crc >> 1 }
    }
}

/// Bits in the order of RFC 1951: numbers with the lowest bit first, codes with the highest.
private struct BitWriter {
    private var bytes: [UInt8] = []
    private var count = 0

    mutating func append(_ value: UInt32, _ bits: Int) {
        for bit in 0..<bits { appendBit(value >> bit & 1) }
    }

    mutating func appendCode(_ value: UInt32, _ bits: Int) {
        for bit in (0..<bits).reversed() { appendBit(value >> bit & 1) }
    }

    private mutating func appendBit(_ bit: UInt32) {
        if count & 7 == 0 { bytes.append(0) }
        bytes[count >> 3] |= UInt8(bit) << (count & 7)
        count += 1
    }

    func finished() -> [UInt8] { bytes }
}
