import ByteString
import Consensus
import Coordination
import Replica

/// What happens to a streamer.
enum StreamerHappening {
    /// Time for the next step. Only the last one that was announced counts.
    case wake(Int)
    /// Something arrives at a member, on a connection of the streamer's.
    case request(StreamerRequest, connection: UInt64, member: Int)
    /// Something arrives at the streamer.
    case reply(StreamerReply, connection: UInt64)
}

enum StreamerRequest {
    /// With a request id, so that it opens one session however often it is sent.
    case open(sequence: UInt64)
    case attach(SessionID)
    /// The next writes of a stream, by its number among the streamer's: these operations of it.
    case write(ClosedRange<UInt64>, stream: UInt64)
}

enum StreamerReply {
    case opened(SessionID)
    /// The stream goes on with the session, whose streams before came this far.
    case attached(StreamID, StreamProgress)
    /// The outcomes of these operations.
    case written(ClosedRange<UInt64>, Revision)
    /// The connection's end, and whether it is that of the session.
    case ended(isSession: Bool)
}

/// A client that writes through streams of one session after the other, without waiting for outcomes: to a znode of
/// its own, of whose data each tells the stream and the operation. When its connection ends, or says nothing for a
/// while, it resumes the session elsewhere.
final class Streamer {
    let place: Int
    var random: Random
    var wakes = 0
    /// Names its connection among all of them.
    var connection: UInt64 = 0
    var member: Int
    /// What was sent on a connection arrives in that order.
    var nextArrival = Instant(nanoseconds: 0)
    var nextReply = Instant(nanoseconds: 0)
    var openings: UInt64 = 0
    var session: SessionID?
    /// Whether the connection's stream may write.
    var isAttached = false
    /// The number of the stream among the streamer's, from 1 on.
    var stream: UInt64 = 0
    var sent: UInt64 = 0
    var answered: UInt64 = 0
    /// Since when it has been told nothing.
    var silentSince = Instant(nanoseconds: 0)

    /// So many operations wait for their outcomes at most.
    static let unansweredMax: UInt64 = 20
    /// After so long without a word it goes elsewhere.
    static let patience = Span.milliseconds(700)
    static let timeoutMilliseconds: UInt32 = 2_000

    init(place: Int, plan: Plan, random: Random) {
        self.place = place
        self.random = random
        member = place % plan.memberCount
    }
}

/// What was said of streams.
struct StreamBook {
    /// By streamer: of each of its streams, in order.
    var streams: [[Page]]

    struct Page {
        var session: SessionID
        var stream: StreamID
        /// The last operation whose outcome was told.
        var answered: UInt64 = 0
        /// How far it came, as the next stream of the session was told; nil if none was.
        var applied: UInt64?
    }
}

extension Simulation {
    static func streamPath(_ streamer: Int) -> String { "/s\(streamer)" }

    /// Whether other clients' requests do not concern it.
    static func isAboutStreams(_ path: String) -> Bool { path.hasPrefix("/s") }

    /// What an operation writes: it names the streamer, the stream and the operation.
    static func streamValue(_ streamer: Int, stream: UInt64, operation: UInt64) -> UInt64 {
        1 << 62 | UInt64(streamer) << 48 | stream << 24 | operation
    }

    func onStreamer(_ place: Int, _ happening: StreamerHappening) throws(Violation) {
        let streamer = streamers[place]
        switch happening {
        case .wake(let number):
            if streamer.wakes == number { proceed(streamer) }
        case .request(let request, let connection, let member):
            receive(request, of: streamer, connection: connection, at: members[member])
        case .reply(let reply, let connection):
            guard streamer.connection == connection else { return }
            try take(reply, streamer)
        }
    }

    func wake(_ streamer: Streamer, after span: Span) {
        streamer.wakes += 1
        schedule(.streamer(streamer.place, .wake(streamer.wakes)), after: span)
    }

    private func proceed(_ streamer: Streamer) {
        guard phase == .trouble else { return }
        let isSilent = now - streamer.silentSince > Streamer.patience
        if streamer.connection == 0 || isSilent || streamer.random.chance(perMille: 5) { return connect(streamer) }
        if streamer.isAttached, streamer.sent - streamer.answered < Streamer.unansweredMax {
            let first = streamer.sent + 1
            streamer.sent += UInt64(streamer.random.number(in: 1...4))
            send(.write(first...streamer.sent, stream: streamer.stream), streamer)
        }
        wake(streamer, after: drawPause(streamer))
    }

    /// Now and then it sends batch after batch, so that several are under way; else the log would fill with its writes.
    private func drawPause(_ streamer: Streamer) -> Span {
        streamer.random.span(around: streamer.random.chance(perMille: 700) ? .milliseconds(1) : .milliseconds(300))
    }

    /// Whatever was under way on the connection before is not waited for any more.
    private func connect(_ streamer: Streamer) {
        lastAttempt += 1
        streamer.connection = lastAttempt
        streamer.member = streamer.random.below(members.count)
        streamer.isAttached = false
        streamer.silentSince = now
        streamer.nextArrival = now
        streamer.nextReply = now
        if let session = streamer.session {
            send(.attach(session), streamer)
        } else {
            send(.open(sequence: streamer.openings + 1), streamer)
        }
        wake(streamer, after: streamer.random.span(around: .milliseconds(20)))
    }

    private func send(_ request: StreamerRequest, _ streamer: Streamer) {
        let arrival = now + streamer.random.span(around: Self.clientLatency)
        streamer.nextArrival = max(streamer.nextArrival, arrival)
        queue.schedule(
            .streamer(
                streamer.place, .request(request, connection: streamer.connection, member: streamer.member)),
            at: streamer.nextArrival)
    }

    private func take(_ reply: StreamerReply, _ streamer: Streamer) throws(Violation) {
        streamer.silentSince = now
        switch reply {
        case .opened(let session):
            streamer.openings += 1
            streamer.session = session
            // A stream of its own, lest a repeated opening find that of another.
            send(.attach(session), streamer)
        case .attached(let stream, let progress):
            try note(progress, streamer)
            streamBook.streams[streamer.place].append(
                StreamBook.Page(session: streamer.session ?? SessionID(0), stream: stream))
            streamer.isAttached = true
            streamer.stream += 1
            streamer.sent = 0
            streamer.answered = 0
            statistics[.streams] += 1
        case .written(let operations, _):
            guard operations.lowerBound == streamer.answered + 1 else {
                throw Violation(
                    claim: "the outcomes of a stream come in order, each once",
                    evidence: "streamer \(streamer.place) was told of \(operations) after \(streamer.answered)")
            }
            streamer.answered = operations.upperBound
            let last = streamBook.streams[streamer.place].count - 1
            streamBook.streams[streamer.place][last].answered = streamer.answered
            statistics[.streamWrites] += operations.count
        case .ended(let isSession):
            if isSession { streamer.session = nil }
            streamer.connection = 0
            wake(streamer, after: streamer.random.span(around: .milliseconds(10)))
        }
    }

    /// A stream begins; of the one before it is said how far it came.
    private func note(_ progress: StreamProgress, _ streamer: Streamer) throws(Violation) {
        let pages = streamBook.streams[streamer.place]
        guard let page = pages.last, page.session == streamer.session else { return }
        // Another one than the last that wrote has written nothing.
        let applied = progress.stream == page.stream ? progress.operation : 0
        guard page.answered <= applied, applied <= streamer.sent else {
            throw Violation(
                claim: "who resumes a session is told how far the stream before has come",
                evidence: "streamer \(streamer.place): operation \(applied), after the outcome of "
                    + "\(page.answered), of \(streamer.sent) that were sent")
        }
        streamBook.streams[streamer.place][pages.count - 1].applied = applied
    }
}
