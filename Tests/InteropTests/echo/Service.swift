import ByteString
import NIOCore
import RPC
import Synchronization

private let hangs = Atomic<Int>(0)

/// The methods of `proto/echo.proto`, on encoded messages.
func registry() -> ServiceRegistry {
    var registry = ServiceRegistry()
    registry.rawUnary("/roost.test.Echo/Unary") { message, call in
        if !call.hasMetadata {
            call.reply(message)
            return
        }
        let order = Order(call.metadata)
        if !order.initial.isEmpty { call.sendHeaders(order.initial) }
        let copy = Bytes(copying: message)
        order.wait(on: call.eventLoop) {
            if let status = order.failure {
                call.fail(status, trailers: order.trailing)
            } else {
                call.reply(copy, trailers: order.trailing)
            }
        }
    }
    registry.rawUnary("/roost.test.Echo/Hang") { _, call in
        call.onCancel { _ in hangs.add(1, ordering: .relaxed) }
    }
    registry.rawUnary("/roost.test.Echo/Hangs") { _, call in
        call.reply(Bytes((0..<hangs.load(ordering: .relaxed)).flatMap { _ in [0x0a, 0x00] as [UInt8] }))
    }
    registry.rawStream("/roost.test.Echo/Collect", kind: .clientStreaming, collect)
    registry.rawStream("/roost.test.Echo/Expand", kind: .serverStreaming, expand)
    registry.rawStream("/roost.test.Echo/Chat", kind: .bidirectionalStreaming, chat)
    return registry
}

/// What the metadata of a call asks for.
struct Order {
    var repeats = 1
    var delay = TimeAmount.zero
    var failure: RPCStatus?
    var initial = Metadata()
    var trailing = Metadata()

    init(_ metadata: Metadata) {
        repeats = metadata["x-echo-repeat"].flatMap { Int($0) } ?? 1
        delay = .milliseconds(metadata["x-echo-delay-ms"].flatMap { Int64($0) } ?? 0)
        if let code = metadata["x-echo-fail-code"].flatMap({ Int($0) }) {
            let message = metadata.bytes("x-echo-fail-message-bin").map { String(decoding: $0, as: UTF8.self) } ?? ""
            failure = RPCStatus(
                RPCStatus.Code(rawValue: code), message, details: metadata.bytes("x-echo-fail-details-bin"))
        }
        initial = metadata.only("x-echo-initial")
        trailing = metadata.only("x-echo-trailing")
    }

    func wait(on eventLoop: any EventLoop, _ body: @escaping () -> Void) {
        if delay == .zero {
            body()
        } else {
            _ = eventLoop.assumeIsolated().scheduleTask(in: delay, body)
        }
    }
}

extension Metadata {
    /// The entries under `name` and under `name-bin`.
    func only(_ name: String) -> Metadata {
        var result = Metadata()
        for entry in entries where entry.key.text == name || entry.key.text == name + "-bin" {
            switch entry.content {
            case .text(let text): try? result.append(text, for: entry.key)
            case .binary(let bytes): try? result.append(bytes, for: entry.key)
            }
        }
        return result
    }
}

private func collect(_ stream: ServerStream) {
    let order = Order(stream.metadata)
    if !order.initial.isEmpty { stream.sendHeaders(order.initial) }
    var bytes: [UInt8] = []
    stream.onMessage { bytes.append(contentsOf: $0) }
    stream.onHalfClose {
        order.wait(on: stream.eventLoop) {
            if let status = order.failure {
                stream.finish(status, trailers: order.trailing)
            } else {
                stream.send(Bytes(bytes))
                stream.finish(trailers: order.trailing)
            }
        }
    }
}

private func expand(_ stream: ServerStream) {
    let order = Order(stream.metadata)
    if !order.initial.isEmpty { stream.sendHeaders(order.initial) }
    stream.onMessage { buffer in
        let message = Bytes(copying: buffer)
        var left = order.repeats
        func send() {
            while left > 0 {
                left -= 1
                guard stream.send(message) else { break }
            }
            if left == 0 { stream.finish(order.failure ?? .ok, trailers: order.trailing) }
        }
        order.wait(on: stream.eventLoop) {
            stream.onWritable { send() }
            send()
        }
    }
}

private func chat(_ stream: ServerStream) {
    let order = Order(stream.metadata)
    if !order.initial.isEmpty { stream.sendHeaders(order.initial) }
    stream.onMessage { buffer in
        var isWritable = true
        for _ in 0..<order.repeats { isWritable = stream.send(buffer) }
        if !isWritable { stream.pause() }
    }
    stream.onWritable { stream.resume() }
    stream.onHalfClose {
        order.wait(on: stream.eventLoop) { stream.finish(order.failure ?? .ok, trailers: order.trailing) }
    }
}
