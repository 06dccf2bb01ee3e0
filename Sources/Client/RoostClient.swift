public import ByteString
import Logging
public import Messages
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
public import RPC
import Stubs
import Synchronization

/// A client of an ensemble: every `Store` call, sent to one member and, when that one fails, to the next. A dead member
/// costs a call an attempt and not an error.
///
/// Every write carries a request id, so that sending it again after an unknown outcome cannot make it take effect
/// twice: the service answers a repeated id with the outcome that it remembers.
public final class RoostClient: Sendable {
    /// How a client behaves.
    public struct Options: Sendable {
        /// How long a call may take in all, every attempt included.
        public var timeout = Duration.seconds(10)
        /// How long one attempt may take before the next member is tried.
        public var attemptTimeout = Duration.seconds(2)
        /// The pause before the second attempt. Later ones are longer, up to five times as long, or as long as the
        /// member asks for.
        public var retryDelay = Duration.milliseconds(20)
        /// Nil: plain text.
        public var tls: ClientTLS?
        /// The bearer token that says who is calling. Shown with every call: not without TLS, except on loopback.
        public var token: String?

        public init() {}
    }

    let members: [Address]
    let options: Options
    /// To the member that calls go to, whichever that is.
    let channel: LoadBalancedChannel
    /// To certain members.
    private let direct = NIOLockedValueBox<[Address: RPCChannel]>([:])
    private let logger: Logger
    private let clientID: String
    private let sequence = Atomic<UInt64>(0)

    /// - Parameters:
    ///   - members: the members' client addresses, the preferred one first; at least one.
    ///   - clientID: names this client in its request ids; a random one by default.
    public init(
        members: [Address], options: Options = .init(), clientID: String? = nil,
        logger: Logger = Logger(label: "roost.client") { _ in SwiftLogNoOpLogHandler() }
    ) {
        precondition(!members.isEmpty, "a client needs at least one member's address")
        var configuration = LoadBalancingConfiguration()
        configuration.channel = Self.channelConfiguration(options)
        // While nobody leads every call fails, and each is to be tried again.
        configuration.retryThrottle = nil
        self.members = members
        self.options = options
        self.logger = logger
        self.clientID = clientID ?? Self.randomID()
        channel = LoadBalancedChannel(
            members.map { Endpoint(host: $0.host, port: $0.port) },
            eventLoop: MultiThreadedEventLoopGroup.singleton.next(), configuration: configuration, logger: logger)
    }

    private static func channelConfiguration(_ options: Options) -> ChannelConfiguration {
        var configuration = ChannelConfiguration()
        configuration.tls = options.tls
        configuration.bearerToken = options.token
        // A member that is frozen, or was cut off, says nothing of it.
        configuration.keepaliveInterval = .seconds(20)
        configuration.connectTimeout = .seconds(1)
        configuration.reconnect?.maximum = .seconds(1)
        return configuration
    }

    private func makeChannel(to address: Address) -> RPCChannel {
        RPCChannel(
            host: address.host, port: address.port, eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            configuration: Self.channelConfiguration(options), logger: logger)
    }

    /// To one of the members given to `init` and to no other.
    func channel(to member: Address) -> RPCChannel {
        direct.withLockedValue { channels in
            if let channel = channels[member] { return channel }
            let channel = makeChannel(to: member)
            channels[member] = channel
            return channel
        }
    }

    /// Ends all calls and closes the connections.
    public func shutdown() async {
        await channel.shutdown()
        for channel in direct.withLockedValue({ Array($0.values) }) { await channel.shutdown() }
    }

    // MARK: Writes

    /// Creates a znode. Throws ALREADY_EXISTS or NOT_FOUND (the parent), among others; see `store.proto`.
    public func create(_ path: String, data: Bytes = Bytes()) async throws(RPCFailure) -> CreateResponse {
        var request = CreateRequest()
        request.path = path
        request.data = data
        return try await create(request)
    }

    /// Creates a znode of any kind. The request gets an id of this client's.
    public func create(_ request: CreateRequest) async throws(RPCFailure) -> CreateResponse {
        var request = request
        request.requestID = nextID()
        return try await call(Store.Methods.create, request)
    }

    /// Replaces a znode's data; with `expectedVersion` only if that is its version (else ABORTED).
    public func set(
        _ path: String, data: Bytes, expectedVersion: UInt64? = nil
    ) async throws(RPCFailure) -> SetResponse {
        var request = SetRequest()
        request.path = path
        request.data = data
        request.expectedVersion = expectedVersion
        request.requestID = nextID()
        return try await call(Store.Methods.set, request)
    }

    /// Deletes a znode without children; with `expectedVersion` only if that is its version (else ABORTED).
    public func delete(_ path: String, expectedVersion: UInt64? = nil) async throws(RPCFailure) -> DeleteResponse {
        var request = DeleteRequest()
        request.path = path
        request.expectedVersion = expectedVersion
        return try await delete(request)
    }

    /// Deletes a znode, or one with all that is below it. The request gets an id of this client's.
    public func delete(_ request: DeleteRequest) async throws(RPCFailure) -> DeleteResponse {
        var request = request
        request.requestID = nextID()
        return try await call(Store.Methods.delete, request)
    }

    // MARK: Reads

    /// Reads a znode's data and stat.
    public func get(
        _ path: String, level: ReadLevel = .linearizable, minRevision: UInt64 = 0
    ) async throws(RPCFailure) -> GetResponse {
        var request = GetRequest()
        request.path = path
        request.level = level
        request.minRevision = minRevision
        return try await get(request)
    }

    /// Reads a znode's data and stat, also of the past.
    public func get(_ request: GetRequest) async throws(RPCFailure) -> GetResponse {
        try await call(Store.Methods.get, request)
    }

    /// Lists a znode's children, page after page, to `body`. A failure after the first page is not retried.
    public func list(
        _ request: ListRequest, _ body: (ListResponse) async throws -> Void
    ) async throws {
        try await stream(Store.Methods.list, request, body)
    }

    /// Follows the changes under a path. When a member fails, the watch is taken up on the next one where it stopped:
    /// nothing is missed and nothing is told twice. Ends only by throwing: when `body` throws, the task is cancelled,
    /// or the history that would be needed is gone (OUT_OF_RANGE).
    public func watch(
        _ request: WatchRequest, _ body: (WatchResponse) async throws -> Void
    ) async throws {
        var request = request
        try await goOn {
            for try await response in try channel.serverStreaming(Store.Methods.watch, request, options: once) {
                try await body(response)
                request.startRevision = max(request.startRevision, response.revision + 1)
            }
        }
    }

    /// Does `body` again and again, through the next member when one fails. Ends only by throwing.
    func goOn(_ body: () async throws -> Void) async throws {
        while true {
            do { try await body() } catch let failure as RPCFailure where Self.verdict(on: failure) != .isFinal {}
            try await Task.sleep(for: options.retryDelay)
        }
    }

    /// What the member at `index` of the addresses given to `init` says of itself and the others.
    public func status(ofMemberAt index: Int, minRevision: UInt64 = 0) async throws(RPCFailure) -> StatusResponse {
        var request = StatusRequest()
        request.minRevision = minRevision
        let timeout = minRevision == 0 ? Duration.seconds(1) : options.timeout
        return try await channel(to: members[index]).unary(
            Cluster.Methods.status, request, options: CallOptions(timeout: timeout))
    }

    // MARK: Attempts

    func nextID() -> RequestId {
        var id = RequestId()
        id.clientID = clientID
        id.sequence = sequence.add(1, ordering: .relaxed).newValue
        return id
    }

    /// When a call is tried again: for as long as it has time. Every call may be, for it is a read, has a request id,
    /// or asks for what is then so already.
    private var retry: RetryPolicy {
        var policy = RetryPolicy()
        policy.attemptsMax = .max
        policy.backoff.initial = options.retryDelay
        policy.backoff.maximum = options.retryDelay * 5
        policy.movesOn = true
        policy.attemptTimeout = options.attemptTimeout
        policy.judge = { Self.verdict(on: $0) }
        return policy
    }

    /// For streams, which are taken up by who reads them: the next one goes to another member when this one fails.
    var once: CallOptions {
        var policy = retry
        policy.attemptsMax = 1
        policy.attemptTimeout = nil
        return CallOptions(retry: policy)
    }

    /// For calls that may wait for ever, through one member after the other; `isFinal` are reasons that end the wait.
    func forever(but isFinal: Set<String>) -> CallOptions {
        var policy = retry
        policy.attemptTimeout = nil
        policy.judge = { isFinal.contains($0.reason ?? "") ? .isFinal : Self.verdict(on: $0) }
        return CallOptions(retry: policy)
    }

    /// Asks one member after the other, until one answers or the time is over. What only the leader can do is refused
    /// by the others, each of which points to the leader; that may be none of those that this client was given.
    func call<Request, Response>(
        _ method: Method<Request, Response>, _ request: Request
    ) async throws(RPCFailure) -> Response {
        let deadline = ContinuousClock.now + options.timeout
        while true {
            let left = max(deadline - ContinuousClock.now, .milliseconds(1))
            var failure: RPCFailure
            do throws(RPCFailure) {
                return try await channel.unary(method, request, options: CallOptions(timeout: left, retry: retry))
            } catch { failure = error }
            guard let leader = failure.leaderAddress else { throw failure }
            do throws(RPCFailure) {
                return try await ask(leader, method, request, timeout: min(options.attemptTimeout, left))
            } catch { failure = error }
            // Members may point to each other for a moment, or to one that is not there any more.
            guard failure.leaderAddress != nil || Self.verdict(on: failure) != .isFinal,
                ContinuousClock.now + options.retryDelay < deadline, !Task.isCancelled
            else { throw failure }
            try? await Task.sleep(for: options.retryDelay)
        }
    }

    private func ask<Request, Response>(
        _ leader: Address, _ method: Method<Request, Response>, _ request: Request, timeout: Duration
    ) async throws(RPCFailure) -> Response {
        let options = CallOptions(timeout: timeout)
        if members.contains(leader) { return try await channel(to: leader).unary(method, request, options: options) }
        let channel = makeChannel(to: leader)
        let result: Result<Response, RPCFailure>
        do throws(RPCFailure) {
            result = .success(try await channel.unary(method, request, options: options))
        } catch { result = .failure(error) }
        await channel.shutdown()
        return try result.get()
    }

    /// Hands the parts of an answer to `body`. As long as none has come, a failure lets the next member be asked.
    func stream<Request, Response>(
        _ method: Method<Request, Response>, _ request: Request, _ body: (Response) async throws -> Void
    ) async throws {
        let deadline = ContinuousClock.now + options.timeout
        var hasBegun = false
        while true {
            do {
                for try await part in try channel.serverStreaming(method, request, options: once) {
                    hasBegun = true
                    try await body(part)
                }
                return
            } catch let failure as RPCFailure where !hasBegun && Self.verdict(on: failure) != .isFinal {
                guard ContinuousClock.now + options.retryDelay < deadline else { throw failure }
                try await Task.sleep(for: options.retryDelay)
            }
        }
    }

    /// Failures of a member or of the way to it are no answer to the request. CANCELLED is what is left of a deadline
    /// that the member was the first to see pass; who cancels a call here does so by its task.
    static func verdict(on failure: RPCFailure) -> RetryPolicy.Verdict {
        switch failure.status.code {
        case .unavailable, .unknown, .deadlineExceeded, .cancelled: break
        default: return .isFinal
        }
        if failure.leaderAddress != nil { return .isFinal }
        switch failure.reason {
        case "OUTCOME_UNKNOWN": return .outcomeUnknown
        case nil: return failure.isSurelyUnprocessed ? .nothingHappened : .outcomeUnknown
        case _?: return .nothingHappened
        }
    }

    private static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 16) + "-" + String(generator.next(), radix: 16)
    }
}
