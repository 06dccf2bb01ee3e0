/// Swift source under construction.
struct SourceText {
    private(set) var text = ""
    private var depth = 0
    /// What a line that begins with `public` begins with instead.
    private let access: String

    init(access: AccessLevel = .public) {
        self.access = access == .internal ? "" : access.rawValue + " "
    }

    /// The first lines of a file.
    ///
    /// - Parameter source: The `.proto` file that it is generated from; nil if it is from all of them.
    init(from source: String?, access: AccessLevel, imports: Set<String>) {
        self.init(access: access)
        line("// Generated \(source.map { "from \($0) " } ?? "")by codegen. Do not edit.")
        line("// swift-format-ignore-file")
        line()
        for module in imports.sorted() { line("import \(module)") }
    }

    private static let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]

    mutating func line(_ line: String = "") {
        if !line.isEmpty {
            text += String(repeating: " ", count: 4 * depth)
            if line.hasPrefix(Self.marker) {
                text += access
                text += line.dropFirst(Self.marker.count)
            } else {
                text += line
            }
        }
        text += "\n"
    }

    private static let marker = "public "

    /// A block in braces.
    mutating func block<Failure: Error>(
        _ head: String, _ body: (inout SourceText) throws(Failure) -> Void
    ) throws(Failure) {
        line("\(head) {")
        depth += 1
        try body(&self)
        depth -= 1
        line("}")
    }

    /// Lines that lie one level deeper.
    mutating func indented<Failure: Error>(_ body: (inout SourceText) throws(Failure) -> Void) throws(Failure) {
        depth += 1
        try body(&self)
        depth -= 1
    }

    /// A `.proto` comment as a documentation comment.
    mutating func documentation(_ comment: [String], isDeprecated: Bool = false) {
        var lines = comment.map { line in
            // By bytes: finding out where characters end takes most of the time.
            var text = line.utf8[...]
            if text.first == UInt8(ascii: " ") { text.removeFirst() }
            while let last = text.last, Self.blanks.contains(last) { text.removeLast() }
            return String(Substring(text))
        }
        while lines.first == "" { lines.removeFirst() }
        while lines.last == "" { lines.removeLast() }
        if isDeprecated {
            // Not an attribute: the generated code itself uses what it declares, and would be warned.
            if !lines.isEmpty { lines.append("") }
            lines.append("- Warning: Deprecated.")
        }
        for text in lines { line(text.isEmpty ? "///" : "/// \(text)") }
    }
}
