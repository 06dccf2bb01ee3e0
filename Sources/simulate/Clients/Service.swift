import ByteString
import Consensus
import Coordination
import Driver
import Messages
import Replica

/// A watch as a member serves it.
struct ServedWatch {
    var watcher: Int
    var attachment: UInt64
    var filter: Watcher.Filter
    /// The first revision that was not told yet.
    var nextRevision: UInt64
    /// This member has told everything up to this publication of its own; 0 before the first time.
    var servedThrough: UInt64 = 0
}

/// What stands for the server between clients and a driver: requests in, answers and watches out.
extension Simulation {
    /// A client's request has arrived.
    func receive(_ request: Request, at member: Member) {
        guard !member.areClientsCut, member.condition != .dark else { return }
        guard let process = member.process else {
            // Nobody listens: surely without effect, for this sending.
            return reply(.refused, to: request.client, attempt: request.attempt, from: member)
        }
        guard
            !isDeferred(
                .client(request.client, .request(request, member: member.place)), from: 1000 + request.client,
                at: member)
        else { return }
        if request.level == .serializable {
            return answerRead(request, member, process)
        }
        if case .several = request.call, process.driver.replica.state.level < .sessions {
            return reply(.unsupported, to: request.client, attempt: request.attempt, from: member)
        }
        process.lastToken += 1
        let token = RequestToken(process.lastToken)
        process.waiting[token] = Process.Waiting(request: request)
        process.tokens.append(token)
        trace.note(
            now, .invoke, token.rawValue, request.attempt, UInt64(member.place),
            text: "member \(member.id) takes attempt \(request.attempt) as token \(token.rawValue)")
        if request.call == .read {
            post(.input(.read(token)), to: member.place)
        } else {
            post(.input(.write(write(request, token, member))), to: member.place)
        }
    }

    private func write(_ request: Request, _ token: RequestToken, _ member: Member) -> ClientWrite {
        let id = request.sequence.map { RequestId(clientID: "client-\(request.client)", sequence: $0) }
        let data = Bytes(request.data)
        let bytes: Bytes
        let kind: CommandKind
        do {
            switch request.call {
            case .create:
                kind = .create
                bytes = try CreateRequest(path: request.path, data: data, requestID: id).encodedBytes()
            case .set(_, let expected):
                kind = .set
                bytes = try SetRequest(path: request.path, data: data, expectedVersion: expected, requestID: id)
                    .encodedBytes()
            case .delete(let expected):
                kind = .delete
                bytes = try DeleteRequest(path: request.path, expectedVersion: expected, requestID: id).encodedBytes()
            case .several(let several):
                kind = .transact
                bytes = try TransactRequest(several, data: data, requestID: id).encodedBytes()
            case .read:
                preconditionFailure("a read is no write")
            }
        } catch {
            preconditionFailure("a request that was made here cannot be encoded: \(error)")
        }
        let deadline = member.clock.monotonic(at: now) + request.patience
        return ClientWrite(
            token: token, kind: kind, principal: "", request: bytes, hasRequestID: request.sequence != nil,
            deadline: deadline)
    }

    // MARK: Answers

    /// What a turn of the driver means to clients.
    func answer(_ answers: Answers, _ member: Member, _ process: Process) throws(Violation) {
        for (token, result) in answers.writes {
            if let request = process.waitingGuests.removeValue(forKey: token) {
                try answer(request, result, member, process)
            }
            if let waiting = process.waitingStreams.removeValue(forKey: token) {
                try answer(waiting, result, member, process)
            }
            guard let waiting = process.waiting.removeValue(forKey: token) else { continue }
            try answerWrite(waiting.request, result, member)
        }
        for token in answers.readsReady {
            guard let waiting = process.waiting.removeValue(forKey: token) else { continue }
            answerRead(waiting.request, member, process)
        }
        for (token, _) in answers.readsFailed {
            guard let waiting = process.waiting.removeValue(forKey: token) else { continue }
            reply(.refused, to: waiting.request.client, attempt: waiting.request.attempt, from: member)
        }
        for (_, answer) in answers.administrations { try take(answer, from: member) }
        if let batch = answers.batch { try serveWatches(of: member, process, batch) }
        if process.tokens.count > 1000 {
            process.tokens.removeAll {
                process.waiting[$0] == nil && process.waitingGuests[$0] == nil && process.waitingStreams[$0] == nil
            }
        }
    }

    private func answerWrite(_ request: Request, _ result: WriteAnswer, _ member: Member) throws(Violation) {
        switch result {
        case .failed(.outcomeUnknown):
            reply(.unknown, to: request.client, attempt: request.attempt, from: member)
        case .failed:
            reply(.refused, to: request.client, attempt: request.attempt, from: member)
        case .applied(let outcome):
            let (answer, revision) = try Self.read(outcome, request)
            reply(.answer(answer, revision: revision), to: request.client, attempt: request.attempt, from: member)
        }
    }

    private static func read(
        _ outcome: Result<WriteResult, StateError>, _ request: Request
    ) throws(Violation) -> (Register.Answer, revision: UInt64?) {
        switch outcome {
        case .success(let result):
            if let transaction = result.transaction {
                return (.settled(MultiCall.Outcome(transaction)), result.revision.rawValue)
            }
            let version: UInt64? = result.kind == .deleted ? nil : result.stat?.version
            return (.done(version: version), result.revision.rawValue)
        case .failure(let error):
            guard let answer = Register.Answer(error) else {
                throw Violation(
                    claim: "a legal request is not refused",
                    evidence: "attempt \(request.attempt) of client "
                        + "\(request.client) on \(request.path): \(error)")
            }
            return (answer, nil)
        }
    }

    private func answerRead(_ request: Request, _ member: Member, _ process: Process) {
        let (content, revision) = process.read(request.path)
        let answer: Register.Answer = content.map { .found($0) } ?? .missing
        reply(
            .answer(answer, revision: content == nil ? nil : revision), to: request.client, attempt: request.attempt,
            from: member)
    }

    /// The process is gone: clients whose connection broke learn that much, and no more.
    func dropRequests(of process: Process, at member: Member) {
        let isSilent = member.condition == .dark
        for token in process.tokens {
            if let request = process.waitingGuests.removeValue(forKey: token), !isSilent {
                reply(.failed, to: request, from: member)
            }
            if let waiting = process.waitingStreams.removeValue(forKey: token), !isSilent {
                reply(.ended(isSession: false), streamers[waiting.streamer], waiting.connection, member)
            }
            guard let waiting = process.waiting.removeValue(forKey: token), !isSilent else { continue }
            reply(.unknown, to: waiting.request.client, attempt: waiting.request.attempt, from: member)
        }
        for watch in process.watches where watchers[watch.watcher].attachment == watch.attachment {
            breakWatch(watchers[watch.watcher], after: isSilent ? .milliseconds(800) : .milliseconds(1))
        }
    }

    // MARK: Watches

    /// Tells every watch at a member what it has not been told yet: from the newest publication if that is all, else
    /// from the history.
    func serveWatches(of member: Member, _ process: Process, _ batch: Batch? = nil) throws(Violation) {
        guard !process.watches.isEmpty else { return }
        process.watches.removeAll { watchers[$0.watcher].attachment != $0.attachment }
        let applied = process.publishedRevision
        for index in process.watches.indices where process.watches[index].nextRevision <= applied {
            let watch = process.watches[index]
            let isCaughtUp = watch.nextRevision == watch.servedThrough + 1
            let changes: [Change]
            if let batch, !batch.isDiscontinuous, isCaughtUp {
                changes = batch.events.map(Change.init).filter(watch.filter.includes)
            } else {
                changes = try process.changes(from: watch.nextRevision).filter(watch.filter.includes)
            }
            process.watches[index].servedThrough = applied
            process.watches[index].nextRevision = applied + 1
            tell(watch, changes, through: applied)
        }
    }
}
