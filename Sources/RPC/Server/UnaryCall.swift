public import ByteString
import CNghttp2
public import NIOCore
public import Protobuf

/// A unary call that waits for its answer: a handle of two words that may be copied, stored and carried through other
/// threads, but used only on ``eventLoop``.
///
/// Exactly one `reply` or `fail` answers it. Anything after the answer, or after the call was cancelled, has no
/// effect. Answers given while the connection is reading leave in one flush at the end of that read; answers given on
/// a later tick leave in one flush at the end of that tick.
public struct UnaryCall: Sendable {
    let connection: ServerConnection
    let stream: Int32

    /// The connection's event loop. Any thread may ask.
    public var eventLoop: any EventLoop { connection.loop.eventLoop }
    /// The time by which the client wants the answer, or nil.
    public var deadline: NIODeadline? { connection.deadline(stream) }
    /// The metadata that came with the request. Empty once the call has ended.
    public var metadata: Metadata { connection.metadata(stream) }
    /// Whether the request came with metadata, asked without building it.
    public var hasMetadata: Bool { connection.withMetadataBlock(stream) { !$0.isEmpty } }
    /// The address of the other end of the connection.
    public var peerAddress: SocketAddress? { connection.peerAddress }
    /// Who is calling.
    ///
    /// - Precondition: the handler has not returned. Whoever needs it later keeps it: the call may end meanwhile.
    public var principal: Principal { connection.principal(of: stream) }
    /// Whether the request came compressed.
    public var isRequestCompressed: Bool { connection.wasCompressed(stream) }
    /// Whether the client still waits for an answer.
    public var isOpen: Bool { connection.isOpen(stream) }

    /// Calls `handler` on the event loop if the call ends before it was answered; at once if it already has.
    public func onCancel(_ handler: @escaping (CancellationReason) -> Void) {
        eventLoop.preconditionInEventLoop()
        guard let session = connection.session, rh2_is_open(session, stream) else {
            handler(connection.session == nil ? .connectionLost : .clientReset)
            return
        }
        observer(session).add(handler)
    }

    /// Ends the call with `status` as soon as the client is asked to go elsewhere, because the server is shut down or
    /// the connection too old: for a call that may wait for long. Otherwise it may go on until the grace is over.
    /// `onCancel` hears of it.
    public func endAtShutdown(_ status: RPCStatus) {
        eventLoop.preconditionInEventLoop()
        guard let session = connection.session, rh2_is_open(session, stream) else { return }
        connection.endAtShutdown(stream, observer(session), status)
    }

    private func observer(_ session: OpaquePointer) -> UnaryObserver {
        if let existing = rh2_call(session, stream) {
            let observer = Unmanaged<ServerCall>.fromOpaque(existing).takeUnretainedValue() as? UnaryObserver
            guard let observer else { preconditionFailure("a unary call has the object of a streaming one") }
            return observer
        }
        let observer = UnaryObserver()
        let isSet = rh2_set_call(session, stream, Unmanaged<ServerCall>.passRetained(observer).toOpaque())
        precondition(isSet, "a stream without a call took none")
        return observer
    }

    /// Chooses for this call what `ServerConfiguration.compression` chooses for all. Must come before the headers and
    /// the answer; without effect where the client did not say that it accepts gzip.
    public func setCompression(_ compression: Compression) {
        connection.setCompression(stream, compression)
    }

    /// Sends `metadata` before the message. Must come before the answer.
    public func sendHeaders(_ metadata: Metadata) {
        connection.sendHeaders(stream, metadata)
    }

    /// Answers with an encoded message and OK.
    public func reply(_ message: Bytes, trailers: Metadata = Metadata()) {
        message.withUnsafeBytes { connection.reply(stream, $0, owner: message, trailers: trailers) }
    }

    /// Answers with an encoded message, which is copied before this returns, and OK.
    public func reply(_ message: UnsafeRawBufferPointer, trailers: Metadata = Metadata()) {
        connection.reply(stream, message, owner: nil, trailers: trailers)
    }

    /// Answers with a message and OK; with INTERNAL if it cannot be encoded.
    public func reply(_ message: some Message, trailers: Metadata = Metadata()) {
        do {
            try message.withEncoded { reply($0, trailers: trailers) }
        } catch {
            fail(RPCStatus(.internal, "the answer cannot be encoded"))
        }
    }

    /// Answers with a status other than OK.
    public func fail(_ status: RPCStatus, trailers: Metadata = Metadata()) {
        connection.fail(stream, status, trailers)
    }
}

/// Answers to calls of many connections and event loops, collected on any thread and sent with one `execute` for each
/// event loop and one flush for each connection.
public struct ReplyBatch: Sendable {
    private enum Answer: Sendable {
        case reply(Bytes)
        case fail(RPCStatus)
    }

    private var groups: [(eventLoop: any EventLoop, answers: [(UnaryCall, Answer)])] = []

    public init() {}

    public var isEmpty: Bool { groups.isEmpty }

    public mutating func reply(_ message: Bytes, to call: UnaryCall) {
        append(call, .reply(message))
    }

    public mutating func fail(_ status: RPCStatus, to call: UnaryCall) {
        append(call, .fail(status))
    }

    private mutating func append(_ call: UnaryCall, _ answer: Answer) {
        let eventLoop = call.eventLoop
        // A process has few event loops.
        if let index = groups.firstIndex(where: { $0.eventLoop === eventLoop }) {
            groups[index].answers.append((call, answer))
        } else {
            groups.append((eventLoop, [(call, answer)]))
        }
    }

    /// Sends all answers and empties the batch. Any thread.
    public mutating func send() {
        for (eventLoop, answers) in groups {
            eventLoop.execute {
                for (call, answer) in answers {
                    switch answer {
                    case .reply(let message): call.reply(message)
                    case .fail(let status): call.fail(status)
                    }
                }
            }
        }
        groups.removeAll()
    }
}
