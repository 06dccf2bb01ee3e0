public import ByteString

/// A change that a client asks for, or the leader.
public struct Command: Hashable, Sendable {
    public var action: Action
    /// Makes the command safe to send again; nil if the client does not care.
    public var requestID: RequestIdentity?

    public enum Action: Hashable, Sendable {
        case znode(ZnodeChange)
        case transaction(Transaction)
        case session(SessionChange)
        case lock(LockChange)
        case naming(NamingChange)
        case config(ConfigWrite)
        case stream(StreamChange)
        /// The leader has seen that a deadline passed; applied only if it has.
        case expire(Expiry)
    }

    public init(_ action: Action, requestID: RequestIdentity? = nil) {
        self.action = action
        self.requestID = requestID
    }

    /// A change of a znode.
    public init(
        path: String, operation: ZnodeChange.Operation, fence: Fence? = nil, requestID: RequestIdentity? = nil
    ) {
        self.init(.znode(ZnodeChange(path: path, operation: operation, fence: fence)), requestID: requestID)
    }

    /// A digest of everything but the request id, by which an id that is used for another request is told. Equal in
    /// every process and version.
    var digest: UInt64 {
        switch action {
        case .znode(let change): change.digest
        case .transaction(let transaction): transaction.digest
        case .session(let change): change.digest
        case .lock(let change): change.digest
        case .naming(let change): change.digest
        case .config(let write): write.digest
        case .stream, .expire: 0
        }
    }

    /// Whether a success of that kind can be its own.
    func mayResult(in kind: WriteResult.Kind) -> Bool {
        switch action {
        case .znode(let change):
            switch change.operation {
            case .create(let creation): kind == (creation.isSequential ? .createdSequential : .created)
            case .set: kind == .set
            case .delete(_, let isRecursive): kind == (isRecursive ? .deletedTree : .deleted)
            }
        case .transaction: kind == .transacted
        case .session(.open): kind == .openedSession
        case .session(.close): kind == .closedSession
        case .session(.touch): kind == .touchedSessions
        case .lock(.acquire): kind == .claimed
        case .lock(.release), .lock(.withdraw): kind == .released
        case .lock(.proclaim): kind == .proclaimed
        case .naming(.register): kind == .registered
        case .naming(.deregister): kind == .deregistered
        case .config(let write):
            if case .delete = write.change { kind == .configDeleted } else { kind == .configPut }
        case .stream(.attach): kind == .streamAttached
        case .stream(.write): kind == .streamWritten
        case .expire: kind == .expired
        }
    }

    /// The path of the znode that the request is about; empty if it is about none.
    var path: String { if case .znode(let change) = action { change.path } else { "" } }
}

/// A change of one znode.
public struct ZnodeChange: Hashable, Sendable {
    public var path: String
    public var operation: Operation
    /// Only while its token is valid; nil asks nothing.
    public var fence: Fence?

    public enum Operation: Hashable, Sendable {
        case create(Creation)
        /// Only if the znode's version is the expected one; nil means any.
        case set(data: Bytes, expectedVersion: UInt64?)
        /// A recursive one deletes all that is below the znode as well.
        case delete(expectedVersion: UInt64?, isRecursive: Bool)

        /// Creates a persistent znode.
        public static func create(data: Bytes) -> Operation { .create(Creation(data: data)) }

        /// Deletes a znode that has no children.
        public static func delete(expectedVersion: UInt64?) -> Operation {
            .delete(expectedVersion: expectedVersion, isRecursive: false)
        }
    }

    public init(path: String, operation: Operation, fence: Fence? = nil) {
        self.path = path
        self.operation = operation
        self.fence = fence
    }

    var digest: UInt64 { operationDigest &+ (fence?.digest ?? 0) }

    private var operationDigest: UInt64 {
        let pathHash = path.withUTF8Bytes { RawBytes.hash($0, seed: 11) }
        switch operation {
        case .create(let creation):
            let data = creation.data.withUnsafeBytes { RawBytes.hash($0, seed: 12) }
            return RawBytes.mix(pathHash &+ 1) &+ data &+ creation.specialDigest
        case .set(let data, let version):
            let dataHash = data.withUnsafeBytes { RawBytes.hash($0, seed: 13) }
            return RawBytes.mix(RawBytes.mix(pathHash &+ 2) &+ dataHash) &+ ZnodeChange.hash(version)
        case .delete(let version, let isRecursive):
            return RawBytes.mix(pathHash &+ (isRecursive ? 4 : 3)) &+ ZnodeChange.hash(version)
        }
    }

    private static func hash(_ version: UInt64?) -> UInt64 { version.map { RawBytes.mix($0) | 1 } ?? 0 }
}

/// What a new znode is to be.
public struct Creation: Hashable, Sendable {
    public var data: Bytes
    /// Of a TTL znode, the time from which it counts is that of the entry, whatever stands here.
    public var lifetime: Lifetime
    /// Appends the digits of a number to the path that is greater than that of any sequential znode before.
    public var isSequential: Bool

    public init(data: Bytes, lifetime: Lifetime = .persistent, isSequential: Bool = false) {
        self.data = data
        self.lifetime = lifetime
        self.isSequential = isSequential
    }

    /// Whether it needs what exists since format level 2.
    public var isSpecial: Bool { isSequential || lifetime != .persistent }

    /// 0 for what level 1 can create.
    fileprivate var specialDigest: UInt64 {
        let number: UInt64
        switch lifetime {
        case .persistent: number = 0
        case .ephemeral(let session): number = RawBytes.mix(session.rawValue &+ 1)
        case .container: number = RawBytes.mix(2)
        case .ttl(let milliseconds, _): number = RawBytes.mix(RawBytes.mix(3) &+ milliseconds)
        }
        return number &+ (isSequential ? RawBytes.mix(5) : 0)
    }
}

/// A change of a session.
public enum SessionChange: Hashable, Sendable {
    case open(SessionOpening)
    case close(SessionID, secret: SessionSecret)
    /// Keep-alives that came in at one member: the deadlines of those that still live become now and their timeouts.
    case touch([SessionID])

    /// That a member drew another secret for a repeated request makes it no other request.
    fileprivate var digest: UInt64 {
        switch self {
        case .open(let opening):
            let name = opening.name.withUTF8Bytes { RawBytes.hash($0, seed: 14) }
            return RawBytes.mix(RawBytes.mix(4) &+ name) &+ UInt64(opening.timeoutMilliseconds)
        case .close(let session, _):
            return RawBytes.mix(RawBytes.mix(6) &+ session.rawValue)
        case .touch:
            return 0
        }
    }
}

/// What a new session is to be.
public struct SessionOpening: Hashable, Sendable {
    /// How long it lives without a keep-alive.
    public var timeoutMilliseconds: UInt32
    /// For people.
    public var name: String
    public var secret: SessionSecret

    public static let timeoutDefault: UInt32 = 10_000

    public init(timeoutMilliseconds: UInt32, name: String, secret: SessionSecret) {
        self.timeoutMilliseconds = timeoutMilliseconds
        self.name = name
        self.secret = secret
    }
}

/// Proves that a caller is a session's owner: 16 bytes that were drawn at random.
public struct SessionSecret: Hashable, Sendable, CustomStringConvertible {
    public static let byteCount = 16

    let words: (UInt64, UInt64)

    public init(_ first: UInt64, _ second: UInt64) { words = (first, second) }

    /// Nil if there are not 16 bytes.
    public init?(_ bytes: Bytes) {
        guard bytes.count == SessionSecret.byteCount else { return nil }
        words = bytes.withUnsafeBytes {
            (
                UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)),
                UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    public var bytes: Bytes {
        withUnsafeBytes(of: (words.0.littleEndian, words.1.littleEndian)) { Bytes(copying: $0) }
    }

    /// Takes the same time for every wrong secret.
    public static func == (left: SessionSecret, right: SessionSecret) -> Bool {
        (left.words.0 ^ right.words.0) | (left.words.1 ^ right.words.1) == 0
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    /// Secrets are never printed.
    public var description: String { "(secret)" }
}

/// Something whose time has come, as a leader sees it.
public enum Expiry: Hashable, Sendable {
    case session(SessionID)
    /// The TTL znode at this path.
    case znode(path: String)
}

/// Names a write of a client, so that it can be sent again without taking effect twice.
public struct RequestIdentity: Hashable, Sendable {
    /// Chosen by the client, unique among its principal's clients; 1 to 64 bytes.
    public var client: String
    /// Counts the client's writes upwards, starting at 1. Gaps are allowed.
    public var sequence: UInt64

    public init(client: String, sequence: UInt64) {
        self.client = client
        self.sequence = sequence
    }
}

/// What the leader adds to a command when it proposes it.
public struct CommandContext: Hashable, Sendable {
    public var logTime: LogTime
    public var wallTime: WallTime
    /// Who asked; empty for an anonymous client.
    public var principal: String
    /// Nil if nobody waits for an answer.
    public var origin: Origin?

    public init(logTime: LogTime, wallTime: WallTime, principal: String = "", origin: Origin? = nil) {
        self.logTime = logTime
        self.wallTime = wallTime
        self.principal = principal
        self.origin = origin
    }
}
