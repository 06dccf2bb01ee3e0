import Consensus

/// Several calls at one revision or none of them, depending on what is compared: a transaction, as clients see it.
///
/// Where a branch deletes, it writes too: then the history tells by the number which call made the deletion.
struct MultiCall: Hashable {
    struct Comparison: Hashable {
        var path: String
        /// The version that the znode must have; nil if it must not exist.
        var version: UInt64?
    }

    struct Step: Hashable {
        var path: String
        var call: Register.Call
    }

    var comparisons: [Comparison]
    /// Carried out if all comparisons hold.
    var then: [Step]
    /// Carried out if one does not.
    var otherwise: [Step]

    /// Each once, in order.
    var paths: [String] {
        var paths = (comparisons.map(\.path) + then.map(\.path) + otherwise.map(\.path)).sorted()
        for index in paths.indices.dropFirst().reversed() where paths[index] == paths[index - 1] {
            paths.remove(at: index)
        }
        return paths
    }

    /// What came of one that took effect.
    struct Outcome: Hashable {
        var failedComparison: Int?
        /// One for each step of the branch.
        var answers: [Register.Answer]
    }
}

/// The znodes that a call is about, and what it does to them.
struct Registers {
    private(set) var registers: [String: Register]
    /// What has been changed, in order.
    private(set) var changes: [Change] = []

    /// A znode that is not among them does not exist.
    init(_ registers: [String: Register]) {
        self.registers = registers
    }

    /// The znodes of `call` as of a revision.
    init(of call: CallRecord, in history: History, at revision: UInt64) {
        registers = Dictionary(uniqueKeysWithValues: call.paths.map { ($0, history.register($0, at: revision)) })
    }

    /// Carries out a call, at the revision after the one of which these znodes are.
    mutating func apply(_ call: CallRecord, at revision: UInt64 = 0) -> Register.Answer {
        guard case .several(let several) = call.call else { return apply(call.call, on: call.path, at: revision) }
        let failed = several.comparisons.firstIndex { registers[$0.path]?.content?.version != $0.version }
        let before = self
        var answers: [Register.Answer] = []
        for (index, step) in (failed == nil ? several.then : several.otherwise).enumerated() {
            let answer = apply(step.call, on: step.path, at: revision)
            guard answer.isDone || step.call == .read else {
                self = before
                return .stepFailed(index, answer)
            }
            answers.append(answer)
        }
        return .settled(MultiCall.Outcome(failedComparison: failed, answers: answers))
    }

    private mutating func apply(_ call: Register.Call, on path: String, at revision: UInt64) -> Register.Answer {
        let before = registers[path, default: .absent]
        let answer = registers[path, default: .absent].apply(call)
        guard answer.isDone else { return answer }
        let after = registers[path]?.content
        let kind: Change.Kind = before.content == nil ? .created : after == nil ? .deleted : .changed
        changes.append(
            Change(
                revision: revision, kind: kind, path: path,
                version: after?.version ?? before.content?.version ?? 0, value: after?.value ?? 0))
        return answer
    }
}

extension Register.Answer {
    /// Whether a write, or several, took effect.
    var isDone: Bool {
        switch self {
        case .done, .settled: true
        case .found, .missing, .exists, .wrongVersion, .stepFailed: false
        }
    }
}
