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
    private var streams: [SessionID: [any SessionHolder]] = [:]
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

    func add(_ holder: any SessionHolder) {
        streams[holder.session, default: []].append(holder)
    }

    func remove(_ holder: any SessionHolder) {
        streams[holder.session]?.removeAll { $0 === holder }
        if streams[holder.session]?.isEmpty == true { streams[holder.session] = nil }
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
        var touched: [(holder: any SessionHolder, count: Int)] = []
        for session in due {
            let before = touched.count
            for holder in streams[session] ?? [] {
                if let count = holder.takeUntouched() { touched.append((holder, count)) }
            }
            // Once for all of its streams; and not for one whose streams have gone.
            if touched.count > before { message.sessionIDs.append(session.rawValue) }
        }
        due.removeAll(keepingCapacity: true)
        guard !touched.isEmpty, let request = try? message.encodedBytes() else { return }
        // Touching twice is harmless: it may be sent again, as if it had a request id.
        shard.write(.touchSessions, request: request, hasRequestID: true, principal: .anonymous, deadline: nil) {
            [weak self] answer in
            self?.onTouched(touched, answer)
        }
    }

    private func onTouched(_ touched: [(holder: any SessionHolder, count: Int)], _ answer: WriteAnswer) {
        switch answer {
        case .applied(.success(let result)):
            for (holder, count) in touched {
                // One that has ended has been told so, or will be by the batch that is being delivered.
                let status = shard.reader.pin { $0.session(holder.session) }
                if let status, status.ending == nil { holder.onTouched(count, status, at: result.revision) }
            }
        case .applied(.failure(let error)):
            for (holder, _) in touched { holder.finish(.state(error)) }
        case .failed:
            // No leader, or no room. Only time can tell whether the sessions survive that; so it is tried on.
            for (holder, count) in touched where holder.isOpen { holder.askAgain(count) }
        }
    }

    // MARK: Ends

    func deliver(_ batch: Batch) {
        guard !streams.isEmpty else { return }
        for ending in batch.endings { tell(ending) }
        for attachment in batch.attachments { supersede(attachment.session, by: attachment.stream) }
        guard batch.isDiscontinuous else { return }
        // A snapshot has replaced the state: who ended in between stands there.
        for session in streams.keys.sorted() {
            let status = shard.reader.pin { $0.session(session) }
            if let ending = status?.ending { tell(ending) }
            if let status, status.ending == nil { supersede(session, by: status.stream) }
            if status == nil {
                for holder in streams[session] ?? [] { holder.finish(.state(.sessionNotFound(session))) }
            }
        }
    }

    private func supersede(_ session: SessionID, by stream: StreamID) {
        for holder in streams[session] ?? [] { holder.supersede(by: stream) }
    }

    private func tell(_ ending: SessionEnding) {
        for holder in streams[ending.session] ?? [] { holder.finish(.state(.sessionEnded(ending))) }
    }
}

/// A stream that keeps a session alive, and is told of its end.
protocol SessionHolder: AnyObject {
    var session: SessionID { get }
    var isOpen: Bool { get }
    /// How many keep-alives the next entry answers; nil if the stream asks for none.
    func takeUntouched() -> Int?
    /// The entry with so many of its keep-alives was applied.
    func onTouched(_ count: Int, _ status: SessionStatus, at revision: Revision)
    /// It came to nothing.
    func askAgain(_ count: Int)
    func finish(_ status: RPCStatus)
    /// Another stream, or this one, speaks for the session now.
    func supersede(by stream: StreamID)
}

/// A stream that does nothing else.
final class KeepAlive: SessionHolder {
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

    var isOpen: Bool { stream.isOpen }

    func supersede(by stream: StreamID) {}

    func takeUntouched() -> Int? {
        defer { untouched = 0 }
        return untouched > 0 ? untouched : nil
    }

    /// The entry with so many of its requests came to nothing.
    func askAgain(_ count: Int) {
        untouched += count
        if untouched == count { hub.touch(session) }
    }

    func onTouched(_ count: Int, _ status: SessionStatus, at revision: Revision) {
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
