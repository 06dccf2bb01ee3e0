public import ByteString

/// A state as a stream of bytes, in chunks of the caller's size.
///
/// The format; numbers are varints (LEB128) unless said otherwise:
/// ```
/// "RoostSt1", or "RoostSt2" and the format level if that is above 1; the text has 8 bytes
/// entry, in ascending order of the keys:
///     u8 1
///     shared   how many leading bytes its key has in common with the key before
///     count    length of the rest of the key, and the rest
///     count    length of the header, and the header
///     count    length of the body, and the body
/// u8 0
/// number of entries | u64 and u64, little-endian: the digest
/// ```
/// What the entries are is said in ``KeySpace``. Equal states give equal bytes.
///
/// Belongs to one thread at a time. Holds its state until it ends.
public final class SnapshotStream {
    /// Of a state at level 1.
    static let magic: StaticString = "RoostSt1"
    /// Of one at a higher level, which stands after it: where a release that does not support it stops reading.
    static let magicOfLevels: StaticString = "RoostSt2"
    static let entryMark: UInt8 = 1
    static let endMark: UInt8 = 0

    private let pin: MapPin
    private var cursor: MapCursor
    private var sink = ByteSink(capacity: 4096)
    private var isStarted = false
    private var isEnded = false
    /// The entry whose body is being given, and how much of it has been. It lies in the pinned version.
    private var current: Entry?
    private var bodyOffset = 0
    /// Of what was really given.
    private var digest = MapDigest()

    /// Whether what was given is what the digest was taken of, change by change, as the state grew: false at the end if
    /// the memory has changed by itself. The bytes then are refused by whoever reads them.
    public private(set) var isSound = true

    /// The revision that the snapshot reflects.
    public var revision: Revision { Revision(pin.version.tag.revision) }

    init(_ pin: consuming MapPin) {
        cursor = MapCursor(root: pin.version.root)
        self.pin = pin
    }

    /// The next chunk; nil after the last one. All but the last one have exactly `byteCountMax` bytes.
    ///
    /// - Precondition: `byteCountMax` is at least 1.
    public func next(byteCountMax: Int) -> Bytes? {
        precondition(byteCountMax >= 1, "a chunk without bytes")
        if !isStarted { start() }
        while sink.count < byteCountMax && !isEnded { write(upTo: byteCountMax) }
        let count = min(byteCountMax, sink.count)
        guard count > 0 else { return nil }
        let chunk = Bytes(copying: UnsafeRawBufferPointer(rebasing: sink.bytes[..<count]))
        sink.removeFirst(count)
        return chunk
    }

    private func start() {
        isStarted = true
        let level = StateView(pin.version).level
        let magic = level > .first ? SnapshotStream.magicOfLevels : SnapshotStream.magic
        sink.append(UnsafeRawBufferPointer(start: magic.utf8Start, count: 8))
        if level > .first { sink.varint(UInt64(level.rawValue)) }
        withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { empty in
            _ = cursor.seek(UnsafeRawBufferPointer(rebasing: empty[..<0]))
        }
        writeHead(of: cursor.entry, after: nil)
    }

    /// Goes on with the current entry's body, or to the next entry.
    private func write(upTo count: Int) {
        guard let current else { preconditionFailure("a stream that has not ended has an entry") }
        let body = current.body
        if bodyOffset < body.count {
            let amount = min(body.count - bodyOffset, count - sink.count)
            sink.append(UnsafeRawBufferPointer(rebasing: body[bodyOffset..<(bodyOffset + amount)]))
            bodyOffset += amount
            return
        }
        writeHead(of: cursor.next(), after: current)
    }

    /// Everything of an entry but its body; the end of the stream if there is no entry.
    private func writeHead(of entry: Entry?, after previous: Entry?) {
        current = entry
        bodyOffset = 0
        guard let entry else {
            isEnded = true
            isSound = digest == pin.version.digest
            sink.byte(SnapshotStream.endMark)
            sink.varint(pin.version.count)
            sink.fixed64(pin.version.digest.first)
            sink.fixed64(pin.version.digest.second)
            return
        }
        digest.add(Entry.hash(key: entry.key, header: entry.header, body: entry.body))
        var shared = 0
        if let previous {
            shared = RawBytes.commonPrefix(previous.keyBase, previous.keyCount, entry.keyBase, entry.keyCount)
        }
        sink.byte(SnapshotStream.entryMark)
        sink.varint(UInt64(shared))
        sink.counted(UnsafeRawBufferPointer(rebasing: entry.key[shared...]))
        sink.counted(entry.header)
        sink.varint(UInt64(entry.bodyCount))
    }
}

/// Why bytes are no snapshot that this release can use.
public enum SnapshotError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin as a snapshot does.
    case notASnapshot
    /// It is of a state that only a later release supports.
    case unsupported(UnsupportedFormatLevel)
    /// It holds something that only a later release knows.
    case unknownEntry(firstKeyByte: UInt8)
    /// What is at this offset of the stream makes no sense.
    case malformed(offset: UInt64)
    /// The stream ended in the middle.
    case cutShort(offset: UInt64)
    /// Bytes follow the end.
    case bytesAfterEnd
    /// The entries are not those of which the digest was taken.
    case digestMismatch
    /// Something that every state has is missing, or the counters do not fit the entries.
    case incomplete

    public var description: String {
        switch self {
        case .notASnapshot: "not a snapshot of this format"
        case .unsupported(let error): "\(error)"
        case .unknownEntry(let byte): "an entry of the unknown kind \(byte): made by a later release?"
        case .malformed(let offset): "malformed at byte \(offset)"
        case .cutShort(let offset): "cut short at byte \(offset)"
        case .bytesAfterEnd: "bytes after the end"
        case .digestMismatch: "the digest does not match the contents"
        case .incomplete: "not a whole state"
        }
    }
}
