import Consensus

/// What clients of a real ensemble asked for and were told, and the changes that the ensemble itself tells: judged by
/// the same checks as a simulated run. Written as JSON by whoever was a client.
public struct RecordedHistory: Decodable, Sendable {
    /// One call, sent once. Times are nanoseconds of one monotonic clock.
    public struct Call: Decodable, Sendable {
        public enum Kind: String, Decodable, Sendable {
            case create, set, delete, get
        }

        public enum Answer: String, Decodable, Sendable {
            /// A write took effect.
            case done
            /// A read's answer.
            case found
            case missing
            case exists
            case wrongVersion = "wrong_version"
            /// Surely without effect.
            case refused
            /// With or without effect.
            case unknown
        }

        public var client: Int
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
        let call: Register.Call =
            switch kind {
            case .create: .create(number)
            case .set: .set(number, expected: expected)
            case .delete: .delete(expected: expected)
            case .get: .read
            }
        var record = CallRecord(
            number: number, client: client, path: path, call: call,
            level: serializable == true ? .serializable : .linearizable, hasRequestID: false,
            invoked: Instant(nanoseconds: invoked))
        record.member = member
        record.life = life
        record.outcome = try outcome(number)
        return record
    }

    private func outcome(_ number: UInt64) throws(Violation) -> CallRecord.Outcome {
        if answer == .unknown { return .unknown }
        guard let returned else {
            throw Violation(claim: "an answer has a time", evidence: "call \(number): \(answer)")
        }
        let at = Instant(nanoseconds: returned)
        switch answer {
        case .done: return .answered(.done(version: version), revision: revision, at: at)
        case .missing: return .answered(.missing, revision: revision, at: at)
        case .exists: return .answered(.exists, revision: revision, at: at)
        case .wrongVersion: return .answered(.wrongVersion, revision: revision, at: at)
        case .refused: return .refused(at: at)
        case .unknown: return .unknown
        case .found:
            guard let value, let version else {
                throw Violation(claim: "a read tells data and version", evidence: "call \(number)")
            }
            return .answered(.found(.init(value: value, version: version)), revision: revision, at: at)
        }
    }
}
