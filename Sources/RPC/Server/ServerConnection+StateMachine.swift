/// The life of a connection as the server sees it, without the connection.
///
/// ```
/// handshaking -> open -> noticed -> draining -> closed
/// ```
/// `noticed`: the first GOAWAY is out, with the highest stream id, so that requests on their way are still served
/// (RFC 9113 section 6.8). A PING behind it comes back when the client has seen it; then the second GOAWAY names the
/// last stream. A shutdown of the server begins that, and so do a connection's age and its idleness.
struct ServerConnectionState {
    private(set) var phase: Phase
    private let times: Times
    private let beganAt: Int64
    private var keepalive: Keepalive
    private var idleSince: Int64
    private var lastStream: Int32 = 0

    /// How long what may take. In nanoseconds, `Int64.max` for as long as it likes.
    struct Times {
        var handshake: Int64
        var headers: Int64
        var age = Int64.max
        var ageGrace = Int64.max
        var idle = Int64.max
        var keepalive = Keepalive.never
    }

    /// What has gone on since the last tick.
    struct Traffic {
        /// When bytes came last.
        var lastReceived: Int64
        var openStreams: Int
        /// The highest id of a stream so far.
        var lastStream: Int32
        /// When the header block began that has not ended, 0 for none.
        var stalledSince: Int64 = 0
    }

    enum Phase: Equatable {
        case handshaking
        case open
        case noticed(since: Int64, graceEnd: Int64)
        case draining(graceEnd: Int64)
        case closed
    }

    /// Times are monotonic nanoseconds.
    init(now: Int64, times: Times) {
        phase = .handshaking
        self.times = times
        beganAt = now
        keepalive = times.keepalive
        idleSince = now
    }

    /// How long the client may take to acknowledge the PING behind the first GOAWAY.
    static let noticeTimeout: Int64 = 1_000_000_000

    /// The client's SETTINGS have come.
    mutating func onSettings() {
        if phase == .handshaking { phase = .open }
    }

    /// Whether the client has been told to go away.
    var isShuttingDown: Bool {
        switch phase {
        case .noticed, .draining: true
        case .handshaking, .open, .closed: false
        }
    }

    enum OnShutdown: Equatable {
        /// Nothing is known of the client yet, or the connection is closed.
        case close
        case sendNoticeAndPing
        /// A shutdown is under way; only its grace may have become shorter.
        case none
    }

    mutating func onShutdown(now: Int64, grace: Int64) -> OnShutdown {
        let graceEnd = ServerConnectionState.end(of: grace, from: now)
        switch phase {
        case .handshaking, .closed:
            phase = .closed
            return .close
        case .open:
            phase = .noticed(since: now, graceEnd: graceEnd)
            return .sendNoticeAndPing
        case .noticed(let since, let previous):
            phase = .noticed(since: since, graceEnd: min(previous, graceEnd))
            return .none
        case .draining(let previous):
            phase = .draining(graceEnd: min(previous, graceEnd))
            return .none
        }
    }

    enum OnPingAck: Equatable {
        case sendGoAway
        case none
    }

    mutating func onPingAck() -> OnPingAck {
        guard case .noticed(_, let graceEnd) = phase else { return .none }
        phase = .draining(graceEnd: graceEnd)
        return .sendGoAway
    }

    enum OnTick: Equatable {
        case none
        case sendGoAway
        /// The connection is too old, or idle.
        case sendNoticeAndPing
        /// The client has been silent for too long: is it still there?
        case sendPing
        /// It is not.
        case closeDead
        /// The client took too long to say anything, or to end a header block.
        case closeSlow
        /// The grace period is over.
        case closeNow
    }

    mutating func onTick(now: Int64, _ traffic: Traffic) -> OnTick {
        if phase != .closed, traffic.stalledSince != 0, now - traffic.stalledSince >= times.headers {
            phase = .closed
            return .closeSlow
        }
        switch phase {
        case .handshaking where now - beganAt >= times.handshake:
            phase = .closed
            return .closeSlow
        case .open where isTooOld(now) || isTooIdle(now, traffic):
            phase = .noticed(since: now, graceEnd: ServerConnectionState.end(of: times.ageGrace, from: now))
            return .sendNoticeAndPing
        case .noticed(_, let graceEnd) where now >= graceEnd, .draining(let graceEnd) where now >= graceEnd:
            phase = .closed
            return .closeNow
        case .noticed(let since, let graceEnd) where now - since >= ServerConnectionState.noticeTimeout:
            phase = .draining(graceEnd: graceEnd)
            return .sendGoAway
        case .open, .noticed, .draining:
            return lookAfterClient(now, traffic)
        case .handshaking, .closed:
            return .none
        }
    }

    private mutating func lookAfterClient(_ now: Int64, _ traffic: Traffic) -> OnTick {
        switch keepalive.onTick(now: now, lastReceived: traffic.lastReceived, asks: true) {
        case .none:
            return .none
        case .sendPing:
            return .sendPing
        case .giveUp:
            phase = .closed
            return .closeDead
        }
    }

    private func isTooOld(_ now: Int64) -> Bool {
        now - beganAt >= times.age
    }

    /// Short calls begin and end between two ticks; they show by the number of the last stream.
    private mutating func isTooIdle(_ now: Int64, _ traffic: Traffic) -> Bool {
        if traffic.openStreams > 0 || traffic.lastStream != lastStream {
            lastStream = traffic.lastStream
            idleSince = now
            return false
        }
        return now - idleSince >= times.idle
    }

    private static func end(of grace: Int64, from now: Int64) -> Int64 {
        let end = now.addingReportingOverflow(grace)
        return end.overflow ? .max : end.partialValue
    }

    mutating func onClosed() {
        phase = .closed
    }
}
