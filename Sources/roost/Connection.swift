import ArgumentParser
import ByteString
import Client
import Foundation
import Messages
import RPC

/// Which ensemble a command talks to.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The members' client addresses, separated by commas. Default: $ROOST_MEMBERS, else 127.0.0.1:7400.",
            valueName: "host:port,..."))
    var members: String?

    @Option(help: "Seconds after which a command gives up.")
    var timeout = 10.0

    @OptionGroup(title: "Credentials") var credentials: CredentialArguments

    var addresses: [Address] {
        get throws {
            let text = members ?? ProcessInfo.processInfo.environment["ROOST_MEMBERS"] ?? "127.0.0.1:7400"
            return try text.split(separator: ",").map { part in
                guard let address = Address(String(part)) else {
                    throw ValidationError("'\(part)' is no address: host:port is wanted")
                }
                return address
            }
        }
    }

    func validate() throws {
        guard timeout > 0 else { throw ValidationError("--timeout must be more than 0") }
        guard try !addresses.isEmpty else { throw ValidationError("--members names nobody") }
    }

    var clientOptions: RoostClient.Options {
        get throws {
            var options = RoostClient.Options()
            options.timeout = .milliseconds(Int(timeout * 1000))
            try credentials.fill(&options)
            return options
        }
    }

    /// Runs `body` with a client and tells its failure in one line, with the service's reason.
    func withClient(_ body: (RoostClient) async throws -> Void) async throws {
        let client = RoostClient(members: try addresses, options: try clientOptions)
        do {
            try await body(client)
            await client.shutdown()
        } catch let failure as RPCFailure {
            await client.shutdown()
            let reason = failure.reason.map { " [\($0)]" } ?? ""
            Terminal.error("roost: \(failure.status)\(reason)")
            throw ExitCode(1)
        } catch let lost as SessionLost {
            await client.shutdown()
            Terminal.error("roost: the session is lost: \(lost)")
            throw ExitCode(1)
        }
    }
}

extension Stat {
    /// One `name: value` a line.
    var lines: String {
        func time(_ milliseconds: Int64) -> String {
            Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
        }
        return """
            created revision:  \(createdRevision)
            modified revision: \(modifiedRevision)
            children revision: \(childrenRevision)
            version:           \(version)
            children version:  \(childrenVersion)
            created:           \(time(createdUnixMs))
            modified:          \(time(modifiedUnixMs))
            data length:       \(dataLength)
            children:          \(childCount)
            kind:              \(kindText)
            """
    }

    private var kindText: String {
        switch kind {
        case .persistent: "persistent"
        case .ephemeral: "ephemeral, of session \(sessionID)"
        case .container: "container"
        case .ttl: "TTL of \(ttlMs) ms"
        case .unrecognized(let number): "unknown (\(number))"
        }
    }
}
