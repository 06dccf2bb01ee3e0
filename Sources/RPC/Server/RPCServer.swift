import CNghttp2
public import Logging
import NIOConcurrencyHelpers
public import NIOCore
import NIOPosix
import Synchronization

/// A gRPC server on one listening socket.
public final class RPCServer: Sendable {
    private let channel: any Channel
    private let state: ServerState
    /// The address that is bound.
    public let localAddress: SocketAddress

    private init(channel: any Channel, state: ServerState, localAddress: SocketAddress) {
        self.channel = channel
        self.state = state
        self.localAddress = localAddress
    }

    /// The bound port.
    public var port: Int { localAddress.port ?? 0 }
    /// Connections that are open now.
    public var connectionCount: Int { state.connectionCount.load(ordering: .relaxed) }

    /// Binds and starts to accept. `address` may have port 0. Connections are spread over the loops of `group`.
    ///
    /// - Throws: The system's error (`IOError`) where the address cannot be bound.
    public static func start(
        on address: SocketAddress, group: any EventLoopGroup, registry: ServiceRegistry,
        configuration: ServerConfiguration = ServerConfiguration(), logger: Logger
    ) async throws -> RPCServer {
        let state = ServerState(
            configuration: configuration, registry: registry, group: group, logger: logger)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(ChannelOptions.backlog, value: configuration.backlog)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Doorkeeper(state: state))
                }
            }
            .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.limitUnacknowledged(configuration.unacknowledgedTimeout)
                    try state.admit(channel)
                }
            }
            .bind(to: address)
            .get()
        guard let localAddress = channel.localAddress else {
            preconditionFailure("a bound socket has no address")
        }
        state.startTicks()
        return RPCServer(channel: channel, state: state, localAddress: localAddress)
    }

    /// Stops accepting, tells all clients to go away (GOAWAY, in two steps), waits for the calls in flight, and
    /// cancels what is left after `grace`. Returns when no connection is left.
    public func shutdown(grace: Duration) async {
        try? await channel.close().get()
        await state.shutDown(grace: grace.nanoseconds)
    }
}

/// A connection that was not let in.
struct ConnectionRefused: Error {}

/// Closes connections that may not enter before anything is done for them: that is what an attacker pays least for.
private final class Doorkeeper: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let state: ServerState

    init(state: ServerState) {
        self.state = state
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let accepted = unwrapInboundIn(data)
        if state.mayEnter(accepted.remoteAddress) {
            context.fireChannelRead(data)
        } else {
            accepted.close(promise: nil)
        }
    }
}

/// What all connections of a server share.
///
/// Proof of `@unchecked Sendable`: `connections` of a loop is touched on that loop only; everything else is immutable
/// or atomic.
final class ServerState: @unchecked Sendable {
    let configuration: ServerConfiguration
    let limits: rh2_limits
    let methods: MethodTable
    let logger: Logger
    let isIntercepted: Bool
    let connectionCount = Atomic<Int>(0)
    private let loops: [ObjectIdentifier: LoopState]
    private let quarantine: NIOLockedValueBox<Quarantine?>
    /// Spares honest days the lock.
    private let hasOffenders = Atomic<Bool>(false)

    /// The connections of one event loop.
    private final class LoopState {
        let context: LoopContext
        var connections: [ObjectIdentifier: ServerConnection] = [:]
        var ticks: RepeatedTask?
        var whenEmpty: [EventLoopPromise<Void>] = []
        var isShuttingDown = false

        init(context: LoopContext) {
            self.context = context
        }
    }

    init(configuration: ServerConfiguration, registry: ServiceRegistry, group: any EventLoopGroup, logger: Logger) {
        self.configuration = configuration
        limits = configuration.nativeLimits
        methods = MethodTable(registry)
        self.logger = logger
        quarantine = NIOLockedValueBox(configuration.quarantine.map { Quarantine($0) })
        isIntercepted = !configuration.interceptors.isEmpty
        var loops: [ObjectIdentifier: LoopState] = [:]
        for eventLoop in group.makeIterator() {
            let context = LoopContext(
                eventLoop: eventLoop, inboundBytesMax: configuration.loopInboundBytesMax,
                // One message must always find room.
                queuedBytesMax: max(configuration.loopSendBytesMax, configuration.messageBytesMax + 5))
            loops[ObjectIdentifier(eventLoop)] = LoopState(context: context)
        }
        self.loops = loops
    }

    private func loopState(_ eventLoop: any EventLoop) -> LoopState {
        guard let state = loops[ObjectIdentifier(eventLoop)] else {
            preconditionFailure("a connection runs on an event loop of another group")
        }
        return state
    }

    /// Whether a new connection from there is looked at. On the loop that accepts.
    func mayEnter(_ peer: SocketAddress?) -> Bool {
        if let filter = configuration.acceptFilter, let peer, !filter(peer) { return false }
        if isBarred(peer) { return false }
        guard connectionCount.load(ordering: .relaxed) < configuration.connectionsMax else {
            logger.warning("connection refused: too many (connectionsMax)")
            return false
        }
        return true
    }

    /// Makes a new connection one of this server's, or throws.
    func admit(_ channel: any Channel) throws {
        let loop = loopState(channel.eventLoop)
        guard !loop.isShuttingDown else { throw ConnectionRefused() }
        let pipeline = channel.pipeline.syncOperations
        if let tls = configuration.tls { try pipeline.addHandler(tls.makeHandler()) }
        try pipeline.addHandler(ServerConnection(server: self, loop: loop.context))
    }

    private func isBarred(_ peer: SocketAddress?) -> Bool {
        guard hasOffenders.load(ordering: .relaxed), let origin = peer.flatMap({ Origin($0) }) else { return false }
        let now = Int64(truncatingIfNeeded: NIODeadline.now().uptimeNanoseconds)
        return quarantine.withLockedValue { $0?.isBarred(origin, now: now) ?? false }
    }

    /// A connection from `address` has to be ended for a flood or for broken frames.
    func didOffend(_ address: SocketAddress?, now: Int64) {
        guard let origin = address.flatMap({ Origin($0) }) else { return }
        hasOffenders.store(true, ordering: .relaxed)
        guard quarantine.withLockedValue({ $0?.offend(origin, now: now) ?? false }) else { return }
        logger.warning(
            "an address is kept out for breaking the rules of HTTP/2 again and again (quarantine)",
            metadata: ["peer": "\(address as Any)"])
    }

    func connectionDidStart(_ connection: ServerConnection) {
        connectionCount.add(1, ordering: .relaxed)
        loopState(connection.loop.eventLoop).connections[ObjectIdentifier(connection)] = connection
    }

    func connectionDidEnd(_ connection: ServerConnection) {
        connectionCount.subtract(1, ordering: .relaxed)
        let loop = loopState(connection.loop.eventLoop)
        loop.connections[ObjectIdentifier(connection)] = nil
        if loop.connections.isEmpty {
            for promise in loop.whenEmpty { promise.succeed() }
            loop.whenEmpty = []
        }
    }

    // MARK: Ticks

    func startTicks() {
        let interval = configuration.tickInterval
        for state in loops.values {
            let eventLoop = state.context.eventLoop
            eventLoop.execute { [self] in
                let state = loopState(eventLoop)
                state.ticks = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
                    self.tick(eventLoop)
                }
            }
        }
    }

    private func tick(_ eventLoop: any EventLoop) {
        let state = loopState(eventLoop)
        rh2_loop_tidy(state.context.native)
        guard !state.connections.isEmpty else { return }
        let now = state.context.now()
        for connection in Array(state.connections.values) { connection.tick(now: now) }
    }

    // MARK: Shutdown

    func shutDown(grace: Int64) async {
        // All at once, so that the grace is one.
        let ends = loops.values.map(\.context.eventLoop).map { eventLoop in
            eventLoop.flatSubmit { self.shutDown(eventLoop, grace: grace) }
        }
        for end in ends { try? await end.get() }
    }

    private func shutDown(_ eventLoop: any EventLoop, grace: Int64) -> EventLoopFuture<Void> {
        let state = loopState(eventLoop)
        state.isShuttingDown = true
        let empty = eventLoop.makePromise(of: Void.self)
        if state.connections.isEmpty {
            empty.succeed()
        } else {
            state.whenEmpty.append(empty)
            for connection in Array(state.connections.values) { connection.shutDown(grace: grace) }
        }
        return empty.futureResult.always { [self] _ in
            loopState(eventLoop).ticks?.cancel()
        }
    }
}
