public import ByteString

/// Hands out readers of the published state, on any thread.
public struct StateReaders: Sendable {
    let core: MapCore

    /// A reader for one event loop or thread, to be made once and kept.
    public func makeReader() -> StateReader { StateReader(core) }

    /// Holds the newest published state until the returned value ends.
    public func hold() -> PinnedState { PinnedState(core) }
}

/// Reads the newest published state, from one thread at a time, without a lock and without waiting.
public struct StateReader: ~Copyable, Sendable {
    private let core: MapCore
    private var reader: MapReader

    fileprivate init(_ core: MapCore) {
        self.core = core
        reader = MapReader(core)
    }

    /// Holds the newest state until the returned value ends.
    public func hold() -> PinnedState { PinnedState(core) }

    /// Lends the newest state to `body`: all that it reads there is of one revision. What `body` keeps are copies.
    ///
    /// Keep it short: what the writer replaces meanwhile stays in memory. For long walks there is ``PinnedState``.
    @inline(__always)
    public mutating func pin<Result, Failure: Error>(
        _ body: (borrowing StateView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try reader.pin { version throws(Failure) in try body(StateView(version)) }
    }
}

/// Holds one state for as long as the value lives, for walks that take several turns: a streamed listing, a snapshot.
public struct PinnedState: ~Copyable, Sendable {
    private let pin: MapPin

    fileprivate init(_ core: MapCore) { pin = MapPin(core) }

    /// Lends the state to `body`, again and again the same.
    public borrowing func read<Result, Failure: Error>(
        _ body: (borrowing StateView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(StateView(pin.version))
    }

    /// The state as a stream of bytes.
    public consuming func snapshot() -> SnapshotStream { SnapshotStream(pin) }
}

/// A znode as it is read.
public struct Znode: Hashable, Sendable {
    public var stat: ZnodeStat
    public var data: Bytes
}

/// The state at one revision.
public struct StateView: ~Copyable {
    let version: MapVersion

    init(_ version: MapVersion) { self.version = version }

    /// The revision that everything here reflects.
    public var revision: Revision { Revision(version.tag.revision) }

    public var logTime: LogTime { LogTime(nanoseconds: version.tag.time) }

    /// A digest of the whole state: equal on all members at the same revision.
    public var digest: UInt64 { version.digest.folded }

    /// The number of znodes, the root included.
    public var znodeCount: UInt64 { meta.znodeCount }

    /// The format level in effect.
    public var level: Coordination.FormatLevel { meta.level }

    /// The first revision from which on all changes are kept.
    public var oldestRetained: Revision { Revision(meta.historyFloor &+ 1) }

    private var meta: MetaRecord {
        guard let entry = KeySpace.withMeta({ version.get($0) }), let meta = MetaRecord(decoding: entry.header)
        else { preconditionFailure("a published state without its counters") }
        return meta
    }

    func get(key: UnsafeRawBufferPointer) -> Entry? { version.get(key) }

    func queue(_ path: String) -> ClaimQueue { ClaimQueue(root: version.root, path: path) }

    /// Calls `body` for the entries from a key on whose keys begin with that byte, until it returns false.
    func walk(from key: UnsafeRawBufferPointer, under first: UInt8, _ body: (Entry) -> Bool) {
        var cursor = MapCursor(root: version.root)
        var next = cursor.seek(key)
        while let entry = next, entry.key.first == first, body(entry) { next = cursor.next() }
    }

    // MARK: Znodes

    /// The znode at `path`; nil if there is none. Long data is shared with the state, short data copied.
    ///
    /// - Precondition: `path` is legal (see ``Limits/check(path:)``).
    public func get(_ path: String) -> Znode? {
        find(path).map { Znode(stat: ZnodeStat($0), data: $0.bodyBytes) }
    }

    /// Lends a znode's stat and data to `body` without copying them; nil if there is no znode.
    public func get<Result>(_ path: String, _ body: (ZnodeStat, UnsafeRawBufferPointer) -> Result) -> Result? {
        find(path).map { body(ZnodeStat($0), $0.body) }
    }

    /// The stat of the znode at `path`; nil if there is none.
    public func stat(_ path: String) -> ZnodeStat? { find(path).map(ZnodeStat.init) }

    private func find(_ path: String) -> Entry? {
        path.withUTF8Bytes { path in KeySpace.withZnode(path) { version.get($0) } }
    }

    /// Calls `body` for the children of the znode at `path`, in the order of their names' bytes, until it returns
    /// false. Returns the znode's own stat; nil if there is no znode.
    ///
    /// - Parameter name: only children whose names come after this one; empty for all.
    @discardableResult
    public func list(
        _ path: String, startAfter name: String = "", _ body: (borrowing ChildView) -> Bool
    ) -> ZnodeStat? {
        guard let stat = stat(path) else { return nil }
        guard stat.childCount > 0 else { return stat }
        path.withUTF8Bytes { path in
            name.withUTF8Bytes { name in
                KeySpace.withChildren(of: path, name: name) { start in
                    walk(from: start, prefixCount: start.count - name.count, body)
                }
            }
        }
        return stat
    }

    private func walk(
        from start: UnsafeRawBufferPointer, prefixCount: Int, _ body: (borrowing ChildView) -> Bool
    ) {
        guard let startBase = start.baseAddress else { return }
        var cursor = MapCursor(root: version.root)
        var next = cursor.seek(start)
        // A child of exactly that name is not after it; without a name, it is the root's own key that may stand there.
        if let entry = next, RawBytes.compare(entry.keyBase, entry.keyCount, startBase, start.count) == 0 {
            next = cursor.next()
        }
        while let entry = next {
            let shared = RawBytes.commonPrefix(entry.keyBase, entry.keyCount, startBase, prefixCount)
            guard shared == prefixCount, body(ChildView(entry: entry, nameOffset: prefixCount)) else { return }
            next = cursor.next()
        }
    }
}

/// A child in a listing. Lent: what is kept beyond the call must be copied out of it.
public struct ChildView: ~Copyable {
    fileprivate let entry: Entry
    fileprivate let nameOffset: Int

    /// The last component of its path.
    public var name: String { String(decoding: nameBytes, as: UTF8.self) }

    /// The bytes of the name where they lie.
    public var nameBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: entry.key[nameOffset...]) }

    public var stat: ZnodeStat { ZnodeStat(entry) }

    /// The length of the data in bytes.
    public var dataCount: Int { entry.bodyCount }

    /// The data: long data shared with the state, short data copied.
    public var data: Bytes { entry.bodyBytes }
}
