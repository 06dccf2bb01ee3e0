import Protobuf
import ProtobufJSON
import TestMessages
import Testing

@Suite struct `fields are members` {
    @Test func `in the order of their numbers, under lowerCamelCase names`() throws {
        let message = TestEverything(
            int64Value: -5, boolValue: true, stringValue: "ä\n", bytesValue: [0xFF, 0xEF], colourValue: .deepBlue,
            pointValue: .init(x: -1), optionalInt32: 0, doubles: [1, 0.5, .infinity], uint64s: [1],
            choice: .chosenBool(false))
        let text =
            #"{"int64Value":"-5","boolValue":true,"stringValue":"ä\n","bytesValue":"/+8=","#
            + #""colourValue":"COLOUR_DEEP_BLUE","pointValue":{"x":-1},"optionalInt32":0,"doubles":[1,0.5,"Infinity"],"#
            + #""uint64s":["1"],"chosenBool":false}"#
        #expect(try mapping.json(of: message) == text)
        #expect(try mapping.message(fromJSON: text) == message)
    }

    @Test func `a map is an object, in the order of its keys`() throws {
        let message = TestEverything(
            stringMap: ["b": "1", "a": "\"", "": "3"], pointMap: [-1: .init(), 7: .init(y: 2)],
            colourMap: [true: .red, false: .unspecified], bytesMap: [.max: [1]], doubleMap: [.min: .nan])
        let text =
            #"{"stringMap":{"":"3","a":"\"","b":"1"},"pointMap":{"-1":{},"7":{"y":2}},"#
            + #""colourMap":{"false":"COLOUR_UNSPECIFIED","true":"COLOUR_RED"},"#
            + #""bytesMap":{"18446744073709551615":"AQ=="},"doubleMap":{"-9223372036854775808":"NaN"}}"#
        #expect(try mapping.json(of: message) == text)
        #expect(try again(TestEverything.self, text) == text)
    }

    @Test func `options change how they are written`() throws {
        let message = TestTree(left: .init(end: .leaf([])))
        let all = JSONWritingOptions(printsFieldsWithoutPresence: true)
        #expect(try mapping.json(of: message, options: all) == #"{"left":{"leaf":""},"name":""}"#)
        let empty = try mapping.json(of: TestEverything(), options: all)
        #expect(empty.hasPrefix(#"{"doubleValue":0,"floatValue":0,"int32Value":0,"int64Value":"0""#))
        #expect(empty.contains(#""points":[],"#) && empty.contains(#""stringMap":{},"#))
        #expect(!empty.contains("optional") && !empty.contains("chosen") && !empty.contains("pointValue"))
        #expect(try mapping.message(fromJSON: empty) == TestEverything())
        let coloured = TestEverything(colourValue: .red, colours: [.negative])
        #expect(
            try mapping.json(of: coloured, options: .init(usesProtoNames: true, writesEnumsAsNumbers: true))
                == #"{"colour_value":1,"colours":[-1]}"#)
        #expect(
            try mapping.json(of: TestBatch(term: 1, items: [.init(term: 2), .init()]), options: .init(indentation: 2))
                == "{\n  \"term\": \"1\",\n  \"items\": [\n    {\n      \"term\": \"2\"\n    },\n    {}\n  ]\n}")
    }

    @Test func `each of its names is accepted, but not two of them`() throws {
        #expect(
            try again(TestEverything.self, #"{"int32_value":1,"uint32Value":2}"#)
                == #"{"int32Value":1,"uint32Value":2}"#)
        #expect(try again(TestKnownKnown.self, #"{"another K":"x"}"#) == #"{"another K":"x"}"#)
        #expect(try again(TestKnownKnown.self, #"{"renamed":"x"}"#) == #"{"another K":"x"}"#)
        let error = refusal(TestEverything.self, #"{"int32_value":1,"int32Value":1}"#)
        #expect(error?.kind == .duplicateName("int32Value"))
    }

    @Test func `others are refused, or passed over`() throws {
        let error = refusal(TestEverything.self, #"{"itself":{"nobody":1}}"#)
        #expect(error?.kind == .unknownField("nobody", of: "test.Everything"))
        #expect(error?.path == "$.itself" && error?.offset == 11)
        // Swift takes the sign of the kelvin for a K.
        #expect(refusal(TestKnownKnown.self, #"{"another \u212A":"x"}"#) != nil)
        let lenient = JSONReadingOptions(ignoresUnknownFields: true)
        let text =
            #"{"nobody":[{"x":1},"\u0000"],"colourValue":"NONE","colours":["NONE",1],"#
            + #""colourMap":{"true":"NONE"},"last":3}"#
        #expect(try again(TestEverything.self, text, lenient) == #"{"colours":["COLOUR_RED"],"last":"3"}"#)
    }

    @Test func `null is the same as nothing`() throws {
        let text =
            #"{"int32Value":null,"pointValue":null,"doubles":null,"stringMap":null,"#
            + #""chosenString":null,"chosenBool":true}"#
        #expect(try again(TestEverything.self, text) == #"{"chosenBool":true}"#)
        #expect(refusal(TestEverything.self, #"{"doubles":[null]}"#)?.path == "$.doubles[0]")
        #expect(refusal(TestEverything.self, #"{"stringMap":{"a":null}}"#)?.path == "$.stringMap.a")
        #expect(refusal(TestEverything.self, "null")?.kind == .wrongKind(wanted: "an object"))
    }

    @Test func `of a oneof one member is set at most`() {
        let error = refusal(TestEverything.self, #"{"chosenString":"a","chosenBool":false}"#)
        #expect(error?.kind == .oneofSetTwice("choice"))
        #expect(error?.offset == 20)
    }

    @Test(arguments: [
        #"{"stringMap":{"a":"1","a":"2"}}"#, #"{"pointMap":{"1.5":{}}}"#, #"{"pointMap":{"x":{}}}"#,
        #"{"colourMap":{"True":1}}"#, #"{"bytesMap":{"-1":""}}"#, #"{"stringMap":[]}"#, #"{"doubles":{}}"#,
        #"{"doubles":1}"#, #"{"stringValue":1}"#, #"{"boolValue":"true"}"#, #"{"boolValue":1}"#, #"{"pointValue":[]}"#,
        #"{"pointValue":""}"#, #"{"bytesValue":1}"#, #"{"bytesValue":"A"}"#, #"{"bytesValue":"AA="}"#,
        #"{"bytesValue":"A==="}"#, #"{"bytesValue":"AA=A"}"#, #"{"bytesValue":"AA A"}"#, #"{"bytesValue":"===="}"#,
        #"{"colourValue":"colour_red"}"#, #"{"colourValue":true}"#, #"{"colourValue":1.5}"#,
        #"{"colourValue":2147483648}"#,
        #"{"[test.extended.number]":"1"}"#, "[]", "1",
    ])
    func `what fits no field is refused`(text: String) {
        #expect(refusal(TestEverything.self, text) != nil)
    }

    @Test(arguments: [
        ("", ""), ("AA==", "AA=="), ("AA", "AA=="), ("_-8=", "/+8="), ("_-8", "/+8="), ("+/+_", "+/+/"),
        ("AAECAw", "AAECAw=="),
    ])
    func `bytes are base64, of either alphabet, padded or not`(text: String, canonical: String) throws {
        let chosen = try again(TestEverything.self, "{\"chosenBytes\":\"\(text)\"}")
        #expect(chosen == "{\"chosenBytes\":\"\(canonical)\"}")
    }

    @Test func `an open enum takes any number, by each of its names`() throws {
        #expect(
            try again(TestEverything.self, #"{"colours":["COLOUR_RED",1,1.0,-1,77]}"#)
                == #"{"colours":["COLOUR_RED","COLOUR_RED","COLOUR_RED","COLOUR_NEGATIVE",77]}"#)
        #expect(
            refusal(TestEverything.self, #"{"colourValue":"RED"}"#)?.kind
                == .unknownEnumValue("\"RED\"", of: "test.Colour"))
    }

    @Test func `a map of which no entry is known is not there`() throws {
        let entry = [UInt8]([6 << 3 | 2, 5, 1 << 3 | 2, 1, 0x6B, 2 << 3, 99])
        #expect(try mapping.json(ofEncoded: entry, type: TestOldClosed.fullName) == "{}")
        let options = JSONWritingOptions(printsFieldsWithoutPresence: true)
        #expect(
            try mapping.json(ofEncoded: entry, type: TestOldClosed.fullName, options: options)
                == #"{"sizes":[],"packedSizes":[],"levelMap":{}}"#)
        #expect(try mapping.json(of: TestOldClosed(decoding: entry)) == "{}")
        // The same of a list.
        #expect(try mapping.json(ofEncoded: [3 << 3 | 2, 1, 99], type: TestOldClosed.fullName) == "{}")
        #expect(try mapping.json(ofEncoded: [2 << 3, 99], type: TestOldClosed.fullName) == "{}")
    }

    @Test func `a closed enum takes its own numbers only`() throws {
        #expect(
            try again(TestOldClosed.self, #"{"size":5,"sizes":["SIZE_SMALL"]}"#)
                == #"{"size":"SIZE_LARGE","sizes":["SIZE_SMALL"]}"#)
        #expect(refusal(TestOldClosed.self, #"{"size":2}"#)?.kind == .unknownEnumValue("2", of: "test.old.Size"))
        // What came with another number is an unknown field, of which JSON does not tell.
        let bytes: [UInt8] = [
            8, 1, 8, 2, 16, 5, 16, 2, 26, 2, 2, 1, 50, 5, 10, 1, 0x61, 16, 9, 50, 5, 10, 1, 0x62, 16, 5,
        ]
        let text =
            #"{"size":"SIZE_SMALL","sizes":["SIZE_LARGE"],"packedSizes":["SIZE_SMALL"],"levelMap":{"b":"LEVEL_HIGH"}}"#
        #expect(try mapping.json(ofEncoded: bytes, type: "test.old.Closed") == text)
        #expect(try mapping.json(of: TestOldClosed(decoding: bytes)) == text)
    }

    @Test func `required fields must be there`() {
        let error = refusal(TestOldRequired.self, #"{"number":1,"part":{}}"#)
        #expect(error?.kind == .missingRequired("name"))
        #expect(error?.path == "$.part" && error?.offset == 19)
        #expect(
            refusal(TestOldRequired.self, #"{"number":null,"part":{"name":""}}"#)?.kind == .missingRequired("number"))
        #expect(throws: JSONError.self) { try mapping.json(of: TestOldRequired(number: 1)) }
    }

    @Test func `groups are objects`() throws {
        let text =
            #"{"one":{"number":1,"inner":{"text":"a"}},"many":[{},{"size":"SIZE_LARGE"}],"#
            + #""chosen":{"number":"5"},"last":7}"#
        let message = try mapping.message(TestOldGrouped.self, fromJSON: text)
        #expect(
            message.choice == .chosen(.init(number: 5)) && message.one?.inner?.text == "a" && message.many.count == 2)
        #expect(try mapping.json(of: message) == text)
    }

    @Test func `extensions have their full names in brackets`() throws {
        let text =
            #"{"id":1,"[test.extended.number]":"-7","[test.extended.sizes]":["SIZE_LARGE","SIZE_SMALL"],"#
            + #""[test.extended.part]":{"name":"a"},"[test.extended.inside]":{"flag":false},"#
            + #""[test.extended.Scope.scopes]":[{},{"word":"b"}]}"#
        let message = try mapping.message(TestExtendedExtendable.self, fromJSON: text)
        #expect(message.unknownFields.map(\.number) == [100, 101, 102, 103, 110, 110])
        #expect(try mapping.json(of: message) == text)
        #expect(refusal(TestExtendedExtendable.self, #"{"number":1}"#) != nil)
        #expect(refusal(TestExtendedExtendable.self, #"{"[test.extended.part]":{}}"#)?.kind == .missingRequired("name"))
    }

    @Test func `so have the items of a MessageSet, whose numbers may be larger than a field's`() throws {
        let text = #"{"[test.extended.Item.item]":{"text":"a"}}"#
        let message = try mapping.message(TestExtendedMessageSet.self, fromJSON: text)
        #expect(try message.encoded() == [0x0B, 0x10, 0x80, 0x94, 0xEB, 0xDC, 3, 0x1A, 3, 10, 1, 0x61, 0x0C])
        #expect(try mapping.json(of: message) == text)
    }

    @Test func `a message may be known by its name only`() throws {
        let bytes = try mapping.encodedMessage(type: "test.Point", fromJSON: Array(#"{"y":-1}"#.utf8))
        #expect(bytes == [16, 1])
        #expect(try mapping.json(ofEncoded: bytes, type: "test.Point") == #"{"y":-1}"#)
        let error = #expect(throws: JSONError.self) { try mapping.json(ofEncoded: [], type: "test.Nobody") }
        #expect(error?.kind == .unknownType("test.Nobody"))
    }

    @Test func `bytes in any order mean what they mean to a decoder`() throws {
        // point_value and int32_value twice, a oneof that changes its mind and comes back, zero where it says nothing.
        let bytes: [UInt8] = [
            0x8A, 1, 2, 8, 2, 24, 1, 0x8A, 1, 2, 16, 4, 24, 2, 0xB8, 4, 1, 0xD2, 4, 2, 8, 2, 0xB8, 4, 2, 0x92, 4, 1,
            0x61,
            0xB8, 4, 3, 32, 0,
        ]
        let text = try mapping.json(ofEncoded: bytes, type: "test.Everything")
        #expect(text == #"{"int32Value":2,"pointValue":{"x":1,"y":2},"chosenNumber":"3"}"#)
        #expect(try mapping.json(of: TestEverything(decoding: bytes)) == text)
    }

    @Test func `features of editions say what syntaxes said`() throws {
        let text =
            #"{"explicit":0,"needed":"","packed":[1],"between":{"inner":{"inners":{"true":{}}}},"#
            + #""inners":{"a":{"bytes":""}},"opened":7,"after":{}}"#
        let message = try mapping.message(TestEditionFeatured.self, fromJSON: text)
        #expect(message.explicit == 0 && message.between?.inner?.inners == [true: .init()] && message.after == .init())
        #expect(try mapping.json(of: message) == text)
        #expect(try again(TestEditionFeatured.self, #"{"implicit":0,"needed":"","opened":0}"#) == #"{"needed":""}"#)
        #expect(refusal(TestEditionFeatured.self, "{}")?.kind == .missingRequired("needed"))
        let error = refusal(TestEditionFeatured.self, #"{"needed":"","shuts":[0,2]}"#)
        #expect(error?.kind == .unknownEnumValue("2", of: "test.edition.Shut"))
    }

    @Test func `many values cost no more than their number`() throws {
        // Values that are merged, packed and not packed: each once copied all before it.
        let count = 50_000
        let length: [UInt8] = [0xD0, 0x86, 3]
        let bytes =
            Array(repeatElement([0x8A, 1, 2, 8, 2], count: count).joined()) + [0xDA, 2] + length
            + [UInt8](repeating: 1, count: count) + Array(repeatElement([0xE0, 2, 1], count: count).joined())
        let text = try mapping.json(ofEncoded: bytes, type: "test.Everything")
        #expect(text.hasPrefix(#"{"pointValue":{"x":1},"int32s":[1,1"#))
        #expect(text.utf8.count { $0 == UInt8(ascii: "1") } > 2 * count)
        #expect(try again(TestEverything.self, text) == text)
    }
}
