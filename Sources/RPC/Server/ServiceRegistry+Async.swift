import ByteString
import NIOConcurrencyHelpers
public import NIOCore
public import Protobuf

/// What an async handler knows of its call. The handler's task is cancelled when the call is.
public struct ServerContext: Sendable {
    public let path: MethodPath
    /// The metadata that came with the request.
    public let metadata: Metadata
    /// The time by which the client wants the call to have ended, or nil.
    public let deadline: NIODeadline?
    /// The address of the other end of the connection.
    public let peerAddress: SocketAddress?
    let headers: @Sendable (Metadata) -> Void
    let compression: @Sendable (Compression) -> Void
    let trailers: Trailers

    final class Trailers: Sendable {
        let metadata = NIOLockedValueBox(Metadata())
    }

    /// Sends metadata before the first message.
    public func sendHeaders(_ metadata: Metadata) {
        headers(metadata)
    }

    /// Chooses for the messages from now on what `ServerConfiguration.compression` chooses for all calls; see
    /// ``ServerStream/setCompression(_:)``.
    public func setCompression(_ compression: Compression) {
        self.compression(compression)
    }

    /// The metadata that goes out with the status.
    public func setTrailers(_ metadata: Metadata) {
        trailers.metadata.withLockedValue { $0 = metadata }
    }
}

/// The side of a streaming async handler that sends.
public struct ResponseWriter<Response: Message>: Sendable {
    let outbox: MessageOutbox

    /// Sends a message; suspends while the client does not read. Throws once the call has ended, or a `WireError` if
    /// the message cannot be encoded.
    public func write(_ message: Response) async throws {
        try await outbox.write(message.encodedBytes())
    }
}

extension ServiceRegistry {
    /// Serves a unary method. An ``RPCStatus`` that the handler throws is the answer; any other error is UNKNOWN.
    public mutating func unary<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler: @escaping @Sendable (Request, ServerContext) async throws -> Response
    ) {
        let path = method.path
        unary(
            method,
            onEventLoop: { request, call in
                let eventLoop = call.eventLoop
                let context = ServerContext(
                    path: path, metadata: call.metadata, deadline: call.deadline, peerAddress: call.peerAddress,
                    headers: { metadata in eventLoop.execute { call.sendHeaders(metadata) } },
                    compression: { compression in eventLoop.execute { call.setCompression(compression) } },
                    trailers: ServerContext.Trailers())
                let task = Task {
                    let result: Result<Bytes, RPCStatus>
                    do {
                        result = .success(
                            try await context.traced { try await handler(request, context) }.encodedBytes())
                    } catch {
                        result = .failure(RPCStatus(thrown: error))
                    }
                    let trailers = context.trailers.metadata.withLockedValue { $0 }
                    eventLoop.execute {
                        switch result {
                        case .success(let message): call.reply(message, trailers: trailers)
                        case .failure(let status): call.fail(status, trailers: trailers)
                        }
                    }
                }
                call.onCancel { _ in task.cancel() }
            })
    }

    /// Serves a method that answers one request with a stream.
    public mutating func serverStreaming<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler: @escaping @Sendable (Request, ResponseWriter<Response>, ServerContext) async throws -> Void
    ) {
        precondition(method.kind == .serverStreaming)
        streaming(method) { requests, writer, context in
            // The shim has made sure that there is exactly one.
            guard let request = try await requests.first(where: { _ in true }) else { return }
            try await handler(request, writer, context)
        }
    }

    /// Serves a method that answers a stream with one response.
    public mutating func clientStreaming<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler: @escaping @Sendable (MessageStream<Request>, ServerContext) async throws -> Response
    ) {
        precondition(method.kind == .clientStreaming)
        streaming(method) { requests, writer, context in
            try await writer.write(handler(requests, context))
        }
    }

    /// Serves a method with a stream in both directions.
    public mutating func bidirectional<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler:
            @escaping @Sendable (MessageStream<Request>, ResponseWriter<Response>, ServerContext) async throws -> Void
    ) {
        precondition(method.kind == .bidirectionalStreaming)
        streaming(method, handler)
    }

    private mutating func streaming<Request, Response>(
        _ method: Method<Request, Response>,
        _ handler:
            @escaping @Sendable (MessageStream<Request>, ResponseWriter<Response>, ServerContext) async throws -> Void
    ) {
        rawStream(method.path, kind: method.kind) { stream in
            let eventLoop = stream.eventLoop
            let inbox = MessageInbox<Request> { eventLoop.execute { stream.resume() } }
            let outbox = MessageOutbox(eventLoop: eventLoop, sink: MessageOutbox.Sink(stream))
            stream.feed(inbox)
            stream.onWritable { outbox.becomeWritable() }
            let context = ServerContext(
                path: stream.path, metadata: stream.metadata, deadline: stream.deadline,
                peerAddress: stream.peerAddress, headers: { outbox.headers($0) },
                compression: { outbox.compression($0) }, trailers: ServerContext.Trailers())
            let task = Task {
                var status = RPCStatus.ok
                do {
                    try await context.traced {
                        try await handler(
                            MessageStream(inbox: inbox, lifetime: nil), ResponseWriter(outbox: outbox), context)
                    }
                } catch {
                    status = RPCStatus(thrown: error)
                }
                outbox.finish(status, context.trailers.metadata.withLockedValue { $0 })
            }
            stream.onCancel { reason in
                let status = RPCStatus(cancelledBy: reason)
                inbox.finish(.failure(status))
                outbox.close(status)
                task.cancel()
            }
        }
    }
}

extension ServerStream {
    /// Delivers messages to `inbox`, and pauses while it is full.
    func feed<Request: Message>(_ inbox: MessageInbox<Request>) {
        onMessage { buffer in
            do throws(WireError) {
                let request = try Request(decoding: buffer)
                if !inbox.push(request, bytes: buffer.count) { pause() }
            } catch {
                core.refuse(RPCStatus(undecodable: error))
            }
        }
        onHalfClose { inbox.finish(.success(())) }
    }
}

extension MessageOutbox.Sink {
    init(_ stream: ServerStream) {
        self.init(
            headers: { stream.sendHeaders($0) },
            compression: { stream.setCompression($0) },
            message: { stream.send($0) },
            finish: { stream.finish($0, trailers: $1) })
    }
}

extension RPCStatus {
    /// What a client is told of an error that a handler threw. The text of an error that is no status stays inside.
    init(thrown error: any Error) {
        switch error {
        case let status as RPCStatus where status.code == .ok:
            self.init(.internal, "the handler threw OK")
        case let status as RPCStatus:
            self = status
        case is CancellationError:
            self.init(.cancelled, "the call was cancelled")
        default:
            self.init(.unknown, "the handler failed")
        }
    }

    init(cancelledBy reason: CancellationReason) {
        switch reason {
        case .clientReset: self.init(.cancelled, "the client cancelled the call")
        case .connectionLost: self.init(.cancelled, "the connection was lost")
        case .deadlineExceeded: self.init(.deadlineExceeded, "the deadline passed")
        case .shutdown: self.init(.unavailable, "the server shuts down")
        case .limitExceeded: self.init(.resourceExhausted, "a limit was exceeded")
        case .protocolError: self.init(.internal, "the client broke the rules of gRPC")
        }
    }
}
