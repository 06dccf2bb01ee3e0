import Consensus
import Driver
import Logging
import NIOCore
import RPC
import Replica

/// The transport over real sockets. Everything of it lives on the peers' event loop; the driver hands over each turn's
/// messages at once.
final class PeerNetwork: Transport, @unchecked Sendable {
    // Proof of `@unchecked Sendable`: `links` and `service` are touched on `loop` only (asserted), the rest is
    // constant.
    private let loop: any EventLoop
    private let member: MemberID
    private var links: [PeerLink] = []
    private var service: PeerService?

    init(loop: any EventLoop, member: MemberID) {
        self.loop = loop
        self.member = member
    }

    /// Takes up the links to the other members.
    func open(links: [PeerLink], service: PeerService) {
        loop.preconditionInEventLoop()
        self.links = links.sorted { $0.member < $1.member }
        self.service = service
        for link in self.links { link.connect() }
    }

    /// Another member opened a stream.
    func accept(_ stream: ServerStream, lane: PeerLink.Lane) {
        loop.preconditionInEventLoop()
        guard let service else { return stream.finish(RPCStatus(.unavailable, "this member is still starting")) }
        guard let caller = service.accept(stream, lane: lane), lane == .heartbeat else { return }
        links.first { $0.member == caller }?.onCalled()
    }

    func close() {
        loop.preconditionInEventLoop()
        for link in links { link.shutdown() }
        links = []
        service?.shutdown()
        service = nil
    }

    func send(_ messages: [Addressed]) {
        guard !messages.isEmpty else { return }
        loop.execute { self.sendOnLoop(messages) }
    }

    private func sendOnLoop(_ messages: [Addressed]) {
        for addressed in messages {
            switch addressed.message {
            case .consensus(.heartbeatReply), .consensus(.voteReply), .consensus(.appendReply),
                .consensus(.snapshotReply), .forwardReply:
                service?.send(addressed.message, to: addressed.to)
            case .consensus, .forward:
                links.first { $0.member == addressed.to }?.send(addressed.message)
            }
        }
    }
}
