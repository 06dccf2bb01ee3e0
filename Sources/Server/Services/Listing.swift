import Coordination
import Messages
import NIOCore
import RPC

/// A List on its way to a client: page after page of one pinned version of the state, as fast as the client reads.
/// Kept alive by its stream's closures until the call ends.
final class Listing {
    private let request: ListRequest
    private let stream: ServerStream
    private let shard: Shard
    private var pinned: Pin?
    private var startAfter: String
    private var remaining: UInt64
    private var isFirst = true

    /// How much of the listing is put into one message, in bytes.
    static let pageBytes = 64 << 10

    init(_ request: ListRequest, stream: ServerStream, shard: Shard) {
        self.request = request
        self.stream = stream
        self.shard = shard
        startAfter = request.startAfter
        remaining = request.limit == 0 ? .max : request.limit
    }

    func begin() {
        guard stream.isOpen else { return }
        pinned = Pin(state: shard.reader.hold())
        stream.onWritable { self.proceed() }
        stream.onCancel { _ in self.pinned = nil }
        proceed()
    }

    private func proceed() {
        while let pinned, stream.isOpen, stream.isWritable {
            let response: (message: ListResponse, isLast: Bool)? = pinned.state.read { view in
                guard
                    let page = view.listPage(
                        request.path, startAfter: startAfter, limit: remaining, byteCountMax: Self.pageBytes,
                        includeData: request.includeData, includeStat: request.includeStat)
                else { return nil }
                var response = ListResponse()
                response.revision = view.revision.rawValue
                response.children = page.children
                if isFirst { response.stat = page.stat }
                return (response, page.isLast)
            }
            guard let response else {
                self.pinned = nil
                return stream.finish(.state(.znodeNotFound(request.path)))
            }
            isFirst = false
            remaining -= UInt64(response.message.children.count)
            startAfter = response.message.children.last?.name ?? startAfter
            stream.send(response.message)
            if response.isLast || remaining == 0 {
                self.pinned = nil
                stream.finish()
            }
        }
    }
}

/// A pinned state that several closures share.
private final class Pin {
    let state: PinnedState

    init(state: consuming PinnedState) { self.state = state }
}
