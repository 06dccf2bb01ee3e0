import Consensus

/// A change of a znode as the replicated history tells it.
struct Change: Hashable {
    enum Kind: UInt8, Hashable {
        case created = 1
        case changed = 2
        case deleted = 3
    }

    var revision: UInt64
    var kind: Kind
    var path: String
    /// The version after the change; before it, for a deletion.
    var version: UInt64
    /// The number of the write that wrote the data; 0 for a deletion.
    var value: UInt64
}

/// One request of a client, with all its retries, and what became of it.
struct CallRecord {
    enum Level: Hashable {
        case linearizable
        case serializable
    }

    enum Outcome {
        /// The service answered. `revision` is what the answer names; nil for an error.
        case answered(Register.Answer, revision: UInt64?, at: Instant)
        /// The service said that it surely had no effect.
        case refused(at: Instant)
        /// Nobody knows.
        case unknown
    }

    var number: UInt64
    var client: Int
    var path: String
    var call: Register.Call
    var level: Level
    var hasRequestID: Bool
    var invoked: Instant
    /// Where it was answered, and in which life of that member.
    var member = 0
    var life = 0
    var outcome = Outcome.unknown

    var isWrite: Bool { call != .read }

    /// The znodes that it is about, each once.
    var paths: [String] {
        if case .several(let several) = call { several.paths } else { [path] }
    }

    var answered: (answer: Register.Answer, revision: UInt64?, at: Instant)? {
        if case .answered(let answer, let revision, let at) = outcome { (answer, revision, at) } else { nil }
    }
}

extension CallRecord: CustomStringConvertible {
    var description: String {
        let end =
            switch outcome {
            case .answered(let answer, let revision, let at):
                "answered \(answer)\(revision.map { " at revision \($0)" } ?? "") by member \(member + 1) at \(at)"
            case .refused(let at): "refused at \(at)"
            case .unknown: "never answered"
            }
        return "#\(number) of client \(client), \(call) on \(path), \(level), begun at \(invoked), \(end)"
    }
}

/// A claim of the service that a run contradicts.
struct Violation: Error, CustomStringConvertible {
    /// The promise that was broken.
    var claim: String
    var evidence: String

    var description: String { "\(claim): \(evidence)" }
}

/// What really happened to the znodes, in the order of revisions; and whether what clients were told agrees with it.
struct History {
    let changes: [Change]
    private typealias Timeline = [(revision: UInt64, content: Register.Content?)]
    /// By path: its content from each revision on, ascending.
    private var timelines: [String: Timeline] = [:]
    /// By number of the write: the first change that it made.
    private var changeByValue: [UInt64: Int] = [:]
    /// By revision: the first change that was made at it.
    private var changeByRevision: [UInt64: Int] = [:]

    /// - Throws: ``Violation`` if the changes contradict each other.
    init(_ changes: [Change]) throws(Violation) {
        self.changes = changes
        var last: UInt64 = 0
        for (index, change) in changes.enumerated() {
            guard change.revision >= last else {
                throw Violation(claim: "revisions only grow", evidence: "\(change) after \(last)")
            }
            if change.revision > last { changeByRevision[change.revision] = index }
            last = change.revision
            let before = timelines[change.path]?.last?.content
            switch change.kind {
            case .created:
                guard before == nil, change.version == 0 else {
                    throw Violation(claim: "only what is absent is created", evidence: "\(change) on \(before as Any)")
                }
            case .changed:
                guard let before, change.version == before.version + 1 else {
                    throw Violation(claim: "versions count the changes", evidence: "\(change) on \(before as Any)")
                }
            case .deleted:
                guard let before, change.version == before.version else {
                    throw Violation(claim: "only what is there is deleted", evidence: "\(change) on \(before as Any)")
                }
            }
            let content =
                change.kind == .deleted ? nil : Register.Content(value: change.value, version: change.version)
            timelines[change.path, default: []].append((change.revision, content))
            guard change.kind != .deleted else { continue }
            if let other = changeByValue[change.value] {
                guard changes[other].revision == change.revision else {
                    throw Violation(
                        claim: "a write is applied at most once", evidence: "\(changes[other]) and again \(change)")
                }
            } else {
                changeByValue[change.value] = index
            }
        }
    }

    /// A znode as of a revision.
    func register(_ path: String, at revision: UInt64) -> Register {
        guard let timeline = timelines[path] else { return .absent }
        let count = Self.count(of: timeline, through: revision)
        return count == 0 ? .absent : Register(content: timeline[count - 1].content)
    }

    /// The revisions after that one at which a znode was changed, ascending.
    func revisions(of path: String, after revision: UInt64) -> some Sequence<UInt64> {
        let timeline = timelines[path, default: []]
        return timeline[Self.count(of: timeline, through: revision)...].lazy.map(\.revision)
    }

    private static func count(of timeline: Timeline, through revision: UInt64) -> Int {
        var (low, high) = (0, timeline.count)
        while low < high {
            let middle = (low + high) / 2
            if timeline[middle].revision <= revision { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first change that a write with this number made, if it made one.
    func change(byValue value: UInt64) -> Change? {
        changeByValue[value].map { changes[$0] }
    }

    /// What was changed at a revision, in order. Nothing but a transaction changes more than one znode.
    func changes(at revision: UInt64) -> ArraySlice<Change> {
        guard let first = changeByRevision[revision] else { return [] }
        return changes[first...].prefix { $0.revision == revision }
    }
}
