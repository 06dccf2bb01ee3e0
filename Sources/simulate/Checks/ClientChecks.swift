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
        try checkSerializableReadsGoForward()
        var order = RevisionOrder(history: history, calls: calls)
        try order.check()
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
            case .answered(.settled, let revision, _):
                // That it made what it should there, and nothing else, is seen with the order of revisions.
                guard revision != nil else {
                    throw Violation(claim: "an acknowledgement names its revision", evidence: "\(call)")
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
        guard case .delete = call.call else { return history.change(byValue: call.number) }
        return history.changes(at: revision).first { $0.kind == .deleted }
    }

    private func written(by call: CallRecord) -> Change? {
        if case .delete = call.call { nil } else { history.change(byValue: call.number) }
    }

    /// Every change was asked for. (Deletions carry no number; of them ``RevisionOrder`` takes care.)
    func checkChangesAreAskedFor() throws(Violation) {
        for change in history.changes where change.kind != .deleted {
            guard change.value > 0, change.value <= UInt64(calls.count) else {
                throw Violation(claim: "every change was asked for", evidence: "\(change)")
            }
            let call = calls[Int(change.value) - 1]
            guard call.isWrite, call.paths.contains(change.path) else {
                throw Violation(claim: "every change was asked for", evidence: "\(change), not by \(call)")
            }
        }
    }

    /// A read's answer, however old it may be, is the state at the revision that it names.
    func checkReadsTellTheState() throws(Violation) {
        for call in calls where !call.isWrite {
            guard case .answered(.found(let content), let revision?, _) = call.outcome else { continue }
            let truth = history.register(call.path, at: revision).content
            guard truth == content else {
                throw Violation(
                    claim: "a read tells the state at its revision",
                    evidence: "\(call), but at \(revision) the znode was \(truth as Any)")
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
}
