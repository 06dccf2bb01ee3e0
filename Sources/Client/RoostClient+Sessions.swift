import ByteString
public import Messages
import NIOConcurrencyHelpers
import RPC
import Stubs

/// A session that a client holds.
public struct HeldSession: Sendable {
    /// Names the session, for ephemeral znodes.
    public let id: UInt64
    /// How long it lives without a keep-alive.
    public let timeout: Duration
    let secret: Bytes
    let promise: Promise

    /// Until then the session surely lives, as far as this machine's clock runs right: the timeout after the last
    /// answered keep-alive was sent. Whoever acts on what it holds by the session looks here first.
    public var promisedUntil: ContinuousClock.Instant { promise.end }
}

/// The session has ended, or nobody has answered for so long that it may have.
public struct SessionLost: Error, Sendable, CustomStringConvertible {
    public let description: String
}

extension RoostClient {
    /// Opens a session, keeps it alive through whichever member answers while `body` works, and closes it.
    ///
    /// - Parameters:
    ///   - timeout: how long the session lives without a keep-alive: 100 ms to an hour.
    ///   - name: for people.
    /// - Throws: what `body` throws; ``SessionLost`` if the session ended meanwhile, or may have: `body` is cancelled
    ///   then.
    public func withSession<Result: Sendable>(
        timeout: Duration = .seconds(10), name: String = "",
        _ body: @escaping @Sendable (HeldSession) async throws -> Result
    ) async throws -> Result {
        var request = OpenSessionRequest()
        request.timeoutMs = UInt32(clamping: timeout.milliseconds)
        request.name = name
        request.requestID = nextID()
        let sent = ContinuousClock.now
        let opened = try await call(Sessions.Methods.open, request)
        let inEffect = Duration.milliseconds(Int(opened.timeoutMs))
        let session = HeldSession(
            id: opened.sessionID, timeout: inEffect, secret: opened.secret, promise: Promise(until: sent + inEffect))
        do {
            let result = try await withThrowingTaskGroup(of: Result.self) { group in
                group.addTask { try await self.keepAlive(session) }
                group.addTask { try await body(session) }
                group.addTask { try await self.outlast(session) }
                defer { group.cancelAll() }
                guard let result = try await group.next() else { preconditionFailure("three tasks were added") }
                return result
            }
            await end(session)
            return result
        } catch {
            if !(error is SessionLost) { await end(session) }
            throw error
        }
    }

    /// Never returns: throws when nobody has answered for so long that the session may have ended.
    private func outlast<Result>(_ session: HeldSession) async throws -> Result {
        while ContinuousClock.now < session.promisedUntil {
            try await Task.sleep(until: session.promisedUntil, clock: .continuous)
        }
        throw SessionLost(description: "no member has answered for \(session.timeout): the session may have ended")
    }

    /// Closes the session, also for a task that is cancelled; if that fails the session ends by itself.
    private func end(_ session: HeldSession) async {
        await Task { try? await self.close(session) }.value
    }

    /// Ends a session and its ephemeral znodes with it.
    private func close(_ session: HeldSession) async throws {
        var request = CloseSessionRequest()
        request.sessionID = session.id
        request.secret = session.secret
        _ = try await call(Sessions.Methods.close, request)
    }

    /// Tells about all sessions that live, page after page.
    public func listSessions(_ body: (ListSessionsResponse) async throws -> Void) async throws {
        try await stream(Sessions.Methods.list, ListSessionsRequest(), body)
    }

    // MARK: Keeping alive

    /// Never returns: throws when the session has ended, or may have.
    private func keepAlive<Result>(_ session: HeldSession) async throws -> Result {
        while true {
            do {
                try await beat(session)
            } catch let failure as RPCFailure where ["SESSION_ENDED", "SESSION_NOT_FOUND"].contains(failure.reason) {
                throw SessionLost(description: failure.status.message)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // Nobody has told the channel that its member does not answer.
                if error is Unanswered { channel.moveOn() }
                try await Task.sleep(for: options.retryDelay)
            }
        }
    }

    /// Keeps the session alive through one member for as long as that answers.
    private func beat(_ session: HeldSession) async throws {
        let promise = session.promise
        let call = channel.bidirectional(Sessions.Methods.keepAlive, options: once)
        defer { call.cancel() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var request = KeepAliveRequest()
                request.sessionID = session.id
                request.secret = session.secret
                while true {
                    promise.sent()
                    try await call.requests.write(request)
                    try await Task.sleep(for: session.timeout / 3)
                    // Two thirds of the timeout are left for others.
                    if promise.isOwed { throw Unanswered() }
                }
            }
            group.addTask {
                for try await _ in call.responses { promise.answered(timeout: session.timeout) }
                throw RPCFailure(RPCStatus(.unavailable, "a member ended the stream"))
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

/// A member has not answered a keep-alive for a third of the session's timeout.
private struct Unanswered: Error {}

/// Until when a session is promised to live.
final class Promise: Sendable {
    private struct State {
        var end: ContinuousClock.Instant
        /// When the keep-alive was sent that was not answered yet; nil if all were.
        var sent: ContinuousClock.Instant?
    }

    private let state: NIOLockedValueBox<State>

    init(until end: ContinuousClock.Instant) { state = NIOLockedValueBox(State(end: end)) }

    var end: ContinuousClock.Instant { state.withLockedValue { $0.end } }
    var isOwed: Bool { state.withLockedValue { $0.sent != nil } }

    func sent() { state.withLockedValue { $0.sent = .now } }

    func answered(timeout: Duration) {
        state.withLockedValue { state in
            guard let sent = state.sent else { return }
            state.end = max(state.end, sent + timeout)
            state.sent = nil
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
