import NIOSSL

/// What went wrong with TLS, in words: the library's own are for those who know it.
enum TLSFailure {
    /// Nil for an error that is not TLS's.
    static func sentence(_ error: any Error) -> String? {
        guard error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError else { return nil }
        let text = "\(error)"
        let sentences = [
            (
                "CERTIFICATE_VERIFY_FAILED",
                "the other end's certificate is not in force, or not signed by a trusted authority"
            ),
            ("failedToValidateHostname", "the other end's certificate does not name the host that was called"),
            ("unableToValidateCertificate", "the other end's certificate does not name the host that was called"),
            ("WRONG_VERSION_NUMBER", "the other end does not speak TLS"),
            ("HTTP_REQUEST", "the other end does not speak TLS"),
            ("PEER_DID_NOT_RETURN_A_CERTIFICATE", "the other end has shown no certificate"),
            ("ALERT_CERTIFICATE_REQUIRED", "the other end wants a certificate"),
            ("ALERT_UNKNOWN_CA", "the other end does not trust the authority of this side's certificate"),
            ("BAD_CERTIFICATE", "the other end does not accept this side's certificate"),
            ("CERTIFICATE_EXPIRED", "the other end says that this side's certificate has expired"),
            ("CERTIFICATE_UNKNOWN", "the other end does not accept this side's certificate"),
            ("ALERT_HANDSHAKE_FAILURE", "the two ends have no cipher in common, or the other one wants a certificate"),
            ("PROTOCOL_VERSION", "the two ends have no version of TLS in common"),
            ("NO_SHARED_CIPHER", "the two ends have no cipher in common"),
            ("uncleanShutdown", "the connection was cut"),
        ]
        return sentences.first { text.contains($0.0) }?.1 ?? "TLS: \(text)"
    }

    static let noHTTP2 = "the other end did not choose HTTP/2 (ALPN h2)"
}
