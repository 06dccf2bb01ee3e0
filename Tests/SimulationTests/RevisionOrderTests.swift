import Consensus
import Testing

@testable import Simulation

@Suite struct `The order of revisions` {
    private let changes = [
        Change(revision: 5, kind: .created, path: "/k0", version: 0, value: 1),
        Change(revision: 7, kind: .changed, path: "/k0", version: 1, value: 2),
        Change(revision: 9, kind: .deleted, path: "/k0", version: 1, value: 0),
    ]

    private func call(
        _ number: UInt64, _ call: Register.Call, _ invoked: Int, _ outcome: CallRecord.Outcome
    ) -> CallRecord {
        CallRecord(
            number: number, client: 0, path: "/k0", call: call, level: .linearizable, hasRequestID: false,
            invoked: Instant(nanoseconds: Int64(invoked)), outcome: outcome)
    }

    private func told(_ answer: Register.Answer, _ revision: UInt64? = nil, at: Int) -> CallRecord.Outcome {
        .answered(answer, revision: revision, at: Instant(nanoseconds: Int64(at)))
    }

    /// Creation from 0 to 10, a change from 20 to 30, a deletion from 40 to 50.
    private var truth: [CallRecord] {
        [
            call(1, .create(1), 0, told(.done(version: 0), 5, at: 10)),
            call(2, .set(2, expected: nil), 20, told(.done(version: 1), 7, at: 30)),
            call(3, .delete(expected: 1), 40, told(.done(version: nil), 9, at: 50)),
        ]
    }

    private func claim(_ calls: [CallRecord]) throws -> String? {
        var order = RevisionOrder(history: try History(changes), calls: calls)
        do {
            try order.check()
            return nil
        } catch {
            return error.claim
        }
    }

    @Test func `gives a call without a revision one at which its answer is right`() throws {
        for (invoked, returned, fits) in [(12, 18, false), (12, 41, true), (45, 60, true), (60, 70, true)] {
            let absent = call(4, .read, invoked, told(.missing, at: returned))
            #expect(try (claim(truth + [absent]) == nil) == fits, "missing from \(invoked) to \(returned)")
        }
        for (invoked, returned, fits) in [(12, 18, false), (12, 21, true), (32, 38, true), (60, 70, false)] {
            let wrong = call(4, .set(4, expected: 0), invoked, told(.wrongVersion, at: returned))
            #expect(try (claim(truth + [wrong]) == nil) == fits, "wrong version from \(invoked) to \(returned)")
        }
    }

    @Test func `does not let what one call saw be unseen by the next`() throws {
        let gone = call(4, .read, 41, told(.missing, at: 43))
        let there = call(5, .create(5), 44, told(.exists, at: 46))
        #expect(try claim(truth + [gone]) == nil)
        #expect(try claim(truth + [there]) == nil)
        #expect(try claim(truth + [gone, there]) == "the history is linearizable")
    }

    @Test func `refuses a write that did something else than was asked`() throws {
        var calls = truth
        calls[1] = call(2, .set(2, expected: 3), 20, told(.done(version: 1), 7, at: 30))
        #expect(try claim(calls) == "an answer tells the state at its revision")
        calls[1] = call(2, .set(2, expected: 3), 20, .unknown)
        #expect(try claim(calls) == "an answer tells the state at its revision")
    }

    private func several(_ steps: [MultiCall.Step]) -> Register.Call {
        .several(MultiCall(comparisons: [], then: steps, otherwise: []))
    }

    private func told(_ answers: [Register.Answer], _ revision: UInt64, at: Int) -> CallRecord.Outcome {
        told(.settled(MultiCall.Outcome(failedComparison: nil, answers: answers)), revision, at: at)
    }

    @Test func `refuses a transaction of which a part was done`() throws {
        let both = several([.init(path: "/k0", call: .set(4, expected: 1)), .init(path: "/k1", call: .create(4))])
        let made = Change(revision: 8, kind: .changed, path: "/k0", version: 2, value: 4)
        let created = Change(revision: 8, kind: .created, path: "/k1", version: 0, value: 4)
        let calls = [call(1, both, 32, told([.done(version: 2), .done(version: 0)], 8, at: 38))]
        func claim(_ changes: [Change]) throws -> String? {
            let history = try History(Array(self.changes.prefix(2)) + changes)
            var order = RevisionOrder(history: history, calls: Array(truth.prefix(2)) + calls)
            do {
                try order.check()
                return nil
            } catch {
                return error.claim
            }
        }
        #expect(try claim([made, created]) == nil)
        #expect(try claim([made]) == "a write does what was asked")
        #expect(try claim([]) == "a write does what was asked")
    }

    @Test func `refuses two deletions at one revision that no transaction made`() throws {
        let created = ["/k0", "/k1"].enumerated().map { place, path in
            Change(revision: 5 + UInt64(place), kind: .created, path: path, version: 0, value: 1 + UInt64(place))
        }
        let deleted = ["/k0", "/k1"].map { Change(revision: 9, kind: .deleted, path: $0, version: 0, value: 0) }
        var calls = [call(1, .create(1), 0, .unknown), call(2, .create(2), 0, .unknown)]
        calls += [call(3, .delete(expected: nil), 0, .unknown), call(4, .delete(expected: nil), 0, .unknown)]
        (calls[1].path, calls[3].path) = ("/k1", "/k1")
        var order = RevisionOrder(history: try History(created + deleted), calls: calls)
        let violation = #expect(throws: Violation.self) { try order.check() }
        #expect(violation?.claim == "a revision has one cause")
    }

    @Test func `refuses reads in a transaction of different moments`() throws {
        let reads = several([.init(path: "/k0", call: .read), .init(path: "/k0", call: .read)])
        let old = Register.Answer.found(.init(value: 1, version: 0))
        let new = Register.Answer.found(.init(value: 2, version: 1))
        #expect(try claim(truth + [call(4, reads, 32, told([new, new], 8, at: 38))]) == nil)
        for answers in [[old, new], [new, old], [old, old]] {
            let claim = try claim(truth + [call(4, reads, 32, told(answers, 8, at: 38))])
            #expect(claim == "an answer tells the state at its revision")
        }
    }

    @Test func `finds for every deletion another call that may have done it`() throws {
        var calls = truth
        calls[2] = call(3, .delete(expected: nil), 40, .unknown)
        let seen = call(4, .read, 50, told(.missing, at: 60))
        #expect(try claim(calls + [seen]) == nil)
        calls[2] = call(3, .delete(expected: 0), 40, .unknown)
        #expect(try claim(calls + [seen]) == "every change was asked for once")
        calls[2] = call(3, .delete(expected: nil), 65, .unknown)
        #expect(try claim(calls + [seen]) == "every change was asked for once", "it began too late")
    }

    @Test func `agrees with trying every order on small random histories`() throws {
        var random = Random(seed: 7)
        var accepted = 0
        for _ in 0..<20_000 {
            let (changes, calls) = SmallHistory.random(&random)
            let expected = SmallHistory.isExplained(changes: changes, calls: calls)
            if expected { accepted += 1 }
            let history = try History(changes)
            let verdict: Bool
            do {
                try ClientChecks(history: history, calls: calls).run()
                verdict = true
            } catch {
                verdict = false
            }
            #expect(verdict == expected, "\(calls) of \(changes)")
        }
        #expect(accepted > 5000 && accepted < 15_000, "\(accepted)")
    }

    @Test func `judges thousands of calls whose outcome nobody knows`() throws {
        var changes: [Change] = []
        var calls: [CallRecord] = []
        for round in 0..<UInt64(1000) {
            let value = UInt64(calls.count) + 1
            changes.append(Change(revision: round * 2 + 1, kind: .created, path: "/k0", version: 0, value: value))
            changes.append(Change(revision: round * 2 + 2, kind: .deleted, path: "/k0", version: 0, value: 0))
            let began = Int(round) * 10
            for offset in 0..<UInt64(3) { calls.append(call(value + offset, .create(value + offset), began, .unknown)) }
            for offset in 3..<UInt64(6) { calls.append(call(value + offset, .delete(expected: nil), began, .unknown)) }
            calls.append(call(value + 6, .read, began, told(.missing, at: began + 9)))
        }
        var order = RevisionOrder(history: try History(changes), calls: calls)
        try order.check()
    }
}

/// A handful of calls on two znodes, and whether any order at all explains them.
private enum SmallHistory {
    /// What a service would do that carries out each call at once; then maybe one call is told something else.
    static func random(_ random: inout Random) -> (changes: [Change], calls: [CallRecord]) {
        var calls = (1...5).map { number -> CallRecord in
            CallRecord(
                number: UInt64(number), client: number, path: random.element(of: ["/a", "/b"]),
                call: random.chance(perMille: 250)
                    ? several(UInt64(number), &random) : single(UInt64(number), &random),
                level: .linearizable, hasRequestID: false, invoked: Instant(nanoseconds: Int64(random.below(10))))
        }
        let moments = calls.indices.map { index in
            (index: index, at: calls[index].invoked + Span(nanoseconds: Int64(random.below(6))))
        }
        var registers: [String: Register] = [:]
        var changes: [Change] = []
        var revision: UInt64 = 1
        for (index, at) in moments.sorted(by: { ($0.at, $0.index) < ($1.at, $1.index) }) {
            let next = revision + UInt64(1 + random.below(2))
            var state = Registers(registers)
            let answer = state.apply(calls[index], at: next)
            registers = state.registers
            changes += state.changes
            if answer.isDone { revision = next }
            let isTold =
                switch answer {
                case .done, .found, .settled: true
                default: random.chance(perMille: 200)
                }
            guard random.chance(perMille: 700) else { continue }
            let returned = at + Span(nanoseconds: Int64(random.below(4)))
            calls[index].outcome = .answered(answer, revision: isTold ? revision : nil, at: returned)
        }
        if random.chance(perMille: 800) { falsify(&calls[random.below(calls.count)], &random) }
        return (changes, calls)
    }

    private static func single(_ number: UInt64, _ random: inout Random) -> Register.Call {
        let expected = random.chance(perMille: 500) ? nil : UInt64(random.below(2))
        return random.element(of: [
            .create(number), .create(number), .set(number, expected: expected), .delete(expected: expected), .read,
        ])
    }

    private static func several(_ number: UInt64, _ random: inout Random) -> Register.Call {
        func branch() -> [MultiCall.Step] {
            let write: Register.Call = random.chance(perMille: 500) ? .create(number) : .set(number, expected: nil)
            return random.element(of: [
                [.init(path: "/a", call: write), .init(path: "/b", call: single(number, &random))],
                [.init(path: "/b", call: .read), .init(path: "/a", call: .read)],
                [.init(path: "/b", call: .delete(expected: nil)), .init(path: "/b", call: .create(number))],
            ])
        }
        let version = random.chance(perMille: 500) ? nil : UInt64(random.below(2))
        let comparison = MultiCall.Comparison(path: random.element(of: ["/a", "/b"]), version: version)
        return .several(MultiCall(comparisons: [comparison], then: branch(), otherwise: branch()))
    }

    private static func falsify(_ call: inout CallRecord, _ random: inout Random) {
        guard case .answered(let answer, let revision, let at) = call.outcome else {
            if !call.isWrite { return }
            call.outcome = .refused(at: call.invoked + Span(nanoseconds: 1))
            return
        }
        switch random.below(4) {
        case 0:
            let state = Register(
                content: random.chance(perMille: 300)
                    ? nil : .init(value: UInt64(1 + random.below(5)), version: UInt64(random.below(2))))
            var registers = Registers(["/a": state, "/b": random.chance(perMille: 500) ? state : .absent])
            call.outcome = .answered(registers.apply(call), revision: revision, at: at)
        case 1:
            guard let revision else { return }
            let other = random.chance(perMille: 500) ? revision + 1 : max(1, revision - 1)
            call.outcome = .answered(answer, revision: other, at: at)
        case 2:
            call.outcome = .refused(at: at)
        default:
            let moved = Span(nanoseconds: Int64(3 + random.below(10)))
            call.invoked = call.invoked + moved
            call.outcome = .answered(answer, revision: revision, at: at + moved)
        }
    }

    /// Tries every order that agrees with real time. Each change has to be made by a call, in the order of revisions.
    static func isExplained(changes: [Change], calls: [CallRecord]) -> Bool {
        func explain(_ left: [Int], _ registers: [String: Register], _ made: Int, _ seen: UInt64) -> Bool {
            if made == changes.count, left.allSatisfy({ calls[$0].answered == nil }) { return true }
            return left.contains { index in
                let call = calls[index]
                if case .refused = call.outcome { return false }
                let isFirst = left.allSatisfy { other in
                    calls[other].answered.map { $0.at >= call.invoked } ?? true
                }
                guard isFirst else { return false }
                let revision =
                    call.answered?.revision ?? (made < changes.count ? changes[made].revision : seen + 1)
                var state = Registers(registers)
                let answer = state.apply(call, at: revision)
                if let told = call.answered {
                    guard told.answer == answer, told.revision != nil || !answer.isDone else { return false }
                }
                let end = made < changes.count ? changes[made].revision : .max
                let isSeen: Bool
                if !state.changes.isEmpty {
                    guard revision > seen, changes[made...].starts(with: state.changes) else { return false }
                    isSeen = true
                } else if call.answered?.revision != nil {
                    guard answer.isDone ? revision > seen : revision >= seen, revision < end else { return false }
                    isSeen = true
                } else {
                    isSeen = false
                }
                let next = state.registers
                let (made, seen) = (made + state.changes.count, isSeen ? revision : seen)
                return explain(left.filter { $0 != index }, next, made, seen)
            }
        }
        return explain(Array(calls.indices), [:], 0, 0)
    }
}
