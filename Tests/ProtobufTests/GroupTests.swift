import Protobuf
import TestMessages
import Testing

/// libprotobuf-c refuses every message with a group and cannot write one.
@Suite struct `groups are messages between two tags` {
    @Test func `a group is written between its tags, after the other fields`() throws {
        let message = TestOldGrouped(one: .init(number: 7, text: "a"), many: [.init(), .init(size: .large)], last: 1)
        let bytes = Wire().varint(1000, 1).group(1, Wire().varint(1, 7).text(2, "a")).group(2, Wire())
            .group(2, Wire().varint(1, 5)).bytes
        #expect(try message.encoded() == bytes)
        #expect(try TestOldGrouped(decoding: bytes) == message)
    }

    @Test func `groups lie within groups and messages, in oneofs too`() throws {
        let inner = TestOldGrouped(choice: .chosen(.init(number: -1)))
        let message = TestOldGrouped(
            one: .init(inner: .init(parts: [[1], []])), many: [.init(grouped: inner), .init(grouped: .init())],
            choice: .chosen(.init(number: .max)))
        #expect(try TestOldGrouped(decoding: message.encoded()) == message)
    }

    @Test func `occurrences of a singular group are merged`() throws {
        let bytes = Wire().group(1, Wire().varint(1, 7).delimited(4, [1])).varint(1000, 2)
            .group(1, Wire().text(2, "b").delimited(4, [2])).bytes
        let message = try TestOldGrouped(decoding: bytes)
        #expect(message.one == .init(number: 7, text: "b", parts: [[1], [2]]))
        #expect(message.last == 2)
    }

    @Test func `the last member of a oneof counts, be it a group or not`() throws {
        let group = Wire().group(3, Wire().varint(16, 5))
        #expect(try TestOldGrouped(decoding: group.text(4, "x").bytes).choice == .other("x"))
        let after = Wire().text(4, "x").raw(group.bytes).bytes
        #expect(try TestOldGrouped(decoding: after).choice == .chosen(.init(number: 5)))
    }

    @Test func `unknown fields in a group are kept, as is a group of an unknown number`() throws {
        let bytes = Wire().group(1, Wire().varint(90, 1).group(91, Wire().varint(1, 2))).group(92, Wire()).bytes
        let message = try TestOldGrouped(decoding: bytes)
        #expect(message.one?.unknownFields.map(\.number) == [90, 91])
        #expect(message.unknownFields.map(\.number) == [92])
        #expect(try message.encoded() == bytes)
    }

    @Test func `a length where a group is expected is an unknown field`() throws {
        let bytes = Wire().message(1, Wire().varint(1, 7)).bytes
        let message = try TestOldGrouped(decoding: bytes)
        #expect(message.one == nil)
        #expect(message.unknownFields.map(\.wireType) == [2])
        #expect(try message.encoded() == bytes)
    }

    @Test func `a number that a closed enum in a group does not know is kept there`() throws {
        let bytes = Wire().group(2, Wire().varint(1, 77)).bytes
        let message = try TestOldGrouped(decoding: bytes)
        #expect(message.many[0].size == nil)
        #expect(message.many[0].unknownFields.map(\.number) == [1])
        #expect(try message.encoded() == bytes)
    }

    @Test func `a required field of a group is checked`() throws {
        let decoding = #expect(throws: WireError.self) { try TestOldGrouped(decoding: Wire().group(3, Wire()).bytes) }
        #expect(decoding?.description == "test.old.Grouped.Chosen.number: a required field is not set")
        let encoding = #expect(throws: WireError.self) { try TestOldGrouped(choice: .chosen(.init())).encoded() }
        #expect(encoding?.field == "number")
    }

    @Test(arguments: [
        ([0x0b], WireError.Kind.malformed(.truncated)), ([0x0b, 0x08, 0x01], .malformed(.truncated)),
        ([0x0b, 0x14], .malformed(.badGroup)), ([0x0c], .malformed(.badGroup)),
        ([0x0b, 0x13, 0x0c, 0x14], .malformed(.badGroup)), ([0x0b, 0x12, 0x05, 0x0c], .malformed(.truncated)),
    ])
    func `a group without its end, or with that of another, is refused`(bytes: [UInt8], kind: WireError.Kind) {
        let error = #expect(throws: WireError.self) { try TestOldGrouped(decoding: bytes) }
        #expect(error?.kind == kind)
    }

    @Test func `text in a group is checked`() {
        let error = #expect(throws: WireError.self) {
            try TestOldGrouped(decoding: Wire().group(1, Wire().delimited(2, [0xFF])).bytes)
        }
        #expect(error?.kind == .invalidUTF8)
        #expect(error?.message == "test.old.Grouped.One")
    }

    @Test func `groups count as levels of nesting, both ways`() throws {
        var message = TestOldGrouped()
        // Each step is two levels: a group, and a message in it.
        for _ in 0..<50 { message = TestOldGrouped(many: [.init(grouped: message)]) }
        let bytes = try message.encoded()
        #expect(try TestOldGrouped(decoding: bytes) == message)
        let deeper = TestOldGrouped(many: [.init(grouped: message)])
        let encoding = #expect(throws: WireError.self) { try deeper.encoded() }
        #expect(encoding?.kind == .tooDeep(limit: 100))
        let wire = Wire().group(2, Wire().delimited(2, bytes)).bytes
        let decoding = #expect(throws: WireError.self) { try TestOldGrouped(decoding: wire) }
        #expect(decoding?.kind == .tooDeep(limit: 100))
    }

    @Test func `a tag at the end may be longer than it need be`() throws {
        let bytes: [UInt8] = [0x0b, 0x08, 0x07, 0x8c, 0x80, 0x00]
        #expect(try TestOldGrouped(decoding: bytes).one?.number == 7)
    }
}
