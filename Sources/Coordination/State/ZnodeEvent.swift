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
