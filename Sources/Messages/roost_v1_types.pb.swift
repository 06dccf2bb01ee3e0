// Generated from roost/v1/types.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// How long a znode lives.
public enum ZnodeKind: Protobuf.Enumeration {
    /// The default: until it is deleted.
    case persistent
    /// Until it is deleted or its session ends. It has no children.
    case ephemeral
    /// Until it is deleted or its last child is; empty at first, it waits for one.
    case container
    /// Until it is deleted, or was not set for its ttl_ms while it had no children.
    case ttl
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .persistent }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .persistent
        case 1: self = .ephemeral
        case 2: self = .container
        case 3: self = .ttl
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .persistent: return 0
        case .ephemeral: return 1
        case .container: return 2
        case .ttl: return 3
        case .unrecognized(let number): return number
        }
    }
}

/// How fresh the answer to a read must be.
public enum ReadLevel: Protobuf.Enumeration {
    /// The default: the answer reflects every write that was acknowledged before the read was sent.
    case linearizable
    /// This member's state as it is, possibly old; needs no quorum. Never older than min_revision, where that is given.
    case serializable
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .linearizable }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .linearizable
        case 1: self = .serializable
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .linearizable: return 0
        case .serializable: return 1
        case .unrecognized(let number): return number
        }
    }
}

/// What is known of a znode beside its data.
public struct Stat: Protobuf.Message {
    /// The revision that created the znode.
    public var createdRevision: Swift.UInt64 = 0
    /// The revision that last set its data; equals created_revision until the first Set.
    public var modifiedRevision: Swift.UInt64 = 0
    /// The revision that last created or deleted one of its children; equals created_revision until the first such change.
    public var childrenRevision: Swift.UInt64 = 0
    /// How often the data has been set since the creation. Starts at 0.
    public var version: Swift.UInt64 = 0
    /// How often a child has been created or deleted. Starts at 0.
    public var childrenVersion: Swift.UInt64 = 0
    /// Wall time of the creation, as the leader's clock told it: milliseconds since 1970-01-01T00:00:00Z.
    /// For people to read: no promise of the service depends on it.
    public var createdUnixMs: Swift.Int64 = 0
    /// Wall time of the last Set (or of the creation), in the same unit.
    public var modifiedUnixMs: Swift.Int64 = 0
    /// Length of the data in bytes.
    public var dataLength: Swift.UInt64 = 0
    /// Number of children.
    public var childCount: Swift.UInt64 = 0
    /// How long the znode lives. PERSISTENT by default.
    public var kind: ZnodeKind = .persistent
    /// The session that an ephemeral znode lives as long as; 0 for any other.
    public var sessionID: Swift.UInt64 = 0
    /// How long a TTL znode outlives its last change, in milliseconds; 0 for any other.
    public var ttlMs: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        createdRevision: Swift.UInt64 = 0,
        modifiedRevision: Swift.UInt64 = 0,
        childrenRevision: Swift.UInt64 = 0,
        version: Swift.UInt64 = 0,
        childrenVersion: Swift.UInt64 = 0,
        createdUnixMs: Swift.Int64 = 0,
        modifiedUnixMs: Swift.Int64 = 0,
        dataLength: Swift.UInt64 = 0,
        childCount: Swift.UInt64 = 0,
        kind: ZnodeKind = .persistent,
        sessionID: Swift.UInt64 = 0,
        ttlMs: Swift.UInt64 = 0
    ) {
        self.createdRevision = createdRevision
        self.modifiedRevision = modifiedRevision
        self.childrenRevision = childrenRevision
        self.version = version
        self.childrenVersion = childrenVersion
        self.createdUnixMs = createdUnixMs
        self.modifiedUnixMs = modifiedUnixMs
        self.dataLength = dataLength
        self.childCount = childCount
        self.kind = kind
        self.sessionID = sessionID
        self.ttlMs = ttlMs
    }

    public static var fullName: Swift.String { "roost.v1.Stat" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.createdRevision, record, has: 112, at: 24)
        writer.implicit(self.modifiedRevision, record, has: 116, at: 32)
        writer.implicit(self.childrenRevision, record, has: 120, at: 40)
        writer.implicit(self.version, record, has: 124, at: 48)
        writer.implicit(self.childrenVersion, record, has: 128, at: 56)
        writer.implicit(self.createdUnixMs, record, has: 132, at: 64)
        writer.implicit(self.modifiedUnixMs, record, has: 136, at: 72)
        writer.implicit(self.dataLength, record, has: 140, at: 80)
        writer.implicit(self.childCount, record, has: 144, at: 88)
        writer.implicit(self.kind, record, has: 152, at: 148)
        writer.implicit(self.sessionID, record, has: 156, at: 96)
        writer.implicit(self.ttlMs, record, has: 160, at: 104)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.createdRevision)
        reader.implicit(record, at: 32, into: &self.modifiedRevision)
        reader.implicit(record, at: 40, into: &self.childrenRevision)
        reader.implicit(record, at: 48, into: &self.version)
        reader.implicit(record, at: 56, into: &self.childrenVersion)
        reader.implicit(record, at: 64, into: &self.createdUnixMs)
        reader.implicit(record, at: 72, into: &self.modifiedUnixMs)
        reader.implicit(record, at: 80, into: &self.dataLength)
        reader.implicit(record, at: 88, into: &self.childCount)
        reader.implicit(record, at: 148, into: &self.kind)
        reader.implicit(record, at: 96, into: &self.sessionID)
        reader.implicit(record, at: 104, into: &self.ttlMs)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Names a write, so that it can be sent again without taking effect twice. The service keeps the outcomes of the last
/// 1,024 ids of each client, of 100,000 clients, for ten minutes; a sequence below that window is refused with
/// REQUEST_ID_EXPIRED and never applied. The same id with other content is refused with REQUEST_ID_REUSED.
public struct RequestId: Protobuf.Message {
    /// Chosen by the client, unique among its principal's clients; 1 to 64 bytes. A random UUID is a good choice.
    public var clientID: Swift.String = ""
    /// Counts the client's writes upwards, starting at 1. Gaps are allowed.
    public var sequence: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        clientID: Swift.String = "",
        sequence: Swift.UInt64 = 0
    ) {
        self.clientID = clientID
        self.sequence = sequence
    }

    public static var fullName: Swift.String { "roost.v1.RequestId" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.clientID, record, has: 48, at: 24)
        writer.implicit(self.sequence, record, has: 52, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.clientID)
        reader.implicit(record, at: 40, into: &self.sequence)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Makes a write conditional on a lock, or an office: it is carried out only while the token's claim holds the lock, and
/// otherwise fails with ABORTED and FENCED. Checked where the write takes its place in the order of all changes, so that
/// a holder who was paused, or whose session has ended without its knowing, can do no harm.
public struct Fence: Protobuf.Message {
    /// The path of the lock or election. Required.
    public var path: Swift.String = ""
    /// The token, as Acquire or Campaign answered it. Required.
    public var token: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        token: Swift.UInt64 = 0
    ) {
        self.path = path
        self.token = token
    }

    public static var fullName: Swift.String { "roost.v1.Fence" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 48, at: 24)
        writer.implicit(self.token, record, has: 52, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.token)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            3, 0,
            168, 12,  // roost.v1.Stat
            1, 8, 112, 24, 0,  // created_revision
            2, 8, 116, 32, 0,  // modified_revision
            3, 8, 120, 40, 0,  // children_revision
            4, 8, 124, 48, 0,  // version
            5, 8, 128, 56, 0,  // children_version
            6, 3, 132, 64, 0,  // created_unix_ms
            7, 3, 136, 72, 0,  // modified_unix_ms
            8, 8, 140, 80, 0,  // data_length
            9, 8, 144, 88, 0,  // child_count
            10, 13, 152, 148, 0,  // kind
            11, 8, 156, 96, 0,  // session_id
            12, 8, 160, 104, 0,  // ttl_ms
            56, 2,  // roost.v1.RequestId
            1, 14, 48, 24, 0,  // client_id
            2, 8, 52, 40, 0,  // sequence
            56, 2,  // roost.v1.Fence
            1, 14, 48, 24, 0,  // path
            2, 8, 52, 40, 0,  // token
        ],
        names: """
            roost.v1.Stat created_revision modified_revision children_revision version children_version created_unix_ms modified_unix_ms data_length child_count kind session_id ttl_ms
            roost.v1.RequestId client_id sequence
            roost.v1.Fence path token
            """)
}
