import NIOConcurrencyHelpers
import NIOCore
public import Protobuf

/// Messages as they arrive, for one reader. The sender is held back by flow control while nobody reads.
///
/// On the client it ends, or throws the ``RPCFailure``, with the call; the call is cancelled when the stream and all
/// other handles of the call are dropped. On the server it ends with the client's last message, and throws the
/// ``RPCStatus`` of a call that was cancelled.
public struct MessageStream<Element: Message>: AsyncSequence, Sendable {
    let inbox: MessageInbox<Element>
    /// Kept alive for as long as somebody may read.
    let lifetime: CallLifetime?

    public struct Iterator: AsyncIteratorProtocol {
        let inbox: MessageInbox<Element>
        let lifetime: CallLifetime?

        public mutating func next() async throws -> Element? {
            try await inbox.next()
        }
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(inbox: inbox, lifetime: lifetime)
    }
}

/// Ends a call when the last handle of it is dropped.
final class CallLifetime: Sendable {
    private let end: @Sendable () -> Void

    init(_ end: @escaping @Sendable () -> Void) {
        self.end = end
    }

    deinit {
        end()
    }
}

/// The queue between a call's event loop, which puts messages in, and one task, which takes them out.
///
/// It holds few messages: when it is full the call is paused, and what the other side has sent stays encoded in the
/// session, bounded by the stream's window.
final class MessageInbox<Element: Sendable>: Sendable {
    private struct State {
        var queue = CircularBuffer<(element: Element, bytes: Int)>()
        var bytes = 0
        var end: Result<Void, any Error>?
        var waiter: CheckedContinuation<Element?, any Error>?
        var isPaused = false
        var hasLostReader = false
    }

    private let state = NIOLockedValueBox(State())
    private let resume: @Sendable () -> Void

    static var messagesMax: Int { 16 }
    static var bytesMax: Int { 1 << 20 }

    /// - Parameter resume: Lets the call go on after ``push(_:bytes:)`` has returned false. Called on any thread.
    init(resume: @escaping @Sendable () -> Void) {
        self.resume = resume
    }

    /// Returns whether there is room for more; if not, the call must be paused.
    func push(_ element: Element, bytes: Int) -> Bool {
        let (waiter, isRoom): (CheckedContinuation<Element?, any Error>?, Bool) = state.withLockedValue { state in
            guard state.end == nil else { return (nil, true) }
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter, true)
            }
            state.queue.append((element, bytes))
            state.bytes += bytes
            state.isPaused = state.queue.count >= Self.messagesMax || state.bytes >= Self.bytesMax
            return (nil, !state.isPaused)
        }
        waiter?.resume(returning: element)
        return isRoom
    }

    /// No more messages; those in the queue are still read, except after an error.
    func finish(_ result: Result<Void, any Error>) {
        let waiter: CheckedContinuation<Element?, any Error>? = state.withLockedValue { state in
            guard state.end == nil else { return nil }
            state.end = result
            let waiter = state.waiter
            state.waiter = nil
            return waiter
        }
        switch result {
        case .success: waiter?.resume(returning: nil)
        case .failure(let error): waiter?.resume(throwing: error)
        }
    }

    func next() async throws -> Element? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in take(continuation) }
        } onCancel: {
            let waiter = state.withLockedValue { state in
                let waiter = state.waiter
                state.waiter = nil
                state.hasLostReader = true
                return waiter
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private enum Taken {
        case element(Element, resumes: Bool)
        case end(Result<Void, any Error>)
        case cancelled
        case wait
    }

    private func take(_ continuation: CheckedContinuation<Element?, any Error>) {
        let taken: Taken = state.withLockedValue { state in
            if let (element, bytes) = state.queue.popFirst() {
                state.bytes -= bytes
                let resumes = state.isPaused && state.queue.count <= Self.messagesMax / 4
                if resumes { state.isPaused = false }
                return .element(element, resumes: resumes)
            }
            if let end = state.end { return .end(end) }
            if state.hasLostReader { return .cancelled }
            precondition(state.waiter == nil, "two tasks read the messages of one call")
            state.waiter = continuation
            return .wait
        }
        switch taken {
        case .element(let element, let resumes):
            if resumes { resume() }
            continuation.resume(returning: element)
        case .end(.success):
            continuation.resume(returning: nil)
        case .end(.failure(let error)):
            continuation.resume(throwing: error)
        case .cancelled:
            continuation.resume(throwing: CancellationError())
        case .wait:
            break
        }
    }
}
