// What arrives from other members: checked, attributed, and passed on.
extension Consensus {
    mutating func onReceived(_ message: PeerMessage, from: MemberID, storage: StorageID) {
        guard from != id else { return drop(.fromOneself, from: from) }
        if let flaw = message.flaw { return drop(flaw, from: from) }
        let isKnown = isKnown(from, storage)
        if isKnown { hear(from, message) }
        if !isKnown, case .heartbeat = message { tellOfRemoval(from, storage) }
        switch message {
        // Requests are judged by what they say.
        case .heartbeat(let heartbeat): onHeartbeat(heartbeat, from: from, isKnown: isKnown)
        case .voteRequest(let request): onVoteRequest(request, from: from)
        case .append(let append): onAppend(append, from: from)
        case .snapshotChunk(let chunk): onSnapshotChunk(chunk, from: from)
        case .timeoutNow(let term): onTimeoutNow(term, from: from)
        // Answers count only from the members that the configuration means.
        case .heartbeatReply(let reply): if isKnown { onHeartbeatReply(reply, from: from) }
        case .voteReply(let reply): if isKnown { onVoteReply(reply, from: from) }
        case .appendReply(let reply): if isKnown { onAppendReply(reply, from: from) }
        case .snapshotReply(let reply): if isKnown { onSnapshotReply(reply, from: from) }
        }
        // A leader that this configuration does not know yet must not seem to be silent.
        if !isKnown && leader == from { hear(from, message) }
    }

    mutating func drop(_ flaw: Flaw, from: MemberID) { effects.notices.append(.dropped(flaw, from: from)) }

    private mutating func hear(_ member: MemberID, _ message: PeerMessage) {
        var isHeartbeat = false
        if case .heartbeat(let heartbeat) = message { isHeartbeat = !heartbeat.isCopy }
        guard detector.heard(member, isHeartbeat: isHeartbeat, now: now) else { return }
        effects.notices.append(.cleared(member))
        if office == .follower && member == leader { campaignAt = nil }
    }

    /// A message that only the leader of `term` sends has come from `member`.
    ///
    /// - Precondition: `term` is not below the current one.
    /// - Returns: false if it cannot be the leader.
    mutating func accept(leader member: MemberID, of term: Term) -> Bool {
        if term > hardState.term || office != .follower || leader != member {
            guard term > hardState.term || (leader ?? member) == member else {
                drop(.secondLeader(term), from: member)
                return false
            }
            becomeFollower(term: term, leader: member)
        }
        return true
    }
}

extension PeerMessage {
    /// More than any ensemble reaches, and far enough from the end that nothing computed from it overflows.
    private static let limit: UInt64 = 1 << 60

    /// What is wrong with the message in itself; nil for a possible one.
    var flaw: Flaw? {
        let isPossible =
            switch self {
            case .heartbeat(let heartbeat):
                fits(heartbeat.term) && heartbeat.commit.rawValue < Self.limit && heartbeat.suspicions.count <= 1024
            case .heartbeatReply(let reply):
                fits(reply.term) && (reply.removal?.index ?? .zero).rawValue < Self.limit
            case .voteRequest(let request): fits(request.term) && request.term > .zero && fits(request.last)
            case .voteReply(let reply): fits(reply.term)
            case .append(let append):
                fits(append.term) && fits(append.previous) && append.commit.rawValue < Self.limit
            case .appendReply(let reply):
                switch reply.result {
                case .accepted(let index): fits(reply.term) && index.rawValue < Self.limit
                case .refused(let previous, let hint):
                    fits(reply.term) && previous.rawValue < Self.limit && fits(hint)
                }
            case .snapshotChunk(let chunk):
                fits(chunk.term) && fits(chunk.snapshot.position) && chunk.snapshot.byteCount < Self.limit
                    && chunk.offset < Self.limit
            case .snapshotReply(let reply):
                fits(reply.term) && fits(reply.position) && reply.nextOffset < Self.limit
            case .timeoutNow(let term): fits(term)
            }
        guard isPossible else { return .impossibleNumber }
        switch self {
        case .append(let append): return append.isConsecutive ? nil : .brokenSequence
        case .snapshotChunk(let chunk):
            return chunk.isInside && chunk.snapshot.position.term <= chunk.term ? nil : .brokenSnapshot
        default: return nil
        }
    }

    private func fits(_ term: Term) -> Bool { term.rawValue < Self.limit }
    private func fits(_ position: LogPosition) -> Bool {
        fits(position.term) && position.index.rawValue < Self.limit
            && (position.index == .zero) == (position.term == .zero)
    }
}

extension Append {
    fileprivate var isConsecutive: Bool {
        var last = previous
        for entry in entries {
            guard entry.index == last.index.next, entry.term >= last.term, entry.term > .zero else { return false }
            last = entry.position
        }
        return last.term <= term
    }
}

extension SnapshotChunk {
    fileprivate var isInside: Bool {
        snapshot.position.index > .zero && !data.isEmpty && offset + UInt64(data.count) <= snapshot.byteCount
    }
}
