import Client
import Consensus
import Journal
import Logging
import Messages
import NIOCore
import RPC
import Replica
import Stubs

/// The repair of this member's data directory, before the member takes part in anything: carries out over RPC what
/// ``RepairRounds`` says.
struct Repairing {
    let options: MemberOptions
    let security: MemberSecurity
    let identity: PeerIdentity
    let disk: FileDisk
    let desk: RepairDesk
    /// Where blocking work on the disk is done.
    let worker: any EventLoop
    let loop: any EventLoop
    let logger: Logger
    let peers: [(id: MemberID, address: Address)]

    private static let callTimeout = Duration.seconds(5)
    /// A member that gives up goes on telling the others what it has for so long: those that did not ask it yet would
    /// wait for ever for what it may have.
    private static let parting = Duration.seconds(3)

    /// Returns when the directory can be opened.
    ///
    /// - Throws: ``StartError`` where it cannot be repaired; nothing has been cut off.
    func run(_ repair: consuming LogRepair) async throws {
        for damage in repair.damage { logger.error("the data directory \(options.dataDirectory): \(damage)") }
        if !repair.isComplete {
            guard !peers.isEmpty else { throw refusal(repair, "this member has nobody to repair it from") }
            logger.warning("\(Self.missing(repair)): asking the other members; until then this one takes no part")
        }
        let whole = try await complete(repair)
        let (disk, journal) = (disk, options.journal)
        do {
            try await onWorker { try Journal.finish(whole, on: disk, options: journal) }
        } catch { throw StartError("the data directory \(options.dataDirectory): the repair: \(error)") }
        logger.notice("the log has been repaired up to entry \(whole.target)")
    }

    private func complete(_ repair: LogRepair) async throws -> LogRepair {
        var rounds = RepairRounds(repair, others: peers.map(\.id))
        let channels = peers.map { (id: $0.id, channel: channel(to: $0.id, at: $0.address)) }
        let result: Result<Void, any Error>
        do { result = .success(try await drive(&rounds, channels)) } catch { result = .failure(error) }
        for (_, channel) in channels { await channel.shutdown() }
        try result.get()
        return rounds.repair
    }

    /// What waits for the disk must not hold a thread that others need.
    private func onWorker<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await worker.submit(work).get()
    }

    private func refusal(_ repair: LogRepair, _ cause: String) -> StartError {
        let damage = repair.damage.map { "\($0)" }.joined(separator: "; ")
        return StartError(
            "the data directory \(options.dataDirectory): \(damage); \(Self.missing(repair)), and \(cause); "
                + "nothing was changed")
    }

    private static func missing(_ repair: LogRepair) -> String {
        let gaps = repair.gaps.prefix(5).map { gap in
            gap.lowerBound == gap.upperBound ? "\(gap.lowerBound)" : "\(gap.lowerBound) to \(gap.upperBound)"
        }
        return "of the log's entries, \(gaps.joined(separator: ", ")) are missing"
    }

    // MARK: Asking

    /// Does what `rounds` says until the log is complete.
    private func drive(_ rounds: inout RepairRounds, _ channels: [(id: MemberID, channel: RPCChannel)]) async throws {
        let clock = ContinuousClock()
        var toldAt = clock.now
        while true {
            switch rounds.next(now: Clocks.now().monotonic) {
            case .finish:
                return
            case .ask(let member, let demand):
                desk.open(rounds.repair, on: disk)
                await ask(demand, member, channels, &rounds)
            case .store:
                do {
                    rounds = try await onWorker { [disk, options, rounds] in
                        var rounds = rounds
                        try rounds.store(on: disk, options: options.journal)
                        return rounds
                    }
                } catch { throw StartError("the data directory \(options.dataDirectory): \(error)") }
            case .wait:
                if clock.now - toldAt > .seconds(10) {
                    logger.warning("\(Self.missing(rounds.repair)): still waiting for a member that has them")
                    toldAt = clock.now
                }
                desk.open(rounds.repair, on: disk)
                try await Task.sleep(for: .nanoseconds(RepairRounds.pause.nanoseconds))
            case .giveUp:
                desk.open(rounds.repair, on: disk)
                try await Task.sleep(for: Self.parting)
                let others = rounds.others.map { "\($0)" }.joined(separator: ", ")
                throw refusal(
                    rounds.repair, "the other members (\(others)) are damaged as well and lack them too")
            }
        }
    }

    private func ask(
        _ demand: RepairDemand, _ member: MemberID, _ channels: [(id: MemberID, channel: RPCChannel)],
        _ rounds: inout RepairRounds
    ) async {
        if case .snapshot(let position, offset: 0) = demand {
            logger.notice("fetching the snapshot at \(position) from member \(member)")
        }
        do {
            let response = try await ask(demand, member, channels.filter { $0.id == member }.map(\.channel))
            let supply = try response.supply(for: demand)
            // Were it still lent to others, all that is known so far would be copied with every answer.
            desk.close()
            rounds.take(supply)
        } catch {
            logger.debug("member \(member) gives nothing: \(error)")
            rounds.takeNothing()
        }
    }

    /// By the first of the ways to a member that leads there. Whatever its data directory is, what it gives is checked.
    private func ask(
        _ demand: RepairDemand, _ member: MemberID, _ channels: [RPCChannel]
    ) async throws -> RepairResponse {
        var failure: any Error = RPCFailure(RPCStatus(.unavailable, "nobody knows where it is"))
        for channel in channels {
            do {
                return try await channel.unary(
                    Peer.Methods.repair, RepairRequest(demand),
                    options: CallOptions(metadata: identity.metadata(to: member, nil), timeout: Self.callTimeout))
            } catch { failure = error }
        }
        throw failure
    }

    private func channel(to member: MemberID, at address: Address) -> RPCChannel {
        var configuration = ChannelConfiguration()
        configuration.tls = security.peerChannel(to: member)
        configuration.messageBytesMax = peerMessageBytesMax
        configuration.connectTimeout = .milliseconds(500)
        return RPCChannel(
            host: address.host, port: address.port, eventLoop: loop, configuration: configuration, logger: .silent)
    }
}

extension MemberParts {
    /// Opens the journal and builds the state, after a repair if need be.
    func recover(_ driver: DriverLoop, ensemble: EnsembleID) async throws -> DriverLoop.Found {
        do {
            return try await driver.loop.submit { try driver.recover(self) }.get()
        } catch let error as JournalError {
            // Nothing else is mended by others: a disk that fails now may have everything.
            guard case .damaged = error else {
                throw StartError("the data directory \(options.dataDirectory): \(error)")
            }
            try await repair(error, ensemble: ensemble, worker: driver.loop)
        }
        do {
            return try await driver.loop.submit { try driver.recover(self) }.get()
        } catch let error as JournalError {
            throw StartError("the data directory \(options.dataDirectory), after its repair: \(error)")
        }
    }

    private func repair(_ damage: JournalError, ensemble: EnsembleID, worker: any EventLoop) async throws {
        let (disk, member) = (disk, options.id)
        let repair: LogRepair
        do {
            repair = try await worker.submit { try Journal.salvage(disk, member: member, damage: damage) }.get()
        } catch { throw StartError("the data directory \(options.dataDirectory): \(error)") }
        let configuration = repair.newestConfiguration ?? identity.founding ?? Configuration(members: [])
        let known = configuration.members.flatMap { member in peerAddresses(of: member).map { (member.id, $0) } }
        let given = options.members.filter { configuration[$0.id] == nil }.map { ($0.id, $0.peerAddress) }
        let peers = (known + given).filter { $0.0 != member }.sorted { $0.0 < $1.0 }
        let repairing = Repairing(
            options: options, security: security,
            identity: PeerIdentity(ensemble: ensemble, member: member, storage: identity.storage), disk: disk,
            desk: repairDesk, worker: worker, loop: threads.peers.next(), logger: logger,
            peers: peers.map { (id: $0.0, address: $0.1) })
        try await repairing.run(repair)
    }
}
