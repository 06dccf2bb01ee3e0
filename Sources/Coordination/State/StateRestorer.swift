public import ByteString

/// Builds a state from a snapshot's bytes, which arrive in chunks of any size. Nothing of it is visible before
/// ``Coordination/replace(by:)``; a value that is dropped frees what it has built.
public struct StateRestorer: ~Copyable {
    private var loader = MapLoader()
    /// What of the stream is not understood yet: less than an entry, and the magic at first.
    private var rest = ByteSink(capacity: 64 << 10)
    private var key = ByteSink(capacity: 256)
    /// Bytes of the stream before `rest`.
    private var offset: UInt64 = 0
    /// As the beginning says; nil until that has been read.
    private var level: Coordination.FormatLevel?
    private let supported: Coordination.FormatLevel
    private var isEnded = false
    private var meta: MetaRecord?
    private var znodeCount: UInt64 = 0
    private var hasRoot = false
    private var failure: SnapshotError?

    /// - Parameter supported: a state of a higher format level is refused.
    public init(supported: Coordination.FormatLevel = .newest) { self.supported = supported }

    /// The format level of the state that a snapshot holds, from its first bytes; nil if they do not tell, because
    /// they are too few or none of a snapshot's.
    public static func level(ofSnapshotBeginningWith bytes: Bytes) -> Coordination.FormatLevel? {
        bytes.withUnsafeBytes { (try? beginning(of: $0))?.level }
    }

    /// What stands before the first entry, and its length; nil if it is not all there.
    private static func beginning(
        of bytes: UnsafeRawBufferPointer
    ) throws(SnapshotError) -> (level: Coordination.FormatLevel, count: Int)? {
        func begins(with magic: StaticString) -> Bool {
            bytes.prefix(8).elementsEqual(UnsafeRawBufferPointer(start: magic.utf8Start, count: 8))
        }
        guard bytes.count >= 8 else { return nil }
        if begins(with: SnapshotStream.magic) { return (.first, 8) }
        guard begins(with: SnapshotStream.magicOfLevels) else { throw .notASnapshot }
        var source = ByteSource(UnsafeRawBufferPointer(rebasing: bytes[8...]))
        let number = source.varint()
        if source.isCutShort { return nil }
        guard source.isWellFormed, let number = UInt32(exactly: number), number > 1 else {
            throw .malformed(offset: 8)
        }
        return (Coordination.FormatLevel(number), 8 + source.offset)
    }

    /// Takes the next bytes of the stream. After an error every further call throws it again.
    public mutating func feed(_ bytes: Bytes) throws(SnapshotError) {
        if let failure { throw failure }
        bytes.withUnsafeBytes { rest.append($0) }
        do throws(SnapshotError) {
            try parse()
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func parse() throws(SnapshotError) {
        var consumed = 0
        if level == nil {
            guard let (level, count) = try StateRestorer.beginning(of: rest.bytes) else { return }
            guard level <= supported else {
                throw .unsupported(UnsupportedFormatLevel(needed: level, supported: supported))
            }
            self.level = level
            consumed = count
        }
        while consumed < rest.count {
            guard !isEnded else { throw .bytesAfterEnd }
            let amount = try parseItem(UnsafeRawBufferPointer(rebasing: rest.bytes[consumed...]), consumed)
            guard amount > 0 else { break }
            consumed += amount
        }
        rest.removeFirst(consumed)
        offset &+= UInt64(consumed)
    }

    /// Reads one entry, or the end, and returns its length; 0 if it is not all there yet.
    private mutating func parseItem(_ bytes: UnsafeRawBufferPointer, _ consumed: Int) throws(SnapshotError) -> Int {
        let position = offset &+ UInt64(consumed)
        var source = ByteSource(bytes)
        switch source.byte() {
        case SnapshotStream.entryMark: break
        case SnapshotStream.endMark: return try parseEnd(&source, position)
        default: throw .malformed(offset: position)
        }
        let shared = source.varint()
        let keyRest = try counted(&source, max: UInt64(Entry.keyBytesMax), position)
        let header = try counted(&source, max: UInt64(Entry.headerBytesMax), position)
        let body = try counted(&source, max: UInt64(Limits.ceiling.dataBytesMax), position)
        guard source.isWellFormed else {
            if source.isCutShort { return 0 }
            throw .malformed(offset: position)
        }
        guard shared <= UInt64(key.count), Int(shared) + keyRest.count <= Entry.keyBytesMax else {
            throw .malformed(offset: position)
        }
        key.keepFirst(Int(shared))
        key.append(keyRest)
        try take(Entry.make(key: key.bytes, header: header, body: .copying(body)), position)
        return source.offset
    }

    private func counted(
        _ source: inout ByteSource, max: UInt64, _ position: UInt64
    ) throws(SnapshotError) -> UnsafeRawBufferPointer {
        let count = source.varint()
        // Checked before the bytes are there: a wrong length must not make us wait for gigabytes.
        guard count <= max else { throw .malformed(offset: position) }
        return source.take(Int(count))
    }

    private mutating func take(_ entry: Entry, _ position: UInt64) throws(SnapshotError) {
        do throws(SnapshotError) {
            try check(entry, position)
            guard loader.append(entry) else { throw .malformed(offset: position) }
        } catch {
            entry.free()
            throw error
        }
    }

    /// Refuses an entry that the state's own code could not read.
    private mutating func check(_ entry: Entry, _ position: UInt64) throws(SnapshotError) {
        guard let kind = entry.key.first else { throw .malformed(offset: position) }
        let isFine: Bool
        switch kind {
        case KeySpace.client:
            isFine = ClientRecord(decoding: entry) != nil && OutcomeChunk.isWellFormed(entry.body)
        case KeySpace.history:
            isFine = HistoryRecord(entry)?.isWellFormed == true
        case KeySpace.replaced:
            isFine = HistoryRecord.isKey(entry.key, under: KeySpace.replaced) && entry.headerCount == 0
        case KeySpace.activity:
            isFine = entry.keyCount == 18 && entry.key[1] <= 1 && entry.headerCount > 0
        case KeySpace.meta:
            meta = MetaRecord(decoding: entry.header)
            isFine = entry.keyCount == 1 && meta != nil
        case KeySpace.outcome:
            isFine = entry.keyCount == 17 && entry.bodyCount > 0 && OutcomeChunk.isWellFormed(entry.body)
        case KeySpace.session:
            isFine = entry.keyCount == 9 && SessionRecord(decoding: entry.header) != nil
        case KeySpace.endedSession:
            isFine = entry.keyCount == 9 && entry.headerCount == 8
        case KeySpace.ephemeral:
            isFine = entry.keyCount > 9
        case KeySpace.ttl:
            isFine = entry.keyCount > 1
        case KeySpace.znode:
            var source = ByteSource(entry.header)
            _ = ZnodeStat(from: &source, dataLength: entry.bodyCount)
            isFine = source.isWellFormed && source.isAtEnd && entry.key.count { $0 == 0 } == 1
            znodeCount &+= 1
            if entry.keyCount == 2 && entry.key[1] == 0 { hasRoot = true }
        default:
            throw .unknownEntry(firstKeyByte: kind)
        }
        guard isFine else { throw .malformed(offset: position) }
    }

    private mutating func parseEnd(_ source: inout ByteSource, _ position: UInt64) throws(SnapshotError) -> Int {
        let count = source.varint()
        let digest = MapDigest(first: source.fixed64(), second: source.fixed64())
        guard source.isWellFormed else {
            if source.isCutShort { return 0 }
            throw .malformed(offset: position)
        }
        guard count == loader.currentCount && digest == loader.currentDigest else { throw .digestMismatch }
        isEnded = true
        return source.offset
    }

    /// The whole state.
    ///
    /// - Throws: if bytes are missing, or if they are not a whole state.
    public consuming func finish() throws(SnapshotError) -> RestoredState {
        if let failure { throw failure }
        guard isEnded else { throw .cutShort(offset: offset &+ UInt64(rest.count)) }
        guard let meta, hasRoot, meta.znodeCount == znodeCount, meta.level == level else { throw .incomplete }
        return RestoredState(loader, meta)
    }
}

/// A state that a snapshot brought, verified and ready for ``Coordination/replace(by:)``.
public struct RestoredState: ~Copyable {
    private var loader: MapLoader
    private let meta: MetaRecord

    fileprivate init(_ loader: consuming MapLoader, _ meta: MetaRecord) {
        self.loader = loader
        self.meta = meta
    }

    /// The revision that the state reflects.
    public var revision: Revision { Revision(meta.revision) }

    /// Its format level.
    public var level: Coordination.FormatLevel { meta.level }

    /// Puts the entries in the place of those in `map`, and returns the counters.
    consuming func install(into map: inout VersionedMap) -> MetaRecord {
        map.replaceAll(with: loader)
        return meta
    }
}
