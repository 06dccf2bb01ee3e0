/// Hands out numbers that nothing has yet, for suggestions.
struct FreeNumbers {
    /// By their lower bounds.
    private let taken: [ClosedRange<Int>]
    private let limits: ClosedRange<Int>
    private var candidate: Int
    /// The ranges before this one end below the candidate.
    private var position = 0
    private var hasWrapped = false

    /// Numbers within `limits` outside of `taken`: those from `start` on, then from the lowest.
    init(taken: [ClosedRange<Int>], limits: ClosedRange<Int>, from start: Int) {
        self.taken = taken.sorted { $0.lowerBound < $1.lowerBound }
        self.limits = limits
        candidate = start
    }

    /// The next free number, each once; nil if there is none.
    mutating func next() -> Int? {
        while true {
            while position < taken.count, taken[position].lowerBound <= candidate {
                candidate = max(candidate, taken[position].upperBound + 1)
                position += 1
            }
            if limits.contains(candidate) {
                candidate += 1
                return candidate - 1
            }
            if hasWrapped { return nil }
            hasWrapped = true
            candidate = limits.lowerBound
            position = 0
        }
    }
}
