import ByteString
import Testing

@testable import Coordination

@Suite struct `A session` {
    @Test func `lives from when it is opened, under the revision that opened it`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 4_000, name: "worker 7")
        expectEqual(session.rawValue, state.revision)
        let status = try #require(state.session(session))
        expectEqual(status.name, "worker 7")
        expectEqual(status.timeoutMilliseconds, 4_000)
        expectEqual(status.remainingMilliseconds, 4_000)
        expectEqual(status.keptAliveBy, 1)
        #expect(status.ending == nil)
        #expect(status.secret == Fixture.secret)
    }

    @Test func `is not overdue before its timeout, and is at it`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 4_000)
        state.milliseconds = 3_999
        #expect(state.overdue().isEmpty)
        state.milliseconds = 4_000
        #expect(state.overdue() == [.session(session)])
    }

    @Test func `is kept alive from the log time of the entry that touches it`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 4_000)
        state.seconds = 3
        state.member = 2
        state.touch(session)
        expectEqual(state.session(session)?.keptAliveBy, 2)
        state.seconds = 6
        state.milliseconds = 999
        #expect(state.overdue().isEmpty)
        #expect(state.expire(.session(session)).reason == .notOverdue)
        state.seconds = 7
        #expect(state.overdue() == [.session(session)])
    }

    /// A leader that has not applied what the one before it wrote stamps less than that one did.
    @Test func `is kept alive from the latest log time, whichever leader stamped it`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 4_000)
        state.seconds = 3
        state.create("/a")
        state.seconds = 1
        state.touch(session)
        state.seconds = 6
        state.milliseconds = 999
        #expect(state.overdue().isEmpty)
        state.milliseconds = 1_000
        #expect(state.overdue() == [.session(session)])
    }

    /// The leader may have seen an old deadline: what it proposed stands in the log behind a keep-alive.
    @Test func `does not expire by an entry that a keep-alive has overtaken`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 4_000)
        state.seconds = 4
        #expect(state.overdue() == [.session(session)])
        state.touch(session)
        #expect(state.expire(.session(session)).reason == .notOverdue)
        #expect(state.session(session)?.ending == nil)
    }

    @Test func `that is overdue is found again should its end have come to nothing`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 1_000)
        state.seconds = 1
        #expect(state.overdue() == [.session(session)])
        #expect(state.overdue().isEmpty)
        state.milliseconds = 200
        #expect(state.overdue() == [.session(session)])
        state.expire(.session(session))
        state.seconds = 60
        #expect(state.overdue().isEmpty)
    }

    @Test func `takes its ephemeral znodes with it, in one revision`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let other = try state.open()
        state.create("/a")
        for name in ["/a/1", "/a/2", "/b"] { state.create(name, .ephemeral(session)) }
        state.create("/other", .ephemeral(other))
        expectEqual(state.session(session)?.ephemeralCount, 3)
        expectEqual(state.stat("/b")?.lifetime, .ephemeral(session))
        state.seconds = 4
        _ = try state.expire(.session(session)).get()
        let revision = state.revision
        #expect(state.children("/") == ["a", "other"])
        #expect(state.children("/a") == [])
        let events = try state.history(from: revision).get()
        #expect(events.map(\.path) == ["/a/1", "/a/2", "/b"])
        #expect(events.allSatisfy { $0.kind == .deleted && $0.revision == Revision(revision) })
        expectEqual(state.session(session)?.ephemeralCount, 3)
        expectEqual(state.coordination.znodeCount, 3)
    }

    @Test func `tells why it ended, for people and for programs`() throws {
        let state = try Fixture.raised()
        let expired = try state.open(timeout: 4_000)
        let closed = try state.open(timeout: 60_000)
        state.seconds = 4
        state.milliseconds = 12
        state.member = 2
        _ = try state.close(closed).get()
        _ = try state.expire(.session(expired)).get()
        let ending = try #require(state.session(expired)?.ending)
        expectEqual(
            ending.reason, "no keep-alive for 4012 ms, its timeout being 4000 ms; the last one came in at member 1")
        expectEqual(ending.revision, Revision(state.revision))
        expectEqual(state.session(closed)?.ending?.reason, "it was closed by its owner")
        expectEqual(state.session(closed)?.isClosed, true)
        let refusal = state.create("/e", .ephemeral(expired))
        #expect(refusal.reason == .sessionEnded && refusal.code == .notFound)
        guard case .failure(let error) = refusal else { throw Unexpected() }
        #expect(error.metadata.map(\.name) == ["ended_because", "ended_revision"])
    }

    @Test func `that has ended is not brought back by a keep-alive`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 1_000)
        state.seconds = 1
        state.expire(.session(session))
        let ending = state.session(session)?.ending
        state.touch(session)
        #expect(state.session(session)?.ending == ending && ending != nil)
        #expect(state.expire(.session(session)).reason == .notOverdue)
    }

    @Test func `is closed by whoever has its secret, and once`() throws {
        let state = try Fixture.raised()
        let session = try state.open()
        let refusal = state.close(session, secret: SessionSecret(1, 2))
        #expect(refusal.reason == .wrongSecret && refusal.code == .permissionDenied)
        let first = try state.close(session).get().revision
        let second = try state.close(session).get().revision
        #expect(first == second && first.rawValue == state.revision - 1)
        #expect(state.close(SessionID(999)).reason == .sessionNotFound)
    }

    @Test func `of one principal is not another's`() throws {
        let state = try Fixture.raised()
        state.principal = "alice"
        let session = try state.open()
        state.principal = "bob"
        #expect(state.create("/e", .ephemeral(session)).reason == .sessionNotFound)
        #expect(state.close(session).reason == .sessionNotFound)
        state.principal = "alice"
        #expect(state.create("/e", .ephemeral(session)).reason == nil)
    }

    @Test func `is opened once by a repeated request, whatever secret the second member drew`() throws {
        let state = try Fixture.raised()
        let id = RequestIdentity(client: "c", sequence: 1)
        let session = try state.open(timeout: 4_000, id: id)
        let again = SessionOpening(timeoutMilliseconds: 4_000, name: "", secret: SessionSecret(1, 1))
        let repeated = state.apply(Command(.session(.open(again)), requestID: id))
        #expect(repeated.isRepeated)
        expectEqual(try repeated.outcome.get().revision.rawValue, session.rawValue)
        #expect(state.session(session)?.secret == Fixture.secret)
        let other = SessionOpening(timeoutMilliseconds: 5_000, name: "", secret: Fixture.secret)
        #expect(state.apply(Command(.session(.open(other)), requestID: id)).outcome.reason == .requestIDReused)
    }

    @Test func `that had ended is closed at that revision, however often it is asked for`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 1_000)
        state.seconds = 1
        _ = try state.expire(.session(session)).get()
        let end = state.revision
        let close = Command(
            .session(.close(session, secret: Fixture.secret)), requestID: RequestIdentity(client: "c", sequence: 1))
        for _ in 0..<2 { expectEqual(try state.apply(close).outcome.get().revision.rawValue, end) }
    }

    @Test func `is not opened by somebody whose name is too long to be kept`() throws {
        let state = try Fixture.raised()
        state.principal = String(repeating: "x", count: 70_000)
        let opening = SessionOpening(timeoutMilliseconds: 1_000, name: "", secret: Fixture.secret)
        #expect(state.apply(Command(.session(.open(opening)))).outcome.reason == .invalidPrincipal)
    }

    @Test func `is refused when there are too many, and so is an ephemeral znode`() throws {
        var retention = Retention.formatLevel1
        retention.sessionsMax = 2
        retention.ephemeralsPerSessionMax = 1
        let state = try Fixture.raised(retention: retention)
        let session = try state.open()
        _ = try state.open()
        let opening = SessionOpening(timeoutMilliseconds: 4_000, name: "", secret: Fixture.secret)
        let refusal = state.apply(Command(.session(.open(opening)))).outcome
        #expect(refusal.reason == .limitReached && refusal.code == .resourceExhausted)
        state.create("/a", .ephemeral(session))
        #expect(state.create("/b", .ephemeral(session)).reason == .limitReached)
        state.delete("/a")
        #expect(state.create("/b", .ephemeral(session)).reason == nil)
        _ = try state.close(session).get()
        _ = try state.open()
    }

    @Test func `that ended is remembered until many others have`() throws {
        var retention = Retention.formatLevel1
        retention.endedSessionsMax = 2
        let state = try Fixture.raised(retention: retention)
        let sessions = try (0..<4).map { _ in try state.open() }
        for session in [sessions[2], sessions[0], sessions[1]] { _ = try state.close(session).get() }
        #expect(state.session(sessions[2]) == nil)
        #expect(state.session(sessions[0])?.ending != nil && state.session(sessions[1])?.ending != nil)
        #expect(state.read { $0.sessions(after: SessionID(0), limit: 10) }?.map(\.id) == [sessions[3]])
    }

    @Test func `has its bounds`() throws {
        let state = try Fixture.raised()
        for timeout in [UInt32(99), 3_600_001, 0] {
            let opening = SessionOpening(timeoutMilliseconds: timeout, name: "", secret: Fixture.secret)
            #expect(state.apply(Command(.session(.open(opening)))).outcome.reason == .invalidField)
        }
        let name = String(repeating: "x", count: 257)
        let opening = SessionOpening(timeoutMilliseconds: 100, name: name, secret: Fixture.secret)
        #expect(state.apply(Command(.session(.open(opening)))).outcome.reason == .invalidField)
    }

    @Test func `comes back with a snapshot, its timer as well`() throws {
        let state = try Fixture.raised()
        let session = try state.open(timeout: 4_000, name: "n")
        let closed = try state.open()
        state.create("/e", .ephemeral(session))
        state.create("/t", .ttl(milliseconds: 2_000, since: .zero))
        _ = try state.close(closed).get()
        let restored = try state.restored()
        expectEqual(restored.coordination.digest, state.coordination.digest)
        #expect(restored.session(session) == state.session(session))
        #expect(restored.session(closed)?.ending != nil)
        restored.seconds = 4
        #expect(restored.overdue() == [.znode(path: "/t"), .session(session)])
        _ = try restored.expire(.session(session)).get()
        #expect(restored.children("/") == ["t"])
    }

    /// Deadlines move with every keep-alive; timers must not pile up on members that never lead.
    @Test func `has few timers, however often it is kept alive and whoever leads`() throws {
        let state = try Fixture.raised()
        let sessions = try (0..<20).map { _ in try state.open(timeout: 1_000) }
        for step in 1...200 {
            state.seconds = UInt64(step) / 2
            for session in sessions { state.touch(session) }
            _ = state.coordination.publish()
        }
        for session in sessions { state.close(session) }
        state.seconds += 10
        state.touch()
        for _ in 0..<4 { _ = state.coordination.publish() }
        expectEqual(state.coordination.timerCount, 0)
    }
}
