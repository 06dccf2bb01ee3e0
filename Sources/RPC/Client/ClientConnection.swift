import CNghttp2
import NIOCore
import NIOSSL
import NIOTLS

/// The one handler of a client's TCP connection. It owns the HTTP/2 session; the channel decides when there is one.
///
/// Proof of `@unchecked Sendable`: everything mutable is touched on the channel's event loop only.
final class ClientConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let owner: RPCChannel
    private(set) var pump: SessionPump?
    private(set) var remoteAddress: SocketAddress?
    private var context: ChannelHandlerContext?
    private var state = ClientConnectionState()
    private var lastError: (any Error)?
    private var handshakeTimer: Scheduled<Void>?
    private var graceTimer: Scheduled<Void>?
    private var graceEnd = NIODeadline.distantFuture
    private var keepalive = Keepalive.never
    private var keepaliveTimer: Scheduled<Void>?

    init(owner: RPCChannel) {
        self.owner = owner
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
        remoteAddress = context.remoteAddress
        var limits = owner.limits
        let session = withUnsafePointer(to: &limits) { limits in
            withUnsafePointer(to: ClientConnection.callbacks) { callbacks in
                rh2_client_new(
                    owner.loop.native, callbacks, limits, Unmanaged.passUnretained(self).toOpaque(), owner.loop.now())
            }
        }
        guard state.onActive(), let session else {
            session.map { rh2_session_free($0) }
            context.close(promise: nil)
            return
        }
        pump = SessionPump(
            loop: owner.loop, context: context, session: session, isEncrypted: owner.configuration.tls != nil,
            delegate: self)
        let timeout = owner.configuration.handshakeTimeout
        handshakeTimer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { [self] in
            handshakeTimer = nil
            fail("no SETTINGS within \(timeout.nanoseconds / 1_000_000) ms (handshakeTimeout)")
        }
        pump?.pump()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
            if let objection = objection(context, negotiated) { fail(objection) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Why the server is not to be talked to, after the TLS handshake; or nil.
    private func objection(_ context: ChannelHandlerContext, _ negotiated: String?) -> String? {
        guard negotiated == TLSConfiguration.http2 else { return TLSFailure.noHTTP2 }
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        return owner.configuration.tls?.objection(to: certificate.flatMap { PeerCertificate($0) })
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard buffer.readableBytes > 0, let pump else { return }
        let verdict = pump.receive(buffer)
        if verdict != RH2_GOES_ON {
            fail("the server broke the rules of HTTP/2")
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
        lastError = lastError ?? error
        context.close(promise: nil)
    }

    private func fail(_ why: String) {
        lastError = lastError ?? ConnectionProblem(description: why)
        pump?.readComplete()
        context?.close(promise: nil)
    }

    private func tearDown() {
        handshakeTimer?.cancel()
        handshakeTimer = nil
        graceTimer?.cancel()
        graceTimer = nil
        keepaliveTimer?.cancel()
        keepaliveTimer = nil
        pump?.close()
        pump = nil
        let why = lastError.map { TLSFailure.sentence($0) ?? "\($0)" } ?? "end of file"
        switch state.onClosed() {
        case .tellFailed:
            owner.attemptFailed(self, .handshakeFailed(why))
        case .tellLost:
            owner.connectionDidClose(self, .lost(why))
        case .tellAfterGoAway:
            owner.connectionDidClose(self, .afterGoAway)
        case .tellLocal:
            owner.connectionDidClose(self, .local)
        case .none:
            break
        }
    }

    // MARK: What the channel asks for

    enum OnSubmit {
        case sent
        /// The call has been failed.
        case failed
        /// The connection takes no more calls.
        case takesNoMore
    }

    func submit(_ call: ClientCall) -> OnSubmit {
        guard let session, state.phase == .ready else { return .takesNoMore }
        guard rh2_unsent_requests(session) < owner.configuration.pendingCallsMax else {
            call.fail(
                RPCStatus(.resourceExhausted, "too many calls wait for the server (pendingCallsMax)"),
                isSurelyUnprocessed: true)
            return .failed
        }
        let block = call.requestBlock(now: owner.loop.now(), userAgent: owner.configuration.userAgent)
        let object = Unmanaged.passRetained(call)
        let stream = withUTF8(call.path.text) { path in
            withUTF8(owner.target) { authority in
                block.bytes.withUnsafeBufferPointer { block in
                    rh2_submit_request(
                        session, path.baseAddress!, path.count, authority.baseAddress!, authority.count,
                        owner.configuration.tls != nil, call.options.compression.gzipBytesMin, block.baseAddress,
                        block.count, object.toOpaque(), call.deadline)
                }
            }
        }
        guard stream != 0 else {
            object.release()
            return .takesNoMore
        }
        call.didStart(on: self, stream: stream)
        pump?.markDirty()
        return .sent
    }

    private func withUTF8<Result>(_ text: String, _ body: (UnsafeBufferPointer<CChar>) -> Result) -> Result {
        var text = text
        return text.withUTF8 { $0.withMemoryRebound(to: CChar.self, body) }
    }

    /// Closes once no call is open.
    func closeWhenIdle() {
        state.onLeaving()
        closeIfIdle()
    }

    fileprivate func closeIfIdle() {
        guard state.isLeaving, let session, rh2_open_streams(session) == 0 else { return }
        context?.close(promise: nil)
    }

    /// Closes by this side's wish, at the latest after `grace` nanoseconds.
    func close(grace: Int64) {
        state.onLocalClose()
        guard let context else { return }
        if grace <= 0 || session == nil {
            session.map { rh2_terminate($0, HTTP2ErrorCode.noError.rawValue) }
            pump?.pump()
            context.close(promise: nil)
            return
        }
        closeIfIdle()
        // Asked again, the grace can only become shorter.
        let end = NIODeadline.now() + .nanoseconds(grace)
        guard graceTimer == nil || end < graceEnd else { return }
        graceTimer?.cancel()
        graceEnd = end
        graceTimer = context.eventLoop.assumeIsolated().scheduleTask(deadline: end) { [self] in
            graceTimer = nil
            close(grace: 0)
        }
    }

    // MARK: What the session tells

    fileprivate func didReceiveSettings() {
        guard state.onSettings() else { return }
        handshakeTimer?.cancel()
        handshakeTimer = nil
        startKeepalive()
        owner.connectionIsReady(self)
    }

    fileprivate func didReceiveGoAway(lastStream: Int32, errorCode: UInt32, debug: UnsafeRawBufferPointer) {
        let isCalmWanted = errorCode == HTTP2ErrorCode.enhanceYourCalm.rawValue
        if isCalmWanted, debug.elementsEqual("too_many_pings".utf8) {
            owner.keepaliveFactor = min(owner.keepaliveFactor * 2, 1 << 10)
        }
        if state.onGoAway() { owner.connectionIsDraining(self) }
    }

    fileprivate func didClose(_ call: ClientCall, errorCode: UInt32, wasSent: Bool) {
        if session == nil {
            let status = RPCStatus(.unavailable, "the connection to \(owner.target) was lost")
            call.fail(status, isSurelyUnprocessed: !wasSent)
        } else {
            let code = HTTP2ErrorCode(rawValue: errorCode)
            call.fail(code.status, isSurelyUnprocessed: !wasSent || code == .refusedStream)
        }
    }

    fileprivate func streamDidClose() {
        guard state.isLeaving else { return }
        // Not while the session is in the middle of something.
        context?.eventLoop.assumeIsolated().execute { self.closeIfIdle() }
    }
}

// MARK: - Keepalive

extension ClientConnection {
    private func startKeepalive() {
        guard let interval = owner.configuration.keepaliveInterval?.nanoseconds else { return }
        let times = interval.multipliedReportingOverflow(by: owner.keepaliveFactor)
        keepalive = Keepalive(
            interval: times.overflow ? nil : times.partialValue,
            timeout: owner.configuration.keepaliveTimeout.nanoseconds)
        armKeepalive(now: owner.loop.now())
    }

    private func armKeepalive(now: Int64) {
        guard let context, let pump else { return }
        let next = keepalive.nextTick(now: now, lastReceived: pump.receivedAt)
        guard next != .max else { return }
        let time = NIODeadline.uptimeNanoseconds(UInt64(max(next, 0)))
        keepaliveTimer = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { [self] in
            keepaliveTimer = nil
            keepaliveTick()
        }
    }

    private func keepaliveTick() {
        guard let pump, let session = pump.session else { return }
        let now = owner.loop.now()
        let asks = owner.configuration.keepaliveWithoutCalls || rh2_open_streams(session) > 0
        switch keepalive.onTick(now: now, lastReceived: pump.receivedAt, asks: asks) {
        case .none:
            break
        case .sendPing:
            rh2_ping(session, 0)
            pump.markDirty()
        case .giveUp:
            fail("no answer within \(keepalive.timeout / 1_000_000) ms (keepaliveTimeout)")
            return
        }
        armKeepalive(now: now)
    }
}

/// Why a connection was given up by this side.
struct ConnectionProblem: Error, CustomStringConvertible {
    let description: String
}

extension ClientConnection: SessionPumpDelegate {
    func pumpDidEnd(_ pump: SessionPump, failure: RPCStatus?) {
        lastError = lastError ?? failure
        context?.close(promise: nil)
    }
}

// MARK: - The shim's callbacks

extension ClientConnection {
    /// The connection behind a callback's first argument, which outlives its session.
    private static func connection(_ pointer: UnsafeMutableRawPointer) -> ClientConnection {
        Unmanaged<ClientConnection>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static func call(_ pointer: UnsafeMutableRawPointer?) -> ClientCall? {
        pointer.map { Unmanaged<ClientCall>.fromOpaque($0).takeUnretainedValue() }
    }

    fileprivate static let callbacks = rh2_callbacks(
        unary_request: { _, _, _, _, _ in },
        stream_request: { _, _, _ in },
        violation: { pointer, _, object, violation in
            call(object)?.didViolate(violation, limits: connection(pointer).owner.limits)
        },
        response: { _, _, object, _ in
            call(object)?.didReceiveHeaders()
        },
        trailers: { _, _, object, status, http in
            call(object)?.didReceiveTrailers(status: status, httpStatus: http)
        },
        message: { _, _, object, message, length in
            call(object)?.didReceive(UnsafeRawBufferPointer(start: message, count: length))
        },
        half_closed: { _, _, object in
            call(object)?.fail(HTTP2ErrorCode.noError.status, isSurelyUnprocessed: false)
        },
        writable: { _, _, object in
            call(object)?.didBecomeWritable()
        },
        expired: { _, _, object in
            call(object)?.giveUp(RPCStatus(.deadlineExceeded, "the deadline passed at the client"))
        },
        closed: { pointer, _, object, errorCode, wasSent in
            let connection = connection(pointer)
            if let call = call(object) { connection.didClose(call, errorCode: errorCode, wasSent: wasSent) }
            connection.streamDidClose()
        },
        settings: { pointer in
            connection(pointer).didReceiveSettings()
        },
        ping_ack: { _, _ in },
        goaway: { pointer, lastStream, errorCode, debug, count in
            connection(pointer).didReceiveGoAway(
                lastStream: lastStream, errorCode: errorCode, debug: UnsafeRawBufferPointer(start: debug, count: count))
        },
        release: { object in
            Unmanaged<AnyObject>.fromOpaque(object).release()
        },
        ended: nil, evicted: nil)
}
