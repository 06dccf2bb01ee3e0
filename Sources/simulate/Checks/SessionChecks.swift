import Consensus
import Coordination

// Whether sessions are as they were promised to be.
extension Simulation {
    /// A member, or an answer, tells that a session has ended.
    func note(_ ending: SessionEnding) throws(Violation) {
        if let known = sessionBook.endings[ending.session] {
            guard known.revision == ending.revision else {
                throw Violation(
                    claim: "a session ends once",
                    evidence: "session \(ending.session) at \(known.revision) and at \(ending.revision)")
            }
            return
        }
        sessionBook.endings[ending.session] = (ending.revision, now)
        statistics[.sessionEnds] += 1
        try checkPromise(of: ending.session)
    }

    /// What its owner was promised of a session and what became of it.
    func checkPromise(of session: SessionID) throws(Violation) {
        guard let page = sessionBook.pages[session], !page.isClosing, let end = sessionBook.endings[session] else {
            return
        }
        // The ensemble's clock is its leaders', which run wrong by so much at most.
        let error = Span(nanoseconds: page.timeout.nanoseconds * Int64(plan.clockDriftMax + 1_000) / 1_000_000)
        guard end.at + error >= page.promisedUntil else {
            throw Violation(
                claim: "a session lives as long as it was promised to",
                evidence: "session \(session) of guest \(page.guest), promised until \(page.promisedUntil), ended "
                    + "at \(end.at) with revision \(end.revision)")
        }
    }

    /// At the end of a publication nothing is left of the sessions that ended in it.
    func check(endings: [SessionEnding], of member: Member, _ process: Process) throws(Violation) {
        for ending in endings {
            try note(ending)
            if let left = process.firstEphemeral(of: ending.session) {
                throw Violation(
                    claim: "the ephemeral znodes of a session end with it",
                    evidence: "member \(member.id) has \(left) after the end of session \(ending.session)")
            }
        }
    }

    /// Nobody keeps a session alive any more.
    func areSessionsOver() throws(Violation) -> Bool {
        guard let process = members.first(where: { $0.process != nil })?.process, let session = process.firstSession
        else { return true }
        guard now - phaseBegan <= Self.sessionTimeMax else {
            throw Violation(
                claim: "a session that is not kept alive ends within \(Self.sessionTimeMax) of the last repair",
                evidence: "session \(session) has not; " + summary())
        }
        return false
    }

    /// The verdict on sessions, by the history of all changes.
    func judgeSessions(_ changes: [Change]) throws(Violation) {
        var created: [String: UInt64] = [:]
        for change in changes {
            guard let session = Self.session(ofPath: change.path) else { continue }
            guard !sessionBook.vain.contains(change.path) else {
                throw Violation(claim: "a transaction that fails has no effect", evidence: "\(change)")
            }
            let end = sessionBook.endings[session]?.revision.rawValue
            switch change.kind {
            case .created:
                guard change.revision > session.rawValue, change.revision < end ?? .max else {
                    throw Violation(
                        claim: "an ephemeral znode is created while its session lives",
                        evidence: "\(change); the end was at \(end.map { "\($0)" } ?? "no revision")")
                }
                created[change.path] = change.revision
            case .deleted:
                guard change.revision == end else {
                    throw Violation(
                        claim: "the ephemeral znodes of a session end with it, in one revision",
                        evidence: "\(change); the end was at \(end.map { "\($0)" } ?? "no revision")")
                }
            case .changed:
                throw Violation(claim: "every change was asked for", evidence: "\(change)")
            }
        }
        for session in sessionBook.opened {
            guard let page = sessionBook.pages[session] else { continue }
            if let end = sessionBook.endings[session]?.revision, page.keptAliveAt > end {
                throw Violation(
                    claim: "a session that has ended is not kept alive",
                    evidence: "session \(session) ended at \(end) and was kept alive at \(page.keptAliveAt)")
            }
            for (path, revision) in page.created where created[path] != revision.rawValue {
                throw Violation(
                    claim: "no acknowledged write is lost",
                    evidence: "\(path), created at \(revision); the history has "
                        + "\(created[path].map { "\($0)" } ?? "nothing")")
            }
        }
    }
}

extension Process {
    /// Nil while it lives.
    func ending(of session: SessionID) -> SessionEnding? { read { $0.session(session)?.ending } }

    var firstSession: SessionID? { read { $0.sessions(after: SessionID(0), limit: 1)?.first?.id } }

    /// The name of an ephemeral znode that the session has.
    func firstEphemeral(of session: SessionID) -> String? {
        let prefix = "e\(session)-"
        var first: String?
        read { view in
            _ = view.list("/", startAfter: prefix) { child in
                if child.name.hasPrefix(prefix) { first = child.name }
                return false
            }
        }
        return first
    }
}
