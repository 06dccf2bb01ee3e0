import ByteString
import Client
import Consensus
import Coordination
import Driver
import Journal
import Logging
import Messages
import NIOCore
import RPC
import Replica
import Stubs

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a member is made of, from the moment its data directory and its peers' listener are open.
struct MemberParts: Sendable {
    let options: MemberOptions
    let logger: Logger
    let threads: MemberThreads
    let disk: FileDisk
    let completions: DiskCompletions
    let identity: Identity
    let incarnation: Incarnation
    let desk: ReceptionDesk
    let addresses: MemberAddresses
    let events: EventRecord
    let repairDesk: RepairDesk
    let network: PeerNetwork
    let peerServer: RPCServer
    let security: MemberSecurity
    let end = EndOfLife()

    // MARK: Opening

    static func open(_ options: MemberOptions, logger: Logger) async throws -> MemberParts {
        let security = try MemberSecurity(options.security, logger: logger)
        let disk: FileDisk
        let identity: Identity
        let completions = DiskCompletions()
        do {
            disk = try FileDisk(path: options.dataDirectory) { completions.deliver($0, $1) }
            identity = try ownIdentity(disk, options)
        } catch { throw StartError("the data directory \(options.dataDirectory): \(error)") }
        let threads = MemberThreads(options)
        do {
            let incarnation = Incarnation(.random(in: 1 ... .max))
            let desk = ReceptionDesk(
                options: options, storage: identity.storage, incarnation: incarnation,
                restored: try Restoration.content(of: disk))
            if let ensemble = identity.ensemble { desk.settle(ensemble: ensemble, founding: identity.founding) }
            let addresses = MemberAddresses()
            let events = EventRecord(member: options.id)
            let network = PeerNetwork(
                loop: threads.peers.next(), member: options.id, addresses: addresses, events: events)
            let repairDesk = RepairDesk()
            let peerServer = try await listen(
                options.peerAddress, threads.peers, registry(desk, repairDesk, network),
                messageBytesMax: peerMessageBytesMax, unacknowledgedTimeout: peerUnacknowledgedTimeout,
                tls: security.peerListener, authentication: security.peers, logger: logger)
            return MemberParts(
                options: options, logger: logger, threads: threads, disk: disk, completions: completions,
                identity: identity,
                incarnation: incarnation, desk: desk, addresses: addresses, events: events,
                repairDesk: repairDesk, network: network, peerServer: peerServer, security: security)
        } catch {
            disk.close()
            await threads.shutdown()
            throw error
        }
    }

    /// The directory's identity; an empty one is formatted first.
    private static func ownIdentity(_ disk: FileDisk, _ options: MemberOptions) throws -> Identity {
        if try Journal.identity(of: disk) == nil {
            try Journal.format(
                disk, member: options.id, storage: StorageID(.random(in: 1 ... .max)),
                salt: .random(in: .min ... .max), options: options.journal)
        }
        guard let identity = try Journal.identity(of: disk) else {
            preconditionFailure("a directory that was just formatted has no identity")
        }
        guard identity.member == options.id else {
            throw StartError("belongs to member \(identity.member), and this is to be member \(options.id)")
        }
        return identity
    }

    private static func registry(
        _ desk: ReceptionDesk, _ repairDesk: RepairDesk, _ network: PeerNetwork
    ) -> ServiceRegistry {
        var registry = ServiceRegistry()
        registry.unary(Peer.Methods.introduce, onEventLoop: { _, call in call.reply(desk.response) })
        registry.unary(
            Peer.Methods.repair,
            onEventLoop: { request, call in
                let own = desk.response
                let callee = PeerIdentity(
                    ensemble: EnsembleID(own.ensembleID), member: MemberID(own.memberID),
                    storage: StorageID(own.storageID))
                repairDesk.serve(request, call, callee: callee)
            })
        for lane in PeerLink.Lane.allCases where lane != .heartbeatCopy {
            registry.rawStream(lane.path, kind: .bidirectionalStreaming) { network.accept($0, lane: lane) }
        }
        return registry
    }

    private static func listen(
        _ address: Address, _ group: any EventLoopGroup, _ registry: ServiceRegistry, messageBytesMax: Int,
        unacknowledgedTimeout: TimeAmount? = nil, quarantines: Bool = true, tls: ServerTLS?,
        authentication: Authentication, logger: Logger
    ) async throws -> RPCServer {
        var configuration = ServerConfiguration()
        configuration.messageBytesMax = messageBytesMax
        configuration.unacknowledgedTimeout = unacknowledgedTimeout
        if !quarantines { configuration.quarantine = nil }
        configuration.tls = tls
        configuration.authentication = authentication
        configuration.interceptors = interceptors(registry, logger)
        configuration.refusalDetails = RPCStatus.details
        do {
            return try await RPCServer.start(
                on: try SocketAddress.makeAddressResolvingHost(address.host, port: address.port), group: group,
                registry: registry, configuration: configuration, logger: logger)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw StartError("cannot listen at \(address): the port is in use")
        } catch {
            throw StartError("cannot listen at \(address): \(error)")
        }
    }

    /// What looks on at calls. None costs nothing.
    private static func interceptors(_ registry: ServiceRegistry, _ logger: Logger) -> [any ServerInterceptor] {
        var interceptors: [any ServerInterceptor] = []
        if CallTracing.isWanted { interceptors.append(CallTracing()) }
        if CallMetrics.isWanted { interceptors.append(CallMetrics(registry: registry)) }
        if logger.logLevel <= .debug { interceptors.append(AccessLog(logger: logger, level: .debug)) }
        return interceptors
    }

    func close() async {
        await peerServer.shutdown(grace: .zero)
        disk.close()
        await threads.shutdown()
    }

    // MARK: Ensemble and state

    /// Founds the ensemble if the directory belongs to none, and only if asked to.
    func joinEnsemble() async throws -> EnsembleID {
        if let ensemble = identity.ensemble { return ensemble }
        if !options.join.isEmpty {
            guard desk.response.restoredRevision == 0 else {
                throw StartError(
                    "the data directory \(options.dataDirectory) was restored from a backup: it can only found a new "
                        + "ensemble, with --bootstrap")
            }
            let ensemble = try await admission().findEnsemble()
            do { try Journal.join(disk, ensemble: ensemble) } catch {
                throw StartError("joining the ensemble: \(error)")
            }
            desk.settle(ensemble: ensemble, founding: nil)
            return ensemble
        }
        guard options.isBootstrap else {
            throw StartError(
                "the data directory \(options.dataDirectory) belongs to no ensemble; --bootstrap founds a new one, "
                    + "--join enters one")
        }
        logger.notice("waiting for all \(max(1, options.members.count)) members to found an ensemble")
        let founding = Founding(
            options: options, security: security, storage: identity.storage, desk: desk, loop: threads.peers.next())
        let result = try await founding.run()
        do { try Journal.found(disk, ensemble: result.ensemble, configuration: result.configuration) } catch {
            throw StartError("founding the ensemble: \(error)")
        }
        desk.settle(ensemble: result.ensemble, founding: result.configuration)
        logger.notice("founded ensemble \(result.ensemble)")
        return result.ensemble
    }

    func admission() -> Admission {
        Admission(options: options, security: security, storage: identity.storage, logger: logger)
    }

    /// - Throws: `JournalError.damaged` as it is, since that may be repaired; everything else as ``StartError``.
    func openJournal() throws -> (Journal, Recovered) {
        do {
            return try Journal.open(
                disk, member: options.id, options: options.journal, supported: options.replica.supported)
        } catch {
            if case .damaged = error { throw error }
            throw StartError("the data directory \(options.dataDirectory): \(error)")
        }
    }

    func restore(_ state: inout Coordination, from journal: Journal, _ snapshot: SnapshotMetadata) throws {
        do {
            state.replace(by: try RestoredState(from: journal, snapshot, supported: state.supported))
        } catch {
            throw StartError("the snapshot at \(snapshot.position): \(error)")
        }
        _ = state.publish()
    }

    /// Where other members may reach a member: as the operator says, and as the ensemble remembers. What the operator
    /// says may be newer, if members have moved, or older, if another disk has taken over the id elsewhere.
    func peerAddresses(of member: Configuration.Member) -> [Address] {
        if member.id == options.id { return [options.peerAddress] }
        let said = options.members.first { $0.id == member.id }?.peerAddress
        let remembered = Address(member.peerAddress)
        return [said, remembered == said ? nil : remembered].compactMap { $0 }
    }

    // MARK: Joining the parts

    func shards(inbox: Inbox, readers: StateReaders) -> ShardMap {
        ShardMap(
            threads.clients.makeIterator().enumerated().map { index, loop in
                Shard(index: index, loop: loop, inbox: inbox, reader: readers.makeReader())
            })
    }

    func openNetwork(ensemble: EnsembleID, inbox: Inbox) async throws {
        let identity = PeerIdentity(ensemble: ensemble, member: options.id, storage: identity.storage)
        let loop = threads.peers.next()
        try await loop.submit {
            let service = PeerService(identity: identity, incarnation: incarnation, inbox: inbox, logger: logger)
            network.open(service: service) { member in
                let addresses = peerAddresses(of: member)
                if addresses.isEmpty { return nil }
                return PeerLink(
                    member: member, addresses: addresses, tls: security.peerChannel(to: member.id), identity: identity,
                    inbox: inbox, loop: loop, logger: logger)
            }
        }.get()
    }

    func router(
        _ shards: ShardMap, onNotice: (@Sendable (Notice) -> Void)?, context: StatusContext
    ) -> ReplyRouter {
        let leaderChanges = LeaderCount()
        events.tell { event in
            for shard in shards.all { shard.loop.execute { shard.clusterWatches.deliver(event) } }
        }
        return ReplyRouter(
            shards: shards.all,
            onNotice: { [logger, events, end, options] notice in
                leaderChanges.observe(notice)
                logger.info("\(notice.sentence)")
                events.note(notice)
                // One that is to join waits until it is admitted.
                if case .removed = notice, options.join.isEmpty { end.fail(.removed(options)) }
                onNotice?(notice)
            },
            onStatus: { status, token in
                let response = StatusResponse(status, context: context, leaderChanges: leaderChanges.value)
                let shard = shards.all[token.shard]
                shard.loop.execute { shard.deliver(response, for: token) }
            })
    }

    func serveClients(_ shards: ShardMap, ensemble: EnsembleID) async throws -> RPCServer {
        var registry = ServiceRegistry()
        StoreService(shards: shards, limits: options.limits).register(in: &registry)
        LockService(shards: shards, limits: options.limits).register(in: &registry)
        ConfigService(shards: shards, limits: options.limits).register(in: &registry)
        NamingService(shards: shards, limits: options.limits).register(in: &registry)
        ElectionService(shards: shards, limits: options.limits).register(in: &registry)
        ConnectService(shards: shards, limits: options.limits).register(in: &registry)
        SessionService(shards: shards, limits: options.limits).register(in: &registry)
        ClusterService(shards: shards, events: events, ensemble: ensemble).register(in: &registry)
        AdministrationService(shards: shards, addresses: addresses).register(in: &registry)
        HealthService(shards: shards, registry: registry).register(in: &registry)
        ReflectionService(registry: registry).register(in: &registry)
        return try await Self.listen(
            options.clientAddress, threads.clients, registry, messageBytesMax: 4 << 20,
            quarantines: options.quarantinesClients, tls: security.clientListener, authentication: security.clients,
            logger: logger)
    }

    func startTicking(_ shards: ShardMap) -> [RepeatedTask] {
        shards.all.map { shard in
            shard.loop.scheduleRepeatedTask(initialDelay: .milliseconds(100), delay: .milliseconds(100)) { _ in
                shard.tick(now: .now())
            }
        }
    }
}
