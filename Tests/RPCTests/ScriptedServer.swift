import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Synchronization

/// A server that treats each request as its script says, in bytes that no honest server would send.
final class ScriptedServer: Sendable {
    enum Act: Sendable {
        /// RST_STREAM with REFUSED_STREAM.
        case refuse
        /// GOAWAY that does not cover the request.
        case goAway
        /// RST_STREAM with INTERNAL_ERROR.
        case breakOff
        /// The connection is closed without a word.
        case drop
        /// Headers without an end, then RST_STREAM with INTERNAL_ERROR.
        case beginAndBreakOff
        /// A status.
        case status(UInt8, [(String, String)])
        /// A message of no bytes, and OK.
        case answer
        case silence
    }

    private let listener: any Channel
    private let script: Script

    private final class Script: Sendable {
        private let acts: NIOLockedValueBox<[Act]>
        let requests = Atomic<Int>(0)

        init(_ acts: [Act]) {
            self.acts = NIOLockedValueBox(acts)
        }

        /// The last act is repeated.
        func next() -> Act {
            requests.add(1, ordering: .relaxed)
            return acts.withLockedValue { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let script: Script
        private var received: [UInt8] = []
        private var hasPreface = false

        init(_ script: Script) {
            self.script = script
        }

        func channelActive(context: ChannelHandlerContext) {
            write(context, H2.frame(4, 0, 0, []))
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += unwrapInboundIn(data).readableBytesView
            if !hasPreface {
                guard received.count >= 24 else { return }
                received.removeFirst(24)
                hasPreface = true
            }
            while received.count >= 9 {
                let length = Int(received[0]) << 16 | Int(received[1]) << 8 | Int(received[2])
                guard received.count >= 9 + length else { return }
                let (type, flags) = (received[3], received[4])
                let stream = received[5..<9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                received.removeFirst(9 + length)
                if type == 4, flags & 1 == 0 { write(context, H2.frame(4, 1, 0, [])) }
                if type == 1 { act(context, stream) }
            }
        }

        private func act(_ context: ChannelHandlerContext, _ stream: UInt32) {
            let head = H2.field(":status", "200") + H2.field("content-type", "application/grpc")
            switch script.next() {
            case .refuse:
                write(context, H2.frame(3, 0, stream, H2.number(7)))
            case .goAway:
                write(context, H2.frame(7, 0, 0, H2.number(0) + H2.number(0)))
                context.close(promise: nil)
            case .breakOff:
                write(context, H2.frame(3, 0, stream, H2.number(2)))
            case .drop:
                context.close(promise: nil)
            case .beginAndBreakOff:
                write(context, H2.headers(stream, head))
                write(context, H2.frame(3, 0, stream, H2.number(2)))
            case .status(let code, let trailers):
                let more = trailers.flatMap { H2.field($0.0, $0.1) }
                write(context, H2.headers(stream, head + H2.field("grpc-status", "\(code)") + more, endStream: true))
            case .answer:
                let message = H2.data(stream, H2.message([]))
                let trailers = H2.headers(stream, H2.field("grpc-status", "0"), endStream: true)
                write(context, H2.headers(stream, head) + message + trailers)
            case .silence:
                break
            }
        }

        private func write(_ context: ChannelHandlerContext, _ bytes: [UInt8]) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        }
    }

    init(_ acts: [Act], host: String = "127.0.0.1") async throws {
        let script = Script(acts)
        self.script = script
        listener = try await ServerBootstrap(group: loops)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(script))
                }
            }
            .bind(host: host, port: 0).get()
    }

    var address: SocketAddress { listener.localAddress! }
    /// How many requests have come.
    var requests: Int { script.requests.load(ordering: .relaxed) }

    func close() async {
        try? await listener.close().get()
    }
}
