import ByteString
import Testing

@testable import Coordination

@Suite struct `The tree of znodes` {
    @Test func `begins with the root alone`() throws {
        let state = Fixture()
        #expect(state.coordination.znodeCount == 1)
        let root = try #require(state.stat("/"))
        #expect(root.version == 0 && root.childCount == 0 && root.createdRevision == .zero)
        #expect(state.children("/") == [])
    }

    @Test func `a created znode has the revision and time of its creation and version 0`() throws {
        let state = Fixture()
        let result = try state.create("/a", [1, 2, 3]).get()
        let stat = try #require(state.stat("/a"))
        #expect(result == WriteResult(kind: .created, revision: Revision(1), path: "/a", stat: stat))
        #expect(stat.createdRevision == Revision(1) && stat.modifiedRevision == Revision(1))
        #expect(stat.childrenRevision == Revision(1) && stat.version == 0 && stat.childrenVersion == 0)
        #expect(stat.created == WallTime(unixMilliseconds: 1001) && stat.modified == stat.created)
        #expect(stat.dataLength == 3 && stat.childCount == 0)
        #expect(state.coordination.znodeCount == 2)
    }

    @Test func `creating needs a parent and a free place`() {
        let state = Fixture()
        #expect(state.create("/a/b").reason == .parentNotFound)
        #expect(state.create("/a/b").code == .notFound)
        state.create("/a")
        #expect(state.create("/a").reason == .znodeExists)
        #expect(state.create("/a").code == .alreadyExists)
        #expect(state.create("/").reason == .znodeExists)
        #expect(state.coordination.znodeCount == 2)
    }

    @Test func `setting replaces the data and counts the version`() throws {
        let state = Fixture()
        state.create("/a", [1])
        #expect(try state.set("/a", [2, 3]).get().stat?.version == 1)
        #expect(try state.set("/a", [4], version: 1).get().stat?.version == 2)
        let stat = try #require(state.stat("/a"))
        #expect(stat.createdRevision == Revision(1) && stat.modifiedRevision == Revision(3))
        #expect(stat.modified == WallTime(unixMilliseconds: 1003) && stat.created == WallTime(unixMilliseconds: 1001))
        #expect(stat.childrenRevision == Revision(1) && stat.dataLength == 1)
        #expect(state.get("/a")?.data == [4])
        #expect(try state.set("/", [9]).get().stat?.version == 1)
    }

    @Test func `a version that is not the expected one stops a write`() throws {
        let state = Fixture()
        state.create("/a")
        guard case .failure(let error) = state.set("/a", [1], version: 5) else { throw Unexpected() }
        #expect(error.code == .aborted && error.reason == .versionMismatch)
        #expect(error.metadata == [.init("expected_version", "5"), .init("actual_version", "0")])
        #expect(error.message == "the znode `/a` has version 0, not the expected 5")
        #expect(state.delete("/a", version: 1).reason == .versionMismatch)
        #expect(state.stat("/a")?.version == 0)
        #expect(state.delete("/a", version: 0).reason == nil)
    }

    @Test func `writes to what does not exist are refused`() {
        let state = Fixture()
        #expect(state.set("/a").reason == .znodeNotFound && state.set("/a").code == .notFound)
        #expect(state.delete("/a").reason == .znodeNotFound)
    }

    @Test func `a znode with children and the root stay`() {
        let state = Fixture()
        state.create("/a")
        state.create("/a/b")
        #expect(state.delete("/a").reason == .znodeHasChildren && state.delete("/a").code == .failedPrecondition)
        #expect(state.delete("/").reason == .rootImmutable && state.delete("/").code == .invalidArgument)
        state.delete("/a/b")
        #expect(state.delete("/a").reason == nil)
        #expect(state.coordination.znodeCount == 1)
    }

    @Test func `a parent counts its children's comings and goings`() throws {
        let state = Fixture()
        state.create("/a")
        state.create("/a/b")
        state.create("/a/c")
        state.create("/a/c/d")
        state.delete("/a/b")
        let stat = try #require(state.stat("/a"))
        #expect(stat.childCount == 1 && stat.childrenVersion == 3 && stat.childrenRevision == Revision(5))
        #expect(stat.version == 0 && stat.modifiedRevision == Revision(1))
        let root = try #require(state.stat("/"))
        #expect(root.childCount == 1 && root.childrenVersion == 1 && root.childrenRevision == Revision(1))
    }

    @Test func `a parent's large data is not copied when its children change`() throws {
        let state = Fixture()
        state.create("/a", [UInt8](repeating: 1, count: 1 << 20))
        let before = try #require(state.get("/a")).data
        state.create("/a/b")
        let after = try #require(state.get("/a")).data
        #expect(before.withUnsafeBytes { $0.baseAddress } == after.withUnsafeBytes { $0.baseAddress })
    }

    @Test func `data over the format's ceiling is refused on every member`() {
        let state = Fixture()
        let data = Bytes([UInt8](repeating: 0, count: Limits.ceiling.dataBytesMax + 1))
        let result = state.apply(Command(path: "/a", operation: .create(data: data))).outcome
        #expect(result.reason == .dataTooLarge && result.code == .resourceExhausted)
    }

    @Test func `children are listed in the order of their bytes, whatever their neighbours`() {
        let state = Fixture()
        let names = ["a", "a!", "a-b", "a.b", "a0", "aa", "b", "é", "日", "\u{10ffff}", " ", "~"]
        for name in names.reversed() {
            state.create("/\(name)")
            for child in ["x", "y", name] {
                state.create("/\(name)/\(child)")
                state.create("/\(name)/\(child)/deep")
            }
        }
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(state.children("/") == sorted)
        for name in names {
            let children = Set(["x", "y", name]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            #expect(state.children("/\(name)") == children)
            #expect(state.children("/\(name)/x") == ["deep"])
            #expect(state.children("/\(name)/x/deep") == [])
        }
        #expect(state.children("/", startAfter: "a.b", limit: 2) == ["a0", "aa"])
        #expect(state.children("/", startAfter: "a.c", limit: 2) == ["a0", "aa"])
        #expect(state.children("/", startAfter: sorted[sorted.count - 1]) == [])
        #expect(state.children("/none") == nil)
    }

    @Test func `applied entries say who waits for them`() {
        let state = Fixture()
        let applied = state.apply(Command(path: "/a", operation: .create(data: [])))
        #expect(applied.origin == Origin(member: 1, incarnation: 2, token: 1) && applied.revision == Revision(1))
    }

    @Test func `log time never goes back`() {
        let state = Fixture()
        state.seconds = 10
        state.create("/a")
        state.seconds = 5
        state.create("/b")
        #expect(state.coordination.logTime == LogTime(nanoseconds: 10_000_000_000))
    }

    @Test func `readers see nothing before it is published, and then whole batches`() {
        let state = Fixture()
        var reader = state.coordination.makeReader()
        state.create("/a")
        state.create("/b")
        expectEqual(reader.pin { $0.revision }, .zero)
        let batch = state.coordination.publish()
        #expect(batch.revision == Revision(2) && batch.events.map(\.path) == ["/a", "/b"])
        expectEqual(reader.pin { $0.revision }, Revision(2))
        expectEqual(reader.pin { $0.znodeCount }, 3)
        state.coordination.advance(to: Revision(7))
        let empty = state.coordination.publish()
        #expect(empty.revision == Revision(7) && empty.events.isEmpty)
        expectEqual(reader.pin { $0.revision }, Revision(7))
    }
}

@Suite struct `The change history` {
    @Test func `tells every change in order, with data`() throws {
        let state = Fixture()
        state.create("/a", [1])
        state.set("/a", [UInt8](repeating: 2, count: 2000))
        state.set("/none")
        state.create("/a/b", [3])
        state.delete("/a/b")
        let events = try state.history(from: 1).get()
        #expect(events.map(\.kind) == [.created, .changed, .created, .deleted])
        #expect(events.map(\.path) == ["/a", "/a", "/a/b", "/a/b"])
        #expect(events.map(\.revision.rawValue) == [1, 2, 4, 5])
        #expect(events.map(\.version) == [0, 1, 0, 0])
        #expect(events.map(\.data.count) == [1, 2000, 1, 0])
        #expect(try state.history(from: 4).get() == Array(events[2...]))
        #expect(try state.history(from: 6).get() == [])
        #expect(
            try state.history(from: 1, matching: WatchFilter(path: "/a", scope: .children)).get() == Array(events[2...])
        )
    }

    @Test func `equals what live watchers were told`() throws {
        let state = Fixture()
        state.create("/a", [1])
        state.set("/a", [2])
        state.delete("/a")
        let live = state.coordination.publish().events
        #expect(try state.history(from: 1).get() == live)
    }

    @Test func `is cut at its number of changes, and says what is left`() throws {
        var retention = Retention()
        retention.historyEventsMax = 3
        let state = Fixture(retention: retention)
        for index in 0..<5 { state.create("/\(index)") }
        #expect(try state.history(from: 3).get().map(\.path) == ["/2", "/3", "/4"])
        guard case .failure(let error) = state.history(from: 2) else { throw Unexpected() }
        #expect(error.code == .outOfRange && error.reason == .historyTrimmed)
        #expect(error.metadata == [.init("oldest_revision", "3")])
        expectEqual(state.read { $0.oldestRetained }, Revision(3))
    }

    @Test func `is cut at its budget of bytes`() throws {
        var retention = Retention()
        retention.historyBytesMax = 100_000
        let state = Fixture(retention: retention)
        state.create("/a")
        for _ in 0..<100 { state.set("/a", [UInt8](repeating: 1, count: 10_000)) }
        #expect(state.history(from: 1).reason == .historyTrimmed)
        #expect(try state.history(from: 93).get().count == 9)
        // One change that alone exceeds the budget leaves nothing.
        state.set("/a", [UInt8](repeating: 1, count: 200_000))
        #expect(state.history(from: 102).reason == .historyTrimmed)
        #expect(try state.history(from: 103).get() == [])
    }
}
