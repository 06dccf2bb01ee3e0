import ByteString
import Consensus
import Coordination
import Driver
import Messages
import Replica

// Locks: guests queue for them, and while they hold one, or believe so, they write under its token. So a guest that was
// silent for longer than its session lives comes back and writes what must be refused.

extension GuestRequest {
    /// What a guest asks of a lock.
    enum LockStep: Hashable {
        /// Each with an owner of its own, so that it is seen how often it was made.
        case acquire(number: UInt64, isShared: Bool, isTry: Bool)
        /// Whether the claim's turn has come, as the member sees it.
        case look(token: UInt64)
        case release(token: UInt64)
        /// Creates a znode whose path tells the token.
        case write(token: UInt64, number: UInt64, isCompared: Bool)
    }
}

extension Guest {
    /// A claim as its owner knows it.
    struct Claim {
        var lock: Int
        var token: UInt64
        var isHeld = false
    }
}

extension Simulation {
    static let lockCount = 2

    static func lockPath(_ lock: Int) -> String { "/locks/\(lock)" }

    /// Znodes that are created under a lock's token.
    static func guardedPath(_ lock: Int, token: UInt64, number: UInt64) -> String { "/g\(lock)-\(token)-\(number)" }

    /// Whether clients' own requests do not concern it.
    static func isAboutLocks(_ path: String) -> Bool { path.hasPrefix("/locks") || path.hasPrefix("/g") }

    // MARK: What guests do

    /// What a guest does about its lock next; nil if nothing.
    func drawLockStep(_ guest: Guest) -> GuestRequest.What? {
        guard let claim = guest.claim else {
            guard guest.random.chance(perMille: 150) else { return nil }
            lastEphemeral += 2
            let acquire = GuestRequest.LockStep.acquire(
                number: lastEphemeral - 1, isShared: guest.random.chance(perMille: 300),
                isTry: guest.random.chance(perMille: 200))
            return .lock(guest.random.below(Self.lockCount), acquire)
        }
        if guest.random.chance(perMille: 100) { return .lock(claim.lock, .release(token: claim.token)) }
        guard guest.random.chance(perMille: 500) else { return nil }
        if !claim.isHeld { return .lock(claim.lock, .look(token: claim.token)) }
        return .lock(claim.lock, drawWrite(guest, under: claim))
    }

    func drawWrite(_ guest: Guest, under claim: Guest.Claim) -> GuestRequest.LockStep {
        lastEphemeral += 2
        return .write(
            token: claim.token, number: lastEphemeral - 1, isCompared: guest.random.chance(perMille: 500))
    }

    func learn(_ reply: GuestReply, of lock: Int, _ step: GuestRequest.LockStep, _ guest: Guest) throws(Violation) {
        guest.attempt = 0
        guest.what = nil
        switch (step, reply) {
        case (.acquire, .claimed(let token)):
            guest.claim = Guest.Claim(lock: lock, token: token)
            if let session = guest.session { lockBook.claims.append((token, session)) }
            statistics[.claims] += 1
        case (.look, .claim(.held, let revision)):
            guest.claim?.isHeld = true
            if let claim = guest.claim { lockBook.held.append((claim.lock, claim.token, revision.rawValue)) }
            statistics[.locksHeld] += 1
        case (.look(let token), .claim(.waiting, let revision)):
            lockBook.waiting.append((lock, token, revision.rawValue))
        case (.look(let token), .claim(.gone, let revision)):
            lockBook.gone.append((lock, token, revision.rawValue))
            guest.claim = nil
        case (.release, _):
            guest.claim = nil
        case (.write(let token, let number, _), .done(let revision)):
            lockBook.written.append((Self.guardedPath(lock, token: token, number: number), revision.rawValue))
        case (.write(let token, _, _), .fenced(let revision)):
            lockBook.fenced.append((lock, token, revision.rawValue))
            statistics[.fencedWrites] += 1
            guest.claim = nil
        default:
            break
        }
        wake(guest, after: guest.pause)
    }

    // MARK: What stands for the server

    /// Whether the claim's turn has come is seen in the state as published, as the server does after each batch.
    func look(_ request: GuestRequest, _ lock: Int, token: UInt64, at member: Member, _ process: Process) {
        let (state, revision) = process.read { view in
            (view.claimState(Self.lockPath(lock), token: token), view.revision)
        }
        // A claim that is not there may be one that this member has not heard of yet.
        guard revision.rawValue >= token else { return reply(.failed, to: request, from: member) }
        reply(.claim(state, revision), to: request, from: member)
    }

    static func encoded(
        _ step: GuestRequest.LockStep, of lock: Int, _ request: GuestRequest
    ) throws -> (CommandKind, Bytes, hasRequestID: Bool) {
        let path = lockPath(lock)
        switch step {
        case .acquire(let number, let isShared, let isTry):
            var acquire = AcquireRequest(
                path: path, sessionID: request.session.rawValue, owner: "\(number)",
                mode: isShared ? .shared : .exclusive)
            if isTry { acquire.waitMs = 0 }
            acquire.requestID = lockID(number, of: request)
            return (.acquire, try acquire.encodedBytes(), true)
        case .release(let token):
            return (.release, try ReleaseRequest(path: path, token: token).encodedBytes(), false)
        case .write(let token, let number, let isCompared):
            let path = guardedPath(lock, token: token, number: number)
            var create = CreateRequest(path: path, data: bytes(of: number))
            guard isCompared else {
                create.fence = Messages.Fence(path: lockPath(lock), token: token)
                create.requestID = lockID(number, of: request)
                return (.createSpecial, try create.encodedBytes(), true)
            }
            let transaction = TransactRequest(
                comparisons: [Messages.Comparison(path: lockPath(lock), what: .token(token))],
                then: [Messages.Operation(what: .create(create))], requestID: lockID(number, of: request))
            return (.transact, try transaction.encodedBytes(), true)
        case .look:
            preconditionFailure("a look is no write")
        }
    }

    private static func lockID(_ number: UInt64, of request: GuestRequest) -> RequestId {
        RequestId(clientID: "guest-\(request.guest)-locks", sequence: number)
    }

    /// Data that name a write, as those of clients do.
    static func bytes(of number: UInt64) -> Bytes {
        Bytes((0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) })
    }

    /// What the outcome of a step means to the guest; nil if it must not be.
    ///
    /// - Parameter revision: that the member has come to.
    static func reply(
        to step: GuestRequest.LockStep, _ outcome: WriteOutcome, at revision: Revision
    ) -> GuestReply? {
        switch (step, outcome) {
        case (.acquire, .success(let result)): result.stat.map { .claimed($0.createdRevision.rawValue) }
        case (.write, .success(let result)) where result.transaction?.failedComparison != nil:
            .fenced(revision)
        case (_, .success(let result)): .done(result.revision)
        case (.write, .failure(let error)) where error.reason == .fenced: .fenced(revision)
        case (.acquire(_, _, isTry: true), .failure(let error)) where error.reason == .lockHeld: .done(.zero)
        case (.release, .failure(let error)) where error.reason == .claimNotFound: .done(.zero)
        default: nil
        }
    }
}
