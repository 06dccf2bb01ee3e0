import Descriptors
import Foundation
import Messages
import Protobuf
import Testing

@testable import CodegenCore

/// Whether whole files are described as protoc describes them is what `Tests/InteropTests/python/corpus.py` compares.
@Suite struct DescriptorTests {
    /// The descriptor of a file, and where its parts stand.
    func describe(
        _ text: String, with others: [String: String] = [:], keepsSourceOptions: Bool = false
    ) throws -> (file: FileDescriptorProto, info: SourceCodeInfo) {
        let files = MemoryFiles(others.merging(["main.proto": text]) { $1 })
        let compilation = Compiler.compile(["main.proto"], from: files, keepsSourceOptions: keepsSourceOptions)
        #expect(compilation.diagnostics.isEmpty, "\(compilation.summary)")
        let file = try #require(compilation.schema?.files.last)
        return (file.descriptor, file.sourceInfo)
    }

    func field(_ text: String, syntax: String = "proto2") throws -> FieldDescriptorProto {
        let text = "syntax = \"\(syntax)\"; message M { \(text) } enum E { Z = 0; Y = 1; }"
        return try #require(try describe(text).file.messageType.first?.field.first)
    }

    @Test(arguments: [
        ("int32", "-017", "-15"), ("uint64", "0xFFFFFFFFFFFFFFFF", "18446744073709551615"), ("sint32", "-0", "0"),
        ("double", "1.5e3", "1500"), ("double", "1e22", "1e+22"), ("double", "0.1", "0.1"), ("double", "-0.0", "-0"),
        ("double", "0.30000000000000004", "0.30000000000000004"), ("float", "0.1", "0.1"), ("float", "1e10", "1e+10"),
        ("float", "16777217", "16777216"), ("double", "-inf", "-inf"), ("float", "nan", "nan"),
        ("bool", "true", "true"), ("E", "Y", "Y"), ("string", #""\x41\n\"é""#, "A\n\"é"),
        ("bytes", #""\x00\n\"'\xff A""#, #"\000\n\"\'\377 A"#),
    ])
    func `a default is written as protoc writes it`(type: String, written: String, text: String) throws {
        #expect(try field("optional \(type) a = 1 [default = \(written)];").defaultValue == text)
    }

    @Test func `an optional field of proto3 is in a oneof of its own, after those that were declared`() throws {
        let message = try describe(
            """
            syntax = "proto3";
            message M { optional int32 a = 1; oneof o { int32 b = 2; } optional int32 _c = 3; int32 _a = 4; }
            """
        ).file.messageType[0]
        #expect(message.oneofDecl.map(\.name) == ["o", "X_a", "X_c"])
        #expect(message.field.map(\.oneofIndex) == [1, 0, 2, nil])
        #expect(message.field.map(\.proto3Optional) == [true, nil, true, nil])
    }

    @Test func `a map is a repeated field of an entry message, a group a field and a message`() throws {
        let message = try describe(
            "syntax = \"proto2\"; message M { map<string, M> by_name = 4; optional group G = 1 {} }"
        ).file.messageType[0]
        #expect(message.nestedType.map(\.name) == ["ByNameEntry", "G"])
        #expect(message.nestedType[0].options == MessageOptions(mapEntry: true))
        #expect(message.nestedType[0].field.map(\.typeName) == [nil, ".M"])
        #expect(message.field.map(\.name) == ["by_name", "g"])
        #expect(message.field.map(\.type) == [.message, .group])
        #expect(message.field.map(\.typeName) == [".M.ByNameEntry", ".M.G"])
        #expect(message.field[0].jsonName == "byName")
    }

    @Test func `custom options are unknown fields in the order of their numbers, merged where they are parts`() throws {
        let text = """
            syntax = "proto2";
            import "google/protobuf/descriptor.proto";
            message Rule { optional int32 a = 1; repeated string b = 2; optional Rule c = 3; }
            extend google.protobuf.MessageOptions {
              optional Rule rule = 5001;
              repeated sint32 n = 5000 [packed = true];
            }
            message M {
              option (rule).c.a = 7;
              option (rule) .b = "x";
              option (n) = -1;
              option deprecated = true;
              option (n) = 2;
              option (rule).c.b = "y";
            }
            """
        let options = try #require(try describe(text).file.messageType.last?.options)
        #expect(options.deprecated == true)
        let inner = UnknownFields([UnknownField(number: 1, varint: 7), UnknownField(number: 2, bytes: [0x79])])
        let rule = UnknownFields([
            UnknownField(number: 2, bytes: [0x78]), UnknownField(number: 3, bytes: inner.encoded()),
        ])
        #expect(
            Array(options.unknownFields) == [
                UnknownField(number: 5000, bytes: [1, 4]), UnknownField(number: 5001, bytes: rule.encoded()),
            ])
    }

    @Test func `options for reading the source only are left out, with their places`() throws {
        let text = """
            syntax = "proto2";
            import "google/protobuf/descriptor.proto";
            extend google.protobuf.EnumOptions { optional int32 note = 5000 [retention = RETENTION_SOURCE]; }
            enum E { option (note) = 1; A = 0; }
            """
        let (file, info) = try describe(text)
        #expect(file.enumType[0].options == nil)
        #expect(!info.location.contains { $0.path.starts(with: [5, 0, 3]) })
        let (kept, keptInfo) = try describe(text, keepsSourceOptions: true)
        #expect(kept.enumType[0].options.map { Array($0.unknownFields) } == [UnknownField(number: 5000, varint: 1)])
        #expect(keptInfo.location.contains { $0.path == [5, 0, 3, 5000] })
    }

    @Test func `comments belong to what is before, after, or nothing, and places are lines and columns`() throws {
        let (_, info) = try describe(
            """
            // Detached.

            // Of the syntax.
            syntax = "proto3";  // After it.

            /* Of the
             * message. */
            message Msg {
            \tint32 a = 1; // After a.
              // Of b.
              int32 b = 2;
              // At the end.
            }
            """)
        func location(_ path: [Int32]) throws -> SourceCodeInfo.Location {
            try #require(info.location.first { $0.path == path })
        }
        #expect(try location([]).span == [3, 0, 12, 1])
        let syntax = try location([12])
        #expect(syntax.leadingDetachedComments == [" Detached.\n"])
        #expect(syntax.leadingComments == " Of the syntax.\n")
        #expect(syntax.trailingComments == " After it.\n")
        #expect(try location([4, 0]).leadingComments == " Of the\n message. ")
        #expect(try location([4, 0, 2, 0]).span == [8, 8, 20])
        #expect(try location([4, 0, 2, 0]).trailingComments == " After a.\n")
        #expect(try location([4, 0, 2, 1]).leadingComments == " Of b.\n")
        #expect(try location([4, 0, 2, 1]).trailingComments == " At the end.\n")
    }

    @Test func `a set has the files that were asked for, or with imports all, each after its imports`() throws {
        let files = MemoryFiles([
            "a.proto": "syntax = \"proto3\"; import \"b.proto\"; message A { B b = 1; }",
            "b.proto": "syntax = \"proto3\"; message B {}",
        ])
        let schema = try #require(Compiler.compile(["a.proto"], from: files).schema)
        func names(includesImports: Bool) throws -> [String?] {
            let bytes = try DescriptorSet.make(schema, includesImports: includesImports, includesSourceInfo: false)
            return try FileDescriptorSet(decoding: bytes).file.map(\.name)
        }
        #expect(try names(includesImports: false) == ["a.proto"])
        #expect(try names(includesImports: true) == ["b.proto", "a.proto"])
    }
}

@Suite struct BootstrapTests {
    /// `codegen/Protos`, where the compiler's own descriptor messages are defined.
    struct OwnFiles: SourceProvider {
        func read(_ path: String) -> (displayPath: String, bytes: [UInt8])? {
            let place = PackageFiles.root.appending(path: "codegen/Protos/\(path)")
            return (try? Data(contentsOf: place)).map { (place.path, Array($0)) }
        }
    }

    @Test func `the compiler, built from its own output, gives that output again`() throws {
        let compilation = Compiler.compile([DescriptorOptions.path], from: OwnFiles())
        #expect(compilation.diagnostics.isEmpty, "\(compilation.summary)")
        let schema = try #require(compilation.schema)
        let options = RenderOptions(typePrefixes: ["google.protobuf": ""], moduleName: "Descriptors")
        let files = try Renderer(schema, options: options).messageFiles()
        #expect(files.count == 3)
        for file in files {
            let place = PackageFiles.root.appending(path: "Sources/Descriptors/\(file.name)")
            let text = try? String(contentsOf: place, encoding: .utf8)
            #expect(text == file.text, "Sources/Descriptors/\(file.name) differs: run 'make generate'")
        }
    }

    @Test func `the compiler knows its own descriptor as it would read it`() throws {
        let schema = try #require(Compiler.compile([DescriptorOptions.path], from: OwnFiles()).schema)
        let carried = try #require(Descriptors.FileDescriptors.all.first)
        #expect(carried.name == DescriptorOptions.path)
        #expect(try FileDescriptorProto(decoding: carried.encoded) == schema.files[0].descriptor)
        // Without a file of that name, the built-in one is what is described.
        let builtIn = try #require(Compiler.compile([DescriptorOptions.path], from: MemoryFiles([:])).schema)
        #expect(builtIn.files[0].descriptor == schema.files[0].descriptor)
    }
}

@Suite struct CarriedDescriptorTests {
    @Test func `generated code carries the descriptor of each file and of what it imports`() throws {
        let paths = try PackageFiles.paths()
        let schema = try #require(Compiler.compile(paths, from: PackageFiles()).schema)
        let carried = Messages.FileDescriptors.all
        #expect(carried.map(\.name) == schema.files.map(\.path))
        var known: Set<String> = []
        for (file, model) in zip(carried, schema.files) {
            let descriptor = try FileDescriptorProto(decoding: file.encoded)
            #expect(descriptor == model.descriptor)
            #expect(descriptor.name == file.name && descriptor.dependency == file.dependencies)
            #expect(known.isSuperset(of: file.dependencies))
            known.insert(file.name)
        }
    }

    @Test func `a file is found by its name, and by whatever it defines`() throws {
        let index = try DescriptorIndex(Messages.FileDescriptors.all + Descriptors.FileDescriptors.all)
        #expect(index.file(named: "roost/v1/store.proto")?.dependencies.isEmpty == false)
        for symbol in [
            "roost.v1.Store", "roost.v1.Store.Get", "roost.v1.GetRequest", "roost.v1.GetRequest.path",
            "roost.v1.EventKind", "roost.v1.EVENT_KIND_UNSPECIFIED",
        ] {
            #expect(index.file(defining: symbol)?.name == "roost/v1/store.proto", "\(symbol)")
        }
        #expect(index.file(defining: "google.protobuf.Any")?.name == "google/protobuf/any.proto")
        #expect(index.file(defining: "roost.v1.Nothing") == nil)
        #expect(index.file(named: "nothing.proto") == nil)
        #expect(index.services.contains("roost.v1.Store"))
    }

    @Test func `extensions are found by the message that they extend`() throws {
        let text = """
            syntax = "proto2";
            message M { extensions 100 to 200; extend M { optional int32 b = 102; } }
            extend M { optional int32 a = 101; }
            """
        let schema = try #require(Compilation.of(text).schema)
        let rendered = DescriptorsRenderer(schema: schema, access: .public).render()
        #expect(rendered.contains("name: \"main.proto\""))
        // What is carried is a literal, so the index is asked about a file that is: none of ours has extensions.
        let index = try DescriptorIndex(Descriptors.FileDescriptors.all)
        #expect(index.extensionNumbers(of: "google.protobuf.FileOptions").isEmpty)
        #expect(index.file(extending: "google.protobuf.FileOptions", number: 990) == nil)
    }
}
