public import Consensus
public import Coordination
import DequeModule

/// One member of the ensemble without its disk, network and clocks: consensus, the replicated state, and the requests
/// that wait for either, behind one ``step(_:now:)``.
///
/// A turn of the loop is: `step` each input; ``takeOutbound(now:)``, which is carried out at once; then
/// ``applyCommitted(now:)``, whose answers go to clients. The two are apart so that messages and the disk never wait
/// for the state machine.
///
/// **How a write is answered.** Whoever proposes an entry stamps it with its origin: the member, its incarnation and
/// the request's token. The member where the request came in answers it when it applies that entry, whoever led.
/// Every write is sent for one term only. Entries are applied in log order, and no entry of an older term can follow
/// one of a newer term (Raft, section 5.4: terms in a log never decrease). So once an entry of a newer term is applied,
/// a write of an older term that is still unanswered has surely not taken effect and never will: it is sent again,
/// with no risk of taking effect twice. A client sees an unknown outcome only if this member dies, if its deadline
/// passes, or if a snapshot replaced the entries in which its write may have been.
public struct Replica: ~Copyable {
    /// Bounds and timings that are this member's own business.
    public struct Settings: Sendable {
        public var consensus: Consensus.Settings
        /// The highest format level that this release supports. Only who plays another release sets it.
        public var supported = FormatLevel(Coordination.FormatLevel.newest)
        /// Writes that may wait for their outcome at once; one more is refused as overloaded.
        public var pendingWritesMax = 100_000
        /// The longest request. A little more than what a client may send in one message, and less than members may
        /// send each other: what cannot be replicated must not come into the log.
        public var requestBytesMax = 6 << 20
        /// The request bytes that may wait at once.
        public var pendingBytesMax = 256 << 20
        /// Groups of linearizable reads that may wait at once.
        public var pendingReadsMax = 100_000
        /// A turn proposes so many bytes of this member's own clients' requests, and the rest in the next turn.
        public var proposalBytesMax = 16 << 20
        /// A ``Forward`` is closed once it holds so many bytes of requests.
        public var forwardBytesMax = 1 << 20
        /// How long a write that no leader has taken waits for one before it is answered as not applied.
        public var leaderWait = Span.seconds(3)
        /// How long a write waits for its outcome before that is told to be unknown.
        public var outcomeWait = Span.seconds(10)
        /// After this long without an answer a barrier is asked for again.
        public var barrierResendInterval = Span.milliseconds(100)
        /// After this long without an answer a write that has a request id is sent again.
        public var resendInterval = Span.seconds(1)
        /// A snapshot is due once so many bytes of entries were applied since the last one.
        public var snapshotLogBytes = 24 << 20
        /// Or so many entries.
        public var snapshotLogEntries = 500_000
        /// But not before the entries since the last one have a quarter of its bytes: else a large state would be
        /// written again and again for a little that changed. 0 leaves that out of account.
        public var snapshotShareMin = 4
        /// When no entry has come for so long, a snapshot is due after this many bytes of entries already: it costs
        /// nobody anything then, makes the next start short, and lets the log's memory go.
        public var calmSnapshotPause = Span.seconds(3)
        public var calmSnapshotLogBytes = 4 << 20
        /// A learner that lacks at most so many entries may become a voter: it has them in a moment.
        public var learnerLagMax: UInt64 = 1_000
        /// How long a new leader lets nothing expire, in log time.
        public var expiryGrace = Span.seconds(1)
        /// So many sessions and TTL znodes expire in one turn at most.
        public var expiriesPerTurnMax = 1_000
        /// What a client is told to be full when this member's disk is.
        public var diskName = "the data directory"

        public init(consensus: Consensus.Settings = .init()) {
            self.consensus = consensus
        }
    }

    public let id: MemberID
    public let storage: StorageID
    public let incarnation: Incarnation
    let settings: Settings
    public internal(set) var consensus: Consensus
    public internal(set) var state: Coordination

    var clock: LogClock
    var writes: PendingWrites
    var reads = PendingReads()
    var administrations = PendingAdministrations()
    var stateChecks = StateChecks()
    /// Where this member, leading, has proposed to raise the format level, until that is applied.
    var proposedRaise: LogPosition?
    /// The log time from which on this member, leading, lets sessions expire; nil until it has applied what came
    /// before.
    var expiriesFrom: UInt64?
    /// Why this member applies nothing any more.
    var unsupported: UnsupportedFormatLevel?
    var answers = Answers()
    /// Forward messages and replies that wait for ``takeOutbound(now:)``.
    var forwards: [Addressed] = []
    /// Writes that other members sent, to be proposed with the next batch.
    var forwarded: [Forwarded] = []
    /// Committed entries that consensus has handed out and the state has not applied yet.
    var committed = Deque<Entry>()
    var lastAppliedTerm: Term
    /// The members as of the last applied entry.
    public internal(set) var appliedConfiguration: Configuration
    var bytesSinceSnapshot = 0
    var entriesSinceSnapshot = 0
    /// When the last entry was applied.
    var lastApplied: Instant
    var isSnapshotUnderWay = false
    /// How large the newest snapshot is; 0 if there is none.
    var snapshotBytes: UInt64
    /// Which of consensus' configurations was handed out last.
    private var configurationCount: UInt64 = 0
    var now: Moment

    /// - Parameters:
    ///   - state: the state at `restored`'s snapshot, or a new one if there is none; it supports what `settings` say.
    ///   - seed: for the randomised timeouts.
    public init(
        id: MemberID, storage: StorageID, incarnation: Incarnation, settings: Settings,
        restored: Consensus.Restored, state: consuming Coordination, seed: UInt64, now: Moment
    ) {
        precondition(FormatLevel(state.supported) == settings.supported, "the state is of another release")
        self.id = id
        self.storage = storage
        self.incarnation = incarnation
        self.settings = settings
        self.lastAppliedTerm = restored.snapshot.position.term
        self.appliedConfiguration = restored.snapshot.configuration
        self.snapshotBytes = restored.snapshot.byteCount
        self.consensus = Consensus(
            id: id, storage: storage, settings: settings.consensus, restored: restored, seed: seed,
            now: now.monotonic, supported: settings.supported)
        self.clock = LogClock(stepMax: settings.consensus.heartbeatInterval)
        self.writes = PendingWrites()
        self.state = state
        self.now = now
        self.lastApplied = now.monotonic
    }

    /// Takes in what happened. Costs little; nothing leaves before ``takeOutbound(now:)``.
    public mutating func step(_ input: Input, now: Moment) {
        self.now = now
        clock.advance(to: now.monotonic)
        switch input {
        case .tick:
            consensus.step(.tick, now: now.monotonic)
            sweepWrites()
            sweepReads()
            sweepAdministrations()
        case .message(.consensus(let message), let from, let storage):
            consensus.step(.received(message, from: from, storage: storage), now: now.monotonic)
        case .message(.forward(let forward), let from, let storage):
            guard isMember(from, storage) else { return }
            onForward(forward, from: from)
        case .message(.forwardReply(let reply), let from, let storage):
            guard isMember(from, storage) else { return }
            onForwardReply(reply, from: from)
        case .write(let write):
            onWrite(write)
        case .read(let token):
            onRead(token)
        case .administration(let request):
            onAdministration(request)
        case .forwardingInterrupted(let member):
            onForwardingInterrupted(member)
        case .connection(let evidence, let member):
            consensus.step(.connection(evidence, to: member), now: now.monotonic)
        case .persisted(let sequence):
            consensus.step(.persisted(through: sequence), now: now.monotonic)
        case .snapshotSaved(let metadata):
            isSnapshotUnderWay = false
            snapshotBytes = metadata.byteCount
            consensus.step(.snapshotSaved(metadata), now: now.monotonic)
        case .snapshotInstalled(let metadata):
            consensus.step(.snapshotInstalled(metadata), now: now.monotonic)
        case .snapshotChunkStored(let position, let nextOffset):
            consensus.step(
                .snapshotChunkStored(position: position, nextOffset: nextOffset), now: now.monotonic)
        case .snapshotData(let metadata, let offset, let data, let to):
            consensus.step(.snapshotData(metadata, offset: offset, data: data, to: to), now: now.monotonic)
        }
    }

    /// What must leave now. Proposes the writes that came in since the last call as one batch.
    public mutating func takeOutbound(now: Moment) -> Outbound {
        self.now = now
        routeWrites()
        routeReads()
        var outbound = Outbound()
        let effects = consensus.takeEffects()
        outbound.now.reserveCapacity(effects.now.count + forwards.count)
        for outgoing in effects.now {
            outbound.now.append(Addressed(to: outgoing.to, message: .consensus(outgoing.message)))
        }
        outbound.afterSync = effects.afterSync.map { Addressed(to: $0.to, message: .consensus($0.message)) }
        outbound.write = effects.write
        outbound.snapshotReads = effects.snapshotReads
        outbound.snapshotWrites = effects.snapshotWrites
        if consensus.configurationCount != configurationCount {
            configurationCount = consensus.configurationCount
            outbound.configuration = consensus.configuration
        }
        committed.append(contentsOf: effects.committed)
        answers.notices.append(contentsOf: effects.notices)
        for confirmed in effects.readsConfirmed { onBarrierConfirmed(confirmed) }
        for token in effects.readsRefused { onBarrierRefused(token) }
        // Barriers that were just answered for other members leave in this very turn.
        outbound.now.append(contentsOf: forwards)
        forwards.removeAll(keepingCapacity: true)
        return outbound
    }

    /// The snapshot that was due has been given up. The next one is due when the log has grown as much again.
    public mutating func snapshotAbandoned() {
        isSnapshotUnderWay = false
    }

    /// A write that another member sent while this one led in `term`.
    struct Forwarded {
        var from: MemberID
        var term: Term
        var write: ForwardWrite
    }

    private func isMember(_ member: MemberID, _ storage: StorageID) -> Bool {
        consensus.configuration[member]?.storage == storage
    }
}
