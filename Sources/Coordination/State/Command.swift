public import ByteString

/// A change that a client asks for.
public struct Command: Hashable, Sendable {
    /// The znode that it is about.
    public var path: String
    public var operation: Operation
    /// Makes the command safe to send again; nil if the client does not care.
    public var requestID: RequestIdentity?

    public enum Operation: Hashable, Sendable {
        case create(data: Bytes)
        /// Only if the znode's version is the expected one; nil means any.
        case set(data: Bytes, expectedVersion: UInt64?)
        case delete(expectedVersion: UInt64?)
    }

    public init(path: String, operation: Operation, requestID: RequestIdentity? = nil) {
        self.path = path
        self.operation = operation
        self.requestID = requestID
    }

    /// A digest of everything but the request id, by which an id that is used for another request is told. Equal in
    /// every process and version.
    var digest: UInt64 {
        let pathHash = path.withUTF8Bytes { RawBytes.hash($0, seed: 11) }
        switch operation {
        case .create(let data):
            return RawBytes.mix(pathHash &+ 1) &+ data.withUnsafeBytes { RawBytes.hash($0, seed: 12) }
        case .set(let data, let version):
            let dataHash = data.withUnsafeBytes { RawBytes.hash($0, seed: 13) }
            return RawBytes.mix(RawBytes.mix(pathHash &+ 2) &+ dataHash) &+ Command.hash(version)
        case .delete(let version):
            return RawBytes.mix(pathHash &+ 3) &+ Command.hash(version)
        }
    }

    private static func hash(_ version: UInt64?) -> UInt64 { version.map { RawBytes.mix($0) | 1 } ?? 0 }
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

/// What applying an entry came to.
public struct Applied: Sendable {
    /// The entry's revision.
    public var revision: Revision
    /// Who waits for the answer; nil if nobody does.
    public var origin: Origin?
    /// Success, or why the command had no effect.
    public var outcome: WriteOutcome
    /// Whether the outcome was remembered from an earlier entry with the same request id.
    public var isRepeated: Bool
}

/// What became of a write: success, or why it had no effect.
public typealias WriteOutcome = Result<WriteResult, StateError>

/// What a successful write tells its client.
public struct WriteResult: Hashable, Sendable {
    public var kind: Kind
    /// The revision at which the write took effect: for a repeated one, the original's.
    public var revision: Revision
    /// The znode's path.
    public var path: String
    /// The znode's stat after the write; nil for a deletion.
    public var stat: ZnodeStat?

    public enum Kind: UInt8, Sendable {
        case created = 1
        case set = 2
        case deleted = 3
    }
}
