import CProtobuf
import Foundation
import Messages
import Protobuf
import TestMessages
import Testing

@Suite struct `Memory is bounded, shared where that pays, and returned` {
    // MARK: Limits

    /// A MiB of the shortest records of each kind that takes far more memory than input.
    private static let hostile: [[UInt8]] = [
        // Empty messages, unknown varints, empty strings, empty bytes, unknown groups, map entries.
        [0xca, 0x03, 0x00], [0x98, 0x06, 0x01], [0xb2, 0x03, 0x00], [0xba, 0x03, 0x00], [0xa3, 0x06, 0xa4, 0x06],
        [0x8a, 0x05, 0x00], [0xe2, 0x05, 0x00], [0xda, 0x04, 0x00],
    ]

    @Test(arguments: hostile)
    func `what takes more memory than the budget is refused`(record: [UInt8]) throws {
        let bytes = Array(repeating: record, count: (1 << 20) / record.count).flatMap { $0 }
        for budget in [0, 100, 64 << 10, 4 << 20] {
            let limits = DecodingLimits(memoryBytesMax: budget)
            let error = #expect(throws: WireError.self) { try TestEverything(decoding: bytes, limits: limits) }
            #expect(error?.kind == .outOfMemoryBudget(limit: budget))
        }
        // The thread's arena is in order afterwards.
        #expect(try TestEverything(decoding: Wire().varint(3, 7).bytes).int32Value == 7)
    }

    @Test func `what the short way has taken is kept for the long one, however much it was`() throws {
        // More than a thread's first chunk, and then what only the long way takes.
        let entries = [[UInt8]](repeating: [6 << 3 | 2, 0], count: 2000).flatMap { $0 }
        let results = FreshThread.run {
            (0..<3).map { _ in
                let message = try? TestOldClosed(decoding: entries + [1 << 3, 99])
                return message?.levelMap == ["": .none] && message?.unknownFields.count == 1
                    && (try? TestOldClosed(decoding: entries + [0xFF])) == nil
            }
        }
        #expect(results == [true, true, true])
    }

    @Test func `a message longer than the limit is refused before it is read`() throws {
        let bytes = [UInt8](repeating: 0xff, count: 1000)
        let limits = DecodingLimits(messageBytesMax: 999)
        let error = #expect(throws: WireError.self) { try TestEverything(decoding: bytes, limits: limits) }
        #expect(error?.kind == .tooLarge(limit: .messageBytesMax(999)))
        #expect(error?.description == "test.Everything: longer than 999 bytes (messageBytesMax)")
    }

    @Test func `every budget gives the message or a clean refusal`() throws {
        var message = TestEverything(strings: ["a", "bcd"], chunks: [[1], Bytes([UInt8](repeating: 7, count: 5000))])
        message.others = [TestEverything(stringMap: ["k": "v"]), TestEverything(int32Value: 1)]
        // A second occurrence of `itself` takes the slow path, whose memory counts as well.
        let bytes =
            try message.encoded() + Wire().message(91, Wire().varint(3, 1)).message(91, Wire().varint(4, 1)).bytes
        message.itself = TestEverything(int32Value: 1, int64Value: 1)
        var refused = 0
        for budget in stride(from: 0, to: 40_000, by: 97) {
            do {
                let decoded = try TestEverything(decoding: bytes, limits: DecodingLimits(memoryBytesMax: budget))
                #expect(decoded == message)
            } catch {
                #expect(error.kind == .outOfMemoryBudget(limit: budget))
                refused += 1
            }
        }
        #expect(refused > 50 && refused < 400)
    }

    // MARK: Bytes

    private func address(_ bytes: Bytes) -> Int {
        bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
    }

    @Test func `the long values of a batch share one block that outlives the message`() throws {
        let payloads = (0..<16).map { index in Bytes([UInt8](repeating: UInt8(index), count: 1024)) }
        let encoded = try TestBatch(items: payloads.map { TestItem(term: 1, payload: $0) }).encoded()
        var message: TestBatch? = try TestBatch(decoding: encoded)
        let kept = try #require(message).items.map(\.payload)
        message = nil
        #expect(kept == payloads)
        let addresses = kept.map(address)
        #expect(addresses.max()! - addresses.min()! < 32 << 10)
    }

    @Test func `short values are copied into runs of at most 16 KiB`() throws {
        let payloads = (0..<1000).map { Bytes([UInt8](repeating: UInt8($0 & 0xff), count: 64)) }
        let decoded = try TestBatch(decoding: TestBatch(items: payloads.map { TestItem(payload: $0) }).encoded())
        #expect(decoded.items.map(\.payload) == payloads)
        // Within a run a value follows the one before it.
        let addresses = decoded.items.map { address($0.payload) }
        let jumps = zip(addresses, addresses.dropFirst()).filter { $1 - $0 != 64 }.count
        #expect(jumps == 64_000 / (16 << 10))
    }

    @Test func `a short value beside a long one does not keep it alive`() throws {
        let message = TestEverything(bytesValue: [1, 2, 3], chunks: [Bytes([UInt8](repeating: 1, count: 100_000))])
        let decoded = try TestEverything(decoding: message.encoded())
        #expect(decoded == message)
        let distance = abs(address(decoded.bytesValue) - address(decoded.chunks[0]))
        #expect(distance > 100_000 || address(decoded.bytesValue) < address(decoded.chunks[0]))
    }

    @Test(arguments: [0, 1, 15, 16, 255, 256, 257, 4095, 4096, 4097, 70_000, 2_000_000])
    func `bytes of every length survive`(count: Int) throws {
        var random = SplitMix(state: UInt64(count))
        let data = Bytes((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        let message = GetResponse(revision: 5, data: data, stat: Stat(version: 2))
        #expect(try GetResponse(decoding: message.encoded()) == message)
        #expect(try GetResponse(decoding: message.encodedBytes()) == message)
        let lent = try message.withEncoded { try GetResponse(decoding: $0) }
        #expect(lent == message)
        var buffer = [UInt8](repeating: 0, count: count + 100)
        let length = try message.withPacker { packer in
            #expect(packer.sizeBound <= buffer.count)
            return buffer.withUnsafeMutableBytes { packer.pack(into: $0.baseAddress!) }
        }
        #expect(try buffer.prefix(length) == message.encoded()[...])
    }

    // MARK: The arena

    @Test func `encodings may lie within each other`() throws {
        let outer = TestEverything(stringValue: String(repeating: "outer", count: 20_000))
        let inner = TestEverything(stringValue: String(repeating: "inner", count: 30_000))
        try outer.withEncoded { outerBytes in
            try inner.withEncoded { innerBytes in
                let decoded = try TestEverything(decoding: innerBytes)
                #expect(decoded == inner)
                #expect(throws: WireError.self) {
                    try TestEverything(decoding: innerBytes, limits: DecodingLimits(memoryBytesMax: 10))
                }
            }
            let decoded = try TestEverything(decoding: outerBytes)
            #expect(decoded == outer)
        }
    }

    @Test func `what grows between two marks of one place is given back twice`() {
        let arena = cpb_arena_create(64)!
        defer { cpb_arena_destroy(arena) }
        for length in [100, 70_000, 100, 3_000_000, 70_000] {
            let outer = cpb_arena_mark(arena)
            let inner = cpb_arena_mark(arena)
            cpb_alloc(arena, length)!.initializeMemory(as: UInt8.self, repeating: 1, count: length)
            cpb_arena_release(arena, inner)
            #expect(cpb_arena_used(arena) == 0)
            cpb_alloc(arena, length)!.initializeMemory(as: UInt8.self, repeating: 2, count: length)
            cpb_arena_release(arena, outer)
            #expect(cpb_arena_used(arena) == 0)
        }
    }

    @Test func `a spare chunk hands out no more than the budget`() {
        let arena = cpb_arena_create(64)!
        defer { cpb_arena_destroy(arena) }
        let mark = cpb_arena_mark(arena)
        #expect(cpb_alloc(arena, 100_000) != nil)
        cpb_arena_release(arena, mark)
        cpb_arena_limit(arena, 1000)
        #expect(cpb_alloc(arena, 800) != nil)
        #expect(cpb_alloc(arena, 208) == nil)
        #expect(arena.pointee.exhausted)
        #expect(cpb_alloc(arena, 200) != nil)
        cpb_arena_release(arena, mark)
        #expect(cpb_alloc(arena, 100_000) != nil)
    }

    @Test func `threads encode and decode side by side, from their first use on`() async throws {
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<16 {
                group.addTask {
                    (0..<200).allSatisfy { round in
                        let leaf = TestBranch(end: .leaf(Bytes(utf8: "\(task) \(round)")))
                        let tree = TestTree(left: TestBranch(end: .tree(TestTree(right: leaf, name: "\(task)"))))
                        guard let bytes = try? tree.encoded() else { return false }
                        return (try? TestTree(decoding: bytes)) == tree
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}

/// What a thread leaves behind.
private final class Box<Value>: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: it is written before a signal and read after it.
    var value: Value?
}

/// A thread whose arena has not been used.
private enum FreshThread {
    static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result? {
        let (box, done) = (Box<Result>(), DispatchSemaphore(value: 0))
        let thread = Thread {
            box.value = body()
            done.signal()
        }
        thread.start()
        done.wait()
        return box.value
    }
}
