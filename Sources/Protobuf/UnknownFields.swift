/// The fields of a decoded message that its type does not know. They are kept in order and written again when the
/// message is encoded, after the known ones, so that an old program passes on what a new one sent.
public struct UnknownFields: Hashable, Sendable {
    @usableFromInline var fields: [UnknownField]

    /// No fields.
    @inlinable public init() {
        fields = []
    }

    @inlinable init(_ fields: [UnknownField]) {
        self.fields = fields
    }

    @inlinable public var isEmpty: Bool { fields.isEmpty }
}

extension UnknownFields: RandomAccessCollection {
    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { fields.count }
    @inlinable public subscript(position: Int) -> UnknownField { fields[position] }
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
