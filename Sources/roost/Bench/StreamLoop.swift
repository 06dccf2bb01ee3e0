import DequeModule
import Messages
import NIOCore
import RPC
import Stubs

/// Connections with one stream of `Coordinator.Connect` each, and a fixed number of operations outstanding on it: as
/// many as have been answered at once are sent in one message.
///
/// Confined to its event loop.
final class StreamLoop: LoadLoop {
    private let loop: any EventLoop
    private var source: OperationSource
    private var streams: [OpenStream] = []
    var meter = LoadMeter()

    init(on loop: any EventLoop, channels: [RPCChannel], outstanding: Int, source: OperationSource) {
        self.loop = loop
        self.source = source
        streams = channels.map { OpenStream($0, outstanding: outstanding) }
    }

    func begin() {
        loop.preconditionInEventLoop()
        for stream in streams { open(stream) }
    }

    /// One connection's stream.
    private final class OpenStream {
        let channel: RPCChannel
        let outstanding: Int
        var call: ClientStream?
        /// When each of the operations that wait for their result was sent, in order.
        var sentAt = Deque<UInt64>()

        init(_ channel: RPCChannel, outstanding: Int) {
            self.channel = channel
            self.outstanding = outstanding
        }
    }

    private func open(_ stream: OpenStream) {
        let call = stream.channel.rawStream(Coordinator.Methods.connect.path)
        stream.call = call
        call.onMessage(ConnectResponse.self) { [unowned self, unowned stream] in onResponse($0, of: stream) }
        call.onFinish { [weak self, unowned stream] in self?.onFinish($0, of: stream) }
        var hello = ConnectRequest()
        hello.hello = ConnectHello(session: .open(OpenSessionRequest(timeoutMs: 60_000, name: "roost bench")))
        call.send(hello)
        send(stream.outstanding, on: stream)
    }

    private func send(_ count: Int, on stream: OpenStream) {
        guard !meter.isStopping, count > 0 else { return }
        let now = NIODeadline.now().uptimeNanoseconds
        var request = ConnectRequest()
        request.operations.reserveCapacity(count)
        for _ in 0..<count {
            request.operations.append(source.nextOnStream())
            stream.sentAt.append(now)
        }
        meter.inFlight += count
        stream.call?.send(request)
    }

    private func onResponse(_ response: ConnectResponse, of stream: OpenStream) {
        let now = NIODeadline.now().uptimeNanoseconds
        for result in response.results {
            meter.inFlight -= 1
            guard let sentAt = stream.sentAt.popFirst() else { continue }
            if case .error(let error) = result.what {
                meter.record(error: error.reason)
            } else {
                meter.record(now - sentAt)
            }
        }
        send(response.results.count, on: stream)
    }

    private func onFinish(_ result: Result<Metadata, RPCFailure>, of stream: OpenStream) {
        if case .failure(let failure) = result {
            meter.record(error: failure.status.code.description, count: stream.sentAt.count)
        }
        meter.inFlight -= stream.sentAt.count
        stream.sentAt.removeAll()
    }
}
