import Consensus

/// Whether the calls are linearizable (Herlihy and Wing, 1990), in the very order that the service claims: that of the
/// revisions.
///
/// Without such a claim a checker has to search for an order, which may take forever. With it each call only needs a
/// revision: a write the one that it made, a read the one that its answer names, and a call whose answer names none
/// (the znode was missing, or there, or of another version) any one at which that answer is right. When one call ended
/// before another began, the other one's revision must not be lower, and must be higher if it is a write. That is all:
/// calls in the order of their revisions, the write first and the others by their beginning, are then a linearization.
///
/// The condition only ever asks for a later revision. So each call, in the order of beginning, is given the earliest
/// one that fits, and if there is none, no other choice would have left one. That takes n log n steps.
struct RevisionOrder {
    private let history: History
    private let calls: [CallRecord]
    /// By call: the revision that it is given; nil if nothing follows from its end.
    private var revisions: [UInt64?]
    /// By call: the highest revision of all calls that had ended when it began.
    private var floors: [Floor]
    /// By revision: the call that surely made it.
    private var causes: [UInt64: Int] = [:]

    /// A revision that was surely reached.
    private struct Floor {
        var revision: UInt64 = 0
        /// The call whose answer shows it.
        var call: Int?
    }

    init(history: History, calls: [CallRecord]) {
        self.history = history
        self.calls = calls
        revisions = Array(repeating: nil, count: calls.count)
        floors = Array(repeating: Floor(), count: calls.count)
    }

    mutating func check() throws(Violation) {
        let byInvocation = calls.indices.sorted { (calls[$0].invoked, $0) < (calls[$1].invoked, $1) }
        let byReturn = calls.indices.compactMap { index in calls[index].answered.map { (at: $0.at, index: index) } }
            .sorted { ($0.at, $0.index) < ($1.at, $1.index) }
        var ended = 0
        var floor = Floor()
        for index in byInvocation {
            while ended < byReturn.count, byReturn[ended].at < calls[index].invoked {
                let place = byReturn[ended].index
                if let revision = revisions[place], revision > floor.revision {
                    floor = Floor(revision: revision, call: place)
                }
                ended += 1
            }
            floors[index] = floor
            revisions[index] = try revision(ofCall: index, from: floor)
        }
        try matchDeletions()
    }

    private mutating func revision(ofCall index: Int, from floor: Floor) throws(Violation) -> UInt64? {
        let call = calls[index]
        switch call.outcome {
        case .refused:
            return nil
        case .unknown:
            // That it is in the history shows that it was carried out. (Deletions carry no number: see below.)
            if call.isWrite, let change = history.change(byValue: call.number) {
                try check(index, made: change.revision, answer: nil, from: floor)
            }
            return nil
        case .answered(let answer, let revision?, _) where answer.isDone:
            try check(index, made: revision, answer: answer, from: floor)
            return revision
        case .answered(_, let revision?, _) where call.level == .serializable:
            return revision
        case .answered(let answer, let revision?, _):
            guard revision >= floor.revision else { throw notAfter(call, floor) }
            try require(answer, of: call, at: revision)
            return revision
        case .answered(let answer, nil, _):
            return call.level == .serializable ? nil : try earliest(call, answered: answer, from: floor)
        }
    }

    /// A write that was carried out is later than all that was known before, did what was asked and nothing else, and
    /// its answer fits, if there is one.
    private mutating func check(
        _ index: Int, made revision: UInt64, answer: Register.Answer?, from floor: Floor
    ) throws(Violation) {
        let call = calls[index]
        guard revision > floor.revision else { throw notAfter(call, floor) }
        if let other = causes.updateValue(index, forKey: revision) {
            throw Violation(
                claim: "a revision has one cause", evidence: "\(call) and \(calls[other]) both claim \(revision)")
        }
        var registers = Registers(of: call, in: history, at: revision - 1)
        let right = registers.apply(call, at: revision)
        guard answer.map({ $0 == right }) ?? right.isDone else { throw notTheState(call, at: revision - 1, right) }
        guard history.changes(at: revision).elementsEqual(registers.changes) else {
            throw Violation(
                claim: "a write does what was asked",
                evidence: "\(call), not \(Array(history.changes(at: revision)))")
        }
    }

    private func require(_ answer: Register.Answer, of call: CallRecord, at revision: UInt64) throws(Violation) {
        let right = self.answer(to: call, at: revision)
        guard right == answer else { throw notTheState(call, at: revision, right) }
    }

    private func notTheState(_ call: CallRecord, at revision: UInt64, _ right: Register.Answer) -> Violation {
        Violation(
            claim: "an answer tells the state at its revision",
            evidence: "\(call), but at \(revision) the answer is \(right)")
    }

    private func answer(to call: CallRecord, at revision: UInt64) -> Register.Answer {
        var registers = Registers(of: call, in: history, at: revision)
        return registers.apply(call)
    }

    /// The first revision from the floor on at which the answer is right. Whether the call lasted until then is seen
    /// at the write that made that revision: if it began later, it was made too early.
    private func earliest(
        _ call: CallRecord, answered answer: Register.Answer, from floor: Floor
    ) throws(Violation) -> UInt64 {
        if self.answer(to: call, at: floor.revision) == answer { return floor.revision }
        let revisions = call.paths.flatMap { history.revisions(of: $0, after: floor.revision) }
        for revision in revisions.sorted() where self.answer(to: call, at: revision) == answer { return revision }
        throw Violation(
            claim: "the history is linearizable",
            evidence: "\(call) is wrong at every revision from \(floor.revision) on; that one was shown by "
                + (floor.call.map { "\(calls[$0])" } ?? "nothing"))
    }

    private func notAfter(_ call: CallRecord, _ floor: Floor) -> Violation {
        Violation(
            claim: "revisions agree with real time",
            evidence: "\(call) began after revision \(floor.revision) was shown by "
                + (floor.call.map { "\(calls[$0])" } ?? "nothing"))
    }

    /// Deletions carry no number. One that no answer names is the work of one of those without an answer, which began
    /// before a later revision was known and expected no other version.
    ///
    /// Whoever began early enough for one deletion did so for all later ones. What asked for a certain version is
    /// spent first, for it serves fewer of them.
    private func matchDeletions() throws(Violation) {
        var open: [String: [Int]] = [:]
        for (index, call) in calls.enumerated() {
            if case .delete = call.call, case .unknown = call.outcome { open[call.path, default: []].append(index) }
        }
        for change in history.changes where change.kind == .deleted && causes[change.revision] == nil {
            let fitting = open[change.path, default: []].enumerated().filter { _, index in
                floors[index].revision < change.revision
            }
            let cause =
                fitting.first { calls[$0.element].call == .delete(expected: change.version) }
                ?? fitting.first { calls[$0.element].call == .delete(expected: nil) }
            guard let cause else {
                throw Violation(claim: "every change was asked for once", evidence: "\(change)")
            }
            // It is the work of that call alone: a transaction would have written as well.
            guard history.changes(at: change.revision).count == 1 else {
                throw Violation(
                    claim: "a revision has one cause", evidence: "\(Array(history.changes(at: change.revision)))")
            }
            open[change.path]?.remove(at: cause.offset)
        }
    }
}
