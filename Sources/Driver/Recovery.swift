public import Consensus
public import Coordination
public import Journal
import Replica

extension Journal {
    /// Opens a member's journal unless its data need a later release: a snapshot of a higher format level, or an entry
    /// that raises it. Whether that is committed the disk need not know, so a member with such a log does not start:
    /// see ``Coordination/FormatLevel``.
    ///
    /// - Parameter supported: the highest format level that this release supports.
    /// - Throws: ``JournalError``, ``JournalError/unsupportedFormatLevel(needed:supported:raisedBy:)`` among them.
    public static func open(
        _ disk: any Disk, member: MemberID? = nil, ensemble: EnsembleID? = nil, options: JournalOptions,
        supported: FormatLevel
    ) throws(JournalError) -> (journal: Journal, recovered: Recovered) {
        try open(disk, member: member, ensemble: ensemble, options: options) { contents throws(JournalError) in
            if let level = StateRestorer.level(ofSnapshotBeginningWith: contents.snapshotBeginning),
                FormatLevel(level) > supported
            {
                throw .unsupportedFormatLevel(needed: FormatLevel(level), supported: supported, raisedBy: nil)
            }
            for entry in contents.entries where entry.kind == .command && entry.index > contents.snapshot.index {
                guard let level = Coordination.levelRaised(by: entry.payload), FormatLevel(level) > supported else {
                    continue
                }
                throw .unsupportedFormatLevel(
                    needed: FormatLevel(level), supported: supported, raisedBy: entry.index)
            }
        }
    }
}

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
    /// - Parameter supported: the highest format level that this release supports.
    /// - Throws: `JournalError` where it cannot be read, `SnapshotError` where it is no state that this release can
    ///   use.
    public init(
        from journal: borrowing Journal, _ snapshot: SnapshotMetadata, supported: Coordination.FormatLevel
    ) throws {
        var restore = StateRestorer(supported: supported)
        var offset: UInt64 = 0
        while offset < snapshot.byteCount {
            let part = try journal.read(snapshot, offset: offset, byteCountMax: snapshotPartBytes)
            try restore.feed(part)
            offset += UInt64(part.count)
        }
        self = try restore.finish()
    }
}
