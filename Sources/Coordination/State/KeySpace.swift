/// The keys under which the replicated state lies in its one map.
///
/// | first byte | rest of the key | entry |
/// |---|---|---|
/// | `c` | client key | a client's newest outcomes (``ClientRecord``) |
/// | `e` | session, path | nothing: an ephemeral znode of that session |
/// | `h` | revision, number of the event in it | a change (``HistoryRecord``) |
/// | `l` | 0 dormant or 1 active, period of the last write, client number | the client key |
/// | `m` | | counters and retention (``MetaRecord``) |
/// | `o` | client number, first sequence | older outcomes of a client |
/// | `r` | as `h` | long data that a change has replaced (``HistoryRecord``) |
/// | `s` | session | a session (``SessionRecord``) |
/// | `t` | path | nothing: a TTL znode |
/// | `x` | revision | the session that ended at that revision |
/// | `z` | the path, its last `/` replaced by 0 | stat and data of a znode |
///
/// Numbers are big-endian, so that they sort as numbers. Other first bytes are free for what is still to come. `e`,
/// `r`, `s`, `t` and `x` exist since format level 2.
///
/// **Znodes.** Legal paths hold no byte 0, so a key holds exactly one, which tells where the last `/` was: paths and
/// keys correspond one to one. The keys that begin with `p`, 0 are the children of `p` and nothing else (of a deeper
/// path the zero comes later), so children are contiguous and sorted by the bytes of their names. The root is the 0
/// alone; its children begin with the 0, so they follow it at once.
enum KeySpace {
    static let client = UInt8(ascii: "c")
    static let ephemeral = UInt8(ascii: "e")
    static let history = UInt8(ascii: "h")
    static let activity = UInt8(ascii: "l")
    static let meta = UInt8(ascii: "m")
    static let outcome = UInt8(ascii: "o")
    static let replaced = UInt8(ascii: "r")
    static let session = UInt8(ascii: "s")
    static let ttl = UInt8(ascii: "t")
    static let endedSession = UInt8(ascii: "x")
    static let znode = UInt8(ascii: "z")

    private static let slash = UInt8(ascii: "/")

    /// Lends the key of the counters.
    static func withMeta<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: meta, body)
    }

    /// Lends the key of the znode at a legal path.
    @inline(__always)
    static func withZnode<Result>(
        _ path: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(byteCount: path.count + 1, alignment: 8) { key in
            fill(key, path)
            return body(UnsafeRawBufferPointer(key))
        }
    }

    /// Lends the key of the parent of the znode at a legal path that is not the root.
    static func withParent<Result>(
        of path: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        withZnode(parent(of: path), body)
    }

    /// Lends the beginning of the keys of all children of the znode at a legal path, or the key of one of them.
    static func withChildren<Result>(
        of path: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer = .init(start: nil, count: 0),
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let stem = UnsafeRawBufferPointer(rebasing: path[..<(path.count == 1 ? 0 : path.count)])
        return withUnsafeTemporaryAllocation(byteCount: stem.count + 2 + name.count, alignment: 8) { key in
            key[0] = znode
            UnsafeMutableRawBufferPointer(rebasing: key[1...]).copyMemory(from: stem)
            key[stem.count + 1] = 0
            UnsafeMutableRawBufferPointer(rebasing: key[(stem.count + 2)...]).copyMemory(from: name)
            return body(UnsafeRawBufferPointer(key))
        }
    }

    @inline(__always)
    private static func fill(_ key: UnsafeMutableRawBufferPointer, _ path: UnsafeRawBufferPointer) {
        guard let target = key.baseAddress, let source = path.baseAddress else { return }
        target.storeBytes(of: znode, as: UInt8.self)
        target.advanced(by: 1).copyMemory(from: source, byteCount: path.count)
        var index = path.count - 1
        while path[index] != slash { index &-= 1 }
        target.storeBytes(of: 0, toByteOffset: index &+ 1, as: UInt8.self)
    }

    /// The path of the parent: `/a` for `/a/b`, `/` for `/a`. It lies in the given bytes.
    static func parent(of path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let last = path.lastIndex(of: slash) else { preconditionFailure("a path without /") }
        return UnsafeRawBufferPointer(rebasing: path[..<max(1, last)])
    }

    // MARK: Sessions

    static func putSession(_ sink: inout ByteSink, _ session: SessionID) {
        sink.removeAll()
        sink.byte(KeySpace.session)
        sink.sorted64(session.rawValue)
    }

    /// The session, from the key of its record.
    static func session(ofKey key: UnsafeRawBufferPointer) -> SessionID {
        SessionID(UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 1, as: UInt64.self)))
    }

    /// The key of an ephemeral znode among its session's; without a path, what all of these begin with.
    static func putEphemeral(_ sink: inout ByteSink, _ session: SessionID, _ path: UnsafeRawBufferPointer? = nil) {
        sink.removeAll()
        sink.byte(KeySpace.ephemeral)
        sink.sorted64(session.rawValue)
        if let path { sink.append(path) }
    }

    static func putEndedSession(_ sink: inout ByteSink, at revision: Revision) {
        sink.removeAll()
        sink.byte(KeySpace.endedSession)
        sink.sorted64(revision.rawValue)
    }

    static func putTTL(_ sink: inout ByteSink, _ path: UnsafeRawBufferPointer) {
        sink.removeAll()
        sink.byte(KeySpace.ttl)
        sink.append(path)
    }

    // MARK: Names

    /// The last component of a path, from its key.
    static func name(ofZnodeKey key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let zero = key.lastIndex(of: 0) else { preconditionFailure("a znode's key without its zero") }
        return UnsafeRawBufferPointer(rebasing: key[(zero + 1)...])
    }

    /// The path, from its key.
    static func path(ofZnodeKey key: UnsafeRawBufferPointer) -> String {
        String(decoding: pathBytes(ofZnodeKey: key), as: UTF8.self)
    }

    static func pathBytes(ofZnodeKey key: UnsafeRawBufferPointer) -> [UInt8] {
        key.dropFirst().map { $0 == 0 ? slash : $0 }
    }
}
