import Consensus
import Testing

@testable import Simulation

@Suite struct `The linearizability checker` {
    private func operation(
        _ call: Register.Call, _ invoked: Int, _ returned: Int? = nil, _ answer: Register.Answer? = nil
    ) -> RegisterOperation {
        var outcome: RegisterOperation.Outcome?
        if let returned, let answer {
            outcome = RegisterOperation.Outcome(answer: answer, returned: Instant(nanoseconds: Int64(returned)))
        }
        return RegisterOperation(call: call, invoked: Instant(nanoseconds: Int64(invoked)), outcome: outcome)
    }

    private func verdict(_ operations: [RegisterOperation]) -> LinearizabilityChecker.Verdict {
        var checker = LinearizabilityChecker(operations)
        return checker.check()
    }

    private func found(_ value: UInt64, _ version: UInt64) -> Register.Answer {
        .found(Register.Content(value: value, version: version))
    }

    @Test func `accepts calls one after the other`() {
        #expect(
            verdict([
                operation(.create(1), 0, 1, .done(version: 0)),
                operation(.read, 2, 3, found(1, 0)),
                operation(.set(2, expected: 0), 4, 5, .done(version: 1)),
                operation(.set(3, expected: 0), 6, 7, .wrongVersion),
                operation(.delete(expected: nil), 8, 9, .done(version: nil)),
                operation(.read, 10, 11, .missing),
            ]) == .linearizable)
    }

    @Test func `refuses a read that misses a finished write`() {
        #expect(
            verdict([
                operation(.create(1), 0, 1, .done(version: 0)),
                operation(.set(2, expected: nil), 2, 3, .done(version: 1)),
                operation(.read, 4, 5, found(1, 0)),
            ]) != .linearizable)
    }

    @Test func `refuses two reads that see one write and then its absence`() {
        let create = operation(.create(1), 0, 1, .done(version: 0))
        let write = operation(.set(2, expected: nil), 2, 20, .done(version: 1))
        #expect(
            verdict([create, write, operation(.read, 3, 4, found(2, 1)), operation(.read, 5, 6, found(1, 0))])
                != .linearizable)
        #expect(
            verdict([create, write, operation(.read, 3, 4, found(1, 0)), operation(.read, 5, 6, found(2, 1))])
                == .linearizable)
    }

    @Test func `lets a call of unknown outcome take effect late, once, or never`() {
        let create = operation(.create(1), 0, 1, .done(version: 0))
        let unknown = operation(.set(2, expected: nil), 2)
        #expect(verdict([create, unknown, operation(.read, 50, 51, found(1, 0))]) == .linearizable)
        #expect(
            verdict([
                create, unknown, operation(.read, 50, 51, found(1, 0)), operation(.read, 60, 61, found(2, 1)),
            ]) == .linearizable)
        #expect(
            verdict([
                create, unknown, operation(.read, 50, 51, found(2, 1)),
                operation(.set(3, expected: 1), 60, 61, .done(version: 2)),
                operation(.read, 70, 71, found(2, 3)),
            ]) != .linearizable)
    }

    @Test func `refuses two creations that both succeed`() {
        #expect(
            verdict([
                operation(.create(1), 0, 10, .done(version: 0)), operation(.create(2), 0, 10, .done(version: 0)),
            ]) != .linearizable)
    }

    @Test func `agrees with trying every order on small random histories`() {
        var random = Random(seed: 7)
        var accepted = 0
        for _ in 0..<3000 {
            let history = randomHistory(&random)
            let expected = bruteForce(history)
            if expected { accepted += 1 }
            #expect((verdict(history) == .linearizable) == expected, "\(history)")
        }
        #expect(accepted > 300 && accepted < 2700)
    }

    private func randomHistory(_ random: inout Random) -> [RegisterOperation] {
        (0..<5).map { number in
            let invoked = random.below(10)
            let value = UInt64(number + 1)
            let expected = random.chance(perMille: 500) ? nil : UInt64(random.below(2))
            let call: Register.Call = random.element(of: [
                .create(value), .set(value, expected: expected), .delete(expected: expected), .read,
            ])
            guard random.chance(perMille: 800) else { return operation(call, invoked) }
            var state =
                random.chance(perMille: 500)
                ? Register.absent
                : Register(content: .init(value: UInt64(1 + random.below(5)), version: UInt64(random.below(2))))
            return operation(call, invoked, invoked + random.below(10), state.apply(call))
        }
    }

    /// Every subset of the unknown calls, every order.
    private func bruteForce(_ history: [RegisterOperation]) -> Bool {
        func explain(_ left: [Int], _ state: Register) -> Bool {
            if left.allSatisfy({ history[$0].outcome == nil }) { return true }
            for index in left {
                let isFirst = left.allSatisfy { other in
                    guard let returned = history[other].outcome?.returned else { return true }
                    return returned >= history[index].invoked
                }
                guard isFirst else { continue }
                var next = state
                let answer = next.apply(history[index].call)
                if let outcome = history[index].outcome, outcome.answer != answer { continue }
                if explain(left.filter { $0 != index }, next) { return true }
            }
            return false
        }
        return explain(Array(history.indices), .absent)
    }
}
