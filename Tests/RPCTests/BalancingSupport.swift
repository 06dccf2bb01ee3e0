import ByteString
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import RPC

/// Names and their addresses, which a test changes.
final class TestResolver: NameResolver {
    private let names: NIOLockedValueBox<[String: [SocketAddress]]>
    let lookups = Atomic<Int>(0)

    init(_ names: [String: [SocketAddress]] = [:]) {
        self.names = NIOLockedValueBox(names)
    }

    func set(_ name: String, _ addresses: [SocketAddress]) {
        names.withLockedValue { $0[name] = addresses }
    }

    func addresses(of endpoint: Endpoint) async throws -> [SocketAddress] {
        lookups.add(1, ordering: .relaxed)
        guard let found = names.withLockedValue({ $0[endpoint.host] }) else {
            throw NameNotResolved(description: "\(endpoint.host): not known")
        }
        return found
    }
}

/// Servers that say which one they are.
struct Servers {
    private(set) var servers: [RPCServer] = []

    init(_ hosts: [String] = ["127.0.0.1", "127.0.0.2", "::1"]) async throws {
        for (index, host) in hosts.enumerated() {
            servers.append(try await Servers.start(number: index, at: SocketAddress(ipAddress: host, port: 0)))
        }
    }

    static func start(number: Int, at address: SocketAddress) async throws -> RPCServer {
        var registry = echo()
        registry.rawUnary("/test.Who/Unary") { _, call in call.reply(Bytes(utf8: "\(number)")) }
        registry.rawUnary("/test.Hang/Unary") { _, call in call.sendHeaders(Metadata()) }
        return try await RPCServer.start(
            on: address, group: loops, registry: registry, configuration: .patient, logger: quiet)
    }

    func address(_ index: Int) -> SocketAddress { servers[index].localAddress }
    var addresses: [SocketAddress] { servers.map(\.localAddress) }
    var resolver: TestResolver { TestResolver(["servers": addresses]) }

    func stop() async {
        for server in servers { await server.shutdown(grace: .zero) }
    }
}

let namedServers = [Endpoint(host: "servers", port: 1)]

func makeBalanced(
    _ endpoints: [Endpoint] = namedServers, resolver: TestResolver,
    _ policy: LoadBalancingConfiguration.Policy = .pickFirst,
    _ change: (inout LoadBalancingConfiguration) -> Void = { _ in }
) -> LoadBalancedChannel {
    var configuration = LoadBalancingConfiguration()
    configuration.policy = policy
    configuration.resolver = resolver
    configuration.lookupIntervalMin = .milliseconds(20)
    // On a busy machine every address would be overtaken now and then.
    configuration.stagger = .seconds(3_600)
    configuration.lookupBackoff.initial = .milliseconds(20)
    configuration.channel.reconnect?.initial = .milliseconds(10)
    configuration.channel.reconnect?.maximum = .milliseconds(50)
    change(&configuration)
    return LoadBalancedChannel(endpoints, eventLoop: loops.any(), configuration: configuration, logger: quiet)
}

extension LoadBalancedChannel {
    func call(
        _ path: MethodPath, _ request: Bytes = Bytes(), options: CallOptions = CallOptions()
    ) async -> Result<UnaryResponse, RPCFailure> {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                self.rawUnary(path, request, options: options) { continuation.resume(returning: $0) }
            }
        }
    }

    /// Which server answers.
    func who(_ options: CallOptions = CallOptions(waitsForReady: true)) async -> String {
        switch await call("/test.Who/Unary", options: options) {
        case .success(let response): String(decoding: response.message, as: UTF8.self)
        case .failure(let failure): "\(failure.status.code)"
        }
    }

    func onLoop<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await eventLoop.submit(body).get()
    }
}
