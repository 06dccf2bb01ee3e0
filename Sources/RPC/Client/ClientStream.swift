public import ByteString
import CNghttp2
public import NIOCore
public import Protobuf

/// Options of one call.
public struct CallOptions: Sendable {
    public var metadata: Metadata
    /// From the start of the call. Sent as `grpc-timeout`, and enforced here too. Nil: no limit.
    public var timeout: Duration?
    /// Whether the call waits while there is no connection, instead of failing with UNAVAILABLE.
    public var waitsForReady: Bool
    /// Which messages to the server are compressed. A server that does not know gzip answers with UNIMPLEMENTED.
    public var compression: Compression
    private var retryBox: RetryPolicyBox?

    public init(
        metadata: Metadata = Metadata(), timeout: Duration? = nil, waitsForReady: Bool = false,
        compression: Compression = .none, retry: RetryPolicy? = nil
    ) {
        self.metadata = metadata
        self.timeout = timeout
        self.waitsForReady = waitsForReady
        self.compression = compression
        retryBox = retry.map(RetryPolicyBox.init)
    }

    /// When the call is made again; nil leaves that to the channel's policy for the method. Only a
    /// ``LoadBalancedChannel`` makes calls again.
    public var retry: RetryPolicy? {
        get { retryBox?.policy }
        set { retryBox = newValue.map(RetryPolicyBox.init) }
    }
}

/// Why a call failed, as the client saw it.
public struct RPCFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var status: RPCStatus
    public var trailers: Metadata
    /// True only where the server has surely not seen the call: it was never sent, or the server refused the stream
    /// (REFUSED_STREAM, or above the last stream of its GOAWAY; RFC 9113 section 8.7).
    public var isSurelyUnprocessed: Bool

    public init(_ status: RPCStatus, trailers: Metadata = Metadata(), isSurelyUnprocessed: Bool = false) {
        self.status = status
        self.trailers = trailers
        self.isSurelyUnprocessed = isSurelyUnprocessed
    }

    public var description: String { status.description }
}

/// A successful answer to a unary call.
public struct UnaryResponse: Sendable {
    /// The encoded message.
    public var message: Bytes
    /// What came before the message.
    public var headers: Metadata
    /// What came with the status.
    public var trailers: Metadata
    /// Whether the message came compressed.
    public var wasCompressed: Bool
}

/// A call as its client sees it: a handle that may be copied and carried anywhere, but used only on ``eventLoop``; its
/// closures are called there too. They are dropped when the call has ended.
public struct ClientStream: Sendable {
    let call: any OutgoingCall

    /// The channel's event loop. Any thread may ask.
    public var eventLoop: any EventLoop { call.eventLoop }
    /// Whether the call goes on.
    public var isOpen: Bool { !call.isFinished }

    /// Whether the message that `onMessage` was given last came compressed.
    public var isMessageCompressed: Bool { call.isMessageCompressed }

    private var isStillOpen: Bool {
        eventLoop.preconditionInEventLoop()
        return !call.isFinished
    }

    /// The server's headers have come.
    public func onHeaders(_ handler: @escaping (Metadata) -> Void) {
        if isStillOpen { call.headersHandler = handler }
    }

    /// Each message, in order. The buffer is valid only during the closure's call, and is credited to the server's
    /// flow-control window when the closure returns.
    public func onMessage(_ handler: @escaping (UnsafeRawBufferPointer) -> Void) {
        if isStillOpen { call.messageHandler = handler }
    }

    /// The same with decoded messages; one that cannot be decoded fails the call with INTERNAL.
    public func onMessage<Response: Message>(_ type: Response.Type, _ handler: @escaping (Response) -> Void) {
        onMessage { [call] buffer in
            do throws(WireError) {
                handler(try Response(decoding: buffer))
            } catch {
                call.fail(RPCStatus(undecodableResponse: error), isSurelyUnprocessed: false)
            }
        }
    }

    /// The end, once: the trailers of a call that ended with OK, or why it failed. Called at once if that is over.
    public func onFinish(_ handler: @escaping (Result<Metadata, RPCFailure>) -> Void) {
        eventLoop.preconditionInEventLoop()
        if let result = call.result {
            handler(result)
        } else {
            call.finishHandler = handler
        }
    }

    /// `isWritable` became true again after it, or a `send`, had been false.
    public func onWritable(_ handler: @escaping () -> Void) {
        if isStillOpen { call.writableHandler = handler }
    }

    /// Stops the delivery of messages until `resume()`; the server is held by its flow-control window.
    public func pause() {
        call.pause()
    }

    /// Goes on after `pause()`. Messages that wait are delivered before this returns.
    public func resume() {
        call.resume()
    }

    /// Chooses whether the messages from now on are compressed, in a call whose options asked for compression; without
    /// effect in others. While the call waits for a connection it counts for the messages that wait too.
    public func setCompression(_ compression: Compression) {
        call.setCompression(compression)
    }

    /// Whether `send` would return true.
    public var isWritable: Bool { call.isWritable }

    /// Queues an encoded message. Returns whether there is room for more: after false, wait for `onWritable`. A
    /// caller that goes on regardless until `streamSendBytesMax` has its call failed with RESOURCE_EXHAUSTED.
    @discardableResult
    public func send(_ message: Bytes) -> Bool {
        call.send(message)
    }

    /// Queues an encoded message, which is copied before this returns.
    @discardableResult
    public func send(_ message: UnsafeRawBufferPointer) -> Bool {
        call.send(message, owner: nil)
    }

    /// Queues a message. One that cannot be encoded fails the call with INTERNAL.
    @discardableResult
    public func send(_ message: some Message) -> Bool {
        do {
            return try message.withEncoded { call.send($0, owner: nil) }
        } catch {
            call.giveUp(RPCStatus(.internal, "the request cannot be encoded"))
            return false
        }
    }

    /// No more messages.
    public func halfClose() {
        call.halfClose()
    }

    /// Ends the call with CANCELLED; the server is told by a reset of the stream.
    public func cancel() {
        call.giveUp(RPCStatus(.cancelled, "the caller cancelled the call"))
    }
}

extension RPCStatus {
    /// What a response that is no such message means to the caller.
    init(undecodableResponse error: WireError) {
        self.init(.internal, "the response cannot be decoded: \(error)")
    }
}
