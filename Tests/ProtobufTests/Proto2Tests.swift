import Protobuf
import TestMessages
import Testing

@Suite struct `proto2 is read as it is meant` {
    // MARK: Required fields

    @Test func `a required field that is missing is told when decoding and when encoding`() throws {
        let whole = TestOldRequired(number: 1, part: TestOldPart(name: "p"))
        #expect(try TestOldRequired(decoding: whole.encoded()) == whole)
        let decoding = #expect(throws: WireError.self) { try TestOldRequired(decoding: Wire().varint(1, 1).bytes) }
        #expect(decoding?.kind == .missingRequired)
        #expect(decoding?.description == "test.old.Required.part: a required field is not set")
        let encoding = #expect(throws: WireError.self) { try TestOldRequired(part: TestOldPart(name: "p")).encoded() }
        #expect(encoding?.field == "number")
        let inner = #expect(throws: WireError.self) { try TestOldRequired(number: 1, part: TestOldPart()).encoded() }
        #expect(inner?.message == "test.old.Part")
    }

    @Test func `a required field may come in another occurrence of the message`() throws {
        // libprotobuf-c would check each occurrence by itself.
        let bytes = Wire().message(2, Wire().varint(9, 1)).varint(1, 1).message(2, Wire().text(1, "p")).bytes
        #expect(try TestOldRequired(decoding: bytes).part?.name == "p")
    }

    // MARK: Closed enums

    @Test func `an unknown number of a closed enum is an unknown field`() throws {
        let bytes = Wire().varint(1, 2).bytes
        let message = try TestOldClosed(decoding: bytes)
        #expect(message.size == nil)
        #expect(message.unknownFields.map(\.number) == [1])
        #expect(try message.encoded() == bytes)
    }

    @Test func `an unknown number does not replace a known one`() throws {
        let message = try TestOldClosed(decoding: Wire().varint(1, 5).varint(1, 2).bytes)
        #expect(message.size == .large)
        #expect(message.unknownFields.count == 1)
        let oneof = try TestOldClosed(decoding: Wire().text(5, "x").varint(4, 2).bytes)
        #expect(oneof.choice == .chosenText("x"))
    }

    @Test func `a packed field of a closed enum keeps the known numbers`() throws {
        let packed = [1, 2, 5, 3].flatMap { Wire.varint($0) } + Wire.varint(UInt64(bitPattern: -3))
        for field: UInt64 in [2, 3] {
            let message = try TestOldClosed(decoding: Wire().delimited(field, packed).bytes)
            #expect((field == 2 ? message.sizes : message.packedSizes) == [.small, .large, .negative])
            #expect(message.unknownFields.map(\.number) == [Int(field), Int(field)])
            #expect(message.unknownFields.map { Array($0.payload) } == [[2], [3]])
        }
    }

    @Test func `a packed number of too many bytes is refused, also where what is packed is written anew`() {
        let endless = [UInt8](repeating: 0xC1, count: 25)
        for field: UInt64 in [2, 3] {
            // Another unknown number has the message rewritten.
            for before in [[], [2], [1]] as [[UInt8]] {
                let bytes = Wire().delimited(field, before + endless).bytes
                let error = #expect(throws: WireError.self) { try TestOldClosed(decoding: bytes) }
                #expect(error?.kind == .malformed(.badVarint))
                #expect(error?.offset == 2 + before.count)
            }
        }
        let numbers = #expect(throws: WireError.self) {
            try TestEverything(decoding: Wire().delimited(58, endless).bytes)
        }
        #expect(numbers?.kind == .malformed(.badVarint))
    }

    @Test func `a map entry with an unknown number is kept whole`() throws {
        let known = Wire().text(1, "k").varint(2, 5)
        let unknown = Wire().text(1, "u").varint(2, 2)
        let message = try TestOldClosed(decoding: Wire().message(6, known).message(6, unknown).bytes)
        #expect(message.levelMap == ["k": .high])
        #expect(try message.encoded() == Wire().message(6, known).message(6, unknown).bytes)
    }

    @Test func `a map entry without a value of a closed enum has its first value`() throws {
        #expect(try TestOldClosed(decoding: Wire().message(6, Wire().text(1, "k")).bytes).levelMap == ["k": .none])
    }

    // MARK: Defaults

    @Test func `defaults are those of the file`() throws {
        var message = TestOldDefaults()
        #expect(message.decimalOrDefault == 42)
        #expect(message.hexadecimalOrDefault == -31)
        #expect(message.octalOrDefault == 15)
        #expect(message.fractionOrDefault == 0.5)
        #expect(message.exponentOrDefault == 1000)
        #expect(message.infinityOrDefault == .infinity)
        #expect(message.notANumberOrDefault.isNaN)
        #expect(message.flagOrDefault)
        #expect(message.textOrDefault == "a \"quoted\"\n\\ text, ü")
        #expect(message.dataOrDefault == [0, 255, UInt8(ascii: "x")])
        #expect(message.sizeOrDefault == .large)
        #expect(message.largeOrDefault == .max)
        #expect(message.smallOrDefault == .min)
        #expect(message.tooSmallOrDefault.bitPattern == (-0.0).bitPattern)
        #expect(message.tooLargeOrDefault == .infinity)
        message.decimal = 7
        #expect(message.decimalOrDefault == 7)
        #expect(try TestOldDefaults().encoded().isEmpty)
    }
}
