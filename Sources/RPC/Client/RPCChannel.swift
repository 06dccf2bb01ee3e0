public import ByteString
public import Logging
public import NIOCore

/// Options of one call.
public struct CallOptions: Sendable {
    public var metadata: Metadata
    /// From the start of the call; sent as `grpc-timeout` and enforced here.
    public var timeout: Duration?
    /// Whether the call waits while there is no connection, instead of failing with UNAVAILABLE.
    public var waitsForReady: Bool

    public init(metadata: Metadata = [:], timeout: Duration? = nil, waitsForReady: Bool = false) {
        self.metadata = metadata
        self.timeout = timeout
        self.waitsForReady = waitsForReady
    }
}

/// Why a call failed, as the client saw it.
public struct RPCFailure: Error, Sendable {
    public var status: RPCStatus
    public var trailers: Metadata
    /// True only where the server surely has not seen the call: it was never sent, or the server refused the stream
    /// (REFUSED_STREAM, or above the last stream of its GOAWAY; RFC 9113 section 8.7).
    public var isSurelyUnprocessed: Bool
}

/// What happens to a channel's connection: evidence for a failure detector.
public enum ConnectionEvent: Sendable {
    case connecting
    /// TCP is established and the server's SETTINGS have arrived.
    case connected(SocketAddress?)
    /// The attempt failed.
    case connectFailed(ConnectFailure)
    /// The server announced that it closes this connection. Calls in flight go on.
    case draining
    /// A connection that had been `connected` is gone.
    case closed(CloseReason)
    /// The channel was shut down.
    case shutdown

    public enum ConnectFailure: Sendable, Hashable {
        /// Nobody listens (ECONNREFUSED).
        case refused
        case timedOut
        /// No route, name not found, or another error of the system.
        case unreachable(String)
        /// TCP was established but no HTTP/2 SETTINGS came in time or something else spoke.
        case handshakeFailed(String)
    }

    public enum CloseReason: Sendable, Hashable {
        /// Unannounced: reset by the peer, end of file without GOAWAY, or another error of the socket.
        case lost(String)
        /// After the server's GOAWAY.
        case afterGoAway
        /// By this side.
        case local
    }
}

/// Limits and times of a channel.
public struct ChannelConfiguration: Sendable {
    public var messageBytesMax = 4 << 20
    public var headerListBytesMax = 16 << 10
    public var streamWindowBytes = 1 << 20
    public var connectionWindowBytes = 8 << 20
    /// Calls that may wait for a connection or for the server's concurrency limit; one more is RESOURCE_EXHAUSTED.
    public var pendingCallsMax = 1_000
    public var connectTimeout: TimeAmount = .seconds(5)
    public var handshakeTimeout: TimeAmount = .seconds(5)
    /// Nil: no reconnection by itself; `connect()` is called again by the owner.
    public var reconnectBackoff: Backoff? = Backoff()
    public var onEvent: (@Sendable (ConnectionEvent) -> Void)?

    public struct Backoff: Sendable {
        public var initial: Duration = .milliseconds(50)
        public var multiplier = 1.6
        public var maximum: Duration = .seconds(5)
        /// Each delay is drawn from 1 - jitter to 1 + jitter of itself.
        public var jitter = 0.2
        public init() {}
    }

    public init() {}
}

/// Calls to one server over one connection that is made again when it is lost. Bound to one event loop.
public final class RPCChannel: Sendable {
    public let eventLoop: any EventLoop

    public init(
        host: String, port: Int, eventLoop: any EventLoop, configuration: ChannelConfiguration = .init(), logger: Logger
    ) { preconditionFailure() }

    /// Starts to connect, without waiting for a backoff. Any thread.
    public func connect() { preconditionFailure() }
    /// Refuses new calls, lets those in flight end within `grace`, and closes. Any thread.
    public func shutdown(grace: Duration = .zero) async { preconditionFailure() }

    // MARK: On the event loop

    /// A unary call with encoded messages. `completion` runs once, on the event loop; the buffer is valid only in it.
    @discardableResult
    public func rawUnary(
        _ path: MethodPath, _ request: Bytes, options: CallOptions = .init(),
        completion: @escaping (Result<UnsafeRawBufferPointer, RPCFailure>) -> Void
    ) -> ClientStream { preconditionFailure() }

    /// A call of any kind with encoded messages. Set the closures before the next tick.
    public func rawStream(_ path: MethodPath, options: CallOptions = .init()) -> ClientStream { preconditionFailure() }

    // MARK: Async

    public func unary<Request, Response>(
        _ method: Method<Request, Response>, _ request: Request, options: CallOptions = .init()
    ) async throws(RPCFailure) -> Response { preconditionFailure() }

    public func serverStreaming<Request, Response>(
        _ method: Method<Request, Response>, _ request: Request, options: CallOptions = .init()
    ) async throws(RPCFailure) -> MessageStream<Response> { preconditionFailure() }

    public func clientStreaming<Request, Response>(
        _ method: Method<Request, Response>, options: CallOptions = .init(),
        _ send: @escaping @Sendable (RequestWriter<Request>) async throws -> Void
    ) async throws -> Response { preconditionFailure() }

    public func bidirectional<Request, Response>(
        _ method: Method<Request, Response>, options: CallOptions = .init()
    ) async throws(RPCFailure) -> BidirectionalCall<Request, Response> { preconditionFailure() }
}

/// A call seen from the client. Confined to the channel's event loop.
public final class ClientStream: Sendable {
    public func onHeaders(_ handler: @escaping (Metadata) -> Void) { preconditionFailure() }
    public func onMessage(_ handler: @escaping (UnsafeRawBufferPointer) -> Void) { preconditionFailure() }
    /// The end, once: with OK, or with the failure.
    public func onFinish(_ handler: @escaping (Result<Metadata, RPCFailure>) -> Void) { preconditionFailure() }
    public func onWritable(_ handler: @escaping () -> Void) { preconditionFailure() }
    public var isWritable: Bool { preconditionFailure() }
    public func pause() { preconditionFailure() }
    public func resume() { preconditionFailure() }
    @discardableResult public func send(_ message: Bytes) -> Bool { preconditionFailure() }
    @discardableResult public func send(_ message: UnsafeRawBufferPointer) -> Bool { preconditionFailure() }
    @discardableResult public func send(_ message: some Message) -> Bool { preconditionFailure() }
    public func halfClose() { preconditionFailure() }
    /// Resets the stream with CANCEL; `onFinish` gets CANCELLED.
    public func cancel() { preconditionFailure() }
}

/// The side of an async call that sends.
public struct RequestWriter<Request: Message>: Sendable {
    /// Sends a message; suspends while the server is not reading.
    public func write(_ message: Request) async throws { preconditionFailure() }
    /// No more messages.
    public func finish() { preconditionFailure() }
}

/// A bidirectional call in async style. Cancelled when nobody holds it any more.
public final class BidirectionalCall<Request: Message, Response: Message>: Sendable {
    public var requests: RequestWriter<Request> { preconditionFailure() }
    public var responses: MessageStream<Response> { preconditionFailure() }
    public func cancel() { preconditionFailure() }
    init() { preconditionFailure() }
}
