/// How a ``LoadBalancedChannel`` finds and uses its servers.
public struct LoadBalancingConfiguration: Sendable {
    /// Which of the addresses that are connected gets a call.
    public var policy = Policy.pickFirst
    /// What holds for each connection. `connectTimeout` and `reconnect` hold for each address by itself; without
    /// `reconnect`, its defaults do. `pendingCallsMax` and `pendingBytesMax` bound what waits for a connection, and the
    /// latter also what is kept to be sent again.
    /// `onEvent` is told what happens to all connections.
    public var channel = ChannelConfiguration()
    /// How names become addresses.
    public var resolver: any NameResolver = SystemResolver()
    /// A name is looked up again when a connection is lost or none can be made, but not more often than this. 30 s.
    public var lookupIntervalMin: Duration = .seconds(30)
    /// When to look a name up again that has no address.
    public var lookupBackoff: ChannelConfiguration.Backoff
    /// How long an address may take before the next one is tried beside it (RFC 8305, "Connection Attempt Delay"). Also
    /// how long the first connection waits for names that are not looked up yet, if others are. 250 ms.
    public var stagger: Duration = .milliseconds(250)
    /// When calls that do not say it themselves are made again. By default never.
    public var retry = RetryPolicies()
    /// Holds retries back while most calls fail. Nil: no such limit.
    public var retryThrottle: RetryThrottle.Limits? = RetryThrottle.Limits()
    /// Told of every change, on the channel's event loop.
    public var onConnectivity: (@Sendable (ConnectivityState) -> Void)?

    public enum Policy: Sendable, Hashable {
        /// One connection, to the first address in the order given that takes it. It is kept while it lasts.
        case pickFirst
        /// A connection to every address; calls go to those that are ready in turn.
        case roundRobin
    }

    public init() {
        lookupBackoff = ChannelConfiguration.Backoff()
        lookupBackoff.initial = .seconds(1)
        lookupBackoff.maximum = .seconds(30)
    }

    var backoff: ChannelConfiguration.Backoff { channel.reconnect ?? ChannelConfiguration.Backoff() }
}
