import ByteString
import CNghttp2
import NIOCore

/// What call handles do to their stream. A stream that is gone takes everything silently.
extension ServerConnection {
    /// Answers a unary call with a message and OK.
    func reply(_ stream: Int32, _ message: UnsafeRawBufferPointer, owner: Bytes?, trailers: Metadata) {
        loop.eventLoop.preconditionInEventLoop()
        guard let session else { return }
        guard message.count <= server.configuration.messageBytesMax else {
            let limit = server.configuration.messageBytesMax
            let status = RPCStatus(.resourceExhausted, "the answer exceeds \(limit) bytes (messageBytesMax)")
            fail(stream, explained(status, .answerNotSent), [:])
            return
        }
        rh2_call(session, stream).map { Unmanaged<ServerCall>.fromOpaque($0).takeUnretainedValue().markFinished() }
        switch send(session, stream, message, owner: owner) {
        case RH2_WRITABLE, RH2_WAIT:
            finish(stream, .ok, trailers)
        case RH2_OVERFLOW:
            fail(stream, overflow, [:])
        default:
            break
        }
    }

    var overflow: RPCStatus {
        explained(
            RPCStatus(
                .resourceExhausted, "too many bytes wait to be sent (streamSendBytesMax, connectionSendBytesMax)"),
            .answerNotSent)
    }

    /// Ends a call with a status other than OK.
    func fail(_ stream: Int32, _ status: RPCStatus, _ trailers: Metadata) {
        loop.eventLoop.preconditionInEventLoop()
        guard let session else { return }
        rh2_call(session, stream).map { Unmanaged<ServerCall>.fromOpaque($0).takeUnretainedValue().markFinished() }
        // A call that had to return a message and did not has failed, whatever the handler says.
        let hasFailed = status.code != .ok
        finish(stream, hasFailed ? status : RPCStatus(.internal, "the call ended without its message"), trailers)
    }

    /// Queues the status behind everything that was sent.
    func finish(_ stream: Int32, _ status: RPCStatus, _ trailers: Metadata) {
        guard let session else { return }
        if status.code == .ok, status.message.isEmpty, status.details == nil, trailers.isEmpty {
            _ = rh2_finish(session, stream, nil, 0, 200, 0)
        } else {
            var block = HeaderBlock()
            block.append(status)
            block.append(trailers)
            finish(session, stream, block, status.code, http: 200)
        }
        pump?.markDirty()
    }

    private func finish(
        _ session: OpaquePointer, _ stream: Int32, _ block: HeaderBlock, _ code: RPCStatus.Code, http: UInt32
    ) {
        block.bytes.withUnsafeBufferPointer { bytes in
            _ = rh2_finish(session, stream, bytes.baseAddress, bytes.count, http, code.rawValue)
        }
    }

    /// Ends a call at once, although its handler has not: with the status if that can leave now, else with a reset.
    func endNow(_ stream: Int32, _ status: RPCStatus) {
        var block = HeaderBlock()
        block.append(status)
        end(stream, block, status.code, http: 200)
    }

    func end(_ stream: Int32, _ block: HeaderBlock, _ code: RPCStatus.Code, http: UInt32) {
        guard let session else { return }
        if rh2_can_finish_now(session, stream) {
            finish(session, stream, block, code, http: http)
        } else {
            rh2_set_status(session, stream, code.rawValue)
            rh2_reset(session, stream, HTTP2ErrorCode(standingFor: code).rawValue, false)
        }
        pump?.markDirty()
    }

    func sendHeaders(_ stream: Int32, _ metadata: Metadata) {
        loop.eventLoop.preconditionInEventLoop()
        guard let session else { return }
        var block = HeaderBlock()
        block.append(metadata)
        block.bytes.withUnsafeBufferPointer { bytes in
            _ = rh2_send_headers(session, stream, bytes.baseAddress, bytes.count)
        }
        pump?.markDirty()
    }

    func send(
        _ session: OpaquePointer, _ stream: Int32, _ message: UnsafeRawBufferPointer, owner: Bytes?
    ) -> rh2_sent {
        let sent = rh2_send_message(
            session, stream, message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
            SendOwner.retained(owner, count: message.count))
        pump?.markDirty()
        return sent
    }

    func setCompression(_ stream: Int32, _ compression: Compression) {
        loop.eventLoop.preconditionInEventLoop()
        if let session { rh2_set_gzip_bytes_min(session, stream, compression.gzipBytesMin) }
    }

    func wasCompressed(_ stream: Int32) -> Bool {
        loop.eventLoop.preconditionInEventLoop()
        return session.map { rh2_was_compressed($0, stream) } ?? false
    }

    func metadata(_ stream: Int32) -> Metadata {
        loop.eventLoop.preconditionInEventLoop()
        return withMetadataBlock(stream) { Metadata(block: $0) }
    }

    func withMetadataBlock<Result>(_ stream: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var count = 0
        let base = session.flatMap { rh2_metadata($0, stream, &count) }
        return body(UnsafeRawBufferPointer(start: base, count: base == nil ? 0 : count))
    }

    func deadline(_ stream: Int32) -> NIODeadline? {
        loop.eventLoop.preconditionInEventLoop()
        guard let session else { return nil }
        let deadline = rh2_deadline(session, stream)
        return deadline == .max ? nil : .uptimeNanoseconds(UInt64(max(deadline, 0)))
    }

    func isOpen(_ stream: Int32) -> Bool {
        loop.eventLoop.preconditionInEventLoop()
        return session.map { rh2_is_open($0, stream) } ?? false
    }
}

/// Keeps the bytes of a queued message alive without a copy. Only worth it for large ones.
final class SendOwner {
    private let bytes: Bytes

    private init(_ bytes: Bytes) {
        self.bytes = bytes
    }

    /// A retained object for the shim, or nil where copying is cheaper.
    static func retained(_ bytes: Bytes?, count: Int) -> UnsafeMutableRawPointer? {
        guard let bytes, count >= 4_096 else { return nil }
        return Unmanaged<AnyObject>.passRetained(SendOwner(bytes)).toOpaque()
    }
}
