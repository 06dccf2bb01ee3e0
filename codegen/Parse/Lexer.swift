/// A token of protobuf's language.
struct Token {
    enum Kind { case identifier, integer, float, string, symbol, end }

    var kind: Kind
    var range: SourceRange
    /// Whether what is wrong with it has been reported.
    var isMalformed = false
    /// A string literal's bytes, escapes replaced.
    var stringValue: [UInt8] = []
}

/// Cuts a file into tokens. Whatever the bytes, it reports what is wrong and comes to the end.
struct Lexer {
    let source: SourceFile
    let log: DiagnosticLog
    var position = 0
    private var tokens: [Token] = []

    init(source: SourceFile, log: DiagnosticLog) {
        self.source = source
        self.log = log
    }

    /// The file's tokens; the last one is of kind ``Token/Kind/end``.
    static func tokenize(_ source: SourceFile, log: DiagnosticLog) -> [Token] {
        var lexer = Lexer(source: source, log: log)
        lexer.run()
        return lexer.tokens
    }

    /// The byte `ahead` of the position; nil at the end.
    func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < source.bytes.count ? source.bytes[position + ahead] : nil
    }

    func fail(_ message: String, from start: Int, to end: Int? = nil) {
        let range = SourceRange(start: start, end: end ?? position)
        log.error(message, at: SourceLocation(file: source, range: range))
    }

    private mutating func run() {
        skipByteOrderMark()
        while true {
            skipBlanks()
            guard let byte = peek() else { break }
            let start = position
            var token = Token(kind: .symbol, range: SourceRange(start: start, end: start))
            let errorsBefore = log.errorCount
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                token.kind = .string
                token.stringValue = readString(quote: byte)
            case _ where byte.isIdentifierStart:
                token.kind = .identifier
                while let next = peek(), next.isIdentifierPart { position += 1 }
            case _ where byte.isDigit, UInt8(ascii: ".") where peek(1)?.isDigit == true:
                token.kind = readNumber()
            default:
                guard isLegalSymbol(byte) else { continue }
                position += 1
            }
            token.range.end = position
            token.isMalformed = log.errorCount > errorsBefore
            tokens.append(token)
        }
        let end = source.bytes.count
        tokens.append(Token(kind: .end, range: SourceRange(start: end, end: end)))
    }

    private mutating func skipByteOrderMark() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if source.bytes.starts(with: mark) {
            position = mark.count
        } else if source.bytes.starts(with: [0xFE, 0xFF]) || source.bytes.starts(with: [0xFF, 0xFE]) {
            fail("the file is UTF-16; a .proto file must be UTF-8", from: 0, to: 2)
            position = source.bytes.count
        }
    }

    /// Whether the byte can stand alone as a symbol. If not, reports the whole run of such bytes and skips it.
    private mutating func isLegalSymbol(_ byte: UInt8) -> Bool {
        if byte > 0x20 && byte < 0x7F { return true }
        let start = position
        if byte >= 0x80 {
            while let next = peek(), next >= 0x80 { position += 1 }
            fail("only strings and comments may contain characters outside of ASCII", from: start)
        } else {
            while let next = peek(), next < 0x20, !next.isBlank { position += 1 }
            if position == start { position += 1 }
            fail("the text contains a control character", from: start)
        }
        return false
    }
}

// MARK: Blanks and comments

extension Lexer {
    /// Skips white space and comments; ``GapComments`` reads these when they are asked for.
    private mutating func skipBlanks() {
        while let byte = peek() {
            if byte.isBlank {
                position += 1
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
                while let byte = peek(), byte != 0x0A { position += 1 }
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                skipBlockComment()
            } else {
                return
            }
        }
    }

    private mutating func skipBlockComment() {
        let start = position
        position += 2
        while let byte = peek() {
            if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                position += 2
                return
            }
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                fail("'/*' inside of a block comment; block comments do not nest", from: position, to: position + 2)
            }
            position += 1
        }
        fail("this block comment is never closed", from: start, to: start + 2)
    }
}
