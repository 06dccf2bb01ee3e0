// Generated from test/extended.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

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

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.id = reader.optional(record, has: 28, at: 24)
        self.unknownFields = reader.unknownFields(record)
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

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.flag = reader.optional(record, has: 28, at: 24)
        self.unknownFields = reader.unknownFields(record)
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

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.word = reader.optional(record, has: 40, at: 24)
        self.unknownFields = reader.unknownFields(record)
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

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.unknownFields = reader.unknownFields(record)
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

    public init(record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        self.text = reader.optional(record, has: 40, at: 24)
        self.unknownFields = reader.unknownFields(record)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            5, 0,
            32, 1,  // test.extended.Extendable
            1, 0, 28, 24, 0,  // id
            32, 1,  // test.extended.Inside
            1, 12, 28, 24, 0,  // flag
            48, 1,  // test.extended.Scope
            1, 14, 40, 24, 0,  // word
            24, 0,  // test.extended.MessageSet
            48, 1,  // test.extended.Item
            1, 14, 40, 24, 0,  // text
        ],
        names: """
            test.extended.Extendable id
            test.extended.Inside flag
            test.extended.Scope word
            test.extended.MessageSet
            test.extended.Item text
            """)
}
