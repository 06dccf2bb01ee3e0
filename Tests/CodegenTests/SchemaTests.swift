import Testing

@testable import CodegenCore

@Suite struct SchemaTests {
    /// The only file of a schema.
    func file(_ text: String) throws -> FileModel {
        let compilation = Compilation.of(text)
        #expect(compilation.diagnostics.isEmpty, "\(compilation.summary)")
        return try #require(compilation.schema?.files.first)
    }

    func field(_ text: String, syntax: String = "proto3") throws -> FieldModel {
        let text = "syntax = \"\(syntax)\"; message M { \(text) } enum E { Z = 0; Y = 1; }"
        return try #require(try file(text).messages[0].fields.first)
    }

    @Test func `presence follows the syntax, the label and the type`() throws {
        #expect(try !field("int32 a = 1;").hasPresence)
        #expect(try !field("E a = 1;").hasPresence)
        #expect(try field("optional int32 a = 1;").hasPresence)
        #expect(try field("M a = 1;").hasPresence)
        #expect(try field("oneof o { int32 a = 1; }").hasPresence)
        #expect(try !field("repeated M a = 1;").hasPresence)
        #expect(try field("optional int32 a = 1;", syntax: "proto2").hasPresence)
        #expect(try field("required int32 a = 1;", syntax: "proto2").hasPresence)
        #expect(try !field("repeated int32 a = 1;", syntax: "proto2").hasPresence)
    }

    @Test func `repeated numbers are packed in proto3 and not in proto2, unless the option says otherwise`() throws {
        #expect(try field("repeated int32 a = 1;").isPacked)
        #expect(try field("repeated E a = 1;").isPacked)
        #expect(try !field("repeated int32 a = 1 [packed = false];").isPacked)
        #expect(try !field("repeated string a = 1;").isPacked)
        #expect(try !field("int32 a = 1;").isPacked)
        #expect(try !field("repeated int32 a = 1;", syntax: "proto2").isPacked)
        #expect(try field("repeated int32 a = 1 [packed = true];", syntax: "proto2").isPacked)
    }

    @Test(arguments: [
        ("int32", "-017", "-15"), ("uint64", "0xFFFFFFFFFFFFFFFF", "18446744073709551615"), ("sint32", "-0", "0"),
        ("double", "1.5e3", "1500.0"), ("double", "5", "5.0"), ("double", "-0.0", "-0.0"), ("double", "-inf", "-inf"),
        ("float", "nan", "nan"), ("float", "0.1", "0.1"), ("double", "1e400", "inf"), ("double", ".5", "0.5"),
        ("bool", "true", "true"), ("E", "Y", "Y"),
    ])
    func `a default is kept in its canonical form`(type: String, written: String, kept: String) throws {
        let field = try field("optional \(type) a = 1 [default = \(written)];", syntax: "proto2")
        #expect(field.defaultValue == .text(kept))
    }

    @Test func `the default of a string or bytes field is its bytes, escapes replaced and parts joined`() throws {
        let text = #"optional string a = 1 [default = "a\n\x41\101" '\u00e9\U0001F600' "\ud83d\ude00\?"];"#
        let bytes = Array("a\nAA\u{E9}\u{1F600}\u{1F600}?".utf8)
        #expect(try field(text, syntax: "proto2").defaultValue == .bytes(bytes))
        let raw = try field(#"optional bytes a = 1 [default = "\xff\0\377"];"#, syntax: "proto2")
        #expect(raw.defaultValue == .bytes([0xFF, 0, 0xFF]))
    }

    @Test func `a map field is a repeated field of an entry message`() throws {
        let message = try file("syntax = \"proto3\"; message M { map<string, M> by_name = 4; }").messages[0]
        let field = message.fields[0]
        let entry = message.messages[0]
        #expect(field.type == .message("M.ByNameEntry"))
        #expect(field.label == .repeated)
        #expect(entry.isMapEntry)
        #expect(entry.fields.map(\.name) == ["key", "value"])
        #expect(entry.fields.map(\.type) == [.string, .message("M")])
        #expect(entry.fields.map(\.hasPresence) == [false, true])
    }

    @Test func `a group is a field in small letters and a nested message`() throws {
        let message = try file(
            "syntax = \"proto2\"; message M { repeated group SearchResult = 1 { required int32 a = 1; } }"
        ).messages[0]
        #expect(message.fields[0].name == "searchresult")
        #expect(message.fields[0].type == .group("M.SearchResult"))
        #expect(message.messages[0].fields[0].label == .required)
    }

    @Test func `names in JSON are in camel case unless they are given`() throws {
        #expect(try field("int32 foo_bar_2x = 1;").jsonName == "fooBar2x")
        #expect(try field("int32 _a__b_ = 1;").jsonName == "AB")
        #expect(try field("int32 a = 1 [json_name = \"x y\"];").jsonName == "x y")
    }

    @Test func `the deprecated option is applied wherever it can stand`() throws {
        let file = try file(
            """
            syntax = "proto3";
            message M { option deprecated = true; int32 a = 1 [deprecated = true]; int32 b = 2 [deprecated = false]; }
            enum E { option deprecated = true; Z = 0 [deprecated = true]; Y = 1; }
            service S { option deprecated = true; rpc R(M) returns (M) { option deprecated = true; } }
            """)
        #expect(file.messages[0].isDeprecated)
        #expect(file.messages[0].fields.map(\.isDeprecated) == [true, false])
        #expect(file.enums[0].isDeprecated)
        #expect(file.enums[0].values.map(\.isDeprecated) == [true, false])
        #expect(file.services[0].isDeprecated)
        #expect(file.services[0].methods[0].isDeprecated)
    }

    @Test func `enums of proto2 are closed and those of proto3 open`() throws {
        #expect(try file("syntax = \"proto2\"; enum E { A = 1; }").enums[0].isClosed)
        #expect(try !file("syntax = \"proto3\"; enum E { A = 0; }").enums[0].isClosed)
    }

    @Test func `files come after what they import, and only those that are asked for are requested`() throws {
        let files = MemoryFiles([
            "a.proto": "syntax = \"proto3\"; import \"b.proto\"; message A { B b = 1; }",
            "b.proto": "syntax = \"proto3\"; import public \"c.proto\"; message B { C c = 1; }",
            "c.proto": "syntax = \"proto3\"; message C {}",
        ])
        let schema = try #require(Compiler.compile(["a.proto", "c.proto"], from: files).schema)
        #expect(schema.files.map(\.path) == ["c.proto", "b.proto", "a.proto"])
        #expect(schema.files.map(\.isRequested) == [true, false, true])
        #expect(schema.files[2].dependencies == ["b.proto"])
    }

    @Test func `the comment before a declaration belongs to it`() throws {
        let file = try file(
            """
            // Of the file.

            // Detached.

            syntax = "proto3";
            // One.
            //
            //   Two.
            message M {
              // Of a.
              int32 a = 1;  // After a.
              // Of b.
              int32 b = 2; // After b.

              // Alone.

              int32 c = 3;
              /* Of d,
               * in two lines. */
              int32 d = 4; /* Before e? No. */ int32 e = 5;
              // Of o.
              oneof o {
                // Of f.
                string f = 6;
                // Of nothing.
              }
              // The first block does not count.
              /* The second does. */
              int32 g = 7;
            }
            """)
        let message = file.messages[0]
        #expect(message.comment == ["One.", "", "  Two."])
        #expect(
            message.fields.map(\.comment) == [
                ["Of a."], ["Of b."], [], ["Of d,", "in two lines."], [], ["Of f."], ["The second does."],
            ])
        #expect(message.oneofs[0].comment == ["Of o."])
    }

    @Test func `the syntax and package are kept, and types carry their full names`() throws {
        let file = try file(
            "syntax = \"proto3\"; package a.b; message M { message N {} N n = 1; .a.b.M m = 2; b.M o = 3; }")
        #expect(file.package == "a.b")
        #expect(file.syntax == .proto3)
        #expect(file.messages[0].messages[0].fullName == "a.b.M.N")
        #expect(file.messages[0].fields.map(\.type) == [.message("a.b.M.N"), .message("a.b.M"), .message("a.b.M")])
    }
}
