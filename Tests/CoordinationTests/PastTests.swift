import ByteString
import Messages
import Testing

@testable import Coordination

@Suite struct `The past` {
    /// Random changes, among them recursive deletions, and what a plain model says of each revision.
    private struct Story {
        let state: Fixture
        /// By revision, from that on which the story begins.
        var models: [StateModel] = []
        let first: UInt64

        init(seed: UInt64, steps: Int = 400) throws {
            state = try Fixture.raised()
            first = state.revision
            var commands = CommandGenerator(seed: seed)
            commands.recursiveShare = 2
            var model = StateModel()
            models.append(model)
            for step in 1...UInt64(steps) {
                let command = commands.next()
                _ = model.apply(command, at: first + step)
                state.apply(command)
                if commands.generator.below(9) == 0 { _ = state.coordination.publish() }
                models.append(model)
            }
        }

        func model(at revision: UInt64) -> StateModel { models[Int(revision - first)] }

        /// Every path that ever was, and one that never was.
        var paths: [String] { Set(models.flatMap(\.nodes.keys)).sorted() + ["/never"] }
    }

    @Test(arguments: 0..<6)
    func `is read as a plain model has recorded it`(seed: Int) throws {
        let story = try Story(seed: UInt64(seed))
        let last = story.state.revision
        for revision in stride(from: story.first, through: last, by: 7) {
            let model = story.model(at: revision)
            for path in story.paths {
                let znode = try Self.get(path, at: revision, in: story.state).map { Self.node($0) }
                #expect(znode == model.nodes[path].map { Self.plain($0) }, "\(path) at \(revision)")
            }
        }
    }

    @Test(arguments: 0..<6)
    func `is listed as a plain model has recorded it`(seed: Int) throws {
        let story = try Story(seed: UInt64(seed))
        for revision in stride(from: story.first, through: story.state.revision, by: 11) {
            let model = story.model(at: revision)
            for path in story.paths {
                let children = try Self.list(path, at: revision, in: story.state, pageBytes: 1)
                let expected = model.nodes[path]?.children.map { name in
                    Self.child(name, model.nodes[path == "/" ? "/" + name : path + "/" + name])
                }
                #expect(children == expected, "\(path) at \(revision)")
            }
        }
    }

    @Test(arguments: 0..<4)
    func `is told with each change`(seed: Int) throws {
        let story = try Story(seed: UInt64(seed))
        let page = try story.state.read { view in
            Result { () throws(StateError) in
                try view.historyPage(
                    from: HistoryPosition(Revision(story.first)), matching: nil, byteCountMax: .max, includeData: true,
                    includePrevious: true, scanMax: .max)
            }
        }.get()
        #expect(page.events.count == page.previous.count && !page.events.isEmpty)
        for (event, previous) in zip(page.events, page.previous) {
            guard let node = story.model(at: event.revision.rawValue - 1).nodes[event.path] else {
                #expect(event.kind == .created && previous == nil)
                continue
            }
            #expect(previous.map { Array($0.data) } == node.data && previous?.stat.version == node.version)
            #expect(previous?.stat.modifiedRevision.rawValue == node.modified)
        }
    }

    @Test func `is the same after a snapshot`() throws {
        let story = try Story(seed: 77)
        let restored = try story.state.restored()
        let digest = restored.coordination.digest
        expectEqual(digest, story.state.coordination.digest)
        let revision = story.first + 100
        for path in story.paths {
            #expect(
                try Self.get(path, at: revision, in: restored) == Self.get(path, at: revision, in: story.state))
        }
    }

    @Test func `is refused where the history does not go back as far`() throws {
        var retention = Retention.formatLevel1
        retention.historyEventsMax = 10
        let state = try Fixture.raised(retention: retention)
        state.create("/a")
        for byte in UInt8(0)..<20 { state.set("/a", [byte]) }
        let last = state.revision
        #expect(try Self.get("/a", at: last - 10, in: state)?.data == [9])
        #expect { try Self.get("/a", at: last - 11, in: state) } throws: {
            ($0 as? StateError)?.reason == .historyTrimmed
        }
        #expect { try Self.list("/", at: last - 11, in: state) } throws: {
            ($0 as? StateError)?.reason == .historyTrimmed
        }
    }

    @Test func `of format level 1 is not told`() throws {
        let state = Fixture()
        state.create("/a", [1])
        state.set("/a", [2])
        #expect { try Self.get("/a", at: 1, in: state) } throws: { ($0 as? StateError)?.reason == .historyTrimmed }
        #expect(try Self.get("/a", at: 2, in: state)?.data == [2])
    }

    @Test func `long data are kept once, and go when their change does`() throws {
        var retention = Retention.formatLevel1
        retention.historyBytesMax = 100_000
        let state = try Fixture.raised(retention: retention)
        state.create("/a", [UInt8](repeating: 0, count: 20_000))
        for byte in UInt8(1)...50 {
            state.set("/a", [UInt8](repeating: byte, count: 20_000))
            #expect(try Self.get("/a", at: state.revision - 1, in: state)?.data.first == byte - 1)
        }
        // Of each of the last two the data before and after.
        let oldest = state.read { $0.oldestRetained.rawValue }
        #expect(state.revision - oldest == 1)
        let kept = state.read { view in
            var count = 0
            withUnsafeBytes(of: KeySpace.replaced) { key in
                view.walk(from: key, under: KeySpace.replaced) { _ in
                    count += 1
                    return true
                }
            }
            return count
        }
        #expect(kept == 2)
    }

    // MARK: Reading

    private static func get(_ path: String, at revision: UInt64, in state: Fixture) throws -> Znode? {
        try state.read { view in
            Result { () throws(StateError) in
                var past = PastZnode(path: path, at: Revision(revision))
                while !past.isKnown { try past.proceed(in: view, countMax: 3) }
                return past.znode(in: view)
            }
        }.get()
    }

    private static func list(
        _ path: String, at revision: UInt64, in state: Fixture, pageBytes: Int = .max
    ) throws -> [Child]? {
        try state.read { view in
            Result { () throws(StateError) -> [Child]? in
                var past = PastChildren(path: path, at: Revision(revision))
                while !past.isKnown { try past.proceed(in: view, countMax: 5) }
                var children: [Child] = []
                while let page = past.page(
                    in: view, after: children.last?.name ?? "", limit: .max, byteCountMax: pageBytes, includeData: true,
                    includeStat: true)
                {
                    children += page.children
                    if page.isLast { return children }
                }
                return nil
            }
        }.get()
    }

    private struct Plain: Equatable {
        var data: [UInt8]
        var numbers: [UInt64]
    }

    private static func node(_ znode: Znode) -> Plain {
        let stat = znode.stat
        return Plain(
            data: Array(znode.data),
            numbers: [
                stat.version, stat.childrenVersion, stat.createdRevision.rawValue, stat.modifiedRevision.rawValue,
                stat.childrenRevision.rawValue, stat.childCount, stat.dataLength,
            ])
    }

    private static func plain(_ node: StateModel.Node) -> Plain {
        Plain(
            data: node.data,
            numbers: [
                node.version, node.childrenVersion, node.created, node.modified, node.childrenRevision,
                UInt64(node.children.count), UInt64(node.data.count),
            ])
    }

    /// As a listing has it, but for the wall time, which the model does not know.
    private static func child(_ name: String, _ node: StateModel.Node?) -> Child {
        guard let node else { return Child(name: name) }
        var stat = Stat(
            createdRevision: node.created, modifiedRevision: node.modified, childrenRevision: node.childrenRevision,
            version: node.version, childrenVersion: node.childrenVersion)
        stat.dataLength = UInt64(node.data.count)
        stat.childCount = UInt64(node.children.count)
        // One millisecond of wall time for each revision.
        stat.createdUnixMs = 1000 + Int64(node.created)
        stat.modifiedUnixMs = 1000 + Int64(node.modified)
        return Child(name: name, data: Bytes(node.data), stat: stat)
    }
}

@Suite struct `A recursive deletion` {
    @Test func `deletes all that is below, the lowest first, at one revision`() throws {
        let state = try Fixture.raised()
        for path in ["/a", "/a/b", "/a/b/c", "/a-b", "/a/d", "/b"] { state.create(path) }
        let result = try Self.delete("/a", in: state).get()
        #expect(result.kind == .deletedTree && result.deletedCount == 4)
        let events = try state.history(from: result.revision.rawValue).get()
        #expect(events.map(\.path) == ["/a/d", "/a/b/c", "/a/b", "/a"])
        #expect(state.children("/") == ["a-b", "b"])
    }

    @Test func `takes the containers with it that it leaves empty`() throws {
        let state = try Fixture.raised()
        state.create("/top", .container)
        state.create("/top/a", .container)
        for path in ["/top/a/b", "/top/a/b/c"] { state.create(path, .container) }
        #expect(try Self.delete("/top/a/b", in: state).get().deletedCount == 4)
        #expect(state.children("/") == [])
    }

    @Test func `is refused as a whole if it would be too large, also in a transaction`() throws {
        let state = try Fixture.raised()
        for tree in ["/a", "/b"] {
            state.create(tree)
            for number in 0..<6_000 { state.create("\(tree)/\(number)") }
        }
        let both = ["/a", "/b"].map { path in
            Transaction.Operation.change(
                ZnodeChange(path: path, operation: .delete(expectedVersion: nil, isRecursive: true)))
        }
        let refused = state.apply(Command(.transaction(Transaction(then: both)))).outcome
        #expect(refused.reason == .limitReached && refused.code == .resourceExhausted)
        #expect(state.stat("/a")?.childCount == 6_000 && state.stat("/b")?.childCount == 6_000)
        #expect(try Self.delete("/a", in: state).get().deletedCount == 6_001)
        for number in 6_000..<10_000 { state.create("/b/\(number)") }
        #expect(Self.delete("/b", in: state).reason == .limitReached)
        state.delete("/b/1")
        #expect(try Self.delete("/b", in: state).get().deletedCount == 10_000)
    }

    @Test func `is remembered with its count`() throws {
        let state = try Fixture.raised()
        state.create("/a")
        state.create("/a/b")
        let id = RequestIdentity(client: "c", sequence: 1)
        let first = try Self.delete("/a", in: state, id: id).get()
        let again = try Self.delete("/a", in: state.restored(), id: id).get()
        #expect(again == first && again.deletedCount == 2)
        state.create("/a")
        let plain = Command(path: "/a", operation: .delete(expectedVersion: nil), requestID: id)
        #expect(state.apply(plain).outcome.reason == .requestIDReused)
    }

    private static func delete(_ path: String, in state: Fixture, id: RequestIdentity? = nil) -> WriteOutcome {
        let operation = ZnodeChange.Operation.delete(expectedVersion: nil, isRecursive: true)
        return state.apply(Command(path: path, operation: operation, requestID: id)).outcome
    }
}
