public import ByteString

/// A change of a znode. See `roost.v1.Event`.
public struct ZnodeEvent: Hashable, Sendable {
    public var kind: Kind
    public var path: String
    /// The revision at which it happened.
    public var revision: Revision
    /// The znode's version after the change; before it, for a deletion.
    public var version: UInt64
    /// The data after the change; empty for a deletion. It may share a request's or a whole batch's memory.
    public var data: Bytes

    public enum Kind: UInt8, Sendable {
        case created = 1
        case changed = 2
        case deleted = 3
    }

    public init(kind: Kind, path: String, revision: Revision, version: UInt64, data: Bytes) {
        self.kind = kind
        self.path = path
        self.revision = revision
        self.version = version
        self.data = data
    }
}

/// Which changes a watch is told.
public struct WatchFilter: Hashable, Sendable {
    /// The watched znode's path; it need not exist.
    public let path: String
    public let scope: Scope

    public enum Scope: UInt8, Sendable {
        /// The znode itself.
        case node = 0
        /// Creation, change and deletion of its children, not of itself.
        case children = 1
        /// The znode and everything below it.
        case recursive = 2
    }

    /// - Precondition: `path` is legal (see ``Limits/check(path:)``).
    public init(path: String, scope: Scope) {
        self.path = path
        self.scope = scope
    }

    public func matches(_ event: ZnodeEvent) -> Bool { matches(path: event.path) }

    /// Whether a change of the znode at `changed`, a legal path, is told.
    public func matches(path changed: String) -> Bool {
        path.withUTF8Bytes { watched in changed.withUTF8Bytes { matches(watched, $0) } }
    }

    func matches(_ watched: UnsafeRawBufferPointer, _ changed: UnsafeRawBufferPointer) -> Bool {
        guard let left = watched.baseAddress, let right = changed.baseAddress else { return false }
        let isRoot = watched.count == 1
        // What every path below the watched one begins with, before the `/` that must follow.
        let stem = isRoot ? 0 : watched.count
        switch scope {
        case .node:
            return RawBytes.compare(left, watched.count, right, changed.count) == 0
        case .children:
            return isBelow(left, stem, right, changed.count)
                && !UnsafeRawBufferPointer(rebasing: changed[(stem + 1)...]).contains(UInt8(ascii: "/"))
        case .recursive:
            return isRoot || RawBytes.compare(left, watched.count, right, changed.count) == 0
                || isBelow(left, stem, right, changed.count)
        }
    }

    private func isBelow(_ stem: UnsafeRawPointer, _ stemCount: Int, _ path: UnsafeRawPointer, _ count: Int) -> Bool {
        count > stemCount + 1
            && path.load(fromByteOffset: stemCount, as: UInt8.self) == UInt8(ascii: "/")
            && RawBytes.commonPrefix(stem, stemCount, path, count) == stemCount
    }
}
