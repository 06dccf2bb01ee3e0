public import ByteString
import Logging
public import Messages
import NIOCore
import NIOPosix
public import RPC
import Stubs
import Synchronization

/// A client of an ensemble: every `Store` call, sent to one member and, when that one fails, to the next.
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
        /// The pause between two attempts.
        public var retryDelay = Duration.milliseconds(20)

        public init() {}
    }

    let channels: [RPCChannel]
    let options: Options
    private let logger: Logger
    private let clientID: String
    private let sequence = Atomic<UInt64>(0)
    /// The member that answered last: the next call begins there.
    private let preferred = Atomic<Int>(0)

    /// - Parameters:
    ///   - members: the members' client addresses, each `host:port`; at least one.
    ///   - clientID: names this client in its request ids; a random one by default.
    public init(
        members: [(host: String, port: Int)], options: Options = .init(), clientID: String? = nil,
        logger: Logger = Logger(label: "roost.client") { _ in SwiftLogNoOpLogHandler() }
    ) {
        precondition(!members.isEmpty, "a client needs at least one member's address")
        channels = members.map { Self.channel(host: $0.host, port: $0.port, logger: logger) }
        self.options = options
        self.logger = logger
        self.clientID = clientID ?? Self.randomID()
    }

    private static func channel(host: String, port: Int, logger: Logger) -> RPCChannel {
        var configuration = ChannelConfiguration()
        configuration.connectTimeout = .seconds(1)
        return RPCChannel(
            host: host, port: port, eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            configuration: configuration, logger: logger)
    }

    /// A way to a member that is not among those given to `init`. Whoever asks shuts it down.
    func channel(to address: String) -> RPCChannel? {
        guard let colon = address.lastIndex(of: ":"), let port = Int(address[address.index(after: colon)...]) else {
            return nil
        }
        let host = address[..<colon].trimmingPrefix("[")
        return Self.channel(
            host: String(host.hasSuffix("]") ? host.dropLast() : host), port: port, logger: logger)
    }

    /// Ends all calls and closes the connections.
    public func shutdown() async {
        for channel in channels { await channel.shutdown() }
    }

    // MARK: Writes

    /// Creates a znode. Throws ALREADY_EXISTS or NOT_FOUND (the parent), among others; see `store.proto`.
    public func create(_ path: String, data: Bytes = Bytes()) async throws(RPCFailure) -> CreateResponse {
        var request = CreateRequest()
        request.path = path
        request.data = data
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
        return try await call(Store.Methods.get, request)
    }

    /// Lists a znode's children, page after page, to `body`. A failure after the first page is not retried.
    public func list(
        _ request: ListRequest, _ body: (ListResponse) async throws -> Void
    ) async throws {
        let deadline = ContinuousClock.now + options.timeout
        var hasBegun = false
        while true {
            do {
                for try await page in try channel.serverStreaming(Store.Methods.list, request) {
                    hasBegun = true
                    try await body(page)
                }
                return
            } catch let failure as RPCFailure where !hasBegun && Self.mayBeRetried(failure) {
                guard ContinuousClock.now + options.retryDelay < deadline else { throw failure }
                preferNext()
                try await Task.sleep(for: options.retryDelay)
            }
        }
    }

    /// Follows the changes under a path. When a member fails, the watch is taken up on the next one where it stopped:
    /// nothing is missed and nothing is told twice. Ends only by throwing: when `body` throws, the task is cancelled,
    /// or the history that would be needed is gone (OUT_OF_RANGE).
    public func watch(
        _ request: WatchRequest, _ body: (WatchResponse) async throws -> Void
    ) async throws {
        var request = request
        while true {
            do {
                for try await response in try channel.serverStreaming(Store.Methods.watch, request) {
                    try await body(response)
                    request.startRevision = max(request.startRevision, response.revision + 1)
                }
                try await Task.sleep(for: options.retryDelay)
            } catch let failure as RPCFailure where Self.mayBeRetried(failure) {
                preferNext()
                try await Task.sleep(for: options.retryDelay)
            }
        }
    }

    /// What the member at `index` of the addresses given to `init` says of itself and the others.
    public func status(ofMemberAt index: Int, minRevision: UInt64 = 0) async throws(RPCFailure) -> StatusResponse {
        var request = StatusRequest()
        request.minRevision = minRevision
        let timeout = minRevision == 0 ? Duration.seconds(1) : options.timeout
        return try await channels[index].unary(
            Cluster.Methods.status, request, options: CallOptions(timeout: timeout))
    }

    // MARK: Attempts

    private func nextID() -> RequestId {
        var id = RequestId()
        id.clientID = clientID
        id.sequence = sequence.add(1, ordering: .relaxed).newValue
        return id
    }

    private var channel: RPCChannel { channels[preferred.load(ordering: .relaxed)] }

    private func preferNext() {
        preferred.store((preferred.load(ordering: .relaxed) + 1) % channels.count, ordering: .relaxed)
    }

    private func call<Request, Response>(
        _ method: Method<Request, Response>, _ request: Request
    ) async throws(RPCFailure) -> Response {
        let deadline = ContinuousClock.now + options.timeout
        while true {
            let index = preferred.load(ordering: .relaxed)
            let remaining = deadline - ContinuousClock.now
            let timeout = min(options.attemptTimeout, max(remaining, .milliseconds(1)))
            do {
                return try await channels[index].unary(method, request, options: CallOptions(timeout: timeout))
            } catch {
                guard Self.mayBeRetried(error), ContinuousClock.now + options.retryDelay < deadline, !Task.isCancelled
                else { throw error }
                if preferred.load(ordering: .relaxed) == index { preferNext() }
                try? await Task.sleep(for: options.retryDelay)
            }
        }
    }

    /// Failures of a member or of the way to it, not of the request. CANCELLED is what is left of a deadline that the
    /// member was the first to see pass; who cancels a call here does so by its task.
    static func mayBeRetried(_ failure: RPCFailure) -> Bool {
        switch failure.status.code {
        case .unavailable, .unknown, .deadlineExceeded, .cancelled: true
        default: false
        }
    }

    private static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 16) + "-" + String(generator.next(), radix: 16)
    }
}
