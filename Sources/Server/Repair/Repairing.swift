import Client
import Consensus
import Journal
import Logging
import Messages
import NIOCore
import RPC
import Replica
import Stubs

/// The repair of this member's data directory, before the member takes part in anything: asks the others, one after
/// the other and as often as it takes, for what ``LogRepair`` wants to know.
struct Repairing {
    let options: MemberOptions
    let identity: PeerIdentity
    let disk: FileDisk
    let desk: RepairDesk
    /// Where blocking work on the disk is done.
    let worker: any EventLoop
    let loop: any EventLoop
    let logger: Logger
    let peers: [(id: MemberID, address: Address)]

    /// How long all others must have been found to lack the same before the member gives up.
    private static let patience = Duration.seconds(5)
    private static let callTimeout = Duration.seconds(5)
    private static let pause = Duration.milliseconds(200)

    /// Returns when the directory can be opened.
    ///
    /// - Throws: ``StartError`` where it cannot be repaired; nothing has been cut off.
    func run(_ repair: consuming LogRepair) async throws {
        for damage in repair.damage { logger.error("the data directory \(options.dataDirectory): \(damage)") }
        if !repair.isComplete {
            guard !peers.isEmpty else { throw refusal(repair, "this member has nobody to repair it from") }
            logger.warning("\(Self.missing(repair)): asking the other members; until then this one takes no part")
            try await fetch(&repair)
        }
        let (disk, journal) = (disk, options.journal)
        let whole = repair
        do {
            try await onWorker { try Journal.finish(whole, on: disk, options: journal) }
        } catch { throw StartError("the data directory \(options.dataDirectory): the repair: \(error)") }
        logger.notice("the log has been repaired up to entry \(whole.target)")
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

    private func fetch(_ repair: inout LogRepair) async throws {
        var channels: [(id: MemberID, channel: RPCChannel)] = []
        for peer in peers { channels.append((peer.id, channel(to: peer.address))) }
        do {
            try await fetch(&repair, channels)
        } catch {
            for (_, channel) in channels { await channel.shutdown() }
            throw error
        }
        for (_, channel) in channels { await channel.shutdown() }
    }

    private func fetch(_ repair: inout LogRepair, _ channels: [(id: MemberID, channel: RPCChannel)]) async throws {
        let clock = ContinuousClock()
        var stuckSince: ContinuousClock.Instant?
        var toldAt = clock.now
        while !repair.isComplete {
            desk.open(repair, on: disk)
            repair.beginRound()
            for (member, channel) in channels { await ask(member, channel, &repair) }
            if repair.hasProgressed {
                stuckSince = nil
                continue
            }
            if let (member, snapshot) = repair.snapshotToFetch,
                let channel = channels.first(where: { $0.id == member })?.channel
            {
                try await fetch(snapshot, from: member, channel, &repair)
                if repair.hasProgressed { continue }
            }
            guard repair.isHopeless(channels.map(\.id)) else {
                stuckSince = nil
                if clock.now - toldAt > .seconds(10) {
                    logger.warning("\(Self.missing(repair)): still waiting for a member that has them")
                    toldAt = clock.now
                }
                try await Task.sleep(for: Self.pause)
                continue
            }
            stuckSince = stuckSince ?? clock.now
            if let since = stuckSince, clock.now - since > Self.patience {
                let others = channels.map { "\($0.id)" }.joined(separator: ", ")
                throw refusal(repair, "the other members (\(others)) are damaged as well and lack them too")
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func channel(to address: Address) -> RPCChannel {
        var configuration = ChannelConfiguration()
        configuration.messageBytesMax = peerMessageBytesMax
        configuration.connectTimeout = .milliseconds(500)
        return RPCChannel(
            host: address.host, port: address.port, eventLoop: loop, configuration: configuration, logger: .silent)
    }

    private func call(
        _ demand: RepairDemand, _ member: MemberID, _ channel: RPCChannel
    ) async throws(RPCFailure) -> RepairResponse {
        try await channel.unary(
            Peer.Methods.repair, RepairRequest(demand),
            options: CallOptions(metadata: identity.metadata(to: member), timeout: Self.callTimeout))
    }

    /// Asks a member everything that it may know.
    private func ask(_ member: MemberID, _ channel: RPCChannel, _ repair: inout LogRepair) async {
        while let query = repair.query(to: member) {
            do {
                repair.take(try await call(.entries(query), member, channel).answer(), to: query, from: member)
            } catch {
                logger.debug("member \(member) gives nothing: \(error)")
                return
            }
        }
    }

    /// Fetches a snapshot. A member that cannot give it after all is not asked for it again until it offers one.
    private func fetch(
        _ snapshot: SnapshotMetadata, from member: MemberID, _ channel: RPCChannel, _ repair: inout LogRepair
    ) async throws {
        logger.notice("fetching the snapshot at \(snapshot.position) from member \(member)")
        repair.forgetSnapshot(of: member)
        do {
            var fetch = try await onWorker { [disk, options] in
                try SnapshotFetch(snapshot, on: disk, options: options.journal)
            }
            while true {
                let demand = RepairDemand.snapshot(snapshot.position, offset: fetch.offset)
                let chunk = try await call(demand, member, channel).snapshot?.core()
                guard let chunk, chunk.snapshot == snapshot, chunk.offset == fetch.offset,
                    !chunk.data.isEmpty || fetch.offset == snapshot.byteCount,
                    UInt64(chunk.data.count) <= snapshot.byteCount - fetch.offset
                else { return }
                let isWhole: Bool
                (fetch, isWhole) = try await onWorker { [disk, fetch] in
                    var fetch = fetch
                    let isWhole = try fetch.append(chunk.data, on: disk)
                    return (fetch, isWhole)
                }
                if isWhole { break }
            }
            repair.take(snapshot)
        } catch let error as JournalError {
            throw StartError("the data directory \(options.dataDirectory): \(error)")
        } catch {
            logger.warning("member \(member) did not give its snapshot: \(error)")
        }
    }
}

extension MemberParts {
    /// Opens the journal and builds the state, after a repair if need be.
    func recover(_ driver: DriverLoop, ensemble: EnsembleID) async throws -> DriverLoop.Found {
        do {
            return try await driver.loop.submit { try driver.recover(self) }.get()
        } catch let damage as JournalError {
            try await repair(damage, ensemble: ensemble, worker: driver.loop)
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
        let known = configuration.members.compactMap { member in peerAddress(of: member).map { (member.id, $0) } }
        let given = options.members.filter { configuration[$0.id] == nil }.map { ($0.id, $0.peerAddress) }
        let peers = (known + given).filter { $0.0 != member }.sorted { $0.0 < $1.0 }
        let repairing = Repairing(
            options: options,
            identity: PeerIdentity(ensemble: ensemble, member: member, storage: identity.storage), disk: disk,
            desk: repairDesk, worker: worker, loop: threads.peers.next(), logger: logger,
            peers: peers.map { (id: $0.0, address: $0.1) })
        try await repairing.run(repair)
    }
}
