/// The attempts of one call, without sockets, timers and channels. Times in nanoseconds.
struct RetryState {
    let policy: RetryPolicy
    /// Attempts that failed and counted; what `grpc-previous-rpc-attempts` says.
    private(set) var failedAttempts = 0
    /// Whether the caller has been given something of the answer.
    private(set) var isCommitted = false
    private var hasHadFreeRetry = false
    /// For the backoff: failures since the server last said when to come again.
    private var failuresInRow = 0
    /// The first failure after which the call may have had an effect.
    private var unknown: RPCFailure?
    /// Whether a server may have seen the call.
    private var mayHaveBeenSeen = false

    init(_ policy: RetryPolicy) {
        self.policy = policy
    }

    mutating func onCommitted() {
        isCommitted = true
    }

    enum OnFailure: Equatable {
        case fail(RPCFailure)
        case retryNow
        case retryAfter(Int64)
    }

    /// An attempt has failed.
    ///
    /// - Parameters:
    ///   - wasPlaced: whether there was a connection for it.
    ///   - timeLeft: of the call.
    ///   - chance: drawn evenly from 0 to 1.
    mutating func onFailure(
        _ failure: RPCFailure, wasPlaced: Bool, timeLeft: Int64, throttle: inout RetryThrottle?,
        chance: Double
    ) -> OnFailure {
        let verdict = policy.verdict(on: failure)
        let end = outcome(failure, verdict)
        if !failure.isSurelyUnprocessed {
            mayHaveBeenSeen = true
            if unknown == nil, verdict != .nothingHappened { unknown = failure }
        }
        guard !isCommitted, timeLeft > 0 else { return .fail(end) }
        if failure.isUnseen, wasPlaced, !hasHadFreeRetry, verdict != .isFinal {
            hasHadFreeRetry = true
            return .retryNow
        }
        let advice = RetryAdvice(failure)
        guard advice != .never else {
            throttle?.onFailure()
            return .fail(end)
        }
        guard verdict != .isFinal || isInvited(advice, failure) else { return .fail(end) }
        throttle?.onFailure()
        failedAttempts += 1
        guard failedAttempts < policy.attemptsMax, throttle?.allowsRetries ?? true else { return .fail(end) }
        let delay = delay(advice, chance)
        // The call's time would be over before that: better tell what is wrong than that it is late.
        guard delay < timeLeft else { return .fail(end) }
        return .retryAfter(delay)
    }

    /// A policy that judges for itself knows what the server's words mean.
    private func isInvited(_ advice: RetryAdvice, _ failure: RPCFailure) -> Bool {
        advice != .none && policy.judge?(failure) == nil
    }

    private mutating func delay(_ advice: RetryAdvice, _ chance: Double) -> Int64 {
        if case .after(let delay, isExact: true) = advice {
            failuresInRow = 0
            return delay
        }
        failuresInRow += 1
        let backoff = policy.backoff.delay(failures: failuresInRow, chance: chance).nanoseconds
        if case .after(let delay, isExact: false) = advice { return max(delay, backoff) }
        return backoff
    }

    /// What the call fails with after this failure. That nothing happened is true of the attempt only, if an earlier
    /// one may have had an effect.
    private func outcome(_ failure: RPCFailure, _ verdict: RetryPolicy.Verdict) -> RPCFailure {
        if let unknown, verdict == .nothingHappened || failure.isSurelyUnprocessed { return unknown }
        return ofAllAttempts(failure)
    }

    /// The failure as one of the call and not of its last attempt only.
    func ofAllAttempts(_ failure: RPCFailure) -> RPCFailure {
        guard mayHaveBeenSeen else { return failure }
        var failure = failure
        failure.isSurelyUnprocessed = false
        return failure
    }
}
