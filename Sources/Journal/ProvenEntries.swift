import Consensus

/// Entries and positions of one log, with holes.
struct ProvenEntries: Sendable {
    /// Ascending; each consecutive in itself, none touched by another.
    private(set) var runs: [[Entry]] = []
    /// Positions whose entries are missing, or were when they became known; ascending.
    private var positions: [LogPosition] = []

    var count: Int { runs.reduce(0) { $0 + $1.count } }
    var positionCount: Int { positions.count }

    // MARK: - Adding

    /// Consecutive entries; those that are known already are left out.
    mutating func insert(_ entries: some RandomAccessCollection<Entry>) {
        guard let first = entries.first?.index, let last = entries.last?.index else { return }
        for gap in gaps(after: first > .zero ? first.previous : .zero, through: last) {
            let fresh = Array(
                entries.dropFirst(Int(gap.lowerBound.rawValue - first.rawValue))
                    .prefix(Int(gap.upperBound.rawValue - gap.lowerBound.rawValue) + 1))
            let place = runs.firstIndex { $0[0].index > gap.upperBound } ?? runs.count
            runs.insert(fresh, at: place)
        }
    }

    mutating func insert(_ position: LogPosition) {
        guard term(at: position.index) == nil else { return }
        positions.insert(position, at: positions.firstIndex { $0.index > position.index } ?? positions.count)
    }

    // MARK: - Asking

    /// What is missing of the entries behind `floor`, up to `last`.
    func gaps(after floor: LogIndex, through last: LogIndex) -> [ClosedRange<LogIndex>] {
        var gaps: [ClosedRange<LogIndex>] = []
        var next = floor.next
        for run in runs {
            let end = run[run.count - 1].index
            if end < next { continue }
            if run[0].index > last { break }
            if run[0].index > next { gaps.append(next...run[0].index.previous) }
            next = end.next
        }
        if next <= last { gaps.append(next...last) }
        return gaps
    }

    /// The first position at or behind `index` that is known.
    func anchor(atOrAfter index: LogIndex) -> LogPosition? {
        let position = positions.first { $0.index >= index }
        let run = runs.first { $0[$0.count - 1].index >= index }
        let entry = run.map { $0[index <= $0[0].index ? 0 : Int(index.rawValue - $0[0].index.rawValue)].position }
        guard let position, let entry else { return position ?? entry }
        return position.index < entry.index ? position : entry
    }

    /// The last position before `index` that is known.
    func lastPosition(before index: LogIndex) -> LogPosition? {
        let position = positions.last { $0.index < index }
        let run = runs.last { $0[0].index < index }
        let entry = run.map { $0[min($0.count, Int(clamping: index.rawValue - $0[0].index.rawValue)) - 1].position }
        guard let position, let entry else { return position ?? entry }
        return position.index > entry.index ? position : entry
    }
}

extension ProvenEntries: EntrySource {
    func term(at index: LogIndex) -> Term? {
        if let run = runs.first(where: { $0[$0.count - 1].index >= index }), run[0].index <= index {
            return run[Int(index.rawValue - run[0].index.rawValue)].term
        }
        return positions.first { $0.index == index }?.term
    }

    func lastIndex(atOrBefore index: LogIndex, of term: Term) -> LogIndex? {
        let last = runs.reversed().lazy.compactMap { $0.lastPosition(atOrBefore: index, termAtMost: term) }.first
        let position = positions.last { $0.index <= index && $0.term <= term }
        let found = [last, position].compactMap { $0 }.max { $0.index < $1.index }
        return found?.term == term ? found?.index : nil
    }

    func run(from first: LogIndex, through last: LogIndex) -> ArraySlice<Entry> {
        for run in runs {
            let found = run.slice(from: first, through: last)
            if !found.isEmpty { return found }
        }
        return []
    }

    /// All of `first ... last`.
    func run(from first: LogIndex, through last: LogIndex) -> [Entry] {
        runs.flatMap { $0.slice(from: first, through: last) }
    }
}
