/// Something that is wrong, or doubtful, in a `.proto` file.
public struct Diagnostic: Sendable, Equatable {
    public enum Severity: String, Sendable { case error, warning, note }

    public var severity: Severity
    public var message: String
    /// The file's path; empty if the diagnostic is about no file.
    public var path: String
    /// The line, from 1; 0 if the diagnostic is about a file as a whole.
    public var line: Int
    /// The column in characters, from 1; a tab counts as one.
    public var column: Int
    /// The text of the line, cut to a window if it is very long, and where in it the marks go.
    var excerpt: String
    var markStart: Int
    var markLength: Int

    /// A diagnostic about no place in particular.
    public init(_ severity: Severity, path: String = "", message: String) {
        self.severity = severity
        self.message = message
        self.path = path
        line = 0
        column = 0
        excerpt = ""
        markStart = 0
        markLength = 0
    }

    init(_ severity: Severity, at location: SourceLocation, message: String) {
        self.init(severity, path: location.file.displayPath, message: message)
        let file = location.file
        let lineIndex = file.lineIndex(of: location.range.start)
        let lineRange = file.lineRange(lineIndex)
        let start = min(location.range.start, lineRange.end)
        let end = max(start, min(location.range.end, lineRange.end))
        let characters = Array(file.text(lineRange).unicodeScalars)
        let before = file.text(SourceRange(start: lineRange.start, end: start)).unicodeScalars.count
        let marked = file.text(SourceRange(start: start, end: end)).unicodeScalars.count
        line = lineIndex + 1
        column = before + 1
        setExcerpt(characters, markStart: min(before, characters.count), markLength: marked)
    }

    /// Keeps at most ``window`` characters around the mark: a line of a megabyte is not worth printing.
    private mutating func setExcerpt(_ characters: [Unicode.Scalar], markStart start: Int, markLength length: Int) {
        let window = 160
        let first = characters.count <= window ? 0 : max(0, min(start - window / 2, characters.count - window))
        let last = min(characters.count, first + window)
        var text = String.UnicodeScalarView()
        for scalar in characters[first..<last] {
            let isControl = scalar.value < 0x20 || scalar.value == 0x7F
            text.append(isControl && scalar != "\t" ? "\u{FFFD}" : scalar)
        }
        excerpt = String(text)
        markStart = start - first
        markLength = max(1, min(length, last - start))
    }

    /// `path:line:column: error: message`, then the line and a caret under the place.
    public var rendered: String {
        var text = path.isEmpty ? "" : path + ":"
        guard line > 0 else { return text + (text.isEmpty ? "" : " ") + "\(severity.rawValue): \(message)\n" }
        text += "\(line):\(column): \(severity.rawValue): \(message)\n"
        text += excerpt + "\n"
        for scalar in excerpt.unicodeScalars.prefix(markStart) {
            text += scalar == "\t" ? "\t" : " "
        }
        return text + "^" + String(repeating: "~", count: markLength - 1) + "\n"
    }
}

/// Collects the diagnostics of a run, so that all of them can be told at once.
final class DiagnosticLog {
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var errorCount = 0

    func add(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { errorCount += 1 }
        diagnostics.append(diagnostic)
    }

    func error(_ message: String, at location: SourceLocation) {
        add(Diagnostic(.error, at: location, message: message))
    }

    func warning(_ message: String, at location: SourceLocation) {
        add(Diagnostic(.warning, at: location, message: message))
    }

    /// What was collected: by place within a file, files in the order of `paths`, each diagnostic once.
    func sorted(paths: [String]) -> [Diagnostic] {
        var rank: [String: Int] = [:]
        for (index, path) in paths.enumerated() where rank[path] == nil { rank[path] = index }
        let ordered = diagnostics.enumerated().sorted { left, right in
            let a = left.element
            let b = right.element
            let key = (rank[a.path] ?? -1, a.line, a.column)
            let other = (rank[b.path] ?? -1, b.line, b.column)
            return key == other ? left.offset < right.offset : key < other
        }
        var unique: [Diagnostic] = []
        for (_, diagnostic) in ordered where unique.last != diagnostic { unique.append(diagnostic) }
        return unique
    }
}
