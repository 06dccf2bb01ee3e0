public import Consensus

/// The repair of a damaged log from other members: what is known, what is missing, what to ask, and what follows from
/// an answer. It does no I/O and knows no time; whoever drives it carries the questions to the others and back.
///
/// The idea is that of Alagappan et al., "Protocol-Aware Recovery for Consensus-Based Storage" (FAST 2018): a damaged
/// entry is neither cut off (a committed entry could be lost: the others may count this member among those that have
/// it) nor a reason to give the whole copy up (each of the others may be damaged elsewhere); it is told by its identity
/// and fetched from whoever has it. Where the paper keeps entries' identities apart from the log, here the intact batch
/// headers give them, and they need only give one: **what this rests on is Log Matching** (Raft, section 5.3).
///
/// - **The target** is the last entry of this member's log, by index and term. All entries up to it are determined by
///   it: a log that has this entry has the same entries before it, no matter whose log it is, whether it is durable,
///   and when it was so. So an answer of any member helps, of one that is itself under repair too, without an election.
/// - **What another log proves.** Let `(i, t)` be in this log. If the other log (or a stretch of an earlier life of
///   this one) has an entry `(k, t)` with `k <= i`, both are the same up to `k`. For `k == i` that is Log Matching. For
///   `k < i`: only the leader of `t` creates entries of `t`, one after the other, and drops none of them while it
///   leads; so its log had `(k, t)` when it created `(i, t)`, and so has every log that has `(i, t)`.
/// - **Doubt.** A damaged batch may have been one that truncated the log. So what was read before a hole is only held
///   to be in the log if the rule above says so. The rest stays a candidate until another member names the term of its
///   last entry.
/// - **Committed entries.** If the log cannot be completed because it holds uncommitted entries that no other member
///   has, it contradicts a committed entry sooner or later, once the others have elected a leader. If it does (another
///   term at the same index, a lower term at a later one, or a higher term at an earlier one), nothing behind the
///   contradiction is committed or will ever be, and the committed entry becomes the target instead: what this log
///   has beyond it is dropped, as Raft would (section 5.3), and what came before is fetched like everything else.
/// - **Snapshots** contain committed entries only. Where no member has the entries any more, one's snapshot takes the
///   place of everything up to its end.
///
/// Nothing that this member has acknowledged is lost by it: in the end its log is the one that it had, or one that
/// agrees with it up to the first entry that contradicts a committed one.
///
/// **The hard state** (term and vote) is that of the last intact header. Each batch carries it, so damage before an
/// intact batch never takes it. Where no intact header lies behind the damage, and something proves all the same that
/// there was one, the member is not repaired: it could have voted in a term that nobody remembers. Such a directory,
/// one whose identity file is damaged (without its salt the log cannot be read), and one with a hole that no member
/// can fill, are refused; the member has to be removed, and added anew with an empty directory and so another storage
/// id.
public struct LogRepair: Sendable {
    /// The last entry of the log that is to be.
    public private(set) var target: LogPosition
    /// The newest intact snapshot; nil: there is none.
    public private(set) var snapshot: SnapshotMetadata?
    /// What is wrong, for the operator.
    public let damage: [JournalError]
    let hardState: HardState
    let highest: SegmentID

    /// Entries that are surely in the log up to the target.
    private var proven = ProvenEntries()
    private var stretches: [(stretch: Stretch, provenThrough: LogIndex?)]
    /// Whether anything was learnt since ``beginRound()``.
    public private(set) var hasProgressed = false
    /// Gaps that end here or behind have been asked of that member in this round.
    private var ceilings: [MemberID: LogIndex] = [:]
    /// What each member said last.
    private var told: [MemberID: Told] = [:]
    /// Guesses in a row at what the log has in common with its earlier life that were wrong.
    private var wrongGuesses = 0

    private struct Told {
        var snapshot: SnapshotMetadata?
        var isUnderRepair: Bool
    }

    /// - Parameters:
    ///   - snapshot: the newest intact one.
    ///   - lost: the ends of snapshots that are damaged: all of them of committed entries.
    init(_ log: SalvagedLog, snapshot: SnapshotMetadata?, lost: [LogPosition], damage: [JournalError]) {
        guard let last = log.stretches.last?.last else { preconditionFailure("a salvaged log has an end") }
        target = last
        self.snapshot = snapshot
        self.damage = damage
        hardState = log.hardState
        highest = log.highest
        stretches = log.stretches.map { ($0, nil) }
        learn([last])
        for committed in lost + (snapshot.map { [$0.position] } ?? []) {
            if committed.index > target.index { adopt(committed) } else { noteCommitted(committed) }
        }
    }

    /// Where what is wanted begins: the last entry that the snapshot contains.
    private var floor: LogPosition { snapshot?.position ?? .zero }

    /// The entries that are missing, in ascending order.
    public var gaps: [ClosedRange<LogIndex>] { proven.gaps(after: floor.index, through: target.index) }

    public var isComplete: Bool { gaps.isEmpty }

    /// The log after the snapshot.
    ///
    /// - Precondition: it is complete.
    var entries: [Entry] {
        precondition(isComplete, "the log has holes")
        return proven.run(from: floor.index.next, through: target.index)
    }

    /// The newest members that this log or its snapshot names.
    public var newestConfiguration: Configuration? {
        for (stretch, _) in stretches.reversed() {
            for entry in stretch.entries.reversed() where entry.kind == .configuration {
                if let configuration = try? Configuration(decoding: entry.payload) { return configuration }
            }
        }
        return snapshot?.configuration
    }

    // MARK: - Asking

    /// Begins to ask all members again.
    public mutating func beginRound() {
        hasProgressed = false
        ceilings = [:]
    }

    /// What to ask a member next in this round; nil if it has been asked everything.
    public mutating func query(to member: MemberID) -> RepairQuery? {
        let ceiling = ceilings[member]
        guard let gap = gaps.last(where: { gap in ceiling.map { gap.upperBound < $0 } ?? true }) else { return nil }
        let anchor = proven.anchor(atOrAfter: gap.upperBound)
        guard let anchor else { preconditionFailure("nothing is known behind the gap at \(gap)") }
        var from = gap.lowerBound
        if let guess = guess(in: gap, before: anchor) {
            let back = UInt64(1) << UInt64(min(wrongGuesses, 40)) - 1
            from = guess.rawValue > back ? max(from, LogIndex(guess.rawValue - back).next) : from
        }
        return RepairQuery(from: from, through: gap.upperBound, anchor: anchor)
    }

    /// The last entry in a gap that is there in an earlier life of the log and may still be right.
    private func guess(in gap: ClosedRange<LogIndex>, before anchor: LogPosition) -> LogIndex? {
        let last = min(gap.upperBound, anchor.index.previous)
        guard gap.lowerBound <= last, anchor.term > .zero else { return nil }
        let term = Term(anchor.term.rawValue - 1)
        return stretches.compactMap { $0.stretch.entries.lastPosition(atOrBefore: last, termAtMost: term)?.index }
            .filter { gap.contains($0) }.max()
    }

    // MARK: - Learning

    /// Takes in what a member said.
    public mutating func take(_ answer: RepairAnswer, to query: RepairQuery, from member: MemberID) {
        let before = (proven.count, proven.positionCount, target)
        told[member] = Told(snapshot: answer.snapshot, isUnderRepair: answer.isUnderRepair)
        if query.anchor.index <= target.index, proven.term(at: query.anchor.index) == query.anchor.term {
            takeEntries(answer, query)
        }
        noteCommitted(answer.committed)
        // The committed entry at the anchor's index is another one.
        if let term = answer.termAtAnchor, term != query.anchor.term, answer.committed.index >= query.anchor.index,
            proven.term(at: query.anchor.index) == query.anchor.term
        {
            adopt(answer.committed)
        }
        if before == (proven.count, proven.positionCount, target) {
            ceilings[member] = query.through
        } else {
            hasProgressed = true
        }
    }

    private mutating func takeEntries(_ answer: RepairAnswer, _ query: RepairQuery) {
        guard let matched = answer.matched, matched <= query.anchor.index else { return }
        var positions = [LogPosition(index: matched, term: query.anchor.term)]
        let entries = answer.entries.prefix { $0.index <= matched && $0.term <= query.anchor.term }
        for (left, right) in zip(entries, entries.dropFirst()) {
            guard right.index == left.index.next, right.term >= left.term else { return }
        }
        if let previous = answer.previous, previous.index <= matched,
            previous.index.next == entries.first?.index ?? query.from
        {
            positions.append(previous)
            let isGuessed = stretches.contains { $0.stretch.term(at: previous.index) != nil }
            let isRight = stretches.contains { $0.stretch.term(at: previous.index) == previous.term }
            wrongGuesses = isGuessed && !isRight ? wrongGuesses + 1 : 0
        }
        proven.insert(entries)
        learn(positions + Self.ends(of: entries))
    }

    /// A member said that it holds this snapshot; which of all said so reaches furthest into what is missing.
    public var snapshotToFetch: (member: MemberID, snapshot: SnapshotMetadata)? {
        guard let lowest = gaps.first?.lowerBound else { return nil }
        return told.compactMap { ($0, $1.snapshot) }  // order-free: the greatest of a total order is taken
            .compactMap { member, snapshot in snapshot.map { (member, $0) } }
            .filter { $0.1.position.index >= lowest }
            .max { ($0.1.position.index, $1.0) < ($1.1.position.index, $0.0) }
    }

    /// A snapshot is durable now.
    public mutating func take(_ installed: SnapshotMetadata) {
        guard installed.position.index > floor.index else { return }
        snapshot = installed
        hasProgressed = true
        if installed.position.index > target.index {
            adopt(installed.position)
        } else {
            noteCommitted(installed.position)
        }
    }

    /// A member did not keep its word about a snapshot.
    public mutating func forgetSnapshot(of member: MemberID) { told[member]?.snapshot = nil }

    /// The members that said something, and whether all of them are under repair as well.
    public func isHopeless(_ others: [MemberID]) -> Bool {
        !isComplete && snapshotToFetch == nil && others.allSatisfy { told[$0]?.isUnderRepair ?? false }
    }

    /// If the log contradicts a committed entry, that becomes the target.
    private mutating func noteCommitted(_ committed: LogPosition) {
        guard committed.index > .zero, committed != target else { return }
        if let after = proven.anchor(atOrAfter: committed.index),
            after.index == committed.index ? after.term != committed.term : after.term < committed.term
        {
            return adopt(committed)
        }
        if let before = proven.lastPosition(before: committed.index), before.term > committed.term {
            adopt(committed)
        }
    }

    private mutating func adopt(_ committed: LogPosition) {
        stretches = stretches.map { ($0.stretch, nil) } + proven.runs.map { (Stretch(entries: $0), nil) }
        proven = ProvenEntries()
        target = committed
        ceilings = [:]
        learn([committed])
    }

    /// Takes positions that are surely in the log, and everything that follows from them.
    private mutating func learn(_ positions: [LogPosition]) {
        var open = positions
        while let position = open.popLast() {
            proven.insert(position)
            for place in stretches.indices {
                let stretch = stretches[place].stretch
                guard let through = stretch.lastIndex(atOrBefore: position.index, of: position.term),
                    stretches[place].provenThrough.map({ $0 < through }) ?? true
                else { continue }
                stretches[place].provenThrough = through
                let entries = stretch.run(from: .zero, through: through)
                proven.insert(entries)
                open += Self.ends(of: entries)
                if let start = stretch.start { open.append(start) }
                if place > 0, let kept = stretch.keptBelow, kept > .zero {
                    let before = stretches[place - 1].stretch
                    if let term = before.term(at: kept.previous) {
                        open.append(LogPosition(index: kept.previous, term: term))
                    }
                }
            }
        }
    }

    /// The last position of each term.
    private static func ends(of entries: ArraySlice<Entry>) -> [LogPosition] {
        var ends: [LogPosition] = []
        for place in entries.indices
        where place + 1 == entries.endIndex || entries[place + 1].term != entries[place].term {
            ends.append(entries[place].position)
        }
        return ends
    }

    // MARK: - Answering

    /// What this member, while under repair, can tell another one.
    public func answer(_ query: RepairQuery) -> RepairAnswer {
        var answer = RepairAnswer()
        answer.isUnderRepair = true
        answer.snapshot = snapshot
        answer.committed = floor
        answer.termAtAnchor = proven.term(at: query.anchor.index)
        answer.add(proven, to: query)
        for (stretch, _) in stretches.reversed() { answer.add(stretch, to: query) }
        return answer
    }
}
