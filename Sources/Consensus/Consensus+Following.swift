// The log as a follower keeps it: Raft, section 5.3.
extension Consensus {
    mutating func onAppend(_ append: Append, from: MemberID) {
        guard append.term >= hardState.term else {
            // It is told the term and nothing else: should it lead that term by now, this is no answer to it.
            let nothing = AppendReply.Result.refused(previous: .zero, hint: .zero)
            return send(.appendReply(AppendReply(term: hardState.term, result: nothing)), to: from)
        }
        guard accept(leader: from, of: append.term) else { return }
        // The log is about to be replaced; the leader sends again.
        guard !isInstalling else { return }
        let skipped: Int
        switch place(append) {
        case .follows(let count): skipped = count
        case .gap(let hint): return refuse(append, hint: hint, to: from)
        case .contradiction(let index): return drop(.contradictsCommitted(index), from: from)
        }
        guard takeOver(append.entries[skipped...], from: from) else { return }
        let last = append.previous.index.advanced(by: append.entries.count)
        verified = max(verified, last)
        advanceCommit(to: min(append.commit, verified))
        if !isSynchronised && verified >= append.commit {
            isSynchronised = true
            effects.notices.append(.synchronised(with: from, index: verified))
        }
        // One without entries only tells the commit index, and a leader does not wait for an answer.
        if !append.entries.isEmpty { pendingAcknowledgement = max(pendingAcknowledgement ?? .zero, last) }
    }

    private mutating func refuse(_ append: Append, hint: LogPosition, to member: MemberID) {
        let result = AppendReply.Result.refused(previous: append.previous.index, hint: hint)
        send(.appendReply(AppendReply(term: hardState.term, result: result)), to: member)
    }

    /// How an append joins this log.
    private enum Joint {
        /// The log has `previous`; so many of the entries lie before what is kept.
        case follows(skipping: Int)
        /// It has not; up to here the logs may agree.
        case gap(hint: LogPosition)
        /// It disagrees about something committed.
        case contradiction(LogIndex)
    }

    private func place(_ append: Append) -> Joint {
        let previous = append.previous
        if let term = log.term(at: previous.index) {
            if term == previous.term { return .follows(skipping: 0) }
            if previous.index <= commit { return .contradiction(previous.index) }
        } else if previous.index < log.base.index {
            // What is no longer kept is committed, so the leader has the same (Leader Completeness, section 5.4).
            let missing = Int(log.base.index.rawValue - previous.index.rawValue)
            if missing > append.entries.count { return .follows(skipping: append.entries.count) }
            guard append.entries[missing - 1].term == log.base.term else { return .contradiction(log.base.index) }
            return .follows(skipping: missing)
        }
        // Raft, end of section 5.3: whole terms are skipped. Nothing after the hint can be in the leader's log, because
        // its terms up to `previous` are no higher than `previous.term`. What is committed here is there too.
        let committed = LogPosition(index: commit, term: log.term(at: commit) ?? .zero)
        let hint = log.lastPosition(atOrBefore: previous.index, termAtMost: previous.term) ?? committed
        return .gap(hint: hint.index < commit ? committed : hint)
    }

    /// Appends what the log does not have, after cutting what contradicts it.
    ///
    /// - Returns: false if the entries cannot be right.
    private mutating func takeOver(_ entries: ArraySlice<Entry>, from: MemberID) -> Bool {
        guard
            let new = entries.firstIndex(where: { log.term(at: $0.index) != $0.term })
        else { return true }
        let first = entries[new].index
        guard first > commit else {
            drop(.contradictsCommitted(first), from: from)
            return false
        }
        var configurations: [(LogIndex, Configuration)] = []
        for entry in entries[new...] where entry.kind == .configuration {
            guard let configuration = try? Configuration(decoding: entry.payload) else {
                drop(.unreadableConfiguration(entry.index), from: from)
                return false
            }
            configurations.append((entry.index, configuration))
        }
        if first <= log.last.index {
            guard first > verified else {
                // This leader's own log had another entry here a moment ago.
                drop(.contradictsCommitted(first), from: from)
                return false
            }
            effects.notices.append(.truncated(from: first))
            truncate(from: first)
        }
        for entry in entries[new...] {
            let configuration = configurations.first { $0.0 == entry.index }?.1
            append(entry, configuration: configuration)
        }
        return true
    }
}
