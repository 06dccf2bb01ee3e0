import Testing

@testable import CodegenCore

@Suite struct DiagnosticTests {
    @Test func `a diagnostic is told as place, severity and text, then the line and a caret`() {
        let compilation = Compilation.of(
            """
            syntax = "proto3";
            message Request {}
            message M {
              Requst first = 1;
            \tbool second = 1;
            }
            """)
        #expect(
            compilation.diagnostics.map(\.rendered).joined() == """
                main.proto:4:3: error: "Requst" is not defined; did you mean "Request"?
                  Requst first = 1;
                  ^~~~~~
                main.proto:5:16: error: the field number 1 is used by "first" already; the next free number is 2
                \tbool second = 1;
                \t              ^

                """)
    }

    @Test func `columns count characters, not bytes`() {
        let diagnostic = Compilation.of("syntax = \"proto3\"; /* äöü🙂 */ message M { X x = 1; }").diagnostics[0]
        #expect(diagnostic.line == 1)
        #expect(diagnostic.column == 43)
        #expect(diagnostic.rendered.hasSuffix("\n" + String(repeating: " ", count: 42) + "^\n"))
    }

    @Test func `of a very long line only the surroundings are shown`() {
        let padding = String(repeating: " ", count: 100_000)
        let diagnostic = Compilation.of("syntax = \"proto3\"; message M {\(padding)X x = 1;\(padding)}").diagnostics[0]
        #expect(diagnostic.column == 100_031)
        #expect(diagnostic.rendered.count < 500)
        #expect(diagnostic.rendered.contains("X x = 1;"))
    }

    @Test func `line ends may be those of Windows`() {
        let compilation = Compilation.of("syntax = \"proto3\";\r\nmessage M {\r\n  X x = 1;\r\n}\r\n")
        #expect(compilation.summary == "main.proto:3:3: error: \"X\" is not defined\n")
        #expect(compilation.diagnostics[0].rendered.contains("\n  X x = 1;\n  ^\n"))
    }

    @Test func `a byte order mark is skipped, UTF-16 is named`() {
        let text = "syntax = \"proto3\";"
        let marked = Compiler.compile(["main.proto"], from: MemoryFiles(main: [0xEF, 0xBB, 0xBF] + Array(text.utf8)))
        #expect(marked.diagnostics.isEmpty)
        let wide = Compiler.compile(
            ["main.proto"], from: MemoryFiles(main: [0xFF, 0xFE] + text.utf8.flatMap { [$0, 0] }))
        #expect(wide.summary == "main.proto:1:1: error: the file is UTF-16; a .proto file must be UTF-8\n")
    }

    @Test func `control characters and null bytes are told once for each run of them`() {
        let compilation = Compiler.compile(
            ["main.proto"], from: MemoryFiles(main: Array("syntax = \"proto3\";\n\u{1}\u{2}\0\n\u{7F}".utf8)))
        #expect(
            compilation.summary == """
                main.proto:2:1: error: the text contains a control character
                main.proto:3:1: error: the text contains a control character

                """)
    }

    @Test func `a file that is not there is named`() {
        let compilation = Compiler.compile(["a.proto"], from: MemoryFiles([:]))
        #expect(compilation.schema == nil)
        #expect(compilation.summary == "a.proto: error: there is no such file on the proto path\n")
    }

    @Test func `the errors of all files are told in one run, files in the order of their imports`() {
        let files = MemoryFiles([
            "a.proto": "syntax = \"proto3\"; import \"b.proto\"; message A { B b = 0; }",
            "b.proto": "syntax = \"proto3\"; message B { int32 a = 0; }",
            "c.proto": "syntax = \"proto3\"; message C { int32 a = 0; }",
        ])
        let compilation = Compiler.compile(["c.proto", "a.proto"], from: files)
        #expect(compilation.diagnostics.map(\.path) == ["c.proto", "b.proto", "a.proto"])
    }
}
