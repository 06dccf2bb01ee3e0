/// One address, for as long as the channel's names give it.
struct AddressID: Hashable, Sendable {
    let number: Int
}

/// What a policy wants done, in this order.
enum BalancingAction: Equatable {
    /// Start an attempt: the answer is `onReady` or `onAttemptFailed`.
    case connect(AddressID)
    /// Call `onBackoffOver` after a delay that grows with the failures in a row.
    case backOff(AddressID, failures: Int)
    /// Give the connection, or the attempt, up; calls that are open on it go on. Nothing more is told of it.
    case retire(AddressID)
    /// Call `onStaggerOver` with this number in a moment.
    case startStagger(pass: Int)
    /// The names may have other addresses by now.
    case lookUp
}

/// Which addresses are connected, and which of them a call goes to; without sockets, timers and names.
protocol BalancingPolicy {
    /// Of all addresses together.
    var connectivity: ConnectivityState { get }

    /// The addresses that the names have now, in the order of preference. Empty: none, and nobody knows when.
    mutating func onAddresses(_ ids: [AddressID]) -> [BalancingAction]
    /// A connection is wanted.
    mutating func onConnect() -> [BalancingAction]
    mutating func onReady(_ id: AddressID, now: Int64) -> [BalancingAction]
    mutating func onAttemptFailed(_ id: AddressID) -> [BalancingAction]
    /// The connection takes no more calls.
    mutating func onLost(_ id: AddressID, now: Int64) -> [BalancingAction]
    mutating func onBackoffOver(_ id: AddressID) -> [BalancingAction]
    mutating func onStaggerOver(pass: Int) -> [BalancingAction]
    /// Calls to this address do badly: another one, please, if there is one.
    mutating func onMoveOn(from id: AddressID) -> [BalancingAction]
    /// Where the next call goes; nil if nowhere now.
    mutating func pick() -> AddressID?
}

/// What a policy keeps of an address.
struct AddressRecord {
    let id: AddressID
    private(set) var phase = Phase.idle
    /// Attempts that failed in a row, and connections that were lost at once.
    private(set) var failures = 0
    /// Whether it has failed since it was ready.
    private(set) var hasFailed = false

    enum Phase: Equatable {
        case idle
        case connecting
        case ready(since: Int64)
        case backingOff
    }

    init(id: AddressID) {
        self.id = id
    }

    var isReady: Bool {
        if case .ready = phase { true } else { false }
    }

    mutating func connect() {
        phase = .connecting
    }

    mutating func becomeIdle() {
        phase = .idle
    }

    /// False if no attempt was under way.
    mutating func becomeReady(now: Int64) -> Bool {
        guard phase == .connecting else { return false }
        phase = .ready(since: now)
        hasFailed = false
        return true
    }

    /// Nil if no attempt was under way.
    mutating func fail() -> BalancingAction? {
        guard phase == .connecting else { return nil }
        failures += 1
        hasFailed = true
        phase = .backingOff
        return .backOff(id, failures: failures)
    }

    /// A connection that lasted is made again at once: whether that is refused tells whether the process has died. A
    /// server that takes connections only to drop them is not called in a loop. The action is nil in the first case.
    mutating func lose(now: Int64) -> BalancingAction? {
        guard case .ready(let since) = phase else { return nil }
        failures = now - since < ChannelState.shortLife ? failures + 1 : 0
        guard failures > 1 else {
            phase = .idle
            return nil
        }
        hasFailed = true
        phase = .backingOff
        return .backOff(id, failures: failures - 1)
    }
}

/// The records of a policy, in the order of preference.
struct AddressRecords {
    private(set) var all: [AddressRecord] = []

    func index(of id: AddressID) -> Int? { all.firstIndex { $0.id == id } }

    subscript(_ index: Int) -> AddressRecord {
        get { all[index] }
        set { all[index] = newValue }
    }

    func contains(_ phase: AddressRecord.Phase) -> Bool { all.contains { $0.phase == phase } }

    /// Takes a new list over. Returns the records that are not in it any more.
    mutating func replace(with ids: [AddressID]) -> [AddressRecord] {
        let old = all
        all = ids.map { id in old.first { $0.id == id } ?? AddressRecord(id: id) }
        return old.filter { !ids.contains($0.id) }
    }
}

extension [AddressRecord] {
    /// Gives up what these addresses have.
    var retirements: [BalancingAction] {
        compactMap { $0.phase == .connecting || $0.isReady ? .retire($0.id) : nil }
    }
}
