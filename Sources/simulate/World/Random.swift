import Consensus

/// The only source of chance in a simulation: SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", 2014), so that a seed means the same on every machine. Integers only, for the same reason.
public struct Random: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Self.mix(state)
    }

    /// A generator of its own for one part of the world: what that part draws leaves the others' luck alone.
    public mutating func split() -> Random {
        Random(seed: next())
    }

    /// Whether a chance of `perMille` in a thousand came true.
    public mutating func chance(perMille: Int) -> Bool {
        perMille > 0 && below(1000) < perMille
    }

    /// A number in `0 ..< bound`; by multiplication, the bias of which is below one in 2^32 for every bound used here.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0)
        return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    public mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    public mutating func span(in range: ClosedRange<Span>) -> Span {
        let width = range.upperBound.nanoseconds - range.lowerBound.nanoseconds
        return Span(nanoseconds: range.lowerBound.nanoseconds + Int64(below(Int(width) + 1)))
    }

    /// A span around `typical` with a long tail: one in eight is up to four times as long, one in 64 up to sixteen.
    public mutating func span(around typical: Span) -> Span {
        let base = Int64(below(Int(typical.nanoseconds) + 1)) + typical.nanoseconds / 2
        let tail = below(64)
        return Span(nanoseconds: tail == 0 ? base * 16 : tail < 8 ? base * 4 : base)
    }

    public mutating func element<Element>(of elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// One of the elements, each as likely as its weight says.
    public mutating func element<Element>(weighted elements: [(weight: Int, element: Element)]) -> Element {
        var rest = below(elements.reduce(0) { $0 + $1.weight })
        for candidate in elements {
            if rest < candidate.weight { return candidate.element }
            rest -= candidate.weight
        }
        preconditionFailure("the weights add up to more than their sum")
    }

    /// The finaliser of SplitMix64: spreads every bit of `value` over the whole result.
    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
