/// When a name is looked up, without the lookup and the clock. Times in nanoseconds.
struct NameLookupState {
    private var phase = Phase.idle
    private var lastStart: Int64?
    private var failures = 0
    private let intervalMin: Int64

    private enum Phase {
        case idle
        case lookingUp
        /// One is due later.
        case waiting
    }

    init(intervalMin: Int64) {
        self.intervalMin = intervalMin
    }

    enum OnWanted: Equatable {
        case lookUp
        /// Too soon: call `onTimer` after this time.
        case wait(Int64)
        case none
    }

    mutating func onWanted(now: Int64) -> OnWanted {
        guard phase == .idle else { return .none }
        let rest = lastStart.map { $0 + intervalMin - now } ?? 0
        guard rest <= 0 else {
            phase = .waiting
            return .wait(rest)
        }
        start(now)
        return .lookUp
    }

    /// True: look up now.
    mutating func onTimer(now: Int64) -> Bool {
        guard phase == .waiting else { return false }
        start(now)
        return true
    }

    private mutating func start(_ now: Int64) {
        phase = .lookingUp
        lastStart = now
    }

    mutating func onFound() {
        phase = .idle
        failures = 0
    }

    /// Call `onTimer` after a delay that grows with the failures in a row, which are returned.
    mutating func onFailed() -> Int {
        phase = .waiting
        failures += 1
        return failures
    }
}
