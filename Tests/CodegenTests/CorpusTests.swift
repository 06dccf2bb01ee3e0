import Foundation
import Testing

@testable import CodegenCore

/// The cases of `Corpus/`: files, and the diagnostics that compiling them gives.
///
/// Whether each case is accepted was compared with protoc by `Tests/InteropTests/compare_verdicts.py`. To refresh the
/// expected diagnostics, run the tests with `ROOST_REFRESH=1` and read the difference.
@Suite struct CorpusTests {
    @Test(arguments: ["editions", "imports", "literals", "names", "numbers", "options", "proto3", "structure"])
    func `every case of the corpus gives exactly the expected diagnostics`(theme: String) throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/\(theme).txt")
        let cases = CorpusCase.read(try String(contentsOf: url, encoding: .utf8))
        #expect(cases.count > 10)
        if ProcessInfo.processInfo.environment["ROOST_REFRESH"] != nil {
            let text = cases.map { $0.text(expecting: $0.diagnostics) }.joined()
            try text.write(to: url, atomically: true, encoding: .utf8)
            return
        }
        for item in cases {
            #expect(item.diagnostics == item.files["expect"] ?? "", "\(theme): \(item.title)")
        }
    }
}

/// Files in memory.
struct MemoryFiles: SourceProvider {
    var files: [String: [UInt8]]

    init(_ files: [String: String]) { self.files = files.mapValues { Array($0.utf8) } }
    init(main bytes: [UInt8]) { files = ["main.proto": bytes] }

    func read(_ path: String) -> (displayPath: String, bytes: [UInt8])? {
        files[path].map { (path, $0) }
    }
}

extension Compilation {
    /// Each diagnostic's first line.
    var summary: String {
        diagnostics.map { $0.rendered.prefix { $0 != "\n" } + "\n" }.joined()
    }

    static func of(_ main: String) -> Compilation {
        Compiler.compile(["main.proto"], from: MemoryFiles(["main.proto": main]))
    }
}

struct CorpusCase {
    var title: String
    /// In the order of the text; the last may be `expect`.
    var names = ["main.proto"]
    var files: [String: String] = ["main.proto": ""]

    static func read(_ text: String) -> [CorpusCase] {
        var cases: [CorpusCase] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("=== ") {
                cases.append(CorpusCase(title: String(line.dropFirst(4))))
            } else if line.hasPrefix("--- ") {
                let name = String(line.dropFirst(4))
                cases[cases.count - 1].names.append(name)
                cases[cases.count - 1].files[name] = ""
            } else {
                let name = cases[cases.count - 1].names.last ?? ""
                cases[cases.count - 1].files[name, default: ""] += line + "\n"
            }
        }
        return cases
    }

    var diagnostics: String {
        let compilation = Compiler.compile(["main.proto"], from: MemoryFiles(files.filter { $0.key != "expect" }))
        let hasErrors = compilation.diagnostics.contains { $0.severity == .error }
        #expect(hasErrors == (compilation.schema == nil), "\(title)")
        return compilation.summary
    }

    func text(expecting expected: String) -> String {
        var text = "=== \(title)\n"
        for name in names where name != "expect" {
            if name != "main.proto" { text += "--- \(name)\n" }
            text += files[name, default: ""]
        }
        return expected.isEmpty ? text : text + "--- expect\n" + expected
    }
}
