import ByteString
import Consensus
import Messages
import Protobuf
import RPC
import Replica
import WellKnownTypes

/// Why a call is answered with an error: the reasons that the service itself gives. Those of the tree are given by
/// the replicated state. A reason is a promise to programs: it is never renamed.
enum ServiceReason: String {
    /// Surely without effect; try again.
    case notApplied = "NOT_APPLIED"
    /// Surely without effect: a bounded queue is full.
    case overloaded = "OVERLOADED"
    /// Surely without effect: there is no space for it. Deletes go on.
    case diskFull = "DISK_FULL"
    /// Surely without effect: the client's deadline had passed before the write was proposed.
    case deadlineExceeded = "DEADLINE_PASSED"
    /// It may have taken effect, and may still do so.
    case outcomeUnknown = "OUTCOME_UNKNOWN"
    /// The member has not reached the asked revision in time.
    case behind = "REVISION_NOT_REACHED"
    /// Some member runs a release that does not know what is asked for; it is to be had when none does any more.
    case formatLevelTooLow = "FORMAT_LEVEL_TOO_LOW"
    /// The member is asked to stop, and the stream without an end of its own; another member takes it up.
    case shuttingDown = "SHUTTING_DOWN"
    /// Only the leader changes the ensemble.
    case notLeader = "NOT_LEADER"
    /// Another change of the ensemble is not finished; try again.
    case changeUnderWay = "CHANGE_UNDER_WAY"
    case unknownMember = "UNKNOWN_MEMBER"
    case memberIDInUse = "MEMBER_ID_IN_USE"
    case addressInUse = "ADDRESS_IN_USE"
    /// The member's release does not support the ensemble's format level.
    case releaseTooOld = "RELEASE_TOO_OLD"
    case learnerBehind = "LEARNER_BEHIND"
    case memberSilent = "MEMBER_SILENT"
    case quorumAtRisk = "QUORUM_AT_RISK"
    case noSuccessor = "NO_SUCCESSOR"
    case notTakenOver = "NOT_TAKEN_OVER"
    /// A field of the request is missing or cannot be.
    case invalidField = "INVALID_FIELD"
}

extension RPCStatus {
    /// A status whose details carry a `google.rpc.Status` with an `ErrorInfo` of domain `roost`.
    ///
    /// - Parameters:
    ///   - metadata: facts for programs, in the order given.
    ///   - retryAfter: adds a `RetryInfo`.
    static func roost(
        _ code: Code, reason: String, _ message: String, metadata: [(String, String)] = [],
        retryAfter: Span? = nil
    ) -> RPCStatus {
        var info = GoogleRpcErrorInfo()
        info.reason = reason
        info.domain = "roost"
        for (key, value) in metadata { info.metadata[key] = value }
        var status = GoogleRpcStatus()
        status.code = Int32(code.rawValue)
        status.message = message
        status.details = [packed(info)]
        if let retryAfter {
            var retry = GoogleRpcRetryInfo()
            retry.retryDelay = GoogleProtobufDuration(.nanoseconds(retryAfter.nanoseconds))
            status.details.append(packed(retry))
        }
        return RPCStatus(code, message, details: try? status.encodedBytes())
    }

    static func roost(
        _ code: Code, _ reason: ServiceReason, _ message: String, metadata: [(String, String)] = [],
        retryAfter: Span? = nil
    ) -> RPCStatus {
        roost(code, reason: reason.rawValue, message, metadata: metadata, retryAfter: retryAfter)
    }

    /// What the RPC layer's own errors carry, so that programs can tell them apart too.
    static func details(_ refusal: Refusal, _ status: RPCStatus) -> Bytes? {
        let retryAfter = refusal == .tooMuchUnread ? Span.milliseconds(100) : nil
        return roost(status.code, reason: refusal.rawValue, status.message, retryAfter: retryAfter).details
    }

    /// A field of the request is missing, or cannot be.
    static func invalidField(_ message: String) -> RPCStatus { .roost(.invalidArgument, .invalidField, message) }

    /// How a request ended that was not applied here.
    static func failure(_ failure: RequestFailure) -> RPCStatus {
        switch failure {
        case .notApplied(let leader):
            roost(
                .unavailable, .notApplied, "no leader took the request; it had no effect",
                metadata: leader.map { [("leader", $0.description)] } ?? [], retryAfter: .milliseconds(50))
        case .overloaded:
            roost(
                .resourceExhausted, .overloaded, "too many requests are under way; this one had no effect",
                retryAfter: .milliseconds(100))
        case .diskFull(let place):
            roost(.resourceExhausted, .diskFull, "\(place); the request had no effect", retryAfter: .seconds(2))
        case .expired:
            roost(.deadlineExceeded, .deadlineExceeded, "the deadline had passed; the request had no effect")
        case .outcomeUnknown:
            roost(
                .unknown, .outcomeUnknown,
                "the request may have taken effect; send it again with the same request_id to learn its outcome",
                retryAfter: .milliseconds(50))
        }
    }

    /// A request whose bytes could not be read.
    static func malformed(_ error: WireError) -> RPCStatus {
        roost(
            .invalidArgument, reason: StateReason.malformedRequest.rawValue,
            "the request cannot be decoded: \(error)")
    }

    private static func packed(_ message: some Protobuf.Message) -> GoogleProtobufAny {
        (try? GoogleProtobufAny(packing: message)) ?? GoogleProtobufAny()
    }
}
