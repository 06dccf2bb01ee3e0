// What a member whose log is damaged may be told of this one. None of it need be durable: Log Matching (Raft, section
// 5.3) holds for every log at every time.
extension Consensus {
    /// The last committed entry.
    public var committedPosition: LogPosition {
        LogPosition(index: commit, term: log.term(at: commit) ?? .zero)
    }

    /// The term of an entry of this log; nil where the log kept in memory does not tell.
    public func term(at index: LogIndex) -> Term? { log.term(at: index) }

    /// The last position at or before `index` whose term is at most `term`; nil if it lies before what is kept.
    public func lastPosition(atOrBefore index: LogIndex, termAtMost term: Term) -> LogPosition? {
        log.lastPosition(atOrBefore: index, termAtMost: term)
    }

    /// Those of the entries `first ... last` that are kept: as many as weigh no more than `byteCountMax` together, and
    /// at least one if there is one.
    public func keptEntries(from first: LogIndex, through last: LogIndex, byteCountMax: Int) -> [Entry] {
        let first = max(first, log.first)
        guard first <= last, first <= log.last.index else { return [] }
        return log.slice(from: first, byteCountMax: byteCountMax).entries.filter { $0.index <= last }
    }
}
