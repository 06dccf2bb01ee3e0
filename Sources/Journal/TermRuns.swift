import Consensus

/// Where the log begins and ends and which term each entry has, without the entries: one element per change of term.
struct TermRuns: Hashable {
    /// The last position before the log's first entry.
    private(set) var base: LogPosition
    /// The log's last entry, or `base`.
    private(set) var last: LogPosition
    /// The first entry of each term, ascending.
    private var starts: [LogPosition] = []

    init(base: LogPosition) {
        self.base = base
        last = base
    }

    /// - Precondition: it follows the last entry.
    mutating func append(_ position: LogPosition) {
        precondition(position.index == last.index.next, "entry \(position) after \(last)")
        precondition(position.term >= last.term, "terms never decrease along a log")
        if starts.last?.term != position.term { starts.append(position) }
        last = position
    }

    /// Drops the entries from `index` on.
    ///
    /// - Precondition: it is an entry of the log, or the one after its last.
    mutating func truncate(from index: LogIndex) {
        precondition(base.index < index && index <= last.index.next, "truncation at \(index) of \(base)...\(last)")
        while let start = starts.last, start.index >= index { starts.removeLast() }
        last = LogPosition(index: index.previous, term: starts.last?.term ?? base.term)
    }

    /// The log is empty and goes on after `position`.
    mutating func reset(to position: LogPosition) {
        self = TermRuns(base: position)
    }

    /// Forgets the entries up to `index`; the log begins after it. Does nothing if they are gone already.
    mutating func dropPrefix(through index: LogIndex) {
        guard index > base.index, let term = term(at: index) else { return }
        base = LogPosition(index: index, term: term)
        let kept = starts.drop { $0.index <= index }
        // The run that goes on after `index` now begins just behind it.
        if last.index > index, let next = self.term(at: index.next), kept.first?.index != index.next {
            starts = [LogPosition(index: index.next, term: next)] + kept
        } else {
            starts = Array(kept)
        }
    }

    /// Nil outside of `base ... last`.
    func term(at index: LogIndex) -> Term? {
        if index == base.index { return base.term }
        guard base.index < index, index <= last.index else { return nil }
        return starts.last { $0.index <= index }?.term
    }

    /// Whether the log holds this very entry, or begins right after it.
    func holds(_ position: LogPosition) -> Bool { term(at: position.index) == position.term }
}
