public import ByteString
public import Consensus

// A data directory that begins with the state of a backup.
extension Journal {
    /// Makes an empty directory a member's, as ``format(_:member:storage:salt:options:)`` does, whose ensemble, once
    /// founded, begins with a state from a backup: a snapshot as of `revision` and term 1, which knows no members. The
    /// founding entry then follows it.
    ///
    /// - Parameters:
    ///   - revision: what the state reflects; at least 1.
    ///   - content: the next part of the state each time it is called, nil after the last one.
    /// - Throws: as `format`, and whatever `content` throws; the directory is then not formatted, and what was written
    ///   is removed by the next attempt.
    public static func restore(
        _ disk: any Disk, member: MemberID, storage: StorageID, salt: UInt64, revision: LogIndex,
        options: JournalOptions = .init(), content: () throws -> Bytes?
    ) throws {
        precondition(revision > .zero, "the state of a new ensemble needs no backup")
        options.validate()
        if let present = try identity(of: disk) { throw JournalError.alreadyFormatted(member: "\(present.member)") }
        let identity = Identity(member: member, storage: storage, salt: salt, state: .formatting)
        try beginFormatting(disk, identity)
        var writer = SnapshotWriter(
            LogPosition(index: revision, term: Term(1)), Configuration(members: []), file: .ownSnapshot,
            storage: storage, syncBytes: options.snapshotSyncBytes)
        try disk.perform(writer.begin())
        while let part = try content() { try disk.perform(writer.append(part)) }
        try disk.perform(writer.finish())
        try completeFormatting(disk, identity, options)
    }

    /// The snapshot that an unfounded directory was restored with; nil for an empty one.
    ///
    /// - Throws: ``JournalError``, also where its head cannot be read; the rest is checked as it is read.
    public static func restored(_ disk: any Disk) throws(JournalError) -> RestoredDirectory? {
        guard let identity = try identity(of: disk), identity.ensemble == nil else { return nil }
        let files = try names(disk)
        for name in files {
            guard case .snapshot(let position) = JournalFile(name: name) else { continue }
            let snapshot = try SnapshotFile.open(disk, at: position, storage: identity.storage)
            return RestoredDirectory(metadata: snapshot.metadata, disk: disk, file: snapshot)
        }
        return nil
    }
}

/// What a directory was restored with.
public struct RestoredDirectory {
    public let metadata: SnapshotMetadata
    let disk: any Disk
    let file: SnapshotFile

    /// Reads a part of the state.
    public func read(offset: UInt64, byteCountMax: Int) throws(JournalError) -> Bytes {
        try file.read(disk, offset: offset, byteCountMax: byteCountMax)
    }
}
