import ByteString
public import Consensus

/// A repair from its first question to its last: whom to ask next, when to take another member's snapshot, when to
/// wait, and when to give up. What follows from an answer, ``LogRepair`` knows.
///
/// A value without clock, thread or socket. Whoever drives it does what ``next(now:)`` says, tells what came of it, and
/// asks for the next step: a server over RPC, and the simulator over its network.
public struct RepairRounds: Sendable {
    /// What is to be done next.
    public enum Step: Sendable {
        /// Ask this member; then ``take(_:)``, or ``takeNothing()`` if it gave no answer.
        case ask(MemberID, RepairDemand)
        /// A part of a snapshot has come: ``store(on:options:)``.
        case store
        /// Nobody can tell more at the moment: wait for ``pause``.
        case wait
        /// The log is complete: ``Journal/finish(_:on:options:)``.
        case finish
        /// All others are under repair as well and lack the same, and have done so for ``patience``.
        case giveUp
    }

    /// A snapshot on its way here.
    private struct Fetch {
        var member: MemberID
        var snapshot: SnapshotMetadata
        /// Nil until the first part has come.
        var file: SnapshotFetch?
        /// What has come and is not stored yet.
        var part: Bytes?
    }

    /// What is known so far. Others who are under repair may be answered from it.
    public private(set) var repair: LogRepair
    public let others: [MemberID]
    /// Which of the others is asked in this round; nil between two rounds.
    private var place: Int?
    private var asked: RepairQuery?
    private var fetch: Fetch?
    private var hasFetched = false
    private var hopelessSince: Instant?

    /// How long to wait before all are asked again what nobody could tell.
    public static let pause = Span.milliseconds(200)
    /// How long all others must have been found to lack the same before a repair is given up.
    public static let patience = Span.seconds(5)

    /// - Parameter others: the members to ask, in this order.
    public init(_ repair: LogRepair, others: [MemberID]) {
        self.repair = repair
        self.others = others
    }

    /// - Parameter now: of any clock that only goes forward.
    public mutating func next(now: Instant) -> Step {
        if let fetch {
            guard fetch.part == nil else { return .store }
            return .ask(fetch.member, .snapshot(fetch.snapshot.position, offset: fetch.file?.offset ?? 0))
        }
        while !repair.isComplete {
            if place == nil { beginRound() }
            if let question = nextQuestion() { return question }
            if repair.hasProgressed {
                hopelessSince = nil
                place = nil
                continue
            }
            if !hasFetched, let (member, snapshot) = repair.snapshotToFetch, others.contains(member) {
                // A member that cannot give it after all is not asked for it again until it offers one.
                repair.forgetSnapshot(of: member)
                hasFetched = true
                fetch = Fetch(member: member, snapshot: snapshot)
                return .ask(member, .snapshot(snapshot.position, offset: 0))
            }
            place = nil
            return isGivenUp(now) ? .giveUp : .wait
        }
        return .finish
    }

    private mutating func beginRound() {
        repair.beginRound()
        place = 0
        hasFetched = false
    }

    private mutating func nextQuestion() -> Step? {
        while let at = place, at < others.count {
            if let query = repair.query(to: others[at]) {
                asked = query
                return .ask(others[at], .entries(query))
            }
            place = at + 1
        }
        return nil
    }

    private mutating func isGivenUp(_ now: Instant) -> Bool {
        guard repair.isHopeless(others) else {
            hopelessSince = nil
            return false
        }
        let since = hopelessSince ?? now
        hopelessSince = since
        return now - since > Self.patience
    }

    // MARK: - What came of it

    /// Takes the answer to the last question.
    public mutating func take(_ supply: RepairSupply) {
        switch supply {
        case .entries(let answer):
            guard let query = asked, let place, fetch == nil else { return takeNothing() }
            asked = nil
            repair.take(answer, to: query, from: others[place])
        case .snapshot(let snapshot, let offset, let data):
            guard let fetch, fetch.part == nil, snapshot == fetch.snapshot, offset == fetch.file?.offset ?? 0,
                !data.isEmpty || offset == snapshot.byteCount, UInt64(data.count) <= snapshot.byteCount - offset
            else { return takeNothing() }
            self.fetch?.part = data
        case .snapshotGone:
            takeNothing()
        }
    }

    /// The member that was asked last gives no answer, or none that is one.
    public mutating func takeNothing() {
        asked = nil
        if fetch != nil {
            fetch = nil
        } else if let place {
            self.place = place + 1
        }
    }

    /// Keeps the part of a snapshot that has come.
    ///
    /// - Precondition: ``next(now:)`` said so.
    /// - Throws: ``JournalError/disk(_:)``.
    public mutating func store(on disk: any Disk, options: JournalOptions) throws(JournalError) {
        guard let fetch, let part = fetch.part else { preconditionFailure("no part of a snapshot has come") }
        var file: SnapshotFetch
        if let begun = fetch.file {
            file = begun
        } else {
            file = try SnapshotFetch(fetch.snapshot, on: disk, options: options)
        }
        self.fetch?.part = nil
        if try file.append(part, on: disk) {
            self.fetch = nil
            repair.take(fetch.snapshot)
        } else {
            self.fetch?.file = file
        }
    }
}
