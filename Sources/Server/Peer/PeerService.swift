import Consensus
import Driver
import Logging
import Messages
import NIOCore
import RPC
import Replica
import Stubs

/// What other members call: takes their messages to the driver's inbox and holds the streams by which answers go back.
/// Confined to the peers' event loop.
final class PeerService {
    private let identity: PeerIdentity
    private let incarnation: Incarnation
    private let inbox: Inbox
    private let logger: Logger
    /// The newest stream of each data directory and lane. Looked up by key only.
    private var streams: [Key: Accepted] = [:]
    /// Which data directory a member's id means. A process that still runs with another one, from before the id was
    /// taken over, must neither end the new one's streams nor get its answers.
    private var storages: [MemberID: StorageID] = [:]
    /// Of each member, whose stream came last.
    private var newest: [MemberID: StorageID] = [:]
    private var acceptances = 0

    /// A stream, and which acceptance it came from.
    private struct Accepted {
        var stream: ServerStream
        var acceptance: Int
        var copies = CopyPace()
    }

    private struct Key: Hashable {
        var member: MemberID
        var storage: StorageID
        var lane: PeerLink.Lane
    }

    init(identity: PeerIdentity, incarnation: Incarnation, inbox: Inbox, logger: Logger) {
        self.identity = identity
        self.incarnation = incarnation
        self.inbox = inbox
        self.logger = logger
    }

    /// The members are these.
    func reach(_ configuration: Configuration) {
        storages = Dictionary(uniqueKeysWithValues: configuration.members.map { ($0.id, $0.storage) })
    }

    /// A member opened a stream. Returns which; nil if it was refused.
    func accept(_ stream: ServerStream, lane: PeerLink.Lane) -> MemberID? {
        let caller: (member: MemberID, storage: StorageID)
        do {
            caller = try PeerIdentity.caller(
                in: stream.metadata, principal: stream.principal, callee: identity)
        } catch {
            stream.finish(error)
            return nil
        }
        let key = Key(member: caller.member, storage: caller.storage, lane: lane)
        newest[caller.member] = caller.storage
        // A member that comes again has lost its old stream, even if this side has not noticed yet.
        streams[key]?.stream.finish(RPCStatus(.cancelled, "replaced by a newer stream"))
        acceptances += 1
        let acceptance = acceptances
        streams[key] = Accepted(stream: stream, acceptance: acceptance)
        stream.sendHeaders(PeerIdentity.reply(incarnation))
        stream.onMessage { [weak self] bytes in self?.onMessage(bytes, on: stream, lane: lane, from: caller) }
        stream.onHalfClose { [weak self] in
            stream.finish()
            self?.forget(key, acceptance)
        }
        stream.onCancel { [weak self] _ in self?.forget(key, acceptance) }
        return caller.member
    }

    private func forget(_ key: Key, _ acceptance: Int) {
        if streams[key]?.acceptance == acceptance { streams[key] = nil }
        if !streams.keys.contains(where: { $0.member == key.member && $0.storage == key.storage }),
            newest[key.member] == key.storage
        {
            newest[key.member] = nil
        }
    }

    private func onMessage(
        _ bytes: UnsafeRawBufferPointer, on stream: ServerStream, lane: PeerLink.Lane,
        from caller: (member: MemberID, storage: StorageID)
    ) {
        do {
            let message: MemberMessage
            switch lane {
            case .heartbeat, .heartbeatCopy:
                var heartbeat = try HeartbeatRequest(decoding: bytes).core()
                heartbeat.isCopy = lane == .heartbeatCopy
                message = .consensus(.heartbeat(heartbeat))
            case .vote: message = .consensus(.voteRequest(try Messages.VoteRequest(decoding: bytes).core))
            case .sync: message = .consensus(try SyncRequest(decoding: bytes).core())
            case .forward: message = .forward(try ForwardRequest(decoding: bytes).core)
            }
            inbox.post(.input(.message(message, from: caller.member, storage: caller.storage)))
        } catch {
            logger.warning("dropped a message of member \(caller.member): \(error)")
            stream.finish(RPCStatus(.invalidArgument, "\(error)"))
        }
    }

    /// Sends an answer by the stream that the member's requests come by; without one it is lost, as messages may be.
    func send(_ message: MemberMessage, to member: MemberID) {
        switch message {
        case .consensus(.heartbeatReply(let reply)):
            let response = HeartbeatResponse(reply)
            guard let storage = reply.removal?.storage ?? storage(of: member, .heartbeat) else { return }
            streams[Key(member: member, storage: storage, lane: .heartbeat)]?.stream.send(response)
            let key = Key(member: member, storage: storage, lane: .heartbeatCopy)
            if let copy = streams[key]?.stream, copy.isWritable, streams[key]?.copies.isDue() == true {
                copy.send(response)
            }
        case .consensus(.voteReply(let reply)):
            stream(to: member, .vote)?.send(VoteResponse(reply))
        case .consensus(.appendReply(let reply)):
            stream(to: member, .sync)?.send(SyncResponse(reply))
        case .consensus(.snapshotReply(let reply)):
            stream(to: member, .sync)?.send(SyncResponse(reply))
        case .forwardReply(let reply):
            stream(to: member, .forward)?.send(ForwardResponse(reply))
        default:
            preconditionFailure("a request leaves by a link")
        }
    }

    private func stream(to member: MemberID, _ lane: PeerLink.Lane) -> ServerStream? {
        storage(of: member, lane).flatMap { streams[Key(member: member, storage: $0, lane: lane)]?.stream }
    }

    /// Whom an answer to that member is for: the one that the configuration means if it has called, else, because the
    /// configuration may be behind, the one that called last.
    private func storage(of member: MemberID, _ lane: PeerLink.Lane) -> StorageID? {
        if let storage = storages[member], streams[Key(member: member, storage: storage, lane: lane)] != nil {
            return storage
        }
        return newest[member]
    }

    func shutdown() {
        let ending = streams.values.sorted { $0.acceptance < $1.acceptance }
        streams.removeAll()
        for accepted in ending { accepted.stream.finish(RPCStatus(.unavailable, "this member is leaving")) }
    }
}
