/// Reads JSON as RFC 8259 has it, and nothing beyond: no comments, no other numbers, no trailing commas. It also
/// refuses what the RFC leaves open and what can only be meant by mistake: a name twice in one object, half of a
/// surrogate pair, a byte order mark.
struct JSONParser {
    private let text: [UInt8]
    private let depthMax: Int
    private var position = 0
    private var depth = 0
    private var tokens: [JSONToken] = []

    /// - Parameter depthMax: How often objects and arrays may lie within each other; so much does the parser, and
    ///   whoever walks the document, recurse.
    static func parse(_ text: [UInt8], textBytesMax: Int, depthMax: Int) throws(JSONError) -> JSONDocument {
        if text.count > textBytesMax { throw JSONError(.tooLarge(limit: textBytesMax)) }
        if String(validating: text, as: UTF8.self) == nil {
            throw JSONError(.syntax(.invalidUTF8), offset: validUTF8Count(text))
        }
        var parser = JSONParser(text: text, depthMax: depthMax)
        parser.skipSpace()
        try parser.parseValue()
        parser.skipSpace()
        if parser.position < text.count { throw parser.error(.textAfterTheEnd) }
        return JSONDocument(text: text, tokens: parser.tokens)
    }

    private init(text: [UInt8], depthMax: Int) {
        self.text = text
        self.depthMax = depthMax
    }

    /// How many bytes are valid UTF-8 before the first that is not.
    private static func validUTF8Count(_ text: [UInt8]) -> Int {
        var iterator = text.makeIterator()
        var parser = UTF8.ForwardParser()
        var count = 0
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) { count += scalar.count }
        return count
    }

    private func error(_ malformation: JSONError.Malformation) -> JSONError {
        JSONError(.syntax(position < text.count ? malformation : .unexpectedEnd), offset: position)
    }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Goes past `byte` and the space after it, if it comes next.
    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: byte) else { return false }
        position += 1
        skipSpace()
        return true
    }

    // MARK: Values

    private mutating func parseValue() throws(JSONError) {
        guard let first = next else { throw error(.unexpectedEnd) }
        switch first {
        case UInt8(ascii: "{"): try parseObject()
        case UInt8(ascii: "["): try parseArray()
        case UInt8(ascii: "\""): try parseString()
        case UInt8(ascii: "t"): try parseWord("true", .true)
        case UInt8(ascii: "f"): try parseWord("false", .false)
        case UInt8(ascii: "n"): try parseWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func parseObject() throws(JSONError) {
        let object = try begin(.object)
        var names: Set<[UInt8]> = []
        var isFirst = true
        while !take("}") {
            if !isFirst, !take(",") { throw error(.unexpectedByte) }
            isFirst = false
            guard next == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
            try parseString()
            let name = JSONString.unescaped(text[tokens[tokens.count - 1].inside])
            if !names.insert(name).inserted {
                let kind = JSONError.Kind.duplicateName(String(decoding: name, as: UTF8.self))
                throw JSONError(kind, offset: tokens[tokens.count - 1].start)
            }
            skipSpace()
            guard take(":") else { throw error(.unexpectedByte) }
            do { try parseValue() } catch { throw error.within(.member(String(decoding: name, as: UTF8.self))) }
            skipSpace()
        }
        end(object)
    }

    private mutating func parseArray() throws(JSONError) {
        let array = try begin(.array)
        var count = 0
        while !take("]") {
            if count > 0, !take(",") { throw error(.unexpectedByte) }
            do { try parseValue() } catch { throw error.within(.element(count)) }
            count += 1
            skipSpace()
        }
        end(array)
    }

    /// Goes past the bracket that begins an object or array, and tells the position of its token.
    private mutating func begin(_ kind: JSONToken.Kind) throws(JSONError) -> Int {
        if depth == depthMax { throw JSONError(.tooDeep(limit: depthMax), offset: position) }
        depth += 1
        tokens.append(JSONToken(kind, start: position, end: position, next: 0))
        position += 1
        skipSpace()
        return tokens.count - 1
    }

    private mutating func end(_ container: Int) {
        depth -= 1
        tokens[container].finish(end: position, next: tokens.count)
    }

    private mutating func append(_ kind: JSONToken.Kind, from start: Int) {
        tokens.append(JSONToken(kind, start: start, end: position, next: tokens.count + 1))
    }

    private mutating func parseWord(_ word: StaticString, _ kind: JSONToken.Kind) throws(JSONError) {
        let start = position
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw error(.unexpectedByte) }
            position += 1
        }
        append(kind, from: start)
    }

    private mutating func parseNumber() throws(JSONError) {
        let start = position
        guard let end = JSONNumber.end(of: text[start...]) else { throw error(.badNumber) }
        position = end
        append(.number, from: start)
    }

    // MARK: Strings

    private mutating func parseString() throws(JSONError) {
        let start = position
        position += 1
        while next != UInt8(ascii: "\"") {
            guard let byte = next else { throw error(.unexpectedEnd) }
            if byte < 0x20 { throw error(.controlCharacter) }
            if byte == UInt8(ascii: "\\") {
                try parseEscape()
            } else {
                position += 1
            }
        }
        position += 1
        append(.string, from: start)
    }

    private mutating func parseEscape() throws(JSONError) {
        let start = position
        position += 1
        guard let letter = next else { throw error(.unexpectedEnd) }
        if letter != UInt8(ascii: "u") {
            if JSONString.short(letter) == nil { throw error(.badEscape) }
            position += 1
            return
        }
        let code = try parseCode()
        if JSONString.isLowSurrogate(code) { throw JSONError(.syntax(.loneSurrogate), offset: start) }
        guard JSONString.isHighSurrogate(code) else { return }
        let isPaired = text[position...].starts(with: "\\u".utf8)
        if isPaired { position += 1 }
        guard isPaired, JSONString.isLowSurrogate(try parseCode()) else {
            throw JSONError(.syntax(.loneSurrogate), offset: start)
        }
    }

    /// The four digits after the `u` of an escape.
    private mutating func parseCode() throws(JSONError) -> UInt32 {
        position += 1
        guard let code = JSONString.hexadecimal(text[position...].prefix(4)) else { throw error(.badEscape) }
        position += 4
        return code
    }
}
