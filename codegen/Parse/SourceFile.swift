/// The text of one `.proto` file, and where its lines begin.
final class SourceFile: Sendable {
    /// What diagnostics call the file: its path on disk.
    let displayPath: String
    let bytes: [UInt8]
    /// The offset of each line's first byte.
    private let lineStarts: [Int]

    init(displayPath: String, bytes: [UInt8]) {
        self.displayPath = displayPath
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == 0x0A {
            starts.append(offset + 1)
        }
        lineStarts = starts
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
