import ByteString
import Consensus
import Coordination
import Driver
import Messages
import NIOCore
import Protobuf
import RPC
import Replica

/// The client side of one event loop: the calls that came in on it and wait, its own reader of the state, and its
/// watches and sessions. Everything here runs on that loop, so nothing here is locked.
///
/// Reads never meet the driver: a serializable one is answered from the state as published, in place; a linearizable
/// one first waits, together with all that arrived in the same tick, for a barrier. Writes go to the driver's inbox,
/// all of a tick at once.
final class Shard: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: `loop`, `index` and `inbox` are constant; everything else is touched on `loop`
    // only, which each entry point asserts.
    let index: Int
    let loop: any EventLoop
    private let inbox: Inbox
    var reader: StateReader
    private(set) var watches: WatchHub!
    private(set) var clusterWatches: ClusterWatches!
    private(set) var sessions: SessionHub!
    private(set) var locks: LockHub!
    private(set) var followers: HistoryFollowers!
    private(set) var connects: ConnectFlushes!
    private(set) var pastReads: PastReads!
    private(set) var health: HealthHub!

    private var lastToken: UInt64 = 0
    private var writes: [RequestToken: Waiting] = [:]
    /// Reads that share the barrier of that token.
    private var reads: [RequestToken: [Read]] = [:]
    private var statusRequests: [RequestToken: (Result<StatusResponse, RPCStatus>) -> Void] = [:]
    private var administrations: [RequestToken: (AdministrationAnswer) -> Void] = [:]
    /// Reads of revisions that this member has not applied yet.
    private var delayed: [(revision: UInt64, read: Read)] = []

    // What this tick has gathered for the driver.
    private var gathered: [DriverEvent] = []
    private var gatheredReads: [Read] = []
    private var isFlushScheduled = false

    static let delayedMax = 10_000

    /// Who waits for the outcome of a write.
    private enum Waiting {
        case call(UnaryCall)
        case completion((WriteAnswer) -> Void)
    }

    /// A read, done once the state is fresh enough. It answers its call itself.
    struct Read {
        var minRevision: UInt64
        var perform: () -> Void
        var fail: (RPCStatus) -> Void
        var deadline: NIODeadline
    }

    init(index: Int, loop: any EventLoop, inbox: Inbox, reader: consuming StateReader) {
        self.index = index
        self.loop = loop
        self.inbox = inbox
        self.reader = reader
        watches = WatchHub(shard: self)
        clusterWatches = ClusterWatches(shard: self)
        sessions = SessionHub(shard: self)
        locks = LockHub(shard: self)
        followers = HistoryFollowers(shard: self)
        connects = ConnectFlushes(shard: self)
        pastReads = PastReads(loop: loop)
        health = HealthHub(shard: self)
    }

    private func nextToken() -> RequestToken {
        lastToken += 1
        return RequestToken(shard: index, count: lastToken)
    }

    // MARK: From clients

    /// Gives a validated write to the driver.
    ///
    /// - Parameter principal: whose write it is, since when the call came.
    func write(_ kind: CommandKind, request: Bytes, hasRequestID: Bool, principal: Principal, call: UnaryCall) {
        write(kind, request, hasRequestID: hasRequestID, principal: principal, deadline: call.deadline, .call(call))
    }

    /// The same for a write whose answer needs more than its outcome. `completion` is called on this loop, once.
    ///
    /// - Parameter principal: whose write it is; what a member does by itself is anonymous.
    func write(
        _ kind: CommandKind, request: Bytes, hasRequestID: Bool, principal: Principal, deadline: NIODeadline?,
        completion: @escaping (WriteAnswer) -> Void
    ) {
        write(
            kind, request, hasRequestID: hasRequestID, principal: principal, deadline: deadline,
            .completion(completion))
    }

    private func write(
        _ kind: CommandKind, _ request: Bytes, hasRequestID: Bool, principal: Principal, deadline: NIODeadline?,
        _ waiting: Waiting
    ) {
        loop.preconditionInEventLoop()
        let token = nextToken()
        writes[token] = waiting
        gathered.append(
            .input(
                .write(
                    ClientWrite(
                        token: token, kind: kind, principal: principal.name, request: request,
                        hasRequestID: hasRequestID, deadline: deadline.map(Instant.init)))))
        scheduleFlush()
    }

    /// Does a read when the state is as fresh as it asks. What clients are told of the state begins here or with
    /// ``WatchHub/open(_:to:)``: these are where rules of access will be asked whether they may see it.
    func read(_ read: Read, level: ReadLevel) {
        loop.preconditionInEventLoop()
        if level == .serializable { return performWhenReached(read) }
        gatheredReads.append(read)
        scheduleFlush()
    }

    /// Answers a call from the state, when that is as fresh as it asks, with what `response` makes of it or the error
    /// that it throws.
    func answer<Response: Protobuf.Message>(
        _ call: UnaryCall, level: ReadLevel, minRevision: UInt64,
        _ response: @escaping (borrowing StateView) throws -> Response
    ) {
        let read = Read(
            minRevision: minRevision,
            perform: {
                do { call.reply(try self.reader.pin { try response($0) }) } catch { call.fail(.refusal(of: error)) }
            },
            fail: { call.fail($0) }, deadline: .reading(call.deadline))
        self.read(read, level: level)
    }

    /// Asks how this member sees the ensemble. `completion` is called on this loop, once.
    func status(_ completion: @escaping (Result<StatusResponse, RPCStatus>) -> Void) {
        loop.preconditionInEventLoop()
        let token = nextToken()
        statusRequests[token] = completion
        gathered.append(.status(token))
        scheduleFlush()
    }

    /// Asks for a change of the ensemble. `completion` is called on this loop, once.
    func administrate(_ administration: Administration, completion: @escaping (AdministrationAnswer) -> Void) {
        loop.preconditionInEventLoop()
        let token = nextToken()
        administrations[token] = completion
        gathered.append(.input(.administration(AdministrationRequest(token: token, administration: administration))))
        scheduleFlush()
    }

    private func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        loop.execute { self.flush() }
    }

    private func flush() {
        isFlushScheduled = false
        if !gatheredReads.isEmpty {
            let token = nextToken()
            reads[token] = gatheredReads
            gatheredReads = []
            gathered.append(.input(.read(token)))
        }
        let events = gathered
        gathered.removeAll(keepingCapacity: true)
        guard !inbox.postRequests(events) else { return }
        for event in events { refuse(event) }
    }

    /// The driver's inbox is full.
    private func refuse(_ event: DriverEvent) {
        let status = RPCStatus.failure(.overloaded)
        switch event {
        case .input(.write(let write)): answer(write.token, .failed(.overloaded))
        case .input(.read(let token)): for read in reads.removeValue(forKey: token) ?? [] { read.fail(status) }
        case .input(.administration(let request)):
            administrations.removeValue(forKey: request.token)?(.refused(.busy))
        case .status(let token): statusRequests.removeValue(forKey: token)?(.failure(status))
        default: break
        }
    }

    // MARK: From the driver

    func deliver(_ delivery: ShardDelivery) {
        loop.preconditionInEventLoop()
        for (token, result) in delivery.writes {
            answer(token, result)
        }
        for token in delivery.readsReady {
            for read in reads.removeValue(forKey: token) ?? [] { performWhenReached(read) }
        }
        for (token, failure) in delivery.readsFailed {
            let status = RPCStatus.failure(failure)
            for read in reads.removeValue(forKey: token) ?? [] { read.fail(status) }
        }
        for (token, answer) in delivery.administrations { administrations.removeValue(forKey: token)?(answer) }
        if let batch = delivery.batch {
            performDelayed()
            watches.deliver(batch)
            sessions.deliver(batch)
            locks.deliver(batch)
            followers.deliver(batch)
        }
        connects.flush()
    }

    func deliver(_ status: StatusResponse, for token: RequestToken) {
        statusRequests.removeValue(forKey: token)?(.success(status))
    }

    private func answer(_ token: RequestToken, _ result: WriteAnswer) {
        switch writes.removeValue(forKey: token) {
        case .call(let call): answer(call, result)
        case .completion(let completion): completion(result)
        case nil: break
        }
    }

    private func answer(_ call: UnaryCall, _ result: WriteAnswer) {
        switch result {
        case .applied(let outcome):
            switch outcome {
            case .success(let result): call.reply(result.encodedResponse())
            case .failure(let error): call.fail(.state(error))
            }
        case .failed(let failure):
            call.fail(.failure(failure))
        }
    }

    // MARK: Revisions to come

    /// Performs the read now, or when this member has applied the revision that it asks for.
    private func performWhenReached(_ read: Read) {
        guard read.minRevision > 0, read.minRevision > reader.pin({ $0.revision.rawValue }) else {
            return read.perform()
        }
        guard delayed.count < Self.delayedMax else { return read.fail(.failure(.overloaded)) }
        delayed.append((read.minRevision, read))
    }

    private func performDelayed() {
        guard !delayed.isEmpty else { return }
        let reached = reader.pin { $0.revision.rawValue }
        let due = delayed.filter { $0.revision <= reached }
        guard !due.isEmpty else { return }
        delayed.removeAll { $0.revision <= reached }
        for (_, read) in due { read.perform() }
    }

    /// Called a few times a second: progress of watches, and reads whose revision did not come in time.
    func tick(now: NIODeadline) {
        loop.preconditionInEventLoop()
        watches.tick(now: now)
        health.tick(now: now)
        let late = delayed.filter { $0.read.deadline <= now }
        guard !late.isEmpty else { return }
        delayed.removeAll { $0.read.deadline <= now }
        for (revision, read) in late {
            read.fail(
                .roost(
                    .unavailable, .behind, "this member has not reached revision \(revision) in time",
                    retryAfter: .milliseconds(100)))
        }
    }
}

extension RPCStatus {
    /// A stream that has no end of its own, or a call that waits, at a member that is asked to stop.
    static let shuttingDown = roost(
        .unavailable, .shuttingDown, "this member is about to stop; go on at another one", retryAfter: .zero)
}

extension Instant {
    /// NIO's clock is the monotonic one that the driver uses too.
    init(_ deadline: NIODeadline) {
        self.init(nanoseconds: Int64(clamping: deadline.uptimeNanoseconds))
    }
}
