// A leader whose disk is not fit for office. It does not fall silent, so nobody suspects it; it has to notice itself.
//
// Full: it has to refuse writes that another one could take. Stalled: its writes still commit, by the others, but it
// holds back all that it has not made durable, without a bound, and a vote or a term that it is told of waits as long.
// In both cases it hands over as an operator would have it do, without a failed request, and only if there is somebody
// who can lead without it.
extension Consensus {
    /// Takes in whether this member's disk is full. Every heartbeat says so.
    public mutating func setDiskFull(_ isFull: Bool) {
        guard isFull != isDiskFull else { return }
        isDiskFull = isFull
        isHeartbeatDue = true
        if office == .leader { handOverIfDiskIsUnfit() }
    }

    /// Whether the disks of so many voters are full that those with space are no quorum: a write that goes ahead all
    /// the same would use up what is spared for votes and deletes.
    public var isQuorumFull: Bool {
        let count = peers.count { $0.isVoter && !$0.isDiskFull } + (isVoter && !isDiskFull ? 1 : 0)
        return count < quorum
    }

    /// For how long this member's disk has been at a write.
    public var diskDelay: Span {
        writes.oldestHandedOutAt.map { now - $0 } ?? .zero
    }

    private var isDiskStalled: Bool { settings.diskStallLimit > .zero && diskDelay > settings.diskStallLimit }

    /// Hands over to the voter with the most of the log among those that are alive and have space, if a quorum of the
    /// others is alive. If that comes to nothing, again after a while.
    mutating func handOverIfDiskIsUnfit() {
        guard isDiskFull || isDiskStalled, transfer == nil, now >= handOverAt else { return }
        let alive = peers.filter { $0.isVoter && detector.suspicion(of: $0.id) == nil }
        let fit = alive.filter { !$0.isDiskFull && $0.progress.isReplicating }
        guard alive.count >= quorum || (isDiskFull && !isDiskStalled && alive.count + 1 >= quorum),
            let best = fit.max(by: { $0.progress.match < $1.progress.match })
        else { return }
        handOverAt = now + settings.timeoutFloor * 10
        _ = transferLeadership(to: best.id, because: isDiskStalled ? .diskStalled(diskDelay) : .diskFull, now: now)
    }
}
