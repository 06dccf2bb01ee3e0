import ByteString

/// An entry under ``KeySpace/history``: one change. The data is the body, which a long one shares with the znode.
///
/// Key: `h | revision | number of the event in the revision`; the number has 16 bits, or is `ff ff` and 32 bits.
/// Header, at format level 1 and since format level 2, which tells what was before:
/// ```
/// u8 kind | varint version | path
/// u8 kind + 16 (+ 32) | varint version | varint length, path
///     created, deleted: of the parent: varint children's revision | varint children's version | varint child count
///     changed, deleted: stat | varint data length | data, unless 32 was added
/// ```
/// With 32 the data is long, and the body of an entry under ``KeySpace/replaced`` that has the same key otherwise.
struct HistoryRecord {
    /// What a change costs beside its path and data, for the byte budget.
    static let overheadBytes = 96
    private static let keyCounts = [11, 15]
    private static let tellsBefore: UInt8 = 16
    private static let hasLongBefore: UInt8 = 32

    var kind: ZnodeEvent.Kind
    var version: UInt64
    var path: UnsafeRawBufferPointer
    /// What was before: a part of the header. Nil if it is not told.
    private var before: UnsafeRawBufferPointer?
    /// Whether the data before are in an entry of their own.
    private(set) var hasLongBefore: Bool

    init?(_ entry: Entry) {
        var source = ByteSource(entry.header)
        let mark = source.byte()
        guard HistoryRecord.isKey(entry.key), let kind = ZnodeEvent.Kind(rawValue: mark & 15), mark & ~63 == 0 else {
            return nil
        }
        self.kind = kind
        hasLongBefore = mark & HistoryRecord.hasLongBefore != 0
        version = source.varint()
        if mark & HistoryRecord.tellsBefore != 0 {
            path = source.counted()
            before = source.take(source.remaining)
        } else {
            path = source.take(source.remaining)
        }
        guard source.isWellFormed && path.count > 0 else { return nil }
    }

    // MARK: What was before

    /// What a change has replaced.
    struct Before {
        /// The parent's counters, where a child has come or gone.
        var parent: ChildrenCounters?
        /// The znode's stat, where there was one.
        var stat: ZnodeStat?
        /// Its data; nil if they are long.
        var data: UnsafeRawBufferPointer?
    }

    /// Nil if it is not told, or makes no sense.
    func readBefore() -> Before? {
        guard let bytes = before else { return nil }
        var source = ByteSource(bytes)
        var before = Before()
        if kind != .changed {
            before.parent = ChildrenCounters(
                revision: Revision(source.varint()), version: source.varint(), count: source.varint())
        }
        if kind != .created {
            // The length of the data stands after the stat.
            var stat = ZnodeStat(from: &source, dataLength: 0)
            stat.dataLength = source.varint()
            before.stat = stat
            if !hasLongBefore { before.data = source.take(Int(clamping: stat.dataLength)) }
        }
        return source.isWellFormed && source.isAtEnd ? before : nil
    }

    /// Whether what was before makes sense, or is not told.
    var isWellFormed: Bool { before == nil ? !hasLongBefore : readBefore() != nil }

    /// Writes the header of a change.
    ///
    /// - Parameters:
    ///   - before: the znode as it was, if there was one.
    ///   - parent: its stat as it was, if a child has come or gone.
    static func put(
        _ kind: ZnodeEvent.Kind, version: UInt64, _ path: UnsafeRawBufferPointer, before: Entry?, parent: ZnodeStat?,
        to sink: inout ByteSink
    ) {
        let isLong = before.map { isLongBody($0) } ?? false
        sink.byte(kind.rawValue | tellsBefore | (isLong ? hasLongBefore : 0))
        sink.varint(version)
        sink.counted(path)
        if let parent {
            sink.varint(parent.childrenRevision.rawValue)
            sink.varint(parent.childrenVersion)
            sink.varint(parent.childCount)
        }
        guard let before else { return }
        sink.append(before.header)
        sink.varint(UInt64(before.bodyCount))
        if !isLong { sink.append(before.body) }
    }

    /// Whether data that are replaced get an entry of their own, in which they can be shared.
    static func isLongBody(_ entry: Entry) -> Bool { entry.bodyCount > LargeBody.inlineBytesMax }

    // MARK: Keys and cost

    static func isKey(_ key: UnsafeRawBufferPointer, under first: UInt8 = KeySpace.history) -> Bool {
        key.first == first && keyCounts.contains(key.count)
    }

    static func put(number: UInt32, to sink: inout ByteSink) {
        if let short = UInt16(exactly: number), short < .max { return sink.sorted16(short) }
        sink.sorted16(.max)
        sink.sorted16(UInt16(truncatingIfNeeded: number >> 16))
        sink.sorted16(UInt16(truncatingIfNeeded: number))
    }

    static func revision(ofKey key: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
    }

    static func number(ofKey key: UnsafeRawBufferPointer) -> UInt32 {
        func number(at offset: Int) -> UInt16 {
            UInt16(bigEndian: key.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
        }
        guard key.count == keyCounts[1] else { return UInt32(number(at: 9)) }
        return UInt32(number(at: 11)) << 16 | UInt32(number(at: 13))
    }

    static func cost(_ entry: Entry) -> UInt64 { cost(headerCount: entry.headerCount, bodyCount: entry.bodyCount) }

    static func cost(headerCount: Int, bodyCount: Int) -> UInt64 { UInt64(overheadBytes + headerCount + bodyCount) }
}

/// What a znode's stat says about its children.
struct ChildrenCounters: Hashable {
    var revision: Revision
    var version: UInt64
    var count: UInt64
}

extension ZnodeStat {
    mutating func take(_ counters: ChildrenCounters) {
        childrenRevision = counters.revision
        childrenVersion = counters.version
        childCount = counters.count
    }
}
