import Consensus
import Driver
import Journal
import Replica

/// What travels between members.
typealias Payload = MemberMessage

/// A member's machine: what outlives its processes, and the process that runs on it, if one does.
final class Member {
    /// What keeps a machine from running its process.
    enum Condition {
        case running
        /// The process is gone; the machine answers for it that nobody listens.
        case killed
        /// The machine is gone; nobody answers.
        case dark
    }

    /// What a dialer knows of a listener.
    struct Peer {
        /// The life of the process that answered last.
        var knownLife: Int?
        /// A connection ended without a goodbye and none has been made since.
        var wasLost = false
        var retries = 0
    }

    let place: Int
    let id: MemberID
    let disk: SimulatedDisk
    var clock: MemberClock
    var storage = StorageID(0)
    /// The highest format level that the installed release supports.
    var supported = Upgrade.before
    /// Whether a process of the new release has ever run.
    var hasRunNewRelease = false
    var condition = Condition.dark
    /// Counts the processes, from 1 on.
    var life = 0
    /// Counts the times that the disk forgot the jobs under way.
    var diskEpoch = 0
    /// By lane: counts the jobs begun, and whether the last one is still under way.
    var jobs: [(number: Int, isUnderWay: Bool)] = DiskLane.allCases.map { _ in (0, false) }
    var process: Process?
    /// What the process has not taken in yet.
    var inbox: [DriverEvent] = []
    /// The inbox of the turn before, kept for its memory.
    var spareInbox: [DriverEvent] = []
    var isTurnScheduled = false
    /// The turns since `turnsSince`.
    var turns = 0
    var turnsSince = Instant(nanoseconds: 0)
    /// When it last began to lead, to run, or to run on.
    var steadySince = Instant(nanoseconds: 0)
    var isPaused = false
    /// What came while it was paused, with a number for where from.
    var deferred: [(source: Int, happening: Simulation.Happening)] = []
    /// The power goes in the middle of the next flush; for how long.
    var powerLossInWrite: Span?
    /// The power goes in the middle of the next turn that sends something; for how long.
    var powerLossInTurn: Span?
    var peers: [Peer]
    var areClientsCut = false
    /// The disk finishes nothing; what it would have finished.
    var isDiskHung = false
    var hungJobs: [Simulation.Happening] = []
    /// What is wrong with the data directory, until a process has started in spite of it, or it is repaired or
    /// replaced.
    var rots: [Rot] = []
    /// The process is there, repairs the data directory, and does nothing else yet.
    var mending: Mending?
    /// The log was repaired, and no process has started on it yet.
    var isRepaired = false
    /// It refused to start, for good.
    var hasRefused = false
    /// Somebody will look after it, and has done so this often since it was damaged.
    var isWatched = false
    var visits = 0
    /// By member: when something of it arrived here last.
    var heard: [Instant]

    init(place: Int, memberCount: Int, disk: SimulatedDisk, clock: MemberClock) {
        self.place = place
        id = MemberID(UInt64(place) + 1)
        self.disk = disk
        self.clock = clock
        peers = Array(repeating: Peer(), count: memberCount)
        heard = Array(repeating: Instant(nanoseconds: 0), count: memberCount)
    }

    func configured(as role: Configuration.Role) -> Configuration.Member {
        Configuration.Member(
            id: id, storage: storage, role: role, peerAddress: "member-\(id):1", clientAddress: "member-\(id):2")
    }

    /// Whether its sockets accept and answer.
    var isResponsive: Bool { condition == .running && process != nil && !isPaused }

    /// Whether a process runs, be it one that only repairs its data directory.
    var isUp: Bool { process != nil || mending != nil }

    func moment(at now: Instant) -> Moment {
        Moment(monotonic: clock.monotonic(at: now), wallMilliseconds: clock.wallMilliseconds(at: now))
    }
}
