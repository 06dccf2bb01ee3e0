import Consensus
import Credentials
import Logging
import RPC

/// What a member shows of itself and whom it believes, as its files say.
final class MemberSecurity: Sendable {
    private let options: SecurityOptions
    let clientListener: ServerTLS?
    let peerListener: ServerTLS?
    private let peerCalls: ClientTLS?
    /// TLS of a channel to a listener for clients, to ask for admission.
    let clientChannel: ClientTLS?
    private let tokens: TokenFile?
    private let logger: Logger

    /// How often the files are looked at; each costs a call of the system.
    private static let interval = Duration.seconds(1)

    /// Reads all files.
    init(_ options: SecurityOptions, logger: Logger) throws(StartError) {
        self.options = options
        self.logger = logger
        do {
            clientListener = try options.clientIdentity.map { identity throws(TLSProblem) in
                try ServerTLS(identity, clientCertificates: options.clientCertificates)
            }
            peerListener = try options.peers.map { peers throws(TLSProblem) in
                try ServerTLS(
                    peers.identity, clientCertificates: .required(authoritiesFile: peers.authoritiesFile))
            }
            peerCalls = try options.peers.map { peers throws(TLSProblem) in
                try ClientTLS(
                    authoritiesFile: peers.authoritiesFile, identity: peers.identity,
                    verification: .certificate { MemberSecurity.objection(to: $0, expected: nil) })
            }
            clientChannel = try options.clientIdentity.map { _ throws(TLSProblem) in
                try ClientTLS(
                    authoritiesFile: options.clientAuthoritiesFile ?? options.peers?.authoritiesFile,
                    identity: options.peers?.identity ?? options.clientIdentity)
            }
        } catch { throw StartError("TLS: \(error)") }
        do {
            tokens = try options.tokensFile.map { path throws(TokenFile.Problem) in try TokenFile(path) }
        } catch { throw StartError("tokens: \(error)") }
    }

    // MARK: Listeners

    /// How clients are known.
    var clients: Authentication {
        var authentication = Authentication()
        if options.clientAuthoritiesFile != nil {
            authentication.connection = { certificate in
                certificate.map { Principal($0) } ?? .anonymous
            }
        }
        authentication.tokens = tokens
        authentication.allowsAnonymous = options.allowsAnonymous || !options.knowsCallers
        return authentication
    }

    /// How members are known: by certificates that name them, or not at all.
    var peers: Authentication {
        var authentication = Authentication()
        guard peerListener != nil else { return authentication }
        authentication.connection = { certificate in
            certificate.flatMap { SPIFFE.member(of: $0) }.map { Principal(member: MemberID($0)) }
        }
        authentication.allowsAnonymous = false
        return authentication
    }

    // MARK: Calls to other members

    /// TLS of a channel to the listener for members of `member`; nil: of any.
    func peerChannel(to member: MemberID?) -> ClientTLS? {
        peerCalls?.checking { MemberSecurity.objection(to: $0, expected: member) }
    }

    private static func objection(to certificate: PeerCertificate, expected: MemberID?) -> String? {
        guard let found = SPIFFE.member(of: certificate) else { return "its certificate names no member" }
        guard let expected, expected != MemberID(found) else { return nil }
        return "its certificate names member \(found) and not \(expected)"
    }

    // MARK: Changes

    /// Looks at the files again and again, until the task is cancelled.
    func follow() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.interval)
            reload()
        }
    }

    private func reload() {
        let sources: [(String, Reload?)] = [
            ("the certificate for clients", clientListener?.reloadIfChanged()),
            ("the certificate for members", peerListener?.reloadIfChanged()),
            ("the certificate for calls to members", peerCalls?.reloadIfChanged()),
            ("the certificate for asking for admission", clientChannel?.reloadIfChanged()),
            ("the tokens", tokens?.reloadIfChanged()),
        ]
        for (what, reload) in sources {
            switch reload {
            case .reloaded: logger.notice("\(what): read again")
            case .failed(let why): logger.error("\(what): changed, but of no use; what was read before holds: \(why)")
            case .unchanged, nil: break
            }
        }
    }
}

extension SecurityOptions {
    fileprivate var clientCertificates: ServerTLS.ClientCertificates {
        guard let clientAuthoritiesFile else { return .notAskedFor }
        return allowsAnonymous || tokensFile != nil
            ? .optional(authoritiesFile: clientAuthoritiesFile) : .required(authoritiesFile: clientAuthoritiesFile)
    }
}

extension Principal {
    /// Another member, by its certificate.
    init(member: MemberID) { self.init("member:\(member)") }
}
