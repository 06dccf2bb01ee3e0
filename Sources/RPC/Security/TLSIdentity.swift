import NIOSSL

/// A certificate with its key, in PEM files.
public struct TLSIdentity: Sendable, Hashable {
    /// The certificate, followed by the authorities between it and the root.
    public var certificateFile: String
    public var keyFile: String

    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}

extension TLSIdentity {
    func certificateChain() throws(TLSProblem) -> [NIOSSLCertificateSource] {
        try TLSIdentity.certificates(in: certificateFile).map { .certificate($0) }
    }

    func key() throws(TLSProblem) -> NIOSSLPrivateKeySource {
        guard let key = try? NIOSSLPrivateKey(file: keyFile, format: .pem) else {
            throw TLSProblem(description: "\(keyFile) is not there, or holds no private key in PEM")
        }
        return .privateKey(key)
    }

    fileprivate static func certificates(in file: String) throws(TLSProblem) -> [NIOSSLCertificate] {
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(file), !certificates.isEmpty else {
            throw TLSProblem(description: "\(file) is not there, or holds no certificate in PEM")
        }
        return certificates
    }
}

/// Why files do not make a TLS configuration, in a sentence for the operator.
public struct TLSProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
}

/// A TLS context that follows its files. Connections that are there keep what they began with.
typealias TLSContextSource = ReloadedFiles<NIOSSLContext, TLSProblem>

extension NIOSSLContext {
    static func made(_ configure: () throws(TLSProblem) -> TLSConfiguration) throws(TLSProblem) -> NIOSSLContext {
        let configuration = try configure()
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSProblem(description: "the certificate and its key do not belong together (\(error))")
        }
    }
}

extension TLSConfiguration {
    /// The suites of TLS 1.2 that HTTP/2 allows (RFC 9113 appendix A), all with forward secrecy. TLS 1.3 has its own.
    private static let suites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    /// The name of HTTP/2 in ALPN (RFC 7301, RFC 9113 section 3.2).
    static let http2 = "h2"

    /// What both ends have in common.
    mutating func speakHTTP2() {
        minimumTLSVersion = .tlsv12
        cipherSuiteValues = TLSConfiguration.suites
        applicationProtocols = [TLSConfiguration.http2]
        // How long to wait for the other end's farewell.
        shutdownTimeout = .seconds(1)
    }

    /// Reads the authorities that are trusted.
    mutating func trust(_ authoritiesFile: String) throws(TLSProblem) {
        trustRoots = .certificates(try TLSIdentity.certificates(in: authoritiesFile))
    }
}
