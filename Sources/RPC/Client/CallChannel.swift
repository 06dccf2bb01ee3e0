public import ByteString
public import NIOCore

/// What calls are made through: an ``RPCChannel`` to one server, or a ``LoadBalancedChannel`` to many. Bound to one
/// event loop.
public protocol CallChannel: Sendable {
    var eventLoop: any EventLoop { get }

    /// A call that has not begun yet. Any thread.
    func makeCall(_ path: MethodPath, options: CallOptions) -> ClientStream
}

extension CallChannel {
    /// Starts a call of any kind with encoded messages. Set the closures before the tick ends. On the event loop.
    public func rawStream(_ path: MethodPath, options: CallOptions = CallOptions()) -> ClientStream {
        eventLoop.preconditionInEventLoop()
        let stream = makeCall(path, options: options)
        stream.call.start()
        return stream
    }

    /// A unary call with encoded messages. `completion` runs once. On the event loop.
    @discardableResult
    public func rawUnary(
        _ path: MethodPath, _ request: Bytes, options: CallOptions = CallOptions(),
        completion: @escaping (Result<UnaryResponse, RPCFailure>) -> Void
    ) -> ClientStream {
        eventLoop.preconditionInEventLoop()
        let stream = makeCall(path, options: options)
        stream.call.startUnary(request, completion)
        return stream
    }
}
