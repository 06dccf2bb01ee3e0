import ByteString
import Client
import Consensus
import Foundation
import Logging
import Server
import Testing

/// An ensemble of one in this process, on ports that the system chooses.
private func withMember(
    in folder: URL, supporting level: UInt32 = 1, _ body: (RoostClient) async throws -> Void
) async throws {
    var options = MemberOptions()
    options.dataDirectory = folder.path
    options.clientAddress = Address(host: "127.0.0.1", port: 0)
    options.peerAddress = Address(host: "127.0.0.1", port: 0)
    options.isBootstrap = true
    options.journal.segmentBytes = 1 << 20
    options.replica.supported = FormatLevel(level)
    let member = try await Server.Member.start(
        options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let client = RoostClient(members: [member.clientAddress])
    do {
        try await body(client)
    } catch {
        await client.shutdown()
        await member.shutdown(grace: .zero)
        throw error
    }
    await client.shutdown()
    await member.shutdown(grace: .seconds(1))
}

@Suite(.timeLimit(.minutes(5))) struct `A member in this process` {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roost-\(UUID().uuidString)")

    @Test func `keeps what was acknowledged for the next start`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await withMember(in: folder) { client in
            _ = try await client.create("/kept", data: Bytes(utf8: "one"))
            _ = try await client.set("/kept", data: Bytes(utf8: "two"))
        }
        try await withMember(in: folder) { client in
            let response = try await client.get("/kept")
            #expect(response.data == Bytes(utf8: "two"))
            #expect(response.stat?.version == 1)
        }
    }

    @Test func `raises the format level, and data at that level are refused by an older release`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await withMember(in: folder, supporting: 2) { client in
            var status = try await client.status(ofMemberAt: 0)
            for _ in 0..<200 where status.formatLevel != 2 {
                try await Task.sleep(for: .milliseconds(50))
                status = try await client.status(ofMemberAt: 0)
            }
            #expect(status.formatLevel == 2 && status.members.first?.supportedFormatLevel == 2)
            _ = try await client.create("/kept", data: Bytes(utf8: "one"))
        }
        let refusal = await #expect(throws: StartError.self) { try await withMember(in: folder) { _ in } }
        #expect(refusal?.description.contains("raises the format level to 2") == true)
        try await withMember(in: folder, supporting: 2) { client in
            let response = try await client.get("/kept")
            #expect(response.data == Bytes(utf8: "one"))
        }
    }

    @Test func `is refused a data directory that another one has open`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await withMember(in: folder) { _ in
            await #expect(throws: StartError.self) { try await withMember(in: folder) { _ in } }
        }
    }
}

@Suite struct `An address` {
    @Test(arguments: [
        ("127.0.0.1:80", "127.0.0.1:80"), (":7400", "127.0.0.1:7400"), ("[::1]:1", "[::1]:1"),
        ("roost.example:65535", "roost.example:65535"),
    ])
    func `is read as it is written`(_ text: String, _ written: String) {
        #expect(Address(text)?.description == written)
    }

    @Test(arguments: ["", "host", "host:", "host:x", "host:65536", "host:-1", "::1:80"])
    func `is nothing else`(_ text: String) {
        #expect(Address(text) == nil)
    }

    @Test func `tells loopback from the rest`() {
        #expect(Address("127.9.9.9:1")?.isLoopback == true && Address("[::1]:1")?.isLoopback == true)
        #expect(Address("0.0.0.0:1")?.isLoopback == false && Address("127.evil.example:1")?.isLoopback == false)
    }
}
