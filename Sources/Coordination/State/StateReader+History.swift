import ByteString

extension StateView {
    /// Calls `body` for the changes from `start` on, in order, until it returns false.
    ///
    /// OUT_OF_RANGE, `HISTORY_TRIMMED`, if not all of them are kept any more; the error names the oldest revision that
    /// is. There is nothing beyond ``revision``.
    ///
    /// - Parameters:
    ///   - filter: only changes that it matches; nil for all.
    ///   - includeData: whether the events carry data.
    public func history(
        from start: Revision, matching filter: WatchFilter? = nil, includeData: Bool = true,
        _ body: (ZnodeEvent) -> Bool
    ) throws(StateError) {
        try scanHistory(from: start) { record in
            record.matches(filter) ? body(record.event(includeData: includeData)) : true
        }
    }

    func scanHistory(from start: Revision, _ body: (HistoryView) -> Bool) throws(StateError) {
        let oldest = oldestRetained
        guard start >= oldest || start > revision else {
            throw StateError(
                .outOfRange, .historyTrimmed,
                "changes from revision \(start) on are no longer all kept; the oldest kept revision is \(oldest)",
                [.init("oldest_revision", "\(oldest)")])
        }
        var key = ByteSink(capacity: 16)
        key.byte(KeySpace.history)
        key.sorted64(start.rawValue)
        walk(from: key.bytes, under: KeySpace.history) { entry in
            guard let record = HistoryRecord(entry) else { preconditionFailure("a malformed change") }
            return body(HistoryView(entry: entry, record: record, version: version))
        }
    }

    /// Calls `body` for the changes from `start` on, for so many at most, until `isDone` says so before one of them.
    ///
    /// - Returns: where it goes on; nil if there are no more.
    func scanHistory(
        from start: HistoryPosition, countMax: Int, until isDone: () -> Bool,
        _ body: (HistoryView) throws(StateError) -> Void
    ) throws(StateError) -> HistoryPosition? {
        var here = start
        var behind = start.count
        var count = 0
        var isMore = false
        var failure: StateError?
        try scanHistory(from: start.revision) { record in
            if record.revision != here.revision {
                here = HistoryPosition(record.revision)
                behind = 0
            }
            if behind > 0 {
                behind -= 1
                return true
            }
            isMore = count == countMax || isDone()
            guard !isMore else { return false }
            count += 1
            here.count += 1
            do throws(StateError) { try body(record) } catch { failure = error }
            return failure == nil
        }
        if let failure { throw failure }
        return isMore ? here : nil
    }

    /// The change at that place of the history.
    func change(at place: HistoryPosition) -> HistoryView {
        var key = ByteSink(capacity: 16)
        key.byte(KeySpace.history)
        key.sorted64(place.revision.rawValue)
        HistoryRecord.put(number: place.count, to: &key)
        guard let entry = version.get(key.bytes), let record = HistoryRecord(entry) else {
            preconditionFailure("a change that is not there any more")
        }
        return HistoryView(entry: entry, record: record, version: version)
    }
}

/// A change in the history, where it lies.
struct HistoryView {
    let entry: Entry
    let record: HistoryRecord
    let version: MapVersion

    var revision: Revision { Revision(HistoryRecord.revision(ofKey: entry.key)) }
    /// The position just before it.
    var place: HistoryPosition { HistoryPosition(revision, count: HistoryRecord.number(ofKey: entry.key)) }
    var pathCount: Int { record.path.count }
    var dataCount: Int { entry.bodyCount }

    func matches(_ filter: WatchFilter?) -> Bool {
        guard let filter else { return true }
        return filter.matches(record.kind, record.path)
    }

    func event(includeData: Bool) -> ZnodeEvent {
        ZnodeEvent(
            kind: record.kind, path: String(decoding: record.path, as: UTF8.self), revision: revision,
            version: record.version, data: includeData ? entry.bodyBytes : Bytes())
    }

    /// The znode as it was before; nil if it was created, or if the history does not tell.
    var znodeBefore: Znode? {
        guard let before = record.readBefore(), let stat = before.stat else { return nil }
        if let data = before.data { return Znode(stat: stat, data: Bytes(copying: data)) }
        var key = ByteSink(capacity: 16)
        key.append(entry.key)
        key.overwrite(0, with: KeySpace.replaced)
        guard let long = version.get(key.bytes) else { preconditionFailure("replaced data that are not there") }
        return Znode(stat: stat, data: long.bodyBytes)
    }

    /// What was before.
    ///
    /// Throws OUT_OF_RANGE, `HISTORY_TRIMMED`, if the history does not tell.
    func before() throws(StateError) -> HistoryRecord.Before {
        if let before = record.readBefore() { return before }
        throw StateError(
            .outOfRange, .historyTrimmed,
            "what was before revision \(revision) is not kept: it is a change from before format level 2",
            [.init("oldest_revision", "\(revision)")])
    }
}
