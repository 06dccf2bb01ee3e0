import Consensus

/// Consecutive entries that were in this member's log at one time, as intact batches tell it.
///
/// A log with holes falls into stretches. Each is a part of a log that was whole once, so Log Matching (Raft, section
/// 5.3) holds for it, even where a hole hides that its end was truncated later.
struct Stretch: Hashable, Sendable {
    /// The position before the first entry; nil if the disk does not tell.
    var start: LogPosition?
    var entries: [Entry] = []
    /// Set where all that is missing between the stretch before and this one is one batch whose header is intact: it
    /// left the entries before this index as they were.
    var keptBelow: LogIndex?

    init(start: LogPosition?, keptBelow: LogIndex? = nil) {
        self.start = start
        self.keptBelow = keptBelow
    }

    init(entries: [Entry]) { self.entries = entries }

    /// Nil only while neither a start nor an entry is known.
    var last: LogPosition? { entries.last?.position ?? start }

    /// Carries out a batch's records. Returns false if they contradict what is known.
    mutating func apply(_ records: [LogRecord]) -> Bool {
        for record in records {
            switch record {
            case .entry(let entry):
                if let last {
                    guard entry.index == last.index.next, entry.term >= last.term else { return false }
                }
                guard entry.index > .zero else { return false }
                entries.append(entry)
            case .truncate(let from, let previousTerm):
                guard from > .zero, last.map({ from <= $0.index.next }) ?? true,
                    truncate(to: LogPosition(index: from.previous, term: previousTerm))
                else { return false }
            case .reset(let position):
                self = Stretch(start: position)
            }
        }
        return true
    }

    private mutating func truncate(to position: LogPosition) -> Bool {
        if let first = entries.first?.index, position.index >= first {
            entries.removeLast(Int(entries[entries.count - 1].index.rawValue - position.index.rawValue))
            return entries.last?.position == position
        }
        entries = []
        if let start, start.index <= position.index { return start == position }
        // Further back than this stretch reaches: what was before it is kept up to there.
        start = position
        if let kept = keptBelow { keptBelow = min(kept, position.index.next) }
        return true
    }
}

extension Stretch: EntrySource {
    func term(at index: LogIndex) -> Term? {
        if let start, start.index == index { return start.term }
        guard let first = entries.first?.index, index >= first, index <= entries[entries.count - 1].index else {
            return nil
        }
        return entries[Int(index.rawValue - first.rawValue)].term
    }

    func lastIndex(atOrBefore index: LogIndex, of term: Term) -> LogIndex? {
        if let position = entries.lastPosition(atOrBefore: index, termAtMost: term) {
            return position.term == term ? position.index : nil
        }
        if let start, start.index <= index, start.term == term { return start.index }
        return nil
    }

    func run(from first: LogIndex, through last: LogIndex) -> ArraySlice<Entry> {
        entries.slice(from: first, through: last)
    }
}

/// Entries of one log, perhaps with holes, that a member under repair can be given from.
public protocol EntrySource {
    /// Nil where the source does not know.
    func term(at index: LogIndex) -> Term?
    /// The last position at or before `index` that the source knows, if it is of `term`: nil if it is of another one.
    func lastIndex(atOrBefore index: LogIndex, of term: Term) -> LogIndex?
    /// The first entries in `first ... last` that the source has, as far as they are consecutive.
    func run(from first: LogIndex, through last: LogIndex) -> ArraySlice<Entry>
}

// MARK: - Consecutive entries

extension RandomAccessCollection<Entry> where Index == Int {
    /// The last entry at or before `index` whose term is at most `term`, by bisection: along a log terms only grow.
    func lastPosition(atOrBefore index: LogIndex, termAtMost term: Term) -> LogPosition? {
        guard let first, index >= first.index else { return nil }
        var low = startIndex
        var high = startIndex + Swift.min(count, Int(clamping: index.rawValue - first.index.rawValue) + 1)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].term <= term { low = middle + 1 } else { high = middle }
        }
        return low > startIndex ? self[low - 1].position : nil
    }
}

extension [Entry] {
    /// Those of `from ... through` that are here, provided that entries are consecutive.
    func slice(from: LogIndex, through: LogIndex) -> ArraySlice<Entry> {
        guard let first, from <= through, through >= first.index, from <= self[count - 1].index else { return [] }
        let low = from <= first.index ? 0 : Int(from.rawValue - first.index.rawValue)
        let high = Swift.min(count - 1, Int(clamping: through.rawValue - first.index.rawValue))
        return self[low...high]
    }
}
