import ByteString
import Consensus
import Coordination
import Driver
import Journal
import Messages
import Replica
import Synchronization

/// One life of a member: a real driver over the simulated disk, and the little of a server that is between it and
/// clients.
final class Process {
    let life: Int
    let incarnation: Incarnation
    let outbox: Outbox
    let supplies = SupplyBox()
    /// Members under repair have asked something since the last turn.
    var isAsked = false
    let answerBox: AnswerBox
    var driver: Driver<Outbox, AnswerBox>
    private var reader: StateReader
    /// Requests given to the driver, by token. Looked up by key only.
    var waiting: [RequestToken: Waiting] = [:]
    var waitingGuests: [RequestToken: GuestRequest] = [:]
    var waitingStreams: [RequestToken: StreamWaiting] = [:]
    /// By their numbers. Looked up by key only.
    var streams: [UInt64: ServedStream] = [:]
    /// The tokens of both in the order given; may hold answered ones.
    var tokens: [RequestToken] = []
    var lastToken: UInt64 = 0
    var watches: [ServedWatch] = []
    /// What the journal was last seen to have.
    var newestSnapshot = LogPosition.zero
    /// Publications have told every change up to here.
    var toldThrough: UInt64
    /// What the disk remembered.
    let recovered: HardState
    /// The log as it was found, for whoever checks it first.
    var foundLog: (previous: LogPosition, entries: [Entry])?
    /// The highest format level that its release supports.
    let supported: FormatLevel

    /// A client that waits for an answer.
    struct Waiting {
        var request: Request
    }

    /// Opens the journal, as a starting process does.
    init(
        member: Member, plan: Plan, seed: UInt64, incarnation: Incarnation, now: Moment
    ) throws(JournalError) {
        life = member.life
        self.incarnation = incarnation
        let (journal, recovered) = try Journal.open(
            member.disk, member: member.id, ensemble: Simulation.ensemble, options: plan.journal,
            supported: member.supported)
        supported = member.supported
        var state = Coordination(supported: Coordination.FormatLevel(supported))
        if let snapshot = recovered.snapshot { try Self.restore(&state, from: journal, snapshot) }
        reader = state.makeReader()
        toldThrough = state.appliedRevision.rawValue
        self.recovered = recovered.hardState
        foundLog = member.isRepaired ? (recovered.previous, recovered.entries) : nil
        var settings = Replica.Settings(consensus: plan.consensus)
        settings.snapshotLogEntries = plan.snapshotLogEntries
        // Where the state is tiny, many snapshots show more.
        settings.snapshotShareMin = 0
        settings.supported = supported
        let replica = Replica(
            id: member.id, storage: member.storage, incarnation: incarnation, settings: settings,
            restored: recovered.restored, state: state, seed: seed, now: now)
        newestSnapshot = recovered.snapshot?.position ?? .zero
        outbox = Outbox()
        answerBox = AnswerBox()
        driver = Driver(
            replica: replica, journal: journal, disk: member.disk, network: outbox, clients: answerBox, now: now)
    }

    private static func restore(
        _ state: inout Coordination, from journal: borrowing Journal, _ snapshot: SnapshotMetadata
    ) throws(JournalError) {
        do {
            state.replace(by: try RestoredState(from: journal, snapshot, supported: state.supported))
            // As the server does: nothing need follow the snapshot, and readers see only what was published.
            _ = state.publish()
        } catch let error as JournalError {
            throw error
        } catch {
            throw .damaged(file: "\(snapshot.position)", offset: 0, reason: "\(error)")
        }
    }

    // MARK: What an observer sees

    var office: (isLeader: Bool, term: Term) {
        (driver.replica.consensus.isLeader, driver.replica.consensus.term)
    }

    var commit: LogIndex { driver.replica.consensus.commitIndex }
    var appliedRevision: UInt64 { driver.replica.state.appliedRevision.rawValue }
    var stateDigest: UInt64 { driver.replica.state.digest }
}

// MARK: - The state as its readers see it

extension Process {
    var publishedRevision: UInt64 { reader.pin { $0.revision.rawValue } }

    func read<Result>(_ body: (borrowing StateView) -> Result) -> Result { reader.pin { body($0) } }

    /// A znode as published, and the revision of that.
    func read(_ path: String) -> (content: Register.Content?, revision: UInt64) {
        reader.pin { view in
            let content = view.get(path).map {
                Register.Content(value: Simulation.number(in: $0.data), version: $0.stat.version)
            }
            return (content, view.revision.rawValue)
        }
    }

    /// The changes as published, from a revision on.
    func changes(from revision: UInt64 = 1) throws(Violation) -> [Change] {
        do throws(StateError) {
            return try reader.pin { view throws(StateError) in
                var changes: [Change] = []
                try view.history(from: Revision(revision)) { event in
                    changes.append(Change(event))
                    return true
                }
                return changes
            }
        } catch {
            throw Violation(claim: "a short history is retained", evidence: "\(error)")
        }
    }
}

extension Change {
    init(_ event: ZnodeEvent) {
        let kind: Kind =
            switch event.kind {
            case .created: .created
            case .changed: .changed
            case .deleted: .deleted
            }
        self.init(
            revision: event.revision.rawValue, kind: kind, path: event.path, version: event.version,
            value: kind == .deleted ? 0 : Simulation.number(in: event.data))
    }
}

// MARK: - Ports

/// Collects what a driver sends in a turn.
final class Outbox: Transport {
    private var messages: [Addressed] = []

    func send(_ messages: [Addressed]) {
        self.messages.append(contentsOf: messages)
    }

    /// Every simulated member can reach every other one.
    func reach(_ configuration: Configuration) {}

    func take() -> [Addressed] {
        if messages.isEmpty { return [] }
        defer { messages.removeAll(keepingCapacity: true) }
        return messages
    }
}

/// Collects what a driver tells members under repair in a turn. It may do so on any thread, as far as types tell.
final class SupplyBox: Sendable {
    private let supplies = Mutex<[(call: RepairCall, supply: RepairSupply)]>([])

    func put(_ supply: RepairSupply, for call: RepairCall) { supplies.withLock { $0.append((call, supply)) } }

    func take() -> [(call: RepairCall, supply: RepairSupply)] {
        supplies.withLock { supplies in
            defer { supplies = [] }
            return supplies
        }
    }
}

/// Collects what a driver answers in a turn.
final class AnswerBox: Replies {
    private var answers: [Answers] = []

    func deliver(_ answers: Answers) {
        // Most turns are ticks, of which nothing comes.
        if answers.batch == nil && answers.writes.isEmpty && answers.readsReady.isEmpty && answers.readsFailed.isEmpty
            && answers.notices.isEmpty && answers.administrations.isEmpty
        {
            return
        }
        self.answers.append(answers)
    }

    func deliver(_ status: ReplicaStatus, for token: RequestToken) {}

    func take() -> [Answers] {
        if answers.isEmpty { return [] }
        defer { answers.removeAll(keepingCapacity: true) }
        return answers
    }
}
