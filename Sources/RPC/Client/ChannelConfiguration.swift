import CNghttp2
public import NIOCore

/// Limits and times of a channel.
public struct ChannelConfiguration: Sendable {
    /// The longest message in either direction, in bytes; a longer one is RESOURCE_EXHAUSTED. 4 MiB.
    public var messageBytesMax = 4 << 20
    /// The headers or trailers of one response, in bytes. 32 KiB.
    public var headerListBytesMax = 32 << 10
    /// How much the server may send on one stream before the caller takes it, in bytes. 1 MiB.
    public var streamWindowBytes = 1 << 20
    /// How much may be on its way on one connection, in bytes. 8 MiB.
    public var connectionWindowBytes = 8 << 20
    /// Received bytes that wait for the rest of their message or for a paused caller. 64 MiB.
    public var inboundBytesMax = 64 << 20
    /// A call with this many bytes queued is not writable until half of them have been sent. 256 KiB.
    public var streamSendBytesHigh = 256 << 10
    /// A call that queues more bytes than this fails with RESOURCE_EXHAUSTED. 8 MiB.
    public var streamSendBytesMax = 8 << 20
    /// Bytes that all calls of the connection may queue. 64 MiB.
    public var connectionSendBytesMax = 64 << 20
    /// Calls that may wait for a connection, or for the server's limit on concurrent streams; one more fails with
    /// RESOURCE_EXHAUSTED. 1,000.
    public var pendingCallsMax = 1_000
    /// Bytes that those calls may hold. 16 MiB.
    public var pendingBytesMax = 16 << 20
    public var connectTimeout: TimeAmount = .seconds(5)
    /// How long data may be on its way without being acknowledged before the connection is given up (TCP_USER_TIMEOUT,
    /// RFC 5482). Nil leaves that to the system, which tries for many minutes. Linux only.
    public var unacknowledgedTimeout: TimeAmount?
    /// Nil: plain text.
    public var tls: ClientTLS?
    /// From the TCP connection to the server's SETTINGS, TLS included.
    public var handshakeTimeout: TimeAmount = .seconds(5)
    /// A server from which nothing has come for so long, while calls are open, is asked with a PING whether it is still
    /// there. Nil, the default: never, since many servers take it amiss more often than every five minutes. One that
    /// finds it too often (`too_many_pings`) is asked half as often from then on.
    public var keepaliveInterval: TimeAmount?
    /// How long after that PING the connection is given up if nothing has come. 10 s.
    public var keepaliveTimeout: TimeAmount = .seconds(10)
    /// Whether the server is asked without calls too. False.
    public var keepaliveWithoutCalls = false
    /// When to try again by itself after an attempt failed or a connection was lost. Nil: never; the next call, or
    /// ``RPCChannel/connect()``, tries again.
    public var reconnect: Backoff? = Backoff()
    /// Shown with every call (RFC 6750), nil: none. Printable ASCII without spaces.
    public var bearerToken: String?
    /// Whether the server is told that answers may come compressed with gzip, in a header field of each request, which
    /// costs a call some percent. False: an answer is compressed only where the server is made to, too.
    public var acceptsCompression = false
    /// Sent as `user-agent`.
    public var userAgent = "grpc-swift-roost"
    /// What happens to the connection, on the channel's event loop.
    public var onEvent: (@Sendable (ConnectionEvent) -> Void)?

    /// Delays between attempts that grow from `initial` by `multiplier` up to `maximum`. The first attempt after a loss
    /// starts at once.
    public struct Backoff: Sendable {
        public var initial: Duration = .milliseconds(50)
        public var multiplier = 1.6
        public var maximum: Duration = .seconds(5)
        /// Each delay is drawn evenly from `1 - jitter` to `1 + jitter` times itself.
        public var jitter = 0.2

        public init() {}

        /// - Parameters:
        ///   - failures: How many attempts in a row have failed; at least 1.
        ///   - chance: Drawn evenly from 0 to 1.
        func delay(failures: Int, chance: Double = .random(in: 0...1)) -> TimeAmount {
            var seconds = Double(initial.nanoseconds) / 1e9
            let limit = Double(maximum.nanoseconds) / 1e9
            for _ in 1..<max(failures, 2) where failures > 1 && seconds < limit { seconds *= multiplier }
            seconds = min(seconds, limit) * (1 - jitter + 2 * jitter * chance)
            return .nanoseconds(Int64(max(seconds, 0) * 1e9))
        }
    }

    public init() {}

    var nativeLimits: rh2_limits {
        rh2_limits(
            concurrent_streams_max: 0,
            stream_window_bytes: UInt32(clamping: min(streamWindowBytes, Int(Int32.max))),
            connection_window_bytes: UInt32(clamping: min(connectionWindowBytes, Int(Int32.max))),
            header_list_bytes_max: UInt32(clamping: min(headerListBytesMax, Int(UInt16.max))),
            message_bytes_max: UInt32(clamping: messageBytesMax),
            inbound_bytes_max: UInt64(inboundBytesMax),
            stream_send_bytes_high: UInt64(streamSendBytesHigh),
            stream_send_bytes_max: UInt64(max(streamSendBytesMax, messageBytesMax + 5)),
            connection_send_bytes_max: UInt64(max(connectionSendBytesMax, messageBytesMax + 5)),
            gzip_bytes_min: .max,
            accepts_gzip: acceptsCompression,
            ping_interval_min: 0,
            pings_without_streams: true)
    }
}
