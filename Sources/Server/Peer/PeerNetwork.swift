import Consensus
import Driver
import Logging
import NIOCore
import RPC
import Replica

/// The transport over real sockets. Everything of it lives on the peers' event loop; the driver hands over each turn's
/// messages at once.
final class PeerNetwork: Transport, @unchecked Sendable {
    // Proof of `@unchecked Sendable`: `links`, `service` and `makeLink` are touched on `loop` only (asserted), the rest
    // is constant.
    private let loop: any EventLoop
    private let member: MemberID
    private var links: [PeerLink] = []
    private var service: PeerService?
    private let addresses: MemberAddresses
    private let events: EventRecord
    private var makeLink: ((Configuration.Member) -> PeerLink?)?

    init(loop: any EventLoop, member: MemberID, addresses: MemberAddresses, events: EventRecord) {
        self.loop = loop
        self.member = member
        self.addresses = addresses
        self.events = events
    }

    /// Begins to listen to other members.
    ///
    /// - Parameter makeLink: makes the link to a member; nil if it cannot be reached.
    func open(service: PeerService, makeLink: @escaping (Configuration.Member) -> PeerLink?) {
        loop.preconditionInEventLoop()
        self.service = service
        self.makeLink = makeLink
    }

    /// Keeps the links to those who are still members, at the same address and with the same data directory, and takes
    /// up those that are new.
    func reach(_ configuration: Configuration) {
        addresses.learn(configuration)
        events.note(configuration)
        loop.execute { self.reachOnLoop(configuration) }
    }

    private func reachOnLoop(_ configuration: Configuration) {
        guard let makeLink else { return }
        service?.reach(configuration)
        var former = links
        links = []
        for member in configuration.members where member.id != self.member {
            if let place = former.firstIndex(where: { $0.leads(to: member) }) {
                links.append(former.remove(at: place))
            } else if let link = makeLink(member) {
                links.append(link)
                link.connect()
            }
        }
        for link in former { link.shutdown() }
    }

    /// Another member opened a stream.
    func accept(_ stream: ServerStream, lane: PeerLink.Lane) {
        loop.preconditionInEventLoop()
        let lane = lane == .heartbeat && PeerIdentity.isCopy(stream.metadata) ? .heartbeatCopy : lane
        guard let service else { return stream.finish(RPCStatus(.unavailable, "this member is still starting")) }
        guard let caller = service.accept(stream, lane: lane), lane == .heartbeat else { return }
        links.first { $0.member == caller }?.onCalled()
    }

    func close() {
        loop.preconditionInEventLoop()
        for link in links { link.shutdown() }
        links = []
        makeLink = nil
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
