/// The fields of a decoded message that its type does not know. They are kept in order and written again when the
/// message is encoded, after the known ones, so that an old program passes on what a new one sent.
public struct UnknownFields: Hashable, Sendable {
    // Nearly every message has none: then there is nothing to retain.
    @usableFromInline var storage: Storage?

    @usableFromInline
    final class Storage: Sendable {
        let fields: [UnknownField]

        init(_ fields: [UnknownField]) {
            self.fields = fields
        }
    }

    /// No fields.
    @inlinable public init() {
        storage = nil
    }

    init(_ fields: [UnknownField]) {
        storage = fields.isEmpty ? nil : Storage(fields)
    }

    @inlinable public var isEmpty: Bool { storage == nil }

    @inlinable public static func == (left: UnknownFields, right: UnknownFields) -> Bool {
        left.storage === right.storage || left.isEqual(to: right)
    }

    @usableFromInline func isEqual(to other: UnknownFields) -> Bool {
        storage?.fields == other.storage?.fields
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(storage?.fields)
    }
}

extension UnknownFields: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { storage?.fields.count ?? 0 }

    public subscript(position: Int) -> UnknownField {
        guard let storage else { preconditionFailure("index outside of the unknown fields") }
        return storage.fields[position]
    }
}

/// A field that a message's type does not know.
public struct UnknownField: Hashable, Sendable {
    /// The field's number.
    public let number: Int
    /// Its wire type: 0 varint, 1 eight bytes, 2 length-delimited, 3 group, 5 four bytes.
    public let wireType: Int
    /// What follows its tag on the wire: with the length, for wire type 2; with the end tag, for a group.
    public let payload: Bytes

    // Not public: bytes that do not fit the wire type would make a message that nobody can read.
    @usableFromInline init(number: Int, wireType: Int, payload: Bytes) {
        self.number = number
        self.wireType = wireType
        self.payload = payload
    }
}
