/// Why a statement could not be read. The message is empty if that has been reported.
struct SyntaxError: Error {
    var message: String
    var range: SourceRange
}

/// Reads a file's tokens into its syntax. A statement that cannot be read is reported and skipped, so that one run
/// tells every error; nesting is bounded, so that no text exhausts the stack.
struct Parser {
    /// The deepest nesting of messages, protoc's own limit.
    static let deepestMessage = 31
    /// The deepest nesting of an option's value.
    static let deepestValue = 64

    let source: SourceFile
    let log: DiagnosticLog
    private let tokens: [Token]
    private var index = 0
    var file: FileSyntax
    var messageDepth = 0
    var valueDepth = 0
    /// The comments before the statement that is read next, of which `trailing` belongs to the one before.
    var upcoming = GapComments()
    /// Set once a missing `}` has been reported; the enclosing blocks then end without a word.
    private var reportedEnd = false

    private init(path: String, source: SourceFile, log: DiagnosticLog) {
        self.source = source
        self.log = log
        tokens = Lexer.tokenize(source, log: log)
        file = FileSyntax(source: source, path: path)
    }

    /// The syntax of `source`, which other files import as `path`.
    static func parse(path: String, source: SourceFile, log: DiagnosticLog) -> FileSyntax {
        let errorsBefore = log.errorCount
        var parser = Parser(path: path, source: source, log: log)
        parser.readFile()
        parser.file.isIncomplete = log.errorCount > errorsBefore
        return parser.file
    }
}

// MARK: Tokens

extension Parser {
    var current: Token { tokens[index] }
    var next: Token { tokens[min(index + 1, tokens.count - 1)] }
    /// The last token that was read.
    var previous: Token { tokens[max(index - 1, 0)] }
    var atEnd: Bool { current.kind == .end }
    /// Whether any token has been read.
    var hasRead: Bool { index > 0 }

    func text(_ token: Token) -> String { source.text(token.range) }

    /// Passes over all that is left.
    mutating func skipToEnd() { index = tokens.count - 1 }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func matches(_ token: Token, _ word: String) -> Bool {
        (token.kind == .identifier || token.kind == .symbol)
            && source.bytes[token.range.start..<token.range.end].elementsEqual(word.utf8)
    }

    func at(_ word: String) -> Bool { matches(current, word) }

    mutating func take(_ word: String) -> Bool {
        guard at(word) else { return false }
        advance()
        return true
    }

    /// What the current token is, for a message: `'foo'`, or the end of the file.
    var found: String {
        switch current.kind {
        case .end: return "the end of the file"
        case .string: return "a string"
        default:
            let word = text(current)
            return word.utf8.count <= 40 ? "'\(word)'" : "'\(word.prefix(40))…'"
        }
    }

    func unexpected(_ expected: String) -> SyntaxError {
        SyntaxError(message: current.isMalformed ? "" : "expected \(expected), found \(found)", range: current.range)
    }

    func report(_ message: String, _ range: SourceRange) {
        log.error(message, at: SourceLocation(file: source, range: range))
    }

    mutating func expect(_ word: String, _ purpose: String = "") throws(SyntaxError) {
        if !take(word) { throw unexpected(purpose.isEmpty ? "'\(word)'" : "'\(word)' \(purpose)") }
    }

    mutating func expectIdentifier(_ what: String) throws(SyntaxError) -> Name {
        guard current.kind == .identifier else { throw unexpected(what) }
        let name = Name(text: text(current), range: current.range)
        advance()
        return name
    }

    /// A dotted name, with a leading dot if it is `absolute`.
    mutating func expectTypeName(_ what: String, absolute: Bool = true) throws(SyntaxError) -> Name {
        let start = current.range
        var words = absolute && take(".") ? "." : ""
        words += try expectIdentifier(what).text
        while take(".") {
            words += "." + (try expectIdentifier("a name after '.'").text)
        }
        return Name(text: words, range: start.joined(previous.range))
    }

    /// A string; adjoining strings are one.
    mutating func expectString(_ what: String) throws(SyntaxError) -> (value: [UInt8], range: SourceRange) {
        guard current.kind == .string else { throw unexpected(what) }
        var range = current.range
        var value: [UInt8] = []
        while current.kind == .string {
            value += current.stringValue
            range = range.joined(current.range)
            advance()
        }
        return (value, range)
    }

    /// An integer from `limits`; `-` is taken if it is `signed`. Without limits, one that does not fit is cut.
    mutating func expectInteger(
        _ what: String, in limits: ClosedRange<Int>?, signed: Bool = false
    ) throws(SyntaxError) -> Number {
        let start = current.range
        let isNegative = signed && take("-")
        guard current.kind == .integer, !current.isMalformed else { throw unexpected(what) }
        let token = current
        advance()
        let range = start.joined(token.range)
        let magnitude = token.integerValue(in: source).flatMap { Int(exactly: $0) } ?? Int.max
        let value = isNegative ? -magnitude : magnitude
        guard let limits, !limits.contains(value) else { return Number(value: value, range: range) }
        report("\(what) must be in \(limits.lowerBound) to \(limits.upperBound)", range)
        return Number(value: min(max(value, limits.lowerBound), limits.upperBound), range: range)
    }

    /// The `;` of a statement, whose location gets the comments around it. If it is missing at the end of a line, that
    /// is reported and reading goes on.
    mutating func expectStatementEnd(_ place: Place) throws(SyntaxError) {
        if take(";") {
            attachComments(to: place)
            return end(place)
        }
        let end = previous.range.end
        guard atEnd || at("}") || source.lineIndex(of: current.range.start) > source.lineIndex(of: end) else {
            throw unexpected("';'")
        }
        report("expected ';' at the end of the statement", SourceRange(start: end, end: end))
    }
}

// MARK: Statements

extension Parser {
    /// Reads one statement; if that fails, reports why and goes on after it.
    mutating func statement(_ body: (inout Parser) throws(SyntaxError) -> Void) {
        let start = index
        do {
            try body(&self)
        } catch {
            if !error.message.isEmpty { report(error.message, error.range) }
            skipStatement(from: start)
            upcoming = commentsBeforeCurrent(isFirst: false)
        }
        if index == start { advance() }
    }

    /// Reads statements up to the `}` that closes the block opened by the `{` here.
    ///
    /// - Parameters:
    ///   - place: The location that gets the comments around the `{`.
    ///   - allowsEmptyStatements: Whether a `;` may stand alone. In oneofs and extensions it may not.
    mutating func block(
        _ place: Place, _ purpose: String, allowsEmptyStatements: Bool = true,
        _ body: (inout Parser) throws(SyntaxError) -> Void
    ) throws(SyntaxError) {
        let open = current.range
        try expect("{", purpose)
        attachComments(to: place)
        while !at("}") {
            if atEnd {
                if !reportedEnd { report("this '{' is never closed", open) }
                reportedEnd = true
                return
            }
            if allowsEmptyStatements, take(";") {
                attachComments(to: nil)
                continue
            }
            statement(body)
        }
        advance()
        attachComments(to: nil)
    }

    /// Skips to the end of the statement that began at `start`: after its `;` or block, or before the `}` of the
    /// enclosing block.
    private mutating func skipStatement(from start: Int) {
        // The braces that the statement has opened already, in an option's value.
        var depth = 0
        for token in tokens[start..<index] {
            if matches(token, "{") { depth += 1 }
            if matches(token, "}") { depth -= 1 }
        }
        depth = max(0, depth)
        let isInValue = depth > 0
        while !atEnd {
            if depth == 0, at("}") { return }
            if depth == 0, take(";") { return }
            if at("{") { depth += 1 }
            if at("}") {
                depth -= 1
                advance()
                if depth == 0, !isInValue { return }
            } else {
                advance()
            }
        }
        if depth > 0 { reportedEnd = true }
    }
}
