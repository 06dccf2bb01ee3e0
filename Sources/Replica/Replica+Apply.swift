import Consensus
public import Coordination

extension Replica {
    /// Applies what is committed, publishes the new state, and hands out every answer that is due. Stops, for good, at
    /// what a later release is needed for.
    public mutating func applyCommitted(now: Moment) -> Answers {
        self.now = now
        var hasApplied = false
        while unsupported == nil, let entry = committed.popFirst() {
            // A leader's snapshot may have overtaken entries that were on their way here.
            guard entry.index.rawValue > state.appliedRevision.rawValue else { continue }
            do throws(UnsupportedFormatLevel) { try apply(entry) } catch {
                unsupported = error
                break
            }
            if entry.index.rawValue.isMultiple(of: StateChecks.interval) { checkState() }
            hasApplied = true
        }
        if hasApplied {
            lastApplied = now.monotonic
            let isDiscontinuous = answers.batch?.isDiscontinuous ?? false
            var batch = state.publish()
            // A snapshot may have been installed in this very turn, and what that replaced is in no batch.
            batch.isDiscontinuous = batch.isDiscontinuous || isDiscontinuous
            answers.batch = batch
        }
        releaseReads()
        if isSnapshotNeeded {
            isSnapshotUnderWay = true
            bytesSinceSnapshot = 0
            entriesSinceSnapshot = 0
            answers.isSnapshotDue = true
        }
        answers.unsupported = unsupported
        let result = answers
        answers = Answers()
        return result
    }

    private var isSnapshotNeeded: Bool {
        guard !isSnapshotUnderWay else { return false }
        if bytesSinceSnapshot >= settings.calmSnapshotLogBytes,
            now.monotonic - lastApplied >= settings.calmSnapshotPause
        {
            return true
        }
        guard bytesSinceSnapshot >= settings.snapshotLogBytes || entriesSinceSnapshot >= settings.snapshotLogEntries
        else { return false }
        return UInt64(bytesSinceSnapshot) * UInt64(settings.snapshotShareMin) >= snapshotBytes
            || settings.snapshotShareMin == 0
    }

    /// Whether the snapshot that is under way is to be written faster than in passing: it has to be done by the time
    /// that half of the entries have come which make the next one due.
    ///
    /// - Parameter written: how much of it is, in bytes. How much it will be is not known; about as much as the last
    ///   one, or as the entries that have made it due.
    public func isSnapshotLate(written: UInt64) -> Bool {
        let expected = max(snapshotBytes, UInt64(settings.snapshotLogBytes))
        var due = UInt64(settings.snapshotLogBytes)
        if settings.snapshotShareMin > 0 { due = max(due, snapshotBytes / UInt64(settings.snapshotShareMin)) }
        return Double(written) / Double(expected) < 2 * Double(bytesSinceSnapshot) / Double(due)
    }

    private mutating func apply(_ entry: Entry) throws(UnsupportedFormatLevel) {
        let revision = Revision(entry.index.rawValue)
        if entry.term > lastAppliedTerm {
            lastAppliedTerm = entry.term
            requeueWrites(olderThan: entry.term)
        }
        entriesSinceSnapshot += 1
        bytesSinceSnapshot += entry.payload.count + 32
        guard entry.kind == .command else {
            if entry.kind == .configuration, let configuration = try? Configuration(decoding: entry.payload) {
                appliedConfiguration = configuration
            }
            state.advance(to: revision)
            settleAdministrations(appliedAt: entry.position)
            return
        }
        let levelBefore = level
        let applied = try state.apply(entry.payload, revision: revision)
        noteLevel(before: levelBefore, at: entry.index)
        settleAdministrations(appliedAt: entry.position)
        clock.observe(state.logTime.nanoseconds)
        guard let applied, let origin = applied.origin, origin.member == id.rawValue,
            origin.incarnation == incarnation.rawValue
        else { return }
        finish(RequestToken(origin.token), .applied(applied.outcome))
    }

    /// The position that a snapshot taken now contains, and the members as of it.
    public var appliedPosition: LogPosition {
        LogPosition(index: LogIndex(state.appliedRevision.rawValue), term: lastAppliedTerm)
    }

    /// Puts a leader's snapshot, which is durable, in the place of the state. Consensus is told by
    /// ``Input/snapshotInstalled(_:)``.
    public mutating func replaceState(by restored: consuming RestoredState, of metadata: SnapshotMetadata, now: Moment)
    {
        self.now = now
        let levelBefore = level
        state.replace(by: restored)
        noteLevel(before: levelBefore, at: metadata.position.index)
        precondition(state.appliedRevision.rawValue == metadata.position.index.rawValue, "another state was installed")
        appliedConfiguration = metadata.configuration
        lastAppliedTerm = max(lastAppliedTerm, metadata.position.term)
        settleAdministrations(appliedAt: metadata.position)
        settleWritesAfterSnapshot(through: metadata.position.term)
        snapshotBytes = metadata.byteCount
        bytesSinceSnapshot = 0
        entriesSinceSnapshot = 0
        clock.observe(state.logTime.nanoseconds)
        answers.batch = state.publish()
    }
}
