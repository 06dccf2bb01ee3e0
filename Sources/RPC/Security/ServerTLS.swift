import NIOSSL

/// TLS at a listener: versions 1.2 and 1.3, HTTP/2 by ALPN and nothing else.
///
/// The certificate, its key and the authorities are read from files; ``reloadIfChanged()`` reads them again.
public final class ServerTLS: Sendable {
    /// What is wanted of the other end's certificate.
    public enum ClientCertificates: Sendable, Hashable {
        case notAskedFor
        /// One that is shown must have been signed, through others or not, by an authority in the file.
        case optional(authoritiesFile: String)
        /// Whoever shows none that was so signed is not let in.
        case required(authoritiesFile: String)

        fileprivate var authoritiesFile: String? {
            switch self {
            case .notAskedFor: nil
            case .optional(let file), .required(let file): file
            }
        }
    }

    private let source: TLSContextSource

    /// Reads the files.
    public init(_ identity: TLSIdentity, clientCertificates: ClientCertificates = .notAskedFor) throws(TLSProblem) {
        let files = [identity.certificateFile, identity.keyFile, clientCertificates.authoritiesFile].compactMap(\.self)
        source = try TLSContextSource(files) { () throws(TLSProblem) in
            try .made { () throws(TLSProblem) in try ServerTLS.configuration(identity, clientCertificates) }
        }
    }

    private static func configuration(
        _ identity: TLSIdentity, _ clientCertificates: ClientCertificates
    ) throws(TLSProblem) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try identity.certificateChain(), privateKey: try identity.key())
        configuration.speakHTTP2()
        if let file = clientCertificates.authoritiesFile {
            try configuration.trust(file)
            configuration.sendCANameList = true
        }
        switch clientCertificates {
        case .notAskedFor: configuration.certificateVerification = .none
        case .optional: configuration.certificateVerification = .optionalVerification
        case .required: configuration.certificateVerification = .noHostnameVerification
        }
        return configuration
    }

    /// Reads the files again if they have changed; connections from then on are served with what they hold. Blocks: not
    /// for event loops.
    public func reloadIfChanged() -> Reload { source.reloadIfChanged() }

    func makeHandler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: source.value) }
}
