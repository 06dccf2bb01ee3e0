import ByteString
import Credentials
import Foundation
import NIOCore
import NIOPosix
import RPC
import Testing

/// An authority, with its certificates in a folder.
private struct Authority {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
    private let authority: CertificateAuthority

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let issued: CertificateAuthority.Issued
        (authority, issued) = try CertificateAuthority.make(now: Date())
        _ = try write(issued, as: "ca")
    }

    var file: String { folder.appendingPathComponent("ca.pem").path }

    func server(hosts: [String] = ["127.0.0.1", "localhost"], as name: String = "server") throws -> TLSIdentity {
        try write(try authority.issue(member: 1, hosts: hosts, days: 1, now: Date()), as: name)
    }

    func client(_ name: String) throws -> TLSIdentity {
        try write(try authority.issue(client: name, days: 1, now: Date()), as: name)
    }

    private func write(_ issued: CertificateAuthority.Issued, as name: String) throws -> TLSIdentity {
        let certificate = folder.appendingPathComponent("\(name).pem")
        let key = folder.appendingPathComponent("\(name)-key.pem")
        try Data(issued.certificate.utf8).write(to: certificate, options: .atomic)
        try Data(issued.key.utf8).write(to: key, options: .atomic)
        return TLSIdentity(certificateFile: certificate.path, keyFile: key.path)
    }
}

/// A registry whose methods answer with who is calling.
private func whoAmI() -> ServiceRegistry {
    var registry = ServiceRegistry()
    registry.rawUnary("/test.Who/Unary") { _, call in call.reply(Bytes(Array(call.principal.description.utf8))) }
    registry.rawStream("/test.Who/Stream", kind: .bidirectionalStreaming) { stream in
        stream.onMessage { _ in stream.send(Bytes(Array(stream.principal.description.utf8))) }
        stream.onHalfClose { stream.finish() }
    }
    registry.rawUnary("/test.Health/Check") { _, call in call.reply(Bytes()) }
    registry.makePublic("test.Health")
    return registry
}

extension Result where Success == UnaryResponse, Failure == RPCFailure {
    fileprivate var text: String {
        switch self {
        case .success(let response): String(decoding: response.message, as: UTF8.self)
        case .failure(let failure): "\(failure.status)"
        }
    }
}

/// Names by token.
private struct Tokens: BearerTokens {
    let known: [String: String]
    let generation: UInt64 = 1

    func principal(of token: UnsafeRawBufferPointer) -> Principal? {
        known[String(decoding: token, as: UTF8.self)].map { Principal($0) }
    }
}

@Suite(.timeLimit(.minutes(5))) struct TLSTests {
    private func server(_ tls: ServerTLS?, _ authentication: Authentication = certificates()) -> ServerConfiguration {
        var configuration = ServerConfiguration.patient
        configuration.tls = tls
        configuration.authentication = authentication
        return configuration
    }

    private static func certificates() -> Authentication {
        var authentication = Authentication()
        authentication.connection = { $0.map { Principal($0) } ?? .anonymous }
        return authentication
    }

    private func client(_ tls: ClientTLS?, token: String? = nil) -> ChannelConfiguration {
        var configuration = ChannelConfiguration()
        configuration.tls = tls
        configuration.bearerToken = token
        configuration.reconnect = nil
        return configuration
    }

    @Test func `calls of all sizes go through TLS`() async throws {
        let authority = try Authority()
        let tls = try ServerTLS(try authority.server())
        let trust = try ClientTLS(authoritiesFile: authority.file)
        try await withServer(echo(), server(tls), channel: client(trust)) { _, channel in
            for size in [0, 1, 16_384, 1 << 20, 4 << 20] {
                let message = Bytes(repeating: 7, count: size)
                let answer = try await channel.call("/test.Echo/Unary", message).get()
                #expect(answer.message == message)
            }
        }
    }

    @Test func `a client's certificate says who is calling, in calls of both kinds`() async throws {
        let authority = try Authority()
        let tls = try ServerTLS(try authority.server(), clientCertificates: .required(authoritiesFile: authority.file))
        let trust = try ClientTLS(authoritiesFile: authority.file, identity: try authority.client("backup"))
        try await withServer(whoAmI(), server(tls), channel: client(trust)) { _, channel in
            #expect(await channel.call("/test.Who/Unary").text == "CN=backup")
            let answers = Signal<String>()
            try await channel.onLoop {
                let stream = channel.rawStream("/test.Who/Stream")
                stream.onMessage { answers.send(String(decoding: $0, as: UTF8.self)) }
                stream.send(Bytes())
                stream.halfClose()
            }
            #expect(await answers.next() == "CN=backup")
        }
    }

    @Test func `a SPIFFE URI stands for itself`() async throws {
        let authority = try Authority()
        let tls = try ServerTLS(try authority.server(), clientCertificates: .required(authoritiesFile: authority.file))
        let trust = try ClientTLS(authoritiesFile: authority.file, identity: try authority.server(as: "member"))
        try await withServer(whoAmI(), server(tls), channel: client(trust)) { _, channel in
            #expect(await channel.call("/test.Who/Unary").text == "spiffe://roost/member/1")
        }
    }

    @Test func `whoever shows no certificate is not let in where one is required`() async throws {
        let authority = try Authority()
        let tls = try ServerTLS(try authority.server(), clientCertificates: .required(authoritiesFile: authority.file))
        let trust = try ClientTLS(authoritiesFile: authority.file)
        try await withServer(whoAmI(), server(tls), channel: client(trust)) { _, channel in
            let failure = try #require(await channel.call("/test.Who/Unary").failure)
            #expect(failure.status.code == .unavailable)
        }
    }

    @Test func `a certificate of another authority is not let in, optional or not`() async throws {
        let authority = try Authority()
        let stranger = try Authority().client("backup")
        for certificates in [
            ServerTLS.ClientCertificates.required(authoritiesFile: authority.file),
            .optional(authoritiesFile: authority.file),
        ] {
            let tls = try ServerTLS(try authority.server(), clientCertificates: certificates)
            let trust = try ClientTLS(authoritiesFile: authority.file, identity: stranger)
            try await withServer(whoAmI(), server(tls), channel: client(trust)) { _, channel in
                #expect(await channel.call("/test.Who/Unary").code == .unavailable)
            }
        }
    }

    @Test func `a server with a stranger's certificate, or one that names another host, is not talked to`() async throws
    {
        let authority = try Authority()
        let elsewhere = try ServerTLS(try authority.server(hosts: ["elsewhere.example"]))
        let trust = try ClientTLS(authoritiesFile: authority.file)
        try await withServer(whoAmI(), server(elsewhere), channel: client(trust)) { _, channel in
            let failure = try #require(await channel.call("/test.Who/Unary").failure)
            #expect(failure.status.message.contains("does not name the host"))
            #expect(failure.isSurelyUnprocessed)
        }
        let stranger = try ClientTLS(authoritiesFile: try Authority().file)
        let here = try ServerTLS(try authority.server())
        try await withServer(whoAmI(), server(here), channel: client(stranger)) { _, channel in
            let failure = try #require(await channel.call("/test.Who/Unary").failure)
            #expect(failure.status.message.contains("not signed by a trusted authority"))
        }
    }

    @Test func `a client can check a server's certificate by other things than its host name`() async throws {
        let authority = try Authority()
        let tls = try ServerTLS(try authority.server(hosts: ["elsewhere.example"]))
        let trust = try ClientTLS(
            authoritiesFile: authority.file,
            verification: .certificate { $0.uris == ["spiffe://roost/member/1"] ? nil : "it is not member 1" })
        try await withServer(whoAmI(), server(tls), channel: client(trust)) { _, channel in
            #expect(await channel.call("/test.Who/Unary").code == .ok)
        }
        try await withServer(
            whoAmI(), server(tls), channel: client(trust.checking { _ in "it is not member 2" })
        ) { _, channel in
            let failure = try #require(await channel.call("/test.Who/Unary").failure)
            #expect(failure.status.message.contains("it is not member 2"))
        }
    }

    @Test func `plain text and TLS do not mix, and each says so`() async throws {
        let authority = try Authority()
        let trust = try ClientTLS(authoritiesFile: authority.file)
        try await withServer(whoAmI(), server(nil), channel: client(trust)) { _, channel in
            let failure = try #require(await channel.call("/test.Who/Unary").failure)
            #expect(failure.status.code == .unavailable)
        }
        let tls = try ServerTLS(try authority.server())
        try await withServer(whoAmI(), server(tls), channel: client(nil)) { _, channel in
            #expect(await channel.call("/test.Who/Unary").code == .unavailable)
        }
    }

    @Test func `new connections are served with a certificate that has been replaced, old ones go on`() async throws {
        let authority = try Authority()
        let tls = try ServerTLS(try authority.server(hosts: ["elsewhere.example"]))
        let trust = try ClientTLS(authoritiesFile: authority.file)
        let other = try ClientTLS(authoritiesFile: authority.file, verification: .hostName("elsewhere.example"))
        try await withServer(whoAmI(), server(tls), channel: client(other)) { server, before in
            #expect(await before.call("/test.Who/Unary").code == .ok)
            #expect(tls.reloadIfChanged() == .unchanged)
            _ = try authority.server()
            #expect(tls.reloadIfChanged() == .reloaded)
            let after = makeChannel(to: server.port, client(trust))
            #expect(await after.call("/test.Who/Unary").code == .ok)
            #expect(await before.call("/test.Who/Unary").code == .ok)
            await after.shutdown()
        }
    }

    @Test func `a certificate without its key changes nothing`() async throws {
        let authority = try Authority()
        let identity = try authority.server()
        let tls = try ServerTLS(identity)
        let key = try Data(contentsOf: URL(fileURLWithPath: identity.keyFile))
        _ = try authority.server()
        let newKey = try Data(contentsOf: URL(fileURLWithPath: identity.keyFile))
        try key.write(to: URL(fileURLWithPath: identity.keyFile), options: .atomic)
        guard case .failed = tls.reloadIfChanged() else { return #expect(Bool(false), "a key of another certificate") }
        let trust = try ClientTLS(authoritiesFile: authority.file)
        try await withServer(whoAmI(), server(tls), channel: client(trust)) { _, channel in
            #expect(await channel.call("/test.Who/Unary").code == .ok)
        }
        try newKey.write(to: URL(fileURLWithPath: identity.keyFile), options: .atomic)
        #expect(tls.reloadIfChanged() == .reloaded)
    }

    @Test func `files that are not there, or are something else, are named`() throws {
        let authority = try Authority()
        let identity = try authority.server()
        #expect(throws: TLSProblem.self) { try ClientTLS(authoritiesFile: "/no/such/file") }
        let swapped = TLSIdentity(certificateFile: identity.keyFile, keyFile: identity.certificateFile)
        #expect(throws: TLSProblem.self) { try ServerTLS(swapped) }
    }

    // MARK: Tokens

    private func tokens(allowsAnonymous: Bool = true) -> Authentication {
        var authentication = Self.certificates()
        authentication.tokens = Tokens(known: ["open sesame".replacing(" ", with: "-"): "token:ali"])
        authentication.allowsAnonymous = allowsAnonymous
        return authentication
    }

    @Test func `a bearer token says who is calling, call by call`() async throws {
        try await withServer(whoAmI(), server(nil, tokens()), channel: client(nil)) { _, channel in
            func call(_ authorization: String...) async -> String {
                var metadata = Metadata()
                for value in authorization { try? metadata.append(value, for: "authorization") }
                return await channel.call("/test.Who/Unary", options: CallOptions(metadata: metadata)).text
            }
            #expect(await call("Bearer open-sesame") == "token:ali")
            #expect(await call("bearer  open-sesame") == "token:ali")
            #expect(await call() == "anonymous")
            #expect(await call("Bearer open-sesame!").contains("the token is not known"))
            #expect(await call("Bearer").contains("not one bearer token"))
            #expect(await call("Basic YWxpOng=").contains("not one bearer token"))
            #expect(await call("Bearer open-sesame", "Bearer open-sesame").contains("not one bearer token"))
            #expect(await call("Bearer " + String(repeating: "x", count: 5_000)).contains("not known"))
            #expect(await call("Bearer open-sesame") == "token:ali")
        }
    }

    @Test func `a token counts for more than the connection's certificate`() async throws {
        let authority = try Authority()
        let tls = try ServerTLS(try authority.server(), clientCertificates: .optional(authoritiesFile: authority.file))
        let trust = try ClientTLS(authoritiesFile: authority.file, identity: try authority.client("proxy"))
        let configuration = server(tls, tokens(allowsAnonymous: false))
        try await withServer(whoAmI(), configuration, channel: client(trust, token: "open-sesame")) { server, channel in
            #expect(await channel.call("/test.Who/Unary").text == "token:ali")
            let own = makeChannel(to: server.port, client(trust))
            #expect(await own.call("/test.Who/Unary").text == "CN=proxy")
            await own.shutdown()
        }
    }

    @Test func `where nobody may be anonymous, only public services answer callers who do not say who they are`()
        async throws
    {
        try await withServer(
            whoAmI(), server(nil, tokens(allowsAnonymous: false)), channel: client(nil)
        ) { _, channel in
            #expect(await channel.call("/test.Who/Unary").code == .unauthenticated)
            #expect(await channel.call("/test.Health/Check").code == .ok)
        }
    }
}
