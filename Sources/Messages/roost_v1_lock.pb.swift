// Generated from roost/v1/lock.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public enum LockMode: Protobuf.Enumeration {
    /// The default: nobody else holds the lock.
    case exclusive
    /// Others may hold it too, if they share it.
    case shared
    /// The lock is a semaphore: it has a number of permits, of which the claim takes some.
    case permits
    /// A number that this program has no name for.
    case unrecognized(Swift.Int32)

    public init() { self = .exclusive }

    public init(rawValue: Swift.Int32) {
        switch rawValue {
        case 0: self = .exclusive
        case 1: self = .shared
        case 2: self = .permits
        default: self = .unrecognized(rawValue)
        }
    }

    public var rawValue: Swift.Int32 {
        switch self {
        case .exclusive: return 0
        case .shared: return 1
        case .permits: return 2
        case .unrecognized(let number): return number
        }
    }
}

public struct AcquireRequest: Protobuf.Message {
    /// The lock. Required; not the root.
    public var path: Swift.String = ""
    /// The session that holds it; it must be its opener who asks. Required.
    public var sessionID: Swift.UInt64 = 0
    /// Tells owners within a session apart: threads, say. At most 64 bytes, and none of them `/` or a control character.
    /// Empty by default: the session is the owner.
    public var owner: Swift.String = ""
    /// EXCLUSIVE by default.
    public var mode: LockMode = .exclusive
    /// For PERMITS: how many the claim takes. 0, the default, means 1; at most capacity.
    public var permits: Swift.UInt32 = 0
    /// For PERMITS: how many there are, at most 1,000,000. Required for that mode. All claims of a semaphore must agree on
    /// it; FAILED_PRECONDITION and LOCK_MISMATCH otherwise.
    public var capacity: Swift.UInt32 = 0
    /// How long to wait, in milliseconds. 0 means not at all. Absent, the default, means for as long as the call lasts.
    public var waitMs: Swift.UInt64?
    /// Kept with the claim, for whoever looks at it. Empty by default; at most 1 MiB (configurable).
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    /// Makes the call safe to send again, and lets `existed` be right then. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        sessionID: Swift.UInt64 = 0,
        owner: Swift.String = "",
        mode: LockMode = .exclusive,
        permits: Swift.UInt32 = 0,
        capacity: Swift.UInt32 = 0,
        waitMs: Swift.UInt64? = nil,
        value: Protobuf.Bytes = Protobuf.Bytes(),
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.sessionID = sessionID
        self.owner = owner
        self.mode = mode
        self.permits = permits
        self.capacity = capacity
        self.waitMs = waitMs
        self.value = value
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.AcquireRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 96, at: 24)
        writer.implicit(self.sessionID, record, has: 100, at: 40)
        writer.implicit(self.owner, record, has: 104, at: 48)
        writer.implicit(self.mode, record, has: 112, at: 108)
        writer.implicit(self.permits, record, has: 120, at: 116)
        writer.implicit(self.capacity, record, has: 128, at: 124)
        writer.optional(self.waitMs, record, has: 132, at: 64)
        writer.implicit(self.value, record, has: 136, at: 72)
        writer.message(self.requestID, record, at: 88)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.sessionID)
        reader.implicit(record, at: 48, into: &self.owner)
        reader.implicit(record, at: 108, into: &self.mode)
        reader.implicit(record, at: 116, into: &self.permits)
        reader.implicit(record, at: 124, into: &self.capacity)
        reader.optional(record, has: 132, at: 64, into: &self.waitMs)
        reader.implicit(record, at: 72, into: &self.value)
        reader.message(record, at: 88, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct AcquireResponse: Protobuf.Message {
    /// The revision as of which the claim holds the lock.
    public var revision: Swift.UInt64 = 0
    /// The fencing token.
    public var token: Swift.UInt64 = 0
    /// The claim's znode.
    public var claimPath: Swift.String = ""
    /// The owner's claim was there before this call (but for a repeated one). Whoever made it releases it.
    public var existed: Swift.Bool = false
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        token: Swift.UInt64 = 0,
        claimPath: Swift.String = "",
        existed: Swift.Bool = false
    ) {
        self.revision = revision
        self.token = token
        self.claimPath = claimPath
        self.existed = existed
    }

    public static var fullName: Swift.String { "roost.v1.AcquireResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 56, at: 24)
        writer.implicit(self.token, record, has: 60, at: 32)
        writer.implicit(self.claimPath, record, has: 64, at: 40)
        writer.implicit(self.existed, record, has: 72, at: 68)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.implicit(record, at: 32, into: &self.token)
        reader.implicit(record, at: 40, into: &self.claimPath)
        reader.implicit(record, at: 68, into: &self.existed)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ReleaseRequest: Protobuf.Message {
    /// The lock. Required.
    public var path: Swift.String = ""
    /// The claim's token. Required.
    public var token: Swift.UInt64 = 0
    /// Makes the call safe to send again. None by default.
    public var requestID: RequestId?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        token: Swift.UInt64 = 0,
        requestID: RequestId? = nil
    ) {
        self.path = path
        self.token = token
        self.requestID = requestID
    }

    public static var fullName: Swift.String { "roost.v1.ReleaseRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 56, at: 24)
        writer.implicit(self.token, record, has: 60, at: 40)
        writer.message(self.requestID, record, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 40, into: &self.token)
        reader.message(record, at: 48, into: &self.requestID)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ReleaseResponse: Protobuf.Message {
    /// The revision at which the claim went.
    public var revision: Swift.UInt64 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0
    ) {
        self.revision = revision
    }

    public static var fullName: Swift.String { "roost.v1.ReleaseResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 32, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DescribeLockRequest: Protobuf.Message {
    /// The lock. Required.
    public var path: Swift.String = ""
    /// LINEARIZABLE by default.
    public var level: ReadLevel = .linearizable
    /// The answer reflects at least this revision. 0, the default, asks nothing.
    public var minRevision: Swift.UInt64 = 0
    /// At most so many claims. 0, the default, means 100; at most 10,000.
    public var limit: Swift.UInt32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        path: Swift.String = "",
        level: ReadLevel = .linearizable,
        minRevision: Swift.UInt64 = 0,
        limit: Swift.UInt32 = 0
    ) {
        self.path = path
        self.level = level
        self.minRevision = minRevision
        self.limit = limit
    }

    public static var fullName: Swift.String { "roost.v1.DescribeLockRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.path, record, has: 48, at: 24)
        writer.implicit(self.level, record, has: 56, at: 52)
        writer.implicit(self.minRevision, record, has: 60, at: 40)
        writer.implicit(self.limit, record, has: 68, at: 64)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.path)
        reader.implicit(record, at: 52, into: &self.level)
        reader.implicit(record, at: 40, into: &self.minRevision)
        reader.implicit(record, at: 64, into: &self.limit)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct DescribeLockResponse: Protobuf.Message {
    /// The revision that the answer reflects.
    public var revision: Swift.UInt64 = 0
    /// In the order in which they get the lock: first those that hold it.
    public var claims: [Claim] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        revision: Swift.UInt64 = 0,
        claims: [Claim] = []
    ) {
        self.revision = revision
        self.claims = claims
    }

    public static var fullName: Swift.String { "roost.v1.DescribeLockResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.revision, record, has: 48, at: 24)
        writer.repeated(self.claims, record, count: 32, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.revision)
        reader.repeated(record, count: 32, at: 40, into: &self.claims)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// What is known of a claim, beside its value.
public struct Claim: Protobuf.Message {
    public var token: Swift.UInt64 = 0
    public var sessionID: Swift.UInt64 = 0
    public var owner: Swift.String = ""
    public var mode: LockMode = .exclusive
    /// For PERMITS.
    public var permits: Swift.UInt32 = 0
    public var capacity: Swift.UInt32 = 0
    /// Whether it holds the lock: its token is valid.
    public var held: Swift.Bool = false
    /// The claim's znode.
    public var claimPath: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        token: Swift.UInt64 = 0,
        sessionID: Swift.UInt64 = 0,
        owner: Swift.String = "",
        mode: LockMode = .exclusive,
        permits: Swift.UInt32 = 0,
        capacity: Swift.UInt32 = 0,
        held: Swift.Bool = false,
        claimPath: Swift.String = ""
    ) {
        self.token = token
        self.sessionID = sessionID
        self.owner = owner
        self.mode = mode
        self.permits = permits
        self.capacity = capacity
        self.held = held
        self.claimPath = claimPath
    }

    public static var fullName: Swift.String { "roost.v1.Claim" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.token, record, has: 72, at: 24)
        writer.implicit(self.sessionID, record, has: 76, at: 32)
        writer.implicit(self.owner, record, has: 80, at: 40)
        writer.implicit(self.mode, record, has: 88, at: 84)
        writer.implicit(self.permits, record, has: 96, at: 92)
        writer.implicit(self.capacity, record, has: 104, at: 100)
        writer.implicit(self.held, record, has: 112, at: 108)
        writer.implicit(self.claimPath, record, has: 116, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.token)
        reader.implicit(record, at: 32, into: &self.sessionID)
        reader.implicit(record, at: 40, into: &self.owner)
        reader.implicit(record, at: 84, into: &self.mode)
        reader.implicit(record, at: 92, into: &self.permits)
        reader.implicit(record, at: 100, into: &self.capacity)
        reader.implicit(record, at: 108, into: &self.held)
        reader.implicit(record, at: 56, into: &self.claimPath)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            7, 0,
            144, 9,  // roost.v1.AcquireRequest
            1, 14, 96, 24, 0,  // path
            2, 8, 100, 40, 0,  // session_id
            3, 14, 104, 48, 0,  // owner
            4, 13, 112, 108, 0,  // mode
            5, 6, 120, 116, 0,  // permits
            6, 6, 128, 124, 0,  // capacity
            7, 8, 132, 64, 0,  // wait_ms
            8, 15, 136, 72, 0,  // value
            9, 16, 0, 88, 7,  // request_id
            80, 4,  // roost.v1.AcquireResponse
            1, 8, 56, 24, 0,  // revision
            2, 8, 60, 32, 0,  // token
            3, 14, 64, 40, 0,  // claim_path
            4, 12, 72, 68, 0,  // existed
            64, 3,  // roost.v1.ReleaseRequest
            1, 14, 56, 24, 0,  // path
            2, 8, 60, 40, 0,  // token
            3, 16, 0, 48, 7,  // request_id
            40, 1,  // roost.v1.ReleaseResponse
            1, 8, 32, 24, 0,  // revision
            72, 4,  // roost.v1.DescribeLockRequest
            1, 14, 48, 24, 0,  // path
            2, 13, 56, 52, 0,  // level
            3, 8, 60, 40, 0,  // min_revision
            4, 6, 68, 64, 0,  // limit
            56, 2,  // roost.v1.DescribeLockResponse
            1, 8, 48, 24, 0,  // revision
            2, 272, 32, 40, 6,  // claims
            120, 8,  // roost.v1.Claim
            1, 8, 72, 24, 0,  // token
            2, 8, 76, 32, 0,  // session_id
            3, 14, 80, 40, 0,  // owner
            4, 13, 88, 84, 0,  // mode
            5, 6, 96, 92, 0,  // permits
            6, 6, 104, 100, 0,  // capacity
            7, 12, 112, 108, 0,  // held
            8, 14, 116, 56, 0,  // claim_path
        ],
        names: """
            roost.v1.AcquireRequest path session_id owner mode permits capacity wait_ms value request_id
            roost.v1.AcquireResponse revision token claim_path existed
            roost.v1.ReleaseRequest path token request_id
            roost.v1.ReleaseResponse revision
            roost.v1.DescribeLockRequest path level min_revision limit
            roost.v1.DescribeLockResponse revision claims
            roost.v1.Claim token session_id owner mode permits capacity held claim_path
            """,
        imports: [
            RequestId.layout,
        ])
}
