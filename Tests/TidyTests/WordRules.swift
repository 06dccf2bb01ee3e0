/// A type is named for what it is. These endings say only that it does something.
struct TypeNameRule: FileRule {
    static let endings = ["Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utilities"]

    func applies(to file: SourceFile) -> Bool { file.isSwift }

    func violations(in file: SourceFile) -> [Violation] {
        let kinds = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        return file.tokens.indices.compactMap { index in
            guard file.isWord(index), kinds.contains(file.text(index)), file.text(index - 1) != ".",
                file.isWord(index + 1), Self.endings.contains(where: file.text(index + 1).hasSuffix)
            else { return nil }
            return file.violation(
                line: file.tokens[index].line, "`\(file.text(index + 1))` does not say what it is; name its one job")
        }
    }
}

/// What the compiler cannot check has its proof beside it.
struct ProofRule: FileRule {
    static let linesAboveMax = 6

    func applies(to file: SourceFile) -> Bool { file.isSwift && !file.isGenerated }

    func violations(in file: SourceFile) -> [Violation] {
        file.tokens.indices.compactMap { index in
            let line = file.tokens[index].line
            guard isUnchecked(index, file), !(line - Self.linesAboveMax...line).contains(where: { isProof($0, file) })
            else { return nil }
            return file.violation(
                line: line,
                "`\(file.text(index))` without a comment; prove it here or within \(Self.linesAboveMax) lines above")
        }
    }

    private func isUnchecked(_ index: Int, _ file: SourceFile) -> Bool {
        let text = file.text(index)
        guard file.isWord(index) else { return false }
        return text == "unchecked" && file.text(index - 1) == "@" || text.hasPrefix("unsafe")
    }

    /// Whether the line has a comment that says something; a heading does not.
    private func isProof(_ line: Int, _ file: SourceFile) -> Bool {
        guard let comment = file.comments[line] else { return false }
        return !comment.contains("MARK:") && comment.contains { $0.isLetter }
    }
}

/// What is committed is finished: what is missing is an issue, where people look for it.
struct MarkerRule: FileRule {
    /// Taken apart, or this file would break the rule.
    static let markers = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]

    func applies(to file: SourceFile) -> Bool { file.path != "LICENSE" }

    func violations(in file: SourceFile) -> [Violation] {
        file.lines.enumerated().flatMap { offset, line in
            Self.markers.filter { line.containsWord($0) }.map {
                file.violation(line: offset + 1, "`\($0)`; finish it, or open an issue and say what holds today")
            }
        }
    }
}

/// No file names a place that exists on one machine only.
struct PlaceRule: FileRule {
    /// Taken apart, or this file would break the rule.
    static let places = ["/wo" + "rk", "shared/" + "DESIGN", "shared/" + "bench"]

    func applies(to file: SourceFile) -> Bool { true }

    func violations(in file: SourceFile) -> [Violation] {
        file.lines.enumerated().flatMap { offset, line in
            Self.places.filter { line.containsWord($0) }.map {
                file.violation(line: offset + 1, "`\($0)` is not part of the repository; say the thing itself")
            }
        }
    }
}

extension Substring {
    /// Whether `word` occurs with no letter, digit, `_`, `-` or `.` before or `_`, `-`, letter or digit behind it.
    func containsWord(_ word: String) -> Bool {
        guard utf8.count >= word.utf8.count else { return false }
        var rest = self[...]
        while let range = rest.range(ofASCII: word) {
            let before = range.lowerBound > startIndex ? self[index(before: range.lowerBound)] : " "
            let behind = range.upperBound < endIndex ? self[range.upperBound] : " "
            if !before.isWordPart, before != ".", !behind.isWordPart { return true }
            rest = self[range.upperBound...]
        }
        return false
    }

    private func range(ofASCII word: String) -> Range<Index>? {
        let target = Array(word.utf8)
        var position = utf8.startIndex
        while let start = utf8[position...].firstIndex(of: target[0]) {
            if utf8[start...].starts(with: target) { return start..<utf8.index(start, offsetBy: target.count) }
            position = utf8.index(after: start)
        }
        return nil
    }
}

extension Character {
    fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
