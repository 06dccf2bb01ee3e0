import ArgumentParser
import Credentials
import Foundation
import Server

/// Certificates for trying TLS out.
struct CertificatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certs",
        abstract: "Make a development CA, and certificates for members and clients.",
        discussion: """
            Writes ca.pem, and for each member and client a certificate with its key, for `roost serve --certs` and \
            for clients. A CA that is there already signs again, so that members and clients can be added and \
            certificates renewed; running members take them up by themselves. Whoever reads ca-key.pem can sign for \
            everybody: keep it away from the members, or use an authority of your own.
            """)

    @Option(help: "The folder to write to.") var out = "roost-certs"
    @Option(
        name: .customLong("member"),
        help: ArgumentHelp(
            "A member, and the names and addresses by which it is called. Default: members 1 to 3 on this machine.",
            valueName: "id=host,..."))
    var members: [MemberHosts] = []
    @Option(
        name: .customLong("client"),
        help: ArgumentHelp("A client; its principal is CN=NAME. Default: `client`.", valueName: "name"))
    var clients: [String] = []
    @Option(help: "How long the certificates are in force.") var days = 365

    func validate() throws {
        guard (1...3_650).contains(days) else { throw ValidationError("--days is 1 to 3650") }
        for client in clients {
            let isName = client.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
            guard !client.isEmpty, isName, !client.hasPrefix("member-"), client != "ca" else {
                throw ValidationError("'\(client)' is no name for a client's file")
            }
        }
    }

    func run() throws {
        let isDefault = members.isEmpty && clients.isEmpty
        let members = isDefault ? (1...3).map { MemberHosts(id: $0, hosts: MemberHosts.local) } : members
        let clients = isDefault ? ["client"] : clients
        do {
            let folder = CertificateFolder(out)
            let now = Date()
            let (authority, isNew) = try folder.openAuthority(now: now)
            if isNew { Terminal.print("made a CA: \(folder.authority.certificateFile)") }
            for member in members {
                let issued = try authority.issue(member: member.id, hosts: member.hosts, days: days, now: now)
                try folder.write(issued, as: CertificateFolder.name(ofMember: member.id))
                Terminal.print("member \(member.id): \(member.hosts.joined(separator: ", "))")
            }
            for client in clients {
                try folder.write(try authority.issue(client: client, days: days, now: now), as: client)
                Terminal.print("client \(client)")
            }
        } catch {
            Terminal.error("roost certs: \(error)")
            throw ExitCode(1)
        }
    }
}

/// `id=host,...`.
struct MemberHosts: ExpressibleByArgument {
    let id: UInt64
    let hosts: [String]

    static let local = ["localhost", "127.0.0.1", "::1"]

    init(id: UInt64, hosts: [String]) {
        self.id = id
        self.hosts = hosts
    }

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let id = UInt64(parts[0]), id > 0 else { return nil }
        self.init(id: id, hosts: parts[1].split(separator: ",").map(String.init))
        guard !hosts.isEmpty else { return nil }
    }
}

/// A bearer token.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make a bearer token for a client.",
        discussion: """
            Prints the token, which is kept nowhere, and adds its hash to the file that members are given with \
            --tokens; running ones read it again by themselves. A token is withdrawn by deleting its line.
            """)

    @Argument(help: "Whose it is: the principal will be token:NAME.") var name: String
    @Option(help: "The file of hashes.") var file = "roost-tokens"

    func run() throws {
        do {
            let (token, line) = try TokenFile.makeToken(named: name)
            var text = ""
            if FileManager.default.fileExists(atPath: file) {
                text = try String(contentsOfFile: file, encoding: .utf8)
                if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
            }
            try Data((text + line + "\n").utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
            Terminal.print(token)
        } catch {
            Terminal.error("roost token: \(error)")
            throw ExitCode(1)
        }
    }
}
