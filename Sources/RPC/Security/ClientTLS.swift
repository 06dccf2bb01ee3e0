import NIOCore
import NIOSSL

/// TLS of a channel: whom it trusts, and what it shows of itself.
public final class ClientTLS: Sendable {
    /// How the server's certificate is checked, beside that its chain must lead to a trusted authority.
    public enum Verification: Sendable {
        /// It names the host that was called (RFC 9525), or the given one.
        case hostName(String? = nil)
        /// The closure finds nothing wrong with it. Called on the channel's event loop; its answer is the reason for
        /// refusing the server.
        case certificate(@Sendable (PeerCertificate) -> String?)
    }

    private let source: TLSContextSource
    private let verification: Verification

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - authoritiesFile: The authorities that are trusted (PEM); nil for those that the system trusts.
    ///   - identity: The certificate that is shown to servers that ask for one.
    public init(
        authoritiesFile: String?, identity: TLSIdentity? = nil, verification: Verification = .hostName()
    ) throws(TLSProblem) {
        self.verification = verification
        let checksName = if case .hostName = verification { true } else { false }
        let files = [authoritiesFile, identity?.certificateFile, identity?.keyFile].compactMap(\.self)
        source = try TLSContextSource(files) { () throws(TLSProblem) in
            try .made { () throws(TLSProblem) in
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.speakHTTP2()
                if let authoritiesFile { try configuration.trust(authoritiesFile) }
                if let identity {
                    configuration.certificateChain = try identity.certificateChain()
                    configuration.privateKey = try identity.key()
                }
                configuration.certificateVerification = checksName ? .fullVerification : .noHostnameVerification
                return configuration
            }
        }
    }

    private init(source: TLSContextSource, verification: Verification) {
        self.source = source
        self.verification = verification
    }

    /// The same files with another check of the server's certificate.
    ///
    /// - Precondition: this one checks certificates and not host names.
    public func checking(_ check: @escaping @Sendable (PeerCertificate) -> String?) -> ClientTLS {
        guard case .certificate = verification else { preconditionFailure("host names are checked by the library") }
        return ClientTLS(source: source, verification: .certificate(check))
    }

    /// Reads the files again if they have changed, for connections from then on. Blocks: not for event loops.
    public func reloadIfChanged() -> Reload { source.reloadIfChanged() }

    /// - Parameter host: The name or address that was called.
    func makeHandler(host: String) throws -> NIOSSLClientHandler {
        var name = host
        if case .hostName(let given?) = verification { name = given }
        // An address cannot be sent as the name of a server (RFC 6066 section 3); it is checked all the same.
        let isAddress = (try? SocketAddress(ipAddress: name, port: 0)) != nil
        return try NIOSSLClientHandler(context: source.value, serverHostname: isAddress ? nil : name)
    }

    /// Why the server that has shown `certificate` is not to be talked to, or nil.
    func objection(to certificate: PeerCertificate?) -> String? {
        guard case .certificate(let check) = verification else { return nil }
        guard let certificate else { return "the server has shown no certificate" }
        return check(certificate)
    }
}
