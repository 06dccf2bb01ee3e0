import ByteString
import Testing

@testable import RPC

@Suite struct WireTests {
    private func decode(_ text: String) -> Bytes? {
        Array(text.utf8).withUnsafeBytes { Base64.decode($0) }
    }

    @Test func `base64 agrees with the vectors of RFC 4648`() {
        for (plain, encoded) in [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            #expect(Base64.encode(Bytes(utf8: plain)) == encoded)
            #expect(decode(encoded) == Bytes(utf8: plain))
            let padding = String(repeating: "=", count: (4 - encoded.count % 4) % 4)
            #expect(decode(encoded + padding) == Bytes(utf8: plain))
        }
    }

    @Test func `base64 of any bytes comes back`() {
        var random = SplitMix(state: 3)
        for count in 0..<200 {
            let bytes = Bytes((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
            #expect(decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: ["A", "AAAAA", "A===", "AA!A", "=", "====", "AA AA", "\u{e4}AA"])
    func `what is not base64 is nil`(text: String) {
        #expect(decode(text) == nil)
    }

    @Test func `status messages are percent-encoded and come back`() {
        for text in ["", "plain", "100 %", "%41", "\n\t\0", "größer \u{1F980}", "a%zz"] {
            let encoded = PercentEncoding.encode(text)
            #expect(encoded.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
            #expect(Array(encoded.utf8).withUnsafeBytes { PercentEncoding.decode($0) } == text)
        }
        #expect(PercentEncoding.encode("ä%") == "%C3%A4%25")
        for (text, decoded) in [("%", "%"), ("%4", "%4"), ("%4x", "%4x"), ("%41%", "A%"), ("%c3%a4", "ä")] {
            #expect(Array(text.utf8).withUnsafeBytes { PercentEncoding.decode($0) } == decoded)
        }
    }

    @Test func `a long status message is cut at the end of a character`() {
        let encoded = PercentEncoding.encode(String(repeating: "\u{1F980}", count: 10_000))
        #expect(encoded.utf8.count <= PercentEncoding.encodedBytesMax)
        #expect(encoded.utf8.count % 12 == 0)
    }

    @Test func `timeouts use the finest unit that fits, and are never shorter than asked for`() {
        #expect(Timeout.encode(nanoseconds: 1) == "1n")
        #expect(Timeout.encode(nanoseconds: 99_999_999) == "99999999n")
        #expect(Timeout.encode(nanoseconds: 100_000_000) == "100000u")
        #expect(Timeout.encode(nanoseconds: 100_000_001) == "100001u")
        #expect(Timeout.encode(nanoseconds: 3_600_000_000_000) == "3600000m")
        #expect(Timeout.encode(nanoseconds: .max) == "2562048H")
        #expect(Timeout.encode(nanoseconds: 0) == "1n")
        #expect(Timeout.encode(nanoseconds: -5) == "1n")
    }

    @Test func `a header block is read as it was written`() {
        var block = HeaderBlock()
        block.append("a", "")
        block.append("", "value")
        block.append("name", String(repeating: "v", count: 70_000))
        let fields = block.bytes.withUnsafeBytes { bytes in
            HeaderBlockReader(bytes).map {
                (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self))
            }
        }
        #expect(fields.map(\.0) == ["a", "", "name"])
        #expect(fields.map(\.1) == ["", "value", String(repeating: "v", count: 70_000)])
    }

    @Test func `binary metadata that was joined on the way is taken apart`() {
        var block = HeaderBlock()
        block.append("x-bin", "AQ,Ag==,!,Aw")
        block.append("grpc-status", "0")
        let metadata = block.bytes.withUnsafeBytes { Metadata(block: $0) }
        #expect(metadata.entries.map(\.content) == [.binary([1]), .binary([2]), .binary([3])])
    }

    @Test(arguments: ["", "grpc-status", ":path", "Content-Type", "te", "a b", "ä", "connection", "user-agent", "x:y"])
    func `names that belong to the protocol or to nobody are no keys`(name: String) {
        #expect(MetadataKey(name) == nil)
    }

    @Test func `metadata refuses what cannot travel`() {
        var metadata = Metadata()
        #expect(throws: MetadataError.notPrintableASCII(key: "x")) { try metadata.append("a\nb", for: "x") }
        #expect(throws: MetadataError.notPrintableASCII(key: "x")) { try metadata.append("ä", for: "x") }
        #expect(throws: MetadataError.wrongKind(key: "x-bin")) { try metadata.append("a", for: "x-bin") }
        #expect(throws: MetadataError.wrongKind(key: "x")) { try metadata.append(Bytes(), for: "x") }
        #expect(metadata.isEmpty)
    }

    @Test func `paths have two parts`() {
        #expect(MethodPath("/a.B/C").service == "a.B")
        #expect(MethodPath("/a.B/C").method == "C")
        for text in ["", "/", "a/b", "/a", "/a/", "//b", "/a/b/c", "/a/b c"] { #expect(!MethodPath.isValid(text)) }
    }

    @Test func `backoff grows to its maximum and stays within its jitter`() {
        var random = SplitMix(state: 5)
        let backoff = ChannelConfiguration.Backoff()
        var last: Int64 = 0
        for failures in 1..<30 {
            let mean = min(50e6 * pow(1.6, failures - 1), 5e9)
            let chance = Double.random(in: 0...1, using: &random)
            let delay = backoff.delay(failures: failures, chance: chance).nanoseconds
            #expect(Double(delay) >= mean * 0.79 && Double(delay) <= mean * 1.21)
            last = delay
        }
        #expect(last > 3_900_000_000)
    }

    private func pow(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { result, _ in result * base }
    }
}
