import Foundation
import Testing

@testable import CodegenCore

/// A small generator of pseudo-random numbers (xorshift64*), the same in every run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }
}

/// Whatever the text, the compiler comes to an end, says what is wrong at a place that exists, and crashes never.
@Suite struct HostileInputTests {
    /// The texts that are mutated: the corpus, and this package's own files.
    static func seeds() throws -> [[UInt8]] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        var texts: [[UInt8]] = []
        for theme in ["editions", "imports", "literals", "names", "numbers", "options", "proto3", "structure"] {
            let text = try String(contentsOf: tests.appending(path: "Corpus/\(theme).txt"), encoding: .utf8)
            texts += CorpusCase.read(text).map { Array($0.files["main.proto", default: ""].utf8) }
        }
        return texts
    }

    static let interesting: [String] = [
        "{", "}", "(", ")", "[", "]", "<", ">", ";", "=", ".", ",", "-", "\"", "'", "\\", "/*", "*/", "//", "0", "-1",
        "max",
        "18446744073709551616", "message", "group", "oneof", "map<int32,int32>", "extend", "option", "reserved", "to",
        "optional", "import \"main.proto\";", "syntax", "\0", "\u{FEFF}", "\n", "1e999", "0x", "\\u", "M", ".M",
        "stream",
    ]

    static func mutate(_ text: [UInt8], with random: inout Seeded, other: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0...text.count, using: &random)
            let length = min(text.count - place, Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<7, using: &random) {
            case 0: text.removeSubrange(place..<(place + length))
            case 1: text.insert(contentsOf: text[place..<(place + length)], at: place)
            case 2: text.insert(contentsOf: Array(interesting.randomElement(using: &random)!.utf8), at: place)
            case 3 where place < text.count: text[place] = UInt8.random(in: 0...255, using: &random)
            case 4: text.removeSubrange(place...)
            case 5 where !other.isEmpty:
                let start = Int.random(in: 0..<other.count, using: &random)
                text.insert(contentsOf: other[start..<min(other.count, start + 40)], at: place)
            default:
                let target = Int.random(in: 0...text.count, using: &random)
                let moved = Array(text[place..<(place + length)])
                text.insert(contentsOf: moved, at: target)
            }
        }
        return text
    }

    @Test(arguments: 1...4)
    func `mutated files are refused with a place that exists, or compiled`(seed: UInt64) throws {
        let seeds = try Self.seeds()
        var random = Seeded(state: seed &* 0x9E37_79B9_7F4A_7C15)
        for _ in 0..<500 {
            let first = seeds.randomElement(using: &random)!
            let second = seeds.randomElement(using: &random)!
            let text = Self.mutate(first, with: &random, other: second)
            let compilation = Compiler.compile(["main.proto"], from: MemoryFiles(main: text))
            let lines = text.count { $0 == 0x0A } + 1
            for diagnostic in compilation.diagnostics {
                #expect(diagnostic.line <= lines && diagnostic.column <= text.count + 1 && !diagnostic.message.isEmpty)
                #expect(diagnostic.path == "main.proto", "\(diagnostic.rendered)")
            }
            let hasErrors = compilation.diagnostics.contains { $0.severity == .error }
            #expect(hasErrors == (compilation.schema == nil))
        }
    }

    @Test func `random bytes are refused`() {
        var random = Seeded(state: 7)
        for length in stride(from: 1, to: 300, by: 3) {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = Compiler.compile(["main.proto"], from: MemoryFiles(main: bytes))
        }
    }

    @Test(arguments: [
        ("message A { ", ""), ("message A { optional group G = 1 { ", ""), ("option a = { b { ", ""),
        ("option a = { b: < ", ""),
        ("option a = { b: [ { ", ""), ("message A { oneof o { ", ""), ("extend A { ", ""), ("enum E { ", ""), ("{", ""),
        ("service S { rpc A(B) returns (C) { option x = ", ""), ("import \"", ""), ("(", ")"), ("[", "]"),
        ("}", ""), ("/*", ""),
        ("a.", ""), ("\"a\" ", ""), ("message A { map<", ""),
    ])
    func `endless nesting does not exhaust the stack`(open: String, close: String) {
        let text =
            "syntax = \"proto2\"; " + String(repeating: open, count: 10_000) + String(repeating: close, count: 10_000)
        #expect(Compilation.of(text).schema == nil)
    }

    @Test func `a long chain of imports does not exhaust the stack`() throws {
        var files: [String: String] = [:]
        for index in 0..<3_000 {
            let isLast = index == 2_999
            let next = isLast ? "" : "import \"f\(index + 1).proto\";"
            let field = isLast ? "" : "M\(index + 1) next = 1;"
            files["f\(index).proto"] = "syntax = \"proto3\"; \(next) message M\(index) { \(field) }"
        }
        let schema = try #require(Compiler.compile(["f0.proto"], from: MemoryFiles(files)).schema)
        #expect(schema.files.count == 3_000)
    }

    @Test func `a long chain of adjoining strings, names and options is read`() throws {
        let strings = String(repeating: "\"a\" ", count: 10_000)
        let options = (0..<2_000).map { "option (o\($0)) = 1;" }.joined()
        let extensions = (0..<2_000).map { "optional int32 o\($0) = \(50_000 + $0);" }.joined()
        let compilation = Compilation.of(
            """
            syntax = "proto2"; import "google/protobuf/descriptor.proto"; option java_package = \(strings);
            extend google.protobuf.FileOptions { \(extensions) } \(options)
            """)
        #expect(compilation.diagnostics.isEmpty, "\(compilation.summary.prefix(500))")
    }

    @Test func `an option's name of endless parts does not exhaust the stack`() {
        let compilation = Compilation.of(
            """
            syntax = "proto2"; import "google/protobuf/descriptor.proto"; message R { optional R r = 1; }
            extend google.protobuf.MessageOptions { optional R rule = 50000; }
            message M { option (rule)\(String(repeating: ".r", count: 20_000)) = {}; }
            """)
        #expect(compilation.summary == "main.proto:3:20: error: an option's name may have 64 parts, not more\n")
    }

    @Test(arguments: [#"option java_package = "\xff";"#, #"message M { option (note) = "a\300\200"; }"#])
    func `text of an option that is not UTF-8 is refused`(text: String) {
        let compilation = Compilation.of(
            """
            syntax = "proto2"; import "google/protobuf/descriptor.proto";
            extend google.protobuf.MessageOptions { optional string note = 50000; }
            \(text)
            """)
        #expect(compilation.schema == nil)
        #expect(compilation.summary.hasSuffix("must be UTF-8\n"))
    }

    @Test func `protobuf's own options may be defined otherwise`() throws {
        let compilation = Compilation.of(
            #"""
            syntax = "proto2"; package google.protobuf;
            message FileOptions { optional bytes java_package = 1; optional FileOptions go_package = 11; }
            option java_package = "\xff"; option go_package = { go_package: {} };
            """#)
        let descriptor = try #require(compilation.schema).files[0].descriptor
        #expect(descriptor.options.map { Array($0.unknownFields.map(\.number)) } == [1, 11])
        #expect(try !descriptor.encoded().isEmpty)
    }

    @Test func `thousands of errors are all told`() {
        let fields = (0..<3_000).map { "Unknown\($0) a\($0) = 1;\n" }.joined()
        let compilation = Compilation.of("syntax = \"proto3\"; message M {\n\(fields)}")
        #expect(compilation.diagnostics.count == 3_000 + 2_999)
    }
}
