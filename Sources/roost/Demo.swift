import ArgumentParser
import ByteString
import Client
import Foundation
import Messages
import Synchronization

/// The textbook scenario, on real processes.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Watch four members lose a follower, then their leader, and recover.",
        discussion: """
            Four members, a heartbeat each second, a timeout of three seconds. A follower and then the leader are \
            killed (SIGKILL) and brought back; the timeline is printed as it happens. Then the leader is killed once \
            more, with the evidence of connections switched on. It takes about a minute and leaves nothing behind.
            """)

    @Option(help: "The first member's port for clients; the next ones' follow it.") var clientPort = 7600
    @Option(help: "The first member's port for other members; the next ones' follow it.") var peerPort = 7700

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roost-demo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var play = DemoPlay(folder: folder, clientPort: clientPort, peerPort: peerPort)
        do {
            try await play.perform()
        } catch let error as DemoFailure {
            await play.end()
            Terminal.error("roost demo: \(error.description)")
            throw ExitCode(1)
        } catch {
            await play.end()
            throw error
        }
    }
}

/// Something did not happen that should have.
private struct DemoFailure: Error, CustomStringConvertible {
    let description: String
}

/// The scenes of the demonstration.
private struct DemoPlay {
    let folder: URL
    let clientPort: Int
    let peerPort: Int
    private let timeline = Timeline()
    private var ensemble: LocalEnsemble?
    private var client: RoostClient?
    private var written = 0
    private let count = 4

    init(folder: URL, clientPort: Int, peerPort: Int) {
        self.folder = folder
        self.clientPort = clientPort
        self.peerPort = peerPort
    }

    mutating func perform() async throws {
        timeline.chapter("Four members; a heartbeat each second; dead after three; evidence of connections off")
        try await begin(["--heartbeat-interval", "1000", "--heartbeat-timeout", "3000", "--no-connection-evidence"])
        try await write(100)
        try await loseFollower()
        let slow = try await loseLeader()
        await end()

        timeline.chapter("The same ensemble, the same timings; evidence of connections on")
        try await begin(["--heartbeat-interval", "1000", "--heartbeat-timeout", "3000", "--connection-evidence"])
        let fast = try await loseLeader()
        await end()
        timeline.chapter("What the evidence of a refused connection buys")
        timeline.tell("from the leader's death to the next acknowledged write, by silence alone: \(slow.text)")
        timeline.tell("the same with a refused connection as evidence:                           \(fast.text)")
    }

    private mutating func begin(_ arguments: [String]) async throws {
        let timeline = timeline
        let ensemble = LocalEnsemble(
            count: count, folder: folder, firstClientPort: clientPort, firstPeerPort: peerPort,
            arguments: arguments + ["--print-events"],
            onLine: { member, line in timeline.tell("member \(member): \(line)") },
            onExit: { member, _ in timeline.tell("member \(member): its process is gone") })
        self.ensemble = ensemble
        try ensemble.prepare()
        for member in ensemble.members { try ensemble.start(member) }
        var options = RoostClient.Options()
        options.timeout = .seconds(30)
        options.attemptTimeout = .milliseconds(500)
        client = RoostClient(
            members: ensemble.members.map(ensemble.clientAddress), options: options)
        try await until("a leader is elected", within: .seconds(30)) { try await self.leader() != nil }
    }

    mutating func end() async {
        await client?.shutdown()
        await ensemble?.stop()
        client = nil
        ensemble = nil
    }

    // MARK: Scenes

    private mutating func loseFollower() async throws {
        guard let ensemble, let leader = try await leader(),
            let follower = ensemble.members.first(where: { $0 != leader })
        else { throw DemoFailure(description: "no leader") }
        timeline.chapter("Follower \(follower) is killed; the other three notice")
        ensemble.send(SIGKILL, to: follower)
        try await until("all others suspect member \(follower)", within: .seconds(10)) {
            try await self.suspecting(follower).count == self.count - 1
        }
        try await write(50)
        timeline.chapter("Follower \(follower) comes back and is brought up to date")
        try ensemble.start(follower)
        try await verify()
    }

    /// Returns how long no write was acknowledged.
    private mutating func loseLeader() async throws -> Duration {
        guard let ensemble, let leader = try await leader() else { throw DemoFailure(description: "no leader") }
        timeline.chapter("Leader \(leader) is killed; a quorum of the four is three")
        let killed = ContinuousClock.now
        ensemble.send(SIGKILL, to: leader)
        try await write(1)
        let outage = ContinuousClock.now - killed
        timeline.tell("the next write is acknowledged \(outage.text) after the kill")
        try await write(49)
        timeline.chapter("Member \(leader) comes back as a follower and is brought up to date")
        try ensemble.start(leader)
        try await verify()
        return outage
    }

    private mutating func write(_ more: Int) async throws {
        guard let client else { return }
        if written == 0 { _ = try await client.create("/demo") }
        for _ in 0..<more {
            written += 1
            _ = try await client.create("/demo/\(written)", data: Bytes(utf8: "\(written)"))
        }
        if more > 1 { timeline.tell("client: \(more) writes acknowledged, \(written) in all") }
    }

    /// Every member holds everything that was acknowledged, and all of them the same.
    private func verify() async throws {
        guard let client, let ensemble else { return }
        try await until("all members hold the same state", within: .seconds(30)) {
            var digests: [String] = []
            for member in ensemble.members {
                guard let status = try? await client.status(ofMemberAt: member - 1) else { return false }
                digests.append("\(status.appliedRevision) \(status.stateDigest)")
            }
            return digests.allSatisfy { $0 == digests[0] }
        }
        var request = ListRequest()
        request.path = "/demo"
        request.includeData = true
        let found = Mutex(0)
        try await client.list(request) { page in
            for child in page.children where child.data == Bytes(utf8: child.name) { found.withLock { $0 += 1 } }
        }
        let intact = found.withLock { $0 }
        guard intact == written else {
            throw DemoFailure(description: "\(written) writes were acknowledged, \(intact) are there")
        }
        timeline.tell("client: all \(written) acknowledged writes are there, on every member the same")
    }

    // MARK: What the members say

    private func leader() async throws -> Int? {
        guard let client, let ensemble else { return nil }
        for member in ensemble.members where ensemble.isRunning(member) {
            let status = try? await client.status(ofMemberAt: member - 1)
            if status?.role == .leader { return member }
        }
        return nil
    }

    private func suspecting(_ suspect: Int) async throws -> [Int] {
        guard let client, let ensemble else { return [] }
        var suspecting: [Int] = []
        for member in ensemble.members where member != suspect {
            let status = try? await client.status(ofMemberAt: member - 1)
            if status?.members.contains(where: { $0.memberID == UInt64(suspect) && $0.suspected }) == true {
                suspecting.append(member)
            }
        }
        return suspecting
    }

    private func until(
        _ what: String, within limit: Duration, _ condition: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while try await !condition() {
            guard ContinuousClock.now < deadline else {
                throw DemoFailure(description: "\(limit) have passed and not yet: \(what)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// Prints what happens with the seconds since the beginning.
private final class Timeline: Sendable {
    private let start = ContinuousClock.now

    func tell(_ text: String) {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        Terminal.print(String(format: "%9.3f s  ", seconds) + text)
    }

    func chapter(_ text: String) {
        Terminal.print("\n\(text)")
    }
}

extension Duration {
    fileprivate var text: String { "\(Int(self / .milliseconds(1))) ms" }
}
