public import Consensus
public import Coordination

import enum Messages.CommandKind

// How the ensemble comes to use a higher format level. Why its members cannot diverge by it is said in
// ``Coordination/FormatLevel``.
extension Replica {
    /// The format level in effect, as far as this member has applied the log.
    public var level: FormatLevel { FormatLevel(state.level) }

    /// Whether this member, leading, has proposed to raise the level and has not applied that yet.
    public var isRaisingLevel: Bool { proposedRaise?.term == consensus.term && consensus.isLeader }

    /// Whether everything that leaders of earlier terms appended is applied, so that what this leader goes by is not
    /// about to change: it knows of every entry that raises the level and is in its log.
    var knowsLevel: Bool { consensus.isLeader && lastAppliedTerm == consensus.term }

    /// As the leader, once every member supports more than the level in effect, proposes to raise it.
    ///
    /// Only once in a term: the entry is committed, or another leads. A member that does not say what it supports,
    /// because it is down or not reached, is waited for. It can be removed, or come back with the new release.
    mutating func considerRaisingLevel() {
        guard settings.supported > level, knowsLevel, proposedRaise?.term != consensus.term,
            let common = consensus.commonlySupported, common > level
        else { return }
        let request = Coordination.request(toRaiseTo: Coordination.FormatLevel(common))
        let payload = envelope(kind: .raiseFormatLevel, principal: "", request: request, origin: nil)
        // Refused, it is proposed again in a later turn.
        guard case .appended(let index, let term) = consensus.propose([payload], now: now.monotonic) else { return }
        proposedRaise = LogPosition(index: index, term: term)
    }

    /// Whether an entry of that kind may be stamped with the level that this member has applied. A member takes in what
    /// its own level allows; a leader that has not applied the raising entry yet will have in a moment.
    func isKnown(_ kind: CommandKind) -> Bool { kind.level.map { $0 <= state.level } ?? false }

    /// An entry has been applied.
    mutating func noteLevel(before: FormatLevel, at index: LogIndex) {
        if let proposed = proposedRaise, index >= proposed.index { proposedRaise = nil }
        if level != before { answers.notices.append(.raisedFormatLevel(level, at: index)) }
    }

    /// A newcomer has to support what the ensemble uses; and what that is must not change before it is admitted, for
    /// the leader raises the level without asking it.
    func check(_ newcomer: MemberID, supports supported: FormatLevel) throws(AdministrationRefusal) {
        guard knowsLevel, !isRaisingLevel else { throw .busy }
        guard supported >= level else { throw .releaseTooOld(newcomer, supported: supported, needed: level) }
    }
}

extension FormatLevel {
    public init(_ level: Coordination.FormatLevel) { self.init(level.rawValue) }
}

extension Coordination.FormatLevel {
    public init(_ level: FormatLevel) { self.init(level.rawValue) }
}
