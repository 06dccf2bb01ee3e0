import Consensus

/// The ensemble's own clock as a leader keeps it: the last stamp of the log plus the monotonic time that this member
/// has led since, counted in steps of at most one heartbeat interval. A leader that was paused, or whose machine
/// slept, so loses that time instead of ageing every session at once. Without a leader the clock stands still.
struct LogClock {
    /// The most that one step may add.
    private let stepMax: Span
    private var lastStep: Instant?
    /// Nanoseconds of log time.
    private(set) var nanoseconds: UInt64 = 0

    init(stepMax: Span) {
        self.stepMax = stepMax
    }

    /// Time has passed. Counts only while the clock runs.
    mutating func advance(to now: Instant) {
        guard let last = lastStep, now > last else { return }
        let elapsed = min(now - last, stepMax)
        // Saturating: no stamp, however wrong, must end the process of whoever leads.
        nanoseconds = advanced(by: elapsed)
        lastStep = now
    }

    /// This member has taken office: the clock runs from the last stamp on that it has applied.
    ///
    /// From nothing later: what the clock showed at the end of an earlier time in office may be ahead of what leaders
    /// since have stamped, for there was none for a while. To go on from there would be a jump, at the cost of every
    /// session.
    mutating func start(from stamp: UInt64, at now: Instant) {
        nanoseconds = stamp
        lastStep = now
    }

    /// What the clock will show after so much more time.
    func advanced(by span: Span) -> UInt64 {
        let (sum, isOver) = nanoseconds.addingReportingOverflow(UInt64(max(0, span.nanoseconds)))
        return isOver ? .max : sum
    }

    /// This member does not lead any more.
    mutating func stop() {
        lastStep = nil
    }

    var isRunning: Bool { lastStep != nil }

    /// An entry with this stamp was applied: the clock is never behind it.
    mutating func observe(_ stamp: UInt64) {
        nanoseconds = max(nanoseconds, stamp)
    }
}
