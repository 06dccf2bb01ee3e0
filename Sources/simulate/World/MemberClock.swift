import Consensus

/// A member's two clocks: one that runs a little wrong, and one that people set.
struct MemberClock {
    /// What the monotonic clock showed at the beginning.
    let start: Span
    /// How many millionths it runs too fast (or too slow, if negative).
    let driftPerMillion: Int64
    /// How far the wall clock is off, in milliseconds. It may jump; nothing may depend on it.
    var wallErrorMilliseconds: Int64

    /// 2026-01-01T00:00:00Z: where the simulated wall clocks begin.
    static let epochMilliseconds: Int64 = 1_767_225_600_000

    init(random: inout Random) {
        start = random.span(in: .seconds(1)...(.seconds(100_000)))
        driftPerMillion = Int64(random.number(in: -500...500))
        wallErrorMilliseconds = Int64(random.number(in: -2000...2000))
    }

    func monotonic(at now: Instant) -> Instant {
        Instant(nanoseconds: start.nanoseconds + now.nanoseconds + now.nanoseconds / 1_000_000 * driftPerMillion)
    }

    func wallMilliseconds(at now: Instant) -> Int64 {
        Self.epochMilliseconds + now.nanoseconds / 1_000_000 + wallErrorMilliseconds
    }
}
