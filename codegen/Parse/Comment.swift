enum CommentKind { case line, block }

/// The comment that may turn out to belong to the next token.
struct PendingComment {
    private(set) var lines: [String] = []
    private var kind = CommentKind.line

    /// A line comment goes on after a line comment; anything else begins anew.
    mutating func add(_ more: [String], kind newKind: CommentKind) {
        if newKind == .block || kind == .block { lines = [] }
        lines += more
        kind = newKind
    }

    /// What was collected, without empty lines at its ends.
    var trimmed: [String] {
        guard let first = lines.firstIndex(where: { !$0.isEmpty }), let last = lines.lastIndex(where: { !$0.isEmpty })
        else { return [] }
        return Array(lines[first...last])
    }

    mutating func clear() {
        lines = []
        kind = .line
    }
}

extension Lexer {
    /// Reads the comment at the position, if there is one: its lines without comment marks.
    mutating func readComment() -> (kind: CommentKind, lines: [String])? {
        let start = position
        guard peek() == UInt8(ascii: "/") else { return nil }
        switch peek(1) {
        case UInt8(ascii: "/"):
            position += 2
            let first = position
            while let byte = peek(), byte != 0x0A { position += 1 }
            return (.line, [commentLine(first..<position)])
        case UInt8(ascii: "*"):
            position += 2
            return (.block, readBlockComment(start: start))
        default:
            return nil
        }
    }

    private mutating func readBlockComment(start: Int) -> [String] {
        let first = position
        while let byte = peek() {
            if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                let end = position
                position += 2
                return blockLines(first..<end)
            }
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                fail("'/*' inside of a block comment; block comments do not nest", from: position, to: position + 2)
            }
            position += 1
        }
        fail("this block comment is never closed", from: start, to: start + 2)
        return []
    }

    private func blockLines(_ range: Range<Int>) -> [String] {
        var lines: [String] = []
        for (index, line) in source.bytes[range].split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var line = line
            if index > 0 {
                line = line.drop { $0.isBlank }
                if line.first == UInt8(ascii: "*") { line = line.dropFirst() }
            } else if line.first == UInt8(ascii: "*") {
                line = line.dropFirst()
            }
            lines.append(commentLine(line.startIndex..<line.endIndex))
        }
        return lines
    }

    /// A line of comment without the one blank after the mark and without trailing blanks.
    private func commentLine(_ range: Range<Int>) -> String {
        var line = source.bytes[range]
        if line.first == 0x20 { line = line.dropFirst() }
        while let last = line.last, last.isBlank { line = line.dropLast() }
        return String(decoding: line, as: UTF8.self)
    }
}
