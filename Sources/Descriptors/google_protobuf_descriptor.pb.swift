// Generated from google/protobuf/descriptor.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// A version of the language. The numbers are in the order of time.
public enum Edition: Protobuf.Enumeration {
    case unknown
    /// Before all editions: what has held from the beginning.
    case legacy
    case proto2
    case proto3
    case edition2023
    case edition2024
    case edition2026
    /// What is being tried out.
    case unstable
    case edition1TestOnly
    case edition2TestOnly
    case edition99997TestOnly
    case edition99998TestOnly
    case edition99999TestOnly
    /// After all editions.
    case max

    public init() { self = .unknown }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unknown
        case 900: self = .legacy
        case 998: self = .proto2
        case 999: self = .proto3
        case 1000: self = .edition2023
        case 1001: self = .edition2024
        case 1002: self = .edition2026
        case 9999: self = .unstable
        case 1: self = .edition1TestOnly
        case 2: self = .edition2TestOnly
        case 99997: self = .edition99997TestOnly
        case 99998: self = .edition99998TestOnly
        case 99999: self = .edition99999TestOnly
        case 2147483647: self = .max
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unknown: return 0
        case .legacy: return 900
        case .proto2: return 998
        case .proto3: return 999
        case .edition2023: return 1000
        case .edition2024: return 1001
        case .edition2026: return 1002
        case .unstable: return 9999
        case .edition1TestOnly: return 1
        case .edition2TestOnly: return 2
        case .edition99997TestOnly: return 99997
        case .edition99998TestOnly: return 99998
        case .edition99999TestOnly: return 99999
        case .max: return 2147483647
        }
    }
}

/// Whether a file that imports this one can name a type.
public enum SymbolVisibility: Protobuf.Enumeration {
    case visibilityUnset
    case visibilityLocal
    case visibilityExport

    public init() { self = .visibilityUnset }

    public init?(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .visibilityUnset
        case 1: self = .visibilityLocal
        case 2: self = .visibilityExport
        default: return nil
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .visibilityUnset: return 0
        case .visibilityLocal: return 1
        case .visibilityExport: return 2
        }
    }
}

/// Some files, each after those that it imports.
public struct FileDescriptorSet: Protobuf.Message {
    public var file: [FileDescriptorProto] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        file: [FileDescriptorProto] = []
    ) {
        self.file = file
    }

    public static var fullName: Swift.String { "google.protobuf.FileDescriptorSet" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.file, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.file)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// One file.
public struct FileDescriptorProto: Protobuf.Message {
    /// The path by which others import it.
    public var name: Swift.String?
    public var package: Swift.String?
    /// The paths that it imports, in the order of the text.
    public var dependency: [Swift.String] = []
    /// Positions in `dependency`: the public imports, and the weak ones.
    public var publicDependency: [Swift.Int32] = []
    public var weakDependency: [Swift.Int32] = []
    /// What it imports for its options alone; not part of `dependency`.
    public var optionDependency: [Swift.String] = []
    public var messageType: [DescriptorProto] = []
    public var enumType: [EnumDescriptorProto] = []
    public var service: [ServiceDescriptorProto] = []
    public var `extension`: [FieldDescriptorProto] = []
    public var options: FileOptions?
    public var sourceCodeInfo: SourceCodeInfo?
    /// "proto3" or "editions"; not set for proto2.
    public var syntax: Swift.String?
    /// Set if `syntax` is "editions".
    public var edition: Edition?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        package: Swift.String? = nil,
        dependency: [Swift.String] = [],
        publicDependency: [Swift.Int32] = [],
        weakDependency: [Swift.Int32] = [],
        optionDependency: [Swift.String] = [],
        messageType: [DescriptorProto] = [],
        enumType: [EnumDescriptorProto] = [],
        service: [ServiceDescriptorProto] = [],
        `extension`: [FieldDescriptorProto] = [],
        options: FileOptions? = nil,
        sourceCodeInfo: SourceCodeInfo? = nil,
        syntax: Swift.String? = nil,
        edition: Edition? = nil
    ) {
        self.name = name
        self.package = package
        self.dependency = dependency
        self.publicDependency = publicDependency
        self.weakDependency = weakDependency
        self.optionDependency = optionDependency
        self.messageType = messageType
        self.enumType = enumType
        self.service = service
        self.`extension` = `extension`
        self.options = options
        self.sourceCodeInfo = sourceCodeInfo
        self.syntax = syntax
        self.edition = edition
    }

    public static var fullName: Swift.String { "google.protobuf.FileDescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 216, at: 24)
        writer.optional(self.package, record, has: 220, at: 40)
        writer.repeated(self.dependency, record, count: 56, at: 64)
        writer.repeated(self.publicDependency, record, count: 72, at: 80)
        writer.repeated(self.weakDependency, record, count: 88, at: 96)
        writer.repeated(self.optionDependency, record, count: 104, at: 112)
        writer.repeated(self.messageType, record, count: 120, at: 128)
        writer.repeated(self.enumType, record, count: 136, at: 144)
        writer.repeated(self.service, record, count: 152, at: 160)
        writer.repeated(self.`extension`, record, count: 168, at: 176)
        writer.message(self.options, record, at: 184)
        writer.message(self.sourceCodeInfo, record, at: 192)
        writer.optional(self.syntax, record, has: 224, at: 200)
        writer.optional(self.edition, record, has: 232, at: 228)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 216, at: 24, into: &self.name)
        reader.optional(record, has: 220, at: 40, into: &self.package)
        reader.repeated(record, count: 56, at: 64, into: &self.dependency)
        reader.repeated(record, count: 72, at: 80, into: &self.publicDependency)
        reader.repeated(record, count: 88, at: 96, into: &self.weakDependency)
        reader.repeated(record, count: 104, at: 112, into: &self.optionDependency)
        reader.repeated(record, count: 120, at: 128, into: &self.messageType)
        reader.repeated(record, count: 136, at: 144, into: &self.enumType)
        reader.repeated(record, count: 152, at: 160, into: &self.service)
        reader.repeated(record, count: 168, at: 176, into: &self.`extension`)
        reader.message(record, at: 184, into: &self.options)
        reader.message(record, at: 192, into: &self.sourceCodeInfo)
        reader.optional(record, has: 224, at: 200, into: &self.syntax)
        reader.optional(record, has: 232, at: 228, into: &self.edition)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// One message type.
public struct DescriptorProto: Protobuf.Message {
    public var name: Swift.String?
    public var field: [FieldDescriptorProto] = []
    /// The extensions that are declared inside of it, whatever they extend.
    public var `extension`: [FieldDescriptorProto] = []
    public var nestedType: [DescriptorProto] = []
    public var enumType: [EnumDescriptorProto] = []
    public var extensionRange: [DescriptorProto.ExtensionRange] = []
    public var oneofDecl: [OneofDescriptorProto] = []
    public var options: MessageOptions?
    public var reservedRange: [DescriptorProto.ReservedRange] = []
    public var reservedName: [Swift.String] = []
    public var visibility: SymbolVisibility?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        field: [FieldDescriptorProto] = [],
        `extension`: [FieldDescriptorProto] = [],
        nestedType: [DescriptorProto] = [],
        enumType: [EnumDescriptorProto] = [],
        extensionRange: [DescriptorProto.ExtensionRange] = [],
        oneofDecl: [OneofDescriptorProto] = [],
        options: MessageOptions? = nil,
        reservedRange: [DescriptorProto.ReservedRange] = [],
        reservedName: [Swift.String] = [],
        visibility: SymbolVisibility? = nil
    ) {
        self.name = name
        self.field = field
        self.`extension` = `extension`
        self.nestedType = nestedType
        self.enumType = enumType
        self.extensionRange = extensionRange
        self.oneofDecl = oneofDecl
        self.options = options
        self.reservedRange = reservedRange
        self.reservedName = reservedName
        self.visibility = visibility
    }

    /// Numbers from `start` up to but not including `end`.
    public struct ExtensionRange: Protobuf.Message {
        public var start: Swift.Int32?
        public var end: Swift.Int32?
        public var options: ExtensionRangeOptions?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            start: Swift.Int32? = nil,
            end: Swift.Int32? = nil,
            options: ExtensionRangeOptions? = nil
        ) {
            self.start = start
            self.end = end
            self.options = options
        }

        public static var fullName: Swift.String { "google.protobuf.DescriptorProto.ExtensionRange" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.start, record, has: 36, at: 32)
            writer.optional(self.end, record, has: 44, at: 40)
            writer.message(self.options, record, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 36, at: 32, into: &self.start)
            reader.optional(record, has: 44, at: 40, into: &self.end)
            reader.message(record, at: 24, into: &self.options)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    /// Numbers from `start` up to but not including `end`.
    public struct ReservedRange: Protobuf.Message {
        public var start: Swift.Int32?
        public var end: Swift.Int32?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            start: Swift.Int32? = nil,
            end: Swift.Int32? = nil
        ) {
            self.start = start
            self.end = end
        }

        public static var fullName: Swift.String { "google.protobuf.DescriptorProto.ReservedRange" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.start, record, has: 28, at: 24)
            writer.optional(self.end, record, has: 36, at: 32)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 28, at: 24, into: &self.start)
            reader.optional(record, has: 36, at: 32, into: &self.end)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.DescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 176, at: 24)
        writer.repeated(self.field, record, count: 40, at: 48)
        writer.repeated(self.`extension`, record, count: 56, at: 64)
        writer.repeated(self.nestedType, record, count: 72, at: 80)
        writer.repeated(self.enumType, record, count: 88, at: 96)
        writer.repeated(self.extensionRange, record, count: 104, at: 112)
        writer.repeated(self.oneofDecl, record, count: 120, at: 128)
        writer.message(self.options, record, at: 136)
        writer.repeated(self.reservedRange, record, count: 144, at: 152)
        writer.repeated(self.reservedName, record, count: 160, at: 168)
        writer.optional(self.visibility, record, has: 184, at: 180)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 176, at: 24, into: &self.name)
        reader.repeated(record, count: 40, at: 48, into: &self.field)
        reader.repeated(record, count: 56, at: 64, into: &self.`extension`)
        reader.repeated(record, count: 72, at: 80, into: &self.nestedType)
        reader.repeated(record, count: 88, at: 96, into: &self.enumType)
        reader.repeated(record, count: 104, at: 112, into: &self.extensionRange)
        reader.repeated(record, count: 120, at: 128, into: &self.oneofDecl)
        reader.message(record, at: 136, into: &self.options)
        reader.repeated(record, count: 144, at: 152, into: &self.reservedRange)
        reader.repeated(record, count: 160, at: 168, into: &self.reservedName)
        reader.optional(record, has: 184, at: 180, into: &self.visibility)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ExtensionRangeOptions: Protobuf.Message {
    public var uninterpretedOption: [UninterpretedOption] = []
    public var declaration: [ExtensionRangeOptions.Declaration] = []
    public var features: FeatureSet?
    public var verification: ExtensionRangeOptions.VerificationState?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        uninterpretedOption: [UninterpretedOption] = [],
        declaration: [ExtensionRangeOptions.Declaration] = [],
        features: FeatureSet? = nil,
        verification: ExtensionRangeOptions.VerificationState? = nil
    ) {
        self.uninterpretedOption = uninterpretedOption
        self.declaration = declaration
        self.features = features
        self.verification = verification
    }

    /// ``verification``, or its default where it is not set.
    public var verificationOrDefault: ExtensionRangeOptions.VerificationState { self.verification ?? .unverified }

    public enum VerificationState: Protobuf.Enumeration {
        /// Every extension in the range must be declared.
        case declaration
        case unverified

        public init() { self = .declaration }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .declaration
            case 1: self = .unverified
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .declaration: return 0
            case .unverified: return 1
            }
        }
    }

    /// One extension that the range is kept for.
    public struct Declaration: Protobuf.Message {
        public var number: Swift.Int32?
        /// With a leading dot, as is the type if it is no scalar one.
        public var fullName: Swift.String?
        public var type: Swift.String?
        /// The number was used once and must not be used again.
        public var reserved: Swift.Bool?
        public var repeated: Swift.Bool?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            number: Swift.Int32? = nil,
            fullName: Swift.String? = nil,
            type: Swift.String? = nil,
            reserved: Swift.Bool? = nil,
            repeated: Swift.Bool? = nil
        ) {
            self.number = number
            self.fullName = fullName
            self.type = type
            self.reserved = reserved
            self.repeated = repeated
        }

        public static var fullName: Swift.String { "google.protobuf.ExtensionRangeOptions.Declaration" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.number, record, has: 60, at: 56)
            writer.optional(self.fullName, record, has: 64, at: 24)
            writer.optional(self.type, record, has: 68, at: 40)
            writer.optional(self.reserved, record, has: 76, at: 72)
            writer.optional(self.repeated, record, has: 84, at: 80)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 60, at: 56, into: &self.number)
            reader.optional(record, has: 64, at: 24, into: &self.fullName)
            reader.optional(record, has: 68, at: 40, into: &self.type)
            reader.optional(record, has: 76, at: 72, into: &self.reserved)
            reader.optional(record, has: 84, at: 80, into: &self.repeated)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.ExtensionRangeOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.uninterpretedOption, record, count: 24, at: 32)
        writer.repeated(self.declaration, record, count: 40, at: 48)
        writer.message(self.features, record, at: 56)
        writer.optional(self.verification, record, has: 68, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.uninterpretedOption)
        reader.repeated(record, count: 40, at: 48, into: &self.declaration)
        reader.message(record, at: 56, into: &self.features)
        reader.optional(record, has: 68, at: 64, into: &self.verification)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A field of a message, or an extension.
public struct FieldDescriptorProto: Protobuf.Message {
    public var name: Swift.String?
    public var number: Swift.Int32?
    public var label: FieldDescriptorProto.Label?
    public var type: FieldDescriptorProto.Type_?
    /// The full name of the message or enum, with a leading dot.
    public var typeName: Swift.String?
    /// The full name of the message that an extension extends, with a leading dot.
    public var extendee: Swift.String?
    /// As text: a number in decimal, `inf`, `nan`, an enum value's name; a string as it is, bytes with C escapes.
    public var defaultValue: Swift.String?
    /// The position in `oneof_decl` of the oneof that it belongs to.
    public var oneofIndex: Swift.Int32?
    public var jsonName: Swift.String?
    public var options: FieldOptions?
    /// The proto3 field was declared `optional`; it is then alone in a oneof of its own.
    public var proto3Optional: Swift.Bool?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        number: Swift.Int32? = nil,
        label: FieldDescriptorProto.Label? = nil,
        type: FieldDescriptorProto.Type_? = nil,
        typeName: Swift.String? = nil,
        extendee: Swift.String? = nil,
        defaultValue: Swift.String? = nil,
        oneofIndex: Swift.Int32? = nil,
        jsonName: Swift.String? = nil,
        options: FieldOptions? = nil,
        proto3Optional: Swift.Bool? = nil
    ) {
        self.name = name
        self.number = number
        self.label = label
        self.type = type
        self.typeName = typeName
        self.extendee = extendee
        self.defaultValue = defaultValue
        self.oneofIndex = oneofIndex
        self.jsonName = jsonName
        self.options = options
        self.proto3Optional = proto3Optional
    }

    public enum Type_: Protobuf.Enumeration {
        case double
        case float
        case int64
        case uint64
        case int32
        case fixed64
        case fixed32
        case bool
        case string
        case group
        case message
        case bytes
        case uint32
        case `enum`
        case sfixed32
        case sfixed64
        case sint32
        case sint64

        public init() { self = .double }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 1: self = .double
            case 2: self = .float
            case 3: self = .int64
            case 4: self = .uint64
            case 5: self = .int32
            case 6: self = .fixed64
            case 7: self = .fixed32
            case 8: self = .bool
            case 9: self = .string
            case 10: self = .group
            case 11: self = .message
            case 12: self = .bytes
            case 13: self = .uint32
            case 14: self = .`enum`
            case 15: self = .sfixed32
            case 16: self = .sfixed64
            case 17: self = .sint32
            case 18: self = .sint64
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .double: return 1
            case .float: return 2
            case .int64: return 3
            case .uint64: return 4
            case .int32: return 5
            case .fixed64: return 6
            case .fixed32: return 7
            case .bool: return 8
            case .string: return 9
            case .group: return 10
            case .message: return 11
            case .bytes: return 12
            case .uint32: return 13
            case .`enum`: return 14
            case .sfixed32: return 15
            case .sfixed64: return 16
            case .sint32: return 17
            case .sint64: return 18
            }
        }
    }

    public enum Label: Protobuf.Enumeration {
        case optional
        case repeated
        case required

        public init() { self = .optional }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 1: self = .optional
            case 3: self = .repeated
            case 2: self = .required
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .optional: return 1
            case .repeated: return 3
            case .required: return 2
            }
        }
    }

    public static var fullName: Swift.String { "google.protobuf.FieldDescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 112, at: 24)
        writer.optional(self.number, record, has: 120, at: 116)
        writer.optional(self.label, record, has: 128, at: 124)
        writer.optional(self.type, record, has: 136, at: 132)
        writer.optional(self.typeName, record, has: 140, at: 40)
        writer.optional(self.extendee, record, has: 144, at: 56)
        writer.optional(self.defaultValue, record, has: 148, at: 72)
        writer.optional(self.oneofIndex, record, has: 156, at: 152)
        writer.optional(self.jsonName, record, has: 160, at: 88)
        writer.message(self.options, record, at: 104)
        writer.optional(self.proto3Optional, record, has: 168, at: 164)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 112, at: 24, into: &self.name)
        reader.optional(record, has: 120, at: 116, into: &self.number)
        reader.optional(record, has: 128, at: 124, into: &self.label)
        reader.optional(record, has: 136, at: 132, into: &self.type)
        reader.optional(record, has: 140, at: 40, into: &self.typeName)
        reader.optional(record, has: 144, at: 56, into: &self.extendee)
        reader.optional(record, has: 148, at: 72, into: &self.defaultValue)
        reader.optional(record, has: 156, at: 152, into: &self.oneofIndex)
        reader.optional(record, has: 160, at: 88, into: &self.jsonName)
        reader.message(record, at: 104, into: &self.options)
        reader.optional(record, has: 168, at: 164, into: &self.proto3Optional)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct OneofDescriptorProto: Protobuf.Message {
    public var name: Swift.String?
    public var options: OneofOptions?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        options: OneofOptions? = nil
    ) {
        self.name = name
        self.options = options
    }

    public static var fullName: Swift.String { "google.protobuf.OneofDescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 48, at: 24)
        writer.message(self.options, record, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 48, at: 24, into: &self.name)
        reader.message(record, at: 40, into: &self.options)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct EnumDescriptorProto: Protobuf.Message {
    public var name: Swift.String?
    public var value: [EnumValueDescriptorProto] = []
    public var options: EnumOptions?
    public var reservedRange: [EnumDescriptorProto.EnumReservedRange] = []
    public var reservedName: [Swift.String] = []
    public var visibility: SymbolVisibility?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        value: [EnumValueDescriptorProto] = [],
        options: EnumOptions? = nil,
        reservedRange: [EnumDescriptorProto.EnumReservedRange] = [],
        reservedName: [Swift.String] = [],
        visibility: SymbolVisibility? = nil
    ) {
        self.name = name
        self.value = value
        self.options = options
        self.reservedRange = reservedRange
        self.reservedName = reservedName
        self.visibility = visibility
    }

    /// Numbers from `start` to `end`, both included.
    public struct EnumReservedRange: Protobuf.Message {
        public var start: Swift.Int32?
        public var end: Swift.Int32?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            start: Swift.Int32? = nil,
            end: Swift.Int32? = nil
        ) {
            self.start = start
            self.end = end
        }

        public static var fullName: Swift.String { "google.protobuf.EnumDescriptorProto.EnumReservedRange" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.start, record, has: 28, at: 24)
            writer.optional(self.end, record, has: 36, at: 32)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 28, at: 24, into: &self.start)
            reader.optional(record, has: 36, at: 32, into: &self.end)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.EnumDescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 96, at: 24)
        writer.repeated(self.value, record, count: 40, at: 48)
        writer.message(self.options, record, at: 56)
        writer.repeated(self.reservedRange, record, count: 64, at: 72)
        writer.repeated(self.reservedName, record, count: 80, at: 88)
        writer.optional(self.visibility, record, has: 104, at: 100)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 96, at: 24, into: &self.name)
        reader.repeated(record, count: 40, at: 48, into: &self.value)
        reader.message(record, at: 56, into: &self.options)
        reader.repeated(record, count: 64, at: 72, into: &self.reservedRange)
        reader.repeated(record, count: 80, at: 88, into: &self.reservedName)
        reader.optional(record, has: 104, at: 100, into: &self.visibility)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct EnumValueDescriptorProto: Protobuf.Message {
    public var name: Swift.String?
    public var number: Swift.Int32?
    public var options: EnumValueOptions?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        number: Swift.Int32? = nil,
        options: EnumValueOptions? = nil
    ) {
        self.name = name
        self.number = number
        self.options = options
    }

    public static var fullName: Swift.String { "google.protobuf.EnumValueDescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 48, at: 24)
        writer.optional(self.number, record, has: 56, at: 52)
        writer.message(self.options, record, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 48, at: 24, into: &self.name)
        reader.optional(record, has: 56, at: 52, into: &self.number)
        reader.message(record, at: 40, into: &self.options)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ServiceDescriptorProto: Protobuf.Message {
    public var name: Swift.String?
    public var method: [MethodDescriptorProto] = []
    public var options: ServiceOptions?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        method: [MethodDescriptorProto] = [],
        options: ServiceOptions? = nil
    ) {
        self.name = name
        self.method = method
        self.options = options
    }

    public static var fullName: Swift.String { "google.protobuf.ServiceDescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 64, at: 24)
        writer.repeated(self.method, record, count: 40, at: 48)
        writer.message(self.options, record, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 64, at: 24, into: &self.name)
        reader.repeated(record, count: 40, at: 48, into: &self.method)
        reader.message(record, at: 56, into: &self.options)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct MethodDescriptorProto: Protobuf.Message {
    public var name: Swift.String?
    /// The full names of the messages, with a leading dot.
    public var inputType: Swift.String?
    public var outputType: Swift.String?
    public var options: MethodOptions?
    public var clientStreaming: Swift.Bool?
    public var serverStreaming: Swift.Bool?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String? = nil,
        inputType: Swift.String? = nil,
        outputType: Swift.String? = nil,
        options: MethodOptions? = nil,
        clientStreaming: Swift.Bool? = nil,
        serverStreaming: Swift.Bool? = nil
    ) {
        self.name = name
        self.inputType = inputType
        self.outputType = outputType
        self.options = options
        self.clientStreaming = clientStreaming
        self.serverStreaming = serverStreaming
    }

    /// ``clientStreaming``, or its default where it is not set.
    public var clientStreamingOrDefault: Swift.Bool { self.clientStreaming ?? false }

    /// ``serverStreaming``, or its default where it is not set.
    public var serverStreamingOrDefault: Swift.Bool { self.serverStreaming ?? false }

    public static var fullName: Swift.String { "google.protobuf.MethodDescriptorProto" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.name, record, has: 80, at: 24)
        writer.optional(self.inputType, record, has: 84, at: 40)
        writer.optional(self.outputType, record, has: 88, at: 56)
        writer.message(self.options, record, at: 72)
        writer.optional(self.clientStreaming, record, has: 96, at: 92)
        writer.optional(self.serverStreaming, record, has: 104, at: 100)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 80, at: 24, into: &self.name)
        reader.optional(record, has: 84, at: 40, into: &self.inputType)
        reader.optional(record, has: 88, at: 56, into: &self.outputType)
        reader.message(record, at: 72, into: &self.options)
        reader.optional(record, has: 96, at: 92, into: &self.clientStreaming)
        reader.optional(record, has: 104, at: 100, into: &self.serverStreaming)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct FileOptions: Protobuf.Message {
    public var javaPackage: Swift.String?
    public var javaOuterClassname: Swift.String?
    public var javaMultipleFiles: Swift.Bool?
    /// - Warning: Deprecated.
    public var javaGenerateEqualsAndHash: Swift.Bool?
    public var javaStringCheckUTF8: Swift.Bool?
    public var optimizeFor: FileOptions.OptimizeMode?
    public var goPackage: Swift.String?
    public var ccGenericServices: Swift.Bool?
    public var javaGenericServices: Swift.Bool?
    public var pyGenericServices: Swift.Bool?
    public var deprecated: Swift.Bool?
    public var ccEnableArenas: Swift.Bool?
    public var objcClassPrefix: Swift.String?
    public var csharpNamespace: Swift.String?
    public var swiftPrefix: Swift.String?
    public var phpClassPrefix: Swift.String?
    public var phpNamespace: Swift.String?
    public var phpMetadataNamespace: Swift.String?
    public var rubyPackage: Swift.String?
    public var features: FeatureSet?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        javaPackage: Swift.String? = nil,
        javaOuterClassname: Swift.String? = nil,
        javaMultipleFiles: Swift.Bool? = nil,
        javaGenerateEqualsAndHash: Swift.Bool? = nil,
        javaStringCheckUTF8: Swift.Bool? = nil,
        optimizeFor: FileOptions.OptimizeMode? = nil,
        goPackage: Swift.String? = nil,
        ccGenericServices: Swift.Bool? = nil,
        javaGenericServices: Swift.Bool? = nil,
        pyGenericServices: Swift.Bool? = nil,
        deprecated: Swift.Bool? = nil,
        ccEnableArenas: Swift.Bool? = nil,
        objcClassPrefix: Swift.String? = nil,
        csharpNamespace: Swift.String? = nil,
        swiftPrefix: Swift.String? = nil,
        phpClassPrefix: Swift.String? = nil,
        phpNamespace: Swift.String? = nil,
        phpMetadataNamespace: Swift.String? = nil,
        rubyPackage: Swift.String? = nil,
        features: FeatureSet? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.javaPackage = javaPackage
        self.javaOuterClassname = javaOuterClassname
        self.javaMultipleFiles = javaMultipleFiles
        self.javaGenerateEqualsAndHash = javaGenerateEqualsAndHash
        self.javaStringCheckUTF8 = javaStringCheckUTF8
        self.optimizeFor = optimizeFor
        self.goPackage = goPackage
        self.ccGenericServices = ccGenericServices
        self.javaGenericServices = javaGenericServices
        self.pyGenericServices = pyGenericServices
        self.deprecated = deprecated
        self.ccEnableArenas = ccEnableArenas
        self.objcClassPrefix = objcClassPrefix
        self.csharpNamespace = csharpNamespace
        self.swiftPrefix = swiftPrefix
        self.phpClassPrefix = phpClassPrefix
        self.phpNamespace = phpNamespace
        self.phpMetadataNamespace = phpMetadataNamespace
        self.rubyPackage = rubyPackage
        self.features = features
        self.uninterpretedOption = uninterpretedOption
    }

    /// ``javaMultipleFiles``, or its default where it is not set.
    public var javaMultipleFilesOrDefault: Swift.Bool { self.javaMultipleFiles ?? false }

    /// ``javaStringCheckUTF8``, or its default where it is not set.
    public var javaStringCheckUTF8OrDefault: Swift.Bool { self.javaStringCheckUTF8 ?? false }

    /// ``optimizeFor``, or its default where it is not set.
    public var optimizeForOrDefault: FileOptions.OptimizeMode { self.optimizeFor ?? .speed }

    /// ``ccGenericServices``, or its default where it is not set.
    public var ccGenericServicesOrDefault: Swift.Bool { self.ccGenericServices ?? false }

    /// ``javaGenericServices``, or its default where it is not set.
    public var javaGenericServicesOrDefault: Swift.Bool { self.javaGenericServices ?? false }

    /// ``pyGenericServices``, or its default where it is not set.
    public var pyGenericServicesOrDefault: Swift.Bool { self.pyGenericServices ?? false }

    /// ``deprecated``, or its default where it is not set.
    public var deprecatedOrDefault: Swift.Bool { self.deprecated ?? false }

    /// ``ccEnableArenas``, or its default where it is not set.
    public var ccEnableArenasOrDefault: Swift.Bool { self.ccEnableArenas ?? true }

    public enum OptimizeMode: Protobuf.Enumeration {
        case speed
        case codeSize
        case liteRuntime

        public init() { self = .speed }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 1: self = .speed
            case 2: self = .codeSize
            case 3: self = .liteRuntime
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .speed: return 1
            case .codeSize: return 2
            case .liteRuntime: return 3
            }
        }
    }

    public static var fullName: Swift.String { "google.protobuf.FileOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[14] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.javaPackage, record, has: 208, at: 24)
        writer.optional(self.javaOuterClassname, record, has: 212, at: 40)
        writer.optional(self.javaMultipleFiles, record, has: 220, at: 216)
        writer.optional(self.javaGenerateEqualsAndHash, record, has: 228, at: 224)
        writer.optional(self.javaStringCheckUTF8, record, has: 236, at: 232)
        writer.optional(self.optimizeFor, record, has: 244, at: 240)
        writer.optional(self.goPackage, record, has: 248, at: 56)
        writer.optional(self.ccGenericServices, record, has: 256, at: 252)
        writer.optional(self.javaGenericServices, record, has: 264, at: 260)
        writer.optional(self.pyGenericServices, record, has: 272, at: 268)
        writer.optional(self.deprecated, record, has: 280, at: 276)
        writer.optional(self.ccEnableArenas, record, has: 288, at: 284)
        writer.optional(self.objcClassPrefix, record, has: 292, at: 72)
        writer.optional(self.csharpNamespace, record, has: 296, at: 88)
        writer.optional(self.swiftPrefix, record, has: 300, at: 104)
        writer.optional(self.phpClassPrefix, record, has: 304, at: 120)
        writer.optional(self.phpNamespace, record, has: 308, at: 136)
        writer.optional(self.phpMetadataNamespace, record, has: 312, at: 152)
        writer.optional(self.rubyPackage, record, has: 316, at: 168)
        writer.message(self.features, record, at: 184)
        writer.repeated(self.uninterpretedOption, record, count: 192, at: 200)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 208, at: 24, into: &self.javaPackage)
        reader.optional(record, has: 212, at: 40, into: &self.javaOuterClassname)
        reader.optional(record, has: 220, at: 216, into: &self.javaMultipleFiles)
        reader.optional(record, has: 228, at: 224, into: &self.javaGenerateEqualsAndHash)
        reader.optional(record, has: 236, at: 232, into: &self.javaStringCheckUTF8)
        reader.optional(record, has: 244, at: 240, into: &self.optimizeFor)
        reader.optional(record, has: 248, at: 56, into: &self.goPackage)
        reader.optional(record, has: 256, at: 252, into: &self.ccGenericServices)
        reader.optional(record, has: 264, at: 260, into: &self.javaGenericServices)
        reader.optional(record, has: 272, at: 268, into: &self.pyGenericServices)
        reader.optional(record, has: 280, at: 276, into: &self.deprecated)
        reader.optional(record, has: 288, at: 284, into: &self.ccEnableArenas)
        reader.optional(record, has: 292, at: 72, into: &self.objcClassPrefix)
        reader.optional(record, has: 296, at: 88, into: &self.csharpNamespace)
        reader.optional(record, has: 300, at: 104, into: &self.swiftPrefix)
        reader.optional(record, has: 304, at: 120, into: &self.phpClassPrefix)
        reader.optional(record, has: 308, at: 136, into: &self.phpNamespace)
        reader.optional(record, has: 312, at: 152, into: &self.phpMetadataNamespace)
        reader.optional(record, has: 316, at: 168, into: &self.rubyPackage)
        reader.message(record, at: 184, into: &self.features)
        reader.repeated(record, count: 192, at: 200, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct MessageOptions: Protobuf.Message {
    public var messageSetWireFormat: Swift.Bool?
    public var noStandardDescriptorAccessor: Swift.Bool?
    public var deprecated: Swift.Bool?
    /// The message is what a map field repeats.
    public var mapEntry: Swift.Bool?
    /// - Warning: Deprecated.
    public var deprecatedLegacyJSONFieldConflicts: Swift.Bool?
    public var features: FeatureSet?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        messageSetWireFormat: Swift.Bool? = nil,
        noStandardDescriptorAccessor: Swift.Bool? = nil,
        deprecated: Swift.Bool? = nil,
        mapEntry: Swift.Bool? = nil,
        deprecatedLegacyJSONFieldConflicts: Swift.Bool? = nil,
        features: FeatureSet? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.messageSetWireFormat = messageSetWireFormat
        self.noStandardDescriptorAccessor = noStandardDescriptorAccessor
        self.deprecated = deprecated
        self.mapEntry = mapEntry
        self.deprecatedLegacyJSONFieldConflicts = deprecatedLegacyJSONFieldConflicts
        self.features = features
        self.uninterpretedOption = uninterpretedOption
    }

    /// ``messageSetWireFormat``, or its default where it is not set.
    public var messageSetWireFormatOrDefault: Swift.Bool { self.messageSetWireFormat ?? false }

    /// ``noStandardDescriptorAccessor``, or its default where it is not set.
    public var noStandardDescriptorAccessorOrDefault: Swift.Bool { self.noStandardDescriptorAccessor ?? false }

    /// ``deprecated``, or its default where it is not set.
    public var deprecatedOrDefault: Swift.Bool { self.deprecated ?? false }

    public static var fullName: Swift.String { "google.protobuf.MessageOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[15] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.messageSetWireFormat, record, has: 52, at: 48)
        writer.optional(self.noStandardDescriptorAccessor, record, has: 60, at: 56)
        writer.optional(self.deprecated, record, has: 68, at: 64)
        writer.optional(self.mapEntry, record, has: 76, at: 72)
        writer.optional(self.deprecatedLegacyJSONFieldConflicts, record, has: 84, at: 80)
        writer.message(self.features, record, at: 24)
        writer.repeated(self.uninterpretedOption, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 52, at: 48, into: &self.messageSetWireFormat)
        reader.optional(record, has: 60, at: 56, into: &self.noStandardDescriptorAccessor)
        reader.optional(record, has: 68, at: 64, into: &self.deprecated)
        reader.optional(record, has: 76, at: 72, into: &self.mapEntry)
        reader.optional(record, has: 84, at: 80, into: &self.deprecatedLegacyJSONFieldConflicts)
        reader.message(record, at: 24, into: &self.features)
        reader.repeated(record, count: 32, at: 40, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct FieldOptions: Protobuf.Message {
    public var ctype: FieldOptions.CType?
    public var packed: Swift.Bool?
    public var jstype: FieldOptions.JSType?
    public var lazy: Swift.Bool?
    public var unverifiedLazy: Swift.Bool?
    public var deprecated: Swift.Bool?
    /// - Warning: Deprecated.
    public var weak: Swift.Bool?
    public var debugRedact: Swift.Bool?
    public var retention: FieldOptions.OptionRetention?
    public var targets: [FieldOptions.OptionTargetType] = []
    public var editionDefaults: [FieldOptions.EditionDefault] = []
    public var features: FeatureSet?
    public var featureSupport: FieldOptions.FeatureSupport?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        ctype: FieldOptions.CType? = nil,
        packed: Swift.Bool? = nil,
        jstype: FieldOptions.JSType? = nil,
        lazy: Swift.Bool? = nil,
        unverifiedLazy: Swift.Bool? = nil,
        deprecated: Swift.Bool? = nil,
        weak: Swift.Bool? = nil,
        debugRedact: Swift.Bool? = nil,
        retention: FieldOptions.OptionRetention? = nil,
        targets: [FieldOptions.OptionTargetType] = [],
        editionDefaults: [FieldOptions.EditionDefault] = [],
        features: FeatureSet? = nil,
        featureSupport: FieldOptions.FeatureSupport? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.ctype = ctype
        self.packed = packed
        self.jstype = jstype
        self.lazy = lazy
        self.unverifiedLazy = unverifiedLazy
        self.deprecated = deprecated
        self.weak = weak
        self.debugRedact = debugRedact
        self.retention = retention
        self.targets = targets
        self.editionDefaults = editionDefaults
        self.features = features
        self.featureSupport = featureSupport
        self.uninterpretedOption = uninterpretedOption
    }

    /// ``ctype``, or its default where it is not set.
    public var ctypeOrDefault: FieldOptions.CType { self.ctype ?? .string }

    /// ``jstype``, or its default where it is not set.
    public var jstypeOrDefault: FieldOptions.JSType { self.jstype ?? .jsNormal }

    /// ``lazy``, or its default where it is not set.
    public var lazyOrDefault: Swift.Bool { self.lazy ?? false }

    /// ``unverifiedLazy``, or its default where it is not set.
    public var unverifiedLazyOrDefault: Swift.Bool { self.unverifiedLazy ?? false }

    /// ``deprecated``, or its default where it is not set.
    public var deprecatedOrDefault: Swift.Bool { self.deprecated ?? false }

    /// ``weak``, or its default where it is not set.
    public var weakOrDefault: Swift.Bool { self.weak ?? false }

    /// ``debugRedact``, or its default where it is not set.
    public var debugRedactOrDefault: Swift.Bool { self.debugRedact ?? false }

    public enum CType: Protobuf.Enumeration {
        case string
        case cord
        case stringPiece

        public init() { self = .string }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .string
            case 1: self = .cord
            case 2: self = .stringPiece
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .string: return 0
            case .cord: return 1
            case .stringPiece: return 2
            }
        }
    }

    public enum JSType: Protobuf.Enumeration {
        case jsNormal
        case jsString
        case jsNumber

        public init() { self = .jsNormal }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .jsNormal
            case 1: self = .jsString
            case 2: self = .jsNumber
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .jsNormal: return 0
            case .jsString: return 1
            case .jsNumber: return 2
            }
        }
    }

    /// Whether an option that is set stays in the descriptor, or is for reading the source only.
    public enum OptionRetention: Protobuf.Enumeration {
        case retentionUnknown
        case retentionRuntime
        case retentionSource

        public init() { self = .retentionUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .retentionUnknown
            case 1: self = .retentionRuntime
            case 2: self = .retentionSource
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .retentionUnknown: return 0
            case .retentionRuntime: return 1
            case .retentionSource: return 2
            }
        }
    }

    /// What an option may be set on.
    public enum OptionTargetType: Protobuf.Enumeration {
        case targetTypeUnknown
        case targetTypeFile
        case targetTypeExtensionRange
        case targetTypeMessage
        case targetTypeField
        case targetTypeOneof
        case targetTypeEnum
        case targetTypeEnumEntry
        case targetTypeService
        case targetTypeMethod

        public init() { self = .targetTypeUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .targetTypeUnknown
            case 1: self = .targetTypeFile
            case 2: self = .targetTypeExtensionRange
            case 3: self = .targetTypeMessage
            case 4: self = .targetTypeField
            case 5: self = .targetTypeOneof
            case 6: self = .targetTypeEnum
            case 7: self = .targetTypeEnumEntry
            case 8: self = .targetTypeService
            case 9: self = .targetTypeMethod
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .targetTypeUnknown: return 0
            case .targetTypeFile: return 1
            case .targetTypeExtensionRange: return 2
            case .targetTypeMessage: return 3
            case .targetTypeField: return 4
            case .targetTypeOneof: return 5
            case .targetTypeEnum: return 6
            case .targetTypeEnumEntry: return 7
            case .targetTypeService: return 8
            case .targetTypeMethod: return 9
            }
        }
    }

    /// The value that a feature has from an edition on, in text format.
    public struct EditionDefault: Protobuf.Message {
        public var edition: Edition?
        public var value: Swift.String?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            edition: Edition? = nil,
            value: Swift.String? = nil
        ) {
            self.edition = edition
            self.value = value
        }

        public static var fullName: Swift.String { "google.protobuf.FieldOptions.EditionDefault" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[17] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.edition, record, has: 44, at: 40)
            writer.optional(self.value, record, has: 48, at: 24)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 44, at: 40, into: &self.edition)
            reader.optional(record, has: 48, at: 24, into: &self.value)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    /// The editions in which an option or a value can be used.
    public struct FeatureSupport: Protobuf.Message {
        public var editionIntroduced: Edition?
        public var editionDeprecated: Edition?
        public var deprecationWarning: Swift.String?
        public var editionRemoved: Edition?
        public var removalError: Swift.String?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            editionIntroduced: Edition? = nil,
            editionDeprecated: Edition? = nil,
            deprecationWarning: Swift.String? = nil,
            editionRemoved: Edition? = nil,
            removalError: Swift.String? = nil
        ) {
            self.editionIntroduced = editionIntroduced
            self.editionDeprecated = editionDeprecated
            self.deprecationWarning = deprecationWarning
            self.editionRemoved = editionRemoved
            self.removalError = removalError
        }

        public static var fullName: Swift.String { "google.protobuf.FieldOptions.FeatureSupport" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[18] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.editionIntroduced, record, has: 60, at: 56)
            writer.optional(self.editionDeprecated, record, has: 68, at: 64)
            writer.optional(self.deprecationWarning, record, has: 72, at: 24)
            writer.optional(self.editionRemoved, record, has: 80, at: 76)
            writer.optional(self.removalError, record, has: 84, at: 40)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 60, at: 56, into: &self.editionIntroduced)
            reader.optional(record, has: 68, at: 64, into: &self.editionDeprecated)
            reader.optional(record, has: 72, at: 24, into: &self.deprecationWarning)
            reader.optional(record, has: 80, at: 76, into: &self.editionRemoved)
            reader.optional(record, has: 84, at: 40, into: &self.removalError)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.FieldOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[16] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.ctype, record, has: 92, at: 88)
        writer.optional(self.packed, record, has: 100, at: 96)
        writer.optional(self.jstype, record, has: 108, at: 104)
        writer.optional(self.lazy, record, has: 116, at: 112)
        writer.optional(self.unverifiedLazy, record, has: 124, at: 120)
        writer.optional(self.deprecated, record, has: 132, at: 128)
        writer.optional(self.weak, record, has: 140, at: 136)
        writer.optional(self.debugRedact, record, has: 148, at: 144)
        writer.optional(self.retention, record, has: 156, at: 152)
        writer.repeated(self.targets, record, count: 24, at: 32)
        writer.repeated(self.editionDefaults, record, count: 40, at: 48)
        writer.message(self.features, record, at: 56)
        writer.message(self.featureSupport, record, at: 64)
        writer.repeated(self.uninterpretedOption, record, count: 72, at: 80)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 92, at: 88, into: &self.ctype)
        reader.optional(record, has: 100, at: 96, into: &self.packed)
        reader.optional(record, has: 108, at: 104, into: &self.jstype)
        reader.optional(record, has: 116, at: 112, into: &self.lazy)
        reader.optional(record, has: 124, at: 120, into: &self.unverifiedLazy)
        reader.optional(record, has: 132, at: 128, into: &self.deprecated)
        reader.optional(record, has: 140, at: 136, into: &self.weak)
        reader.optional(record, has: 148, at: 144, into: &self.debugRedact)
        reader.optional(record, has: 156, at: 152, into: &self.retention)
        reader.repeated(record, count: 24, at: 32, into: &self.targets)
        reader.repeated(record, count: 40, at: 48, into: &self.editionDefaults)
        reader.message(record, at: 56, into: &self.features)
        reader.message(record, at: 64, into: &self.featureSupport)
        reader.repeated(record, count: 72, at: 80, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct OneofOptions: Protobuf.Message {
    public var features: FeatureSet?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        features: FeatureSet? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.features = features
        self.uninterpretedOption = uninterpretedOption
    }

    public static var fullName: Swift.String { "google.protobuf.OneofOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[19] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.features, record, at: 24)
        writer.repeated(self.uninterpretedOption, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.features)
        reader.repeated(record, count: 32, at: 40, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct EnumOptions: Protobuf.Message {
    public var allowAlias: Swift.Bool?
    public var deprecated: Swift.Bool?
    /// - Warning: Deprecated.
    public var deprecatedLegacyJSONFieldConflicts: Swift.Bool?
    public var features: FeatureSet?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        allowAlias: Swift.Bool? = nil,
        deprecated: Swift.Bool? = nil,
        deprecatedLegacyJSONFieldConflicts: Swift.Bool? = nil,
        features: FeatureSet? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.allowAlias = allowAlias
        self.deprecated = deprecated
        self.deprecatedLegacyJSONFieldConflicts = deprecatedLegacyJSONFieldConflicts
        self.features = features
        self.uninterpretedOption = uninterpretedOption
    }

    /// ``deprecated``, or its default where it is not set.
    public var deprecatedOrDefault: Swift.Bool { self.deprecated ?? false }

    public static var fullName: Swift.String { "google.protobuf.EnumOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[20] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.allowAlias, record, has: 52, at: 48)
        writer.optional(self.deprecated, record, has: 60, at: 56)
        writer.optional(self.deprecatedLegacyJSONFieldConflicts, record, has: 68, at: 64)
        writer.message(self.features, record, at: 24)
        writer.repeated(self.uninterpretedOption, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 52, at: 48, into: &self.allowAlias)
        reader.optional(record, has: 60, at: 56, into: &self.deprecated)
        reader.optional(record, has: 68, at: 64, into: &self.deprecatedLegacyJSONFieldConflicts)
        reader.message(record, at: 24, into: &self.features)
        reader.repeated(record, count: 32, at: 40, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct EnumValueOptions: Protobuf.Message {
    public var deprecated: Swift.Bool?
    public var features: FeatureSet?
    public var debugRedact: Swift.Bool?
    public var featureSupport: FieldOptions.FeatureSupport?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        deprecated: Swift.Bool? = nil,
        features: FeatureSet? = nil,
        debugRedact: Swift.Bool? = nil,
        featureSupport: FieldOptions.FeatureSupport? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.deprecated = deprecated
        self.features = features
        self.debugRedact = debugRedact
        self.featureSupport = featureSupport
        self.uninterpretedOption = uninterpretedOption
    }

    /// ``deprecated``, or its default where it is not set.
    public var deprecatedOrDefault: Swift.Bool { self.deprecated ?? false }

    /// ``debugRedact``, or its default where it is not set.
    public var debugRedactOrDefault: Swift.Bool { self.debugRedact ?? false }

    public static var fullName: Swift.String { "google.protobuf.EnumValueOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[21] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.deprecated, record, has: 60, at: 56)
        writer.message(self.features, record, at: 24)
        writer.optional(self.debugRedact, record, has: 68, at: 64)
        writer.message(self.featureSupport, record, at: 32)
        writer.repeated(self.uninterpretedOption, record, count: 40, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 60, at: 56, into: &self.deprecated)
        reader.message(record, at: 24, into: &self.features)
        reader.optional(record, has: 68, at: 64, into: &self.debugRedact)
        reader.message(record, at: 32, into: &self.featureSupport)
        reader.repeated(record, count: 40, at: 48, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ServiceOptions: Protobuf.Message {
    public var features: FeatureSet?
    public var deprecated: Swift.Bool?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        features: FeatureSet? = nil,
        deprecated: Swift.Bool? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.features = features
        self.deprecated = deprecated
        self.uninterpretedOption = uninterpretedOption
    }

    /// ``deprecated``, or its default where it is not set.
    public var deprecatedOrDefault: Swift.Bool { self.deprecated ?? false }

    public static var fullName: Swift.String { "google.protobuf.ServiceOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[22] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.features, record, at: 24)
        writer.optional(self.deprecated, record, has: 52, at: 48)
        writer.repeated(self.uninterpretedOption, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.features)
        reader.optional(record, has: 52, at: 48, into: &self.deprecated)
        reader.repeated(record, count: 32, at: 40, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct MethodOptions: Protobuf.Message {
    public var deprecated: Swift.Bool?
    public var idempotencyLevel: MethodOptions.IdempotencyLevel?
    public var features: FeatureSet?
    public var uninterpretedOption: [UninterpretedOption] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        deprecated: Swift.Bool? = nil,
        idempotencyLevel: MethodOptions.IdempotencyLevel? = nil,
        features: FeatureSet? = nil,
        uninterpretedOption: [UninterpretedOption] = []
    ) {
        self.deprecated = deprecated
        self.idempotencyLevel = idempotencyLevel
        self.features = features
        self.uninterpretedOption = uninterpretedOption
    }

    /// ``deprecated``, or its default where it is not set.
    public var deprecatedOrDefault: Swift.Bool { self.deprecated ?? false }

    /// ``idempotencyLevel``, or its default where it is not set.
    public var idempotencyLevelOrDefault: MethodOptions.IdempotencyLevel { self.idempotencyLevel ?? .idempotencyUnknown }

    public enum IdempotencyLevel: Protobuf.Enumeration {
        case idempotencyUnknown
        case noSideEffects
        case idempotent

        public init() { self = .idempotencyUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .idempotencyUnknown
            case 1: self = .noSideEffects
            case 2: self = .idempotent
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .idempotencyUnknown: return 0
            case .noSideEffects: return 1
            case .idempotent: return 2
            }
        }
    }

    public static var fullName: Swift.String { "google.protobuf.MethodOptions" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[23] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.deprecated, record, has: 52, at: 48)
        writer.optional(self.idempotencyLevel, record, has: 60, at: 56)
        writer.message(self.features, record, at: 24)
        writer.repeated(self.uninterpretedOption, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 52, at: 48, into: &self.deprecated)
        reader.optional(record, has: 60, at: 56, into: &self.idempotencyLevel)
        reader.message(record, at: 24, into: &self.features)
        reader.repeated(record, count: 32, at: 40, into: &self.uninterpretedOption)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// An option whose name has not been looked up yet. Descriptors that are finished have none.
public struct UninterpretedOption: Protobuf.Message {
    public var name: [UninterpretedOption.NamePart] = []
    public var identifierValue: Swift.String?
    public var positiveIntValue: Swift.UInt64?
    public var negativeIntValue: Swift.Int64?
    public var doubleValue: Swift.Double?
    public var stringValue: Protobuf.Bytes?
    public var aggregateValue: Swift.String?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: [UninterpretedOption.NamePart] = [],
        identifierValue: Swift.String? = nil,
        positiveIntValue: Swift.UInt64? = nil,
        negativeIntValue: Swift.Int64? = nil,
        doubleValue: Swift.Double? = nil,
        stringValue: Protobuf.Bytes? = nil,
        aggregateValue: Swift.String? = nil
    ) {
        self.name = name
        self.identifierValue = identifierValue
        self.positiveIntValue = positiveIntValue
        self.negativeIntValue = negativeIntValue
        self.doubleValue = doubleValue
        self.stringValue = stringValue
        self.aggregateValue = aggregateValue
    }

    /// A part of a dotted name; an extension's stands in parentheses.
    public struct NamePart: Protobuf.Message {
        public var namePart: Swift.String?
        public var isExtension: Swift.Bool?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            namePart: Swift.String? = nil,
            isExtension: Swift.Bool? = nil
        ) {
            self.namePart = namePart
            self.isExtension = isExtension
        }

        public static var fullName: Swift.String { "google.protobuf.UninterpretedOption.NamePart" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[25] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            if self.namePart == nil { writer.missing("name_part", of: "google.protobuf.UninterpretedOption.NamePart") }
            writer.optional(self.namePart, record, has: 40, at: 24)
            if self.isExtension == nil { writer.missing("is_extension", of: "google.protobuf.UninterpretedOption.NamePart") }
            writer.optional(self.isExtension, record, has: 48, at: 44)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 40, at: 24, into: &self.namePart)
            reader.optional(record, has: 48, at: 44, into: &self.isExtension)
            reader.unknown(record, into: &self.unknownFields)
            if self.namePart == nil { reader.missing("name_part", of: "google.protobuf.UninterpretedOption.NamePart") }
            if self.isExtension == nil { reader.missing("is_extension", of: "google.protobuf.UninterpretedOption.NamePart") }
        }
    }

    public static var fullName: Swift.String { "google.protobuf.UninterpretedOption" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[24] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.name, record, count: 24, at: 32)
        writer.optional(self.identifierValue, record, has: 112, at: 40)
        writer.optional(self.positiveIntValue, record, has: 116, at: 56)
        writer.optional(self.negativeIntValue, record, has: 120, at: 64)
        writer.optional(self.doubleValue, record, has: 124, at: 72)
        writer.optional(self.stringValue, record, has: 128, at: 80)
        writer.optional(self.aggregateValue, record, has: 132, at: 96)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.name)
        reader.optional(record, has: 112, at: 40, into: &self.identifierValue)
        reader.optional(record, has: 116, at: 56, into: &self.positiveIntValue)
        reader.optional(record, has: 120, at: 64, into: &self.negativeIntValue)
        reader.optional(record, has: 124, at: 72, into: &self.doubleValue)
        reader.optional(record, has: 128, at: 80, into: &self.stringValue)
        reader.optional(record, has: 132, at: 96, into: &self.aggregateValue)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// What editions differ in. What a file, message, field, ... sets holds for all inside of it.
public struct FeatureSet: Protobuf.Message {
    public var fieldPresence: FeatureSet.FieldPresence?
    public var enumType: FeatureSet.EnumType?
    public var repeatedFieldEncoding: FeatureSet.RepeatedFieldEncoding?
    public var utf8Validation: FeatureSet.Utf8Validation?
    public var messageEncoding: FeatureSet.MessageEncoding?
    public var jsonFormat: FeatureSet.JsonFormat?
    public var enforceNamingStyle: FeatureSet.EnforceNamingStyle?
    public var defaultSymbolVisibility: FeatureSet.VisibilityFeature.DefaultSymbolVisibility?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        fieldPresence: FeatureSet.FieldPresence? = nil,
        enumType: FeatureSet.EnumType? = nil,
        repeatedFieldEncoding: FeatureSet.RepeatedFieldEncoding? = nil,
        utf8Validation: FeatureSet.Utf8Validation? = nil,
        messageEncoding: FeatureSet.MessageEncoding? = nil,
        jsonFormat: FeatureSet.JsonFormat? = nil,
        enforceNamingStyle: FeatureSet.EnforceNamingStyle? = nil,
        defaultSymbolVisibility: FeatureSet.VisibilityFeature.DefaultSymbolVisibility? = nil
    ) {
        self.fieldPresence = fieldPresence
        self.enumType = enumType
        self.repeatedFieldEncoding = repeatedFieldEncoding
        self.utf8Validation = utf8Validation
        self.messageEncoding = messageEncoding
        self.jsonFormat = jsonFormat
        self.enforceNamingStyle = enforceNamingStyle
        self.defaultSymbolVisibility = defaultSymbolVisibility
    }

    public enum FieldPresence: Protobuf.Enumeration {
        case fieldPresenceUnknown
        case explicit
        case implicit
        case legacyRequired

        public init() { self = .fieldPresenceUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .fieldPresenceUnknown
            case 1: self = .explicit
            case 2: self = .implicit
            case 3: self = .legacyRequired
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .fieldPresenceUnknown: return 0
            case .explicit: return 1
            case .implicit: return 2
            case .legacyRequired: return 3
            }
        }
    }

    public enum EnumType: Protobuf.Enumeration {
        case enumTypeUnknown
        case open
        case closed

        public init() { self = .enumTypeUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .enumTypeUnknown
            case 1: self = .open
            case 2: self = .closed
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .enumTypeUnknown: return 0
            case .open: return 1
            case .closed: return 2
            }
        }
    }

    public enum RepeatedFieldEncoding: Protobuf.Enumeration {
        case repeatedFieldEncodingUnknown
        case packed
        case expanded

        public init() { self = .repeatedFieldEncodingUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .repeatedFieldEncodingUnknown
            case 1: self = .packed
            case 2: self = .expanded
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .repeatedFieldEncodingUnknown: return 0
            case .packed: return 1
            case .expanded: return 2
            }
        }
    }

    public enum Utf8Validation: Protobuf.Enumeration {
        case utf8ValidationUnknown
        case verify
        case none

        public init() { self = .utf8ValidationUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .utf8ValidationUnknown
            case 2: self = .verify
            case 3: self = .none
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .utf8ValidationUnknown: return 0
            case .verify: return 2
            case .none: return 3
            }
        }
    }

    public enum MessageEncoding: Protobuf.Enumeration {
        case messageEncodingUnknown
        case lengthPrefixed
        /// As groups are.
        case delimited

        public init() { self = .messageEncodingUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .messageEncodingUnknown
            case 1: self = .lengthPrefixed
            case 2: self = .delimited
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .messageEncodingUnknown: return 0
            case .lengthPrefixed: return 1
            case .delimited: return 2
            }
        }
    }

    public enum JsonFormat: Protobuf.Enumeration {
        case jsonFormatUnknown
        case allow
        case legacyBestEffort

        public init() { self = .jsonFormatUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .jsonFormatUnknown
            case 1: self = .allow
            case 2: self = .legacyBestEffort
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .jsonFormatUnknown: return 0
            case .allow: return 1
            case .legacyBestEffort: return 2
            }
        }
    }

    public enum EnforceNamingStyle: Protobuf.Enumeration {
        case enforceNamingStyleUnknown
        case style2024
        case styleLegacy
        case style2026

        public init() { self = .enforceNamingStyleUnknown }

        public init?(rawValue: Swift.Int32) {
            switch rawValue {
            case 0: self = .enforceNamingStyleUnknown
            case 1: self = .style2024
            case 2: self = .styleLegacy
            case 3: self = .style2026
            default: return nil
            }
        }

        public var rawValue: Swift.Int32 {
            switch self {
            case .enforceNamingStyleUnknown: return 0
            case .style2024: return 1
            case .styleLegacy: return 2
            case .style2026: return 3
            }
        }
    }

    public struct VisibilityFeature: Protobuf.Message {
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public enum DefaultSymbolVisibility: Protobuf.Enumeration {
            case defaultSymbolVisibilityUnknown
            case exportAll
            case exportTopLevel
            case localAll
            /// As LOCAL_ALL, and nested types may only be exported from a message that is there to hold them.
            case strict

            public init() { self = .defaultSymbolVisibilityUnknown }

            public init?(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .defaultSymbolVisibilityUnknown
                case 1: self = .exportAll
                case 2: self = .exportTopLevel
                case 3: self = .localAll
                case 4: self = .strict
                default: return nil
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .defaultSymbolVisibilityUnknown: return 0
                case .exportAll: return 1
                case .exportTopLevel: return 2
                case .localAll: return 3
                case .strict: return 4
                }
            }
        }

        public static var fullName: Swift.String { "google.protobuf.FeatureSet.VisibilityFeature" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[27] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.FeatureSet" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[26] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.optional(self.fieldPresence, record, has: 28, at: 24)
        writer.optional(self.enumType, record, has: 36, at: 32)
        writer.optional(self.repeatedFieldEncoding, record, has: 44, at: 40)
        writer.optional(self.utf8Validation, record, has: 52, at: 48)
        writer.optional(self.messageEncoding, record, has: 60, at: 56)
        writer.optional(self.jsonFormat, record, has: 68, at: 64)
        writer.optional(self.enforceNamingStyle, record, has: 76, at: 72)
        writer.optional(self.defaultSymbolVisibility, record, has: 84, at: 80)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.optional(record, has: 28, at: 24, into: &self.fieldPresence)
        reader.optional(record, has: 36, at: 32, into: &self.enumType)
        reader.optional(record, has: 44, at: 40, into: &self.repeatedFieldEncoding)
        reader.optional(record, has: 52, at: 48, into: &self.utf8Validation)
        reader.optional(record, has: 60, at: 56, into: &self.messageEncoding)
        reader.optional(record, has: 68, at: 64, into: &self.jsonFormat)
        reader.optional(record, has: 76, at: 72, into: &self.enforceNamingStyle)
        reader.optional(record, has: 84, at: 80, into: &self.defaultSymbolVisibility)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The features of every edition, worked out.
public struct FeatureSetDefaults: Protobuf.Message {
    public var defaults: [FeatureSetDefaults.FeatureSetEditionDefault] = []
    public var minimumEdition: Edition?
    public var maximumEdition: Edition?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        defaults: [FeatureSetDefaults.FeatureSetEditionDefault] = [],
        minimumEdition: Edition? = nil,
        maximumEdition: Edition? = nil
    ) {
        self.defaults = defaults
        self.minimumEdition = minimumEdition
        self.maximumEdition = maximumEdition
    }

    public struct FeatureSetEditionDefault: Protobuf.Message {
        public var edition: Edition?
        /// Those that a file may change, and those that it may not.
        public var overridableFeatures: FeatureSet?
        public var fixedFeatures: FeatureSet?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            edition: Edition? = nil,
            overridableFeatures: FeatureSet? = nil,
            fixedFeatures: FeatureSet? = nil
        ) {
            self.edition = edition
            self.overridableFeatures = overridableFeatures
            self.fixedFeatures = fixedFeatures
        }

        public static var fullName: Swift.String { "google.protobuf.FeatureSetDefaults.FeatureSetEditionDefault" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[29] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.optional(self.edition, record, has: 44, at: 40)
            writer.message(self.overridableFeatures, record, at: 24)
            writer.message(self.fixedFeatures, record, at: 32)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.optional(record, has: 44, at: 40, into: &self.edition)
            reader.message(record, at: 24, into: &self.overridableFeatures)
            reader.message(record, at: 32, into: &self.fixedFeatures)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.FeatureSetDefaults" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[28] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.defaults, record, count: 24, at: 32)
        writer.optional(self.minimumEdition, record, has: 44, at: 40)
        writer.optional(self.maximumEdition, record, has: 52, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.defaults)
        reader.optional(record, has: 44, at: 40, into: &self.minimumEdition)
        reader.optional(record, has: 52, at: 48, into: &self.maximumEdition)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Where in the text each part of a descriptor stands.
public struct SourceCodeInfo: Protobuf.Message {
    public var location: [SourceCodeInfo.Location] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        location: [SourceCodeInfo.Location] = []
    ) {
        self.location = location
    }

    public struct Location: Protobuf.Message {
        /// Field numbers and positions that lead from the file's descriptor to the part.
        public var path: [Swift.Int32] = []
        /// Line, column, end line, end column, all from 0; without the end line if that is the line.
        public var span: [Swift.Int32] = []
        /// The comments right before it and right after it, without comment marks, line ends kept.
        public var leadingComments: Swift.String?
        public var trailingComments: Swift.String?
        /// The comments before the leading one, with blank lines between.
        public var leadingDetachedComments: [Swift.String] = []
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            path: [Swift.Int32] = [],
            span: [Swift.Int32] = [],
            leadingComments: Swift.String? = nil,
            trailingComments: Swift.String? = nil,
            leadingDetachedComments: [Swift.String] = []
        ) {
            self.path = path
            self.span = span
            self.leadingComments = leadingComments
            self.trailingComments = trailingComments
            self.leadingDetachedComments = leadingDetachedComments
        }

        public static var fullName: Swift.String { "google.protobuf.SourceCodeInfo.Location" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[31] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.repeated(self.path, record, count: 24, at: 32)
            writer.repeated(self.span, record, count: 40, at: 48)
            writer.optional(self.leadingComments, record, has: 104, at: 56)
            writer.optional(self.trailingComments, record, has: 108, at: 72)
            writer.repeated(self.leadingDetachedComments, record, count: 88, at: 96)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.repeated(record, count: 24, at: 32, into: &self.path)
            reader.repeated(record, count: 40, at: 48, into: &self.span)
            reader.optional(record, has: 104, at: 56, into: &self.leadingComments)
            reader.optional(record, has: 108, at: 72, into: &self.trailingComments)
            reader.repeated(record, count: 88, at: 96, into: &self.leadingDetachedComments)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.SourceCodeInfo" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[30] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.location, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.location)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Which part of a generated file comes from which part of a .proto file.
public struct GeneratedCodeInfo: Protobuf.Message {
    public var annotation: [GeneratedCodeInfo.Annotation] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        annotation: [GeneratedCodeInfo.Annotation] = []
    ) {
        self.annotation = annotation
    }

    public struct Annotation: Protobuf.Message {
        public var path: [Swift.Int32] = []
        public var sourceFile: Swift.String?
        /// Bytes of the generated file: from `begin` up to but not including `end`.
        public var begin: Swift.Int32?
        public var end: Swift.Int32?
        public var semantic: GeneratedCodeInfo.Annotation.Semantic?
        public var unknownFields = Protobuf.UnknownFields()

        public init() {}

        public init(
            path: [Swift.Int32] = [],
            sourceFile: Swift.String? = nil,
            begin: Swift.Int32? = nil,
            end: Swift.Int32? = nil,
            semantic: GeneratedCodeInfo.Annotation.Semantic? = nil
        ) {
            self.path = path
            self.sourceFile = sourceFile
            self.begin = begin
            self.end = end
            self.semantic = semantic
        }

        public enum Semantic: Protobuf.Enumeration {
            case none
            case set
            case alias

            public init() { self = .none }

            public init?(rawValue: Swift.Int32) {
                switch rawValue {
                case 0: self = .none
                case 1: self = .set
                case 2: self = .alias
                default: return nil
                }
            }

            public var rawValue: Swift.Int32 {
                switch self {
                case .none: return 0
                case .set: return 1
                case .alias: return 2
                }
            }
        }

        public static var fullName: Swift.String { "google.protobuf.GeneratedCodeInfo.Annotation" }
        public static var layout: Protobuf.MessageLayout { _FileLayout.file[33] }

        public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
            writer.repeated(self.path, record, count: 24, at: 32)
            writer.optional(self.sourceFile, record, has: 56, at: 40)
            writer.optional(self.begin, record, has: 64, at: 60)
            writer.optional(self.end, record, has: 72, at: 68)
            writer.optional(self.semantic, record, has: 80, at: 76)
            writer.unknown(self.unknownFields, record)
        }

        public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
            reader.repeated(record, count: 24, at: 32, into: &self.path)
            reader.optional(record, has: 56, at: 40, into: &self.sourceFile)
            reader.optional(record, has: 64, at: 60, into: &self.begin)
            reader.optional(record, has: 72, at: 68, into: &self.end)
            reader.optional(record, has: 80, at: 76, into: &self.semantic)
            reader.unknown(record, into: &self.unknownFields)
        }
    }

    public static var fullName: Swift.String { "google.protobuf.GeneratedCodeInfo" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[32] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.annotation, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.annotation)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            34, 20,
            14, 0, 1, 2, 900, 998, 999, 1000, 1001, 1002, 9999, 99997, 99998, 99999, 2147483647,  // google.protobuf.Edition
            2, 0, 1,  // google.protobuf.ExtensionRangeOptions.VerificationState
            4, 0, 1, 2, 3,  // google.protobuf.FeatureSet.EnforceNamingStyle
            3, 0, 1, 2,  // google.protobuf.FeatureSet.EnumType
            4, 0, 1, 2, 3,  // google.protobuf.FeatureSet.FieldPresence
            3, 0, 1, 2,  // google.protobuf.FeatureSet.JsonFormat
            3, 0, 1, 2,  // google.protobuf.FeatureSet.MessageEncoding
            3, 0, 1, 2,  // google.protobuf.FeatureSet.RepeatedFieldEncoding
            3, 0, 2, 3,  // google.protobuf.FeatureSet.Utf8Validation
            5, 0, 1, 2, 3, 4,  // google.protobuf.FeatureSet.VisibilityFeature.DefaultSymbolVisibility
            3, 1, 2, 3,  // google.protobuf.FieldDescriptorProto.Label
            18, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,  // google.protobuf.FieldDescriptorProto.Type
            3, 0, 1, 2,  // google.protobuf.FieldOptions.CType
            3, 0, 1, 2,  // google.protobuf.FieldOptions.JSType
            3, 0, 1, 2,  // google.protobuf.FieldOptions.OptionRetention
            10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,  // google.protobuf.FieldOptions.OptionTargetType
            3, 1, 2, 3,  // google.protobuf.FileOptions.OptimizeMode
            3, 0, 1, 2,  // google.protobuf.GeneratedCodeInfo.Annotation.Semantic
            3, 0, 1, 2,  // google.protobuf.MethodOptions.IdempotencyLevel
            3, 0, 1, 2,  // google.protobuf.SymbolVisibility
            40, 1,  // google.protobuf.FileDescriptorSet
            1, 272, 24, 32, 1,  // file
            240, 14,  // google.protobuf.FileDescriptorProto
            1, 14, 216, 24, 0,  // name
            2, 14, 220, 40, 0,  // package
            3, 270, 56, 64, 0,  // dependency
            4, 272, 120, 128, 2,  // message_type
            5, 272, 136, 144, 9,  // enum_type
            6, 272, 152, 160, 12,  // service
            7, 272, 168, 176, 7,  // extension
            8, 16, 0, 184, 14,  // options
            9, 16, 0, 192, 30,  // source_code_info
            10, 256, 72, 80, 0,  // public_dependency
            11, 256, 88, 96, 0,  // weak_dependency
            12, 14, 224, 200, 0,  // syntax
            14, 17, 232, 228, 0,  // edition
            15, 270, 104, 112, 0,  // option_dependency
            192, 11,  // google.protobuf.DescriptorProto
            1, 14, 176, 24, 0,  // name
            2, 272, 40, 48, 7,  // field
            3, 272, 72, 80, 2,  // nested_type
            4, 272, 88, 96, 9,  // enum_type
            5, 272, 104, 112, 3,  // extension_range
            6, 272, 56, 64, 7,  // extension
            7, 16, 0, 136, 15,  // options
            8, 272, 120, 128, 8,  // oneof_decl
            9, 272, 144, 152, 4,  // reserved_range
            10, 270, 160, 168, 0,  // reserved_name
            11, 17, 184, 180, 19,  // visibility
            48, 3,  // google.protobuf.DescriptorProto.ExtensionRange
            1, 0, 36, 32, 0,  // start
            2, 0, 44, 40, 0,  // end
            3, 16, 0, 24, 5,  // options
            40, 2,  // google.protobuf.DescriptorProto.ReservedRange
            1, 0, 28, 24, 0,  // start
            2, 0, 36, 32, 0,  // end
            72, 4,  // google.protobuf.ExtensionRangeOptions
            2, 272, 40, 48, 6,  // declaration
            3, 17, 68, 64, 1,  // verification
            50, 16, 0, 56, 26,  // features
            999, 272, 24, 32, 24,  // uninterpreted_option
            88, 5,  // google.protobuf.ExtensionRangeOptions.Declaration
            1, 0, 60, 56, 0,  // number
            2, 14, 64, 24, 0,  // full_name
            3, 14, 68, 40, 0,  // type
            5, 12, 76, 72, 0,  // reserved
            6, 12, 84, 80, 0,  // repeated
            176, 11,  // google.protobuf.FieldDescriptorProto
            1, 14, 112, 24, 0,  // name
            2, 14, 144, 56, 0,  // extendee
            3, 0, 120, 116, 0,  // number
            4, 17, 128, 124, 10,  // label
            5, 17, 136, 132, 11,  // type
            6, 14, 140, 40, 0,  // type_name
            7, 14, 148, 72, 0,  // default_value
            8, 16, 0, 104, 16,  // options
            9, 0, 156, 152, 0,  // oneof_index
            10, 14, 160, 88, 0,  // json_name
            17, 12, 168, 164, 0,  // proto3_optional
            56, 2,  // google.protobuf.OneofDescriptorProto
            1, 14, 48, 24, 0,  // name
            2, 16, 0, 40, 19,  // options
            112, 6,  // google.protobuf.EnumDescriptorProto
            1, 14, 96, 24, 0,  // name
            2, 272, 40, 48, 11,  // value
            3, 16, 0, 56, 20,  // options
            4, 272, 64, 72, 10,  // reserved_range
            5, 270, 80, 88, 0,  // reserved_name
            6, 17, 104, 100, 19,  // visibility
            40, 2,  // google.protobuf.EnumDescriptorProto.EnumReservedRange
            1, 0, 28, 24, 0,  // start
            2, 0, 36, 32, 0,  // end
            64, 3,  // google.protobuf.EnumValueDescriptorProto
            1, 14, 48, 24, 0,  // name
            2, 0, 56, 52, 0,  // number
            3, 16, 0, 40, 21,  // options
            72, 3,  // google.protobuf.ServiceDescriptorProto
            1, 14, 64, 24, 0,  // name
            2, 272, 40, 48, 13,  // method
            3, 16, 0, 56, 22,  // options
            112, 6,  // google.protobuf.MethodDescriptorProto
            1, 14, 80, 24, 0,  // name
            2, 14, 84, 40, 0,  // input_type
            3, 14, 88, 56, 0,  // output_type
            4, 16, 0, 72, 23,  // options
            5, 12, 96, 92, 0,  // client_streaming
            6, 12, 104, 100, 0,  // server_streaming
            320, 21,  // google.protobuf.FileOptions
            1, 14, 208, 24, 0,  // java_package
            8, 14, 212, 40, 0,  // java_outer_classname
            9, 17, 244, 240, 16,  // optimize_for
            10, 12, 220, 216, 0,  // java_multiple_files
            11, 14, 248, 56, 0,  // go_package
            16, 12, 256, 252, 0,  // cc_generic_services
            17, 12, 264, 260, 0,  // java_generic_services
            18, 12, 272, 268, 0,  // py_generic_services
            20, 12, 228, 224, 0,  // java_generate_equals_and_hash
            23, 12, 280, 276, 0,  // deprecated
            27, 12, 236, 232, 0,  // java_string_check_utf8
            31, 12, 288, 284, 0,  // cc_enable_arenas
            36, 14, 292, 72, 0,  // objc_class_prefix
            37, 14, 296, 88, 0,  // csharp_namespace
            39, 14, 300, 104, 0,  // swift_prefix
            40, 14, 304, 120, 0,  // php_class_prefix
            41, 14, 308, 136, 0,  // php_namespace
            44, 14, 312, 152, 0,  // php_metadata_namespace
            45, 14, 316, 168, 0,  // ruby_package
            50, 16, 0, 184, 26,  // features
            999, 272, 192, 200, 24,  // uninterpreted_option
            88, 7,  // google.protobuf.MessageOptions
            1, 12, 52, 48, 0,  // message_set_wire_format
            2, 12, 60, 56, 0,  // no_standard_descriptor_accessor
            3, 12, 68, 64, 0,  // deprecated
            7, 12, 76, 72, 0,  // map_entry
            11, 12, 84, 80, 0,  // deprecated_legacy_json_field_conflicts
            12, 16, 0, 24, 26,  // features
            999, 272, 32, 40, 24,  // uninterpreted_option
            160, 14,  // google.protobuf.FieldOptions
            1, 17, 92, 88, 12,  // ctype
            2, 12, 100, 96, 0,  // packed
            3, 12, 132, 128, 0,  // deprecated
            5, 12, 116, 112, 0,  // lazy
            6, 17, 108, 104, 13,  // jstype
            10, 12, 140, 136, 0,  // weak
            15, 12, 124, 120, 0,  // unverified_lazy
            16, 12, 148, 144, 0,  // debug_redact
            17, 17, 156, 152, 14,  // retention
            19, 273, 24, 32, 15,  // targets
            20, 272, 40, 48, 17,  // edition_defaults
            21, 16, 0, 56, 26,  // features
            22, 16, 0, 64, 18,  // feature_support
            999, 272, 72, 80, 24,  // uninterpreted_option
            56, 2,  // google.protobuf.FieldOptions.EditionDefault
            2, 14, 48, 24, 0,  // value
            3, 17, 44, 40, 0,  // edition
            88, 5,  // google.protobuf.FieldOptions.FeatureSupport
            1, 17, 60, 56, 0,  // edition_introduced
            2, 17, 68, 64, 0,  // edition_deprecated
            3, 14, 72, 24, 0,  // deprecation_warning
            4, 17, 80, 76, 0,  // edition_removed
            5, 14, 84, 40, 0,  // removal_error
            48, 2,  // google.protobuf.OneofOptions
            1, 16, 0, 24, 26,  // features
            999, 272, 32, 40, 24,  // uninterpreted_option
            72, 5,  // google.protobuf.EnumOptions
            2, 12, 52, 48, 0,  // allow_alias
            3, 12, 60, 56, 0,  // deprecated
            6, 12, 68, 64, 0,  // deprecated_legacy_json_field_conflicts
            7, 16, 0, 24, 26,  // features
            999, 272, 32, 40, 24,  // uninterpreted_option
            72, 5,  // google.protobuf.EnumValueOptions
            1, 12, 60, 56, 0,  // deprecated
            2, 16, 0, 24, 26,  // features
            3, 12, 68, 64, 0,  // debug_redact
            4, 16, 0, 32, 18,  // feature_support
            999, 272, 40, 48, 24,  // uninterpreted_option
            56, 3,  // google.protobuf.ServiceOptions
            33, 12, 52, 48, 0,  // deprecated
            34, 16, 0, 24, 26,  // features
            999, 272, 32, 40, 24,  // uninterpreted_option
            64, 4,  // google.protobuf.MethodOptions
            33, 12, 52, 48, 0,  // deprecated
            34, 17, 60, 56, 18,  // idempotency_level
            35, 16, 0, 24, 26,  // features
            999, 272, 32, 40, 24,  // uninterpreted_option
            136, 7,  // google.protobuf.UninterpretedOption
            2, 272, 24, 32, 25,  // name
            3, 14, 112, 40, 0,  // identifier_value
            4, 8, 116, 56, 0,  // positive_int_value
            5, 3, 120, 64, 0,  // negative_int_value
            6, 11, 124, 72, 0,  // double_value
            7, 15, 128, 80, 0,  // string_value
            8, 14, 132, 96, 0,  // aggregate_value
            56, 2,  // google.protobuf.UninterpretedOption.NamePart
            1, 14, 40, 24, 0,  // name_part
            2, 12, 48, 44, 0,  // is_extension
            88, 8,  // google.protobuf.FeatureSet
            1, 17, 28, 24, 4,  // field_presence
            2, 17, 36, 32, 3,  // enum_type
            3, 17, 44, 40, 7,  // repeated_field_encoding
            4, 17, 52, 48, 8,  // utf8_validation
            5, 17, 60, 56, 6,  // message_encoding
            6, 17, 68, 64, 5,  // json_format
            7, 17, 76, 72, 2,  // enforce_naming_style
            8, 17, 84, 80, 9,  // default_symbol_visibility
            24, 0,  // google.protobuf.FeatureSet.VisibilityFeature
            56, 3,  // google.protobuf.FeatureSetDefaults
            1, 272, 24, 32, 29,  // defaults
            4, 17, 44, 40, 0,  // minimum_edition
            5, 17, 52, 48, 0,  // maximum_edition
            48, 3,  // google.protobuf.FeatureSetDefaults.FeatureSetEditionDefault
            3, 17, 44, 40, 0,  // edition
            4, 16, 0, 24, 26,  // overridable_features
            5, 16, 0, 32, 26,  // fixed_features
            40, 1,  // google.protobuf.SourceCodeInfo
            1, 272, 24, 32, 31,  // location
            112, 5,  // google.protobuf.SourceCodeInfo.Location
            1, 768, 24, 32, 0,  // path
            2, 768, 40, 48, 0,  // span
            3, 14, 104, 56, 0,  // leading_comments
            4, 14, 108, 72, 0,  // trailing_comments
            6, 270, 88, 96, 0,  // leading_detached_comments
            40, 1,  // google.protobuf.GeneratedCodeInfo
            1, 272, 24, 32, 33,  // annotation
            88, 5,  // google.protobuf.GeneratedCodeInfo.Annotation
            1, 768, 24, 32, 0,  // path
            2, 14, 56, 40, 0,  // source_file
            3, 0, 64, 60, 0,  // begin
            4, 0, 72, 68, 0,  // end
            5, 17, 80, 76, 17,  // semantic
        ],
        names: """
            google.protobuf.FileDescriptorSet file
            google.protobuf.FileDescriptorProto name package dependency message_type enum_type service extension options source_code_info public_dependency weak_dependency syntax edition option_dependency
            google.protobuf.DescriptorProto name field nested_type enum_type extension_range extension options oneof_decl reserved_range reserved_name visibility
            google.protobuf.DescriptorProto.ExtensionRange start end options
            google.protobuf.DescriptorProto.ReservedRange start end
            google.protobuf.ExtensionRangeOptions declaration verification features uninterpreted_option
            google.protobuf.ExtensionRangeOptions.Declaration number full_name type reserved repeated
            google.protobuf.FieldDescriptorProto name extendee number label type type_name default_value options oneof_index json_name proto3_optional
            google.protobuf.OneofDescriptorProto name options
            google.protobuf.EnumDescriptorProto name value options reserved_range reserved_name visibility
            google.protobuf.EnumDescriptorProto.EnumReservedRange start end
            google.protobuf.EnumValueDescriptorProto name number options
            google.protobuf.ServiceDescriptorProto name method options
            google.protobuf.MethodDescriptorProto name input_type output_type options client_streaming server_streaming
            google.protobuf.FileOptions java_package java_outer_classname optimize_for java_multiple_files go_package cc_generic_services java_generic_services py_generic_services java_generate_equals_and_hash deprecated java_string_check_utf8 cc_enable_arenas objc_class_prefix csharp_namespace swift_prefix php_class_prefix php_namespace php_metadata_namespace ruby_package features uninterpreted_option
            google.protobuf.MessageOptions message_set_wire_format no_standard_descriptor_accessor deprecated map_entry deprecated_legacy_json_field_conflicts features uninterpreted_option
            google.protobuf.FieldOptions ctype packed deprecated lazy jstype weak unverified_lazy debug_redact retention targets edition_defaults features feature_support uninterpreted_option
            google.protobuf.FieldOptions.EditionDefault value edition
            google.protobuf.FieldOptions.FeatureSupport edition_introduced edition_deprecated deprecation_warning edition_removed removal_error
            google.protobuf.OneofOptions features uninterpreted_option
            google.protobuf.EnumOptions allow_alias deprecated deprecated_legacy_json_field_conflicts features uninterpreted_option
            google.protobuf.EnumValueOptions deprecated features debug_redact feature_support uninterpreted_option
            google.protobuf.ServiceOptions deprecated features uninterpreted_option
            google.protobuf.MethodOptions deprecated idempotency_level features uninterpreted_option
            google.protobuf.UninterpretedOption name identifier_value positive_int_value negative_int_value double_value string_value aggregate_value
            google.protobuf.UninterpretedOption.NamePart name_part is_extension
            google.protobuf.FeatureSet field_presence enum_type repeated_field_encoding utf8_validation message_encoding json_format enforce_naming_style default_symbol_visibility
            google.protobuf.FeatureSet.VisibilityFeature
            google.protobuf.FeatureSetDefaults defaults minimum_edition maximum_edition
            google.protobuf.FeatureSetDefaults.FeatureSetEditionDefault edition overridable_features fixed_features
            google.protobuf.SourceCodeInfo location
            google.protobuf.SourceCodeInfo.Location path span leading_comments trailing_comments leading_detached_comments
            google.protobuf.GeneratedCodeInfo annotation
            google.protobuf.GeneratedCodeInfo.Annotation path source_file begin end semantic
            """)
}
