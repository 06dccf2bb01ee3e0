import ByteString

/// The history of changes, from which watches are resumed and the past is read.
extension ReplicatedState {
    /// What a change has replaced. Entries that have just been replaced can be read until the next publication.
    struct Replaced {
        /// The znode as it was; nil for one that was created.
        var znode: Entry?
        /// Its parent's stat as it was; nil for one that was changed.
        var parent: ZnodeStat?
    }

    /// Appends a change and forgets the oldest ones beyond the budget.
    mutating func record(
        _ kind: ZnodeEvent.Kind, _ path: UnsafeRawBufferPointer, version: UInt64, _ body: Body, _ revision: Revision,
        replaced: Replaced
    ) {
        scratch.header.removeAll()
        if meta.level > .first {
            HistoryRecord.put(
                kind, version: version, path, before: replaced.znode, parent: replaced.parent, to: &scratch.header)
        } else {
            scratch.header.byte(kind.rawValue)
            scratch.header.varint(version)
            scratch.header.append(path)
        }
        scratch.key.removeAll()
        scratch.key.byte(KeySpace.history)
        scratch.key.sorted64(revision.rawValue)
        if changes.revision != revision { changes = (revision, 0) }
        HistoryRecord.put(number: changes.count, to: &scratch.key)
        changes.count &+= 1
        let header = scratch.header.bytes
        let bodyCount: Int
        switch body {
        case .copying(let bytes): bodyCount = bytes.count
        case .shared(let large): bodyCount = large.count
        }
        map.put(scratch.key.bytes, header: header, body: body)
        meta.historyBytes &+= HistoryRecord.cost(headerCount: header.count, bodyCount: bodyCount)
        meta.historyEvents &+= 1
        if meta.level > .first, let znode = replaced.znode, HistoryRecord.isLongBody(znode) { keepLongBody(of: znode) }
        trimHistory()
    }

    /// The data that a change has replaced, under its key, which is in `scratch.key`.
    private mutating func keepLongBody(of znode: Entry) {
        scratch.key.overwrite(0, with: KeySpace.replaced)
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        map.put(scratch.key.bytes, header: none, body: znode.bodyForReuse)
        meta.historyBytes &+= HistoryRecord.cost(headerCount: 0, bodyCount: znode.bodyCount)
    }

    /// Removes whole revisions, the oldest first, until the history is within its budget.
    private mutating func trimHistory() {
        while meta.historyBytes > meta.retention.historyBytesMax
            || meta.historyEvents > meta.retention.historyEventsMax
        {
            var start = KeySpace.history
            guard let oldest = withUnsafeBytes(of: &start, { map.first(notBefore: $0) }),
                HistoryRecord.isKey(oldest.key)
            else { preconditionFailure("a history that is empty and over its budget") }
            let revision = HistoryRecord.revision(ofKey: oldest.key)
            meta.historyFloor = revision
            removeHistory(oldest)
            while let next = withUnsafeBytes(of: &start, { map.first(notBefore: $0) }),
                HistoryRecord.isKey(next.key), HistoryRecord.revision(ofKey: next.key) == revision
            {
                removeHistory(next)
            }
        }
    }

    private mutating func removeHistory(_ entry: Entry) {
        meta.historyBytes &-= HistoryRecord.cost(entry)
        meta.historyEvents &-= 1
        map.remove(entry.key)
        guard HistoryRecord(entry)?.hasLongBefore == true else { return }
        scratch.key.removeAll()
        scratch.key.append(entry.key)
        scratch.key.overwrite(0, with: KeySpace.replaced)
        guard let long = map.find(scratch.key.bytes) else { preconditionFailure("replaced data that are not there") }
        meta.historyBytes &-= HistoryRecord.cost(long)
        map.removeFound()
    }
}
