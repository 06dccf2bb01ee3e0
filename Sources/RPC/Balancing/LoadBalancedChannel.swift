public import Logging
public import NIOCore

/// Calls to many servers: names are looked up, their addresses connected as a policy says, and calls sent to those that
/// are ready, and again, if they ask for that and it is safe. Bound to one event loop.
///
/// Nothing is connected before the first call or ``connect()``. ``shutdown(grace:)`` must be called before the channel
/// is dropped.
///
/// Proof of `@unchecked Sendable`: everything mutable is touched on the event loop only, which each entry point checks.
public final class LoadBalancedChannel: CallChannel, @unchecked Sendable {
    public let eventLoop: any EventLoop
    public let endpoints: [Endpoint]
    let configuration: LoadBalancingConfiguration
    var throttle: RetryThrottle?
    private let loop: LoopContext
    private let logger: Logger
    private var policy: any BalancingPolicy
    private var book: NameBook
    private var isLookingUp = false
    private var ids: [SocketAddress: AddressID] = [:]
    private var addresses: [AddressID: NameBook.Address] = [:]
    private var addressCount = 0
    /// A channel for each address that is connected or tried.
    private var subchannels: [AddressID: RPCChannel] = [:]
    /// Those that finish their calls.
    private var retiring: [ObjectIdentifier: RPCChannel] = [:]
    private var backoffTimers: [AddressID: Scheduled<Void>] = [:]
    private var staggerTimer: Scheduled<Void>?
    private var lookupTimers: [Int: Scheduled<Void>] = [:]
    private var patienceTimer: Scheduled<Void>?
    private var pending = CircularBuffer<BalancedCall>()
    /// Those that wait before they are made again.
    private var pausing: [ObjectIdentifier: BalancedCall] = [:]
    private var keptBytes = 0
    private var lastFailure: String?
    private var isShutDown = false
    private var whenClosed: [EventLoopPromise<Void>] = []
    private var told = ConnectivityState.idle
    private var observers: [Int: AsyncStream<ConnectivityState>.Continuation] = [:]
    private var observerCount = 0

    /// - Parameter endpoints: at least one; their order is that of preference for
    ///   ``LoadBalancingConfiguration/Policy``'s `pickFirst`.
    public init(
        _ endpoints: [Endpoint], eventLoop: any EventLoop,
        configuration: LoadBalancingConfiguration = LoadBalancingConfiguration(), logger: Logger
    ) {
        precondition(!endpoints.isEmpty, "a channel needs at least one endpoint")
        self.eventLoop = eventLoop
        self.endpoints = endpoints
        self.configuration = configuration
        self.logger = logger
        loop = LoopContext(eventLoop: eventLoop, inboundBytesMax: configuration.channel.inboundBytesMax)
        throttle = configuration.retryThrottle.map { RetryThrottle($0) }
        book = NameBook(endpoints, intervalMin: configuration.lookupIntervalMin.nanoseconds)
        switch configuration.policy {
        case .pickFirst: policy = PickFirst()
        case .roundRobin: policy = RoundRobin(turn: Int.random(in: 0..<1_024))
        }
    }

    /// Starts to connect now, if nothing is connected. Any thread.
    public func connect() {
        run { channel in
            if !channel.isShutDown { channel.wantConnection() }
        }
    }

    /// Refuses new calls, lets those in flight end within `grace`, and closes. Returns when no connection is left.
    public func shutdown(grace: Duration = .zero) async {
        let grace = grace.nanoseconds
        try? await eventLoop.flatSubmit { self.shutDown(grace: grace) }.get()
    }

    /// With a policy that sticks to one address: uses another one for calls from now on. Any thread.
    public func moveOn() {
        run { channel in
            if let id = channel.policy.pick() { channel.perform(channel.policy.onMoveOn(from: id)) }
        }
    }

    /// How the channel stands to its servers. On the event loop.
    public var connectivity: ConnectivityState {
        eventLoop.preconditionInEventLoop()
        return isShutDown ? .shutDown : policy.connectivity
    }

    /// The state now and each that follows, until the channel is shut down. Who reads slowly misses the oldest.
    public func connectivityStates() -> AsyncStream<ConnectivityState> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ConnectivityState.self, bufferingPolicy: .bufferingNewest(64))
        run { $0.addObserver(continuation) }
        return stream
    }

    private func addObserver(_ continuation: AsyncStream<ConnectivityState>.Continuation) {
        continuation.yield(connectivity)
        guard !isShutDown else { return continuation.finish() }
        observerCount += 1
        let number = observerCount
        observers[number] = continuation
        continuation.onTermination = { [weak self] _ in self?.run { $0.observers[number] = nil } }
    }

    private func run(_ body: @escaping @Sendable (LoadBalancedChannel) -> Void) {
        if eventLoop.inEventLoop {
            body(self)
        } else {
            eventLoop.execute { body(self) }
        }
    }

    func now() -> Int64 { loop.now() }

    // MARK: Calls

    public func makeCall(_ path: MethodPath, options: CallOptions) -> ClientStream {
        ClientStream(call: BalancedCall(channel: self, path: path, options: options))
    }

    func retryPolicy(of path: MethodPath) -> RetryPolicy? {
        configuration.retry.byMethod.isEmpty
            ? configuration.retry.other : configuration.retry.byMethod[path] ?? configuration.retry.other
    }

    /// Gives a call a connection, now or later.
    func place(_ call: BalancedCall) {
        guard !isShutDown else {
            return call.fail(RPCStatus(.unavailable, "the channel was shut down"), isSurelyUnprocessed: true)
        }
        // A subchannel that takes no call tells the policy that it is lost, if not before, then soon: this call waits.
        for _ in 0..<4 {
            guard let id = policy.pick(), let subchannel = subchannels[id] else { break }
            if call.begin(on: subchannel, at: id) { return }
        }
        if policy.connectivity == .idle { wantConnection() }
        if policy.connectivity == .transientFailure, !call.options.waitsForReady {
            return call.couldNotBePlaced(unavailable)
        }
        enqueue(call)
    }

    private var unavailable: RPCStatus {
        RPCStatus(.unavailable, "no connection to \(target)\(whyNotConnected.map { ": \($0)" } ?? "")")
    }

    private var target: String { endpoints.map(\.description).joined(separator: ", ") }

    var whyNotConnected: String? {
        let why = (lastFailure.map { [$0] } ?? []) + book.failures
        return why.isEmpty ? nil : why.joined(separator: "; ")
    }

    private func enqueue(_ call: BalancedCall) {
        while let first = pending.first, first.isFinished { pending.removeFirst() }
        if pending.count >= configuration.channel.pendingCallsMax { pending.removeAll { $0.isFinished } }
        guard pending.count < configuration.channel.pendingCallsMax else {
            return call.fail(
                RPCStatus(.resourceExhausted, "too many calls wait for a connection (pendingCallsMax)"),
                isSurelyUnprocessed: true)
        }
        pending.append(call)
        call.mustWait()
    }

    /// Counts bytes of calls that wait or may be made again. False if there are too many.
    func reserveKept(_ bytes: Int) -> Bool {
        guard keptBytes + bytes <= configuration.channel.pendingBytesMax else { return false }
        keptBytes += bytes
        return true
    }

    func releaseKept(_ bytes: Int) {
        keptBytes -= bytes
    }

    func didPause(_ call: BalancedCall) {
        pausing[ObjectIdentifier(call)] = call
    }

    func didResume(_ call: BalancedCall) {
        pausing[ObjectIdentifier(call)] = nil
    }

    /// Calls to this address do badly. Not done inside of whatever has led here.
    func moveOn(from id: AddressID) {
        eventLoop.assumeIsolated().execute { [self] in
            if !isShutDown { perform(policy.onMoveOn(from: id)) }
        }
    }

    // MARK: Names

    private func wantConnection() {
        perform(policy.onConnect())
        lookUp()
        if !book.isPublished { publish(isPatient: true) }
    }

    private func lookUp() {
        for index in book.names.indices {
            switch book.onWanted(index, now: now()) {
            case .lookUp:
                startLookup(index)
            case .wait(let time):
                lookUp(index, after: time)
            case .none:
                break
            }
        }
    }

    private func lookUp(_ index: Int, after time: Int64) {
        lookupTimers[index] = eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(time)) { [self] in
            lookupTimers[index] = nil
            if !isShutDown, book.onTimer(index, now: now()) { startLookup(index) }
        }
    }

    private func startLookup(_ index: Int) {
        let endpoint = book.names[index].endpoint
        let resolver = configuration.resolver
        if !book.isPublished, patienceTimer == nil {
            patienceTimer = eventLoop.assumeIsolated().scheduleTask(
                in: .nanoseconds(configuration.stagger.nanoseconds)
            ) { [self] in publish(isPatient: false) }
        }
        Task {
            let result: Result<[SocketAddress], any Error>
            do { result = .success(try await resolver.addresses(of: endpoint)) } catch { result = .failure(error) }
            eventLoop.execute { self.didLookUp(index, result) }
        }
    }

    private func didLookUp(_ index: Int, _ result: Result<[SocketAddress], any Error>) {
        guard !isShutDown else { return }
        let name = book.names[index].endpoint
        switch result {
        case .success(let found) where !found.isEmpty:
            book.onFound(index, found)
        case .success:
            didFailToLookUp(index, "\(name.host): the name has no address")
        case .failure(let error):
            didFailToLookUp(index, "\(error)")
        }
        logger.debug("looked up", metadata: ["name": "\(name)", "result": "\(result)"])
        publish(isPatient: patienceTimer != nil)
    }

    private func didFailToLookUp(_ index: Int, _ why: String) {
        let failures = book.onFailed(index, why)
        lookUp(index, after: configuration.lookupBackoff.delay(failures: failures).nanoseconds)
    }

    private func publish(isPatient: Bool) {
        if !isPatient { patienceTimer = nil }
        guard !isShutDown, book.publishes(isPatient: isPatient) else { return }
        patienceTimer?.cancel()
        patienceTimer = nil
        let found = book.addresses
        let list = found.map { address in
            if let id = ids[address.address] { return id }
            addressCount += 1
            let id = AddressID(number: addressCount)
            ids[address.address] = id
            addresses[id] = address
            return id
        }
        perform(policy.onAddresses(list))
        let current = Set(list)
        for (id, address) in addresses where !current.contains(id) {
            addresses[id] = nil
            ids[address.address] = nil
            backoffTimers.removeValue(forKey: id)?.cancel()
            if let subchannel = subchannels.removeValue(forKey: id) { retire(subchannel, grace: Self.retiringGrace) }
        }
    }

    // MARK: Connections

    private func perform(_ actions: [BalancingAction]) {
        for action in actions {
            switch action {
            case .connect(let id):
                connect(id)
            case .backOff(let id, let failures):
                let delay = configuration.backoff.delay(failures: failures)
                backoffTimers[id] = eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
                    backoffTimers[id] = nil
                    perform(policy.onBackoffOver(id))
                }
            case .retire(let id):
                if let subchannel = subchannels.removeValue(forKey: id) {
                    retire(subchannel, grace: Self.retiringGrace)
                }
            case .startStagger(let pass):
                staggerTimer?.cancel()
                let delay = TimeAmount.nanoseconds(configuration.stagger.nanoseconds)
                staggerTimer = eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
                    staggerTimer = nil
                    perform(policy.onStaggerOver(pass: pass))
                }
            case .lookUp:
                lookUp()
            }
        }
        didChange()
    }

    /// Calls go on for as long as they like on a connection that gets no new ones: they have deadlines of their own.
    private static let retiringGrace: Int64 = 365 * 86_400 * 1_000_000_000

    private func connect(_ id: AddressID) {
        guard !isShutDown, let address = addresses[id] else { return }
        let subchannel = subchannels[id] ?? makeSubchannel(id, address)
        subchannels[id] = subchannel
        subchannel.connect()
    }

    private func makeSubchannel(_ id: AddressID, _ address: NameBook.Address) -> RPCChannel {
        let onEvent: (RPCChannel.Subchannel.Event) -> Void = { [weak self] in self?.onEvent($0, id) }
        return RPCChannel(
            to: address.endpoint, as: RPCChannel.Subchannel(address: address.address, onEvent: onEvent), loop: loop,
            configuration: configuration.channel, logger: logger)
    }

    private func onEvent(_ event: RPCChannel.Subchannel.Event, _ id: AddressID) {
        guard !isShutDown else { return }
        switch event {
        case .ready:
            lastFailure = nil
            perform(policy.onReady(id, now: now()))
        case .attemptFailed(let failure):
            let address = addresses[id]?.address
            lastFailure = "\(address?.description ?? target): \(failure)"
            perform(policy.onAttemptFailed(id))
        case .lost:
            perform(policy.onLost(id, now: now()))
        }
    }

    private func retire(_ subchannel: RPCChannel, grace: Int64) {
        let key = ObjectIdentifier(subchannel)
        retiring[key] = subchannel
        subchannel.shutDown(grace: grace).assumeIsolated().whenComplete { [weak self] _ in self?.didRetire(key) }
    }

    private func didChange() {
        let state = connectivity
        if state != told {
            told = state
            logger.debug("connectivity", metadata: ["target": "\(target)", "state": "\(state)"])
            configuration.onConnectivity?(state)
            for observer in observers.values { observer.yield(state) }
        }
        guard !pending.isEmpty, state == .ready || state == .transientFailure else { return }
        let calls = pending
        pending = CircularBuffer()
        // Each that finds no connection waits again, or fails.
        for call in calls where !call.isFinished { place(call) }
    }

    // MARK: Shutdown

    private func shutDown(grace: Int64) -> EventLoopFuture<Void> {
        isShutDown = true
        let closed = eventLoop.makePromise(of: Void.self)
        whenClosed.append(closed)
        for timer in Array(backoffTimers.values) + Array(lookupTimers.values) { timer.cancel() }
        staggerTimer?.cancel()
        patienceTimer?.cancel()
        (backoffTimers, lookupTimers, staggerTimer, patienceTimer) = ([:], [:], nil, nil)
        let calls = Array(pending) + Array(pausing.values)
        pending = CircularBuffer()
        for call in calls {
            call.fail(RPCStatus(.unavailable, "the channel was shut down"), isSurelyUnprocessed: true)
        }
        let channels = Array(subchannels.values) + Array(retiring.values)
        subchannels = [:]
        for channel in channels { retire(channel, grace: grace) }
        didChange()
        for observer in Array(observers.values) { observer.finish() }
        didRetire(nil)
        return closed.futureResult
    }

    private func didRetire(_ key: ObjectIdentifier?) {
        if let key { retiring[key] = nil }
        guard isShutDown, retiring.isEmpty else { return }
        for closed in whenClosed { closed.succeed() }
        whenClosed = []
    }
}
