import Testing

/// The rules themselves, on snippets: what they report and, as important, what they let pass.
@Suite struct RuleTests {
    /// The lines that the rule reports.
    private func lines(_ rule: some Rule, _ text: String, in path: String = "Sources/Consensus/A.swift") -> [Int] {
        rule.violations(in: [SourceFile(path: path, text: text)]).map(\.line)
    }

    // MARK: Imports

    @Test(arguments: [
        ("Sources/Consensus/A.swift", "import Foundation"),
        ("Sources/Consensus/A.swift", "import Coordination"),
        ("Sources/Coordination/A.swift", "internal import NIOCore"),
        ("Sources/Replica/A.swift", "@preconcurrency public import Glibc"),
        ("Sources/Replica/A.swift", "import struct Journal.Segment"),
        ("Sources/ByteString/A.swift", "import Protobuf"),
        ("Sources/Messages/A.swift", "import CProtobuf"),
        ("Sources/Server/A.swift", "import CNghttp2"),
        ("Sources/Client/A.swift", "import Server"),
        ("Sources/simulate/A.swift", "import Foundation"),
        ("Sources/simulate/A.swift", "import ArgumentParser"),
        ("Sources/Unheard/A.swift", "let a = 1"),
    ])
    func `an import against the arrows is reported`(path: String, text: String) {
        #expect(lines(ImportRule(), text, in: path) == [1])
    }

    @Test(arguments: [
        ("Sources/Consensus/A.swift", "public import ByteString\nimport DequeModule\nimport Synchronization"),
        ("Sources/Coordination/A.swift", "import Messages\nimport Protobuf\nimport HashTreeCollections"),
        (
            "Sources/Replica/A.swift",
            "// import Foundation\nimport Consensus\nimport Messages\nlet text = \"import NIO\""
        ),
        (
            "Sources/RPC/A.swift",
            "internal import CNghttp2\nimport NIOPosix\nimport NIOConcurrencyHelpers\nimport Logging"
        ),
        ("Sources/Journal/A.swift", "import CChecksum\n#if canImport(Glibc)\nimport Glibc\n#endif"),
        ("Sources/simulate/Command/A.swift", "import ArgumentParser\nimport Simulation\nimport Foundation"),
        ("codegen/Parse/A.swift", "import Descriptors\nimport Foundation"),
        ("Tests/ConsensusTests/A.swift", "import Foundation\n@testable import Consensus"),
        ("Package.swift", "import PackageDescription"),
    ])
    func `an import along the arrows passes`(path: String, text: String) {
        #expect(lines(ImportRule(), text, in: path) == [])
    }

    @Test func `no module builds on itself, and every arrow points at one`() {
        let names = Set(Architecture.targets.map(\.name))
        for target in Architecture.targets {
            #expect(!Architecture.foundations(of: target).contains(target.name))
            #expect(names.isSuperset(of: target.arrows))
        }
    }

    @Test func `C libraries named outside of their shims are reported`() {
        #expect(lines(LibraryRule(), "let a: ProtobufCMessage\nprotobuf_c_message_pack(a)") == [1, 2])
        #expect(lines(LibraryRule(), "#include <protobuf-c/protobuf-c.h>", in: "Sources/CNghttp2/a.c") == [1])
        #expect(lines(LibraryRule(), "nghttp2_session_send(s)", in: "Sources/Server/A.swift") == [1])
        #expect(lines(LibraryRule(), "nghttp2_session_send(s)", in: "Sources/RPC/A.swift") == [])
        #expect(lines(LibraryRule(), "protobuf_c_message_pack(a)", in: "Sources/Protobuf/A.swift") == [])
        #expect(lines(LibraryRule(), "// nghttp2 does this\nlet a = \"nghttp2_x\"\nprotobuf_count = 1") == [])
    }

    // MARK: Purity

    @Test(arguments: [
        "let a = Date()", "let a = Date.now", "ContinuousClock().now", "let c: SuspendingClock",
        "Int.random(in: 0..<9)", "a.shuffled()", "a.randomElement()", "Int.random(in: f(using: 1))",
        "SystemRandomNumberGenerator()", "a.hashValue", "var h = Hasher()", "Task { }", "Task.detached { }",
        "Thread.sleep(1)", "DispatchQueue.main", "await f()", "\"\\(Date())\"",
    ])
    func `a clock, chance or thread in pure code is reported`(text: String) {
        #expect(lines(PurityRule(), text) == [1])
        #expect(lines(PurityRule(), text, in: "Sources/simulate/A.swift") == [1])
        #expect(lines(PurityRule(), text, in: "Sources/Server/A.swift") == [])
        #expect(lines(PurityRule(), text, in: "Sources/simulate/Command/A.swift") == [])
    }

    @Test(arguments: [
        "Int.random(in: 0..<9, using: &generator)", "a.shuffled(using: &generator)", "let now: Instant", "// Date()",
        "\"Date()\"", "enum Office { case random }", "func hash(into hasher: inout Hasher) {}", "let updateDate = 1",
        "case task(Task)", "let random = 1; f(.random)",
    ])
    func `what only looks like one passes`(text: String) {
        #expect(lines(PurityRule(), text) == [])
    }

    @Test func `code that is simulated and real may wait, but has no clock`() {
        #expect(lines(PurityRule(), "await f()\nTask { }\nContinuousClock()", in: "Sources/Driver/A.swift") == [3])
    }

    // MARK: Sizes

    @Test func `a file of 501 lines is reported, a generated or shorter one is not`() {
        let text = String(repeating: "\n", count: 501)
        #expect(lines(FileLengthRule(), text) == [501])
        #expect(lines(FileLengthRule(), String(text.dropLast())) == [])
        #expect(lines(FileLengthRule(), text, in: "Sources/Messages/a.pb.swift") == [])
        #expect(lines(FileLengthRule(), text, in: "Sources/Stubs/a.stubs.swift") == [])
        #expect(lines(FileLengthRule(), text, in: "Sources/Messages/Registry.swift") == [])
        #expect(lines(FileLengthRule(), text, in: "Sources/RPC/Registry.swift") == [501])
        #expect(lines(FileLengthRule(), text, in: "Sources/CProtobuf/a.c") == [])
        #expect(lines(FileLengthRule(), text + text, in: "Sources/CProtobuf/a.c") == [701])
    }

    @Test(arguments: [
        "func a() {", "init?(a: Int = { 1 }()) {", "deinit {", "subscript(a: Int) -> Int {", "var a: [Int] {",
        "static func < (l: A, r: A) -> Bool {",
        "func a<T>(_ f: @escaping () -> Void) async throws(E) -> T where T == A {",
        "func `switch`() {",
    ])
    func `a body of more than 70 lines is reported, whatever has it`(head: String) {
        func body(_ count: Int) -> String {
            head + "\n" + String(repeating: "x = \"}\" // }\n", count: count - 2) + "}\nlet b = 1"
        }
        #expect(lines(FunctionLengthRule(), "\n" + body(71)) == [2])
        #expect(lines(FunctionLengthRule(), body(70)) == [])
    }

    @Test func `a requirement or stored property does not take the next body for its own`() {
        let long = String(repeating: "x\n", count: 80)
        #expect(lines(FunctionLengthRule(), "protocol P { func a()\n init(a: Int)\n }\nstruct A {\n\(long) }") == [])
        #expect(lines(FunctionLengthRule(), "var a: Int\nvar b = 1\nstruct A {\n\(long) }") == [])
        #expect(lines(FunctionLengthRule(), "self.init(a: 1)\nlet c = a.init(b)\nenum A {\n\(long) }") == [])
    }

    @Test func `a line of 121 columns is reported, counted in characters`() {
        #expect(lines(LineWidthRule(), "a\n// " + String(repeating: "x", count: 118)) == [2])
        #expect(lines(LineWidthRule(), "// " + String(repeating: "é", count: 117)) == [])
        #expect(lines(LineWidthRule(), "// https://" + String(repeating: "x", count: 120)) == [])
    }

    // MARK: Words

    @Test func `types named for nothing are reported`() {
        #expect(
            lines(TypeNameRule(), "struct PeerManager {}\nfinal class TestHelper {}\nenum StringUtils {}") == [1, 2, 3])
        #expect(
            lines(TypeNameRule(), "struct Management {}\nlet manager: FileManager\nclass func makeHelper() {}") == [])
    }

    @Test(arguments: [
        "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "unsafeBitCast(a, to: B.self)",
        "let a = unsafe b", "x.unsafelyUnwrapped",
    ])
    func `unchecked code without a comment is reported`(text: String) {
        #expect(lines(ProofRule(), text) == [1])
        #expect(lines(ProofRule(), "// MARK: - A\n//\n" + text) == [3])
        #expect(lines(ProofRule(), "// Why it holds.\n\n\n\n\n\n\n" + text) == [8])
        #expect(lines(ProofRule(), "/// Why it holds.\n\n\n\n\n\n" + text) == [])
        #expect(lines(ProofRule(), text + " // why it holds") == [])
    }

    @Test func `safe code that lends pointers needs no proof`() {
        #expect(lines(ProofRule(), "bytes.withUnsafeBytes { $0.count }\nlet p: UnsafeRawPointer") == [])
    }

    @Test func `marks of unfinished work are reported in any file`() {
        for marker in MarkerRule.markers {
            #expect(lines(MarkerRule(), "a\n# \(marker): b", in: "Makefile") == [2])
            #expect(lines(MarkerRule(), "mkstemp(\"\(marker)\(marker)\")\nlet a\(marker) = 1") == [])
        }
    }

    @Test func `places on one machine are reported`() {
        for place in PlaceRule.places {
            #expect(lines(PlaceRule(), "see \(place).md", in: "README.md") == [1])
            #expect(lines(PlaceRule(), "\(place)", in: "README.md") == [1])
            #expect(lines(PlaceRule(), "a\(place)er .github\(place)flows", in: "README.md") == [])
        }
        #expect(lines(PlaceRule(), "http://localhost:2379/workers", in: "README.md") == [])
    }
}
