import Consensus
import Replica

/// Watches every member from above and compares what no member could see alone: Raft's safety properties (Raft, figure
/// 3), and that nothing a member has said is forgotten by its disk.
struct SafetyObserver {
    /// By term: who led it.
    private var leaders: [Term: Int] = [:]
    /// By ascending term: up to where its leader, or one before, has committed.
    private var commits: [(term: Term, index: LogIndex)] = []
    /// By term and voter: for whom.
    private var votes: [Vote: MemberID] = [:]
    /// By disk and term: up to where it has acknowledged.
    private var acknowledgements: [StorageID: [Term: LogIndex]] = [:]
    /// The digest of the state at each revision that somebody has stood at.
    private var digests: [UInt64: (digest: UInt64, member: Int)] = [:]
    /// The digest of each entry that was sent, by position.
    private var entries: [LogPosition: UInt64] = [:]
    private var members: [Known]
    /// The highest index that any member has known to be committed.
    private(set) var commit = LogIndex.zero

    /// A member with an empty disk is another voter than before.
    private struct Vote: Hashable {
        var term: Term
        var voter: StorageID
    }

    /// What a member has said, or shown.
    private struct Known {
        var life = 0
        /// The newest term that it has revealed.
        var term = Term.zero
        /// What it has acknowledged in the newest term in which it has.
        var acknowledged = LogPosition.zero
        /// Its log's end, and the term that it led in; nil if it did not lead.
        var last = LogIndex.zero
        var ledTerm: Term?
        var commit = LogIndex.zero
        var applied: UInt64 = 0
        /// As of its last turn.
        var configuration: Configuration?
        var configurationCount: UInt64 = 0
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
        if let recovered = member.process?.recovered,
            let vote = votes[Vote(term: recovered.term, voter: member.storage)], recovered.vote != vote
        {
            throw Violation(
                claim: "a member remembers its vote (Raft, 5.2)",
                evidence: "member \(member.id) voted for \(vote) in term \(recovered.term) and starts with "
                    + "\(recovered.vote?.description ?? "none")")
        }
        // Only a leader of a later term may have cut what was acknowledged.
        if consensus.term == known.acknowledged.term, consensus.lastPosition.index < known.acknowledged.index {
            throw Violation(
                claim: "a member remembers what it acknowledged",
                evidence: "member \(member.id) had acknowledged \(known.acknowledged) and starts with "
                    + "\(consensus.lastPosition)")
        }
        if let found = member.process?.foundLog { try check(found.entries, after: found.previous, member) }
        members[member.place].life = member.life
        members[member.place].commit = .zero
        members[member.place].applied = 0
        members[member.place].ledTerm = nil
        members[member.place].last = .zero
        members[member.place].configuration = nil
    }

    /// A member goes on with an empty disk, and another storage id: it may have forgotten everything.
    mutating func replaced(_ member: Member) {
        members[member.place] = Known(life: member.life)
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
                try check(append.entries, after: append.previous, member)
            case .appendReply(let reply):
                reveal(reply.term, member)
                if case .accepted(let index) = reply.result { try acknowledge(index, reply.term, member) }
            case .snapshotChunk(let chunk): reveal(chunk.term, member)
            case .snapshotReply(let reply):
                reveal(reply.term, member)
                if reply.isInstalled { try acknowledge(reply.position.index, reply.term, member) }
            case .timeoutNow(let term): reveal(term, member)
            }
        }
    }

    private mutating func reveal(_ term: Term, _ member: Member) {
        members[member.place].term = max(members[member.place].term, term)
    }

    private mutating func vote(_ term: Term, by member: Member, for candidate: MemberID) throws(Violation) {
        let key = Vote(term: term, voter: member.storage)
        if let other = votes[key], other != candidate {
            throw Violation(
                claim: "a member votes once in a term (Raft, 5.2)",
                evidence: "member \(member.id) voted for \(other) and \(candidate) in term \(term)")
        }
        votes[key] = candidate
    }

    private mutating func acknowledge(_ index: LogIndex, _ term: Term, _ member: Member) throws(Violation) {
        if let consensus = member.process?.driver.replica.consensus, consensus.term == term {
            // (An acknowledgement of an older term may have waited for the disk while its entries were cut.)
            let durable = consensus.status(now: Instant(nanoseconds: 0)).durable
            guard index <= durable else {
                throw Violation(
                    claim: "what is acknowledged is durable (Raft, 5.3)",
                    evidence: "member \(member.id) acknowledges \(index) in term \(term), and \(durable) is durable")
            }
        }
        let before = acknowledgements[member.storage]?[term] ?? .zero
        acknowledgements[member.storage, default: [:]][term] = max(before, index)
        let known = members[member.place].acknowledged
        if term > known.term {
            members[member.place].acknowledged = LogPosition(index: index, term: term)
        } else if term == known.term, index > known.index {
            members[member.place].acknowledged.index = index
        }
    }

    private mutating func check(
        _ log: [Entry], after previous: LogPosition, _ member: Member
    ) throws(Violation) {
        var before = previous.term
        for entry in log {
            try check(entry, after: before, member)
            before = entry.term
        }
    }

    /// Log Matching: an index and a term name one entry, and all those before it.
    private mutating func check(_ entry: Entry, after previous: Term, _ member: Member) throws(Violation) {
        var digest = Random.mix(UInt64(entry.kind.rawValue) + 1 &+ previous.rawValue << 8)
        entry.payload.withUnsafeBytes { bytes in
            for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        if let known = entries[entry.position], known != digest {
            throw Violation(
                claim: "an index and a term name one entry (Log Matching; Raft, 5.3)",
                evidence: "member \(member.id) has another \(entry.position), or another one before it")
        }
        entries[entry.position] = digest
    }

    /// Who was seen to lead in a term, by place.
    func leader(of term: Term) -> Int? { leaders[term] }

    // MARK: What members are

    /// A member has taken a turn.
    mutating func took(_ member: Member, _ process: Process, _ trace: inout Trace, _ now: Instant) throws(Violation) {
        let (isLeader, term) = process.office
        // Not a copy of all that is known: this is what a simulation does most often.
        let (ledTerm, lastBefore) = (members[member.place].ledTerm, members[member.place].last)
        let committedBefore = members[member.place].commit
        let last = process.driver.replica.consensus.lastPosition.index
        let committed = process.commit
        guard committed >= committedBefore else {
            throw Violation(
                claim: "a commit index only grows",
                evidence: "member \(member.id): \(committed) after \(committedBefore)")
        }
        if isLeader {
            if let other = leaders[term], other != member.place {
                throw Violation(
                    claim: "a term has one leader (Election Safety; Raft, 5.2)",
                    evidence: "members \(other + 1) and \(member.id) lead in \(term)")
            }
            leaders[term] = member.place
            if ledTerm != term {
                try checkCompleteness(of: member, process)
            } else if last < lastBefore {
                throw Violation(
                    claim: "a leader cuts nothing of its log (Leader Append-Only; Raft, 5.3)",
                    evidence: "member \(member.id), term \(term): \(last) after \(lastBefore)")
            }
            if ledTerm == term { try checkChange(by: member, process) }
            noteCommit(committed, in: term)
            if committed > committedBefore {
                try checkCommit(committed, of: member, process, wasLeader: ledTerm == term)
            }
        }
        members[member.place].ledTerm = isLeader ? term : nil
        members[member.place].last = last
        members[member.place].commit = committed
        let configurationCount = process.driver.replica.consensus.configurationCount
        if configurationCount != members[member.place].configurationCount || members[member.place].configuration == nil
        {
            members[member.place].configuration = process.driver.replica.consensus.configuration
            members[member.place].configurationCount = configurationCount
        }
        commit = max(commit, committed)
        try checkState(member, process, &trace, now)
    }

    /// A leader changes one voter at a time, and none before it knows which changes came before (thesis, 4.1).
    private func checkChange(by member: Member, _ process: Process) throws(Violation) {
        guard !process.driver.replica.consensus.isConfigurationCommitted else { return }
        guard process.driver.replica.consensus.isLeaderOfCommittedTerm else {
            let count = process.driver.replica.consensus.configurationCount
            guard count != members[member.place].configurationCount else { return }
            throw Violation(
                claim: "a leader changes the members once its term has begun (Ongaro, 2015)",
                evidence: "member \(member.id), leading in term \(process.office.term), has committed no entry of it")
        }
        let before = process.driver.replica.consensus.committedConfiguration.votingDirectories
        let after = process.driver.replica.consensus.configuration.votingDirectories
        guard before.count(where: { !after.contains($0) }) + after.count(where: { !before.contains($0) }) > 1 else {
            return
        }
        throw Violation(
            claim: "voters come and go one at a time (thesis, 4.1)",
            evidence: "member \(member.id) leads from \(before) to \(after)")
    }

    /// What a leader commits is an entry of its own term, and durable on a quorum (Raft, section 5.4.2).
    private func checkCommit(
        _ index: LogIndex, of member: Member, _ process: Process, wasLeader: Bool
    ) throws(Violation) {
        let term = process.office.term
        let configuration = process.driver.replica.consensus.configuration
        // In the turn in which it committed it may have gone on to other members.
        let candidates = [members[member.place].configuration ?? configuration, configuration]
        // A lone voter commits before it has sent anything that could have been seen.
        let isSeen = entries[LogPosition(index: index, term: term)] != nil
        guard isSeen || candidates.contains(where: { $0.quorum == 1 }) else {
            // (It may have learnt of it as a follower, a moment before it was elected.)
            guard wasLeader else { return }
            throw Violation(
                claim: "a leader counts only for entries of its own term (Raft, 5.4.2)",
                evidence: "member \(member.id) commits \(index) in term \(term)")
        }
        let isOwnDurable = process.driver.replica.consensus.status(now: Instant(nanoseconds: 0)).durable >= index
        let isDurable = candidates.contains { configuration in
            let others = configuration.members.count { other in
                other.role == .voter && other.id != member.id
                    && (acknowledgements[other.storage]?[term] ?? .zero) >= index
            }
            let isVoter = configuration[member.id]?.role == .voter
            return others + (isVoter && isOwnDurable ? 1 : 0) >= configuration.quorum
        }
        guard isDurable else {
            throw Violation(
                claim: "what is committed is durable on a quorum (Raft, 5.3)",
                evidence: "member \(member.id) commits \(index) in term \(term), which too few have acknowledged of "
                    + "\(configuration.voters)\(isOwnDurable ? "" : "; it is not durable on its own disk")")
        }
    }

    /// Leader Completeness: a new leader has all that was committed in earlier terms. (One that is late, because its
    /// votes were, lacks what a leader of a later term has committed, and will hear of that.)
    private func checkCompleteness(of member: Member, _ process: Process) throws(Violation) {
        let last = process.driver.replica.consensus.lastPosition
        let term = process.office.term
        guard let earlier = commits.last(where: { $0.term < term }), last.index <= earlier.index else { return }
        throw Violation(
            claim: "a leader has every committed entry (Leader Completeness; Raft, 5.4)",
            evidence: "member \(member.id) leads in term \(term) with \(last), but \(earlier.index) was committed in "
                + "\(earlier.term)")
    }

    /// A leader has committed up to `index`.
    private mutating func noteCommit(_ index: LogIndex, in term: Term) {
        let place = commits.firstIndex { $0.term >= term } ?? commits.count
        if place == commits.count || commits[place].term != term { commits.insert((term, .zero), at: place) }
        // What a later leader has committed contains what an earlier one had.
        for later in place..<commits.count { commits[later].index = max(commits[later].index, index) }
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
                    claim: "members at one revision have one state (State Machine Safety; Raft, 5.4.3)",
                    evidence: "members \(other.member + 1) and \(member.id) at \(applied)")
            }
        } else {
            digests[applied] = (digest, member.place)
        }
    }
}
