/// A growing run of raw bytes that is written, lent and emptied again and again: no allocation per use.
struct ByteSink: ~Copyable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 256) {
        base = .allocate(byteCount: capacity, alignment: 8)
        self.capacity = capacity
    }

    deinit { base.deallocate() }

    /// The bytes so far; valid until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    mutating func removeAll() { count = 0 }

    /// Removes all but the first `amount` bytes.
    mutating func keepFirst(_ amount: Int) {
        precondition(amount <= count)
        count = amount
    }

    /// Removes the first `amount` bytes.
    mutating func removeFirst(_ amount: Int) {
        precondition(amount <= count)
        base.copyMemory(from: base + amount, byteCount: count - amount)
        count -= amount
    }

    private mutating func reserve(_ more: Int) {
        guard count &+ more > capacity else { return }
        let grown = max(capacity * 2, count + more)
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 8)
        fresh.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = fresh
        capacity = grown
    }

    @inline(__always) mutating func byte(_ value: UInt8) {
        reserve(1)
        base.storeBytes(of: value, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// Seven bits per byte, the lowest first, the top bit set on all but the last (LEB128).
    @inline(__always) mutating func varint(_ value: UInt64) {
        reserve(10)
        var rest = value
        while rest >= 0x80 {
            base.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: count, as: UInt8.self)
            rest &>>= 7
            count &+= 1
        }
        base.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// A signed number with its sign in the lowest bit, so that small ones are short.
    mutating func zigzag(_ value: Int64) {
        varint(UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)))
    }

    mutating func fixed64(_ value: UInt64) {
        reserve(8)
        base.storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt64.self)
        count &+= 8
    }

    /// Big-endian, so that the bytes sort as the numbers do.
    mutating func sorted64(_ value: UInt64) {
        reserve(8)
        base.storeBytes(of: value.bigEndian, toByteOffset: count, as: UInt64.self)
        count &+= 8
    }

    mutating func sorted16(_ value: UInt16) {
        reserve(2)
        base.storeBytes(of: value.bigEndian, toByteOffset: count, as: UInt16.self)
        count &+= 2
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        (base + count).copyMemory(from: source, byteCount: bytes.count)
        count &+= bytes.count
    }

    /// The bytes after their number.
    mutating func counted(_ bytes: UnsafeRawBufferPointer) {
        varint(UInt64(bytes.count))
        append(bytes)
    }

    mutating func counted(_ text: String) { text.withUTF8Bytes { counted($0) } }

    /// Replaces the byte at `index`.
    mutating func overwrite(_ index: Int, with value: UInt8) {
        precondition(index < count)
        base.storeBytes(of: value, toByteOffset: index, as: UInt8.self)
    }
}

/// Reads what a ``ByteSink`` wrote. Past the end, or on anything malformed, it gives zeros and remembers the failure,
/// so that a reader checks once, at the end.
struct ByteSource {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0
    /// Whether everything asked for was there and made sense.
    private(set) var isWellFormed = true
    /// Whether it was not because the bytes ended: more of them may help.
    private(set) var isCutShort = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }
    var remaining: Int { bytes.count - offset }

    mutating func fail() {
        isWellFormed = false
        offset = bytes.count
    }

    private mutating func runOut() {
        isCutShort = isWellFormed || isCutShort
        fail()
    }

    @inline(__always) mutating func byte() -> UInt8 {
        guard offset < bytes.count else {
            runOut()
            return 0
        }
        defer { offset &+= 1 }
        return bytes[offset]
    }

    @inline(__always) mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count {
            let next = bytes[offset]
            offset &+= 1
            value |= UInt64(next & 0x7f) &<< shift
            if next < 0x80 {
                if shift == 63 && next > 1 { fail() }
                return value
            }
            shift &+= 7
            if shift > 63 {
                fail()
                return 0
            }
        }
        runOut()
        return 0
    }

    mutating func zigzag() -> Int64 {
        let value = varint()
        return Int64(bitPattern: value &>> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func fixed64() -> UInt64 {
        guard remaining >= 8 else {
            runOut()
            return 0
        }
        defer { offset &+= 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
        guard count >= 0 && count <= remaining else {
            runOut()
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        defer { offset &+= count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }

    mutating func counted() -> UnsafeRawBufferPointer {
        let count = varint()
        guard count <= UInt64(remaining) else {
            runOut()
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return take(Int(count))
    }

    mutating func text() -> String { String(decoding: counted(), as: UTF8.self) }
}
