import NIOCore
import Testing

@testable import RPC

private let a = AddressID(number: 1)
private let b = AddressID(number: 2)
private let c = AddressID(number: 3)
private let long = ChannelState.shortLife + 1

/// `#expect` for mutating calls, which it cannot take apart.
private func expect<Value: Equatable>(
    _ actual: Value, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual == expected, sourceLocation: sourceLocation)
}

@Suite struct PickFirstTests {
    /// One that is connected to `a` since time 0.
    private func ready(_ ids: [AddressID] = [a, b, c]) -> PickFirst {
        var policy = PickFirst()
        _ = policy.onConnect()
        _ = policy.onAddresses(ids)
        _ = policy.onReady(ids[0], now: 0)
        return policy
    }

    @Test func `nothing is connected before a connection is wanted`() {
        var policy = PickFirst()
        expect(policy.onAddresses([a, b]), [])
        #expect(policy.connectivity == .idle && policy.pick() == nil)
        expect(policy.onConnect(), [.connect(a), .startStagger(pass: 1)])
        expect(policy.onConnect(), [])
        #expect(policy.connectivity == .connecting && policy.pick() == nil)
    }

    @Test func `a connection that is wanted waits for the names`() {
        var policy = PickFirst()
        expect(policy.onConnect(), [])
        #expect(policy.connectivity == .connecting)
        expect(policy.onAddresses([a]), [.connect(a)])
    }

    @Test func `an address that does not answer is overtaken, and the first that does wins`() {
        var policy = PickFirst()
        _ = policy.onAddresses([a, b, c])
        _ = policy.onConnect()
        expect(policy.onStaggerOver(pass: 1), [.connect(b), .startStagger(pass: 1)])
        expect(policy.onReady(b, now: 0), [.retire(a)])
        #expect(policy.pick() == b && policy.connectivity == .ready)
        // What comes too late changes nothing.
        expect(policy.onStaggerOver(pass: 1), [])
        expect(policy.onReady(a, now: 1), [])
        expect(policy.onAttemptFailed(a), [])
        #expect(policy.pick() == b)
    }

    @Test func `an address that refuses is passed at once`() {
        var policy = PickFirst()
        _ = policy.onAddresses([a, b, c])
        _ = policy.onConnect()
        expect(policy.onAttemptFailed(a), [.backOff(a, failures: 1), .connect(b), .startStagger(pass: 1)])
        expect(policy.onAttemptFailed(b), [.backOff(b, failures: 1), .connect(c)])
        #expect(policy.connectivity == .connecting)
    }

    @Test func `when all have failed each is tried again after its own delay, and calls need not wait`() {
        var policy = PickFirst()
        _ = policy.onAddresses([a, b])
        _ = policy.onConnect()
        _ = policy.onAttemptFailed(a)
        expect(policy.onAttemptFailed(b), [.backOff(b, failures: 1), .lookUp])
        #expect(policy.connectivity == .transientFailure)
        expect(policy.onBackoffOver(a), [.connect(a)])
        #expect(policy.connectivity == .transientFailure)
        expect(policy.onAttemptFailed(a), [.backOff(a, failures: 2), .lookUp])
        expect(policy.onBackoffOver(b), [.connect(b)])
        expect(policy.onReady(b, now: 5), [])
        #expect(policy.connectivity == .ready && policy.pick() == b)
        // The delay of the other one goes on, and then it has nothing to do.
        expect(policy.onBackoffOver(a), [])
    }

    @Test func `when the connection is lost, the addresses behind it come first`() {
        var policy = ready()
        expect(policy.onLost(a, now: long), [.lookUp, .connect(b), .startStagger(pass: 3)])
        #expect(policy.connectivity == .connecting && policy.pick() == nil)
        _ = policy.onReady(b, now: long)
        expect(policy.onLost(b, now: 2 * long + 1), [.lookUp, .connect(c), .startStagger(pass: 5)])
        expect(policy.onAttemptFailed(c), [.backOff(c, failures: 1), .connect(a), .startStagger(pass: 5)])
        expect(policy.onAttemptFailed(a), [.backOff(a, failures: 1), .connect(b)])
    }

    @Test func `the only address is connected again at once, unless it drops connections`() {
        var policy = ready([a])
        expect(policy.onLost(a, now: long), [.lookUp, .connect(a)])
        _ = policy.onReady(a, now: long)
        expect(policy.onLost(a, now: long + 1), [.lookUp, .connect(a)])
        _ = policy.onReady(a, now: long + 2)
        expect(policy.onLost(a, now: long + 3), [.backOff(a, failures: 1), .lookUp, .lookUp])
        #expect(policy.connectivity == .transientFailure)
        expect(policy.onBackoffOver(a), [.connect(a)])
    }

    @Test func `an address whose calls do badly is left for the next one`() {
        var policy = ready([a, b])
        expect(policy.onMoveOn(from: b), [])
        expect(policy.onMoveOn(from: a), [.retire(a), .connect(b), .startStagger(pass: 3)])
        // Many calls may ask for the same.
        expect(policy.onMoveOn(from: a), [])
        _ = policy.onReady(b, now: 1)
        #expect(policy.pick() == b)
        var only = ready([a])
        expect(only.onMoveOn(from: a), [])
        #expect(only.pick() == a)
    }

    @Test func `new addresses do not disturb a connection, unless its own is gone`() {
        var policy = ready([a, b])
        expect(policy.onAddresses([c, a]), [])
        #expect(policy.pick() == a)
        expect(policy.onAddresses([c, b]), [.retire(a), .connect(c), .startStagger(pass: 3)])
        #expect(policy.connectivity == .connecting)
    }

    @Test func `new addresses are tried at once when the old ones have failed`() {
        var policy = PickFirst()
        _ = policy.onConnect()
        _ = policy.onAddresses([a])
        _ = policy.onAttemptFailed(a)
        expect(policy.onAddresses([a]), [])
        expect(policy.onAddresses([a, b]), [.connect(b)])
        #expect(policy.connectivity == .transientFailure)
        _ = policy.onReady(b, now: 0)
        #expect(policy.pick() == b)
    }

    @Test func `a name without addresses fails, until it has one`() {
        var policy = PickFirst()
        _ = policy.onConnect()
        expect(policy.onAddresses([]), [.lookUp])
        #expect(policy.connectivity == .transientFailure)
        expect(policy.onAddresses([a]), [.connect(a)])
    }
}

@Suite struct RoundRobinTests {
    private func connecting(_ ids: [AddressID] = [a, b, c]) -> RoundRobin {
        var policy = RoundRobin()
        _ = policy.onAddresses(ids)
        _ = policy.onConnect()
        return policy
    }

    private func picks(_ policy: inout RoundRobin, _ count: Int) -> [AddressID?] {
        (0..<count).map { _ in policy.pick() }
    }

    @Test func `every address is connected, and the ready ones take turns`() {
        var policy = RoundRobin()
        expect(policy.onAddresses([a, b, c]), [])
        #expect(policy.connectivity == .idle)
        expect(policy.onConnect(), [.connect(a), .connect(b), .connect(c)])
        #expect(policy.connectivity == .connecting && policy.pick() == nil)
        _ = policy.onReady(b, now: 0)
        #expect(policy.connectivity == .ready)
        expect(picks(&policy, 3), [b, b, b])
        _ = policy.onReady(c, now: 0)
        #expect(Set(picks(&policy, 2)) == [b, c])
        #expect(Set(picks(&policy, 2)) == [b, c])
    }

    @Test func `a lost address takes no calls until it is back`() {
        var policy = connecting([a, b])
        _ = policy.onReady(a, now: 0)
        _ = policy.onReady(b, now: 0)
        expect(policy.onLost(a, now: long), [.lookUp, .connect(a)])
        expect(picks(&policy, 2), [b, b])
        expect(policy.onAttemptFailed(a), [.backOff(a, failures: 1), .lookUp])
        #expect(policy.connectivity == .ready)
        expect(policy.onLost(b, now: long), [.lookUp, .connect(b)])
        #expect(policy.connectivity == .connecting)
        _ = policy.onAttemptFailed(b)
        #expect(policy.connectivity == .transientFailure)
        expect(policy.onBackoffOver(b), [.connect(b)])
        #expect(policy.connectivity == .transientFailure)
        _ = policy.onReady(b, now: 2 * long)
        #expect(policy.connectivity == .ready)
    }

    @Test func `addresses come and go with the name`() {
        var policy = connecting([a, b])
        _ = policy.onReady(a, now: 0)
        expect(policy.onAddresses([b, c]), [.retire(a), .connect(c)])
        #expect(policy.pick() == nil)
        _ = policy.onReady(c, now: 0)
        expect(picks(&policy, 2), [c, c])
        expect(policy.onLost(a, now: 0), [])
        expect(policy.onAddresses([]), [.retire(b), .retire(c)])
        #expect(policy.connectivity == .transientFailure)
    }
}

@Suite struct NameTests {
    @Test func `a name is not looked up more often than the interval allows`() {
        var state = NameLookupState(intervalMin: 100)
        expect(state.onWanted(now: 0), .lookUp)
        expect(state.onWanted(now: 1), .none)
        state.onFound()
        expect(state.onWanted(now: 40), .wait(60))
        expect(state.onWanted(now: 50), .none)
        expect(state.onTimer(now: 100), true)
        state.onFound()
        expect(state.onTimer(now: 150), false)
        expect(state.onWanted(now: 500), .lookUp)
    }

    @Test func `failed lookups are made again by themselves`() {
        var state = NameLookupState(intervalMin: 100)
        _ = state.onWanted(now: 0)
        expect(state.onFailed(), 1)
        expect(state.onWanted(now: 1_000), .none)
        expect(state.onTimer(now: 1_001), true)
        expect(state.onFailed(), 2)
        expect(state.onTimer(now: 2_000), true)
        state.onFound()
        _ = state.onWanted(now: 3_000)
        expect(state.onFailed(), 1)
    }

    private func address(_ text: String) throws -> SocketAddress { try SocketAddress(ipAddress: text, port: 1) }

    @Test func `families take turns, the preferred one first`() throws {
        let given = try ["::1", "::2", "::3", "127.0.0.1", "127.0.0.2"].map(address)
        let expected = try ["::1", "127.0.0.1", "::2", "127.0.0.2", "::3"].map(address)
        #expect(given.familiesInTurn == expected)
        #expect([SocketAddress]().familiesInTurn == [])
    }

    @Test func `the addresses of all names are published together, each once, in the names' order`() throws {
        let endpoints = [
            Endpoint(host: "one", port: 1), Endpoint(host: "127.0.0.9", port: 1), Endpoint(host: "two", port: 1),
        ]
        var book = NameBook(endpoints, intervalMin: 0)
        expect(book.publishes(isPatient: true), false)
        expect(book.onWanted(1, now: 0), .none)
        expect(book.onWanted(0, now: 0), .lookUp)
        expect(book.onWanted(2, now: 0), .lookUp)
        book.onFound(2, try [address("127.0.0.2"), address("127.0.0.9")])
        expect(book.publishes(isPatient: true), false)
        book.onFound(0, try [address("127.0.0.1")])
        expect(book.publishes(isPatient: true), true)
        let expected = try ["127.0.0.1", "127.0.0.9", "127.0.0.2"].map(address)
        #expect(book.addresses.map(\.address) == expected)
        #expect(book.addresses.map(\.endpoint.host) == ["one", "127.0.0.9", "two"])
        _ = book.onFailed(0, "gone")
        #expect(book.addresses.count == 3, "what was known stays")
    }

    @Test func `names that take long are not waited for when another one has an address`() throws {
        var book = NameBook([Endpoint(host: "one", port: 1), Endpoint(host: "two", port: 1)], intervalMin: 0)
        expect(book.publishes(isPatient: false), false)
        book.onFound(1, try [address("127.0.0.2")])
        expect(book.publishes(isPatient: false), true)
    }

    @Test func `the system's resolver knows loopback, and says what it does not know`() async throws {
        let found = try await SystemResolver().addresses(of: Endpoint(host: "localhost", port: 7))
        #expect(found.contains { $0.ipAddress == "127.0.0.1" || $0.ipAddress == "::1" })
        #expect(found.allSatisfy { $0.port == 7 })
        await #expect(throws: NameNotResolved.self) {
            try await SystemResolver().addresses(of: Endpoint(host: "no-such-name.invalid", port: 7))
        }
    }
}
