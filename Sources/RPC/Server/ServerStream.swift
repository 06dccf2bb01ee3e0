public import ByteString
public import NIOCore

/// A call in which either side may send any number of messages. Confined to ``eventLoop``: closures are called on it and
/// everything must be called on it.
///
/// A handler sets the closures it needs before it returns. They are dropped when the call has ended.
public final class ServerStream: Sendable {
    public var eventLoop: any EventLoop { preconditionFailure() }
    public var path: MethodPath { preconditionFailure() }
    public var deadline: NIODeadline? { preconditionFailure() }
    /// The metadata that came with the request. Empty once the call has ended.
    public var metadata: Metadata { preconditionFailure() }
    public var peerAddress: SocketAddress? { preconditionFailure() }
    public var isOpen: Bool { preconditionFailure() }
    /// Whether `send` would return true.
    public var isWritable: Bool { preconditionFailure() }
    /// Bytes that were sent by the handler and not yet given to the socket.
    public var bufferedBytes: Int { preconditionFailure() }

    /// One message. The buffer is valid only during the call. Its bytes are credited to the client's flow-control window when
    /// the closure returns, so a handler that keeps messages must `pause()`.
    public func onMessage(_ handler: @escaping (UnsafeRawBufferPointer) -> Void) { preconditionFailure() }
    /// The client has sent its last message.
    public func onHalfClose(_ handler: @escaping () -> Void) { preconditionFailure() }
    /// The call ended before `finish`.
    public func onCancel(_ handler: @escaping (CancellationReason) -> Void) { preconditionFailure() }
    /// `isWritable` became true again.
    public func onWritable(_ handler: @escaping () -> Void) { preconditionFailure() }

    /// No message is delivered until `resume()`; the client is held by its flow-control window.
    public func pause() { preconditionFailure() }
    public func resume() { preconditionFailure() }

    /// Metadata to send before the first message.
    public func sendHeaders(_ metadata: Metadata) { preconditionFailure() }
    /// Queues an encoded message. Returns whether there is room for more: after false, wait for `onWritable`. A stream that
    /// queues more than its limit regardless is ended with RESOURCE_EXHAUSTED.
    @discardableResult public func send(_ message: Bytes) -> Bool { preconditionFailure() }
    @discardableResult public func send(_ message: UnsafeRawBufferPointer) -> Bool { preconditionFailure() }
    @discardableResult public func send(_ message: some Message) -> Bool { preconditionFailure() }
    /// Ends the call after everything that was sent.
    public func finish(_ status: RPCStatus = .ok, trailers: Metadata = [:]) { preconditionFailure() }
}
