import Coordination
import Messages
import NIOCore
import RPC

/// Where a listing's pages go.
protocol ListSink: AnyObject {
    var isOpen: Bool { get }
    /// Whether the client reads what it is sent.
    var isWritable: Bool { get }
    func send(_ response: ListResponse, isLast: Bool)
    func fail(_ status: RPCStatus)
}

/// A List on its way to a client: page after page of one pinned version of the state, as fast as the client reads.
final class Listing {
    private let request: ListRequest
    private unowned let sink: any ListSink
    private let shard: Shard
    private var pinned: Pin?
    /// If the past is asked for: the children as they were.
    private var past: PastChildren?
    private var startAfter: String
    private var remaining: UInt64
    private var isFirst = true
    private var isScheduled = false

    /// How much of the listing is put into one message, in bytes.
    static let pageBytes = 64 << 10

    /// - Precondition: the request's path is legal.
    init(_ request: ListRequest, to sink: any ListSink, in shard: Shard) {
        self.request = request
        self.sink = sink
        self.shard = shard
        startAfter = request.startAfter
        remaining = request.limit == 0 ? .max : request.limit
        pinned = Pin(state: shard.reader.hold())
        if request.atRevision > 0 { past = PastChildren(path: request.path, at: Revision(request.atRevision)) }
    }

    /// Sends on, until the client stops reading.
    func proceed() {
        while let pinned, sink.isOpen, sink.isWritable {
            do throws(StateError) {
                if past?.isKnown == false {
                    try pinned.state.read { view throws(StateError) in try past?.proceed(in: view) }
                    guard past?.isKnown == true else { return schedule() }
                }
                guard let (response, isLast) = nextPage(pinned) else { throw .znodeNotFound(request.path) }
                isFirst = false
                remaining -= UInt64(response.children.count)
                startAfter = response.children.last?.name ?? startAfter
                if isLast { self.pinned = nil }
                sink.send(response, isLast: isLast)
            } catch {
                self.pinned = nil
                sink.fail(.state(error))
            }
        }
    }

    /// The state need not be held any longer.
    func cancel() { pinned = nil }

    /// A long history is gone through in steps, so that others get their turn.
    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        shard.loop.assumeIsolated().execute { [weak self] in
            self?.isScheduled = false
            self?.proceed()
        }
    }

    private func nextPage(_ pinned: Pin) -> (message: ListResponse, isLast: Bool)? {
        pinned.state.read { view in
            let page =
                past.map {
                    $0.page(
                        in: view, after: startAfter, limit: remaining, byteCountMax: Self.pageBytes,
                        includeData: request.includeData, includeStat: request.includeStat)
                }
                ?? view.listPage(
                    request.path, startAfter: startAfter, limit: remaining, byteCountMax: Self.pageBytes,
                    includeData: request.includeData, includeStat: request.includeStat)
            guard let page else { return nil }
            var response = ListResponse()
            response.revision = past == nil ? view.revision.rawValue : request.atRevision
            response.children = page.children
            if isFirst { response.stat = page.stat }
            return (response, page.isLast)
        }
    }
}

/// A listing that is a call of its own. Kept alive by its stream's closures until the call ends.
final class ListCall: ListSink {
    private let stream: ServerStream
    private var listing: Listing?

    var isOpen: Bool { stream.isOpen }
    var isWritable: Bool { stream.isWritable }

    init(_ stream: ServerStream) { self.stream = stream }

    func begin(_ request: ListRequest, in shard: Shard) {
        guard stream.isOpen else { return }
        let listing = Listing(request, to: self, in: shard)
        self.listing = listing
        stream.onWritable { listing.proceed() }
        stream.onCancel { _ in
            listing.cancel()
            self.listing = nil
        }
        listing.proceed()
    }

    func send(_ response: ListResponse, isLast: Bool) {
        stream.send(response)
        if isLast { stream.finish() }
    }

    func fail(_ status: RPCStatus) { stream.finish(status) }
}

/// A pinned state that several closures share.
private final class Pin {
    let state: PinnedState

    init(state: consuming PinnedState) { self.state = state }
}
