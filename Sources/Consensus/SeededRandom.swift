/// The only source of chance in consensus: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014). The same seed gives the same numbers in every process.
struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A span in `0 ..< limit`; zero if `limit` is.
    mutating func span(below limit: Span) -> Span {
        guard limit > .zero else { return .zero }
        let wide = next().multipliedFullWidth(by: UInt64(limit.nanoseconds))
        return Span(nanoseconds: Int64(wide.high))
    }
}
