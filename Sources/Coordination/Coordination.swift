/// The replicated state of a member and its only writer.
///
/// Lives on one thread, the one that applies committed entries. Everything it does is determined by the entries: the
/// same ones give the same state, digest and answers on every member. Other threads read through ``source``: what
/// ``publish()`` published last.
///
/// Between two publications a batch of entries is applied; readers see whole batches only.
public final class Coordination {
    private var state: ReplicatedState
    /// Where readers on any thread come from.
    public let source: StateSource

    /// What a publication made visible.
    public struct Batch: Sendable {
        /// Everything up to here is visible now.
        public var revision: Revision
        /// The changes of the batch, in order.
        public var events: [ZnodeEvent]
    }

    /// A new ensemble's state: the root alone, at revision 0.
    public convenience init() { self.init(retention: .formatLevel1) }

    init(retention: Retention) {
        state = ReplicatedState(retention: retention)
        state.publish()
        source = StateSource(core: state.map.core)
    }

    // MARK: Applying

    /// Carries out a command of the entry at `revision`.
    ///
    /// Total: every command has an outcome, and it depends on nothing but the state, the command and the context.
    ///
    /// - Precondition: `revision` comes after ``appliedRevision``.
    public func apply(_ command: Command, _ context: CommandContext, at revision: Revision) -> Applied {
        let (outcome, isRepeated) = state.apply(command, context, at: revision)
        return Applied(revision: revision, origin: context.origin, outcome: outcome, isRepeated: isRepeated)
    }

    /// Passes an entry that changes nothing here: one that begins a term, or a change of the members.
    ///
    /// - Precondition: `revision` comes after ``appliedRevision``.
    public func advance(to revision: Revision) { state.advance(to: revision) }

    /// Lets readers see everything applied so far, by one atomic store.
    public func publish() -> Batch {
        state.publish()
        let events = state.events
        state.events = []
        return Batch(revision: appliedRevision, events: events)
    }

    // MARK: What it is now

    /// The revision of the last entry applied or passed.
    public var appliedRevision: Revision { Revision(state.meta.revision) }

    /// The last log time that an entry carried.
    public var logTime: LogTime { LogTime(nanoseconds: state.meta.logTime) }

    /// The number of znodes, the root included.
    public var znodeCount: UInt64 { state.meta.znodeCount }

    /// A digest of the whole state: equal on all members at the same ``appliedRevision``.
    public var digest: UInt64 {
        state.flush()
        return state.map.digest.folded
    }

    // MARK: Snapshots

    /// Puts the state that a snapshot brought in the place of this one and publishes it. Readers that are at work
    /// finish with the old one; whoever follows ``Batch/events`` has to go on from the history.
    ///
    /// On an error this state is as it was.
    public func install(_ snapshot: consuming SnapshotRestore) throws(SnapshotError) {
        state.meta = try snapshot.finish(into: &state.map)
        state.events = []
        state.publish()
    }
}
