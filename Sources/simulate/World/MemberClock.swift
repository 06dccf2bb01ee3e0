import Consensus

/// A member's two clocks: one that runs a little wrong, and one that people set.
struct MemberClock {
    /// What the monotonic clock showed at `anchor`, when its rate was last changed.
    private var reading: Instant
    private var anchor = Instant(nanoseconds: 0)
    /// How many millionths it runs too fast (or too slow, if negative).
    private(set) var driftPerMillion: Int64
    /// How far the wall clock is off, in milliseconds. It may jump; nothing may depend on it.
    var wallErrorMilliseconds: Int64

    /// 2026-01-01T00:00:00Z: where the simulated wall clocks begin.
    static let epochMilliseconds: Int64 = 1_767_225_600_000

    /// - Parameter driftMax: how many millionths it may run wrong.
    init(driftMax: Int, random: inout Random) {
        let start = random.span(in: .seconds(1)...(.seconds(100_000)))
        reading = Instant(nanoseconds: start.nanoseconds)
        driftPerMillion = Int64(random.number(in: -driftMax...driftMax))
        wallErrorMilliseconds = Int64(random.number(in: -2000...2000))
    }

    func monotonic(at now: Instant) -> Instant {
        let elapsed = (now - anchor).nanoseconds
        // Two minutes at a rate that is wrong by a tenth are 10^16: no overflow.
        return Instant(nanoseconds: reading.nanoseconds + elapsed + elapsed * driftPerMillion / 1_000_000)
    }

    /// From now on the monotonic clock runs at another rate; what it shows does not jump.
    mutating func setDrift(perMillion drift: Int64, at now: Instant) {
        reading = monotonic(at: now)
        anchor = now
        driftPerMillion = drift
    }

    func wallMilliseconds(at now: Instant) -> Int64 {
        Self.epochMilliseconds + now.nanoseconds / 1_000_000 + wallErrorMilliseconds
    }
}
