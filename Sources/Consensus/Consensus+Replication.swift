public import ByteString

// The log as a leader spreads it: Raft, sections 5.3 and 5.4.2.
extension Consensus {
    // MARK: Proposing

    /// What became of a proposal.
    public enum ProposeResult: Hashable, Sendable {
        /// One entry for each payload, the first at this index. It is lost if another entry is committed there.
        case appended(first: LogIndex, term: Term)
        /// Nothing was appended and nothing will be.
        case refused(Refusal)
    }

    public enum Refusal: Hashable, Sendable {
        /// This member does not lead; the one that does, if it knows.
        case notLeader(hint: MemberID?)
        /// So much is waiting to be committed that more would only wait (``Settings/maxUncommittedBytes``).
        case overloaded(uncommittedBytes: Int, limit: Int)
        /// Leadership is being handed over.
        case transferring(to: MemberID)
    }

    /// Appends commands to the log, one entry each, in this order.
    ///
    /// - Parameter usesReserve: they may go beyond ``Settings/maxUncommittedBytes`` by an eighth.
    public mutating func propose(
        _ payloads: [Bytes], usesReserve: Bool = false, now: Instant
    ) -> ProposeResult {
        self.now = max(self.now, now)
        let limit = settings.maxUncommittedBytes + (usesReserve ? settings.maxUncommittedBytes / 8 : 0)
        if let refusal = refusal(limit: limit) { return .refused(refusal) }
        let first = log.last.index.next
        var index = first
        for payload in payloads {
            append(Entry(index: index, term: hardState.term, kind: .command, payload: payload), configuration: nil)
            index = index.next
        }
        return .appended(first: first, term: hardState.term)
    }

    /// Why nothing can be proposed now.
    var refusal: Refusal? { refusal(limit: settings.maxUncommittedBytes) }

    private func refusal(limit: Int) -> Refusal? {
        guard office == .leader else { return .notLeader(hint: leader) }
        if let transfer { return .transferring(to: transfer.target) }
        guard uncommittedBytes < limit else {
            return .overloaded(uncommittedBytes: uncommittedBytes, limit: limit)
        }
        return nil
    }

    // MARK: Sending

    /// Sends a follower what it lacks, as far as the bounds allow, and the commit index if nothing else carries it.
    mutating func replicate(to place: Int) {
        while peers[place].progress.next <= log.last.index, peers[place].progress.mayAppend(settings) {
            guard let previous = previousPosition(place) else {
                beginSnapshotTransfer(to: place)
                break
            }
            let (entries, byteCount) = self.entries(from: peers[place].progress.next)
            sendAppend(to: place, previous, entries)
            peers[place].progress.sent(
                through: previous.index.advanced(by: entries.count), byteCount: byteCount, now: now)
        }
        if peers[place].progress.transfer != nil { continueSnapshotTransfer(to: place) }
        // Clients of the follower wait for what it learns by this.
        if peers[place].progress.isAgreed, let previous = previousPosition(place),
            peers[place].progress.commitSent < min(commit, previous.index)
        {
            sendAppend(to: place, previous, [])
        }
    }

    private func previousPosition(_ place: Int) -> LogPosition? {
        let index = peers[place].progress.next.previous
        return log.term(at: index).map { LogPosition(index: index, term: $0) }
    }

    /// What is new in this batch is the same array for every follower and for the write.
    private func entries(from first: LogIndex) -> ([Entry], byteCount: Int) {
        if writes.entries.first?.index == first, writes.entryBytes <= settings.maxAppendBytes {
            return (writes.entries, writes.entryBytes)
        }
        return log.slice(from: first, byteCountMax: settings.maxAppendBytes)
    }

    private mutating func sendAppend(to place: Int, _ previous: LogPosition, _ entries: [Entry]) {
        let append = Append(term: hardState.term, previous: previous, commit: commit, entries: entries)
        peers[place].progress.commitSent = min(commit, previous.index.advanced(by: entries.count))
        effects.now.append(Outgoing(to: peers[place].id, message: .append(append)))
    }

    /// Forgets what is in flight and finds out anew where the logs agree.
    mutating func restartReplication(to place: Int) {
        if var transfer = peers[place].progress.transfer {
            transfer.nextRead = transfer.acknowledged
            peers[place].progress.update(transfer)
        } else {
            // A question that was not answered is asked again as it was: nothing says that the logs agree any less.
            let progress = peers[place].progress
            peers[place].progress.probe(from: progress.isReplicating ? progress.match.next : progress.next)
        }
    }

    mutating func resendWhatIsOverdue() {
        for place in peers.indices {
            guard let at = peers[place].progress.resendAt, now >= at else { continue }
            if peers[place].progress.transfer != nil {
                resendSnapshot(to: place)
            } else {
                restartReplication(to: place)
            }
            peers[place].progress.backOff(now: now, ceiling: settings.timeoutCeiling)
        }
    }

    // MARK: Answers

    mutating func onAppendReply(_ reply: AppendReply, from: MemberID) {
        if reply.term > hardState.term { return becomeFollower(term: reply.term, leader: nil) }
        guard office == .leader, reply.term == hardState.term, let place = place(of: from) else { return }
        peers[place].answeredAt = now
        switch reply.result {
        case .accepted(let index):
            guard index <= log.last.index else { return drop(.neverSent, from: from) }
            onAccepted(index, place)
        case .refused(let previous, let hint):
            guard previous <= log.last.index else { return drop(.neverSent, from: from) }
            onRefused(previous, hint, place)
        }
    }

    mutating func onAccepted(_ index: LogIndex, _ place: Int) {
        if let transfer = peers[place].progress.transfer, index >= transfer.snapshot.position.index {
            // The follower has what the snapshot would give it: the logs agree up to there.
            peers[place].progress.probe(from: index.next)
        }
        let from = peers[place].progress.next
        let wasReplicating = peers[place].progress.isReplicating
        peers[place].progress.accepted(through: index, now: now)
        if !wasReplicating, peers[place].progress.isReplicating {
            if from <= log.last.index, from < termStart || peers[place].progress.isBehind {
                effects.notices.append(.sendingTail(to: peers[place].id, from: from))
            }
            peers[place].progress.isBehind = false
        }
        if peers[place].isVoter { commitByCounting() }
    }

    private mutating func onRefused(_ previous: LogIndex, _ hint: LogPosition, _ place: Int) {
        let progress = peers[place].progress
        guard progress.transfer == nil, previous > .zero else { return }
        // While probing only the answer to the one question counts; others are echoes of what was sent before.
        guard progress.isReplicating || previous == progress.next.previous else { return }
        if previous <= progress.match {
            // The follower denies what it acknowledged: its disk has lost it. What was committed with its help stays
            // so; it is given the entries again, and counts for them when it has them. An echo of an older refusal
            // looks the same and costs no more than sending them twice.
            guard !progress.isReplicating else { return }
            peers[place].progress.match = min(progress.match, hint.index, previous.previous)
        }
        let agreed = log.lastPosition(
            atOrBefore: min(hint.index, previous.previous), termAtMost: hint.term)
        // Where the own log no longer reaches, `replicate` finds that out and sends a snapshot.
        let next = agreed.map(\.index.next) ?? log.base.index
        peers[place].progress.isBehind = true
        peers[place].progress.probe(from: max(next, LogIndex(1)))
    }

    // MARK: Committing

    /// Raft, section 5.4.2: only entries of the own term are committed by counting; those before follow by Log
    /// Matching.
    mutating func commitByCounting() {
        let index = LogIndex(quorumValue(own: writes.durableIndex.rawValue) { $0.progress.match.rawValue })
        guard index > commit, log.term(at: index) == hardState.term else { return }
        advanceCommit(to: index)
        onConfigurationCommitted()
    }
}
