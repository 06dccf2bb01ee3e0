import Consensus
import DequeModule

/// The linearizable reads that came in at this member and may not be answered yet.
///
/// A read waits in three stages: until a barrier is asked for it, until the leader has named an index for the barrier
/// (Ongaro's thesis, section 6.4), and until that index is applied here. Barriers are shared: every read that arrives
/// while one is under way joins the next.
struct PendingReads {
    /// Reads that no barrier has been asked for.
    var waiting = Deque<(token: RequestToken, received: Instant)>()
    /// What consensus was asked, here, by token of the question.
    var asked: [ReadToken: Asker] = [:]
    /// What the leader was asked, if this member follows one.
    var inFlight: InFlight?
    /// By ascending index.
    var confirmed = Deque<(index: LogIndex, tokens: [RequestToken])>()
    var lastToken: UInt64 = 0
    /// How many reads wait in all stages.
    var count = 0

    /// Who waits for an index from this member's consensus.
    enum Asker {
        case own([(token: RequestToken, received: Instant)])
        case member(MemberID, BarrierID, term: Term)
    }

    /// A barrier on its way to the leader and back.
    struct InFlight {
        var id: BarrierID
        var leader: MemberID
        var term: Term
        var sent: Instant
        var reads: [(token: RequestToken, received: Instant)]
    }

    mutating func nextToken() -> UInt64 {
        lastToken += 1
        return lastToken
    }

    mutating func confirm(_ reads: [(token: RequestToken, received: Instant)], at index: LogIndex) {
        // A later barrier may, through another leader, be told a smaller index that serves it as well.
        let index = max(index, confirmed.last?.index ?? .zero)
        confirmed.append((index, reads.map(\.token)))
    }
}

extension Replica {
    mutating func onRead(_ token: RequestToken) {
        guard reads.count < settings.pendingReadsMax else {
            answers.readsFailed.append((token, .overloaded))
            return
        }
        reads.count += 1
        reads.waiting.append((token, now.monotonic))
    }

    /// Asks for a barrier for everything that waits: the own consensus if this member leads, else the leader.
    mutating func routeReads() {
        switch consensus.leadership {
        case .leading:
            if let inFlight = reads.inFlight {
                reads.inFlight = nil
                reads.waiting.prepend(contentsOf: inFlight.reads)
            }
            guard !reads.waiting.isEmpty else { return }
            let token = ReadToken(reads.nextToken())
            reads.asked[token] = .own(Array(reads.waiting))
            reads.waiting.removeAll(keepingCapacity: true)
            consensus.step(.readBarrier(token), now: now.monotonic)
        case .following(let leader, let term):
            if let inFlight = reads.inFlight {
                guard inFlight.leader != leader || inFlight.term != term else { return }
                reads.waiting.prepend(contentsOf: inFlight.reads)
                reads.inFlight = nil
            }
            guard !reads.waiting.isEmpty, now.monotonic >= writes.forwardAgainAt else { return }
            let id = BarrierID(reads.nextToken())
            reads.inFlight = PendingReads.InFlight(
                id: id, leader: leader, term: term, sent: now.monotonic, reads: Array(reads.waiting))
            reads.waiting.removeAll(keepingCapacity: true)
            forwards.append(
                Addressed(to: leader, message: .forward(Forward(term: term, writes: [], barriers: [id]))))
        case .none:
            guard let inFlight = reads.inFlight else { return }
            reads.inFlight = nil
            reads.waiting.prepend(contentsOf: inFlight.reads)
        }
    }

    // MARK: As the leader

    mutating func onForwardedBarriers(_ barriers: [BarrierID], term: Term, from member: MemberID) {
        for barrier in barriers {
            let token = ReadToken(reads.nextToken())
            reads.asked[token] = .member(member, barrier, term: term)
            consensus.step(.readBarrier(token), now: now.monotonic)
        }
    }

    mutating func onBarrierConfirmed(_ confirmed: ReadConfirmed) {
        switch reads.asked.removeValue(forKey: confirmed.token) {
        case .own(let own)?:
            reads.confirm(own, at: confirmed.index)
        case .member(let member, let barrier, let term)?:
            reply(to: member, barrier: barrier, term: term, index: confirmed.index)
        case nil:
            break
        }
    }

    /// This member lost its office before it could confirm the barrier.
    mutating func onBarrierRefused(_ token: ReadToken) {
        switch reads.asked.removeValue(forKey: token) {
        case .own(let own)?:
            reads.waiting.prepend(contentsOf: own)
        case .member(let member, let barrier, let term)?:
            reply(to: member, barrier: barrier, term: term, index: nil)
        case nil:
            break
        }
    }

    private mutating func reply(to member: MemberID, barrier: BarrierID, term: Term, index: LogIndex?) {
        let answer = ForwardReply.BarrierReply(id: barrier, index: index)
        forwards.append(
            Addressed(
                to: member, message: .forwardReply(ForwardReply(term: term, refusals: [], barriers: [answer]))))
    }

    // MARK: As a follower

    mutating func onBarrierReply(_ reply: ForwardReply.BarrierReply, term: Term, from member: MemberID) {
        guard let inFlight = reads.inFlight, inFlight.id == reply.id, inFlight.leader == member,
            inFlight.term == term
        else { return }
        reads.inFlight = nil
        if let index = reply.index {
            reads.confirm(inFlight.reads, at: index)
        } else {
            reads.waiting.prepend(contentsOf: inFlight.reads)
            writes.forwardAgainAt = now.monotonic + .milliseconds(5)
        }
    }

    mutating func interruptBarrier(to member: MemberID) {
        guard let inFlight = reads.inFlight, inFlight.leader == member else { return }
        reads.inFlight = nil
        reads.waiting.prepend(contentsOf: inFlight.reads)
    }

    /// Asks again where an answer is overdue, and ends what has waited for too long. A read has no effect, so asking
    /// twice does no harm.
    mutating func sweepReads() {
        if let inFlight = reads.inFlight, now.monotonic - inFlight.sent >= settings.barrierResendInterval {
            reads.inFlight = nil
            reads.waiting.prepend(contentsOf: inFlight.reads)
        }
        while let first = reads.waiting.first, now.monotonic - first.received >= settings.leaderWait {
            reads.waiting.removeFirst()
            reads.count -= 1
            answers.readsFailed.append((first.token, .notApplied(leader: consensus.leadership.leader)))
        }
    }

    /// The reads whose index is applied may be answered from the state.
    mutating func releaseReads() {
        let applied = LogIndex(state.appliedRevision.rawValue)
        while let first = reads.confirmed.first, first.index <= applied {
            reads.confirmed.removeFirst()
            reads.count -= first.tokens.count
            answers.readsReady.append(contentsOf: first.tokens)
        }
    }
}
