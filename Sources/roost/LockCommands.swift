import ArgumentParser
import ByteString
import Client
import Foundation
import Messages

struct LockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock", abstract: "Hold a lock: while a command runs, or until interrupted.",
        discussion: """
            Waits for its turn. The command's environment has ROOST_LOCK and ROOST_TOKEN, by which it can make its \
            writes conditional on the lock; its status is this one's. If the session is lost, and with it the lock, \
            the command is sent SIGTERM and the status is 1.

              roost lock /locks/backup -- ./backup.sh
            """)

    @Argument(help: "The lock's path.") var path: String
    @Argument(parsing: .postTerminator, help: "The command, after `--`.") var command: [String] = []
    @Flag(help: "Share it with others who share it.") var shared = false
    @Option(help: "It is a semaphore with so many permits.") var capacity: UInt32?
    @Option(help: "Take so many of its permits.") var permits: UInt32 = 1
    @Option(help: "Wait for at most so many milliseconds; 0 only tries.") var wait: UInt64?
    @OptionGroup var lease: LeaseOptions
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard !(shared && capacity != nil) else { throw ValidationError("--shared and --capacity exclude each other") }
    }

    func run() async throws {
        let status = ExitStatus()
        try await connection.withClient { client in
            try await client.withSession(timeout: lease.timeout, name: "roost lock \(path)") { session in
                let wanted = request(session.id)
                guard let held = try await untilTerminated({ try await client.acquire(wanted) }) else { return }
                let terminations = Signals.terminations()
                if command.isEmpty {
                    Terminal.print("holds \(path) with token \(held.token), session \(session.id)")
                    for await _ in terminations { break }
                } else {
                    let environment = ["ROOST_LOCK": path, "ROOST_TOKEN": "\(held.token)"]
                    status.set(try await ChildProcess(command, environment).run(passing: terminations))
                }
                try? await client.release(path, token: held.token)
            }
        }
        if status.value != 0 { throw ExitCode(status.value) }
    }

    private func request(_ session: UInt64) -> AcquireRequest {
        var request = AcquireRequest(path: path, sessionID: session, waitMs: wait)
        if shared { request.mode = .shared }
        if let capacity {
            request.mode = .permits
            request.capacity = capacity
            request.permits = permits
        }
        return request
    }
}

struct ClaimsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims", abstract: "List who holds a lock, and then who waits for it, in order.")

    @Argument(help: "The lock's path.") var path: String
    @Option(help: "At most so many.") var limit: UInt32 = 100
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            for claim in try await client.describeLock(path, limit: limit).claims {
                let mode =
                    switch claim.mode {
                    case .shared: "shared"
                    case .permits: "\(claim.permits) of \(claim.capacity)"
                    default: "exclusive"
                    }
                let columns = [
                    "\(claim.token)", claim.held ? "holds" : "waits", mode, "session \(claim.sessionID)", claim.owner,
                ]
                Terminal.print(columns.joined(separator: "\t"))
            }
        }
    }
}

struct ElectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "elect", abstract: "Stand for election, and lead until interrupted.")

    @Argument(help: "The election's path.") var path: String
    @OptionGroup var content: DataArgument
    @OptionGroup var lease: LeaseOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let value = content.read()
        try await connection.withClient { client in
            try await client.withSession(timeout: lease.timeout, name: "roost elect \(path)") { session in
                let request = CampaignRequest(path: path, sessionID: session.id, value: value)
                guard let office = try await untilTerminated({ try await client.campaign(request) }) else { return }
                let terminations = Signals.terminations()
                Terminal.print("leads \(path) with token \(office.token), session \(session.id)")
                for await _ in terminations { break }
                try? await client.resign(path, token: office.token)
            }
        }
    }
}

struct LeaderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leader", abstract: "Tell who leads an election.",
        discussion: "One line: the token, and what the leader has to say. Status 1 if nobody leads.")

    @Argument(help: "The election's path.") var path: String
    @Flag(help: "Go on telling, until interrupted.") var follow = false
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            guard follow else { return tell(try await client.leader(path).leader) }
            try await client.observe(path) { tell($0.leader) }
        }
    }

    private func tell(_ leader: ElectedLeader?) {
        guard let leader else { return Terminal.print("nobody") }
        Terminal.print("\(leader.token)\t\(String(decoding: leader.value, as: UTF8.self))")
    }
}

/// How long what a command holds outlives it.
struct LeaseOptions: ParsableArguments {
    @Option(help: "Milliseconds that what is held outlives this command by if it is killed.") var sessionTimeout =
        10_000

    func validate() throws {
        guard (100...3_600_000).contains(sessionTimeout) else {
            throw ValidationError("--session-timeout is from 100 to 3,600,000 ms")
        }
    }

    var timeout: Duration { .milliseconds(sessionTimeout) }
}

/// What `body` comes to; nil if this process is asked to end before that. Then `body` is cancelled.
private func untilTerminated<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result? {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in Signals.terminations() { break }
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
