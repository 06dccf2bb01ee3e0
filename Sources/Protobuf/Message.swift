@_exported import ByteString
import CProtobuf

/// A protobuf message. Generated types conform to it; nothing else needs to.
///
/// A message is a value: its properties are its fields, and two messages are equal if their fields and their unknown
/// fields are.
public protocol Message: FieldValue, CustomDebugStringConvertible {
    /// A message with no field set.
    init()

    /// `package.Message`.
    static var fullName: String { get }

    /// What was decoded and is not known; encoded again after the known fields.
    var unknownFields: UnknownFields { get set }

    // For generated code:

    /// The C layout of the type.
    static var layout: MessageLayout { get }
    /// Fills the C struct at `record`, which has the type's layout, with every field.
    func write(to record: UnsafeMutableRawPointer, _ writer: inout MessageWriter)
    /// Takes every field out of the C struct at `record`, into a message with no field set. An initialiser it is not:
    /// the compiler lets one of a large struct end with a copy of all that it has made, which was 20 % of a decode.
    mutating func read(from record: UnsafeRawPointer, _ reader: inout MessageReader)
}

// MARK: Decoding

extension Message {
    /// Decodes a message. Nothing of `buffer` is kept.
    ///
    /// - Throws: A ``WireError`` that names the fault and its place. Unknown fields are no fault.
    @inlinable
    public init(decoding buffer: UnsafeRawBufferPointer, limits: DecodingLimits = .default) throws(WireError) {
        try self.init(decoding: buffer, limits: limits, byLibrary: false)
    }

    /// Decodes a message by libprotobuf-c alone, for comparing what the short way makes of the same bytes.
    @_spi(Comparison)
    public init(decodingByLibrary buffer: UnsafeRawBufferPointer) throws(WireError) {
        try self.init(decoding: buffer, limits: .default, byLibrary: true)
    }

    @inlinable
    init(decoding buffer: UnsafeRawBufferPointer, limits: DecodingLimits, byLibrary: Bool) throws(WireError) {
        let arena = cpb_thread_arena()!
        let mark = cpb_arena_mark(arena)
        defer { cpb_arena_release(arena, mark) }
        var decoding = cpb_decoding()
        if buffer.count <= min(limits.messageBytesMax, Int(Int32.max)) {
            var limits = cpb_limits(depth: limits.depthMax, memory: limits.memoryBytesMax, by_library: byLibrary)
            cpb_decode(
                Self.layout.type, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count, &limits, arena,
                &decoding)
        }
        guard let record = decoding.message else {
            throw WireError(decoding, of: Self.layout, count: buffer.count, limits: limits)
        }
        var reader = MessageReader(decoding)
        self.init()
        read(from: record, &reader)
        if let failure = reader.failure { throw failure.error }
    }

    /// Decodes a message.
    @inlinable
    public init(decoding bytes: Bytes, limits: DecodingLimits = .default) throws(WireError) {
        self = try bytes.withUnsafeBytes { (buffer) throws(WireError) in try Self(decoding: buffer, limits: limits) }
    }

    /// Decodes a message.
    @inlinable
    public init(decoding bytes: [UInt8], limits: DecodingLimits = .default) throws(WireError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in
            try Self(decoding: UnsafeRawBufferPointer(buffer), limits: limits)
        }
    }
}

extension WireError {
    @usableFromInline
    init(_ decoding: cpb_decoding, of layout: MessageLayout, count: Int, limits: DecodingLimits) {
        let kind: Kind
        switch Int(decoding.status) {
        case Int(CPB_OK.rawValue):
            let isLimit = limits.messageBytesMax < Int(Int32.max)
            kind = .tooLarge(limit: isLimit ? .messageBytesMax(limits.messageBytesMax) : .format)
            self.init(kind, message: layout.fullName)
            return
        case Int(CPB_TRUNCATED.rawValue): kind = .malformed(.truncated)
        case Int(CPB_BAD_TAG.rawValue): kind = .malformed(.badTag)
        case Int(CPB_BAD_VARINT.rawValue): kind = .malformed(.badVarint)
        case Int(CPB_BAD_WIRE_TYPE.rawValue): kind = .malformed(.badWireType)
        case Int(CPB_BAD_GROUP.rawValue): kind = .malformed(.badGroup)
        case Int(CPB_BAD_PACKED.rawValue): kind = .malformed(.badPackedLength)
        case Int(CPB_TOO_DEEP.rawValue): kind = .tooDeep(limit: limits.depthMax)
        case Int(CPB_BAD_UTF8.rawValue): kind = .invalidUTF8
        case Int(CPB_OUT_OF_BUDGET.rawValue):
            self.init(.outOfMemoryBudget(limit: limits.memoryBytesMax), message: layout.fullName)
            return
        default: kind = .malformed(.refused)
        }
        let type = decoding.type.map { MessageLayout($0) } ?? layout
        let field = decoding.field == 0 ? nil : type.fieldName(decoding.field) ?? "\(decoding.field)"
        self.init(kind, message: type.fullName, field: field, offset: decoding.offset)
    }
}

// MARK: Encoding

/// A message that lies ready to be packed, inside ``Message/withPacker(_:)``.
public struct MessagePacker {
    @usableFromInline let record: UnsafeMutableRawPointer
    /// The message will take at most this many bytes.
    public let sizeBound: Int

    @inlinable init(record: UnsafeMutableRawPointer, sizeBound: Int) {
        self.record = record
        self.sizeBound = sizeBound
    }

    /// Packs the message and tells its length in bytes.
    ///
    /// - Precondition: There is room for ``sizeBound`` bytes at `destination`.
    @inlinable public func pack(into destination: UnsafeMutableRawPointer) -> Int {
        let message = UnsafePointer<ProtobufCMessage>(OpaquePointer(record))
        // The bound is the sum that MessageWriter kept while it filled the struct; this is the check of its proof.
        assert(protobuf_c_message_get_packed_size(message) <= sizeBound, "the bound of a message's length is too low")
        return cpb_pack(message, destination.assumingMemoryBound(to: UInt8.self))
    }

    /// Packs the message by libprotobuf-c alone, for comparing what the short way makes of it.
    @_spi(Comparison)
    public func packByLibrary(into destination: UnsafeMutableRawPointer) -> Int {
        protobuf_c_message_pack(
            UnsafePointer<ProtobufCMessage>(OpaquePointer(record)), destination.assumingMemoryBound(to: UInt8.self))
    }
}

extension Message {
    /// Prepares the message in this thread's arena and lends it to `body`, which packs it to where it belongs.
    /// `body` may encode and decode other messages.
    ///
    /// - Throws: A ``WireError`` if the message is too large, too deep, or lacks a required field; else what `body`
    ///   throws.
    @inlinable
    public func withPacker<Result>(_ body: (MessagePacker) throws -> Result) throws -> Result {
        let arena = cpb_thread_arena()!
        let mark = cpb_arena_mark(arena)
        defer { cpb_arena_release(arena, mark) }
        let packer = try prepare(in: arena)
        // The struct points into the memory of this value's `bytes` fields.
        defer { withExtendedLifetime(self) {} }
        return try body(packer)
    }

    /// Encodes the message into this thread's arena, which allocates nothing in the long run, and lends the bytes to
    /// `body`. `body` may encode and decode other messages.
    ///
    /// - Throws: A ``WireError`` if the message is too large, too deep, or lacks a required field; else what `body`
    ///   throws.
    @inlinable
    public func withEncoded<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let arena = cpb_thread_arena()!
        let mark = cpb_arena_mark(arena)
        defer { cpb_arena_release(arena, mark) }
        return try body(try encode(in: arena))
    }

    /// The message's bytes.
    @inlinable public func encoded() throws(WireError) -> [UInt8] {
        let arena = cpb_thread_arena()!
        let mark = cpb_arena_mark(arena)
        defer { cpb_arena_release(arena, mark) }
        let packer = try prepare(in: arena)
        defer { withExtendedLifetime(self) {} }
        if packer.sizeBound > MessageWriter.packedTwiceMax {
            // `pack` writes at most `sizeBound` bytes and says how many it wrote.
            return [UInt8](unsafeUninitializedCapacity: packer.sizeBound) { buffer, count in
                count = packer.pack(into: UnsafeMutableRawPointer(buffer.baseAddress!))
            }
        }
        return [UInt8](MessageWriter.pack(packer, in: arena))
    }

    /// The message's bytes, in one allocation.
    @inlinable public func encodedBytes() throws(WireError) -> Bytes {
        let arena = cpb_thread_arena()!
        let mark = cpb_arena_mark(arena)
        defer { cpb_arena_release(arena, mark) }
        let packer = try prepare(in: arena)
        defer { withExtendedLifetime(self) {} }
        if packer.sizeBound > MessageWriter.packedTwiceMax {
            let block = ByteRun.create(count: packer.sizeBound)
            let base = block.withUnsafeMutablePointerToElements { $0 }
            let count = packer.pack(into: UnsafeMutableRawPointer(base))
            return Bytes(owner: block, base: UnsafePointer(base), count: count)
        }
        return Bytes(copying: MessageWriter.pack(packer, in: arena))
    }

    @inlinable func prepare(in arena: UnsafeMutablePointer<cpb_arena>) throws(WireError) -> MessagePacker {
        var writer = MessageWriter(arena: arena)
        let record = writer.make(Self.layout)
        write(to: record, &writer)
        if let failure = writer.failure { throw failure.error }
        if writer.bound > Int(Int32.max) { throw WireError(.tooLarge(limit: .format), message: Self.fullName) }
        return MessagePacker(record: record, sizeBound: writer.bound)
    }

    @inlinable func encode(in arena: UnsafeMutablePointer<cpb_arena>) throws(WireError) -> UnsafeRawBufferPointer {
        let packer = try prepare(in: arena)
        defer { withExtendedLifetime(self) {} }
        return MessageWriter.pack(packer, in: arena)
    }
}
