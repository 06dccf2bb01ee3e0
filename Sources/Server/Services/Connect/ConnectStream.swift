import ByteString
import Coordination
import DequeModule
import Messages
import NIOCore
import Protobuf
import RPC
import Replica

/// A stream of `Coordinator.Connect`: a session, operations in order, watches. Confined to its event loop; kept alive
/// by its stream's closures until the call ends, and by what is under way. Nothing refers to it weakly: that would make
/// all references to it slower.
///
/// Operations wait in a queue until what must be before them is: writes for the reads before them, reads for the
/// writes. So there are only writes under way, or only reads; writes go to the log in batches, one entry for as many as
/// have come, without waiting for the batches before (``StreamQueue``), and reads that come together share a barrier.
final class ConnectStream {
    let stream: ServerStream
    let shard: Shard
    let limits: Limits
    var attachment: Attachment?
    private var hasSaidHello = false
    private var isHalfClosed = false
    /// Nothing is taken in, done or told any more.
    private(set) var hasEnded = false

    // What was received and not begun.
    private var waiting = Deque<Waiting>()
    private var waitingBytes = 0
    private var isPaused = false
    private var isPumping = false
    private var lastNumber: UInt64 = 0

    // What is under way.
    private var writes = StreamQueue<UInt64>()
    /// The last write that was given to the queue.
    private var lastWrite: UInt64 = 0
    private var readsUnderWay = 0
    /// The operation that lists, and its listing once that has begun. Nothing else is under way meanwhile.
    private var lister: UInt64?
    private var listing: Listing?

    private(set) var output = ConnectOutput()
    /// By the operations that began them.
    var watches: [UInt64: Watch] = [:]
    /// Whether there may be watches that are told from the history.
    var hasLaggards = false

    /// Keep-alives that no entry carries yet, and those whose answer has not left yet.
    var untouchedBeats = 0
    private var unansweredBeats = 0
    /// Whether the session is to be touched, for keep-alives or otherwise.
    var wantsTouch = false
    /// When it was last.
    var keptAlive = NIODeadline.now()

    /// An operation that was not begun yet.
    private struct Waiting {
        var number: UInt64
        var operation: StreamOperation
        /// The length of the message that it came in, and whether it is that one's first or last operation.
        var messageBytes: Int
        var isFirst: Bool
        var isLast: Bool
    }

    /// A client that is ahead of the service by as much is held by flow control.
    private static let waitingBytesMax = 1 << 20
    private static let waitingMax = 10_000
    private static let unansweredBeatsMax = 1_000
    /// Messages whose writes go into one entry of the log, if there are several.
    private static let batchBytesMax = 1 << 20
    /// Batches and reads under way.
    private static let batchesMax = 64
    private static let readsMax = 1_000

    init(_ stream: ServerStream, in shard: Shard, limits: Limits) {
        self.stream = stream
        self.shard = shard
        self.limits = limits
    }

    func begin() {
        stream.onMessage { self.receive($0) }
        stream.onHalfClose {
            self.isHalfClosed = true
            self.finishIfDone()
        }
        stream.onWritable { self.flush() }
        stream.onCancel { _ in self.cleanUp() }
        stream.endAtShutdown(.shuttingDown)
    }

    // MARK: Receiving

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        guard !hasEnded else { return }
        do throws(WireError) {
            receive(try ConnectRequest(decoding: bytes), byteCount: bytes.count)
        } catch {
            end(.malformed(error))
        }
    }

    private func receive(_ request: ConnectRequest, byteCount: Int) {
        guard (request.hello != nil) != hasSaidHello else {
            return end(.invalidField("hello is for the first message, and required there"))
        }
        guard request.operations.count <= Limits.streamOperationsMax else {
            return end(
                .invalidField(
                    "the message has \(request.operations.count) operations; at most "
                        + "\(Limits.streamOperationsMax) are allowed"))
        }
        if let hello = request.hello {
            hasSaidHello = true
            say(hello)
        } else if request.operations.isEmpty {
            untouchedBeats += 1
            unansweredBeats += 1
            askForTouch()
        } else {
            touchIfDue()
        }
        for (place, operation) in request.operations.enumerated() {
            lastNumber += 1
            waiting.append(
                Waiting(
                    number: lastNumber, operation: operation, messageBytes: byteCount, isFirst: place == 0,
                    isLast: place == request.operations.count - 1))
        }
        if !request.operations.isEmpty { waitingBytes += byteCount }
        pump()
        updatePause()
    }

    private func updatePause() {
        let isFull =
            waitingBytes > Self.waitingBytesMax || waiting.count > Self.waitingMax
            || unansweredBeats > Self.unansweredBeatsMax || attachment == nil
        guard isFull != isPaused, !hasEnded else { return }
        isPaused = isFull
        if isFull { stream.pause() } else { stream.resume() }
    }

    // MARK: Doing

    /// Begins what may be begun.
    private func pump() {
        // What is answered in place asks for the next, which comes in the loop's next round.
        guard attachment != nil, !isPumping else { return }
        isPumping = true
        defer { isPumping = false }
        while !hasEnded, let next = waiting.first, hasRoom, lister == nil {
            switch next.operation.what {
            case .create, .set, .delete, .transact:
                guard readsUnderWay == 0, writes.count < Self.batchesMax else { return }
                writeBatch()
            case .get(let request):
                guard writes.isEmpty, readsUnderWay < Self.readsMax else { return }
                takeFirst()
                read(request, next.number)
            case .list, .watch, .unwatch, nil:
                guard writes.isEmpty, readsUnderWay == 0 else { return }
                takeFirst()
                doAlone(next)
            }
        }
    }

    private func doAlone(_ next: Waiting) {
        switch next.operation.what {
        case .list(let request): list(request, next.number)
        case .watch(let request): watch(request, next.number)
        case .unwatch(let number): unwatch(number, next.number)
        default: answer(next.number, .invalidField("the operation does nothing"))
        }
    }

    /// Whether the client reads what it is told.
    var hasRoom: Bool { output.hasRoom && stream.isWritable }

    private func takeFirst() {
        let first = waiting.removeFirst()
        if first.isLast { waitingBytes -= first.messageBytes }
        output.expect(first.number)
    }

    func answer(_ number: UInt64, _ result: StreamResult, at revision: UInt64 = 0) {
        guard !hasEnded else { return }
        output.answer(number, result, at: revision)
        markDirty()
    }

    /// - Parameter revision: what the failure reflects: that something is not there, say.
    func answer(_ number: UInt64, _ status: RPCStatus, at revision: UInt64 = 0) {
        answer(number, StreamResult(number: number, what: .error(OperationError(status))), at: revision)
    }

    private func answer(_ number: UInt64, _ error: StateError, at revision: UInt64 = 0) {
        answer(number, StreamResult(number: number, .failure(error)), at: revision)
    }

    // MARK: Writes

    /// Gives the writes at the front of what waits to the log, as one entry.
    private func writeBatch() {
        guard let attachment else { preconditionFailure("a write without a session") }
        var message = StreamWrites(
            sessionID: attachment.session.rawValue, stream: attachment.stream.rawValue, afterOperation: lastWrite)
        var byteCount = 0
        let first = waiting.first?.number ?? 0
        while var next = waiting.first, next.operation.isWrite, message.writes.count < Limits.streamOperationsMax {
            if next.isFirst || message.writes.isEmpty { byteCount += next.messageBytes }
            guard message.writes.isEmpty || byteCount <= Self.batchBytesMax || !next.isFirst else { break }
            takeFirst()
            next.operation.fillIn(attachment.session)
            do throws(StateError) {
                try limits.check(try Command(next.operation))
                // The numbers of a batch's outcomes follow each other, so a refused one ends it.
            } catch {
                answer(next.number, error)
                break
            }
            message.writes.append(next.operation)
            message.lastOperation = next.number
            // One in an entry is enough.
            if next.operation.isRecursive { break }
        }
        guard !message.writes.isEmpty else { return }
        lastWrite = message.lastOperation
        let request: Bytes
        do { request = try message.encodedBytes() } catch {
            preconditionFailure("writes that were decoded cannot be encoded: \(error)")
        }
        send(request, number: writes.append(request, first))
    }

    private func send(_ request: Bytes, number: UInt64) {
        // The state tells a repetition by the operations' numbers.
        shard.write(
            .streamWrites, request: request, hasRequestID: true, principal: stream.principal, deadline: nil
        ) { self.onWritten(number, $0) }
    }

    private func onWritten(_ number: UInt64, _ answer: WriteAnswer) {
        guard !hasEnded else { return }
        let consequences = writes.onAnswer(number, answer)
        for (first, outcomes, revision) in consequences.done {
            keptAlive = .now()
            for (place, outcome) in outcomes.enumerated() {
                let number = first + UInt64(place)
                self.answer(number, StreamResult(number: number, outcome), at: revision.rawValue)
            }
        }
        for (number, request) in consequences.again { send(request, number: number) }
        switch consequences.end {
        case .failed(let failure): return end(.failure(failure))
        case .refused(let error) where error.reason == .streamWritesRepeated: return end(.failure(.outcomeUnknown))
        case .refused(let error): return end(.state(error))
        case nil: break
        }
        proceed()
    }

    // MARK: Reads

    private func read(_ request: GetRequest, _ number: UInt64) {
        do throws(StateError) { try limits.check(path: request.path) } catch { return answer(number, error) }
        readsUnderWay += 1
        shard.read(
            Shard.Read(
                minRevision: max(request.minRevision, request.atRevision),
                perform: {
                    guard !self.hasEnded else { return }
                    guard request.atRevision == 0 else {
                        return self.shard.getPast(request) { self.onRead(number, $0) }
                    }
                    self.onRead(number, self.shard.get(request))
                },
                fail: { status in self.endRead { $0.answer(number, status) } },
                deadline: .reading(stream.deadline)),
            level: request.level)
    }

    private func onRead(_ number: UInt64, _ result: Result<GetResponse, StateError>) {
        endRead { stream in
            switch result {
            case .success(let response):
                stream.answer(number, StreamResult(number: number, what: .get(response)), at: response.revision)
            case .failure(let error):
                // What is not there is told as of now.
                stream.answer(number, error, at: .max)
            }
        }
    }

    private func endRead(_ answer: (ConnectStream) -> Void) {
        guard !hasEnded else { return }
        readsUnderWay -= 1
        answer(self)
        if readsUnderWay == 0 { proceed() }
    }

    private func list(_ request: ListRequest, _ number: UInt64) {
        do throws(StateError) { try limits.check(path: request.path) } catch { return answer(number, error) }
        lister = number
        shard.read(
            Shard.Read(
                minRevision: max(request.minRevision, request.atRevision),
                perform: { self.beginListing(request) }, fail: { self.fail($0) },
                deadline: .reading(stream.deadline)),
            level: request.level)
    }

    private func beginListing(_ request: ListRequest) {
        guard !hasEnded else { return }
        let listing = Listing(request, to: self, in: shard)
        self.listing = listing
        listing.proceed()
    }

    // MARK: Going on

    /// Something has been done, or has been told: what waited for it may begin.
    func proceed() {
        listing?.proceed()
        pump()
        updatePause()
        finishIfDone()
    }

    func markDirty() {
        guard !output.isMarked else { return }
        output.isMarked = true
        shard.connects.add(self)
    }

    /// Tells what there is to tell, if the client reads it.
    func flush() {
        output.isMarked = false
        guard !hasEnded else { return }
        while !output.isTold || hasLaggards, stream.isWritable {
            guard let response = output.next(includesResults: bringWatchesUpToDate()) else { break }
            unansweredBeats -= response.keptAlive.count
            stream.send(response)
        }
        if stream.isOpen { proceed() }
    }

    /// Has the watches told all that the results reflect. Returns whether they were.
    private func bringWatchesUpToDate() -> Bool {
        let isAhead = output.reflects > shard.watches.revision.rawValue
        guard !watches.isEmpty, hasLaggards || isAhead else { return true }
        var areCurrent = true
        for watch in watches.values {
            if isAhead { shard.watches.bringUpToDate(watch) } else { shard.watches.catchUp(watch) }
            if !watch.isLive { areCurrent = false }
        }
        hasLaggards = !areCurrent
        return areCurrent
    }

    // MARK: The end

    private func finishIfDone() {
        guard isHalfClosed, !hasEnded, waiting.isEmpty, writes.isEmpty, readsUnderWay == 0, lister == nil,
            output.isEmpty, unansweredBeats == 0, attachment != nil || !hasSaidHello
        else { return }
        end(.ok)
    }

    /// Ends the stream behind what is known.
    func end(_ status: RPCStatus) {
        guard !hasEnded else { return }
        let areWatchesCurrent = bringWatchesUpToDate()
        // What finds no room is not told: it would cost the client the reason.
        while stream.isWritable, let response = output.next(includesResults: areWatchesCurrent) {
            stream.send(response)
        }
        cleanUp()
        stream.finish(status)
    }

    private func cleanUp() {
        hasEnded = true
        if attachment != nil { shard.sessions.remove(self) }
        listing?.cancel()
        listing = nil
        for watch in watches.values { shard.watches.forget(watch) }
        watches = [:]
        // What is under way may outlive the call.
        waiting.removeAll()
        writes = StreamQueue()
        output = ConnectOutput()
    }
}

extension ConnectStream: ListSink {
    var isOpen: Bool { !hasEnded && stream.isOpen }
    var isWritable: Bool { hasRoom }

    func send(_ response: ListResponse, isLast: Bool) {
        guard !hasEnded, let number = lister else { return }
        let result = StreamResult(number: number, what: .list(response), more: !isLast)
        output.answer(number, result, at: response.revision, isLast: isLast)
        if isLast { endListing() }
        markDirty()
    }

    func fail(_ status: RPCStatus) {
        guard !hasEnded, let number = lister else { return }
        endListing()
        answer(number, status, at: .max)
    }

    private func endListing() {
        lister = nil
        listing = nil
    }
}
