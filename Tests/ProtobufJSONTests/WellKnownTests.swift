import Messages
import Protobuf
import ProtobufJSON
import TestMessages
import Testing
import WellKnownTypes

@Suite struct `well-known types have a form of their own` {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0, 0),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", -62_135_596_800, 0),
        ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z", -1, 500_000_000),
        ("2000-02-29T12:30:15.000010Z", "2000-02-29T12:30:15.000010Z", 951_827_415, 10_000),
        ("1900-03-01T00:00:00Z", "1900-03-01T00:00:00Z", -2_203_891_200, 0),
        ("2024-01-01T01:30:00+01:30", "2024-01-01T00:00:00Z", 1_704_067_200, 0),
        ("2023-12-31T23:00:00.000000001-01:00", "2024-01-01T00:00:00.000000001Z", 1_704_067_200, 1),
    ])
    func `Timestamp`(text: String, canonical: String, seconds: Int64, nanoseconds: Int32) throws {
        let message = try mapping.message(GoogleProtobufTimestamp.self, fromJSON: "\"\(text)\"")
        #expect(message == GoogleProtobufTimestamp(seconds: seconds, nanos: nanoseconds))
        #expect(try mapping.json(of: message) == "\"\(canonical)\"")
    }

    @Test func `every day has a date`() throws {
        var seen: Set<String> = []
        for day in stride(from: Int64(-719_162), through: 2_932_896, by: 97) {
            let message = GoogleProtobufTimestamp(seconds: day * 86400)
            let text = try mapping.json(of: message)
            #expect(try mapping.message(fromJSON: text) == message)
            seen.insert(text)
        }
        #expect(seen.count == (2_932_896 + 719_162) / 97 + 1)
    }

    @Test(arguments: [
        "", "2000-01-01", "2000-01-01T00:00:00", "2000-01-01t00:00:00Z", "2000-01-01T00:00:00z", "2000-1-1T00:00:00Z",
        "2000-01-01 00:00:00Z", "2000-13-01T00:00:00Z", "2000-00-01T00:00:00Z", "2000-01-00T00:00:00Z",
        "2001-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-04-31T00:00:00Z", "2000-01-01T24:00:00Z",
        "2000-01-01T00:60:00Z", "2000-01-01T00:00:60Z", "2000-01-01T00:00:00.Z", "2000-01-01T00:00:00.1234567890Z",
        "2000-01-01T00:00:00+0100", "2000-01-01T00:00:00+24:00", "2000-01-01T00:00:00Zx", "+2000-01-01T00:00:00Z",
        "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "10000-01-01T00:00:00Z",
    ])
    func `no Timestamp`(text: String) {
        #expect(refusal(GoogleProtobufTimestamp.self, "\"\(text)\"") != nil)
    }

    @Test(arguments: [
        ("0s", "0s", 0, 0), ("1s", "1s", 1, 0), ("-1.5s", "-1.500s", -1, -500_000_000),
        ("-0.000000001s", "-0.000000001s", 0, -1), ("3.00001s", "3.000010s", 3, 10_000),
        ("315576000000.999999999s", "315576000000.999999999s", 315_576_000_000, 999_999_999),
    ])
    func `Duration`(text: String, canonical: String, seconds: Int64, nanoseconds: Int32) throws {
        let message = try mapping.message(GoogleProtobufDuration.self, fromJSON: "\"\(text)\"")
        #expect(message == GoogleProtobufDuration(seconds: seconds, nanos: nanoseconds))
        #expect(try mapping.json(of: message) == "\"\(canonical)\"")
    }

    @Test(arguments: [
        "", "s", "1", "1m", ".5s", "1.s", "+1s", "--1s", "1 s", "1.0000000000s", "1e3s", "315576000001s",
        "-315576000001s", "99999999999999999999s",
    ])
    func `no Duration`(text: String) {
        #expect(refusal(GoogleProtobufDuration.self, "\"\(text)\"") != nil)
    }

    @Test func `times that have no form are not written`() {
        let times: [any Message] = [
            GoogleProtobufTimestamp(seconds: 253_402_300_800), GoogleProtobufTimestamp(seconds: -62_135_596_801),
            GoogleProtobufTimestamp(nanos: -1), GoogleProtobufTimestamp(nanos: 1_000_000_000),
            GoogleProtobufTimestamp(seconds: .min),
            GoogleProtobufDuration(seconds: 315_576_000_001), GoogleProtobufDuration(seconds: .min),
            GoogleProtobufDuration(seconds: 1, nanos: -1),
            GoogleProtobufDuration(seconds: -1, nanos: 1), GoogleProtobufDuration(nanos: 1_000_000_000),
            GoogleProtobufDuration(nanos: .min),
        ]
        for time in times {
            let error = #expect(throws: JSONError.self) { try mapping.json(of: time) }
            #expect(error?.kind == .outOfRange(of: type(of: time).fullName))
        }
    }

    @Test func `FieldMask`() throws {
        let message = GoogleProtobufFieldMask(paths: ["foo_bar", "a.b_c", "x1"])
        #expect(try mapping.json(of: message) == #""fooBar,a.bC,x1""#)
        #expect(try mapping.message(fromJSON: #""fooBar,a.bC,x1""#) == message)
        #expect(try again(GoogleProtobufFieldMask.self, #""""#) == #""""#)
        for path in ["fooBar", "foo__bar", "foo_1", "foo_", "_Foo", "a,b", ""] {
            #expect(throws: JSONError(.malformed(as: "google.protobuf.FieldMask"))) {
                try mapping.json(of: GoogleProtobufFieldMask(paths: [path]))
            }
        }
        for text in ["foo_bar", "a,", ",", "a,,b"] {
            #expect(refusal(GoogleProtobufFieldMask.self, "\"\(text)\"") != nil)
        }
    }

    @Test func `Struct, Value and ListValue are any JSON`() throws {
        let text = #"{"a":null,"b":[1,-0.0,"x",{}],"c":{"":true},"d":1.5}"#
        #expect(try again(GoogleProtobufStruct.self, text) == text)
        #expect(try again(GoogleProtobufValue.self, text) == text)
        #expect(try again(GoogleProtobufListValue.self, "[\(text),[]]") == "[\(text),[]]")
        #expect(refusal(GoogleProtobufStruct.self, "[]") != nil)
        #expect(refusal(GoogleProtobufListValue.self, "{}") != nil)
        #expect(refusal(GoogleProtobufValue.self, "1e400")?.kind == .outOfRange(of: "double"))
        for value in [
            GoogleProtobufValue(), GoogleProtobufValue(kind: .numberValue(.nan)),
            GoogleProtobufValue(kind: .numberValue(-.infinity)),
        ] {
            #expect(throws: JSONError.self) { try mapping.json(of: value) }
        }
    }

    @Test func `null is a value where the type has one`() throws {
        let text = #"{"value":null,"values":[null,1],"nulls":[null,null],"valueMap":{"a":null},"chosenNull":null}"#
        let message = try mapping.message(TestKnownKnown.self, fromJSON: text)
        #expect(message.value == GoogleProtobufValue(kind: .nullValue(.nullValue)) && message.nulls.count == 2)
        #expect(message.choice == .chosenNull(.nullValue))
        #expect(try mapping.json(of: message) == text)
        #expect(try again(TestKnownKnown.self, #"{"nulls":["NULL_VALUE",0]}"#) == #"{"nulls":[null,null]}"#)
        #expect(try again(TestKnownKnown.self, #"{"struct":null,"list":null,"any":null,"int64Value":null}"#) == "{}")
        #expect(refusal(TestKnownKnown.self, #"{"int64Values":[null]}"#)?.path == "$.int64Values[0]")
        #expect(refusal(TestKnownKnown.self, #"{"timestamps":[null]}"#) != nil)
    }

    @Test func `a wrapper is what it wraps`() throws {
        let text =
            #"{"doubleValue":"NaN","floatValue":0,"int64Value":"-1","uint64Value":"0","int32Value":0,"uint32Value":1,"#
            + #""boolValue":false,"stringValue":"","bytesValue":"AA==","int64Values":["1","0"]}"#
        let message = try mapping.message(TestKnownKnown.self, fromJSON: text)
        #expect(
            message.boolValue == GoogleProtobufBoolValue() && message.int64Value == GoogleProtobufInt64Value(value: -1))
        #expect(try mapping.json(of: message) == text)
        #expect(refusal(TestKnownKnown.self, #"{"int32Value":{"value":1}}"#) != nil)
    }

    @Test func `an Any is what it holds, and its type`() throws {
        let text =
            #"{"any":{"@type":"type.googleapis.com/test.Point","x":1},"anys":[{},{"@type":"a.b/test.Empty"},"#
            + #"{"@type":"a/google.protobuf.Duration","value":"1s"},{"@type":"a/google.protobuf.Value","value":null},"#
            + #"{"@type":"a/google.protobuf.Any","value":{"@type":"a/google.protobuf.Int64Value","value":"1"}}]}"#
        let message = try mapping.message(TestKnownKnown.self, fromJSON: text)
        #expect(message.any == GoogleProtobufAny(typeURL: "type.googleapis.com/test.Point", value: [8, 2]))
        #expect(try mapping.json(of: message) == text)
        let late = try mapping.message(
            GoogleProtobufAny.self, fromJSON: #"{"x":1,"@type":"type.googleapis.com/test.Point"}"#)
        #expect(late == message.any)
        #expect(
            try again(GoogleProtobufAny.self, #"{"@type":"a/google.protobuf.Empty","value":{}}"#)
                == #"{"@type":"a/google.protobuf.Empty"}"#)
    }

    @Test(arguments: [
        (#"{"x":1}"#, JSONError.Kind.missingMember("@type")),
        (#"{"@type":"a/google.protobuf.Duration"}"#, .missingMember("value")),
        (#"{"@type":"test.Point"}"#, .unknownType("test.Point")),
        (#"{"@type":""}"#, .unknownType("")),
        (#"{"@type":"a/test.Nobody"}"#, .unknownType("a/test.Nobody")),
        (#"{"@type":1}"#, .wrongKind(wanted: "a string")),
        (#"{"@type":"a/test.Point","value":{"x":1}}"#, .unknownField("value", of: "test.Point")),
        (
            #"{"@type":"a/google.protobuf.Duration","value":"1s","x":1}"#,
            .unknownField("x", of: "google.protobuf.Duration")
        ),
        (#"{"@type":"a/test.old.Part"}"#, .missingRequired("name")),
    ])
    func `no Any`(text: String, kind: JSONError.Kind) {
        #expect(refusal(GoogleProtobufAny.self, text)?.kind == kind)
    }

    @Test func `an Any that cannot be told is not written`() {
        let kinds: [(GoogleProtobufAny, (JSONError.Kind) -> Bool)] = [
            (.init(typeURL: "a/test.Nobody"), { $0 == .unknownType("a/test.Nobody") }),
            (.init(value: [8, 2]), { $0 == .unknownType("") }),
            (.init(typeURL: "a/test.Point", value: [8]), { if case .wire = $0 { true } else { false } }),
            (
                .init(typeURL: "a/test.Everything", value: [0x72, 1, 0xFF]),
                { if case .wire = $0 { true } else { false } }
            ),
            (
                .init(typeURL: "a/test.Everything", value: [0x9B, 6, 0x93, 6]),
                { if case .wire = $0 { true } else { false } }
            ),
        ]
        for (any, isKind) in kinds {
            let error = #expect(throws: JSONError.self) { try mapping.json(of: any) }
            #expect(error.map { isKind($0.kind) } == true)
        }
    }

    @Test func `an Any in an Any, and so on, has an end`() throws {
        var any = GoogleProtobufAny(typeURL: "a/test.Empty")
        for _ in 0..<99 { any = GoogleProtobufAny(typeURL: "a/google.protobuf.Any", value: try any.encodedBytes()) }
        #expect(try again(GoogleProtobufAny.self, mapping.json(of: any)) == mapping.json(of: any))
        any = GoogleProtobufAny(typeURL: "a/google.protobuf.Any", value: try any.encodedBytes())
        let error = #expect(throws: JSONError.self) { try mapping.json(of: any) }
        #expect(error?.kind == .tooDeep(limit: 100))
    }

    @Test func `what an Any holds may be encoded by anybody`() throws {
        func json(_ bytes: Bytes) throws -> String {
            try mapping.json(of: GoogleProtobufAny(typeURL: "a/test.Everything", value: bytes))
        }
        // An unknown field, a group of an unknown number, a number that is not packed although it could be, and one
        // that is although it need not be.
        #expect(
            try json([0xC0, 0x3E, 1, 0xC3, 0x3E, 8, 1, 0xC4, 0x3E, 0xD8, 2, 7, 0xD2, 3, 1, 9])
                == #"{"@type":"a/test.Everything","int32s":[7],"unpackedInt32s":[9]}"#)
        // A map's entries in no order, one of them twice, one without a value, one without a key.
        #expect(
            try json([
                0x8A, 5, 3, 10, 1, 0x62, 0x8A, 5, 3, 10, 1, 0x61, 0x8A, 5, 6, 10, 1, 0x62, 18, 1, 0x63, 0x8A, 5, 0,
            ])
                == #"{"@type":"a/test.Everything","stringMap":{"b":"c","a":"","":""}}"#)
    }

    @Test(arguments: ["test.known.Known", "test.Everything", "test.old.Closed", "test.old.Grouped"])
    func `no bytes make it crash`(type: String) throws {
        let good = try mapping.encodedMessage(
            type: "test.known.Known",
            fromJSON: Array(
                (#"{"any":{"@type":"a/test.extended.MessageSet","[test.extended.Item.item]":{"text":"a"}},"#
                    + #""valueMap":{"a":[{"b":1}]},"timestamp":"2000-01-01T00:00:00Z","fieldMask":"a,b"}"#).utf8))
        var random = SplitMix(state: 7)
        for round in 0..<4_000 {
            var bytes = round % 2 == 0 ? good : []
            for _ in 0...random.next(below: 8) {
                bytes.insert(UInt8(random.next(below: 256)), at: random.next(below: bytes.count + 1))
                if round % 4 == 0 { bytes[random.next(below: bytes.count)] = UInt8(random.next(below: 256)) }
            }
            _ = try? mapping.json(ofEncoded: bytes, type: type)
            _ = try? mapping.json(of: GoogleProtobufAny(typeURL: "a/\(type)", value: Bytes(bytes)))
        }
    }
}
