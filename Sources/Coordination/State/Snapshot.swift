public import ByteString

/// A state as a stream of bytes, in chunks of the caller's size.
///
/// The format, level 1; numbers are varints (LEB128) unless said otherwise:
/// ```
/// "RoostSt1"                                              8 bytes
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
public struct SnapshotStream: ~Copyable, Sendable {
    static let magic: StaticString = "RoostSt1"
    static let entryMark: UInt8 = 1
    static let endMark: UInt8 = 0

    private let pin: MapPin
    private var cursor: CursorBox
    private var sink = SinkBox()
    private var isStarted = false
    private var isEnded = false
    /// What of the last entry's body is still to be given.
    private var bodyOffset = 0
    /// The last key lies in the pinned version, so it needs no copy.
    private var lastEntry: PinnedEntry?

    /// The revision that the snapshot reflects.
    public var revision: Revision { Revision(pin.version.tag.revision) }

    init(_ pin: consuming MapPin) {
        cursor = CursorBox(root: pin.version.root)
        self.pin = pin
    }

    /// The next chunk; nil after the last one. All but the last one have exactly `count` bytes.
    ///
    /// - Precondition: `count` is at least 1.
    public mutating func next(count: Int) -> Bytes? {
        precondition(count >= 1, "a chunk without bytes")
        if !isStarted {
            isStarted = true
            sink.value.append(UnsafeRawBufferPointer(start: SnapshotStream.magic.utf8Start, count: 8))
            start()
        }
        while sink.value.count < count && !(isEnded && lastEntry == nil) { write(upTo: count) }
        let amount = min(count, sink.value.count)
        guard amount > 0 else { return nil }
        let chunk = Bytes(copying: UnsafeRawBufferPointer(rebasing: sink.value.bytes[..<amount]))
        sink.value.removeFirst(amount)
        return chunk
    }

    private mutating func start() {
        withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { empty in
            _ = cursor.value.seek(UnsafeRawBufferPointer(rebasing: empty[..<0]))
        }
        putHead(of: cursor.value.entry, after: nil)
    }

    /// Goes on with the current entry's body, or to the next entry.
    private mutating func write(upTo count: Int) {
        guard let current = lastEntry?.entry else { return }
        let body = current.body
        if bodyOffset < body.count {
            let amount = min(body.count - bodyOffset, max(1, count - sink.value.count))
            sink.value.append(UnsafeRawBufferPointer(rebasing: body[bodyOffset..<(bodyOffset + amount)]))
            bodyOffset += amount
            return
        }
        putHead(of: cursor.value.next(), after: current)
    }

    /// Everything of an entry but its body; the end of the stream if there is no entry.
    private mutating func putHead(of entry: Entry?, after previous: Entry?) {
        bodyOffset = 0
        lastEntry = entry.map { PinnedEntry(entry: $0) }
        guard let entry else {
            isEnded = true
            sink.value.byte(SnapshotStream.endMark)
            sink.value.varint(pin.version.count)
            sink.value.fixed64(pin.version.digest.first)
            sink.value.fixed64(pin.version.digest.second)
            return
        }
        var shared = 0
        if let previous {
            shared = RawBytes.commonPrefix(previous.keyBase, previous.keyCount, entry.keyBase, entry.keyCount)
        }
        sink.value.byte(SnapshotStream.entryMark)
        sink.value.varint(UInt64(shared))
        sink.value.counted(UnsafeRawBufferPointer(rebasing: entry.key[shared...]))
        sink.value.counted(entry.header)
        sink.value.varint(UInt64(entry.bodyCount))
    }

    /// Proof of `@unchecked Sendable` for all three: they point into the version that the stream itself pins, or to
    /// memory that it alone owns, and `next` is `mutating`, so one thread at a time uses them.
    private struct CursorBox: ~Copyable, @unchecked Sendable {
        var value: MapCursor
        init(root: Node) { value = MapCursor(root: root) }
    }

    private struct SinkBox: ~Copyable, @unchecked Sendable {
        var value = ByteSink(capacity: 4096)
    }

    private struct PinnedEntry: @unchecked Sendable {
        var entry: Entry
    }
}

/// Why bytes are no snapshot that this release can use.
public enum SnapshotError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin as a snapshot does.
    case notASnapshot
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
        case .unknownEntry(let byte): "an entry of the unknown kind \(byte): made by a later release?"
        case .malformed(let offset): "malformed at byte \(offset)"
        case .cutShort(let offset): "cut short at byte \(offset)"
        case .bytesAfterEnd: "bytes after the end"
        case .digestMismatch: "the digest does not match the contents"
        case .incomplete: "not a whole state"
        }
    }
}
