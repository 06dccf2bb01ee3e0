import enum Messages.CommandKind

// A full disk: what would add to it is refused before it is proposed.
extension Replica {
    /// Takes in whether this member's disk is full.
    public mutating func setDiskFull(_ isFull: Bool) { consensus.setDiskFull(isFull) }

    /// Why only deletes are proposed now; nil if everything is. Deletes always are: they are small, and the way out.
    func diskRefusal() -> String? {
        if consensus.isDiskFull { return "the disk of \(settings.diskName) of member \(id) is full" }
        if consensus.isQuorumFull { return "the disks of so many members are full that the others are no quorum" }
        return nil
    }
}
