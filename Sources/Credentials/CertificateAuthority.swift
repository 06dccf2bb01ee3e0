import COpenSSL
public import Foundation

/// A certificate authority in two files, for trying TLS out and for small fleets that have none. It is not meant to
/// replace one that has: whoever reads its key can sign for everybody.
public struct CertificateAuthority {
    private let own: Issued

    /// A certificate with its key, both PEM.
    public struct Issued: Sendable {
        public let certificate: String
        public let key: String
    }

    /// Why there is no certificate, in a sentence for the operator.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        public let description: String
    }

    /// A new one, in force for ten years.
    public static func make(now: Date) throws(Problem) -> (authority: CertificateAuthority, issued: Issued) {
        let issued = try issue(
            "Roost development CA", names: [], kind: .authority, validity: validity(from: now, days: 3_650), by: nil)
        return (CertificateAuthority(own: issued), issued)
    }

    /// One that was made before.
    ///
    /// - Throws: ``Problem`` where the key is not the certificate's, or one of the two is none.
    public init(certificate: String, key: String) throws(Problem) {
        own = Issued(certificate: certificate, key: key)
        // Whether the two are good shows when they sign.
        _ = try issue(client: "probe", days: 1, now: .now)
    }

    private init(own: Issued) {
        self.own = own
    }

    /// For a member, to serve clients and members at `hosts` (names and addresses), and to call other members.
    public func issue(member id: UInt64, hosts: [String], days: Int, now: Date) throws(Problem) -> Issued {
        try Self.issue(
            "roost member \(id)",
            names: hosts.map { (Self.isAddress($0) ? ROSSL_ADDRESS : ROSSL_DNS, $0) }
                + [(ROSSL_URI, SPIFFE.uri(ofMember: id))],
            kind: .member, validity: Self.validity(from: now, days: days), by: own)
    }

    /// For a client, whose principal will be `CN=name`.
    public func issue(client name: String, days: Int, now: Date) throws(Problem) -> Issued {
        try Self.issue(name, names: [], kind: .client, validity: Self.validity(from: now, days: days), by: own)
    }

    private enum Kind {
        case authority, member, client
    }

    private static func validity(from now: Date, days: Int) -> ClosedRange<Int64> {
        let seconds = Int64(now.timeIntervalSince1970)
        return seconds - clockSkew...seconds + Int64(days) * 86_400
    }

    private static func issue(
        _ commonName: String, names: [(rossl_name_kind, String)], kind: Kind, validity: ClosedRange<Int64>,
        by authority: Issued?
    ) throws(Problem) -> Issued {
        let texts = ([commonName] + names.map(\.1)).map { strdup($0) }
        defer { for text in texts { free(text) } }
        guard let name = texts[0], !texts.contains(nil) else { preconditionFailure("out of memory") }
        let natives = zip(names, texts.dropFirst()).map { rossl_name(kind: $0.0, text: $1!) }
        var issued = rossl_issued()
        let isMade = natives.withUnsafeBufferPointer { natives in
            var content = rossl_content(
                common_name: name, not_before: validity.lowerBound, not_after: validity.upperBound,
                is_authority: kind == .authority, serves: kind == .member, calls: true, names: natives.baseAddress,
                name_count: natives.count)
            return rossl_issue(&content, authority?.certificate, authority?.key, &issued)
        }
        guard isMade, let certificate = issued.certificate, let key = issued.key else {
            throw Problem(description: "no certificate for '\(commonName)': \(lastError)")
        }
        defer {
            free(certificate)
            free(key)
        }
        return Issued(certificate: String(cString: certificate), key: String(cString: key))
    }

    private static var lastError: String {
        var text = [CChar](repeating: 0, count: 256)
        rossl_error(&text, text.count)
        let reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return reason.isEmpty ? "the authority's certificate and key do not belong together" : reason
    }

    private static func isAddress(_ host: String) -> Bool {
        var four = in_addr()
        var six = in6_addr()
        return inet_pton(AF_INET, host, &four) == 1 || inet_pton(AF_INET6, host, &six) == 1
    }

    /// Other machines' clocks may be a little behind.
    private static let clockSkew: Int64 = 300
}
