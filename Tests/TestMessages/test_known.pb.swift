// Generated from test/known.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf
import WellKnownTypes

public struct TestKnownKnown: Protobuf.Message {
    public var timestamp: WellKnownTypes.GoogleProtobufTimestamp?
    public var duration: WellKnownTypes.GoogleProtobufDuration?
    public var fieldMask: WellKnownTypes.GoogleProtobufFieldMask?
    public var `struct`: WellKnownTypes.GoogleProtobufStruct?
    public var value: WellKnownTypes.GoogleProtobufValue?
    public var list: WellKnownTypes.GoogleProtobufListValue?
    public var null: WellKnownTypes.GoogleProtobufNullValue = .nullValue
    public var any: WellKnownTypes.GoogleProtobufAny?
    public var empty: WellKnownTypes.GoogleProtobufEmpty?
    public var doubleValue: WellKnownTypes.GoogleProtobufDoubleValue?
    public var floatValue: WellKnownTypes.GoogleProtobufFloatValue?
    public var int64Value: WellKnownTypes.GoogleProtobufInt64Value?
    public var uint64Value: WellKnownTypes.GoogleProtobufUInt64Value?
    public var int32Value: WellKnownTypes.GoogleProtobufInt32Value?
    public var uint32Value: WellKnownTypes.GoogleProtobufUInt32Value?
    public var boolValue: WellKnownTypes.GoogleProtobufBoolValue?
    public var stringValue: WellKnownTypes.GoogleProtobufStringValue?
    public var bytesValue: WellKnownTypes.GoogleProtobufBytesValue?
    public var timestamps: [WellKnownTypes.GoogleProtobufTimestamp] = []
    public var values: [WellKnownTypes.GoogleProtobufValue] = []
    public var nulls: [WellKnownTypes.GoogleProtobufNullValue] = []
    public var anys: [WellKnownTypes.GoogleProtobufAny] = []
    public var int64Values: [WellKnownTypes.GoogleProtobufInt64Value] = []
    public var valueMap: [Swift.String: WellKnownTypes.GoogleProtobufValue] = [:]
    public var durationMap: [Swift.Int32: WellKnownTypes.GoogleProtobufDuration] = [:]
    public var anyMap: [Swift.Bool: WellKnownTypes.GoogleProtobufAny] = [:]
    public var choice: Choice?
    public var renamed: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        timestamp: WellKnownTypes.GoogleProtobufTimestamp? = nil,
        duration: WellKnownTypes.GoogleProtobufDuration? = nil,
        fieldMask: WellKnownTypes.GoogleProtobufFieldMask? = nil,
        `struct`: WellKnownTypes.GoogleProtobufStruct? = nil,
        value: WellKnownTypes.GoogleProtobufValue? = nil,
        list: WellKnownTypes.GoogleProtobufListValue? = nil,
        null: WellKnownTypes.GoogleProtobufNullValue = .nullValue,
        any: WellKnownTypes.GoogleProtobufAny? = nil,
        empty: WellKnownTypes.GoogleProtobufEmpty? = nil,
        doubleValue: WellKnownTypes.GoogleProtobufDoubleValue? = nil,
        floatValue: WellKnownTypes.GoogleProtobufFloatValue? = nil,
        int64Value: WellKnownTypes.GoogleProtobufInt64Value? = nil,
        uint64Value: WellKnownTypes.GoogleProtobufUInt64Value? = nil,
        int32Value: WellKnownTypes.GoogleProtobufInt32Value? = nil,
        uint32Value: WellKnownTypes.GoogleProtobufUInt32Value? = nil,
        boolValue: WellKnownTypes.GoogleProtobufBoolValue? = nil,
        stringValue: WellKnownTypes.GoogleProtobufStringValue? = nil,
        bytesValue: WellKnownTypes.GoogleProtobufBytesValue? = nil,
        timestamps: [WellKnownTypes.GoogleProtobufTimestamp] = [],
        values: [WellKnownTypes.GoogleProtobufValue] = [],
        nulls: [WellKnownTypes.GoogleProtobufNullValue] = [],
        anys: [WellKnownTypes.GoogleProtobufAny] = [],
        int64Values: [WellKnownTypes.GoogleProtobufInt64Value] = [],
        valueMap: [Swift.String: WellKnownTypes.GoogleProtobufValue] = [:],
        durationMap: [Swift.Int32: WellKnownTypes.GoogleProtobufDuration] = [:],
        anyMap: [Swift.Bool: WellKnownTypes.GoogleProtobufAny] = [:],
        choice: Choice? = nil,
        renamed: Swift.String = ""
    ) {
        self.timestamp = timestamp
        self.duration = duration
        self.fieldMask = fieldMask
        self.`struct` = `struct`
        self.value = value
        self.list = list
        self.null = null
        self.any = any
        self.empty = empty
        self.doubleValue = doubleValue
        self.floatValue = floatValue
        self.int64Value = int64Value
        self.uint64Value = uint64Value
        self.int32Value = int32Value
        self.uint32Value = uint32Value
        self.boolValue = boolValue
        self.stringValue = stringValue
        self.bytesValue = bytesValue
        self.timestamps = timestamps
        self.values = values
        self.nulls = nulls
        self.anys = anys
        self.int64Values = int64Values
        self.valueMap = valueMap
        self.durationMap = durationMap
        self.anyMap = anyMap
        self.choice = choice
        self.renamed = renamed
    }

    public enum Choice: Swift.Hashable, Swift.Sendable {
        case chosenNull(WellKnownTypes.GoogleProtobufNullValue)
        case chosenValue(WellKnownTypes.GoogleProtobufValue)
        case chosenTimestamp(WellKnownTypes.GoogleProtobufTimestamp)
        case chosenUint64(WellKnownTypes.GoogleProtobufUInt64Value)
        case chosenString(Swift.String)
    }

    public static var fullName: Swift.String { "test.known.Known" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.timestamp, record, at: 40)
        writer.message(self.duration, record, at: 48)
        writer.message(self.fieldMask, record, at: 56)
        writer.message(self.`struct`, record, at: 64)
        writer.message(self.value, record, at: 72)
        writer.message(self.list, record, at: 80)
        writer.implicit(self.null, record, has: 328, at: 324)
        writer.message(self.any, record, at: 88)
        writer.message(self.empty, record, at: 96)
        writer.message(self.doubleValue, record, at: 104)
        writer.message(self.floatValue, record, at: 112)
        writer.message(self.int64Value, record, at: 120)
        writer.message(self.uint64Value, record, at: 128)
        writer.message(self.int32Value, record, at: 136)
        writer.message(self.uint32Value, record, at: 144)
        writer.message(self.boolValue, record, at: 152)
        writer.message(self.stringValue, record, at: 160)
        writer.message(self.bytesValue, record, at: 168)
        writer.repeated(self.timestamps, record, count: 176, at: 184)
        writer.repeated(self.values, record, count: 192, at: 200)
        writer.repeated(self.nulls, record, count: 208, at: 216)
        writer.repeated(self.anys, record, count: 224, at: 232)
        writer.repeated(self.int64Values, record, count: 240, at: 248)
        writer.map(self.valueMap, record, count: 256, at: 264, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40))
        writer.map(self.durationMap, record, count: 272, at: 280, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 36, key: 32, hasValue: 0, value: 24))
        writer.map(self.anyMap, record, count: 288, at: 296, entry: Protobuf.MapEntry(_FileLayout.file[3], hasKey: 36, key: 32, hasValue: 0, value: 24))
        switch self.choice {
        case .chosenNull(let value):
            writer.choose(41, record, case: 320)
            writer.store(value, record, at: 24)
        case .chosenValue(let value):
            writer.choose(42, record, case: 320)
            writer.store(value, record, at: 24)
        case .chosenTimestamp(let value):
            writer.choose(43, record, case: 320)
            writer.store(value, record, at: 24)
        case .chosenUint64(let value):
            writer.choose(44, record, case: 320)
            writer.store(value, record, at: 24)
        case .chosenString(let value):
            writer.choose(45, record, case: 320)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 320)
        }
        writer.implicit(self.renamed, record, has: 332, at: 304)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 40, into: &self.timestamp)
        reader.message(record, at: 48, into: &self.duration)
        reader.message(record, at: 56, into: &self.fieldMask)
        reader.message(record, at: 64, into: &self.`struct`)
        reader.message(record, at: 72, into: &self.value)
        reader.message(record, at: 80, into: &self.list)
        reader.implicit(record, at: 324, into: &self.null)
        reader.message(record, at: 88, into: &self.any)
        reader.message(record, at: 96, into: &self.empty)
        reader.message(record, at: 104, into: &self.doubleValue)
        reader.message(record, at: 112, into: &self.floatValue)
        reader.message(record, at: 120, into: &self.int64Value)
        reader.message(record, at: 128, into: &self.uint64Value)
        reader.message(record, at: 136, into: &self.int32Value)
        reader.message(record, at: 144, into: &self.uint32Value)
        reader.message(record, at: 152, into: &self.boolValue)
        reader.message(record, at: 160, into: &self.stringValue)
        reader.message(record, at: 168, into: &self.bytesValue)
        reader.repeated(record, count: 176, at: 184, into: &self.timestamps)
        reader.repeated(record, count: 192, at: 200, into: &self.values)
        reader.repeated(record, count: 208, at: 216, into: &self.nulls)
        reader.repeated(record, count: 224, at: 232, into: &self.anys)
        reader.repeated(record, count: 240, at: 248, into: &self.int64Values)
        reader.map(record, count: 256, at: 264, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40), into: &self.valueMap)
        reader.map(record, count: 272, at: 280, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 36, key: 32, hasValue: 0, value: 24), into: &self.durationMap)
        reader.map(record, count: 288, at: 296, entry: Protobuf.MapEntry(_FileLayout.file[3], hasKey: 36, key: 32, hasValue: 0, value: 24), into: &self.anyMap)
        switch reader.chosen(record, case: 320) {
        case 41: self.choice = .chosenNull(reader.value(record, at: 24))
        case 42: self.choice = .chosenValue(reader.value(record, at: 24))
        case 43: self.choice = .chosenTimestamp(reader.value(record, at: 24))
        case 44: self.choice = .chosenUint64(reader.value(record, at: 24))
        case 45: self.choice = .chosenString(reader.value(record, at: 24))
        default: break
        }
        reader.implicit(record, at: 304, into: &self.renamed)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            4, 0,
            336, 32,  // test.known.Known
            1, 16, 0, 40, 17,  // timestamp
            2, 16, 0, 48, 8,  // duration
            3, 16, 0, 56, 10,  // field_mask
            4, 16, 0, 64, 16,  // struct
            5, 16, 0, 72, 20,  // value
            6, 16, 0, 80, 14,  // list
            7, 13, 328, 324, 0,  // null
            8, 16, 0, 88, 4,  // any
            9, 16, 0, 96, 9,  // empty
            11, 16, 0, 104, 7,  // double_value
            12, 16, 0, 112, 11,  // float_value
            13, 16, 0, 120, 13,  // int64_value
            14, 16, 0, 128, 19,  // uint64_value
            15, 16, 0, 136, 12,  // int32_value
            16, 16, 0, 144, 18,  // uint32_value
            17, 16, 0, 152, 5,  // bool_value
            18, 16, 0, 160, 15,  // string_value
            19, 16, 0, 168, 6,  // bytes_value
            21, 272, 176, 184, 17,  // timestamps
            22, 272, 192, 200, 20,  // values
            23, 781, 208, 216, 0,  // nulls
            24, 272, 224, 232, 4,  // anys
            25, 272, 240, 248, 13,  // int64_values
            31, 2320, 256, 264, 1,  // value_map
            32, 2320, 272, 280, 2,  // duration_map
            33, 2320, 288, 296, 3,  // any_map
            41, 1037, 320, 24, 0,  // chosen_null
            42, 1040, 320, 24, 20,  // chosen_value
            43, 1040, 320, 24, 17,  // chosen_timestamp
            44, 1040, 320, 24, 19,  // chosen_uint64
            45, 1038, 320, 24, 0,  // chosen_string
            51, 14, 332, 304, 0,  // renamed
            56, 2,  // test.known.Known.ValueMapEntry
            1, 14, 48, 24, 0,  // key
            2, 16, 0, 40, 20,  // value
            40, 2,  // test.known.Known.DurationMapEntry
            1, 0, 36, 32, 0,  // key
            2, 16, 0, 24, 8,  // value
            40, 2,  // test.known.Known.AnyMapEntry
            1, 12, 36, 32, 0,  // key
            2, 16, 0, 24, 4,  // value
        ],
        names: """
            test.known.Known timestamp duration field_mask struct value list null any empty double_value float_value int64_value uint64_value int32_value uint32_value bool_value string_value bytes_value timestamps values nulls anys int64_values value_map duration_map any_map chosen_null chosen_value chosen_timestamp chosen_uint64 chosen_string renamed
            test.known.Known.ValueMapEntry key value
            test.known.Known.DurationMapEntry key value
            test.known.Known.AnyMapEntry key value
            """,
        imports: [
            WellKnownTypes.GoogleProtobufAny.layout,
            WellKnownTypes.GoogleProtobufBoolValue.layout,
            WellKnownTypes.GoogleProtobufBytesValue.layout,
            WellKnownTypes.GoogleProtobufDoubleValue.layout,
            WellKnownTypes.GoogleProtobufDuration.layout,
            WellKnownTypes.GoogleProtobufEmpty.layout,
            WellKnownTypes.GoogleProtobufFieldMask.layout,
            WellKnownTypes.GoogleProtobufFloatValue.layout,
            WellKnownTypes.GoogleProtobufInt32Value.layout,
            WellKnownTypes.GoogleProtobufInt64Value.layout,
            WellKnownTypes.GoogleProtobufListValue.layout,
            WellKnownTypes.GoogleProtobufStringValue.layout,
            WellKnownTypes.GoogleProtobufStruct.layout,
            WellKnownTypes.GoogleProtobufTimestamp.layout,
            WellKnownTypes.GoogleProtobufUInt32Value.layout,
            WellKnownTypes.GoogleProtobufUInt64Value.layout,
            WellKnownTypes.GoogleProtobufValue.layout,
        ])
}
