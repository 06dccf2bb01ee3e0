import Coordination

/// What guests were told about locks.
struct LockBook {
    /// Claims that were said to be made, and whose they are.
    var claims: [(token: UInt64, session: SessionID)] = []
    /// Claims that were said to hold their lock, as of a revision.
    var held: [(lock: Int, token: UInt64, revision: UInt64)] = []
    /// Claims that were said to wait, or to be gone, as of a revision.
    var waiting: [(lock: Int, token: UInt64, revision: UInt64)] = []
    var gone: [(lock: Int, token: UInt64, revision: UInt64)] = []
    /// Tokens that were said not to be valid, by a member that had come to that revision.
    var fenced: [(lock: Int, token: UInt64, revision: UInt64)] = []
    /// What was written under a token, and when.
    var written: [(path: String, revision: UInt64)] = []
}

/// The queue of a lock, as the history of its claims makes it: simpler than the service's, and told by paths alone.
private struct Queue {
    /// By ascending token.
    var claims: [(token: UInt64, isShared: Bool)] = []

    var holders: ArraySlice<(token: UInt64, isShared: Bool)> {
        guard let first = claims.first else { return [] }
        return first.isShared ? claims.prefix { $0.isShared } : claims.prefix(1)
    }

    mutating func remove(_ token: UInt64) -> Bool {
        guard let place = claims.firstIndex(where: { $0.token == token }) else { return false }
        claims.remove(at: place)
        return true
    }
}

extension Simulation {
    /// The verdict on locks, by the history of all changes.
    func judgeLocks(_ changes: [Change]) throws(Violation) {
        var queues = Array(repeating: Queue(), count: Self.lockCount)
        var owners: Set<Substring> = []
        /// By token: the revision at which the claim went.
        var gone: [UInt64: UInt64] = [:]
        var created: [String: UInt64] = [:]
        let states = lockBook.held.map { ($0, true) } + lockBook.waiting.map { ($0, false) }
        var told = states.sorted { ($0.0.revision, $0.0.token) < ($1.0.revision, $1.0.token) }[...]
        func check(through revision: UInt64) throws(Violation) {
            while let (next, isHeld) = told.first, next.revision < revision {
                told.removeFirst()
                guard queues[next.lock].holders.contains(where: { $0.token == next.token }) == isHeld else {
                    throw Violation(
                        claim: isHeld ? "who is told to hold a lock holds it" : "who is told to wait does not hold it",
                        evidence: "token \(next.token) of lock \(next.lock) at revision \(next.revision); the holders "
                            + "were \(queues[next.lock].holders.map(\.token))")
                }
            }
        }
        for change in changes where Self.isAboutLocks(change.path) {
            try check(through: change.revision)
            if let write = GuardedWrite(path: change.path) {
                created[change.path] = change.revision
                guard queues[write.lock].holders.contains(where: { $0.token == write.token }) else {
                    throw Violation(
                        claim: "no write is accepted under a token that is not valid",
                        evidence: "\(change); the holders were \(queues[write.lock].holders.map(\.token))")
                }
            }
            guard let claim = ClaimPath(path: change.path) else { continue }
            switch change.kind {
            case .created:
                guard claim.token == change.revision, owners.insert(claim.owner).inserted else {
                    throw Violation(claim: "a claim is made once, at the revision of its token", evidence: "\(change)")
                }
                queues[claim.lock].claims.append((claim.token, claim.isShared))
            case .deleted:
                guard queues[claim.lock].remove(claim.token) else {
                    throw Violation(claim: "only what is there is deleted", evidence: "\(change)")
                }
                gone[claim.token] = change.revision
            case .changed:
                // It was asked for again.
                break
            }
        }
        try check(through: .max)
        for (token, session) in lockBook.claims {
            guard let end = sessionBook.endings[session]?.revision.rawValue, gone[token] ?? .max > end else { continue }
            throw Violation(
                claim: "a claim ends with its session",
                evidence: "token \(token) of session \(session), which ended at \(end), went at "
                    + (gone[token].map { "\($0)" } ?? "no revision"))
        }
        for (lock, token, revision) in lockBook.fenced + lockBook.gone where gone[token] ?? .max > revision {
            throw Violation(
                claim: "a holder is fenced, and told that its claim has gone, only when it has",
                evidence: "token \(token) of lock \(lock) by revision \(revision); it went at "
                    + (gone[token].map { "\($0)" } ?? "none"))
        }
        for (path, revision) in lockBook.written where created[path] != revision {
            throw Violation(
                claim: "no acknowledged write is lost",
                evidence: "\(path), at \(revision); the history has \(created[path].map { "\($0)" } ?? "nothing")")
        }
    }
}

/// What the path of a claim says.
private struct ClaimPath {
    var lock: Int
    var token: UInt64
    var isShared: Bool
    var owner: Substring

    init?(path: String) {
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "locks", let lock = Int(parts[1]) else { return nil }
        let words = parts[2].split(separator: "-", maxSplits: 2)
        guard words.count == 3, let token = UInt64(words[0]) else { return nil }
        self.lock = lock
        self.token = token
        isShared = words[1] == "shared"
        owner = words[2]
    }
}

/// What the path of a znode says that was created under a token.
private struct GuardedWrite {
    var lock: Int
    var token: UInt64

    init?(path: String) {
        let words = path.dropFirst(2).split(separator: "-")
        guard path.hasPrefix("/g"), words.count == 3, let lock = Int(words[0]), let token = UInt64(words[1]) else {
            return nil
        }
        self.lock = lock
        self.token = token
    }
}
