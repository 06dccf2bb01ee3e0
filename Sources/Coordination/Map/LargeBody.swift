import ByteString

/// A body too long to sit inside an entry: immutable bytes that several entries and any number of readers share.
///
/// Replacing an entry's header, putting the same bytes into a second entry, and handing them to a reader never copies
/// them. Entries hold one reference each; the writer drops it when the entry is freed.
///
/// Safe to share between threads: header and elements are written in ``make(copying:)``, before anyone else knows the
/// object, and never again.
final class LargeBody: ManagedBuffer<LargeBody.Header, UInt8> {
    struct Header {
        var count: Int
        /// ``RawBytes/hash(_:seed:)`` of the bytes, kept so that a change beside the body does not read it again.
        var hash: UInt64
    }

    /// Bodies up to this long are copied into their entry.
    static let inlineBytesMax = 1024

    static func make(copying bytes: UnsafeRawBufferPointer) -> LargeBody {
        let buffer = LargeBody.create(minimumCapacity: bytes.count) { _ in
            Header(count: bytes.count, hash: RawBytes.hash(bytes, seed: Entry.bodySeed))
        }
        if let source = bytes.baseAddress {
            buffer.withUnsafeMutablePointerToElements {
                UnsafeMutableRawPointer($0).copyMemory(from: source, byteCount: bytes.count)
            }
        }
        // `create` makes an object of the class that it is called on.
        return unsafeDowncast(buffer, to: LargeBody.self)
    }

    var count: Int { header.count }
    var hash: UInt64 { header.hash }

    /// Valid for as long as the object lives.
    var base: UnsafePointer<UInt8> { withUnsafeMutablePointerToElements { UnsafePointer($0) } }

    /// The bytes, shared and not copied.
    var bytes: Bytes { Bytes(owner: self, base: base, count: count) }
}

/// The body to put into an entry.
enum Body {
    /// Copied: into the entry, or, if it is long, into a ``LargeBody`` of its own.
    case copying(UnsafeRawBufferPointer)
    /// Shared with other entries.
    case shared(LargeBody)

    static var empty: Body { .copying(UnsafeRawBufferPointer(start: nil, count: 0)) }

    /// The same body, in the form that can go into more than one entry with at most one copy of a long one.
    static func shareable(_ bytes: UnsafeRawBufferPointer) -> Body {
        bytes.count > LargeBody.inlineBytesMax ? .shared(LargeBody.make(copying: bytes)) : .copying(bytes)
    }
}
