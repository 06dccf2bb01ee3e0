import Foundation
import GuestbookAPI
import Logging
import NIOPosix
import RPC
import WellKnownTypes

/// The guestbook, in memory.
private actor Book: GuestbookService {
    private var entries: [Entry] = []

    func sign(_ request: SignRequest, context: ServerContext) async throws -> SignResponse {
        guard var entry = request.entry, !entry.name.isEmpty else {
            throw RPCStatus(.invalidArgument, "an entry needs a name")
        }
        entry.signedAt = GoogleProtobufTimestamp(Date())
        entries.append(entry)
        return SignResponse(count: Int32(entries.count))
    }

    func read(_ request: ReadRequest, responses: ResponseWriter<Entry>, context: ServerContext) async throws {
        let limit = request.limit > 0 ? Int(request.limit) : entries.count
        for entry in entries.prefix(limit) { try await responses.write(entry) }
    }
}

/// Serves a guestbook on a free port of this machine, signs it twice and reads it back. Any gRPC client with the same
/// .proto file could do the same.
@main
private struct GuestbookDemo {
    static func main() async throws {
        let logger = Logger(label: "guestbook")
        let group = MultiThreadedEventLoopGroup.singleton
        var registry = ServiceRegistry()
        Guestbook.register(Book(), in: &registry)
        let server = try await RPCServer.start(
            on: .init(ipAddress: "127.0.0.1", port: 0), group: group, registry: registry, logger: logger)

        let channel = RPCChannel(host: "127.0.0.1", port: server.port, eventLoop: group.next(), logger: logger)
        let guestbook = GuestbookClient(channel)
        for name in ["Ada", "Grace"] {
            let answer = try await guestbook.sign(SignRequest(entry: Entry(name: name, text: "\(name) was here.")))
            print("\(name) signed as number \(answer.count)")
        }
        do {
            _ = try await guestbook.sign(SignRequest())
        } catch {
            print("refused: \(error.status.message)")
        }
        for try await entry in try guestbook.read(ReadRequest()) {
            print("\(entry.name): \(entry.text)", entry.signedAt.map { Date($0) < Date() ? "" : "?" } ?? "?")
        }

        await channel.shutdown()
        await server.shutdown(grace: .seconds(1))
    }
}
