import ByteString
import Coordination
import Replica
import Testing

@Suite struct `The writes of a stream` {
    /// A state that admits batches of one write each, in order; and what a member makes of its answers.
    private struct Play: ~Copyable {
        var state: Coordination
        var revision: UInt64 = 1
        var session: SessionID
        var queue = StreamQueue<Int>()
        var done: [Int] = []
        var ended: StreamQueue<Int>.End?
        /// On their way: the batch's number and its request.
        var onTheWay: [(number: UInt64, request: Bytes)] = []

        init() throws {
            var state = Coordination()
            let context = CommandContext(
                logTime: LogTime(nanoseconds: 1), wallTime: WallTime(unixMilliseconds: 1), principal: "", origin: nil)
            let secret = SessionSecret(1, 2)
            let opening = SessionOpening(timeoutMilliseconds: 1_000, name: "", secret: secret)
            _ = state.apply(Command(.session(.open(opening))), context, revision: Revision(1))
            self.state = state
            session = SessionID(1)
        }

        /// The batch with the stream's operation `number`.
        mutating func send(_ number: Int) {
            let request = Bytes(utf8: "\(number)")
            onTheWay.append((queue.append(request, number), request))
        }

        /// The log takes in what is the `index`th of what is on the way.
        mutating func arrive(_ index: Int) {
            let (number, request) = onTheWay.remove(at: index)
            revision += 1
            let operation = UInt64(String(decoding: Array(request), as: UTF8.self)) ?? 0
            let writes = StreamBatch(
                session: session, stream: StreamID(session.rawValue), after: operation - 1, last: operation,
                commands: [Command(path: "/\(operation)", operation: .create(data: Bytes()))])
            let context = CommandContext(
                logTime: LogTime(nanoseconds: 1), wallTime: WallTime(unixMilliseconds: 1), principal: "", origin: nil)
            let applied = state.apply(Command(.stream(.write(writes))), context, revision: Revision(revision))
            take(number, .applied(applied.outcome))
        }

        mutating func fail(_ index: Int, _ failure: RequestFailure) {
            take(onTheWay.remove(at: index).number, .failed(failure))
        }

        private mutating func take(_ number: UInt64, _ answer: WriteAnswer) {
            let consequences = queue.onAnswer(number, answer)
            done += consequences.done.map(\.tag)
            onTheWay += consequences.again
            if let end = consequences.end { ended = end }
        }
    }

    @Test(arguments: 0..<50)
    func `take effect in order, in whatever order they arrive`(seed: Int) throws {
        var play = try Play()
        var random = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        func below(_ limit: Int) -> Int {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return Int(random % UInt64(limit))
        }
        var sent = 0
        while play.done.count < 40 {
            if sent < 40, play.onTheWay.isEmpty || below(3) > 0 {
                sent += 1
                play.send(sent)
            } else {
                play.arrive(below(play.onTheWay.count))
            }
            #expect(play.ended == nil)
        }
        #expect(play.done == Array(1...40) && play.queue.isEmpty && play.onTheWay.isEmpty)
    }

    @Test func `end with the first whose outcome is not known, after those before it`() throws {
        var play = try Play()
        for number in 1...4 { play.send(number) }
        play.arrive(0)
        play.fail(1, .outcomeUnknown)
        #expect(play.done == [1])
        guard case .failed(.outcomeUnknown) = play.ended else { throw Unexpected() }
    }

    @Test func `that came first and are refused all the same end the stream`() throws {
        var play = try Play()
        play.send(2)
        play.arrive(0)
        guard case .refused(let error) = play.ended else { throw Unexpected() }
        #expect(error.reason == .streamOutOfOrder && play.onTheWay.isEmpty)
    }

    private struct Unexpected: Error {}
}
