// Generated from test/everything.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum TestColour: Protobuf.Enumeration {
    case unspecified
    case red
    case deepBlue
    case negative
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .red
        case 2: self = .deepBlue
        case -1: self = .negative
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .red: return 1
        case .deepBlue: return 2
        case .negative: return -1
        case .unrecognized(let number): return number
        }
    }
}

/// A message with every kind of field.
public struct TestEverything: Protobuf.Message {
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
    public var pointValue: TestPoint?
    public var optionalDouble: Swift.Double?
    public var optionalFloat: Swift.Float?
    public var optionalInt32: Swift.Int32?
    public var optionalInt64: Swift.Int64?
    public var optionalUint32: Swift.UInt32?
    public var optionalUint64: Swift.UInt64?
    public var optionalSint32: Swift.Int32?
    public var optionalSint64: Swift.Int64?
    public var optionalFixed32: Swift.UInt32?
    public var optionalFixed64: Swift.UInt64?
    public var optionalSfixed32: Swift.Int32?
    public var optionalSfixed64: Swift.Int64?
    public var optionalBool: Swift.Bool?
    public var optionalString: Swift.String?
    public var optionalBytes: Protobuf.Bytes?
    public var optionalColour: TestColour?
    public var optionalPoint: TestPoint?
    public var doubles: [Swift.Double] = []
    public var floats: [Swift.Float] = []
    public var int32s: [Swift.Int32] = []
    public var int64s: [Swift.Int64] = []
    public var uint32s: [Swift.UInt32] = []
    public var uint64s: [Swift.UInt64] = []
    public var sint32s: [Swift.Int32] = []
    public var sint64s: [Swift.Int64] = []
    public var fixed32s: [Swift.UInt32] = []
    public var fixed64s: [Swift.UInt64] = []
    public var sfixed32s: [Swift.Int32] = []
    public var sfixed64s: [Swift.Int64] = []
    public var bools: [Swift.Bool] = []
    public var strings: [Swift.String] = []
    public var chunks: [Protobuf.Bytes] = []
    public var colours: [TestColour] = []
    public var points: [TestPoint] = []
    public var unpackedInt32s: [Swift.Int32] = []
    public var unpackedFixed64s: [Swift.UInt64] = []
    public var unpackedColours: [TestColour] = []
    public var choice: Choice?
    public var stringMap: [Swift.String: Swift.String] = [:]
    public var pointMap: [Swift.Int32: TestPoint] = [:]
    public var colourMap: [Swift.Bool: TestColour] = [:]
    public var bytesMap: [Swift.UInt64: Protobuf.Bytes] = [:]
    public var doubleMap: [Swift.Int64: Swift.Double] = [:]
    public var boolMap: [Swift.UInt32: Swift.Bool] = [:]
    @Protobuf.Indirect
    public var itself: TestEverything?
    public var others: [TestEverything] = []
    public var inner: TestSharedNested.Inner?
    /// The largest field number that there is.
    public var last: Swift.UInt64 = 0
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
        pointValue: TestPoint? = nil,
        optionalDouble: Swift.Double? = nil,
        optionalFloat: Swift.Float? = nil,
        optionalInt32: Swift.Int32? = nil,
        optionalInt64: Swift.Int64? = nil,
        optionalUint32: Swift.UInt32? = nil,
        optionalUint64: Swift.UInt64? = nil,
        optionalSint32: Swift.Int32? = nil,
        optionalSint64: Swift.Int64? = nil,
        optionalFixed32: Swift.UInt32? = nil,
        optionalFixed64: Swift.UInt64? = nil,
        optionalSfixed32: Swift.Int32? = nil,
        optionalSfixed64: Swift.Int64? = nil,
        optionalBool: Swift.Bool? = nil,
        optionalString: Swift.String? = nil,
        optionalBytes: Protobuf.Bytes? = nil,
        optionalColour: TestColour? = nil,
        optionalPoint: TestPoint? = nil,
        doubles: [Swift.Double] = [],
        floats: [Swift.Float] = [],
        int32s: [Swift.Int32] = [],
        int64s: [Swift.Int64] = [],
        uint32s: [Swift.UInt32] = [],
        uint64s: [Swift.UInt64] = [],
        sint32s: [Swift.Int32] = [],
        sint64s: [Swift.Int64] = [],
        fixed32s: [Swift.UInt32] = [],
        fixed64s: [Swift.UInt64] = [],
        sfixed32s: [Swift.Int32] = [],
        sfixed64s: [Swift.Int64] = [],
        bools: [Swift.Bool] = [],
        strings: [Swift.String] = [],
        chunks: [Protobuf.Bytes] = [],
        colours: [TestColour] = [],
        points: [TestPoint] = [],
        unpackedInt32s: [Swift.Int32] = [],
        unpackedFixed64s: [Swift.UInt64] = [],
        unpackedColours: [TestColour] = [],
        choice: Choice? = nil,
        stringMap: [Swift.String: Swift.String] = [:],
        pointMap: [Swift.Int32: TestPoint] = [:],
        colourMap: [Swift.Bool: TestColour] = [:],
        bytesMap: [Swift.UInt64: Protobuf.Bytes] = [:],
        doubleMap: [Swift.Int64: Swift.Double] = [:],
        boolMap: [Swift.UInt32: Swift.Bool] = [:],
        itself: TestEverything? = nil,
        others: [TestEverything] = [],
        inner: TestSharedNested.Inner? = nil,
        last: Swift.UInt64 = 0
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
        self.pointValue = pointValue
        self.optionalDouble = optionalDouble
        self.optionalFloat = optionalFloat
        self.optionalInt32 = optionalInt32
        self.optionalInt64 = optionalInt64
        self.optionalUint32 = optionalUint32
        self.optionalUint64 = optionalUint64
        self.optionalSint32 = optionalSint32
        self.optionalSint64 = optionalSint64
        self.optionalFixed32 = optionalFixed32
        self.optionalFixed64 = optionalFixed64
        self.optionalSfixed32 = optionalSfixed32
        self.optionalSfixed64 = optionalSfixed64
        self.optionalBool = optionalBool
        self.optionalString = optionalString
        self.optionalBytes = optionalBytes
        self.optionalColour = optionalColour
        self.optionalPoint = optionalPoint
        self.doubles = doubles
        self.floats = floats
        self.int32s = int32s
        self.int64s = int64s
        self.uint32s = uint32s
        self.uint64s = uint64s
        self.sint32s = sint32s
        self.sint64s = sint64s
        self.fixed32s = fixed32s
        self.fixed64s = fixed64s
        self.sfixed32s = sfixed32s
        self.sfixed64s = sfixed64s
        self.bools = bools
        self.strings = strings
        self.chunks = chunks
        self.colours = colours
        self.points = points
        self.unpackedInt32s = unpackedInt32s
        self.unpackedFixed64s = unpackedFixed64s
        self.unpackedColours = unpackedColours
        self.choice = choice
        self.stringMap = stringMap
        self.pointMap = pointMap
        self.colourMap = colourMap
        self.bytesMap = bytesMap
        self.doubleMap = doubleMap
        self.boolMap = boolMap
        self.itself = itself
        self.others = others
        self.inner = inner
        self.last = last
    }

    public enum Choice: Swift.Hashable, Swift.Sendable {
        case chosenNumber(Swift.UInt64)
        case chosenString(Swift.String)
        case chosenBytes(Protobuf.Bytes)
        case chosenPoint(TestPoint)
        indirect case chosenEverything(TestEverything)
        case chosenColour(TestColour)
        case chosenBool(Swift.Bool)
        case chosenDouble(Swift.Double)
    }

    public static var fullName: Swift.String { "test.Everything" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.doubleValue, record, has: 676, at: 40)
        writer.implicit(self.floatValue, record, has: 684, at: 680)
        writer.implicit(self.int32Value, record, has: 692, at: 688)
        writer.implicit(self.int64Value, record, has: 696, at: 48)
        writer.implicit(self.uint32Value, record, has: 704, at: 700)
        writer.implicit(self.uint64Value, record, has: 708, at: 56)
        writer.implicit(self.sint32Value, record, has: 716, at: 712)
        writer.implicit(self.sint64Value, record, has: 720, at: 64)
        writer.implicit(self.fixed32Value, record, has: 728, at: 724)
        writer.implicit(self.fixed64Value, record, has: 732, at: 72)
        writer.implicit(self.sfixed32Value, record, has: 740, at: 736)
        writer.implicit(self.sfixed64Value, record, has: 744, at: 80)
        writer.implicit(self.boolValue, record, has: 752, at: 748)
        writer.implicit(self.stringValue, record, has: 756, at: 88)
        writer.implicit(self.bytesValue, record, has: 760, at: 104)
        writer.implicit(self.colourValue, record, has: 768, at: 764)
        writer.message(self.pointValue, record, at: 120)
        writer.optional(self.optionalDouble, record, has: 772, at: 128)
        writer.optional(self.optionalFloat, record, has: 780, at: 776)
        writer.optional(self.optionalInt32, record, has: 788, at: 784)
        writer.optional(self.optionalInt64, record, has: 792, at: 136)
        writer.optional(self.optionalUint32, record, has: 800, at: 796)
        writer.optional(self.optionalUint64, record, has: 804, at: 144)
        writer.optional(self.optionalSint32, record, has: 812, at: 808)
        writer.optional(self.optionalSint64, record, has: 816, at: 152)
        writer.optional(self.optionalFixed32, record, has: 824, at: 820)
        writer.optional(self.optionalFixed64, record, has: 828, at: 160)
        writer.optional(self.optionalSfixed32, record, has: 836, at: 832)
        writer.optional(self.optionalSfixed64, record, has: 840, at: 168)
        writer.optional(self.optionalBool, record, has: 848, at: 844)
        writer.optional(self.optionalString, record, has: 852, at: 176)
        writer.optional(self.optionalBytes, record, has: 856, at: 192)
        writer.optional(self.optionalColour, record, has: 864, at: 860)
        writer.message(self.optionalPoint, record, at: 208)
        writer.repeated(self.doubles, record, count: 216, at: 224)
        writer.repeated(self.floats, record, count: 232, at: 240)
        writer.repeated(self.int32s, record, count: 248, at: 256)
        writer.repeated(self.int64s, record, count: 264, at: 272)
        writer.repeated(self.uint32s, record, count: 280, at: 288)
        writer.repeated(self.uint64s, record, count: 296, at: 304)
        writer.repeated(self.sint32s, record, count: 312, at: 320)
        writer.repeated(self.sint64s, record, count: 328, at: 336)
        writer.repeated(self.fixed32s, record, count: 344, at: 352)
        writer.repeated(self.fixed64s, record, count: 360, at: 368)
        writer.repeated(self.sfixed32s, record, count: 376, at: 384)
        writer.repeated(self.sfixed64s, record, count: 392, at: 400)
        writer.repeated(self.bools, record, count: 408, at: 416)
        writer.repeated(self.strings, record, count: 424, at: 432)
        writer.repeated(self.chunks, record, count: 440, at: 448)
        writer.repeated(self.colours, record, count: 456, at: 464)
        writer.repeated(self.points, record, count: 472, at: 480)
        writer.repeated(self.unpackedInt32s, record, count: 488, at: 496)
        writer.repeated(self.unpackedFixed64s, record, count: 504, at: 512)
        writer.repeated(self.unpackedColours, record, count: 520, at: 528)
        switch self.choice {
        case .chosenNumber(let value):
            writer.choose(71, record, case: 672)
            writer.store(value, record, at: 24)
        case .chosenString(let value):
            writer.choose(72, record, case: 672)
            writer.store(value, record, at: 24)
        case .chosenBytes(let value):
            writer.choose(73, record, case: 672)
            writer.store(value, record, at: 24)
        case .chosenPoint(let value):
            writer.choose(74, record, case: 672)
            writer.store(value, record, at: 24)
        case .chosenEverything(let value):
            writer.choose(75, record, case: 672)
            writer.store(value, record, at: 24)
        case .chosenColour(let value):
            writer.choose(76, record, case: 672)
            writer.store(value, record, at: 24)
        case .chosenBool(let value):
            writer.choose(77, record, case: 672)
            writer.store(value, record, at: 24)
        case .chosenDouble(let value):
            writer.choose(78, record, case: 672)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 672)
        }
        writer.map(self.stringMap, record, count: 536, at: 544, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 56, key: 24, hasValue: 60, value: 40))
        writer.map(self.pointMap, record, count: 552, at: 560, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 36, key: 32, hasValue: 0, value: 24))
        writer.map(self.colourMap, record, count: 568, at: 576, entry: Protobuf.MapEntry(_FileLayout.file[3], hasKey: 28, key: 24, hasValue: 36, value: 32))
        writer.map(self.bytesMap, record, count: 584, at: 592, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 48, key: 24, hasValue: 52, value: 32))
        writer.map(self.doubleMap, record, count: 600, at: 608, entry: Protobuf.MapEntry(_FileLayout.file[5], hasKey: 40, key: 24, hasValue: 44, value: 32))
        writer.map(self.boolMap, record, count: 616, at: 624, entry: Protobuf.MapEntry(_FileLayout.file[6], hasKey: 28, key: 24, hasValue: 36, value: 32))
        writer.message(self.itself, record, at: 632)
        writer.repeated(self.others, record, count: 640, at: 648)
        writer.message(self.inner, record, at: 656)
        writer.implicit(self.last, record, has: 868, at: 664)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 40, into: &self.doubleValue)
        reader.implicit(record, at: 680, into: &self.floatValue)
        reader.implicit(record, at: 688, into: &self.int32Value)
        reader.implicit(record, at: 48, into: &self.int64Value)
        reader.implicit(record, at: 700, into: &self.uint32Value)
        reader.implicit(record, at: 56, into: &self.uint64Value)
        reader.implicit(record, at: 712, into: &self.sint32Value)
        reader.implicit(record, at: 64, into: &self.sint64Value)
        reader.implicit(record, at: 724, into: &self.fixed32Value)
        reader.implicit(record, at: 72, into: &self.fixed64Value)
        reader.implicit(record, at: 736, into: &self.sfixed32Value)
        reader.implicit(record, at: 80, into: &self.sfixed64Value)
        reader.implicit(record, at: 748, into: &self.boolValue)
        reader.implicit(record, at: 88, into: &self.stringValue)
        reader.implicit(record, at: 104, into: &self.bytesValue)
        reader.implicit(record, at: 764, into: &self.colourValue)
        reader.message(record, at: 120, into: &self.pointValue)
        reader.optional(record, has: 772, at: 128, into: &self.optionalDouble)
        reader.optional(record, has: 780, at: 776, into: &self.optionalFloat)
        reader.optional(record, has: 788, at: 784, into: &self.optionalInt32)
        reader.optional(record, has: 792, at: 136, into: &self.optionalInt64)
        reader.optional(record, has: 800, at: 796, into: &self.optionalUint32)
        reader.optional(record, has: 804, at: 144, into: &self.optionalUint64)
        reader.optional(record, has: 812, at: 808, into: &self.optionalSint32)
        reader.optional(record, has: 816, at: 152, into: &self.optionalSint64)
        reader.optional(record, has: 824, at: 820, into: &self.optionalFixed32)
        reader.optional(record, has: 828, at: 160, into: &self.optionalFixed64)
        reader.optional(record, has: 836, at: 832, into: &self.optionalSfixed32)
        reader.optional(record, has: 840, at: 168, into: &self.optionalSfixed64)
        reader.optional(record, has: 848, at: 844, into: &self.optionalBool)
        reader.optional(record, has: 852, at: 176, into: &self.optionalString)
        reader.optional(record, has: 856, at: 192, into: &self.optionalBytes)
        reader.optional(record, has: 864, at: 860, into: &self.optionalColour)
        reader.message(record, at: 208, into: &self.optionalPoint)
        reader.repeated(record, count: 216, at: 224, into: &self.doubles)
        reader.repeated(record, count: 232, at: 240, into: &self.floats)
        reader.repeated(record, count: 248, at: 256, into: &self.int32s)
        reader.repeated(record, count: 264, at: 272, into: &self.int64s)
        reader.repeated(record, count: 280, at: 288, into: &self.uint32s)
        reader.repeated(record, count: 296, at: 304, into: &self.uint64s)
        reader.repeated(record, count: 312, at: 320, into: &self.sint32s)
        reader.repeated(record, count: 328, at: 336, into: &self.sint64s)
        reader.repeated(record, count: 344, at: 352, into: &self.fixed32s)
        reader.repeated(record, count: 360, at: 368, into: &self.fixed64s)
        reader.repeated(record, count: 376, at: 384, into: &self.sfixed32s)
        reader.repeated(record, count: 392, at: 400, into: &self.sfixed64s)
        reader.repeated(record, count: 408, at: 416, into: &self.bools)
        reader.repeated(record, count: 424, at: 432, into: &self.strings)
        reader.repeated(record, count: 440, at: 448, into: &self.chunks)
        reader.repeated(record, count: 456, at: 464, into: &self.colours)
        reader.repeated(record, count: 472, at: 480, into: &self.points)
        reader.repeated(record, count: 488, at: 496, into: &self.unpackedInt32s)
        reader.repeated(record, count: 504, at: 512, into: &self.unpackedFixed64s)
        reader.repeated(record, count: 520, at: 528, into: &self.unpackedColours)
        switch reader.chosen(record, case: 672) {
        case 71: self.choice = .chosenNumber(reader.value(record, at: 24))
        case 72: self.choice = .chosenString(reader.value(record, at: 24))
        case 73: self.choice = .chosenBytes(reader.value(record, at: 24))
        case 74: self.choice = .chosenPoint(reader.value(record, at: 24))
        case 75: self.choice = .chosenEverything(reader.value(record, at: 24))
        case 76: self.choice = .chosenColour(reader.value(record, at: 24))
        case 77: self.choice = .chosenBool(reader.value(record, at: 24))
        case 78: self.choice = .chosenDouble(reader.value(record, at: 24))
        default: break
        }
        reader.map(record, count: 536, at: 544, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 56, key: 24, hasValue: 60, value: 40), into: &self.stringMap)
        reader.map(record, count: 552, at: 560, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 36, key: 32, hasValue: 0, value: 24), into: &self.pointMap)
        reader.map(record, count: 568, at: 576, entry: Protobuf.MapEntry(_FileLayout.file[3], hasKey: 28, key: 24, hasValue: 36, value: 32), into: &self.colourMap)
        reader.map(record, count: 584, at: 592, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 48, key: 24, hasValue: 52, value: 32), into: &self.bytesMap)
        reader.map(record, count: 600, at: 608, entry: Protobuf.MapEntry(_FileLayout.file[5], hasKey: 40, key: 24, hasValue: 44, value: 32), into: &self.doubleMap)
        reader.map(record, count: 616, at: 624, entry: Protobuf.MapEntry(_FileLayout.file[6], hasKey: 28, key: 24, hasValue: 36, value: 32), into: &self.boolMap)
        self.itself = reader.message(record, at: 632)
        reader.repeated(record, count: 640, at: 648, into: &self.others)
        reader.message(record, at: 656, into: &self.inner)
        reader.implicit(record, at: 664, into: &self.last)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestPoint: Protobuf.Message {
    public var x: Swift.Int32 = 0
    public var y: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        x: Swift.Int32 = 0,
        y: Swift.Int32 = 0
    ) {
        self.x = x
        self.y = y
    }

    public static var fullName: Swift.String { "test.Point" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.x, record, has: 28, at: 24)
        writer.implicit(self.y, record, has: 36, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.x)
        reader.implicit(record, at: 32, into: &self.y)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A message without fields: libprotobuf-c must not look at the first of them.
public struct TestEmpty: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public static var fullName: Swift.String { "test.Empty" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Two messages that contain each other.
public struct TestTree: Protobuf.Message {
    @Protobuf.Indirect
    public var left: TestBranch?
    @Protobuf.Indirect
    public var right: TestBranch?
    public var name: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        left: TestBranch? = nil,
        right: TestBranch? = nil,
        name: Swift.String = ""
    ) {
        self.left = left
        self.right = right
        self.name = name
    }

    public static var fullName: Swift.String { "test.Tree" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.left, record, at: 24)
        writer.message(self.right, record, at: 32)
        writer.implicit(self.name, record, has: 56, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.left = reader.message(record, at: 24)
        self.right = reader.message(record, at: 32)
        reader.implicit(record, at: 40, into: &self.name)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestBranch: Protobuf.Message {
    public var end: End?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        end: End? = nil
    ) {
        self.end = end
    }

    public enum End: Swift.Hashable, Swift.Sendable {
        indirect case tree(TestTree)
        case leaf(Protobuf.Bytes)
    }

    public static var fullName: Swift.String { "test.Branch" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.end {
        case .tree(let value):
            writer.choose(1, record, case: 40)
            writer.store(value, record, at: 24)
        case .leaf(let value):
            writer.choose(2, record, case: 40)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 40)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 40) {
        case 1: self.end = .tree(reader.value(record, at: 24))
        case 2: self.end = .leaf(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// What Everything knew in an older release.
public struct TestEverythingOld: Protobuf.Message {
    public var int32Value: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        int32Value: Swift.Int32 = 0
    ) {
        self.int32Value = int32Value
    }

    public static var fullName: Swift.String { "test.EverythingOld" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.int32Value, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.int32Value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A batch, as a log entry's is.
public struct TestBatch: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    public var items: [TestItem] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        items: [TestItem] = []
    ) {
        self.term = term
        self.items = items
    }

    public static var fullName: Swift.String { "test.Batch" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 48, at: 24)
        writer.repeated(self.items, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.repeated(record, count: 32, at: 40, into: &self.items)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestItem: Protobuf.Message {
    public var term: Swift.UInt64 = 0
    public var payload: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        term: Swift.UInt64 = 0,
        payload: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.term = term
        self.payload = payload
    }

    public static var fullName: Swift.String { "test.Item" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.term, record, has: 48, at: 24)
        writer.implicit(self.payload, record, has: 52, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.term)
        reader.implicit(record, at: 32, into: &self.payload)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            14, 0,
            872, 72,  // test.Everything
            1, 11, 676, 40, 0,  // double_value
            2, 10, 684, 680, 0,  // float_value
            3, 0, 692, 688, 0,  // int32_value
            4, 3, 696, 48, 0,  // int64_value
            5, 6, 704, 700, 0,  // uint32_value
            6, 8, 708, 56, 0,  // uint64_value
            7, 1, 716, 712, 0,  // sint32_value
            8, 4, 720, 64, 0,  // sint64_value
            9, 7, 728, 724, 0,  // fixed32_value
            10, 9, 732, 72, 0,  // fixed64_value
            11, 2, 740, 736, 0,  // sfixed32_value
            12, 5, 744, 80, 0,  // sfixed64_value
            13, 12, 752, 748, 0,  // bool_value
            14, 14, 756, 88, 0,  // string_value
            15, 15, 760, 104, 0,  // bytes_value
            16, 13, 768, 764, 0,  // colour_value
            17, 16, 0, 120, 7,  // point_value
            21, 11, 772, 128, 0,  // optional_double
            22, 10, 780, 776, 0,  // optional_float
            23, 0, 788, 784, 0,  // optional_int32
            24, 3, 792, 136, 0,  // optional_int64
            25, 6, 800, 796, 0,  // optional_uint32
            26, 8, 804, 144, 0,  // optional_uint64
            27, 1, 812, 808, 0,  // optional_sint32
            28, 4, 816, 152, 0,  // optional_sint64
            29, 7, 824, 820, 0,  // optional_fixed32
            30, 9, 828, 160, 0,  // optional_fixed64
            31, 2, 836, 832, 0,  // optional_sfixed32
            32, 5, 840, 168, 0,  // optional_sfixed64
            33, 12, 848, 844, 0,  // optional_bool
            34, 14, 852, 176, 0,  // optional_string
            35, 15, 856, 192, 0,  // optional_bytes
            36, 13, 864, 860, 0,  // optional_colour
            37, 16, 0, 208, 7,  // optional_point
            41, 779, 216, 224, 0,  // doubles
            42, 778, 232, 240, 0,  // floats
            43, 768, 248, 256, 0,  // int32s
            44, 771, 264, 272, 0,  // int64s
            45, 774, 280, 288, 0,  // uint32s
            46, 776, 296, 304, 0,  // uint64s
            47, 769, 312, 320, 0,  // sint32s
            48, 772, 328, 336, 0,  // sint64s
            49, 775, 344, 352, 0,  // fixed32s
            50, 777, 360, 368, 0,  // fixed64s
            51, 770, 376, 384, 0,  // sfixed32s
            52, 773, 392, 400, 0,  // sfixed64s
            53, 780, 408, 416, 0,  // bools
            54, 270, 424, 432, 0,  // strings
            55, 271, 440, 448, 0,  // chunks
            56, 781, 456, 464, 0,  // colours
            57, 272, 472, 480, 7,  // points
            58, 256, 488, 496, 0,  // unpacked_int32s
            59, 265, 504, 512, 0,  // unpacked_fixed64s
            60, 269, 520, 528, 0,  // unpacked_colours
            71, 1032, 672, 24, 0,  // chosen_number
            72, 1038, 672, 24, 0,  // chosen_string
            73, 1039, 672, 24, 0,  // chosen_bytes
            74, 1040, 672, 24, 7,  // chosen_point
            75, 1040, 672, 24, 0,  // chosen_everything
            76, 1037, 672, 24, 0,  // chosen_colour
            77, 1036, 672, 24, 0,  // chosen_bool
            78, 1035, 672, 24, 0,  // chosen_double
            81, 2320, 536, 544, 1,  // string_map
            82, 2320, 552, 560, 2,  // point_map
            83, 2320, 568, 576, 3,  // colour_map
            84, 2320, 584, 592, 4,  // bytes_map
            85, 2320, 600, 608, 5,  // double_map
            86, 2320, 616, 624, 6,  // bool_map
            91, 16, 0, 632, 0,  // itself
            92, 272, 640, 648, 0,  // others
            93, 16, 0, 656, 14,  // inner
            536870911, 8, 868, 664, 0,  // last
            64, 2,  // test.Everything.StringMapEntry
            1, 14, 56, 24, 0,  // key
            2, 14, 60, 40, 0,  // value
            40, 2,  // test.Everything.PointMapEntry
            1, 0, 36, 32, 0,  // key
            2, 16, 0, 24, 7,  // value
            40, 2,  // test.Everything.ColourMapEntry
            1, 12, 28, 24, 0,  // key
            2, 13, 36, 32, 0,  // value
            56, 2,  // test.Everything.BytesMapEntry
            1, 8, 48, 24, 0,  // key
            2, 15, 52, 32, 0,  // value
            48, 2,  // test.Everything.DoubleMapEntry
            1, 4, 40, 24, 0,  // key
            2, 11, 44, 32, 0,  // value
            40, 2,  // test.Everything.BoolMapEntry
            1, 7, 28, 24, 0,  // key
            2, 12, 36, 32, 0,  // value
            40, 2,  // test.Point
            1, 1, 28, 24, 0,  // x
            2, 1, 36, 32, 0,  // y
            24, 0,  // test.Empty
            64, 3,  // test.Tree
            1, 16, 0, 24, 10,  // left
            2, 16, 0, 32, 10,  // right
            3, 14, 56, 40, 0,  // name
            48, 2,  // test.Branch
            1, 1040, 40, 24, 9,  // tree
            2, 1039, 40, 24, 0,  // leaf
            32, 1,  // test.EverythingOld
            3, 0, 28, 24, 0,  // int32_value
            56, 2,  // test.Batch
            1, 8, 48, 24, 0,  // term
            2, 272, 32, 40, 13,  // items
            56, 2,  // test.Item
            1, 8, 48, 24, 0,  // term
            3, 15, 52, 32, 0,  // payload
        ],
        names: """
            test.Everything double_value float_value int32_value int64_value uint32_value uint64_value sint32_value sint64_value fixed32_value fixed64_value sfixed32_value sfixed64_value bool_value string_value bytes_value colour_value point_value optional_double optional_float optional_int32 optional_int64 optional_uint32 optional_uint64 optional_sint32 optional_sint64 optional_fixed32 optional_fixed64 optional_sfixed32 optional_sfixed64 optional_bool optional_string optional_bytes optional_colour optional_point doubles floats int32s int64s uint32s uint64s sint32s sint64s fixed32s fixed64s sfixed32s sfixed64s bools strings chunks colours points unpacked_int32s unpacked_fixed64s unpacked_colours chosen_number chosen_string chosen_bytes chosen_point chosen_everything chosen_colour chosen_bool chosen_double string_map point_map colour_map bytes_map double_map bool_map itself others inner last
            test.Everything.StringMapEntry key value
            test.Everything.PointMapEntry key value
            test.Everything.ColourMapEntry key value
            test.Everything.BytesMapEntry key value
            test.Everything.DoubleMapEntry key value
            test.Everything.BoolMapEntry key value
            test.Point x y
            test.Empty
            test.Tree left right name
            test.Branch tree leaf
            test.EverythingOld int32_value
            test.Batch term items
            test.Item term payload
            """,
        imports: [
            TestSharedNested.Inner.layout,
        ])
}
