import ByteString

/// Several operations at one revision, or none of them.
extension ReplicatedState {
    /// What is kept beside the map: put back when a transaction comes to nothing. (Timers that it has set find nothing
    /// to end.)
    private struct Mark {
        var meta: MetaRecord
        var eventCount: Int
        var changes: (revision: Revision, count: UInt32)
        var watchedZnodes: UInt64
    }

    mutating func transact(
        _ transaction: Transaction, _ context: CommandContext, _ revision: Revision, isKept: Bool
    ) throws(StateError) -> Transaction.Outcome {
        let failed = transaction.comparisons.firstIndex { !holds($0) }
        let operations = failed == nil ? transaction.then : transaction.otherwise
        var outcome = Transaction.Outcome(failedComparison: failed, results: [])
        outcome.results.reserveCapacity(operations.count)
        let mark = Mark(
            meta: meta, eventCount: events.count, changes: changes, watchedZnodes: timers.watchedZnodes)
        var room = isKept ? Limits.keptReadBytesMax : Limits.readBytesMax
        map.beginRecording()
        for (index, operation) in operations.enumerated() {
            do throws(StateError) {
                outcome.results.append(try carryOut(operation, context, revision, &room))
            } catch {
                takeBack(to: mark)
                throw error.of(operation: index, branch: failed == nil ? "then" : "otherwise")
            }
        }
        if isKept, let error = tooLargeToKeep(outcome) {
            takeBack(to: mark)
            throw error
        }
        map.endRecording()
        return outcome
    }

    private mutating func takeBack(to mark: Mark) {
        map.undoRecorded()
        meta = mark.meta
        events.removeLast(events.count - mark.eventCount)
        changes = mark.changes
        timers.watchedZnodes = mark.watchedZnodes
    }

    /// What is kept for a request id is kept a thousand times for each client, and must not be much.
    private mutating func tooLargeToKeep(_ outcome: Transaction.Outcome) -> StateError? {
        scratch.outcome.removeAll()
        outcome.encode(to: &scratch.outcome)
        let count = scratch.outcome.count
        guard count > Limits.keptOutcomeBytesMax else { return nil }
        return .limit(
            "kept_outcome_bytes_max", UInt64(Limits.keptOutcomeBytesMax),
            "what the transaction came to has \(count) bytes, which are to be kept for its request id")
    }

    private mutating func carryOut(
        _ operation: Transaction.Operation, _ context: CommandContext, _ revision: Revision, _ room: inout Int
    ) throws(StateError) -> Transaction.Outcome.Result {
        switch operation {
        case .change(let change):
            return .written(try carryOut(change, context, revision))
        case .get(let path):
            guard let entry = entry(path) else { return .read(nil) }
            room -= entry.bodyCount
            guard room >= 0 else {
                throw StateError(
                    .resourceExhausted, .limitReached,
                    "the transaction reads too much: at most \(Limits.readBytesMax) bytes, and "
                        + "\(Limits.keptReadBytesMax) if it has a request id",
                    [.init("limit", "transaction_read_bytes_max")])
            }
            return .read(Znode(stat: ZnodeStat(entry), data: entry.bodyBytes))
        }
    }

    private func entry(_ path: String) -> Entry? {
        path.withUTF8Bytes { path in KeySpace.withZnode(path) { map.get($0) } }
    }

    // MARK: Comparing

    private func holds(_ comparison: Transaction.Comparison) -> Bool {
        let entry = entry(comparison.path)
        if case .exists(let expected) = comparison.value {
            let isThere = entry != nil
            return comparison.relation == .notEqual ? isThere != expected : isThere == expected
        }
        guard let entry else { return false }
        let stat = ZnodeStat(entry)
        switch comparison.value {
        case .exists:
            return false
        case .version(let version):
            return relates(stat.version, version, comparison.relation)
        case .createdRevision(let revision):
            return relates(stat.createdRevision.rawValue, revision, comparison.relation)
        case .modifiedRevision(let revision):
            return relates(stat.modifiedRevision.rawValue, revision, comparison.relation)
        case .childCount(let count):
            return relates(stat.childCount, count, comparison.relation)
        case .session(let session):
            var owner: UInt64 = 0
            if case .ephemeral(let session) = stat.lifetime { owner = session.rawValue }
            return relates(owner, session, comparison.relation)
        case .data(let data):
            return data.withUnsafeBytes { relates(order(entry.body, $0), 0, comparison.relation) }
        }
    }

    private func relates<Value: Comparable>(
        _ left: Value, _ right: Value, _ relation: Transaction.Comparison.Relation
    ) -> Bool {
        switch relation {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .greater: left > right
        }
    }

    /// Below, at or above 0, as the left bytes sort before, like or after the right ones.
    private func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        guard let leftBase = left.baseAddress, left.count > 0 else { return right.count == 0 ? 0 : -1 }
        guard let rightBase = right.baseAddress, right.count > 0 else { return 1 }
        return Int(RawBytes.compare(leftBase, left.count, rightBase, right.count))
    }
}

extension StateError {
    /// The error of a transaction, of which an operation failed.
    fileprivate func of(operation index: Int, branch: String) -> StateError {
        var error = self
        error.message = "operation \(index) of `\(branch)`: \(message)"
        error.metadata += [.init("operation", "\(index)"), .init("branch", branch)]
        return error
    }
}
