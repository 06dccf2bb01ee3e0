import ByteString
import Testing

@testable import Coordination

@Suite struct `A snapshot` {
    private func populated(seed: UInt64, commands count: Int = 1500) -> Fixture {
        var commands = CommandGenerator(seed: seed)
        let state = Fixture()
        for _ in 0..<count { state.apply(commands.next()) }
        state.create("/large", [UInt8](repeating: 7, count: 100_000))
        _ = state.coordination.publish()
        return state
    }

    private func chunks(_ state: Fixture, of count: Int) -> [Bytes] {
        let stream = state.coordination.snapshot()
        var chunks: [Bytes] = []
        while let chunk = stream.next(byteCountMax: count) { chunks.append(chunk) }
        return chunks
    }

    private func restore(_ chunks: [Bytes]) throws(SnapshotError) -> Fixture {
        var restorer = StateRestorer()
        for chunk in chunks { try restorer.feed(chunk) }
        var coordination = Coordination()
        coordination.replace(by: try restorer.finish())
        _ = coordination.publish()
        return Fixture(adopting: coordination)
    }

    @Test(arguments: [1, 7, 100, 4096, 65_536, 10_000_000])
    func `brings back the same state, in chunks of any size`(size: Int) throws {
        let state = populated(seed: 1, commands: size == 1 ? 100 : 1500)
        let chunks = chunks(state, of: size)
        #expect(chunks.dropLast().allSatisfy { $0.count == size })
        let restored = try restore(chunks)
        expectEqual(restored.coordination.digest, state.coordination.digest)
        expectEqual(restored.coordination.appliedRevision, state.coordination.appliedRevision)
        expectEqual(restored.coordination.znodeCount, state.coordination.znodeCount)
        #expect(try restored.history(from: 1).get() == state.history(from: 1).get())
        #expect(restored.get("/large") == state.get("/large"))
        let again = self.chunks(restored, of: size)
        #expect(again == chunks)
    }

    @Test(arguments: 0..<4)
    func `is a point from which members go on alike`(seed: UInt64) throws {
        var commands = CommandGenerator(seed: seed)
        let state = Fixture()
        for _ in 0..<800 { state.apply(commands.next()) }
        _ = state.coordination.publish()
        let restored = try restore(chunks(state, of: 1000))
        for _ in 0..<800 {
            let command = commands.next()
            let left = state.apply(command)
            let right = restored.apply(command)
            #expect(left.outcome == right.outcome && left.isRepeated == right.isRepeated)
            expectEqual(state.coordination.digest, restored.coordination.digest)
        }
    }

    @Test func `is not disturbed by writes that go on`() throws {
        let state = populated(seed: 3)
        let digest = state.coordination.digest
        let stream = state.coordination.snapshot()
        var commands = CommandGenerator(seed: 4)
        var chunks: [Bytes] = []
        while let chunk = stream.next(byteCountMax: 2000) {
            chunks.append(chunk)
            for _ in 0..<20 { state.apply(commands.next()) }
            _ = state.coordination.publish()
        }
        let restored = try restore(chunks)
        expectEqual(restored.coordination.digest, digest)
    }

    @Test func `replaces a state in place, and readers see it at the next publication`() throws {
        let old = Fixture()
        old.create("/old")
        var reader = old.coordination.makeReader()
        _ = old.coordination.publish()
        let held = old.coordination.readers.hold()
        let source = populated(seed: 5)
        var restorer = StateRestorer()
        for chunk in chunks(source, of: 9999) { try restorer.feed(chunk) }
        old.coordination.replace(by: try restorer.finish())
        expectEqual(reader.pin { $0.stat("/old") == nil }, false)
        let batch = old.coordination.publish()
        #expect(batch.isDiscontinuous && batch.events.isEmpty)
        expectEqual(batch.revision, source.coordination.appliedRevision)
        expectEqual(reader.pin { $0.stat("/old") == nil }, true)
        expectEqual(reader.pin { $0.digest }, source.coordination.digest)
        expectEqual(held.read { $0.stat("/old") == nil }, false)
        old.coordination.advance(to: Revision(batch.revision.rawValue + 1))
        expectEqual(old.coordination.publish().isDiscontinuous, false)
    }

    @Test func `that is cut short is refused`() throws {
        let state = populated(seed: 6, commands: 60)
        let bytes = Array(chunks(state, of: .max)[0])
        for count in [0, 1, 7, 8, 9, 100, bytes.count / 2, bytes.count - 1] {
            let error = #expect(throws: SnapshotError.self) { try restore([Bytes(bytes[..<count])]) }
            #expect(error == .cutShort(offset: UInt64(count)))
        }
        let more = #expect(throws: SnapshotError.self) { try restore([Bytes(bytes + [0])]) }
        #expect(more == .bytesAfterEnd)
        let other = #expect(throws: SnapshotError.self) { try restore([Bytes(Array("SomethingElse".utf8))]) }
        #expect(other == .notASnapshot)
    }

    @Test func `with any damaged byte is refused`() throws {
        let state = Fixture()
        state.create("/a", [1, 2, 3], id: RequestIdentity(client: "c", sequence: 1))
        state.create("/a/b", id: RequestIdentity(client: "c", sequence: 2))
        state.set("/none", id: RequestIdentity(client: "d", sequence: 9))
        _ = state.coordination.publish()
        let bytes = Array(chunks(state, of: .max)[0])
        for index in bytes.indices {
            for flip in [1, 0x80, 0xff] as [UInt8] {
                var damaged = bytes
                damaged[index] ^= flip
                #expect(throws: SnapshotError.self) { try restore([Bytes(damaged)]) }
            }
        }
    }

    @Test func `of random bytes is refused`() {
        var generator = SplitMix(seed: 8)
        for _ in 0..<3000 {
            let bytes = Array("RoostSt1".utf8) + [1] + generator.bytes(generator.below(60))
            #expect(throws: SnapshotError.self) { try restore([Bytes(bytes)]) }
        }
    }

    @Test func `of a later release is refused by name`() throws {
        let entry: [UInt8] = [1, 0, 2, UInt8(ascii: "q"), 1, 0, 0]
        let error = #expect(throws: SnapshotError.self) { try restore([Bytes(Array("RoostSt1".utf8) + entry)]) }
        #expect(error == .unknownEntry(firstKeyByte: UInt8(ascii: "q")))
    }
}
