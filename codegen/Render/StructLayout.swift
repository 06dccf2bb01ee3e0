/// Where the parts of a message lie in its C struct, as libprotobuf-c reads and writes it.
///
/// The struct begins with a `ProtobufCMessage` of 24 bytes. What is aligned to 8 comes first, then the flags and what
/// else is aligned to 4, so that there is no gap but one at the end.
struct StructLayout {
    /// A field's places, in bytes from the beginning of the struct.
    struct Place {
        /// Of the has flag, the count or the oneof's case; 0 for a singular message, whose presence is its pointer.
        var quantifier: Int
        var value: Int
    }

    /// By position in the message's fields.
    private(set) var places: [Place]
    private(set) var size: Int

    private static let headBytes = 24

    init(_ message: MessageModel) {
        var wide = Self.headBytes
        places = Array(repeating: Place(quantifier: 0, value: 0), count: message.fields.count)
        var oneofWidths = Array(repeating: 8, count: message.oneofs.count)
        for field in message.fields where Self.width(of: field) == 16 {
            if let oneof = field.oneofIndex { oneofWidths[oneof] = 16 }
        }
        var oneofValues: [Int] = []
        for width in oneofWidths {
            oneofValues.append(wide)
            wide += width
        }
        for (index, field) in message.fields.enumerated() {
            if let oneof = field.oneofIndex {
                places[index].value = oneofValues[oneof]
            } else if field.label == .repeated {
                places[index] = Place(quantifier: wide, value: wide + 8)
                wide += 16
            } else if Self.width(of: field) >= 8 {
                places[index].value = wide
                wide += Self.width(of: field)
            }
        }
        var narrow = wide
        let cases = message.oneofs.indices.map { narrow + 4 * $0 }
        narrow += 4 * cases.count
        for (index, field) in message.fields.enumerated() where field.label != .repeated {
            if let oneof = field.oneofIndex {
                places[index].quantifier = cases[oneof]
                continue
            }
            if Self.width(of: field) == 4 {
                places[index].value = narrow
                narrow += 4
            }
            if !field.type.isMessage {
                places[index].quantifier = narrow
                narrow += 4
            }
        }
        size = (narrow + 7) & ~7
    }

    /// The size of one value in the struct.
    private static func width(of field: FieldModel) -> Int {
        switch field.type {
        case .string, .bytes: return 16
        case .double, .int64, .uint64, .sint64, .fixed64, .sfixed64, .message, .group: return 8
        case .float, .int32, .uint32, .sint32, .fixed32, .sfixed32, .bool, .enumeration: return 4
        }
    }
}

extension FieldType {
    var isMessage: Bool {
        switch self {
        case .message, .group: true
        default: false
        }
    }

    /// Whether it is a message that lies between tags on the wire.
    var isDelimited: Bool {
        if case .group = self { true } else { false }
    }

    /// The full name of the message that it is; nil if it is none.
    var messageName: String? {
        switch self {
        case .message(let name), .group(let name): name
        default: nil
        }
    }

    /// The number that the C shim knows the type by.
    func kind(isClosedEnum: Bool) -> Int {
        switch self {
        case .int32: return 0
        case .sint32: return 1
        case .sfixed32: return 2
        case .int64: return 3
        case .sint64: return 4
        case .sfixed64: return 5
        case .uint32: return 6
        case .fixed32: return 7
        case .uint64: return 8
        case .fixed64: return 9
        case .float: return 10
        case .double: return 11
        case .bool: return 12
        case .enumeration: return isClosedEnum ? 17 : 13
        case .string: return 14
        case .bytes: return 15
        case .message, .group: return 16
        }
    }
}
