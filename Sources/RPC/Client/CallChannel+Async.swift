import ByteString
import NIOCore
public import Protobuf

/// A response with what came around it.
public struct Response<Body: Message>: Sendable {
    public var message: Body
    /// The metadata before the message.
    public var headers: Metadata
    /// The metadata with the status.
    public var trailers: Metadata
}

/// The side of an async call that sends.
public struct RequestWriter<Request: Message>: Sendable {
    let outbox: MessageOutbox
    let lifetime: CallLifetime

    /// Chooses whether the messages from now on are compressed; see ``ClientStream/setCompression(_:)``.
    public func setCompression(_ compression: Compression) {
        outbox.compression(compression)
    }

    /// Sends a message; suspends while the server does not read. Throws the ``RPCFailure`` of a call that has ended.
    public func write(_ message: Request) async throws {
        try await outbox.write(message.encodedBytes())
    }

    /// No more messages.
    public func finish() {
        outbox.finish(.ok, Metadata())
    }
}

/// A bidirectional call in async style. It is cancelled when nobody holds it, its writer or its responses any more.
public struct BidirectionalCall<Request: Message, Response: Message>: Sendable {
    public let requests: RequestWriter<Request>
    public let responses: MessageStream<Response>
    let call: any OutgoingCall

    /// Ends the call with CANCELLED.
    public func cancel() {
        call.cancelFromAnywhere()
    }
}

extension CallChannel {
    /// A unary call.
    public func unary<Request, Body>(
        _ method: Method<Request, Body>, _ request: Request, options: CallOptions = CallOptions()
    ) async throws(RPCFailure) -> Body {
        try await respond(to: request, method, options: options).message
    }

    /// A unary call whose response comes with its metadata.
    public func respond<Request, Body>(
        to request: Request, _ method: Method<Request, Body>, options: CallOptions = CallOptions()
    ) async throws(RPCFailure) -> Response<Body> {
        let bytes = try encode(request)
        let call = makeCall(method.path, options: options.traced).call
        let result: Result<UnaryResponse, RPCFailure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                eventLoop.execute { call.startUnary(bytes) { continuation.resume(returning: $0) } }
            }
        } onCancel: {
            call.cancelFromAnywhere()
        }
        let response = try result.get()
        do throws(WireError) {
            return Response(
                message: try Body(decoding: response.message), headers: response.headers, trailers: response.trailers)
        } catch {
            throw RPCFailure(RPCStatus(undecodableResponse: error))
        }
    }

    /// Sends one request and returns the stream of responses. A failure is thrown where the responses are read.
    public func serverStreaming<Request, Body>(
        _ method: Method<Request, Body>, _ request: Request, options: CallOptions = CallOptions()
    ) throws(RPCFailure) -> MessageStream<Body> {
        let bytes = try encode(request)
        let call: BidirectionalCall<Request, Body> = open(method, options: options, first: bytes)
        return call.responses
    }

    /// Sends the messages that `send` writes and returns the one response.
    ///
    /// - Throws: An ``RPCFailure``, or what `send` throws; then the call is cancelled.
    public func clientStreaming<Request, Body>(
        _ method: Method<Request, Body>, options: CallOptions = CallOptions(),
        _ send: (RequestWriter<Request>) async throws -> Void
    ) async throws -> Body {
        let call: BidirectionalCall<Request, Body> = open(method, options: options, first: nil)
        do {
            try await send(call.requests)
        } catch let failure as RPCFailure {
            // The server may have answered before it had read everything; its answer counts.
            _ = failure
        }
        call.requests.finish()
        var responses = call.responses.makeAsyncIterator()
        guard let response = try await responses.next() else {
            throw RPCFailure(RPCStatus(.internal, "a call that returns one message was answered without it"))
        }
        guard try await responses.next() == nil else {
            throw RPCFailure(RPCStatus(.internal, "more than one message answers a call that returns one"))
        }
        return response
    }

    /// Starts a call with a stream in both directions. A failure is thrown where responses are read or requests
    /// written.
    public func bidirectional<Request, Body>(
        _ method: Method<Request, Body>, options: CallOptions = CallOptions()
    ) -> BidirectionalCall<Request, Body> {
        open(method, options: options, first: nil)
    }

    private func encode(_ request: some Message) throws(RPCFailure) -> Bytes {
        do throws(WireError) {
            return try request.encodedBytes()
        } catch {
            throw RPCFailure(
                RPCStatus(.internal, "the request cannot be encoded: \(error)"), isSurelyUnprocessed: true)
        }
    }

    /// - Parameter first: The only request, or nil for a call whose writer sends them.
    private func open<Request, Body>(
        _ method: Method<Request, Body>, options: CallOptions, first: Bytes?
    ) -> BidirectionalCall<Request, Body> {
        let call = makeCall(method.path, options: options.traced).call
        let inbox = MessageInbox<Body> { [eventLoop] in eventLoop.execute { call.resume() } }
        let outbox = MessageOutbox(eventLoop: eventLoop, sink: MessageOutbox.Sink(call))
        eventLoop.execute {
            call.feed(inbox, outbox)
            call.start()
            if let first {
                call.send(first)
                call.halfClose()
            }
        }
        let lifetime = CallLifetime { call.cancelFromAnywhere() }
        return BidirectionalCall(
            requests: RequestWriter(outbox: outbox, lifetime: lifetime),
            responses: MessageStream(inbox: inbox, lifetime: lifetime), call: call)
    }
}

extension OutgoingCall {
    /// Delivers messages to `inbox`, pauses while it is full, and tells both queues of the end.
    func feed<Body: Message>(_ inbox: MessageInbox<Body>, _ outbox: MessageOutbox) {
        let stream = ClientStream(call: self)
        stream.onMessage { buffer in
            do throws(WireError) {
                let response = try Body(decoding: buffer)
                if !inbox.push(response, bytes: buffer.count) { stream.pause() }
            } catch {
                stream.call.fail(RPCStatus(undecodableResponse: error), isSurelyUnprocessed: false)
            }
        }
        stream.onWritable { outbox.becomeWritable() }
        stream.onFinish { result in
            switch result {
            case .success:
                inbox.finish(.success(()))
                outbox.close(RPCFailure(RPCStatus(.ok, "the call has ended")))
            case .failure(let failure):
                inbox.finish(.failure(failure))
                outbox.close(failure)
            }
        }
    }
}

extension MessageOutbox.Sink {
    init(_ call: any OutgoingCall) {
        self.init(
            headers: { _ in },
            compression: { call.setCompression($0) },
            message: { call.send($0) },
            finish: { _, _ in call.halfClose() })
    }
}
