/// The encoding of `grpc-message` (PROTOCOL-HTTP2.md, "Status-Message"): UTF-8 with everything outside of 0x20 to
/// 0x7e, and `%`, as `%XX`.
enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// At most ``encodedBytesMax`` bytes; a longer text is cut at the end of a character.
    static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let isPlain = scalar.value >= 0x20 && scalar.value < 0x7f && scalar != "%"
            let bytes = UTF8.encode(scalar)!
            if output.count + (isPlain ? 1 : bytes.count * 3) > encodedBytesMax { break }
            for byte in bytes {
                if isPlain {
                    output.append(byte)
                } else {
                    output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Never fails: what is not an escape stands for itself, and bytes that are not UTF-8 are replaced.
    static func decode(_ text: UnsafeRawBufferPointer) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            if text[at] == UInt8(ascii: "%"), at + 2 < text.count, let high = digit(text[at + 1]),
                let low = digit(text[at + 2])
            {
                output.append(high << 4 | low)
                at += 3
            } else {
                output.append(text[at])
                at += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Trailers with more than this would not get through to common clients (8 KiB of metadata by default).
    static let encodedBytesMax = 4 << 10

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
