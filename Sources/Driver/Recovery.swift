public import Consensus
public import Coordination
public import Journal

extension Recovered {
    /// What consensus begins with. A member without a snapshot begins before the first entry, which is the founding
    /// configuration and was committed by being founded.
    public var restored: Consensus.Restored {
        let none = SnapshotMetadata(position: .zero, configuration: Configuration(members: []), byteCount: 0)
        let founding = entries.first { $0.index == LogIndex(1) && $0.kind == .configuration }
        return Consensus.Restored(
            hardState: hardState, snapshot: snapshot ?? none, entries: entries, commit: founding?.index ?? .zero)
    }
}

extension Coordination {
    /// Replaces the state by a snapshot's, which the journal reads and verifies.
    ///
    /// - Throws: `JournalError` where it cannot be read, `SnapshotError` where it is no state. The state is then the
    ///   one from before.
    public mutating func restore(from journal: borrowing Journal, _ snapshot: SnapshotMetadata) throws {
        var restoring = StateRestorer()
        var offset: UInt64 = 0
        while offset < snapshot.byteCount {
            let part = try journal.read(snapshot, offset: offset, byteCountMax: snapshotPartBytes)
            try restoring.feed(part)
            offset += UInt64(part.count)
        }
        try replace(by: restoring.finish())
    }
}
