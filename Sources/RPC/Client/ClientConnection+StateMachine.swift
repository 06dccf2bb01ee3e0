/// The life of a connection as the client sees it, without the connection.
struct ClientConnectionState {
    private(set) var phase = Phase.connecting
    private var sawGoAway = false
    private var isLocal = false
    /// Whether the connection takes no more calls and ends with the last one it has.
    private(set) var isLeaving = false

    enum Phase: Equatable {
        case connecting
        /// TCP is there, SETTINGS are not.
        case handshaking
        case ready
        /// Open for the calls that it has.
        case draining
        case closed
    }

    /// TCP is established. False if it is not wanted any more.
    mutating func onActive() -> Bool {
        guard phase == .connecting else { return false }
        phase = .handshaking
        return !isLocal
    }

    /// The server's SETTINGS have come. True if the connection is ready now.
    mutating func onSettings() -> Bool {
        guard phase == .handshaking else { return false }
        phase = .ready
        return true
    }

    /// The server's GOAWAY. True if it is the first of a connection that was ready.
    mutating func onGoAway() -> Bool {
        sawGoAway = true
        isLeaving = true
        guard phase == .ready else { return false }
        phase = .draining
        return true
    }

    /// The channel gives the connection no more calls.
    mutating func onLeaving() {
        isLeaving = true
        if phase == .ready { phase = .draining }
    }

    mutating func onLocalClose() {
        isLocal = true
        onLeaving()
    }

    enum OnClosed: Equatable {
        case tellFailed
        case tellLost
        case tellAfterGoAway
        case tellLocal
        case none
    }

    mutating func onClosed() -> OnClosed {
        let previous = phase
        phase = .closed
        switch previous {
        case .closed:
            return .none
        case .connecting:
            // The attempt itself tells why it failed.
            return .none
        case .handshaking:
            return .tellFailed
        case .ready, .draining:
            return isLocal ? .tellLocal : sawGoAway ? .tellAfterGoAway : .tellLost
        }
    }
}
