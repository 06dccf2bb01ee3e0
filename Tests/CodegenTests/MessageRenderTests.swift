import Testing

@testable import CodegenCore

/// What the messages' renderer writes. That it compiles and works is shown by the tests of Protobuf, on such files.
@Suite struct MessageRenderTests {
    func schema(_ text: String, syntax: String = "proto3", package: String = "roost.v1") throws -> Schema {
        let compilation = Compilation.of("syntax = \"\(syntax)\"; package \(package);\n" + text)
        return try #require(compilation.schema, "\(compilation.summary)")
    }

    func message(_ text: String) throws -> MessageModel {
        try #require(try schema(text).files.last?.messages.first)
    }

    // MARK: Words

    @Test(arguments: [
        ("request_id", "requestID"), ("id", "id"), ("user_ids", "userIDs"), ("HTTPServer", "httpServer"),
        ("callback_url", "callbackURL"), ("userName", "userName"), ("READ_LEVEL", "readLevel"), ("x", "x"),
        ("grid", "grid"), ("utf8_text", "utf8Text"), ("a_b_c", "aBC"), ("_leading", "leading"), ("__", "__"),
        ("last_heartbeat_age_ms", "lastHeartbeatAgeMs"), ("sha256sum", "sha256sum"), ("value2x", "value2x"),
    ])
    func `a field's name follows the Swift API Design Guidelines`(name: String, expected: String) {
        #expect(Words.lowerCamel(name) == expected)
    }

    // MARK: Names of types

    @Test func `a package has its prefix, and the default one is its name`() throws {
        let schema = try schema("message Status { message Inner {} enum Kind { KIND_A = 0; } }", package: "google.rpc")
        let byDefault = try TypeNames(schema)
        #expect(byDefault.name(of: "google.rpc.Status") == "GoogleRpcStatus")
        #expect(byDefault.name(of: "google.rpc.Status.Inner") == "GoogleRpcStatus.Inner")
        #expect(byDefault.name(of: "google.rpc.Status.Kind") == "GoogleRpcStatus.Kind")
        let plain = try TypeNames(schema, options: RenderOptions(typePrefixes: ["google.rpc": ""]))
        #expect(plain.name(of: "google.rpc.Status") == "Status")
    }

    @Test func `two types that would have one name are refused`() throws {
        let schema = try schema("message AB {} message A { message B {} }", package: "x")
        var files = schema.files
        files[0].messages[1].name = "AB"
        #expect(throws: RenderError(name: "x.A", reason: "would be XAB in Swift, as x.AB is")) {
            try TypeNames(Schema(files: files))
        }
    }

    @Test func `what is imported from another module is named with it, and that module is imported`() throws {
        let text = """
            import "google/protobuf/any.proto"; import "lib/kind.proto";
            message M { google.protobuf.Any any = 1; lib.Kind kind = 2; message WellKnownTypes {} }
            """
        var options = RenderOptions(moduleName: "Shop")
        options.modules = [
            ModuleMapping(path: "lib", module: "Wrong"), ModuleMapping(path: "lib/kind.proto", module: "Library"),
        ]
        let sources = ["shop.proto": "syntax = \"proto3\"; package shop;\n" + text, "lib/kind.proto": Self.kind]
        let schema = try #require(Compiler.compile(["shop.proto"], from: MemoryFiles(sources)).schema)
        let rendered = try Renderer(schema, options: options).messageFiles()[0].text
        #expect(rendered.contains("import Library\nimport Protobuf\nimport WellKnownTypes\n"))
        #expect(rendered.contains("public var any: WellKnownTypes.GoogleProtobufAny?"))
        #expect(rendered.contains("public var kind: Library.LibKind"))
        #expect(rendered.contains("imports: [\n            WellKnownTypes.GoogleProtobufAny.layout,\n"))
        #expect(rendered.contains("struct WellKnownTypes_: "))
    }

    private static let kind = "syntax = \"proto3\"; package lib; enum Kind { NONE = 0; }"

    @Test(arguments: [(AccessLevel.package, "package "), (.internal, "")])
    func `who may use it can be said, and then nothing is public`(access: AccessLevel, word: String) throws {
        let text = """
            message M { M m = 1; oneof o { string a = 2; } enum E { E_A = 0; } repeated E es = 3; }
            service S { rpc Call(M) returns (stream M); }
            """
        let schema = try schema(text)
        var options = RenderOptions()
        options.access = access
        options.stubsShareModule = true
        let messages = try Renderer(schema, options: options).messageFiles().map(\.text)
        let stubs = try StubRenderer(schema, options: options).files().map(\.text)
        for file in messages + stubs { #expect(!file.contains("public")) }
        #expect(messages[0].contains("\n\(word)struct M: Protobuf.Message {"))
        #expect(messages[0].contains("    @Protobuf.Indirect\n    \(word)var m: M?"))
        #expect(stubs[0].contains("\n\(word)struct SClient: Sendable {"))
        #expect(!stubs[0].contains("import Messages"))
    }

    @Test func `a type that another hides is named with its module`() throws {
        let text = try rendered("message Body {} message M { Body plain = 1; oneof body { Body chosen = 2; } }")
        #expect(text.contains("public var plain: Messages.Body?"))
        #expect(text.contains("case chosen(Messages.Body)"))
        #expect(text.contains("public var body: Body?"))
    }

    @Test func `names that Swift or the runtime keeps are changed`() throws {
        let names = try TypeNames(schema("message Type {} message Any {} message Protobuf {} message Message {}"))
        #expect(names.name(of: "roost.v1.Type") == "Type_")
        #expect(names.name(of: "roost.v1.Any") == "Any_")
        #expect(names.name(of: "roost.v1.Protobuf") == "Protobuf_")
        #expect(names.name(of: "roost.v1.Message") == "Message")
    }

    @Test func `a default that a literal cannot say exactly enough is given by its bits`() throws {
        let file = """
            message M {
              optional double tiny = 1 [default = 5e-324];
              optional float tiny_float = 2 [default = -1e-45];
              optional float too_large = 3 [default = -1e39];
              optional double plain = 4 [default = 1e-300];
            }
            """
        let text = try #require(try Renderer(schema(file, syntax: "proto2")).messageFiles().first?.text)
        #expect(text.contains("self.tiny ?? Swift.Double(bitPattern: 1) }"))
        #expect(text.contains("self.tinyFloat ?? Swift.Float(bitPattern: 2147483649) }"))
        #expect(text.contains("self.tooLarge ?? -.infinity }"))
        #expect(text.contains("self.plain ?? 1e-300 }"))
    }

    // MARK: Names of values

    private func cases(_ text: String) throws -> [String] {
        CaseNames(try #require(try schema(text).files.last?.enums.first)).values
    }

    @Test func `an enum's values lose the enum's name if all of them begin with it`() throws {
        #expect(
            try cases("enum ReadLevel { READ_LEVEL_LINEARIZABLE = 0; READ_LEVEL_OLD = 1; }") == ["linearizable", "old"])
        #expect(try cases("enum ReadLevel { READLEVEL_A = 0; read_level_b = 1; }") == ["a", "b"])
        #expect(try cases("enum Mixed { MIXED_A = 0; OTHER = 1; }") == ["mixedA", "other"])
        #expect(try cases("enum Code { CODE_OK = 0; CODE_2XX = 1; CODE = 2; }") == ["codeOk", "code2xx", "code"])
        #expect(try cases("enum Code { CODE_OK = 0; CODE_2XX = 1; }") == ["ok", "code2xx"])
        #expect(try cases("enum Code { CODE_UNRECOGNIZED = 0; CODE_SELF = 1; }") == ["unrecognized_", "self_"])
    }

    // MARK: The C struct

    @Test func `the parts of a struct are aligned and do not overlap`() throws {
        let model = try message(
            """
            message M {
              bool a = 1; bytes b = 2; uint64 c = 3; M d = 4; repeated int32 e = 5; optional fixed32 f = 6;
              oneof g { string h = 7; M i = 8; bool j = 9; }
              oneof k { double l = 10; }
              map<string, int32> m = 11; float n = 12; string o = 13;
            }
            """)
        let layout = StructLayout(model)
        var used = Set(0..<24)
        var seenOneofs: Set<Int> = []
        for (field, place) in zip(model.fields, layout.places) {
            if let oneof = field.oneofIndex, !seenOneofs.insert(oneof).inserted { continue }
            let isWide = field.oneofIndex == 0 || field.type == .string || field.type == .bytes
            let isNarrow = [.bool, .fixed32, .float].contains(field.type)
            let width = field.label == .repeated ? 8 : isWide ? 16 : isNarrow ? 4 : 8
            #expect(place.value % min(width, 8) == 0, "\(field.name)")
            var bytes = Set(place.value..<place.value + width)
            if place.quantifier > 0 {
                let quantifierWidth = field.label == .repeated ? 8 : 4
                #expect(place.quantifier % quantifierWidth == 0)
                bytes.formUnion(place.quantifier..<place.quantifier + quantifierWidth)
            } else {
                #expect(field.type.isMessage)
            }
            #expect(used.isDisjoint(with: bytes), "\(field.name)")
            used.formUnion(bytes)
        }
        #expect(layout.size % 8 == 0)
        #expect(layout.size - 8 < used.count && used.max()! < layout.size)
        let members = zip(model.fields, layout.places).filter { $0.0.oneofIndex == 0 }.map(\.1)
        #expect(Set(members.map(\.value)).count == 1 && Set(members.map(\.quantifier)).count == 1)
    }

    // MARK: Files

    func rendered(_ text: String, syntax: String = "proto3") throws -> String {
        let files = try Renderer(schema(text, syntax: syntax)).messageFiles()
        #expect(files.suffix(2).map(\.name) == ["Descriptors.swift", "Registry.swift"])
        return files.dropLast(2).map(\.text).joined()
    }

    @Test func `a message is a struct with a table`() throws {
        let text = try rendered(
            """
            // What is told.
            message Note {
              // In order.
              repeated string lines = 2;
              // Since when.
              optional uint64 since = 1 [deprecated = true];
            }
            """)
        #expect(text == Self.note)
    }

    private static let note = """
        // Generated from main.proto by codegen. Do not edit.
        // swift-format-ignore-file

        import Protobuf

        /// What is told.
        public struct Note: Protobuf.Message {
            /// In order.
            public var lines: [Swift.String] = []
            /// Since when.
            ///
            /// - Warning: Deprecated.
            public var since: Swift.UInt64?
            public var unknownFields = Protobuf.UnknownFields()

            public init() {}

            public init(
                lines: [Swift.String] = [],
                since: Swift.UInt64? = nil
            ) {
                self.lines = lines
                self.since = since
            }

            public static var fullName: Swift.String { "roost.v1.Note" }
            public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

            public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
                writer.repeated(self.lines, record, count: 24, at: 32)
                writer.optional(self.since, record, has: 48, at: 40)
                writer.unknown(self.unknownFields, record)
            }

            public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
                reader.repeated(record, count: 24, at: 32, into: &self.lines)
                reader.optional(record, has: 48, at: 40, into: &self.since)
                reader.unknown(record, into: &self.unknownFields)
            }
        }

        private enum _FileLayout {
            static let file = Protobuf.FileLayout(
                words: [
                    1, 0,
                    56, 2,  // roost.v1.Note
                    1, 8, 48, 40, 0,  // since
                    2, 270, 24, 32, 0,  // lines
                ],
                names: \"""
                    roost.v1.Note since lines
                    \""")
        }

        """

    @Test func `messages that contain each other are boxed, through a oneof too`() throws {
        let text = try rendered(
            """
            message A { B b = 1; repeated A list = 2; map<string, A> all = 3; C c = 4; }
            message B { oneof choice { A a = 1; C other = 2; } }
            message C { int32 x = 1; }
            """)
        #expect(text.contains("    @Protobuf.Indirect\n    public var b: B?"))
        #expect(text.contains("    indirect case a(A)"))
        #expect(text.contains("    public var list: [A] = []"))
        #expect(text.contains("    public var all: [Swift.String: A] = [:]"))
        #expect(text.contains("    public var c: C?"))
        #expect(text.contains("    case other(C)"))
    }

    @Test func `the same schema gives the same text`() throws {
        let text =
            "message A { map<string, B> m = 1; oneof o { B b = 2; A a = 3; } } "
            + "message B { enum E { E_X = 0; } E e = 1; }"
        #expect(try rendered(text) == rendered(text))
    }

    @Test func `a group is a nested struct that is written apart`() throws {
        let text = try rendered(
            "message M { optional group Part = 1 { optional int32 x = 1; } repeated group Many = 2 {} }",
            syntax: "proto2")
        #expect(text.contains("    public var part: M.Part?\n    public var many: [M.Many] = []\n"))
        #expect(text.contains("        writer.delimited(self.part, 1, &delimited, record, at: 24)\n"))
        #expect(text.contains("        writer.delimited(self.many, 2, &delimited, record, count: 32)\n"))
        #expect(text.contains("        writer.unknown(self.unknownFields, delimited, record)\n"))
        // The flags say that it lies between tags.
        #expect(text.contains("\(16 | 16 << 8), 0, 24, 1,  // part"))
    }

    @Test func `a file's name tells its directory`() {
        #expect(Renderer.fileName(of: "roost/v1/store.proto") == "roost_v1_store.pb.swift")
        #expect(Renderer.fileName(of: "plain.proto") == "plain.pb.swift")
    }

    @Test func `the registry lists every message by its full name`() throws {
        let files = try Renderer(schema("message B { message C { map<int32, int32> m = 1; } } message A {}"))
            .messageFiles()
        let registry = try #require(files.last?.text)
        #expect(registry.contains("        A.self,\n        B.self,\n        B.C.self,\n    ]\n"))
    }
}
