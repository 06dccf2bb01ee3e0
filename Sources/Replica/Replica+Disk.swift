import enum Messages.CommandKind

// A full disk: what would add to it is refused before it is proposed.
extension Replica {
    /// Takes in whether this member's disk is full.
    public mutating func setDiskFull(_ isFull: Bool) {
        isDiskFull = isFull
        consensus.setDiskFull(isFull)
    }

    /// Why a write of this kind is not proposed now; nil if it may be. Deletes always may: they are small, and the way
    /// out.
    func diskRefusal(of kind: CommandKind) -> String? {
        guard kind != .delete else { return nil }
        // Another one is about to lead, and will take it.
        if consensus.isHandingOver { return nil }
        if isDiskFull { return "the disk of \(settings.diskName) of member \(id) is full" }
        if consensus.isQuorumFull { return "the disks of so many members are full that the others are no quorum" }
        return nil
    }
}
