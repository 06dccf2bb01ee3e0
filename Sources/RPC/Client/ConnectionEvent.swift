public import NIOCore

/// What happens to a channel's connection: evidence for a failure detector.
///
/// Each attempt gives `connecting` and then either `connected` or `connectFailed`; each `connected` is followed by one
/// `closed`, with `draining` between them if the server announced it.
public enum ConnectionEvent: Sendable, Hashable {
    case connecting
    /// TCP is established and the server's SETTINGS have arrived. With the server's address.
    case connected(SocketAddress?)
    case connectFailed(ConnectFailure)
    /// The server announced with GOAWAY that it will close this connection. Calls in flight go on; a channel that
    /// reconnects does so now.
    case draining
    case closed(CloseReason)

    /// Why an attempt failed.
    public enum ConnectFailure: Sendable, Hashable {
        /// Nobody listens at the address (ECONNREFUSED): the host is up and the process is not.
        case refused
        /// No answer within `connectTimeout`, or the system's own limit.
        case timedOut
        /// No route, a name that is not known, or another error of the system.
        case unreachable(String)
        /// TCP was established, but no HTTP/2 SETTINGS came within `handshakeTimeout`, or the connection ended before.
        case handshakeFailed(String)
        /// This side shut the channel down.
        case abandoned
    }

    /// Why a connection ended.
    public enum CloseReason: Sendable, Hashable {
        /// Unannounced: reset, end of file without a GOAWAY, or another error of the socket.
        case lost(String)
        /// After the server's GOAWAY.
        case afterGoAway
        /// By this side.
        case local
    }
}

extension ConnectionEvent.ConnectFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused: "connection refused"
        case .timedOut: "connecting timed out"
        case .unreachable(let why): why
        case .handshakeFailed(let why): "no HTTP/2 connection: \(why)"
        case .abandoned: "the channel was shut down"
        }
    }
}
