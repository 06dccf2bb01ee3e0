/// Stops the retries of a channel whose calls mostly fail, so that they do not keep an overloaded server down (gRFC
/// A6).
///
/// A bucket of tokens: a failure that would be retried takes one, a call that is answered puts a part of one back, and
/// nothing is retried while it is not more than half full. Calls themselves are never held back.
public struct RetryThrottle {
    /// In thousandths.
    private var tokens: Int
    private let tokensMax: Int
    private let tokensForAnswer: Int

    /// How much of that a channel bears.
    public struct Limits: Sendable, Hashable {
        /// Tokens in the full bucket, from 1 to 1,000. 10.
        public var tokensMax = 10
        /// What an answered call puts back, in thousandths of a token. 100.
        public var thousandthsForAnswer = 100

        public init() {}
    }

    init(_ limits: Limits) {
        tokensMax = min(max(limits.tokensMax, 1), 1_000) * 1_000
        tokensForAnswer = min(max(limits.thousandthsForAnswer, 1), 1_000_000)
        tokens = tokensMax
    }

    mutating func onAnswer() {
        tokens = min(tokens + tokensForAnswer, tokensMax)
    }

    mutating func onFailure() {
        tokens = max(tokens - 1_000, 0)
    }

    var allowsRetries: Bool { tokens > tokensMax / 2 }
}
