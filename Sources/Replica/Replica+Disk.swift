import enum Messages.CommandKind

// A full disk: what would add to it is refused before it is proposed.
extension Replica {
    /// Takes in whether this member's disk is full.
    public mutating func setDiskFull(_ isFull: Bool) { consensus.setDiskFull(isFull) }

    /// Why only what is spared is proposed now; nil if everything is.
    func diskRefusal() -> String? {
        if consensus.isDiskFull { return "the disk of \(settings.diskName) of member \(id) is full" }
        if consensus.isQuorumFull { return "the disks of so many members are full that the others are no quorum" }
        return nil
    }
}

extension CommandKind {
    /// Whether it goes on where there is no room for others, on disk or in memory: it is small, and it gives room back
    /// or keeps clients alive.
    var isSpared: Bool {
        switch self {
        case .delete, .deleteFenced, .deleteRecursive, .closeSession, .touchSessions, .expire, .release, .withdraw,
            .deregister, .deleteConfig, .attachStream:
            true
        case .create, .createSpecial, .set, .setFenced, .transact, .openSession, .acquire, .proclaim, .register,
            .putConfig, .rollbackConfig, .streamWrites, .raiseFormatLevel, .unspecified, .unrecognized:
            false
        }
    }

    /// Whether only a leader proposes it, by itself.
    var isLeadersOwn: Bool { self == .raiseFormatLevel || self == .expire }
}
