import Consensus
import Testing

@testable import Simulation

@Suite struct `The checks of a history` {
    private let changes = [
        Change(revision: 5, kind: .created, path: "/k0", version: 0, value: 1),
        Change(revision: 7, kind: .changed, path: "/k0", version: 1, value: 2),
        Change(revision: 9, kind: .deleted, path: "/k0", version: 1, value: 0),
    ]

    private func call(
        _ number: UInt64, _ call: Register.Call, _ invoked: Int, _ outcome: CallRecord.Outcome,
        level: CallRecord.Level = .linearizable
    ) -> CallRecord {
        CallRecord(
            number: number, client: 0, path: "/k0", call: call, level: level, hasRequestID: false,
            invoked: Instant(nanoseconds: Int64(invoked)), outcome: outcome)
    }

    private func told(_ answer: Register.Answer, _ revision: UInt64?, at: Int) -> CallRecord.Outcome {
        .answered(answer, revision: revision, at: Instant(nanoseconds: Int64(at)))
    }

    private var truth: [CallRecord] {
        [
            call(1, .create(1), 0, told(.done(version: 0), 5, at: 10)),
            call(2, .set(2, expected: nil), 20, told(.done(version: 1), 7, at: 30)),
            call(3, .delete(expected: 1), 40, told(.done(version: nil), 9, at: 50)),
        ]
    }

    private func claim(_ calls: [CallRecord]) throws -> String? {
        do {
            try ClientChecks(history: try History(changes), calls: calls).run()
            return nil
        } catch {
            return error.claim
        }
    }

    @Test func `find nothing wrong with the truth`() throws {
        #expect(try claim(truth) == nil)
    }

    @Test func `find a lost write`() throws {
        var calls = truth
        calls.append(call(4, .create(4), 60, told(.done(version: 0), 11, at: 70)))
        #expect(try claim(calls) == "no acknowledged write is lost")
    }

    @Test func `find a write that was refused and done`() throws {
        var calls = truth
        calls[1].outcome = .refused(at: Instant(nanoseconds: 30))
        #expect(try claim(calls) == "a refused write has no effect")
        calls[1].outcome = .unknown
        #expect(try claim(calls) == nil)
    }

    @Test func `find a deletion that nobody asked for`() throws {
        var calls = truth
        calls[2].outcome = .unknown
        #expect(try claim(calls) == nil)
        calls[2].outcome = .refused(at: Instant(nanoseconds: 50))
        #expect(try claim(calls) == "every change was asked for once")
    }

    @Test func `find a stale read, unless it was allowed to be stale`() throws {
        let old = told(.found(.init(value: 1, version: 0)), 6, at: 70)
        #expect(try claim(truth + [call(4, .read, 60, old)]) == "revisions agree with real time")
        #expect(try claim(truth + [call(4, .read, 60, old, level: .serializable)]) == nil)
    }

    @Test func `find a member whose state went back`() throws {
        let new = told(.found(.init(value: 2, version: 1)), 8, at: 70)
        let old = told(.found(.init(value: 1, version: 0)), 6, at: 90)
        let reads = [
            call(4, .read, 60, new, level: .serializable), call(5, .read, 80, old, level: .serializable),
        ]
        #expect(try claim(truth + reads) == "a member's state never goes back")
    }

    @Test func `find an answer that names the wrong state`() throws {
        let wrong = told(.found(.init(value: 1, version: 0)), 8, at: 70)
        #expect(try claim(truth + [call(4, .read, 60, wrong)]) == "a read tells the state at its revision")
    }

    @Test func `find a write that was done twice`() {
        #expect(throws: Violation.self) {
            try History(changes + [Change(revision: 11, kind: .created, path: "/k1", version: 0, value: 2)])
        }
    }

    @Test func `find versions that skip`() {
        #expect(throws: Violation.self) {
            try History([changes[0], Change(revision: 7, kind: .changed, path: "/k0", version: 2, value: 2)])
        }
    }
}
