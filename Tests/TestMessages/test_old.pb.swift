// Generated from test/old.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum TestOldSize: Protobuf.Enumeration {
    case small
    case large
    case negative

    public init() { self = .small }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 1: self = .small
        case 5: self = .large
        case -3: self = .negative
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .small: return 1
        case .large: return 5
        case .negative: return -3
        }
    }
}

/// protoc wants the first value of a map's enum to be 0.
public enum TestOldLevel: Protobuf.Enumeration {
    case none
    case high

    public init() { self = .none }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .none
        case 5: self = .high
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .none: return 0
        case .high: return 5
        }
    }
}

public struct TestOldRequired: Protobuf.Message {
    public var number: Swift.Int32?
    public var part: TestOldPart?
    public var note: Swift.String?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        number: Swift.Int32? = nil,
        part: TestOldPart? = nil,
        note: Swift.String? = nil
    ) {
        self.number = number
        self.part = part
        self.note = note
    }

    public static var fullName: Swift.String { "test.old.Required" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        if self.number == nil { writer.missing("number", of: "test.old.Required") }
        writer.optional(self.number, record, has: 52, at: 48)
        if self.part == nil { writer.missing("part", of: "test.old.Required") }
        writer.message(self.part, record, at: 24)
        writer.optional(self.note, record, has: 56, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 52, at: 48, into: &self.number)
        reader.message(record, at: 24, into: &self.part)
        reader.optional(record, has: 56, at: 32, into: &self.note)
        reader.unknown(record, into: &self.unknownFields)
        if self.number == nil { reader.missing("number", of: "test.old.Required") }
        if self.part == nil { reader.missing("part", of: "test.old.Required") }
    }
}

public struct TestOldPart: Protobuf.Message {
    public var name: Swift.String?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil
    ) {
        self.name = name
    }

    public static var fullName: Swift.String { "test.old.Part" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        if self.name == nil { writer.missing("name", of: "test.old.Part") }
        writer.optional(self.name, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 40, at: 24, into: &self.name)
        reader.unknown(record, into: &self.unknownFields)
        if self.name == nil { reader.missing("name", of: "test.old.Part") }
    }
}

public struct TestOldClosed: Protobuf.Message {
    public var size: TestOldSize?
    public var sizes: [TestOldSize] = []
    public var packedSizes: [TestOldSize] = []
    public var choice: Choice?
    public var levelMap: [Swift.String: TestOldLevel] = [:]
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        size: TestOldSize? = nil,
        sizes: [TestOldSize] = [],
        packedSizes: [TestOldSize] = [],
        choice: Choice? = nil,
        levelMap: [Swift.String: TestOldLevel] = [:]
    ) {
        self.size = size
        self.sizes = sizes
        self.packedSizes = packedSizes
        self.choice = choice
        self.levelMap = levelMap
    }

    public enum Choice: Swift.Hashable, Swift.Sendable {
        case chosenSize(TestOldSize)
        case chosenText(Swift.String)
    }

    public static var fullName: Swift.String { "test.old.Closed" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.size, record, has: 96, at: 92)
        writer.repeated(self.sizes, record, count: 40, at: 48)
        writer.repeated(self.packedSizes, record, count: 56, at: 64)
        switch self.choice {
        case .chosenSize(let value):
            writer.choose(4, record, case: 88)
            writer.store(value, record, at: 24)
        case .chosenText(let value):
            writer.choose(5, record, case: 88)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 88)
        }
        writer.map(self.levelMap, record, count: 72, at: 80, entry: Protobuf.MapEntry(_FileLayout.file[3], hasKey: 40, key: 24, hasValue: 48, value: 44))
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 96, at: 92, into: &self.size)
        reader.repeated(record, count: 40, at: 48, into: &self.sizes)
        reader.repeated(record, count: 56, at: 64, into: &self.packedSizes)
        switch reader.chosen(record, case: 88) {
        case 4: self.choice = .chosenSize(reader.value(record, at: 24))
        case 5: self.choice = .chosenText(reader.value(record, at: 24))
        default: break
        }
        reader.map(record, count: 72, at: 80, entry: Protobuf.MapEntry(_FileLayout.file[3], hasKey: 40, key: 24, hasValue: 48, value: 44), into: &self.levelMap)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestOldDefaults: Protobuf.Message {
    public var decimal: Swift.Int32?
    public var hexadecimal: Swift.Int32?
    public var octal: Swift.Int32?
    public var fraction: Swift.Double?
    public var exponent: Swift.Double?
    public var infinity: Swift.Float?
    public var notANumber: Swift.Double?
    public var flag: Swift.Bool?
    public var text: Swift.String?
    public var data: Protobuf.Bytes?
    public var size: TestOldSize?
    public var large: Swift.UInt64?
    public var small: Swift.Int64?
    public var tooSmall: Swift.Double?
    public var tooLarge: Swift.Float?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        decimal: Swift.Int32? = nil,
        hexadecimal: Swift.Int32? = nil,
        octal: Swift.Int32? = nil,
        fraction: Swift.Double? = nil,
        exponent: Swift.Double? = nil,
        infinity: Swift.Float? = nil,
        notANumber: Swift.Double? = nil,
        flag: Swift.Bool? = nil,
        text: Swift.String? = nil,
        data: Protobuf.Bytes? = nil,
        size: TestOldSize? = nil,
        large: Swift.UInt64? = nil,
        small: Swift.Int64? = nil,
        tooSmall: Swift.Double? = nil,
        tooLarge: Swift.Float? = nil
    ) {
        self.decimal = decimal
        self.hexadecimal = hexadecimal
        self.octal = octal
        self.fraction = fraction
        self.exponent = exponent
        self.infinity = infinity
        self.notANumber = notANumber
        self.flag = flag
        self.text = text
        self.data = data
        self.size = size
        self.large = large
        self.small = small
        self.tooSmall = tooSmall
        self.tooLarge = tooLarge
    }

    /// ``decimal``, or its default where it is not set.
    public var decimalOrDefault: Swift.Int32 { self.decimal ?? 42 }

    /// ``hexadecimal``, or its default where it is not set.
    public var hexadecimalOrDefault: Swift.Int32 { self.hexadecimal ?? -31 }

    /// ``octal``, or its default where it is not set.
    public var octalOrDefault: Swift.Int32 { self.octal ?? 15 }

    /// ``fraction``, or its default where it is not set.
    public var fractionOrDefault: Swift.Double { self.fraction ?? 0.5 }

    /// ``exponent``, or its default where it is not set.
    public var exponentOrDefault: Swift.Double { self.exponent ?? 1000.0 }

    /// ``infinity``, or its default where it is not set.
    public var infinityOrDefault: Swift.Float { self.infinity ?? .infinity }

    /// ``notANumber``, or its default where it is not set.
    public var notANumberOrDefault: Swift.Double { self.notANumber ?? .nan }

    /// ``flag``, or its default where it is not set.
    public var flagOrDefault: Swift.Bool { self.flag ?? true }

    /// ``text``, or its default where it is not set.
    public var textOrDefault: Swift.String { self.text ?? "a \u{22}quoted\u{22}\u{a}\u{5c} text, \u{fc}" }

    /// ``data``, or its default where it is not set.
    public var dataOrDefault: Protobuf.Bytes { self.data ?? [0, 255, 120] }

    /// ``size``, or its default where it is not set.
    public var sizeOrDefault: TestOldSize { self.size ?? .large }

    /// ``large``, or its default where it is not set.
    public var largeOrDefault: Swift.UInt64 { self.large ?? 18446744073709551615 }

    /// ``small``, or its default where it is not set.
    public var smallOrDefault: Swift.Int64 { self.small ?? -9223372036854775808 }

    /// ``tooSmall``, or its default where it is not set.
    public var tooSmallOrDefault: Swift.Double { self.tooSmall ?? -0.0 }

    /// ``tooLarge``, or its default where it is not set.
    public var tooLargeOrDefault: Swift.Float { self.tooLarge ?? .infinity }

    public static var fullName: Swift.String { "test.old.Defaults" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.decimal, record, has: 108, at: 104)
        writer.optional(self.hexadecimal, record, has: 116, at: 112)
        writer.optional(self.octal, record, has: 124, at: 120)
        writer.optional(self.fraction, record, has: 128, at: 24)
        writer.optional(self.exponent, record, has: 132, at: 32)
        writer.optional(self.infinity, record, has: 140, at: 136)
        writer.optional(self.notANumber, record, has: 144, at: 40)
        writer.optional(self.flag, record, has: 152, at: 148)
        writer.optional(self.text, record, has: 156, at: 48)
        writer.optional(self.data, record, has: 160, at: 64)
        writer.optional(self.size, record, has: 168, at: 164)
        writer.optional(self.large, record, has: 172, at: 80)
        writer.optional(self.small, record, has: 176, at: 88)
        writer.optional(self.tooSmall, record, has: 180, at: 96)
        writer.optional(self.tooLarge, record, has: 188, at: 184)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 108, at: 104, into: &self.decimal)
        reader.optional(record, has: 116, at: 112, into: &self.hexadecimal)
        reader.optional(record, has: 124, at: 120, into: &self.octal)
        reader.optional(record, has: 128, at: 24, into: &self.fraction)
        reader.optional(record, has: 132, at: 32, into: &self.exponent)
        reader.optional(record, has: 140, at: 136, into: &self.infinity)
        reader.optional(record, has: 144, at: 40, into: &self.notANumber)
        reader.optional(record, has: 152, at: 148, into: &self.flag)
        reader.optional(record, has: 156, at: 48, into: &self.text)
        reader.optional(record, has: 160, at: 64, into: &self.data)
        reader.optional(record, has: 168, at: 164, into: &self.size)
        reader.optional(record, has: 172, at: 80, into: &self.large)
        reader.optional(record, has: 176, at: 88, into: &self.small)
        reader.optional(record, has: 180, at: 96, into: &self.tooSmall)
        reader.optional(record, has: 188, at: 184, into: &self.tooLarge)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Groups: messages between two tags, not after a length.
public struct TestOldGrouped: Protobuf.Message {
    public var one: TestOldGrouped.One?
    public var many: [TestOldGrouped.Many] = []
    public var choice: Choice?
    public var last: Swift.Int32?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        one: TestOldGrouped.One? = nil,
        many: [TestOldGrouped.Many] = [],
        choice: Choice? = nil,
        last: Swift.Int32? = nil
    ) {
        self.one = one
        self.many = many
        self.choice = choice
        self.last = last
    }

    public enum Choice: Swift.Hashable, Swift.Sendable {
        case chosen(TestOldGrouped.Chosen)
        case other(Swift.String)
    }

    public struct One: Protobuf.Message {
        public var number: Swift.Int32?
        public var text: Swift.String?
        @Protobuf.Indirect
        public var inner: TestOldGrouped.One?
        public var parts: [Protobuf.Bytes] = []
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            number: Swift.Int32? = nil,
            text: Swift.String? = nil,
            inner: TestOldGrouped.One? = nil,
            parts: [Protobuf.Bytes] = []
        ) {
            self.number = number
            self.text = text
            self.inner = inner
            self.parts = parts
        }

        public static var fullName: Swift.String { "test.old.Grouped.One" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.number, record, has: 68, at: 64)
            writer.optional(self.text, record, has: 72, at: 24)
            writer.message(self.inner, record, at: 40)
            writer.repeated(self.parts, record, count: 48, at: 56)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 68, at: 64, into: &self.number)
            reader.optional(record, has: 72, at: 24, into: &self.text)
            self.inner = reader.message(record, at: 40)
            reader.repeated(record, count: 48, at: 56, into: &self.parts)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Many: Protobuf.Message {
        public var size: TestOldSize?
        public var grouped: TestOldGrouped?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            size: TestOldSize? = nil,
            grouped: TestOldGrouped? = nil
        ) {
            self.size = size
            self.grouped = grouped
        }

        public static var fullName: Swift.String { "test.old.Grouped.Many" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.size, record, has: 36, at: 32)
            writer.message(self.grouped, record, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 36, at: 32, into: &self.size)
            reader.message(record, at: 24, into: &self.grouped)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Chosen: Protobuf.Message {
        public var number: Swift.Int64?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            number: Swift.Int64? = nil
        ) {
            self.number = number
        }

        public static var fullName: Swift.String { "test.old.Grouped.Chosen" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            if self.number == nil { writer.missing("number", of: "test.old.Grouped.Chosen") }
            writer.optional(self.number, record, has: 32, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 32, at: 24, into: &self.number)
            reader.unknown(record, into: &self.unknownFields)
            if self.number == nil { reader.missing("number", of: "test.old.Grouped.Chosen") }
        }
    }

    public static var fullName: Swift.String { "test.old.Grouped" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        var delimited = Protobuf.DelimitedMessages()
        writer.delimited(self.one, 1, &delimited, record, at: 40)
        writer.delimited(self.many, 2, &delimited, record, count: 48)
        switch self.choice {
        case .chosen(let value):
            writer.choose(0, record, case: 64)
            writer.delimited(value, 3, &delimited)
        case .other(let value):
            writer.choose(4, record, case: 64)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 64)
        }
        writer.optional(self.last, record, has: 72, at: 68)
        writer.unknown(self.unknownFields, delimited, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 40, into: &self.one)
        reader.repeated(record, count: 48, at: 56, into: &self.many)
        switch reader.chosen(record, case: 64) {
        case 3: self.choice = .chosen(reader.value(record, at: 24))
        case 4: self.choice = .other(reader.value(record, at: 24))
        default: break
        }
        reader.optional(record, has: 72, at: 68, into: &self.last)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            9, 2,
            2, 0, 5,  // test.old.Level
            3, 4294967293, 1, 5,  // test.old.Size
            64, 3,  // test.old.Required
            1, 0, 52, 48, 0,  // number
            2, 16, 0, 24, 1,  // part
            3, 14, 56, 32, 0,  // note
            48, 1,  // test.old.Part
            1, 14, 40, 24, 0,  // name
            104, 6,  // test.old.Closed
            1, 17, 96, 92, 1,  // size
            2, 273, 40, 48, 1,  // sizes
            3, 785, 56, 64, 1,  // packed_sizes
            4, 1041, 88, 24, 1,  // chosen_size
            5, 1038, 88, 24, 0,  // chosen_text
            6, 2320, 72, 80, 3,  // level_map
            56, 2,  // test.old.Closed.LevelMapEntry
            1, 14, 40, 24, 0,  // key
            2, 17, 48, 44, 0,  // value
            192, 15,  // test.old.Defaults
            1, 0, 108, 104, 0,  // decimal
            2, 0, 116, 112, 0,  // hexadecimal
            3, 0, 124, 120, 0,  // octal
            4, 11, 128, 24, 0,  // fraction
            5, 11, 132, 32, 0,  // exponent
            6, 10, 140, 136, 0,  // infinity
            7, 11, 144, 40, 0,  // not_a_number
            8, 12, 152, 148, 0,  // flag
            9, 14, 156, 48, 0,  // text
            10, 15, 160, 64, 0,  // data
            11, 17, 168, 164, 1,  // size
            12, 8, 172, 80, 0,  // large
            13, 3, 176, 88, 0,  // small
            14, 11, 180, 96, 0,  // too_small
            15, 10, 188, 184, 0,  // too_large
            80, 5,  // test.old.Grouped
            1, 4112, 0, 40, 6,  // one
            2, 4368, 48, 56, 7,  // many
            3, 5136, 64, 24, 8,  // chosen
            4, 1038, 64, 24, 0,  // other
            1000, 0, 72, 68, 0,  // last
            80, 4,  // test.old.Grouped.One
            1, 0, 68, 64, 0,  // number
            2, 14, 72, 24, 0,  // text
            3, 16, 0, 40, 6,  // inner
            4, 271, 48, 56, 0,  // parts
            40, 2,  // test.old.Grouped.Many
            1, 17, 36, 32, 1,  // size
            2, 16, 0, 24, 5,  // grouped
            40, 1,  // test.old.Grouped.Chosen
            16, 3, 32, 24, 0,  // number
        ],
        names: """
            test.old.Required number part note
            test.old.Part name
            test.old.Closed size sizes packed_sizes chosen_size chosen_text level_map
            test.old.Closed.LevelMapEntry key value
            test.old.Defaults decimal hexadecimal octal fraction exponent infinity not_a_number flag text data size large small too_small too_large
            test.old.Grouped one many chosen other last
            test.old.Grouped.One number text inner parts
            test.old.Grouped.Many size grouped
            test.old.Grouped.Chosen number
            """)
}
