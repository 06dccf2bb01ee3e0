public import ByteString
import CNghttp2
public import NIOCore

/// Limits and times of a server. A limit is per connection unless it says otherwise, and is named in the error.
public struct ServerConfiguration: Sendable {
    /// The longest message in either direction, in bytes; a longer one is RESOURCE_EXHAUSTED. A message that comes
    /// compressed must keep to it before and after it is inflated. 4 MiB.
    public var messageBytesMax = 4 << 20
    /// Calls at the same time (SETTINGS_MAX_CONCURRENT_STREAMS). 1,000.
    public var concurrentStreamsMax = 1_000
    /// The headers of one request, in bytes, counted with 32 for each field (RFC 9113 section 6.5.2). 16 KiB.
    public var headerListBytesMax = 16 << 10
    /// How much a client may send on one stream before the handler takes it, in bytes. 1 MiB.
    public var streamWindowBytes = 1 << 20
    /// How much may be on its way to the server on one connection, in bytes. 8 MiB.
    public var connectionWindowBytes = 8 << 20
    /// Received bytes that wait for the rest of their message or for a paused handler. 32 MiB.
    public var inboundBytesMax = 32 << 20
    /// The same over all connections of one event loop. 256 MiB.
    public var loopInboundBytesMax = 256 << 20
    /// A stream whose handler has this many bytes queued is not writable until half of them have been sent. 256 KiB.
    public var streamSendBytesHigh = 256 << 10
    /// A stream that queues more bytes than this is ended with RESOURCE_EXHAUSTED. 8 MiB.
    public var streamSendBytesMax = 8 << 20
    /// Bytes that all streams of a connection may queue; above half of it none of them is writable. 64 MiB.
    public var connectionSendBytesMax = 64 << 20
    /// Bytes that all connections of one event loop may queue. One that would exceed it closes the connection that has
    /// queued most: clients that ask for much and read nothing pay for it, not those beside them. 256 MiB.
    public var loopSendBytesMax = 256 << 20
    /// Over all connections of the server. 10,000; one more is closed at once.
    public var connectionsMax = 10_000
    /// When addresses are kept out from which connections come that have to be ended for floods or broken frames. Nil:
    /// never, for a server behind something that passes connections on byte by byte and has only one address itself.
    public var quarantine: QuarantineLimits? = QuarantineLimits()
    /// From the TCP connection to the client's HTTP/2 SETTINGS, TLS included.
    public var handshakeTimeout: TimeAmount = .seconds(10)
    /// From the start of a header block to its end.
    public var headersTimeout: TimeAmount = .seconds(10)
    /// How long data may be on its way without being acknowledged before a connection is given up (TCP_USER_TIMEOUT,
    /// RFC 5482). Nil leaves that to the system, which tries for many minutes. Linux only.
    public var unacknowledgedTimeout: TimeAmount?
    /// Nil: plain text.
    public var tls: ServerTLS?
    /// How callers are told apart. By default all are anonymous.
    public var authentication = Authentication()
    /// A client from which nothing has come for so long is asked with a PING whether it is still there, with calls or
    /// without. Nil: never. 1 minute, so that a client that vanished does not keep its streams for longer.
    public var keepaliveInterval: TimeAmount? = .minutes(1)
    /// How long after that PING a connection is closed if nothing has come. 20 s.
    public var keepaliveTimeout: TimeAmount = .seconds(20)
    /// A client that sends PINGs more often than this is sent away with ENHANCE_YOUR_CALM and `too_many_pings`, as
    /// gRPC's clients understand it; two are overlooked, and those that follow a message or a request. Zero: any may
    /// come, but for floods. 5 s, half of what gRPC's libraries send at most unless they are told otherwise.
    public var clientPingIntervalMin: TimeAmount = .seconds(5)
    /// Whether a client may keep to that interval while it has no calls. If not, two hours hold then. True.
    public var permitsPingsWithoutCalls = true
    /// How old a connection may become, 10 % more or less, before it is ended with GOAWAY in two steps, so that
    /// clients come back through whatever balances them. Nil, the default: as old as it likes.
    public var connectionAgeMax: TimeAmount?
    /// How long the calls of a connection that is ended for its age may go on. 1 minute.
    public var connectionAgeGrace: TimeAmount = .minutes(1)
    /// How long a connection may be without calls before it is ended in the same way. Nil, the default: for ever.
    public var connectionIdleMax: TimeAmount?
    /// The backlog of the listening socket.
    public var backlog: Int32 = 1_024
    /// Which answers are compressed for clients that accept it. A handler may choose otherwise for its call. None.
    public var compression = Compression.none
    /// Whether requests may come compressed with gzip; if not, such a call is UNIMPLEMENTED. Inflating costs a sender
    /// little and the server up to a millisecond for each 300 KiB that come out. True.
    public var acceptsCompression = true
    /// See every call, in this order. None.
    public var interceptors: [any ServerInterceptor] = []
    /// What goes into `grpc-status-details-bin` of the errors that the server answers with by itself: an encoded
    /// `google.rpc.Status`, or nil. By default there is none.
    public var refusalDetails: (@Sendable (Refusal, RPCStatus) -> Bytes?)?
    /// Called on the event loop with a new connection's peer; false closes it before anything is read.
    public var acceptFilter: (@Sendable (SocketAddress) -> Bool)?

    public init() {}

    /// A quarter of the shortest time that connections are looked at for, from 10 ms to 500 ms.
    var tickInterval: TimeAmount {
        let times = [handshakeTimeout, headersTimeout, keepaliveTimeout, connectionAgeGrace]
        let optional = [keepaliveInterval, connectionAgeMax, connectionIdleMax].compactMap { $0 }
        let shortest = (times + optional).map(\.nanoseconds).min() ?? 0
        return .nanoseconds(min(max(shortest / 4, 10_000_000), 500_000_000))
    }

    var nativeLimits: rh2_limits {
        rh2_limits(
            concurrent_streams_max: UInt32(clamping: concurrentStreamsMax),
            stream_window_bytes: UInt32(clamping: min(streamWindowBytes, Int(Int32.max))),
            connection_window_bytes: UInt32(clamping: min(connectionWindowBytes, Int(Int32.max))),
            header_list_bytes_max: UInt32(clamping: min(headerListBytesMax, Int(UInt16.max))),
            message_bytes_max: UInt32(clamping: messageBytesMax),
            inbound_bytes_max: UInt64(inboundBytesMax),
            stream_send_bytes_high: UInt64(streamSendBytesHigh),
            // One message must always find room in an empty queue.
            stream_send_bytes_max: UInt64(max(streamSendBytesMax, messageBytesMax + 5)),
            connection_send_bytes_max: UInt64(max(connectionSendBytesMax, messageBytesMax + 5)),
            gzip_bytes_min: compression.gzipBytesMin,
            accepts_gzip: acceptsCompression,
            ping_interval_min: max(clientPingIntervalMin.nanoseconds, 0),
            pings_without_streams: permitsPingsWithoutCalls)
    }
}
