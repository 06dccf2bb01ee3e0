/// What ends by itself: sessions that are not kept alive, and TTL znodes. It ends by an entry, which the leader
/// proposes when it sees that a deadline has passed, and which looks again when it is applied.
extension ReplicatedState {
    /// What was found overdue is found again after so much log time, should its end not be applied by then.
    private static let retryMilliseconds: UInt64 = 200

    /// What a leader has to end now.
    ///
    /// - Parameter countMax: no more at once.
    mutating func takeOverdue(at now: LogTime, countMax: Int) -> [Expiry] {
        var overdue: [Expiry] = []
        var found: Set<Expiry> = []
        while overdue.count < countMax, let subject = timers.takeDue(at: now) {
            guard let deadline = deadline(of: subject) else { continue }
            guard deadline <= now else {
                timers.set(subject, due: deadline)
                continue
            }
            // One is enough, of however many timers it has.
            guard found.insert(subject).inserted else { continue }
            overdue.append(subject)
            timers.set(subject, due: now.advanced(byMilliseconds: ReplicatedState.retryMilliseconds))
        }
        return overdue
    }

    /// Keeps the timers of a member that does not lead as few as what they are about.
    ///
    /// What has gone before its time leaves its timer behind; when there are too many of those all are set anew.
    mutating func tidyTimers() {
        _ = takeOverdue(at: LogTime(nanoseconds: meta.logTime), countMax: 64)
        if timers.areTooMany(sessions: meta.sessionCount) { resetTimers() }
    }

    /// When it ends unless something is done; nil if it has ended.
    private mutating func deadline(of subject: Expiry) -> LogTime? {
        switch subject {
        case .session(let session):
            guard let record = self.session(session), record.end == nil else { return nil }
            return record.deadline
        case .znode(let path):
            guard let stat = stat(path) else { return nil }
            // One with children has its timer set when it loses the last one.
            return stat.childCount == 0 ? stat.lifetime.deadline : nil
        }
    }

    private func stat(_ path: String) -> ZnodeStat? {
        path.withUTF8Bytes { path in KeySpace.withZnode(path) { map.get($0).map(ZnodeStat.init) } }
    }

    /// Ends what is overdue at the time of the entry. What is not, any more, stays.
    mutating func expire(_ subject: Expiry, _ context: CommandContext, _ revision: Revision) throws(StateError) {
        guard let deadline = deadline(of: subject), deadline <= context.logTime else {
            throw StateError(.failedPrecondition, .notOverdue, "its deadline has not passed")
        }
        switch subject {
        case .session(let session): end(session, .expired, context, revision)
        case .znode(let path): _ = try delete(path, nil, revision)
        }
    }

    /// Sets all timers anew, after another state has taken the place of this one.
    mutating func resetTimers() {
        timers.removeAll()
        for entry in entries(under: KeySpace.session) {
            let record = SessionRecord(entry)
            guard record.end == nil else { continue }
            timers.set(.session(KeySpace.session(ofKey: entry.key)), due: record.deadline)
        }
        for entry in entries(under: KeySpace.ttl) {
            let path = String(decoding: entry.key.dropFirst(), as: UTF8.self)
            guard let deadline = stat(path)?.lifetime.deadline else {
                preconditionFailure("a TTL znode that is none")
            }
            timers.set(.znode(path: path), due: deadline)
            timers.watchedZnodes += 1
        }
    }

    private func entries(under first: UInt8) -> [Entry] {
        var entries: [Entry] = []
        var cursor = MapCursor(root: map.root)
        var next = withUnsafeBytes(of: first) { cursor.seek($0) }
        while let entry = next, entry.key.first == first {
            entries.append(entry)
            next = cursor.next()
        }
        return entries
    }
}
