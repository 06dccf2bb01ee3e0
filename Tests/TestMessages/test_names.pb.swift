// Generated from test/names.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum TestNamesHTTPCode: Protobuf.Enumeration {
    case ok
    case httpCode2xx
    case `default`
    case self_
    case unrecognized_
    case none
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .ok }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .ok
        case 1: self = .httpCode2xx
        case 2: self = .`default`
        case 3: self = .self_
        case 4: self = .unrecognized_
        case 5: self = .none
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .ok: return 0
        case .httpCode2xx: return 1
        case .`default`: return 2
        case .self_: return 3
        case .unrecognized_: return 4
        case .none: return 5
        case .unrecognized(let number): return number
        }
    }
}

public enum TestNamesAlias: Protobuf.Enumeration {
    case first
    public static var alsoFirst: Self { .first }
    case second
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .first }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .first
        case 1: self = .second
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .first: return 0
        case .second: return 1
        case .unrecognized(let number): return number
        }
    }
}

public enum TestNamesUnprefixed: Protobuf.Enumeration {
    case plain
    case unprefixedLong
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .plain }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .plain
        case 1: self = .unprefixedLong
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .plain: return 0
        case .unprefixedLong: return 1
        case .unrecognized(let number): return number
        }
    }
}

/// Fields named as Swift's keywords and the runtime's members are.
public struct TestNamesKeywords: Protobuf.Message {
    public var `class`: Swift.String = ""
    public var `default`: Swift.String = ""
    public var init_: Swift.String = ""
    public var self_: Swift.String = ""
    public var unknownFields_: Swift.String = ""
    public var hashValue_: Swift.String = ""
    public var isDefault_: Swift.Bool = false
    public var encoded_: Swift.String = ""
    public var record: Swift.String = ""
    public var writer: Swift.String = ""
    public var reader: Swift.String = ""
    public var layout: Swift.String = ""
    public var fullName: Swift.String = ""
    public var debugDescription_: Swift.String = ""
    public var type: Swift.String = ""
    public var requestID: Swift.String = ""
    public var id: Swift.String = ""
    public var userIDs: [Swift.String] = []
    public var callbackURL: Swift.String = ""
    public var userName: Swift.String = ""
    public var leading: Swift.String = ""
    public var value: Swift.String = ""
    public var encode_: Swift.String = ""
    public var `repeat`: Repeat?
    public var description_: Swift.String = ""
    public var store_: Swift.String = ""
    public var storedSize: Swift.String = ""
    public var __: Swift.String = ""
    public var `await`: Swift.String = ""
    public var _1_: _1?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        `class`: Swift.String = "",
        `default`: Swift.String = "",
        init_: Swift.String = "",
        self_: Swift.String = "",
        unknownFields_: Swift.String = "",
        hashValue_: Swift.String = "",
        isDefault_: Swift.Bool = false,
        encoded_: Swift.String = "",
        record: Swift.String = "",
        writer: Swift.String = "",
        reader: Swift.String = "",
        layout: Swift.String = "",
        fullName: Swift.String = "",
        debugDescription_: Swift.String = "",
        type: Swift.String = "",
        requestID: Swift.String = "",
        id: Swift.String = "",
        userIDs: [Swift.String] = [],
        callbackURL: Swift.String = "",
        userName: Swift.String = "",
        leading: Swift.String = "",
        value: Swift.String = "",
        encode_: Swift.String = "",
        `repeat`: Repeat? = nil,
        description_: Swift.String = "",
        store_: Swift.String = "",
        storedSize: Swift.String = "",
        __: Swift.String = "",
        `await`: Swift.String = "",
        _1_: _1? = nil
    ) {
        self.`class` = `class`
        self.`default` = `default`
        self.init_ = init_
        self.self_ = self_
        self.unknownFields_ = unknownFields_
        self.hashValue_ = hashValue_
        self.isDefault_ = isDefault_
        self.encoded_ = encoded_
        self.record = record
        self.writer = writer
        self.reader = reader
        self.layout = layout
        self.fullName = fullName
        self.debugDescription_ = debugDescription_
        self.type = type
        self.requestID = requestID
        self.id = id
        self.userIDs = userIDs
        self.callbackURL = callbackURL
        self.userName = userName
        self.leading = leading
        self.value = value
        self.encode_ = encode_
        self.`repeat` = `repeat`
        self.description_ = description_
        self.store_ = store_
        self.storedSize = storedSize
        self.__ = __
        self.`await` = `await`
        self._1_ = _1_
    }

    public enum Repeat: Swift.Hashable, Swift.Sendable {
        case `return`(Swift.String)
        case some_(Swift.String)
        case none_(Swift.String)
    }

    public enum _1: Swift.Hashable, Swift.Sendable {
        case one(Swift.String)
        case _2(Swift.String)
    }

    public static var fullName: Swift.String { "test.names.Keywords" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.`class`, record, has: 496, at: 56)
        writer.implicit(self.`default`, record, has: 500, at: 72)
        writer.implicit(self.init_, record, has: 504, at: 88)
        writer.implicit(self.self_, record, has: 508, at: 104)
        writer.implicit(self.unknownFields_, record, has: 512, at: 120)
        writer.implicit(self.hashValue_, record, has: 516, at: 136)
        writer.implicit(self.isDefault_, record, has: 524, at: 520)
        writer.implicit(self.encoded_, record, has: 528, at: 152)
        writer.implicit(self.record, record, has: 532, at: 168)
        writer.implicit(self.writer, record, has: 536, at: 184)
        writer.implicit(self.reader, record, has: 540, at: 200)
        writer.implicit(self.layout, record, has: 544, at: 216)
        writer.implicit(self.fullName, record, has: 548, at: 232)
        writer.implicit(self.debugDescription_, record, has: 552, at: 248)
        writer.implicit(self.type, record, has: 556, at: 264)
        writer.implicit(self.requestID, record, has: 560, at: 280)
        writer.implicit(self.id, record, has: 564, at: 296)
        writer.repeated(self.userIDs, record, count: 312, at: 320)
        writer.implicit(self.callbackURL, record, has: 568, at: 328)
        writer.implicit(self.userName, record, has: 572, at: 344)
        writer.implicit(self.leading, record, has: 576, at: 360)
        writer.implicit(self.value, record, has: 580, at: 376)
        writer.implicit(self.encode_, record, has: 584, at: 392)
        switch self.`repeat` {
        case .`return`(let value):
            writer.choose(24, record, case: 488)
            writer.store(value, record, at: 24)
        case .some_(let value):
            writer.choose(25, record, case: 488)
            writer.store(value, record, at: 24)
        case .none_(let value):
            writer.choose(26, record, case: 488)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 488)
        }
        writer.implicit(self.description_, record, has: 588, at: 408)
        writer.implicit(self.store_, record, has: 592, at: 424)
        writer.implicit(self.storedSize, record, has: 596, at: 440)
        writer.implicit(self.__, record, has: 600, at: 456)
        writer.implicit(self.`await`, record, has: 604, at: 472)
        switch self._1_ {
        case .one(let value):
            writer.choose(32, record, case: 492)
            writer.store(value, record, at: 40)
        case ._2(let value):
            writer.choose(33, record, case: 492)
            writer.store(value, record, at: 40)
        case nil:
            writer.choose(0, record, case: 492)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 56, into: &self.`class`)
        reader.implicit(record, at: 72, into: &self.`default`)
        reader.implicit(record, at: 88, into: &self.init_)
        reader.implicit(record, at: 104, into: &self.self_)
        reader.implicit(record, at: 120, into: &self.unknownFields_)
        reader.implicit(record, at: 136, into: &self.hashValue_)
        reader.implicit(record, at: 520, into: &self.isDefault_)
        reader.implicit(record, at: 152, into: &self.encoded_)
        reader.implicit(record, at: 168, into: &self.record)
        reader.implicit(record, at: 184, into: &self.writer)
        reader.implicit(record, at: 200, into: &self.reader)
        reader.implicit(record, at: 216, into: &self.layout)
        reader.implicit(record, at: 232, into: &self.fullName)
        reader.implicit(record, at: 248, into: &self.debugDescription_)
        reader.implicit(record, at: 264, into: &self.type)
        reader.implicit(record, at: 280, into: &self.requestID)
        reader.implicit(record, at: 296, into: &self.id)
        reader.repeated(record, count: 312, at: 320, into: &self.userIDs)
        reader.implicit(record, at: 328, into: &self.callbackURL)
        reader.implicit(record, at: 344, into: &self.userName)
        reader.implicit(record, at: 360, into: &self.leading)
        reader.implicit(record, at: 376, into: &self.value)
        reader.implicit(record, at: 392, into: &self.encode_)
        switch reader.chosen(record, case: 488) {
        case 24: self.`repeat` = .`return`(reader.value(record, at: 24))
        case 25: self.`repeat` = .some_(reader.value(record, at: 24))
        case 26: self.`repeat` = .none_(reader.value(record, at: 24))
        default: break
        }
        reader.implicit(record, at: 408, into: &self.description_)
        reader.implicit(record, at: 424, into: &self.store_)
        reader.implicit(record, at: 440, into: &self.storedSize)
        reader.implicit(record, at: 456, into: &self.__)
        reader.implicit(record, at: 472, into: &self.`await`)
        switch reader.chosen(record, case: 492) {
        case 32: self._1_ = .one(reader.value(record, at: 40))
        case 33: self._1_ = ._2(reader.value(record, at: 40))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Types named as Swift's and the runtime's are.
public struct TestNamesTypes: Protobuf.Message {
    public var string: TestNamesTypes.String?
    public var int32: TestNamesTypes.Int32?
    public var swift: TestNamesTypes.Swift_?
    public var protobuf: TestNamesTypes.Protobuf_?
    public var bytes: TestNamesTypes.Bytes?
    public var type: TestNamesTypes.Type_?
    public var self_: TestNamesTypes.Self_?
    public var optional: TestNamesTypes.Optional?
    public var uint32: TestNamesTypes.UInt32 = .zero
    public var innerKeywords: TestNamesTypes.Keywords?
    public var outerKeywords: TestNamesKeywords?
    public var stringOrNumber: StringOrNumber?
    public var keywords: KeywordsOneof?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        string: TestNamesTypes.String? = nil,
        int32: TestNamesTypes.Int32? = nil,
        swift: TestNamesTypes.Swift_? = nil,
        protobuf: TestNamesTypes.Protobuf_? = nil,
        bytes: TestNamesTypes.Bytes? = nil,
        type: TestNamesTypes.Type_? = nil,
        self_: TestNamesTypes.Self_? = nil,
        optional: TestNamesTypes.Optional? = nil,
        uint32: TestNamesTypes.UInt32 = .zero,
        innerKeywords: TestNamesTypes.Keywords? = nil,
        outerKeywords: TestNamesKeywords? = nil,
        stringOrNumber: StringOrNumber? = nil,
        keywords: KeywordsOneof? = nil
    ) {
        self.string = string
        self.int32 = int32
        self.swift = swift
        self.protobuf = protobuf
        self.bytes = bytes
        self.type = type
        self.self_ = self_
        self.optional = optional
        self.uint32 = uint32
        self.innerKeywords = innerKeywords
        self.outerKeywords = outerKeywords
        self.stringOrNumber = stringOrNumber
        self.keywords = keywords
    }

    public enum StringOrNumber: Swift.Hashable, Swift.Sendable {
        case text(Swift.String)
        case number(Swift.Int64)
    }

    public enum KeywordsOneof: Swift.Hashable, Swift.Sendable {
        case word(Swift.String)
    }

    public enum UInt32: Protobuf.Enumeration {
        case zero
        /// A number that this program has no name for.
        case unrecognized(Swift.Int32)

        public init() { self = .zero }

        public init(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .zero
            default: self = .unrecognized(rawValue)
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .zero: return 0
            case .unrecognized(let number): return number
            }
        }
    }

    public struct String: Protobuf.Message {
        public var value: Protobuf.Bytes = Protobuf.Bytes()
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Protobuf.Bytes = Protobuf.Bytes()
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.String" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Int32: Protobuf.Message {
        public var value: Swift.Int32 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.Int32 = 0
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Int32" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 28, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Swift_: Protobuf.Message {
        public var value: Swift.String = ""
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.String = ""
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Swift" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Protobuf_: Protobuf.Message {
        public var value: Swift.String = ""
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.String = ""
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Protobuf" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Bytes: Protobuf.Message {
        public var value: Protobuf.Bytes = Protobuf.Bytes()
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Protobuf.Bytes = Protobuf.Bytes()
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Bytes" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Type_: Protobuf.Message {
        public var value: Swift.String = ""
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.String = ""
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Type" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Self_: Protobuf.Message {
        public var value: Swift.String = ""
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.String = ""
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Self" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Optional: Protobuf.Message {
        public var value: Swift.String = ""
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.String = ""
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Optional" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 40, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct Keywords: Protobuf.Message {
        public var value: Swift.Int32 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.Int32 = 0
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.Keywords" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 28, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct layout_: Protobuf.Message {
        public var value: Swift.Int32 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.Int32 = 0
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.layout" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 28, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct fullName_: Protobuf.Message {
        public var value: Swift.Int32 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.Int32 = 0
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.fullName" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 28, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct init_: Protobuf.Message {
        public var value: Swift.Int32 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.Int32 = 0
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.init" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 28, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public struct init__: Protobuf.Message {
        public var value: Swift.Int32 = 0
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            value: Swift.Int32 = 0
        ) {
            self.value = value
        }

        public static var fullName: Swift.String { "test.names.Types.init_" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[14] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.implicit(self.value, record, has: 28, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.implicit(record, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "test.names.Types" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.string, record, at: 56)
        writer.message(self.int32, record, at: 64)
        writer.message(self.swift, record, at: 72)
        writer.message(self.protobuf, record, at: 80)
        writer.message(self.bytes, record, at: 88)
        writer.message(self.type, record, at: 96)
        writer.message(self.self_, record, at: 104)
        writer.message(self.optional, record, at: 112)
        writer.implicit(self.uint32, record, has: 148, at: 144)
        writer.message(self.innerKeywords, record, at: 120)
        writer.message(self.outerKeywords, record, at: 128)
        switch self.stringOrNumber {
        case .text(let value):
            writer.choose(12, record, case: 136)
            writer.store(value, record, at: 24)
        case .number(let value):
            writer.choose(13, record, case: 136)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 136)
        }
        switch self.keywords {
        case .word(let value):
            writer.choose(14, record, case: 140)
            writer.store(value, record, at: 40)
        case nil:
            writer.choose(0, record, case: 140)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 56, into: &self.string)
        reader.message(record, at: 64, into: &self.int32)
        reader.message(record, at: 72, into: &self.swift)
        reader.message(record, at: 80, into: &self.protobuf)
        reader.message(record, at: 88, into: &self.bytes)
        reader.message(record, at: 96, into: &self.type)
        reader.message(record, at: 104, into: &self.self_)
        reader.message(record, at: 112, into: &self.optional)
        reader.implicit(record, at: 144, into: &self.uint32)
        reader.message(record, at: 120, into: &self.innerKeywords)
        reader.message(record, at: 128, into: &self.outerKeywords)
        switch reader.chosen(record, case: 136) {
        case 12: self.stringOrNumber = .text(reader.value(record, at: 24))
        case 13: self.stringOrNumber = .number(reader.value(record, at: 24))
        default: break
        }
        switch reader.chosen(record, case: 140) {
        case 14: self.keywords = .word(reader.value(record, at: 40))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestNamesWireError: Protobuf.Message {
    public var why: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        why: Swift.String = ""
    ) {
        self.why = why
    }

    public static var fullName: Swift.String { "test.names.WireError" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[15] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.why, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.why)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestNamesMessage: Protobuf.Message {
    public var text: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        text: Swift.String = ""
    ) {
        self.text = text
    }

    public static var fullName: Swift.String { "test.names.Message" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[16] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.text, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.text)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestNamesAny: Protobuf.Message {
    public var text: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        text: Swift.String = ""
    ) {
        self.text = text
    }

    public static var fullName: Swift.String { "test.names.Any" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[17] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.text, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.text)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TestNamesDecodingLimits: Protobuf.Message {
    public var limits: [Swift.Int32] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        limits: [Swift.Int32] = []
    ) {
        self.limits = limits
    }

    public static var fullName: Swift.String { "test.names.DecodingLimits" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[18] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.limits, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.limits)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            19, 0,
            608, 33,  // test.names.Keywords
            1, 14, 496, 56, 0,  // class
            2, 14, 500, 72, 0,  // default
            3, 14, 504, 88, 0,  // init
            4, 14, 508, 104, 0,  // self
            5, 14, 512, 120, 0,  // unknown_fields
            6, 14, 516, 136, 0,  // hash_value
            7, 12, 524, 520, 0,  // is_default
            8, 14, 528, 152, 0,  // encoded
            9, 14, 532, 168, 0,  // record
            10, 14, 536, 184, 0,  // writer
            11, 14, 540, 200, 0,  // reader
            12, 14, 544, 216, 0,  // layout
            13, 14, 548, 232, 0,  // full_name
            14, 14, 552, 248, 0,  // debug_description
            15, 14, 556, 264, 0,  // Type
            16, 14, 560, 280, 0,  // request_id
            17, 14, 564, 296, 0,  // id
            18, 270, 312, 320, 0,  // user_ids
            19, 14, 568, 328, 0,  // callback_url
            20, 14, 572, 344, 0,  // userName
            21, 14, 576, 360, 0,  // _leading
            22, 14, 580, 376, 0,  // value
            23, 14, 584, 392, 0,  // encode
            24, 1038, 488, 24, 0,  // return
            25, 1038, 488, 24, 0,  // some
            26, 1038, 488, 24, 0,  // none
            27, 14, 588, 408, 0,  // description
            28, 14, 592, 424, 0,  // store
            29, 14, 596, 440, 0,  // stored_size
            30, 14, 600, 456, 0,  // _
            31, 14, 604, 472, 0,  // await
            32, 1038, 492, 40, 0,  // one
            33, 1038, 492, 40, 0,  // _2
            152, 14,  // test.names.Types
            1, 16, 0, 56, 2,  // string
            2, 16, 0, 64, 3,  // int32
            3, 16, 0, 72, 4,  // swift
            4, 16, 0, 80, 5,  // protobuf
            5, 16, 0, 88, 6,  // bytes
            6, 16, 0, 96, 7,  // type
            7, 16, 0, 104, 8,  // self
            8, 16, 0, 112, 9,  // optional
            9, 13, 148, 144, 0,  // uint32
            10, 16, 0, 120, 10,  // inner_keywords
            11, 16, 0, 128, 0,  // outer_keywords
            12, 1038, 136, 24, 0,  // text
            13, 1027, 136, 24, 0,  // number
            14, 1038, 140, 40, 0,  // word
            48, 1,  // test.names.Types.String
            1, 15, 40, 24, 0,  // value
            32, 1,  // test.names.Types.Int32
            1, 0, 28, 24, 0,  // value
            48, 1,  // test.names.Types.Swift
            1, 14, 40, 24, 0,  // value
            48, 1,  // test.names.Types.Protobuf
            1, 14, 40, 24, 0,  // value
            48, 1,  // test.names.Types.Bytes
            1, 15, 40, 24, 0,  // value
            48, 1,  // test.names.Types.Type
            1, 14, 40, 24, 0,  // value
            48, 1,  // test.names.Types.Self
            1, 14, 40, 24, 0,  // value
            48, 1,  // test.names.Types.Optional
            1, 14, 40, 24, 0,  // value
            32, 1,  // test.names.Types.Keywords
            1, 0, 28, 24, 0,  // value
            32, 1,  // test.names.Types.layout
            1, 0, 28, 24, 0,  // value
            32, 1,  // test.names.Types.fullName
            1, 0, 28, 24, 0,  // value
            32, 1,  // test.names.Types.init
            1, 0, 28, 24, 0,  // value
            32, 1,  // test.names.Types.init_
            1, 0, 28, 24, 0,  // value
            48, 1,  // test.names.WireError
            1, 14, 40, 24, 0,  // why
            48, 1,  // test.names.Message
            1, 14, 40, 24, 0,  // text
            48, 1,  // test.names.Any
            1, 14, 40, 24, 0,  // text
            40, 1,  // test.names.DecodingLimits
            1, 768, 24, 32, 0,  // limits
        ],
        names: """
            test.names.Keywords class default init self unknown_fields hash_value is_default encoded record writer reader layout full_name debug_description Type request_id id user_ids callback_url userName _leading value encode return some none description store stored_size _ await one _2
            test.names.Types string int32 swift protobuf bytes type self optional uint32 inner_keywords outer_keywords text number word
            test.names.Types.String value
            test.names.Types.Int32 value
            test.names.Types.Swift value
            test.names.Types.Protobuf value
            test.names.Types.Bytes value
            test.names.Types.Type value
            test.names.Types.Self value
            test.names.Types.Optional value
            test.names.Types.Keywords value
            test.names.Types.layout value
            test.names.Types.fullName value
            test.names.Types.init value
            test.names.Types.init_ value
            test.names.WireError why
            test.names.Message text
            test.names.Any text
            test.names.DecodingLimits limits
            """)
}
