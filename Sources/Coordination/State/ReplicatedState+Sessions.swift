import ByteString

/// Sessions: how they begin, live and end.
extension ReplicatedState {
    /// The session, ended or not; nil if there is none.
    mutating func session(_ session: SessionID) -> SessionRecord? {
        KeySpace.putSession(&scratch.key, session)
        return map.get(scratch.key.bytes).map(SessionRecord.init)
    }

    mutating func change(
        _ change: SessionChange, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        switch change {
        case .open(let opening):
            try open(opening, context, revision)
            return WriteResult(kind: .openedSession, revision: revision)
        case .close(let session, let secret):
            return WriteResult(kind: .closedSession, revision: try close(session, secret, context, revision))
        case .touch(let sessions):
            for session in sessions { touch(session, context) }
            return WriteResult(kind: .touchedSessions, revision: revision)
        }
    }

    // MARK: Living

    private mutating func open(
        _ opening: SessionOpening, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) {
        try checkPrincipal(context.principal)
        guard meta.sessionCount < meta.retention.sessionsMax else {
            throw .limit("sessions_max", meta.retention.sessionsMax, "\(meta.sessionCount) sessions live")
        }
        let record = SessionRecord(opening, context, at: revision)
        let session = SessionID(revision.rawValue)
        put(record, session)
        meta.sessionCount &+= 1
        timers.set(.session(session), due: record.deadline)
    }

    private mutating func touch(_ session: SessionID, _ context: CommandContext) {
        KeySpace.putSession(&scratch.key, session)
        guard let entry = map.find(scratch.key.bytes) else { return }
        var record = SessionRecord(entry)
        guard record.end == nil else { return }
        record.keepAlive(context)
        scratch.header.removeAll()
        record.encode(to: &scratch.header)
        map.replaceFound(header: scratch.header.bytes, body: .empty)
    }

    mutating func put(_ record: SessionRecord, _ session: SessionID) {
        KeySpace.putSession(&scratch.key, session)
        scratch.header.removeAll()
        record.encode(to: &scratch.header)
        map.put(scratch.key.bytes, header: scratch.header.bytes, body: .empty)
    }

    /// The session that `context`'s principal may use, alive.
    mutating func livingSession(
        _ session: SessionID, _ context: CommandContext
    ) throws(StateError) -> SessionRecord {
        guard let record = self.session(session), record.principal == context.principal else {
            throw .sessionNotFound(session)
        }
        if record.end != nil { throw .sessionEnded(session, record) }
        return record
    }

    // MARK: Its ephemeral znodes

    /// A znode is being created that is to live as long as the session.
    mutating func bind(
        _ path: UnsafeRawBufferPointer, to session: SessionID, _ record: SessionRecord
    ) {
        var record = record
        record.ephemeralCount &+= 1
        put(record, session)
        KeySpace.putEphemeral(&scratch.key, session, path)
        map.put(scratch.key.bytes, header: UnsafeRawBufferPointer(start: nil, count: 0), body: .empty)
    }

    /// A znode has been deleted that lived as long as the session. The record of one that ends is written at its end.
    mutating func unbind(_ path: UnsafeRawBufferPointer, from session: SessionID) {
        KeySpace.putEphemeral(&scratch.key, session, path)
        map.remove(scratch.key.bytes)
        guard var record = self.session(session), record.end == nil else { return }
        record.ephemeralCount &-= 1
        put(record, session)
    }

    func checkRoom(for session: SessionID, _ record: SessionRecord) throws(StateError) {
        let limit = meta.retention.ephemeralsPerSessionMax
        guard record.ephemeralCount < limit else {
            throw .limit(
                "ephemerals_per_session_max", limit, "session \(session) has \(record.ephemeralCount) ephemeral znodes")
        }
    }

    // MARK: Ending

    /// - Returns: when it ended: at an earlier revision if it was closed before.
    private mutating func close(
        _ session: SessionID, _ secret: SessionSecret, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> Revision {
        guard let record = self.session(session), record.principal == context.principal else {
            throw .sessionNotFound(session)
        }
        guard record.secret == secret else { throw .wrongSecret(session) }
        if let end = record.end { return end.revision }
        end(session, .closed, context, revision)
        return revision
    }

    /// Ends a session that lives, and deletes its ephemeral znodes in the same revision.
    mutating func end(
        _ session: SessionID, _ reason: SessionRecord.End.Reason, _ context: CommandContext, _ revision: Revision
    ) {
        guard var record = self.session(session), record.end == nil else {
            preconditionFailure("a session that has ended ends again")
        }
        record.end = SessionRecord.End(reason: reason, revision: revision, logTime: context.logTime)
        put(record, session)
        while let path = firstEphemeral(of: session) {
            guard remove(path, revision) else { preconditionFailure("an ephemeral znode that is not there") }
        }
        meta.sessionCount &-= 1
        meta.endedSessionCount &+= 1
        KeySpace.putEndedSession(&scratch.key, at: revision)
        var number = session.rawValue.bigEndian
        withUnsafeBytes(of: &number) { _ = map.put(scratch.key.bytes, header: $0, body: .empty) }
        endings.append(SessionEnding(session: session, reason: record.endMessage ?? "", revision: revision))
        forgetOldEnds()
    }

    /// In the order of the paths.
    private mutating func firstEphemeral(of session: SessionID) -> [UInt8]? {
        KeySpace.putEphemeral(&scratch.key, session)
        let prefix = scratch.key.bytes
        guard let entry = map.first(notBefore: prefix), entry.keyCount > prefix.count,
            entry.key.starts(with: prefix)
        else { return nil }
        return Array(entry.key.dropFirst(prefix.count))
    }

    private mutating func forgetOldEnds() {
        while meta.endedSessionCount > meta.retention.endedSessionsMax {
            guard let oldest = withUnsafeBytes(of: KeySpace.endedSession, { map.first(notBefore: $0) }),
                oldest.key.first == KeySpace.endedSession
            else { preconditionFailure("ends of sessions that are counted and not there") }
            KeySpace.putSession(
                &scratch.secondKey, SessionID(UInt64(bigEndian: oldest.header.loadUnaligned(as: UInt64.self))))
            map.remove(oldest.key)
            map.remove(scratch.secondKey.bytes)
            meta.endedSessionCount &-= 1
        }
    }
}

/// The end of a session, as it is told to those who keep it alive.
public struct SessionEnding: Hashable, Sendable {
    public var session: SessionID
    /// For people.
    public var reason: String
    public var revision: Revision

    public init(session: SessionID, reason: String, revision: Revision) {
        self.session = session
        self.reason = reason
        self.revision = revision
    }
}
