/// One connection for all calls: to the first address that takes one. When it is lost, the addresses behind it are
/// tried before it.
///
/// ```
/// idle -> connecting -> ready -> (lost, or left) -> connecting
///             |  ^ (one takes the connection: ready)
///             v  |
///           failed
/// ```
/// While connecting the addresses are tried in one pass, each when the one before it has failed or has not answered for
/// a moment (RFC 8305, "Happy Eyeballs"); the first that is connected wins. When all have failed, each is tried again
/// when its own delay is over, and `failed` lasts until one is connected: calls should not wait for what is dead.
struct PickFirst: BalancingPolicy {
    private var records = AddressRecords()
    private var phase = Phase.idle
    /// Those that this pass has not come to.
    private var untried: ArraySlice<AddressID> = []
    private var pass = 0
    /// Whether the names have said anything.
    private var hasAddresses = false

    private enum Phase: Equatable {
        case idle
        case connecting
        case ready(AddressID)
        case failed
    }

    var connectivity: ConnectivityState {
        switch phase {
        case .idle: .idle
        case .connecting: .connecting
        case .ready: .ready
        case .failed: .transientFailure
        }
    }

    func pick() -> AddressID? {
        if case .ready(let id) = phase { id } else { nil }
    }

    // MARK: Addresses

    mutating func onAddresses(_ ids: [AddressID]) -> [BalancingAction] {
        hasAddresses = true
        let known = records.all.map(\.id)
        var actions = records.replace(with: ids).retirements
        switch phase {
        case .idle:
            break
        case .ready(let id) where ids.contains(id):
            break
        case .ready:
            phase = .connecting
            actions += startPass(after: nil)
        case .connecting, .failed:
            // The same addresses again are no reason to begin anew.
            guard ids.contains(where: { !known.contains($0) }) || ids.isEmpty else { break }
            actions += startPass(after: nil)
        }
        return actions
    }

    // MARK: Connecting

    mutating func onConnect() -> [BalancingAction] {
        guard phase == .idle else { return [] }
        phase = .connecting
        return hasAddresses ? startPass(after: nil) : []
    }

    /// - Parameter last: The address that is tried last; nil keeps the order of preference.
    private mutating func startPass(after last: AddressID?) -> [BalancingAction] {
        pass += 1
        let ids = records.all.map(\.id)
        let start = last.flatMap { ids.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        untried = (ids[start...] + ids[..<start])[...]
        return tryNext()
    }

    private mutating func tryNext() -> [BalancingAction] {
        while let id = untried.popFirst() {
            guard let index = records.index(of: id) else { continue }
            var actions: [BalancingAction] = []
            switch records[index].phase {
            case .backingOff, .ready: continue
            case .connecting: break
            case .idle:
                records[index].connect()
                actions.append(.connect(id))
            }
            if !untried.isEmpty { actions.append(.startStagger(pass: pass)) }
            return actions
        }
        guard !records.contains(.connecting) else { return [] }
        phase = .failed
        return [.lookUp]
    }

    mutating func onStaggerOver(pass: Int) -> [BalancingAction] {
        guard pass == self.pass, !untried.isEmpty else { return [] }
        return tryNext()
    }

    mutating func onReady(_ id: AddressID, now: Int64) -> [BalancingAction] {
        guard let index = records.index(of: id), records[index].becomeReady(now: now) else { return [] }
        phase = .ready(id)
        untried = []
        pass += 1
        // The losers of the race.
        var actions: [BalancingAction] = []
        for index in records.all.indices where records[index].phase == .connecting {
            records[index].becomeIdle()
            actions.append(.retire(records[index].id))
        }
        return actions
    }

    mutating func onAttemptFailed(_ id: AddressID) -> [BalancingAction] {
        guard let index = records.index(of: id), let backOff = records[index].fail() else { return [] }
        switch phase {
        case .connecting, .failed: return [backOff] + tryNext()
        case .idle, .ready: return [backOff]
        }
    }

    mutating func onBackoffOver(_ id: AddressID) -> [BalancingAction] {
        guard let index = records.index(of: id), records[index].phase == .backingOff else { return [] }
        records[index].becomeIdle()
        guard phase == .connecting || phase == .failed else { return [] }
        untried.removeAll { $0 == id }
        records[index].connect()
        return [.connect(id)]
    }

    // MARK: Loss

    mutating func onLost(_ id: AddressID, now: Int64) -> [BalancingAction] {
        guard phase == .ready(id), let index = records.index(of: id) else { return [] }
        let backOff = records[index].lose(now: now)
        phase = .connecting
        return (backOff.map { [$0] } ?? []) + [.lookUp] + startPass(after: id)
    }

    mutating func onMoveOn(from id: AddressID) -> [BalancingAction] {
        guard phase == .ready(id), records.all.count > 1, let index = records.index(of: id) else { return [] }
        records[index].becomeIdle()
        phase = .connecting
        return [.retire(id)] + startPass(after: id)
    }
}
