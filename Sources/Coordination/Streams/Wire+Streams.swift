public import Messages

// Streams as messages.

extension Command {
    init(_ attach: AttachStream) throws(StateError) {
        let secret = try SessionSecret(of: attach.sessionID, attach.secret)
        self.init(.stream(.attach(SessionID(attach.sessionID), secret: secret)))
    }

    init(_ message: StreamWrites) throws(StateError) {
        var writes = StreamBatch(
            session: SessionID(message.sessionID), stream: StreamID(message.stream), after: message.afterOperation,
            last: message.lastOperation, commands: [])
        writes.commands.reserveCapacity(message.writes.count)
        for write in message.writes { writes.commands.append(try Command(write)) }
        self.init(.stream(.write(writes)))
    }

    /// Throws `INVALID_FIELD` if something required is missing or does not fit.
    public init(_ write: StreamOperation) throws(StateError) {
        switch write.what {
        case .create(let request): try self.init(request)
        case .set(let request): self.init(request)
        case .delete(let request): self.init(request)
        case .transact(let request): try self.init(request)
        case .get, .list, .watch, .unwatch, nil: throw .invalidField("the operation is no write")
        }
    }
}

extension StreamResult {
    /// The result of a write of a stream.
    public init(number: UInt64, _ outcome: WriteOutcome) {
        self.init(number: number)
        switch outcome {
        case .failure(let error):
            what = .error(OperationError(error))
        case .success(let result):
            switch result.kind {
            case .set: what = .set(SetResponse(result))
            case .deleted, .deletedTree: what = .delete(DeleteResponse(result))
            case .transacted: what = .transact(TransactResponse(result))
            default: what = .create(CreateResponse(result))
            }
        }
    }
}

extension OperationError {
    public init(_ error: StateError) {
        self.init(code: error.code.rawValue, reason: error.reason.rawValue, message: error.message)
        for fact in error.metadata { metadata[fact.name] = fact.value }
    }
}
