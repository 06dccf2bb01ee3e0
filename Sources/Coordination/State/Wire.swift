public import ByteString
public import Messages
import Protobuf

// The one place where messages and the state's own types are turned into each other.

extension DecodingLimits {
    /// What an entry may hold. Part of format level 1: an entry that one member can decode, all can.
    fileprivate static let entry = DecodingLimits(
        messageBytesMax: 64 << 20, depthMax: 100, memoryBytesMax: 256 << 20)
}

// MARK: - Entries

extension Coordination {
    /// Applies a committed command entry: an encoded `roost.v1.Envelope`.
    ///
    /// Total: any bytes give an outcome, the same on every member. What cannot be decoded changes nothing but the
    /// revision and, as far as it can be read, log time.
    ///
    /// - Returns: what came of it; nil for an entry of the ensemble's own, which answers nobody.
    /// - Throws: if the entry raises the format level above ``supported``. Nothing after it may be applied then; the
    ///   state is as it was before the entry.
    /// - Precondition: `revision` comes after ``appliedRevision``.
    public mutating func apply(_ payload: Bytes, revision: Revision) throws(UnsupportedFormatLevel) -> Applied? {
        let envelope: Envelope
        do throws(WireError) {
            envelope = try Envelope(decoding: payload, limits: .entry)
        } catch {
            return refuse(StateError(malformed: "the entry", error), nil, revision)
        }
        let context = CommandContext(envelope)
        guard 1...level.rawValue ~= envelope.formatLevel else {
            let text = "the entry has format level \(envelope.formatLevel); in effect is \(level)"
            return refuse(StateError(.unimplemented, .unknownFormat, text), context, revision)
        }
        if envelope.kind == .raiseFormatLevel {
            let raise: RaiseFormatLevel
            do throws(WireError) {
                raise = try RaiseFormatLevel(decoding: envelope.request, limits: .entry)
            } catch {
                return refuse(StateError(malformed: "the request", error), context, revision)
            }
            try self.raise(to: FormatLevel(raise.level), context, revision)
            return nil
        }
        do throws(StateError) {
            let stamped = FormatLevel(envelope.formatLevel)
            let command = try Command(envelope.kind, decoding: envelope.request, level: stamped)
            return apply(command, context, revision: revision)
        } catch {
            return refuse(error, context, revision)
        }
    }
}

extension Coordination {
    /// The request bytes of an entry of the kind `RAISE_FORMAT_LEVEL`.
    public static func request(toRaiseTo level: FormatLevel) -> Bytes {
        do { return try RaiseFormatLevel(level: level.rawValue).encodedBytes() } catch {
            preconditionFailure("one number cannot be encoded: \(error)")
        }
    }

    /// The level to which a command entry raises the format level; nil for any other entry. For a look at a log before
    /// any of it is applied.
    public static func levelRaised(by payload: Bytes) -> FormatLevel? {
        // A few numbers, and no more: most entries need not be decoded.
        guard payload.count <= 64, let envelope = try? Envelope(decoding: payload, limits: .entry),
            envelope.kind == .raiseFormatLevel,
            let raise = try? RaiseFormatLevel(decoding: envelope.request, limits: .entry)
        else { return nil }
        return FormatLevel(raise.level)
    }
}

extension CommandContext {
    fileprivate init(_ envelope: Envelope) {
        var origin: Origin?
        if envelope.originMember != 0 {
            origin = Origin(
                member: envelope.originMember, incarnation: envelope.originIncarnation, token: envelope.originToken)
        }
        self.init(
            logTime: LogTime(nanoseconds: envelope.logTimeNs),
            wallTime: WallTime(unixMilliseconds: envelope.wallUnixMs), principal: envelope.principal, origin: origin)
    }
}

extension StateError {
    fileprivate init(malformed what: String, _ error: WireError) {
        self.init(.invalidArgument, .malformedRequest, "\(what) cannot be decoded: \(error)")
    }
}

// MARK: - Requests

extension CommandKind {
    /// The format level that an entry of this kind needs; nil if this release does not know the kind.
    public var level: Coordination.FormatLevel? {
        switch self {
        case .create, .set, .delete, .raiseFormatLevel: .first
        case .createSpecial, .openSession, .closeSession, .touchSessions, .expire, .transact, .setFenced,
            .deleteFenced, .acquire, .release, .withdraw, .proclaim, .register,
            .deregister, .putConfig, .rollbackConfig, .deleteConfig, .deleteRecursive, .attachStream, .streamWrites:
            .sessions
        case .unspecified, .unrecognized: nil
        }
    }
}

extension Command {
    /// Reads a request's bytes. INVALID_ARGUMENT, `MALFORMED_REQUEST`, if they are no request of that kind;
    /// UNIMPLEMENTED, `UNKNOWN_FORMAT`, if the kind is not known at that level.
    ///
    /// - Parameter level: of the entry. A release that knows a later kind must not carry it out by the rules of a level
    ///   that has none.
    public init(
        _ kind: CommandKind, decoding request: Bytes, level: Coordination.FormatLevel = .newest
    ) throws(StateError) {
        guard let needed = kind.level, needed <= level else { throw Command.unknown(kind) }
        switch kind {
        case .create:
            // What level 1 does not know does not count at level 1.
            let request: CreateRequest = try Command.read(request)
            self.init(
                path: request.path, operation: .create(data: request.data),
                requestID: request.requestID.map(RequestIdentity.init))
        case .createSpecial: try self.init(Command.read(request) as CreateRequest)
        case .set:
            var request: SetRequest = try Command.read(request)
            request.fence = nil
            self.init(request)
        case .delete:
            var request: DeleteRequest = try Command.read(request)
            request.fence = nil
            request.recursive = false
            self.init(request)
        case .setFenced: self.init(try Command.read(request) as SetRequest)
        case .deleteFenced, .deleteRecursive: self.init(try Command.read(request) as DeleteRequest)
        case .acquire: try self.init(Command.read(request) as AcquireRequest)
        case .release: self.init(try Command.read(request) as ReleaseRequest)
        case .withdraw: self.init(try Command.read(request) as WithdrawClaim)
        case .register: try self.init(Command.read(request) as RegisterInstance)
        case .putConfig: self.init(try Command.read(request) as PutConfigRequest)
        case .rollbackConfig: self.init(try Command.read(request) as RollbackConfigRequest)
        case .deleteConfig: self.init(try Command.read(request) as DeleteConfigRequest)
        case .deregister: try self.init(Command.read(request) as DeregisterRequest)
        case .proclaim: self.init(try Command.read(request) as ProclaimRequest)
        case .transact: try self.init(Command.read(request) as TransactRequest)
        case .attachStream: try self.init(Command.read(request) as AttachStream)
        case .streamWrites: try self.init(Command.read(request) as StreamWrites)
        case .openSession: try self.init(Command.read(request) as OpenSession)
        case .closeSession: try self.init(Command.read(request) as CloseSessionRequest)
        case .touchSessions:
            let touch: TouchSessions = try Command.read(request)
            self.init(.session(.touch(touch.sessionIDs.map { SessionID($0) })))
        case .expire: self.init(.expire(try Expiry(Command.read(request))))
        case .raiseFormatLevel, .unspecified, .unrecognized: throw Command.unknown(kind)
        }
    }

    private static func unknown(_ kind: CommandKind) -> StateError {
        StateError(.unimplemented, .unknownFormat, "the kind of command \(kind.rawValue) is not known")
    }

    private static func read<Request: Protobuf.Message>(_ request: Bytes) throws(StateError) -> Request {
        do throws(WireError) { return try Request(decoding: request, limits: .entry) } catch {
            throw StateError(malformed: "the request", error)
        }
    }

    /// The kind of the entry that carries it.
    public var kind: CommandKind {
        switch action {
        case .znode(let change):
            switch change.operation {
            case .create(let creation): creation.isSpecial || change.fence != nil ? .createSpecial : .create
            case .set: change.fence == nil ? .set : .setFenced
            case .delete(_, isRecursive: true): .deleteRecursive
            case .delete: change.fence == nil ? .delete : .deleteFenced
            }
        case .lock(.acquire): .acquire
        case .lock(.release): .release
        case .lock(.withdraw): .withdraw
        case .lock(.proclaim): .proclaim
        case .naming(.register): .register
        case .naming(.deregister): .deregister
        case .config(let write):
            switch write.change {
            case .put: .putConfig
            case .rollBack: .rollbackConfig
            case .delete: .deleteConfig
            }
        case .transaction: .transact
        case .stream(.attach): .attachStream
        case .stream(.write): .streamWrites
        case .session(.open): .openSession
        case .session(.close): .closeSession
        case .session(.touch): .touchSessions
        case .expire: .expire
        }
    }

    /// The format level that has to be in effect for it.
    public var level: Coordination.FormatLevel { kind.level ?? .first }

    /// Throws `INVALID_FIELD` if the fields do not fit each other.
    public init(_ request: CreateRequest) throws(StateError) {
        let creation = Creation(
            data: request.data, lifetime: try Lifetime(request), isSequential: request.sequential)
        self.init(
            path: request.path, operation: .create(creation), fence: request.fence.map(Fence.init),
            requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: SetRequest) {
        self.init(
            path: request.path, operation: .set(data: request.data, expectedVersion: request.expectedVersion),
            fence: request.fence.map(Fence.init), requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: DeleteRequest) {
        self.init(
            path: request.path,
            operation: .delete(expectedVersion: request.expectedVersion, isRecursive: request.recursive),
            fence: request.fence.map(Fence.init), requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ open: OpenSession) throws(StateError) {
        guard let secret = SessionSecret(open.secret) else { throw .invalidField("the secret does not have 16 bytes") }
        let request = open.request ?? OpenSessionRequest()
        let opening = SessionOpening(
            timeoutMilliseconds: request.timeoutMs == 0 ? SessionOpening.timeoutDefault : request.timeoutMs,
            name: request.name, secret: secret)
        self.init(.session(.open(opening)), requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: CloseSessionRequest) throws(StateError) {
        let secret = try SessionSecret(of: request.sessionID, request.secret)
        self.init(
            .session(.close(SessionID(request.sessionID), secret: secret)),
            requestID: request.requestID.map(RequestIdentity.init))
    }
}

extension SessionSecret {
    /// Throws `INVALID_FIELD` if it, or the session's id, is missing.
    init(of session: UInt64, _ bytes: Bytes) throws(StateError) {
        guard session != 0 else { throw .invalidField("session_id is missing") }
        guard let secret = SessionSecret(bytes) else {
            throw .invalidField("secret is missing, or does not have \(SessionSecret.byteCount) bytes")
        }
        self = secret
    }
}

extension Lifetime {
    fileprivate init(_ request: CreateRequest) throws(StateError) {
        let takesSession = request.kind == .ephemeral
        guard (request.sessionID != 0) == takesSession else {
            throw .invalidField(takesSession ? "session_id is missing" : "session_id is for EPHEMERAL znodes only")
        }
        let takesTTL = request.kind == .ttl
        guard (request.ttlMs != 0) == takesTTL else {
            throw .invalidField(takesTTL ? "ttl_ms is missing" : "ttl_ms is for TTL znodes only")
        }
        switch request.kind {
        case .persistent: self = .persistent
        case .ephemeral: self = .ephemeral(SessionID(request.sessionID))
        case .container: self = .container
        case .ttl: self = .ttl(milliseconds: request.ttlMs, since: .zero)
        case .unrecognized(let number): throw .invalidField("kind \(number) is not known to this release")
        }
    }
}

extension Expiry {
    fileprivate init(_ message: Expire) throws(StateError) {
        switch message.what {
        case .sessionID(let session): self = .session(SessionID(session))
        case .path(let path): self = .znode(path: path)
        case nil: throw .invalidField("nothing to expire")
        }
    }

    /// The request bytes of an entry of the kind `EXPIRE`.
    public var encoded: Bytes {
        var message = Expire()
        switch self {
        case .session(let session): message.what = .sessionID(session.rawValue)
        case .znode(let path): message.what = .path(path)
        }
        do { return try message.encodedBytes() } catch {
            preconditionFailure("the path of a znode cannot be encoded: \(error)")
        }
    }
}

extension RequestIdentity {
    init(_ id: RequestId) { self.init(client: id.clientID, sequence: id.sequence) }
}

extension Limits {
    /// Refuses a request that breaks a rule which does not depend on the state, with the error that applying it would
    /// give: for servers, before they propose it.
    public func check(_ request: CreateRequest) throws(StateError) { try check(try Command(request)) }

    /// The same for a Set.
    public func check(_ request: SetRequest) throws(StateError) { try check(Command(request)) }

    /// The same for a Delete.
    public func check(_ request: DeleteRequest) throws(StateError) { try check(Command(request)) }
}

// MARK: - Responses

extension WriteResult {
    /// The bytes of the response message of the RPC that asked for it.
    ///
    /// - Precondition: it is one that has such a response.
    public func encodedResponse() -> Bytes {
        do {
            switch kind {
            case .created, .createdSequential: return try CreateResponse(self).encodedBytes()
            case .set: return try SetResponse(self).encodedBytes()
            case .deleted, .deletedTree: return try DeleteResponse(self).encodedBytes()
            case .transacted: return try TransactResponse(self).encodedBytes()
            case .closedSession: return try CloseSessionResponse(revision: revision.rawValue).encodedBytes()
            case .released: return try ReleaseResponse(revision: revision.rawValue).encodedBytes()
            case .registered: return try RegisterResponse(revision: revision.rawValue).encodedBytes()
            case .configPut: return try PutConfigResponse(revision: revision.rawValue).encodedBytes()
            case .configDeleted: return try DeleteConfigResponse(revision: revision.rawValue).encodedBytes()
            case .deregistered: return try DeregisterResponse(revision: revision.rawValue).encodedBytes()
            case .proclaimed: return try ProclaimResponse(revision: revision.rawValue).encodedBytes()
            case .openedSession, .touchedSessions, .expired, .claimed, .streamAttached, .streamWritten:
                preconditionFailure("whoever asked for \(kind) puts its response together")
            }
        } catch {
            preconditionFailure("a response that was put together here cannot be encoded: \(error)")
        }
    }
}

extension CreateResponse {
    public init(_ result: WriteResult) {
        self.init(revision: result.revision.rawValue, path: result.path, stat: result.stat.map(Stat.init))
    }
}

extension SetResponse {
    public init(_ result: WriteResult) {
        self.init(revision: result.revision.rawValue, stat: result.stat.map(Stat.init))
    }
}

extension DeleteResponse {
    public init(_ result: WriteResult) {
        self.init(revision: result.revision.rawValue, deletedCount: result.deletedCount)
    }
}

extension GetResponse {
    /// - Parameter revision: that the answer reflects.
    public init(_ znode: Znode, at revision: Revision) {
        self.init(revision: revision.rawValue, data: znode.data, stat: Stat(znode.stat))
    }
}

extension Stat {
    public init(_ stat: ZnodeStat) {
        self.init(
            createdRevision: stat.createdRevision.rawValue, modifiedRevision: stat.modifiedRevision.rawValue,
            childrenRevision: stat.childrenRevision.rawValue, version: stat.version,
            childrenVersion: stat.childrenVersion, createdUnixMs: stat.created.unixMilliseconds,
            modifiedUnixMs: stat.modified.unixMilliseconds, dataLength: stat.dataLength,
            childCount: stat.childCount)
        switch stat.lifetime {
        case .persistent:
            break
        case .ephemeral(let session):
            kind = .ephemeral
            sessionID = session.rawValue
        case .container:
            kind = .container
        case .ttl(let milliseconds, _):
            kind = .ttl
            ttlMs = milliseconds
        }
    }
}
