import Protobuf
import TestMessages
import Testing

/// One test for each thing that libprotobuf-c gets wrong or leaves open: each fails without its closure.
@Suite struct `What libprotobuf-c leaves open is closed` {
    // MARK: Nesting

    /// A TestEverything in a TestEverything, `levels` deep.
    private func nested(_ levels: Int, in field: UInt64 = 91) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<levels { bytes = Wire().delimited(field, bytes).bytes }
        return bytes
    }

    @Test func `a hundred levels of messages are decoded and one more is refused`() throws {
        _ = try TestEverything(decoding: nested(100))
        let error = #expect(throws: WireError.self) { try TestEverything(decoding: self.nested(101)) }
        #expect(error?.kind == .tooDeep(limit: 100))
        #expect(error?.description.contains("test.Everything") == true)
    }

    @Test func `ten thousand levels neither overflow the stack nor take long`() throws {
        for field: UInt64 in [91, 92, 75] {
            let error = #expect(throws: WireError.self) { try TestEverything(decoding: self.nested(10_000, in: field)) }
            #expect(error?.kind == .tooDeep(limit: 100))
        }
    }

    @Test func `nested unknown groups count as levels`() throws {
        func groups(_ levels: Int) -> [UInt8] {
            Array(repeating: 0xa3, count: levels).flatMap { [$0, 0x06] as [UInt8] }
                + Array(repeating: 0xa4, count: levels).flatMap { [$0, 0x06] as [UInt8] }
        }
        _ = try TestEmpty(decoding: groups(100))
        let error = #expect(throws: WireError.self) { try TestEmpty(decoding: groups(101)) }
        #expect(error?.kind == .tooDeep(limit: 100))
    }

    @Test func `encoding refuses what a receiver would refuse for its depth`() throws {
        func chain(_ levels: Int) -> TestEverything {
            var message = TestEverything()
            for _ in 0..<levels { message = TestEverything(itself: message) }
            return message
        }
        let deepest = try chain(100).encoded()
        #expect(try TestEverything(decoding: deepest) == chain(100))
        let error = #expect(throws: WireError.self) { try chain(101).encoded() }
        #expect(error?.kind == .tooDeep(limit: 100))
    }

    // MARK: Wire types and groups

    @Test func `an unknown group is kept and written again`() throws {
        let bytes = Wire().varint(3, 7).group(700, Wire().varint(1, 5).text(2, "x").group(3, Wire())).bytes
        let message = try TestEverything(decoding: bytes)
        #expect(message.int32Value == 7)
        #expect(message.unknownFields.map(\.number) == [700])
        #expect(message.unknownFields.map(\.wireType) == [3])
        #expect(try message.encoded() == bytes)
    }

    @Test func `a group with the number of a known field is kept as unknown`() throws {
        let bytes = Wire().varint(3, 7).group(17, Wire().varint(1, 5)).bytes
        let message = try TestEverything(decoding: bytes)
        #expect(message.pointValue == nil)
        #expect(try message.encoded() == bytes)
    }

    private var point: Wire { Wire().varint(1, 1) }

    @Test(arguments: [1, 2, 3, 9, 10, 13, 14, 15, 16, 17, 23, 33, 41, 43, 49, 54, 57, 72, 74, 77, 81, 93] as [UInt64])
    func `a known field of a wrong wire type is an unknown field`(field: UInt64) throws {
        let forms: [(type: Int, wire: Wire)] = [
            (0, Wire().varint(field, 1)), (1, Wire().fixed64(field, 1)), (5, Wire().fixed32(field, 1)),
            (2, Wire().delimited(field, [])), (3, Wire().group(field, Wire())),
        ]
        var kept = 0
        for form in forms {
            let message = try TestEverything(decoding: form.wire.bytes)
            guard let unknown = message.unknownFields.first else { continue }
            kept += 1
            #expect(unknown.number == Int(field))
            #expect(unknown.wireType == form.type)
            #expect(try message.encoded() == form.wire.bytes)
        }
        #expect(kept == ([41, 43, 49].contains(field) ? 3 : 4))
    }

    @Test func `a Boolean of a wrong wire type is not true`() throws {
        let message = try TestEverything(decoding: Wire().fixed32(13, 1).bytes)
        #expect(message.boolValue == false)
        #expect(message.unknownFields.count == 1)
    }

    // MARK: Merging

    @Test func `a singular message that occurs twice is merged, its unknown fields too`() throws {
        let first = Wire().varint(1, 2).varint(99, 5)
        let second = Wire().varint(2, 4).varint(98, 6)
        let bytes = Wire().message(17, first).varint(3, 1).message(17, second).bytes
        let message = try TestEverything(decoding: bytes)
        #expect(message.pointValue?.x == 1)
        #expect(message.pointValue?.y == 2)
        #expect(message.pointValue?.unknownFields.map(\.number) == [99, 98])
        #expect(message.int32Value == 1)
    }

    @Test func `merging goes on in the messages within`() throws {
        let first = Wire().message(17, Wire().varint(1, 2)).varint(43, 1)
        let second = Wire().message(17, Wire().varint(2, 4)).varint(43, 2)
        let message = try TestEverything(decoding: Wire().message(91, first).message(91, second).bytes)
        #expect(message.itself?.pointValue == TestPoint(x: 1, y: 2))
        #expect(message.itself?.int32s == [1, 2])
    }

    @Test func `a repeated occurrence of a message with an unset oneof is accepted`() throws {
        let bytes = Wire().message(91, Wire().varint(3, 1)).message(91, Wire().varint(4, 2)).bytes
        let message = try TestEverything(decoding: bytes)
        #expect(message.itself == TestEverything(int32Value: 1, int64Value: 2))
    }

    @Test func `a oneof member that is a message is merged while it stays the one that is set`() throws {
        let merged = Wire().message(74, Wire().varint(1, 2)).message(74, Wire().varint(2, 4))
        #expect(try TestEverything(decoding: merged.bytes).choice == .chosenPoint(TestPoint(x: 1, y: 2)))
        let interrupted = Wire().message(74, Wire().varint(1, 2)).varint(71, 9).message(74, Wire().varint(2, 4))
        #expect(try TestEverything(decoding: interrupted.bytes).choice == .chosenPoint(TestPoint(y: 2)))
        let replaced = Wire().message(74, Wire().varint(1, 2)).message(74, Wire()).text(72, "last")
        #expect(try TestEverything(decoding: replaced.bytes).choice == .chosenString("last"))
    }

    @Test func `of several members of a oneof the last counts`() throws {
        let bytes = Wire().varint(71, 5).text(72, "text").delimited(73, [1, 2]).bytes
        #expect(try TestEverything(decoding: bytes).choice == .chosenBytes([1, 2]))
    }

    @Test func `many occurrences of one message take linear time and memory`() throws {
        var wire: [UInt8] = []
        for _ in 0..<100_000 { wire += [0x8a, 0x01, 0x02, 0x08, 0x02] }
        #expect(try TestEverything(decoding: wire).pointValue == TestPoint(x: 1))
    }

    // MARK: Strings and numbers

    @Test func `a string keeps a NUL and what follows`() throws {
        let message = TestEverything(stringValue: "ab\u{0}cd", strings: ["\u{0}", ""])
        #expect(try TestEverything(decoding: message.encoded()) == message)
        #expect(try TestEverything(decoding: message.encoded()).stringValue.utf8.count == 5)
    }

    @Test(
        arguments: [
            [0x80], [0xc3], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80],
            [0xed, 0xbf, 0xbf], [0xf0, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff],
            [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc3, 0x28], [0xe2, 0x28, 0xa1], [0xf0, 0x9f, 0x28, 0x80],
        ] as [[UInt8]])
    func `a string that is not UTF-8 is refused and its field is named`(bad: [UInt8]) throws {
        for prefix in 0...9 {
            let payload = Array(repeating: UInt8(ascii: "a"), count: prefix) + bad
            for (field, name) in [
                (14, "string_value"), (34, "optional_string"), (54, "strings"), (72, "chosen_string"),
            ] {
                let error = #expect(throws: WireError.self) {
                    try TestEverything(decoding: Wire().delimited(UInt64(field), payload).bytes)
                }
                #expect(error?.kind == .invalidUTF8)
                #expect(error?.field == name)
            }
        }
        let key = #expect(throws: WireError.self) {
            try TestEverything(decoding: Wire().message(81, Wire().delimited(1, bad)).bytes)
        }
        #expect(key?.kind == .invalidUTF8)
    }

    @Test func `every Unicode scalar is accepted in a string`() throws {
        for range in [0..<0xd800, 0xe000..<0x11_0000] {
            var text = ""
            for value in stride(from: range.lowerBound, to: range.upperBound, by: 7) {
                text.unicodeScalars.append(Unicode.Scalar(UInt32(value))!)
            }
            let decoded = try TestEverything(decoding: Wire().text(14, text).bytes).stringValue
            #expect(Array(decoded.utf8) == Array(text.utf8))
        }
    }

    @Test func `negative zero is not dropped`() throws {
        let message = TestEverything(doubleValue: -0.0, floatValue: -0.0)
        #expect(try message.encoded().count == 1 + 8 + 1 + 4)
        let decoded = try TestEverything(decoding: message.encoded())
        #expect(decoded.doubleValue.sign == .minus)
        #expect(decoded.floatValue.sign == .minus)
    }

    @Test func `a field with presence is written even if it has its default value`() throws {
        let message = TestEverything(
            optionalDouble: 0, optionalInt32: 0, optionalBool: false, optionalString: "", optionalBytes: [],
            optionalColour: .unspecified, optionalPoint: TestPoint())
        let decoded = try TestEverything(decoding: message.encoded())
        #expect(decoded == message)
        #expect(decoded.optionalString == "")
        #expect(decoded.optionalInt64 == nil)
        #expect(try TestEverything().encoded().isEmpty)
    }

    // MARK: Tags and lengths

    @Test(
        arguments: [
            [0x00, 0x00], [0x02, 0x00], [0x80, 0x00, 0x00], [0x82, 0x80, 0x00, 0x00],
            [0x80, 0x80, 0x80, 0x80, 0x00, 0x00],
            [0x80, 0x80, 0x80, 0x80, 0x10, 0x00], [0xf8, 0xff, 0xff, 0xff, 0x1f, 0x00],
            [0x82, 0x80, 0x80, 0x80, 0x10, 0x00],
            [0x88, 0x80, 0x80, 0x80, 0x80, 0x00, 0x01],
        ] as [[UInt8]])
    func `a tag of field 0, above the largest number or of six bytes is refused`(bytes: [UInt8]) throws {
        let error = #expect(throws: WireError.self) { try TestEverything(decoding: bytes) }
        #expect(error?.kind == .malformed(.badTag))
        let inner = #expect(throws: WireError.self) { try TestEverything(decoding: Wire().delimited(91, bytes).bytes) }
        #expect(inner?.kind == .malformed(.badTag))
    }

    @Test func `the largest field number is a field like any other`() throws {
        let message = TestEverything(last: 5)
        #expect(try message.encoded() == [0xf8, 0xff, 0xff, 0xff, 0x0f, 5])
        #expect(try TestEverything(decoding: message.encoded()) == message)
    }

    @Test(
        arguments: [
            (Wire().raw([0x18]), .truncated), (Wire().raw([0x18, 0x80]), .truncated),
            (Wire().raw([0x09, 1, 2]), .truncated),
            (Wire().raw([0x4d, 1, 2]), .truncated), (Wire().raw([0x72, 5, 1]), .truncated),
            (Wire().raw([0x72]), .truncated),
            (Wire().raw([0x18] + Array(repeating: 0xff, count: 10)), .badVarint),
            (Wire().raw([0x72, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]), .badVarint),
            (Wire().raw([0x72, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00, 0x61]), .badVarint),
            (Wire().raw([0x1e, 0]), .badWireType), (Wire().raw([0x1f, 0]), .badWireType),
            (Wire().raw([0x1c]), .badGroup), (Wire().raw([0xa3, 0x06, 0x24]), .badGroup),
            (Wire().raw([0xa3, 0x06, 0x08]), .truncated), (Wire().raw([0xa3, 0x06]), .truncated),
            (Wire().delimited(49, [1, 2, 3]), .badPackedLength),
            (Wire().delimited(50, [1, 2, 3, 4]), .badPackedLength),
            (Wire().delimited(43, [0x80]), .badPackedLength), (Wire().delimited(53, [1, 0x80]), .badPackedLength),
        ] as [(Wire, WireError.Malformation)])
    func `what is no message is refused with what is wrong`(wire: Wire, kind: WireError.Malformation) throws {
        let error = #expect(throws: WireError.self) { try TestEverything(decoding: wire.bytes) }
        #expect(error?.kind == .malformed(kind))
        let inner = #expect(throws: WireError.self) {
            try TestEverything(decoding: Wire().delimited(91, wire.bytes).bytes)
        }
        #expect(inner?.kind == .malformed(kind))
    }

    @Test func `a length beyond two GiB is refused`() throws {
        for length: UInt64 in [0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
            let bytes = Wire().raw([0x72]).raw(Wire.varint(length)).raw([1, 2, 3]).bytes
            #expect(throws: WireError.self) { try TestEverything(decoding: bytes) }
        }
    }

    @Test func `a message without fields can be decoded`() throws {
        #expect(try TestEmpty(decoding: [] as [UInt8]) == TestEmpty())
        let message = try TestEmpty(decoding: Wire().varint(1, 1).text(2, "x").bytes)
        #expect(try message.encoded() == Wire().varint(1, 1).text(2, "x").bytes)
    }
}
