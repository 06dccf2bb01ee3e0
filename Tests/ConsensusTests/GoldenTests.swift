import Foundation
import Testing

/// Scripts with what they give written beside. `ROOST_GOLDEN=refresh swift test --filter GoldenTests` writes it anew.
@Suite("Golden interaction scripts")
struct GoldenTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    static let isRefreshing = ProcessInfo.processInfo.environment["ROOST_GOLDEN"] == "refresh"
    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted()
    }()

    @Test(arguments: names)
    func `members do what the script says`(name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        let expected = try String(contentsOf: file, encoding: .utf8)
        let actual = Script.run(expected)
        if Self.isRefreshing {
            try actual.write(to: file, atomically: true, encoding: .utf8)
        } else {
            let lines = zip(actual.split(separator: "\n"), expected.split(separator: "\n"))
            let difference = lines.enumerated().first { $0.element.0 != $0.element.1 }
            #expect(
                actual == expected,
                "line \(difference.map { "\($0.offset + 1): \($0.element.0)" } ?? "count") differs in \(name)")
        }
    }

    @Test func `there are scripts`() {
        #expect(Self.names.count >= 8)
    }
}
