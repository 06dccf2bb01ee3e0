// Generated from roost/v1/store.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum Relation: Protobuf.Enumeration {
    /// The default: there is the same.
    case equal
    /// There is another.
    case notEqual
    /// What is there is less: for numbers, and for data by its bytes.
    case less
    /// What is there is greater.
    case greater
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .equal }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .equal
        case 1: self = .notEqual
        case 2: self = .less
        case 3: self = .greater
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .equal: return 0
        case .notEqual: return 1
        case .less: return 2
        case .greater: return 3
        case .unrecognized(let number): return number
        }
    }
}

/// Which znodes a watch is about.
public enum WatchScope: Protobuf.Enumeration {
    /// The default: the znode at the path itself: its creation, changes of its data, its deletion.
    case node
    /// Creation, change and deletion of the znode's children (not of the znode itself).
    case children
    /// The znode and everything below it.
    case recursive
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .node }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .node
        case 1: self = .children
        case 2: self = .recursive
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .node: return 0
        case .children: return 1
        case .recursive: return 2
        case .unrecognized(let number): return number
        }
    }
}

public enum EventKind: Protobuf.Enumeration {
    /// Never sent.
    case unspecified
    case created
    /// The data was set.
    case changed
    case deleted
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .unspecified }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .created
        case 2: self = .changed
        case 3: self = .deleted
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .unspecified: return 0
        case .created: return 1
        case .changed: return 2
        case .deleted: return 3
        case .unrecognized(let number): return number
        }
    }
}

public struct CreateRequest: Protobuf.Message {
    /// The znode to create. Required.
    public var path: Swift.String = ""
    /// Its data; empty by default, at most 1 MiB (configurable).
    public var data: Protobuf.Bytes = Protobuf.Bytes()
    /// Makes the write safe to send again. None by default.
    public var requestID: RequestId?
    /// PERSISTENT by default.
    public var kind: ZnodeKind = .persistent
    /// The session that an EPHEMERAL znode lives as long as; it must be its opener who asks. Only for that kind.
    public var sessionID: Swift.UInt64 = 0
    /// For a TTL znode: milliseconds of the ensemble's time after the last Set (or the creation) after which it is
    /// deleted, once it has no children; 1 ms to 365 days. Only for that kind.
    public var ttlMs: Swift.UInt64 = 0
    /// Appends 20 digits to the path: a number that is greater than that of any sequential znode which was created under
    /// this parent before. The path may then end with `/`: the digits are the whole name. False by default.
    public var sequential: Swift.Bool = false
    /// Only while this token is valid. None by default.
    public var fence: Fence?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        data: Protobuf.Bytes = Protobuf.Bytes(),
        requestID: RequestId? = nil,
        kind: ZnodeKind = .persistent,
        sessionID: Swift.UInt64 = 0,
        ttlMs: Swift.UInt64 = 0,
        sequential: Swift.Bool = false,
        fence: Fence? = nil
    ) {
        self.path = path
        self.data = data
        self.requestID = requestID
        self.kind = kind
        self.sessionID = sessionID
        self.ttlMs = ttlMs
        self.sequential = sequential
        self.fence = fence
    }

    public static var fullName: Swift.String { "roost.v1.CreateRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 88, at: 24)
        writer.implicit(self.data, record, has: 92, at: 40)
        writer.message(self.requestID, record, at: 56)
        writer.implicit(self.kind, record, has: 100, at: 96)
        writer.implicit(self.sessionID, record, has: 104, at: 64)
        writer.implicit(self.ttlMs, record, has: 108, at: 72)
        writer.implicit(self.sequential, record, has: 116, at: 112)
        writer.message(self.fence, record, at: 80)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.data)
        reader.message(record, at: 56, into: &self.requestID)
        reader.implicit(record, at: 96, into: &self.kind)
        reader.implicit(record, at: 64, into: &self.sessionID)
        reader.implicit(record, at: 72, into: &self.ttlMs)
        reader.implicit(record, at: 112, into: &self.sequential)
        reader.message(record, at: 80, into: &self.fence)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct CreateResponse: Protobuf.Message {
    /// The revision at which the write took effect.
    public var revision: Swift.UInt64 = 0
    /// The path as created: that of the request, and after it the digits of a sequential znode.
    public var path: Swift.String = ""
    /// The new znode's stat.
    public var stat: Stat?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        path: Swift.String = "",
        stat: Stat? = nil
    ) {
        self.revision = revision
        self.path = path
        self.stat = stat
    }

    public static var fullName: Swift.String { "roost.v1.CreateResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 56, at: 24)
        writer.implicit(self.path, record, has: 60, at: 32)
        writer.message(self.stat, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.path)
        reader.message(record, at: 48, into: &self.stat)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GetRequest: Protobuf.Message {
    /// The znode to read. Required.
    public var path: Swift.String = ""
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision; the member waits until it has applied it. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    /// The znode as it was at this revision. OUT_OF_RANGE (HISTORY_TRIMMED) if the changes since then are not all retained.
    /// 0, the default, means now.
    public var atRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0,
        atRevision: Swift.UInt64 = 0
    ) {
        self.path = path
        self.level = level
        self.minRevision = minRevision
        self.atRevision = atRevision
    }

    public static var fullName: Swift.String { "roost.v1.GetRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 56, at: 24)
        writer.implicit(self.level, record, has: 64, at: 60)
        writer.implicit(self.minRevision, record, has: 68, at: 40)
        writer.implicit(self.atRevision, record, has: 72, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 60, into: &self.level)
        reader.implicit(record, at: 40, into: &self.minRevision)
        reader.implicit(record, at: 48, into: &self.atRevision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GetResponse: Protobuf.Message {
    /// The revision that the answer reflects.
    public var revision: Swift.UInt64 = 0
    /// The znode's data.
    public var data: Protobuf.Bytes = Protobuf.Bytes()
    /// The znode's stat.
    public var stat: Stat?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        data: Protobuf.Bytes = Protobuf.Bytes(),
        stat: Stat? = nil
    ) {
        self.revision = revision
        self.data = data
        self.stat = stat
    }

    public static var fullName: Swift.String { "roost.v1.GetResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 56, at: 24)
        writer.implicit(self.data, record, has: 60, at: 32)
        writer.message(self.stat, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.data)
        reader.message(record, at: 48, into: &self.stat)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct SetRequest: Protobuf.Message {
    /// The znode to change. Required.
    public var path: Swift.String = ""
    /// The new data; empty by default, at most 1 MiB (configurable).
    public var data: Protobuf.Bytes = Protobuf.Bytes()
    /// Only if the znode's version is this one. Absent, the default, means any.
    public var expectedVersion: Swift.UInt64?
    /// Makes the write safe to send again. None by default.
    public var requestID: RequestId?
    /// Only while this token is valid. None by default.
    public var fence: Fence?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        data: Protobuf.Bytes = Protobuf.Bytes(),
        expectedVersion: Swift.UInt64? = nil,
        requestID: RequestId? = nil,
        fence: Fence? = nil
    ) {
        self.path = path
        self.data = data
        self.expectedVersion = expectedVersion
        self.requestID = requestID
        self.fence = fence
    }

    public static var fullName: Swift.String { "roost.v1.SetRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 80, at: 24)
        writer.implicit(self.data, record, has: 84, at: 40)
        writer.optional(self.expectedVersion, record, has: 88, at: 56)
        writer.message(self.requestID, record, at: 64)
        writer.message(self.fence, record, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.data)
        reader.optional(record, has: 88, at: 56, into: &self.expectedVersion)
        reader.message(record, at: 64, into: &self.requestID)
        reader.message(record, at: 72, into: &self.fence)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct SetResponse: Protobuf.Message {
    /// The revision at which the write took effect.
    public var revision: Swift.UInt64 = 0
    /// The stat after the change.
    public var stat: Stat?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        stat: Stat? = nil
    ) {
        self.revision = revision
        self.stat = stat
    }

    public static var fullName: Swift.String { "roost.v1.SetResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 40, at: 24)
        writer.message(self.stat, record, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.message(record, at: 32, into: &self.stat)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DeleteRequest: Protobuf.Message {
    /// The znode to delete. Required. The root cannot be deleted.
    public var path: Swift.String = ""
    /// Only if the znode's version is this one. Absent, the default, means any.
    public var expectedVersion: Swift.UInt64?
    /// Makes the write safe to send again. None by default.
    public var requestID: RequestId?
    /// Only while this token is valid. None by default.
    public var fence: Fence?
    /// Deletes everything below the znode as well, all at one revision: at most 10,000 znodes, in a transaction in all.
    /// RESOURCE_EXHAUSTED (LIMIT_REACHED) if there are more. False by default.
    public var recursive: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        expectedVersion: Swift.UInt64? = nil,
        requestID: RequestId? = nil,
        fence: Fence? = nil,
        recursive: Swift.Bool = false
    ) {
        self.path = path
        self.expectedVersion = expectedVersion
        self.requestID = requestID
        self.fence = fence
        self.recursive = recursive
    }

    public static var fullName: Swift.String { "roost.v1.DeleteRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 64, at: 24)
        writer.optional(self.expectedVersion, record, has: 68, at: 40)
        writer.message(self.requestID, record, at: 48)
        writer.message(self.fence, record, at: 56)
        writer.implicit(self.recursive, record, has: 76, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.optional(record, has: 68, at: 40, into: &self.expectedVersion)
        reader.message(record, at: 48, into: &self.requestID)
        reader.message(record, at: 56, into: &self.fence)
        reader.implicit(record, at: 72, into: &self.recursive)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DeleteResponse: Protobuf.Message {
    /// The revision at which the write took effect.
    public var revision: Swift.UInt64 = 0
    /// How many znodes a recursive call has deleted, containers that were left empty above them included; 0 for any other.
    public var deletedCount: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        deletedCount: Swift.UInt64 = 0
    ) {
        self.revision = revision
        self.deletedCount = deletedCount
    }

    public static var fullName: Swift.String { "roost.v1.DeleteResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 40, at: 24)
        writer.implicit(self.deletedCount, record, has: 44, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.deletedCount)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TransactRequest: Protobuf.Message {
    /// If all of them hold, `then` is carried out, else `otherwise`. None by default: `then` is. At most 128.
    public var comparisons: [Comparison] = []
    /// Each sees what those before it have done. At most 128 in each list.
    public var then: [Operation] = []
    /// None by default: a transaction that compares and does nothing.
    public var otherwise: [Operation] = []
    /// Makes the call safe to send again. None by default. What a transaction came to is kept then, so that the data that it
    /// reads and the paths of sequential znodes that it creates may have 4 KiB in all; without it, 2 MiB.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        comparisons: [Comparison] = [],
        then: [Operation] = [],
        otherwise: [Operation] = [],
        requestID: RequestId? = nil
    ) {
        self.comparisons = comparisons
        self.then = then
        self.otherwise = otherwise
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.TransactRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[8] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.comparisons, record, count: 24, at: 32)
        writer.repeated(self.then, record, count: 40, at: 48)
        writer.repeated(self.otherwise, record, count: 56, at: 64)
        writer.message(self.requestID, record, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.comparisons)
        reader.repeated(record, count: 40, at: 48, into: &self.then)
        reader.repeated(record, count: 56, at: 64, into: &self.otherwise)
        reader.message(record, at: 72, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// Something about a znode, as it is before the transaction.
public struct Comparison: Protobuf.Message {
    /// The znode. Required. One that does not exist is like nothing but `exists = false`: any other comparison fails (but
    /// for that of a token).
    public var path: Swift.String = ""
    /// What is compared, with the value that it must have. Required.
    public var what: What?
    /// How what is there must relate to that value. EQUAL by default.
    public var relation: Relation = .equal
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        what: What? = nil,
        relation: Relation = .equal
    ) {
        self.path = path
        self.what = what
        self.relation = relation
    }

    /// What is compared, with the value that it must have. Required.
    public enum What: Swift.Hashable, Swift.Sendable {
        /// Whether the znode exists.
        case exists(Swift.Bool)
        /// Stat.version
        case version(Swift.UInt64)
        /// Stat.created_revision: with it, whether the znode is still the one that was created then.
        case createdRevision(Swift.UInt64)
        /// Stat.modified_revision
        case modifiedRevision(Swift.UInt64)
        /// Stat.child_count
        case childCount(Swift.UInt64)
        /// Stat.session_id: whose ephemeral znode it is.
        case sessionID(Swift.UInt64)
        /// Its data.
        case data(Protobuf.Bytes)
        /// Whether this fencing token is valid: the znode is a lock, and the token's claim holds it. Only EQUAL and NOT_EQUAL;
        /// where there is no lock no token is valid.
        case token(Swift.UInt64)
    }

    public static var fullName: Swift.String { "roost.v1.Comparison" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[9] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 60, at: 40)
        switch self.what {
        case .exists(let value):
            writer.choose(2, record, case: 56)
            writer.store(value, record, at: 24)
        case .version(let value):
            writer.choose(3, record, case: 56)
            writer.store(value, record, at: 24)
        case .createdRevision(let value):
            writer.choose(4, record, case: 56)
            writer.store(value, record, at: 24)
        case .modifiedRevision(let value):
            writer.choose(5, record, case: 56)
            writer.store(value, record, at: 24)
        case .childCount(let value):
            writer.choose(6, record, case: 56)
            writer.store(value, record, at: 24)
        case .sessionID(let value):
            writer.choose(7, record, case: 56)
            writer.store(value, record, at: 24)
        case .data(let value):
            writer.choose(8, record, case: 56)
            writer.store(value, record, at: 24)
        case .token(let value):
            writer.choose(10, record, case: 56)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 56)
        }
        writer.implicit(self.relation, record, has: 68, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 40, into: &self.path)
        switch reader.chosen(record, case: 56) {
        case 2: self.what = .exists(reader.value(record, at: 24))
        case 3: self.what = .version(reader.value(record, at: 24))
        case 4: self.what = .createdRevision(reader.value(record, at: 24))
        case 5: self.what = .modifiedRevision(reader.value(record, at: 24))
        case 6: self.what = .childCount(reader.value(record, at: 24))
        case 7: self.what = .sessionID(reader.value(record, at: 24))
        case 8: self.what = .data(reader.value(record, at: 24))
        case 10: self.what = .token(reader.value(record, at: 24))
        default: break
        }
        reader.implicit(record, at: 64, into: &self.relation)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A part of a transaction. The requests are as those of the calls, without request ids.
public struct Operation: Protobuf.Message {
    /// Required.
    public var what: What?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        what: What? = nil
    ) {
        self.what = what
    }

    /// Required.
    public enum What: Swift.Hashable, Swift.Sendable {
        case create(CreateRequest)
        case set(SetRequest)
        case delete(DeleteRequest)
        /// Reads a znode as it is at that point. One that does not exist is no failure.
        case get(Swift.String)
    }

    public static var fullName: Swift.String { "roost.v1.Operation" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[10] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.what {
        case .create(let value):
            writer.choose(1, record, case: 40)
            writer.store(value, record, at: 24)
        case .set(let value):
            writer.choose(2, record, case: 40)
            writer.store(value, record, at: 24)
        case .delete(let value):
            writer.choose(3, record, case: 40)
            writer.store(value, record, at: 24)
        case .get(let value):
            writer.choose(4, record, case: 40)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 40)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 40) {
        case 1: self.what = .create(reader.value(record, at: 24))
        case 2: self.what = .set(reader.value(record, at: 24))
        case 3: self.what = .delete(reader.value(record, at: 24))
        case 4: self.what = .get(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct TransactResponse: Protobuf.Message {
    /// The revision at which the transaction took effect.
    public var revision: Swift.UInt64 = 0
    /// Whether all comparisons held, and `then` was carried out.
    public var succeeded: Swift.Bool = false
    /// The first comparison that did not hold, counted from 0; absent if all did.
    public var failedComparison: Swift.UInt32?
    /// One for each operation that was carried out, in order.
    public var results: [OperationResult] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        succeeded: Swift.Bool = false,
        failedComparison: Swift.UInt32? = nil,
        results: [OperationResult] = []
    ) {
        self.revision = revision
        self.succeeded = succeeded
        self.failedComparison = failedComparison
        self.results = results
    }

    public static var fullName: Swift.String { "roost.v1.TransactResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[11] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.implicit(self.succeeded, record, has: 56, at: 52)
        writer.optional(self.failedComparison, record, has: 64, at: 60)
        writer.repeated(self.results, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 52, into: &self.succeeded)
        reader.optional(record, has: 64, at: 60, into: &self.failedComparison)
        reader.repeated(record, count: 32, at: 40, into: &self.results)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct OperationResult: Protobuf.Message {
    public var what: What?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        what: What? = nil
    ) {
        self.what = what
    }

    public enum What: Swift.Hashable, Swift.Sendable {
        case create(CreateResponse)
        case set(SetResponse)
        case delete(DeleteResponse)
        /// Of a znode that was read and exists.
        case get(GetResponse)
        /// Of a znode that was read and does not exist: always true.
        case missing(Swift.Bool)
    }

    public static var fullName: Swift.String { "roost.v1.OperationResult" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[12] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        switch self.what {
        case .create(let value):
            writer.choose(1, record, case: 32)
            writer.store(value, record, at: 24)
        case .set(let value):
            writer.choose(2, record, case: 32)
            writer.store(value, record, at: 24)
        case .delete(let value):
            writer.choose(3, record, case: 32)
            writer.store(value, record, at: 24)
        case .get(let value):
            writer.choose(4, record, case: 32)
            writer.store(value, record, at: 24)
        case .missing(let value):
            writer.choose(5, record, case: 32)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 32)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        switch reader.chosen(record, case: 32) {
        case 1: self.what = .create(reader.value(record, at: 24))
        case 2: self.what = .set(reader.value(record, at: 24))
        case 3: self.what = .delete(reader.value(record, at: 24))
        case 4: self.what = .get(reader.value(record, at: 24))
        case 5: self.what = .missing(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ListRequest: Protobuf.Message {
    /// The znode whose children are listed. Required.
    public var path: Swift.String = ""
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    /// Only children whose names come after this one. Empty, the default, begins with the first.
    public var startAfter: Swift.String = ""
    /// At most this many children. 0, the default, means all.
    public var limit: Swift.UInt64 = 0
    /// Fills Child.data. False by default.
    public var includeData: Swift.Bool = false
    /// Fills Child.stat. False by default.
    public var includeStat: Swift.Bool = false
    /// The children as they were at this revision. OUT_OF_RANGE (HISTORY_TRIMMED) if the changes since then are not all
    /// retained. 0, the default, means now.
    public var atRevision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0,
        startAfter: Swift.String = "",
        limit: Swift.UInt64 = 0,
        includeData: Swift.Bool = false,
        includeStat: Swift.Bool = false,
        atRevision: Swift.UInt64 = 0
    ) {
        self.path = path
        self.level = level
        self.minRevision = minRevision
        self.startAfter = startAfter
        self.limit = limit
        self.includeData = includeData
        self.includeStat = includeStat
        self.atRevision = atRevision
    }

    public static var fullName: Swift.String { "roost.v1.ListRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[13] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 80, at: 24)
        writer.implicit(self.level, record, has: 88, at: 84)
        writer.implicit(self.minRevision, record, has: 92, at: 40)
        writer.implicit(self.startAfter, record, has: 96, at: 48)
        writer.implicit(self.limit, record, has: 100, at: 64)
        writer.implicit(self.includeData, record, has: 108, at: 104)
        writer.implicit(self.includeStat, record, has: 116, at: 112)
        writer.implicit(self.atRevision, record, has: 120, at: 72)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 84, into: &self.level)
        reader.implicit(record, at: 40, into: &self.minRevision)
        reader.implicit(record, at: 48, into: &self.startAfter)
        reader.implicit(record, at: 64, into: &self.limit)
        reader.implicit(record, at: 104, into: &self.includeData)
        reader.implicit(record, at: 112, into: &self.includeStat)
        reader.implicit(record, at: 72, into: &self.atRevision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ListResponse: Protobuf.Message {
    /// The revision that the whole listing reflects; the same in every message of it.
    public var revision: Swift.UInt64 = 0
    /// The next children, in order.
    public var children: [Child] = []
    /// The listed znode's own stat; in the first message only.
    public var stat: Stat?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        children: [Child] = [],
        stat: Stat? = nil
    ) {
        self.revision = revision
        self.children = children
        self.stat = stat
    }

    public static var fullName: Swift.String { "roost.v1.ListResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[14] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 56, at: 24)
        writer.repeated(self.children, record, count: 32, at: 40)
        writer.message(self.stat, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.children)
        reader.message(record, at: 48, into: &self.stat)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A child in a listing.
public struct Child: Protobuf.Message {
    /// The last component of its path.
    public var name: Swift.String = ""
    /// Its data, if asked for.
    public var data: Protobuf.Bytes = Protobuf.Bytes()
    /// Its stat, if asked for.
    public var stat: Stat?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        data: Protobuf.Bytes = Protobuf.Bytes(),
        stat: Stat? = nil
    ) {
        self.name = name
        self.data = data
        self.stat = stat
    }

    public static var fullName: Swift.String { "roost.v1.Child" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[15] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 64, at: 24)
        writer.implicit(self.data, record, has: 68, at: 40)
        writer.message(self.stat, record, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.implicit(record, at: 40, into: &self.data)
        reader.message(record, at: 56, into: &self.stat)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct WatchRequest: Protobuf.Message {
    /// The znode to watch; it need not exist. Required.
    public var path: Swift.String = ""
    /// NODE by default.
    public var scope: WatchScope = .node
    /// The first revision whose changes are told. 0, the default, means: those after the revision that the first
    /// response names.
    public var startRevision: Swift.UInt64 = 0
    /// Fills Event.data with the data after the change. False by default.
    public var includeData: Swift.Bool = false
    /// Milliseconds of silence after which a response without events tells the revision reached.
    /// 0, the default, means 10,000; at least 100.
    public var progressIntervalMs: Swift.UInt32 = 0
    /// Fills Event.previous_data and Event.previous_stat with the znode as it was before the change. False by default.
    public var includePrevious: Swift.Bool = false
    /// Only changes of these kinds. None, the default, means all.
    public var kinds: [EventKind] = []
    /// Only znodes whose name, the last component of the path, begins with these bytes. Empty, the default, means all.
    public var namePrefix: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        scope: WatchScope = .node,
        startRevision: Swift.UInt64 = 0,
        includeData: Swift.Bool = false,
        progressIntervalMs: Swift.UInt32 = 0,
        includePrevious: Swift.Bool = false,
        kinds: [EventKind] = [],
        namePrefix: Swift.String = ""
    ) {
        self.path = path
        self.scope = scope
        self.startRevision = startRevision
        self.includeData = includeData
        self.progressIntervalMs = progressIntervalMs
        self.includePrevious = includePrevious
        self.kinds = kinds
        self.namePrefix = namePrefix
    }

    public static var fullName: Swift.String { "roost.v1.WatchRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[16] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 80, at: 24)
        writer.implicit(self.scope, record, has: 88, at: 84)
        writer.implicit(self.startRevision, record, has: 92, at: 40)
        writer.implicit(self.includeData, record, has: 100, at: 96)
        writer.implicit(self.progressIntervalMs, record, has: 108, at: 104)
        writer.implicit(self.includePrevious, record, has: 116, at: 112)
        writer.repeated(self.kinds, record, count: 48, at: 56)
        writer.implicit(self.namePrefix, record, has: 120, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 84, into: &self.scope)
        reader.implicit(record, at: 40, into: &self.startRevision)
        reader.implicit(record, at: 96, into: &self.includeData)
        reader.implicit(record, at: 104, into: &self.progressIntervalMs)
        reader.implicit(record, at: 112, into: &self.includePrevious)
        reader.repeated(record, count: 48, at: 56, into: &self.kinds)
        reader.implicit(record, at: 64, into: &self.namePrefix)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// The first response comes at once and has no events. All events of one revision are in one response, unless they are
/// too many for one.
public struct WatchResponse: Protobuf.Message {
    /// All changes up to this revision have been told. To go on after a break, watch from revision + 1.
    public var revision: Swift.UInt64 = 0
    /// Changes in order; none in the first response and in progress marks.
    public var events: [Event] = []
    /// The revision of the last event goes on in the next response. It is then not counted in `revision`: after a break it
    /// is told again as a whole.
    public var more: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        events: [Event] = [],
        more: Swift.Bool = false
    ) {
        self.revision = revision
        self.events = events
        self.more = more
    }

    public static var fullName: Swift.String { "roost.v1.WatchResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[17] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.events, record, count: 32, at: 40)
        writer.implicit(self.more, record, has: 56, at: 52)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.events)
        reader.implicit(record, at: 52, into: &self.more)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A change of a znode.
public struct Event: Protobuf.Message {
    /// What happened.
    public var kind: EventKind = .unspecified
    /// The znode it happened to.
    public var path: Swift.String = ""
    /// The revision at which it happened.
    public var revision: Swift.UInt64 = 0
    /// The znode's version after the change (before it, for DELETED).
    public var version: Swift.UInt64 = 0
    /// The data after the change, if asked for.
    public var data: Protobuf.Bytes = Protobuf.Bytes()
    /// If asked for, and unless it was created: the data before the change.
    public var previousData: Protobuf.Bytes = Protobuf.Bytes()
    /// With it, the stat before the change. Absent as well for a change that the history holds from before format level 2.
    public var previousStat: Stat?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        kind: EventKind = .unspecified,
        path: Swift.String = "",
        revision: Swift.UInt64 = 0,
        version: Swift.UInt64 = 0,
        data: Protobuf.Bytes = Protobuf.Bytes(),
        previousData: Protobuf.Bytes = Protobuf.Bytes(),
        previousStat: Stat? = nil
    ) {
        self.kind = kind
        self.path = path
        self.revision = revision
        self.version = version
        self.data = data
        self.previousData = previousData
        self.previousStat = previousStat
    }

    public static var fullName: Swift.String { "roost.v1.Event" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[18] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.kind, record, has: 100, at: 96)
        writer.implicit(self.path, record, has: 104, at: 24)
        writer.implicit(self.revision, record, has: 108, at: 40)
        writer.implicit(self.version, record, has: 112, at: 48)
        writer.implicit(self.data, record, has: 116, at: 56)
        writer.implicit(self.previousData, record, has: 120, at: 72)
        writer.message(self.previousStat, record, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 96, into: &self.kind)
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.revision)
        reader.implicit(record, at: 48, into: &self.version)
        reader.implicit(record, at: 56, into: &self.data)
        reader.implicit(record, at: 72, into: &self.previousData)
        reader.message(record, at: 88, into: &self.previousStat)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            19, 0,
            120, 8,  // roost.v1.CreateRequest
            1, 14, 88, 24, 0,  // path
            2, 15, 92, 40, 0,  // data
            3, 16, 0, 56, 20,  // request_id
            4, 13, 100, 96, 0,  // kind
            5, 8, 104, 64, 0,  // session_id
            6, 8, 108, 72, 0,  // ttl_ms
            7, 12, 116, 112, 0,  // sequential
            8, 16, 0, 80, 19,  // fence
            64, 3,  // roost.v1.CreateResponse
            1, 8, 56, 24, 0,  // revision
            2, 14, 60, 32, 0,  // path
            3, 16, 0, 48, 21,  // stat
            80, 4,  // roost.v1.GetRequest
            1, 14, 56, 24, 0,  // path
            2, 13, 64, 60, 0,  // level
            3, 8, 68, 40, 0,  // min_revision
            4, 8, 72, 48, 0,  // at_revision
            64, 3,  // roost.v1.GetResponse
            1, 8, 56, 24, 0,  // revision
            2, 15, 60, 32, 0,  // data
            3, 16, 0, 48, 21,  // stat
            96, 5,  // roost.v1.SetRequest
            1, 14, 80, 24, 0,  // path
            2, 15, 84, 40, 0,  // data
            3, 8, 88, 56, 0,  // expected_version
            4, 16, 0, 64, 20,  // request_id
            5, 16, 0, 72, 19,  // fence
            48, 2,  // roost.v1.SetResponse
            1, 8, 40, 24, 0,  // revision
            2, 16, 0, 32, 21,  // stat
            80, 5,  // roost.v1.DeleteRequest
            1, 14, 64, 24, 0,  // path
            2, 8, 68, 40, 0,  // expected_version
            3, 16, 0, 48, 20,  // request_id
            4, 16, 0, 56, 19,  // fence
            5, 12, 76, 72, 0,  // recursive
            48, 2,  // roost.v1.DeleteResponse
            1, 8, 40, 24, 0,  // revision
            2, 8, 44, 32, 0,  // deleted_count
            80, 4,  // roost.v1.TransactRequest
            1, 272, 24, 32, 9,  // comparisons
            2, 272, 40, 48, 10,  // then
            3, 272, 56, 64, 10,  // otherwise
            4, 16, 0, 72, 20,  // request_id
            72, 10,  // roost.v1.Comparison
            1, 14, 60, 40, 0,  // path
            2, 1036, 56, 24, 0,  // exists
            3, 1032, 56, 24, 0,  // version
            4, 1032, 56, 24, 0,  // created_revision
            5, 1032, 56, 24, 0,  // modified_revision
            6, 1032, 56, 24, 0,  // child_count
            7, 1032, 56, 24, 0,  // session_id
            8, 1039, 56, 24, 0,  // data
            9, 13, 68, 64, 0,  // relation
            10, 1032, 56, 24, 0,  // token
            48, 4,  // roost.v1.Operation
            1, 1040, 40, 24, 0,  // create
            2, 1040, 40, 24, 4,  // set
            3, 1040, 40, 24, 6,  // delete
            4, 1038, 40, 24, 0,  // get
            72, 4,  // roost.v1.TransactResponse
            1, 8, 48, 24, 0,  // revision
            2, 12, 56, 52, 0,  // succeeded
            3, 6, 64, 60, 0,  // failed_comparison
            4, 272, 32, 40, 12,  // results
            40, 5,  // roost.v1.OperationResult
            1, 1040, 32, 24, 1,  // create
            2, 1040, 32, 24, 5,  // set
            3, 1040, 32, 24, 7,  // delete
            4, 1040, 32, 24, 3,  // get
            5, 1036, 32, 24, 0,  // missing
            128, 8,  // roost.v1.ListRequest
            1, 14, 80, 24, 0,  // path
            2, 13, 88, 84, 0,  // level
            3, 8, 92, 40, 0,  // min_revision
            4, 14, 96, 48, 0,  // start_after
            5, 8, 100, 64, 0,  // limit
            6, 12, 108, 104, 0,  // include_data
            7, 12, 116, 112, 0,  // include_stat
            8, 8, 120, 72, 0,  // at_revision
            64, 3,  // roost.v1.ListResponse
            1, 8, 56, 24, 0,  // revision
            2, 272, 32, 40, 15,  // children
            3, 16, 0, 48, 21,  // stat
            72, 3,  // roost.v1.Child
            1, 14, 64, 24, 0,  // name
            2, 15, 68, 40, 0,  // data
            3, 16, 0, 56, 21,  // stat
            128, 8,  // roost.v1.WatchRequest
            1, 14, 80, 24, 0,  // path
            2, 13, 88, 84, 0,  // scope
            3, 8, 92, 40, 0,  // start_revision
            4, 12, 100, 96, 0,  // include_data
            5, 6, 108, 104, 0,  // progress_interval_ms
            6, 12, 116, 112, 0,  // include_previous
            7, 781, 48, 56, 0,  // kinds
            8, 14, 120, 64, 0,  // name_prefix
            64, 3,  // roost.v1.WatchResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 18,  // events
            3, 12, 56, 52, 0,  // more
            128, 7,  // roost.v1.Event
            1, 13, 100, 96, 0,  // kind
            2, 14, 104, 24, 0,  // path
            3, 8, 108, 40, 0,  // revision
            4, 8, 112, 48, 0,  // version
            5, 15, 116, 56, 0,  // data
            6, 15, 120, 72, 0,  // previous_data
            7, 16, 0, 88, 21,  // previous_stat
        ],
        names: """
            roost.v1.CreateRequest path data request_id kind session_id ttl_ms sequential fence
            roost.v1.CreateResponse revision path stat
            roost.v1.GetRequest path level min_revision at_revision
            roost.v1.GetResponse revision data stat
            roost.v1.SetRequest path data expected_version request_id fence
            roost.v1.SetResponse revision stat
            roost.v1.DeleteRequest path expected_version request_id fence recursive
            roost.v1.DeleteResponse revision deleted_count
            roost.v1.TransactRequest comparisons then otherwise request_id
            roost.v1.Comparison path exists version created_revision modified_revision child_count session_id data relation token
            roost.v1.Operation create set delete get
            roost.v1.TransactResponse revision succeeded failed_comparison results
            roost.v1.OperationResult create set delete get missing
            roost.v1.ListRequest path level min_revision start_after limit include_data include_stat at_revision
            roost.v1.ListResponse revision children stat
            roost.v1.Child name data stat
            roost.v1.WatchRequest path scope start_revision include_data progress_interval_ms include_previous kinds name_prefix
            roost.v1.WatchResponse revision events more
            roost.v1.Event kind path revision version data previous_data previous_stat
            """,
        imports: [
            Fence.layout,
            RequestId.layout,
            Stat.layout,
        ])
}
