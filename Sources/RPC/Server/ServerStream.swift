public import ByteString
import CNghttp2
public import NIOCore
public import Protobuf

/// A call in which either side may send any number of messages. A handle that may be copied and carried anywhere, but
/// used only on ``eventLoop``; its closures are called there too.
///
/// A handler sets the closures that it needs before it returns. They are dropped when the call has ended.
public struct ServerStream: Sendable {
    let core: ServerStreamCore

    /// The connection's event loop. Any thread may ask.
    public var eventLoop: any EventLoop { core.connection.loop.eventLoop }
    /// The method that was called.
    public var path: MethodPath { core.path }
    /// The time by which the client wants the call to have ended, or nil.
    public var deadline: NIODeadline? { core.connection.deadline(core.stream) }
    /// The metadata that came with the request. Empty once the call has ended.
    public var metadata: Metadata { core.connection.metadata(core.stream) }
    /// The address of the other end of the connection.
    public var peerAddress: SocketAddress? { core.connection.peerAddress }
    /// Who has called.
    public var principal: Principal { core.principal }
    /// Whether the message that `onMessage` was given last came compressed.
    public var isMessageCompressed: Bool { core.connection.wasCompressed(core.stream) }
    /// Whether the call goes on: neither finished nor cancelled.
    public var isOpen: Bool { !core.isFinished }

    // MARK: Receiving

    /// Each message, in order. The buffer is valid only during the closure's call. Its bytes are credited to the
    /// client's flow-control window when the closure returns, so a handler that keeps messages must `pause()` in
    /// time.
    public func onMessage(_ handler: @escaping (UnsafeRawBufferPointer) -> Void) {
        core.set { $0.messageHandler = handler }
    }

    /// The same with decoded messages; one that cannot be decoded ends the call with INVALID_ARGUMENT.
    public func onMessage<Request: Message>(_ type: Request.Type, _ handler: @escaping (Request) -> Void) {
        onMessage { [core] buffer in
            do throws(WireError) {
                handler(try Request(decoding: buffer))
            } catch {
                core.refuse(RPCStatus(undecodable: error))
            }
        }
    }

    /// The client has sent its last message.
    public func onHalfClose(_ handler: @escaping () -> Void) {
        core.set { $0.halfCloseHandler = handler }
    }

    /// The call ended before `finish`.
    public func onCancel(_ handler: @escaping (CancellationReason) -> Void) {
        core.set { $0.cancelHandler = handler }
    }

    /// Ends the call with `status`, behind what was sent, as soon as the client is asked to go elsewhere, because the
    /// server is shut down or the connection too old: for a stream that has no end of its own. Otherwise it may go on
    /// until the grace is over. `onCancel` hears of it.
    public func endAtShutdown(_ status: RPCStatus) {
        core.set { core.connection.endAtShutdown(core.stream, $0, status) }
    }

    /// Stops the delivery of messages until `resume()`; the client is held by its flow-control window.
    public func pause() {
        core.withSession { rh2_pause($0, core.stream) }
    }

    /// Goes on after `pause()`. Messages that wait are delivered before this returns.
    public func resume() {
        core.withSession { rh2_resume($0, core.stream) }
    }

    // MARK: Sending

    /// Whether `send` would return true.
    public var isWritable: Bool {
        eventLoop.preconditionInEventLoop()
        return core.connection.session.map { rh2_is_writable($0, core.stream) } ?? false
    }

    /// Bytes that were sent by the handler and have not gone to the socket.
    public var queuedBytes: Int {
        eventLoop.preconditionInEventLoop()
        return core.connection.session.map { Int(rh2_stream_queued_bytes($0, core.stream)) } ?? 0
    }

    /// `isWritable` became true again after it, or a `send`, had been false.
    public func onWritable(_ handler: @escaping () -> Void) {
        core.set { $0.writableHandler = handler }
    }

    /// Chooses for the messages from now on what `ServerConfiguration.compression` chooses for all calls. Without
    /// effect where the client did not say that it accepts gzip, or where no message was to be compressed when the
    /// headers went out, which is with `sendHeaders` or the first message.
    public func setCompression(_ compression: Compression) {
        core.connection.setCompression(core.stream, compression)
    }

    /// Sends metadata before the first message.
    public func sendHeaders(_ metadata: Metadata) {
        core.connection.sendHeaders(core.stream, metadata)
    }

    /// Queues an encoded message. Returns whether there is room for more: after false, wait for `onWritable`. A
    /// handler that goes on regardless until `streamSendBytesMax` has its call ended with RESOURCE_EXHAUSTED.
    @discardableResult
    public func send(_ message: Bytes) -> Bool {
        message.withUnsafeBytes { core.send($0, owner: message) }
    }

    /// Queues an encoded message, which is copied before this returns.
    @discardableResult
    public func send(_ message: UnsafeRawBufferPointer) -> Bool {
        core.send(message, owner: nil)
    }

    /// Queues a message. One that cannot be encoded ends the call with INTERNAL.
    @discardableResult
    public func send(_ message: some Message) -> Bool {
        do {
            return try message.withEncoded { core.send($0, owner: nil) }
        } catch {
            core.refuse(RPCStatus(.internal, "the answer cannot be encoded"))
            return false
        }
    }

    /// Ends the call behind everything that was sent.
    public func finish(_ status: RPCStatus = .ok, trailers: Metadata = Metadata()) {
        eventLoop.preconditionInEventLoop()
        guard !core.isFinished else { return }
        core.connection.finish(core.stream, status, trailers)
        core.markFinished()
    }
}

/// The object behind a streaming call.
///
/// Proof of `@unchecked Sendable`: everything mutable is touched on the event loop only, which each entry point checks.
final class ServerStreamCore: ServerCall, @unchecked Sendable {
    let connection: ServerConnection
    let stream: Int32
    let path: MethodPath
    let principal: Principal
    var messageHandler: ((UnsafeRawBufferPointer) -> Void)?
    var halfCloseHandler: (() -> Void)?
    var cancelHandler: ((CancellationReason) -> Void)?
    var writableHandler: (() -> Void)?

    init(connection: ServerConnection, stream: Int32, path: MethodPath, principal: Principal) {
        self.connection = connection
        self.stream = stream
        self.path = path
        self.principal = principal
    }

    func set(_ change: (ServerStreamCore) -> Void) {
        connection.loop.eventLoop.preconditionInEventLoop()
        // A closure that is set after the end would never be dropped.
        if !isFinished { change(self) }
    }

    func withSession(_ body: (OpaquePointer) -> Void) {
        connection.loop.eventLoop.preconditionInEventLoop()
        connection.pump?.withNative(body)
        connection.pump?.markDirty()
    }

    func send(_ message: UnsafeRawBufferPointer, owner: Bytes?) -> Bool {
        connection.loop.eventLoop.preconditionInEventLoop()
        guard let session = connection.session, !isFinished else { return false }
        let limit = connection.server.configuration.messageBytesMax
        guard message.count <= limit else {
            let status = RPCStatus(.resourceExhausted, "an answer exceeds \(limit) bytes (messageBytesMax)")
            refuse(connection.explained(status, .answerNotSent))
            return false
        }
        switch connection.send(session, stream, message, owner: owner) {
        case RH2_WRITABLE:
            return true
        case RH2_OVERFLOW:
            refuse(connection.overflow)
            return false
        default:
            return false
        }
    }

    /// Ends the call for the handler, which hears of it at the end of this tick and not inside of its own `send`.
    func refuse(_ status: RPCStatus) {
        guard !isFinished else { return }
        connection.endNow(stream, status)
        let cancelHandler = cancelHandler
        let reason = status.code == .resourceExhausted ? CancellationReason.limitExceeded : .protocolError
        markFinished()
        if let cancelHandler {
            connection.loop.eventLoop.assumeIsolated().execute { cancelHandler(reason) }
        }
    }

    override func receive(_ message: UnsafeRawBufferPointer) {
        messageHandler?(message)
    }

    override func halfClose() {
        halfCloseHandler?()
    }

    override func becomeWritable() {
        writableHandler?()
    }

    override func cancel(_ reason: CancellationReason) {
        cancelHandler?(reason)
    }

    override func dropHandlers() {
        messageHandler = nil
        halfCloseHandler = nil
        cancelHandler = nil
        writableHandler = nil
    }
}

extension RPCStatus {
    /// What the server answers to a request that is no such message.
    init(undecodable error: WireError) {
        self.init(.invalidArgument, "the request cannot be decoded: \(error)")
    }
}
