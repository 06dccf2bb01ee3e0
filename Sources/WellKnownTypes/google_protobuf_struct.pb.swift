// Generated from google/protobuf/struct.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// null.
public enum GoogleProtobufNullValue: Protobuf.Enumeration {
    case nullValue
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .nullValue }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .nullValue
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .nullValue: return 0
        case .unrecognized(let number): return number
        }
    }
}

/// An object.
public struct GoogleProtobufStruct: Protobuf.Message {
    public var fields: [Swift.String: GoogleProtobufValue] = [:]
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        fields: [Swift.String: GoogleProtobufValue] = [:]
    ) {
        self.fields = fields
    }

    public static var fullName: Swift.String { "google.protobuf.Struct" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.map(self.fields, record, count: 24, at: 32, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40))
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.map(record, count: 24, at: 32, entry: Protobuf.MapEntry(_FileLayout.file[1], hasKey: 48, key: 24, hasValue: 0, value: 40), into: &self.fields)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Any value.
public struct GoogleProtobufValue: Protobuf.Message {
    public var kind: Kind?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        kind: Kind? = nil
    ) {
        self.kind = kind
    }

    public enum Kind: Swift.Hashable, Swift.Sendable {
        case nullValue(GoogleProtobufNullValue)
        case numberValue(Swift.Double)
        case stringValue(Swift.String)
        case boolValue(Swift.Bool)
        case structValue(GoogleProtobufStruct)
        case listValue(GoogleProtobufListValue)
    }

    public static var fullName: Swift.String { "google.protobuf.Value" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.kind {
        case .nullValue(let value):
            writer.choose(1, record, case: 40)
            writer.store(value, record, at: 24)
        case .numberValue(let value):
            writer.choose(2, record, case: 40)
            writer.store(value, record, at: 24)
        case .stringValue(let value):
            writer.choose(3, record, case: 40)
            writer.store(value, record, at: 24)
        case .boolValue(let value):
            writer.choose(4, record, case: 40)
            writer.store(value, record, at: 24)
        case .structValue(let value):
            writer.choose(5, record, case: 40)
            writer.store(value, record, at: 24)
        case .listValue(let value):
            writer.choose(6, record, case: 40)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 40)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 40) {
        case 1: self.kind = .nullValue(reader.value(record, at: 24))
        case 2: self.kind = .numberValue(reader.value(record, at: 24))
        case 3: self.kind = .stringValue(reader.value(record, at: 24))
        case 4: self.kind = .boolValue(reader.value(record, at: 24))
        case 5: self.kind = .structValue(reader.value(record, at: 24))
        case 6: self.kind = .listValue(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// An array.
public struct GoogleProtobufListValue: Protobuf.Message {
    public var values: [GoogleProtobufValue] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        values: [GoogleProtobufValue] = []
    ) {
        self.values = values
    }

    public static var fullName: Swift.String { "google.protobuf.ListValue" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.values, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.values)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            4, 0,
            40, 1,  // google.protobuf.Struct
            1, 2320, 24, 32, 1,  // fields
            56, 2,  // google.protobuf.Struct.FieldsEntry
            1, 14, 48, 24, 0,  // key
            2, 16, 0, 40, 2,  // value
            48, 6,  // google.protobuf.Value
            1, 1037, 40, 24, 0,  // null_value
            2, 1035, 40, 24, 0,  // number_value
            3, 1038, 40, 24, 0,  // string_value
            4, 1036, 40, 24, 0,  // bool_value
            5, 1040, 40, 24, 0,  // struct_value
            6, 1040, 40, 24, 3,  // list_value
            40, 1,  // google.protobuf.ListValue
            1, 272, 24, 32, 2,  // values
        ],
        names: """
            google.protobuf.Struct fields
            google.protobuf.Struct.FieldsEntry key value
            google.protobuf.Value null_value number_value string_value bool_value struct_value list_value
            google.protobuf.ListValue values
            """)
}
