import ArgumentParser
import Client
import Foundation
import Messages

struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register an instance of a service, until interrupted.")

    @Argument(help: "The service's path.") var path: String
    @Argument(help: "The instance's name.") var name: String
    @Argument(help: ArgumentHelp("Where it is.", valueName: "host:port")) var address: Address
    @Option(help: "How many requests it takes compared with others.") var weight: UInt32 = 1
    @Option(help: "Where it stands, such as region/zone.") var locality = ""
    @Option(name: .customLong("metadata"), help: ArgumentHelp("Something else.", valueName: "key=value"))
    var metadata: [String] = []
    @OptionGroup var lease: LeaseOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        var instance = Instance(
            name: name, address: address.host, port: UInt32(address.port), weight: weight, locality: locality)
        for pair in metadata {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            instance.metadata[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
        let registered = instance
        let terminations = Signals.terminations()
        try await connection.withClient { client in
            try await client.withSession(timeout: lease.timeout, name: "roost register \(path)") { session in
                let response = try await client.register(registered, of: path, in: session)
                Terminal.print("registered at revision \(response.revision), session \(session.id)")
                for await _ in terminations { return }
            }
        }
    }
}

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "List the instances of a service.",
        discussion: "A line each: address, name, weight, locality, health and metadata.")

    @Argument(help: "The service's path.") var path: String
    @Flag(help: "Only those that take requests.") var serving = false
    @Option(help: "Only those of this locality, or below it.") var locality = ""
    @Flag(help: "Go on with every change, until interrupted.") var follow = false
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            if follow {
                try await client.watchService(path) { response in
                    for change in response?.changes ?? [] { tell(change.instance, gone: change.gone) }
                }
            }
            var request = ResolveRequest(path: path, servingOnly: serving, locality: locality)
            while true {
                let response = try await client.resolve(request)
                for instance in response.instances { tell(instance, gone: false) }
                guard response.more, let last = response.instances.last?.name else { return }
                request.startAfter = last
            }
        }
    }

    private func tell(_ instance: Instance?, gone: Bool) {
        guard let instance else { return }
        if gone { return Terminal.print("gone\t\(instance.name)") }
        let metadata = instance.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let columns = [
            "\(instance.address):\(instance.port)", instance.name, "weight \(max(1, instance.weight))",
            instance.locality, instance.health == .serving ? "serving" : "not serving",
            metadata.joined(separator: " "),
        ]
        Terminal.print(columns.joined(separator: "\t"))
    }
}
