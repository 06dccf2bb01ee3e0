/// A connection to every address; calls go to those that are ready, in turn.
struct RoundRobin: BalancingPolicy {
    private var records = AddressRecords()
    private var ready: [AddressID] = []
    private var turn: Int
    private var isIdle = true
    private var hasAddresses = false

    /// - Parameter turn: Which of the ready addresses comes first, counted from any of them: many clients that begin
    ///   together should not all begin with the same server.
    init(turn: Int = 0) {
        self.turn = turn
    }

    var connectivity: ConnectivityState {
        if isIdle { return .idle }
        if !ready.isEmpty { return .ready }
        let mayConnect = records.all.contains { !$0.hasFailed }
        return mayConnect || !hasAddresses ? .connecting : .transientFailure
    }

    mutating func pick() -> AddressID? {
        guard !ready.isEmpty else { return nil }
        turn = (turn + 1) % ready.count
        return ready[turn]
    }

    mutating func onAddresses(_ ids: [AddressID]) -> [BalancingAction] {
        hasAddresses = true
        let actions = records.replace(with: ids).retirements
        ready = records.all.filter(\.isReady).map(\.id)
        return actions + (isIdle ? [] : connectIdle())
    }

    mutating func onConnect() -> [BalancingAction] {
        guard isIdle else { return [] }
        isIdle = false
        return connectIdle()
    }

    private mutating func connectIdle() -> [BalancingAction] {
        var actions: [BalancingAction] = []
        for index in records.all.indices where records[index].phase == .idle {
            records[index].connect()
            actions.append(.connect(records[index].id))
        }
        return actions
    }

    mutating func onReady(_ id: AddressID, now: Int64) -> [BalancingAction] {
        guard let index = records.index(of: id), records[index].becomeReady(now: now) else { return [] }
        ready.append(id)
        return []
    }

    mutating func onAttemptFailed(_ id: AddressID) -> [BalancingAction] {
        guard let index = records.index(of: id), let backOff = records[index].fail() else { return [] }
        return [backOff, .lookUp]
    }

    mutating func onLost(_ id: AddressID, now: Int64) -> [BalancingAction] {
        guard let index = records.index(of: id), records[index].isReady else { return [] }
        ready.removeAll { $0 == id }
        if let backOff = records[index].lose(now: now) { return [backOff, .lookUp] }
        records[index].connect()
        return [.lookUp, .connect(id)]
    }

    mutating func onBackoffOver(_ id: AddressID) -> [BalancingAction] {
        guard let index = records.index(of: id), records[index].phase == .backingOff else { return [] }
        records[index].connect()
        return [.connect(id)]
    }

    mutating func onStaggerOver(pass: Int) -> [BalancingAction] { [] }

    /// The next call goes to another address anyway.
    mutating func onMoveOn(from id: AddressID) -> [BalancingAction] { [] }
}
