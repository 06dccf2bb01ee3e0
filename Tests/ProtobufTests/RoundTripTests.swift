import Messages
import Protobuf
import TestMessages
import Testing

@Suite struct `Messages come back as they were sent` {
    /// Every field set to something.
    static let full = TestEverything(
        doubleValue: 1.5, floatValue: -2.25, int32Value: .min, int64Value: .min, uint32Value: .max, uint64Value: .max,
        sint32Value: .min, sint64Value: .min, fixed32Value: .max, fixed64Value: .max, sfixed32Value: .min,
        sfixed64Value: .min, boolValue: true, stringValue: "grüße 🐓", bytesValue: [0, 255],
        colourValue: .negative, pointValue: TestPoint(x: -1, y: 1), optionalDouble: .infinity, optionalFloat: -0.0,
        optionalInt32: 0, optionalInt64: -1, optionalUint32: 0, optionalUint64: 0, optionalSint32: 0, optionalSint64: 0,
        optionalFixed32: 0, optionalFixed64: 0, optionalSfixed32: 0, optionalSfixed64: 0, optionalBool: false,
        optionalString: "", optionalBytes: [], optionalColour: .deepBlue, optionalPoint: TestPoint(),
        doubles: [0, -0.0, 1], floats: [0, 1], int32s: [0, -1, .max], int64s: [0, -1, .max], uint32s: [0, .max],
        uint64s: [0, .max], sint32s: [0, -1, .min], sint64s: [0, -1, .min], fixed32s: [0, .max], fixed64s: [0, .max],
        sfixed32s: [0, .min], sfixed64s: [0, .min], bools: [true, false, true], strings: ["", "a", "b\u{0}c"],
        chunks: [[], [0], [1, 2]], colours: [.red, .unrecognized(77), .negative],
        points: [TestPoint(), TestPoint(x: 5)],
        unpackedInt32s: [1, -1], unpackedFixed64s: [1, 2], unpackedColours: [.red, .unspecified],
        choice: .chosenEverything(TestEverything(choice: .chosenBool(false))), stringMap: ["": "", "k": "v", "a": "b"],
        pointMap: [-1: TestPoint(x: 1), 0: TestPoint()], colourMap: [true: .red, false: .unrecognized(9)],
        bytesMap: [.max: [1], 0: []], doubleMap: [-5: -0.0, 5: 1], boolMap: [.max: true, 0: false],
        itself: TestEverything(int32Value: 1), others: [TestEverything(), TestEverything(boolValue: true)],
        inner: TestSharedNested.Inner(level: .high, value: -9), last: .max)

    @Test func `a message with every kind of field`() throws {
        #expect(try TestEverything(decoding: Self.full.encoded()) == Self.full)
        #expect(try TestEverything(decoding: Self.full.encodedBytes()) == Self.full)
    }

    @Test func `nothing at all is a message whose fields are not set`() throws {
        #expect(try TestEverything(decoding: UnsafeRawBufferPointer(start: nil, count: 0)) == TestEverything())
        #expect(try TestEverything(decoding: [UInt8]()) == TestEverything())
    }

    @Test(
        arguments: [
            .chosenNumber(0), .chosenString(""), .chosenBytes([]), .chosenPoint(TestPoint()),
            .chosenColour(.unspecified),
            .chosenBool(false), .chosenDouble(0), .chosenDouble(-0.0), .chosenEverything(TestEverything()), nil,
        ] as [TestEverything.Choice?])
    func `a oneof keeps which member is set even if the value is the default one`(choice: TestEverything.Choice?) throws
    {
        #expect(try TestEverything(decoding: TestEverything(choice: choice).encoded()).choice == choice)
    }

    @Test func `equal messages have equal bytes, whatever the order in which their maps were made`() throws {
        let keys = (0..<200).map { "key \($0)" }
        let forward = TestEverything(stringMap: Dictionary(uniqueKeysWithValues: keys.map { ($0, "v") }))
        let backward = TestEverything(stringMap: Dictionary(uniqueKeysWithValues: keys.reversed().map { ($0, "v") }))
        #expect(try forward.encoded() == backward.encoded())
        let sorted = keys.sorted().reduce(Wire()) { $0.message(81, Wire().text(1, $1).text(2, "v")) }
        #expect(try forward.encoded() == sorted.bytes)
        #expect(
            try TestEverything(pointMap: [2: TestPoint(), -1: TestPoint()]).encoded()
                == Wire().message(82, Wire().varint(1, UInt64(bitPattern: -1)).delimited(2, [])).message(
                    82, Wire().varint(1, 2).delimited(2, [])
                ).bytes)
    }

    @Test func `of map entries with one key the last counts, and absent parts have their defaults`() throws {
        let bytes = Wire().message(81, Wire().text(1, "k").text(2, "1")).message(81, Wire().text(2, "2").text(1, "k"))
            .message(81, Wire()).message(82, Wire().varint(1, 3)).bytes
        let message = try TestEverything(decoding: bytes)
        #expect(message.stringMap == ["k": "2", "": ""])
        #expect(message.pointMap == [3: TestPoint()])
    }

    @Test func `packed fields are read unpacked and the other way round, also mixed`() throws {
        let mixed = Wire().varint(43, 1).delimited(43, [2, 3]).varint(43, 4).delimited(43, []).delimited(58, [5, 6])
            .fixed64(50, 7).fixed64(59, 8).delimited(53, [0x81, 0x00, 0x80, 0x00]).bytes
        let message = try TestEverything(decoding: mixed)
        #expect(message.int32s == [1, 2, 3, 4])
        #expect(message.unpackedInt32s == [5, 6])
        #expect(message.fixed64s == [7])
        #expect(message.unpackedFixed64s == [8])
        #expect(message.bools == [true, false])
        #expect(try TestEverything(unpackedInt32s: [5, 6]).encoded() == Wire().varint(58, 5).varint(58, 6).bytes)
        #expect(try TestEverything(int32s: [5, 6]).encoded() == Wire().delimited(43, [5, 6]).bytes)
    }

    @Test func `an older program passes on what a newer one sent`() throws {
        let old = try TestEverythingOld(decoding: Self.full.encoded())
        #expect(old.int32Value == Self.full.int32Value)
        #expect(try TestEverything(decoding: old.encoded()) == Self.full)
        var changed = old
        changed.int32Value = 7
        var expected = Self.full
        expected.int32Value = 7
        #expect(try TestEverything(decoding: changed.encoded()) == expected)
    }

    @Test func `an open enum keeps numbers without a name`() throws {
        let message = try TestEverything(decoding: Wire().varint(16, 1234).bytes)
        #expect(message.colourValue == .unrecognized(1234))
        #expect(try message.encoded() == Wire().varint(16, 1234).bytes)
        // The upper half of a number is dropped, as everywhere.
        #expect(try TestEverything(decoding: Wire().varint(16, 0x1_0000_0001).bytes).colourValue == .red)
    }

    @Test func `packed fields of every length that changes the length of their prefix`() throws {
        for count in [1, 2, 12, 13, 14, 25, 26, 127, 128, 129, 1638, 1639, 16_383, 16_384, 30_000] {
            for value: Int32 in [0, -1, 127, 128] {
                let message = TestEverything(int32s: Array(repeating: value, count: count))
                #expect(try TestEverything(decoding: message.encoded()) == message)
            }
        }
    }

    @Test func `names that are keywords or members of every message are fields like any other`() throws {
        var message = TestNamesKeywords(class: "c", default: "d", init_: "i", self_: "s", isDefault_: true, type: "t")
        message.repeat = .none_("n")
        message.unknownFields_ = "u"
        message.requestID = "r"
        message.userIDs = ["a", "b"]
        message.callbackURL = "http://example.com"
        message.hashValue_ = "h"
        #expect(try TestNamesKeywords(decoding: message.encoded()) == message)
        let types = TestNamesTypes(
            string: .init(value: [1]), int32: .init(value: 1), swift: .init(value: "s"), uint32: .zero,
            innerKeywords: .init(value: 5), outerKeywords: TestNamesKeywords(id: "o"), stringOrNumber: .number(3))
        #expect(try TestNamesTypes(decoding: types.encoded()) == types)
    }

    @Test func `a description tells the fields that are set`() {
        let message = TestEverything(
            int32Value: 5, stringValue: "a\"b", bytesValue: [104, 105], colourValue: .red,
            choice: .chosenPoint(TestPoint(x: 1)), stringMap: ["b": "2", "a": "1"],
            itself: TestEverything(boolValue: true))
        #expect(
            "\(message)" == """
                test.Everything(int32Value: 5, stringValue: "a\\"b", bytesValue: "hi", colourValue: red, \
                choice: chosenPoint(test.Point(x: 1)), stringMap: ["a": "1", "b": "2"], \
                itself: test.Everything(boolValue: true))
                """)
    }
}
