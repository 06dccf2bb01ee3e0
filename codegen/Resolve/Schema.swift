import Descriptors

/// A resolved schema: what the renderers read. Every reference is a full name (without a leading dot) that is present
/// in ``Schema/messages`` or ``Schema/enums``, every number and name has been checked, and every option was applied.
public struct Schema: Sendable {
    /// The files in dependency order: a file comes after everything that it imports.
    public var files: [FileModel]

    public init(files: [FileModel]) {
        self.files = files
    }
}

/// One `.proto` file.
public struct FileModel: Sendable {
    /// The path by which other files import it, for example `roost/v1/store.proto`.
    public var path: String
    public var package: String
    public var syntax: Syntax
    /// The paths of the imported files, in source order.
    public var dependencies: [String]
    public var messages: [MessageModel]
    public var enums: [EnumModel]
    public var services: [ServiceModel]
    /// The fields that its `extend` declarations add to messages, those inside of messages included, in source order.
    public var extensions: [ExtensionModel] = []
    /// Whether this file was named on the command line (and so is rendered) or only imported.
    public var isRequested: Bool
    /// The file as descriptors tell it, without its source info.
    public var descriptor = FileDescriptorProto()
    /// Where the parts of the descriptor stand in the text, and the comments around them.
    public var sourceInfo = SourceCodeInfo()

    public enum Syntax: Sendable, Equatable { case proto2, proto3 }

    public init(
        path: String, package: String, syntax: Syntax, dependencies: [String], messages: [MessageModel],
        enums: [EnumModel], services: [ServiceModel], isRequested: Bool
    ) {
        self.path = path
        self.package = package
        self.syntax = syntax
        self.dependencies = dependencies
        self.messages = messages
        self.enums = enums
        self.services = services
        self.isRequested = isRequested
    }
}

/// A message type with its nested types.
public struct MessageModel: Sendable {
    public var name: String
    /// `package.Outer.Inner`.
    public var fullName: String
    /// In source order.
    public var fields: [FieldModel]
    /// The declared oneofs, in source order. A proto3 `optional` field has no oneof here.
    public var oneofs: [OneofModel]
    public var messages: [MessageModel]
    public var enums: [EnumModel]
    /// True for the entry type that a `map<K, V>` field stands for.
    public var isMapEntry: Bool
    public var isDeprecated: Bool
    /// The comment before the declaration, one element a line, without comment marks.
    public var comment: [String]

    public init(
        name: String, fullName: String, fields: [FieldModel], oneofs: [OneofModel], messages: [MessageModel],
        enums: [EnumModel], isMapEntry: Bool = false, isDeprecated: Bool = false, comment: [String] = []
    ) {
        self.name = name
        self.fullName = fullName
        self.fields = fields
        self.oneofs = oneofs
        self.messages = messages
        self.enums = enums
        self.isMapEntry = isMapEntry
        self.isDeprecated = isDeprecated
        self.comment = comment
    }
}

/// A `oneof`.
public struct OneofModel: Sendable {
    public var name: String
    public var comment: [String]

    public init(name: String, comment: [String] = []) {
        self.name = name
        self.comment = comment
    }
}

/// A field of a message.
public struct FieldModel: Sendable {
    public var name: String
    public var jsonName: String
    public var number: Int
    public var label: Label
    public var type: FieldType
    /// Whether "unset" can be told from the default value. True for messages, oneof members, `optional`, and proto2
    /// singular fields; false for proto3 singular scalars and for repeated fields.
    public var hasPresence: Bool
    /// The position in ``MessageModel/oneofs`` of the oneof it belongs to.
    public var oneofIndex: Int?
    /// Whether a repeated scalar is written packed.
    public var isPacked: Bool
    /// The proto2 default as written (strings unescaped to bytes; an enum's value name; `inf`, `-inf`, `nan`).
    public var defaultValue: DefaultValue?
    public var isDeprecated: Bool
    public var comment: [String]

    public enum Label: Sendable, Equatable { case singular, required, repeated }
    public enum DefaultValue: Sendable, Equatable {
        case text(String)
        case bytes([UInt8])
    }

    public init(
        name: String, jsonName: String, number: Int, label: Label, type: FieldType, hasPresence: Bool,
        oneofIndex: Int? = nil, isPacked: Bool = false, defaultValue: DefaultValue? = nil, isDeprecated: Bool = false,
        comment: [String] = []
    ) {
        self.name = name
        self.jsonName = jsonName
        self.number = number
        self.label = label
        self.type = type
        self.hasPresence = hasPresence
        self.oneofIndex = oneofIndex
        self.isPacked = isPacked
        self.defaultValue = defaultValue
        self.isDeprecated = isDeprecated
        self.comment = comment
    }
}

/// A field that an `extend` declaration adds to a message.
public struct ExtensionModel: Sendable {
    /// `package.Outer.name`, where `Outer` is a message that the declaration is in.
    public var fullName: String
    /// The full name of the message that it extends.
    public var extendee: String
    /// Whether that one is a message set, which holds its extensions as items.
    public var isInMessageSet: Bool
    public var field: FieldModel
}

/// A field's type. Named types carry their full name.
public enum FieldType: Sendable, Equatable {
    case double, float
    case int32, int64, uint32, uint64, sint32, sint64
    case fixed32, fixed64, sfixed32, sfixed64
    case bool, string, bytes
    case message(String)
    case group(String)
    case enumeration(String)
}

/// An enum type.
public struct EnumModel: Sendable {
    public var name: String
    public var fullName: String
    /// In source order; with aliases a number may occur more than once.
    public var values: [ValueModel]
    /// proto2 enums are closed: an unknown number is kept as an unknown field.
    public var isClosed: Bool
    public var isDeprecated: Bool
    public var comment: [String]

    public struct ValueModel: Sendable {
        public var name: String
        public var number: Int32
        public var isDeprecated: Bool
        public var comment: [String]

        public init(name: String, number: Int32, isDeprecated: Bool = false, comment: [String] = []) {
            self.name = name
            self.number = number
            self.isDeprecated = isDeprecated
            self.comment = comment
        }
    }

    public init(
        name: String, fullName: String, values: [ValueModel], isClosed: Bool, isDeprecated: Bool = false,
        comment: [String] = []
    ) {
        self.name = name
        self.fullName = fullName
        self.values = values
        self.isClosed = isClosed
        self.isDeprecated = isDeprecated
        self.comment = comment
    }
}

/// A service and its methods.
public struct ServiceModel: Sendable {
    public var name: String
    public var fullName: String
    public var methods: [MethodModel]
    public var isDeprecated: Bool
    public var comment: [String]

    public struct MethodModel: Sendable {
        public var name: String
        /// The full names of the request and response messages.
        public var inputType: String
        public var outputType: String
        public var isClientStreaming: Bool
        public var isServerStreaming: Bool
        public var isDeprecated: Bool
        public var comment: [String]

        public init(
            name: String, inputType: String, outputType: String, isClientStreaming: Bool, isServerStreaming: Bool,
            isDeprecated: Bool = false, comment: [String] = []
        ) {
            self.name = name
            self.inputType = inputType
            self.outputType = outputType
            self.isClientStreaming = isClientStreaming
            self.isServerStreaming = isServerStreaming
            self.isDeprecated = isDeprecated
            self.comment = comment
        }
    }

    public init(
        name: String, fullName: String, methods: [MethodModel], isDeprecated: Bool = false, comment: [String] = []
    ) {
        self.name = name
        self.fullName = fullName
        self.methods = methods
        self.isDeprecated = isDeprecated
        self.comment = comment
    }
}
