import Crypto
public import Foundation
import SwiftASN1
import X509

/// A certificate authority in two files, for trying TLS out and for small fleets that have none. It is not meant to
/// replace one that has: whoever reads its key can sign for everybody.
public struct CertificateAuthority {
    private let certificate: Certificate
    private let key: Certificate.PrivateKey

    /// A certificate with its key, both PEM.
    public struct Issued: Sendable {
        public let certificate: String
        public let key: String
    }

    /// A new one, in force for ten years.
    public static func make(now: Date) throws -> (authority: CertificateAuthority, issued: Issued) {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("Roost development CA") }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: now.addingTimeInterval(-clockSkew), notValidAfter: now.addingTimeInterval(3_650 * day),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: .init(key.publicKey))
            }, issuerPrivateKey: .init(key))
        let issued = Issued(certificate: try certificate.serializeAsPEM().pemString, key: key.pemRepresentation)
        return (CertificateAuthority(certificate: certificate, key: .init(key)), issued)
    }

    /// One that was made before.
    public init(certificate: String, key: String) throws {
        self.certificate = try Certificate(pemEncoded: certificate)
        self.key = try Certificate.PrivateKey(pemEncoded: key)
    }

    private init(certificate: Certificate, key: Certificate.PrivateKey) {
        self.certificate = certificate
        self.key = key
    }

    /// For a member, to serve clients and members at `hosts` (names and addresses), and to call other members.
    public func issue(member id: UInt64, hosts: [String], days: Int, now: Date) throws -> Issued {
        try issue(
            "roost member \(id)",
            names: hosts.map { CertificateAuthority.name(of: $0) }
                + [.uniformResourceIdentifier(SPIFFE.uri(ofMember: id))],
            isServer: true, days: days, now: now)
    }

    /// For a client, whose principal will be `CN=name`.
    public func issue(client name: String, days: Int, now: Date) throws -> Issued {
        try issue(name, names: [], isServer: false, days: days, now: now)
    }

    private func issue(
        _ commonName: String, names: [GeneralName], isServer: Bool, days: Int, now: Date
    ) throws -> Issued {
        let key = P256.Signing.PrivateKey()
        let purposes: [ExtendedKeyUsage.Usage] = isServer ? [.serverAuth, .clientAuth] : [.clientAuth]
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: now.addingTimeInterval(-Self.clockSkew),
            notValidAfter: now.addingTimeInterval(Double(days) * Self.day), issuer: self.certificate.subject,
            subject: try DistinguishedName { CommonName(commonName) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage(purposes)
                SubjectKeyIdentifier(hash: .init(key.publicKey))
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: self.certificate.publicKey).keyIdentifier)
                if !names.isEmpty { SubjectAlternativeNames(names) }
            }, issuerPrivateKey: self.key)
        return Issued(certificate: try certificate.serializeAsPEM().pemString, key: key.pemRepresentation)
    }

    private static func name(of host: String) -> GeneralName {
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 {
            return .ipAddress(ASN1OctetString(contentBytes: ArraySlice(withUnsafeBytes(of: &four) { Array($0) })))
        }
        var six = in6_addr()
        if inet_pton(AF_INET6, host, &six) == 1 {
            return .ipAddress(ASN1OctetString(contentBytes: ArraySlice(withUnsafeBytes(of: &six) { Array($0) })))
        }
        return .dnsName(host)
    }

    private static let day: TimeInterval = 86_400
    /// Other machines' clocks may be a little behind.
    private static let clockSkew: TimeInterval = 300
}
