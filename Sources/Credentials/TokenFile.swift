import COpenSSL
import Foundation
public import RPC

/// The bearer tokens that a server knows: a file with a line for each, of a name and the token's SHA-256 in
/// hexadecimal. The tokens themselves are 256 random bits, so a plain hash is as good as a slow one, and the file is of
/// no use to whoever reads it.
///
/// ```
/// # the backup job
/// backup 5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef
/// ```
///
/// Two lines may have the same name: a token is replaced by adding the new one first.
public final class TokenFile: BearerTokens {
    /// Why a file is of no use, in a sentence for the operator.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        public let description: String
    }

    typealias Digest = [UInt8]

    private let files: ReloadedFiles<[Digest: Principal], Problem>

    /// Reads the file.
    public init(_ path: String) throws(Problem) {
        files = try ReloadedFiles([path]) { () throws(Problem) in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Problem(description: "\(path) cannot be read")
            }
            return try TokenFile.principals(in: String(decoding: data, as: UTF8.self), path: path)
        }
    }

    /// Reads the file again if it has changed. Blocks: not for event loops.
    public func reloadIfChanged() -> Reload { files.reloadIfChanged() }

    public var generation: UInt64 { files.generation }

    public func principal(of token: UnsafeRawBufferPointer) -> Principal? {
        files.value[TokenFile.digest(of: token)]
    }

    // MARK: The format

    /// A new token, and the line that makes it known.
    public static func makeToken(named name: String) throws(Problem) -> (token: String, line: String) {
        guard isName(name) else { throw badName(name) }
        let token = "roost_" + Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).urlSafe
        return (token, "\(name) \(hexadecimal(Array(token.utf8).withUnsafeBytes { digest(of: $0) }))")
    }

    private static func digest(of token: UnsafeRawBufferPointer) -> Digest {
        var digest = Digest(repeating: 0, count: Int(ROSSL_SHA256_BYTES))
        rossl_sha256(token.baseAddress, token.count, &digest)
        return digest
    }

    static func principals(in text: String, path: String) throws(Problem) -> [Digest: Principal] {
        var principals: [Digest: Principal] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            if words.isEmpty { continue }
            guard words.count == 2, let digest = digest(String(words[1])) else {
                throw Problem(description: "\(path):\(number + 1): a line is a name and a SHA-256 in hexadecimal")
            }
            guard isName(String(words[0])) else { throw badName(String(words[0])) }
            let principal = Principal("token:\(words[0])")
            guard principals.updateValue(principal, forKey: digest) ?? principal == principal else {
                throw Problem(description: "\(path):\(number + 1): the same token under two names")
            }
        }
        return principals
    }

    private static func badName(_ name: String) -> Problem {
        Problem(description: "'\(name)' is no name for a token: letters, digits, '.', '_' and '-', at most 64")
    }

    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func digest(_ text: String) -> Digest? {
        guard text.utf8.count == 64 else { return nil }
        let digits = text.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
        guard digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

extension Data {
    /// Base64 for URLs (RFC 4648 section 5), without padding.
    fileprivate var urlSafe: String {
        base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
