public import Client
import Consensus
import Coordination
import Driver
import Journal
public import Logging
import Messages
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RPC
import Replica
import Stubs

/// A running member: the place where all parts are made and joined.
///
/// Threads: one runs the driver, one does the peers' I/O (the same one where processors are few), a few do the clients'
/// I/O and answer reads, two serve the disk.
public final class Member: Sendable {
    private let threads: MemberThreads
    private let driver: DriverLoop
    private let network: PeerNetwork
    private let peerServer: RPCServer
    private let clientServer: RPCServer
    private let disk: FileDisk
    private let ticks: [RepeatedTask]
    private let shards: ShardMap
    private let end: EndOfLife
    /// Reads certificates and tokens again when they change.
    private let following: Task<Void, Never>
    /// Asks an existing ensemble to admit this member; nil if it was not started to.
    private let admission: Task<Void, Never>?

    /// Where clients are really served (the port, if 0 was asked for).
    public let clientAddress: Address
    public let peerAddress: Address

    private init(
        _ parts: MemberParts, driver: DriverLoop, clientServer: RPCServer, shards: ShardMap, ticks: [RepeatedTask]
    ) {
        threads = parts.threads
        self.driver = driver
        network = parts.network
        peerServer = parts.peerServer
        self.clientServer = clientServer
        disk = parts.disk
        self.ticks = ticks
        self.shards = shards
        end = parts.end
        following = Task { await parts.security.follow() }
        admission =
            parts.options.join.isEmpty
            ? nil
            : Task { [end = parts.end] in
                do { try await parts.admission().run() } catch let error as StartError { end.fail(error) } catch {}
            }
        clientAddress = Address(host: parts.options.clientAddress.host, port: clientServer.port)
        peerAddress = Address(host: parts.options.peerAddress.host, port: parts.peerServer.port)
    }

    /// Starts a member and returns when it serves clients. Whether there is a leader is another matter.
    ///
    /// - Parameter onNotice: called for everything that an operator may want to know, on the driver's thread.
    /// - Throws: ``StartError``, with the reason for the operator.
    public static func start(
        _ options: MemberOptions, logger: Logger, onNotice: (@Sendable (Notice) -> Void)? = nil
    ) async throws -> Member {
        try options.validate()
        let parts = try await MemberParts.open(options, logger: logger)
        do {
            return try await assemble(parts, onNotice: onNotice)
        } catch {
            await parts.close()
            throw error
        }
    }

    private static func assemble(
        _ parts: MemberParts, onNotice: (@Sendable (Notice) -> Void)?
    ) async throws -> Member {
        let options = parts.options
        let ensemble = try await parts.joinEnsemble()
        let end = parts.end
        let logger = parts.logger
        let driver = DriverLoop(loop: parts.threads.driver.next()) { failure in
            logger.critical("the member stops: \(failure)")
            let remedy = failure.isMendedByStart ? StartError.Remedy.start : .operators
            end.fail(StartError("the member had to stop: \(failure)", remedy: remedy))
        }
        let found = try await parts.recover(driver, ensemble: ensemble)
        parts.completions.send(to: driver.inbox)
        let shards = parts.shards(inbox: driver.inbox, readers: found.readers)
        try await parts.openNetwork(ensemble: ensemble, inbox: driver.inbox)
        let clients = parts.router(
            shards, onNotice: onNotice,
            context: StatusContext(
                ensemble: ensemble, started: .now(), peerAddress: { parts.peerAddresses(of: $0).first },
                clientAddress: options.clientAddress))
        try await driver.loop.submit { driver.start(parts, clients: clients) }.get()
        parts.repairDesk.open(driver.inbox)
        let clientServer = try await parts.serveClients(shards, ensemble: ensemble)
        let ticks = parts.startTicking(shards)
        return Member(parts, driver: driver, clientServer: clientServer, shards: shards, ticks: ticks)
    }

    /// Why the member stopped by itself; nil if it has not.
    public var failure: StartError? { end.failure }

    /// Returns when the member has stopped by itself.
    public func ended() async { await end.wait() }

    /// Ends the member, in the order in which nobody's call fails for it: health checks are told to send nobody here
    /// any more, a leader hands over, new calls are served for the time of `drain`, so that proxies notice; then
    /// clients are told to go away (GOAWAY), streams without an end of their own end, and calls in flight are given
    /// `grace`. What was acknowledged is durable anyway.
    public func shutdown(drain: Duration = .zero, grace: Duration) async {
        for shard in shards.all { shard.loop.execute { shard.health.drain() } }
        let drained = ContinuousClock.now + drain
        await handOver()
        try? await Task.sleep(until: drained)
        for tick in ticks { tick.cancel() }
        admission?.cancel()
        following.cancel()
        await clientServer.shutdown(grace: grace)
        let network = network
        try? await threads.peers.next().submit { network.close() }.get()
        await peerServer.shutdown(grace: .zero)
        let driver = driver
        try? await driver.loop.submit { driver.stop() }.get()
        disk.close()
        await threads.shutdown()
    }

    /// Lets another member lead before this one goes, so that nobody has to notice that it is gone. What comes in here
    /// meanwhile waits and goes to the successor.
    private func handOver() async {
        guard failure == nil, let shard = shards.all.first else { return }
        let answered = shard.loop.makePromise(of: Void.self)
        shard.loop.execute { shard.administrate(.transfer(to: nil)) { _ in answered.succeed() } }
        // Whatever happens, the member ends.
        let patience = shard.loop.scheduleTask(in: .seconds(2)) { answered.succeed() }
        try? await answered.futureResult.get()
        patience.cancel()
    }
}

/// The end of a member that ends by itself.
final class EndOfLife: Sendable {
    private let failureBox = NIOLockedValueBox<StartError?>(nil)
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    var failure: StartError? { failureBox.withLockedValue { $0 } }

    func fail(_ error: StartError) {
        failureBox.withLockedValue { $0 = $0 ?? error }
        continuation.finish()
    }

    /// Returns when ``fail(_:)`` has been called or the task is cancelled. For one caller.
    func wait() async {
        for await _ in stream {}
    }
}

/// The threads of a member.
struct MemberThreads: Sendable {
    let clients: MultiThreadedEventLoopGroup
    let peers: MultiThreadedEventLoopGroup
    let driver = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    init(_ options: MemberOptions) {
        clients = MultiThreadedEventLoopGroup(
            numberOfThreads: options.clientLoops > 0 ? options.clientLoops : min(4, System.coreCount))
        peers = options.hasPeerLoop ?? (System.coreCount > 2) ? MultiThreadedEventLoopGroup(numberOfThreads: 1) : driver
    }

    func shutdown() async {
        for group in peers === driver ? [clients, driver] : [clients, peers, driver] {
            try? await group.shutdownGracefully()
        }
    }
}
