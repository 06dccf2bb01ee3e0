/// No result depends on the order in which a hash table gives its elements: Swift seeds it anew in each process.
///
/// A heuristic on names: it follows variables, parameters, properties and functions that are declared as `[K: V]`,
/// `Dictionary`, `Set` or their persistent kin, and reports where one is walked through and not sorted. Where the order
/// makes no difference, a comment on the line (or alone on the line above) says why: `// order-free: a sum`.
struct OrderRule: Rule {
    func violations(in files: [SourceFile]) -> [Violation] {
        var modules: [String: [SourceFile]] = [:]
        for file in files where file.isSwift && !file.isGenerated {
            guard let target = Architecture.target(of: file), target.discipline != .free else { continue }
            modules[target.name, default: []].append(file)
        }
        return modules.sorted { $0.key < $1.key }.flatMap { violations(inModule: $0.value) }
    }

    private func violations(inModule files: [SourceFile]) -> [Violation] {
        let collectors = files.map(DeclarationCollector.init)
        var walks = collectors.map { OrderWalk(collector: $0) }
        // A property's type may follow from another file's. Three rounds settle what anybody writes.
        for _ in 0..<3 {
            var members: [String: Bool] = [:]
            for declaration in walks.flatMap(\.declarations) where declaration.kind == .member {
                members[declaration.name] = members[declaration.name, default: true] && declaration.isUnordered
            }
            for index in walks.indices {
                walks[index].members = members
                walks[index].inferTypes()
            }
        }
        return walks.flatMap { $0.violations() }
    }
}

/// Follows the hash tables of one file.
private struct OrderWalk {
    let file: SourceFile
    let collector: DeclarationCollector
    var declarations: [Declaration]
    /// The module's members by name, and whether all that have the name are hash tables.
    var members: [String: Bool] = [:]
    private let byName: [String: [Int]]

    /// What leaves a hash table one.
    private static let preserving: Set<String> = [
        "keys", "values", "filter", "mapValues", "compactMapValues", "merging", "union", "intersection", "subtracting",
        "symmetricDifference", "lazy",
    ]
    /// What shows the order of the elements.
    private static let exposing: Set<String> = [
        "map", "compactMap", "flatMap", "forEach", "first", "reduce", "enumerated", "reversed", "makeIterator",
        "prefix", "suffix", "dropFirst", "dropLast", "popFirst", "removeFirst", "joined", "elementsEqual", "startIndex",
        "indices", "chunks", "firstIndex", "starts",
    ]
    /// Calls that copy a sequence in its order.
    private static let copying: Set<String> = ["Array", "ContiguousArray", "Deque", "zip", "AnySequence", "String"]

    init(collector: DeclarationCollector) {
        self.collector = collector
        file = collector.file
        declarations = collector.declarations
        byName = Dictionary(grouping: collector.declarations.indices) { collector.declarations[$0].name }
    }

    // MARK: Names

    /// Takes over the type of what a variable is set to.
    mutating func inferTypes() {
        for index in declarations.indices {
            guard let value = declarations[index].value else { continue }
            declarations[index].isUnordered = isUnordered(valueAt: value)
        }
    }

    private func isUnordered(valueAt index: Int) -> Bool {
        var start = index
        while ["try", "await", "consume", "copy"].contains(file.text(start)) { start += 1 }
        // The last name of a path: `self.state.sessions`.
        while file.isWord(start), file.text(start + 1) == ".", !isTable(at: start), file.isWord(start + 2) {
            start += 2
        }
        guard let chain = chain(at: start) else { return false }
        return chain.problem == nil && chain.isOpen && endsValue(chain.end)
    }

    /// Whether nothing that changes the value follows on it.
    private func endsValue(_ index: Int) -> Bool {
        ["+", "-", "*", "/", "=", "<", ">", "&", "|", ".", "[", "(", "?"].contains(file.text(index)) == false
            || file.tokens.indices.contains(index) && file.tokens[index].line > file.tokens[index - 1].line
    }

    private func isTable(at index: Int) -> Bool {
        guard file.isWord(index), !["let", "var", "func", "case"].contains(file.text(index - 1)) else { return false }
        let isCall = file.text(index + 1) == "("
        if file.text(index - 1) == "." {
            let isImplicit =
                !file.isWord(index - 2) && ![")", "]", "?", "!", "}"].contains(file.text(index - 2))
                && !(file.tokens.indices.contains(index - 2) && file.tokens[index - 2].kind == .number)
            guard !isImplicit, members[file.text(index)] == true else { return false }
            return isCall == isMemberFunction(file.text(index))
        }
        let candidates = (byName[file.text(index)] ?? []).map { declarations[$0] }
            .filter { $0.scope.contains(index) && $0.isFunction == isCall }
        // The innermost hides the others, and the later one of two in a block the earlier.
        if let nearest = candidates.max(by: { $0.scope.lowerBound < $1.scope.lowerBound }) {
            return nearest.isUnordered
        }
        return members[file.text(index)] == true && isCall == isMemberFunction(file.text(index))
    }

    private func isMemberFunction(_ name: String) -> Bool {
        // Where another file declares it, take the call for what it looks like.
        guard let own = byName[name]?.first(where: { declarations[$0].kind == .member }) else {
            return false
        }
        return declarations[own].isFunction
    }

    // MARK: Chains

    /// A hash table and the members called on it, one on the other.
    private struct Chain {
        /// Behind its last token.
        var end: Int
        /// Whether the whole is a hash table still.
        var isOpen = true
        /// The line and the name of the member that shows the order.
        var problem: (line: Int, name: String)?
    }

    /// The chain that begins with the hash table at `index`, if there is one.
    private func chain(at index: Int) -> Chain? {
        var position: Int
        if isTable(at: index) {
            position = index + 1
            if file.text(position) == "(" { position = file.skippingBrackets(at: position) }
        } else if let behind = behindNewTable(at: index) {
            position = behind
        } else {
            return nil
        }
        var chain = Chain(end: position)
        while true {
            if ["?", "!"].contains(file.text(position)), [".", "["].contains(file.text(position + 1)) {
                position += 1
            }
            chain.end = position
            guard file.text(position) == ".", file.isWord(position + 1) else {
                if file.text(position) == "[", file.tokens[position].line == file.tokens[position - 1].line {
                    chain.isOpen = false
                }
                return chain
            }
            let member = position + 1
            let name = file.text(member)
            position = behindCall(member)
            if name == "sorted" {
                return Chain(end: position, isOpen: false)
            } else if chain.problem == nil, Self.exposing.contains(name) || isExtremum(member) {
                chain.problem = (file.tokens[member].line, name)
            } else if chain.problem == nil, !Self.preserving.contains(name) {
                return Chain(end: position, isOpen: false)
            }
        }
    }

    /// Where a hash table is made in place, `Set(x)`, `Dictionary<K, V>(...)` or `[k: v]`: the index behind it.
    private func behindNewTable(at index: Int) -> Int? {
        if file.text(index) == "[", DeclarationCollector.isDictionary(bracketAt: index, in: file),
            !file.isWord(index - 1) || ["in", "return"].contains(file.text(index - 1)),
            ![")", "]", "?", "!"].contains(file.text(index - 1))
        {
            let behind = file.skippingBrackets(at: index)
            return file.text(behind) == "(" ? file.skippingBrackets(at: behind) : behind
        }
        guard DeclarationCollector.hashTables.contains(file.text(index)), file.text(index - 1) != ":" else {
            return nil
        }
        var position = index + 1
        if file.text(position) == "<" {
            while position < file.tokens.count, file.text(position) != ">" { position += 1 }
            position += 1
        }
        return file.text(position) == "(" ? file.skippingBrackets(at: position) : nil
    }

    /// `min(by:)` and `max(by:)` take the first of those that compare as equal; `min()` and `max()` cannot tell.
    private func isExtremum(_ member: Int) -> Bool {
        guard ["min", "max"].contains(file.text(member)) else { return false }
        return file.matches(member + 1, "(", "by") || file.text(member + 1) == "{"
    }

    /// The index behind the arguments and the trailing closure of the member at `index`.
    private func behindCall(_ index: Int) -> Int {
        var position = index + 1
        if file.text(position) == "(" { position = file.skippingBrackets(at: position) }
        if file.text(position) == "{", !collector.blocks.contains(position) {
            position = file.skippingBrackets(at: position)
        }
        return position
    }

    // MARK: Violations

    func violations() -> [Violation] {
        file.tokens.indices.compactMap { index in
            guard file.text(index + 1) != ":", let chain = chain(at: index) else {
                return nil
            }
            let line = file.tokens[index].line
            let place: (line: Int, how: String)
            if let problem = chain.problem {
                place = (problem.line, ".\(problem.name)")
            } else if chain.isOpen, let how = exposure(of: chain, at: index) {
                place = (line, how)
            } else {
                return nil
            }
            guard !isExcused(line), !isExcused(place.line) else { return nil }
            let name = file.text(index) == "[" ? "a dictionary" : "`\(file.text(index))`"
            return file.violation(
                line: place.line,
                "\(place.how) shows the order of \(name), which differs from run to run; sort it, or say on the line "
                    + "why it makes no difference: // order-free: <reason>")
        }
    }

    /// How the place where a whole hash table stands shows its order; nil if it does not.
    private func exposure(of chain: Chain, at index: Int) -> String? {
        var start = index
        while file.text(start - 1) == ".", file.isWord(start - 2) { start -= 2 }
        if let block = collector.sequences[start], chain.end == block || file.text(chain.end) == "where" {
            return "`for`"
        }
        if file.matches(start - 2, "contentsOf", ":") { return "`contentsOf:`" }
        if file.matches(start - 2, "+", "=") { return "`+=`" }
        // The innermost call that the chain is an argument of.
        guard let open = openParenthesis(before: start), [",", ")"].contains(file.text(chain.end)) else { return nil }
        let isCopy = Self.copying.contains(file.text(open - 1)) || isArrayType(endingAt: open - 1)
        guard isCopy, file.text(open - 2) != ".", file.text(start - 1) != ":" else { return nil }
        var position = file.skippingBrackets(at: open)
        while file.text(position) == ".", file.isWord(position + 1) {
            if file.text(position + 1) == "sorted" { return nil }
            position = behindCall(position + 1)
        }
        return "`\(file.text(open - 1) == "]" ? "[...]" : file.text(open - 1))(`"
    }

    private func openParenthesis(before index: Int) -> Int? {
        var position = index - 1
        while position >= 0 {
            if file.text(position) == "(" { return position }
            if ["{", "[", "}", ";"].contains(file.text(position)) { return nil }
            if let partner = file.partner(of: position), partner < position { position = partner }
            position -= 1
        }
        return nil
    }

    private func isArrayType(endingAt index: Int) -> Bool {
        guard file.text(index) == "]", let open = file.partner(of: index) else { return false }
        return !file.isWord(open - 1) && !DeclarationCollector.isDictionary(bracketAt: open, in: file)
    }

    private func isExcused(_ line: Int) -> Bool {
        if Self.isExcuse(file.comments[line]) { return true }
        guard line >= 2, file.lines.indices.contains(line - 2) else { return false }
        let above = file.lines[line - 2].drop { $0 == " " || $0 == "\t" }
        return above.hasPrefix("//") && Self.isExcuse(file.comments[line - 1])
    }

    private static func isExcuse(_ comment: String?) -> Bool {
        guard let comment, let range = comment.firstRange(of: "order-free:") else { return false }
        return comment[range.upperBound...].contains { $0.isLetter }
    }
}
