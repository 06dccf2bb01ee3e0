// Generated from test/extended.proto by codegen. Do not edit.
// swift-format-ignore-file

import Descriptors
import Protobuf

/// What an option can be, and two names for one Swift name.
public enum TestExtendedSize: Protobuf.Enumeration {
    case small
    case large

    public init() { self = .small }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 1: self = .small
        case 2: self = .large
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .small: return 1
        case .large: return 2
        }
    }
}

public struct TestExtendedExtendable: Protobuf.Message {
    public var id: Swift.Int32?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        id: Swift.Int32? = nil
    ) {
        self.id = id
    }

    public static var fullName: Swift.String { "test.extended.Extendable" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.id, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 28, at: 24, into: &self.id)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestExtendedInside: Protobuf.Message {
    public var flag: Swift.Bool?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        flag: Swift.Bool? = nil
    ) {
        self.flag = flag
    }

    public static var fullName: Swift.String { "test.extended.Inside" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.flag, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 28, at: 24, into: &self.flag)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestExtendedScope: Protobuf.Message {
    public var word: Swift.String?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        word: Swift.String? = nil
    ) {
        self.word = word
    }

    public static var fullName: Swift.String { "test.extended.Scope" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.word, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 40, at: 24, into: &self.word)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestExtendedMessageSet: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public static var fullName: Swift.String { "test.extended.MessageSet" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestExtendedItem: Protobuf.Message {
    public var text: Swift.String?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        text: Swift.String? = nil
    ) {
        self.text = text
    }

    public static var fullName: Swift.String { "test.extended.Item" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.text, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 40, at: 24, into: &self.text)
        reader.unknown(record, into: &self.unknownFields)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.number`.
    ///
    /// It throws if what the message holds under the number 100 is no such value.
    public var number: Swift.Int64? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E0.self, number: 100).number }
    }

    /// Sets ``number``. It throws if the value cannot be encoded.
    public mutating func setNumber(_ value: Swift.Int64?) throws(Protobuf.WireError) {
        var field = _Extensions.E0()
        field.number = value
        try self.setExtensionField(field, number: 100)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.sizes`.
    ///
    /// It throws if what the message holds under the number 101 is no such value.
    public var sizes: [TestOldSize] {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E1.self, number: 101).sizes }
    }

    /// Sets ``sizes``. It throws if the value cannot be encoded.
    public mutating func setSizes(_ value: [TestOldSize]) throws(Protobuf.WireError) {
        var field = _Extensions.E1()
        field.sizes = value
        try self.setExtensionField(field, number: 101)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.part`.
    ///
    /// It throws if what the message holds under the number 102 is no such value.
    public var part: TestOldPart? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E2.self, number: 102).part }
    }

    /// Sets ``part``. It throws if the value cannot be encoded.
    public mutating func setPart(_ value: TestOldPart?) throws(Protobuf.WireError) {
        var field = _Extensions.E2()
        field.part = value
        try self.setExtensionField(field, number: 102)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.inside`.
    ///
    /// It throws if what the message holds under the number 103 is no such value.
    public var inside: TestExtendedInside? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E3.self, number: 103).inside }
    }

    /// Sets ``inside``. It throws if the value cannot be encoded.
    public mutating func setInside(_ value: TestExtendedInside?) throws(Protobuf.WireError) {
        var field = _Extensions.E3()
        field.inside = value
        try self.setExtensionField(field, number: 103)
    }
}

extension Descriptors.MessageOptions {
    /// The table that a message is kept in.
    ///
    /// It throws if what the message holds under the number 50001 is no such value.
    public var testExtendedTable: Swift.String? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E4.self, number: 50001).table }
    }

    /// ``testExtendedTable``, or its default where it is not set.
    public var testExtendedTableOrDefault: Swift.String {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E4.self, number: 50001).tableOrDefault }
    }

    /// Sets ``testExtendedTable``. It throws if the value cannot be encoded.
    public mutating func setTestExtendedTable(_ value: Swift.String?) throws(Protobuf.WireError) {
        var field = _Extensions.E4()
        field.table = value
        try self.setExtensionField(field, number: 50001)
    }
}

extension Descriptors.MessageOptions {
    /// The extension `test.extended.largest`.
    ///
    /// - Warning: Deprecated.
    ///
    /// It throws if what the message holds under the number 50002 is no such value.
    public var testExtendedLargest: TestExtendedSize? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E5.self, number: 50002).largest }
    }

    /// ``testExtendedLargest``, or its default where it is not set.
    public var testExtendedLargestOrDefault: TestExtendedSize {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E5.self, number: 50002).largestOrDefault }
    }

    /// Sets ``testExtendedLargest``. It throws if the value cannot be encoded.
    public mutating func setTestExtendedLargest(_ value: TestExtendedSize?) throws(Protobuf.WireError) {
        var field = _Extensions.E5()
        field.largest = value
        try self.setExtensionField(field, number: 50002)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.id_`.
    ///
    /// It throws if what the message holds under the number 120 is no such value.
    public var id_: Swift.String? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E6.self, number: 120).id }
    }

    /// Sets ``id_``. It throws if the value cannot be encoded.
    public mutating func setId_(_ value: Swift.String?) throws(Protobuf.WireError) {
        var field = _Extensions.E6()
        field.id = value
        try self.setExtensionField(field, number: 120)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.description`.
    ///
    /// It throws if what the message holds under the number 121 is no such value.
    public var description_: TestExtendedExtendable? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E7.self, number: 121).description_ }
    }

    /// Sets ``description_``. It throws if the value cannot be encoded.
    public mutating func setDescription_(_ value: TestExtendedExtendable?) throws(Protobuf.WireError) {
        var field = _Extensions.E7()
        field.description_ = value
        try self.setExtensionField(field, number: 121)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.extension`.
    ///
    /// It throws if what the message holds under the number 122 is no such value.
    public var `extension`: Swift.Int64? {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E8.self, number: 122).`extension` }
    }

    /// Sets ``extension``. It throws if the value cannot be encoded.
    public mutating func setExtension(_ value: Swift.Int64?) throws(Protobuf.WireError) {
        var field = _Extensions.E8()
        field.`extension` = value
        try self.setExtensionField(field, number: 122)
    }
}

extension TestExtendedExtendable {
    /// The extension `test.extended.Scope.scopes`.
    ///
    /// It throws if what the message holds under the number 110 is no such value.
    public var scopeScopes: [TestExtendedScope] {
        get throws(Protobuf.WireError) { try self.extensionField(_Extensions.E9.self, number: 110).scopes }
    }

    /// Sets ``scopeScopes``. It throws if the value cannot be encoded.
    public mutating func setScopeScopes(_ value: [TestExtendedScope]) throws(Protobuf.WireError) {
        var field = _Extensions.E9()
        field.scopes = value
        try self.setExtensionField(field, number: 110)
    }
}

extension TestExtendedMessageSet {
    /// The extension `test.extended.Item.item`.
    ///
    /// It throws if what the message holds under the number 1000000000 is no such value.
    public var itemItem: TestExtendedItem? {
        get throws(Protobuf.WireError) { try self.messageSetItem(_Extensions.E10.self, number: 1000000000).item }
    }

    /// Sets ``itemItem``. It throws if the value cannot be encoded.
    public mutating func setItemItem(_ value: TestExtendedItem?) throws(Protobuf.WireError) {
        var field = _Extensions.E10()
        field.item = value
        try self.setMessageSetItem(field, number: 1000000000)
    }
}

private enum _Extensions {
    public struct E0: Protobuf.Message {
        public var number: Swift.Int64?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            number: Swift.Int64? = nil
        ) {
            self.number = number
        }

        public static var fullName: Swift.String { "test.extended.number" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.number, record, has: 32, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 32, at: 24, into: &self.number)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E1: Protobuf.Message {
        public var sizes: [TestOldSize] = []
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            sizes: [TestOldSize] = []
        ) {
            self.sizes = sizes
        }

        public static var fullName: Swift.String { "test.extended.sizes" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.repeated(self.sizes, record, count: 24, at: 32)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.repeated(record, count: 24, at: 32, into: &self.sizes)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E2: Protobuf.Message {
        public var part: TestOldPart?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            part: TestOldPart? = nil
        ) {
            self.part = part
        }

        public static var fullName: Swift.String { "test.extended.part" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.message(self.part, record, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.message(record, at: 24, into: &self.part)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E3: Protobuf.Message {
        public var inside: TestExtendedInside?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            inside: TestExtendedInside? = nil
        ) {
            self.inside = inside
        }

        public static var fullName: Swift.String { "test.extended.inside" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            var delimited = Protobuf.DelimitedMessages()
            writer.delimited(self.inside, 103, &delimited, record, at: 24)
            writer.unknown(self.unknownFields, delimited, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.message(record, at: 24, into: &self.inside)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E4: Protobuf.Message {
        /// The table that a message is kept in.
        public var table: Swift.String?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            table: Swift.String? = nil
        ) {
            self.table = table
        }

        /// ``table``, or its default where it is not set.
        public var tableOrDefault: Swift.String { self.table ?? "none" }

        public static var fullName: Swift.String { "test.extended.table" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.table, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 40, at: 24, into: &self.table)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E5: Protobuf.Message {
        /// - Warning: Deprecated.
        public var largest: TestExtendedSize?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            largest: TestExtendedSize? = nil
        ) {
            self.largest = largest
        }

        /// ``largest``, or its default where it is not set.
        public var largestOrDefault: TestExtendedSize { self.largest ?? .large }

        public static var fullName: Swift.String { "test.extended.largest" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.largest, record, has: 28, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 28, at: 24, into: &self.largest)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E6: Protobuf.Message {
        public var id: Swift.String?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            id: Swift.String? = nil
        ) {
            self.id = id
        }

        public static var fullName: Swift.String { "test.extended.id_" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.id, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 40, at: 24, into: &self.id)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E7: Protobuf.Message {
        public var description_: TestExtendedExtendable?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            description_: TestExtendedExtendable? = nil
        ) {
            self.description_ = description_
        }

        public static var fullName: Swift.String { "test.extended.description" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.message(self.description_, record, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.message(record, at: 24, into: &self.description_)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E8: Protobuf.Message {
        public var `extension`: Swift.Int64?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            `extension`: Swift.Int64? = nil
        ) {
            self.`extension` = `extension`
        }

        public static var fullName: Swift.String { "test.extended.extension" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.`extension`, record, has: 32, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 32, at: 24, into: &self.`extension`)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E9: Protobuf.Message {
        public var scopes: [TestExtendedScope] = []
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            scopes: [TestExtendedScope] = []
        ) {
            self.scopes = scopes
        }

        public static var fullName: Swift.String { "test.extended.Scope.scopes" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[14] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.repeated(self.scopes, record, count: 24, at: 32)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.repeated(record, count: 24, at: 32, into: &self.scopes)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct E10: Protobuf.Message {
        public var item: TestExtendedItem?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            item: TestExtendedItem? = nil
        ) {
            self.item = item
        }

        public static var fullName: Swift.String { "test.extended.Item.item" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[15] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.message(self.item, record, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.message(record, at: 24, into: &self.item)
            reader.unknown(record, into: &self.unknownFields)
        }
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            16, 2,
            2, 1, 2,  // test.extended.Size
            3, 4294967293, 1, 5,  // test.old.Size
            32, 1,  // test.extended.Extendable
            1, 0, 28, 24, 0,  // id
            32, 1,  // test.extended.Inside
            1, 12, 28, 24, 0,  // flag
            48, 1,  // test.extended.Scope
            1, 14, 40, 24, 0,  // word
            24, 0,  // test.extended.MessageSet
            48, 1,  // test.extended.Item
            1, 14, 40, 24, 0,  // text
            40, 1,  // test.extended.number
            100, 3, 32, 24, 0,  // number
            40, 1,  // test.extended.sizes
            101, 785, 24, 32, 1,  // sizes
            32, 1,  // test.extended.part
            102, 16, 0, 24, 16,  // part
            32, 1,  // test.extended.inside
            103, 4112, 0, 24, 1,  // inside
            48, 1,  // test.extended.table
            50001, 14, 40, 24, 0,  // table
            32, 1,  // test.extended.largest
            50002, 17, 28, 24, 0,  // largest
            48, 1,  // test.extended.id_
            120, 14, 40, 24, 0,  // id_
            32, 1,  // test.extended.description
            121, 16, 0, 24, 0,  // description
            40, 1,  // test.extended.extension
            122, 3, 32, 24, 0,  // extension
            40, 1,  // test.extended.Scope.scopes
            110, 272, 24, 32, 2,  // scopes
            32, 1,  // test.extended.Item.item
            1, 16, 0, 24, 4,  // item
        ],
        names: """
            test.extended.Extendable id
            test.extended.Inside flag
            test.extended.Scope word
            test.extended.MessageSet
            test.extended.Item text
            test.extended.number number
            test.extended.sizes sizes
            test.extended.part part
            test.extended.inside inside
            test.extended.table table
            test.extended.largest largest
            test.extended.id_ id_
            test.extended.description description
            test.extended.extension extension
            test.extended.Scope.scopes scopes
            test.extended.Item.item item
            """,
        imports: [
            TestOldPart.layout,
        ])
}
