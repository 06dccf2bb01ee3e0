import ArgumentParser
import Client
import Foundation
import Messages
import RPC
import Server
import Synchronization

/// A whole ensemble on this machine.
struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a local ensemble: several member processes on loopback, supervised.",
        discussion: """
            On a terminal it shows the members' roles, terms, \
            revisions and heartbeat ages as they change; elsewhere it \
            prints a line for each event. A member that dies is started again. Ctrl-C ends all of it; the data is kept \
            and found again by the next start.
            """)

    @Option(help: "How many members.") var members = 3
    @Option(help: "The folder with a data directory for each member.") var data = "roost-ensemble"
    @Option(help: "The first member's port for clients; the next ones' follow it.") var clientPort = 7400
    @Option(help: "The first member's port for other members; the next ones' follow it.") var peerPort = 7500
    @Flag(help: "With TLS: certificates are made in DATA/certs.") var tls = false
    @OptionGroup var detection: DetectionOptions

    func validate() throws {
        guard (1...9).contains(members) else { throw ValidationError("--members is 1 to 9") }
    }

    func run() async throws {
        let screen = Screen(isInteractive: Terminal.isInteractive)
        let isStopping = Mutex(false)
        let exits = AsyncStream<Int>.makeStream()
        let ensemble = LocalEnsemble(
            count: members, folder: URL(fileURLWithPath: data), firstClientPort: clientPort, firstPeerPort: peerPort,
            arguments: detection.arguments + ["--print-events"] + (tls ? ["--certs", certificates.path] : []),
            onLine: { member, line in screen.note("member \(member): \(line)") },
            onExit: { member, status in
                guard !isStopping.withLock({ $0 }) else { return }
                guard status != Serve.removedExitCode.rawValue else {
                    return screen.note("member \(member) was removed from the ensemble")
                }
                screen.note("member \(member) ended with status \(status); it is started again in a second")
                exits.continuation.yield(member)
            })
        var options = RoostClient.Options()
        do {
            try ensemble.prepare()
            if tls { options.tls = try makeCertificates() }
            for member in ensemble.members { try ensemble.start(member) }
        } catch let error as StartError {
            Terminal.error("roost up: \(error)")
            throw ExitCode(1)
        }
        let addresses = ensemble.members.map { ensemble.clientAddress(of: $0).description }.joined(separator: ",")
        screen.title = "ensemble of \(members) in \(data); export ROOST_MEMBERS=\(addresses)" + exports
        let client = RoostClient(members: ensemble.members.map(ensemble.clientAddress), options: options)
        let supervision = Task {
            for await member in exits.stream {
                try await Task.sleep(for: .seconds(1))
                try ensemble.start(member)
            }
        }
        let display = Task { try await show(ensemble, client, on: screen) }
        for await _ in Signals.terminations() { break }
        isStopping.withLock { $0 = true }
        display.cancel()
        supervision.cancel()
        screen.note("stopping")
        await client.shutdown()
        await ensemble.stop()
    }

    private var certificates: CertificateFolder { CertificateFolder("\(data)/certs") }

    /// What lets the other commands in.
    private var exports: String {
        guard tls else { return "" }
        let client = certificates.identity(of: "client")
        return " ROOST_CA=\(certificates.authority.certificateFile) ROOST_CERT=\(client.certificateFile) "
            + "ROOST_KEY=\(client.keyFile)"
    }

    /// Certificates for all members and a client, made anew with each start.
    private func makeCertificates() throws -> ClientTLS {
        let now = Date()
        let (authority, _) = try certificates.openAuthority(now: now)
        for member in 1...UInt64(members) {
            let issued = try authority.issue(member: member, hosts: MemberHosts.local, days: 365, now: now)
            try certificates.write(issued, as: CertificateFolder.name(ofMember: member))
        }
        try certificates.write(try authority.issue(client: "client", days: 365, now: now), as: "client")
        return try ClientTLS(
            authoritiesFile: certificates.authority.certificateFile, identity: certificates.identity(of: "client"))
    }

    private func show(_ ensemble: LocalEnsemble, _ client: RoostClient, on screen: Screen) async throws {
        while true {
            var table = StatusTable(answers: [])
            for member in ensemble.members {
                let status = try? await client.status(ofMemberAt: member - 1)
                table.answers.append((ensemble.clientAddress(of: member).description, status))
            }
            screen.show(table)
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}

/// Where `roost up` shows what happens: a table that is drawn again and again on a terminal, lines elsewhere.
private final class Screen: Sendable {
    private struct State {
        var title = ""
        var notes: [String] = []
        var leader: UInt64 = 0
    }

    private let isInteractive: Bool
    private let state = Mutex(State())

    init(isInteractive: Bool) {
        self.isInteractive = isInteractive
    }

    var title: String {
        get { state.withLock { $0.title } }
        set {
            state.withLock { $0.title = newValue }
            if !isInteractive { Terminal.print(newValue) }
        }
    }

    func note(_ text: String) {
        guard isInteractive else { return Terminal.print(text) }
        state.withLock { state in
            state.notes.append(text)
            if state.notes.count > 100 { state.notes.removeFirst() }
        }
    }

    func show(_ table: StatusTable) {
        guard isInteractive else { return tellLeader(of: table) }
        let lines = table.lines
        let (title, notes) = state.withLock { ($0.title, $0.notes) }
        let room = max(0, Terminal.height - lines.count - 4)
        let shown = [title, ""] + lines + [""] + notes.suffix(room)
        // Home, each line cleared to its end, then everything below.
        Terminal.write(("\u{1b}[H" + shown.map { $0 + "\u{1b}[K\n" }.joined() + "\u{1b}[J").utf8)
    }

    private func tellLeader(of table: StatusTable) {
        let newest = table.answers.compactMap(\.status).filter { $0.role == .leader }.max { $0.term < $1.term }
        guard let newest, state.withLock({ $0.leader != newest.memberID }) else { return }
        state.withLock { $0.leader = newest.memberID }
        Terminal.print("member \(newest.memberID) leads in term \(newest.term)")
        for line in table.lines { Terminal.print(line) }
    }
}

extension DetectionOptions {
    /// The same options as arguments.
    var arguments: [String] {
        [
            "--heartbeat-interval", "\(heartbeatInterval)", "--heartbeat-timeout", "\(heartbeatTimeout)",
            connectionEvidence ? "--connection-evidence" : "--no-connection-evidence",
        ]
    }
}
