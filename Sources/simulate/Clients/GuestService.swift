import ByteString
import Consensus
import Coordination
import Driver
import Messages
import Replica

/// What stands for the server between guests and a driver.
extension Simulation {
    /// A guest's request has arrived.
    func receive(_ request: GuestRequest, at member: Member) {
        guard !member.areClientsCut, member.condition != .dark else { return }
        guard let process = member.process else { return reply(.failed, to: request, from: member) }
        guard
            !isDeferred(
                .guest(request.guest, .request(request, member: member.place)), from: 3000 + request.guest, at: member)
        else { return }
        guard process.driver.replica.state.level >= .sessions else { return reply(.failed, to: request, from: member) }
        if case .lock(let lock, .look(let token)) = request.what {
            return look(request, lock, token: token, at: member, process)
        }
        process.lastToken += 1
        let token = RequestToken(process.lastToken)
        process.waitingGuests[token] = request
        process.tokens.append(token)
        trace.note(
            now, .invoke, token.rawValue, request.attempt, UInt64(member.place),
            text: "member \(member.id) takes attempt \(request.attempt) of guest \(request.guest), \(request.what) of "
                + "session \(request.session), as token \(token.rawValue)")
        post(.input(.write(write(request, token, member))), to: member.place)
    }

    private func write(_ request: GuestRequest, _ token: RequestToken, _ member: Member) -> ClientWrite {
        let (kind, bytes, hasRequestID) = Self.encoded(request, secret: secret(of: request.guest))
        return ClientWrite(
            token: token, kind: kind, principal: "", request: bytes, hasRequestID: hasRequestID, deadline: nil)
    }

    private func secret(of guest: Int) -> SessionSecret { SessionSecret(UInt64(guest), seed) }

    private static func encoded(
        _ request: GuestRequest, secret: SessionSecret
    ) -> (CommandKind, Bytes, hasRequestID: Bool) {
        let session = request.session.rawValue
        do {
            switch request.what {
            case .open(let sequence, let milliseconds):
                let id = RequestId(clientID: "guest-\(request.guest)", sequence: sequence)
                let open = OpenSession(
                    request: OpenSessionRequest(timeoutMs: milliseconds, requestID: id), secret: secret.bytes)
                return (.openSession, try open.encodedBytes(), true)
            case .keepAlive:
                return (.touchSessions, try TouchSessions(sessionIDs: [session]).encodedBytes(), true)
            case .close:
                return (
                    .closeSession, try CloseSessionRequest(sessionID: session, secret: secret.bytes).encodedBytes(),
                    false
                )
            case .create(let number):
                var create = creation(number, of: request)
                create.requestID = znodeID(number, of: request)
                return (.createSpecial, try create.encodedBytes(), true)
            case .createPair(let number):
                let transaction = TransactRequest(
                    then: [number, number + 1].map { Messages.Operation(what: .create(creation($0, of: request))) },
                    requestID: znodeID(number, of: request))
                return (.transact, try transaction.encodedBytes(), true)
            case .lock(let lock, let step):
                return try encoded(step, of: lock, request)
            case .createInVain(let number):
                let transaction = TransactRequest(
                    then: [
                        Messages.Operation(what: .create(creation(number, of: request))),
                        Messages.Operation(what: .create(CreateRequest(path: "/none/of/these"))),
                    ], requestID: znodeID(number, of: request))
                return (.transact, try transaction.encodedBytes(), true)
            }
        } catch {
            preconditionFailure("a request that was made here cannot be encoded: \(error)")
        }
    }

    private static func creation(_ number: UInt64, of request: GuestRequest) -> CreateRequest {
        // Data names the write, as that of clients does.
        return CreateRequest(
            path: ephemeralPath(request.session, number), data: bytes(of: number), kind: .ephemeral,
            sessionID: request.session.rawValue)
    }

    private static func znodeID(_ number: UInt64, of request: GuestRequest) -> RequestId {
        RequestId(clientID: "guest-\(request.guest)-znodes", sequence: number)
    }

    // MARK: Answers

    func answer(
        _ request: GuestRequest, _ result: WriteAnswer, _ member: Member, _ process: Process
    ) throws(Violation) {
        switch result {
        case .failed:
            reply(.failed, to: request, from: member)
        case .applied(let outcome) where request.lockStep != nil:
            let revision = Revision(process.appliedRevision)
            if let answer = request.lockStep.flatMap({ Self.reply(to: $0, outcome, at: revision) }) {
                reply(answer, to: request, from: member)
            } else if case .failure(let error) = outcome {
                try answer(request, error, member, process)
            }
        case .applied(.success(let outcome)):
            if request.what == .keepAlive, let ending = process.ending(of: request.session) {
                return reply(.ended(ending), to: request, from: member)
            }
            reply(.done(outcome.revision), to: request, from: member)
        case .applied(.failure(let error)):
            try answer(request, error, member, process)
        }
    }

    private func answer(
        _ request: GuestRequest, _ error: StateError, _ member: Member, _ process: Process
    ) throws(Violation) {
        switch error.reason {
        case .sessionEnded where process.ending(of: request.session) != nil:
            if let ending = process.ending(of: request.session) { reply(.ended(ending), to: request, from: member) }
        case .parentNotFound where request.what.isInVain:
            reply(.done(.zero), to: request, from: member)
        default:
            throw Violation(
                claim: "a legal request is not refused",
                evidence: "\(request.what) of session \(request.session), guest \(request.guest): \(error)")
        }
    }

    func reply(_ reply: GuestReply, to request: GuestRequest, from member: Member) {
        guard !member.areClientsCut else { return }
        let span = guests[request.guest].random.span(around: Self.clientLatency)
        schedule(.guest(request.guest, .reply(attempt: request.attempt, reply)), after: span)
    }
}

extension GuestRequest {
    fileprivate var lockStep: LockStep? { if case .lock(_, let step) = what { step } else { nil } }
}

extension GuestRequest.What {
    fileprivate var isInVain: Bool { if case .createInVain = self { true } else { false } }
}
