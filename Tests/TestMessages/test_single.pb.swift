// Generated from test/single.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public struct TestSingle: Protobuf.Message {
    public var doubleValue: Swift.Double = 0
    public var floatValue: Swift.Float = 0
    public var int32Value: Swift.Int32 = 0
    public var int64Value: Swift.Int64 = 0
    public var uint32Value: Swift.UInt32 = 0
    public var uint64Value: Swift.UInt64 = 0
    public var sint32Value: Swift.Int32 = 0
    public var sint64Value: Swift.Int64 = 0
    public var fixed32Value: Swift.UInt32 = 0
    public var fixed64Value: Swift.UInt64 = 0
    public var sfixed32Value: Swift.Int32 = 0
    public var sfixed64Value: Swift.Int64 = 0
    public var boolValue: Swift.Bool = false
    public var stringValue: Swift.String = ""
    public var bytesValue: Protobuf.Bytes = Protobuf.Bytes()
    public var colourValue: TestColour = .unspecified
    @Protobuf.Indirect
    public var inner: TestSingle?
    public var optionalNumber: Swift.UInt64?
    public var optionalText: Swift.String?
    public var choice: Choice?
    public var texts: [Swift.String] = []
    public var chunks: [Protobuf.Bytes] = []
    public var singles: [TestSingle] = []
    public var map: [Swift.String: TestSingle] = [:]
    public var numbers: [Swift.Int64: Swift.UInt64] = [:]
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        doubleValue: Swift.Double = 0,
        floatValue: Swift.Float = 0,
        int32Value: Swift.Int32 = 0,
        int64Value: Swift.Int64 = 0,
        uint32Value: Swift.UInt32 = 0,
        uint64Value: Swift.UInt64 = 0,
        sint32Value: Swift.Int32 = 0,
        sint64Value: Swift.Int64 = 0,
        fixed32Value: Swift.UInt32 = 0,
        fixed64Value: Swift.UInt64 = 0,
        sfixed32Value: Swift.Int32 = 0,
        sfixed64Value: Swift.Int64 = 0,
        boolValue: Swift.Bool = false,
        stringValue: Swift.String = "",
        bytesValue: Protobuf.Bytes = Protobuf.Bytes(),
        colourValue: TestColour = .unspecified,
        inner: TestSingle? = nil,
        optionalNumber: Swift.UInt64? = nil,
        optionalText: Swift.String? = nil,
        choice: Choice? = nil,
        texts: [Swift.String] = [],
        chunks: [Protobuf.Bytes] = [],
        singles: [TestSingle] = [],
        map: [Swift.String: TestSingle] = [:],
        numbers: [Swift.Int64: Swift.UInt64] = [:]
    ) {
        self.doubleValue = doubleValue
        self.floatValue = floatValue
        self.int32Value = int32Value
        self.int64Value = int64Value
        self.uint32Value = uint32Value
        self.uint64Value = uint64Value
        self.sint32Value = sint32Value
        self.sint64Value = sint64Value
        self.fixed32Value = fixed32Value
        self.fixed64Value = fixed64Value
        self.sfixed32Value = sfixed32Value
        self.sfixed64Value = sfixed64Value
        self.boolValue = boolValue
        self.stringValue = stringValue
        self.bytesValue = bytesValue
        self.colourValue = colourValue
        self.inner = inner
        self.optionalNumber = optionalNumber
        self.optionalText = optionalText
        self.choice = choice
        self.texts = texts
        self.chunks = chunks
        self.singles = singles
        self.map = map
        self.numbers = numbers
    }

    public enum Choice: Swift.Hashable, Swift.Sendable {
        case chosenNumber(Swift.Int32)
        case chosenText(Swift.String)
        indirect case chosenSingle(TestSingle)
        case chosenBool(Swift.Bool)
    }

    public static var fullName: Swift.String { "test.Single" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.doubleValue, record, has: 236, at: 40)
        writer.implicit(self.floatValue, record, has: 244, at: 240)
        writer.implicit(self.int32Value, record, has: 252, at: 248)
        writer.implicit(self.int64Value, record, has: 256, at: 48)
        writer.implicit(self.uint32Value, record, has: 264, at: 260)
        writer.implicit(self.uint64Value, record, has: 268, at: 56)
        writer.implicit(self.sint32Value, record, has: 276, at: 272)
        writer.implicit(self.sint64Value, record, has: 280, at: 64)
        writer.implicit(self.fixed32Value, record, has: 288, at: 284)
        writer.implicit(self.fixed64Value, record, has: 292, at: 72)
        writer.implicit(self.sfixed32Value, record, has: 300, at: 296)
        writer.implicit(self.sfixed64Value, record, has: 304, at: 80)
        writer.implicit(self.boolValue, record, has: 312, at: 308)
        writer.implicit(self.stringValue, record, has: 316, at: 88)
        writer.implicit(self.bytesValue, record, has: 320, at: 104)
        writer.implicit(self.colourValue, record, has: 328, at: 324)
        writer.message(self.inner, record, at: 120)
        writer.optional(self.optionalNumber, record, has: 332, at: 128)
        writer.optional(self.optionalText, record, has: 336, at: 136)
        switch self.choice {
        case .chosenNumber(let value):
            writer.choose(536870909, record, case: 232)
            writer.store(value, record, at: 24)
        case .chosenText(let value):
            writer.choose(10, record, case: 232)
            writer.store(value, record, at: 24)
        case .chosenSingle(let value):
            writer.choose(11, record, case: 232)
            writer.store(value, record, at: 24)
        case .chosenBool(let value):
            writer.choose(12, record, case: 232)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 232)
        }
        writer.repeated(self.texts, record, count: 152, at: 160)
        writer.repeated(self.chunks, record, count: 168, at: 176)
        writer.repeated(self.singles, record, count: 184, at: 192)
        writer.map(self.map, record, count: 200, at: 208, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40))
        writer.map(self.numbers, record, count: 216, at: 224, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 40, key: 24, hasValue: 44, value: 32))
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 40, into: &self.doubleValue)
        reader.implicit(record, at: 240, into: &self.floatValue)
        reader.implicit(record, at: 248, into: &self.int32Value)
        reader.implicit(record, at: 48, into: &self.int64Value)
        reader.implicit(record, at: 260, into: &self.uint32Value)
        reader.implicit(record, at: 56, into: &self.uint64Value)
        reader.implicit(record, at: 272, into: &self.sint32Value)
        reader.implicit(record, at: 64, into: &self.sint64Value)
        reader.implicit(record, at: 284, into: &self.fixed32Value)
        reader.implicit(record, at: 72, into: &self.fixed64Value)
        reader.implicit(record, at: 296, into: &self.sfixed32Value)
        reader.implicit(record, at: 80, into: &self.sfixed64Value)
        reader.implicit(record, at: 308, into: &self.boolValue)
        reader.implicit(record, at: 88, into: &self.stringValue)
        reader.implicit(record, at: 104, into: &self.bytesValue)
        reader.implicit(record, at: 324, into: &self.colourValue)
        self.inner = reader.message(record, at: 120)
        reader.optional(record, has: 332, at: 128, into: &self.optionalNumber)
        reader.optional(record, has: 336, at: 136, into: &self.optionalText)
        switch reader.chosen(record, case: 232) {
        case 536870909: self.choice = .chosenNumber(reader.value(record, at: 24))
        case 10: self.choice = .chosenText(reader.value(record, at: 24))
        case 11: self.choice = .chosenSingle(reader.value(record, at: 24))
        case 12: self.choice = .chosenBool(reader.value(record, at: 24))
        default: break
        }
        reader.repeated(record, count: 152, at: 160, into: &self.texts)
        reader.repeated(record, count: 168, at: 176, into: &self.chunks)
        reader.repeated(record, count: 184, at: 192, into: &self.singles)
        reader.map(record, count: 200, at: 208, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40), into: &self.map)
        reader.map(record, count: 216, at: 224, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 40, key: 24, hasValue: 44, value: 32), into: &self.numbers)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            3, 0,
            344, 28,  // test.Single
            1, 11, 236, 40, 0,  // double_value
            4, 14, 316, 88, 0,  // string_value
            5, 15, 320, 104, 0,  // bytes_value
            6, 13, 328, 324, 0,  // colour_value
            7, 16, 0, 120, 0,  // inner
            8, 8, 332, 128, 0,  // optional_number
            10, 1038, 232, 24, 0,  // chosen_text
            11, 1040, 232, 24, 0,  // chosen_single
            12, 1036, 232, 24, 0,  // chosen_bool
            15, 10, 244, 240, 0,  // float_value
            16, 0, 252, 248, 0,  // int32_value
            17, 3, 256, 48, 0,  // int64_value
            20, 270, 152, 160, 0,  // texts
            21, 272, 184, 192, 0,  // singles
            22, 2320, 200, 208, 1,  // map
            2047, 6, 264, 260, 0,  // uint32_value
            2048, 8, 268, 56, 0,  // uint64_value
            2049, 1, 276, 272, 0,  // sint32_value
            262143, 4, 280, 64, 0,  // sint64_value
            262144, 7, 288, 284, 0,  // fixed32_value
            262145, 9, 292, 72, 0,  // fixed64_value
            33554431, 2, 300, 296, 0,  // sfixed32_value
            33554432, 5, 304, 80, 0,  // sfixed64_value
            33554433, 12, 312, 308, 0,  // bool_value
            536870908, 271, 168, 176, 0,  // chunks
            536870909, 1025, 232, 24, 0,  // chosen_number
            536870910, 14, 336, 136, 0,  // optional_text
            536870911, 2320, 216, 224, 2,  // numbers
            56, 2,  // test.Single.MapEntry
            1, 14, 48, 24, 0,  // key
            2, 16, 0, 40, 0,  // value
            48, 2,  // test.Single.NumbersEntry
            1, 4, 40, 24, 0,  // key
            2, 8, 44, 32, 0,  // value
        ],
        names: """
            test.Single double_value string_value bytes_value colour_value inner optional_number chosen_text chosen_single chosen_bool float_value int32_value int64_value texts singles map uint32_value uint64_value sint32_value sint64_value fixed32_value fixed64_value sfixed32_value sfixed64_value bool_value chunks chosen_number optional_text numbers
            test.Single.MapEntry key value
            test.Single.NumbersEntry key value
            """)
}
