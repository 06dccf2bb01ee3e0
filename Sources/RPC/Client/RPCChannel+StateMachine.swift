/// The life of a channel, without sockets and timers.
///
/// ```
///           +---------------------------+
///           v                           |
/// idle -> connecting -> ready -> (lost) +
///           ^     |                     |
///           |     v (failed)            v
///           +-- backingOff            idle, where nothing reconnects by itself
/// ```
/// `shutDown` is reached from everywhere and never left.
struct ChannelState {
    private(set) var phase = Phase.idle
    /// Attempts that failed in a row, or connections that were lost at once.
    private(set) var failures = 0
    private let reconnects: Bool

    enum Phase: Equatable {
        case idle
        case connecting
        case ready(since: Int64)
        case backingOff
        case shutDown
    }

    init(reconnects: Bool) {
        self.reconnects = reconnects
    }

    /// A connection that lived shorter than this (nanoseconds) counts as a failed attempt: a server that takes
    /// connections only to drop them must not be called in a loop.
    static let shortLife: Int64 = 1_000_000_000

    enum OnConnect: Equatable {
        case startAttempt
        case none
    }

    /// The owner wants a connection now.
    mutating func onConnect() -> OnConnect {
        switch phase {
        case .idle, .backingOff:
            phase = .connecting
            return .startAttempt
        case .connecting, .ready, .shutDown:
            return .none
        }
    }

    enum OnCall: Equatable {
        case send
        case queue
        case connectAndQueue
        /// There is no connection, and the call does not want to wait for one.
        case failUnavailable
        case failShutDown
    }

    mutating func onCall(waitsForReady: Bool) -> OnCall {
        switch phase {
        case .ready:
            return .send
        case .connecting:
            return .queue
        case .idle:
            phase = .connecting
            return .connectAndQueue
        case .backingOff:
            return waitsForReady ? .queue : .failUnavailable
        case .shutDown:
            return .failShutDown
        }
    }

    /// False if the connection is not wanted any more.
    mutating func onReady(now: Int64) -> Bool {
        guard phase == .connecting else { return false }
        phase = .ready(since: now)
        return true
    }

    enum OnLoss: Equatable {
        case startAttempt
        /// Try again after a delay that grows with `failures`.
        case backOff(failures: Int)
        case becomeIdle
        case none
    }

    mutating func onAttemptFailed() -> OnLoss {
        guard phase == .connecting else { return .none }
        failures += 1
        phase = reconnects ? .backingOff : .idle
        return reconnects ? .backOff(failures: failures) : .becomeIdle
    }

    /// The connection that was ready takes no more calls.
    mutating func onConnectionGone(now: Int64) -> OnLoss {
        guard case .ready(let since) = phase else { return .none }
        let livedShortly = now - since < ChannelState.shortLife
        failures = livedShortly ? failures + 1 : 0
        guard reconnects else {
            phase = .idle
            return .becomeIdle
        }
        // The first attempt after a loss is made at once: whether it is refused tells whether the process has died.
        if failures <= 1 {
            phase = .connecting
            return .startAttempt
        }
        phase = .backingOff
        return .backOff(failures: failures - 1)
    }

    enum OnBackoffOver: Equatable {
        case startAttempt
        case none
    }

    mutating func onBackoffOver() -> OnBackoffOver {
        guard phase == .backingOff else { return .none }
        phase = .connecting
        return .startAttempt
    }

    mutating func onShutdown() {
        phase = .shutDown
    }
}
