public import NIOCore
public import Logging

/// Limits and times of a server. Each limit is per connection unless it says otherwise, and is named in the error.
public struct ServerConfiguration: Sendable {
    /// 4 MiB. Both directions; a larger message is RESOURCE_EXHAUSTED.
    public var messageBytesMax = 4 << 20
    public var concurrentStreamsMax = 1_000
    public var headerListBytesMax = 16 << 10
    public var streamWindowBytes = 1 << 20
    public var connectionWindowBytes = 8 << 20
    /// Over all connections.
    public var connectionsMax = 10_000
    public var handshakeTimeout: TimeAmount = .seconds(10)
    public var headersTimeout: TimeAmount = .seconds(10)
    /// Called on the event loop with the peer's address before anything is read; false closes the connection.
    public var acceptFilter: (@Sendable (SocketAddress) -> Bool)?

    public init() {}
}

/// A gRPC server on one listening socket.
public final class RPCServer: Sendable {
    /// Binds and starts to accept. `address` may have port 0. Throws the system's error where the address cannot be bound.
    public static func start(
        on address: SocketAddress, group: any EventLoopGroup, registry: ServiceRegistry,
        configuration: ServerConfiguration = .init(), logger: Logger
    ) async throws -> RPCServer { preconditionFailure() }

    public var localAddress: SocketAddress { preconditionFailure() }
    /// The bound port.
    public var port: Int { preconditionFailure() }

    /// Stops accepting, tells all clients to go away (GOAWAY, in two steps), waits for the calls in flight and cancels what is
    /// left after `grace`.
    public func shutdown(grace: Duration) async { preconditionFailure() }
}
