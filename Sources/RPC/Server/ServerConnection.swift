import ByteString
import CNghttp2
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// The one handler of a server's TCP connection. It owns the HTTP/2 session and hands calls to the registry's handlers.
///
/// Proof of `@unchecked Sendable`: instances travel through other threads inside of call handles, but everything
/// mutable is touched on `loop.eventLoop` only, which each entry point of a handle checks.
final class ServerConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let server: ServerState
    let loop: LoopContext
    private(set) var peerAddress: SocketAddress?
    /// Whom the connection itself belongs to; a call may say otherwise by a token.
    private(set) var principal = Principal.anonymous
    private var tokenMemory = TokenMemory()
    /// Who makes the call that came last, where each call has to be looked at.
    private var admitted = (stream: Int32(0), principal: Principal.anonymous)
    /// Calls that end as soon as the client is asked to go elsewhere.
    private var endless: [Int32: ServerCall] = [:]
    var pump: SessionPump?
    private var context: ChannelHandlerContext?
    private var state: ServerConnectionState
    private let pingPayload: UInt64
    /// Why calls that are still open end with the session.
    private var closeReason = CancellationReason.connectionLost
    private var hasReceived = false
    private var isClosing = false

    init(server: ServerState, loop: LoopContext) {
        self.server = server
        self.loop = loop
        state = ServerConnectionState(now: loop.now(), times: ServerConnectionState.Times(server.configuration))
        pingPayload = UInt64.random(in: .min ... .max)
    }

    var session: OpaquePointer? { pump?.session }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { start(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        start(context)
        context.fireChannelActive()
    }

    private func start(_ context: ChannelHandlerContext) {
        guard pump == nil else { return }
        peerAddress = context.remoteAddress
        // With TLS that is known only after the handshake, but nothing is received before it.
        guard server.configuration.tls != nil || identify(context, nil) else { return }
        var limits = server.limits
        let session = withUnsafePointer(to: &limits) { limits in
            withUnsafePointer(to: server.isIntercepted ? Self.observingCallbacks : Self.callbacks) { callbacks in
                rh2_server_new(
                    loop.native, server.methods.native, callbacks, limits, Unmanaged.passUnretained(self).toOpaque(),
                    loop.now())
            }
        }
        guard let session else {
            context.close(promise: nil)
            return
        }
        pump = SessionPump(
            loop: loop, context: context, session: session, isEncrypted: server.configuration.tls != nil,
            delegate: self)
        // The server's SETTINGS wait for the client's preface, so that a client of another protocol gets no bytes of
        // ours.
        server.connectionDidStart(self)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
            didShakeHands(context, negotiated)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func didShakeHands(_ context: ChannelHandlerContext, _ negotiated: String?) {
        guard negotiated == TLSConfiguration.http2 else {
            logRefusal(TLSFailure.noHTTP2)
            context.close(promise: nil)
            return
        }
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        _ = identify(context, certificate.flatMap { PeerCertificate($0) })
    }

    /// Finds out whom the connection belongs to. False if it is refused.
    private func identify(_ context: ChannelHandlerContext, _ certificate: PeerCertificate?) -> Bool {
        guard let principal = server.configuration.authentication.connection(certificate) else {
            logRefusal(certificate == nil ? "it has shown no certificate" : "its certificate names nobody who may call")
            context.close(promise: nil)
            return false
        }
        self.principal = principal
        return true
    }

    private func logRefusal(_ why: String) {
        server.logger.info(
            "refusing a connection", metadata: ["peer": "\(peerAddress as Any)", "reason": "\(why)"])
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard buffer.readableBytes > 0, let pump, !isClosing else { return }
        let isFirst = !hasReceived
        hasReceived = true
        switch pump.receive(buffer) {
        case RH2_GOES_ON:
            break
        case RH2_BAD_PREFACE:
            refuseProtocol(context, firstBytes: isFirst ? buffer : nil)
        case RH2_FLOODED:
            closeAfterFlush(context, "flood of frames")
        case RH2_TOO_MANY_PINGS:
            closeAfterFlush(context, "its keepalive asks too often")
        case RH2_BROKEN:
            closeAfterFlush(context, "HTTP/2 session failed")
        default:
            closeAfterFlush(context, "no memory")
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        pump?.readComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { pump?.pump() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        tearDown()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        tearDown()
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let reason = TLSFailure.sentence(error) ?? "\(error)"
        server.logger.debug("connection failed", metadata: ["peer": "\(peerAddress as Any)", "error": "\(reason)"])
        context.close(promise: nil)
    }

    private func tearDown() {
        state.onClosed()
        guard let pump else { return }
        if let session, rh2_has_offended(session) { server.didOffend(peerAddress, now: loop.now()) }
        pump.close()
        self.pump = nil
        server.connectionDidEnd(self)
    }

    // MARK: Ends

    private func refuseProtocol(_ context: ChannelHandlerContext, firstBytes: ByteBuffer?) {
        state.onClosed()
        guard let firstBytes, ServerConnection.looksLikeHTTP1(firstBytes) else {
            context.close(promise: nil)
            return
        }
        let body = "This port speaks gRPC: HTTP/2 with prior knowledge.\n"
        let answer = """
            HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Type: text/plain\r\n\
            Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)
            """
        closeAfter(context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer))), context)
    }

    private static func looksLikeHTTP1(_ buffer: ByteBuffer) -> Bool {
        let line = buffer.readableBytesView.prefix(2_048).prefix { $0 != UInt8(ascii: "\n") }
        return String(decoding: line, as: UTF8.self).contains(" HTTP/1.")
    }

    /// This connection held most of what waits to be sent when that became too much. Another connection may be in the
    /// middle of sending.
    fileprivate func wasEvicted() {
        server.logger.warning(
            "closing a connection: it has queued more than any other (loopSendBytesMax)",
            metadata: ["peer": "\(peerAddress as Any)"])
        closeReason = .limitExceeded
        loop.eventLoop.assumeIsolated().execute { [self] in
            if let context { closeAfterFlush(context, "too much queued") }
        }
    }

    private func closeAfterFlush(_ context: ChannelHandlerContext, _ why: String) {
        server.logger.debug("closing a connection", metadata: ["peer": "\(peerAddress as Any)", "reason": "\(why)"])
        state.onClosed()
        pump?.readComplete()
        closeAfter(context.writeAndFlush(wrapOutboundOut(ByteBuffer())), context)
    }

    /// Closes when `written` is done, but does not wait for a peer that reads nothing.
    private func closeAfter(_ written: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        let channel = context.channel
        written.whenComplete { _ in channel.close(promise: nil) }
        context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }

    // MARK: Shutdown and timers

    /// Looks after the times of this connection. Called by the server every few hundred milliseconds.
    func tick(now: Int64) {
        guard let context, let pump, let session = pump.session else { return }
        let traffic = ServerConnectionState.Traffic(
            lastReceived: pump.receivedAt, openStreams: Int(rh2_open_streams(session)),
            lastStream: rh2_last_stream(session), stalledSince: rh2_stalled_since(session))
        switch state.onTick(now: now, traffic) {
        case .none:
            break
        case .sendNoticeAndPing:
            endEndless()
            sendNoticeAndPing(session)
        case .sendPing:
            // Not the payload that the second GOAWAY waits for.
            rh2_ping(session, ~pingPayload)
            pump.markDirty()
        case .closeDead:
            server.logger.debug("closing a connection", metadata: ["peer": "\(peerAddress as Any)", "reason": "dead"])
            context.close(promise: nil)
        case .sendGoAway:
            sendFinalGoAway()
        case .closeSlow:
            rh2_terminate(session, HTTP2ErrorCode.protocolError.rawValue)
            closeAfterFlush(context, "too slow")
        case .closeNow:
            closeReason = .shutdown
            rh2_terminate(session, HTTP2ErrorCode.noError.rawValue)
            closeAfterFlush(context, "grace period over")
        }
    }

    func shutDown(grace: Int64) {
        guard let context else { return }
        switch state.onShutdown(now: loop.now(), grace: grace) {
        case .close:
            context.close(promise: nil)
        case .sendNoticeAndPing:
            endEndless()
            if let session { sendNoticeAndPing(session) }
        case .none:
            break
        }
    }

    private func sendNoticeAndPing(_ session: OpaquePointer) {
        rh2_shutdown_notice(session)
        rh2_ping(session, pingPayload)
        pump?.markDirty()
    }

    func endAtShutdown(_ stream: Int32, _ call: ServerCall, _ status: RPCStatus) {
        call.shutdownStatus = status
        endless[stream] = call
        if state.isShuttingDown { endEndless() }
    }

    private func endEndless() {
        let calls = endless
        endless = [:]
        for (stream, call) in calls where !call.isFinished {
            if let status = call.shutdownStatus { finish(stream, status, [:]) }
            call.end(.shutdown)
        }
    }

    fileprivate func sendFinalGoAway() {
        guard let session else { return }
        rh2_goaway(session, HTTP2ErrorCode.noError.rawValue)
        pump?.markDirty()
    }

    // MARK: What the session tells

    fileprivate func didReceiveSettings() {
        state.onSettings()
    }

    fileprivate func didReceivePingAck(_ payload: UInt64) {
        if payload == pingPayload, state.onPingAck() == .sendGoAway { sendFinalGoAway() }
    }

    fileprivate func didReceiveUnary(_ stream: Int32, method: UInt32, message: UnsafeRawBufferPointer) {
        guard case .unary(let handler) = server.methods.handlers[Int(method)] else {
            preconditionFailure("a streaming method was called as a unary one")
        }
        if server.isIntercepted, let refusal = callBegins(stream, method) {
            fail(stream, refusal, [:])
            return
        }
        guard admittedCaller(stream, method) != nil else { return }
        handler(message, UnaryCall(connection: self, stream: stream))
    }

    fileprivate func didReceiveStream(_ stream: Int32, method: UInt32) {
        guard case .stream(let handler) = server.methods.handlers[Int(method)], let session else {
            preconditionFailure("a unary method was called as a streaming one")
        }
        if server.isIntercepted, let refusal = callBegins(stream, method) {
            endNow(stream, refusal)
            return
        }
        guard let principal = admittedCaller(stream, method) else { return }
        let core = ServerStreamCore(
            connection: self, stream: stream, path: server.methods.paths[Int(method)], principal: principal)
        let isSet = rh2_set_call(session, stream, Unmanaged<ServerCall>.passRetained(core).toOpaque())
        precondition(isSet, "a new stream had a call")
        handler(ServerStream(core: core))
    }

    /// Who makes a call; nil if that is not known, or may not be anonymous, and the call has been answered.
    private func admittedCaller(_ stream: Int32, _ method: UInt32) -> Principal? {
        let authentication = server.configuration.authentication
        guard authentication.isPerCall else { return principal }
        guard let caller = identifiedCaller(stream, method) else { return nil }
        admitted = (stream, caller)
        return caller
    }

    func principal(of stream: Int32) -> Principal {
        loop.eventLoop.preconditionInEventLoop()
        guard server.configuration.authentication.isPerCall else { return principal }
        precondition(admitted.stream == stream, "a call's principal was asked for after its handler had returned")
        return admitted.principal
    }

    private func identifiedCaller(_ stream: Int32, _ method: UInt32) -> Principal? {
        let authentication = server.configuration.authentication
        let isPublic = server.methods.isPublic[Int(method)]
        do throws(RPCStatus) {
            let caller = try caller(stream)
            if !caller.isAnonymous || authentication.allowsAnonymous || isPublic { return caller }
            throw RPCStatus(.unauthenticated, "this server wants to know who is calling: a certificate or a token")
        } catch {
            if isPublic { return .anonymous }
            endNow(stream, explained(error, .unauthenticated))
            return nil
        }
    }

    /// Who makes a call: its bearer token says so, or else the connection.
    private func caller(_ stream: Int32) throws(RPCStatus) -> Principal {
        guard let tokens = server.configuration.authentication.tokens else { return principal }
        let found: Result<Principal, RPCStatus> = withMetadataBlock(stream) { block in
            if block.isEmpty { return .success(principal) }
            switch Authorization(block: block) {
            case .none:
                return .success(principal)
            case .bearer(let token):
                let known = tokenMemory.principal(of: token, in: tokens)
                return known.map { .success($0) } ?? .failure(RPCStatus(.unauthenticated, "the token is not known"))
            case .unusable:
                return .failure(RPCStatus(.unauthenticated, "the authorization is not one bearer token"))
            }
        }
        return try found.get()
    }

    fileprivate func didViolate(_ stream: Int32, _ call: ServerCall?, _ violation: rh2_violation) {
        var (status, http) = RPCStatus.answer(to: violation, limits: server.limits)
        var block = HeaderBlock()
        if violation == RH2_UNKNOWN_METHOD { status.message += " " + requestedPath(stream) }
        block.append(explained(status, Refusal(violation)))
        if violation == RH2_UNSUPPORTED_ENCODING || violation == RH2_COMPRESSED {
            block.append("grpc-accept-encoding", server.limits.accepts_gzip ? "identity,gzip" : "identity")
        }
        end(stream, block, status.code, http: http)
        call?.end(violation == RH2_MESSAGE_TOO_LARGE || violation == RH2_BUFFERS_FULL ? .limitExceeded : .protocolError)
    }

    private func requestedPath(_ stream: Int32) -> String {
        withMetadataBlock(stream) { block in
            for (name, value) in HeaderBlockReader(block) where name.elementsEqual(":path".utf8) {
                return String(decoding: value.prefix(200), as: UTF8.self)
            }
            return ""
        }
    }

    fileprivate func didExpire(_ stream: Int32, _ call: ServerCall?) {
        endNow(stream, RPCStatus(.deadlineExceeded, "the deadline passed at the server"))
        call?.end(.deadlineExceeded)
    }

    fileprivate func didClose(_ stream: Int32, _ call: ServerCall) {
        if !endless.isEmpty { endless[stream] = nil }
        call.end(session == nil ? closeReason : .clientReset)
    }
}

extension ServerConnectionState.Times {
    /// What a configuration says, with a connection's own share of chance in its age.
    init(_ configuration: ServerConfiguration) {
        handshake = configuration.handshakeTimeout.nanoseconds
        headers = configuration.headersTimeout.nanoseconds
        keepalive = Keepalive(
            interval: configuration.keepaliveInterval?.nanoseconds, timeout: configuration.keepaliveTimeout.nanoseconds)
        ageGrace = configuration.connectionAgeGrace.nanoseconds
        idle = configuration.connectionIdleMax?.nanoseconds ?? .max
        if let ageMax = configuration.connectionAgeMax?.nanoseconds {
            age = Int64(Double(ageMax) * Double.random(in: 0.9...1.1))
        }
    }
}

extension ServerConnection: SessionPumpDelegate {
    func pumpDidEnd(_ pump: SessionPump, failure: RPCStatus?) {
        guard let context else { return }
        closeAfter(context.writeAndFlush(wrapOutboundOut(ByteBuffer())), context)
    }
}

// MARK: - The shim's callbacks

extension ServerConnection {
    /// The connection behind a callback's first argument, which outlives its session.
    private static func connection(_ pointer: UnsafeMutableRawPointer) -> ServerConnection {
        Unmanaged<ServerConnection>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static func call(_ pointer: UnsafeMutableRawPointer?) -> ServerCall? {
        pointer.map { Unmanaged<ServerCall>.fromOpaque($0).takeUnretainedValue() }
    }

    fileprivate static let callbacks = rh2_callbacks(
        unary_request: { pointer, stream, method, message, length in
            connection(pointer).didReceiveUnary(
                stream, method: method, message: UnsafeRawBufferPointer(start: message, count: length))
        },
        stream_request: { pointer, stream, method in
            connection(pointer).didReceiveStream(stream, method: method)
        },
        violation: { pointer, stream, object, violation in
            connection(pointer).didViolate(stream, call(object), violation)
        },
        response: { _, _, _, _ in },
        trailers: { _, _, _, _, _ in },
        message: { _, _, object, message, length in
            call(object)?.receive(UnsafeRawBufferPointer(start: message, count: length))
        },
        half_closed: { _, _, object in
            call(object)?.halfClose()
        },
        writable: { _, _, object in
            call(object)?.becomeWritable()
        },
        expired: { pointer, stream, object in
            connection(pointer).didExpire(stream, call(object))
        },
        closed: { pointer, stream, object, _, _ in
            if let call = call(object) { connection(pointer).didClose(stream, call) }
        },
        settings: { pointer in
            connection(pointer).didReceiveSettings()
        },
        ping_ack: { pointer, payload in
            connection(pointer).didReceivePingAck(payload)
        },
        goaway: { _, _, _, _, _ in },
        release: { object in
            Unmanaged<AnyObject>.fromOpaque(object).release()
        },
        ended: nil,
        evicted: { pointer in
            connection(pointer).wasEvicted()
        })

    /// The same for a server with interceptors.
    private static let observingCallbacks = {
        var callbacks = ServerConnection.callbacks
        callbacks.ended = { pointer, end in connection(pointer).callEnded(end.pointee) }
        return callbacks
    }()
}
