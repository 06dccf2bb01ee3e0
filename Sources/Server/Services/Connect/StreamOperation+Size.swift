import Messages

extension StreamOperation {
    /// About how many bytes of an entry, or of memory, it takes: never much less than it is encoded.
    var approximateBytes: Int {
        switch what {
        case .create(let request): 64 + request.path.utf8.count + request.data.count
        case .set(let request): 64 + request.path.utf8.count + request.data.count
        case .delete(let request): 64 + request.path.utf8.count
        case .transact(let request): 64 + request.approximateBytes
        case .get(let request): 64 + request.path.utf8.count
        case .list(let request): 64 + request.path.utf8.count + request.startAfter.utf8.count
        case .watch(let request): 64 + request.path.utf8.count + request.namePrefix.utf8.count
        case .unwatch, nil: 64
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
}

extension TransactRequest {
    fileprivate var approximateBytes: Int {
        let compared = comparisons.reduce(0) { sum, comparison in
            var count = 32 + comparison.path.utf8.count
            if case .data(let data) = comparison.what { count += data.count }
            return sum + count
        }
        return (then + otherwise).reduce(compared) { $0 + $1.approximateBytes }
    }
}

extension Messages.Operation {
    fileprivate var approximateBytes: Int {
        switch what {
        case .create(let request): 64 + request.path.utf8.count + request.data.count
        case .set(let request): 64 + request.path.utf8.count + request.data.count
        case .delete(let request): 64 + request.path.utf8.count
        case .get(let path): 64 + path.utf8.count
        case nil: 64
        }
    }
}
