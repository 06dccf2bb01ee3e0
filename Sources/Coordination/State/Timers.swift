import HeapModule

/// What will have to be looked at when log time has come so far. Derived from the state and not a part of it.
///
/// Each session and each TTL znode has one timer or more, none of which is after its deadline. Deadlines move often and
/// timers do not: when a timer is due, whoever asks looks what the deadline is by now, and sets it anew.
struct Timers {
    private var heap = Heap<Timer>()
    /// The number of TTL znodes.
    var watchedZnodes: UInt64 = 0

    struct Timer: Comparable {
        var due: LogTime
        var subject: Expiry

        static func < (left: Timer, right: Timer) -> Bool {
            if left.due != right.due { return left.due < right.due }
            switch (left.subject, right.subject) {
            case (.session(let left), .session(let right)): return left < right
            case (.znode(let left), .znode(let right)): return left < right
            case (.session, .znode): return true
            case (.znode, .session): return false
            }
        }
    }

    var count: Int { heap.count }

    mutating func set(_ subject: Expiry, due: LogTime) {
        heap.insert(Timer(due: due, subject: subject))
    }

    /// Takes out the first timer that is due at `now`.
    mutating func takeDue(at now: LogTime) -> Expiry? {
        guard let first = heap.min, first.due <= now else { return nil }
        heap.removeMin()
        return first.subject
    }

    mutating func removeAll() {
        heap = Heap()
        watchedZnodes = 0
    }

    /// Whether so many are about what is gone that it is time to begin anew.
    func areTooMany(sessions: UInt64) -> Bool { UInt64(count) > 2 * (sessions + watchedZnodes) + 1024 }
}
