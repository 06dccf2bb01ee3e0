import Consensus
import Driver
import Journal

/// One seed: an ensemble of real drivers in a simulated world, its clients, its troubles, and the judgement of both.
///
/// Everything happens in one loop over one queue of events; the only sources of chance are generators split off the
/// seed's. So a seed gives the same trace in every process, which ``Report/digest`` shows.
public final class Simulation {
    public let seed: UInt64
    let options: Options
    let plan: Plan
    var now = Instant(nanoseconds: 0)
    var queue = EventQueue<Happening>()
    var network: Network<Payload>
    let members: [Member]
    var clients: [Client] = []
    var watchers: [Watcher] = []
    var guests: [Guest] = []
    var streamers: [Streamer] = []
    var streamBook: StreamBook
    var trace: Trace
    var observer: SafetyObserver
    var statistics = Statistics()
    /// One for each part of the world, so that one part's luck does not depend on how often another draws.
    var random: Generators

    var calls: [CallRecord] = []
    var lastAttempt: UInt64 = 0
    var lastEphemeral: UInt64 = 0
    var sessionBook = SessionBook()
    var lockBook = LockBook()
    /// The first claim that was broken: the run ends there.
    var violation: Violation?
    var phase = Phase.trouble
    var phaseBegan = Instant(nanoseconds: 0)
    var troubles = Troubles()
    var operation = Operation()
    var upgradeCourse = Upgrade.Course()

    /// What a run is to be.
    public struct Options: Sendable {
        /// Nil: the seed decides.
        public var memberCount: Int?
        /// The mutant: the syncs of running members report success and do nothing.
        public var ignoresSync = false
        /// Of the faults that the seed draws only these take place, by number; nil: all.
        public var onlyFaults: Set<Int>?
        /// At most so many clients, watchers and holders of sessions take part.
        public var clientCountMax: Int?
        public var watcherCountMax: Int?
        public var guestCountMax: Int?
        /// Things go wrong for so long and no longer; nil: as the seed says, and until enough has happened.
        public var troubleTime: Span?
        public init() {}

        /// Sets ``troubleTime``.
        public mutating func setTroubleTime(milliseconds: Int?) {
            troubleTime = milliseconds.map { .milliseconds($0) }
        }
    }

    enum Phase {
        /// Things go wrong.
        case trouble
        /// All is repaired: what was begun must come to an end, and every member must serve.
        case healing
        /// Nothing is asked any more: the members must agree.
        case settling
        case done
    }

    struct Generators {
        var process: Random
        var faults: Random
        var clients: Random
        var connections: Random
        var operation: Random
        var repair: Random
        var upgrade: Random
    }

    /// What is to happen at some time. A life or an epoch tells whether it is still about the same process or disk.
    enum Happening {
        case tick(Int, life: Int)
        case turn(Int, life: Int)
        case start(Int)
        case deliver(Network<Payload>.Flight)
        case diskDone(Int, epoch: Int, DiskLane, job: Int)
        case losePower(Int, life: Int, down: Span)
        case dial(Connection, life: Int)
        case connected(Connection, dialerLife: Int, listenerLife: Int)
        case refused(Connection, life: Int)
        case lost(Connection, life: Int)
        /// A fault; of a given member and kind, if there is one.
        case fault(Int?, Fault.Kind?, isExtra: Bool)
        case relay(from: Int, to: Int)
        /// A leader is asked to hand over.
        case handOver(from: Int, to: Int?)
        case repair(RepairCall, RepairHappening)
        /// Somebody looks after a member that does not come back.
        case visit(Int)
        /// Somebody admits a member whose disk was replaced.
        case readmit(Int)
        case undo(Int)
        case client(Int, ClientHappening)
        case watcher(Int, WatcherHappening)
        case guest(Int, GuestHappening)
        case streamer(Int, StreamerHappening)
        /// Somebody changes the ensemble.
        case operate
        /// Somebody installs another release.
        case upgrade
        case phaseEnds(Phase)
    }

    /// - Parameter sink: is given the trace line by line; nil if nobody reads it.
    public init(seed: UInt64, options: Options = Options(), sink: ((TraceLine) -> Void)? = nil) {
        self.seed = seed
        self.options = options
        // The plan has a generator of its own: a draw more in it must not change everything after it.
        var plan = Plan(seed: seed, memberCount: options.memberCount)
        plan.workload.clientCount = min(plan.workload.clientCount, options.clientCountMax ?? .max)
        plan.workload.watcherCount = min(plan.workload.watcherCount, options.watcherCountMax ?? .max)
        plan.workload.guestCount = min(plan.workload.guestCount, options.guestCountMax ?? .max)
        plan.workload.streamerCount = min(plan.workload.streamerCount, options.guestCountMax ?? .max)
        if let troubleTime = options.troubleTime { plan.troubleTime = troubleTime }
        self.plan = plan
        var root = Random(seed: seed ^ 0x5eed_5eed_5eed_5eed)
        random = Generators(
            process: root.split(), faults: root.split(), clients: root.split(), connections: root.split(),
            operation: Random(seed: seed ^ 0x0be1_0be1_0be1_0be1),
            repair: Random(seed: seed ^ 0x4ea1_4ea1_4ea1_4ea1),
            upgrade: Random(seed: seed ^ 0x4e1e_a5e0_4e1e_a5e0))
        network = Network(memberCount: plan.memberCount, quality: plan.network, random: root.split())
        trace = Trace(sink: sink)
        observer = SafetyObserver(memberCount: plan.memberCount)
        var members: [Member] = []
        for place in 0..<plan.memberCount {
            let disk = SimulatedDisk(random: root.split())
            disk.speed = plan.disks[place]
            let clock = MemberClock(driftMax: plan.clockDriftMax, random: &root)
            disk.ignoresSync = options.ignoresSync
            let member = Member(place: place, memberCount: plan.memberCount, disk: disk, clock: clock)
            if plan.upgrade == nil { member.supported = Upgrade.after }
            members.append(member)
        }
        self.members = members
        clients = (0..<plan.workload.clientCount).map { Client(place: $0, plan: plan, random: root.split()) }
        watchers = (0..<plan.workload.watcherCount).map { Watcher(place: $0, plan: plan, random: &root) }
        var visitors = Random(seed: seed ^ 0x6e57_6e57_6e57_6e57)
        guests = (0..<plan.workload.guestCount).map { Guest(place: $0, plan: plan, random: visitors.split()) }
        streamers = (0..<plan.workload.streamerCount).map { Streamer(place: $0, plan: plan, random: visitors.split()) }
        streamBook = StreamBook(streams: Array(repeating: [], count: streamers.count))
    }

    /// Runs the seed to its end or to the first broken claim.
    public func run() -> Report {
        trace.note(now, .plan, seed, text: "\(plan)")
        do throws(Violation) {
            try found()
            try loop()
            try judge()
        } catch {
            violation = error
        }
        if let violation { trace.note(now, .check, 1, text: "violated: \(violation)") }
        statistics[.syncs] = members.reduce(0) { $0 + $1.disk.syncCount }
        statistics[.fullDisks] = members.reduce(0) { $0 + $1.disk.noSpaceCount }
        statistics[.leaderChanges] = max(0, statistics[.elections] - 1)
        return Report(
            seed: seed, digest: trace.digest, violation: violation?.description, claim: violation?.claim,
            faultsDrawn: troubles.drawn, statistics: statistics, simulated: now, memberCount: plan.memberCount)
    }

    private func loop() throws(Violation) {
        for client in clients { wake(client, after: .milliseconds(1 + 3 * client.place)) }
        for guest in guests { schedule(.guest(guest.place, .wake(guest.wakes)), after: .milliseconds(20)) }
        for streamer in streamers { wake(streamer, after: .milliseconds(30)) }
        for watcher in watchers.indices { schedule(.watcher(watcher, .attach), after: .milliseconds(5)) }
        schedule(.phaseEnds(.trouble), after: plan.troubleTime)
        scheduleNextFault()
        if let interval = plan.operatorInterval { schedule(.operate, after: interval) }
        if let upgrade = plan.upgrade { schedule(.upgrade, after: upgrade.interval) }
        while phase != .done, let next = queue.pop() {
            now = next.time
            try handle(next.event)
            if let violation { throw violation }
        }
    }

    private func handle(_ happening: Happening) throws(Violation) {
        switch happening {
        case .tick(let place, let life): try tick(place, life: life)
        case .turn(let place, let life): try turn(place, life: life)
        case .start(let place): try start(place)
        case .deliver(let flight): deliver(flight)
        case .diskDone(let place, let epoch, let lane, let job): diskDone(place, epoch: epoch, lane, job: job)
        case .losePower(let place, let life, let down):
            if members[place].life == life { losePower(place, down: down) }
        case .dial(let connection, let life): dial(connection, life: life)
        case .connected(let connection, let dialerLife, let listenerLife):
            connected(connection, dialerLife: dialerLife, listenerLife: listenerLife)
        case .refused(let connection, let life): refused(connection, life: life)
        case .lost(let connection, let life): lost(connection, life: life)
        case .fault(let place, let kind, let isExtra): beginFault(of: place, kind, isExtra: isExtra)
        case .relay(let place, let before): relay(from: place, to: before)
        case .handOver(let place, let successor): handOver(from: place, to: successor)
        case .repair(let call, let what): try onRepair(call, what)
        case .visit(let place): try visit(place)
        case .readmit(let place): readmit(place)
        case .undo(let number): undo(number)
        case .client(let place, let what): onClient(place, what)
        case .watcher(let place, let what): try onWatcher(place, what)
        case .guest(let place, let what): try onGuest(place, what)
        case .streamer(let place, let what): try onStreamer(place, what)
        case .operate: operate()
        case .upgrade: takeUpgradeStep()
        case .phaseEnds(let ended): try phaseEnds(ended)
        }
    }

    func schedule(_ happening: Happening, after span: Span) {
        queue.schedule(happening, at: now + span)
    }

    /// How each member is at this moment, a letter each: `L` leads, `f` follows, `p` is paused, `d` repairs its
    /// damaged data directory, `r` refused to start, `x` is down.
    public var memberStates: String {
        String(
            members.map { member -> Character in
                guard let process = member.process else {
                    return member.mending != nil ? "d" : member.hasRefused ? "r" : "x"
                }
                return member.isPaused ? "p" : process.office.isLeader ? "L" : "f"
            })
    }
}
