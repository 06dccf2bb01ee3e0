import Protobuf

/// A message whose fields options have set: what they come to, whatever the type.
final class MessageValue {
    /// A value of a field, as far as its type matters on the wire.
    enum Content {
        case varint(UInt64)
        case fixed32(UInt32)
        case fixed64(UInt64)
        case bytes([UInt8])
        case message(MessageValue)
    }

    struct Entry {
        var field: FieldNode
        /// Several if the field is repeated.
        var contents: [Content]
    }

    let type: MessageNode
    private(set) var entries: [Int: Entry] = [:]

    init(type: MessageNode) {
        self.type = type
    }

    var isEmpty: Bool { entries.isEmpty }

    func add(_ content: Content, to field: FieldNode) {
        entries[field.number, default: Entry(field: field, contents: [])].contents.append(content)
    }

    func remove(_ field: FieldNode) {
        entries[field.number] = nil
    }

    /// The message that the singular `field` holds; an empty one from now on if it held none.
    func message(of field: FieldNode) -> MessageValue? {
        if case .message(let value)? = entries[field.number]?.contents.first { return value }
        guard case .message(let type) = field.type else { return nil }
        let value = MessageValue(type: type)
        add(.message(value), to: field)
        return value
    }

    /// The entries in the order of their numbers, in which they are written.
    var ordered: [Entry] { entries.sorted { $0.key < $1.key }.map(\.value) }

    /// The fields as they stand on the wire.
    var fields: UnknownFields {
        UnknownFields(type.isMessageSet ? ordered.flatMap(\.messageSetItems) : ordered.flatMap(\.fields))
    }
}

extension MessageValue.Entry {
    fileprivate var fields: [UnknownField] {
        if field.isRepeated, field.isPacked {
            return [UnknownField(number: field.number, bytes: contents.flatMap(\.packed))]
        }
        return contents.compactMap { content in
            if !field.isRepeated, !field.hasPresence, content.isZero { return nil }
            return content.unknownField(numbered: field.number, isDelimited: field.isDelimited)
        }
    }
}

extension MessageValue.Entry {
    /// In a message set an extension is an item: a group of its number and its message.
    fileprivate var messageSetItems: [UnknownField] {
        contents.compactMap { content in
            guard case .message(let value) = content else { return nil }
            let item = UnknownFields([
                UnknownField(number: 2, varint: UInt64(field.number)),
                UnknownField(number: 3, bytes: value.fields.encoded()),
            ])
            return UnknownField(number: 1, group: item)
        }
    }
}

extension MessageValue.Content {
    fileprivate var isZero: Bool {
        switch self {
        case .varint(let bits), .fixed64(let bits): bits == 0
        case .fixed32(let bits): bits == 0
        case .bytes(let bytes): bytes.isEmpty
        case .message: false
        }
    }

    fileprivate var packed: [UInt8] {
        switch self {
        case .varint(let bits): UnknownField.varint(bits)
        case .fixed32(let bits): withUnsafeBytes(of: bits.littleEndian, Array.init)
        case .fixed64(let bits): withUnsafeBytes(of: bits.littleEndian, Array.init)
        case .bytes, .message: []
        }
    }

    fileprivate func unknownField(numbered number: Int, isDelimited: Bool) -> UnknownField {
        switch self {
        case .varint(let bits): UnknownField(number: number, varint: bits)
        case .fixed32(let bits): UnknownField(number: number, fixed32: bits)
        case .fixed64(let bits): UnknownField(number: number, fixed64: bits)
        case .bytes(let bytes): UnknownField(number: number, bytes: bytes)
        case .message(let value) where isDelimited: UnknownField(number: number, group: value.fields)
        case .message(let value): UnknownField(number: number, bytes: value.fields.encoded())
        }
    }
}
