import Consensus
import Replica

/// Watches every member from above and compares what no member could see alone: Raft's safety properties (Raft, figure
/// 3), and that nothing a member has said is forgotten by its disk.
struct SafetyObserver {
    /// By term: who led it.
    private var leaders: [Term: Int] = [:]
    /// By term and voter: for whom.
    private var votes: [Vote: MemberID] = [:]
    /// The digest of the state at each revision that somebody has stood at.
    private var digests: [UInt64: (digest: UInt64, member: Int)] = [:]
    /// The digest of each entry that was sent, by position.
    private var entries: [LogPosition: UInt64] = [:]
    private var members: [Known]
    /// The highest index that any member has known to be committed.
    private(set) var commit = LogIndex.zero

    private struct Vote: Hashable {
        var term: Term
        var voter: Int
    }

    /// What a member has said, or shown.
    private struct Known {
        var life = 0
        /// The newest term that it has revealed.
        var term = Term.zero
        /// What it has acknowledged in a term.
        var acknowledged = LogPosition.zero
        var commit = LogIndex.zero
        var applied: UInt64 = 0
        var wasLeader = false
    }

    init(memberCount: Int) {
        members = Array(repeating: Known(), count: memberCount)
    }

    /// A process has begun: its disk must know all that its predecessors have said.
    mutating func started(_ member: Member) throws(Violation) {
        guard let consensus = member.process?.driver.replica.consensus else { return }
        let known = members[member.place]
        guard consensus.term >= known.term else {
            throw Violation(
                claim: "a member remembers its term",
                evidence: "member \(member.id) had shown term \(known.term) and starts in \(consensus.term)")
        }
        // Only a leader of a later term may have cut what was acknowledged.
        if consensus.term == known.acknowledged.term, consensus.lastPosition.index < known.acknowledged.index {
            throw Violation(
                claim: "a member remembers what it acknowledged",
                evidence: "member \(member.id) had acknowledged \(known.acknowledged) and starts with "
                    + "\(consensus.lastPosition)")
        }
        members[member.place].life = member.life
        members[member.place].commit = .zero
        members[member.place].applied = 0
        members[member.place].wasLeader = false
    }

    // MARK: What members say

    mutating func sent(_ messages: [Addressed], by member: Member) throws(Violation) {
        for addressed in messages {
            guard case .consensus(let message) = addressed.message else { continue }
            switch message {
            case .heartbeat(let beat): reveal(beat.term, member)
            case .heartbeatReply(let reply): reveal(reply.term, member)
            case .voteRequest(let request):
                guard !request.isPreVote else { continue }
                reveal(request.term, member)
                try vote(request.term, by: member, for: member.id)
            case .voteReply(let reply):
                guard !reply.isPreVote else { continue }
                reveal(reply.term, member)
                if reply.refusal == nil { try vote(reply.term, by: member, for: addressed.to) }
            case .append(let append):
                reveal(append.term, member)
                // order-free: the entries of a message are an array, in log order
                for entry in append.entries { try check(entry, member) }
            case .appendReply(let reply):
                reveal(reply.term, member)
                if case .accepted(let index) = reply.result { acknowledge(index, reply.term, member) }
            case .snapshotChunk(let chunk): reveal(chunk.term, member)
            case .snapshotReply(let reply): reveal(reply.term, member)
            case .timeoutNow(let term): reveal(term, member)
            }
        }
    }

    private mutating func reveal(_ term: Term, _ member: Member) {
        members[member.place].term = max(members[member.place].term, term)
    }

    private mutating func vote(_ term: Term, by member: Member, for candidate: MemberID) throws(Violation) {
        let key = Vote(term: term, voter: member.place)
        if let other = votes[key], other != candidate {
            throw Violation(
                claim: "a member votes once in a term (Raft, 5.2)",
                evidence: "member \(member.id) voted for \(other) and \(candidate) in term \(term)")
        }
        votes[key] = candidate
    }

    private mutating func acknowledge(_ index: LogIndex, _ term: Term, _ member: Member) {
        let known = members[member.place].acknowledged
        if term > known.term {
            members[member.place].acknowledged = LogPosition(index: index, term: term)
        } else if term == known.term, index > known.index {
            members[member.place].acknowledged.index = index
        }
    }

    /// Log Matching: an index and a term name one entry.
    private mutating func check(_ entry: Entry, _ member: Member) throws(Violation) {
        var digest = Random.mix(UInt64(entry.kind.rawValue) + 1)
        entry.payload.withUnsafeBytes { bytes in
            for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        if let known = entries[entry.position], known != digest {
            throw Violation(
                claim: "an index and a term name one entry (Raft, 5.3)",
                evidence: "member \(member.id) sends another \(entry.position)")
        }
        entries[entry.position] = digest
    }

    // MARK: What members are

    /// A member has taken a turn.
    mutating func took(_ member: Member, _ process: Process, _ trace: inout Trace, _ now: Instant) throws(Violation) {
        let (isLeader, term) = process.office
        let known = members[member.place]
        if isLeader {
            if let other = leaders[term], other != member.place {
                throw Violation(
                    claim: "a term has one leader (Raft, 5.2)",
                    evidence: "members \(other + 1) and \(member.id) lead in \(term)")
            }
            leaders[term] = member.place
            if !known.wasLeader { try checkCompleteness(of: member, process) }
        }
        members[member.place].wasLeader = isLeader
        let committed = process.commit
        guard committed >= known.commit else {
            throw Violation(
                claim: "a commit index only grows", evidence: "member \(member.id): \(committed) after \(known.commit)")
        }
        members[member.place].commit = committed
        commit = max(commit, committed)
        try checkState(member, process, &trace, now)
    }

    /// Leader Completeness: a new leader has all that was committed before.
    private func checkCompleteness(of member: Member, _ process: Process) throws(Violation) {
        let last = process.driver.replica.consensus.lastPosition
        guard last.index > commit else {
            throw Violation(
                claim: "a leader has every committed entry (Raft, 5.4)",
                evidence: "member \(member.id) leads with \(last), but \(commit) is committed")
        }
    }

    /// State Machine Safety: at one revision all states are the same.
    private mutating func checkState(
        _ member: Member, _ process: Process, _ trace: inout Trace, _ now: Instant
    ) throws(Violation) {
        let applied = process.appliedRevision
        guard applied != members[member.place].applied else { return }
        guard applied > members[member.place].applied else {
            throw Violation(
                claim: "a state only goes forward",
                evidence: "member \(member.id): \(applied) after \(members[member.place].applied)")
        }
        members[member.place].applied = applied
        let digest = process.stateDigest
        trace.note(now, .state, UInt64(member.place), applied, digest, text: "member \(member.id) is at \(applied)")
        if let other = digests[applied] {
            guard other.digest == digest else {
                throw Violation(
                    claim: "members at the same revision have the same state (Raft, 5.4.3)",
                    evidence: "members \(other.member + 1) and \(member.id) at \(applied)")
            }
        } else {
            digests[applied] = (digest, member.place)
        }
    }
}
