public import Consensus
import DequeModule

/// What a member's state is at a revision: the same on every member.
public struct StateCheckpoint: Hashable, Sendable {
    public var revision: LogIndex
    public var digest: UInt64

    public init(revision: LogIndex, digest: UInt64) {
        self.revision = revision
        self.digest = digest
    }
}

/// This member's state is not that of a majority: memory or a disk has changed it, or a release computes otherwise.
public struct StateDivergence: Hashable, Sendable, CustomStringConvertible {
    public var own: StateCheckpoint
    /// What a majority of the voters has at the same revision.
    public var expected: UInt64

    public init(own: StateCheckpoint, expected: UInt64) {
        self.own = own
        self.expected = expected
    }

    public var description: String {
        "the state is not that of a majority: at revision \(own.revision) its digest is "
            + String(own.digest, radix: 16) + ", and theirs is " + String(expected, radix: 16)
    }
}

/// The states of the members at the same revisions, compared by the leader.
///
/// Consensus makes the logs equal, and nobody compares what members make of them: a flipped bit in the memory of one
/// would be served, snapshotted and handed on for ever. So every member tells the leader its digest now and then. Who
/// differs from what more than half of the voters have is told so, and ends; without such a majority nobody can say who
/// is right.
struct StateChecks {
    /// A checkpoint is taken where the revision is a multiple of this.
    static let interval: UInt64 = 512
    /// So many are kept of each member: one may be that far behind and still be compared.
    private static let countMax = 64

    private(set) var own = Deque<StateCheckpoint>()
    /// By ascending member.
    private var told: [(member: MemberID, checkpoints: Deque<StateCheckpoint>)] = []

    mutating func note(_ checkpoint: StateCheckpoint) { Self.add(checkpoint, to: &own) }

    mutating func note(_ checkpoint: StateCheckpoint, of member: MemberID) {
        if let place = told.firstIndex(where: { $0.member == member }) {
            Self.add(checkpoint, to: &told[place].checkpoints)
        } else {
            told.append((member, [checkpoint]))
            told.sort { $0.member < $1.member }
        }
    }

    /// The digests that are known at `revision`, by ascending member.
    func known(at revision: LogIndex, self id: MemberID) -> [(member: MemberID, digest: UInt64)] {
        var known: [(member: MemberID, digest: UInt64)] = []
        if let checkpoint = own.last(where: { $0.revision == revision }) { known.append((id, checkpoint.digest)) }
        for (member, checkpoints) in told {
            guard let checkpoint = checkpoints.last(where: { $0.revision == revision }) else { continue }
            known.append((member, checkpoint.digest))
        }
        return known.sorted { $0.member < $1.member }
    }

    private static func add(_ checkpoint: StateCheckpoint, to checkpoints: inout Deque<StateCheckpoint>) {
        if checkpoints.count == countMax { checkpoints.removeFirst() }
        checkpoints.append(checkpoint)
    }
}

extension Replica {
    /// The entry at a revision at which states are compared has been applied.
    mutating func checkState() {
        let checkpoint = StateCheckpoint(
            revision: LogIndex(state.appliedRevision.rawValue), digest: state.digest)
        stateChecks.note(checkpoint)
        switch consensus.leadership {
        case .leading:
            compareStates(at: checkpoint.revision)
        case .following(let leader, let term):
            let forward = Forward(term: term, writes: [], barriers: [], checkpoint: checkpoint)
            forwards.append(Addressed(to: leader, message: .forward(forward)))
        case .none:
            break
        }
    }

    /// A follower tells what its state was.
    mutating func onCheckpoint(_ checkpoint: StateCheckpoint, of member: MemberID) {
        guard consensus.isLeader else { return }
        stateChecks.note(checkpoint, of: member)
        compareStates(at: checkpoint.revision)
    }

    private mutating func compareStates(at revision: LogIndex) {
        let known = stateChecks.known(at: revision, self: id)
        guard let first = known.first, known.contains(where: { $0.digest != first.digest }) else { return }
        let voters = consensus.configuration.voters
        let majority = known.first { candidate in
            known.count { $0.digest == candidate.digest && voters.contains($0.member) }
                >= consensus.configuration.quorum
        }
        guard let majority else { return }
        for (member, digest) in known where digest != majority.digest {
            let expected = StateCheckpoint(revision: revision, digest: majority.digest)
            if member == id {
                onDivergence(from: expected)
            } else {
                let reply = ForwardReply(term: consensus.term, refusals: [], barriers: [], divergedFrom: expected)
                forwards.append(Addressed(to: member, message: .forwardReply(reply)))
            }
        }
    }

    /// A majority has another state than this member, as far as it remembers its own.
    mutating func onDivergence(from expected: StateCheckpoint) {
        guard let own = stateChecks.own.last(where: { $0.revision == expected.revision }),
            own.digest != expected.digest
        else { return }
        answers.divergence = StateDivergence(own: own, expected: expected.digest)
    }
}
