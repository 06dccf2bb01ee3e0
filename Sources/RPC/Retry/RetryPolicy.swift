/// When a call that failed is made again. Only a ``LoadBalancedChannel`` retries.
///
/// Without any policy a call is made once. With one, a call that the server has surely not seen (it was never sent, or
/// refused with REFUSED_STREAM or by a GOAWAY) is made once more, at once and for free. Beyond that it is made again
/// where the server says that this is safe: by `grpc-retry-pushback-ms` or a `google.rpc.RetryInfo`, which also say
/// when, or with a status that the policy names. Never: after `grpc-retry-pushback-ms` with anything but a number from
/// 0 on, after the call was cancelled, after the deadline, and once the caller of a stream has been given something of
/// the answer. (gRFC A6.)
public struct RetryPolicy: Sendable {
    /// Attempts in all, the first one included. 4.
    public var attemptsMax = 4
    /// The pauses between attempts, where the server does not say how long.
    public var backoff: ChannelConfiguration.Backoff
    /// Status codes that say that nothing happened, or that whatever happened may happen twice.
    public var safeCodes: Set<RPCStatus.Code> = []
    /// Looks at the whole failure, before `safeCodes` do; nil leaves the decision to those.
    public var judge: (@Sendable (RPCFailure) -> Verdict?)?
    /// How long one attempt may take, if less is left of the call's own time. It fails with DEADLINE_EXCEEDED then,
    /// which must be safe for the call to go on. Nil: as long as the call.
    public var attemptTimeout: Duration?
    /// Whether the channel is to use another address after a failure that is no final answer, if its policy sticks to
    /// one.
    public var movesOn = false
    /// Requests are kept until nothing can be retried any more. A call with more than this is not retried. 256 KiB.
    public var keptBytesMax = 256 << 10

    /// What a failure says.
    public enum Verdict: Sendable, Hashable {
        /// The call's answer.
        case isFinal
        /// Surely no effect: try again.
        case nothingHappened
        /// Perhaps an effect, but trying again does no harm. If no later attempt is answered, the call fails with this.
        case outcomeUnknown
    }

    public init() {
        backoff = ChannelConfiguration.Backoff()
        backoff.initial = .milliseconds(100)
        backoff.maximum = .seconds(1)
        backoff.multiplier = 2
    }

    /// Not even what the server has surely not seen is sent again.
    public static var never: RetryPolicy {
        var policy = RetryPolicy()
        policy.attemptsMax = 1
        policy.judge = { _ in .isFinal }
        return policy
    }

    func verdict(on failure: RPCFailure) -> Verdict {
        if let verdict = judge?(failure) { return verdict }
        if failure.isUnseen { return .nothingHappened }
        return safeCodes.contains(failure.status.code) ? .outcomeUnknown : .isFinal
    }
}

/// A policy behind one reference: options of calls are copied a lot, and few have one.
final class RetryPolicyBox: Sendable {
    let policy: RetryPolicy

    init(_ policy: RetryPolicy) {
        self.policy = policy
    }
}

/// The policies of a channel's methods.
public struct RetryPolicies: Sendable {
    /// For methods that have none of their own. Nil: these are not retried.
    public var other: RetryPolicy?
    public var byMethod: [MethodPath: RetryPolicy] = [:]

    public init(other: RetryPolicy? = nil) {
        self.other = other
    }
}

extension RPCFailure {
    /// Whether the server has surely not seen a call that it could have taken. A limit of this side that a call exceeds
    /// is none of these.
    var isUnseen: Bool { isSurelyUnprocessed && status.code == .unavailable }
}
