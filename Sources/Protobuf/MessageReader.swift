import CProtobuf

/// Takes Swift values out of the C structs of one decoded message, for generated code.
///
/// Long `bytes` values share the memory that the message was unpacked into, where the message is mostly such values.
/// Short ones are copied, several into one run of at most 16 KiB, so that a short value never keeps more alive.
public struct MessageReader {
    @usableFromInline let owner: ArenaOwner?
    @usableFromInline var run: ByteRun.Block?
    @usableFromInline var runAt: UnsafeMutablePointer<UInt8>?
    @usableFromInline var runRoom = 0
    /// How many short bytes are still to come, at most.
    @usableFromInline var expected: Int
    @usableFromInline var failure: Failure?

    @usableFromInline static let runBytesMax = 16 << 10

    @inlinable init(_ decoding: cpb_decoding) {
        owner = decoding.owner.map { ArenaOwner($0) }
        expected = decoding.small_bytes
    }

    /// The decoding fails because a required field is not set.
    public mutating func missing(_ field: String, of message: String) {
        failure = failure ?? Failure(.missingRequired, message: message, field: field)
    }

    @inlinable mutating func bytes(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Bytes {
        guard let data, count > 0 else { return Bytes() }
        if count < Int(CPB_LENDABLE) { return short(data, count) }
        if let owner { return Bytes(owner: owner, base: data, count: count) }
        return Bytes(copying: UnsafeRawBufferPointer(start: data, count: count))
    }

    @usableFromInline mutating func short(_ data: UnsafePointer<UInt8>, _ count: Int) -> Bytes {
        if count > runRoom {
            runRoom = max(count, min(expected, Self.runBytesMax))
            expected -= runRoom
            run = ByteRun.create(count: runRoom)
            runAt = run!.withUnsafeMutablePointerToElements { $0 }
        }
        let base = runAt!
        base.initialize(from: data, count: count)
        runAt = base + count
        runRoom -= count
        // Whoever takes the last of a run takes it from the reader: nothing is counted twice.
        if runRoom == 0 { return Bytes(owner: run.take()!, base: base, count: count) }
        return Bytes(owner: run!, base: base, count: count)
    }
}

// MARK: Fields

extension MessageReader {
    /// Sets a field that holds what its message began with: `nil`, zero or an empty value. None of these has to be
    /// released, and an assignment would try to: that was a twelfth of decoding a small message.
    @inlinable
    static func fill<Value>(_ field: inout Value, with value: Value) {
        // `field` is initialised before and after. Had it held a reference, its object would never be freed. (By its
        // bytes, since with a typed pointer Swift 6.3's optimizer fails on arrays of messages that hold arrays.)
        withUnsafeMutableBytes(of: &field) { slot in
            slot.baseAddress!.bindMemory(to: Value.self, capacity: 1).initialize(to: value)
        }
    }

    /// A field without presence.
    @inlinable
    public mutating func implicit<Value: FieldValue>(
        _ record: UnsafeRawPointer, at offset: Int, into field: inout Value
    ) {
        Self.fill(&field, with: Value.load(from: record + offset, &self))
    }

    /// A field with presence.
    @inlinable
    public mutating func optional<Value: FieldValue>(
        _ record: UnsafeRawPointer, has: Int, at offset: Int, into field: inout Value?
    ) {
        if record.load(fromByteOffset: has, as: Int32.self) == 0 { return }
        Self.fill(&field, with: Value.load(from: record + offset, &self))
    }

    /// A singular message, read in place.
    @inlinable
    public mutating func message<Value: Message>(_ record: UnsafeRawPointer, at offset: Int, into field: inout Value?) {
        guard let inner = record.load(fromByteOffset: offset, as: UnsafeRawPointer?.self) else { return }
        withUnsafeMutablePointer(to: &field) { field in
            field.initialize(to: Value())
            field.pointee!.read(from: inner, &self)
        }
    }

    /// A singular message of a type that holds itself.
    @inlinable
    public mutating func message<Value: Message>(_ record: UnsafeRawPointer, at offset: Int) -> Value? {
        var field: Value?
        message(record, at: offset, into: &field)
        return field
    }

    /// The number of the member of a oneof that is set; 0 for none.
    @inlinable
    public func chosen(_ record: UnsafeRawPointer, case offset: Int) -> UInt32 {
        record.load(fromByteOffset: offset, as: UInt32.self)
    }

    /// The value of a member of a oneof.
    @inlinable
    public mutating func value<Value: FieldValue>(_ record: UnsafeRawPointer, at offset: Int) -> Value {
        Value.load(from: record + offset, &self)
    }

    /// A repeated field.
    @inlinable
    public mutating func repeated<Value: FieldValue>(
        _ record: UnsafeRawPointer, count: Int, at offset: Int, into field: inout [Value]
    ) {
        let count = record.load(fromByteOffset: count, as: Int.self)
        if count == 0 { return }
        field = values(record.load(fromByteOffset: offset, as: UnsafeRawPointer.self), count)
    }

    @inlinable
    mutating func values<Value: FieldValue>(_ slots: UnsafeRawPointer, _ count: Int) -> [Value] {
        var slot = slots
        // Each of the `count` elements is initialised, and `initialized` says how many are.
        return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
            let base = buffer.baseAddress!
            for index in 0..<count {
                (base + index).initialize(to: Value.load(from: slot, &self))
                slot += Value.storedSize
            }
            initialized = count
        }
    }

    /// A map. Of several entries with one key the last counts; an absent key or value is the default one.
    @inlinable
    public mutating func map<Key: MapKey, Value: FieldValue>(
        _ record: UnsafeRawPointer, count: Int, at offset: Int, entry: MapEntry, into field: inout [Key: Value]
    ) {
        let count = record.load(fromByteOffset: count, as: Int.self)
        if count == 0 { return }
        var slot = record.load(fromByteOffset: offset, as: UnsafeRawPointer.self)
        field.reserveCapacity(count)
        for _ in 0..<count {
            let pair = slot.load(as: UnsafeRawPointer.self)
            let key = Key.load(from: pair + entry.key, &self)
            field[key] = Value.load(from: pair + entry.value, &self)
            slot += MemoryLayout<UnsafeRawPointer>.stride
        }
    }

    /// The fields that the type does not know.
    @inlinable
    public mutating func unknown(_ record: UnsafeRawPointer, into fields: inout UnknownFields) {
        let head = record.assumingMemoryBound(to: ProtobufCMessage.self)
        if head.pointee.n_unknown_fields > 0 { fields = loadUnknown(head) }
    }

    @usableFromInline
    mutating func loadUnknown(_ head: UnsafePointer<ProtobufCMessage>) -> UnknownFields {
        var fields: [UnknownField] = []
        fields.reserveCapacity(Int(head.pointee.n_unknown_fields))
        for index in 0..<Int(head.pointee.n_unknown_fields) {
            let field = cpb_unknown_at(head, index)
            fields.append(
                UnknownField(
                    number: Int(field.number), wireType: Int(field.wire_type),
                    payload: bytes(field.data, field.length)))
        }
        return UnknownFields(fields)
    }
}

// MARK: Memory

/// Owns the arena that a message was unpacked into, for the values that are lent out of it.
@usableFromInline
final class ArenaOwner: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: the arena is not written again once the message is unpacked, and is freed when
    // the last value over it is gone.
    let arena: UnsafeMutablePointer<cpb_arena>

    @usableFromInline init(_ arena: UnsafeMutablePointer<cpb_arena>) {
        self.arena = arena
    }

    deinit {
        cpb_arena_destroy(arena)
    }
}

/// A run of bytes in one allocation.
@usableFromInline
final class ByteRun: ManagedBuffer<Void, UInt8> {
    @usableFromInline typealias Block = ManagedBuffer<Void, UInt8>

    /// Uninitialised room for `count` bytes.
    @usableFromInline static func create(count: Int) -> Block {
        ByteRun.create(minimumCapacity: count) { _ in }
    }
}
