import ByteString
import Coordination
import Messages
import NIOCore
import RPC

/// Where watches' responses go.
protocol WatchSink: AnyObject {
    var isOpen: Bool { get }
    /// Whether the client reads what watches tell.
    var hasRoomForNotices: Bool { get }
    /// What telling it will touch.
    func add(to footprint: inout Footprint)
    /// What a watch is told first: it is told what comes after `revision`.
    func begin(_ watch: UInt64, from revision: UInt64)
    func send(_ response: SharedWatchResponse, to watches: [UInt64])
    /// A watch was live, and lacks something from now on.
    func fallBehind()
    /// The watch has ended by itself.
    func finish(_ watch: UInt64, _ status: RPCStatus)
}

/// A response that is encoded once, for however many watches.
final class SharedWatchResponse {
    let response: WatchResponse
    private(set) lazy var encoded: Bytes = {
        do { return try response.encodedBytes() } catch {
            preconditionFailure("events that were applied cannot be encoded: \(error)")
        }
    }()

    init(_ response: WatchResponse) { self.response = response }
}

/// A watch that is a call of its own.
final class WatchCall: WatchSink {
    private let stream: ServerStream

    var isOpen: Bool { stream.isOpen }
    var hasRoomForNotices: Bool { stream.isWritable }

    init(_ stream: ServerStream) { self.stream = stream }

    /// Serves a call of `Store.Watch`.
    func begin(_ request: WatchRequest, in hub: WatchHub) {
        do throws(RPCStatus) {
            guard let watch = try hub.open(request, number: 0, to: self) else { return }
            // The first words may have been too much for the stream already.
            guard stream.isOpen else { return hub.forget(watch) }
            stream.onCancel { [weak hub, unowned watch] _ in hub?.forget(watch) }
            stream.endAtShutdown(.shuttingDown)
            stream.onHalfClose {}
            stream.onWritable { [weak hub, unowned watch] in hub?.catchUp(watch) }
        } catch {
            stream.finish(error)
        }
    }

    func add(to footprint: inout Footprint) {
        footprint.add(self, byteCount: 32)
        footprint.add(stream)
    }

    func begin(_ watch: UInt64, from revision: UInt64) { stream.send(WatchResponse(upTo: revision)) }
    func send(_ response: SharedWatchResponse, to watches: [UInt64]) { stream.send(response.encoded) }
    func fallBehind() {}
    func finish(_ watch: UInt64, _ status: RPCStatus) { stream.finish(status) }
}

/// What a watch asks for.
struct WatchContent: Hashable {
    var filter: WatchFilter
    var includesData: Bool
    var includesPrevious: Bool

    init(_ request: WatchRequest) throws(StateError) {
        filter = try WatchFilter(request)
        includesData = request.includeData
        includesPrevious = request.includePrevious
    }

    func events(of page: HistoryPage) -> [Event] {
        guard includesPrevious else { return page.events.map { Event($0, includeData: includesData) } }
        return zip(page.events, page.previous).map { Event($0, includeData: includesData, previous: $1) }
    }

    func response(with events: [ZnodeEvent], upTo revision: Revision) -> WatchResponse {
        var response = WatchResponse(upTo: revision.rawValue)
        response.events = events.map { Event($0, includeData: includesData) }
        return response
    }

    /// About how long that response is.
    func byteCount(of events: [ZnodeEvent]) -> Int {
        events.reduce(0) { sum, event in sum + event.path.utf8.count + (includesData ? event.data.count : 0) + 32 }
    }
}

extension WatchResponse {
    /// One without events.
    init(upTo revision: UInt64) {
        self.init()
        self.revision = revision
    }
}
