public import NIOCore

/// What a server serves: the handler of each method's path.
///
/// Handlers come in three styles. *Raw*: encoded bytes, on the connection's event loop; *on the event loop*: decoded messages;
/// *async*: for code where speed does not matter. A second handler for the same path is a bug and crashes.
public struct ServiceRegistry: Sendable {
    /// Called on the event loop with the encoded request, which is valid only during the call.
    public typealias RawUnaryHandler = @Sendable (UnsafeRawBufferPointer, UnaryCall) -> Void
    /// Called on the event loop when the request's headers have come.
    public typealias StreamHandler = @Sendable (ServerStream) -> Void

    public init() {}

    // MARK: Raw bytes on the event loop

    public mutating func rawUnary(_ path: MethodPath, _ handler: @escaping RawUnaryHandler) { preconditionFailure() }
    /// `kind` must not be unary. Where the client sends exactly one message (server streaming), that is checked before `onMessage`.
    public mutating func rawStream(_ path: MethodPath, kind: CallKind, _ handler: @escaping StreamHandler) {
        preconditionFailure()
    }

    // MARK: Messages on the event loop

    public mutating func unary<Request, Response>(
        _ method: Method<Request, Response>, onEventLoop handler: @escaping @Sendable (Request, UnaryCall) -> Void
    ) { preconditionFailure() }

    // MARK: Async

    public mutating func unary<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler: @escaping @Sendable (Request, ServerContext) async throws -> Response
    ) { preconditionFailure() }

    public mutating func serverStreaming<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler: @escaping @Sendable (Request, ResponseWriter<Response>, ServerContext) async throws -> Void
    ) { preconditionFailure() }

    public mutating func clientStreaming<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler: @escaping @Sendable (MessageStream<Request>, ServerContext) async throws -> Response
    ) { preconditionFailure() }

    public mutating func bidirectional<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler: @escaping @Sendable (MessageStream<Request>, ResponseWriter<Response>, ServerContext) async throws -> Void
    ) { preconditionFailure() }
}

/// What an async handler knows of its call. The task is cancelled when the call is.
public struct ServerContext: Sendable {
    public var path: MethodPath { preconditionFailure() }
    public var metadata: Metadata { preconditionFailure() }
    public var deadline: NIODeadline? { preconditionFailure() }
    public var peerAddress: SocketAddress? { preconditionFailure() }
    /// Metadata to send before the first message.
    public func sendHeaders(_ metadata: Metadata) { preconditionFailure() }
    /// Metadata to send with the status.
    public func setTrailers(_ metadata: Metadata) { preconditionFailure() }
}

/// The side of an async handler that sends.
public struct ResponseWriter<Response: Message>: Sendable {
    /// Sends a message; suspends while the client is not reading. Throws `CancellationError` once the call has been cancelled.
    public func write(_ message: Response) async throws { preconditionFailure() }
}

/// Messages as they arrive. The other side is held back while nobody reads. One reader at a time.
public struct MessageStream<Element: Message>: AsyncSequence, Sendable {
    public struct Iterator: AsyncIteratorProtocol {
        public mutating func next() async throws -> Element? { preconditionFailure() }
    }
    public func makeAsyncIterator() -> Iterator { preconditionFailure() }
}
