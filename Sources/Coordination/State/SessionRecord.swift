/// The entry under ``KeySpace/session``: a session that lives, or one that ended a while ago. Since format level 2.
///
/// ```
/// u64 and u64 secret | varint timeout, ms | varint deadline, ns of log time | varint log time of the last keep-alive
/// varint member of the last keep-alive | zigzag wall time of the opening, ms | varint number of ephemeral znodes
/// u8 0 while it lives, else why it ended, and then varint revision of the end | varint log time of the end
/// varint length, name | varint length, principal | varint stream
/// varint last operation that a stream has written, and, if not 0, varint that stream
/// ```
struct SessionRecord: Equatable {
    var secret: SessionSecret
    var timeoutMilliseconds: UInt64
    /// It ends if it is not kept alive before.
    var deadline: LogTime
    var keptAlive: LogTime
    /// The member at which the last keep-alive came in; 0 if nobody knows.
    var keptAliveBy: UInt64
    var opened: WallTime
    /// Of one that has ended: how many were deleted with it.
    var ephemeralCount: UInt64 = 0
    var end: End?
    var name: String
    var principal: String
    /// The stream of `Coordinator.Connect` that may write.
    var stream: StreamID
    /// How far the streams have come, this one or those before it.
    var progress = StreamProgress()

    struct End: Equatable {
        var reason: Reason
        var revision: Revision
        var logTime: LogTime

        enum Reason: UInt8 {
            case closed = 1
            case expired = 2
        }
    }

    init(_ opening: SessionOpening, _ context: CommandContext, at revision: Revision) {
        stream = StreamID(revision.rawValue)
        secret = opening.secret
        timeoutMilliseconds = UInt64(opening.timeoutMilliseconds)
        deadline = context.logTime.advanced(byMilliseconds: timeoutMilliseconds)
        keptAlive = context.logTime
        keptAliveBy = context.origin?.member ?? 0
        opened = context.wallTime
        name = opening.name
        principal = context.principal
    }

    mutating func keepAlive(_ context: CommandContext) {
        keptAlive = context.logTime
        keptAliveBy = context.origin?.member ?? 0
        // A leader's clock is never behind the log, and a deadline never moves back.
        deadline = max(deadline, context.logTime.advanced(byMilliseconds: timeoutMilliseconds))
    }

    // MARK: Bytes

    func encode(to sink: inout ByteSink) {
        sink.fixed64(secret.words.0)
        sink.fixed64(secret.words.1)
        sink.varint(timeoutMilliseconds)
        sink.varint(deadline.nanoseconds)
        sink.varint(keptAlive.nanoseconds)
        sink.varint(keptAliveBy)
        sink.zigzag(opened.unixMilliseconds)
        sink.varint(ephemeralCount)
        sink.byte(end?.reason.rawValue ?? 0)
        if let end {
            sink.varint(end.revision.rawValue)
            sink.varint(end.logTime.nanoseconds)
        }
        sink.counted(name)
        sink.counted(principal)
        sink.varint(stream.rawValue)
        sink.varint(progress.operation)
        if progress.operation > 0 { sink.varint(progress.stream.rawValue) }
    }

    /// Nil if the bytes are none of ``encode(to:)``'s.
    init?(decoding bytes: UnsafeRawBufferPointer) {
        var source = ByteSource(bytes)
        secret = SessionSecret(source.fixed64(), source.fixed64())
        timeoutMilliseconds = source.varint()
        deadline = LogTime(nanoseconds: source.varint())
        keptAlive = LogTime(nanoseconds: source.varint())
        keptAliveBy = source.varint()
        opened = WallTime(unixMilliseconds: source.zigzag())
        ephemeralCount = source.varint()
        let reason = source.byte()
        if reason != 0 {
            guard let reason = End.Reason(rawValue: reason) else { return nil }
            let revision = Revision(source.varint())
            end = End(reason: reason, revision: revision, logTime: LogTime(nanoseconds: source.varint()))
        }
        name = source.text()
        principal = source.text()
        stream = StreamID(source.varint())
        progress.operation = source.varint()
        if progress.operation > 0 { progress.stream = StreamID(source.varint()) }
        guard source.isWellFormed && source.isAtEnd else { return nil }
    }

    init(_ entry: Entry) {
        guard let record = SessionRecord(decoding: entry.header) else {
            preconditionFailure("a malformed session record")
        }
        self = record
    }

    // MARK: For people

    /// Why it ended; nil while it lives.
    var endMessage: String? {
        guard let end else { return nil }
        switch end.reason {
        case .closed:
            return "it was closed by its owner"
        case .expired:
            let silence = (end.logTime.nanoseconds &- keptAlive.nanoseconds) / 1_000_000
            let place = keptAliveBy == 0 ? "" : "; the last one came in at member \(keptAliveBy)"
            return "no keep-alive for \(silence) ms, its timeout being \(timeoutMilliseconds) ms\(place)"
        }
    }
}
