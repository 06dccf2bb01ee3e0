import Consensus
import Replica

extension MemberMessage {
    /// How it travels.
    var channel: Channel {
        switch self {
        case .consensus(.heartbeat): .heartbeat
        case .consensus(.heartbeatReply): .heartbeatReply
        case .consensus(.voteRequest): .vote
        case .consensus(.voteReply): .voteReply
        case .consensus(.append), .consensus(.snapshotChunk), .consensus(.timeoutNow): .sync
        case .consensus(.appendReply), .consensus(.snapshotReply): .syncReply
        case .forward: .forward
        case .forwardReply: .forwardReply
        }
    }

    /// What tells it from other messages in the trace's digest. (`hashValue` differs from process to process.)
    var fingerprint: UInt64 {
        var digest = Random.mix(UInt64(channel.rawValue))
        func add(_ words: UInt64...) {
            for word in words { digest = Random.mix(digest &+ 0x9e37_79b9_7f4a_7c15 ^ word) }
        }
        switch self {
        case .consensus(let message): message.addWords(add)
        case .forward(let forward):
            add(forward.term.rawValue, UInt64(forward.writes.count), forward.writes.first?.token.rawValue ?? 0)
            add(forward.barriers.first?.rawValue ?? 0, forward.checkpoint?.digest ?? 0)
        case .forwardReply(let reply):
            add(reply.term.rawValue, UInt64(reply.refusals.count), UInt64(reply.barriers.count))
            add(reply.barriers.first?.index?.rawValue ?? 0)
        }
        return digest
    }

    /// What it says, in a line.
    var summary: String {
        switch self {
        case .consensus(let message): message.summary
        case .forward(let forward):
            "forward(term \(forward.term), writes \(forward.writes.map(\.token.rawValue)), "
                + "barriers \(forward.barriers.map(\.rawValue)))"
        case .forwardReply(let reply):
            "forward-reply(term \(reply.term), refusals \(reply.refusals.map { "\($0.token.rawValue) \($0.reason)" }), "
                + "barriers \(reply.barriers.map { "\($0.id.rawValue): \($0.index?.description ?? "none")" }))"
        }
    }
}

extension PeerMessage {
    fileprivate func addWords(_ add: (UInt64...) -> Void) {
        switch self {
        case .heartbeat(let beat):
            add(beat.term.rawValue, UInt64(beat.office.rawValue), beat.leader?.rawValue ?? 0, beat.commit.rawValue)
            add(beat.probe, UInt64(beat.suspicions.count), UInt64(beat.supported.rawValue))
        case .heartbeatReply(let reply):
            add(reply.term.rawValue, reply.probe, reply.removal?.index.rawValue ?? 0)
        case .voteRequest(let request):
            add(
                request.term.rawValue, request.isPreVote ? 1 : 0, request.last.index.rawValue,
                request.last.term.rawValue)
        case .voteReply(let reply):
            add(reply.term.rawValue, reply.isPreVote ? 1 : 0, UInt64(reply.refusal?.rawValue ?? 0))
        case .append(let append):
            add(append.term.rawValue, append.previous.index.rawValue, append.previous.term.rawValue)
            add(append.commit.rawValue, UInt64(append.entries.count), append.entries.last?.term.rawValue ?? 0)
        case .appendReply(let reply):
            switch reply.result {
            case .accepted(let index): add(reply.term.rawValue, 1, index.rawValue)
            case .refused(let previous, let hint): add(reply.term.rawValue, 2, previous.rawValue, hint.index.rawValue)
            }
        case .snapshotChunk(let chunk):
            add(chunk.term.rawValue, chunk.snapshot.position.index.rawValue, chunk.offset, UInt64(chunk.data.count))
        case .snapshotReply(let reply):
            add(reply.term.rawValue, reply.position.index.rawValue, reply.nextOffset, reply.isInstalled ? 1 : 0)
        case .timeoutNow(let term):
            add(term.rawValue)
        }
    }

    fileprivate var summary: String {
        switch self {
        case .append(let append):
            "append(term \(append.term), previous \(append.previous), commit \(append.commit), "
                // order-free: the entries of a message are an array, in log order
                + "entries \(append.entries.map { "\($0.position) \($0.kind)" }))"
        case .snapshotChunk(let chunk):
            "chunk(term \(chunk.term), \(chunk.snapshot.position), \(chunk.offset) + \(chunk.data.count) of "
                + "\(chunk.snapshot.byteCount))"
        default: "\(self)"
        }
    }
}
