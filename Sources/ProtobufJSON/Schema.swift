/// The message and enum types of some files, as far as JSON is concerned. Types refer to each other by position.
struct Schema: Sendable {
    var messages: [MessageType] = []
    var enums: [EnumType] = []
    /// The positions of the messages by full name.
    var messageIndex: [String: Int] = [:]
}

/// A message type.
struct MessageType: Sendable {
    let name: String
    /// How JSON shows it.
    var form = MessageForm.fields
    /// The fields, and all extensions that are known, in the order of their numbers.
    var fields: [Field] = []
    /// The positions of the fields.
    var fieldByNumber: [Int: Int] = [:]
    /// The positions of the fields by each name that JSON may give them. By bytes: Swift takes the sign of the kelvin
    /// for a K.
    var fieldByName: [[UInt8]: Int] = [:]
    var oneofs: [String] = []
    /// Whether it is a MessageSet: an old wire format, in which each extension is an item with a number and a message.
    var isMessageSet = false
}

/// How a message looks in JSON. What is not `fields` is a well-known type.
enum MessageForm: Sendable {
    /// An object with a member for each field.
    case fields
    /// As the first of its fields would look: the wrappers, `Struct` and `ListValue`.
    case firstField
    case any, timestamp, duration, fieldMask, value
}

/// A field or an extension.
struct Field: Sendable {
    /// The name in the `.proto` file; of an extension, its full name in brackets.
    let name: String
    let jsonName: String
    let number: Int
    var kind: FieldKind
    var cardinality: Cardinality
    /// Whether zero is a value like any other, and not the same as nothing.
    var hasPresence: Bool
    var isRequired: Bool
    var isPacked: Bool
    /// Whether it is a message between two tags instead of after a length.
    var isDelimited: Bool
    /// The position of its oneof.
    var oneof: Int?

    enum Cardinality: Sendable {
        case singular, repeated, map
    }
}

/// What values of a field are.
enum FieldKind: Sendable {
    case double, float, int32, int64, uint32, uint64, sint32, sint64, fixed32, fixed64, sfixed32, sfixed64, bool
    case string, bytes
    case enumeration(Int)
    case message(Int)

    /// The wire type of one value, unless it is a delimited message.
    var wireType: UInt64 {
        switch self {
        case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enumeration: return 0
        case .double, .fixed64, .sfixed64: return 1
        case .string, .bytes, .message: return 2
        case .float, .fixed32, .sfixed32: return 5
        }
    }

    /// Zero, false, or what is empty.
    var defaultValue: WireValue {
        switch wireType {
        case 0: return .varint(0)
        case 1: return .fixed64(0)
        case 5: return .fixed32(0)
        default: return .delimited([])
        }
    }

    /// What errors call it.
    func description(in schema: Schema) -> String {
        switch self {
        case .enumeration(let position): return schema.enums[position].name
        case .message(let position): return schema.messages[position].name
        default: return "\(self)"
        }
    }
}

/// An enum type.
struct EnumType: Sendable {
    let name: String
    /// Whether it has the values of its file only: others are unknown fields.
    var isClosed: Bool
    /// Each number's first name.
    var names: [Int32: String] = [:]
    /// The numbers by name, byte for byte.
    var numbers: [[UInt8]: Int32] = [:]

    /// Whether its only value is JSON's null.
    var isNull: Bool { name == "google.protobuf.NullValue" }
}
