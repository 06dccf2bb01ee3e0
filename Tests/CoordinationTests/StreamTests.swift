import ByteString
import Messages
import Testing

@testable import Coordination

@Suite struct `A stream` {
    /// A session with the stream that opened it, and a znode to write to.
    private static func state() throws -> (Fixture, SessionID) {
        let state = try Fixture.raised()
        let session = try state.open()
        state.create("/a")
        return (state, session)
    }

    private static func set(_ byte: UInt8, path: String = "/a") -> Command {
        Command(path: path, operation: .set(data: [byte], expectedVersion: nil))
    }

    @discardableResult
    private static func write(
        _ commands: [Command], after: UInt64, _ session: SessionID, stream: StreamID? = nil, in state: Fixture
    ) -> WriteOutcome {
        let writes = StreamBatch(
            session: session, stream: stream ?? StreamID(session.rawValue), after: after,
            last: after + UInt64(commands.count), commands: commands)
        return state.apply(Command(.stream(.write(writes)))).outcome
    }

    private static func attach(
        _ session: SessionID, secret: SessionSecret = Fixture.secret, in state: Fixture
    ) -> WriteOutcome {
        state.apply(Command(.stream(.attach(session, secret: secret)))).outcome
    }

    @Test func `has an outcome for each of its writes, which fail alone`() throws {
        let (state, session) = try Self.state()
        let missing = Command(path: "/missing", operation: .delete(expectedVersion: nil))
        let result = try Self.write([Self.set(1), missing, Self.set(2)], after: 0, session, in: state).get()
        #expect(result.outcomes.map(\.reason) == [nil, .znodeNotFound, nil])
        #expect(try result.outcomes[2].get().stat?.version == 2)
        #expect(state.get("/a")?.data == [2])
        #expect(try state.history(from: result.revision.rawValue).get().map(\.data) == [[1], [2]])
    }

    @Test func `takes effect in order, and once`() throws {
        let (state, session) = try Self.state()
        #expect(Self.write([Self.set(2)], after: 1, session, in: state).reason == .streamOutOfOrder)
        #expect(Self.write([Self.set(1)], after: 0, session, in: state).reason == nil)
        #expect(Self.write([Self.set(1)], after: 0, session, in: state).reason == .streamWritesRepeated)
        #expect(Self.write([Self.set(2)], after: 1, session, in: state).reason == nil)
        #expect(Self.write([Self.set(1)], after: 0, session, in: state).reason == .streamWritesRepeated)
        #expect(state.get("/a")?.data == [2] && state.stat("/a")?.version == 2)
    }

    @Test func `has no effect once another one has resumed the session`() throws {
        let (state, session) = try Self.state()
        Self.write([Self.set(1), Self.set(2)], after: 0, session, in: state)
        let attached = try Self.attach(session, in: state).get()
        #expect(attached.streamProgress == StreamProgress(stream: StreamID(session.rawValue), operation: 2))
        #expect(Self.write([Self.set(3)], after: 2, session, in: state).reason == .streamSuperseded)
        let second = StreamID(attached.revision.rawValue)
        #expect(Self.write([Self.set(4)], after: 0, session, stream: second, in: state).reason == nil)
        // A stream that does not write does not hide how far those before it have come.
        for _ in 0..<2 {
            let progress = try Self.attach(session, in: state).get().streamProgress
            #expect(progress == StreamProgress(stream: second, operation: 1))
        }
        #expect(state.get("/a")?.data == [4])
    }

    @Test func `is of a session that lives, and for whoever knows its secret`() throws {
        let (state, session) = try Self.state()
        #expect(Self.attach(session, secret: SessionSecret(1, 1), in: state).reason == .wrongSecret)
        #expect(Self.attach(SessionID(999), in: state).reason == .sessionNotFound)
        state.close(session)
        #expect(Self.attach(session, in: state).reason == .sessionEnded)
        #expect(Self.write([Self.set(1)], after: 0, session, in: state).reason == .sessionEnded)
    }

    @Test func `keeps its session alive by writing`() throws {
        let (state, session) = try Self.state()
        state.seconds += 3
        Self.write([Self.set(1)], after: 0, session, in: state)
        state.seconds += 3
        #expect(state.overdue() == [])
        state.seconds += 1
        #expect(state.overdue() == [.session(session)])
    }

    @Test func `goes on after a snapshot`() throws {
        let (state, session) = try Self.state()
        Self.write([Self.set(1)], after: 0, session, in: state)
        let attached = try Self.attach(session, in: state).get()
        let stream = StreamID(attached.revision.rawValue)
        Self.write([Self.set(2), Self.set(3)], after: 0, session, stream: stream, in: state)
        let restored = try state.restored()
        let repeated = Self.write([Self.set(2)], after: 0, session, stream: stream, in: restored)
        #expect(repeated.reason == .streamWritesRepeated)
        #expect(Self.write([Self.set(4)], after: 2, session, stream: stream, in: restored).reason == nil)
        #expect(restored.get("/a")?.data == [4])
    }

    @Test func `may have a write that has been carried out before, by its request id`() throws {
        let (state, session) = try Self.state()
        var command = Self.set(1)
        command.requestID = RequestIdentity(client: "c", sequence: 1)
        let first = try Self.write([command], after: 0, session, in: state).get().outcomes[0]
        let again = try Self.write([command], after: 1, session, in: state).get().outcomes[0]
        #expect(first == again && state.stat("/a")?.version == 1)
    }

    @Test func `has no more writes in an entry than there may be`() throws {
        let (state, session) = try Self.state()
        let many = [Command](repeating: Self.set(1), count: 1_001)
        #expect(Self.write(many, after: 0, session, in: state).reason == .invalidField)
        #expect(Self.write([], after: 0, session, in: state).reason == .invalidField)
        #expect(state.stat("/a")?.version == 0)
    }

    @Test func `reads its entries as members have written them`() throws {
        let (state, session) = try Self.state()
        var message = StreamWrites(
            sessionID: session.rawValue, stream: session.rawValue, afterOperation: 0, lastOperation: 3)
        message.writes = [
            StreamOperation(what: .create(CreateRequest(path: "/b", data: [1]))),
            StreamOperation(what: .set(SetRequest(path: "/b", data: [2]))),
            StreamOperation(what: .delete(DeleteRequest(path: "/b"))),
        ]
        let command = try Command(.streamWrites, decoding: try message.encodedBytes())
        #expect(command.kind == .streamWrites && command.level == .sessions)
        #expect(try state.apply(command).outcome.get().outcomes.count == 3)
        #expect(throws: StateError.self) {
            try Command(.streamWrites, decoding: try message.encodedBytes(), level: .first)
        }
    }
}
