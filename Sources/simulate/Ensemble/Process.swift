import ByteString
import Consensus
import Coordination
import Driver
import Journal
import Messages
import Replica

/// One life of a member: a real driver over the simulated disk, and the little of a server that is between it and
/// clients.
final class Process {
    let life: Int
    let incarnation: Incarnation
    let outbox: Outbox
    let answerBox: AnswerBox
    var driver: Driver<Outbox, AnswerBox>
    let reader: StateReader
    /// Requests given to the driver, by token. Looked up by key only.
    var waiting: [RequestToken: Waiting] = [:]
    /// The tokens of `waiting` in the order given; may hold answered ones.
    var tokens: [RequestToken] = []
    var lastToken: UInt64 = 0
    var watches: [ServedWatch] = []

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
            member.disk, member: member.id, ensemble: Simulation.ensemble, options: plan.journal)
        var state = Coordination()
        if let snapshot = recovered.snapshot { try Self.restore(&state, from: journal, snapshot) }
        reader = state.makeReader()
        var settings = Replica.Settings(consensus: plan.consensus)
        settings.snapshotLogEntries = plan.snapshotLogEntries
        let replica = Replica(
            id: member.id, storage: member.storage, incarnation: incarnation, settings: settings,
            restored: recovered.restored, state: state, seed: seed, now: now)
        outbox = Outbox()
        answerBox = AnswerBox()
        driver = Driver(
            replica: replica, journal: journal, disk: member.disk, network: outbox, clients: answerBox, now: now)
    }

    private static func restore(
        _ state: inout Coordination, from journal: borrowing Journal, _ snapshot: SnapshotMetadata
    ) throws(JournalError) {
        do {
            try state.restore(from: journal, snapshot)
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

/// Collects what a driver sends in a turn.
final class Outbox: Transport {
    private var messages: [Addressed] = []

    func send(_ messages: [Addressed]) {
        self.messages.append(contentsOf: messages)
    }

    func take() -> [Addressed] {
        defer { messages.removeAll(keepingCapacity: true) }
        return messages
    }
}

/// Collects what a driver answers in a turn.
final class AnswerBox: Replies {
    private var answers: [Answers] = []

    func deliver(_ answers: Answers) {
        self.answers.append(answers)
    }

    func deliver(_ status: ReplicaStatus, for token: RequestToken) {}

    func take() -> [Answers] {
        defer { answers.removeAll(keepingCapacity: true) }
        return answers
    }
}
