import ProtobufJSON
import TestMessages
import Testing
import WellKnownTypes

@Suite struct `JSON is read as RFC 8259 has it` {
    @Test(arguments: [
        ("", JSONError.Malformation.unexpectedEnd, 0),
        (" ", .unexpectedEnd, 1),
        ("{", .unexpectedEnd, 1),
        ("[]]", .textAfterTheEnd, 2),
        ("{} {}", .textAfterTheEnd, 3),
        ("{\"a\"}", .unexpectedByte, 4),
        ("{\"a\":}", .unexpectedByte, 5),
        ("{\"a\":1,}", .unexpectedByte, 7),
        ("{\"a\":1 \"b\":2}", .unexpectedByte, 7),
        ("{a:1}", .unexpectedByte, 1),
        ("{'a':1}", .unexpectedByte, 1),
        ("[1,]", .unexpectedByte, 3),
        ("[,1]", .unexpectedByte, 1),
        ("[1 2]", .unexpectedByte, 3),
        ("// a\n{}", .unexpectedByte, 0),
        ("\u{FEFF}{}", .unexpectedByte, 0),
        ("nul", .unexpectedEnd, 3),
        ("nuLl", .unexpectedByte, 2),
        ("True", .unexpectedByte, 0),
        ("NaN", .unexpectedByte, 0),
        ("[01]", .badNumber, 1),
        ("[1.]", .badNumber, 1),
        ("[.5]", .unexpectedByte, 1),
        ("[+1]", .unexpectedByte, 1),
        ("[-]", .badNumber, 1),
        ("[1e]", .badNumber, 1),
        ("[0x10]", .unexpectedByte, 2),
        ("\"a\nb\"", .controlCharacter, 2),
        ("\"a", .unexpectedEnd, 2),
        (#""\x""#, .badEscape, 2),
        (#""\u12G4""#, .badEscape, 3),
        (#""\ud800""#, .loneSurrogate, 1),
        (#""\ud800\n""#, .loneSurrogate, 1),
        (#""\ud800\ud800""#, .loneSurrogate, 1),
        (#""ab\udc00""#, .loneSurrogate, 3),
    ])
    func `what is not JSON is refused, and where`(text: String, malformation: JSONError.Malformation, offset: Int) {
        let error = refusal(GoogleProtobufValue.self, text)
        #expect(error?.kind == .syntax(malformation))
        #expect(error?.offset == offset)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
        ] as [[UInt8]])
    func `text that is not UTF-8 is refused`(text: [UInt8]) throws {
        let error = #expect(throws: JSONError.self) { try mapping.message(GoogleProtobufValue.self, fromJSON: text) }
        #expect(error == JSONError(.syntax(.invalidUTF8), offset: 1))
    }

    @Test func `escapes are what they stand for`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00\u0000""#
        let value = try mapping.message(GoogleProtobufValue.self, fromJSON: text)
        #expect(value.kind == .stringValue("\"\\/\u{8}\u{C}\n\r\té😀\0"))
        #expect(try mapping.json(of: value) == #""\"\\/\b\f\n\r\té😀\u0000""#)
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, "a", 7), (#"{"a":1,"\u0061":2}"#, "a", 7), (#"[{"b":{},"":1,"":2}]"#, "", 14),
    ])
    func `a name that is there twice is refused`(text: String, name: String, offset: Int) {
        let error = refusal(GoogleProtobufValue.self, text)
        #expect(error?.kind == .duplicateName(name))
        #expect(error?.offset == offset)
    }

    @Test func `space may stand between tokens`() throws {
        #expect(try again(GoogleProtobufValue.self, " \n[ 1 ,\t{ \"a\" : [ ] } ]\r\n") == #"[1,{"a":[]}]"#)
    }

    @Test func `depth has a limit`() throws {
        let options = JSONReadingOptions(depthMax: 20)
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(refusal(GoogleProtobufValue.self, nested(20), options) == nil)
        #expect(refusal(GoogleProtobufValue.self, nested(21), options)?.kind == .tooDeep(limit: 20))
        #expect(refusal(GoogleProtobufValue.self, nested(21), options)?.offset == 20)
        #expect(refusal(GoogleProtobufValue.self, String(repeating: "[", count: 100_000))?.kind == .tooDeep(limit: 100))
        // Each of these levels is two of protobuf's, which has a limit as well.
        let error = refusal(GoogleProtobufValue.self, nested(90))
        guard case .wire(let wire)? = error?.kind, case .tooDeep = wire.kind else {
            Issue.record("not refused for depth: \(String(describing: error))")
            return
        }
    }

    @Test func `length has a limit`() throws {
        let options = JSONReadingOptions(textBytesMax: 4)
        #expect(refusal(GoogleProtobufValue.self, "1234", options) == nil)
        #expect(refusal(GoogleProtobufValue.self, "12345", options)?.kind == .tooLarge(limit: 4))
    }

    @Test func `an error tells the way to its place`() {
        let error = refusal(TestEverything.self, #"{"others":[{},{"pointMap":{"7":{"x":"no"}}}]}"#)
        #expect(error?.path == "$.others[1].pointMap.7.x")
        #expect(error?.kind == .malformed(as: "sint32"))
        #expect(error?.offset == 36)
        #expect(refusal(TestEverything.self, #"{"others":[{},{"itself":{"a":tru}}]}"#)?.path == "$.others[1].itself.a")
    }

    @Test func `no text makes it crash`() {
        var random = SplitMix(state: 1)
        let valid =
            #"{"any":{"@type":"a/google.protobuf.Value","value":[1,"\ud83d\ude00",{"a":null}]},"nulls":[null],"#
            + #""timestamp":"2000-01-01T00:00:00Z","duration":"1.5s","fieldMask":"aB,c","bytesValue":"AA==","#
            + #""durationMap":{"1":"0s"},"floatValue":-1.25e-3}"#
        #expect(refusal(TestKnownKnown.self, valid) == nil)
        let good = Array(valid.utf8)
        for _ in 0..<5_000 {
            var text = good
            for _ in 0...random.next(below: 3) {
                let place = random.next(below: text.count)
                switch random.next(below: 3) {
                case 0: text[place] = UInt8(random.next(below: 256))
                case 1: text.removeSubrange(place..<min(place + random.next(below: 9), text.count))
                default: text.insert(contentsOf: text[random.next(below: place + 1)..<place], at: place)
                }
                if text.isEmpty { text = [UInt8(ascii: "{")] }
            }
            _ = try? mapping.message(TestKnownKnown.self, fromJSON: text)
        }
    }
}
