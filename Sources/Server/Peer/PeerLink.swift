import Client
import Consensus
import Driver
import Logging
import Messages
import NIOCore
import RPC
import Replica
import Stubs

/// This member's way to one other member: a connection for heartbeats and votes, another one for everything that can
/// be long, each with its streams. Confined to the peers' event loop.
///
/// A link is never given up: it connects again for as long as it lives, and what it learns on the way (a connection
/// lost unannounced, a refused one, a new process) is evidence for the failure detector.
final class PeerLink {
    /// The streams of a link.
    enum Lane: Int, CaseIterable {
        case heartbeat, vote, sync, forward
        /// Heartbeats once more, by the other connection. Where packets are lost, a connection stands still for
        /// long now and then, since TCP waits twice as long after every loss in a row; two seldom do so at once.
        case heartbeatCopy

        var path: MethodPath {
            switch self {
            case .heartbeat, .heartbeatCopy: Peer.Methods.heartbeat.path
            case .vote: Peer.Methods.vote.path
            case .sync: Peer.Methods.sync.path
            case .forward: Peer.Methods.forward.path
            }
        }

        /// What can be long must not stand in a heartbeat's way.
        var isUrgent: Bool { self == .heartbeat || self == .vote }
    }

    let member: MemberID
    private let configured: Configuration.Member
    private var storage: StorageID { configured.storage }
    /// Where it may be; the one that is tried now comes first.
    private var addresses: [Address]
    private var isMoving = false
    /// Counts the moves: events of channels from before are of no interest.
    private var moves = 0
    private let tls: ClientTLS?
    private let identity: PeerIdentity
    private let inbox: Inbox
    private let logger: Logger
    private let loop: any EventLoop
    private var urgent: RPCChannel?
    private var bulk: RPCChannel?
    private var streams = [Opened?](repeating: nil, count: Lane.allCases.count)
    private var openings = 0
    private var copies = CopyPace()
    /// The process that answered last.
    private var incarnation: Incarnation?
    /// Whether the callee has said which process it is since the heartbeats' stream was opened.
    private var isIntroduced = false
    private var wasLost = false
    private var isUrgentConnected = false
    private var isBulkConnected = false
    private var isShutDown = false
    /// What the callee said last when it refused a stream.
    private var refusal: RPCStatus?

    /// A stream, and which opening it came from.
    private struct Opened {
        var stream: ClientStream
        var opening: Int
    }

    /// - Parameter addresses: where the member may be, at least one; the likeliest first.
    init(
        member: Configuration.Member, addresses: [Address], tls: ClientTLS?, identity: PeerIdentity, inbox: Inbox,
        loop: any EventLoop, logger: Logger
    ) {
        self.member = member.id
        configured = member
        self.addresses = addresses
        self.tls = tls
        self.identity = identity
        self.inbox = inbox
        self.loop = loop
        self.logger = logger
        urgent = channel(to: addresses[0], isUrgent: true)
        bulk = channel(to: addresses[0], isUrgent: false)
    }

    /// Whether it is the link to this member as it is now; its role makes no difference.
    func leads(to member: Configuration.Member) -> Bool {
        member.id == configured.id && member.storage == configured.storage
            && member.peerAddress == configured.peerAddress
    }

    func connect() {
        urgent?.connect()
        bulk?.connect()
    }

    func shutdown() {
        isShutDown = true
        for opened in streams { opened?.stream.cancel() }
        shutDownChannels()
    }

    private func shutDownChannels() {
        let channels = [urgent, bulk]
        urgent = nil
        bulk = nil
        Task { for channel in channels { await channel?.shutdown() } }
    }

    // MARK: Messages

    /// Sends if there is a stream with room; else the message is lost, as messages may be. Consensus sends again what
    /// matters, and what does not matter any more must not pile up here.
    func send(_ message: MemberMessage) {
        let lane = Self.lane(of: message)
        guard let stream = streams[lane.rawValue]?.stream else {
            if lane == .forward { inbox.post(.input(.forwardingInterrupted(member))) }
            return
        }
        // Writes are never dropped while their stream lives: nobody would know until they time out.
        guard stream.isWritable || lane == .forward || lane.isUrgent else { return }
        switch message {
        case .consensus(.heartbeat(let heartbeat)):
            let request = HeartbeatRequest(heartbeat)
            stream.send(request)
            if let copy = streams[Lane.heartbeatCopy.rawValue]?.stream, copy.isWritable, copies.isDue() {
                copy.send(request)
            }
        case .consensus(.voteRequest(let request)): stream.send(Messages.VoteRequest(request))
        case .consensus(.append(let append)): stream.send(SyncRequest(append))
        case .consensus(.snapshotChunk(let chunk)): stream.send(SyncRequest(chunk))
        case .consensus(.timeoutNow(let term)): stream.send(SyncRequest(timeoutNow: term))
        case .forward(let forward): stream.send(ForwardRequest(forward))
        default: preconditionFailure("a reply leaves by the stream that the request came by")
        }
    }

    private static func lane(of message: MemberMessage) -> Lane {
        switch message {
        case .consensus(.heartbeat): .heartbeat
        case .consensus(.voteRequest): .vote
        case .consensus: .sync
        case .forward, .forwardReply: .forward
        }
    }

    private func onMessage(_ bytes: UnsafeRawBufferPointer, lane: Lane) {
        do {
            let message: MemberMessage
            switch lane {
            case .heartbeat, .heartbeatCopy:
                message = .consensus(.heartbeatReply(try HeartbeatResponse(decoding: bytes).core))
            case .vote: message = .consensus(.voteReply(try VoteResponse(decoding: bytes).core()))
            case .sync: message = .consensus(try SyncResponse(decoding: bytes).core())
            case .forward: message = .forwardReply(try ForwardResponse(decoding: bytes).core())
            }
            inbox.post(.input(.message(message, from: member, storage: storage)))
        } catch {
            logger.warning("dropped an answer of member \(member): \(error)")
            streams[lane.rawValue]?.stream.cancel()
        }
    }

    // MARK: Connections

    private func channel(to address: Address, isUrgent: Bool) -> RPCChannel {
        var configuration = ChannelConfiguration()
        configuration.tls = tls
        configuration.messageBytesMax = peerMessageBytesMax
        configuration.connectTimeout = .milliseconds(500)
        configuration.handshakeTimeout = .milliseconds(500)
        configuration.unacknowledgedTimeout = peerUnacknowledgedTimeout
        var backoff = ChannelConfiguration.Backoff()
        backoff.initial = .milliseconds(20)
        backoff.maximum = .milliseconds(500)
        configuration.reconnect = backoff
        // Consensus bounds what is on its way to a follower, and a replica what is forwarded; both are more than what
        // suits a client.
        configuration.streamSendBytesHigh = 8 << 20
        configuration.streamSendBytesMax = 64 << 20
        configuration.connectionSendBytesMax = 128 << 20
        let link = UnsafeTransfer(WeakLink(link: self))
        let loop = loop
        let move = moves
        configuration.onEvent = { event in
            if loop.inEventLoop {
                link.value.link?.onEvent(event, isUrgent: isUrgent, move: move)
            } else {
                loop.execute { link.value.link?.onEvent(event, isUrgent: isUrgent, move: move) }
            }
        }
        return RPCChannel(
            host: address.host, port: address.port, eventLoop: loop, configuration: configuration, logger: logger)
    }

    /// The member is not where it was looked for, or another process is there: if it may be elsewhere, look there soon.
    private func tryNextAddress() {
        guard addresses.count > 1, !isMoving else { return }
        isMoving = true
        let link = UnsafeTransfer(WeakLink(link: self))
        loop.scheduleTask(in: .milliseconds(100)) {
            guard let self = link.value.link, !self.isShutDown else { return }
            self.isMoving = false
            // It may have come meanwhile.
            if !self.isIntroduced { self.move() }
        }
    }

    private func move() {
        moves += 1
        addresses.append(addresses.removeFirst())
        for lane in Lane.allCases {
            let former = streams[lane.rawValue]?.stream
            close(lane)
            former?.cancel()
        }
        (isUrgentConnected, isBulkConnected) = (false, false)
        shutDownChannels()
        urgent = channel(to: addresses[0], isUrgent: true)
        bulk = channel(to: addresses[0], isUrgent: false)
        connect()
    }

    private func onEvent(_ event: ConnectionEvent, isUrgent: Bool, move: Int) {
        guard !isShutDown, move == moves else { return }
        switch event {
        case .connected:
            setConnected(true, isUrgent: isUrgent)
            for lane in Lane.allCases where lane.isUrgent == isUrgent { open(lane) }
        case .connectFailed(let failure):
            // Only a loss that a refusal follows tells of a death; a member that was never reached may be starting.
            if isUrgent, case .refused = failure, wasLost {
                inbox.post(.input(.connection(.refused, to: member)))
            }
            if isUrgent { tryNextAddress() }
        case .closed(let reason):
            setConnected(false, isUrgent: isUrgent)
            for lane in Lane.allCases where lane.isUrgent == isUrgent { close(lane) }
            if isUrgent, case .lost = reason {
                wasLost = true
                inbox.post(.input(.connection(.lost, to: member)))
            }
        case .connecting, .draining:
            break
        }
    }

    private func open(_ lane: Lane) {
        guard let channel = lane.isUrgent ? urgent : bulk else { return }
        let metadata = identity.metadata(to: member, storage, isCopy: lane == .heartbeatCopy)
        let stream = channel.rawStream(lane.path, options: CallOptions(metadata: metadata))
        openings += 1
        let opening = openings
        streams[lane.rawValue] = Opened(stream: stream, opening: opening)
        stream.onMessage { [weak self] in self?.onMessage($0, lane: lane) }
        switch lane {
        case .heartbeat: stream.onHeaders { [weak self] in self?.onIntroduction($0) }
        case .sync: stream.onHeaders { [weak self] _ in self?.onSyncOpened() }
        case .vote, .forward, .heartbeatCopy: break
        }
        stream.onFinish { [weak self] result in
            guard let self, streams[lane.rawValue]?.opening == opening else { return }
            close(lane)
            reopen(lane, after: result)
        }
    }

    /// The callee has said which process it is.
    private func onIntroduction(_ metadata: Metadata) {
        let incarnation = PeerIdentity.incarnation(in: metadata)
        if let known = self.incarnation, let incarnation, known != incarnation {
            inbox.post(.input(.connection(.newIncarnation, to: member)))
        }
        self.incarnation = incarnation ?? self.incarnation
        isIntroduced = true
        refusal = nil
        wasLost = false
        inbox.post(.input(.connection(.established, to: member)))
    }

    /// Where this comes after the introduction, what was sent meanwhile has found no stream and is lost.
    private func onSyncOpened() {
        guard isUrgentConnected, !wasLost else { return }
        inbox.post(.input(.connection(.established, to: member)))
    }

    /// The member has called this one, so it can be called: why wait until the next attempt is due?
    func onCalled() {
        guard !isShutDown else { return }
        urgent?.connect()
        bulk?.connect()
        for lane in Lane.allCases where streams[lane.rawValue] == nil && isConnected(lane) { open(lane) }
    }

    private func close(_ lane: Lane) {
        guard streams[lane.rawValue] != nil else { return }
        streams[lane.rawValue] = nil
        if lane == .heartbeat { isIntroduced = false }
        if lane == .forward { inbox.post(.input(.forwardingInterrupted(member))) }
    }

    /// A stream ended while its connection may stand: the callee refused it, or dropped a message.
    private func reopen(_ lane: Lane, after result: Result<Metadata, RPCFailure>) {
        if case .failure(let failure) = result, failure.status.code != .unavailable, failure.status.code != .cancelled {
            if failure.status != refusal { logger.warning("member \(member) ended \(lane): \(failure.status)") }
            refusal = failure.status
            if lane == .heartbeat, failure.status.code == .failedPrecondition { tryNextAddress() }
        }
        let link = UnsafeTransfer(WeakLink(link: self))
        loop.scheduleTask(in: .milliseconds(100)) {
            guard let self = link.value.link, !self.isShutDown, self.streams[lane.rawValue] == nil,
                self.isConnected(lane)
            else { return }
            self.open(lane)
        }
    }

    private func isConnected(_ lane: Lane) -> Bool {
        lane.isUrgent ? isUrgentConnected : isBulkConnected
    }

    private func setConnected(_ isConnected: Bool, isUrgent: Bool) {
        if isUrgent { isUrgentConnected = isConnected } else { isBulkConnected = isConnected }
    }
}

/// How often a heartbeat, or the answer to one, is sent once more. Those that confirm reads come by the thousand each
/// second, and copies of them would show nothing that a few do not.
struct CopyPace {
    private var last: NIODeadline?
    private static let interval = TimeAmount.milliseconds(20)

    mutating func isDue() -> Bool {
        let now = NIODeadline.now()
        if let last, now - last < Self.interval { return false }
        last = now
        return true
    }
}

/// A link as a closure may hold it.
private struct WeakLink {
    weak var link: PeerLink?
}
