import ByteString
import Testing

@testable import Coordination

@Suite struct `A znode` {
    // MARK: Ephemeral

    @Test func `that is ephemeral needs a session and has no children`() throws {
        let state = try Fixture.raised()
        #expect(state.create("/e", .ephemeral(SessionID(77))).reason == .sessionNotFound)
        let session = try state.open()
        _ = try state.create("/e", .ephemeral(session)).get()
        let refusal = state.create("/e/child")
        #expect(refusal.reason == .parentEphemeral && refusal.code == .failedPrecondition)
        _ = try state.set("/e", [1]).get()
        #expect(state.stat("/e")?.lifetime == .ephemeral(session) && state.stat("/e")?.version == 1)
    }

    @Test func `that is ephemeral and deleted is no longer its session's`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.create("/e", .ephemeral(session)).get()
        _ = try state.delete("/e").get()
        expectEqual(state.session(session)?.ephemeralCount, 0)
        _ = try state.create("/e").get()
        _ = try state.close(session).get()
        #expect(state.children("/") == ["e"])
    }

    // MARK: Sequential

    @Test func `that is sequential gets a number greater than all before`() throws {
        let state = try Fixture.raised()
        state.create("/q")
        func next(_ path: String = "/q/n-") throws -> String {
            try state.create(path, .persistent, isSequential: true).get().path
        }
        expectEqual(try next(), "/q/n-00000000000000000000")
        expectEqual(try next(), "/q/n-00000000000000000001")
        _ = try state.delete("/q/n-00000000000000000001").get()
        expectEqual(try next("/q/"), "/q/00000000000000000003")
        #expect(state.create("/none/", .persistent, isSequential: true).reason == .parentNotFound)
        expectEqual(try next("/"), "/00000000000000000001")
    }

    @Test func `that is sequential has its digits counted as a part of its path`() throws {
        let state = try Fixture.raised()
        let stem = "/" + String(repeating: "n", count: 236)
        #expect(state.create(stem, .persistent, isSequential: true).reason == .invalidPath)
        let path = try state.create(String(stem.dropLast()), .persistent, isSequential: true).get().path
        expectEqual(path.utf8.count, 256)
        #expect(state.create("/a//", .persistent, isSequential: true).reason == .invalidPath)
    }

    @Test func `that is sequential has the same name when its request is repeated`() throws {
        let state = try Fixture.raised()
        let creation = Creation(data: [1], isSequential: true)
        let command = Command(
            path: "/n", operation: .create(creation), requestID: RequestIdentity(client: "c", sequence: 1))
        let first = try state.apply(command).outcome.get()
        state.create("/n", .persistent, isSequential: true)
        let second = state.apply(command)
        #expect(second.isRepeated)
        expectEqual(try second.outcome.get(), first)
        let restored = try state.restored()
        expectEqual(try restored.apply(command).outcome.get(), first)
    }

    // MARK: Containers

    @Test func `that is a container goes with its last child, and so does a container around it`() throws {
        let state = try Fixture.raised()
        for path in ["/outer", "/outer/inner"] { _ = try state.create(path, .container).get() }
        _ = try state.create("/outer/inner/a").get()
        _ = try state.create("/outer/inner/b").get()
        _ = try state.delete("/outer/inner/a").get()
        #expect(state.stat("/outer/inner") != nil)
        _ = try state.delete("/outer/inner/b").get()
        #expect(state.children("/") == [])
        let events = try state.history(from: state.revision).get()
        #expect(events.map(\.path) == ["/outer/inner/b", "/outer/inner", "/outer"])
        expectEqual(state.coordination.znodeCount, 1)
    }

    @Test func `that is a container stays while it is new or not empty, and is deleted like any other`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/c", .container).get()
        _ = try state.set("/c", [1]).get()
        #expect(state.get("/c")?.stat.lifetime == .container)
        _ = try state.delete("/c").get()
    }

    @Test func `that is a container goes with the session of its last child`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.create("/members", .container).get()
        _ = try state.create("/members/one", .ephemeral(session)).get()
        _ = try state.close(session).get()
        #expect(state.children("/") == [])
    }

    // MARK: TTL

    @Test func `with a TTL is deleted when it was not set for that long`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/t", .ttl(milliseconds: 1_500, since: .zero)).get()
        state.seconds = 1
        _ = try state.set("/t").get()
        state.seconds = 2
        #expect(state.overdue().isEmpty)
        #expect(state.expire(.znode(path: "/t")).reason == .notOverdue)
        state.milliseconds = 500
        #expect(state.overdue() == [.znode(path: "/t")])
        _ = try state.expire(.znode(path: "/t")).get()
        #expect(state.children("/") == [])
        #expect(state.expire(.znode(path: "/t")).reason == .notOverdue)
    }

    @Test func `with a TTL stays while it has children`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/t", .ttl(milliseconds: 1_000, since: .zero)).get()
        _ = try state.create("/t/child").get()
        state.seconds = 5
        #expect(state.overdue().isEmpty)
        #expect(state.expire(.znode(path: "/t")).reason == .notOverdue)
        _ = try state.delete("/t/child").get()
        #expect(state.overdue() == [.znode(path: "/t")])
    }

    @Test func `with a TTL that was deleted and created anew is another one`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/t", .ttl(milliseconds: 1_000, since: .zero)).get()
        _ = try state.delete("/t").get()
        _ = try state.create("/t").get()
        state.seconds = 5
        #expect(state.overdue().isEmpty)
        #expect(state.expire(.znode(path: "/t")).reason == .notOverdue)
    }

    @Test(arguments: ["", "a", "/a/", "//", "\0"]) func `is not sought at what is no path`(path: String) throws {
        let state = try Fixture.raised()
        #expect(state.expire(.znode(path: path)).reason == .invalidPath)
    }

    @Test(arguments: [0, 31_536_000_001] as [UInt64]) func `has a TTL within bounds`(milliseconds: UInt64) throws {
        let state = try Fixture.raised()
        #expect(state.create("/t", .ttl(milliseconds: milliseconds, since: .zero)).reason == .invalidField)
    }

    @Test func `with a long TTL that is deleted soon leaves nothing behind for long`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/kept", .ttl(milliseconds: 86_400_000, since: .zero)).get()
        for index in 0..<6_000 {
            _ = try state.create("/t", .ttl(milliseconds: 86_400_000, since: .zero)).get()
            _ = try state.create("/kept/child").get()
            _ = try state.delete("/kept/child").get()
            _ = try state.delete("/t").get()
            if index.isMultiple(of: 100) { _ = state.coordination.publish() }
        }
        #expect(state.coordination.timerCount < 2_000)
        state.seconds = 86_400
        #expect(state.overdue() == [.znode(path: "/kept")])
    }

    // MARK: All of them

    @Test func `keeps its lifetime in its header, and a persistent one costs nothing for it`() throws {
        let lifetimes: [Lifetime] = [
            .persistent, .ephemeral(SessionID(300)), .container,
            .ttl(milliseconds: 70_000, since: LogTime(nanoseconds: 1 << 40)),
        ]
        var counts: [Int] = []
        for lifetime in lifetimes {
            let stat = ZnodeStat(
                createdAt: Revision(5), WallTime(unixMilliseconds: 6), dataLength: 7, lifetime: lifetime)
            var sink = ByteSink()
            stat.encode(to: &sink)
            counts.append(sink.count)
            var source = ByteSource(sink.bytes)
            #expect(ZnodeStat(from: &source, dataLength: 7) == stat)
            #expect(source.isWellFormed && source.isAtEnd)
        }
        #expect(counts[0] == 3 && counts[2] == 4)
    }

    @Test func `more of which change in one revision than 16 bits count are all told`() throws {
        var key = ByteSink()
        var keys: [[UInt8]] = []
        for number: UInt32 in [0, 1, 65_534, 65_535, 65_536, 70_000, .max] {
            key.removeAll()
            key.byte(KeySpace.history)
            key.sorted64(9)
            HistoryRecord.put(number: number, to: &key)
            #expect(HistoryRecord.isKey(key.bytes) && HistoryRecord.revision(ofKey: key.bytes) == 9)
            keys.append(Array(key.bytes))
        }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }
}
