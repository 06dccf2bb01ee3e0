/// An immutable run of bytes that shares its owner's memory.
///
/// `Bytes` is what travels through Roost unread: the bytes of a client's request, an entry's payload, a znode's data.
/// Slicing and copying a value never copies the bytes, so one allocation that holds a decoded batch serves every
/// entry of that batch. A small slice of a large owner keeps the whole owner alive; ``compacted()`` cuts that tie
/// before a value is kept for long.
public struct Bytes: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: the memory behind `base` belongs to `owner`, is written only before the first
    // `Bytes` over it exists, and is never written again; `owner` is only retained and released.
    @usableFromInline let owner: AnyObject?
    @usableFromInline let base: UnsafePointer<UInt8>?
    /// The number of bytes.
    public let count: Int

    /// No bytes.
    @inlinable public init() {
        owner = nil
        base = nil
        count = 0
    }

    /// The bytes at `base`, which `owner` keeps alive and nobody writes from now on.
    ///
    /// - Precondition: `base ..< base + count` stays valid and unchanged for as long as `owner` lives.
    @inlinable public init(owner: AnyObject, base: UnsafePointer<UInt8>, count: Int) {
        precondition(count >= 0)
        self.owner = owner
        self.base = base
        self.count = count
    }

    /// A copy of the bytes in `buffer`, in one allocation.
    public init(copying buffer: UnsafeRawBufferPointer) {
        guard let source = buffer.baseAddress, buffer.count > 0 else {
            self.init()
            return
        }
        let block = ByteBlock.create(count: buffer.count)
        let base = block.withUnsafeMutablePointerToElements { $0 }
        UnsafeMutableRawPointer(base).copyMemory(from: source, byteCount: buffer.count)
        self.init(owner: block, base: UnsafePointer(base), count: buffer.count)
    }

    /// A copy of `array`.
    public init(_ array: [UInt8]) {
        self = array.withUnsafeBytes { Bytes(copying: $0) }
    }

    /// A copy of `slice`.
    public init(_ slice: ArraySlice<UInt8>) {
        self = slice.withUnsafeBytes { Bytes(copying: $0) }
    }

    /// The UTF-8 bytes of `string`.
    public init(utf8 string: String) {
        var string = string
        self = string.withUTF8 { Bytes(copying: UnsafeRawBufferPointer($0)) }
    }

    /// `count` bytes that `fill` writes into a fresh allocation.
    public init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        guard count > 0 else {
            self.init()
            return
        }
        let block = ByteBlock.create(count: count)
        let base = block.withUnsafeMutablePointerToElements { $0 }
        base.initialize(repeating: 0, count: count)
        fill(UnsafeMutableRawBufferPointer(start: base, count: count))
        self.init(owner: block, base: UnsafePointer(base), count: count)
    }

    /// A copy that keeps nothing but its own bytes alive.
    public func compacted() -> Bytes {
        withUnsafeBytes { Bytes(copying: $0) }
    }

    /// Lends the bytes to `body`. The pointer is valid only inside it.
    @inlinable
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The owner must outlive `body`, not merely the last Swift-visible use of `self`.
        defer { withExtendedLifetime(owner) {} }
        return try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// The bytes `offset ..< offset + count` of this run, sharing its memory.
    @inlinable public func slice(offset: Int, count: Int) -> Bytes {
        precondition(offset >= 0 && count >= 0 && offset <= self.count - count, "slice outside of the bytes")
        guard count > 0, let owner, let base else { return Bytes() }
        return Bytes(owner: owner, base: base + offset, count: count)
    }
}

/// The memory of a copied `Bytes`: a header-less, tail-allocated block.
final class ByteBlock: ManagedBuffer<Void, UInt8> {
    static func create(count: Int) -> ManagedBuffer<Void, UInt8> {
        ByteBlock.create(minimumCapacity: count) { _ in }
    }
}

extension Bytes: RandomAccessCollection {
    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { count }

    @inlinable public subscript(position: Int) -> UInt8 {
        precondition(position >= 0 && position < count, "index outside of the bytes")
        return withUnsafeBytes { $0[position] }
    }

    @inlinable
    public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        defer { withExtendedLifetime(owner) {} }
        return try body(UnsafeBufferPointer(start: base, count: count))
    }
}

extension Bytes: Hashable {
    @inlinable public static func == (left: Bytes, right: Bytes) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { a in right.withUnsafeBytes { b in a.elementsEqual(b) } }
    }

    @inlinable public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension Bytes: Comparable {
    /// Lexicographic order of unsigned bytes.
    @inlinable public static func < (left: Bytes, right: Bytes) -> Bool {
        left.withUnsafeBytes { a in right.withUnsafeBytes { b in a.lexicographicallyPrecedes(b) } }
    }
}

extension Bytes: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: UInt8...) {
        self.init(elements)
    }
}

extension Bytes: CustomStringConvertible {
    /// The bytes as text where they are short and printable ASCII, else their number.
    public var description: String {
        guard count <= 64, allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else { return "\(count) bytes" }
        return "\"\(String(decoding: self, as: UTF8.self))\""
    }
}
