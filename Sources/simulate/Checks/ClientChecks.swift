import Consensus

/// Whether what clients were told is true.
struct ClientChecks {
    let history: History
    /// In the order of invocation.
    let calls: [CallRecord]

    func run() throws(Violation) {
        try checkWritesAreKept()
        try checkChangesAreAskedFor()
        try checkReadsTellTheState()
        try checkRealTime()
        try checkSerializableReadsGoForward()
        try checkLinearizability()
    }

    /// Every acknowledged write is part of the history, at the revision that its answer named; no refused one is.
    func checkWritesAreKept() throws(Violation) {
        for call in calls where call.isWrite {
            switch call.outcome {
            case .answered(.done(let version), let revision, _):
                guard let revision else {
                    throw Violation(claim: "an acknowledgement names its revision", evidence: "\(call)")
                }
                let change = change(of: call, at: revision)
                guard let change, change.revision == revision, change.path == call.path,
                    version == nil || change.version == version
                else {
                    throw Violation(
                        claim: "no acknowledged write is lost",
                        evidence: "\(call), but the history has \(change.map { "\($0)" } ?? "nothing")")
                }
            case .answered, .refused:
                if let change = written(by: call) {
                    throw Violation(
                        claim: "a refused write has no effect", evidence: "\(call), but the history has \(change)")
                }
            case .unknown:
                break
            }
        }
    }

    private func change(of call: CallRecord, at revision: UInt64) -> Change? {
        if case .delete = call.call { history.deletion(at: revision) } else { history.change(byValue: call.number) }
    }

    private func written(by call: CallRecord) -> Change? {
        if case .delete = call.call { nil } else { history.change(byValue: call.number) }
    }

    /// Every change was asked for by a call that has not been told otherwise. Deletions carry no number, so those that
    /// nobody was told of are counted: no more of them than deletions with an unknown outcome.
    func checkChangesAreAskedFor() throws(Violation) {
        var acknowledged: [UInt64: CallRecord] = [:]
        var unknown: [String: Int] = [:]
        for call in calls {
            guard case .delete = call.call else { continue }
            switch call.outcome {
            case .answered(.done, let revision?, _):
                if let other = acknowledged.updateValue(call, forKey: revision) {
                    throw Violation(
                        claim: "a revision has one cause", evidence: "\(other) and \(call) claim \(revision)")
                }
            case .unknown: unknown[call.path, default: 0] += 1
            default: break
            }
        }
        for change in history.changes {
            if change.kind == .deleted {
                if acknowledged[change.revision] != nil { continue }
                unknown[change.path, default: 0] -= 1
                if unknown[change.path, default: 0] < 0 {
                    throw Violation(claim: "every change was asked for once", evidence: "\(change)")
                }
            } else if change.value == 0 || change.value > UInt64(calls.count)
                || !calls[Int(change.value) - 1].isWrite || calls[Int(change.value) - 1].path != change.path
            {
                throw Violation(claim: "every change was asked for", evidence: "\(change)")
            }
        }
    }

    /// A read's answer is the state at the revision that it names.
    func checkReadsTellTheState() throws(Violation) {
        for call in calls where !call.isWrite {
            guard case .answered(.found(let content), let revision?, _) = call.outcome else { continue }
            let truth = history.content(of: call.path, at: revision)
            guard truth == content else {
                throw Violation(
                    claim: "a read tells the state at its revision",
                    evidence: "\(call), but at \(revision) the znode was \(truth as Any)")
            }
        }
    }

    /// What was acknowledged before a linearizable call began is part of what that call sees.
    func checkRealTime() throws(Violation) {
        let answered = calls.compactMap { call -> (call: CallRecord, revision: UInt64, at: Instant)? in
            guard call.level == .linearizable, let answer = call.answered, let revision = answer.revision else {
                return nil
            }
            return (call, revision, answer.at)
        }
        let byInvocation = answered.sorted { ($0.call.invoked, $0.call.number) < ($1.call.invoked, $1.call.number) }
        let byReturn = answered.sorted { ($0.at, $0.call.number) < ($1.at, $1.call.number) }
        var finished = 0
        var latest: (call: CallRecord, revision: UInt64, at: Instant)?
        for current in byInvocation {
            while finished < byReturn.count, byReturn[finished].at < current.call.invoked {
                if byReturn[finished].revision > latest?.revision ?? 0 { latest = byReturn[finished] }
                finished += 1
            }
            guard let latest else { continue }
            let isLater =
                current.call.isWrite ? current.revision > latest.revision : current.revision >= latest.revision
            guard isLater else {
                throw Violation(
                    claim: "revisions agree with real time",
                    evidence: "\(current.call) began after \(latest.call) was answered")
            }
        }
    }

    /// Within one life of a member its state never goes back.
    func checkSerializableReadsGoForward() throws(Violation) {
        let reads = calls.filter { !$0.isWrite && $0.answered?.revision != nil }
        // Answers travel, so only a read that began after another one's answer had come is surely later.
        var latest: [[Int]: [(revision: UInt64, at: Instant, number: UInt64)]] = [:]
        for read in reads.sorted(by: { ($0.answered!.at, $0.number) < ($1.answered!.at, $1.number) }) {
            guard let answer = read.answered, let revision = answer.revision else { continue }
            let earlier = latest[[read.member, read.life], default: []]
            if let before = earlier.last(where: { $0.at < read.invoked }), before.revision > revision {
                throw Violation(
                    claim: "a member's state never goes back",
                    evidence: "\(read) after call \(before.number) had seen \(before.revision)")
            }
            // Kept ascending in both: what is older and saw no more is of no use.
            if (earlier.last?.revision ?? 0) <= revision {
                latest[[read.member, read.life], default: []].append((revision, answer.at, read.number))
            }
        }
    }

    func checkLinearizability() throws(Violation) {
        var byPath: [String: [(call: CallRecord, operation: RegisterOperation)]] = [:]
        var paths: [String] = []
        let told = TellingTimes(calls)
        for call in calls where call.level == .linearizable {
            guard let operation = operation(for: call, told) else { continue }
            if byPath[call.path] == nil { paths.append(call.path) }
            byPath[call.path, default: []].append((call, operation))
        }
        for path in paths {
            let entries = byPath[path, default: []] + unclaimedDeletions(of: path, told)
            var checker = LinearizabilityChecker(entries.map(\.operation))
            switch checker.check() {
            case .linearizable: break
            case .undecided:
                throw Violation(claim: "the history can be checked", evidence: "too many orders for \(path)")
            case .violated(let longest):
                let explained = longest.map { "#\(entries[$0].call.number)" }.joined(separator: " ")
                throw Violation(
                    claim: "the history is linearizable", evidence: "\(path): no order goes on after \(explained)")
            }
        }
    }

    /// Nil for a call that says nothing: a refused one, a read without an answer, and a write without an answer that
    /// is known not to have been applied. (Were it applied, the history had it: that is checked above.)
    ///
    /// A write without an answer that is in the history is as good as answered, by when somebody was told of its
    /// revision or a later one. Were its end left open, a checker would have to try every moment after it.
    private func operation(for call: CallRecord, _ told: TellingTimes) -> RegisterOperation? {
        switch call.outcome {
        case .answered(let answer, _, let at):
            return RegisterOperation(
                call: call.call, invoked: call.invoked, outcome: .init(answer: answer, returned: at))
        case .refused:
            return nil
        case .unknown:
            guard call.isWrite, let change = written(by: call) else { return nil }
            return RegisterOperation(
                call: call.call, invoked: call.invoked,
                outcome: .init(answer: .done(version: change.version), returned: told.first(from: change.revision)))
        }
    }

    /// Deletions carry no number. One that no answer names is the work of one of those without an answer, of which the
    /// first began no later than it.
    private func unclaimedDeletions(
        of path: String, _ told: TellingTimes
    ) -> [(call: CallRecord, operation: RegisterOperation)] {
        var claimed: Set<UInt64> = []
        var first: CallRecord?
        for call in calls where call.path == path {
            guard case .delete = call.call else { continue }
            switch call.outcome {
            case .answered(.done, let revision?, _): claimed.insert(revision)
            case .unknown: first = first ?? call
            default: break
            }
        }
        guard let first else { return [] }
        return history.changes.filter { $0.path == path && $0.kind == .deleted && !claimed.contains($0.revision) }.map {
            let outcome = RegisterOperation.Outcome(
                answer: .done(version: nil), returned: told.first(from: $0.revision))
            return (first, RegisterOperation(call: .delete(expected: nil), invoked: first.invoked, outcome: outcome))
        }
    }
}

/// When anybody was told of a revision, or of one after it.
private struct TellingTimes {
    /// By ascending revision: the first answer that names this one or a later one.
    private var answers: [(revision: UInt64, at: Instant)] = []

    init(_ calls: [CallRecord]) {
        for call in calls {
            if let answer = call.answered, let revision = answer.revision { answers.append((revision, answer.at)) }
        }
        answers.sort { ($0.revision, $0.at) < ($1.revision, $1.at) }
        for index in answers.indices.dropLast().reversed() {
            answers[index].at = min(answers[index].at, answers[index + 1].at)
        }
    }

    func first(from revision: UInt64) -> Instant {
        var (low, high) = (0, answers.count)
        while low < high {
            let middle = (low + high) / 2
            if answers[middle].revision < revision { low = middle + 1 } else { high = middle }
        }
        return low < answers.count ? answers[low].at : Instant(nanoseconds: .max)
    }
}
