/// A name that a file introduces, and whether it stands for a hash table, whose order differs from run to run.
struct Declaration {
    enum Kind {
        /// Found wherever an instance of some type is at hand: a property or method, or a global.
        case member
        /// A variable or parameter.
        case local
    }

    let name: String
    let kind: Kind
    let isFunction: Bool
    var isUnordered: Bool
    /// Where in the tokens the name means this.
    let scope: Range<Int>
    /// Where in the tokens the value begins that the type follows from, if none is written.
    let value: Int?
}

/// Collects a Swift file's declarations without knowing Swift's grammar: enough to tell which names are dictionaries.
struct DeclarationCollector {
    let file: SourceFile
    private(set) var declarations: [Declaration] = []
    /// The braces that open the block of an `if`, `for`, `while` or `switch`, and so are no closures.
    private(set) var blocks: Set<Int> = []
    /// Where the sequences of `for` loops begin and which brace ends them.
    private(set) var sequences: [Int: Int] = [:]
    /// For each token the innermost brace that it is in, or -1.
    private var enclosing: [Int] = []

    static let hashTables: Set<String> = ["Dictionary", "Set", "TreeDictionary", "TreeSet"]

    init(_ file: SourceFile) {
        self.file = file
        var open: [Int] = []
        for index in file.tokens.indices {
            if file.text(index) == "}", file.partner(of: index) != nil { _ = open.popLast() }
            enclosing.append(open.last ?? -1)
            if file.text(index) == "{", file.partner(of: index) != nil { open.append(index) }
        }
        for index in file.tokens.indices where file.text(index - 1) != "." && file.text(index + 1) != ":" {
            switch file.text(index) {
            case "let", "var": variable(at: index)
            case "func", "init", "subscript": function(at: index)
            case "for": loop(at: index)
            case "if", "while", "switch": block(after: index).map { _ = blocks.insert($0) }
            case "{": closure(at: index)
            default: break
            }
        }
    }

    // MARK: Kinds of declarations

    private mutating func variable(at index: Int) {
        let name = index + 1
        if file.text(name) == "(" {
            return declareUnknown(name..<file.skippingBrackets(at: name), scope: scope(at: index))
        }
        guard file.isWord(name) else { return }
        let condition = conditionKeyword(before: index)
        var scope = scope(at: index)
        if condition == "if" || condition == "while" {
            guard let block = block(after: name), let end = file.partner(of: block) else { return }
            scope = block..<end
        }
        switch file.text(name + 1) {
        case ":":
            declare(name, isUnordered: isHashTable(typeAt: name + 2), scope: scope, at: index)
        case "=" where file.text(name + 2) != "=":
            declare(name, isUnordered: false, scope: scope, at: index, value: name + 2)
        case "{", ",", "else":
            // `if let name {` means the same thing as before; `case .some(let name), ...` something unknown.
            if condition == nil { declare(name, isUnordered: false, scope: scope, at: index) }
        default:
            declare(name, isUnordered: false, scope: scope, at: index)
        }
    }

    private mutating func function(at index: Int) {
        var open = index + 1
        while open < file.tokens.count, file.text(open) != "(" {
            if file.text(open) == "{" || file.text(open) == "}" { return }
            open += 1
        }
        guard let close = file.partner(of: open) else { return }
        var behind = close + 1
        while ["async", "throws", "rethrows", "("].contains(file.text(behind)) {
            behind = max(behind + 1, file.skippingBrackets(at: behind))
        }
        if file.text(index) == "func", file.isWord(index + 1), file.text(behind) == "->" {
            declare(
                index + 1, isUnordered: isHashTable(typeAt: behind + 1), scope: scope(at: index), at: index,
                isFunction: true)
        }
        guard let body = FunctionLengthRule.body(ofDeclarationAt: index, in: file), let end = file.partner(of: body)
        else { return }
        var position = open + 1
        while position < close {
            if file.isWord(position), file.text(position + 1) == ":" {
                declarations.append(
                    Declaration(
                        name: file.text(position), kind: .local, isFunction: false,
                        isUnordered: isHashTable(typeAt: position + 2), scope: body..<end, value: nil))
            }
            position = max(position + 1, file.skippingBrackets(at: position))
        }
    }

    private mutating func loop(at index: Int) {
        guard let block = block(after: index), let end = file.partner(of: block) else { return }
        var position = index + 1
        while position < block, file.text(position) != "in" {
            position = max(position + 1, file.skippingBrackets(at: position))
        }
        guard position < block else { return }
        blocks.insert(block)
        sequences[position + 1] = block
        declareUnknown(index + 1..<position, scope: block..<end)
    }

    private mutating func closure(at index: Int) {
        guard let end = file.partner(of: index) else { return }
        var position = file.text(index + 1) == "[" ? file.skippingBrackets(at: index + 1) : index + 1
        let start = position
        while position < end, file.text(position) != "in" {
            let isPart =
                file.isWord(position) || [",", ":", "->", "_", "?", ".", "<", ">", "@"].contains(file.text(position))
            guard isPart || ["(", "["].contains(file.text(position)), file.text(position) != "for" else { return }
            position = max(position + 1, file.skippingBrackets(at: position))
        }
        guard position < end else { return }
        declareUnknown(start..<position, scope: index..<end)
    }

    /// The names of a pattern whose types nobody wrote down here. They hide others of the same name.
    private mutating func declareUnknown(_ pattern: Range<Int>, scope: Range<Int>) {
        for index in pattern where file.isWord(index) && file.text(index - 1) != "." {
            declarations.append(
                Declaration(
                    name: file.text(index), kind: .local, isFunction: false,
                    isUnordered: file.text(index + 1) == ":" && isHashTable(typeAt: index + 2), scope: scope,
                    value: nil))
        }
    }

    private mutating func declare(
        _ name: Int, isUnordered: Bool, scope: Range<Int>, at keyword: Int, value: Int? = nil, isFunction: Bool = false
    ) {
        declarations.append(
            Declaration(
                name: file.text(name), kind: isMember(keyword) ? .member : .local, isFunction: isFunction,
                isUnordered: isUnordered, scope: scope, value: value))
    }

    // MARK: Where things are

    private func scope(at index: Int) -> Range<Int> {
        let brace = enclosing[index]
        guard brace >= 0, let end = file.partner(of: brace) else { return 0..<file.tokens.count }
        // A member is known before its declaration, a local only behind it.
        return isMember(index) ? brace..<end : index..<end
    }

    private func isMember(_ index: Int) -> Bool {
        let brace = enclosing[index]
        guard brace >= 0 else { return true }
        var position = brace - 1
        while position >= 0 {
            switch file.text(position) {
            case "struct", "class", "enum", "extension", "actor", "protocol":
                if file.text(position - 1) != "." { return true }
            case "func", "init", "var", "let", "if", "for", "while", "switch", "guard", "{", "}", "(", ",", "=":
                // In `struct A: B, C` or `where D == E` a comma or `=` says nothing yet.
                if ![",", "="].contains(file.text(position)) { return false }
            default: break
            }
            if let partner = file.partner(of: position), partner < position { position = partner }
            position -= 1
        }
        return false
    }

    /// The block that belongs to the statement or condition at `index`.
    private func block(after index: Int) -> Int? {
        var position = index + 1
        while position < file.tokens.count {
            if file.text(position) == "{" { return position }
            if ["}", ")", "]", ";"].contains(file.text(position)) { return nil }
            position = max(position + 1, file.skippingBrackets(at: position))
        }
        return nil
    }

    /// `if`, `while` or `guard`, if the `let` at `index` belongs to its condition.
    private func conditionKeyword(before index: Int) -> String? {
        var position = index - 1
        guard ["if", "while", "guard", ",", "case"].contains(file.text(position)) else { return nil }
        while position >= 0 {
            let text = file.text(position)
            if ["if", "while", "guard"].contains(text) { return text }
            if ["{", "}", "("].contains(text) { return nil }
            if let partner = file.partner(of: position), partner < position { position = partner }
            position -= 1
        }
        return nil
    }

    // MARK: Types

    /// Whether the type written at `index` is a hash table: `[K: V]`, `Dictionary<...>`, `Set<...>`, also optional.
    private func isHashTable(typeAt index: Int) -> Bool {
        var position = index
        while ["inout", "borrowing", "consuming", "sending"].contains(file.text(position)) { position += 1 }
        if file.text(position) == "[" { return Self.isDictionary(bracketAt: position, in: file) }
        while file.isWord(position), file.text(position + 1) == "." { position += 2 }
        return Self.hashTables.contains(file.text(position)) && file.text(position + 1) == "<"
    }

    /// Whether the brackets hold a colon of their own: `[K: V]`, `[k: v]` or `[:]`.
    static func isDictionary(bracketAt open: Int, in file: SourceFile) -> Bool {
        guard let close = file.partner(of: open) else { return false }
        var position = open + 1
        var isTernary = false
        while position < close {
            if file.text(position) == "?" { isTernary = true }
            if file.text(position) == ":" {
                if !isTernary { return true }
                isTernary = false
            }
            position = max(position + 1, file.skippingBrackets(at: position))
        }
        return false
    }
}
