import ByteString
import NIOCore

/// A call through a ``LoadBalancedChannel``: one attempt after the other, each over the connection that the channel's
/// policy picks. What was sent is kept for as long as it may have to be sent again.
///
/// ```
/// created -> waiting for a connection -> attempt -> finished
///                   ^                       |
///                   +---- pause <-----------+ (failed)
/// ```
///
/// Proof of `@unchecked Sendable`: everything mutable is touched on the event loop only, which each entry point checks.
final class BalancedCall: OutgoingCall, @unchecked Sendable {
    let channel: LoadBalancedChannel
    let path: MethodPath
    let options: CallOptions
    private(set) var result: Result<Metadata, RPCFailure>?

    /// Monotonic nanoseconds; `Int64.max` for none.
    private var deadline = Int64.max
    private var attempt: ClientCall?
    private var address: AddressID?
    /// Nil: the call is made once.
    private var retry: RetryState?
    private var kept: [Bytes] = []
    private var keptBytes = 0
    private var isHalfClosed = false
    private var isPaused = false
    private var wasToldToWait = false
    /// Nil: what the options say.
    private var compression: Compression?
    /// Ends the wait for a connection, or the pause between attempts.
    private var timer: Scheduled<Void>?

    var headersHandler: ((Metadata) -> Void)?
    var messageHandler: ((UnsafeRawBufferPointer) -> Void)?
    var writableHandler: (() -> Void)?
    var finishHandler: ((Result<Metadata, RPCFailure>) -> Void)?
    private var completion: ((Result<UnaryResponse, RPCFailure>) -> Void)?

    init(channel: LoadBalancedChannel, path: MethodPath, options: CallOptions) {
        self.channel = channel
        self.path = path
        self.options = options
    }

    var eventLoop: any EventLoop { channel.eventLoop }
    private var loop: any EventLoop { channel.eventLoop }

    // MARK: Start

    func start() {
        loop.preconditionInEventLoop()
        guard !isFinished else { return }
        retry = (options.retry ?? channel.retryPolicy(of: path)).map { RetryState($0) }
        if let timeout = options.timeout {
            deadline = channel.now().addingReportingOverflow(timeout.nanoseconds).partialValue
            guard timeout.nanoseconds > 0 else {
                fail(
                    RPCStatus(.deadlineExceeded, "the call's time was over before it began"), isSurelyUnprocessed: true)
                return
            }
        }
        channel.place(self)
    }

    func startUnary(_ request: Bytes, _ completion: @escaping (Result<UnaryResponse, RPCFailure>) -> Void) {
        loop.preconditionInEventLoop()
        if case .failure(let failure) = result {
            completion(.failure(failure))  // Cancelled before it began.
            return
        }
        self.completion = completion
        isHalfClosed = true
        guard keep(request.count, { request }) else { return }
        start()
    }

    // MARK: Attempts

    /// There is no connection now.
    func mustWait() {
        guard timer == nil, deadline != .max else { return }
        timer = loop.assumeIsolated().scheduleTask(deadline: .uptimeNanoseconds(UInt64(deadline))) { [self] in
            timer = nil
            let why = channel.whyNotConnected.map { ": \($0)" } ?? ""
            fail(
                RPCStatus(.deadlineExceeded, "the deadline passed without a connection\(why)"),
                isSurelyUnprocessed: true)
        }
    }

    /// There is no connection, and none is worth waiting for.
    func couldNotBePlaced(_ status: RPCStatus) {
        attemptFailed(RPCFailure(status, isSurelyUnprocessed: true), wasPlaced: false)
    }

    /// Begins an attempt. False if the subchannel takes no call now.
    func begin(on subchannel: RPCChannel, at address: AddressID) -> Bool {
        timer?.cancel()
        timer = nil
        let attempt = ClientCall(channel: subchannel, path: path, options: options)
        attempt.previousAttempts = retry?.failedAttempts ?? 0
        if completion != nil {
            attempt.expectUnary { [self] in attemptEnded(attempt, $0) }
        } else {
            listen(to: attempt)
        }
        self.attempt = attempt
        self.address = address
        guard attempt.startAttempt(deadline: attemptDeadline) else {
            self.attempt = nil
            attempt.forget()
            return false
        }
        guard self.attempt === attempt else { return true }  // It has failed already.
        if let compression { attempt.setCompression(compression) }
        var isWritable = true
        for message in kept { isWritable = attempt.send(message) }
        if isHalfClosed { attempt.halfClose() }
        if isPaused { attempt.pause() }
        if let retry, keptBytes > retry.policy.keptBytesMax { commit() }
        if retry == nil { dropKept() }
        if wasToldToWait, isWritable {
            wasToldToWait = false
            // Not inside of whatever has led here.
            loop.assumeIsolated().execute { [self] in if !isFinished { writableHandler?() } }
        }
        return true
    }

    private var attemptDeadline: Int64 {
        guard let timeout = retry?.policy.attemptTimeout else { return deadline }
        return min(deadline, channel.now().addingReportingOverflow(timeout.nanoseconds).partialValue)
    }

    private func listen(to attempt: ClientCall) {
        attempt.headersHandler = { [self] metadata in
            guard let headersHandler else { return }
            commit()
            headersHandler(metadata)
        }
        attempt.messageHandler = { [self] message in
            commit()
            messageHandler?(message)
        }
        attempt.writableHandler = { [self] in
            wasToldToWait = false
            writableHandler?()
        }
        attempt.finishHandler = { [self] result in
            switch result {
            case .success(let trailers): attemptSucceeded(attempt) { self.finish(.success(trailers)) }
            case .failure(let failure): attemptFailed(attempt, failure)
            }
        }
    }

    /// The caller is given something of the answer: from here on there is no other attempt.
    private func commit() {
        guard retry?.isCommitted == false else { return }
        retry?.onCommitted()
        dropKept()
    }

    private func attemptEnded(_ attempt: ClientCall, _ result: Result<UnaryResponse, RPCFailure>) {
        switch result {
        case .success(let response):
            attemptSucceeded(attempt) {
                let completion = self.completion
                self.completion = nil
                self.finish(.success(response.trailers))
                completion?(.success(response))
            }
        case .failure(let failure):
            attemptFailed(attempt, failure)
        }
    }

    private func attemptSucceeded(_ attempt: ClientCall, _ deliver: () -> Void) {
        guard !isFinished, attempt === self.attempt else { return }
        self.attempt = nil
        channel.throttle?.onAnswer()
        deliver()
    }

    private func attemptFailed(_ attempt: ClientCall, _ failure: RPCFailure) {
        guard !isFinished, attempt === self.attempt else { return }
        self.attempt = nil
        attemptFailed(failure, wasPlaced: true)
    }

    private func attemptFailed(_ failure: RPCFailure, wasPlaced: Bool) {
        guard !isFinished else { return }
        guard retry != nil else { return finish(.failure(failure)) }
        if wasPlaced, let address, retry?.policy.movesOn == true, retry?.policy.verdict(on: failure) != .isFinal {
            channel.moveOn(from: address)
        }
        let timeLeft = deadline == .max ? .max : deadline - channel.now()
        switch retry?.onFailure(
            failure, wasPlaced: wasPlaced, timeLeft: timeLeft, throttle: &channel.throttle,
            chance: .random(in: 0...1))
        {
        case .retryNow:
            // Not inside of whatever has led here: connections are told first that they are lost.
            loop.assumeIsolated().execute { [self] in tryAgain() }
        case .retryAfter(let delay):
            timer?.cancel()
            channel.didPause(self)
            timer = loop.assumeIsolated().scheduleTask(in: .nanoseconds(delay)) { [self] in
                timer = nil
                channel.didResume(self)
                tryAgain()
            }
        case .fail(let failure):
            finish(.failure(failure))
        case nil:
            break
        }
    }

    private func tryAgain() {
        guard !isFinished, attempt == nil else { return }
        channel.place(self)
    }

    // MARK: Sending

    @discardableResult
    func send(_ message: UnsafeRawBufferPointer, owner: Bytes?) -> Bool {
        loop.preconditionInEventLoop()
        guard !isFinished, !isHalfClosed else { return false }
        guard let attempt else {
            guard keep(message.count, { owner ?? Bytes(copying: message) }) else { return false }
            wasToldToWait = keptBytes > channel.configuration.channel.streamSendBytesHigh
            return !wasToldToWait
        }
        let owner = keepToRetry(message, owner: owner)
        // Whoever waits now must be told to go on even if that is another attempt's doing.
        wasToldToWait = !attempt.send(message, owner: owner)
        return !wasToldToWait
    }

    /// Keeps a message for as long as it may have to be sent again. Returns the owner of its bytes, if there is one.
    private func keepToRetry(_ message: UnsafeRawBufferPointer, owner: Bytes?) -> Bytes? {
        guard let retry, !retry.isCommitted else { return owner }
        guard keptBytes + message.count <= retry.policy.keptBytesMax, channel.reserveKept(message.count) else {
            commit()
            return owner
        }
        let owner = owner ?? Bytes(copying: message)
        kept.append(owner)
        keptBytes += message.count
        return owner
    }

    /// Keeps a message that cannot be sent now. False if that fails the call.
    private func keep(_ count: Int, _ message: () -> Bytes) -> Bool {
        let configuration = channel.configuration.channel
        guard count <= configuration.messageBytesMax else {
            giveUp(
                RPCStatus(
                    .resourceExhausted, "a request exceeds \(configuration.messageBytesMax) bytes (messageBytesMax)"))
            return false
        }
        guard channel.reserveKept(count) else {
            fail(
                RPCStatus(.resourceExhausted, "too many bytes wait for a connection (pendingBytesMax)"),
                isSurelyUnprocessed: true)
            return false
        }
        kept.append(message())
        keptBytes += count
        return true
    }

    private func dropKept() {
        channel.releaseKept(keptBytes)
        kept = []
        keptBytes = 0
    }

    func halfClose() {
        loop.preconditionInEventLoop()
        guard !isFinished, !isHalfClosed else { return }
        isHalfClosed = true
        attempt?.halfClose()
    }

    var isWritable: Bool {
        loop.preconditionInEventLoop()
        guard !isFinished else { return false }
        return attempt?.isWritable ?? !wasToldToWait
    }

    func setCompression(_ compression: Compression) {
        loop.preconditionInEventLoop()
        self.compression = compression
        attempt?.setCompression(compression)
    }

    var isMessageCompressed: Bool { attempt?.isMessageCompressed ?? false }

    func pause() {
        loop.preconditionInEventLoop()
        isPaused = true
        attempt?.pause()
    }

    func resume() {
        loop.preconditionInEventLoop()
        isPaused = false
        attempt?.resume()
    }

    // MARK: End

    func fail(_ status: RPCStatus, isSurelyUnprocessed: Bool) {
        let failure = RPCFailure(status, isSurelyUnprocessed: isSurelyUnprocessed)
        finish(.failure(retry?.ofAllAttempts(failure) ?? failure))
    }

    func giveUp(_ status: RPCStatus) {
        loop.preconditionInEventLoop()
        guard !isFinished, let attempt else { return fail(status, isSurelyUnprocessed: true) }
        // Whether the request has left, the attempt knows.
        self.attempt = nil
        attempt.giveUp(status)
        guard case .failure(let failure) = attempt.result else { return }
        fail(failure.status, isSurelyUnprocessed: failure.isSurelyUnprocessed)
    }

    private func finish(_ result: Result<Metadata, RPCFailure>) {
        loop.preconditionInEventLoop()
        guard !isFinished else { return }
        self.result = result
        timer?.cancel()
        timer = nil
        if retry != nil { channel.didResume(self) }
        dropKept()
        if let attempt {
            self.attempt = nil
            attempt.giveUp(RPCStatus(.cancelled, "the call has ended"))
        }
        let finishHandler = finishHandler
        let completion = completion
        headersHandler = nil
        messageHandler = nil
        writableHandler = nil
        self.finishHandler = nil
        self.completion = nil
        finishHandler?(result)
        if case .failure(let failure) = result { completion?(.failure(failure)) }
    }
}
