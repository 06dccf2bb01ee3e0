/// The text of one `.proto` file, and where its lines begin.
final class SourceFile: Sendable {
    /// What diagnostics call the file: its path on disk.
    let displayPath: String
    let bytes: [UInt8]
    /// The offset of each line's first byte.
    private let lineStarts: [Int]
    /// Each tab, with the column after it.
    private let tabs: [(offset: Int, column: Int)]

    init(displayPath: String, bytes: [UInt8]) {
        self.displayPath = displayPath
        self.bytes = bytes
        var starts = [0]
        var tabs: [(offset: Int, column: Int)] = []
        // Where columns are counted from: the byte, and its column.
        var base = (offset: 0, column: 0)
        for (offset, byte) in bytes.enumerated() {
            if byte == 0x0A {
                starts.append(offset + 1)
                base = (offset + 1, 0)
            } else if byte == 0x09 {
                let column = base.column + offset - base.offset
                base = (offset + 1, (column / 8 + 1) * 8)
                tabs.append((offset, base.column))
            }
        }
        lineStarts = starts
        self.tabs = tabs
    }

    /// The line and column, from 0, as protoc counts them: a column is a byte, and a tab goes on to the next multiple
    /// of 8.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let line = lineIndex(of: offset)
        var low = 0
        var high = tabs.count
        while low < high {
            let middle = (low + high) / 2
            if tabs[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, tabs[low - 1].offset >= lineStarts[line] else { return (line, offset - lineStarts[line]) }
        return (line, tabs[low - 1].column + offset - tabs[low - 1].offset - 1)
    }

    func text(_ range: SourceRange) -> String {
        String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    }

    /// The index of the line, from 0, that the byte at `offset` is on.
    func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line without its end.
    func lineRange(_ index: Int) -> SourceRange {
        let start = lineStarts[index]
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return SourceRange(start: start, end: end)
    }
}

/// A half-open range of byte offsets in one file.
struct SourceRange: Sendable, Hashable {
    var start: Int
    var end: Int

    /// From the start of this range to the end of `other`.
    func joined(_ other: SourceRange) -> SourceRange {
        SourceRange(start: start, end: max(start, other.end))
    }
}

/// A place in a file.
struct SourceLocation {
    let file: SourceFile
    let range: SourceRange
}
