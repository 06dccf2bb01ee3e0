/// A number as JSON writes it. What it is worth depends on who asks: an integer keeps all of its 64 bits.
struct JSONNumber {
    private let text: ArraySlice<UInt8>

    /// - Returns: nil if the text is anything but one number.
    init?(_ text: ArraySlice<UInt8>) {
        guard Self.end(of: text) == text.endIndex else { return nil }
        self.text = text
    }

    /// Where the number ends that `text` begins with; nil if it begins with none (RFC 8259, section 6).
    static func end(of text: ArraySlice<UInt8>) -> Int? {
        var rest = text
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let whole = takeDigits(&rest)
        if whole.isEmpty || whole.count > 1 && whole.first == UInt8(ascii: "0") { return nil }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            if takeDigits(&rest).isEmpty { return nil }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            if takeDigits(&rest).isEmpty { return nil }
        }
        return rest.startIndex
    }

    private static func takeDigits(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix { isDigit($0) }
        text = text[digits.endIndex...]
        return digits
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    // MARK: Integers

    /// Why a number is no integer of a type.
    enum NoInteger: Error {
        case fractional, tooLarge
    }

    /// The exact value, however it is written: `1000`, `1e3`, `10000.0e-1`. A huge exponent costs no more than a small.
    func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(NoInteger) -> Value {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let whole = Self.takeDigits(&rest)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.takeDigits(&rest)
        }
        // The number is `digits` times ten to the power of `scale`.
        var digits = Array((whole + fraction).drop { $0 == UInt8(ascii: "0") })
        var scale = Self.exponent(rest.dropFirst()) - fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            scale += 1
        }
        if digits.isEmpty { return 0 }
        if scale < 0 { throw .fractional }
        // No integer of 64 bits has more than twenty digits.
        if digits.count + scale > 20 { throw .tooLarge }
        digits += [UInt8](repeating: UInt8(ascii: "0"), count: scale)
        let sign = isNegative ? "-" : ""
        guard let value = Value(sign + String(decoding: digits, as: UTF8.self)) else { throw .tooLarge }
        return value
    }

    /// What follows the `e`; so far away from zero that nothing overflows.
    private static func exponent(_ text: ArraySlice<UInt8>) -> Int {
        let digits = text.drop { !isDigit($0) }
        var value = 0
        for digit in digits where value < 1 << 40 { value = value * 10 + Int(digit - UInt8(ascii: "0")) }
        return text.first == UInt8(ascii: "-") ? -value : value
    }

    // MARK: Floating point

    /// The nearest number of the type; nil if that is infinite, or if the text is longer than any that somebody means.
    func floating<Value: BinaryFloatingPoint & LosslessStringConvertible>(_ type: Value.Type) -> Value? {
        guard text.count <= 4096, let value = Value(String(decoding: text, as: UTF8.self)), value.isFinite else {
            return nil
        }
        return value
    }
}
