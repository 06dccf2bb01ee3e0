/// What is known of a znode beside its data. See `roost.v1.Stat`.
public struct ZnodeStat: Hashable, Sendable {
    public var createdRevision: Revision
    public var modifiedRevision: Revision
    public var childrenRevision: Revision
    /// How often the data has been set.
    public var version: UInt64
    /// How often a child has been created or deleted.
    public var childrenVersion: UInt64
    public var created: WallTime
    public var modified: WallTime
    /// Length of the data in bytes.
    public var dataLength: UInt64
    public var childCount: UInt64
    public var lifetime: Lifetime

    /// The stat of a znode that has just been created.
    init(
        createdAt revision: Revision, _ wallTime: WallTime, dataLength: Int, lifetime: Lifetime = .persistent
    ) {
        self.lifetime = lifetime
        createdRevision = revision
        modifiedRevision = revision
        childrenRevision = revision
        version = 0
        childrenVersion = 0
        created = wallTime
        modified = wallTime
        self.dataLength = UInt64(dataLength)
        childCount = 0
    }
}

/// The stat as it stands in the header of a znode's entry; the data length is the body's and not repeated.
///
/// ```
/// u8 flags | varint created revision | zigzag created, ms
/// if flags & 1: varint modified - created revision | varint version | zigzag modified - created, ms
/// if flags & 2: varint children - created revision | varint children version | varint child count
/// if flags & 4: u8 1 | varint session
///               u8 2
///               u8 3 | varint milliseconds | varint log time of the last Set, ns
/// ```
/// Flag 4, an ephemeral, container or TTL znode, exists since format level 2.
extension ZnodeStat {
    private static let wasSet: UInt8 = 1
    private static let hadChildren: UInt8 = 2
    private static let isSpecial: UInt8 = 4

    func encode(to sink: inout ByteSink) {
        let isSet = version != 0 || modifiedRevision != createdRevision || modified != created
        let hasChildren = childrenVersion != 0 || childrenRevision != createdRevision || childCount != 0
        let special = lifetime == .persistent ? 0 : ZnodeStat.isSpecial
        sink.byte((isSet ? ZnodeStat.wasSet : 0) | (hasChildren ? ZnodeStat.hadChildren : 0) | special)
        sink.varint(createdRevision.rawValue)
        sink.zigzag(created.unixMilliseconds)
        if isSet {
            sink.varint(modifiedRevision.rawValue &- createdRevision.rawValue)
            sink.varint(version)
            sink.zigzag(modified.unixMilliseconds &- created.unixMilliseconds)
        }
        if hasChildren {
            sink.varint(childrenRevision.rawValue &- createdRevision.rawValue)
            sink.varint(childrenVersion)
            sink.varint(childCount)
        }
        if special != 0 { lifetime.encode(to: &sink) }
    }

    /// Reads what ``encode(to:)`` wrote. `source` tells whether that was all well-formed.
    init(from source: inout ByteSource, dataLength: Int) {
        let flags = source.byte()
        if flags & ~(ZnodeStat.wasSet | ZnodeStat.hadChildren | ZnodeStat.isSpecial) != 0 { source.fail() }
        let revision = source.varint()
        let milliseconds = source.zigzag()
        self.init(
            createdAt: Revision(revision), WallTime(unixMilliseconds: milliseconds), dataLength: dataLength)
        if flags & ZnodeStat.wasSet != 0 {
            modifiedRevision = Revision(revision &+ source.varint())
            version = source.varint()
            modified = WallTime(unixMilliseconds: milliseconds &+ source.zigzag())
        }
        if flags & ZnodeStat.hadChildren != 0 {
            childrenRevision = Revision(revision &+ source.varint())
            childrenVersion = source.varint()
            childCount = source.varint()
        }
        if flags & ZnodeStat.isSpecial != 0 { lifetime = Lifetime(from: &source) }
    }

    /// The stat of the znode that `entry` holds.
    init(_ entry: Entry) {
        var source = ByteSource(entry.header)
        self.init(from: &source, dataLength: entry.bodyCount)
        precondition(source.isWellFormed, "a znode's entry with a malformed header")
    }
}
