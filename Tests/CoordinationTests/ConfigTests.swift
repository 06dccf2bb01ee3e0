import ByteString
import Messages
import Testing

@testable import Coordination

@Suite struct `A key of the configuration` {
    @Test func `is created with what is above it, and keeps its versions with author and comment`() throws {
        let state = try Fixture.raised()
        let first = try state.put("/config/a/b", [1], author: "ann", comment: "begin").get().revision.rawValue
        let second = try state.put("/config/a/b", [2]).get().revision.rawValue
        #expect(state.get("/config/a/b")?.data == [2])
        #expect(state.stat("/config")?.lifetime == .container && state.stat("/config/a/b")?.lifetime == .persistent)
        let history = try state.configHistory("/config/a/b")
        #expect(history.map(\.revision) == [second, first] && history.map(\.value) == [[2], [1]])
        #expect(history[1].author == "ann" && history[1].comment == "begin" && history[1].unixMs > 0)
        #expect(try state.config("/config/a/b", first).value == [1])
        #expect(try state.config("/config/a/b", 0).revision == second)
        #expect(throws: StateError.self) { try state.config("/config/a/b", first + 100) }
        #expect(throws: StateError.self) { try state.config("/none", 0) }
    }

    @Test func `is written only if it is as expected`() throws {
        let state = try Fixture.raised()
        #expect(state.put("/k", [1], expecting: 7).reason == .revisionMismatch)
        let first = try state.put("/k", [1], expecting: 0).get().revision.rawValue
        #expect(state.put("/k", [2], expecting: 0).code == .aborted)
        _ = try state.put("/k", [2], expecting: first).get()
        #expect(state.deleteKey("/k", expecting: first).reason == .revisionMismatch)
        #expect(state.get("/k")?.data == [2])
    }

    @Test func `is rolled back by a new version`() throws {
        let state = try Fixture.raised()
        let first = try state.put("/k", [1]).get().revision.rawValue
        _ = try state.put("/k", [2]).get()
        let third = try state.rollBack("/k", to: first).get().revision.rawValue
        #expect(state.get("/k")?.data == [1])
        #expect(try state.config("/k", third).rolledBackTo == first)
        #expect(try state.configHistory("/k").count == 3)
        #expect(state.rollBack("/k", to: 999).reason == .configVersionNotFound)
    }

    @Test func `keeps the last hundred versions, and no more than four megabytes of the older ones`() throws {
        let state = try Fixture.raised()
        for number in 0..<130 { _ = try state.put("/k", [UInt8(number)]).get() }
        let history = try state.configHistory("/k")
        #expect(history.count == 100 && history.first?.value == [129] && history.last?.value == [30])
        for _ in 0..<7 { _ = try state.put("/k", Bytes([UInt8](repeating: 7, count: 1 << 20))).get() }
        #expect(try state.configHistory("/k").count == 4)
        _ = try state.put("/k", [1]).get()
        #expect(try state.configHistory("/k").count == 4)
    }

    @Test func `is deleted with all its versions, unless there are keys below it`() throws {
        let state = try Fixture.raised()
        _ = try state.put("/config/k", [1]).get()
        _ = try state.put("/config/k", [2]).get()
        _ = try state.put("/config/k/below", [3]).get()
        #expect(state.deleteKey("/config/k").reason == .znodeHasChildren)
        _ = try state.deleteKey("/config/k/below").get()
        _ = try state.deleteKey("/config/k").get()
        #expect(state.children("/") == [])
        #expect(state.deleteKey("/config/k").reason == .znodeNotFound)
        expectEqual(state.coordination.znodeCount, 1)
    }

    @Test func `has a value without a version where it was written as a znode`() throws {
        let state = try Fixture.raised()
        _ = try state.put("/k", [1], author: "ann").get()
        _ = try state.set("/k", [9]).get()
        let version = try state.config("/k", 0)
        #expect(version.value == [9] && version.author == "" && version.revision == state.revision)
        #expect(try state.configHistory("/k").count == 1)
    }

    @Test func `is refused below an ephemeral znode, and under a token that is not valid`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        _ = try state.create("/e", .ephemeral(session)).get()
        let before = state.coordination.znodeCount
        #expect(state.put("/e", [1]).reason == .parentEphemeral)
        #expect(state.put("/e/k", [1]).reason == .parentEphemeral)
        var write = ConfigWrite(path: "/k", .put([1]))
        write.fence = Fixture.fence("/l", token: 3)
        #expect(state.write(write).reason == .fenced)
        expectEqual(state.coordination.znodeCount, before)
    }

    @Test func `is left as it is by a write that cannot be carried out as a whole`() throws {
        let state = try Fixture.raised()
        _ = try state.put("/k", [1]).get()
        // Whoever guesses the revision of the next write has taken its version's name.
        _ = try state.create("/k/" + Limits.sequenceDigits(state.revision + 2)).get()
        let (events, count) = (state.revision, state.coordination.znodeCount)
        #expect(state.put("/k", [2]).reason == .znodeExists)
        #expect(state.get("/k")?.data == [1] && state.stat("/k")?.version == 0)
        #expect(try state.history(from: events + 1).get() == [])
        expectEqual(state.coordination.znodeCount, count)
        _ = try state.put("/k", [3]).get()
    }

    @Test func `takes no sequential znode for a version, and no container for a key`() throws {
        let state = try Fixture.raised()
        _ = try state.create("/jobs").get()
        for _ in 0..<120 { _ = try state.create("/jobs/", .persistent, isSequential: true).get() }
        _ = try state.put("/jobs", [1]).get()
        expectEqual(state.stat("/jobs")?.childCount, 121)
        #expect(try state.configHistory("/jobs").count == 1)
        #expect(state.deleteKey("/jobs").reason == .znodeHasChildren)
        _ = try state.put("/a/b", [1]).get()
        #expect(throws: StateError.self) { try state.config("/a", 0) }
        #expect(state.deleteKey("/a").reason == .znodeNotFound)
        _ = try state.put("/a", [1], expecting: 0).get()
        #expect(state.put("/a/00000000000000000042", [1]).reason == .invalidField)
    }

    @Test func `is told by the creation of a version, and by nothing that looks like one`() throws {
        let state = try Fixture.raised()
        _ = try state.put("/k", [1], comment: "why").get()
        let events = try state.history(from: state.revision).get()
        let changes = events.compactMap { ConfigChange(version: $0) }
        #expect(changes.map(\.path) == ["/k"] && changes.first?.version?.comment == "why")
        _ = try state.create("/k/00000000000000000001").get()
        #expect(try state.history(from: state.revision).get().allSatisfy { ConfigChange(version: $0) == nil })
    }
}

extension Fixture {
    fileprivate func put(
        _ path: String, _ value: Bytes, author: String = "", comment: String = "", expecting revision: UInt64? = nil
    ) -> WriteOutcome {
        write(ConfigWrite(path: path, .put(value), author: author, comment: comment, expectedRevision: revision))
    }

    fileprivate func rollBack(_ path: String, to revision: UInt64) -> WriteOutcome {
        write(ConfigWrite(path: path, .rollBack(revision)))
    }

    fileprivate func deleteKey(_ path: String, expecting revision: UInt64? = nil) -> WriteOutcome {
        write(ConfigWrite(path: path, .delete, expectedRevision: revision))
    }

    fileprivate func write(_ write: ConfigWrite) -> WriteOutcome { apply(Command(.config(write))).outcome }

    fileprivate func config(_ path: String, _ revision: UInt64) throws(StateError) -> ConfigVersion {
        try read { view -> Result<ConfigVersion, StateError> in
            do throws(StateError) { return .success(try view.config(path, revision: revision)) } catch {
                return .failure(error)
            }
        }.get()
    }

    fileprivate func configHistory(_ path: String) throws(StateError) -> [ConfigVersion] {
        try read { view -> Result<[ConfigVersion], StateError> in
            do throws(StateError) {
                return .success(
                    try view.configHistory(path, limit: .max, includeValues: true, byteCountMax: .max).versions)
            } catch {
                return .failure(error)
            }
        }.get()
    }
}
