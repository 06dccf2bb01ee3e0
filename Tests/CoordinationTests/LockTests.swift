import ByteString
import Testing

@testable import Coordination

@Suite struct `A lock` {
    @Test func `is held by the first who claims it, with the revision as the token`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let claim = try state.acquire("/l", session, owner: "me", value: [7]).get()
        let digits = String(repeating: "0", count: 19)
        #expect(claim.path == "/l/\(digits)3-exclusive-me")
        expectEqual(claim.stat?.createdRevision.rawValue, state.revision)
        let claims = state.read { $0.claims("/l", limit: 10) }
        #expect(
            claims == [
                LockClaim(
                    token: 3, session: session, owner: "me", mode: .exclusive, isHeld: true, path: claim.path,
                    value: [7])
            ])
        #expect(state.isValid("/l", 3) && !state.isValid("/l", 2) && !state.isValid("/none", 3))
    }

    @Test func `creates its znode and those above it as containers, which go with the last claim`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let token = try state.acquire("/a/b/l", session).token()
        #expect(state.stat("/a")?.lifetime == .container && state.stat("/a/b/l")?.lifetime == .container)
        let events = try state.history(from: state.revision).get()
        #expect(events.map(\.kind) == [.created, .created, .created, .created])
        _ = try state.release("/a/b/l", token).get()
        #expect(state.children("/") == [])
        expectEqual(state.coordination.znodeCount, 1)
    }

    @Test func `leaves a znode alone that was there before`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.create("/l", [1]).get()
        let token = try state.acquire("/l", session).token()
        _ = try state.release("/l", token).get()
        #expect(state.get("/l")?.data == [1])
    }

    @Test func `passes to those who wait in the order in which they came`() throws {
        let state = try Fixture.raised()
        let sessions = try (0..<3).map { _ in try state.open() }
        let tokens = try sessions.map { try state.acquire("/l", $0).token() }
        #expect(tokens == tokens.sorted())
        #expect(state.held("/l") == [tokens[0]])
        _ = try state.release("/l", tokens[1]).get()
        #expect(state.held("/l") == [tokens[0]])
        _ = try state.release("/l", tokens[0]).get()
        #expect(state.held("/l") == [tokens[2]])
        #expect(state.release("/l", tokens[0]).reason == .claimNotFound)
    }

    @Test func `passes on when the holder's session ends`() throws {
        let state = try Fixture.raised()
        let (first, second) = (try state.open(), try state.open())
        let old = try state.acquire("/l", first).token()
        let new = try state.acquire("/l", second).token()
        _ = try state.close(first).get()
        #expect(state.held("/l") == [new] && new > old)
        #expect(state.acquire("/l", first).reason == .sessionEnded)
    }

    @Test func `is shared by readers up to the first writer who waits`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let modes: [LockMode] = [.shared, .shared, .exclusive, .shared]
        let tokens = try modes.enumerated().map { try state.acquire("/l", session, owner: "\($0)", $1).token() }
        #expect(state.held("/l") == [tokens[0], tokens[1]])
        _ = try state.release("/l", tokens[0]).get()
        #expect(state.held("/l") == [tokens[1]])
        _ = try state.release("/l", tokens[1]).get()
        #expect(state.held("/l") == [tokens[2]])
        _ = try state.release("/l", tokens[2]).get()
        #expect(state.held("/l") == [tokens[3]])
    }

    @Test func `as a semaphore gives out its permits in order, and lets nobody overtake`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let tokens = try [2, 2, 2, 1].enumerated().map { (place, count) in
            try state.acquire("/l", session, owner: "\(place)", .permits(UInt32(count), capacity: 5)).token()
        }
        #expect(state.held("/l") == [tokens[0], tokens[1]])
        _ = try state.release("/l", tokens[0]).get()
        #expect(state.held("/l") == Array(tokens[1...3]))
        let other = state.acquire("/l", session, owner: "x", .permits(1, capacity: 6))
        #expect(other.reason == .lockMismatch && other.code == .failedPrecondition)
        #expect(state.acquire("/l", session, owner: "x", .shared).reason == .lockMismatch)
    }

    @Test func `is claimed once by an owner, however often it asks`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let first = try state.acquire("/l", session, owner: "me", value: [1]).get()
        let again = try state.acquire("/l", session, owner: "me", value: [2]).get()
        #expect(again.path == first.path && again.stat?.createdRevision == first.stat?.createdRevision)
        #expect(again.stat?.version == 1 && state.get(first.path)?.data == [2])
        #expect(state.acquire("/l", session, owner: "me", .shared).reason == .lockMismatch)
        #expect(try state.acquire("/l", session, owner: "you").token() != first.stat?.createdRevision.rawValue)
    }

    @Test func `that is only tried leaves no claim behind unless it is had`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let token = try state.acquire("/l", session, isTry: true).token()
        let refused = state.acquire("/l", session, owner: "b", isTry: true)
        #expect(refused.reason == .lockHeld && refused.code == .failedPrecondition)
        guard case .failure(let error) = refused else { throw Unexpected() }
        #expect(error.metadata.first == .init("holder_token", "\(token)"))
        #expect(state.children("/l")?.count == 1)
        #expect(try state.acquire("/l", session, isTry: true).token() == token)
        // One that waits does not have it either.
        _ = try state.acquire("/l", session, owner: "b").get()
        #expect(state.acquire("/l", session, owner: "b", isTry: true).reason == .lockHeld)
    }

    @Test func `remembers a claim for its request id, and makes no second one after its release`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let id = RequestIdentity(client: "c", sequence: 1)
        let first = try state.acquire("/l", session, id: id).get()
        let again = try state.acquire("/l", session, id: id).get()
        #expect(again.path == first.path && again.revision == first.revision && again.stat?.version == 1)
        #expect(state.withdraw("/l", first.token, version: 0).reason == .versionMismatch)
        _ = try state.release("/l", first.token).get()
        #expect(try state.acquire("/l", session, id: id).get() == first)
        #expect(state.children("/") == [])
        #expect(state.acquire("/l", session, owner: "other", id: id).reason == .requestIDReused)
    }

    @Test func `is not to be had by making up a claim`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.create("/l").get()
        let digits = String(repeating: "0", count: 19)
        _ = try state.create("/l/\(digits)1-exclusive", .ephemeral(session)).get()
        let next = "/l/" + ClaimName.text(token: state.revision + 1, mode: .exclusive, owner: "")
        _ = try state.create(next).get()
        #expect(state.read { $0.claims("/l", limit: 10) } == [])
        let token = try state.acquire("/l", session).token()
        #expect(state.held("/l") == [token])
    }

    @Test func `refuses more claims than it may have, and below an ephemeral znode has none`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/l").get()
        // Any children count: how many there are is known at once.
        for number in 0..<Limits.claimsPerLockMax { _ = try state.create("/l/\(number)x").get() }
        let session = try state.open()
        #expect(state.acquire("/l", session, owner: "one more").reason == .limitReached)
        _ = try state.create("/e", .ephemeral(session)).get()
        let before = state.coordination.znodeCount
        #expect(state.acquire("/e/l", session).reason == .parentEphemeral)
        #expect(state.acquire("/e", session).reason == .parentEphemeral)
        expectEqual(state.coordination.znodeCount, before)
    }

    // MARK: Withdrawing

    @Test func `loses a claim that is withdrawn, unless another call relies on it`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.acquire("/l", session, owner: "holder").get()
        let token = try state.acquire("/l", session, owner: "b").token()
        _ = try state.acquire("/l", session, owner: "b").get()
        #expect(state.withdraw("/l", token, version: 0).reason == .versionMismatch)
        _ = try state.withdraw("/l", token, version: 1).get()
        #expect(state.withdraw("/l", token, version: 1).reason == .claimNotFound)
        #expect(state.children("/l")?.count == 1)
    }

    @Test func `keeps a claim that was there before the call which withdraws it, once it holds`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let holder = try state.acquire("/l", session, owner: "holder").token()
        let token = try state.acquire("/l", session, owner: "b").token()
        _ = try state.acquire("/l", session, owner: "b").get()
        _ = try state.release("/l", holder).get()
        #expect(state.withdraw("/l", token, version: 1, onlyWaiting: true).reason == .lockHeld)
        #expect(state.held("/l") == [token])
    }

    // MARK: Tokens

    @Test func `fences the writes of whoever held it before`() throws {
        let state = try Fixture.raised()
        let (first, second) = (try state.open(), try state.open())
        _ = try state.create("/data").get()
        let old = try state.acquire("/l", first).token()
        let new = try state.acquire("/l", second).token()
        func set(_ token: UInt64) -> WriteOutcome {
            let fence = Fence(path: "/l", token: token)
            return state.apply(
                Command(path: "/data", operation: .set(data: [1], expectedVersion: nil), fence: fence)
            ).outcome
        }
        _ = try set(old).get()
        #expect(set(new).reason == .fenced && set(new).code == .aborted)
        _ = try state.close(first).get()
        #expect(set(old).reason == .fenced)
        _ = try set(new).get()
        #expect(state.stat("/data")?.version == 2)
    }

    @Test func `fences creations and deletions, alone and in a transaction`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let token = try state.acquire("/l", session).token()
        let (good, bad) = (Fence(path: "/l", token: token), Fence(path: "/l", token: token + 1))
        let creation = ZnodeChange.Operation.create(data: Bytes())
        #expect(state.apply(Command(path: "/a", operation: creation, fence: bad)).outcome.reason == .fenced)
        _ = try state.apply(Command(path: "/a", operation: creation, fence: good)).outcome.get()
        let deletion = ZnodeChange.Operation.delete(expectedVersion: nil)
        #expect(state.apply(Command(path: "/a", operation: deletion, fence: bad)).outcome.reason == .fenced)
        let transaction = Transaction(then: [
            .change(ZnodeChange(path: "/b", operation: creation)),
            .change(ZnodeChange(path: "/a", operation: deletion, fence: bad)),
        ])
        #expect(state.apply(Command(.transaction(transaction))).outcome.reason == .fenced)
        #expect(state.children("/") == ["a", "l"])
        _ = try state.apply(Command(path: "/a", operation: deletion, fence: good)).outcome.get()
    }

    @Test func `lets a transaction compare a token`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let token = try state.acquire("/l", session).token()
        func succeeds(_ path: String, _ token: UInt64, _ relation: Transaction.Comparison.Relation) throws -> Bool {
            let comparison = Transaction.Comparison(path: path, .token(token), relation: relation)
            let outcome = state.apply(Command(.transaction(Transaction(comparisons: [comparison], then: [])))).outcome
            return try outcome.get().transaction?.failedComparison == nil
        }
        #expect(try succeeds("/l", token, .equal) && !succeeds("/l", token, .notEqual))
        #expect(try !succeeds("/l", token + 1, .equal) && succeeds("/l", token + 1, .notEqual))
        #expect(try !succeeds("/none", token, .equal) && succeeds("/none", token, .notEqual))
    }

    @Test func `lets its holder and nobody else proclaim`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let leader = try state.acquire("/l", session, owner: "a").get()
        let other = try state.acquire("/l", session, owner: "b").token()
        func proclaim(_ token: UInt64) -> WriteOutcome {
            state.apply(Command(.lock(.proclaim(path: "/l", token: token, value: [9])))).outcome
        }
        _ = try proclaim(leader.token).get()
        #expect(state.get(leader.path)?.data == [9])
        #expect(proclaim(other).reason == .fenced)
    }

    // MARK: The state

    @Test func `is the same after a snapshot`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let token = try state.acquire("/l", session).token()
        _ = try state.acquire("/l", session, owner: "b").get()
        let restored = try state.restored()
        expectEqual(restored.coordination.digest, state.coordination.digest)
        #expect(restored.held("/l") == [token])
        _ = try restored.acquire("/l", session, owner: "c").get()
    }

    @Test(arguments: [
        "0000000000000000001-exclusive", "00000000000000000001", "00000000000000000001-", "00000000000000000001-any",
        "00000000000000000001-exclusive-", "99999999999999999999-shared", "0000000000000000000x-shared",
        "00000000000000000001-0of5", "00000000000000000001-6of5", "00000000000000000001-1of1000001",
        "00000000000000000001-1of", "00000000000000000001-of5", "00000000000000000001-1o5",
        "00000000000000000001exclusive",
    ])
    func `has no claim of such a name`(name: String) {
        #expect(name.withUTF8Bytes { ClaimName($0) == nil })
    }

    @Test(arguments: [
        (LockMode.exclusive, ""), (.exclusive, "a-b"), (.shared, "-"), (.permits(2, capacity: 5), "1of1"),
        (.permits(1_000_000, capacity: 1_000_000), "ø"),
    ])
    func `reads from a claim's name what was written into it`(mode: LockMode, owner: String) {
        let name = ClaimName.text(token: .max, mode: mode, owner: owner)
        name.withUTF8Bytes { bytes in
            let parsed = ClaimName(bytes)
            #expect(parsed?.mode == mode && parsed?.token == .max)
            #expect(parsed.map { $0.owner.elementsEqual(owner.utf8) } == true)
        }
    }
}

extension Fixture {
    static func fence(_ path: String, token: UInt64) -> Fence { Fence(path: path, token: token) }

    func acquire(
        _ path: String, _ session: SessionID, owner: String = "", _ mode: LockMode = .exclusive, value: Bytes = Bytes(),
        isTry: Bool = false, id: RequestIdentity? = nil
    ) -> WriteOutcome {
        let acquisition = Acquisition(
            path: path, session: session, owner: owner, mode: mode, value: value, isTry: isTry)
        return apply(Command(.lock(.acquire(acquisition)), requestID: id)).outcome
    }

    func release(_ path: String, _ token: UInt64) -> WriteOutcome {
        apply(Command(.lock(.release(path: path, token: token)))).outcome
    }

    func withdraw(_ path: String, _ token: UInt64, version: UInt64, onlyWaiting: Bool = false) -> WriteOutcome {
        let change = LockChange.withdraw(path: path, token: token, version: version, onlyWaiting: onlyWaiting)
        return apply(Command(.lock(change))).outcome
    }

    /// The tokens of those who hold the lock.
    func held(_ path: String) -> [UInt64] {
        read { view in
            var tokens: [UInt64] = []
            view.holders(path) { tokens.append($0) }
            for token in tokens { #expect(view.claimState(path, token: token) == .held) }
            return tokens
        }
    }

    func isValid(_ path: String, _ token: UInt64) -> Bool { read { $0.claimState(path, token: token) } == .held }
}

extension WriteResult {
    fileprivate var token: UInt64 { stat?.createdRevision.rawValue ?? 0 }
}

extension WriteOutcome {
    fileprivate func token() throws -> UInt64 { try get().token }
}
