import ArgumentParser
import ByteString
import Client
import Foundation
import Messages
import Synchronization

/// How precisely an ensemble notices that clients have died, and that others have not.
struct SessionBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-sessions", abstract: "Hold many sessions, let half of the clients die, and measure.",
        discussion: """
            Each session has an ephemeral znode, which a watch is told of when it goes. Prints a line of JSON when the \
            sessions of the dead have ended: how many times its timeout each of them lived, counted from when its last \
            answered keep-alive was sent. Goes on for --hold seconds with the living, and prints how many of those \
            ended.
            """)

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Sessions in all.") var sessions = 10_000
    @Option(help: "Clients that they are spread over, each with a connection of its own.") var clients = 50
    @Option(help: "Milliseconds that a session lives without a keep-alive.") var sessionTimeout = 4_000
    @Option(help: "Seconds to hold the living for after that.") var hold = 5.0

    func validate() throws {
        guard sessions > 0, clients > 1, hold >= 0 else { throw ValidationError("too few sessions or clients") }
        guard (100...3_600_000).contains(sessionTimeout) else {
            throw ValidationError("--session-timeout is from 100 to 3,600,000 ms")
        }
    }

    func run() async throws {
        let addresses = try connection.addresses
        let parent = "/bench-sessions-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        let options = try connection.clientOptions
        try await connection.withClient { client in
            _ = try await client.create(parent)
            let run = SessionRun(
                parent: parent, timeout: .milliseconds(sessionTimeout),
                clients: (0..<clients).map { index in
                    let turn = index % addresses.count
                    return RoostClient(members: Array(addresses[turn...] + addresses[..<turn]), options: options)
                })
            let watching = Task { try await run.watch(client) }
            defer { watching.cancel() }
            try await run.play(count: sessions, hold: .seconds(hold))
        }
    }
}

/// Sessions by the client that holds them, and what became of them.
private final class SessionRun: Sendable {
    let parent: String
    let timeout: Duration
    let clients: [RoostClient]
    private let state = Mutex(State())

    struct State {
        var held: [UInt64: Held] = [:]
        /// When a watch was told that a session's znode had gone.
        var gone: [UInt64: ContinuousClock.Instant] = [:]

        struct Held {
            var session: HeldSession
            /// Whether its client is one of those that die.
            var dies: Bool
        }

        func isOfDead(_ session: UInt64) -> Bool { held[session]?.dies ?? false }
        var endedDead: Int { gone.keys.count { isOfDead($0) } }
        var endedLiving: Int { gone.count - endedDead }
    }

    /// Every second client dies.
    private static func dies(client index: Int) -> Bool { index.isMultiple(of: 2) }

    init(parent: String, timeout: Duration, clients: [RoostClient]) {
        self.parent = parent
        self.timeout = timeout
        self.clients = clients
    }

    /// Notes when each znode goes.
    func watch(_ client: RoostClient) async throws {
        var request = WatchRequest()
        request.path = parent
        request.scope = .children
        try await client.watch(request) { response in
            let now = ContinuousClock.now
            for event in response.events where event.kind == .deleted {
                guard let session = UInt64(event.path.dropFirst(parent.utf8.count + 1)) else { continue }
                state.withLock { $0.gone[session] = now }
            }
        }
    }

    func play(count: Int, hold: Duration) async throws {
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask { [self] in await self.live(client: number % clients.count) }
            }
            defer { group.cancelAll() }
            try await wait(for: "sessions to be opened") { $0.held.count == count }
            let opened = ContinuousClock.now - began
            // As they are when nothing else is going on.
            try await Task.sleep(for: timeout * 2)
            for client in clients.indices where Self.dies(client: client) { await clients[client].shutdown() }
            let died = ContinuousClock.now
            let deadCount = state.withLock { $0.held.values.count { $0.dies } }
            while ContinuousClock.now - died < timeout * 3, state.withLock({ $0.endedDead }) < deadCount {
                try await Task.sleep(for: .milliseconds(20))
            }
            try Terminal.print(json: DeadReport(state.withLock { $0 }, timeout: timeout, opened: opened))
            try await Task.sleep(for: hold)
            try Terminal.print(json: LivingReport(state.withLock { $0 }))
        }
        for client in clients { await client.shutdown() }
    }

    /// One session, until it is lost or nobody needs it any more.
    private func live(client index: Int) async {
        let client = clients[index]
        try? await client.withSession(timeout: timeout) { [self] session in
            var request = CreateRequest()
            request.path = "\(parent)/\(session.id)"
            request.kind = .ephemeral
            request.sessionID = session.id
            _ = try await client.create(request)
            state.withLock { $0.held[session.id] = .init(session: session, dies: Self.dies(client: index)) }
            try await Task.sleep(for: .seconds(86_400))
        }
    }

    private func wait(for what: String, _ isDone: (State) -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while !state.withLock({ isDone($0) }) {
            guard ContinuousClock.now < deadline else {
                Terminal.error("roost bench-sessions: gave up waiting for \(what)")
                throw ExitCode(1)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

// MARK: - Figures

/// How the sessions of the dead ended. Lifetimes are multiples of the timeout.
private struct DeadReport: Encodable {
    var dead: Int
    var ended: Int
    var livingEnded: Int
    var openedSeconds: Double
    var lifetimeMin: Double?
    var lifetimeMedian: Double?
    var lifetimeP99: Double?
    var lifetimeMax: Double?

    enum CodingKeys: String, CodingKey {
        case dead, ended
        case livingEnded = "living_ended"
        case openedSeconds = "opened_seconds"
        case lifetimeMin = "lifetime_min"
        case lifetimeMedian = "lifetime_median"
        case lifetimeP99 = "lifetime_p99"
        case lifetimeMax = "lifetime_max"
    }

    init(_ state: SessionRun.State, timeout: Duration, opened: Duration) {
        let lifetimes = state.gone.compactMap { session, gone -> Double? in
            guard let held = state.held[session], held.dies else { return nil }
            return (gone - (held.session.promisedUntil - timeout)) / timeout
        }.sorted()
        func quantile(_ share: Double) -> Double? {
            // To thousandths, downwards: what ended too early must not look as if it had not.
            lifetimes.isEmpty ? nil : (lifetimes[Int(Double(lifetimes.count - 1) * share)] * 1000).rounded(.down) / 1000
        }
        dead = state.held.values.count { $0.dies }
        ended = lifetimes.count
        livingEnded = state.endedLiving
        openedSeconds = BenchReport.rounded(opened / .seconds(1))
        lifetimeMin = quantile(0)
        lifetimeMedian = quantile(0.5)
        lifetimeP99 = quantile(0.99)
        lifetimeMax = quantile(1)
    }
}

/// What became of the others.
private struct LivingReport: Encodable {
    var living: Int
    var livingEnded: Int

    enum CodingKeys: String, CodingKey {
        case living
        case livingEnded = "living_ended"
    }

    init(_ state: SessionRun.State) {
        living = state.held.values.count { !$0.dies }
        livingEnded = state.endedLiving
    }
}
