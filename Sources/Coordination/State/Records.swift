import ByteString

/// How much of the past is kept. Part of the replicated state, never of a member's configuration, so that all members
/// forget the same things at the same revision.
struct Retention: Equatable {
    /// The change history: at most this many bytes, each change counted with ``HistoryRecord/overheadBytes`` more.
    var historyBytesMax: UInt64 = 64 << 20
    /// At most this many changes.
    var historyEventsMax: UInt64 = 1_000_000
    /// At least this many of a client's last outcomes.
    var outcomesPerClient: UInt64 = 1_024
    /// The outcomes of at most this many clients.
    var clientsMax: UInt64 = 100_000
    /// Outcomes are kept for this long, in nanoseconds of log time.
    var outcomeAge: UInt64 = 600_000_000_000
    // Since format level 2:
    /// At most this many sessions live.
    var sessionsMax: UInt64 = 100_000
    /// The ends of at most this many sessions are told.
    var endedSessionsMax: UInt64 = 10_000
    /// At most this many ephemeral znodes live as long as one session.
    var ephemeralsPerSessionMax: UInt64 = 10_000

    /// What a new ensemble begins with.
    static let formatLevel1 = Retention()
}

/// The entry under ``KeySpace/meta``: everything of the state that is not in another entry.
///
/// Format 1 ends with the retention of outcomes. Format 2 has the format level after it, and all that concerns
/// sessions; it is written from level 2 on, so that a state at level 1 has the bytes, and with them the digest, that it
/// had before there were levels.
struct MetaRecord: Equatable {
    var revision: UInt64 = 0
    var logTime: UInt64 = 0
    var znodeCount: UInt64 = 0
    var historyBytes: UInt64 = 0
    var historyEvents: UInt64 = 0
    /// The newest revision whose changes are no longer kept; 0 if all are.
    var historyFloor: UInt64 = 0
    var clientCount: UInt64 = 0
    /// The number that the next new client gets.
    var nextClient: UInt64 = 1
    var retention: Retention
    /// The format level in effect.
    var level = Coordination.FormatLevel.first
    /// How many sessions live.
    var sessionCount: UInt64 = 0
    /// Of how many sessions the end is kept.
    var endedSessionCount: UInt64 = 0

    init(retention: Retention) { self.retention = retention }

    func encode(to sink: inout ByteSink) {
        sink.varint(level > .first ? 2 : 1)
        for field in [revision, logTime, znodeCount, historyBytes, historyEvents, historyFloor] { sink.fixed64(field) }
        for field in [clientCount, nextClient] { sink.fixed64(field) }
        for field in [retention.historyBytesMax, retention.historyEventsMax] { sink.fixed64(field) }
        for field in [retention.outcomesPerClient, retention.clientsMax, retention.outcomeAge] { sink.fixed64(field) }
        guard level > .first else { return }
        sink.varint(UInt64(level.rawValue))
        for field in [sessionCount, endedSessionCount] { sink.varint(field) }
        for field in [retention.sessionsMax, retention.endedSessionsMax, retention.ephemeralsPerSessionMax] {
            sink.varint(field)
        }
    }

    /// Nil if the bytes are none of ``encode(to:)``'s.
    init?(decoding bytes: UnsafeRawBufferPointer) {
        var source = ByteSource(bytes)
        let format = source.varint()
        guard format == 1 || format == 2 else { return nil }
        revision = source.fixed64()
        logTime = source.fixed64()
        znodeCount = source.fixed64()
        historyBytes = source.fixed64()
        historyEvents = source.fixed64()
        historyFloor = source.fixed64()
        clientCount = source.fixed64()
        nextClient = source.fixed64()
        retention = Retention(
            historyBytesMax: source.fixed64(), historyEventsMax: source.fixed64(), outcomesPerClient: source.fixed64(),
            clientsMax: source.fixed64(), outcomeAge: source.fixed64())
        if format == 2 {
            guard let number = UInt32(exactly: source.varint()), number > 1 else { return nil }
            level = Coordination.FormatLevel(number)
            sessionCount = source.varint()
            endedSessionCount = source.varint()
            retention.sessionsMax = source.varint()
            retention.endedSessionsMax = source.varint()
            retention.ephemeralsPerSessionMax = source.varint()
        }
        guard source.isWellFormed && source.isAtEnd else { return nil }
    }
}
