// Numbers and strings.

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isOctalDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "7") }
    var isLetter: Bool { isUpper || (self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z")) }
    var isUpper: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    var isIdentifierStart: Bool { isLetter || self == UInt8(ascii: "_") }
    var isIdentifierPart: Bool { isIdentifierStart || isDigit }
    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

    var hexDigitValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}

extension String {
    /// Whether this is a name: a letter or `_`, then letters, digits and `_`.
    var isIdentifier: Bool {
        guard let first = utf8.first, first.isIdentifierStart else { return false }
        return utf8.allSatisfy(\.isIdentifierPart)
    }
}

// MARK: Numbers

extension Lexer {
    /// Reads a number: decimal, `0x` hexadecimal, `0` octal, or a float.
    mutating func readNumber() -> Token.Kind {
        let start = position
        if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X") {
            position += 2
            let digits = position
            while let byte = peek(), byte.hexDigitValue != nil { position += 1 }
            if position == digits { fail("'0x' must be followed by hexadecimal digits", from: start) }
            checkNumberEnd(start: start, isFloat: false)
            return .integer
        }
        skipDigits()
        var isFloat = false
        if peek() == UInt8(ascii: ".") {
            isFloat = true
            position += 1
            skipDigits()
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            isFloat = true
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            if peek()?.isDigit != true { fail("'e' must be followed by an exponent", from: start) }
            skipDigits()
        }
        if !isFloat, source.bytes[start] == UInt8(ascii: "0"), position - start > 1,
            !source.bytes[start..<position].allSatisfy(\.isOctalDigit)
        {
            fail("a number that starts with 0 is octal: its digits are 0 to 7", from: start)
        }
        checkNumberEnd(start: start, isFloat: isFloat)
        return isFloat ? .float : .integer
    }

    private mutating func skipDigits() {
        while let byte = peek(), byte.isDigit { position += 1 }
    }

    private mutating func checkNumberEnd(start: Int, isFloat: Bool) {
        guard let byte = peek() else { return }
        if byte.isIdentifierStart {
            let wrong = position
            while let next = peek(), next.isIdentifierPart { position += 1 }
            fail("there must be a space between a number and a name", from: wrong)
        } else if byte == UInt8(ascii: ".") {
            let wrong = position
            while let next = peek(), next.isDigit || next == UInt8(ascii: ".") { position += 1 }
            fail(
                isFloat ? "the number has a decimal point or exponent already" : "this is not a number", from: wrong)
        }
    }
}

extension Token {
    /// The value of an integer literal; nil if it is over 2^64 - 1 or malformed.
    func integerValue(in source: SourceFile) -> UInt64? {
        let text = source.text(range)
        if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt64(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0"), text.utf8.count > 1 { return UInt64(text, radix: 8) }
        return UInt64(text)
    }

    /// The value of a float literal, or of a decimal integer that is too large for an integer.
    func floatValue(in source: SourceFile) -> Double? {
        var text = source.text(range)
        if text.hasPrefix("0x") || text.hasPrefix("0X") { return nil }
        if text.hasPrefix(".") { text = "0" + text }
        if text.hasSuffix(".") { text += "0" }
        text = text.replacingPointExponent()
        return Double(text)
    }
}

extension String {
    /// `1.e5` as `1.0e5`, the form that Swift reads.
    fileprivate func replacingPointExponent() -> String {
        var result = ""
        var previous: Character = " "
        for character in self {
            if previous == ".", character == "e" || character == "E" { result.append("0") }
            result.append(character)
            previous = character
        }
        return result
    }
}

// MARK: Strings

extension Lexer {
    /// Reads a string literal in `quote`s and replaces its escapes.
    mutating func readString(quote: UInt8) -> [UInt8] {
        let start = position
        var value: [UInt8] = []
        position += 1
        while let byte = peek() {
            switch byte {
            case quote:
                position += 1
                return value
            case 0x0A:
                fail("this string is not closed before the end of its line", from: start)
                return value
            case 0:
                fail("the string contains a null byte; write it as \\0", from: position, to: position + 1)
                position += 1
            case UInt8(ascii: "\\"):
                readEscape(into: &value)
            default:
                value.append(byte)
                position += 1
            }
        }
        fail("this string is not closed before the end of the file", from: start)
        return value
    }

    private mutating func readEscape(into value: inout [UInt8]) {
        let start = position
        position += 1
        guard let byte = peek(), byte != 0x0A else { return }
        if let simple = Self.simpleEscapes[byte] {
            position += 1
            value.append(simple)
            return
        }
        switch byte {
        case _ where byte.isOctalDigit:
            value.append(UInt8(truncatingIfNeeded: readDigits(atMost: 3, radix: 8)?.value ?? 0))
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            position += 1
            guard let digits = readDigits(atMost: 2, radix: 16) else {
                return fail("'\\x' must be followed by one or two hexadecimal digits", from: start)
            }
            value.append(UInt8(digits.value))
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            position += 1
            readUnicode(digits: byte == UInt8(ascii: "u") ? 4 : 8, start: start, into: &value)
        default:
            // Skips a whole character, so that one of several bytes is told once.
            position += 1
            while let next = peek(), next & 0xC0 == 0x80 { position += 1 }
            fail("this is not an escape sequence", from: start)
        }
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B,
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "?"): UInt8(ascii: "?"),
        UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]

    /// The code point of `\uXXXX` or `\UXXXXXXXX` as UTF-8; two `\u` escapes may make a surrogate pair.
    private mutating func readUnicode(digits count: Int, start: Int, into value: inout [UInt8]) {
        guard let digits = readDigits(atMost: count, radix: 16), digits.count == count, digits.value <= 0x10FFFF else {
            let message =
                count == 4
                ? "'\\u' must be followed by four hexadecimal digits"
                : "'\\U' must be followed by eight hexadecimal digits up to 0010ffff"
            return fail(message, from: start)
        }
        var codePoint = digits.value
        if codePoint & 0xFFFF_FC00 == 0xD800, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
            let mark = position
            position += 2
            if let low = readDigits(atMost: 4, radix: 16), low.count == 4, low.value & 0xFC00 == 0xDC00 {
                codePoint = 0x10000 + (codePoint & 0x3FF) << 10 + low.value & 0x3FF
            } else {
                position = mark
            }
        }
        guard let scalar = Unicode.Scalar(codePoint) else {
            return fail("half of a surrogate pair is no character", from: start)
        }
        value.append(contentsOf: Array(String(scalar).utf8))
    }

    private mutating func readDigits(atMost limit: Int, radix: UInt32) -> (value: UInt32, count: Int)? {
        var value: UInt32 = 0
        var count = 0
        while count < limit, let digit = peek()?.hexDigitValue, digit < radix {
            value = value * radix + digit
            count += 1
            position += 1
        }
        return count == 0 ? nil : (value, count)
    }
}
