import Consensus

// A state that turned out to be wrong while the log is right: the snapshots that were made of it are worth less than
// none. They cannot be removed at once, for one may just be on its way to the disk; so a file says that they are to be,
// and the next start does it before it reads anything. Without snapshots the directory is damaged as far as its log
// does not begin with the first entry, and is repaired like any other: with another member's snapshot.
extension Journal {
    /// Has the next start begin without the snapshots that are here now. The member must stop; what it has voted for
    /// and acknowledged stays.
    public mutating func distrustSnapshots() {
        guard failure == nil else { return }
        let file = JournalFile.distrust.name
        _ = submit(.background, .removal, [.create(file), .sync(file), .syncDirectory])
    }

    /// Removes the snapshots that are not trusted. A crash in the middle is taken up by the next start.
    static func removeDistrusted(_ disk: any Disk) throws(JournalError) {
        let files = try names(disk)
        guard files.contains(JournalFile.distrust.name) else { return }
        let snapshots = files.filter { name in
            switch JournalFile(name: name) {
            case .snapshot, .unfinished(.ownSnapshot), .unfinished(.receivedSnapshot): true
            default: false
            }
        }
        do throws(DiskError) {
            try disk.perform(snapshots.map { .remove($0) } + [.syncDirectory])
            try disk.perform([.remove(JournalFile.distrust.name), .syncDirectory])
        } catch { throw .disk(error) }
    }
}
