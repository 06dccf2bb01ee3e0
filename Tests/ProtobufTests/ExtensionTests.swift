import Descriptors
import Protobuf
import TestMessages
import Testing

@Suite struct `Extensions are properties of what they extend` {
    @Test func `a message without extensions has none`() throws {
        let message = TestExtendedExtendable(id: 1)
        #expect(try message.number == nil)
        #expect(try message.sizes == [])
        #expect(try message.part == nil)
        #expect(try message.inside == nil)
        #expect(try message.scopeScopes == [])
    }

    @Test func `what is set is read again, also from the wire`() throws {
        var message = TestExtendedExtendable(id: 1)
        try message.setNumber(-5)
        try message.setSizes([.small, .large])
        try message.setPart(TestOldPart(name: "p"))
        try message.setInside(TestExtendedInside(flag: true))
        try message.setScopeScopes([TestExtendedScope(word: "a"), TestExtendedScope(word: "b")])
        for message in [message, try TestExtendedExtendable(decoding: message.encoded())] {
            #expect(message.id == 1)
            #expect(try message.number == -5)
            #expect(try message.sizes == [.small, .large])
            #expect(try message.part == TestOldPart(name: "p"))
            #expect(try message.inside == TestExtendedInside(flag: true))
            #expect(try message.scopeScopes == [TestExtendedScope(word: "a"), TestExtendedScope(word: "b")])
        }
        let wire = Wire().varint(1, 1).varint(100, UInt64(bitPattern: -5)).delimited(101, [1, 5])
            .message(102, Wire().text(1, "p")).group(103, Wire().varint(1, 1))
            .message(110, Wire().text(1, "a")).message(110, Wire().text(1, "b"))
        #expect(try message.encoded() == wire.bytes)
    }

    @Test func `setting replaces, nil removes, and other unknown fields stay`() throws {
        var message = try TestExtendedExtendable(
            decoding: Wire().varint(100, 1).text(150, "kept").varint(100, 2).bytes)
        #expect(try message.number == 2)
        try message.setNumber(3)
        #expect(message.unknownFields.map(\.number) == [150, 100])
        try message.setNumber(nil)
        #expect(message.unknownFields.map(\.number) == [150])
    }

    @Test func `an extension is merged, packed and checked as a field is`() throws {
        let part = Wire().message(102, Wire().text(1, "a")).message(102, Wire().text(1, "b"))
        #expect(try TestExtendedExtendable(decoding: part.bytes).part?.name == "b")
        let sizes = Wire().varint(101, 1).delimited(101, [5]).varint(101, 99)
        #expect(try TestExtendedExtendable(decoding: sizes.bytes).sizes == [.small, .large])
        let message = try TestExtendedExtendable(decoding: Wire().delimited(102, [0xFF]).bytes)
        let error = #expect(throws: WireError.self) { try message.part }
        #expect(error?.kind == .malformed(.truncated))
        #expect(try TestExtendedExtendable(decoding: Wire().text(100, "no number").bytes).number == nil)
    }

    @Test func `a custom option has its package before its name, and its default`() throws {
        var options = MessageOptions()
        #expect(try options.testExtendedTable == nil)
        #expect(try options.testExtendedTableOrDefault == "none")
        #expect(try options.testExtendedLargestOrDefault == .large)
        try options.setTestExtendedTable("users")
        #expect(try MessageOptions(decoding: options.encoded()).testExtendedTableOrDefault == "users")
    }

    @Test func `a name that the message has already is another one`() throws {
        var message = TestExtendedExtendable(id: 1)
        try message.setId_("text")
        #expect(try message.id_ == "text")
        try message.setDescription_(TestExtendedExtendable(id: 2))
        #expect(try message.description_ == TestExtendedExtendable(id: 2))
        try message.setExtension(-3)
        #expect(try message.extension == -3)
    }

    // MARK: Message sets

    @Test func `a message set holds its extensions as items, whatever their numbers`() throws {
        var set = TestExtendedMessageSet()
        #expect(try set.itemItem == nil)
        try set.setItemItem(TestExtendedItem(text: "a"))
        #expect(try set.itemItem == TestExtendedItem(text: "a"))
        let item = Wire().varint(2, 1_000_000_000).message(3, Wire().text(1, "a"))
        #expect(try set.encoded() == Wire().group(1, item).bytes)
        #expect(try TestExtendedMessageSet(decoding: set.encoded()) == set)
    }

    @Test func `setting in a message set replaces, nil removes, and other items stay`() throws {
        let other = Wire().varint(2, 4).message(3, Wire().text(1, "kept"))
        // Others write an item's message first, and may say it in parts.
        let early = Wire().message(3, Wire().text(1, "old")).varint(2, 1_000_000_000)
        let late = Wire().varint(2, 1_000_000_000).message(3, Wire().varint(9, 9))
        var set = try TestExtendedMessageSet(
            decoding: Wire().group(1, early).group(1, other).text(7, "kept").group(1, late).bytes)
        #expect(try set.itemItem?.text == "old")
        #expect(try set.itemItem?.unknownFields.map(\.number) == [9])
        try set.setItemItem(TestExtendedItem(text: "new"))
        #expect(try set.itemItem == TestExtendedItem(text: "new"))
        try set.setItemItem(nil)
        #expect(try set.itemItem == nil)
        #expect(try set.encoded() == Wire().group(1, other).text(7, "kept").bytes)
    }

    @Test func `an item that holds no such message is an error where it is read`() throws {
        let item = Wire().varint(2, 1_000_000_000).delimited(3, [0xFF])
        let set = try TestExtendedMessageSet(decoding: Wire().group(1, item).bytes)
        let error = #expect(throws: WireError.self) { try set.itemItem }
        #expect(error?.kind == .malformed(.truncated))
    }
}
