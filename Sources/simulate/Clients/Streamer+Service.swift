import ByteString
import Consensus
import Coordination
import Driver
import Messages
import Replica

/// A connection of a streamer as a member serves it.
struct ServedStream {
    var streamer: Int
    var session: SessionID?
    var stream: StreamID?
    /// The last operation that was given to the queue.
    var lastWrite: UInt64 = 0
    var queue = StreamQueue<ClosedRange<UInt64>>()
}

/// Who waits for the outcome of an entry.
struct StreamWaiting {
    var streamer: Int
    var connection: UInt64
    /// The batch's number; nil for what begins a stream.
    var batch: UInt64?
}

/// What stands for the server between streamers and a driver.
extension Simulation {
    func receive(_ request: StreamerRequest, of streamer: Streamer, connection: UInt64, at member: Member) {
        guard !member.areClientsCut, member.condition != .dark else { return breakConnection(connection, at: member) }
        guard let process = member.process else { return reply(.ended(isSession: false), streamer, connection, member) }
        let happening = StreamerHappening.request(request, connection: connection, member: member.place)
        guard !isDeferred(.streamer(streamer.place, happening), from: 5000 + streamer.place, at: member) else { return }
        guard process.driver.replica.state.level >= .sessions else {
            return reply(.ended(isSession: false), streamer, connection, member)
        }
        do {
            switch request {
            case .open(let sequence):
                process.streams[connection] = ServedStream(streamer: streamer.place)
                let id = RequestId(clientID: "streamer-\(streamer.place)", sequence: sequence)
                let open = OpenSession(
                    request: OpenSessionRequest(timeoutMs: Streamer.timeoutMilliseconds, requestID: id),
                    secret: streamSecret(streamer.place).bytes)
                post(.openSession, try open.encodedBytes(), isRepeatable: true, nil, connection, member, process)
            case .attach(let session):
                var served = process.streams[connection] ?? ServedStream(streamer: streamer.place)
                served.session = session
                process.streams[connection] = served
                let attach = AttachStream(sessionID: session.rawValue, secret: streamSecret(streamer.place).bytes)
                post(.attachStream, try attach.encodedBytes(), isRepeatable: false, nil, connection, member, process)
            case .write(let operations, let stream):
                try write(operations, stream, of: streamer, connection, member, process)
            }
        } catch {
            preconditionFailure("a request that was made here cannot be encoded: \(error)")
        }
    }

    /// What is lost on a connection takes the connection with it: nothing that comes later arrives.
    private func breakConnection(_ connection: UInt64, at member: Member) {
        member.process?.streams[connection] = nil
    }

    private func streamSecret(_ streamer: Int) -> SessionSecret { SessionSecret(UInt64(streamer) + 1_000, seed) }

    private func write(
        _ operations: ClosedRange<UInt64>, _ number: UInt64, of streamer: Streamer, _ connection: UInt64,
        _ member: Member, _ process: Process
    ) throws {
        // The member may have been started anew since: it knows nothing of the connection.
        guard var served = process.streams[connection], let session = served.session, let stream = served.stream else {
            return reply(.ended(isSession: false), streamer, connection, member)
        }
        guard operations.lowerBound == served.lastWrite + 1 else {
            // What was sent before waits since the process was paused, and comes first.
            guard streamer.connection == connection else { return }
            let happening = StreamerHappening.request(
                .write(operations, stream: number), connection: connection, member: member.place)
            return schedule(.streamer(streamer.place, happening), after: .milliseconds(1))
        }
        var message = StreamWrites(
            sessionID: session.rawValue, stream: stream.rawValue, afterOperation: served.lastWrite,
            lastOperation: operations.upperBound)
        let path = Self.streamPath(streamer.place)
        for operation in operations {
            let value = Self.streamValue(streamer.place, stream: number, operation: operation)
            let data = Self.bytes(of: value)
            // The znode is there, but for the first time.
            message.writes.append(
                StreamOperation(
                    what: operation == 1
                        ? .create(CreateRequest(path: path, data: data)) : .set(SetRequest(path: path, data: data))))
        }
        served.lastWrite = operations.upperBound
        let bytes = try message.encodedBytes()
        let batch = served.queue.append(bytes, operations)
        process.streams[connection] = served
        post(.streamWrites, bytes, isRepeatable: true, batch, connection, member, process)
    }

    private func post(
        _ kind: CommandKind, _ bytes: Bytes, isRepeatable: Bool, _ batch: UInt64?, _ connection: UInt64,
        _ member: Member, _ process: Process
    ) {
        guard let served = process.streams[connection] else { return }
        process.lastToken += 1
        let token = RequestToken(process.lastToken)
        process.waitingStreams[token] = StreamWaiting(streamer: served.streamer, connection: connection, batch: batch)
        process.tokens.append(token)
        trace.note(
            now, .invoke, token.rawValue, connection, UInt64(member.place),
            text: "member \(member.id) takes \(kind) of streamer \(served.streamer) on connection \(connection) as "
                + "token \(token.rawValue)")
        let write = ClientWrite(
            token: token, kind: kind, principal: "", request: bytes, hasRequestID: isRepeatable, deadline: nil)
        post(.input(.write(write)), to: member.place)
    }

    // MARK: Answers

    func answer(
        _ waiting: StreamWaiting, _ answer: WriteAnswer, _ member: Member, _ process: Process
    ) throws(Violation) {
        let streamer = streamers[waiting.streamer]
        guard let batch = waiting.batch else {
            return try begin(answer, streamer, waiting.connection, member, process)
        }
        guard var served = process.streams[waiting.connection] else { return }
        let consequences = served.queue.onAnswer(batch, answer)
        process.streams[waiting.connection] = served
        for (operations, outcomes, revision) in consequences.done {
            try check(outcomes, of: operations)
            reply(.written(operations, revision), streamer, waiting.connection, member)
        }
        statistics[.streamOvertakings] += consequences.again.count
        for (number, bytes) in consequences.again {
            post(.streamWrites, bytes, isRepeatable: true, number, waiting.connection, member, process)
        }
        switch consequences.end {
        case nil: return
        case .failed: end(streamer, waiting.connection, isSession: false, member, process)
        case .refused(let error): try end(streamer, waiting.connection, error, member, process)
        }
    }

    private func begin(
        _ answer: WriteAnswer, _ streamer: Streamer, _ connection: UInt64, _ member: Member, _ process: Process
    ) throws(Violation) {
        switch answer {
        case .applied(.success(let result)) where result.kind == .openedSession:
            reply(.opened(SessionID(result.revision.rawValue)), streamer, connection, member)
        case .applied(.success(let result)):
            let stream = StreamID(result.revision.rawValue)
            process.streams[connection]?.stream = stream
            reply(.attached(stream, result.streamProgress), streamer, connection, member)
        case .applied(.failure(let error)):
            try end(streamer, connection, error, member, process)
        case .failed:
            end(streamer, connection, isSession: false, member, process)
        }
    }

    private func end(
        _ streamer: Streamer, _ connection: UInt64, _ error: StateError, _ member: Member, _ process: Process
    ) throws(Violation) {
        switch error.reason {
        case .sessionEnded: end(streamer, connection, isSession: true, member, process)
        case .streamSuperseded, .streamWritesRepeated: end(streamer, connection, isSession: false, member, process)
        default:
            throw Violation(
                claim: "a legal request is not refused", evidence: "of streamer \(streamer.place): \(error)")
        }
    }

    private func end(
        _ streamer: Streamer, _ connection: UInt64, isSession: Bool, _ member: Member, _ process: Process
    ) {
        process.streams[connection] = nil
        reply(.ended(isSession: isSession), streamer, connection, member)
    }

    /// The first operation finds the znode there, but for the first time.
    private func check(_ outcomes: [WriteOutcome], of operations: ClosedRange<UInt64>) throws(Violation) {
        for (operation, outcome) in zip(operations, outcomes) {
            guard case .failure(let error) = outcome else { continue }
            if operation == 1, error.reason == .znodeExists { continue }
            throw Violation(claim: "a legal request is not refused", evidence: "operation \(operation): \(error)")
        }
    }

    func reply(_ reply: StreamerReply, _ streamer: Streamer, _ connection: UInt64, _ member: Member) {
        guard !member.areClientsCut else { return breakConnection(connection, at: member) }
        guard streamer.connection == connection else { return }
        // What was sent on a connection arrives in that order.
        let arrival = max(streamer.nextReply, now + streamer.random.span(around: Self.clientLatency))
        streamer.nextReply = arrival
        queue.schedule(.streamer(streamer.place, .reply(reply, connection: connection)), at: arrival)
    }
}
