import ByteString
import Messages
import Testing

@testable import Coordination

@Suite struct `A format level` {
    private static let second = Coordination.FormatLevel(2)

    private static func entry(_ kind: CommandKind, _ request: Bytes, level: UInt32 = 1) throws -> Bytes {
        try Envelope(formatLevel: level, kind: kind, logTimeNs: 5, request: request).encodedBytes()
    }

    private static func raise(to level: UInt32, stamped stamp: UInt32 = 1) throws -> Bytes {
        try entry(
            .raiseFormatLevel, Coordination.request(toRaiseTo: Coordination.FormatLevel(level)), level: stamp)
    }

    private static func create(_ path: String, stamped stamp: UInt32) throws -> Bytes {
        try entry(.create, CreateRequest(path: path).encodedBytes(), level: stamp)
    }

    /// A state of a release that supports level 2, and stands at it or not.
    private static func state(isRaised: Bool = true) throws -> Coordination {
        var state = Coordination(supported: second)
        _ = try state.answer(create("/a", stamped: 1), at: 1)
        if isRaised { _ = try state.apply(raise(to: 2), revision: Revision(2)) } else { state.advance(to: Revision(2)) }
        _ = state.publish()
        return state
    }

    private static func bytes(_ state: borrowing Coordination, chunk: Int = 1 << 20) -> [UInt8] {
        let stream = state.snapshot()
        var bytes: [UInt8] = []
        while let chunk = stream.next(byteCountMax: chunk) { bytes += Array(chunk) }
        return bytes
    }

    private static func restore(
        _ bytes: [UInt8], supported: Coordination.FormatLevel, chunk: Int = .max
    ) throws -> Coordination {
        var restorer = StateRestorer(supported: supported)
        var rest = bytes[...]
        while !rest.isEmpty {
            try restorer.feed(Bytes(Array(rest.prefix(chunk))))
            rest = rest.dropFirst(chunk)
        }
        var state = Coordination(supported: supported)
        state.replace(by: try restorer.finish())
        _ = state.publish()
        return state
    }

    @Test func `is a part of the state and its digest`() throws {
        let before = try Self.state(isRaised: false)
        let after = try Self.state()
        expectEqual(before.level, .first)
        expectEqual(after.level, Self.second)
        expectEqual(after.appliedRevision, Revision(2))
        #expect(before.digest != after.digest)
        let read = after.readers.hold().read { $0.level }
        #expect(read == Self.second)
    }

    @Test func `is never lowered`() throws {
        var state = try Self.state()
        for (index, level) in [0, 1, 2].enumerated() as EnumeratedSequence<[UInt32]> {
            let applied = try state.apply(Self.raise(to: level, stamped: 2), revision: Revision(UInt64(index) + 3))
            #expect(applied == nil)
            expectEqual(state.level, Self.second)
        }
        expectEqual(state.appliedRevision, Revision(5))
    }

    @Test func `above what a release supports stops it before it has changed anything`() throws {
        var state = Coordination(supported: .first)
        _ = try state.answer(Self.create("/a", stamped: 1), at: 1)
        let digest = state.digest
        let raise = try Self.raise(to: 2)
        var refusal: UnsupportedFormatLevel?
        do throws(UnsupportedFormatLevel) { _ = try state.apply(raise, revision: Revision(2)) } catch {
            refusal = error
        }
        #expect(
            refusal == UnsupportedFormatLevel(needed: Self.second, supported: .first, raisedBy: Revision(2)))
        #expect("\(refusal.map { "\($0)" } ?? "")".contains("entry 2 raises the format level to 2"))
        expectEqual(state.digest, digest)
        expectEqual(state.appliedRevision, Revision(1))
        expectEqual(state.level, .first)
    }

    @Test func `bounds what entries may be stamped with, and an entry has its own`() throws {
        var state = try Self.state(isRaised: false)
        let early = try state.answer(Self.create("/early", stamped: 2), at: 3)
        #expect(early.outcome.reason == .unknownFormat)
        _ = try state.apply(Self.raise(to: 2, stamped: 2), revision: Revision(4))
        expectEqual(state.level, .first)
        _ = try state.apply(Self.raise(to: 2), revision: Revision(5))
        let old = try state.answer(Self.create("/old", stamped: 1), at: 6)
        let new = try state.answer(Self.create("/new", stamped: 2), at: 7)
        let late = try state.answer(Self.create("/late", stamped: 3), at: 8)
        #expect(old.outcome.reason == nil && new.outcome.reason == nil && late.outcome.reason == .unknownFormat)
    }

    @Test func `that cannot be read is not raised`() throws {
        var state = Coordination()
        let broken = try state.answer(Self.entry(.raiseFormatLevel, [0xff]), at: 1)
        #expect(broken.outcome.reason == .malformedRequest)
        expectEqual(state.level, .first)
    }

    @Test(arguments: [1, 3, 9, 1 << 20])
    func `above the first comes back with a snapshot`(chunk: Int) throws {
        let state = try Self.state()
        let bytes = Self.bytes(state, chunk: chunk)
        let restored = try Self.restore(bytes, supported: Self.second, chunk: chunk)
        expectEqual(restored.level, Self.second)
        expectEqual(restored.digest, state.digest)
        #expect(Self.bytes(restored) == bytes)
    }

    @Test func `of a snapshot is told by its first bytes, which an older release refuses`() throws {
        let new = Self.bytes(try Self.state())
        let old = Self.bytes(try Self.state(isRaised: false))
        func level(_ bytes: [UInt8]) -> Coordination.FormatLevel? {
            StateRestorer.level(ofSnapshotBeginningWith: Bytes(bytes))
        }
        #expect(level(Array(new.prefix(9))) == Self.second && level(Array(old.prefix(8))) == .first)
        #expect(level(Array(new.prefix(8))) == nil && level(Array(old.prefix(7))) == nil && level([]) == nil)
        #expect(level(Array("RoostSt3".utf8)) == nil && level(Array("RoostSt2".utf8) + [1]) == nil)
        let refusal = SnapshotError.unsupported(UnsupportedFormatLevel(needed: Self.second, supported: .first))
        #expect(throws: refusal) { _ = try Self.restore(Array(new.prefix(9)), supported: .first) }
        #expect(throws: refusal) { _ = try Self.restore(new, supported: .first) }
        _ = try Self.restore(old, supported: .first)
    }

    @Test func `of a snapshot that is not the state's own is refused`() throws {
        var bytes = Self.bytes(try Self.state())
        bytes[8] = 3
        let third = Coordination.FormatLevel(3)
        #expect(throws: SnapshotError.incomplete) { _ = try Self.restore(bytes, supported: third) }
        bytes.remove(at: 8)
        bytes[7] = UInt8(ascii: "1")
        #expect(throws: SnapshotError.incomplete) { _ = try Self.restore(bytes, supported: third) }
    }

    @Test func `is seen in a log that has not been applied`() throws {
        #expect(Coordination.levelRaised(by: try Self.raise(to: 7)) == Coordination.FormatLevel(7))
        #expect(Coordination.levelRaised(by: try Self.create("/a", stamped: 1)) == nil)
        #expect(Coordination.levelRaised(by: [0xff, 0xff]) == nil)
        #expect(Coordination.levelRaised(by: Bytes()) == nil)
        // The largest that a leader can write.
        let largest = try Envelope(
            formatLevel: .max, kind: .raiseFormatLevel, logTimeNs: .max, wallUnixMs: .min,
            request: Coordination.request(toRaiseTo: Coordination.FormatLevel(.max))
        ).encodedBytes()
        #expect(Coordination.levelRaised(by: largest) == Coordination.FormatLevel(.max))
    }
}
