/// Why a call ended before its handler ended it.
public enum CancellationReason: Sendable, Hashable {
    /// The client reset the stream.
    case clientReset
    /// The connection is gone.
    case connectionLost
    /// The deadline passed. The client has been answered with DEADLINE_EXCEEDED.
    case deadlineExceeded
    /// The server's grace period ended.
    case shutdown
    /// A limit was exceeded; the client has been told RESOURCE_EXHAUSTED.
    case limitExceeded
    /// The client broke the rules of gRPC and has been told so.
    case protocolError
}

/// What a connection tells the object behind one of its streams. Confined to the event loop.
class ServerCall {
    /// Whether the handler has given its answer, or the call is over.
    private(set) final var isFinished = false
    /// What the call ends with as soon as the server is shut down; nil if it may go on until the grace is over.
    final var shutdownStatus: RPCStatus?

    func receive(_ message: UnsafeRawBufferPointer) {}
    func halfClose() {}
    func becomeWritable() {}
    /// Called once, unless the handler answered before.
    func cancel(_ reason: CancellationReason) {}
    /// Called once, when nothing will be called any more.
    func dropHandlers() {}

    final func markFinished() {
        guard !isFinished else { return }
        isFinished = true
        dropHandlers()
    }

    final func end(_ reason: CancellationReason) {
        guard !isFinished else { return }
        isFinished = true
        cancel(reason)
        dropHandlers()
    }
}

/// The object behind a unary call whose handler wants to know of its cancellation.
final class UnaryObserver: ServerCall {
    private var handlers: [(CancellationReason) -> Void] = []

    func add(_ handler: @escaping (CancellationReason) -> Void) {
        handlers.append(handler)
    }

    override func cancel(_ reason: CancellationReason) {
        for handler in handlers { handler(reason) }
    }

    override func dropHandlers() {
        handlers = []
    }
}
