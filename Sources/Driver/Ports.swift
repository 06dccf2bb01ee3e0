public import Consensus
public import Replica

/// The way to the other members: real sockets, or the simulator's network.
///
/// Messages may be lost, delayed, and reordered between the kinds (heartbeat, vote, sync, forward), but a message is
/// never delivered twice, and within one kind and one connection order is kept.
public protocol Transport {
    /// Sends each message to its member, as far as there is a connection with room. Never blocks.
    mutating func send(_ messages: [Addressed])
    /// From now on the members are these. Called before anything is sent to a new one.
    mutating func reach(_ configuration: Configuration)
}

/// The way back to whoever asked.
public protocol Replies {
    /// Outcomes of writes, reads that may be answered now, and what the state published.
    mutating func deliver(_ answers: Answers)
    /// This member's view of itself and the others.
    mutating func deliver(_ status: ReplicaStatus, for token: RequestToken)
}
