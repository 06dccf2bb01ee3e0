import Credentials
import Foundation
import RPC
import Server

/// A folder with a certificate authority and what it has signed: `ca.pem`, `member-1.pem`, `NAME.pem`, and the key of
/// each beside it (`ca-key.pem`).
struct CertificateFolder {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    static func name(ofMember id: UInt64) -> String { "member-\(id)" }

    func identity(of name: String) -> TLSIdentity {
        TLSIdentity(certificateFile: "\(path)/\(name).pem", keyFile: "\(path)/\(name)-key.pem")
    }

    var authority: TLSIdentity { identity(of: "ca") }

    /// The authority of the folder, made if there is none.
    func openAuthority(now: Date) throws -> (authority: CertificateAuthority, isNew: Bool) {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if FileManager.default.fileExists(atPath: authority.certificateFile) {
            let certificate = try String(contentsOfFile: authority.certificateFile, encoding: .utf8)
            let key = try String(contentsOfFile: authority.keyFile, encoding: .utf8)
            return (try CertificateAuthority(certificate: certificate, key: key), false)
        }
        let (made, issued) = try CertificateAuthority.make(now: now)
        try write(issued, as: "ca")
        return (made, true)
    }

    /// Writes a certificate and its key, each at once and the key for its owner's eyes only. Files of PEM are often put
    /// together, so each ends with the end of a line.
    func write(_ issued: CertificateAuthority.Issued, as name: String) throws {
        let identity = identity(of: name)
        try write(issued.key, to: identity.keyFile, mode: 0o600)
        try write(issued.certificate, to: identity.certificateFile, mode: 0o644)
    }

    private func write(_ text: String, to path: String, mode: Int) throws {
        let part = path + ".part"
        try? FileManager.default.removeItem(atPath: part)
        guard
            FileManager.default.createFile(
                atPath: part, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: mode]),
            rename(part, path) == 0
        else { throw StartError("\(path) cannot be written") }
    }
}
