/// How a channel stands to its servers (grpc/grpc `doc/connectivity-semantics-and-api.md`).
public enum ConnectivityState: Sendable, Hashable {
    /// Nothing is connected, and nothing is wanted.
    case idle
    /// A connection is on its way; calls wait for it.
    case connecting
    /// Calls are sent at once.
    case ready
    /// Every address was tried in vain. They are tried again, and calls fail meanwhile, unless they wait for a
    /// connection.
    case transientFailure
    case shutDown
}
