public import NIOCore

/// Something that sees every call of a server begin and end: for metrics, access logs, admission.
///
/// Its functions run on the connection's event loop and must not block. A server without interceptors does nothing for
/// them; with them, a call costs what they do, and no memory of its own.
public protocol ServerInterceptor: Sendable {
    /// A call whose method has a handler begins: its headers have come and, if it is unary, its message.
    ///
    /// - Returns: Nil to let it go on to the next interceptor and to its handler, or the status to refuse it with.
    func callBegins(_ call: borrowing CallView) -> RPCStatus?

    /// A call is over: its status has gone to the socket, or it was cancelled. Also for calls that were refused, by an
    /// interceptor or because something is wrong with them, and of which ``callBegins(_:)`` was not told.
    func callEnded(_ call: borrowing CallView, _ end: CallEnd)
}

extension ServerInterceptor {
    public func callBegins(_ call: borrowing CallView) -> RPCStatus? { nil }
}

/// What is known of a call. Lent to interceptors: it cannot be kept.
public struct CallView: ~Copyable {
    private let connection: ServerConnection
    /// The place of the method in ``ServiceRegistry/paths``; nil for a method that nobody serves.
    public let methodIndex: Int?
    private let block: UnsafeRawBufferPointer

    init(connection: ServerConnection, method: UInt32, block: UnsafeRawBufferPointer) {
        self.connection = connection
        methodIndex = method == UInt32.max ? nil : Int(method)
        self.block = block
    }

    /// The method that was called; nil for one that nobody serves.
    public var path: MethodPath? { methodIndex.map { connection.server.methods.paths[$0] } }
    /// The address of the other end of the connection.
    public var peerAddress: SocketAddress? { connection.peerAddress }
    /// The metadata that came with the request.
    public var metadata: Metadata { Metadata(block: block) }

    /// The first text under `key`, without building the metadata.
    public func metadata(_ key: MetadataKey) -> String? {
        for (name, value) in HeaderBlockReader(block) where name.elementsEqual(key.text.utf8) {
            return String(decoding: value, as: UTF8.self)
        }
        return nil
    }
}

/// How a call has ended.
public struct CallEnd: Sendable, Hashable {
    /// What the client was told, or CANCELLED where it did not wait for that or was lost.
    public var code: RPCStatus.Code
    /// From the request's headers to the end.
    public var duration: Duration
    /// Messages from the client that were handed to the handler.
    public var messagesReceived: Int
    /// Messages to the client.
    public var messagesSent: Int
}
