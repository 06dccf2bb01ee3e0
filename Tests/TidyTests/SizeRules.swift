/// Files can be read in one sitting.
struct FileLengthRule: FileRule {
    static let swiftLinesMax = 500
    static let cLinesMax = 700

    func applies(to file: SourceFile) -> Bool { (file.isSwift || file.isC) && !file.isGenerated }

    func violations(in file: SourceFile) -> [Violation] {
        let max = file.isSwift ? Self.swiftLinesMax : Self.cLinesMax
        guard file.lines.count > max else { return [] }
        return [file.violation(line: max + 1, "\(file.lines.count) lines, at most \(max); split the file by subject")]
    }
}

/// Functions, initialisers and computed properties fit on a screen.
struct FunctionLengthRule: FileRule {
    static let linesMax = 70

    func applies(to file: SourceFile) -> Bool { file.isSwift && !file.isGenerated }

    func violations(in file: SourceFile) -> [Violation] {
        file.tokens.indices.compactMap { index in
            guard let body = Self.body(ofDeclarationAt: index, in: file), let end = file.partner(of: body) else {
                return nil
            }
            let line = file.tokens[index].line
            let count = file.tokens[end].line - line + 1
            guard count > Self.linesMax else { return nil }
            let what = file.tokens[index].text == "init" ? "init" : file.text(index + 1)
            return file.violation(
                line: line, "`\(what)` has \(count) lines, at most \(Self.linesMax); name a part of it and take it out")
        }
    }

    /// The brace that opens the body of the function, initialiser, subscript or computed property declared at `index`.
    static func body(ofDeclarationAt index: Int, in file: SourceFile) -> Int? {
        let keyword = file.text(index)
        guard file.isWord(index), ["func", "init", "deinit", "subscript", "var"].contains(keyword),
            file.text(index - 1) != ".", file.text(index + 1) != ":"
        else { return nil }
        if keyword == "init", !["(", "?", "!", "<"].contains(file.text(index + 1)) { return nil }
        var position = index + 1
        while position < file.tokens.count {
            let text = file.text(position)
            if text == "{" { return position }
            if text == "}" || text == ")" || text == "]" || text == ";" { return nil }
            if keyword == "var", text == "=" { return nil }
            // The name itself may be such a word in backquotes.
            if position > index + 1, file.isWord(position), beginsDeclaration.contains(text) { return nil }
            position = max(position + 1, file.skippingBrackets(at: position))
        }
        return nil
    }

    private static let beginsDeclaration: Set<String> = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class", "enum", "extension", "actor",
        "protocol", "typealias", "associatedtype", "import", "static", "public", "private", "internal", "fileprivate",
        "package", "open", "mutating", "nonmutating", "override", "final", "required", "convenience", "guard", "if",
        "for", "return", "switch", "while", "nonisolated", "lazy", "weak", "unowned", "indirect",
    ]
}

/// Two files fit beside each other.
struct LineWidthRule: FileRule {
    static let columnsMax = 120

    func applies(to file: SourceFile) -> Bool {
        (file.isSwift || file.isC || file.path.hasSuffix(".py")) && !file.isGenerated
    }

    func violations(in file: SourceFile) -> [Violation] {
        file.lines.enumerated().compactMap { offset, line in
            // Bytes first: counting characters takes time, and there are never more of them.
            guard line.utf8.count > Self.columnsMax, line.count > Self.columnsMax, !line.contains("://") else {
                return nil
            }
            return file.violation(line: offset + 1, "\(line.count) columns, at most \(Self.columnsMax); break the line")
        }
    }
}
