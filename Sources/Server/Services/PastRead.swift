import Coordination
import DequeModule
import Messages
import NIOCore

/// A Get of the past: the history is gone through in steps, so that others get their turn.
final class PastRead {
    private let request: GetRequest
    private let shard: Shard
    private let state: PinnedState
    private var past: PastZnode
    private let completion: (Result<GetResponse, StateError>) -> Void

    init(_ request: GetRequest, in shard: Shard, _ completion: @escaping (Result<GetResponse, StateError>) -> Void) {
        self.request = request
        self.shard = shard
        self.completion = completion
        state = shard.reader.hold()
        past = PastZnode(path: request.path, at: Revision(request.atRevision))
    }

    func proceed() {
        let result = Result { () throws(StateError) -> GetResponse? in
            try state.read { view throws(StateError) in
                try past.proceed(in: view)
                guard past.isKnown else { return nil }
                guard let znode = past.znode(in: view) else { throw .znodeNotFound(request.path) }
                return GetResponse(znode, at: Revision(request.atRevision))
            }
        }
        switch result {
        case .success(let response?): completion(.success(response))
        case .failure(let error): completion(.failure(error))
        case .success(nil): shard.loop.assumeIsolated().execute { self.proceed() }
        }
    }
}

/// The reads of the past of one event loop: a few at a time, for each takes its share of every turn.
final class PastReads {
    private let loop: any EventLoop
    private var underWay = 0
    private var waiting = Deque<(@escaping () -> Void) -> Void>()

    private static let underWayMax = 8

    init(loop: any EventLoop) {
        self.loop = loop
    }

    /// Begins a read, now or when its turn comes.
    ///
    /// - Parameter read: calls what it is given when it is done.
    func begin(_ read: @escaping (_ done: @escaping () -> Void) -> Void) {
        waiting.append(read)
        proceed()
    }

    private func proceed() {
        guard underWay < Self.underWayMax, let next = waiting.popFirst() else { return }
        underWay += 1
        next {
            self.underWay -= 1
            // Not in place: one read after the other would come to lie on the stack.
            self.loop.assumeIsolated().execute { self.proceed() }
        }
    }
}
