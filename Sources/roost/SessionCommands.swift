import ArgumentParser
import ByteString
import Client
import Messages

struct Hold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create an ephemeral znode and keep it alive until interrupted.",
        discussion: """
            Opens a session and creates the znode in it. When this command ends, however it ends, the znode is \
            deleted: at once if it is interrupted, after the timeout if it is killed. Status 1 if the session is lost.
            """)

    @Argument(help: "Its path.") var path: String
    @OptionGroup var content: DataArgument
    @Flag(help: "Append a number to the path that is greater than all before under this parent.") var sequential = false
    @OptionGroup var lease: LeaseOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let data = content.read()
        let terminations = Signals.terminations()
        try await connection.withClient { client in
            try await client.withSession(timeout: lease.timeout, name: "roost hold \(path)") { session in
                var request = CreateRequest()
                request.path = path
                request.data = data
                request.kind = .ephemeral
                request.sessionID = session.id
                request.sequential = sequential
                let response = try await client.create(request)
                Terminal.print("created \(response.path) at revision \(response.revision), session \(session.id)")
                for await _ in terminations { return }
            }
        }
    }
}

struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "List the sessions that live, with what is left of their time.")

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            try await client.listSessions { page in
                for session in page.sessions {
                    let columns = [
                        "\(session.sessionID)", "\(session.remainingMs) of \(session.timeoutMs) ms",
                        "\(session.ephemeralCount) ephemeral", "kept alive by \(session.keptAliveBy)", session.name,
                    ]
                    Terminal.print(columns.joined(separator: "\t"))
                }
            }
        }
    }
}
