public import ByteString
public import NIOCore

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
}

/// A unary call that waits for its answer: a handle of two words that may be copied, stored and carried through other
/// threads, but used only on ``eventLoop``.
///
/// Exactly one `reply` or `fail` answers it. Anything after the answer, or after the call was cancelled, has no effect.
/// Answers given while the connection is reading leave in one flush at the end of that read; answers given on a later tick
/// leave in one flush at the end of that tick.
public struct UnaryCall: Sendable {
    public var eventLoop: any EventLoop { preconditionFailure() }
    /// The time by which the client wants the answer, or nil.
    public var deadline: NIODeadline? { preconditionFailure() }
    /// The metadata that came with the request. Empty once the call has ended.
    public var metadata: Metadata { preconditionFailure() }
    /// The address of the other end of the connection.
    public var peerAddress: SocketAddress? { preconditionFailure() }
    /// Whether the client still waits for an answer.
    public var isOpen: Bool { preconditionFailure() }

    /// Calls `handler` once if the call ends before it was answered. Runs at once if that has already happened.
    public func onCancel(_ handler: @escaping (CancellationReason) -> Void) { preconditionFailure() }
    /// Metadata to send before the message. Must come before the answer.
    public func sendHeaders(_ metadata: Metadata) { preconditionFailure() }
    /// Answers with an encoded message and OK.
    public func reply(_ message: Bytes, trailers: Metadata = [:]) { preconditionFailure() }
    /// Answers with an encoded message, which is copied before the call returns, and OK.
    public func reply(_ message: UnsafeRawBufferPointer, trailers: Metadata = [:]) { preconditionFailure() }
    /// Answers with a message and OK.
    public func reply(_ message: some Message, trailers: Metadata = [:]) { preconditionFailure() }
    /// Answers with a status other than OK.
    public func fail(_ status: RPCStatus, trailers: Metadata = [:]) { preconditionFailure() }
}

/// Answers to many calls of many connections and event loops, collected on any thread and sent with one `execute` and one flush
/// per connection for each event loop.
public struct ReplyBatch: Sendable {
    public init() { preconditionFailure() }
    public mutating func reply(_ message: Bytes, to call: UnaryCall) { preconditionFailure() }
    public mutating func fail(_ status: RPCStatus, to call: UnaryCall) { preconditionFailure() }
    /// Sends all answers and empties the batch.
    public mutating func send() { preconditionFailure() }
}
