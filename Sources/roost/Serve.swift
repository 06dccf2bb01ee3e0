import ArgumentParser
import Client
import Consensus
import Logging
import Replica
import Server

/// One member.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a member.",
        discussion: """
            Without options it is an ensemble of one, with its \
            data in ./roost-data, founded on first use. Members of a \
            larger one are each started with --bootstrap and the same list of --member options; the ensemble is \
            founded once all of them have met. Later starts need neither. A member that is to enter an existing \
            ensemble is started with --join and the client address of one of its members.
            """)

    @Option(help: "The member's number in the ensemble, from 1 on.")
    var id: UInt64 = 1

    @Option(help: "The data directory.")
    var data = "roost-data"

    @Option(help: "Where clients are served: host:port.")
    var clientAddress = Address(host: "127.0.0.1", port: 7400)

    @Option(help: "Where other members are served: host:port.")
    var peerAddress = Address(host: "127.0.0.1", port: 7500)

    @Option(
        name: .customLong("member"), help: "A member of the ensemble: id=host:port. Once for each, this one included.")
    var members: [MemberArgument] = []

    @Flag(help: "Found an ensemble if the data directory belongs to none.")
    var bootstrap = false

    @Option(
        help: ArgumentHelp(
            "Ask the ensemble with a member that serves clients here to admit this one. Addresses separated by commas.",
            valueName: "host:port,..."))
    var join: String?

    @Flag(help: "With --join: replicate without a vote until `roost cluster promote`.")
    var learner = false

    @OptionGroup(title: "Security") var security: SecurityArguments

    @OptionGroup var detection: DetectionOptions

    @Option(help: ArgumentHelp("Take a snapshot after so many entries.", visibility: .hidden))
    var snapshotEntries: Int?

    @Option(help: ArgumentHelp("Bytes of the log kept in memory for slow followers.", visibility: .hidden))
    var retainedLogBytes: Int?

    @Option(help: ArgumentHelp("The length of a log segment in bytes.", visibility: .hidden))
    var segmentBytes: Int?

    @Option(help: "MiB of a snapshot that a follower which is far behind is sent a second at most.")
    var snapshotRate = 32

    @Option(
        help: ArgumentHelp(
            "How long to go on serving when asked to end, for proxies to notice by health checks.",
            valueName: "seconds"))
    var drain = 0.0

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Keep an address out for a while from which broken connections come again and again.",
            discussion: "Not where all clients come from the one address of something that passes on their bytes."))
    var quarantine = true

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp("Do the members' I/O on an event loop of its own.", visibility: .hidden))
    var peerLoop: Bool?

    @Flag(help: "Print what this member notices and decides: suspicions, votes, elections, resynchronisation.")
    var printEvents = false

    @Flag(help: ArgumentHelp("End when the parent process has ended.", visibility: .hidden))
    var exitWithParent = false

    @Option(help: "The least severe log messages to print: trace, debug, info, notice, warning, error or critical.")
    var logLevel = Logger.Level.notice

    func validate() throws {
        guard id > 0 else { throw ValidationError("--id starts at 1") }
        guard (0...3_600).contains(drain) else { throw ValidationError("--drain is 0 to 3600 seconds") }
        guard (1...100_000).contains(snapshotRate) else { throw ValidationError("--snapshot-rate is at least 1") }
        _ = try joinAddresses
        guard !learner || join != nil else { throw ValidationError("--learner is for --join") }
    }

    func run() async throws {
        Terminal.outlivesReaders.store(true, ordering: .relaxed)
        let parent = exitWithParent ? Signals.terminateWithParent() : nil
        defer { parent?.cancel() }
        var logger = Logger(label: "roost", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = logLevel
        logger[metadataKey: "member"] = "\(id)"
        do {
            var startedAt = ContinuousClock.now
            while let failure = try await serve(logger) {
                // A state that goes wrong again at once is a machine's fault, which no start mends.
                guard failure.remedy == .start, ContinuousClock.now - startedAt > .seconds(1) else { throw failure }
                logger.warning("starting again, to take the state from the other members")
                startedAt = .now
            }
        } catch let error as StartError {
            Terminal.error("roost serve: \(error)")
            throw error.remedy == .joining ? Self.removedExitCode : ExitCode.failure
        }
    }

    /// The process ends with this when the member has been removed: nothing is gained by starting it again.
    static let removedExitCode = ExitCode(3)

    /// Returns when the process is asked to end, or with the reason why the member has ended by itself.
    private func serve(_ logger: Logger) async throws -> StartError? {
        let terminations = Signals.terminations()
        var onNotice: (@Sendable (Notice) -> Void)?
        if printEvents { onNotice = { notice in Terminal.print(notice.sentence) } }
        guard let member = try await start(logger, onNotice) else { return nil }
        Terminal.print("serving clients at \(member.clientAddress), members at \(member.peerAddress)")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in terminations { break } }
            group.addTask { await member.ended() }
            await group.next()
            group.cancelAll()
        }
        await member.shutdown(drain: .milliseconds(Int(drain * 1000)), grace: .seconds(2))
        return member.failure
    }

    /// Nil if the process is asked to end first: a member that waits for others to found an ensemble may wait for long.
    private func start(_ logger: Logger, _ onNotice: (@Sendable (Notice) -> Void)?) async throws -> Server.Member? {
        let options = try options()
        let starting = Task { try await Server.Member.start(options, logger: logger, onNotice: onNotice) }
        let watching = Task { for await _ in Signals.terminations() { starting.cancel() } }
        defer { watching.cancel() }
        do {
            return try await starting.value
        } catch is CancellationError {
            return nil
        }
    }

    private var joinAddresses: [Address] {
        get throws {
            try (join ?? "").split(separator: ",").map { part in
                guard let address = Address(String(part)) else {
                    throw ValidationError("'\(part)' is no address: host:port is wanted")
                }
                return address
            }
        }
    }

    private func options() throws -> MemberOptions {
        var options = MemberOptions()
        options.id = MemberID(id)
        options.dataDirectory = data
        options.clientAddress = clientAddress
        options.peerAddress = peerAddress
        options.members = members.map { (MemberID($0.id), $0.address) }
        // An ensemble of one has nobody to ask.
        options.join = try joinAddresses
        options.staysLearner = learner
        options.quarantinesClients = quarantine
        options.hasPeerLoop = peerLoop
        options.isBootstrap = bootstrap || (members.isEmpty && options.join.isEmpty)
        options.security = security.options(ofMember: id)
        options.replica = Replica.Settings(consensus: detection.settings)
        if let snapshotEntries {
            options.replica.snapshotLogEntries = snapshotEntries
            options.replica.snapshotShareMin = 0
        }
        if let retainedLogBytes { options.replica.consensus.retainedLogBytes = retainedLogBytes }
        options.replica.consensus.maxSnapshotBytesPerSecond = snapshotRate << 20
        if let segmentBytes { options.journal.segmentBytes = segmentBytes }
        return options
    }
}

/// How deaths are noticed.
struct DetectionOptions: ParsableArguments {
    @Option(help: "Milliseconds between two heartbeats.")
    var heartbeatInterval = 50

    @Option(help: "Milliseconds of silence after which a member is suspected.")
    var heartbeatTimeout = 300

    @Flag(inversion: .prefixedNo, help: "Let a lost and then refused connection count as evidence of a death.")
    var connectionEvidence = true

    @Option(help: "Milliseconds that a leader's disk may take for a write before it hands over. 0: any time.")
    var diskStallLimit = 1_000

    func validate() throws {
        guard diskStallLimit >= 0 else { throw ValidationError("--disk-stall-limit is at least 0") }
        guard heartbeatInterval > 0, heartbeatTimeout > 2 * heartbeatInterval else {
            throw ValidationError("--heartbeat-timeout must be more than twice --heartbeat-interval")
        }
    }

    var settings: Consensus.Settings {
        var settings = Consensus.Settings(
            heartbeatInterval: .milliseconds(heartbeatInterval), timeoutFloor: .milliseconds(heartbeatTimeout),
            useConnectionEvidence: connectionEvidence)
        settings.diskStallLimit = .milliseconds(diskStallLimit)
        return settings
    }
}

/// `id=host:port`.
struct MemberArgument: ExpressibleByArgument {
    var id: UInt64
    var address: Address

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let id = UInt64(parts[0]), id > 0, let address = Address(String(parts[1])) else {
            return nil
        }
        self.id = id
        self.address = address
    }
}

extension Address: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public var defaultValueDescription: String { description }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
