// Generated from google/protobuf/type.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// The language that a type was defined in.
public enum GoogleProtobufSyntax: Protobuf.Enumeration {
    case proto2
    case proto3
    case editions
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .proto2 }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .proto2
        case 1: self = .proto3
        case 2: self = .editions
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .proto2: return 0
        case .proto3: return 1
        case .editions: return 2
        case .unrecognized(let number): return number
        }
    }
}

/// A message type.
public struct GoogleProtobufType: Protobuf.Message {
    /// The full name.
    public var name: Swift.String = ""
    public var fields: [GoogleProtobufField] = []
    /// The names of the oneofs.
    public var oneofs: [Swift.String] = []
    public var options: [GoogleProtobufOption] = []
    public var sourceContext: GoogleProtobufSourceContext?
    public var syntax: GoogleProtobufSyntax = .proto2
    /// With SYNTAX_EDITIONS: the edition, for example `2023`.
    public var edition: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        fields: [GoogleProtobufField] = [],
        oneofs: [Swift.String] = [],
        options: [GoogleProtobufOption] = [],
        sourceContext: GoogleProtobufSourceContext? = nil,
        syntax: GoogleProtobufSyntax = .proto2,
        edition: Swift.String = ""
    ) {
        self.name = name
        self.fields = fields
        self.oneofs = oneofs
        self.options = options
        self.sourceContext = sourceContext
        self.syntax = syntax
        self.edition = edition
    }

    public static var fullName: Swift.String { "google.protobuf.Type" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 112, at: 24)
        writer.repeated(self.fields, record, count: 40, at: 48)
        writer.repeated(self.oneofs, record, count: 56, at: 64)
        writer.repeated(self.options, record, count: 72, at: 80)
        writer.message(self.sourceContext, record, at: 88)
        writer.implicit(self.syntax, record, has: 120, at: 116)
        writer.implicit(self.edition, record, has: 124, at: 96)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.repeated(record, count: 40, at: 48, into: &self.fields)
        reader.repeated(record, count: 56, at: 64, into: &self.oneofs)
        reader.repeated(record, count: 72, at: 80, into: &self.options)
        reader.message(record, at: 88, into: &self.sourceContext)
        reader.implicit(record, at: 116, into: &self.syntax)
        reader.implicit(record, at: 96, into: &self.edition)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A field of a message type.
public struct GoogleProtobufField: Protobuf.Message {
    public var kind: GoogleProtobufField.Kind = .typeUnknown
    public var cardinality: GoogleProtobufField.Cardinality = .unknown
    public var number: Swift.Int32 = 0
    public var name: Swift.String = ""
    /// Of a message or an enum: its type, for example `type.googleapis.com/google.protobuf.Timestamp`.
    public var typeURL: Swift.String = ""
    /// The position in `Type.oneofs`, counted from 1; 0 for a field outside of any.
    public var oneofIndex: Swift.Int32 = 0
    /// Whether repeated numbers are written packed.
    public var packed: Swift.Bool = false
    public var options: [GoogleProtobufOption] = []
    public var jsonName: Swift.String = ""
    /// The default of a proto2 field, as text.
    public var defaultValue: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        kind: GoogleProtobufField.Kind = .typeUnknown,
        cardinality: GoogleProtobufField.Cardinality = .unknown,
        number: Swift.Int32 = 0,
        name: Swift.String = "",
        typeURL: Swift.String = "",
        oneofIndex: Swift.Int32 = 0,
        packed: Swift.Bool = false,
        options: [GoogleProtobufOption] = [],
        jsonName: Swift.String = "",
        defaultValue: Swift.String = ""
    ) {
        self.kind = kind
        self.cardinality = cardinality
        self.number = number
        self.name = name
        self.typeURL = typeURL
        self.oneofIndex = oneofIndex
        self.packed = packed
        self.options = options
        self.jsonName = jsonName
        self.defaultValue = defaultValue
    }

    /// What a field holds.
    public enum Kind: Protobuf.Enumeration {
        case typeUnknown
        case typeDouble
        case typeFloat
        case typeInt64
        case typeUint64
        case typeInt32
        case typeFixed64
        case typeFixed32
        case typeBool
        case typeString
        case typeGroup
        case typeMessage
        case typeBytes
        case typeUint32
        case typeEnum
        case typeSfixed32
        case typeSfixed64
        case typeSint32
        case typeSint64
        /// A number that this program has no name for.
        case unrecognized(Swift.Int32)

        public init() { self = .typeUnknown }

        public init(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .typeUnknown
            case 1: self = .typeDouble
            case 2: self = .typeFloat
            case 3: self = .typeInt64
            case 4: self = .typeUint64
            case 5: self = .typeInt32
            case 6: self = .typeFixed64
            case 7: self = .typeFixed32
            case 8: self = .typeBool
            case 9: self = .typeString
            case 10: self = .typeGroup
            case 11: self = .typeMessage
            case 12: self = .typeBytes
            case 13: self = .typeUint32
            case 14: self = .typeEnum
            case 15: self = .typeSfixed32
            case 16: self = .typeSfixed64
            case 17: self = .typeSint32
            case 18: self = .typeSint64
            default: self = .unrecognized(rawValue)
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .typeUnknown: return 0
            case .typeDouble: return 1
            case .typeFloat: return 2
            case .typeInt64: return 3
            case .typeUint64: return 4
            case .typeInt32: return 5
            case .typeFixed64: return 6
            case .typeFixed32: return 7
            case .typeBool: return 8
            case .typeString: return 9
            case .typeGroup: return 10
            case .typeMessage: return 11
            case .typeBytes: return 12
            case .typeUint32: return 13
            case .typeEnum: return 14
            case .typeSfixed32: return 15
            case .typeSfixed64: return 16
            case .typeSint32: return 17
            case .typeSint64: return 18
            case .unrecognized(let number): return number
            }
        }
    }

    /// How many values a field has.
    public enum Cardinality: Protobuf.Enumeration {
        case unknown
        case optional
        case required
        case repeated
        /// A number that this program has no name for.
        case unrecognized(Swift.Int32)

        public init() { self = .unknown }

        public init(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .unknown
            case 1: self = .optional
            case 2: self = .required
            case 3: self = .repeated
            default: self = .unrecognized(rawValue)
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .unknown: return 0
            case .optional: return 1
            case .required: return 2
            case .repeated: return 3
            case .unrecognized(let number): return number
            }
        }
    }

    public static var fullName: Swift.String { "google.protobuf.Field" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.kind, record, has: 108, at: 104)
        writer.implicit(self.cardinality, record, has: 116, at: 112)
        writer.implicit(self.number, record, has: 124, at: 120)
        writer.implicit(self.name, record, has: 128, at: 24)
        writer.implicit(self.typeURL, record, has: 132, at: 40)
        writer.implicit(self.oneofIndex, record, has: 140, at: 136)
        writer.implicit(self.packed, record, has: 148, at: 144)
        writer.repeated(self.options, record, count: 56, at: 64)
        writer.implicit(self.jsonName, record, has: 152, at: 72)
        writer.implicit(self.defaultValue, record, has: 156, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 104, into: &self.kind)
        reader.implicit(record, at: 112, into: &self.cardinality)
        reader.implicit(record, at: 120, into: &self.number)
        reader.implicit(record, at: 24, into: &self.name)
        reader.implicit(record, at: 40, into: &self.typeURL)
        reader.implicit(record, at: 136, into: &self.oneofIndex)
        reader.implicit(record, at: 144, into: &self.packed)
        reader.repeated(record, count: 56, at: 64, into: &self.options)
        reader.implicit(record, at: 72, into: &self.jsonName)
        reader.implicit(record, at: 88, into: &self.defaultValue)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// An enum type.
public struct GoogleProtobufEnum: Protobuf.Message {
    /// The full name.
    public var name: Swift.String = ""
    public var enumvalue: [GoogleProtobufEnumValue] = []
    public var options: [GoogleProtobufOption] = []
    public var sourceContext: GoogleProtobufSourceContext?
    public var syntax: GoogleProtobufSyntax = .proto2
    /// With SYNTAX_EDITIONS: the edition, for example `2023`.
    public var edition: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        enumvalue: [GoogleProtobufEnumValue] = [],
        options: [GoogleProtobufOption] = [],
        sourceContext: GoogleProtobufSourceContext? = nil,
        syntax: GoogleProtobufSyntax = .proto2,
        edition: Swift.String = ""
    ) {
        self.name = name
        self.enumvalue = enumvalue
        self.options = options
        self.sourceContext = sourceContext
        self.syntax = syntax
        self.edition = edition
    }

    public static var fullName: Swift.String { "google.protobuf.Enum" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 96, at: 24)
        writer.repeated(self.enumvalue, record, count: 40, at: 48)
        writer.repeated(self.options, record, count: 56, at: 64)
        writer.message(self.sourceContext, record, at: 72)
        writer.implicit(self.syntax, record, has: 104, at: 100)
        writer.implicit(self.edition, record, has: 108, at: 80)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.repeated(record, count: 40, at: 48, into: &self.enumvalue)
        reader.repeated(record, count: 56, at: 64, into: &self.options)
        reader.message(record, at: 72, into: &self.sourceContext)
        reader.implicit(record, at: 100, into: &self.syntax)
        reader.implicit(record, at: 80, into: &self.edition)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A value of an enum type.
public struct GoogleProtobufEnumValue: Protobuf.Message {
    public var name: Swift.String = ""
    public var number: Swift.Int32 = 0
    public var options: [GoogleProtobufOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        number: Swift.Int32 = 0,
        options: [GoogleProtobufOption] = []
    ) {
        self.name = name
        self.number = number
        self.options = options
    }

    public static var fullName: Swift.String { "google.protobuf.EnumValue" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 56, at: 24)
        writer.implicit(self.number, record, has: 64, at: 60)
        writer.repeated(self.options, record, count: 40, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.implicit(record, at: 60, into: &self.number)
        reader.repeated(record, count: 40, at: 48, into: &self.options)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// An option that is set, of protobuf's own or a custom one.
public struct GoogleProtobufOption: Protobuf.Message {
    /// The name; of a custom option the full name.
    public var name: Swift.String = ""
    /// The value; a number or text in its wrapper.
    public var value: GoogleProtobufAny?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        value: GoogleProtobufAny? = nil
    ) {
        self.name = name
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.Option" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 48, at: 24)
        writer.message(self.value, record, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.message(record, at: 40, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            5, 0,
            128, 7,  // google.protobuf.Type
            1, 14, 112, 24, 0,  // name
            2, 272, 40, 48, 1,  // fields
            3, 270, 56, 64, 0,  // oneofs
            4, 272, 72, 80, 4,  // options
            5, 16, 0, 88, 6,  // source_context
            6, 13, 120, 116, 0,  // syntax
            7, 14, 124, 96, 0,  // edition
            160, 10,  // google.protobuf.Field
            1, 13, 108, 104, 0,  // kind
            2, 13, 116, 112, 0,  // cardinality
            3, 0, 124, 120, 0,  // number
            4, 14, 128, 24, 0,  // name
            6, 14, 132, 40, 0,  // type_url
            7, 0, 140, 136, 0,  // oneof_index
            8, 12, 148, 144, 0,  // packed
            9, 272, 56, 64, 4,  // options
            10, 14, 152, 72, 0,  // json_name
            11, 14, 156, 88, 0,  // default_value
            112, 6,  // google.protobuf.Enum
            1, 14, 96, 24, 0,  // name
            2, 272, 40, 48, 3,  // enumvalue
            3, 272, 56, 64, 4,  // options
            4, 16, 0, 72, 6,  // source_context
            5, 13, 104, 100, 0,  // syntax
            6, 14, 108, 80, 0,  // edition
            72, 3,  // google.protobuf.EnumValue
            1, 14, 56, 24, 0,  // name
            2, 0, 64, 60, 0,  // number
            3, 272, 40, 48, 4,  // options
            56, 2,  // google.protobuf.Option
            1, 14, 48, 24, 0,  // name
            2, 16, 0, 40, 5,  // value
        ],
        names: """
            google.protobuf.Type name fields oneofs options source_context syntax edition
            google.protobuf.Field kind cardinality number name type_url oneof_index packed options json_name default_value
            google.protobuf.Enum name enumvalue options source_context syntax edition
            google.protobuf.EnumValue name number options
            google.protobuf.Option name value
            """,
        imports: [
            GoogleProtobufAny.layout,
            GoogleProtobufSourceContext.layout,
        ])
}
