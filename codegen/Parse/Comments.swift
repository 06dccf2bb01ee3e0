/// The comments between two tokens, as protoc assigns them to what is before and after: without comment marks, with the
/// ends of their lines.
struct GapComments {
    /// Of the declaration before.
    var trailing: String?
    /// Of nothing: blank lines are around them.
    var detached: [String] = []
    /// Of the declaration after.
    var leading: String?

    /// The comments in `gap`, which has nothing else but blanks.
    ///
    /// - Parameters:
    ///   - isFirst: Whether nothing is before the gap.
    ///   - next: The first byte of the token after it; nil at the end of the file.
    init(in source: SourceFile, gap: SourceRange, isFirst: Bool, next: UInt8?) {
        var collector = Collector(reader: CommentReader(bytes: source.bytes, position: gap.start, end: gap.end))
        collector.run(
            previousLine: isFirst ? nil : source.lineIndex(of: gap.start), nextLine: source.lineIndex(of: gap.end),
            endsScope: next == UInt8(ascii: "}") || next == UInt8(ascii: "]") || next == UInt8(ascii: ")"),
            lineOf: source.lineIndex)
        self = collector.result
    }

    init() {}

    /// Reads a gap's comments and decides to whom each belongs.
    private struct Collector {
        var reader: CommentReader
        var result = GapComments()
        /// The comment that was read last and belongs to nobody yet.
        private var pending: String?
        private var isLine = false
        private var count = 0
        private var canBeTrailing = true

        init(reader: CommentReader) {
            self.reader = reader
        }

        mutating func run(previousLine: Int?, nextLine: Int, endsScope: Bool, lineOf: (Int) -> Int) {
            var trailingEnd: Int?
            if previousLine == nil {
                canBeTrailing = false
            } else {
                reader.skipBlanksOfLine()
                if let comment = reader.comment() {
                    pending = comment.text
                    trailingEnd = lineOf(comment.end)
                    if !comment.isLine { reader.skipBlanksOfLine() }
                    flush()
                } else if !reader.takeLineEnd() {
                    return
                }
            }
            while !reader.isAtEnd {
                reader.skipBlanksOfLine()
                if let comment = reader.comment() {
                    add(comment.text, isLine: comment.isLine)
                    if comment.isLine { continue }
                    reader.skipBlanksOfLine()
                    _ = reader.takeLineEnd()
                } else if reader.takeLineEnd() {
                    flush()
                    canBeTrailing = false
                } else {
                    break
                }
            }
            if endsScope { flush() }
            if nextLine == previousLine || nextLine == trailingEnd { detachTheOnlyOne() }
            result.leading = pending
        }

        /// A line comment goes on after a line comment; anything else begins anew.
        private mutating func add(_ text: String, isLine: Bool) {
            if let before = pending, isLine, self.isLine {
                pending = before + text
            } else {
                flush()
                pending = text
            }
            self.isLine = isLine
        }

        /// What was read is complete and does not belong to the next token.
        private mutating func flush() {
            guard let text = pending else { return }
            if canBeTrailing {
                result.trailing = text
                canBeTrailing = false
            } else {
                result.detached.append(text)
            }
            pending = nil
            count += 1
        }

        /// A single comment between two tokens of one line could be either's, so it is nobody's.
        private mutating func detachTheOnlyOne() {
            guard count + (pending == nil ? 0 : 1) == 1 else { return }
            if let trailing = result.trailing {
                result.detached.insert(trailing, at: 0)
                result.trailing = nil
            }
            flush()
        }
    }
}

/// Walks over blanks and comments.
struct CommentReader {
    let bytes: [UInt8]
    var position: Int
    let end: Int

    var isAtEnd: Bool { position >= end }

    private func peek(_ ahead: Int = 0) -> UInt8? { position + ahead < end ? bytes[position + ahead] : nil }

    mutating func skipBlanksOfLine() {
        while let byte = peek(), byte.isBlank, byte != 0x0A { position += 1 }
    }

    mutating func takeLineEnd() -> Bool {
        guard peek() == 0x0A else { return false }
        position += 1
        return true
    }

    /// The comment at the position, and where it ends (of a line comment: before the line's end).
    mutating func comment() -> (text: String, isLine: Bool, end: Int)? {
        guard peek() == UInt8(ascii: "/") else { return nil }
        switch peek(1) {
        case UInt8(ascii: "/"):
            position += 2
            let first = position
            while let byte = peek(), byte != 0x0A { position += 1 }
            let last = position
            _ = takeLineEnd()
            return (String(decoding: bytes[first..<position], as: UTF8.self), true, last)
        case UInt8(ascii: "*"):
            position += 2
            return (blockText(), false, position)
        default:
            return nil
        }
    }

    /// The text up to `*/`, without what leads up to the text of each further line: blanks and one `*`.
    private mutating func blockText() -> String {
        var text: [UInt8] = []
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "*"), peek() == UInt8(ascii: "/") {
                position += 1
                break
            }
            text.append(byte)
            guard byte == 0x0A else { continue }
            skipBlanksOfLine()
            guard peek() == UInt8(ascii: "*") else { continue }
            position += 1
            if peek() == UInt8(ascii: "/") {
                position += 1
                break
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension String {
    /// A comment's lines, each without the one blank after the mark and without trailing blanks; no empty ones at the
    /// ends.
    var commentLines: [String] {
        let lines = utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            var line = line
            if line.first == 0x20 { line = line.dropFirst() }
            while let last = line.last, last.isBlank { line = line.dropLast() }
            return String(line) ?? ""
        }
        guard let first = lines.firstIndex(where: { !$0.isEmpty }), let last = lines.lastIndex(where: { !$0.isEmpty })
        else { return [] }
        return Array(lines[first...last])
    }
}
