import ByteString
import Messages
import Testing

@testable import Coordination

@Suite struct `A service` {
    @Test func `has an instance for as long as its session lives`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.register("/services/a", "one", session).get()
        #expect(state.instances("/services/a") == ["one"])
        _ = try state.close(session).get()
        #expect(state.instances("/services/a") == [] && state.children("/") == [])
    }

    @Test func `changes what is known of an instance in place, while its session is the same`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.register("/s", "one", session, [1]).get()
        _ = try state.register("/s", "one", session, [2]).get()
        #expect(state.get("/s/one")?.data == [2] && state.stat("/s/one")?.version == 1)
    }

    @Test func `replaces an instance of another session at one revision, even if it was the last one`() throws {
        let state = try Fixture.raised()
        let (old, new) = (try state.open(), try state.open())
        _ = try state.register("/s", "one", old).get()
        _ = try state.register("/s", "one", new).get()
        let events = try state.history(from: state.revision).get()
        #expect(events.map(\.path) == ["/s/one", "/s", "/s", "/s/one"])
        #expect(events.map(\.kind) == [.deleted, .deleted, .created, .created])
        _ = try state.close(old).get()
        #expect(state.instances("/s") == ["one"])
        expectEqual(state.session(new)?.ephemeralCount, 1)
        #expect(state.deregister("/s", "one", old).reason == .instanceNotFound)
        _ = try state.deregister("/s", "one", new).get()
        #expect(state.deregister("/s", "one", new).reason == .instanceNotFound)
        expectEqual(state.session(new)?.ephemeralCount, 0)
    }

    @Test func `takes no znode for an instance that is none, and no session for living that has ended`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.create("/s").get()
        _ = try state.create("/s/one").get()
        let before = state.coordination.znodeCount
        #expect(state.register("/s", "one", session).reason == .znodeExists)
        #expect(state.deregister("/s", "one", session).reason == .instanceNotFound)
        _ = try state.close(session).get()
        #expect(state.register("/s", "two", session).reason == .sessionEnded)
        expectEqual(state.coordination.znodeCount, before)
    }

    @Test func `remembers a registration for its request id`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let id = RequestIdentity(client: "c", sequence: 1)
        let first = try state.register("/s", "one", session, id: id).get()
        _ = try state.deregister("/s", "one", session).get()
        #expect(try state.register("/s", "one", session, id: id).get().revision == first.revision)
        #expect(state.instances("/s") == [])
        #expect(state.register("/s", "two", session, id: id).reason == .requestIDReused)
    }
}

extension Fixture {
    fileprivate func register(
        _ path: String, _ name: String, _ session: SessionID, _ data: Bytes = Bytes(), id: RequestIdentity? = nil
    ) -> WriteOutcome {
        let change = NamingChange.register(path: path, name: name, session: session, data: data)
        return apply(Command(.naming(change), requestID: id)).outcome
    }

    fileprivate func deregister(_ path: String, _ name: String, _ session: SessionID) -> WriteOutcome {
        apply(Command(.naming(.deregister(path: path, name: name, session: session)))).outcome
    }

    fileprivate func instances(_ path: String) -> [String] {
        read { view in
            var names: [String] = []
            view.instances(path) { instance, _ in
                names.append(instance.name)
                return true
            }
            return names
        }
    }
}
