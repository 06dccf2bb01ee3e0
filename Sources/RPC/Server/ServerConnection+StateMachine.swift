/// The life of a connection as the server sees it, without the connection.
///
/// ```
/// handshaking -> open -> noticed -> draining -> closed
/// ```
/// `noticed`: the first GOAWAY is out, with the highest stream id, so that requests on their way are still served
/// (RFC 9113 section 6.8). A PING behind it comes back when the client has seen it; then the second GOAWAY names the
/// last stream.
struct ServerConnectionState {
    private(set) var phase: Phase
    private let handshakeDeadline: Int64
    private let headersTimeout: Int64

    enum Phase: Equatable {
        case handshaking
        case open
        case noticed(since: Int64, graceEnd: Int64)
        case draining(graceEnd: Int64)
        case closed
    }

    /// Times are monotonic nanoseconds.
    init(now: Int64, handshakeTimeout: Int64, headersTimeout: Int64) {
        phase = .handshaking
        handshakeDeadline = now + handshakeTimeout
        self.headersTimeout = headersTimeout
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
        let graceEnd = now.addingReportingOverflow(grace).overflow ? Int64.max : now + grace
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
        /// The client took too long to say anything, or to end a header block.
        case closeSlow
        /// The grace period is over.
        case closeNow
    }

    /// - Parameter stalledSince: when the header block began that has not ended, 0 for none.
    mutating func onTick(now: Int64, stalledSince: Int64) -> OnTick {
        if phase != .closed, stalledSince != 0, now - stalledSince >= headersTimeout {
            phase = .closed
            return .closeSlow
        }
        switch phase {
        case .handshaking where now >= handshakeDeadline:
            phase = .closed
            return .closeSlow
        case .noticed(_, let graceEnd) where now >= graceEnd, .draining(let graceEnd) where now >= graceEnd:
            phase = .closed
            return .closeNow
        case .noticed(let since, let graceEnd) where now - since >= ServerConnectionState.noticeTimeout:
            phase = .draining(graceEnd: graceEnd)
            return .sendGoAway
        default:
            return .none
        }
    }

    mutating func onClosed() {
        phase = .closed
    }
}
