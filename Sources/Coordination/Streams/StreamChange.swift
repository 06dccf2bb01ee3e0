/// What a stream of `Coordinator.Connect` does to the state.
public enum StreamChange: Hashable, Sendable {
    /// A stream goes on with a session: none before it can have an effect from here on.
    case attach(SessionID, secret: SessionSecret)
    case write(StreamBatch)
}

/// Consecutive writes of a stream. Each is carried out by itself, and has an outcome of its own; all have one revision.
public struct StreamBatch: Hashable, Sendable {
    public var session: SessionID
    public var stream: StreamID
    /// The operation of the stream before these that was a write; 0 if there was none. They are carried out only if
    /// that is the last one that was.
    public var after: UInt64
    /// The last one of these.
    public var last: UInt64
    public var commands: [Command]

    public init(session: SessionID, stream: StreamID, after: UInt64, last: UInt64, commands: [Command]) {
        self.session = session
        self.stream = stream
        self.after = after
        self.last = last
        self.commands = commands
    }
}

/// Names one of the streams that a session has had: the revision that attached it, or opened the session.
public struct StreamID: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public var description: String { "\(rawValue)" }
}

/// A stream goes on with a session.
public struct StreamAttachment: Hashable, Sendable {
    public var session: SessionID
    public var stream: StreamID
}

/// How far a session's streams have come.
public struct StreamProgress: Hashable, Sendable {
    /// The last one that has written.
    public var stream = StreamID(0)
    /// The last of its operations that took effect as a write; 0 if no stream has written.
    public var operation: UInt64 = 0

    public init() {}

    public init(stream: StreamID, operation: UInt64) {
        self.stream = stream
        self.operation = operation
    }
}
