/// A JSON text and where its values stand in it: one flat array, in the order of the text, instead of a tree. Nothing
/// is converted before somebody asks for it, so numbers and strings keep every digit and byte that they came with.
struct JSONDocument {
    let text: [UInt8]
    /// The outermost value is the first. After an object stand, in turn, each member's name and value; after an array
    /// stand its elements; each followed by what is inside of it.
    let tokens: [JSONToken]

    /// The position in `tokens` of an array's elements.
    func elements(of array: Int) -> [Int] {
        var positions: [Int] = []
        var position = array + 1
        while position < tokens[array].next {
            positions.append(position)
            position = tokens[position].next
        }
        return positions
    }

    /// The positions in `tokens` of an object's members.
    func members(of object: Int) -> [(name: Int, value: Int)] {
        var members: [(name: Int, value: Int)] = []
        var position = object + 1
        while position < tokens[object].next {
            members.append((position, position + 1))
            position = tokens[position + 1].next
        }
        return members
    }

    /// A string as UTF-8, without its quotes and escapes.
    func utf8(at position: Int) -> [UInt8] { JSONString.unescaped(text[tokens[position].inside]) }

    func string(at position: Int) -> String { String(decoding: utf8(at: position), as: UTF8.self) }
}

/// A value, or the name of a member.
struct JSONToken {
    enum Kind: UInt8 {
        case object, array, string, number, `true`, `false`, null
    }

    let kind: Kind
    // 32 bits are enough: a text is not longer than 2 GiB.
    private let startOffset: Int32
    private var endOffset: Int32
    private var nextPosition: Int32

    init(_ kind: Kind, start: Int, end: Int, next: Int) {
        self.kind = kind
        startOffset = Int32(start)
        endOffset = Int32(end)
        nextPosition = Int32(next)
    }

    /// Where it begins in the text.
    var start: Int { Int(startOffset) }
    /// Where it stands in the text.
    var range: Range<Int> { Int(startOffset)..<Int(endOffset) }
    /// Where it stands in the text without its quotes, if it is a string.
    var inside: Range<Int> { Int(startOffset) + 1..<Int(endOffset) - 1 }
    /// The position of the token after it and all that is inside of it.
    var next: Int { Int(nextPosition) }

    mutating func finish(end: Int, next: Int) {
        endOffset = Int32(end)
        nextPosition = Int32(next)
    }
}

/// The escapes in JSON's strings (RFC 8259, section 7).
enum JSONString {
    /// The text that `escaped` stands for.
    ///
    /// - Precondition: The parser has accepted it.
    static func unescaped(_ escaped: ArraySlice<UInt8>) -> [UInt8] {
        guard escaped.contains(UInt8(ascii: "\\")) else { return Array(escaped) }
        var result: [UInt8] = []
        result.reserveCapacity(escaped.count)
        var rest = escaped
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
                result.append(byte)
                continue
            }
            guard letter == UInt8(ascii: "u") else {
                result.append(short(letter) ?? letter)
                continue
            }
            var code = hexadecimal(rest.prefix(4)) ?? 0
            rest = rest.dropFirst(4)
            if isHighSurrogate(code) {
                let low = hexadecimal(rest.dropFirst(2).prefix(4)) ?? 0
                rest = rest.dropFirst(6)
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { preconditionFailure("the parser refuses lone surrogates") }
            result += UTF8.encode(scalar)!
        }
        return result
    }

    /// What a backslash and this letter stand for.
    static func short(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return letter
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        default: return nil
        }
    }

    /// The number that four hexadecimal digits say; nil if they are others or fewer.
    static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt32? {
        guard digits.count == 4 else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            guard let number = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(number)
        }
        return value
    }

    static func isHighSurrogate(_ code: UInt32) -> Bool { code & 0xFC00 == 0xD800 }
    static func isLowSurrogate(_ code: UInt32) -> Bool { code & 0xFC00 == 0xDC00 }
}
