/// What has to change in a directory for it to hold exactly what was generated.
public struct OutputPlan: Sendable, Equatable {
    /// The files to write, by path, with their new text: those that are missing or differ.
    public var writes: [String: String]
    /// The generated files to remove: nothing generates them any more.
    public var removals: [String]

    /// Whether the text begins as every generated file does: `// Generated from x.proto by codegen. Do not edit.`
    ///
    /// A file that does not is somebody's own and is never removed.
    static func isGenerated(_ text: String) -> Bool {
        let line = text.prefix { !$0.isNewline }
        return line.hasPrefix("// Generated ") && line.hasSuffix("by codegen. Do not edit.")
    }

    /// - Parameters:
    ///   - wanted: What was generated, by path.
    ///   - existing: The beginning or the whole of every file that is there, by path.
    ///   - removesStale: Whether `wanted` is everything that belongs there, so that other generated files must go.
    public init(wanted: [String: String], existing: [String: String], removesStale: Bool) {
        writes = wanted.filter { existing[$0.key] != $0.value }
        removals = []
        guard removesStale else { return }
        removals = existing.filter { wanted[$0.key] == nil && Self.isGenerated($0.value) }.keys.sorted()
    }

    public var isEmpty: Bool { writes.isEmpty && removals.isEmpty }

    /// The paths that differ, in order.
    public var paths: [String] { (writes.keys + removals).sorted() }
}
