import ByteString
import Messages
import Testing

@testable import Coordination

@Suite struct `A transaction` {
    private typealias Comparison = Transaction.Comparison

    private static func create(_ path: String, _ data: [UInt8] = []) -> Transaction.Operation {
        .change(ZnodeChange(path: path, operation: .create(data: Bytes(data))))
    }

    private static func set(_ path: String, _ data: [UInt8], version: UInt64? = nil) -> Transaction.Operation {
        .change(ZnodeChange(path: path, operation: .set(data: Bytes(data), expectedVersion: version)))
    }

    private static func delete(_ path: String) -> Transaction.Operation {
        .change(ZnodeChange(path: path, operation: .delete(expectedVersion: nil)))
    }

    @Test func `carries all of its operations out at one revision, each seeing those before it`() throws {
        let state = try Fixture.raised()
        let result = try state.transact(
            then: [
                Self.create("/a", [1]), Self.create("/a/b"), Self.set("/a", [2], version: 0), .get(path: "/a"),
                Self.delete("/a/b"), .get(path: "/a/b"),
            ]
        ).get()
        let outcome = try #require(result.transaction)
        #expect(outcome.failedComparison == nil && outcome.results.count == 6)
        guard case .read(let read?) = outcome.results[3] else { throw Unexpected() }
        #expect(read.data == [2] && read.stat.version == 1)
        #expect(outcome.results[5] == .read(nil))
        let events = try state.history(from: state.revision).get()
        #expect(events.map(\.path) == ["/a", "/a/b", "/a", "/a/b"])
        #expect(events.allSatisfy { $0.revision == Revision(state.revision) })
        #expect(state.get("/a")?.data == [2] && state.children("/a") == [])
    }

    @Test func `that fails has no effect, and names the operation`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/a", [1]).get()
        let refusal = state.transact(
            then: [Self.create("/b"), Self.set("/a", [9]), Self.delete("/a"), Self.create("/c/d")])
        guard case .failure(let error) = refusal else { throw Unexpected() }
        #expect(error.reason == .parentNotFound && error.code == .notFound)
        #expect(error.message.hasPrefix("operation 3 of `then`: "))
        #expect(error.metadata.suffix(2) == [.init("operation", "3"), .init("branch", "then")])
        #expect(state.children("/") == ["a"] && state.get("/a")?.data == [1])
        #expect(try state.history(from: state.revision).get() == [])
        expectEqual(state.coordination.znodeCount, 2)
    }

    @Test func `that does not hold carries the other branch out, and names the comparison`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/a", [1]).get()
        let outcome = try #require(
            try state.transact(
                [Comparison(path: "/a", .exists(true)), Comparison(path: "/a", .version(7))],
                then: [Self.delete("/a")], otherwise: [Self.set("/a", [2])]
            ).get().transaction)
        #expect(outcome.failedComparison == 1 && outcome.results.count == 1)
        #expect(state.get("/a")?.data == [2])
    }

    @Test func `compares what is asked for in the way that is asked for`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.create("/a", [5, 6]).get()
        let created = state.revision
        _ = try state.set("/a", [5, 6]).get()
        _ = try state.create("/a/x").get()
        _ = try state.create("/e", .ephemeral(session)).get()
        func holds(_ path: String, _ value: Comparison.Value, _ relation: Comparison.Relation = .equal) throws -> Bool {
            let result = try state.transact([Comparison(path: path, value, relation: relation)], then: []).get()
            return result.transaction?.failedComparison == nil
        }
        for (value, less, greater) in [
            (.version(1), .version(2), .version(0)),
            (.createdRevision(created), .createdRevision(.max), .createdRevision(1)),
            (.modifiedRevision(created + 1), .modifiedRevision(.max), .modifiedRevision(created)),
            (.childCount(1), .childCount(2), .childCount(0)), (.data([5, 6]), .data([5, 7]), .data([5])),
        ] as [(Comparison.Value, Comparison.Value, Comparison.Value)] {
            #expect(try holds("/a", value) && !holds("/a", less) && !holds("/a", greater))
            #expect(try !holds("/a", value, .notEqual) && holds("/a", less, .notEqual))
            #expect(try holds("/a", less, .less) && !holds("/a", value, .less) && !holds("/a", greater, .less))
            #expect(try holds("/a", greater, .greater) && !holds("/a", value, .greater))
            #expect(try !holds("/none", value) && !holds("/none", value, .notEqual))
        }
        #expect(try holds("/e", .session(session.rawValue)) && holds("/a", .session(0)))
        #expect(try holds("/a", .exists(true)) && holds("/none", .exists(false)) && !holds("/none", .exists(true)))
        #expect(try holds("/none", .exists(true), .notEqual) && holds("/a", .data([]), .greater))
    }

    @Test func `is remembered with all that it came to`() throws {
        let state = try Fixture.raised()
        let id = RequestIdentity(client: "c", sequence: 1)
        let operations: [Transaction.Operation] = [
            .change(ZnodeChange(path: "/n-", operation: .create(Creation(data: [1], isSequential: true)))),
            .get(path: "/none"), .get(path: "/"), Self.create("/x", [1, 2, 3]), .get(path: "/x"), Self.delete("/x"),
        ]
        let first = state.apply(Command(.transaction(Transaction(then: operations)), requestID: id))
        state.create("/between")
        let again = state.apply(Command(.transaction(Transaction(then: operations)), requestID: id))
        #expect(again.isRepeated)
        expectEqual(try again.outcome.get(), try first.outcome.get())
        let restored = try state.restored()
        let third = restored.apply(Command(.transaction(Transaction(then: operations)), requestID: id))
        expectEqual(try third.outcome.get(), try first.outcome.get())
        let other = Transaction(then: operations.dropLast())
        #expect(state.apply(Command(.transaction(other), requestID: id)).outcome.reason == .requestIDReused)
    }

    @Test func `has its bounds`() throws {
        let state = try Fixture.raised()
        let many = (0..<129).map { Self.create("/\($0)") }
        #expect(state.transact(then: many).reason == .limitReached)
        #expect(state.transact(then: [], otherwise: many).reason == .limitReached)
        #expect(state.transact(then: Array(many.dropLast())).reason == nil)
        #expect(state.transact(then: [Self.create("relative")]).reason == .invalidPath)
        #expect(state.transact(then: [.get(path: "/a//b")]).reason == .invalidPath)
        _ = try state.create("/large", [UInt8](repeating: 1, count: 5_000)).get()
        #expect(state.transact(then: [.get(path: "/large")]).reason == nil)
        let id = RequestIdentity(client: "c", sequence: 1)
        let kept = Command(.transaction(Transaction(then: [.get(path: "/large")])), requestID: id)
        #expect(state.apply(kept).outcome.reason == .limitReached)
        let names = (0..<100).map { index -> Transaction.Operation in
            let creation = Creation(data: [], isSequential: true)
            let name = "/" + String(repeating: "n", count: 230)
            return .change(ZnodeChange(path: name, operation: .create(creation)))
        }
        let next = RequestIdentity(client: "c", sequence: 2)
        let named = Command(.transaction(Transaction(then: names)), requestID: next)
        #expect(state.apply(named).outcome.reason == .limitReached)
        #expect(state.children("/")?.last == "large" && state.transact(then: names).reason == nil)
        _ = try state.create("/huge", [UInt8](repeating: 1, count: 1 << 20)).get()
        let reads = [Transaction.Operation](repeating: .get(path: "/huge"), count: 3)
        #expect(state.transact(then: reads).reason == .limitReached)
    }

    /// A twin gets the same commands, but for the transactions that failed; of those it sees the time pass.
    @Test(arguments: UInt64(1)...20) func `that fails leaves no trace whatever it had done`(seed: UInt64) throws {
        var commands = CommandGenerator(seed: seed)
        let state = try Fixture.raised()
        let twin = try Fixture.raised()
        let session = try state.open()
        _ = try twin.open()
        for lifetime in [("/box", Lifetime.container), ("/brief", .ttl(milliseconds: 60_000, since: .zero))] {
            _ = try state.create(lifetime.0, lifetime.1).get()
            _ = try twin.create(lifetime.0, lifetime.1).get()
        }
        var failures = 0
        for _ in 0..<150 {
            let operations = (0..<(1 + commands.generator.below(6))).compactMap { index -> Transaction.Operation? in
                if commands.generator.below(6) == 0 {
                    let creation = Creation(data: [1], lifetime: .ephemeral(session))
                    return .change(ZnodeChange(path: "/box/\(index)", operation: .create(creation)))
                }
                guard case .znode(let change) = commands.next().action else { return nil }
                return .change(change)
            }
            let transaction = Command(.transaction(Transaction(then: operations)))
            if case .success = state.apply(transaction).outcome {
                twin.apply(transaction)
            } else {
                failures += 1
                twin.apply(Command(path: "/none", operation: .delete(expectedVersion: nil)))
            }
            expectEqual(state.coordination.digest, twin.coordination.digest)
        }
        #expect(failures > 20 && failures < 150)
        _ = state.coordination.publish()
        _ = twin.coordination.publish()
        expectEqual(state.coordination.digest, twin.coordination.digest)
        #expect(try state.history(from: 1).get() == twin.history(from: 1).get())
    }

    // MARK: Messages

    @Test func `is read from its message and answered by one`() throws {
        let state = try Fixture.raised()
        let request = TransactRequest(
            comparisons: [Messages.Comparison(path: "/a", what: .exists(false))],
            then: [
                Messages.Operation(what: .create(CreateRequest(path: "/a", data: [1]))),
                Messages.Operation(what: .get("/a")), Messages.Operation(what: .get("/none")),
                Messages.Operation(what: .set(SetRequest(path: "/a", data: [2]))),
                Messages.Operation(what: .delete(DeleteRequest(path: "/a"))),
            ])
        let command = try Command(.transact, decoding: request.encodedBytes())
        #expect(command.kind == .transact && command.level == .sessions)
        let result = try state.apply(command).outcome.get()
        let response = try TransactResponse(decoding: result.encodedResponse())
        #expect(response.succeeded && response.failedComparison == nil && response.revision == state.revision)
        guard case .create(let created) = response.results[0].what, case .get(let read) = response.results[1].what,
            case .missing(true) = response.results[2].what, case .set(let set) = response.results[3].what,
            case .delete(let deleted) = response.results[4].what
        else { throw Unexpected() }
        #expect(created.path == "/a" && read.data == [1] && set.stat?.version == 1)
        #expect(deleted.revision == state.revision)
    }

    @Test func `that is no transaction is refused`() throws {
        let id = RequestId(clientID: "c", sequence: 1)
        for request in [
            TransactRequest(comparisons: [Messages.Comparison(path: "/a")]),
            TransactRequest(then: [Messages.Operation()]),
            TransactRequest(comparisons: [Messages.Comparison(path: "/a", what: .exists(true), relation: .less)]),
            TransactRequest(
                comparisons: [Messages.Comparison(path: "/a", what: .version(1), relation: .unrecognized(9))]),
            TransactRequest(then: [Messages.Operation(what: .delete(DeleteRequest(path: "/a", requestID: id)))]),
            TransactRequest(otherwise: [Messages.Operation(what: .create(CreateRequest(path: "/a", kind: .ttl)))]),
        ] {
            let bytes = try request.encodedBytes()
            #expect(throws: StateError.self) { try Command(.transact, decoding: bytes) }
        }
    }
}

extension Fixture {
    fileprivate func transact(
        _ comparisons: [Transaction.Comparison] = [], then: [Transaction.Operation],
        otherwise: [Transaction.Operation] = []
    ) -> WriteOutcome {
        let transaction = Transaction(comparisons: comparisons, then: then, otherwise: otherwise)
        return apply(Command(.transaction(transaction))).outcome
    }
}
