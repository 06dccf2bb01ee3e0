// Generated from test/edition.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum TestEditionShut: Protobuf.Enumeration {
    case none
    case one

    public init() { self = .none }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .none
        case 1: self = .one
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .none: return 0
        case .one: return 1
        }
    }
}

public enum TestEditionOpened: Protobuf.Enumeration {
    case none
    case one
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .none }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .none
        case 1: self = .one
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .none: return 0
        case .one: return 1
        case .unrecognized(let number): return number
        }
    }
}

public struct TestEditionFeatured: Protobuf.Message {
    public var explicit: Swift.Int32?
    public var implicit: Swift.Int32 = 0
    public var needed: Swift.String?
    public var expanded: [Swift.Int32] = []
    public var packed: [Swift.Int32] = []
    public var between: TestEditionFeatured.Inner?
    public var betweens: [TestEditionFeatured.Inner] = []
    public var after: TestEditionFeatured.Inner?
    public var inners: [Swift.String: TestEditionFeatured.Inner] = [:]
    public var shut: TestEditionShut?
    public var shuts: [TestEditionShut] = []
    public var shutMap: [Swift.Int32: TestEditionShut] = [:]
    public var opened: TestEditionOpened = .none
    public var choice: Choice?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        explicit: Swift.Int32? = nil,
        implicit: Swift.Int32 = 0,
        needed: Swift.String? = nil,
        expanded: [Swift.Int32] = [],
        packed: [Swift.Int32] = [],
        between: TestEditionFeatured.Inner? = nil,
        betweens: [TestEditionFeatured.Inner] = [],
        after: TestEditionFeatured.Inner? = nil,
        inners: [Swift.String: TestEditionFeatured.Inner] = [:],
        shut: TestEditionShut? = nil,
        shuts: [TestEditionShut] = [],
        shutMap: [Swift.Int32: TestEditionShut] = [:],
        opened: TestEditionOpened = .none,
        choice: Choice? = nil
    ) {
        self.explicit = explicit
        self.implicit = implicit
        self.needed = needed
        self.expanded = expanded
        self.packed = packed
        self.between = between
        self.betweens = betweens
        self.after = after
        self.inners = inners
        self.shut = shut
        self.shuts = shuts
        self.shutMap = shutMap
        self.opened = opened
        self.choice = choice
    }

    public enum Choice: Swift.Hashable, Swift.Sendable {
        case chosenBetween(TestEditionFeatured.Inner)
        case chosenNumber(Swift.Int64)
    }

    public struct Inner: Protobuf.Message {
        public var bytes: Protobuf.Bytes?
        @Protobuf.Indirect
        public var inner: TestEditionFeatured.Inner?
        public var inners: [Swift.Bool: TestEditionFeatured.Inner] = [:]
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            bytes: Protobuf.Bytes? = nil,
            inner: TestEditionFeatured.Inner? = nil,
            inners: [Swift.Bool: TestEditionFeatured.Inner] = [:]
        ) {
            self.bytes = bytes
            self.inner = inner
            self.inners = inners
        }

        public static var fullName: Swift.String { "test.edition.Featured.Inner" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            var delimited = Protobuf.DelimitedMessages()
            writer.optional(self.bytes, record, has: 64, at: 24)
            writer.delimited(self.inner, 2, &delimited, record, at: 40)
            writer.map(self.inners, record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 36, key: 32, hasValue: 0, value: 24))
            writer.unknown(self.unknownFields, delimited, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 64, at: 24, into: &self.bytes)
            self.inner = reader.message(record, at: 40)
            reader.map(record, count: 48, at: 56, entry: Protobuf.MapEntry(_FileLayout.file[4], hasKey: 36, key: 32, hasValue: 0, value: 24), into: &self.inners)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "test.edition.Featured" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        var delimited = Protobuf.DelimitedMessages()
        writer.optional(self.explicit, record, has: 168, at: 164)
        writer.implicit(self.implicit, record, has: 176, at: 172)
        if self.needed == nil { writer.missing("needed", of: "test.edition.Featured") }
        writer.optional(self.needed, record, has: 180, at: 32)
        writer.repeated(self.expanded, record, count: 48, at: 56)
        writer.repeated(self.packed, record, count: 64, at: 72)
        writer.delimited(self.between, 6, &delimited, record, at: 80)
        writer.delimited(self.betweens, 7, &delimited, record, count: 88)
        writer.message(self.after, record, at: 104)
        writer.map(self.inners, record, count: 112, at: 120, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40))
        writer.optional(self.shut, record, has: 188, at: 184)
        writer.repeated(self.shuts, record, count: 128, at: 136)
        writer.map(self.shutMap, record, count: 144, at: 152, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 28, key: 24, hasValue: 36, value: 32))
        writer.implicit(self.opened, record, has: 196, at: 192)
        switch self.choice {
        case .chosenBetween(let value):
            writer.choose(0, record, case: 160)
            writer.delimited(value, 13, &delimited)
        case .chosenNumber(let value):
            writer.choose(14, record, case: 160)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 160)
        }
        writer.unknown(self.unknownFields, delimited, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 168, at: 164, into: &self.explicit)
        reader.implicit(record, at: 172, into: &self.implicit)
        reader.optional(record, has: 180, at: 32, into: &self.needed)
        reader.repeated(record, count: 48, at: 56, into: &self.expanded)
        reader.repeated(record, count: 64, at: 72, into: &self.packed)
        reader.message(record, at: 80, into: &self.between)
        reader.repeated(record, count: 88, at: 96, into: &self.betweens)
        reader.message(record, at: 104, into: &self.after)
        reader.map(record, count: 112, at: 120, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40), into: &self.inners)
        reader.optional(record, has: 188, at: 184, into: &self.shut)
        reader.repeated(record, count: 128, at: 136, into: &self.shuts)
        reader.map(record, count: 144, at: 152, entry: Protobuf.MapEntry(_FileLayout.file[2], hasKey: 28, key: 24, hasValue: 36, value: 32), into: &self.shutMap)
        reader.implicit(record, at: 192, into: &self.opened)
        switch reader.chosen(record, case: 160) {
        case 13: self.choice = .chosenBetween(reader.value(record, at: 24))
        case 14: self.choice = .chosenNumber(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
        if self.needed == nil { reader.missing("needed", of: "test.edition.Featured") }
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            5, 1,
            2, 0, 1,  // test.edition.Shut
            200, 15,  // test.edition.Featured
            1, 0, 168, 164, 0,  // explicit
            2, 0, 176, 172, 0,  // implicit
            3, 14, 180, 32, 0,  // needed
            4, 256, 48, 56, 0,  // expanded
            5, 768, 64, 72, 0,  // packed
            6, 4112, 0, 80, 3,  // between
            7, 4368, 88, 96, 3,  // betweens
            8, 2320, 112, 120, 1,  // inners
            9, 17, 188, 184, 0,  // shut
            10, 273, 128, 136, 0,  // shuts
            11, 2320, 144, 152, 2,  // shut_map
            12, 13, 196, 192, 0,  // opened
            13, 5136, 160, 24, 3,  // chosen_between
            14, 1027, 160, 24, 0,  // chosen_number
            15, 16, 0, 104, 3,  // after
            56, 2,  // test.edition.Featured.InnersEntry
            1, 14, 48, 24, 0,  // key
            2, 16, 0, 40, 3,  // value
            40, 2,  // test.edition.Featured.ShutMapEntry
            1, 0, 28, 24, 0,  // key
            2, 17, 36, 32, 0,  // value
            72, 3,  // test.edition.Featured.Inner
            1, 15, 64, 24, 0,  // bytes
            2, 4112, 0, 40, 3,  // inner
            3, 2320, 48, 56, 4,  // inners
            40, 2,  // test.edition.Featured.Inner.InnersEntry
            1, 12, 36, 32, 0,  // key
            2, 16, 0, 24, 3,  // value
        ],
        names: """
            test.edition.Featured explicit implicit needed expanded packed between betweens inners shut shuts shut_map opened chosen_between chosen_number after
            test.edition.Featured.InnersEntry key value
            test.edition.Featured.ShutMapEntry key value
            test.edition.Featured.Inner bytes inner inners
            test.edition.Featured.Inner.InnersEntry key value
            """)
}
