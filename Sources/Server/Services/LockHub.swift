import ByteString
import Coordination
import Messages
import NIOCore
import RPC
import Replica

/// The calls of one event loop that wait for a lock. Confined to that loop.
///
/// A claim is in the replicated queue; the member that was asked for it watches it for its caller. Whenever a claim of
/// a lock goes, each member looks at that lock's holders, once for all who wait here, and answers those whose turn has
/// come. Nobody else is woken up, here or elsewhere.
final class LockHub {
    private unowned let shard: Shard
    /// By the bytes of the lock's path: strings that look the same may be two paths.
    private var queues: [[UInt8]: Queue] = [:]
    private var waitingCount = 0

    static let waitingMax = 100_000

    /// Those who wait for one lock here, by their claims' tokens; more than one if an owner asks twice.
    private struct Queue {
        var waiters: [UInt64: [LockWaiter]] = [:]
    }

    init(shard: Shard) {
        self.shard = shard
    }

    // MARK: Acquiring

    /// Makes the claim, waits for its turn, and answers.
    ///
    /// - Parameters:
    ///   - request: valid, and `command` what it says.
    ///   - reply: the response for a claim that holds the lock.
    func acquire(
        _ request: AcquireRequest, _ command: Command, _ encoded: Bytes, _ call: UnaryCall, of principal: Principal,
        reply: @escaping (AcquireResponse) -> Void
    ) {
        guard call.isOpen else { return }
        guard waitingCount < Self.waitingMax else { return call.fail(.failure(.overloaded)) }
        waitingCount += 1
        let waiter = LockWaiter(
            path: request.path, hasRequestID: command.requestID != nil, call: call, reply: reply)
        call.onCancel { [weak self] reason in self?.cancel(waiter, reason) }
        call.endAtShutdown(.failure(.outcomeUnknown))
        if let wait = request.waitMs, wait > 0 {
            let span = TimeAmount.milliseconds(Int64(clamping: min(wait, 1 << 40)))
            waiter.timeout = shard.loop.assumeIsolated().scheduleTask(in: span) { [weak self] in self?.giveUp(waiter) }
        }
        shard.write(
            command.kind, request: encoded, hasRequestID: waiter.hasRequestID, principal: principal,
            deadline: call.deadline
        ) { [weak self] answer in
            self?.onClaimed(waiter, answer)
        }
    }

    private func onClaimed(_ waiter: LockWaiter, _ answer: WriteAnswer) {
        switch answer {
        case .failed(let failure):
            finish(waiter, .failure(failure))
        case .applied(.failure(let error)):
            finish(waiter, .state(error))
        case .applied(.success(let result)):
            guard let stat = result.stat else { preconditionFailure("a claim without its stat") }
            waiter.claim = LockWaiter.Claim(
                path: result.path, token: stat.createdRevision.rawValue, version: stat.version,
                existed: stat.createdRevision != result.revision)
            guard !waiter.isOver else { return withdraw(waiter) }
            guard !waiter.isFinished else { return }
            look(waiter)
            guard !waiter.isFinished, let claim = waiter.claim else { return }
            if waiter.hasTimedOut {
                waiter.isOver = true
                return withdraw(waiter)
            }
            queues[waiter.key, default: Queue()].waiters[claim.token, default: []].append(waiter)
        }
    }

    /// What has become of a waiter's claim by now.
    private func look(_ waiter: LockWaiter) {
        guard let claim = waiter.claim else { return }
        let (state, revision) = shard.reader.pin { view in
            (view.claimState(waiter.path, token: claim.token), view.revision)
        }
        switch state {
        case .waiting: break
        case .held: grant(waiter, at: revision)
        case .gone: finish(waiter, .state(.claimNotFound(waiter.path, token: claim.token)))
        }
    }

    private func grant(_ waiter: LockWaiter, at revision: Revision) {
        guard let claim = waiter.claim, end(waiter) else { return }
        waiter.reply(
            AcquireResponse(
                revision: revision.rawValue, token: claim.token, claimPath: claim.path, existed: claim.existed))
    }

    private func finish(_ waiter: LockWaiter, _ status: RPCStatus) {
        guard end(waiter) else { return }
        waiter.call.fail(status)
    }

    /// Forgets a waiter. False if that has been done already.
    @discardableResult
    private func end(_ waiter: LockWaiter) -> Bool {
        guard !waiter.isFinished else { return false }
        waiter.isFinished = true
        waiter.timeout?.cancel()
        waitingCount -= 1
        guard let claim = waiter.claim, var queue = queues.removeValue(forKey: waiter.key) else { return true }
        queue.waiters[claim.token]?.removeAll { $0 === waiter }
        if queue.waiters[claim.token]?.isEmpty == true { queue.waiters[claim.token] = nil }
        if !queue.waiters.isEmpty { queues[waiter.key] = queue }
        return true
    }

    // MARK: Giving up

    /// The client is not there any more. Its claim goes as soon as it is known.
    private func cancel(_ waiter: LockWaiter, _ reason: CancellationReason) {
        guard !waiter.isFinished, !waiter.isOver else { return }
        // It will come back for it.
        if reason == .connectionLost || reason == .shutdown, waiter.hasRequestID {
            end(waiter)
            return
        }
        waiter.isOver = true
        if waiter.claim != nil { withdraw(waiter) }
    }

    /// It has waited for as long as it wanted to. It is told so when its claim is gone.
    private func giveUp(_ waiter: LockWaiter) {
        guard !waiter.isFinished, !waiter.isOver else { return }
        waiter.hasTimedOut = true
        guard waiter.claim != nil else { return }
        waiter.isOver = true
        withdraw(waiter)
    }

    /// Takes the claim away, unless another call relies on it.
    private func withdraw(_ waiter: LockWaiter) {
        guard let claim = waiter.claim else { return }
        let request = WithdrawClaim(
            path: waiter.path, token: claim.token, version: claim.version, onlyWaiting: claim.existed)
        guard let bytes = try? request.encodedBytes() else {
            preconditionFailure("the path of a znode cannot be encoded")
        }
        // Done twice it is harmless: it may be sent again, as if it had a request id.
        shard.write(.withdraw, request: bytes, hasRequestID: true, principal: .anonymous, deadline: nil) {
            [weak self] answer in
            guard let self else { return }
            if case .applied(let outcome) = answer { return onWithdrawn(waiter, outcome) }
            // No leader, or no room. Nobody else would take the claim away while its session lives.
            shard.loop.assumeIsolated().scheduleTask(in: Self.withdrawalPause) { [weak self] in self?.withdraw(waiter) }
        }
    }

    private static let withdrawalPause = TimeAmount.milliseconds(200)

    private func onWithdrawn(_ waiter: LockWaiter, _ outcome: WriteOutcome) {
        var what = "the claim is taken back"
        if case .failure(let error) = outcome, error.reason != .claimNotFound {
            // It has come to hold the lock just before, and whoever made it, or this call, is to know.
            if error.reason == .lockHeld { return grant(waiter, at: shard.reader.pin { $0.revision }) }
            what = "the claim stays, for a later call of its owner relies on it, or somebody has changed it"
        }
        finish(
            waiter,
            .roost(
                .deadlineExceeded, reason: Reason.lockHeld.rawValue,
                "others held the lock for the whole of wait_ms; \(what)"))
    }

    // MARK: Turns

    /// Looks after the locks that have lost a claim.
    func deliver(_ batch: Batch) {
        guard !queues.isEmpty else { return }
        if batch.isDiscontinuous {
            // A snapshot has replaced the state: what happened in between stands there.
            for waiter in queues.values.flatMap(\.waiters.values).flatMap({ $0 }) where !waiter.isOver { look(waiter) }
            return
        }
        var seen: Set<[UInt8]> = []
        for event in batch.events where event.kind == .deleted {
            guard let path = event.parent else { continue }
            let key = Array(path.utf8)
            guard queues[key] != nil else { continue }
            // The claim itself may be one that is waited for: its session has ended, or somebody has deleted it.
            let token = LockClaim(event, of: path)?.token
            let own = token.flatMap { queues[key]?.waiters[$0] }
            for waiter in own ?? [] where !waiter.isOver { look(waiter) }
            if seen.insert(key).inserted { grantHolders(of: path, key) }
        }
    }

    private func grantHolders(of path: String, _ key: [UInt8]) {
        guard let queue = queues[key] else { return }
        var granted: [LockWaiter] = []
        let revision = shard.reader.pin { view in
            view.holders(path) { token in granted += queue.waiters[token] ?? [] }
            return view.revision
        }
        for waiter in granted where !waiter.isOver { grant(waiter, at: revision) }
    }
}

/// One call that waits for a lock.
final class LockWaiter {
    let path: String
    /// The path's bytes.
    let key: [UInt8]
    let hasRequestID: Bool
    let call: UnaryCall
    let reply: (AcquireResponse) -> Void
    /// Nil until the claim is in the queue.
    var claim: Claim?
    var timeout: Scheduled<Void>?
    var hasTimedOut = false
    /// The client has gone, or waits no longer: its claim is being taken back.
    var isOver = false
    /// It has its answer.
    var isFinished = false

    struct Claim {
        var path: String
        var token: UInt64
        /// As of this call.
        var version: UInt64
        var existed: Bool
    }

    init(path: String, hasRequestID: Bool, call: UnaryCall, reply: @escaping (AcquireResponse) -> Void) {
        self.path = path
        key = Array(path.utf8)
        self.hasRequestID = hasRequestID
        self.call = call
        self.reply = reply
    }
}
