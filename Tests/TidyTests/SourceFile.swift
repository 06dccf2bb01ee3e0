/// A file of the repository, cut into what the rules look at.
struct SourceFile {
    /// From the repository's root, for example `Sources/Consensus/Entry.swift`.
    let path: String
    let lines: [Substring]
    /// Only of Swift and C; else empty.
    let tokens: [Token]
    /// Where each bracket's partner is in ``tokens``; -1 for what is no bracket or has none.
    let partners: [Int]
    /// The text of the comments of Swift and C, by line from 1.
    let comments: [Int: String]

    init(path: String, text: String) {
        self.path = path
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
        if path.hasSuffix(".swift") || path.hasSuffix(".c") || path.hasSuffix(".h") {
            let lexer = Lexer(text, language: path.hasSuffix(".swift") ? .swift : .c)
            tokens = lexer.tokens
            comments = lexer.comments
        } else {
            tokens = []
            comments = [:]
        }
        partners = Self.partners(in: tokens)
    }

    var name: Substring { path.split(separator: "/").last ?? "" }
    var isSwift: Bool { path.hasSuffix(".swift") }
    var isC: Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }

    /// Whether the file is the generator's output, for whose length and style nobody is to blame.
    var isGenerated: Bool {
        if path.hasSuffix(".pb.swift") || path.hasSuffix(".stubs.swift") { return true }
        let folders = [
            "Sources/Messages", "Sources/Descriptors", "Sources/WellKnownTypes", "Tests/TestMessages",
            "Tests/InteropTests/InteropMessages", "codegen/Examples",
        ]
        return ["Registry.swift", "Descriptors.swift"].contains(name) && folders.contains { isIn($0) }
    }

    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    /// The token's text; empty beyond the ends, so that rules may look around without checks. Literals are empty, too.
    func text(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

    func isWord(_ index: Int) -> Bool { tokens.indices.contains(index) && tokens[index].kind == .word }

    /// Whether these tokens stand at `index`, one after the other.
    func matches(_ index: Int, _ texts: String...) -> Bool {
        texts.enumerated().allSatisfy { text(index + $0.offset) == $0.element }
    }

    /// The other bracket, or nil if there is none.
    func partner(of index: Int) -> Int? {
        guard partners.indices.contains(index), partners[index] >= 0 else { return nil }
        return partners[index]
    }

    /// The index behind the bracketed run that begins at `index`; `index` itself if none does.
    func skippingBrackets(at index: Int) -> Int {
        guard let partner = partner(of: index), partner > index else { return index }
        return partner + 1
    }

    func violation(line: Int, _ message: String) -> Violation {
        Violation(path: path, line: line, message: message)
    }

    private static func partners(in tokens: [Token]) -> [Int] {
        var partners = [Int](repeating: -1, count: tokens.count)
        var open: [Int] = []
        let closing = ["(": ")", "[": "]", "{": "}"]
        for (index, token) in tokens.enumerated() where token.kind == .sign {
            if closing[token.text] != nil {
                open.append(index)
            } else if closing.values.contains(token.text),
                let match = open.lastIndex(where: { closing[tokens[$0].text] == token.text })
            {
                // What was opened since then and never closed (in one branch of an #if, say) has no partner.
                partners[index] = open[match]
                partners[open[match]] = index
                open.removeSubrange(match...)
            }
        }
        return partners
    }
}

/// What is wrong at a place, and what to do about it.
struct Violation: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

/// Something that holds for the repository's files.
protocol Rule {
    func violations(in files: [SourceFile]) -> [Violation]
}

/// A rule about one file, whatever the others are.
protocol FileRule: Rule {
    func applies(to file: SourceFile) -> Bool
    func violations(in file: SourceFile) -> [Violation]
}

extension FileRule {
    func violations(in files: [SourceFile]) -> [Violation] {
        files.filter(applies).flatMap { violations(in: $0) }
    }
}
