import CNghttp2
import NIOCore

/// What all connections of one event loop share: memory pools, the buffer for output, and the list of connections
/// that have something to flush at the end of this tick.
///
/// Proof of `@unchecked Sendable`: everything but the immutable `eventLoop` and `native` is touched on the event loop
/// only.
final class LoopContext: @unchecked Sendable {
    let eventLoop: any EventLoop
    let native: OpaquePointer
    private var buffer: ByteBuffer
    private var dirty: [SessionPump] = []
    private var spareDirty: [SessionPump] = []

    /// - Parameter queuedBytesMax: what all connections may queue to be sent; nil for no limit of that kind.
    init(eventLoop: any EventLoop, inboundBytesMax: Int, queuedBytesMax: Int? = nil) {
        let queuedBytesMax = queuedBytesMax.map { UInt64($0) } ?? .max
        guard let native = rh2_loop_new(UInt64(inboundBytesMax), queuedBytesMax) else {
            preconditionFailure("out of memory")
        }
        self.eventLoop = eventLoop
        self.native = native
        buffer = ByteBufferAllocator().buffer(capacity: LoopContext.outputBytes)
    }

    deinit {
        // Every session holds this object, so none is left.
        rh2_loop_free(native)
    }

    /// Output is made in pieces of at most this size.
    static let outputBytes = 64 << 10

    /// Lends the output buffer, empty. NIO lets go of a buffer once it is written, so a steady flow of small writes
    /// reuses one block of memory; a buffer that is still queued is replaced by a new one.
    func withBuffer(_ body: (inout ByteBuffer) -> Void) {
        eventLoop.assertInEventLoop()
        var lent = ByteBuffer()
        swap(&lent, &buffer)
        lent.clear(minimumCapacity: LoopContext.outputBytes)
        body(&lent)
        swap(&lent, &buffer)
    }

    /// Flushes `pump` once this tick's other work is done.
    func flushLater(_ pump: SessionPump) {
        dirty.append(pump)
        if dirty.count == 1 {
            eventLoop.assumeIsolated().execute { self.flush() }
        }
    }

    private func flush() {
        swap(&dirty, &spareDirty)
        for pump in spareDirty { pump.pump() }
        spareDirty.removeAll(keepingCapacity: true)
    }

    func now() -> Int64 {
        Int64(truncatingIfNeeded: NIODeadline.now().uptimeNanoseconds)
    }
}
