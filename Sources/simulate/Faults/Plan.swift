import Consensus
import Journal

/// Everything that a seed decides before the first event: who takes part, what they do, and what goes wrong.
///
/// Each seed draws its own mixture (swarm testing: Groce et al., 2012): a bug that needs much of one fault and none of
/// another is found by some seed, where a fixed mixture would hide it for ever.
struct Plan {
    var memberCount: Int
    /// So many members found the ensemble; the others wait to be admitted.
    var founderCount: Int
    /// How often somebody changes the ensemble; nil: nobody does.
    var operatorInterval: Span?
    /// A rolling upgrade; nil: nobody changes the release.
    var upgrade: Upgrade?
    /// How long things go wrong, at least.
    var troubleTime: Span
    /// The pause between two faults, typically.
    var faultInterval: Span
    var faults: [(weight: Int, element: Fault.Kind)]
    /// How many faults may be under way at once.
    var faultsAtOnceMax: Int
    /// How many faults in a hundred pick the leader if they need a member.
    var leaderPerCent: Int
    /// How many faults in a thousand are followed by several more within moments.
    var burstPerMille: Int
    /// How many elections in a thousand are followed by a fault of the new leader within moments.
    var coupPerMille: Int
    /// How long a fault lasts, typically: one of these.
    var faultTimes: [Span]
    var rot: RotPlan
    var network: Network<Payload>.Quality
    /// By member.
    var disks: [SimulatedDisk.Speed]
    var workload: Workload
    var consensus: Consensus.Settings
    var journal: JournalOptions
    /// Entries after which a snapshot is due.
    var snapshotLogEntries: Int
    /// The time a member takes for a turn, typically.
    var turnTime: Span
    /// How often members look at the clock.
    var tickInterval: Span
    /// By how many millionths a clock may run wrong.
    var clockDriftMax: Int

    /// How disks rot.
    struct RotPlan {
        /// So many members may be damaged at once.
        var membersMax: Int
        /// So many sectors of one are hit, at most.
        var sectorsMax: Int
        /// How many in a thousand of the other members are hit as well.
        var spreadPerMille: Int
        var regions: [(weight: Int, element: Rot.Region)]
        /// How many truncations in a thousand are followed by rot at the same member.
        var afterTruncationPerMille: Int
    }

    /// What clients do.
    struct Workload {
        var clientCount: Int
        var watcherCount: Int
        /// Those who hold sessions.
        var guestCount = 0
        /// Those who write through streams.
        var streamerCount = 0
        var keyCount: Int
        /// The pause between two calls of a client, typically.
        var thinkTime: Span
        /// How many calls in a thousand follow the one before at once.
        var rushPerMille: Int
        var operations: [(weight: Int, element: Kind)]
        /// How many writes in a thousand carry a request id.
        var requestIDPerMille: Int
        /// How many reads in a thousand are serializable.
        var serializablePerMille: Int
        /// How many conditional calls in a thousand expect the version that was seen last.
        var conditionalPerMille: Int
        /// Data is padded to at most this many bytes.
        var dataBytesMax: Int
        /// How long a client waits for an answer.
        var patience: Span
        /// How many answers in a thousand are followed by a change of member.
        var wanderPerMille: Int

        enum Kind: UInt8 {
            case create = 1
            case set
            case delete
            case get
            case transact
        }
    }

    init(seed: UInt64, memberCount requested: Int?) {
        var random = Random(seed: seed)
        memberCount = requested ?? random.element(weighted: [(1, 1), (9, 3), (3, 4), (3, 5)])
        founderCount = memberCount
        troubleTime = random.span(in: .seconds(60)...(.seconds(75)))
        let isCalm = random.chance(perMille: 100)
        faultInterval = isCalm ? .seconds(9) : random.span(in: .milliseconds(500)...(.seconds(5)))
        // A generator of their own: what came later leaves the rest of a seed as it was.
        var later = Random(seed: seed ^ 0x1a7e_1a7e_1a7e_1a7e)
        rot = RotPlan(&later, memberCount: memberCount)
        faults = Self.drawFaults(&random, later: &later, memberCount: memberCount)
        if !faults.contains(where: { $0.element == .rot }) { rot.afterTruncationPerMille = 0 }
        faultsAtOnceMax = random.number(in: 1...4)
        leaderPerCent = random.element(of: [0, 30, 60, 90])
        burstPerMille = random.element(of: [0, 100, 400])
        coupPerMille = random.element(of: [0, 0, 100, 500])
        faultTimes = random.element(of: [
            [.milliseconds(5), .milliseconds(100), .milliseconds(500), .milliseconds(1500)],
            [.milliseconds(20), .milliseconds(60)], [.milliseconds(400)], [.milliseconds(10), .milliseconds(2000)],
        ])
        network = Self.drawQuality(&random)
        disks = Self.drawDisks(&random, count: memberCount)
        workload = Workload(&random)
        workload.guestCount = later.element(of: [0, 1, 2, 4])
        let transactions = later.element(of: [0, 0, 1, 4, 10])
        if transactions > 0 { workload.operations.append((transactions, .transact)) }
        workload.streamerCount = later.element(of: [0, 0, 1, 2])
        consensus = Self.drawConsensus(&random, slowestSync: disks.map(\.sync).max() ?? .zero)
        journal = JournalOptions()
        journal.blockBytes = random.element(of: [512, 4096])
        journal.segmentBytes = random.element(of: [32 << 10, 64 << 10, 256 << 10])
        journal.batchBytesMax = random.element(of: [8 << 10, 256 << 10])
        journal.prepareBytes = random.element(of: [16 << 10, 64 << 10])
        journal.snapshotSyncBytes = random.element(of: [4 << 10, 64 << 10])
        // With a slow sync every few kilobytes a snapshot could not be through before liveness is judged.
        if disks.contains(where: { $0.sync > .milliseconds(2) }) { journal.snapshotSyncBytes = 64 << 10 }
        journal.snapshotsKept = random.number(in: 1...3)
        journal.recoveredBeforeSnapshotBytesMax = random.element(of: [0, 8 << 10, 16 << 20])
        snapshotLogEntries = random.element(of: [3, 8, 20, 50, 150, 500, 100_000])
        turnTime = random.element(of: [.microseconds(20), .microseconds(200), .milliseconds(1), .milliseconds(8)])
        tickInterval = consensus.tickIntervalMax
        clockDriftMax = random.element(of: [500, 500, 20_000, 50_000])
        if memberCount > 1, random.chance(perMille: 500) {
            operatorInterval = random.span(in: .milliseconds(200)...(.seconds(4)))
            if random.chance(perMille: 600) { founderCount = random.number(in: 1...memberCount) }
        }
        if random.chance(perMille: 300) {
            upgrade = Upgrade(
                interval: random.span(in: .seconds(1)...(.seconds(12))),
                backPerMille: random.element(of: [0, 200, 500]), finishes: random.chance(perMille: 800))
        }
    }

    /// The trouble goes on until clients have made so many calls and so many faults have come.
    static let callCountMin = 500
    static let faultCountMin = 5

    /// Each kind is left out by every third seed, and weighs differently in each.
    private static func drawFaults(
        _ random: inout Random, later: inout Random, memberCount: Int
    ) -> [(weight: Int, element: Fault.Kind)] {
        var faults: [(weight: Int, element: Fault.Kind)] = []
        for kind in Fault.Kind.allCases where kind != .handBack && random.chance(perMille: 600) {
            guard memberCount > 1 || !kind.needsPeers else { continue }
            faults.append((random.element(of: [1, 2, 5, 10]), kind))
        }
        if memberCount > 1, later.chance(perMille: 400) { faults.append((later.element(of: [1, 2, 5]), .handBack)) }
        return faults.isEmpty ? [(1, .losePower)] : faults
    }

    /// All alike, or each with a speed of its own.
    private static func drawDisks(_ random: inout Random, count: Int) -> [SimulatedDisk.Speed] {
        func disk() -> SimulatedDisk.Speed {
            var disk = SimulatedDisk.Speed()
            disk.sync = random.element(of: [
                .microseconds(50), .microseconds(300), .milliseconds(2), .milliseconds(5), .milliseconds(30),
            ])
            disk.bytesPerMillisecond = random.element(of: [50_000, 500_000])
            if random.chance(perMille: 200) {
                disk.stallPerMille = random.number(in: 1...20)
                disk.stall = random.span(in: .milliseconds(10)...(.milliseconds(800)))
            }
            return disk
        }
        let common = disk()
        let areAlike = random.chance(perMille: 500)
        return (0..<count).map { _ in areAlike ? common : disk() }
    }

    static func drawQuality(_ random: inout Random) -> Network<Payload>.Quality {
        var quality = Network<Payload>.Quality(latency: random.span(in: .microseconds(50)...(.milliseconds(3))))
        quality.lossPerMille = random.element(weighted: [(5, 0), (2, 2), (2, 20), (1, 100)])
        if random.chance(perMille: 300) {
            quality.spikePerMille = random.number(in: 5...100)
            quality.spike = random.span(in: .milliseconds(5)...(.milliseconds(200)))
        }
        return quality
    }

    private static func drawConsensus(_ random: inout Random, slowestSync: Span) -> Consensus.Settings {
        // Slower clocks show the same with less work; the defaults have their share.
        let isSlow = random.chance(perMille: 700)
        var settings = Consensus.Settings(
            heartbeatInterval: .milliseconds(isSlow ? 100 : 50), timeoutFloor: .milliseconds(isSlow ? 500 : 300),
            useConnectionEvidence: random.chance(perMille: 700))
        settings.tickIntervalMax = .milliseconds(isSlow ? 20 : 10)
        settings.maxAppendBytes = random.element(of: [512, 16 << 10, 256 << 10])
        settings.maxInflightAppends = random.element(of: [1, 2, 64])
        settings.maxInflightBytes = random.element(of: [4 << 10, 4 << 20])
        // A small append for each round trip, or for each sync of the slowest disk, would not keep a member level with
        // the others' writes: it would never be caught up when liveness is judged.
        if settings.maxInflightAppends < 64 { settings.maxAppendBytes = max(settings.maxAppendBytes, 16 << 10) }
        if slowestSync > .milliseconds(10) { settings.maxInflightBytes = 4 << 20 }
        // Not smaller: one part at a time, the largest state must be through before liveness is judged.
        settings.snapshotChunkBytes = random.element(of: [16 << 10, 32 << 10, 256 << 10])
        settings.maxInflightSnapshotChunks = random.element(of: [1, 4])
        settings.retainedLogBytes = random.element(of: [0, 4 << 10, 32 << 20])
        settings.retainedLogBytesWhileSending = random.element(of: [4 << 10, 256 << 20])
        return settings
    }
}

extension Plan.RotPlan {
    init(_ random: inout Random, memberCount: Int) {
        // Mostly the others are a quorum; where they are not, nothing may be lost all the same.
        let minority = max(1, (memberCount - 1) / 2)
        membersMax = random.element(weighted: [(3, minority), (1, memberCount)])
        sectorsMax = random.element(of: [1, 1, 3, 8])
        spreadPerMille = membersMax > 1 ? random.element(of: [0, 300, 800]) : 0
        regions = [(6, .log), (8, .logEnd), (random.element(of: [0, 4]), .snapshot)]
        if random.chance(perMille: 200) { regions.append((1, .identity)) }
        afterTruncationPerMille = random.element(of: [0, 300, 700])
    }
}

extension Plan.Workload {
    init(_ random: inout Random) {
        clientCount = random.number(in: 2...8)
        watcherCount = random.number(in: 0...3)
        keyCount = random.element(of: [1, 2, 4, 12])
        // A minute of calls one after the other would be tens of thousands, and the hundredth of a kind shows nothing
        // that the tenth did not; what shows more is several at once.
        let callCount = random.element(of: [600, 800, 1200, 2500])
        rushPerMille = random.element(of: [0, 500, 900])
        thinkTime = .milliseconds(60_000 * clientCount / callCount * 1000 / (1000 - rushPerMille))
        operations = [
            (random.number(in: 1...4), .create), (random.number(in: 1...10), .set), (random.number(in: 0...3), .delete),
            (random.number(in: 1...10), .get),
        ]
        requestIDPerMille = random.element(of: [0, 500, 900, 1000])
        serializablePerMille = random.element(of: [0, 200, 500])
        conditionalPerMille = random.element(of: [0, 300, 800])
        dataBytesMax = random.element(of: [8, 100, 800])
        patience = random.span(in: .milliseconds(300)...(.seconds(12)))
        wanderPerMille = random.element(of: [0, 20, 300])
    }
}
