import Foundation

// Default values as descriptors write them.

extension FieldNode {
    /// The field's default value as text; nil if it is given none.
    var defaultText: String? {
        switch (defaultValue, type) {
        case (nil, _): nil
        case (.bytes(let bytes), .scalar(.bytes)): bytes.escaped
        case (.bytes(let bytes), _): String(decoding: bytes, as: UTF8.self)
        case (.text(let text), .scalar(.double)): Double(text).map(Self.text) ?? text
        case (.text(let text), .scalar(.float)): Float(text).map(Self.text) ?? text
        case (.text(let text), _): text
        }
    }

    /// The number with as many digits as it takes to read it back: 15, or 17.
    private static func text(_ number: Double) -> String {
        if let special = special(number) { return special }
        let short = String(format: "%.15g", number)
        return Double(short) == number ? short : String(format: "%.17g", number)
    }

    /// The same with 6 digits, or 9.
    private static func text(_ number: Float) -> String {
        if let special = special(Double(number)) { return special }
        let short = String(format: "%.6g", Double(number))
        return Float(short) == number ? short : String(format: "%.9g", Double(number))
    }

    private static func special(_ number: Double) -> String? {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        return nil
    }
}

extension [UInt8] {
    /// As a C string literal has them: what is not printable in octal.
    fileprivate var escaped: String {
        map { byte in
            switch byte {
            case UInt8(ascii: "\n"): return "\\n"
            case UInt8(ascii: "\r"): return "\\r"
            case UInt8(ascii: "\t"): return "\\t"
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"):
                return "\\" + String(Character(Unicode.Scalar(byte)))
            case 0x20..<0x7F: return String(Character(Unicode.Scalar(byte)))
            default:
                let digits = String(byte, radix: 8)
                return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }.joined()
    }
}
