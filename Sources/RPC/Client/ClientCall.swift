import ByteString
import CNghttp2
import NIOCore

/// The object behind a client's call.
///
/// ```
/// created -> waiting -> open -> finished
/// ```
/// `waiting`: for a connection; messages are kept here. `open`: the session has it.
///
/// Proof of `@unchecked Sendable`: everything mutable is touched on the event loop only, which each entry point checks.
final class ClientCall: OutgoingCall, @unchecked Sendable {
    let channel: RPCChannel
    let path: MethodPath
    let options: CallOptions
    /// Monotonic nanoseconds; `Int64.max` for none.
    private(set) var deadline = Int64.max
    private(set) var result: Result<Metadata, RPCFailure>?

    private var connection: ClientConnection?
    private var stream: Int32 = 0
    private var waiting: [Bytes] = []
    private var waitingBytes = 0
    private var wasToldToWait = false
    private var isHalfClosed = false
    private var isPaused = false
    private var compression: Compression
    private var timer: Scheduled<Void>?
    /// Attempts before this one that the server is to know of.
    var previousAttempts = 0

    var headersHandler: ((Metadata) -> Void)?
    var messageHandler: ((UnsafeRawBufferPointer) -> Void)?
    var writableHandler: (() -> Void)?
    var finishHandler: ((Result<Metadata, RPCFailure>) -> Void)?
    private var unary: Unary?

    /// What a unary call collects.
    private struct Unary {
        var headers = Metadata()
        var message: Bytes?
        var wasCompressed = false
        let completion: (Result<UnaryResponse, RPCFailure>) -> Void
    }

    init(channel: RPCChannel, path: MethodPath, options: CallOptions) {
        self.channel = channel
        self.path = path
        self.options = options
        compression = options.compression
    }

    var eventLoop: any EventLoop { channel.eventLoop }
    var isFinished: Bool { result != nil }

    // MARK: Start

    func start() {
        channel.eventLoop.preconditionInEventLoop()
        guard !isFinished else { return }
        if let timeout = options.timeout {
            deadline = channel.loop.now().addingReportingOverflow(timeout.nanoseconds).partialValue
            guard timeout.nanoseconds > 0 else {
                giveUp(RPCStatus(.deadlineExceeded, "the call's time was over before it began"))
                return
            }
        }
        channel.start(self)
        guard connection == nil, !isFinished, deadline != .max else { return }
        let time = NIODeadline.uptimeNanoseconds(UInt64(deadline))
        timer = channel.eventLoop.assumeIsolated().scheduleTask(deadline: time) { [self] in
            timer = nil
            fail(RPCStatus(.deadlineExceeded, "the deadline passed without a connection"), isSurelyUnprocessed: true)
        }
    }

    func startUnary(_ request: Bytes, _ completion: @escaping (Result<UnaryResponse, RPCFailure>) -> Void) {
        channel.eventLoop.preconditionInEventLoop()
        if case .failure(let failure) = result {
            completion(.failure(failure))  // Cancelled before it began.
            return
        }
        expectUnary(completion)
        start()
        send(request)
        halfClose()
    }

    func expectUnary(_ completion: @escaping (Result<UnaryResponse, RPCFailure>) -> Void) {
        unary = Unary(completion: completion)
    }

    /// Starts the call as one of several attempts, on a channel below a ``LoadBalancedChannel``. False if that has no
    /// connection to take it.
    func startAttempt(deadline: Int64) -> Bool {
        self.deadline = deadline
        return channel.offer(self)
    }

    /// Lets go of whoever waits for this call, which was never started.
    func forget() {
        headersHandler = nil
        messageHandler = nil
        writableHandler = nil
        finishHandler = nil
        unary = nil
    }

    /// The request's fields but for the pseudo-headers.
    func requestBlock(now: Int64, userAgent: String) -> HeaderBlock {
        var block = HeaderBlock()
        block.append("user-agent", userAgent)
        if deadline != .max { block.append("grpc-timeout", Timeout.encode(nanoseconds: deadline - now)) }
        if let token = channel.configuration.bearerToken { block.append("authorization", "Bearer \(token)") }
        if previousAttempts > 0 { block.append("grpc-previous-rpc-attempts", String(previousAttempts)) }
        block.append(options.metadata)
        return block
    }

    /// The session has taken the call.
    func didStart(on connection: ClientConnection, stream: Int32) {
        self.connection = connection
        self.stream = stream
        timer?.cancel()
        timer = nil
        if compression != options.compression { applyCompression() }
        if isPaused { connection.pump?.withNative { rh2_pause($0, stream) } }
        let messages = waiting
        waiting = []
        channel.releasePending(waitingBytes)
        waitingBytes = 0
        var isWritable = true
        for message in messages { isWritable = send(message) }
        if isHalfClosed { connection.session.map { rh2_half_close($0, stream) } }
        if wasToldToWait, isWritable {
            wasToldToWait = false
            // Not inside of whatever has led here.
            channel.eventLoop.assumeIsolated().execute { self.didBecomeWritable() }
        }
    }

    // MARK: Sending

    @discardableResult
    func send(_ message: UnsafeRawBufferPointer, owner: Bytes?) -> Bool {
        channel.eventLoop.preconditionInEventLoop()
        guard !isFinished else { return false }
        let limit = channel.configuration.messageBytesMax
        guard message.count <= limit else {
            giveUp(RPCStatus(.resourceExhausted, "a request exceeds \(limit) bytes (messageBytesMax)"))
            return false
        }
        guard let connection else { return keep(message, owner: owner) }
        guard let session = connection.session else { return false }
        let sent = rh2_send_message(
            session, stream, message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
            SendOwner.retained(owner, count: message.count))
        connection.pump?.markDirty()
        if sent == RH2_OVERFLOW {
            giveUp(
                RPCStatus(
                    .resourceExhausted, "too many bytes wait to be sent (streamSendBytesMax, connectionSendBytesMax)"))
        }
        return sent == RH2_WRITABLE
    }

    /// Keeps a message until there is a connection.
    private func keep(_ message: UnsafeRawBufferPointer, owner: Bytes?) -> Bool {
        guard channel.reservePending(message.count) else {
            fail(
                RPCStatus(.resourceExhausted, "too many bytes wait for a connection (pendingBytesMax)"),
                isSurelyUnprocessed: true)
            return false
        }
        waiting.append(owner ?? Bytes(copying: message))
        waitingBytes += message.count
        wasToldToWait = waitingBytes > channel.configuration.streamSendBytesHigh
        return !wasToldToWait
    }

    func halfClose() {
        channel.eventLoop.preconditionInEventLoop()
        guard !isFinished, !isHalfClosed else { return }
        isHalfClosed = true
        guard let connection else { return }
        connection.session.map { rh2_half_close($0, stream) }
        connection.pump?.markDirty()
    }

    var isWritable: Bool {
        channel.eventLoop.preconditionInEventLoop()
        guard !isFinished else { return false }
        guard let connection else { return !wasToldToWait }
        return connection.session.map { rh2_is_writable($0, stream) } ?? false
    }

    func setCompression(_ compression: Compression) {
        channel.eventLoop.preconditionInEventLoop()
        self.compression = compression
        applyCompression()
    }

    private func applyCompression() {
        guard options.compression != .none, let session = connection?.session else { return }
        rh2_set_gzip_bytes_min(session, stream, compression.gzipBytesMin)
    }

    var isMessageCompressed: Bool {
        channel.eventLoop.preconditionInEventLoop()
        return connection?.session.map { rh2_was_compressed($0, stream) } ?? false
    }

    func pause() {
        channel.eventLoop.preconditionInEventLoop()
        isPaused = true
        connection?.pump?.withNative { rh2_pause($0, stream) }
    }

    func resume() {
        channel.eventLoop.preconditionInEventLoop()
        isPaused = false
        connection?.pump?.withNative { rh2_resume($0, stream) }
        connection?.pump?.markDirty()
    }

    // MARK: What the session tells

    func didReceiveHeaders() {
        if unary != nil {
            unary?.headers = receivedMetadata()
        } else {
            headersHandler?(receivedMetadata())
        }
    }

    func didReceive(_ message: UnsafeRawBufferPointer) {
        guard unary != nil else {
            messageHandler?(message)
            return
        }
        guard unary?.message == nil else {
            fail(RPCStatus(.internal, "more than one message answers a unary call"), isSurelyUnprocessed: false)
            return
        }
        unary?.message = Bytes(copying: message)
        unary?.wasCompressed = isMessageCompressed
    }

    func didReceiveTrailers(status: Int32, httpStatus: UInt32) {
        if status == 0 {
            finish(.success(receivedMetadata()))
            return
        }
        let code: RPCStatus.Code
        if status > 0 {
            code = RPCStatus.Code(rawValue: Int(status))
        } else {
            code = httpStatus == 200 ? .unknown : RPCStatus.Code(httpStatus: Int(httpStatus))
        }
        var answer = withReceivedBlock { RPCStatus(code, block: $0) }
        if status < 0 { answer.message = "the response has no grpc-status; its HTTP status is \(httpStatus)" }
        finish(.failure(RPCFailure(answer, trailers: receivedMetadata())))
    }

    func didViolate(_ violation: rh2_violation, limits: rh2_limits) {
        fail(RPCStatus.describing(violation, limits: limits), isSurelyUnprocessed: false)
    }

    func didBecomeWritable() {
        if !isFinished { writableHandler?() }
    }

    private func receivedMetadata() -> Metadata {
        withReceivedBlock { Metadata(block: $0) }
    }

    private func withReceivedBlock<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var count = 0
        let base = connection?.session.flatMap { rh2_metadata($0, stream, &count) }
        return body(UnsafeRawBufferPointer(start: base, count: base == nil ? 0 : count))
    }

    // MARK: End

    func fail(_ status: RPCStatus, isSurelyUnprocessed: Bool) {
        finish(.failure(RPCFailure(status, isSurelyUnprocessed: isSurelyUnprocessed)))
    }

    /// Ends the call by this side's will. A request whose headers have not left never will.
    func giveUp(_ status: RPCStatus) {
        channel.eventLoop.preconditionInEventLoop()
        fail(status, isSurelyUnprocessed: !wasSent)
    }

    private var wasSent: Bool {
        guard let connection else { return false }
        return connection.session.map { rh2_was_sent($0, stream) } ?? true
    }

    private func finish(_ result: Result<Metadata, RPCFailure>) {
        channel.eventLoop.preconditionInEventLoop()
        guard !isFinished else { return }
        self.result = result
        timer?.cancel()
        timer = nil
        channel.releasePending(waitingBytes)
        waiting = []
        waitingBytes = 0
        // Whatever is left of the stream is not wanted any more. Nothing happens if it has ended by itself.
        if let pump = connection?.pump {
            pump.withNative { rh2_reset($0, stream, HTTP2ErrorCode.cancel.rawValue, true) }
            pump.markDirty()
        }
        let finishHandler = finishHandler
        let unary = unary
        forget()
        finishHandler?(result)
        unary.map { complete($0, result) }
    }

    private func complete(_ unary: Unary, _ result: Result<Metadata, RPCFailure>) {
        switch (result, unary.message) {
        case (.success(let trailers), let message?):
            let response = UnaryResponse(
                message: message, headers: unary.headers, trailers: trailers, wasCompressed: unary.wasCompressed)
            unary.completion(.success(response))
        case (.success(let trailers), nil):
            let status = RPCStatus(.internal, "a unary call was answered without a message")
            unary.completion(.failure(RPCFailure(status, trailers: trailers)))
        case (.failure(let failure), _):
            unary.completion(.failure(failure))
        }
    }
}
