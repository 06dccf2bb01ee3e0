public import ByteString
public import Consensus
public import Coordination
import Journal

/// Makes data directories of a backup. Every member of the new ensemble is given the same one; the founding checks it.
public enum Restoration {
    /// What a backup holds.
    public struct Content: Sendable {
        public var revision: Revision
        public var digest: UInt64
        public var znodeCount: UInt64
    }

    /// Reads a backup to its end and checks it.
    ///
    /// - Parameter content: the next part each time it is called, nil after the last one.
    /// - Throws: `SnapshotError` where it is no whole backup, and whatever `content` throws.
    public static func check(_ content: () throws -> Bytes?) throws -> Content {
        var restorer = StateRestorer()
        while let part = try content() { try restorer.feed(part) }
        var state = Coordination()
        state.replace(by: try restorer.finish())
        return Content(revision: state.appliedRevision, digest: state.digest, znodeCount: state.znodeCount)
    }

    /// Makes an empty data directory that of a member whose ensemble, once founded, begins with the backup.
    ///
    /// - Parameter rewind: gives `content` anew from its beginning; it is read twice.
    /// - Throws: ``StartError`` with the reason for the operator.
    public static func restore(
        dataDirectory: String, member: MemberID, rewind: () throws -> (() throws -> Bytes?)
    ) throws -> Content {
        let backup: Content
        do { backup = try check(try rewind()) } catch let error as SnapshotError {
            throw StartError("the backup cannot be used: \(error)")
        }
        do {
            let disk = try FileDisk(path: dataDirectory) { _, _ in }
            defer { disk.close() }
            try Journal.restore(
                disk, member: member, storage: StorageID(.random(in: 1 ... .max)), salt: .random(in: .min ... .max),
                revision: LogIndex(backup.revision.rawValue), content: try rewind())
        } catch let error as JournalError {
            throw StartError("the data directory \(dataDirectory): \(error)")
        }
        return backup
    }

    /// What a directory that belongs to no ensemble yet was restored with; nil for any other.
    static func content(of disk: any Disk) throws -> Content? {
        guard let restored = try Journal.restored(disk) else { return nil }
        var offset: UInt64 = 0
        return try check {
            guard offset < restored.metadata.byteCount else { return nil }
            let part = try restored.read(offset: offset, byteCountMax: 1 << 20)
            offset += UInt64(part.count)
            return part
        }
    }
}
