// Generated from google/protobuf/wrappers.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public struct GoogleProtobufDoubleValue: Protobuf.Message {
    public var value: Swift.Double = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.Double = 0
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.DoubleValue" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GoogleProtobufFloatValue: Protobuf.Message {
    public var value: Swift.Float = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.Float = 0
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.FloatValue" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GoogleProtobufInt64Value: Protobuf.Message {
    public var value: Swift.Int64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.Int64 = 0
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.Int64Value" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GoogleProtobufUInt64Value: Protobuf.Message {
    public var value: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.UInt64 = 0
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.UInt64Value" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GoogleProtobufInt32Value: Protobuf.Message {
    public var value: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.Int32 = 0
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.Int32Value" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GoogleProtobufUInt32Value: Protobuf.Message {
    public var value: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.UInt32 = 0
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.UInt32Value" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GoogleProtobufBoolValue: Protobuf.Message {
    public var value: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.Bool = false
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.BoolValue" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.value, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GoogleProtobufStringValue: Protobuf.Message {
    public var value: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Swift.String = ""
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.StringValue" }
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

public struct GoogleProtobufBytesValue: Protobuf.Message {
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        value: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.BytesValue" }
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

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            9, 0,
            40, 1,  // google.protobuf.DoubleValue
            1, 11, 32, 24, 0,  // value
            32, 1,  // google.protobuf.FloatValue
            1, 10, 28, 24, 0,  // value
            40, 1,  // google.protobuf.Int64Value
            1, 3, 32, 24, 0,  // value
            40, 1,  // google.protobuf.UInt64Value
            1, 8, 32, 24, 0,  // value
            32, 1,  // google.protobuf.Int32Value
            1, 0, 28, 24, 0,  // value
            32, 1,  // google.protobuf.UInt32Value
            1, 6, 28, 24, 0,  // value
            32, 1,  // google.protobuf.BoolValue
            1, 12, 28, 24, 0,  // value
            48, 1,  // google.protobuf.StringValue
            1, 14, 40, 24, 0,  // value
            48, 1,  // google.protobuf.BytesValue
            1, 15, 40, 24, 0,  // value
        ],
        names: """
            google.protobuf.DoubleValue value
            google.protobuf.FloatValue value
            google.protobuf.Int64Value value
            google.protobuf.UInt64Value value
            google.protobuf.Int32Value value
            google.protobuf.UInt32Value value
            google.protobuf.BoolValue value
            google.protobuf.StringValue value
            google.protobuf.BytesValue value
            """)
}
