import CProtobuf

/// Fills the C structs of one message from Swift values, for generated code.
///
/// Beside the structs it keeps ``bound``, a sum that is never less than the packed length: whoever stores a value adds
/// the most that libprotobuf-c can write for it. A tag takes at most 5 bytes, a length at most 5, a varint at most 10.
/// The sum is not checked for overflow: what it counts lies in memory.
public struct MessageWriter {
    @usableFromInline let arena: UnsafeMutablePointer<cpb_arena>
    @usableFromInline var bound = 0
    @usableFromInline var depth = 0
    @usableFromInline var failure: Failure?

    /// How deep messages may lie within each other: what receivers accept at most by default.
    @usableFromInline static let depthMax = 100
    /// A message of at most this many bytes is packed into the arena and copied from there, so that its memory has
    /// exactly its length; the bound of a longer one is near enough.
    @usableFromInline static let packedTwiceMax = 4096

    @inlinable init(arena: UnsafeMutablePointer<cpb_arena>) {
        self.arena = arena
    }

    @inlinable func allocate(_ count: Int) -> UnsafeMutableRawPointer {
        // Swift itself ends the process when memory runs out; an encode has no budget of its own.
        cpb_alloc(arena, count)!
    }

    /// A struct of the given type, of which only the head is filled.
    @inlinable func make(_ layout: MessageLayout) -> UnsafeMutableRawPointer {
        let record = allocate(layout.size)
        Self.fillHead(record, layout)
        return record
    }

    @inlinable static func fillHead(_ record: UnsafeMutableRawPointer, _ layout: MessageLayout) {
        record.storeBytes(
            of: ProtobufCMessage(
                descriptor: UnsafePointer<ProtobufCMessageDescriptor>(OpaquePointer(layout.type)), n_unknown_fields: 0,
                unknown_fields: nil),
            as: ProtobufCMessage.self)
    }

    @inlinable static func pack(_ packer: MessagePacker, in arena: UnsafeMutablePointer<cpb_arena>)
        -> UnsafeRawBufferPointer
    {
        let room = cpb_alloc(arena, packer.sizeBound)!
        return UnsafeRawBufferPointer(start: room, count: packer.pack(into: room))
    }

    /// The encoding fails because a required field is not set.
    public mutating func missing(_ field: String, of message: String) {
        failure = Failure(.missingRequired, message: message, field: field)
    }

    @usableFromInline mutating func tooDeep(_ message: String) {
        failure = Failure(.tooDeep(limit: Self.depthMax), message: message)
    }
}

// MARK: Fields

extension MessageWriter {
    /// A field without presence: it is written unless it has its default value, bit for bit (so -0.0 is written).
    @inlinable
    public mutating func implicit<Value: FieldValue>(
        _ value: Value, _ record: UnsafeMutableRawPointer, has: Int, at offset: Int
    ) {
        let isSet = !value.isDefault
        record.storeBytes(of: isSet ? 1 : 0, toByteOffset: has, as: Int32.self)
        if isSet { value.store(to: record + offset, &self) }
    }

    /// A field with presence.
    @inlinable
    public mutating func optional<Value: FieldValue>(
        _ value: Value?, _ record: UnsafeMutableRawPointer, has: Int, at offset: Int
    ) {
        if let value {
            record.storeBytes(of: 1, toByteOffset: has, as: Int32.self)
            value.store(to: record + offset, &self)
        } else {
            record.storeBytes(of: 0, toByteOffset: has, as: Int32.self)
        }
    }

    /// A singular message, whose presence is its pointer.
    @inlinable
    public mutating func message<Value: Message>(_ value: Value?, _ record: UnsafeMutableRawPointer, at offset: Int) {
        if let value {
            value.store(to: record + offset, &self)
        } else {
            record.storeBytes(of: 0, toByteOffset: offset, as: UInt.self)
        }
    }

    /// Which member of a oneof is set: its number, or 0 for none.
    @inlinable
    public mutating func choose(_ number: UInt32, _ record: UnsafeMutableRawPointer, case offset: Int) {
        record.storeBytes(of: number, toByteOffset: offset, as: UInt32.self)
    }

    /// The member of a oneof that is set.
    @inlinable
    public mutating func store<Value: FieldValue>(
        _ value: Value, _ record: UnsafeMutableRawPointer, at offset: Int
    ) {
        value.store(to: record + offset, &self)
    }

    /// A repeated field.
    @inlinable
    public mutating func repeated<Value: FieldValue>(
        _ values: [Value], _ record: UnsafeMutableRawPointer, count: Int, at offset: Int
    ) {
        record.storeBytes(of: values.count, toByteOffset: count, as: Int.self)
        if values.isEmpty { return }
        // The tag and the length of a packed field; each element adds a tag of its own even if it has none.
        bound &+= 10
        let slot = allocate(values.count * Value.storedSize)
        record.storeBytes(of: slot, toByteOffset: offset, as: UnsafeMutableRawPointer.self)
        values.withUnsafeBufferPointer { Value.store($0, to: slot, &self) }
    }

    /// A map: its entries in the order of their keys, so that equal messages have equal bytes.
    @inlinable
    public mutating func map<Key: MapKey, Value: FieldValue>(
        _ values: [Key: Value], _ record: UnsafeMutableRawPointer, count: Int, at offset: Int, entry: MapEntry
    ) {
        record.storeBytes(of: values.count, toByteOffset: count, as: Int.self)
        if values.isEmpty { return }
        let size = MemoryLayout<UnsafeMutableRawPointer>.stride
        var slot = allocate(values.count * size)
        record.storeBytes(of: slot, toByteOffset: offset, as: UnsafeMutableRawPointer.self)
        for (key, value) in values.sorted(by: { Key.precedes($0.key, $1.key) }) {
            let pair = make(entry.layout)
            pair.storeBytes(of: 1, toByteOffset: entry.hasKey, as: Int32.self)
            // 0 is no place for a flag: the presence of a message is its pointer.
            if entry.hasValue != 0 { pair.storeBytes(of: 1, toByteOffset: entry.hasValue, as: Int32.self) }
            bound &+= 10
            let boundBefore = bound
            key.store(to: pair + entry.key, &self)
            value.store(to: pair + entry.value, &self)
            cpb_note_bound(pair, UInt32(truncatingIfNeeded: bound &- boundBefore))
            slot.storeBytes(of: pair, as: UnsafeMutableRawPointer.self)
            slot += size
        }
    }

    /// The fields that were decoded and are not known.
    @inlinable
    public mutating func unknown(_ fields: UnknownFields, _ record: UnsafeMutableRawPointer) {
        if !fields.isEmpty { storeUnknown(fields, record) }
    }

    @usableFromInline
    mutating func storeUnknown(
        _ fields: UnknownFields, _ record: UnsafeMutableRawPointer, after first: [ProtobufCMessageUnknownField] = []
    ) {
        let stride = MemoryLayout<ProtobufCMessageUnknownField>.stride
        let count = first.count + fields.count
        let array = allocate(count * stride).bindMemory(to: ProtobufCMessageUnknownField.self, capacity: count)
        for (index, field) in first.enumerated() { array[index] = field }
        for (position, field) in fields.enumerated() {
            let index = first.count + position
            // The bytes stay where they are: the message that is being encoded keeps them alive.
            field.payload.withUnsafeBytes { payload in
                let base = payload.baseAddress ?? UnsafeRawPointer(array)
                array[index].tag = UInt32(field.number)
                array[index].wire_type = ProtobufCWireType(rawValue: UInt32(field.wireType))
                array[index].len = payload.count
                array[index].data = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
            }
            bound &+= 5 + field.payload.count
        }
        let head = record.assumingMemoryBound(to: ProtobufCMessage.self)
        head.pointee.n_unknown_fields = UInt32(count)
        head.pointee.unknown_fields = array
    }
}

// MARK: Delimited messages

/// The delimited messages (groups) of one message, packed, for generated code.
///
/// libprotobuf-c cannot write them, so they are handed to it as fields that it does not know.
public struct DelimitedMessages {
    fileprivate var fields: [ProtobufCMessageUnknownField] = []

    public init() {}
}

extension MessageWriter {
    /// A singular delimited message. In the C struct it is not set.
    public mutating func delimited<Value: Message>(
        _ value: Value?, _ number: UInt32, _ messages: inout DelimitedMessages, _ record: UnsafeMutableRawPointer,
        at offset: Int
    ) {
        record.storeBytes(of: 0, toByteOffset: offset, as: UInt.self)
        if let value { delimited(value, number, &messages) }
    }

    /// A repeated delimited message.
    public mutating func delimited<Value: Message>(
        _ values: [Value], _ number: UInt32, _ messages: inout DelimitedMessages, _ record: UnsafeMutableRawPointer,
        count: Int
    ) {
        record.storeBytes(of: 0, toByteOffset: count, as: Int.self)
        for value in values { delimited(value, number, &messages) }
    }

    /// The delimited message that is set in a oneof, of which nothing is set in the C struct.
    public mutating func delimited<Value: Message>(
        _ value: Value, _ number: UInt32, _ messages: inout DelimitedMessages
    ) {
        if depth == Self.depthMax { return tooDeep(Value.fullName) }
        depth += 1
        let outerBound = bound
        bound = 0
        let inner = make(Value.layout)
        value.write(to: inner, &self)
        depth -= 1
        // What failed lacks parts that packing would look for.
        if failure != nil { return }
        guard bound <= Int(Int32.max) else {
            failure = Failure(.tooLarge(limit: .format), message: Value.fullName)
            return
        }
        let end = UnknownField.varint(UInt64(number) << 3 | 4)
        let room = allocate(bound + end.count)
        let length = MessagePacker(record: inner, sizeBound: bound).pack(into: room)
        for (index, byte) in end.enumerated() {
            room.storeBytes(of: byte, toByteOffset: length + index, as: UInt8.self)
        }
        bound = outerBound + 5 + length + end.count
        messages.fields.append(
            ProtobufCMessageUnknownField(
                tag: number, wire_type: ProtobufCWireType(rawValue: 3), len: length + end.count,
                data: room.assumingMemoryBound(to: UInt8.self)))
    }

    /// The delimited messages, and the fields that were decoded and are not known.
    public mutating func unknown(
        _ fields: UnknownFields, _ messages: DelimitedMessages, _ record: UnsafeMutableRawPointer
    ) {
        guard !messages.fields.isEmpty else { return unknown(fields, record) }
        storeUnknown(fields, record, after: messages.fields)
    }
}

/// Where the parts of a map's entry lie in its C struct, for generated code.
public struct MapEntry {
    public let layout: MessageLayout
    public let hasKey: Int
    public let key: Int
    /// 0 if the value is a message.
    public let hasValue: Int
    public let value: Int

    @inlinable public init(_ layout: MessageLayout, hasKey: Int, key: Int, hasValue: Int, value: Int) {
        self.layout = layout
        self.hasKey = hasKey
        self.key = key
        self.hasValue = hasValue
        self.value = value
    }
}
