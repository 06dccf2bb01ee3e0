/// The history of changes, from which watches are resumed.
extension ReplicatedState {
    /// Appends a change and forgets the oldest ones beyond the budget.
    mutating func record(
        _ kind: ZnodeEvent.Kind, _ path: UnsafeRawBufferPointer, version: UInt64, _ body: Body, _ revision: Revision
    ) {
        scratch.header.removeAll()
        scratch.header.byte(kind.rawValue)
        scratch.header.varint(version)
        scratch.header.append(path)
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
        meta.historyBytes &+= UInt64(HistoryRecord.overheadBytes + header.count + bodyCount)
        meta.historyEvents &+= 1
        trimHistory()
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
    }
}
