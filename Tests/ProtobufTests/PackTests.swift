@_spi(Comparison) import Protobuf
import TestMessages
import Testing

/// `Single` holds every kind of field that the shim packs itself.
@Suite struct `The short way packs what libprotobuf-c would` {
    /// The message's bytes, packed into exactly the room that is promised to be enough.
    private func packed<Value: Message>(_ message: Value) throws -> [UInt8] {
        try message.withPacker { packer in
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: packer.sizeBound, alignment: 1)
            defer { room.deallocate() }
            guard let base = room.baseAddress else { return [] }
            let expected = [UInt8](room.prefix(packer.packByLibrary(into: base)))
            room.initializeMemory(as: UInt8.self, repeating: 0xee)
            let bytes = [UInt8](room.prefix(packer.pack(into: base)))
            #expect(bytes == expected)
            return bytes
        }
    }

    private func check(_ message: TestSingle, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let bytes = try packed(message)
        #expect(try TestSingle(decoding: bytes) == message, sourceLocation: sourceLocation)
        #expect(try message.encoded() == bytes, sourceLocation: sourceLocation)
    }

    @Test func `numbers of every length in every kind of field`() throws {
        for shift in 0..<64 {
            for offset in -1...1 {
                let bits = UInt64(1) << UInt64(shift) &+ UInt64(bitPattern: Int64(offset))
                try check(
                    TestSingle(
                        doubleValue: Double(bitPattern: bits & 0x7fef_ffff_ffff_ffff),
                        floatValue: Float(bitPattern: UInt32(truncatingIfNeeded: bits) & 0x7f7f_ffff),
                        int32Value: Int32(truncatingIfNeeded: bits), int64Value: Int64(bitPattern: bits),
                        uint32Value: UInt32(truncatingIfNeeded: bits), uint64Value: bits,
                        sint32Value: Int32(truncatingIfNeeded: bits), sint64Value: Int64(bitPattern: bits),
                        fixed32Value: UInt32(truncatingIfNeeded: bits), fixed64Value: bits,
                        sfixed32Value: Int32(truncatingIfNeeded: bits), sfixed64Value: Int64(bitPattern: bits),
                        boolValue: bits & 1 == 1, colourValue: .negative, optionalNumber: bits,
                        choice: .chosenNumber(Int32(truncatingIfNeeded: ~bits)),
                        numbers: [Int64(bitPattern: bits): ~bits]))
            }
        }
    }

    @Test func `fields that are set to nothing`() throws {
        try check(TestSingle())
        try check(TestSingle(inner: TestSingle(), optionalNumber: 0, optionalText: "", choice: .chosenBool(false)))
        try check(
            TestSingle(
                choice: .chosenSingle(TestSingle()), texts: ["", ""], chunks: [Bytes()],
                singles: [TestSingle(), TestSingle()], map: ["": TestSingle()], numbers: [0: 0]))
        try check(TestSingle(choice: .chosenText("")))
        try check(TestSingle(choice: .chosenNumber(0)))
    }

    /// The room that is left for a message's length is guessed from its bound, which is too large: around the lengths
    /// that take a byte more, the guess is wrong and the message moves.
    @Test(arguments: [Array(100...140), Array(16_300...16_420), [2_097_130, 2_097_142, 2_097_151]])
    func `messages whose length takes less room than was left for it`(lengths: [Int]) throws {
        for length in lengths {
            let inner = TestSingle(uint64Value: 1, bytesValue: Bytes([UInt8](repeating: 7, count: length)))
            try check(TestSingle(stringValue: "before", inner: inner, optionalText: "after"))
            let list = [inner, TestSingle(), inner]
            let map = ["a": inner, "b": TestSingle(singles: [inner])]
            let chosen = TestSingle.Choice.chosenSingle(inner)
            try check(TestSingle(inner: TestSingle(inner: inner), choice: chosen, singles: list, map: map))
        }
    }

    @Test func `unknown fields and repeated numbers among what the shim packs itself`() throws {
        let unknown = Wire().varint(900, 5).text(901, "kept").group(902, Wire().varint(1, 1)).bytes
        let inner = try TestSingle(decoding: unknown + TestSingle(stringValue: "known").encoded())
        #expect(inner.unknownFields.count == 3)
        try check(TestSingle(inner: inner, singles: [inner], map: ["x": inner]))
        let everything = TestEverything(int32s: [1, -1, 300], points: [TestPoint(x: 1, y: -1)])
        #expect(try TestEverything(decoding: packed(everything)) == everything)
    }

    @Test func `messages drawn at random`() throws {
        var random = SplitMix(state: 7)
        for _ in 0..<3000 { try check(single(depth: 4, &random)) }
    }

    private func single(depth: Int, _ random: inout SplitMix) -> TestSingle {
        func chance<Value>(_ value: @autoclosure () -> Value) -> Value? {
            Int.random(in: 0..<3, using: &random) == 0 ? value() : nil
        }
        func text() -> String { String(repeating: "ü", count: Int.random(in: 0...70, using: &random)) }
        func inner() -> TestSingle { depth == 0 ? TestSingle() : single(depth: depth - 1, &random) }
        let number = random.next() >> UInt64.random(in: 0...63, using: &random)
        var message = TestSingle()
        if let value = chance(number) { message.uint64Value = value }
        if let value = chance(Int32(truncatingIfNeeded: number)) { message.sint32Value = value }
        if let value = chance(Int32(truncatingIfNeeded: number)) { message.int32Value = value }
        if let value = chance(text()) { message.stringValue = value }
        if let value = chance(Bytes(utf8: text())) { message.chunks = [value, Bytes(), value] }
        if let value = chance(text()) { message.texts = [value, "", value] }
        message.optionalNumber = chance(number)
        message.inner = chance(inner())
        message.choice = chance(.chosenSingle(inner())) ?? chance(.chosenText(text()))
        if let value = chance(inner()) { message.singles = [value, TestSingle(), inner()] }
        if let value = chance(inner()) { message.map = [text(): value, "other": TestSingle()] }
        return message
    }
}
