/// Bytes as text (RFC 4648).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text in the standard alphabet, padded.
    static func encoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var rest = bytes
        while !rest.isEmpty {
            let three = rest.prefix(3)
            rest = rest.dropFirst(3)
            var bits = three.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - three.count)
            for place in 0..<4 {
                let isPadding = place > three.count
                text.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * place) & 63])
            }
        }
        return text
    }

    /// The bytes that a text says, in the standard or the URL-safe alphabet, padded or not; nil if it is neither.
    static func decoded(_ text: [UInt8]) -> [UInt8]? {
        var digits = text[...]
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        let paddingCount = text.count - digits.count
        // Padding fills the last four, or is left out; and one digit is less than a byte.
        if paddingCount > 0, paddingCount > 2 || text.count % 4 != 0 { return nil }
        if digits.count % 4 == 1 { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3 + 2)
        var bits = 0
        var bitCount = 0
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = (bits << 6 | value) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return Int(digit) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return Int(digit) - 97 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return Int(digit) - 48 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): return 63
        default: return nil
        }
    }
}
