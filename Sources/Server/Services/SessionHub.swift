import ByteString
import Coordination
import Messages
import NIOCore
import RPC
import Replica

/// The keep-alive streams of one event loop. Confined to that loop.
///
/// Keep-alives that come in within an interval go into one entry of the log, whosever sessions they are about, and each
/// is answered when this member has applied that entry: then the new deadline is durable and no leader can overlook it.
final class SessionHub {
    private unowned let shard: Shard
    /// By session. Mostly one each; more while a client changes from one connection to another.
    private var streams: [SessionID: [KeepAlive]] = [:]
    /// The sessions that the next entry will touch, in the order in which their streams asked.
    private var due: [SessionID] = []
    private var isTouchScheduled = false
    private var nextTouch = NIODeadline.uptimeNanoseconds(0)

    /// Between two entries.
    private static let interval = TimeAmount.milliseconds(50)

    init(shard: Shard) {
        self.shard = shard
    }

    // MARK: Streams

    func add(_ keepAlive: KeepAlive) {
        streams[keepAlive.session, default: []].append(keepAlive)
    }

    func remove(_ keepAlive: KeepAlive) {
        streams[keepAlive.session]?.removeAll { $0 === keepAlive }
        if streams[keepAlive.session]?.isEmpty == true { streams[keepAlive.session] = nil }
    }

    /// The session is to be touched; its streams know how many answers they owe.
    func touch(_ session: SessionID) {
        due.append(session)
        scheduleTouch()
    }

    private func scheduleTouch() {
        guard !isTouchScheduled, !due.isEmpty else { return }
        isTouchScheduled = true
        // The first one after a pause does not wait; those that come meanwhile do.
        shard.loop.assumeIsolated().scheduleTask(deadline: max(nextTouch, .now())) { [weak self] in self?.writeTouch() }
    }

    // MARK: Touching

    private func writeTouch() {
        isTouchScheduled = false
        nextTouch = .now() + Self.interval
        var message = TouchSessions()
        var touched: [(keepAlive: KeepAlive, count: Int)] = []
        for session in due {
            let before = touched.count
            for keepAlive in streams[session] ?? [] {
                let count = keepAlive.takeUntouched()
                if count > 0 { touched.append((keepAlive, count)) }
            }
            // Once for all of its streams; and not for one whose streams have gone.
            if touched.count > before { message.sessionIDs.append(session.rawValue) }
        }
        due.removeAll(keepingCapacity: true)
        guard !touched.isEmpty, let request = try? message.encodedBytes() else { return }
        // Touching twice is harmless: it may be sent again, as if it had a request id.
        shard.write(.touchSessions, request: request, hasRequestID: true, deadline: nil) { [weak self] answer in
            self?.onTouched(touched, answer)
        }
    }

    private func onTouched(_ touched: [(keepAlive: KeepAlive, count: Int)], _ answer: WriteAnswer) {
        switch answer {
        case .applied(.success(let result)):
            for (keepAlive, count) in touched {
                // One that has ended has been told so, or will be by the batch that is being delivered.
                let status = shard.reader.pin { $0.session(keepAlive.session) }
                if let status, status.ending == nil { keepAlive.answer(count, at: result.revision) }
            }
        case .applied(.failure(let error)):
            for (keepAlive, _) in touched { keepAlive.finish(.state(error)) }
        case .failed:
            // No leader, or no room. Only time can tell whether the sessions survive that; so it is tried on.
            for (keepAlive, count) in touched where keepAlive.stream.isOpen { keepAlive.askAgain(count) }
        }
    }

    // MARK: Ends

    func deliver(_ batch: Batch) {
        guard !streams.isEmpty else { return }
        for ending in batch.endings { tell(ending) }
        guard batch.isDiscontinuous else { return }
        // A snapshot has replaced the state: who ended in between stands there.
        for session in streams.keys.sorted() {
            let status = shard.reader.pin { $0.session(session) }
            if let ending = status?.ending { tell(ending) }
            if status == nil {
                for keepAlive in streams[session] ?? [] { keepAlive.finish(.state(.sessionNotFound(session))) }
            }
        }
    }

    private func tell(_ ending: SessionEnding) {
        for keepAlive in streams[ending.session] ?? [] { keepAlive.finish(.state(.sessionEnded(ending))) }
    }
}

/// One stream that keeps a session alive.
final class KeepAlive {
    let stream: ServerStream
    let session: SessionID
    private let timeoutMilliseconds: UInt32
    private unowned let hub: SessionHub
    /// Requests that no entry carries yet.
    private var untouched = 0
    /// Requests that were not answered yet.
    private var unanswered = 0
    private var isHalfClosed = false

    /// A client that sends more without waiting for answers is refused.
    private static let unansweredMax = 100

    init(_ stream: ServerStream, _ session: SessionStatus, hub: SessionHub) {
        self.stream = stream
        self.session = session.id
        timeoutMilliseconds = session.timeoutMilliseconds
        self.hub = hub
    }

    /// A request has come in.
    func ask() {
        unanswered += 1
        guard unanswered <= Self.unansweredMax else {
            return finish(
                .roost(
                    .resourceExhausted, .overloaded,
                    "more than \(Self.unansweredMax) keep-alives of one stream wait for their answer"))
        }
        untouched += 1
        if untouched == 1 { hub.touch(session) }
    }

    func takeUntouched() -> Int {
        defer { untouched = 0 }
        return untouched
    }

    /// The entry with so many of its requests came to nothing.
    func askAgain(_ count: Int) {
        untouched += count
        if untouched == count { hub.touch(session) }
    }

    func answer(_ count: Int, at revision: Revision) {
        var response = KeepAliveResponse()
        response.sessionID = session.rawValue
        response.revision = revision.rawValue
        response.timeoutMs = timeoutMilliseconds
        for _ in 0..<count { stream.send(response) }
        unanswered -= count
        if isHalfClosed { halfClose() }
    }

    func halfClose() {
        isHalfClosed = true
        if unanswered == 0 { finish(.ok) }
    }

    func finish(_ status: RPCStatus) {
        hub.remove(self)
        stream.finish(status)
    }
}
