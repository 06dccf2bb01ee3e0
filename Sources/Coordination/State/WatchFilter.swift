/// Which changes a watch is told.
public struct WatchFilter: Hashable, Sendable {
    /// The watched znode's path; it need not exist.
    public let path: String
    public let scope: Scope
    /// Only changes of these kinds.
    public let kinds: Kinds
    /// Only znodes whose last component begins with these bytes; empty for all.
    public let namePrefix: String

    public enum Scope: UInt8, Sendable {
        /// The znode itself.
        case node = 0
        /// Creation, change and deletion of its children, not of itself.
        case children = 1
        /// The znode and everything below it.
        case recursive = 2
    }

    public struct Kinds: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public init(_ kind: ZnodeEvent.Kind) { rawValue = 1 << kind.rawValue }

        public static let all: Kinds = [Kinds(.created), Kinds(.changed), Kinds(.deleted)]
    }

    /// - Precondition: `path` is legal (see ``Limits/check(path:)``).
    public init(path: String, scope: Scope, kinds: Kinds = .all, namePrefix: String = "") {
        self.path = path
        self.scope = scope
        self.kinds = kinds
        self.namePrefix = namePrefix
    }

    public func matches(_ event: ZnodeEvent) -> Bool {
        event.path.withUTF8Bytes { matches(event.kind, $0) }
    }

    /// Whether a change of that kind of the znode at `changed`, a legal path, is told.
    func matches(_ kind: ZnodeEvent.Kind, _ changed: UnsafeRawBufferPointer) -> Bool {
        path.withUTF8Bytes { covers($0, changed) } && passes(kind, changed)
    }

    /// Whether a change in the watch's scope is told.
    public func passes(_ event: ZnodeEvent) -> Bool { event.path.withUTF8Bytes { passes(event.kind, $0) } }

    private func passes(_ kind: ZnodeEvent.Kind, _ changed: UnsafeRawBufferPointer) -> Bool {
        guard kinds.contains(Kinds(kind)) else { return false }
        guard !namePrefix.isEmpty else { return true }
        let slash = changed.lastIndex(of: UInt8(ascii: "/")) ?? 0
        return namePrefix.withUTF8Bytes { changed[(slash + 1)...].starts(with: $0) }
    }

    private func covers(_ watched: UnsafeRawBufferPointer, _ changed: UnsafeRawBufferPointer) -> Bool {
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
