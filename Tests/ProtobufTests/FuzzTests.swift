@_spi(Comparison) import Protobuf
import TestMessages
import Testing

/// Bytes that nobody planned. In a build with AddressSanitizer these tests also prove that the bound which encoding
/// reserves is never too low; a debug build asserts it.
@Suite struct `Any bytes are a message or a typed error` {
    private static let rounds = 4000

    /// Decodes, and holds what decodes to the promise that it survives another round.
    private func probe(_ bytes: [UInt8]) throws -> Bool {
        func check<Value: Message>(_ type: Value.Type) throws -> Bool {
            // What the shim unpacks itself is what libprotobuf-c would.
            let library = bytes.withUnsafeBytes { buffer in Result { try Value(decodingByLibrary: buffer).encoded() } }
            let message: Value
            do { message = try Value(decoding: bytes) } catch {
                #expect("\(library)" == "\(Result<[UInt8], any Error>.failure(error))")
                return false
            }
            let encoded = try message.encoded()
            #expect(try library.get() == encoded)
            // Not by equality of messages, where a NaN differs from itself.
            #expect(try Value(decoding: encoded).encoded() == encoded)
            return true
        }
        let everything = try check(TestEverything.self)
        let closed = try check(TestOldClosed.self)
        let tree = try check(TestTree.self)
        let empty = try check(TestEmpty.self)
        return everything || closed || tree || empty
    }

    @Test func `random bytes`() throws {
        var random = SplitMix(state: 1)
        var accepted = 0
        for _ in 0..<Self.rounds {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            accepted += try probe(bytes) ? 1 : 0
        }
        #expect(accepted > 0)
    }

    @Test func `messages with some bytes changed, removed, repeated or cut off`() throws {
        let seeds = try [
            `Messages come back as they were sent`.full.encoded(),
            TestTree(left: TestBranch(end: .tree(TestTree(name: "deep"))), name: "top").encoded(),
            TestOldClosed(size: .large, sizes: [.small, .negative], packedSizes: [.large], levelMap: ["a": .high])
                .encoded(),
            Wire().message(17, Wire().varint(1, 2)).group(700, Wire().text(3, "x")).message(17, Wire().varint(2, 4))
                .bytes,
        ]
        var random = SplitMix(state: 2)
        var accepted = 0
        for round in 0..<Self.rounds {
            var bytes = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, at + Int.random(in: 1...30, using: &random))
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(at..<end)
                case 2: bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &random))
                case 3: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                default: if round % 7 == 0 { bytes.removeSubrange(at...) }
                }
            }
            accepted += try probe(bytes) ? 1 : 0
        }
        #expect(accepted > Self.rounds / 10)
    }

    @Test func `records of any number, type and order, nested`() throws {
        var random = SplitMix(state: 3)
        func records(_ depth: Int) -> Wire {
            var wire = Wire()
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let number = UInt64.random(in: 1...95, using: &random)
                switch Int.random(in: 0..<8, using: &random) {
                case 0, 1: wire = wire.varint(number, UInt64.random(in: 0...300, using: &random))
                case 2: wire = wire.fixed64(number, random.next())
                case 3: wire = wire.fixed32(number, UInt32.random(in: 0...9, using: &random))
                case 4 where depth > 0: wire = wire.group(number, records(depth - 1))
                case 5, 6, 7: if depth > 0 { wire = wire.message(number, records(depth - 1)) }
                default: wire = wire.text(number, "text")
                }
            }
            return wire
        }
        var accepted = 0
        for _ in 0..<Self.rounds { accepted += try probe(records(4).bytes) ? 1 : 0 }
        #expect(accepted > Self.rounds / 10)
    }
}
