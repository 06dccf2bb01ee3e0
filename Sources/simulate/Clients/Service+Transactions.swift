import ByteString
import Coordination
import Messages

// Transactions of clients as messages, and what comes of them.

extension TransactRequest {
    /// - Parameter data: what every step writes that writes.
    init(_ several: MultiCall, data: Bytes, requestID: RequestId?) {
        self.init(
            comparisons: several.comparisons.map { comparison in
                let what: Comparison.What = comparison.version.map { .version($0) } ?? .exists(false)
                return Comparison(path: comparison.path, what: what)
            },
            then: several.then.map { Messages.Operation($0, data: data) },
            otherwise: several.otherwise.map { Messages.Operation($0, data: data) }, requestID: requestID)
    }
}

extension Messages.Operation {
    fileprivate init(_ step: MultiCall.Step, data: Bytes) {
        switch step.call {
        case .create: self.init(what: .create(CreateRequest(path: step.path, data: data)))
        case .set(_, let expected):
            self.init(what: .set(SetRequest(path: step.path, data: data, expectedVersion: expected)))
        case .delete(let expected):
            self.init(what: .delete(DeleteRequest(path: step.path, expectedVersion: expected)))
        case .read: self.init(what: .get(step.path))
        case .several: preconditionFailure("there is no transaction in a transaction")
        }
    }
}

extension MultiCall.Outcome {
    init(_ outcome: Transaction.Outcome) {
        self.init(
            failedComparison: outcome.failedComparison,
            answers: outcome.results.map { result in
                switch result {
                case .written(let write): .done(version: write.kind == .deleted ? nil : write.stat?.version)
                case .read(nil): .missing
                case .read(let znode?):
                    .found(Register.Content(value: Simulation.number(in: znode.data), version: znode.stat.version))
                }
            })
    }
}

extension Register.Answer {
    /// Nil for an error that no legal call of a simulated client gives.
    init?(_ error: StateError) {
        let answer: Register.Answer
        switch error.reason {
        case .znodeExists: answer = .exists
        case .znodeNotFound: answer = .missing
        case .versionMismatch: answer = .wrongVersion
        default: return nil
        }
        let step = error.metadata.first { $0.name == "operation" }.flatMap { Int($0.value) }
        self = step.map { .stepFailed($0, answer) } ?? answer
    }
}
