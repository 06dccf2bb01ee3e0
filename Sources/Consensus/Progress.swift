import DequeModule

/// What a leader knows of one follower's log, and what is on its way there.
struct Progress: Sendable {
    enum State: Sendable {
        /// Where the logs agree is not known: one append at a time, each answered before the next.
        case probing
        /// The logs agree; appends are sent without waiting, and `next` counts them as arrived.
        case replicating
        /// The follower needs entries that are gone: it is being sent a snapshot.
        case snapshot(SnapshotTransfer)
    }

    var state = State.probing
    /// The follower's log is durable and equal to the leader's up to here.
    var match = LogIndex.zero
    /// The first entry to be sent next.
    var next: LogIndex
    /// The commit index that the follower was told last (as far as it could use it).
    var commitSent = LogIndex.zero
    private(set) var inflight: Deque<Inflight> = []
    private(set) var inflightBytes = 0
    /// When to give up what is in flight as lost; nil while nothing is.
    private(set) var resendAt: Instant?
    /// Doubles with each loss in a row.
    private var resendAfter: Span
    private let resendFloor: Span
    /// Whether the follower was found to lack entries, and people were not told yet.
    var isBehind = false

    struct Inflight: Sendable {
        var last: LogIndex
        var byteCount: Int
    }

    init(next: LogIndex, resendAfter: Span) {
        self.next = next
        self.resendAfter = resendAfter
        resendFloor = resendAfter
    }

    var isReplicating: Bool { if case .replicating = state { true } else { false } }
    var transfer: SnapshotTransfer? { if case .snapshot(let transfer) = state { transfer } else { nil } }

    /// The logs agree up to just before `next`.
    var isAgreed: Bool { isReplicating || (transfer == nil && next == match.next) }

    /// Nothing is on its way that should be answered.
    var isIdle: Bool { inflight.isEmpty && transfer == nil }

    func mayAppend(_ settings: Consensus.Settings) -> Bool {
        switch state {
        case .probing: inflight.isEmpty
        case .replicating: inflight.count < settings.maxInflightAppends && inflightBytes < settings.maxInflightBytes
        case .snapshot: false
        }
    }

    /// An append with entries up to `last` leaves.
    mutating func sent(through last: LogIndex, byteCount: Int, now: Instant) {
        inflight.append(Inflight(last: last, byteCount: byteCount))
        inflightBytes += byteCount
        if case .replicating = state { next = last.next }
        if resendAt == nil { resendAt = now + resendAfter }
    }

    /// The follower acknowledged everything up to `index`.
    mutating func accepted(through index: LogIndex, now: Instant) {
        match = max(match, index)
        next = max(next, match.next)
        if case .snapshot = state { return }
        while let first = inflight.first, first.last <= match {
            inflightBytes -= first.byteCount
            inflight.removeFirst()
        }
        resendAfter = resendFloor
        resendAt = inflight.isEmpty ? nil : now + resendAfter
        if case .probing = state, inflight.isEmpty { state = .replicating }
    }

    /// What is in flight is lost or useless: starts over at `next`.
    mutating func probe(from next: LogIndex) {
        state = .probing
        self.next = max(next, match.next)
        clearInflight()
    }

    mutating func send(_ transfer: SnapshotTransfer, now: Instant) {
        state = .snapshot(transfer)
        clearInflight()
        touch(now)
    }

    mutating func update(_ transfer: SnapshotTransfer) { state = .snapshot(transfer) }

    /// A transfer made progress.
    mutating func touch(_ now: Instant) {
        resendAfter = resendFloor
        resendAt = now + resendAfter
    }

    /// Nothing was answered in time; the next patience is twice as long, up to `ceiling`.
    mutating func backOff(now: Instant, ceiling: Span) {
        resendAfter = min(resendAfter * 2, max(ceiling, resendFloor))
        if !isIdle { resendAt = now + resendAfter }
    }

    private mutating func clearInflight() {
        inflight.removeAll()
        inflightBytes = 0
        resendAt = nil
    }
}

/// A snapshot on its way to one follower.
struct SnapshotTransfer: Sendable {
    let snapshot: SnapshotMetadata
    /// The follower has everything before this.
    var acknowledged: UInt64 = 0
    /// The next part to be read.
    var nextRead: UInt64 = 0
    /// When another part may be read, by ``Consensus/Settings/maxSnapshotBytesPerSecond``.
    var readAt = Instant(nanoseconds: .min)

    init(snapshot: SnapshotMetadata) { self.snapshot = snapshot }
}

/// A member other than this one, as the configuration in effect and this term see it.
struct Peer: Sendable {
    let id: MemberID
    var storage: StorageID
    var isVoter: Bool
    /// Its answer in the current (pre-)candidacy.
    var vote: Answer = .none
    /// It said in its last heartbeat that it knows no leader.
    var isLeaderless = false
    /// It said so in its last heartbeat.
    var isDiskFull = false
    /// The highest format level that its release supports, as its process said; nil until one has.
    var supported: FormatLevel?
    // While this member leads:
    var progress: Progress
    /// The highest probe that it answered in this term.
    var probeAnswered: UInt64 = 0
    /// When it last answered in this term, or said of itself that it follows this leader.
    var answeredAt: Instant

    enum Answer: Sendable { case none, granted, refused }

    init(_ member: Configuration.Member, next: LogIndex, resendAfter: Span, now: Instant) {
        id = member.id
        storage = member.storage
        isVoter = member.role == .voter
        progress = Progress(next: next, resendAfter: resendAfter)
        answeredAt = now
    }

    /// A new leader knows nothing of anybody's log.
    mutating func beginTerm(next: LogIndex, resendAfter: Span, now: Instant) {
        progress = Progress(next: next, resendAfter: resendAfter)
        probeAnswered = 0
        answeredAt = now
    }
}
