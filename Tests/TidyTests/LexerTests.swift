import Testing

@Suite struct LexerTests {
    private func words(_ text: String, _ language: Lexer.Language = .swift) -> [String] {
        Lexer(text, language: language).tokens.filter { $0.kind == .word }.map(\.text)
    }

    @Test func `comments are no code, also nested ones`() {
        #expect(words("a // b\nc /* d /* e */ f */ g") == ["a", "c", "g"])
        #expect(words("a /* b /* c */ d", .c) == ["a", "d"])
    }

    @Test func `comments are kept with their lines`() {
        let lexer = Lexer("a // one\n/* two\nthree */ b", language: .swift)
        #expect(lexer.comments == [1: "// one", 2: "/* two", 3: "three */"])
    }

    @Test func `strings are no code, but interpolations are`() {
        #expect(words(#"a + "b \" c" + d"#) == ["a", "d"])
        #expect(words(#""\(a) b \(c("d", "\(e)")) f" + g"#) == ["a", "c", "e", "g"])
        #expect(words(##"#"a \(b) \#(c) "d" "# + e"##) == ["c", "e"])
        #expect(words("\"\"\"\n a \"b\" \\(c)\n\"\"\" + d") == ["c", "d"])
        #expect(words("'\"' + a + \"b\"", .c) == ["a"])
    }

    @Test func `regular expressions are no code, and divisions are`() {
        #expect(words("f(/a\"b/) + c") == ["f", "c"])
        #expect(words("a / b / c") == ["a", "b", "c"])
        #expect(words("x = (a) / b; y = [c]/d") == ["x", "a", "b", "y", "c", "d"])
    }

    @Test func `a name in backquotes is one word`() {
        #expect(words("func `it's a { claim`() { a }") == ["func", "it's a { claim", "a"])
    }

    @Test func `lines are counted through everything that spans them`() {
        let text = "/* \n */ \"\"\"\n \\\n x\n\"\"\" \n a"
        #expect(Lexer(text, language: .swift).tokens.last == Token(kind: .word, text: "a", line: 6))
    }

    @Test(arguments: [
        "\"abc", "/* abc", "`abc", "\"\\(abc", "#\"abc\"", "\"\"\"abc", "\\", "\"\\", "'", "f(/a\\", "(((",
    ])
    func `what no compiler takes does no harm`(text: String) {
        _ = Lexer(text, language: .swift)
        _ = Lexer(text, language: .c)
        _ = SourceFile(path: "a.swift", text: text + "}])")
    }

    @Test func `brackets find their partners`() {
        let file = SourceFile(path: "a.swift", text: "f(a[1], { $0 }) }")
        #expect(file.partner(of: 1) == 10)
        #expect(file.partner(of: 3) == 5)
        #expect(file.partner(of: file.tokens.count - 1) == nil)
    }
}
