public import Consensus
public import Coordination
public import Journal

extension Recovered {
    /// What consensus begins with. A member without a snapshot begins before the first entry, which is the founding
    /// configuration and was committed by being founded.
    public var restored: Consensus.Restored {
        let none = SnapshotMetadata(position: .zero, configuration: Configuration(members: []), byteCount: 0)
        // A state restored from a backup knows no members either.
        let beginning = snapshot?.configuration.members.isEmpty ?? true ? snapshot?.position.index ?? .zero : nil
        let founding = entries.first { $0.index == beginning?.next && $0.kind == .configuration }
        return Consensus.Restored(
            hardState: hardState, snapshot: snapshot ?? none, entries: entries, previous: previous,
            commit: founding?.index ?? .zero)
    }

    /// The members as the log or else the snapshot says, committed or not (Ongaro's thesis, section 4.1).
    public var newestConfiguration: Configuration {
        for entry in entries.reversed() where entry.kind == .configuration {
            if let configuration = try? Configuration(decoding: entry.payload) { return configuration }
        }
        return snapshot?.configuration ?? Configuration(members: [])
    }
}

extension RestoredState {
    /// Reads a snapshot's state from the journal, which verifies its bytes.
    ///
    /// - Throws: `JournalError` where it cannot be read, `SnapshotError` where it is no state.
    public init(from journal: borrowing Journal, _ snapshot: SnapshotMetadata) throws {
        var restore = StateRestorer()
        var offset: UInt64 = 0
        while offset < snapshot.byteCount {
            let part = try journal.read(snapshot, offset: offset, byteCountMax: snapshotPartBytes)
            try restore.feed(part)
            offset += UInt64(part.count)
        }
        self = try restore.finish()
    }
}
