import Coordination
import Messages

extension StreamOperation {
    var isWrite: Bool {
        switch what {
        case .create, .set, .delete, .transact: true
        case .get, .list, .watch, .unwatch, nil: false
        }
    }

    /// Whether it may delete as much as one request may.
    var isRecursive: Bool {
        switch what {
        case .delete(let request): request.recursive
        case .transact(let request):
            (request.then + request.otherwise).contains { operation in
                if case .delete(let request) = operation.what { request.recursive } else { false }
            }
        default: false
        }
    }

    /// An ephemeral znode without a session lives as long as this one.
    mutating func fillIn(_ session: SessionID) {
        guard case .create(var request) = what, request.kind == .ephemeral, request.sessionID == 0 else { return }
        request.sessionID = session.rawValue
        what = .create(request)
    }
}
