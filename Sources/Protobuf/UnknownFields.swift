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

    /// These fields, in this order.
    public init(_ fields: [UnknownField]) {
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

// MARK: Making them

extension UnknownField {
    /// A field of wire type 0.
    ///
    /// - Precondition: Here and below, `number` is from 1 to 2^29 - 1.
    public init(number: Int, varint value: UInt64) {
        self.init(checked: number, wireType: 0, payload: Bytes(Self.varint(value)))
    }

    /// A field of wire type 1: eight bytes, the lowest first.
    public init(number: Int, fixed64 value: UInt64) {
        self.init(checked: number, wireType: 1, payload: Bytes(withUnsafeBytes(of: value.littleEndian, Array.init)))
    }

    /// A field of wire type 5: four bytes, the lowest first.
    public init(number: Int, fixed32 value: UInt32) {
        self.init(checked: number, wireType: 5, payload: Bytes(withUnsafeBytes(of: value.littleEndian, Array.init)))
    }

    /// A field of wire type 2: a string, bytes, a message, or packed numbers.
    public init(number: Int, bytes: [UInt8]) {
        self.init(checked: number, wireType: 2, payload: Bytes(Self.varint(UInt64(bytes.count)) + bytes))
    }

    /// A field of wire type 3: a group of these fields.
    public init(number: Int, group fields: UnknownFields) {
        let end = Self.varint(UInt64(number) << 3 | 4)
        self.init(checked: number, wireType: 3, payload: Bytes(fields.encoded() + end))
    }

    private init(checked number: Int, wireType: Int, payload: Bytes) {
        precondition(number > 0 && number < 1 << 29, "no field can have this number")
        self.init(number: number, wireType: wireType, payload: payload)
    }

    /// A number in groups of seven bits, the lowest first.
    public static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}

extension UnknownFields {
    /// The fields as they stand on the wire.
    public func encoded() -> [UInt8] {
        flatMap { UnknownField.varint(UInt64($0.number) << 3 | UInt64($0.wireType)) + Array($0.payload) }
    }
}
