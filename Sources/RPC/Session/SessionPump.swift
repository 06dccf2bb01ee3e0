import CNghttp2
import NIOCore

/// What a connection does when its session moves.
protocol SessionPumpDelegate: AnyObject {
    /// The session is over, or cannot go on: close the channel.
    func pumpDidEnd(_ pump: SessionPump, failure: RPCStatus?)
}

/// Moves bytes between a channel and the session of one connection. Confined to the event loop.
///
/// Input goes in while the channel reads; output is gathered and leaves in one flush when the read is complete, or at
/// the end of the tick for what is sent outside of a read. Nothing is produced while the channel is not writable, so
/// that a peer that does not read makes the session's queues grow, where they are bounded.
final class SessionPump {
    let loop: LoopContext
    /// Nil once the connection is over.
    private(set) var session: OpaquePointer?
    private unowned let delegate: any SessionPumpDelegate
    private let context: ChannelHandlerContext
    private let channel: any Channel
    /// Takes the output as long as the channel has none; nil if all of it goes through the channel.
    private var socket: OutputSocket?
    /// Writes that the channel has taken and not finished, where there is a socket beside it.
    private var channelWrites = 0
    /// When bytes came last, monotonic nanoseconds; at first when the connection began.
    private(set) var receivedAt: Int64
    private var isReading = false
    private var isDirty = false
    private var isPumping = false
    /// Whether something was queued since output was gathered last, by what that called back.
    private var isMarkedMeanwhile = false
    /// Whether the shim is on the stack: it must not be entered again to produce, and not be freed.
    private var isInNative = false
    private var closesAfterNative = false
    private var hasEnded = false
    private var timer: Scheduled<Void>?
    private var timerDeadline = Int64.max

    /// - Parameter isEncrypted: whether handlers between this one and the socket change what is sent.
    init(
        loop: LoopContext, context: ChannelHandlerContext, session: OpaquePointer, isEncrypted: Bool,
        delegate: any SessionPumpDelegate
    ) {
        self.loop = loop
        self.context = context
        self.channel = context.channel
        self.session = session
        self.delegate = delegate
        receivedAt = loop.now()
        socket = isEncrypted ? nil : OutputSocket(of: context)
    }

    // MARK: Input

    func receive(_ buffer: ByteBuffer) -> rh2_verdict {
        guard let session else { return RH2_GOES_ON }
        isReading = true
        let now = loop.now()
        receivedAt = now
        return withNative(session) {
            let verdict = buffer.withUnsafeReadableBytes { bytes in
                rh2_receive(session, now, bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), bytes.count)
            }
            armTimer(rh2_take_new_deadline(session))
            return verdict
        }
    }

    func readComplete() {
        isReading = false
        pump()
    }

    // MARK: Output

    /// Something was queued in the session.
    func markDirty() {
        isMarkedMeanwhile = true
        guard !isReading, !isDirty, !isPumping else { return }
        isDirty = true
        loop.flushLater(self)
    }

    func pump() {
        isDirty = false
        guard !isPumping, !isInNative, session != nil else { return }
        // Writing can call back into this method when the channel's writability changes.
        isPumping = true
        repeat {
            while canWrite, produce() {}
        } while dispatch()
        isPumping = false
        guard let session, !hasEnded else { return }
        armTimer(rh2_take_new_deadline(session))
        if rh2_is_finished(session) {
            end(nil)
        }
    }

    /// Writes one buffer of output. Returns whether there may be more.
    private func produce() -> Bool {
        guard let session else { return false }
        isMarkedMeanwhile = false
        var produced = 0
        loop.withBuffer { buffer in
            withNative(session) {
                _ = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: LoopContext.outputBytes) { bytes in
                    produced = rh2_produce(session, bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), bytes.count)
                    return max(produced, 0)
                }
            }
            guard produced > 0 else { return }
            write(buffer)
        }
        if produced < 0 {
            end(RPCStatus(.internal, "the HTTP/2 session failed"))
        }
        // A frame that finds no room is at most 16 KiB long, so what was gathered ends there only in a full buffer.
        return produced > LoopContext.outputBytes / 2 || produced > 0 && isMarkedMeanwhile
    }

    /// Whether what is written now leaves, or nearly so.
    private var canWrite: Bool { isSocketFree || channel.isWritable }

    /// Whether everything that was written has gone to the socket, so that it may be given more.
    private var isSocketFree: Bool { socket != nil && channelWrites == 0 }

    private func write(_ buffer: ByteBuffer) {
        guard let socket else {
            context.writeAndFlush(NIOAny(buffer), promise: nil)
            return
        }
        let taken = channelWrites == 0 ? buffer.withUnsafeReadableBytes { socket.take($0) } : 0
        guard taken < buffer.readableBytes else { return }
        var rest = buffer
        rest.moveReaderIndex(forwardBy: taken)
        channelWrites += 1
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] result in
            channelWrites -= 1
            // The channel is closing, and the socket not ours any more.
            if case .failure = result { self.socket = nil }
        }
        context.writeAndFlush(NIOAny(rest), promise: written)
    }

    private func dispatch() -> Bool {
        guard let session, !hasEnded else { return false }
        return withNative(session) { rh2_dispatch(session) }
    }

    /// Calls `body` with the session, for functions that call back.
    func withNative(_ body: (OpaquePointer) -> Void) {
        guard let session else { return }
        withNative(session) { body(session) }
    }

    private func withNative<Result>(_ session: OpaquePointer, _ body: () -> Result) -> Result {
        let wasInNative = isInNative
        isInNative = true
        let result = body()
        isInNative = wasInNative
        if closesAfterNative, !isInNative { close() }
        return result
    }

    // MARK: Deadlines

    /// Makes sure that calls are expired at `deadline`. One timer serves all calls of the connection: when it fires,
    /// the open calls are looked through once, so that a call that ends in time costs the timer nothing.
    private func armTimer(_ deadline: Int64) {
        guard deadline < timerDeadline, session != nil else { return }
        timer?.cancel()
        timerDeadline = deadline
        let time = NIODeadline.uptimeNanoseconds(UInt64(max(deadline, 0)))
        timer = loop.eventLoop.assumeIsolated().scheduleTask(deadline: time) { [self] in
            timer = nil
            timerDeadline = .max
            expire()
        }
    }

    private func expire() {
        guard let session else { return }
        let now = loop.now()
        armTimer(withNative(session) { rh2_expire(session, now) })
        pump()
    }

    // MARK: End

    private func end(_ failure: RPCStatus?) {
        guard !hasEnded else { return }
        hasEnded = true
        delegate.pumpDidEnd(self, failure: failure)
    }

    /// Ends every call and frees the session.
    func close() {
        socket = nil
        guard let session else { return }
        hasEnded = true
        guard !isInNative else {
            closesAfterNative = true
            return
        }
        timer?.cancel()
        timer = nil
        self.session = nil
        rh2_session_free(session)
    }
}
