import Consensus
import Synchronization

/// Counts how often this member has seen another leader.
final class LeaderCount: Sendable {
    private let count = Atomic<UInt64>(0)

    var value: UInt64 { count.load(ordering: .relaxed) }

    func observe(_ notice: Notice) {
        switch notice {
        case .becameLeader, .followed(leader: .some, _): count.add(1, ordering: .relaxed)
        default: break
        }
    }
}
