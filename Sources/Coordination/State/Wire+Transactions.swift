import ByteString
public import Messages

// Transactions as messages.

extension Command {
    /// Throws `INVALID_FIELD` if something required is missing or does not fit.
    public init(_ request: TransactRequest) throws(StateError) {
        var transaction = Transaction(then: [])
        for (index, comparison) in request.comparisons.enumerated() {
            transaction.comparisons.append(try Transaction.Comparison(comparison, index))
        }
        for (index, operation) in request.then.enumerated() {
            transaction.then.append(try Transaction.Operation(operation, "then", index))
        }
        for (index, operation) in request.otherwise.enumerated() {
            transaction.otherwise.append(try Transaction.Operation(operation, "otherwise", index))
        }
        self.init(.transaction(transaction), requestID: request.requestID.map(RequestIdentity.init))
    }
}

extension Transaction.Comparison {
    fileprivate init(_ message: Comparison, _ index: Int) throws(StateError) {
        let value: Value
        switch message.what {
        case .exists(let exists): value = .exists(exists)
        case .version(let version): value = .version(version)
        case .createdRevision(let revision): value = .createdRevision(revision)
        case .modifiedRevision(let revision): value = .modifiedRevision(revision)
        case .childCount(let count): value = .childCount(count)
        case .sessionID(let session): value = .session(session)
        case .data(let data): value = .data(data)
        case .token(let token): value = .token(token)
        case nil: throw .invalidField("comparison \(index) compares nothing")
        }
        guard let relation = UInt8(exactly: message.relation.rawValue).flatMap(Relation.init) else {
            throw .invalidField("the relation of comparison \(index) is not known to this release")
        }
        switch value {
        case .exists, .token:
            guard relation == .equal || relation == .notEqual else {
                throw .invalidField("comparison \(index): what is so or not is neither less nor greater than anything")
            }
        default: break
        }
        self.init(path: message.path, value, relation: relation)
    }
}

extension Transaction.Operation {
    fileprivate init(_ message: Operation, _ branch: String, _ index: Int) throws(StateError) {
        do throws(StateError) { try self.init(message) } catch { throw error.of(operation: index, branch: branch) }
    }

    private init(_ message: Operation) throws(StateError) {
        let command: Command
        switch message.what {
        case .create(let request): command = try Command(request)
        case .set(let request): command = Command(request)
        case .delete(let request): command = Command(request)
        case .get(let path):
            self = .get(path: path)
            return
        case nil:
            throw .invalidField("it does nothing")
        }
        guard command.requestID == nil else {
            throw .invalidField("it has a request id; that of the transaction counts")
        }
        guard case .znode(let change) = command.action else { preconditionFailure("a request about no znode") }
        self = .change(change)
    }
}

extension TransactResponse {
    public init(_ result: WriteResult) {
        self.init(revision: result.revision.rawValue)
        guard let outcome = result.transaction else { return }
        succeeded = outcome.failedComparison == nil
        failedComparison = outcome.failedComparison.map { UInt32($0) }
        results = outcome.results.map { OperationResult($0, revision: result.revision) }
    }
}

extension OperationResult {
    fileprivate init(_ result: Transaction.Outcome.Result, revision: Revision) {
        self.init()
        switch result {
        case .written(let write):
            switch write.kind {
            case .set: what = .set(SetResponse(write))
            case .deleted, .deletedTree: what = .delete(DeleteResponse(write))
            default: what = .create(CreateResponse(write))
            }
        case .read(let znode?):
            what = .get(GetResponse(znode, at: revision))
        case .read(nil):
            what = .missing(true)
        }
    }
}
