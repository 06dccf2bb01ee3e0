/// A token of protobuf's language.
struct Token {
    enum Kind { case identifier, integer, float, string, symbol, end }

    var kind: Kind
    var range: SourceRange
    /// The comment right before the token, without comment marks, one element a line.
    var comment: [String] = []
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
            let comment = skipBlanks()
            guard let byte = peek() else { break }
            let start = position
            var token = Token(kind: .symbol, range: SourceRange(start: start, end: start), comment: comment)
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
    /// Skips white space and comments, and gives the comment that belongs to the token after them.
    ///
    /// As protoc does it: a comment on the previous token's line belongs to that token, and so does nothing that is
    /// followed by a blank line or by the end of a scope; adjoining line comments are one comment.
    private mutating func skipBlanks() -> [String] {
        var comment = PendingComment()
        let previousLine = tokens.last.map { source.lineIndex(of: $0.range.end) }
        var trailingEnd: Int?
        if previousLine != nil {
            skipBlanksOfLine()
            if readComment() != nil { trailingEnd = source.lineIndex(of: position) }
            skipLineEnd()
        }
        while true {
            skipBlanksOfLine()
            if let found = readComment() {
                comment.add(found.lines, kind: found.kind)
                if found.kind == .block { skipBlanksOfLine() }
                skipLineEnd()
            } else if skipLineEnd() {
                comment.clear()
            } else {
                break
            }
        }
        switch peek() {
        case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"): return []
        default: break
        }
        let line = source.lineIndex(of: position)
        return line == previousLine || line == trailingEnd ? [] : comment.trimmed
    }

    private mutating func skipBlanksOfLine() {
        while let byte = peek(), byte.isBlank, byte != 0x0A { position += 1 }
    }

    @discardableResult
    private mutating func skipLineEnd() -> Bool {
        guard peek() == 0x0A else { return false }
        position += 1
        return true
    }
}
