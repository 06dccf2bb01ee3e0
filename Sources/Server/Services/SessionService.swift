import ByteString
import Coordination
import Messages
import NIOCore
import Protobuf
import RPC
import Replica
import Stubs

/// `roost.v1.Sessions`, on the event loops of its callers.
struct SessionService: Sendable {
    private let shards: ShardMap
    private let limits: Limits

    init(shards: ShardMap, limits: Limits) {
        self.shards = shards
        self.limits = limits
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Sessions.Methods.open.path) { bytes, call in open(bytes, call) }
        registry.rawUnary(Sessions.Methods.close.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: CloseSessionRequest) throws(StateError) in
                try Command(request)
            }
        }
        registry.rawUnary(Sessions.Methods.describe.path) { bytes, call in describe(bytes, call) }
        registry.rawStream(Sessions.Methods.keepAlive.path, kind: .bidirectionalStreaming) { keepAlive($0) }
        registry.rawStream(Sessions.Methods.list.path, kind: .serverStreaming) { stream in
            stream.onMessage { list($0, stream) }
        }
    }

    // MARK: Open

    private func open(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        let shard = shards[call.eventLoop]
        do {
            let message = OpenSession(drawingSecretFor: try OpenSessionRequest(decoding: bytes))
            let command = try Command(message)
            try limits.check(command)
            let encoded = try message.encodedBytes()
            let principal = call.principal
            shard.atLevel(command.level, of: call) {
                shard.write(
                    command.kind, request: encoded, hasRequestID: command.requestID != nil, principal: principal,
                    deadline: call.deadline
                ) { shard.onOpened($0, call) }
            }
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    // MARK: KeepAlive

    private func keepAlive(_ stream: ServerStream) {
        let shard = shards[stream.eventLoop]
        var current: KeepAlive?
        // While it is being found out who is speaking. What comes next waits, but for the client's end.
        var isIdentifying = false
        var isHalfClosed = false
        func fail(_ status: RPCStatus) {
            if let current { current.finish(status) } else { stream.finish(status) }
        }
        func receive(_ request: KeepAliveRequest) {
            if let current {
                guard request.sessionID == 0 || request.sessionID == current.session.rawValue else {
                    return fail(.invalidField("a stream keeps one session alive: \(current.session)"))
                }
                return current.ask()
            }
            guard request.sessionID != 0 else { return fail(.invalidField("session_id is missing")) }
            guard let secret = SessionSecret(request.secret) else {
                return fail(.invalidField("secret is missing, or does not have 16 bytes"))
            }
            isIdentifying = true
            stream.pause()
            shard.identify(SessionID(request.sessionID), secret, stream) { keepAlive in
                current = keepAlive
                keepAlive.ask()
                if isHalfClosed { keepAlive.halfClose() }
                stream.resume()
            }
        }
        stream.onMessage { bytes in
            do { receive(try KeepAliveRequest(decoding: bytes)) } catch { fail(.refusal(of: error)) }
        }
        stream.onHalfClose {
            isHalfClosed = true
            if let current { current.halfClose() } else if !isIdentifying { stream.finish() }
        }
        stream.onCancel { _ in
            if let current { shard.sessions.remove(current) }
        }
        stream.endAtShutdown(.shuttingDown)
    }

    // MARK: Describe and List

    private func describe(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try DescribeSessionRequest(decoding: bytes)
            guard request.sessionID != 0 else { throw RPCStatus.invalidField("session_id is missing") }
            let shard = shards[call.eventLoop]
            shard.read(
                Shard.Read(
                    minRevision: request.minRevision,
                    perform: { shard.describe(SessionID(request.sessionID), call) },
                    fail: { call.fail($0) }, deadline: .reading(call.deadline)),
                level: request.level)
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func list(_ bytes: UnsafeRawBufferPointer, _ stream: ServerStream) {
        do {
            let request = try ListSessionsRequest(decoding: bytes)
            let shard = shards[stream.eventLoop]
            shard.read(
                Shard.Read(
                    minRevision: request.minRevision,
                    perform: { SessionListing(stream: stream, shard: shard).begin() },
                    fail: { stream.finish($0) }, deadline: .reading(stream.deadline)),
                level: request.level)
        } catch {
            stream.finish(.refusal(of: error))
        }
    }
}

extension Shard {
    fileprivate func onOpened(_ answer: WriteAnswer, _ call: UnaryCall) {
        switch answer {
        case .applied(.success(let result)): self.answer(call, opened: SessionID(result.revision.rawValue))
        case .applied(.failure(let error)): call.fail(.state(error))
        case .failed(let failure): call.fail(.failure(failure))
        }
    }

    /// Answers with a session that was opened just now, or by the first sending of a repeated request.
    fileprivate func answer(_ call: UnaryCall, opened session: SessionID) {
        guard let status = reader.pin({ $0.session(session) }) else {
            return call.fail(.state(.sessionNotFound(session)))
        }
        if let ending = status.ending { return call.fail(.state(.sessionEnded(ending))) }
        var response = OpenSessionResponse()
        response.revision = session.rawValue
        response.sessionID = session.rawValue
        response.secret = status.secret.bytes
        response.timeoutMs = status.timeoutMilliseconds
        call.reply(response)
    }

    /// Finds the session that a stream is about to keep alive. Linearizable: one that was opened at another member just
    /// now is known.
    fileprivate func identify(
        _ session: SessionID, _ secret: SessionSecret, _ stream: ServerStream,
        _ completion: @escaping (KeepAlive) -> Void
    ) {
        read(
            Read(
                minRevision: 0,
                perform: {
                    guard stream.isOpen else { return }
                    do throws(StateError) {
                        let status = try self.reader.pin { view throws(StateError) in
                            try view.session(session, secret: secret, principal: stream.principal.name)
                        }
                        let keepAlive = KeepAlive(stream, status, hub: self.sessions)
                        self.sessions.add(keepAlive)
                        completion(keepAlive)
                    } catch {
                        stream.finish(.state(error))
                    }
                },
                fail: { stream.finish($0) }, deadline: .reading(stream.deadline)),
            level: .linearizable)
    }

    fileprivate func describe(_ session: SessionID, _ call: UnaryCall) {
        let response: DescribeSessionResponse? = reader.pin { view in
            guard let status = view.session(session) else { return nil }
            var response = DescribeSessionResponse()
            response.revision = view.revision.rawValue
            response.session = Session(status)
            return response
        }
        if let response { call.reply(response) } else { call.fail(.state(.sessionNotFound(session))) }
    }
}

/// A List of sessions on its way to a client, as fast as it reads.
private final class SessionListing {
    private let stream: ServerStream
    private let state: PinnedState
    private var last = SessionID(0)

    /// Sessions in one message.
    private static let pageCount = 500

    init(stream: ServerStream, shard: Shard) {
        self.stream = stream
        state = shard.reader.hold()
    }

    /// Kept alive by its stream's closures until the call ends.
    func begin() {
        guard stream.isOpen else { return }
        stream.onWritable { self.proceed() }
        proceed()
    }

    private func proceed() {
        while stream.isOpen, stream.isWritable {
            let (sessions, revision) = state.read { ($0.sessions(after: last, limit: Self.pageCount), $0.revision) }
            guard let sessions, let last = sessions.last?.id else { return stream.finish() }
            self.last = last
            var response = ListSessionsResponse()
            response.revision = revision.rawValue
            response.sessions = sessions.map(Session.init)
            stream.send(response)
        }
    }
}

extension Session {
    fileprivate init(_ status: SessionStatus) {
        self.init()
        sessionID = status.id.rawValue
        name = status.name
        principal = status.principal
        timeoutMs = status.timeoutMilliseconds
        openedUnixMs = status.opened.unixMilliseconds
        keptAliveBy = status.keptAliveBy
        remainingMs = status.remainingMilliseconds
        ephemeralCount = status.ephemeralCount
        guard let ending = status.ending else { return }
        end = status.isClosed ? .closed : .expired
        endedRevision = ending.revision.rawValue
        endMessage = ending.reason
    }
}

extension OpenSession {
    init(drawingSecretFor request: OpenSessionRequest) {
        var random = SystemRandomNumberGenerator()
        self.init(request: request, secret: SessionSecret(random.next(), random.next()).bytes)
    }
}
