/// When to ask the other side with a PING whether it is still there, and when to believe that it is not
/// (grpc/grpc `doc/keepalive.md`). Without a clock: times are monotonic nanoseconds.
///
/// Whatever bytes come count as a sign of life; the acknowledgement is only what makes some come.
struct Keepalive: Equatable {
    /// `Int64.max` for never.
    let interval: Int64
    let timeout: Int64
    private var askedAt: Int64?
    private var isOverdue = false

    init(interval: Int64?, timeout: Int64) {
        self.interval = interval ?? .max
        self.timeout = timeout
    }

    static let never = Keepalive(interval: nil, timeout: .max)

    enum OnTick: Equatable {
        case none
        case sendPing
        /// The other side has not been heard of for the timeout since it was asked.
        case giveUp
    }

    /// - Parameters:
    ///   - lastReceived: When bytes came last.
    ///   - asks: Whether a new question may be asked now.
    mutating func onTick(now: Int64, lastReceived: Int64, asks: Bool) -> OnTick {
        if let askedAt, lastReceived <= askedAt {
            guard now - askedAt >= timeout else { return .none }
            // A process that was stopped for a while finds the time over and the answer still in its socket. What is
            // there is read before the next look.
            guard isOverdue else {
                isOverdue = true
                return .none
            }
            return .giveUp
        }
        askedAt = nil
        isOverdue = false
        guard asks, now - lastReceived >= interval else { return .none }
        askedAt = now
        return .sendPing
    }

    /// When the next look is worth it.
    func nextTick(now: Int64, lastReceived: Int64) -> Int64 {
        guard let askedAt, lastReceived <= askedAt else {
            let due = lastReceived.addingReportingOverflow(interval)
            guard !due.overflow else { return .max }
            // Nobody may be asked at the moment: look again when the interval has passed once more.
            return due.partialValue > now ? due.partialValue : now + interval
        }
        // The answer may come long before the timeout is over, and with it the next question.
        return isOverdue ? now + 1_000_000 : min(askedAt + timeout, now + interval)
    }
}
