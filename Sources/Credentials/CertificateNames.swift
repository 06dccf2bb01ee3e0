import COpenSSL
import Foundation
public import RPC

extension Principal {
    /// Whom a certificate names: its SPIFFE URI if it has one, else its subject (RFC 4514). Nil if it names nobody, or
    /// several.
    public init?(_ certificate: PeerCertificate) {
        let identities = certificate.uris.filter { $0.hasPrefix(SPIFFE.scheme) }
        // The SPIFFE standard wants exactly one.
        guard identities.count <= 1 else { return nil }
        if let identity = identities.first {
            self.init(identity)
            return
        }
        let subject = certificate.encoded.withUnsafeBytes { bytes in
            rossl_subject(bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
        guard let subject else { return nil }
        defer { free(subject) }
        self.init(String(cString: subject))
    }
}

/// The URIs by which certificates name members: `spiffe://roost/member/3`.
public enum SPIFFE {
    static let scheme = "spiffe://"

    /// The name of a member in the certificates that `roost certs` makes.
    public static func uri(ofMember id: UInt64) -> String { "\(scheme)roost/member/\(id)" }

    /// Which member a certificate names: the number behind the last `/member/` of its SPIFFE URI, in any trust domain.
    /// Whom the authorities of the peers' listener sign for is theirs to decide.
    public static func member(of certificate: PeerCertificate) -> UInt64? {
        let identities = certificate.uris.filter { $0.hasPrefix(scheme) }
        guard identities.count == 1, let path = identities.first?.dropFirst(scheme.count) else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[parts.count - 2] == "member", let number = parts.last,
            number.allSatisfy({ $0.isASCII && $0.isNumber }), number.first != "0"
        else { return nil }
        return UInt64(number)
    }
}
