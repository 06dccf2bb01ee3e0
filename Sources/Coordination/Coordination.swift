/// The replicated state of a member and its only writer.
///
/// Lives on one thread, the one that applies committed entries. Everything it does is determined by the entries: the
/// same ones give the same state, digest and answers on every member. Other threads read through ``readers``: what
/// ``publish()`` published last. Between two publications a batch of entries is applied; readers see whole batches
/// only.
public struct Coordination: ~Copyable {
    private var state: ReplicatedState
    private var isDiscontinuous = false
    /// The highest format level that entries may raise this state to: what this release supports, unless a test plays
    /// another one.
    public let supported: FormatLevel

    /// A new ensemble's state: the root alone, at revision 0 and format level 1.
    public init(supported: FormatLevel = .newest) { self.init(retention: .formatLevel1, supported: supported) }

    init(retention: Retention, supported: FormatLevel = .newest) {
        precondition(supported >= .first, "every release supports level 1")
        self.supported = supported
        state = ReplicatedState(retention: retention)
        state.publish()
    }

    // MARK: Applying

    /// Carries out a command of the entry at `revision`.
    ///
    /// Total: every command has an outcome, and it depends on nothing but the state, the command and the context.
    ///
    /// - Precondition: `revision` comes after ``appliedRevision``.
    public mutating func apply(_ command: Command, _ context: CommandContext, revision: Revision) -> Applied {
        let (outcome, isRepeated) = state.apply(command, context, at: revision)
        return Applied(revision: revision, origin: context.origin, outcome: outcome, isRepeated: isRepeated)
    }

    /// Passes an entry whose command cannot be carried out, whatever the state is.
    mutating func refuse(_ error: StateError, _ context: CommandContext?, _ revision: Revision) -> Applied {
        state.advance(to: revision)
        if let context { state.advance(logTime: context.logTime) }
        return Applied(revision: revision, origin: context?.origin, outcome: .failure(error), isRepeated: false)
    }

    /// Carries out an entry that raises the format level. One to a level that is in effect already changes nothing: a
    /// leader may have proposed it without knowing of another's.
    ///
    /// - Throws: ``UnsupportedFormatLevel``; the state is as it was before the entry.
    mutating func raise(
        to level: FormatLevel, _ context: CommandContext, _ revision: Revision
    ) throws(UnsupportedFormatLevel) {
        guard level <= supported else {
            throw UnsupportedFormatLevel(needed: level, supported: supported, raisedBy: revision)
        }
        state.advance(to: revision)
        state.advance(logTime: context.logTime)
        state.meta.level = max(state.meta.level, level)
    }

    /// Passes an entry that changes nothing here: one that begins a term, or a change of the members.
    ///
    /// - Precondition: `revision` comes after ``appliedRevision``.
    public mutating func advance(to revision: Revision) { state.advance(to: revision) }

    /// Lets readers see everything applied so far, by one atomic store.
    public mutating func publish() -> Batch {
        state.publish()
        let batch = Batch(
            revision: appliedRevision, events: state.events, endings: state.endings, attachments: state.attachments,
            isDiscontinuous: isDiscontinuous)
        state.events = []
        state.endings = []
        state.attachments = []
        isDiscontinuous = false
        return batch
    }

    // MARK: What it is now

    /// The revision of the last entry applied or passed.
    public var appliedRevision: Revision { Revision(state.meta.revision) }

    /// The last log time that an entry carried.
    public var logTime: LogTime { LogTime(nanoseconds: state.meta.logTime) }

    /// The format level in effect: entries may have any level up to it.
    public var level: FormatLevel { state.meta.level }

    /// The number of znodes, the root included.
    public var znodeCount: UInt64 { state.meta.znodeCount }

    /// A digest of the whole state: equal on all members at the same ``appliedRevision``.
    public var digest: UInt64 { state.digest.folded }

    // MARK: Expiry

    /// What has to end now: for a leader, to propose it. What comes to nothing is told again a little later.
    ///
    /// - Parameters:
    ///   - now: the log time as the leader's clock has it.
    ///   - countMax: no more at once.
    public mutating func takeOverdue(at now: LogTime, countMax: Int) -> [Expiry] {
        state.takeOverdue(at: now, countMax: countMax)
    }

    /// How many timers there are, for tests.
    var timerCount: Int { state.timers.count }

    // MARK: Readers and snapshots

    /// Where readers on any thread come from.
    public var readers: StateReaders { StateReaders(core: state.map.core) }

    /// A reader for one event loop or thread.
    public func makeReader() -> StateReader { readers.makeReader() }

    /// The state as it was last published, as a stream of bytes. Writes go on meanwhile.
    public func snapshot() -> SnapshotStream { readers.hold().snapshot() }

    /// Puts a restored state in the place of this one. Readers see it from the next ``publish()`` on; whoever follows
    /// ``Batch/events`` has to go on from the history then, as ``Batch/isDiscontinuous`` says.
    ///
    /// - Precondition: its format level is one that this state may have; whoever restores it says so to the restorer.
    public mutating func replace(by restored: consuming RestoredState) {
        precondition(restored.level <= supported, "a state of level \(restored.level), supported is \(supported)")
        state.meta = restored.install(into: &state.map)
        state.events = []
        state.endings = []
        state.attachments = []
        state.idleCheckDue = 0
        state.resetTimers()
        isDiscontinuous = true
    }
}

/// What a publication made visible.
public struct Batch: Sendable {
    /// Everything up to here is visible now.
    public var revision: Revision
    /// The changes of the batch, in order.
    public var events: [ZnodeEvent]
    /// The sessions that ended in the batch, in order.
    public var endings: [SessionEnding]
    /// The streams that have gone on with a session in the batch, in order.
    public var attachments: [StreamAttachment]
    /// Whether a snapshot has replaced the state since the publication before: the changes in between are not in
    /// `events`, but in the history as far as it is kept; who ended is in the state.
    public var isDiscontinuous: Bool
}
