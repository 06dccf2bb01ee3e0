import ByteString
import NIOConcurrencyHelpers
import NIOCore

/// The queue between tasks that send and a call's event loop. What is queued while the loop is busy leaves in one go.
///
/// A task that queues while the call is not writable waits until it is, so no more is queued than the call's own
/// limit and one message for each writing task.
final class MessageOutbox: Sendable {
    /// What the call does on its event loop.
    struct Sink: Sendable {
        var headers: @Sendable (Metadata) -> Void
        var compression: @Sendable (Compression) -> Void
        /// Returns whether there is room for more.
        var message: @Sendable (Bytes) -> Bool
        var finish: @Sendable (RPCStatus, Metadata) -> Void
    }

    private enum Item: Sendable {
        case headers(Metadata)
        case compression(Compression)
        case message(Bytes)
        case finish(RPCStatus, Metadata)
    }

    private struct State {
        var items: [Item] = []
        var isScheduled = false
        var isWritable = true
        var end: (any Error)?
        var waiters: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var cancelled: Set<UInt64> = []
        var nextID: UInt64 = 0
    }

    private let state = NIOLockedValueBox(State())
    private let eventLoop: any EventLoop
    private let sink: Sink

    init(eventLoop: any EventLoop, sink: Sink) {
        self.eventLoop = eventLoop
        self.sink = sink
    }

    func headers(_ metadata: Metadata) {
        _ = enqueue(.headers(metadata))
    }

    func compression(_ compression: Compression) {
        _ = enqueue(.compression(compression))
    }

    func finish(_ status: RPCStatus, _ trailers: Metadata) {
        _ = enqueue(.finish(status, trailers))
    }

    /// Queues a message and waits until there is room for more. Throws if the call has ended.
    func write(_ message: Bytes) async throws {
        switch enqueue(.message(message)) {
        case .ended(let error): throw error
        case .queued: return
        case .mustWait(let id): try await wait(id)
        }
    }

    private enum Enqueued {
        case queued
        case mustWait(UInt64)
        case ended(any Error)
    }

    private func enqueue(_ item: Item) -> Enqueued {
        let (enqueued, schedules): (Enqueued, Bool) = state.withLockedValue { state in
            if let end = state.end { return (.ended(end), false) }
            state.items.append(item)
            let schedules = !state.isScheduled
            state.isScheduled = true
            guard !state.isWritable || state.items.count >= MessageOutbox.itemsMax else { return (.queued, schedules) }
            state.nextID += 1
            return (.mustWait(state.nextID), schedules)
        }
        if schedules { eventLoop.execute { self.drain() } }
        return enqueued
    }

    /// More than this must not wait for a busy event loop.
    static let itemsMax = 64

    private func wait(_ id: UInt64) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result: Result<Void, any Error>? = state.withLockedValue { state in
                    if let end = state.end { return .failure(end) }
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    // The loop may have made room in the meantime.
                    if state.isWritable, state.items.isEmpty { return .success(()) }
                    state.waiters.append((id, continuation))
                    return nil
                }
                result.map { continuation.resume(with: $0) }
            }
        } onCancel: {
            let waiter = state.withLockedValue { state in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil as CheckedContinuation<Void, any Error>?
                }
                return state.waiters.remove(at: index).continuation
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func drain() {
        let items = state.withLockedValue { state in
            state.isScheduled = false
            let items = state.items
            state.items = []
            return items
        }
        var isWritable: Bool?
        for item in items {
            switch item {
            case .headers(let metadata): sink.headers(metadata)
            case .compression(let compression): sink.compression(compression)
            case .message(let message): isWritable = sink.message(message)
            case .finish(let status, let trailers): sink.finish(status, trailers)
            }
        }
        didDrain(isWritable: isWritable)
    }

    /// The call is writable again. On the event loop.
    func becomeWritable() {
        didDrain(isWritable: true)
    }

    private func didDrain(isWritable: Bool?) {
        let waiters = state.withLockedValue { state in
            if let isWritable { state.isWritable = isWritable }
            guard state.isWritable, state.items.isEmpty else { return state.waiters.prefix(0) }
            defer { state.waiters = [] }
            return state.waiters[...]
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// The call has ended: nothing is sent any more.
    func close(_ error: any Error) {
        let waiters = state.withLockedValue { state in
            guard state.end == nil else { return state.waiters.prefix(0) }
            state.end = error
            state.items = []
            defer { state.waiters = [] }
            return state.waiters[...]
        }
        for waiter in waiters { waiter.continuation.resume(throwing: error) }
    }
}
