import CProtobuf

/// A value that a field can have: a number, a Boolean, a string, bytes, an enum or a message. For generated code.
public protocol FieldValue: Sendable, Hashable {
    /// How many bytes a value takes in a C array.
    static var storedSize: Int { get }
    /// Whether it is what a field without presence has when it is not set.
    var isDefault: Bool { get }
    /// Stores the value and adds the most that it takes when packed, with its tag, to the writer's bound.
    func store(to slot: UnsafeMutableRawPointer, _ writer: inout MessageWriter)
    /// The same for the elements of a C array.
    static func store(
        _ values: UnsafeBufferPointer<Self>, to slots: UnsafeMutableRawPointer, _ writer: inout MessageWriter)
    static func load(from slot: UnsafeRawPointer, _ reader: inout MessageReader) -> Self
}

extension FieldValue {
    @inlinable
    public static func store(
        _ values: UnsafeBufferPointer<Self>, to slots: UnsafeMutableRawPointer, _ writer: inout MessageWriter
    ) {
        var slot = slots
        lend(values) { value in
            value.store(to: slot, &writer)
            slot += storedSize
        }
    }

    /// Lends the values to `body`, one after the other, without counting references.
    ///
    /// What is read through a pointer is retained otherwise, each of its references by itself, for somebody could
    /// overwrite what the pointer points to: that was 40 % of encoding small messages. Here an element's bits are moved
    /// out of a copy and back, so nothing is retained and nothing released; the array keeps the element alive.
    @inlinable
    static func lend(_ values: UnsafeBufferPointer<Self>, to body: (Self) -> Void) {
        withUnsafeTemporaryAllocation(of: Self.self, capacity: 1) { buffer in
            let copy = buffer.baseAddress!
            for index in values.indices {
                UnsafeMutableRawPointer(copy).copyMemory(
                    from: values.baseAddress! + index, byteCount: MemoryLayout<Self>.size)
                let value = copy.move()
                body(value)
                copy.initialize(to: consume value)
            }
        }
    }
}

/// A number that is stored in C as it is in Swift. For generated code.
public protocol PlainNumber: FieldValue, BitwiseCopyable {
}

extension PlainNumber {
    @inlinable public static var storedSize: Int { MemoryLayout<Self>.size }

    @inlinable public func store(to slot: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        writer.bound &+= 15
        slot.storeBytes(of: self, as: Self.self)
    }

    @inlinable public static func load(from slot: UnsafeRawPointer, _ reader: inout MessageReader) -> Self {
        slot.load(as: Self.self)
    }
}

extension PlainNumber where Self: FixedWidthInteger {
    @inlinable public var isDefault: Bool { self == 0 }
}

extension Int32: PlainNumber {}
extension Int64: PlainNumber {}
extension UInt32: PlainNumber {}
extension UInt64: PlainNumber {}

extension Float: PlainNumber {
    @inlinable public var isDefault: Bool { bitPattern == 0 }
}

extension Double: PlainNumber {
    @inlinable public var isDefault: Bool { bitPattern == 0 }
}

extension Bool: FieldValue {
    @inlinable public static var storedSize: Int { 4 }
    @inlinable public var isDefault: Bool { !self }

    @inlinable public func store(to slot: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        writer.bound &+= 15
        slot.storeBytes(of: self ? 1 : 0, as: Int32.self)
    }

    @inlinable public static func load(from slot: UnsafeRawPointer, _ reader: inout MessageReader) -> Bool {
        slot.load(as: Int32.self) != 0
    }
}

/// An enum of a `.proto` file. Generated types conform to it.
///
/// A proto3 enum is open: a number without a name is `unrecognized`. A proto2 enum is closed: such a number is kept
/// among the unknown fields of its message.
public protocol Enumeration: FieldValue, RawRepresentable where RawValue == Int32 {
    /// The default value: the one with number 0, or the first of a closed enum.
    init()
}

extension Enumeration {
    @inlinable public static var storedSize: Int { 4 }
    @inlinable public var isDefault: Bool { rawValue == 0 }

    @inlinable public func store(to slot: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        writer.bound &+= 15
        slot.storeBytes(of: rawValue, as: Int32.self)
    }

    @inlinable public static func load(from slot: UnsafeRawPointer, _ reader: inout MessageReader) -> Self {
        // Only the absent value of a map's entry can lack a name here: the scan sets other unknown numbers aside.
        Self(rawValue: slot.load(as: Int32.self)) ?? Self()
    }
}

extension String: FieldValue {
    @inlinable public static var storedSize: Int { MemoryLayout<ProtobufCBinaryData>.size }
    @inlinable public var isDefault: Bool { isEmpty }

    @inlinable public func store(to slot: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        // A string lends its UTF-8 only inside a closure, so it moves to the arena.
        let isCopied: Void? = utf8.withContiguousStorageIfAvailable { writer.copy($0, to: slot) }
        if isCopied == nil { writer.copyForeign(self, to: slot) }
    }

    @inlinable public static func load(from slot: UnsafeRawPointer, _ reader: inout MessageReader) -> String {
        let data = slot.load(as: ProtobufCBinaryData.self)
        // The scan has checked the UTF-8, so nothing is repaired here.
        return String(decoding: UnsafeBufferPointer(start: data.data, count: data.len), as: UTF8.self)
    }
}

extension MessageWriter {
    @inlinable mutating func copy(_ text: UnsafeBufferPointer<UInt8>, to slot: UnsafeMutableRawPointer) {
        let room = allocate(text.count).assumingMemoryBound(to: UInt8.self)
        if let base = text.baseAddress { room.update(from: base, count: text.count) }
        slot.storeBytes(of: ProtobufCBinaryData(len: text.count, data: room), as: ProtobufCBinaryData.self)
        bound &+= 10 + text.count
    }

    /// A string that another runtime made has no contiguous UTF-8.
    @usableFromInline mutating func copyForeign(_ string: String, to slot: UnsafeMutableRawPointer) {
        var string = string
        string.withUTF8 { copy($0, to: slot) }
    }
}

extension Bytes: FieldValue {
    @inlinable public static var storedSize: Int { MemoryLayout<ProtobufCBinaryData>.size }
    @inlinable public var isDefault: Bool { isEmpty }

    @inlinable public func store(to slot: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        // The bytes stay where they are: the message that is being encoded keeps them alive until they are packed.
        withUnsafeBytes { buffer in
            let base = buffer.baseAddress ?? UnsafeRawPointer(slot)
            let data = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
            slot.storeBytes(of: ProtobufCBinaryData(len: buffer.count, data: data), as: ProtobufCBinaryData.self)
        }
        writer.bound &+= 10 + count
    }

    @inlinable public static func load(from slot: UnsafeRawPointer, _ reader: inout MessageReader) -> Bytes {
        let data = slot.load(as: ProtobufCBinaryData.self)
        return reader.bytes(data.data, data.len)
    }
}

extension Message {
    @inlinable public static var storedSize: Int { MemoryLayout<UnsafeRawPointer>.size }
    /// A message always has presence.
    @inlinable public var isDefault: Bool { false }

    @inlinable public func store(to slot: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        if writer.depth == MessageWriter.depthMax {
            writer.tooDeep(Self.fullName)
            slot.storeBytes(of: 0, as: UInt.self)
            return
        }
        writer.depth += 1
        store(in: writer.allocate(Self.layout.size), Self.layout, to: slot, &writer)
        writer.depth -= 1
    }

    @inlinable
    public static func store(
        _ values: UnsafeBufferPointer<Self>, to slots: UnsafeMutableRawPointer, _ writer: inout MessageWriter
    ) {
        if writer.depth == MessageWriter.depthMax { return writer.tooDeep(fullName) }
        writer.depth += 1
        let layout = layout
        var record = writer.allocate(values.count * layout.size)
        var slot = slots
        lend(values) { value in
            value.store(in: record, layout, to: slot, &writer)
            record += layout.size
            slot += storedSize
        }
        writer.depth -= 1
    }

    /// Fills the struct at `record` and stores where it is.
    @inlinable @inline(__always)
    func store(
        in record: UnsafeMutableRawPointer, _ layout: MessageLayout, to slot: UnsafeMutableRawPointer,
        _ writer: inout MessageWriter
    ) {
        MessageWriter.fillHead(record, layout)
        slot.storeBytes(of: record, as: UnsafeMutableRawPointer.self)
        writer.bound &+= 10
        let boundBefore = writer.bound
        write(to: record, &writer)
        cpb_note_bound(record, UInt32(truncatingIfNeeded: writer.bound &- boundBefore))
    }

    @inlinable public static func load(from slot: UnsafeRawPointer, _ reader: inout MessageReader) -> Self {
        // Only the value of a map's entry can be absent here.
        guard let record = slot.load(as: UnsafeRawPointer?.self) else { return Self() }
        var message = Self()
        message.read(from: record, &reader)
        return message
    }
}

// MARK: Map keys

/// A value that can be the key of a map.
public protocol MapKey: FieldValue {
    /// The order in which a map's entries are written.
    static func precedes(_ left: Self, _ right: Self) -> Bool
}

extension MapKey where Self: Comparable {
    @inlinable public static func precedes(_ left: Self, _ right: Self) -> Bool { left < right }
}

extension Int32: MapKey {}
extension Int64: MapKey {}
extension UInt32: MapKey {}
extension UInt64: MapKey {}

extension Bool: MapKey {
    @inlinable public static func precedes(_ left: Bool, _ right: Bool) -> Bool { !left && right }
}

extension String: MapKey {
    /// By bytes: the order of `String` depends on the Unicode version.
    @inlinable public static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
