import ByteString
import Coordination
import Messages
import NIOCore
import RPC
import Replica

/// The session of a stream: how it is found, kept alive and ends.
extension ConnectStream {
    /// What the stream speaks for.
    struct Attachment {
        var session: SessionID
        var stream: StreamID
        var timeoutMilliseconds: UInt32
    }

    func say(_ hello: ConnectHello) {
        do {
            switch hello.session {
            case .open(let request): try open(request)
            case .resume(let request): try resume(request)
            case nil: throw RPCStatus.invalidField("hello neither opens nor resumes a session")
            }
        } catch {
            end(.refusal(of: error))
        }
    }

    private func open(_ request: OpenSessionRequest) throws {
        let open = OpenSession(drawingSecretFor: request)
        let command = try Command(open)
        try limits.check(command)
        write(command.kind, try open.encodedBytes(), isRepeatable: command.requestID != nil) { stream, result in
            let session = SessionID(result.revision.rawValue)
            guard let status = stream.shard.reader.pin({ $0.session(session) }) else {
                return stream.end(.state(.sessionNotFound(session)))
            }
            // A repeated request finds a session on which another stream may have written.
            guard request.requestID != nil else { return stream.attach(status, status.stream, at: result) }
            do { try stream.resume(ResumeSession(sessionID: session.rawValue, secret: status.secret.bytes)) } catch {
                stream.end(.refusal(of: error))
            }
        }
    }

    private func resume(_ request: ResumeSession) throws {
        let attach = try AttachStream(sessionID: request.sessionID, secret: request.secret).encodedBytes()
        // What is missing is said at once.
        _ = try Command(.attachStream, decoding: attach)
        let session = SessionID(request.sessionID)
        // If it was carried out twice, the second time would put an end to the stream that the first one began.
        write(.attachStream, attach, isRepeatable: false) { stream, result in
            guard let status = stream.shard.reader.pin({ $0.session(session) }) else {
                return stream.end(.state(.sessionNotFound(session)))
            }
            stream.attach(status, StreamID(result.revision.rawValue), at: result)
        }
    }

    private func write(
        _ kind: CommandKind, _ request: Bytes, isRepeatable: Bool,
        _ body: @escaping (ConnectStream, WriteResult) -> Void
    ) {
        let onAnswer = { (answer: WriteAnswer) in
            guard !self.hasEnded else { return }
            switch answer {
            case .applied(.success(let result)): body(self, result)
            case .applied(.failure(let error)): self.end(.state(error))
            case .failed(let failure): self.end(.failure(failure))
            }
        }
        shard.atLevel(
            kind.level ?? .newest, deadline: stream.deadline,
            {
                guard !self.hasEnded else { return }
                self.shard.write(
                    kind, request: request, hasRequestID: isRepeatable, principal: self.stream.principal, deadline: nil,
                    completion: onAnswer)
            }, orFail: { self.end($0) })
    }

    private func attach(_ status: SessionStatus, _ stream: StreamID, at result: WriteResult) {
        if let ending = status.ending { return end(.state(.sessionEnded(ending))) }
        attachment = Attachment(
            session: status.id, stream: stream, timeoutMilliseconds: status.timeoutMilliseconds)
        shard.sessions.add(self)
        output.response.welcome = ConnectWelcome(
            revision: result.revision.rawValue, sessionID: status.id.rawValue, secret: status.secret.bytes,
            timeoutMs: status.timeoutMilliseconds, stream: stream.rawValue,
            lastStream: result.streamProgress.stream.rawValue, lastApplied: result.streamProgress.operation)
        markDirty()
        askForTouch()
        proceed()
    }
}

extension ConnectStream: SessionHolder {
    var session: SessionID {
        guard let attachment else { preconditionFailure("a stream without its session") }
        return attachment.session
    }

    func askForTouch() {
        guard attachment != nil, !wantsTouch else { return }
        wantsTouch = true
        shard.sessions.touch(session)
    }

    /// Operations keep the session alive as well, without an entry for each.
    func touchIfDue() {
        guard let attachment else { return }
        let pause = TimeAmount.milliseconds(Int64(attachment.timeoutMilliseconds / 6))
        if .now() - keptAlive > pause { askForTouch() }
    }

    func takeUntouched() -> Int? {
        guard wantsTouch else { return nil }
        defer {
            wantsTouch = false
            untouchedBeats = 0
        }
        return untouchedBeats
    }

    func onTouched(_ beats: Int, _ status: SessionStatus, at revision: Revision) {
        guard !hasEnded, let attachment else { return }
        supersede(by: status.stream)
        guard !hasEnded else { return }
        keptAlive = .now()
        guard beats > 0 else { return }
        let answer = KeptAlive(revision: revision.rawValue, timeoutMs: attachment.timeoutMilliseconds)
        output.response.keptAlive += Array(repeating: answer, count: beats)
        markDirty()
    }

    func askAgain(_ beats: Int) {
        guard !hasEnded else { return }
        untouchedBeats += beats
        askForTouch()
    }

    func finish(_ status: RPCStatus) { end(status) }

    func supersede(by stream: StreamID) {
        guard let attachment, attachment.stream != stream else { return }
        end(.state(.streamSuperseded(attachment.session)))
    }
}
