/// Hands out numbers that nothing has yet, for suggestions.
struct FreeNumbers {
    /// By their lower bounds.
    private let taken: [ClosedRange<Int>]
    private let limits: ClosedRange<Int>
    private var candidate: Int

    /// Numbers within `limits` outside of `taken`: those from `start` on, then from the lowest.
    init(taken: [ClosedRange<Int>], limits: ClosedRange<Int>, from start: Int) {
        self.taken = taken.sorted { $0.lowerBound < $1.lowerBound }
        self.limits = limits
        candidate = start
    }

    /// The next free number, each once; nil if there is none.
    mutating func next() -> Int? {
        for start in [candidate, limits.lowerBound] {
            var number = start
            for range in taken where range.contains(number) { number = range.upperBound + 1 }
            if limits.contains(number) {
                candidate = number + 1
                return number
            }
        }
        return nil
    }
}
