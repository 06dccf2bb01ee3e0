/// How regularly a member's heartbeats arrive: the mean of the gaps between them and their mean deviation.
///
/// An accrual detector (Hayashibara et al., "The φ accrual failure detector", 2004) asks how improbable a silence is,
/// given the gaps seen so far. Here the question is turned round: which silence is so improbable that it means death?
/// Both figures are moving averages of integers (Jacobson, "Congestion avoidance and control", 1988), so no window is
/// kept and no floating point decides anything.
struct ArrivalEstimate: Hashable, Sendable {
    private(set) var mean: Span
    /// Rises fast and falls slowly: a link that was lossy a moment ago is not yet trusted.
    private(set) var deviation = Span.zero

    init(interval: Span) { mean = interval }

    mutating func add(_ gap: Span) {
        let error = gap.nanoseconds - mean.nanoseconds
        mean = Span(nanoseconds: mean.nanoseconds + error / 16)
        let change = abs(error) - deviation.nanoseconds
        deviation = Span(nanoseconds: deviation.nanoseconds + change / (change > 0 ? 4 : 64))
    }

    /// A silence beyond this is no accident. Six mean deviations are about five standard ones.
    var limit: Span { mean + deviation * 6 }
}
