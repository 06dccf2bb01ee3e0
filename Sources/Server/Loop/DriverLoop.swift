import Consensus
import Coordination
import Driver
import Journal
import Logging
import NIOCore
import Replica

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The real clocks.
enum Clocks {
    static func now() -> Moment {
        var wall = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        let milliseconds = Int64(wall.tv_sec) * 1_000 + Int64(wall.tv_nsec) / 1_000_000
        return Moment(monotonic: Instant(.now()), wallMilliseconds: milliseconds)
    }
}

/// Runs the driver on an event loop: each wake-up takes everything from the inbox as one batch. Where processors are
/// few, the members' I/O is done by the same loop.
///
/// Whatever lives on that loop is made on it: ``recover(_:)`` opens the journal and builds the state, ``start(_:)``
/// joins them with network and clients, and from then on time ticks.
final class DriverLoop: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: everything but `loop`, `inbox` and `onFailure`, which are set in `init`, is
    // touched on `loop` only, which each entry point asserts.
    let loop: any EventLoop
    private(set) var inbox: Inbox!
    private let onFailure: @Sendable (DriverFailure) -> Void
    private var journal: Journal?
    private var recovered: Recovered?
    private var state: Coordination?
    private var driver: Driver<PeerNetwork, ReplyRouter>?
    private var events: [DriverEvent] = []
    private var ticking: RepeatedTask?
    private var tidying: RepeatedTask?
    private var memory = MemoryUse()
    private var logger: Logger?
    private var isDiskFull = false
    /// Whether messages of and to other members go by this loop as well: then they must not wait for what is applied.
    private var doesPeerIO = false
    /// When a turn began that is still to be finished.
    private var unfinishedTurn: Moment?

    /// How often time is told to the replica: the grain of every timeout.
    static let tick = TimeAmount.milliseconds(5)

    /// What recovery found, for those who live on other threads.
    struct Found: Sendable {
        var configuration: Configuration
        var readers: StateReaders
    }

    /// - Parameter onFailure: called once, on `loop`, when the member cannot go on.
    init(loop: any EventLoop, onFailure: @escaping @Sendable (DriverFailure) -> Void) {
        self.loop = loop
        self.onFailure = onFailure
        inbox = Inbox(loop: loop) { [weak self] in self?.turn() }
    }

    /// Opens the journal and builds the state of its newest snapshot.
    func recover(_ parts: MemberParts) throws -> Found {
        loop.preconditionInEventLoop()
        let (journal, recovered) = try parts.openJournal()
        if let cut = recovered.cut { parts.logger.notice("cut an unfinished write off at \(cut)") }
        for damage in recovered.overlooked { parts.logger.warning("survived damage: \(damage)") }
        var state = Coordination(supported: Coordination.FormatLevel(parts.options.replica.supported))
        if let snapshot = recovered.snapshot { try parts.restore(&state, from: journal, snapshot) }
        let configuration = recovered.newestConfiguration
        let found = Found(configuration: configuration, readers: state.readers)
        self.journal = journal
        self.recovered = recovered
        self.state = consume state
        return found
    }

    /// Begins to take part in the ensemble.
    func start(_ parts: MemberParts, clients: ReplyRouter) {
        loop.preconditionInEventLoop()
        guard let journal, let recovered, let state = state.take() else {
            preconditionFailure("started before it was recovered")
        }
        let now = Clocks.now()
        var settings = parts.options.replica
        settings.diskName = "the data directory \(parts.options.dataDirectory)"
        let replica = Replica(
            id: parts.options.id, storage: parts.identity.storage, incarnation: parts.incarnation,
            settings: settings, restored: recovered.restored, state: state,
            seed: .random(in: .min ... .max), now: now)
        driver = Driver(
            replica: replica, journal: journal, disk: parts.disk, network: parts.network, clients: clients, now: now)
        self.journal = nil
        self.recovered = nil
        logger = parts.logger
        doesPeerIO = parts.threads.peers === parts.threads.driver
        ticking = loop.scheduleRepeatedTask(initialDelay: Self.tick, delay: Self.tick) { [weak self] _ in
            self?.turn(hasTicked: true)
        }
        // What came in before there was a driver has woken nobody; the inbox would not wake anybody for what follows.
        turn(hasTicked: true)
        tidying = loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { [weak self] _ in
            self?.tidy()
        }
    }

    /// Gives memory back that reading the log took, some seconds after the start; and what many entries took, once no
    /// more have come for some seconds.
    private func tidy() {
        guard let applied = driver?.replica.state.appliedRevision.rawValue else { return }
        memory.calmSeconds = applied == memory.seen || memory.tidied == nil ? memory.calmSeconds + 1 : 0
        memory.seen = applied
        guard memory.calmSeconds >= 3, memory.tidied.map({ applied >= $0 + 1_000 }) ?? true else { return }
        memory.tidied = applied
        FreedMemory.giveBack()
    }

    /// When memory was given back.
    private struct MemoryUse {
        /// The revision applied a second ago, and for how long none came after it.
        var seen: UInt64 = 0
        var calmSeconds = 0
        /// The revision when memory was last given back; nil before the first time.
        var tidied: UInt64?
    }

    /// Before the start, what comes in is left in the inbox.
    private func turn(hasTicked: Bool = false) {
        guard driver != nil else { return }
        guard unfinishedTurn == nil else {
            // What comes while a turn is under way is taken by the next, which begins when this one is done.
            if hasTicked { inbox.post(.input(.tick)) }
            return
        }
        inbox.take(into: &events)
        if hasTicked { events.append(.input(.tick)) }
        let now = Clocks.now()
        do { try driver?.begin(events, now: now) } catch { return fail(error) }
        unfinishedTurn = now
        guard doesPeerIO else { return finishTurn() }
        // What is to be sent goes to its connections with the loop's next task, and leaves with the one after that.
        loop.execute { self.loop.execute { self.finishTurn() } }
    }

    private func finishTurn() {
        guard let now = unfinishedTurn else { return }
        unfinishedTurn = nil
        do { try driver?.finish(now: now) } catch { return fail(error) }
        inbox.finish(yields: doesPeerIO)
        if let isFull = driver?.journal.isFull, isFull != isDiskFull { tellWhetherFull(isFull) }
    }

    private func fail(_ failure: DriverFailure) {
        stop()
        onFailure(failure)
    }

    private func tellWhetherFull(_ isFull: Bool) {
        isDiskFull = isFull
        if isFull {
            logger?.error("the disk is full: writes that would add to it are refused until there is space")
        } else {
            logger?.notice("the disk has space again")
        }
    }

    /// After this nothing is taken in, sent or answered.
    func stop() {
        loop.preconditionInEventLoop()
        ticking?.cancel()
        ticking = nil
        tidying?.cancel()
        tidying = nil
        inbox.close()
        unfinishedTurn = nil
        driver = nil
    }
}
