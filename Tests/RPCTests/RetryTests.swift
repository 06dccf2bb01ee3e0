import ByteString
import Messages
import Protobuf
import Testing
import WellKnownTypes

@testable import RPC

/// `#expect` for mutating calls, which it cannot take apart.
private func expect<Value: Equatable>(
    _ actual: Value, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual == expected, sourceLocation: sourceLocation)
}

private let millisecond: Int64 = 1_000_000

private func failure(_ code: RPCStatus.Code, pushback: String? = nil, surely: Bool = false) -> RPCFailure {
    var failure = RPCFailure(RPCStatus(code), isSurelyUnprocessed: surely)
    if let pushback {
        let key = MetadataKey(checked: "grpc-retry-pushback-ms")
        failure.trailers.append(checked: Metadata.Entry(key: key, content: .text(pushback)))
    }
    return failure
}

/// A failure whose details have a `RetryInfo` behind another detail.
private func invitation(_ code: RPCStatus.Code, seconds: Int64, nanos: Int32) throws -> RPCFailure {
    var info = GoogleRpcErrorInfo()
    info.reason = "BUSY"
    var retry = GoogleRpcRetryInfo()
    retry.retryDelay = GoogleProtobufDuration(seconds: seconds, nanos: nanos)
    var status = GoogleRpcStatus()
    status.code = Int32(code.rawValue)
    status.message = "later"
    status.details = [try GoogleProtobufAny(packing: info), try GoogleProtobufAny(packing: retry)]
    return RPCFailure(RPCStatus(code, details: try status.encodedBytes()))
}

@Suite struct RetryStateTests {
    private var throttle: RetryThrottle?

    private static var exact: RetryPolicy {
        var policy = RetryPolicy()
        policy.backoff.jitter = 0
        policy.backoff.initial = .milliseconds(10)
        policy.backoff.multiplier = 2
        policy.backoff.maximum = .milliseconds(30)
        return policy
    }

    private static func safe(_ codes: Set<RPCStatus.Code> = [.unavailable]) -> RetryPolicy {
        var policy = exact
        policy.safeCodes = codes
        return policy
    }

    private mutating func decide(
        _ state: inout RetryState, _ failure: RPCFailure, wasPlaced: Bool = true, timeLeft: Int64 = .max
    ) -> RetryState.OnFailure {
        state.onFailure(failure, wasPlaced: wasPlaced, timeLeft: timeLeft, throttle: &throttle, chance: 0.5)
    }

    @Test mutating func `what the server has surely not seen is sent once more at once, and then with pauses`() {
        var state = RetryState(Self.exact)
        expect(decide(&state, failure(.unavailable, surely: true)), .retryNow)
        #expect(state.failedAttempts == 0)
        expect(decide(&state, failure(.unavailable, surely: true)), .retryAfter(10 * millisecond))
        expect(decide(&state, failure(.unavailable, surely: true)), .retryAfter(20 * millisecond))
        expect(decide(&state, failure(.unavailable, surely: true)), .retryAfter(30 * millisecond))
        #expect(state.failedAttempts == 3)
        let last = failure(.unavailable, surely: true)
        expect(decide(&state, last), .fail(last))
    }

    @Test mutating func `a call for which there was no connection pauses first`() {
        var state = RetryState(Self.exact)
        expect(decide(&state, failure(.unavailable, surely: true), wasPlaced: false), .retryAfter(10 * millisecond))
    }

    @Test mutating func `a limit of this side is not tried again`() {
        var state = RetryState(Self.exact)
        let full = failure(.resourceExhausted, surely: true)
        expect(decide(&state, full), .fail(full))
    }

    @Test mutating func `a status is final unless the policy names it`() {
        var plain = RetryState(Self.exact)
        expect(decide(&plain, failure(.unavailable)), .fail(failure(.unavailable)))
        var naming = RetryState(Self.safe())
        expect(decide(&naming, failure(.unavailable)), .retryAfter(10 * millisecond))
        expect(decide(&naming, failure(.aborted)), .fail(failure(.aborted)))
    }

    @Test mutating func `the server's pushback says when, whatever the status`() {
        var state = RetryState(Self.exact)
        expect(decide(&state, failure(.resourceExhausted, pushback: "250")), .retryAfter(250 * millisecond))
        expect(decide(&state, failure(.resourceExhausted, pushback: "0")), .retryAfter(0))
        #expect(state.failedAttempts == 2)
    }

    @Test(arguments: ["-1", "", "1x", "1.5", " 1", "+1", "99999999999999999999", "99999999999999"])
    mutating func `a pushback that is no number from 0 on forbids`(text: String) {
        var state = RetryState(Self.safe())
        let refusal = failure(.unavailable, pushback: text)
        expect(decide(&state, refusal), .fail(refusal))
    }

    @Test mutating func `a RetryInfo invites, and is the least that is waited`() throws {
        var state = RetryState(Self.exact)
        expect(decide(&state, try invitation(.unavailable, seconds: 2, nanos: 5)), .retryAfter(2_000 * millisecond + 5))
        expect(decide(&state, try invitation(.unavailable, seconds: 0, nanos: 1)), .retryAfter(20 * millisecond))
        var another = RetryState(Self.exact)
        let mad = try invitation(.unavailable, seconds: -2, nanos: 0)
        expect(decide(&another, mad), .fail(mad))
    }

    @Test func `details that are no google.rpc.Status give no advice`() {
        for bytes: [UInt8] in [
            [0xff], [0x1a, 0x7f, 0x01], [0x1a, 0x02, 0x0a, 0x09], [0x1b], Array(repeating: 0x80, count: 20),
        ] {
            #expect(RetryAdvice(RPCFailure(RPCStatus(.unavailable, details: Bytes(bytes)))) == .none)
        }
    }

    @Test mutating func `after a pushback the pauses begin anew`() {
        var state = RetryState(Self.safe())
        _ = decide(&state, failure(.unavailable))
        expect(decide(&state, failure(.unavailable, pushback: "1")), .retryAfter(millisecond))
        expect(decide(&state, failure(.unavailable)), .retryAfter(10 * millisecond))
    }

    @Test mutating func `nothing is tried again once something was delivered, or when the time is over`() {
        var state = RetryState(Self.safe())
        let unavailable = failure(.unavailable)
        expect(decide(&state, unavailable, timeLeft: 10 * millisecond), .fail(unavailable))
        expect(decide(&state, unavailable, timeLeft: 0), .fail(unavailable))
        var committed = RetryState(Self.safe())
        committed.onCommitted()
        let unseen = failure(.unavailable, surely: true)
        expect(decide(&committed, unseen), .fail(unseen))
    }

    @Test mutating func `a call that may have had an effect never ends as one that surely had none`() {
        var policy = Self.exact
        policy.judge = { failure in
            switch failure.status.code {
            case .aborted: .nothingHappened
            case .unknown: .outcomeUnknown
            default: nil
            }
        }
        policy.attemptsMax = 2
        var state = RetryState(policy)
        _ = decide(&state, failure(.unknown))
        expect(decide(&state, failure(.aborted)), .fail(failure(.unknown)))
        // A final answer is the answer.
        var answered = RetryState(policy)
        _ = decide(&answered, failure(.unknown))
        expect(decide(&answered, failure(.notFound)), .fail(failure(.notFound)))
        // The server has seen the first attempt, though nothing came of it.
        var seen = RetryState(policy)
        _ = decide(&seen, failure(.aborted))
        expect(decide(&seen, failure(.unavailable, surely: true), wasPlaced: false), .fail(failure(.unavailable)))
    }

    @Test mutating func `a policy's own judgement comes before what the server invites to`() throws {
        var state = RetryState(.never)
        let invited = try invitation(.unavailable, seconds: 0, nanos: 0)
        expect(decide(&state, invited), .fail(invited))
        var another = RetryState(.never)
        let unseen = failure(.unavailable, surely: true)
        expect(decide(&another, unseen), .fail(unseen))
    }

    @Test mutating func `a channel whose calls fail retries no more until some are answered`() {
        var limits = RetryThrottle.Limits()
        limits.tokensMax = 4
        limits.thousandthsForAnswer = 500
        throttle = RetryThrottle(limits)
        var first = RetryState(Self.safe())
        expect(decide(&first, failure(.unavailable)), .retryAfter(10 * millisecond))
        // Half full: no more.
        expect(decide(&first, failure(.unavailable)), .fail(failure(.unavailable)))
        var second = RetryState(Self.safe())
        expect(decide(&second, failure(.unavailable)), .fail(failure(.unavailable)))
        // What is not to be retried takes nothing; what the server has not seen is free.
        var third = RetryState(Self.safe())
        expect(decide(&third, failure(.unavailable, surely: true)), .retryNow)
        for _ in 0..<5 { throttle?.onAnswer() }
        expect(decide(&third, failure(.unavailable)), .retryAfter(10 * millisecond))
    }

    @Test func `the bucket has a bottom and a brim`() {
        var limits = RetryThrottle.Limits()
        limits.tokensMax = 2
        limits.thousandthsForAnswer = 1_000
        var throttle = RetryThrottle(limits)
        for _ in 0..<10 { throttle.onFailure() }
        #expect(!throttle.allowsRetries)
        throttle.onAnswer()
        #expect(!throttle.allowsRetries)
        throttle.onAnswer()
        #expect(throttle.allowsRetries)
        for _ in 0..<10 { throttle.onAnswer() }
        throttle.onFailure()
        #expect(!throttle.allowsRetries)
    }
}
