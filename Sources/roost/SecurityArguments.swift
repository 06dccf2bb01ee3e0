import ArgumentParser
import Client
import Foundation
import RPC
import Server

/// How a member's listeners are secured.
struct SecurityArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of `roost certs`: TLS for clients and among members with what is in it.", valueName: "dir"))
    var certs: String?

    @Option(help: ArgumentHelp("This member's certificate for clients, with those above it (PEM).", valueName: "file"))
    var cert: String?
    @Option(help: ArgumentHelp("Its key (PEM).", valueName: "file"))
    var key: String?
    @Option(help: ArgumentHelp("Authorities that sign for clients: clients say who they are.", valueName: "file"))
    var clientCa: String?

    @Option(
        help: ArgumentHelp(
            "This member's certificate for members; it names the member by a URI that ends in /member/ID.",
            valueName: "file"))
    var peerCert: String?
    @Option(help: ArgumentHelp("Its key (PEM).", valueName: "file"))
    var peerKey: String?
    @Option(help: ArgumentHelp("Authorities that sign for members.", valueName: "file"))
    var peerCa: String?

    @Option(help: ArgumentHelp("The bearer tokens of clients; see `roost token`.", valueName: "file"))
    var tokens: String?
    @Flag(help: "Serve callers that show neither a certificate nor a token, where they could.")
    var allowAnonymous = false
    @Flag(help: "Serve clients and members without TLS on addresses other than loopback.")
    var insecure = false

    func validate() throws {
        guard (cert == nil) == (key == nil) else { throw ValidationError("--cert and --key go together") }
        let peer = [peerCert, peerKey, peerCa].compactMap(\.self).count
        guard peer == 0 || peer == 3 else {
            throw ValidationError("--peer-cert, --peer-key and --peer-ca go together")
        }
        guard certs == nil || (cert == nil && peer == 0 && clientCa == nil) else {
            throw ValidationError("--certs stands for --cert, --key, --client-ca and those for members")
        }
    }

    func options(ofMember id: UInt64) -> SecurityOptions {
        var options = SecurityOptions()
        options.tokensFile = tokens
        options.allowsAnonymous = allowAnonymous
        options.isInsecure = insecure
        if let certs {
            let folder = CertificateFolder(certs)
            let identity = folder.identity(of: CertificateFolder.name(ofMember: id))
            options.clientIdentity = identity
            options.clientAuthoritiesFile = folder.authority.certificateFile
            options.peers = SecurityOptions.Peers(
                identity: identity, authoritiesFile: folder.authority.certificateFile)
            return options
        }
        if let cert, let key { options.clientIdentity = TLSIdentity(certificateFile: cert, keyFile: key) }
        options.clientAuthoritiesFile = clientCa
        if let peerCert, let peerKey, let peerCa {
            options.peers = SecurityOptions.Peers(
                identity: TLSIdentity(certificateFile: peerCert, keyFile: peerKey), authoritiesFile: peerCa)
        }
        return options
    }
}

/// Whom a command trusts, and what it shows of itself.
struct CredentialArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The authorities that sign for members (PEM); TLS is used. Default: $ROOST_CA.", valueName: "file"))
    var ca: String?
    @Option(help: ArgumentHelp("The certificate to show (PEM). Default: $ROOST_CERT.", valueName: "file"))
    var cert: String?
    @Option(help: ArgumentHelp("Its key (PEM). Default: $ROOST_KEY.", valueName: "file"))
    var key: String?
    @Option(help: ArgumentHelp("A file with the bearer token to show. Default: $ROOST_TOKEN_FILE.", valueName: "file"))
    var tokenFile: String?
    @Flag(help: "Use TLS, with the authorities that the system trusts.")
    var tls = false

    /// Puts them into a client's options.
    func fill(_ options: inout RoostClient.Options) throws {
        let environment = ProcessInfo.processInfo.environment
        let authorities = ca ?? environment["ROOST_CA"]
        let certificate = cert ?? environment["ROOST_CERT"]
        let key = key ?? environment["ROOST_KEY"]
        guard (certificate == nil) == (key == nil) else { throw ValidationError("--cert and --key go together") }
        if tls || authorities != nil || certificate != nil {
            var identity: TLSIdentity?
            if let certificate, let key { identity = TLSIdentity(certificateFile: certificate, keyFile: key) }
            do {
                options.tls = try ClientTLS(authoritiesFile: authorities, identity: identity)
            } catch { throw ValidationError("\(error)") }
        }
        guard let path = tokenFile ?? environment["ROOST_TOKEN_FILE"] else { return }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ValidationError("\(path) cannot be read")
        }
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw ValidationError("\(path) holds no token")
        }
        options.token = token
    }
}
