/// A session as it is read.
public struct SessionStatus: Hashable, Sendable {
    public var id: SessionID
    public var secret: SessionSecret
    /// As its opener gave it.
    public var name: String
    /// Who opened it; empty for an anonymous client.
    public var principal: String
    public var timeoutMilliseconds: UInt32
    public var opened: WallTime
    /// The member at which the last keep-alive came in; 0 if nobody knows.
    public var keptAliveBy: UInt64
    /// Of log time, from the last entry on; 0 if it has ended.
    public var remainingMilliseconds: UInt32
    public var ephemeralCount: UInt64
    /// Nil while it lives.
    public var ending: SessionEnding?
    /// Whether it ended because its owner said so.
    public var isClosed: Bool
    /// The stream of `Coordinator.Connect` that may write.
    public var stream: StreamID

    init(_ id: SessionID, _ record: SessionRecord, at now: LogTime) {
        self.id = id
        secret = record.secret
        name = record.name
        principal = record.principal
        timeoutMilliseconds = UInt32(clamping: record.timeoutMilliseconds)
        opened = record.opened
        keptAliveBy = record.keptAliveBy
        ephemeralCount = record.ephemeralCount
        stream = record.stream
        isClosed = record.end?.reason == .closed
        let rest = record.deadline.nanoseconds - min(record.deadline.nanoseconds, now.nanoseconds)
        remainingMilliseconds = record.end == nil ? UInt32(clamping: rest / 1_000_000) : 0
        ending = record.end.map {
            SessionEnding(session: id, reason: record.endMessage ?? "", revision: $0.revision)
        }
    }
}

extension StateView {
    /// The session, also one that ended a while ago; nil if there is no trace of it.
    public func session(_ id: SessionID) -> SessionStatus? {
        var key = ByteSink(capacity: 16)
        KeySpace.putSession(&key, id)
        return get(key: key.bytes).map { SessionStatus(id, SessionRecord($0), at: logTime) }
    }

    /// The session that lives and whose secret is this.
    ///
    /// Throws `SESSION_NOT_FOUND`, `WRONG_SECRET` or `SESSION_ENDED`.
    public func session(
        _ id: SessionID, secret: SessionSecret, principal: String
    ) throws(StateError) -> SessionStatus {
        guard let session = session(id), session.principal == principal else { throw .sessionNotFound(id) }
        guard session.secret == secret else { throw .wrongSecret(id) }
        if let ending = session.ending { throw .sessionEnded(ending) }
        return session
    }

    /// The sessions that live, in the order in which they were opened, those after `last` and at most `limit`.
    ///
    /// - Returns: nil instead of none.
    public func sessions(after last: SessionID, limit: Int) -> [SessionStatus]? {
        var sessions: [SessionStatus] = []
        var key = ByteSink(capacity: 16)
        KeySpace.putSession(&key, SessionID(last.rawValue &+ 1))
        walk(from: key.bytes, under: KeySpace.session) { entry in
            let record = SessionRecord(entry)
            guard record.end == nil else { return true }
            sessions.append(SessionStatus(KeySpace.session(ofKey: entry.key), record, at: logTime))
            return sessions.count < limit
        }
        return sessions.isEmpty ? nil : sessions
    }
}
