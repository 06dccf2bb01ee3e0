import CNghttp2
public import Logging
public import NIOCore
import NIOPosix

/// Calls to one server over one connection, which is made again when it is lost. Bound to one event loop.
///
/// Nothing is connected before the first call or ``connect()``. ``shutdown(grace:)`` must be called before the
/// channel is dropped.
///
/// Proof of `@unchecked Sendable`: everything mutable is touched on the event loop only, which each entry point checks.
public final class RPCChannel: CallChannel, @unchecked Sendable {
    public let eventLoop: any EventLoop
    /// The server's address as it was given: `host:port`, also the `:authority` of requests.
    public let target: String
    let configuration: ChannelConfiguration
    let limits: rh2_limits
    let loop: LoopContext
    let logger: Logger
    private let host: String
    private let port: Int
    private var state: ChannelState
    private var current: ClientConnection?
    /// The attempt or connection that is current, and those that finish their calls.
    private var connections: [ObjectIdentifier: ClientConnection] = [:]
    private var pending = CircularBuffer<ClientCall>()
    private var pendingBytes = 0
    private var lastFailure: ConnectionEvent.ConnectFailure?
    private var backoffTimer: Scheduled<Void>?
    /// How much less often a server wants to be asked whether it is there than the configuration says.
    var keepaliveFactor: Int64 = 1
    private var whenClosed: [EventLoopPromise<Void>] = []
    /// What makes this one of the channels below a ``LoadBalancedChannel``.
    private let subchannel: Subchannel?

    /// One address of a name.
    struct Subchannel {
        let address: SocketAddress
        /// Called on the event loop.
        let onEvent: (Event) -> Void

        enum Event {
            case ready
            case attemptFailed(ConnectionEvent.ConnectFailure)
            /// The connection that was ready takes no more calls.
            case lost
        }
    }

    public convenience init(
        host: String, port: Int, eventLoop: any EventLoop,
        configuration: ChannelConfiguration = ChannelConfiguration(), logger: Logger
    ) {
        let loop = LoopContext(eventLoop: eventLoop, inboundBytesMax: configuration.inboundBytesMax)
        self.init(to: Endpoint(host: host, port: port), loop: loop, configuration: configuration, logger: logger)
    }

    /// - Parameter subchannel: With it, the address is given, nothing reconnects by itself, and calls are taken by
    ///   ``offer(_:)`` only.
    init(
        to endpoint: Endpoint, as subchannel: Subchannel? = nil, loop: LoopContext,
        configuration: ChannelConfiguration, logger: Logger
    ) {
        host = endpoint.host
        port = endpoint.port
        target = endpoint.description
        eventLoop = loop.eventLoop
        self.subchannel = subchannel
        self.configuration = configuration
        self.logger = logger
        self.loop = loop
        limits = configuration.nativeLimits
        state = ChannelState(reconnects: configuration.reconnect != nil && subchannel == nil)
    }

    /// Starts an attempt to connect now, if there is no connection and none is being made. Any thread.
    public func connect() {
        run { if $0.state.onConnect() == .startAttempt { $0.startAttempt() } }
    }

    /// Refuses new calls, lets those in flight end within `grace`, and closes. Returns when no connection is left.
    public func shutdown(grace: Duration = .zero) async {
        let grace = grace.nanoseconds
        try? await eventLoop.flatSubmit { self.shutDown(grace: grace) }.get()
    }

    private func run(_ body: @escaping @Sendable (RPCChannel) -> Void) {
        if eventLoop.inEventLoop {
            body(self)
        } else {
            eventLoop.execute { body(self) }
        }
    }

    // MARK: Calls

    public func makeCall(_ path: MethodPath, options: CallOptions) -> ClientStream {
        ClientStream(call: ClientCall(channel: self, path: path, options: options))
    }

    /// Takes a call that begins. Its first messages are sent or queued by the call itself.
    func start(_ call: ClientCall) {
        switch state.onCall(waitsForReady: call.options.waitsForReady) {
        case .send:
            guard let current else { preconditionFailure("ready without a connection") }
            submit(call, on: current)
        case .connectAndQueue:
            startAttempt()
            enqueue(call)
        case .queue:
            enqueue(call)
        case .failUnavailable:
            let why = lastFailure.map { ": \($0)" } ?? ""
            call.fail(RPCStatus(.unavailable, "no connection to \(target)\(why)"), isSurelyUnprocessed: true)
        case .failShutDown:
            call.fail(RPCStatus(.unavailable, "the channel was shut down"), isSurelyUnprocessed: true)
        }
    }

    /// Takes a call if there is a connection for it.
    func offer(_ call: ClientCall) -> Bool {
        guard let current else { return false }
        switch current.submit(call) {
        case .sent, .failed:
            return true
        case .takesNoMore:
            connectionIsLeaving(current)
            return false
        }
    }

    private func submit(_ call: ClientCall, on connection: ClientConnection) {
        switch connection.submit(call) {
        case .sent, .failed:
            break
        case .takesNoMore:
            connectionIsLeaving(connection)
            start(call)
        }
    }

    private func enqueue(_ call: ClientCall) {
        while let first = pending.first, first.isFinished { pending.removeFirst() }
        guard pending.count < configuration.pendingCallsMax else {
            call.fail(
                RPCStatus(.resourceExhausted, "too many calls wait for a connection (pendingCallsMax)"),
                isSurelyUnprocessed: true)
            return
        }
        pending.append(call)
    }

    /// Counts bytes of calls that wait. False if there are too many.
    func reservePending(_ bytes: Int) -> Bool {
        guard pendingBytes + bytes <= configuration.pendingBytesMax else { return false }
        pendingBytes += bytes
        return true
    }

    func releasePending(_ bytes: Int) {
        pendingBytes -= bytes
    }

    private func failPending(_ status: RPCStatus, all: Bool) {
        let calls = pending
        pending = CircularBuffer()
        for call in calls where !call.isFinished {
            if call.options.waitsForReady, !all {
                pending.append(call)
            } else {
                call.fail(status, isSurelyUnprocessed: true)
            }
        }
    }

    // MARK: Connecting

    private func startAttempt() {
        backoffTimer?.cancel()
        backoffTimer = nil
        tell(.connecting)
        let connection = ClientConnection(owner: self)
        connections[ObjectIdentifier(connection)] = connection
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(configuration.connectTimeout)
            .channelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer {
                [timeout = configuration.unacknowledgedTimeout, tls = configuration.tls, host] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.limitUnacknowledged(timeout)
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.makeHandler(host: host)) }
                    try channel.pipeline.syncOperations.addHandler(connection)
                }
            }
        let connected: EventLoopFuture<any Channel>
        if let address = try? subchannel?.address ?? SocketAddress(ipAddress: host, port: port) {
            connected = bootstrap.connect(to: address)
        } else {
            connected = bootstrap.connect(host: host, port: port)
        }
        connected.assumeIsolated().whenFailure { error in
            self.attemptFailed(connection, ConnectionEvent.ConnectFailure(error))
        }
    }

    func attemptFailed(_ connection: ClientConnection, _ failure: ConnectionEvent.ConnectFailure) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        lastFailure = failure
        let action = state.onAttemptFailed()
        tell(.connectFailed(state.phase == .shutDown ? .abandoned : failure))
        failPending(RPCStatus(.unavailable, "no connection to \(target): \(failure)"), all: false)
        act(on: action)
        if action != .none { subchannel?.onEvent(.attemptFailed(failure)) }
        checkClosed()
    }

    func connectionIsReady(_ connection: ClientConnection) {
        guard state.onReady(now: loop.now()) else {
            attemptFailed(connection, .abandoned)
            connection.close(grace: 0)
            return
        }
        current = connection
        lastFailure = nil
        tell(.connected(connection.remoteAddress))
        let calls = pending
        pending = CircularBuffer()
        for call in calls where !call.isFinished { start(call) }
        subchannel?.onEvent(.ready)
    }

    /// The connection takes no more calls: the server said so, or its stream ids are used up.
    func connectionIsLeaving(_ connection: ClientConnection) {
        guard current === connection else { return }
        current = nil
        connection.closeWhenIdle()
        connectionIsGone()
    }

    private func connectionIsGone() {
        act(on: state.onConnectionGone(now: loop.now()))
        subchannel?.onEvent(.lost)
    }

    func connectionIsDraining(_ connection: ClientConnection) {
        tell(.draining)
        connectionIsLeaving(connection)
    }

    func connectionDidClose(_ connection: ClientConnection, _ reason: ConnectionEvent.CloseReason) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        let wasCurrent = current === connection
        if wasCurrent { current = nil }
        tell(.closed(reason))
        if wasCurrent { connectionIsGone() }
        checkClosed()
    }

    private func act(on action: ChannelState.OnLoss) {
        switch action {
        case .startAttempt:
            startAttempt()
        case .backOff(let failures):
            guard let backoff = configuration.reconnect else { return }
            let delay = backoff.delay(failures: failures)
            backoffTimer = eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
                backoffTimer = nil
                if state.onBackoffOver() == .startAttempt { startAttempt() }
            }
        case .becomeIdle:
            // A call that waits for a connection asks for one.
            if !pending.isEmpty, state.onConnect() == .startAttempt { startAttempt() }
        case .none:
            break
        }
    }

    private func tell(_ event: ConnectionEvent) {
        logger.debug("connection", metadata: ["target": "\(target)", "event": "\(event)"])
        configuration.onEvent?(event)
    }

    // MARK: Shutdown

    func shutDown(grace: Int64) -> EventLoopFuture<Void> {
        state.onShutdown()
        backoffTimer?.cancel()
        backoffTimer = nil
        current = nil
        failPending(RPCStatus(.unavailable, "the channel was shut down"), all: true)
        let closed = eventLoop.makePromise(of: Void.self)
        whenClosed.append(closed)
        for connection in Array(connections.values) { connection.close(grace: grace) }
        checkClosed()
        return closed.futureResult
    }

    private func checkClosed() {
        guard state.phase == .shutDown, connections.isEmpty else { return }
        for closed in whenClosed { closed.succeed() }
        whenClosed = []
    }
}

extension ConnectionEvent.ConnectFailure {
    init(_ error: any Error) {
        switch error {
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self = .refused
        case let error as IOError where error.errnoCode == ETIMEDOUT:
            self = .timedOut
        case ChannelError.connectTimeout:
            self = .timedOut
        case let error as NIOConnectionError:
            // A name with several addresses: refused only if the last word of each of them was that.
            let failures = error.connectionErrors.map { ConnectionEvent.ConnectFailure($0.error) }
            if let first = failures.first {
                self = failures.first { $0 != .refused } ?? first
            } else {
                self = .unreachable("the name cannot be resolved")
            }
        default:
            self = .unreachable("\(error)")
        }
    }
}
