import Foundation
import NIOSSL
import Testing

@testable import Credentials
@testable import RPC

@Suite struct CertificateAuthorityTests {
    private func certificate(_ issued: CertificateAuthority.Issued) throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: Array(issued.certificate.utf8), format: .pem)
    }

    private func principal(_ issued: CertificateAuthority.Issued) throws -> Principal? {
        PeerCertificate(try certificate(issued)).flatMap { Principal($0) }
    }

    @Test func `a member's certificate names it, its hosts and when it is in force`() throws {
        let now = Date()
        let authority = try CertificateAuthority.make(now: now).authority
        let issued = try authority.issue(member: 3, hosts: ["roost-3.example", "10.0.0.3", "::1"], days: 30, now: now)
        let certificate = try certificate(issued)
        #expect(try principal(issued) == Principal("spiffe://roost/member/3"))
        let names = certificate._subjectAlternativeNames().map { Array($0.contents) }
        #expect(names.contains(Array("roost-3.example".utf8)))
        #expect(names.contains([10, 0, 0, 3]))
        #expect(names.contains([UInt8](repeating: 0, count: 15) + [1]))
        #expect(abs(certificate.notValidAfter - Int(now.timeIntervalSince1970) - 30 * 86_400) <= 1)
        #expect(certificate.notValidBefore < Int(now.timeIntervalSince1970))
    }

    @Test(arguments: [
        ("backup", "CN=backup"), ("Grüße, Welt", "CN=Grüße\\, Welt"), ("a+b=\"c\"", "CN=a\\+b=\\\"c\\\""),
        ("#hash", "CN=\\#hash"),
    ])
    func `a client's principal is its subject as RFC 4514 writes it`(name: String, principal: String) throws {
        let authority = try CertificateAuthority.make(now: .now).authority
        #expect(try self.principal(authority.issue(client: name, days: 1, now: .now)) == Principal(principal))
    }

    @Test func `no two certificates have the same key or number`() throws {
        let authority = try CertificateAuthority.make(now: .now).authority
        let issued = try (0..<20).map { _ in try authority.issue(client: "a", days: 1, now: .now) }
        #expect(Set(issued.map(\.key)).count == 20)
        #expect(Set(try issued.map { try certificate($0).serialNumber }).count == 20)
    }

    @Test func `an authority that was made before signs what the new one signed`() throws {
        let (made, own) = try CertificateAuthority.make(now: .now)
        let again = try CertificateAuthority(certificate: own.certificate, key: own.key)
        _ = try made.issue(client: "a", days: 1, now: .now)
        _ = try again.issue(client: "a", days: 1, now: .now)
    }

    @Test func `a key of another certificate, and what is no certificate at all, is refused`() throws {
        let one = try CertificateAuthority.make(now: .now).issued
        let other = try CertificateAuthority.make(now: .now).issued
        let pairs = [(one.certificate, other.key), ("nonsense", one.key), (one.certificate, ""), ("", "")]
        for (certificate, key) in pairs {
            #expect(throws: CertificateAuthority.Problem.self) {
                try CertificateAuthority(certificate: certificate, key: key)
            }
        }
    }

    @Test(arguments: [String(repeating: "x", count: 65), ""])
    func `a name that a certificate cannot have is refused`(name: String) throws {
        let authority = try CertificateAuthority.make(now: .now).authority
        #expect(throws: CertificateAuthority.Problem.self) { try authority.issue(client: name, days: 1, now: .now) }
    }
}
