import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A TCP connection whose bytes a test writes itself.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let collector: Collector

    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let bytes = NIOLockedValueBox<[UInt8]>([])
        let reads: Bool

        init(reads: Bool) {
            self.reads = reads
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            bytes.withLockedValue { $0 += buffer.readableBytesView }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    /// - Parameter reads: Whether what the server sends is read; if not, it piles up in the sockets.
    init(to port: Int, reads: Bool = true) async throws {
        let collector = Collector(reads: reads)
        channel = try await ClientBootstrap(group: loops)
            .channelOption(ChannelOptions.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(collector) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.collector = collector
    }

    var received: [UInt8] { collector.bytes.withLockedValue { $0 } }
    var isOpen: Bool { channel.isActive }

    /// Sends what can be sent. A server that has closed the connection is no error.
    func send(_ bytes: [UInt8]) async {
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Reads from now on what has piled up.
    func startReading() async throws {
        try await channel.setOption(ChannelOptions.autoRead, value: true).get()
    }

    /// Closes so that the other side's next bytes are answered with a reset.
    func abort() async {
        try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await close()
    }

    func close() async {
        try? await channel.close().get()
    }

    /// Waits until the server has closed the connection.
    func expectClosed(_ what: Comment) async throws {
        try await eventually(what) { !channel.isActive }
    }

    /// Whether a GOAWAY with that error code has come.
    func hasGoAway(_ code: UInt8) -> Bool {
        frames.contains { $0.type == 7 && $0.payload.dropFirst(7).first == code }
    }

    /// The status of the first answer on this connection. libnghttp2 writes the name in the Huffman code of RFC 7541,
    /// and the number, which that makes no shorter, as text.
    var grpcStatus: Int? {
        let name: [UInt8] = [0x9a, 0xca, 0xc8, 0xb2, 0x12, 0x34, 0xda, 0x8f]
        for frame in frames where frame.type == 1 {
            let bytes = Array(frame.payload)
            for at in bytes.indices where bytes[at...].starts(with: name) && at + 9 < bytes.count {
                let value = bytes[(at + 9)...].prefix(Int(bytes[at + 8]))
                return Int(String(decoding: value, as: UTF8.self))
            }
        }
        return nil
    }

    struct Frame {
        let type: UInt8
        let flags: UInt8
        let stream: UInt32
        let payload: ArraySlice<UInt8>
    }

    /// The complete frames received.
    var frames: [Frame] {
        let bytes = received
        var frames: [Frame] = []
        var at = 0
        while at + 9 <= bytes.count {
            let length = Int(bytes[at]) << 16 | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2])
            guard at + 9 + length <= bytes.count else { break }
            let stream = bytes[at + 5..<at + 9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let payload = bytes[at + 9..<at + 9 + length]
            frames.append(Frame(type: bytes[at + 3], flags: bytes[at + 4], stream: stream, payload: payload))
            at += 9 + length
        }
        return frames
    }
}

/// Bytes of HTTP/2 (RFC 9113).
enum H2 {
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(4, 0, 0, [])

    static func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
        let length = payload.count
        let head = [UInt8(length >> 16), UInt8(length >> 8 & 255), UInt8(length & 255), type, flags]
        return head + number(stream) + payload
    }

    static func number(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    static func data(_ stream: UInt32, _ payload: [UInt8], end: Bool = false) -> [UInt8] {
        frame(0, end ? 1 : 0, stream, payload)
    }

    /// The frames of a body of any length.
    static func dataFrames(_ stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
        let frameBytesMax = 16_384
        return stride(from: 0, to: payload.count, by: frameBytesMax).flatMap { start in
            let end = min(start + frameBytesMax, payload.count)
            return data(stream, Array(payload[start..<end]), end: end == payload.count)
        }
    }

    static func reset(_ stream: UInt32) -> [UInt8] { frame(3, 0, stream, number(8)) }
    static func windowUpdate(_ stream: UInt32, _ increment: UInt32) -> [UInt8] {
        frame(8, 0, stream, number(increment))
    }

    /// A header field as an HPACK literal without indexing.
    static func field(_ name: String, _ value: String) -> [UInt8] {
        [0] + length(name.utf8.count) + Array(name.utf8) + length(value.utf8.count) + Array(value.utf8)
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 127 else { return [UInt8(count)] }
        var rest = count - 127
        var bytes: [UInt8] = [127]
        while rest >= 128 {
            bytes.append(UInt8(rest & 127 | 128))
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    /// The header block of a gRPC request.
    static func request(_ path: String, _ more: [UInt8] = []) -> [UInt8] {
        field(":method", "POST") + field(":scheme", "http") + field(":path", path) + field(":authority", "x")
            + field("content-type", "application/grpc") + field("te", "trailers") + more
    }

    static func headers(
        _ stream: UInt32, _ block: [UInt8], endHeaders: Bool = true, endStream: Bool = false
    ) -> [UInt8] {
        frame(1, (endHeaders ? 4 : 0) | (endStream ? 1 : 0), stream, block)
    }

    /// A gRPC message with its prefix.
    static func message(_ bytes: [UInt8]) -> [UInt8] {
        [0] + number(UInt32(bytes.count)) + bytes
    }
}
