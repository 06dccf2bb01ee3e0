import Testing

/// What ``OrderRule`` reports and what it lets pass.
@Suite struct OrderRuleTests {
    private func lines(_ text: String, _ more: [String] = []) -> [Int] {
        let files =
            [SourceFile(path: "Sources/Consensus/A.swift", text: text)]
            + more.map { SourceFile(path: "Sources/Consensus/B.swift", text: $0) }
        return OrderRule().violations(in: files).filter { $0.path.hasSuffix("A.swift") }.map(\.line)
    }

    /// `use` in a method of a type with one property of each kind.
    private func linesInMethod(_ use: String) -> [Int] {
        let head =
            "struct A { var table: [Int: [Int]] = [:]; let set: Set<Int>; var list: [Int]; "
            + "var maybe: Dictionary<Int, Int>?; var made = Set<Int>(); func f() -> [Int: Int] { [:] }; "
            + "func g(table argument: [String: Int], numbers: [Int]) {"
        return lines(head + "\n" + use + "\n}}")
    }

    @Test(arguments: [
        "for (k, v) in table { }", "for v in table.values { }", "for k in self.table.keys where k > 0 { }",
        "for (i, v) in set.enumerated() { }", "for x in set.union(list) { }", "for x in f() { }", "for x in made { }",
        "for x in argument { }", "for (a, b) in zip(list, set) { }", "for x in Set(list) { }",
        "for x in [1: 2] { }", "for x in table.values.lazy.filter({ $0 > 0 }) { }",
        "let a = table.map { $0 }", "table.forEach { h($0) }", "let a = set.first", "let a = set.first { $0 > 1 }",
        "let a = table.values.reduce(0, +)", "let a = maybe?.keys.map(h)", "let a = Array(set)",
        "let a = [Int](table.keys)", "let a = Array(table.filter { $0.key > 0 })", "list.append(contentsOf: set)",
        "list += table.keys", "let a = table.min { $0.value < $1.value }", "let a = set.max(by: <)",
        "var copy = table; for x in copy { }", "let keys = table.keys; for k in keys { }",
        "if let maybe { for x in maybe { } }", "guard let found = maybe else { return }; for x in found { }",
        "let a = other.table.map { $0 }", "let local: Set<Int> = h(); for x in local { }",
        "let a = table\n.map { $0 }.joined()", "for x in Dictionary(grouping: list, by: h) { }",
        "let d = [Int: Int](); for x in d { }", "for x in set { } // order-free:",
        "h { [weak self] a in for x in set { } }",
    ])
    func `a walk through a hash table is reported`(use: String) {
        let expected = use.contains("\n") ? 3 : 2
        #expect(linesInMethod(use) == [expected])
    }

    @Test(arguments: [
        "for x in list { }", "for x in table.sorted(by: h) { }", "for k in table.keys.sorted() { }",
        "let a = table.map { $0 }.sorted()", "let a = set.filter { $0 > 1 }.map(h).sorted { $0 < $1 }",
        "for x in Array(set).sorted() { }", "let a = Array(table.keys).filter(h).sorted()",
        "let a = table[1]!.map { $0 }", "for x in table[1] ?? [] { }", "for x in table[1, default: []] { }",
        "let a = table.count + set.count", "if set.contains(1), table.isEmpty { }", "for x in 0..<set.count { }",
        "let a = set.min()", "let a = table.values.max()", "let a = table.allSatisfy { $0.value > 0 }",
        "let a = Set(set)", "made.formUnion(set)", "table.removeValue(forKey: 1)", "set == made",
        "for x in set { } // order-free: a sum", "// order-free: a sum\nfor x in set { }",
        "let table = list; for x in table { }", "for table in numbers { for x in table { } }",
        "list.map { set in set.map { $0 } }", "let a = list.map { $0 }", "for x in numbers where set.contains(x) { }",
        "if let set = h() { for x in set { } }", "h(.table); for x in h(set: list) { }",
        "let a = set.isEmpty ? list : numbers; for x in a { }", "let n = set.count; for x in n.values { }",
        "switch h { case .a(let set): for x in set { } }", "h(first: set, second: table)",
        "let v = table[1]; for x in v { }", "let a: Array<Int> = h(table.count).map { $0 }",
        "for x in list.filter({ set.contains($0) }) { }", "let a = String(table.count)",
    ])
    func `what does not show the order passes`(use: String) {
        #expect(linesInMethod(use) == [])
    }

    @Test func `a property is known in the module's other files`() {
        let use = "extension B { func g() {\nfor x in pending { }\nself.pending.forEach { }\nb.pending.map { }\n} }"
        #expect(lines(use, ["struct B { var pending: [Int: Int] }"]) == [2, 3, 4])
        #expect(lines(use, ["struct B { var pending: [Int] }"]) == [])
    }

    @Test func `a name that stands for two things in a module is taken for neither`() {
        let use = "extension B { func g() {\nfor x in pending { }\n} }"
        #expect(lines(use, ["struct B { var pending: [Int: Int] }; struct C { var pending: [Int] }"]) == [])
    }

    @Test func `a local of one function is not known in another`() {
        #expect(lines("func a() { let x: Set<Int> = h() }\nfunc b(x: [Int]) { for y in x { } }") == [])
    }

    @Test func `code that no simulator runs is left alone`() {
        let text = "func f(a: Set<Int>) { for x in a { } }"
        let files = ["Sources/Server/A.swift", "Tests/ConsensusTests/A.swift", "codegen/Render/A.swift"]
        #expect(OrderRule().violations(in: files.map { SourceFile(path: $0, text: text) }) == [])
        #expect(OrderRule().violations(in: [SourceFile(path: "Sources/Driver/A.swift", text: text)]).count == 1)
    }
}
