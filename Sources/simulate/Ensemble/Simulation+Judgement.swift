import Consensus

/// The end of a run: all is repaired, and the ensemble has to show that it is whole again.
extension Simulation {
    /// After the last repair every member answers a write and a linearizable read within this time.
    static let recoveryTimeMax = Span.seconds(5)
    /// And every call that was under way has come to an end within this (a client may wait for twelve seconds first).
    static let completionTimeMax = Span.seconds(20)
    /// And every session has ended, for nobody keeps one alive any more, within this (their timeouts are up to three
    /// seconds, and a new leader lets none expire for one).
    static let sessionTimeMax = Span.seconds(12)
    /// And within this time of the last call all members have the same state.
    static let convergenceTimeMax = Span.seconds(5)

    func phaseEnds(_ ended: Phase) throws(Violation) {
        switch ended {
        case .trouble:
            guard hasHadEnough else { return schedule(.phaseEnds(.trouble), after: .seconds(2)) }
            phase = .healing
            phaseBegan = now
            trace.note(now, .heal, text: "everything is repaired")
            healEverything()
            finishUpgrade()
            for member in members where !member.isUp {
                schedule(.start(member.place), after: random.process.span(in: .zero...(.milliseconds(50))))
            }
            beginProbes()
            schedule(.operate, after: .milliseconds(20))
            schedule(.phaseEnds(.healing), after: .milliseconds(100))
        case .healing:
            guard try isRecovered() else { return schedule(.phaseEnds(.healing), after: .milliseconds(100)) }
            phase = .settling
            phaseBegan = now
            schedule(.phaseEnds(.settling), after: .zero)
        case .settling:
            guard try isSettled() else { return schedule(.phaseEnds(.settling), after: .milliseconds(50)) }
            phase = .done
        case .done:
            break
        }
    }

    /// A run that shows little goes on for a while.
    private var hasHadEnough: Bool {
        if options.troubleTime != nil || now - Instant(nanoseconds: 0) > plan.troubleTime * 20 { return true }
        return statistics[.calls] >= Plan.callCountMin && statistics[.faults] >= Plan.faultCountMin
    }

    /// One client for each member, which talks to no other.
    private func beginProbes() {
        for member in members {
            let client = Client(
                place: clients.count, plan: plan, random: random.clients.split(), probed: member.place)
            clients.append(client)
            wake(client, after: .milliseconds(60))
        }
    }

    private func isRecovered() throws(Violation) -> Bool {
        if let probe = clients.first(where: { $0.probe != nil }) {
            guard now - phaseBegan <= Self.recoveryTimeMax else {
                throw Violation(
                    claim: "a repaired ensemble serves again within \(Self.recoveryTimeMax)",
                    evidence: "member \(probe.member + 1) has not answered; " + summary())
            }
            return false
        }
        guard let busy = clients.first(where: { $0.call != nil }) else { return try areSessionsOver() }
        guard now - phaseBegan <= Self.completionTimeMax else {
            throw Violation(
                claim: "every call ends within \(Self.completionTimeMax) of the last repair",
                evidence: "client \(busy.place) waits for \(calls[busy.call ?? 0])")
        }
        return false
    }

    private func isSettled() throws(Violation) -> Bool {
        let revisions = members.map { $0.process?.appliedRevision ?? 0 }
        let target = observer.commit.rawValue
        let areEqual = revisions.allSatisfy { $0 == target }
        if areEqual, isRaised, watchers.allSatisfy({ ($0.toldThrough ?? 0) >= target }) { return true }
        guard now - phaseBegan <= Self.convergenceTimeMax else {
            throw Violation(
                claim: "all members and watches come to the same revision, and to the highest format level that all "
                    + "support, within \(Self.convergenceTimeMax)",
                evidence: "committed is \(target), the watches are at \(watchers.map { $0.toldThrough ?? 0 }); "
                    + summary())
        }
        return false
    }

    /// Where everybody is, in a line.
    func summary() -> String {
        members.map { member in
            guard let process = member.process else { return "\(member.id): down" }
            let consensus = process.driver.replica.consensus
            let leader = consensus.leaderID?.description ?? "nobody"
            return "\(member.id): \(consensus.isLeader ? "leads" : "follows \(leader)")"
                + " in term \(consensus.term), last \(consensus.lastPosition), commit \(consensus.commitIndex), "
                + "applied \(process.appliedRevision), "
                + "level \(process.driver.replica.level) of \(process.supported)"
        }.joined(separator: "; ")
    }

    /// The verdict on what clients and watchers were told.
    func judge() throws(Violation) {
        var histories: [[Change]] = []
        for member in members { histories.append(try member.process?.changes() ?? []) }
        for (place, history) in histories.enumerated() where history != histories[0] {
            throw Violation(
                claim: "all members tell the same history",
                evidence: "members 1 and \(place + 1): \(histories[0].count) and \(history.count) changes")
        }
        let changes = histories[0]
        try judgeSessions(changes)
        try judgeLocks(changes)
        try judgeStreams(changes)
        let history = try History(
            changes.filter {
                Self.session(ofPath: $0.path) == nil && !Self.isAboutLocks($0.path) && !Self.isAboutStreams($0.path)
            })
        trace.note(now, .check, UInt64(history.changes.count), text: "\(history.changes.count) changes")
        try ClientChecks(history: history, calls: calls).run()
        for watcher in watchers { try watcher.check(against: changes) }
        for member in members { try checkTree(of: member, history) }
    }

    /// The state itself agrees with the history of its changes.
    private func checkTree(of member: Member, _ history: History) throws(Violation) {
        guard let process = member.process else { return }
        for key in 0..<plan.workload.keyCount {
            let path = Self.path(ofKey: key)
            let content = process.read(path).content
            let expected = history.register(path, at: process.appliedRevision).content
            guard content == expected else {
                throw Violation(
                    claim: "a state is what its history made of it",
                    evidence: "member \(member.id), \(path): \(content as Any), by the history \(expected as Any)")
            }
        }
    }
}
