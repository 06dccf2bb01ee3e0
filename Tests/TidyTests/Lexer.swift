/// A word, number, literal or sign of a source file. Comments and what stands between quotes are no tokens, except
/// for the code in a string's interpolations.
struct Token: Equatable {
    enum Kind { case word, number, literal, sign }

    let kind: Kind
    /// Empty for a literal; one sign at a time, but for `->`.
    let text: String
    /// From 1.
    let line: Int
}

/// Cuts Swift or C into tokens, well enough to match braces and to tell code from comments and strings. It accepts
/// anything: code that no compiler takes gives some tokens, never a crash.
struct Lexer {
    enum Language { case swift, c }

    private(set) var tokens: [Token] = []
    /// The text of the comments, by line from 1.
    private(set) var comments: [Int: String] = [:]

    private let bytes: [UInt8]
    private let language: Language
    private var position = 0
    private var line = 1

    init(_ text: String, language: Language) {
        bytes = Array(text.utf8)
        self.language = language
        code(inInterpolation: false)
    }

    // MARK: Code

    /// Reads to the end, or in an interpolation to behind the parenthesis that ends it.
    private mutating func code(inInterpolation: Bool) {
        var depth = 0
        while let byte = byte(at: 0) {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
            case UInt8(ascii: "("):
                depth += 1
                sign(1)
            case UInt8(ascii: ")"):
                depth -= 1
                sign(1)
                if inInterpolation, depth < 0 { return }
            case UInt8(ascii: "-") where self.byte(at: 1) == UInt8(ascii: ">"):
                sign(2)
            case _ where isWordByte(byte):
                word()
            default:
                if !comment(), !literal() { sign(1) }
            }
        }
    }

    private mutating func word() {
        let start = position
        let isNumber = isDigit(bytes[position])
        while let byte = byte(at: 0) {
            let isFraction = isNumber && byte == UInt8(ascii: ".") && self.byte(at: 1).map(isDigit) == true
            guard isWordByte(byte) || isFraction else { break }
            position += 1
        }
        append(isNumber ? .number : .word, String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func sign(_ count: Int) {
        append(.sign, String(decoding: bytes[position..<position + count], as: UTF8.self))
        position += count
    }

    private mutating func append(_ kind: Token.Kind, _ text: String) {
        tokens.append(Token(kind: kind, text: text, line: line))
    }

    // MARK: Comments

    private mutating func comment() -> Bool {
        if starts(with: "//") {
            let start = position
            while let byte = byte(at: 0), byte != UInt8(ascii: "\n") { position += 1 }
            note(start..<position)
            return true
        }
        guard starts(with: "/*") else { return false }
        var depth = 0
        var start = position
        repeat {
            if starts(with: "/*"), language == .swift || depth == 0 {
                depth += 1
                position += 2
            } else if starts(with: "*/") {
                depth -= 1
                position += 2
            } else if byte(at: 0) == UInt8(ascii: "\n") {
                note(start..<position)
                line += 1
                position += 1
                start = position
            } else {
                position += 1
            }
        } while depth > 0 && position < bytes.count
        note(start..<min(position, bytes.count))
        return true
    }

    private mutating func note(_ range: Range<Int>) {
        comments[line, default: ""] += String(decoding: bytes[range], as: UTF8.self)
    }

    // MARK: Literals

    private mutating func literal() -> Bool {
        var hashes = 0
        while byte(at: hashes) == UInt8(ascii: "#") { hashes += 1 }
        switch byte(at: hashes) {
        case UInt8(ascii: "\""):
            string(hashes: hashes)
        case UInt8(ascii: "'") where language == .c && hashes == 0:
            append(.literal, "")
            skip(to: UInt8(ascii: "'"))
        case UInt8(ascii: "`") where hashes == 0:
            let start = position + 1
            skip(to: UInt8(ascii: "`"))
            append(.word, String(decoding: bytes[start..<max(start, position - 1)], as: UTF8.self))
        case UInt8(ascii: "/") where language == .swift && (hashes > 0 || startsRegex()):
            append(.literal, "")
            regex(hashes: hashes)
        default:
            return false
        }
        return true
    }

    private mutating func string(hashes: Int) {
        position += hashes
        let isMultiline = starts(with: "\"\"\"")
        let quote = (isMultiline ? "\"\"\"" : "\"") + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        append(.literal, "")
        position += isMultiline ? 3 : 1
        while let byte = byte(at: 0) {
            if starts(with: quote) {
                position += quote.utf8.count
                return
            }
            if starts(with: escape) {
                position += escape.utf8.count
                if language == .swift, self.byte(at: 0) == UInt8(ascii: "(") {
                    sign(1)
                    code(inInterpolation: true)
                    continue
                }
                if self.byte(at: 0) == UInt8(ascii: "\n") { line += 1 }
                position += 1
                continue
            }
            if byte == UInt8(ascii: "\n") {
                guard isMultiline else { return }
                line += 1
            }
            position += 1
        }
    }

    /// A slash begins a regular expression where no operand stands before it and no space behind it.
    private func startsRegex() -> Bool {
        guard let next = byte(at: 1), next != UInt8(ascii: " "), next != UInt8(ascii: "\n"), next != UInt8(ascii: ")")
        else { return false }
        if let last = tokens.last {
            guard last.kind == .sign, ["(", "=", ",", ":", "[", "{"].contains(last.text) else { return false }
        }
        return bytes[(position + 1)...].prefix { $0 != UInt8(ascii: "\n") }.contains(UInt8(ascii: "/"))
    }

    private mutating func regex(hashes: Int) {
        position += hashes + 1
        let end = "/" + String(repeating: "#", count: hashes)
        while let byte = byte(at: 0), !starts(with: end) {
            if byte == UInt8(ascii: "\n") {
                guard hashes > 0 else { return }
                line += 1
            }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        position += end.utf8.count
    }

    /// Goes behind the next `end` of this line that no backslash stands before.
    private mutating func skip(to end: UInt8) {
        position += 1
        while let byte = byte(at: 0), byte != end, byte != UInt8(ascii: "\n") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, bytes.count)
    }

    // MARK: Bytes

    private func byte(at offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes.dropFirst(position).starts(with: $0) }
    }

    private func starts(with text: String) -> Bool {
        bytes.dropFirst(position).starts(with: text.utf8)
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "$"), 0x80...:
            true
        default:
            isDigit(byte)
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
