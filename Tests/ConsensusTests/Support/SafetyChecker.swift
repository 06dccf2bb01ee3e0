import ByteString
import Testing

@testable import Consensus

/// The five properties of figure 3 of the Raft paper, watched over every step of every member, and what makes them
/// worth having: that an entry is on a quorum's disks when it is first handed out as committed.
final class SafetyChecker {
    struct Violation: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var violations: [Violation] = []
    private var leaders: [Term: MemberID] = [:]
    private var known: [LogPosition: (entry: Entry, previous: Term?)] = [:]
    /// What was handed out as committed, from index 1 on, and the digest after each.
    private(set) var chosen: [Entry] = []
    private var digests: [UInt64] = [0]
    private var offices: [MemberID: (term: Term, last: LogIndex)] = [:]
    /// Snapshots that turned out to be put together from two.
    var mixedSnapshots = 0
    /// All disks, for the durability check.
    var disks: () -> [(id: MemberID, durable: DurableState)] = { [] }

    // What happened, for statistics.
    private(set) var elections = 0
    private(set) var truncations = 0
    private(set) var installs = 0

    var chosenLast: LogIndex { LogIndex(UInt64(chosen.count)) }

    static func digest(_ digest: UInt64, _ entry: Entry) -> UInt64 {
        var hash = digest ^ entry.index.rawValue &* 0x9e37_79b9_7f4a_7c15
        hash = (hash ^ entry.term.rawValue) &* 0x0000_0100_0000_01b3
        for byte in entry.payload { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return hash
    }

    func violate(_ text: String) { violations.append(Violation(description: text)) }

    func crashed(_ node: Node) { offices[node.id] = nil }

    func observe(_ node: Node, _ effects: Effects) {
        guard let core = node.core else { return }
        if let write = effects.write { observe(node, core, write) }
        if core.isLeader { observeLeader(node, core, effects) } else { offices[node.id] = nil }
        observeCommitted(node, core, effects.committed)
    }

    /// Log Matching (section 5.3): the same position means the same entry, and the same entry before it.
    private func observe(_ node: Node, _ core: Consensus, _ write: LogWrite) {
        if write.truncateFrom != nil { truncations += 1 }
        for entry in write.entries {
            let previous = core.log.term(at: entry.index.previous)
            if let other = known[entry.position] {
                let isSamePrevious = previous == nil || other.previous == nil || previous == other.previous
                if other.entry != entry || !isSamePrevious {
                    violate("log matching: member \(node.id) has another \(entry.position)")
                }
            } else {
                known[entry.position] = (entry, previous)
            }
        }
    }

    private func observeLeader(_ node: Node, _ core: Consensus, _ effects: Effects) {
        let last = core.log.last.index
        if let before = offices[node.id], before.term == core.term {
            // Leader Append-Only (section 5.3).
            if last < before.last || effects.write?.truncateFrom != nil {
                violate("leader append-only: member \(node.id) cut its log in term \(core.term)")
            }
        } else {
            // Election Safety (section 5.2).
            if let other = leaders[core.term], other != node.id {
                violate("election safety: members \(other) and \(node.id) lead term \(core.term)")
            }
            leaders[core.term] = node.id
            elections += 1
            // Leader Completeness (section 5.4).
            if let entry = chosen.last, entry.term < core.term, core.log.base.index < entry.index,
                core.log.term(at: entry.index) != entry.term
            {
                violate("leader completeness: member \(node.id) leads term \(core.term) without \(entry.position)")
            }
        }
        offices[node.id] = (core.term, last)
    }

    /// Nothing leaves a member that its disk does not hold (section 5.1, and figure 2: persistent state is updated
    /// before a server responds).
    func sent(_ outgoing: Outgoing, by member: MemberID, _ durable: DurableState) {
        var term = Term.zero
        switch outgoing.message {
        case .heartbeat(let heartbeat): term = heartbeat.term
        case .heartbeatReply(let reply): term = reply.term
        case .append(let append): term = append.term
        case .appendReply(let reply):
            term = reply.term
            if case .accepted(let index) = reply.result, durable.hardState.term == term, index > durable.last {
                violate("member \(member) acknowledged \(index) before it was durable")
            }
        case .voteRequest(let request): term = request.isPreVote ? .zero : request.term
        case .voteReply(let reply):
            if reply.isPreVote { return }
            term = reply.term
            if reply.refusal == nil, durable.hardState.term == term, durable.hardState.vote != outgoing.to {
                violate("member \(member) voted for \(outgoing.to) in term \(term) before that was durable")
            }
        case .snapshotChunk(let chunk): term = chunk.term
        case .snapshotReply(let reply): term = reply.term
        case .timeoutNow(let leadersTerm): term = leadersTerm
        }
        if term > durable.hardState.term { violate("member \(member) revealed term \(term) before it was durable") }
    }

    /// State Machine Safety (section 5.4.3).
    private func observeCommitted(_ node: Node, _ core: Consensus, _ committed: [Entry]) {
        if core.isLeader, let last = committed.last, last.term != core.term {
            violate(
                "member \(node.id) committed up to \(last.position) by counting in term \(core.term) (section 5.4.2)")
        }
        var expected = node.applied.next
        for entry in committed {
            if entry.index != expected { violate("member \(node.id) was handed \(entry.index), expected \(expected)") }
            expected = entry.index.next
            let place = Int(entry.index.rawValue) - 1
            if place < chosen.count {
                if chosen[place] != entry {
                    violate("state machine safety: member \(node.id) applied another \(entry.index)")
                }
            } else if place == chosen.count {
                choose(entry, node, core)
            } else {
                violate("member \(node.id) committed \(entry.index) before anybody committed \(chosen.count + 1)")
            }
        }
    }

    private func choose(_ entry: Entry, _ node: Node, _ core: Consensus) {
        chosen.append(entry)
        digests.append(Self.digest(digests[digests.count - 1], entry))
        // On the disks of a quorum of the configuration that the entry was committed under: the one in effect at it, or
        // the one that the committing leader had by then.
        let disks = disks()
        guard !disks.isEmpty else { return }
        func isOnQuorum(_ configuration: Configuration) -> Bool {
            disks.count { configuration[$0.id]?.role == .voter && $0.durable.holds(entry.position) }
                >= configuration.quorum
        }
        if !isOnQuorum(core.configuration) && !isOnQuorum(core.memberships.configuration(at: entry.index)) {
            violate("member \(node.id) committed \(entry.position), which is on no quorum's disks")
        }
    }

    func installed(_ file: SnapshotFile, by node: Node) {
        installs += 1
        let index = Int(file.metadata.position.index.rawValue)
        guard index < digests.count else {
            return violate("member \(node.id) installed a snapshot of what nobody committed")
        }
        if digests[index] != file.digest { violate("member \(node.id) installed a snapshot of another history") }
    }

    /// The digest of the history up to `index`.
    func digest(at index: LogIndex) -> UInt64? {
        Int(index.rawValue) < digests.count ? digests[Int(index.rawValue)] : nil
    }

    func expectNoViolations(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(violations.isEmpty, comment, sourceLocation: sourceLocation)
    }
}
