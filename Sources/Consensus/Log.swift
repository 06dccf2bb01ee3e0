import ByteString
import DequeModule

/// The part of the log that is kept in memory: the entries after `base`.
struct Log: Sendable {
    /// The last position that is no longer kept (zero if nothing was compacted yet).
    private(set) var base: LogPosition
    private var entries: Deque<Entry> = []
    /// What the kept entries weigh; see ``Entry/weight``.
    private(set) var byteCount = 0

    init(base: LogPosition) { self.base = base }

    var first: LogIndex { base.index.next }
    var last: LogPosition { entries.last?.position ?? base }

    /// The term of the entry at `index`; nil if the log does not say.
    func term(at index: LogIndex) -> Term? {
        if index == base.index { return base.term }
        guard index > base.index, index <= last.index else { return nil }
        return entries[offset(index)].term
    }

    /// - Precondition: the entry is kept.
    subscript(index: LogIndex) -> Entry { entries[offset(index)] }

    func contains(_ position: LogPosition) -> Bool { term(at: position.index) == position.term }

    /// Entries from `first` on: as many as weigh no more than `byteCountMax` together, and at least one if there is
    /// one.
    ///
    /// - Precondition: `first` is kept or follows the last.
    func slice(from first: LogIndex, byteCountMax: Int) -> (entries: [Entry], byteCount: Int) {
        let start = offset(first)
        var end = start
        var sum = 0
        while end < entries.count {
            let weight = entries[end].weight
            if end > start && sum + weight > byteCountMax { break }
            sum += weight
            end += 1
        }
        return (Array(entries[start..<end]), sum)
    }

    /// The entries `first ... last`, all of them kept.
    func slice(_ first: LogIndex, through last: LogIndex) -> Deque<Entry>.SubSequence {
        entries[offset(first)...offset(last)]
    }

    /// What the entries `first ... last` weigh together.
    func weight(_ first: LogIndex, through last: LogIndex) -> Int {
        slice(first, through: last).reduce(0) { $0 + $1.weight }
    }

    /// The last position at or before `index` whose term is at most `term`: since terms only grow along a log, nothing
    /// between it and `index` can be in a log that has `term` at `index`.
    ///
    /// - Returns: nil if that position lies before what is kept.
    func lastPosition(atOrBefore index: LogIndex, termAtMost term: Term) -> LogPosition? {
        guard index >= base.index else { return nil }
        // The number of kept entries at or before `index` with a term that is small enough, by bisection.
        var low = 0
        var high = Int(min(index, last.index).rawValue - base.index.rawValue)
        while low < high {
            let middle = (low + high + 1) / 2
            if entries[middle - 1].term <= term { low = middle } else { high = middle - 1 }
        }
        if low > 0 { return entries[low - 1].position }
        return base.term <= term ? base : nil
    }

    mutating func append(_ entry: Entry) {
        assert(entry.index == last.index.next && entry.term >= last.term)
        byteCount += entry.weight
        entries.append(entry)
    }

    /// Drops the entries from `index` on.
    mutating func truncate(from index: LogIndex) {
        precondition(index > base.index, "compacted entries are committed")
        while let last = entries.last, last.index >= index {
            byteCount -= last.weight
            entries.removeLast()
        }
    }

    /// Drops entries up to `index`, as long as more than `retainedBytes` are kept.
    mutating func compact(through index: LogIndex, retainedBytes: Int) {
        var count = 0
        var position = base
        while count < entries.count, entries[count].index <= index, byteCount > retainedBytes {
            byteCount -= entries[count].weight
            position = entries[count].position
            count += 1
        }
        entries.removeFirst(count)
        base = position
    }

    /// Drops everything: the log now begins after `position`.
    mutating func restart(after position: LogPosition) {
        entries.removeAll()
        byteCount = 0
        base = position
    }

    private func offset(_ index: LogIndex) -> Int { Int(index.rawValue - first.rawValue) }
}

extension Entry {
    /// What an entry counts for in every bound, in bytes: its payload, and something for itself.
    public var weight: Int { payload.count + 48 }
}
