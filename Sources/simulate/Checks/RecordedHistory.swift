import Consensus

/// What clients of a real ensemble asked for and were told, and the changes that the ensemble itself tells: judged by
/// the same checks as a simulated run. Written as JSON by whoever was a client.
public struct RecordedHistory: Decodable, Sendable {
    /// One call, sent once. Times are nanoseconds of one monotonic clock.
    public struct Call: Decodable, Sendable {
        public enum Kind: String, Decodable, Sendable {
            case create, set, delete, get, transact
        }

        public enum Answer: String, Decodable, Sendable {
            /// A write took effect.
            case done
            /// A read's answer.
            case found
            /// A transaction took effect.
            case settled
            case missing
            case exists
            case wrongVersion = "wrong_version"
            /// Surely without effect.
            case refused
            /// With or without effect.
            case unknown
        }

        /// What a transaction compares.
        public struct Comparison: Decodable, Sendable {
            public var path: String
            /// The version that the znode must have; nil if it must not exist.
            public var version: UInt64?
        }

        /// What it does if all of that holds, or if something does not. Where it deletes, it writes as well.
        public struct Step: Decodable, Sendable {
            public var path: String
            public var kind: Kind
            public var expected: UInt64?
        }

        /// What came of a step.
        public struct Told: Decodable, Sendable {
            public var answer: Answer
            public var version: UInt64?
            public var value: UInt64?
        }

        public var client: Int
        /// Of a transaction: any of its znodes.
        public var path: String
        public var kind: Kind
        /// The version that a write asked for.
        public var expected: UInt64?
        /// Of a read: whether it might be answered with an older state.
        public var serializable: Bool?
        public var invoked: Int64
        /// Where it was sent, from 0 on.
        public var member: Int
        /// Which life of that member's process answered. Calls of which that is not known have lives of their own.
        public var life: Int
        public var answer: Answer
        /// When the answer came; absent for `unknown`.
        public var returned: Int64?
        /// Of `done` and `found`.
        public var revision: UInt64?
        /// Of `done` and `found`, but for a deletion.
        public var version: UInt64?
        /// Of `found`: what was read, the number of the call that wrote it.
        public var value: UInt64?
        /// Of a transaction.
        public var comparisons: [Comparison]?
        public var then: [Step]?
        public var otherwise: [Step]?
        /// Of `settled`: the first comparison that did not hold, counted from 0, and what came of each step.
        public var failed: Int?
        public var answers: [Told]?
        /// Of a transaction that failed: the step for which `answer` is true.
        public var step: Int?
    }

    /// A change as a watch from the first revision on tells it.
    public struct Change: Decodable, Sendable {
        public enum Kind: String, Decodable, Sendable {
            case created, changed, deleted
        }

        public var revision: UInt64
        public var kind: Kind
        public var path: String
        public var version: UInt64
        /// The number of the call that wrote it; 0 for a deletion.
        public var value: UInt64
    }

    /// In the order of invocation. A write writes its number, which is its place here, from 1 on.
    public var calls: [Call]
    public var changes: [Change]

    /// The claim that this history contradicts, with the evidence; nil if there is none.
    public func violation() -> String? {
        do throws(Violation) {
            let history = try History(changes.map(\.core))
            var records: [CallRecord] = []
            for (index, call) in calls.enumerated() { records.append(try call.record(number: UInt64(index) + 1)) }
            try ClientChecks(history: history, calls: records).run()
            return nil
        } catch {
            return error.description
        }
    }
}

extension RecordedHistory.Change {
    fileprivate var core: Change {
        let kind: Change.Kind =
            switch kind {
            case .created: .created
            case .changed: .changed
            case .deleted: .deleted
            }
        return Change(revision: revision, kind: kind, path: path, version: version, value: value)
    }
}

extension RecordedHistory.Call {
    fileprivate func record(number: UInt64) throws(Violation) -> CallRecord {
        let call = try kind == .transact ? .several(several(number)) : kind.call(number, expected: expected)
        var record = CallRecord(
            number: number, client: client, path: path, call: call,
            level: serializable == true ? .serializable : .linearizable, hasRequestID: false,
            invoked: Instant(nanoseconds: invoked))
        record.member = member
        record.life = life
        record.outcome = try outcome(number)
        return record
    }

    private func several(_ number: UInt64) throws(Violation) -> MultiCall {
        func steps(_ steps: [Step]?) throws(Violation) -> [MultiCall.Step] {
            var result: [MultiCall.Step] = []
            for step in steps ?? [] {
                let call = try step.kind.call(number, expected: step.expected)
                result.append(MultiCall.Step(path: step.path, call: call))
            }
            return result
        }
        let comparisons = (comparisons ?? []).map { MultiCall.Comparison(path: $0.path, version: $0.version) }
        return MultiCall(comparisons: comparisons, then: try steps(then), otherwise: try steps(otherwise))
    }

    private func outcome(_ number: UInt64) throws(Violation) -> CallRecord.Outcome {
        if answer == .unknown { return .unknown }
        guard let returned else {
            throw Violation(claim: "an answer has a time", evidence: "call \(number): \(answer)")
        }
        let at = Instant(nanoseconds: returned)
        if answer == .refused { return .refused(at: at) }
        if answer == .settled {
            var told: [Register.Answer] = []
            for step in answers ?? [] { told.append(try step.core(number)) }
            let settled = MultiCall.Outcome(failedComparison: failed, answers: told)
            return .answered(.settled(settled), revision: revision, at: at)
        }
        let told = try Told(answer: answer, version: version, value: value).core(number)
        return .answered(step.map { .stepFailed($0, told) } ?? told, revision: revision, at: at)
    }
}

extension RecordedHistory.Call.Kind {
    /// The call of one znode that the call `number` makes, alone or as a step.
    fileprivate func call(_ number: UInt64, expected: UInt64?) throws(Violation) -> Register.Call {
        switch self {
        case .create: return .create(number)
        case .set: return .set(number, expected: expected)
        case .delete: return .delete(expected: expected)
        case .get: return .read
        case .transact:
            throw Violation(claim: "there is no transaction in a transaction", evidence: "call \(number)")
        }
    }
}

extension RecordedHistory.Call.Told {
    /// What came of the call `number`, which is about one znode, or of a step of it.
    fileprivate func core(_ number: UInt64) throws(Violation) -> Register.Answer {
        switch answer {
        case .done: return .done(version: version)
        case .missing: return .missing
        case .exists: return .exists
        case .wrongVersion: return .wrongVersion
        case .found:
            guard let value, let version else {
                throw Violation(claim: "a read tells data and version", evidence: "call \(number)")
            }
            return .found(.init(value: value, version: version))
        case .settled, .refused, .unknown:
            throw Violation(claim: "a step has an answer of its own", evidence: "call \(number): \(answer)")
        }
    }
}
