import ByteString
import Consensus
import DequeModule

import enum Messages.CommandKind
import struct Messages.Envelope

/// The writes that came in at this member and have no outcome yet.
struct PendingWrites {
    struct Pending {
        var write: ClientWrite
        var received: Instant
        var progress: Progress
        /// It was sent again without proof that the first sending came to nothing, so it may be in some log: whatever
        /// happens from now on, "surely without effect" is not to be said of it.
        var mayBeAppended = false
    }

    enum Progress {
        /// No leader has been given it, or it is known that the one it was given to never wrote it.
        case waiting
        /// Given to the leader of `term` (perhaps this member itself).
        case sent(term: Term, to: MemberID, at: Instant)
    }

    /// Looked up by token only; every walk is over one of the two queues, so its order never matters.
    private(set) var byToken: [RequestToken: Pending] = [:]
    /// What waits for a leader, in the order it came.
    var waiting = Deque<RequestToken>()
    /// What was sent, by ascending term. Holds answered tokens until the sweep meets them.
    var sent = Deque<(token: RequestToken, term: Term)>()
    /// Everything in the order it came in. Holds answered tokens until the sweep meets them.
    var arrivals = Deque<RequestToken>()
    private(set) var byteCount = 0
    /// After a refusal: not before this moment, so that two members with different views do not play ping-pong.
    var forwardAgainAt = Instant(nanoseconds: .min)
    /// The next look at what has waited for too long.
    var sweepAt = Instant(nanoseconds: .min)

    var count: Int { byToken.count }

    mutating func insert(_ write: ClientWrite, at now: Instant) {
        byToken[write.token] = Pending(write: write, received: now, progress: .waiting)
        byteCount += write.request.count
        waiting.append(write.token)
        arrivals.append(write.token)
    }

    /// Ends the wait for `token`; nil if it was answered before.
    mutating func remove(_ token: RequestToken) -> Pending? {
        guard let pending = byToken.removeValue(forKey: token) else { return nil }
        byteCount -= pending.write.request.count
        return pending
    }

    mutating func markSent(_ token: RequestToken, term: Term, to leader: MemberID, at now: Instant) {
        byToken[token]?.progress = .sent(term: term, to: leader, at: now)
        sent.append((token, term))
    }

    /// Lets the write be sent again.
    /// - Parameter isProvenLost: whether it will surely not take effect where it was sent. If not, it must have a
    ///   request id.
    mutating func requeue(_ token: RequestToken, isProvenLost: Bool) {
        guard byToken[token] != nil else { return }
        byToken[token]?.progress = .waiting
        if !isProvenLost { byToken[token]?.mayBeAppended = true }
        waiting.append(token)
    }

    func progress(of token: RequestToken) -> Progress? { byToken[token]?.progress }

    /// Drops answered tokens from the queues' fronts, so that they stay as short as what is really under way.
    mutating func trim() {
        while let first = sent.first {
            if case .sent(let term, _, _)? = byToken[first.token]?.progress, term == first.term { break }
            sent.removeFirst()
        }
        while let first = arrivals.first, byToken[first] == nil { arrivals.removeFirst() }
    }
}

extension Replica {
    // MARK: From clients

    mutating func onWrite(_ write: ClientWrite) {
        // A share of its own keeps clients alive while others are refused.
        let eighths = write.kind.isSpared ? 9 : 8
        guard write.request.count <= settings.requestBytesMax, writes.count < settings.pendingWritesMax * eighths / 8,
            writes.byteCount + write.request.count <= settings.pendingBytesMax * eighths / 8
        else {
            answers.writes.append((write.token, .failed(.overloaded)))
            return
        }
        writes.insert(write, at: now.monotonic)
    }

    /// Gives what waits to the leader: to this member's own log, or in one message to the member that leads.
    mutating func routeWrites() {
        let role = consensus.leadership
        switch role {
        case .leading(let term):
            if !clock.isRunning { startLeading() }
            if let successor = consensus.transferTarget {
                // What waits goes to the successor as soon as it leads.
                refuseForwarded(leader: successor)
            } else {
                considerRaisingLevel()
                proposeWrites(term: term)
                proposeExpiries()
            }
        case .following(let leader, let term):
            clock.stop()
            refuseForwarded(leader: leader)
            forwardWrites(to: leader, term: term)
        case .none:
            clock.stop()
            refuseForwarded(leader: nil)
        }
    }

    private mutating func startLeading() {
        clock.start(from: state.logTime.nanoseconds, at: now.monotonic)
        expiriesFrom = nil
    }

    /// Writes on their way into the log, in this order: this member's own, then those that others sent.
    private struct Proposals {
        var payloads: [Bytes] = []
        var own: [(token: RequestToken, kind: CommandKind)] = []
        var others: [Forwarded] = []

        /// Those that go on where there is no room for the others.
        func spared() -> Proposals {
            var spared = Proposals()
            for (place, write) in own.enumerated() where write.kind.isSpared {
                spared.own.append(write)
                spared.payloads.append(payloads[place])
            }
            for (place, other) in others.enumerated() where other.write.kind.isSpared {
                spared.others.append(other)
                spared.payloads.append(payloads[own.count + place])
            }
            return spared
        }
    }

    private mutating func proposeWrites(term: Term) {
        guard !writes.waiting.isEmpty || !forwarded.isEmpty else { return }
        var proposals = Proposals()
        proposals.payloads.reserveCapacity(writes.waiting.count + forwarded.count)
        let diskRefusal = diskRefusal()
        gatherOwn(into: &proposals, diskRefusal)
        gatherForwarded(into: &proposals, term: term, isDiskFull: diskRefusal != nil)
        propose(proposals, term: term)
    }

    private mutating func gatherOwn(into proposals: inout Proposals, _ diskRefusal: String?) {
        var byteCount = 0
        var early: [RequestToken] = []
        defer { for token in early { writes.waiting.append(token) } }
        while byteCount < settings.proposalBytesMax, let token = writes.waiting.popFirst() {
            guard let pending = writes.byToken[token], case .waiting = pending.progress else { continue }
            guard isKnown(pending.write.kind) else {
                early.append(token)
                continue
            }
            byteCount += pending.write.request.count
            if let deadline = pending.write.deadline, deadline <= now.monotonic {
                finish(token, .failed(.expired))
                continue
            }
            if let diskRefusal, !pending.write.kind.isSpared {
                finish(token, .failed(.diskFull(diskRefusal)))
                continue
            }
            proposals.own.append((token, pending.write.kind))
            proposals.payloads.append(
                envelope(
                    kind: pending.write.kind, principal: pending.write.principal, request: pending.write.request,
                    origin: (id, incarnation, token)))
        }
    }

    private mutating func gatherForwarded(into proposals: inout Proposals, term: Term, isDiskFull: Bool) {
        // What was taken in for an earlier term of this member's own is refused: its sender counts on that.
        var others = forwarded.filter { $0.term == term }
        refuse(forwarded.filter { $0.term != term }, reason: .notLeader, leader: id)
        refuse(others.filter { !isKnown($0.write.kind) }, reason: .notLeader, leader: id)
        others.removeAll { !isKnown($0.write.kind) }
        if isDiskFull {
            refuse(others.filter { !$0.write.kind.isSpared }, reason: .diskFull, leader: id)
            others.removeAll { !$0.write.kind.isSpared }
        }
        forwarded.removeAll(keepingCapacity: true)
        for other in others {
            let write = other.write
            proposals.payloads.append(
                envelope(
                    kind: write.kind, principal: write.principal, request: write.request,
                    origin: (other.from, write.incarnation, write.token)))
        }
        proposals.others = others
    }

    /// - Parameter usesReserve: all of them are spared where there is no room.
    private mutating func propose(_ proposals: Proposals, term: Term, usesReserve: Bool = false) {
        switch consensus.propose(proposals.payloads, usesReserve: usesReserve, now: now.monotonic) {
        case .appended:
            for (token, _) in proposals.own { writes.markSent(token, term: term, to: id, at: now.monotonic) }
        case .refused(.overloaded):
            for (token, kind) in proposals.own where usesReserve || !kind.isSpared {
                finish(token, .failed(.overloaded))
            }
            let refused = proposals.others.filter { usesReserve || !$0.write.kind.isSpared }
            refuse(refused, reason: .overloaded, leader: id)
            let spared = usesReserve ? Proposals() : proposals.spared()
            if !spared.payloads.isEmpty { propose(spared, term: term, usesReserve: true) }
        case .refused:
            for (token, _) in proposals.own { writes.requeue(token, isProvenLost: true) }
            refuse(proposals.others, reason: .notLeader, leader: nil)
        }
    }

    /// - Parameter origin: who is to answer whom; nil if nobody waits.
    func envelope(
        kind: CommandKind, principal: String, request: Bytes,
        origin: (member: MemberID, incarnation: Incarnation, token: RequestToken)?
    ) -> Bytes {
        var envelope = Envelope()
        envelope.formatLevel = level.rawValue
        envelope.kind = kind
        envelope.logTimeNs = clock.nanoseconds
        envelope.wallUnixMs = now.wallMilliseconds
        envelope.principal = principal
        envelope.request = request
        if let origin {
            envelope.originMember = origin.member.rawValue
            envelope.originIncarnation = origin.incarnation.rawValue
            envelope.originToken = origin.token.rawValue
        }
        do {
            return try envelope.encodedBytes()
        } catch {
            preconditionFailure("a validated request does not fit into an envelope: \(error)")
        }
    }

    private mutating func forwardWrites(to leader: MemberID, term: Term) {
        guard !writes.waiting.isEmpty, now.monotonic >= writes.forwardAgainAt else { return }
        var batch: [ForwardWrite] = []
        var byteCount = 0
        while let token = writes.waiting.popFirst() {
            guard let pending = writes.byToken[token], case .waiting = pending.progress else { continue }
            let write = pending.write
            let timeout = write.deadline.map { $0 - now.monotonic }
            if let timeout, timeout <= .zero {
                finish(token, .failed(.expired))
                continue
            }
            batch.append(
                ForwardWrite(
                    token: token, incarnation: incarnation, timeout: timeout, kind: write.kind,
                    principal: write.principal, request: write.request))
            byteCount += write.request.count
            writes.markSent(token, term: term, to: leader, at: now.monotonic)
            if byteCount >= settings.forwardBytesMax {
                send(Forward(term: term, writes: batch, barriers: []), to: leader)
                batch.removeAll(keepingCapacity: true)
                byteCount = 0
            }
        }
        if !batch.isEmpty { send(Forward(term: term, writes: batch, barriers: []), to: leader) }
    }

    private mutating func send(_ forward: Forward, to leader: MemberID) {
        forwards.append(Addressed(to: leader, message: .forward(forward)))
    }

    // MARK: From other members

    mutating func onForward(_ forward: Forward, from member: MemberID) {
        if let checkpoint = forward.checkpoint { onCheckpoint(checkpoint, of: member) }
        guard case .leading(let term) = consensus.leadership, term == forward.term else {
            var reply = ForwardReply(term: forward.term, refusals: [], barriers: [])
            let leader = consensus.leadership.leader
            reply.refusals = forward.writes.map {
                ForwardReply.Refusal(token: $0.token, reason: .notLeader, leader: leader)
            }
            reply.barriers = forward.barriers.map { ForwardReply.BarrierReply(id: $0, index: nil) }
            forwards.append(Addressed(to: member, message: .forwardReply(reply)))
            return
        }
        // Some things are the leader's own business, and no member that works asks for them.
        for write in forward.writes where !write.kind.isLeadersOwn {
            forwarded.append(Forwarded(from: member, term: term, write: write))
        }
        onForwardedBarriers(forward.barriers, term: term, from: member)
    }

    /// Answers what other members sent to the leader that this member is not (any more).
    private mutating func refuseForwarded(leader: MemberID?) {
        guard !forwarded.isEmpty else { return }
        let others = Array(forwarded)
        forwarded.removeAll(keepingCapacity: true)
        refuse(others, reason: .notLeader, leader: leader)
    }

    /// One message to each member (and term) whose writes are refused.
    private mutating func refuse(_ others: [Forwarded], reason: RefusalReason, leader: MemberID?) {
        var rest = others[...]
        while let first = rest.first {
            let run = rest.prefix { $0.from == first.from && $0.term == first.term }
            rest = rest.dropFirst(run.count)
            let refusals = run.map { ForwardReply.Refusal(token: $0.write.token, reason: reason, leader: leader) }
            let reply = ForwardReply(term: first.term, refusals: refusals, barriers: [])
            forwards.append(Addressed(to: first.from, message: .forwardReply(reply)))
        }
    }

    mutating func onForwardReply(_ reply: ForwardReply, from member: MemberID) {
        for refusal in reply.refusals {
            // Only the refusal of the very sending that is under way says anything about the write.
            guard case .sent(reply.term, member, _)? = writes.progress(of: refusal.token) else { continue }
            switch refusal.reason {
            case .notLeader:
                writes.requeue(refusal.token, isProvenLost: true)
                writes.forwardAgainAt = now.monotonic + .milliseconds(5)
            case .overloaded:
                finish(refusal.token, .failed(.overloaded))
            case .diskFull:
                finish(refusal.token, .failed(.diskFull("the disk of the leader, member \(member), is full")))
            case .expired:
                finish(refusal.token, .failed(.expired))
            }
        }
        if let expected = reply.divergedFrom, member == consensus.leaderID { onDivergence(from: expected) }
        for barrier in reply.barriers { onBarrierReply(barrier, term: reply.term, from: member) }
    }

    /// The connection broke: a write that can be told by its id goes again; any other one waits for its entry, or for
    /// the proof that there is none.
    mutating func onForwardingInterrupted(_ member: MemberID) {
        for (token, _) in writes.sent {
            guard case .sent(_, member, _)? = writes.progress(of: token), member != id,
                writes.byToken[token]?.write.hasRequestID == true
            else { continue }
            writes.requeue(token, isProvenLost: false)
        }
        interruptBarrier(to: member)
        // Without a stream the transport says so again at once: asking it again at once would never end.
        writes.forwardAgainAt = now.monotonic + .milliseconds(5)
    }

    // MARK: Outcomes

    mutating func finish(_ token: RequestToken, _ result: WriteAnswer) {
        guard let pending = writes.remove(token) else { return }
        if case .failed = result, pending.mayBeAppended {
            answers.writes.append((token, .failed(.outcomeUnknown)))
        } else {
            answers.writes.append((token, result))
        }
    }

    /// An entry of `term` is about to be applied, so nothing of an older term can be applied any more.
    mutating func requeueWrites(olderThan term: Term) {
        while let first = writes.sent.first, first.term < term {
            writes.sent.removeFirst()
            guard case .sent(let sentTerm, _, _)? = writes.progress(of: first.token), sentTerm == first.term else {
                continue
            }
            writes.requeue(first.token, isProvenLost: true)
        }
    }

    /// The state was replaced by a snapshot: what was sent in its last entry's term or before may be part of it.
    mutating func settleWritesAfterSnapshot(through term: Term) {
        while let first = writes.sent.first, first.term <= term {
            writes.sent.removeFirst()
            guard let pending = writes.byToken[first.token], case .sent(let sentTerm, _, _) = pending.progress,
                sentTerm == first.term
            else { continue }
            if pending.write.hasRequestID {
                writes.requeue(first.token, isProvenLost: false)
            } else {
                finish(first.token, .failed(.outcomeUnknown))
            }
        }
    }

    /// Ends what has waited for too long and sends again what may have got lost.
    mutating func sweepWrites() {
        guard now.monotonic >= writes.sweepAt else { return }
        writes.sweepAt = now.monotonic + .milliseconds(50)
        writes.trim()
        for token in writes.waiting {
            guard let pending = writes.byToken[token], case .waiting = pending.progress,
                now.monotonic - pending.received >= settings.leaderWait
            else { continue }
            finish(token, .failed(.notApplied(leader: consensus.leadership.leader)))
        }
        while let token = writes.arrivals.first {
            if let pending = writes.byToken[token] {
                guard now.monotonic - pending.received >= settings.outcomeWait else { break }
                finish(token, .failed(.outcomeUnknown))
            }
            writes.arrivals.removeFirst()
        }
        resendLost()
    }

    private mutating func resendLost() {
        var lost: [RequestToken] = []
        for (token, _) in writes.sent {
            guard let pending = writes.byToken[token], case .sent(_, let leader, let at) = pending.progress else {
                continue
            }
            guard now.monotonic - at >= settings.resendInterval else { break }
            if pending.write.hasRequestID, leader != id { lost.append(token) }
        }
        for token in lost { writes.requeue(token, isProvenLost: false) }
    }
}
