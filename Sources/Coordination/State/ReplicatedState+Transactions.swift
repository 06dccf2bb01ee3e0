import ByteString

/// Several operations at one revision, or none of them.
extension ReplicatedState {
    /// What is kept beside the map: put back when a change comes to nothing. (Timers that it has set find nothing
    /// to end.)
    private struct Mark {
        var meta: MetaRecord
        var eventCount: Int
        var changes: (revision: Revision, count: UInt32)
        var watchedZnodes: UInt64
    }

    /// Carries out all that `body` does, or nothing of it if it throws.
    mutating func atomically<Result>(
        _ body: (inout ReplicatedState) throws(StateError) -> Result
    ) throws(StateError) -> Result {
        let mark = Mark(
            meta: meta, eventCount: events.count, changes: changes, watchedZnodes: timers.watchedZnodes)
        map.beginRecording()
        do throws(StateError) {
            let result = try body(&self)
            map.endRecording()
            return result
        } catch {
            map.undoRecorded()
            meta = mark.meta
            events.removeLast(events.count - mark.eventCount)
            changes = mark.changes
            timers.watchedZnodes = mark.watchedZnodes
            throw error
        }
    }

    mutating func transact(
        _ transaction: Transaction, _ context: CommandContext, _ revision: Revision, isKept: Bool
    ) throws(StateError) -> Transaction.Outcome {
        let failed = transaction.comparisons.firstIndex { !holds($0) }
        let operations = failed == nil ? transaction.then : transaction.otherwise
        let branch = failed == nil ? "then" : "otherwise"
        var room = isKept ? Limits.keptResultBytesMax : Limits.resultBytesMax
        return try atomically { state throws(StateError) in
            var outcome = Transaction.Outcome(failedComparison: failed, results: [])
            outcome.results.reserveCapacity(operations.count)
            for (index, operation) in operations.enumerated() {
                do throws(StateError) {
                    outcome.results.append(try state.carryOut(operation, context, revision, &room))
                } catch {
                    throw error.of(operation: index, branch: branch)
                }
            }
            return outcome
        }
    }

    private mutating func carryOut(
        _ operation: Transaction.Operation, _ context: CommandContext, _ revision: Revision, _ room: inout Int
    ) throws(StateError) -> Transaction.Outcome.Result {
        switch operation {
        case .change(let change):
            let write = try carryOut(change, context, revision)
            if write.kind == .createdSequential { try spend(write.path.utf8.count, of: &room) }
            return .written(write)
        case .get(let path):
            guard let entry = entry(path) else { return .read(nil) }
            try spend(entry.bodyCount, of: &room)
            return .read(Znode(stat: ZnodeStat(entry), data: entry.bodyBytes))
        }
    }

    /// What results hold that can be long. What is kept for a request id is kept a thousand times for each client.
    private func spend(_ byteCount: Int, of room: inout Int) throws(StateError) {
        room -= byteCount
        guard room < 0 else { return }
        throw StateError(
            .resourceExhausted, .limitReached,
            "the results are too long: data that is read and paths of sequential znodes may have "
                + "\(Limits.resultBytesMax) bytes, and \(Limits.keptResultBytesMax) with a request id",
            [.init("limit", "transaction_result_bytes_max")])
    }

    func entry(_ path: String) -> Entry? {
        path.withUTF8Bytes { path in KeySpace.withZnode(path) { map.get($0) } }
    }

    // MARK: Comparing

    private func holds(_ comparison: Transaction.Comparison) -> Bool {
        if case .token(let token) = comparison.value {
            return isValid(Fence(path: comparison.path, token: token)) == (comparison.relation != .notEqual)
        }
        let entry = entry(comparison.path)
        if case .exists(let expected) = comparison.value {
            return (entry != nil) == (comparison.relation == .notEqual ? !expected : expected)
        }
        guard let entry else { return false }
        let stat = ZnodeStat(entry)
        switch comparison.value {
        case .exists, .token:
            preconditionFailure("compared above")
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
