// The core's messages by names that the generated ones do not have. (They cannot be qualified by their module: it
// has a type of the module's own name.)
import Consensus
import Replica

typealias CoreHeartbeat = Heartbeat
typealias CoreHeartbeatReply = HeartbeatReply
typealias CoreOffice = Office
typealias CoreSuspicion = Suspicion
typealias CoreVoteRequest = VoteRequest
typealias CoreVoteReply = VoteReply
typealias CoreAppend = Append
typealias CoreAppendReply = AppendReply
typealias CoreSnapshotChunk = SnapshotChunk
typealias CoreSnapshotReply = SnapshotReply
typealias CoreEntry = Entry
typealias CoreForward = Forward
typealias CoreStateCheckpoint = StateCheckpoint
typealias CoreForwardReply = ForwardReply
typealias RefusalOfForward = RefusalReason
