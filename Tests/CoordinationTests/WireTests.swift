import ByteString
import Messages
import Testing

@testable import Coordination

extension Coordination {
    /// Applies an entry that answers somebody.
    mutating func answer(_ payload: Bytes, at revision: UInt64) throws -> Applied {
        guard let applied = try apply(payload, revision: Revision(revision)) else { throw Unexpected() }
        return applied
    }
}

@Suite struct `An entry` {
    private func envelope(
        _ kind: CommandKind, _ request: Bytes, level: UInt32 = 1, member: UInt64 = 3
    ) throws -> Bytes {
        try Envelope(
            formatLevel: level, kind: kind, logTimeNs: 5_000_000_000, wallUnixMs: 77, principal: "p", request: request,
            originMember: member, originIncarnation: 4, originToken: 5
        ).encodedBytes()
    }

    @Test func `is decoded, carried out and answered by its origin`() throws {
        var state = Coordination()
        let id = RequestId(clientID: "c", sequence: 1)
        let create = try CreateRequest(path: "/a", data: [1, 2], requestID: id).encodedBytes()
        let created = try state.answer(envelope(.create, create), at: 7)
        #expect(created.origin == Origin(member: 3, incarnation: 4, token: 5))
        let response = try CreateResponse(decoding: created.outcome.get().encodedResponse())
        #expect(response.revision == 7 && response.path == "/a")
        #expect(
            response.stat
                == Stat(
                    createdRevision: 7, modifiedRevision: 7, childrenRevision: 7, createdUnixMs: 77, modifiedUnixMs: 77,
                    dataLength: 2))
        let repeated = try state.answer(envelope(.create, create), at: 8)
        #expect(repeated.isRepeated)
        #expect(try repeated.outcome.get().encodedResponse() == created.outcome.get().encodedResponse())

        let set = try SetRequest(path: "/a", data: [3], expectedVersion: 0).encodedBytes()
        let changed = try state.answer(envelope(.set, set), at: 9)
        #expect(try SetResponse(decoding: changed.outcome.get().encodedResponse()).stat?.version == 1)
        let again = try state.answer(envelope(.set, set), at: 10)
        #expect(again.outcome.reason == .versionMismatch)

        let delete = try DeleteRequest(path: "/a", expectedVersion: 1).encodedBytes()
        let deleted = try state.answer(envelope(.delete, delete, member: 0), at: 11)
        #expect(deleted.origin == nil)
        #expect(try DeleteResponse(decoding: deleted.outcome.get().encodedResponse()).revision == 11)
        expectEqual(state.logTime, LogTime(nanoseconds: 5_000_000_000))
        expectEqual(state.znodeCount, 1)
    }

    @Test func `that makes no sense moves the revision and nothing else`() throws {
        var state = Coordination()
        let create = try CreateRequest(path: "/a").encodedBytes()
        let garbage = Bytes([0xff, 0xff, 0xff])
        let undecoded = try state.answer(garbage, at: 1)
        #expect(undecoded.outcome.reason == .malformedRequest)
        let kinds: [(CommandKind, Bytes, UInt32, Reason)] = [
            (.create, garbage, 1, .malformedRequest), (.set, garbage, 1, .malformedRequest),
            (.unspecified, create, 1, .unknownFormat), (.unrecognized(99), create, 1, .unknownFormat),
            (.create, create, 0, .unknownFormat), (.create, create, 2, .unknownFormat),
            (.create, Bytes(), 1, .invalidPath),
        ]
        for (index, (kind, request, level, reason)) in kinds.enumerated() {
            let applied = try state.answer(envelope(kind, request, level: level), at: UInt64(index) + 2)
            #expect(applied.outcome.reason == reason)
            #expect(applied.origin == Origin(member: 3, incarnation: 4, token: 5))
        }
        expectEqual(state.znodeCount, 1)
        expectEqual(state.appliedRevision, Revision(UInt64(kinds.count) + 1))
        #expect(state.publish().events.isEmpty)
    }

    @Test func `of random bytes never fails to have an outcome`() throws {
        var generator = SplitMix(seed: 12)
        var state = Coordination()
        var twin = Coordination()
        let whole = Array(try envelope(.create, CreateRequest(path: "/a", data: [1]).encodedBytes()))
        for revision in 1...20_000 as ClosedRange<UInt64> {
            var bytes = generator.below(3) == 0 ? generator.bytes(generator.below(40)) : whole
            for _ in 0..<generator.below(4) where !bytes.isEmpty {
                bytes[generator.below(bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
            }
            let left = try state.apply(Bytes(bytes), revision: Revision(revision))
            let right = try twin.apply(Bytes(bytes), revision: Revision(revision))
            #expect(left?.outcome == right?.outcome && left?.origin == right?.origin)
        }
        expectEqual(state.digest, twin.digest)
    }

    @Test func `is refused before it is proposed with the error that applying it would give`() throws {
        let limits = Limits()
        for path in ["", "a", "/a/", "//", "/a/../b", "/a\u{1}"] {
            let refused = #expect(throws: StateError.self) { try limits.check(CreateRequest(path: path)) }
            var state = Coordination()
            let request = try CreateRequest(path: path).encodedBytes()
            let applied = try state.answer(envelope(.create, request), at: 1)
            #expect(applied.outcome == .failure(try #require(refused)))
        }
        #expect(throws: StateError.self) { try limits.check(SetRequest(path: "/a", requestID: RequestId())) }
        #expect(throws: StateError.self) { try limits.check(DeleteRequest(path: "/")) }
        try limits.check(DeleteRequest(path: "/a", requestID: RequestId(clientID: "c", sequence: 1)))
    }
}

@Suite struct `Pages` {
    @Test func `of a listing follow each other without gap or repetition`() throws {
        let state = Fixture()
        let names = (0..<500).map { "n\($0)" }.sorted(by: StateModel.precedes)
        for name in names { state.create("/\(name)", [1, 2, 3]) }
        var listed: [String] = []
        var pages = 0
        while true {
            let page = try #require(
                state.read {
                    $0.listPage(
                        "/", startAfter: listed.last ?? "", limit: .max, byteCountMax: 1000, includeData: pages == 0,
                        includeStat: pages == 0)
                })
            #expect(page.stat.childCount == 500)
            #expect(
                page.children.allSatisfy { ($0.stat != nil) == (pages == 0) && $0.data.count == (pages == 0 ? 3 : 0) })
            listed += page.children.map(\.name)
            pages += 1
            if page.isLast { break }
        }
        #expect(listed == names && pages > 5)
        let limited = try #require(
            state.read {
                $0.listPage("/", startAfter: "", limit: 3, byteCountMax: .max, includeData: false, includeStat: false)
            })
        #expect(limited.children.map(\.name) == Array(names[..<3]) && limited.isLast)
        let none = state.read {
            $0.listPage("/x", startAfter: "", limit: 3, byteCountMax: 1, includeData: false, includeStat: false)
        }
        #expect(none == nil)
    }

    @Test func `of the history follow each other without gap or repetition`() throws {
        let state = Fixture()
        for index in 0..<300 { state.create(index % 3 == 0 ? "/a\(index)" : "/b\(index)", [1]) }
        let filter = WatchFilter(path: "/", scope: WatchFilter.Scope.children)
        var events: [ZnodeEvent] = []
        var next = HistoryPosition(Revision(1))
        var pages = 0
        while next.revision.rawValue <= 300 {
            let page = try state.read { view in
                Result { () throws(StateError) in
                    try view.historyPage(
                        from: next, matching: filter, byteCountMax: 1000, includeData: true, scanMax: 20)
                }
            }.get()
            #expect(page.through >= next.revision && page.next == HistoryPosition(Revision(page.through.rawValue + 1)))
            events += page.events
            next = page.next
            pages += 1
        }
        #expect(try events == state.history(from: 1).get() && pages >= 15)
    }

    @Test(arguments: [1, 100, 100_000])
    func `of the history may end in the middle of a large revision`(size: Int) throws {
        let state = try Fixture.raised()
        let session = try state.open()
        for index in 0..<40 {
            state.create("/e\(index)", .ephemeral(session))
            state.create("/p\(index)")
        }
        _ = try state.close(session).get()
        state.create("/after")
        let filter = WatchFilter(path: "/", scope: WatchFilter.Scope.children)
        var events: [ZnodeEvent] = []
        var next = HistoryPosition(Revision(1))
        var hasSplit = false
        while next.revision.rawValue <= state.revision {
            let page = try state.read { view in
                Result { () throws(StateError) in
                    try view.historyPage(from: next, matching: filter, byteCountMax: size, includeData: true)
                }
            }.get()
            if page.next.count > 0 {
                hasSplit = true
                #expect(page.events.last?.revision == page.next.revision)
            }
            #expect(page.next.revision.rawValue == page.through.rawValue + 1 && page.next != next)
            events += page.events
            next = page.next
        }
        #expect(try events == state.history(from: 1).get() && hasSplit == (size < 100_000))
    }
}
