public import ByteString
import NIOSSL

/// The certificate that the other end of a connection has shown and that was verified: its chain leads to an authority
/// that is trusted here, and it is in force.
public struct PeerCertificate: Sendable, Hashable {
    /// The certificate (X.509, DER).
    public let encoded: Bytes
    /// Its alternative names that are URIs (RFC 5280 section 4.2.1.6), in order.
    public let uris: [String]
    /// Its alternative names that are names of hosts, in order.
    public let hostNames: [String]

    /// Nil where the certificate cannot be encoded again, which would be a fault of the library.
    init?(_ certificate: NIOSSLCertificate) {
        guard let encoded = try? certificate.toDERBytes() else { return nil }
        self.encoded = Bytes(encoded)
        var uris: [String] = []
        var hostNames: [String] = []
        for name in certificate._subjectAlternativeNames() {
            guard let text = PeerCertificate.text(of: name) else { continue }
            switch name.nameType {
            case .uri: uris.append(text)
            case .dnsName: hostNames.append(text)
            default: break
            }
        }
        self.uris = uris
        self.hostNames = hostNames
    }

    /// Nil for what is not printable ASCII. A name that could be read in two ways, for one with a NUL inside, names
    /// nobody.
    private static func text(of name: _SubjectAlternativeName) -> String? {
        name.contents.withUnsafeBufferPointer { bytes in
            guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
