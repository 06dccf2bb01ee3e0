/// Finds what somebody may have meant.
enum Spelling {
    /// The candidate nearest to `word`: by the fewest edits, at most a third of its letters (one of three to
    /// five); the first of equals. Case does not count.
    static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.utf8.map(lowered))
        guard letters.count <= 64 else { return nil }
        var limit = letters.count / 3
        var best: String?
        for candidate in candidates where candidate != word {
            let other = Array(candidate.utf8.map(lowered))
            guard abs(other.count - letters.count) <= limit,
                let distance = distance(letters, other), distance < limit || (best == nil && distance == limit)
            else { continue }
            limit = distance
            best = candidate
        }
        return best
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { byte.isUpper ? byte | 0x20 : byte }

    /// The number of letters to insert, remove, replace or swap with a neighbour (optimal string alignment).
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int? {
        guard !a.isEmpty, !b.isEmpty else { return nil }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    cost = min(cost, beforeLast[j - 2] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
