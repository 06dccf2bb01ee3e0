import ByteString
import NIOCore

/// A call as a ``ClientStream`` steers it: over one connection, or attempt after attempt over several. Used on its
/// event loop only; any thread may ask which that is.
protocol OutgoingCall: AnyObject, Sendable {
    var eventLoop: any EventLoop { get }
    /// How the call ended, once it has.
    var result: Result<Metadata, RPCFailure>? { get }

    var headersHandler: ((Metadata) -> Void)? { get set }
    var messageHandler: ((UnsafeRawBufferPointer) -> Void)? { get set }
    var writableHandler: (() -> Void)? { get set }
    var finishHandler: ((Result<Metadata, RPCFailure>) -> Void)? { get set }

    func start()
    func startUnary(_ request: Bytes, _ completion: @escaping (Result<UnaryResponse, RPCFailure>) -> Void)

    /// Returns whether there is room for more. Without an owner the bytes are copied.
    @discardableResult
    func send(_ message: UnsafeRawBufferPointer, owner: Bytes?) -> Bool
    func halfClose()
    /// Chooses whether messages from now on are compressed, in a call whose options asked for compression.
    func setCompression(_ compression: Compression)
    var isWritable: Bool { get }
    /// Whether the message that `messageHandler` was given last came compressed.
    var isMessageCompressed: Bool { get }
    func pause()
    func resume()

    func fail(_ status: RPCStatus, isSurelyUnprocessed: Bool)
    /// Ends the call by this side's will.
    func giveUp(_ status: RPCStatus)
}

extension OutgoingCall {
    var isFinished: Bool { result != nil }

    @discardableResult
    func send(_ message: Bytes) -> Bool {
        message.withUnsafeBytes { send($0, owner: message) }
    }

    /// Cancels; any thread.
    func cancelFromAnywhere() {
        eventLoop.execute { ClientStream(call: self).cancel() }
    }
}
