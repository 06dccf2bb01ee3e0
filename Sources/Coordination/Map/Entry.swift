import ByteString

/// A key with its value: one immutable block of raw memory.
///
/// A value is two runs of bytes: a short header and a body, so that a small fact beside a large body (a znode's stat
/// beside its data) can change without the body being copied.
///
/// ```
/// u32 body's length, top bit: the body is out of line | u16 key's length | u16 header's length
/// key | header | body, or a reference to a LargeBody
/// ```
///
/// An entry without header and body serves as a separator in inner nodes. An entry belongs to exactly one map; it is
/// freed by the map's writer (``free()``) when no version that a reader can see contains it.
struct Entry {
    let raw: UnsafeMutableRawPointer

    static let keyBytesMax = Int(UInt16.max)
    static let headerBytesMax = Int(UInt16.max)
    static let bodyBytesMax = Int(Int32.max)
    static let bodySeed: UInt64 = 3
    private static let prefixBytes = 8
    private static let outOfLine: UInt32 = 1 << 31

    // MARK: Making and freeing

    static func make(key: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer, body: Body) -> Entry {
        precondition(
            key.count <= keyBytesMax && header.count <= headerBytesMax, "a key or header too long for an entry")
        let inlineBody: UnsafeRawBufferPointer
        var large: LargeBody?
        switch body {
        case .copying(let bytes) where bytes.count <= LargeBody.inlineBytesMax:
            inlineBody = bytes
        case .copying(let bytes):
            precondition(bytes.count <= bodyBytesMax, "a body too long for an entry")
            inlineBody = UnsafeRawBufferPointer(start: nil, count: 0)
            large = LargeBody.make(copying: bytes)
        case .shared(let object):
            inlineBody = UnsafeRawBufferPointer(start: nil, count: 0)
            large = object
        }
        let tail = large == nil ? inlineBody.count : MemoryLayout<UInt>.size
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: prefixBytes + key.count + header.count + tail, alignment: 8)
        let length = large.map { UInt32($0.count) | outOfLine } ?? UInt32(inlineBody.count)
        raw.storeBytes(of: length, as: UInt32.self)
        raw.storeBytes(of: UInt16(key.count), toByteOffset: 4, as: UInt16.self)
        raw.storeBytes(of: UInt16(header.count), toByteOffset: 6, as: UInt16.self)
        copy(key, to: raw + prefixBytes)
        copy(header, to: raw + prefixBytes + key.count)
        let bodyStart = raw + prefixBytes + key.count + header.count
        if let large {
            let reference = UInt(bitPattern: Unmanaged.passRetained(large).toOpaque())
            bodyStart.storeBytes(of: reference, as: UInt.self)
        } else {
            copy(inlineBody, to: bodyStart)
        }
        return Entry(raw: raw)
    }

    /// A separator: a key alone.
    static func separator(_ key: UnsafeRawBufferPointer) -> Entry {
        make(key: key, header: UnsafeRawBufferPointer(start: nil, count: 0), body: .empty)
    }

    /// Gives the memory back. Nobody may use the entry afterwards.
    func free() {
        if isOutOfLine { unmanagedBody.release() }
        raw.deallocate()
    }

    @inline(__always)
    private static func copy(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) {
        if let source = bytes.baseAddress, bytes.count > 0 {
            target.copyMemory(from: source, byteCount: bytes.count)
        }
    }

    // MARK: Reading

    @inline(__always) var keyCount: Int { Int(raw.load(fromByteOffset: 4, as: UInt16.self)) }
    @inline(__always) var headerCount: Int { Int(raw.load(fromByteOffset: 6, as: UInt16.self)) }
    @inline(__always) var bodyCount: Int { Int(raw.load(as: UInt32.self) & ~Entry.outOfLine) }
    @inline(__always) private var isOutOfLine: Bool { raw.load(as: UInt32.self) & Entry.outOfLine != 0 }
    @inline(__always) var keyBase: UnsafeRawPointer { UnsafeRawPointer(raw + Entry.prefixBytes) }

    @inline(__always) var key: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: keyBase, count: keyCount) }
    @inline(__always) var header: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: keyBase + keyCount, count: headerCount)
    }

    private var bodyBase: UnsafeMutableRawPointer { raw + Entry.prefixBytes + keyCount + headerCount }

    private var unmanagedBody: Unmanaged<LargeBody> {
        let reference = bodyBase.loadUnaligned(as: UInt.self)
        guard let pointer = UnsafeRawPointer(bitPattern: reference) else {
            preconditionFailure("an out-of-line body without an object")
        }
        return Unmanaged.fromOpaque(pointer)
    }

    /// The body where it lies; valid for as long as the entry is.
    var body: UnsafeRawBufferPointer {
        guard isOutOfLine else { return UnsafeRawBufferPointer(start: bodyBase, count: bodyCount) }
        return unmanagedBody._withUnsafeGuaranteedRef { UnsafeRawBufferPointer(start: $0.base, count: $0.count) }
    }

    /// The body as a value that outlives the entry: a long one shared, a short one copied.
    var bodyBytes: Bytes {
        guard isOutOfLine else { return Bytes(copying: body) }
        return unmanagedBody.takeUnretainedValue().bytes
    }

    /// The body in the form that can be put into another entry without copying a long one. A short one is lent: it
    /// must be used before this entry is freed.
    var bodyForReuse: Body {
        isOutOfLine ? .shared(unmanagedBody.takeUnretainedValue()) : .copying(body)
    }

    /// The hash of key, header and body. Which bytes belong to which is part of it.
    var hash: UInt64 {
        let bodyHash =
            isOutOfLine
            ? unmanagedBody._withUnsafeGuaranteedRef { $0.hash } : RawBytes.hash(body, seed: Entry.bodySeed)
        return Entry.hash(key: key, header: header, bodyHash: bodyHash)
    }

    /// The hash of an entry with these parts.
    static func hash(
        key: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer
    ) -> UInt64 {
        hash(key: key, header: header, bodyHash: RawBytes.hash(body, seed: bodySeed))
    }

    private static func hash(
        key: UnsafeRawBufferPointer, header: UnsafeRawBufferPointer, bodyHash: UInt64
    ) -> UInt64 {
        let keyHash = RawBytes.hash(key, seed: 1)
        let headerHash = RawBytes.hash(header, seed: 2)
        return RawBytes.mix(RawBytes.mix(RawBytes.mix(keyHash) &+ headerHash) &+ bodyHash)
    }

    /// What the entry occupies, without the allocator's own overhead. A shared long body is counted in full.
    var memoryBytes: Int { Entry.prefixBytes + keyCount + headerCount + bodyCount }
}
