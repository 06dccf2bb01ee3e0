import Descriptors

extension SourceCodeInfo {
    /// Where the parts of a file stand, without those whose paths begin with a stripped one.
    init(of file: FileNode, stripped: Set<DescriptorPath>) {
        self.init()
        let source = file.syntax.source
        for (place, syntax) in file.syntax.locations.enumerated() {
            var path = syntax.path
            if syntax.isOption { path += file.optionPaths[place] ?? [] }
            if !stripped.isEmpty, path.indices.contains(where: { stripped.contains(Array(path[...$0])) }) { continue }
            location.append(
                Location(
                    path: path, span: source.span(syntax.range), leadingComments: syntax.leading?.nonEmpty,
                    trailingComments: syntax.trailing?.nonEmpty, leadingDetachedComments: syntax.detached))
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension SourceFile {
    /// Line, column, end line and end column, from 0; without the end line if that is the line.
    fileprivate func span(_ range: SourceRange) -> [Int32] {
        let start = place(of: range.start)
        let end = place(of: range.end)
        let first = [Int32(start.line), Int32(start.column)]
        return first + (end.line == start.line ? [] : [Int32(end.line)]) + [Int32(end.column)]
    }
}
