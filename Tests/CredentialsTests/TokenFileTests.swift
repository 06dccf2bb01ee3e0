import Foundation
import RPC
import Testing

@testable import Credentials

@Suite struct TokenFileTests {
    private func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func principal(of token: String, in tokens: TokenFile) -> Principal? {
        Array(token.utf8).withUnsafeBytes { tokens.principal(of: $0) }
    }

    @Test func `a token that was made is known by its name, and nothing else is`() throws {
        let (token, line) = try TokenFile.makeToken(named: "backup")
        let tokens = try TokenFile(try file("# comment\n\n\(line)  # behind it too\n"))
        #expect(principal(of: token, in: tokens) == Principal("token:backup"))
        #expect(principal(of: token + "x", in: tokens) == nil)
        #expect(principal(of: "", in: tokens) == nil)
        #expect(!line.contains(token))
    }

    @Test func `two tokens are never the same`() throws {
        let tokens = try (0..<100).map { _ in try TokenFile.makeToken(named: "a").token }
        #expect(Set(tokens).count == 100)
    }

    @Test func `a name may have two tokens, for as long as one is replaced by the other`() throws {
        let old = try TokenFile.makeToken(named: "app")
        let new = try TokenFile.makeToken(named: "app")
        let tokens = try TokenFile(try file(old.line + "\n" + new.line))
        #expect(principal(of: old.token, in: tokens) == principal(of: new.token, in: tokens))
    }

    @Test func `a token that is taken out of the file is not known any more`() throws {
        let (token, line) = try TokenFile.makeToken(named: "app")
        let path = try file(line)
        let tokens = try TokenFile(path)
        #expect(tokens.reloadIfChanged() == .unchanged)
        let before = tokens.generation
        try "# none\n".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(tokens.reloadIfChanged() == .reloaded)
        #expect(principal(of: token, in: tokens) == nil)
        #expect(tokens.generation > before)
    }

    @Test func `a file that became useless changes nothing, and is told once`() throws {
        let (token, line) = try TokenFile.makeToken(named: "app")
        let path = try file(line)
        let tokens = try TokenFile(path)
        try "nonsense".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(
            tokens.reloadIfChanged() == .failed("\(path):1: a line is a name and a SHA-256 in hexadecimal"))
        #expect(tokens.reloadIfChanged() == .unchanged)
        #expect(principal(of: token, in: tokens) == Principal("token:app"))
    }

    @Test(arguments: [
        "one", "one two", "one " + String(repeating: "g", count: 64), "one " + String(repeating: "0", count: 63),
        "a b c", "sp/ace " + String(repeating: "0", count: 64),
        "one " + String(repeating: "0", count: 64) + "\ntwo " + String(repeating: "0", count: 64),
    ])
    func `a bad line is named`(_ text: String) throws {
        let path = try file(text)
        #expect(throws: TokenFile.Problem.self) { try TokenFile(path) }
    }

    @Test func `a file that is not there is named`() {
        #expect(throws: TokenFile.Problem(description: "/no/such/file cannot be read")) {
            try TokenFile("/no/such/file")
        }
    }
}
