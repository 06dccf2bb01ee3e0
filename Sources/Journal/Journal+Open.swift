public import ByteString
public import Consensus

/// What a data directory was found to hold, before anything in it is changed.
public struct JournalContents: Sendable {
    /// What the newest snapshot contains; zero if there is none.
    public var snapshot: LogPosition
    /// The first ``beginningBytes`` of its content.
    public var snapshotBeginning: Bytes
    /// Consecutive; some may be contained in the snapshot.
    public var entries: [Entry]

    public static let beginningBytes = 64
}

// Opening a data directory: everything is read and judged before anything is changed.
extension Journal {
    /// Opens a member's journal. When this returns, all that it recovered is durable, and proven to be so to the next
    /// recovery.
    ///
    /// - Parameters:
    ///   - member: who the directory must belong to; nil: whoever it belongs to.
    ///   - ensemble: likewise.
    ///   - judge: refuses, by throwing, what this release cannot use.
    /// - Throws: ``JournalError``. If anything durable is damaged, and no snapshot or log makes up for it, nothing on
    ///   disk has been changed; nor has it if `judge` refuses. (But snapshots that are not trusted have gone; see
    ///   ``distrustSnapshots()``.)
    public static func open(
        _ disk: any Disk, member: MemberID? = nil, ensemble: EnsembleID? = nil, options: JournalOptions = .init(),
        judge: (JournalContents) throws(JournalError) -> Void = { _ in }
    ) throws(JournalError) -> (journal: Journal, recovered: Recovered) {
        options.validate()
        let identity = try check(disk, member, ensemble)
        try removeDistrusted(disk)
        let files = try names(disk)
        let readable = try Snapshots.read(disk, files, storage: identity.storage)
        var scanned: ScannedLog
        do throws(JournalError) {
            scanned = try LogScan.run(
                disk, files: files, identity: identity, floor: readable.newest?.metadata.position.index ?? .zero,
                recoveredBytesMax: options.recoveredBeforeSnapshotBytesMax)
        } catch { throw readable.damage.first?.error ?? error }
        let needsReset = try join(&scanned.log, readable, scanned.segments)
        if identity.state == .member, identity.founding != nil, scanned.log.last == .zero {
            let file = scanned.end.segment.file
            throw .damaged(file: file, offset: 0, reason: "the log is empty, and the ensemble has been founded")
        }
        let beginning = try readable.newest?.read(disk, offset: 0, byteCountMax: JournalContents.beginningBytes)
        try judge(
            JournalContents(
                snapshot: readable.newest?.metadata.position ?? .zero, snapshotBeginning: beginning ?? Bytes(),
                entries: scanned.log.entries))
        let cut = scanned.isCut ? "\(scanned.end.segment.file), offset \(scanned.end.offset)" : nil
        var journal = Journal(disk, options, identity, scanned, readable.kept)
        try journal.findReserve(files)
        try journal.settle(scanned, needsReset ? readable.newest?.metadata.position : nil)
        let entries = scanned.log.entries + journal.foundingEntry(scanned.log)
        try journal.removeLeftovers(scanned.leftovers + readable.leftovers(files))
        journal.removeObsolete()
        let recovered = Recovered(
            hardState: journal.hardState, snapshot: journal.newestSnapshot, previous: scanned.log.base,
            entries: entries, cut: cut, overlooked: scanned.overlooked + readable.damage.map(\.error))
        return (journal, recovered)
    }

    static func check(
        _ disk: any Disk, _ member: MemberID?, _ ensemble: EnsembleID?
    ) throws(JournalError) -> Identity {
        guard let identity = try identity(of: disk) else { throw .notFormatted }
        if let member, identity.member != member {
            throw .mismatch(what: "member id", expected: "\(member)", found: "\(identity.member)")
        }
        guard let found = identity.ensemble else { throw .awaitingEnsemble }
        if let ensemble, ensemble != found {
            throw .mismatch(what: "ensemble id", expected: "\(ensemble)", found: "\(found)")
        }
        return identity
    }

    /// Puts log and snapshot together, and tells whether the log must go on after the snapshot instead of where it
    /// ends: it then lacks what the snapshot contains (a crash after installing the snapshot, or a snapshot of
    /// entries that others had made durable first), or disagrees with it (Raft, section 7).
    private static func join(
        _ log: inout ReplayedLog, _ readable: Snapshots, _ segments: [Segment]
    ) throws(JournalError) -> Bool {
        // A snapshot that cannot be read is made up for by the one before it and the log from there to its end.
        if let damage = readable.damage.first(where: { !log.holds($0.position) }) { throw damage.error }
        let floor = readable.newest?.metadata.position ?? .zero
        guard log.base.index <= floor.index else {
            throw readable.damage.first?.error
                ?? .damaged(
                    file: segments.last?.id.file ?? "", offset: 0,
                    reason: "the log begins after a snapshot of \(log.base), which is missing")
        }
        guard readable.newest != nil, !log.holds(floor) else { return false }
        log.reset(to: floor)
        return true
    }

    private init(
        _ disk: any Disk, _ options: JournalOptions, _ identity: Identity, _ scanned: ScannedLog,
        _ snapshots: [SnapshotFile]
    ) {
        self.disk = disk
        self.options = options
        self.identity = identity
        self.snapshots = snapshots
        terms = TermRuns(base: scanned.log.base)
        for entry in scanned.log.entries { terms.append(entry.position) }
        hardState = scanned.log.hardState
        segments = scanned.segments
        end = scanned.end
        flushed = FlushedState(hardState: hardState, last: scanned.last, checksum: scanned.checksum)
        resetIndex = scanned.log.resetIndex
        preparation = .none
        if let prepared = scanned.prepared, prepared.byteCount >= options.reserveLength {
            preparation = .ready(byteCount: prepared.byteCount)
        }
    }

    /// Makes durable what was recovered, and writes a batch that proves it.
    private mutating func settle(_ scanned: ScannedLog, _ resetTo: LogPosition?) throws(JournalError) {
        let file = scanned.end.segment.file
        do throws(DiskError) {
            // The last flush may be in the page cache alone: after a process crash, or a sync that failed and left its
            // pages clean. A sync now would do nothing for them, so they are written once more.
            let bytes = try disk.bytes(
                of: file, offset: scanned.lastFlushOffset, count: scanned.end.offset - scanned.lastFlushOffset)
            try disk.perform([
                .write(file, offset: scanned.lastFlushOffset, bytes: bytes), .sync(file), .syncDirectory,
            ])
        } catch { throw .disk(error) }
        let founding = foundingEntry(scanned.log)
        // A snapshot can have become durable before the write that took this member to its term; the founding entry is
        // of term 1. No vote was given in a term that was never durable here, so there is none to forget.
        let term = max(terms.last.term, founding.last?.term ?? .zero)
        if hardState.term < term { hardState = HardState(term: term, vote: nil) }
        openBatch()
        if let resetTo {
            resetIndex = resetTo.index
            pending[0].reset(to: resetTo)
        }
        for entry in founding {
            terms.append(entry.position)
            pending[0].append(entry)
        }
        closeBatchState()
        while !pending.isEmpty || flight != nil { try performNow() }
        // This batch repeats nothing that is not durable already, except where it holds a record.
        if identity.state == .founding {
            identity.state = .member
            try identity.write(to: disk)
        }
    }

    /// Carries out what the log needs next, without a driver.
    private mutating func performNow() throws(JournalError) {
        startFlush()
        let jobs = jobs
        self.jobs = []
        for job in jobs {
            let result = Result { () throws(DiskError) in try disk.perform(job.operations) }
            if case .failure(let error) = result, underWay[job.ticket] != .prepare || error.reason != .noSpace {
                throw fail(.disk(error))
            }
            _ = try completed(job.ticket, result)
        }
        // Neither space for a segment nor a reserve.
        if jobs.isEmpty, flight == nil, case .failed(let error) = preparation { throw fail(.disk(error)) }
    }

    /// The first entry of a founding member's log, as long as the log lacks it. It comes after what the directory was
    /// restored with, which knows no members.
    private func foundingEntry(_ log: ReplayedLog) -> [Entry] {
        guard let founding = identity.founding, snapshots.last?.metadata.configuration.members.isEmpty ?? true,
            log.last == snapshots.last?.metadata.position ?? .zero
        else { return [] }
        return [
            Entry(index: log.last.index.next, term: Term(1), kind: .configuration, payload: founding.encoded())
        ]
    }

    private mutating func removeLeftovers(_ files: [String]) throws(JournalError) {
        guard !files.isEmpty else { return }
        do { try disk.perform(files.map { .remove($0) } + [.syncDirectory]) } catch { throw fail(.disk(error)) }
    }
}

/// The snapshots of a data directory.
struct Snapshots {
    /// Ascending; the newest that can be read and those before it.
    var kept: [SnapshotFile] = []
    /// Newer ones that cannot be read, newest first.
    var damage: [(position: LogPosition, error: JournalError)] = []

    var newest: SnapshotFile? { kept.last }

    /// Verifies the newest; if it has rotted, the one before it, and so on.
    static func read(
        _ disk: any Disk, _ files: [String], storage: StorageID
    ) throws(JournalError) -> Snapshots {
        let positions = files.compactMap { name in
            if case .snapshot(let position) = JournalFile(name: name) { position } else { nil }
        }.sorted { ($0.index, $0.term) > ($1.index, $1.term) }
        var found = Snapshots()
        for position in positions {
            do throws(JournalError) {
                let snapshot = try SnapshotFile.open(disk, at: position, storage: storage)
                // The older ones are verified when they are needed.
                if found.kept.isEmpty { try snapshot.verify(disk) }
                found.kept.insert(snapshot, at: 0)
            } catch {
                guard case .damaged = error else { throw error }
                if found.kept.isEmpty { found.damage.append((position, error)) }
            }
        }
        return found
    }

    /// Files that nothing refers to.
    func leftovers(_ files: [String]) -> [String] {
        let names = Set(kept.map(\.file))
        return files.filter { name in
            switch JournalFile(name: name) {
            case .snapshot: !names.contains(name)
            case .unfinished: true
            case .identity, .log, .reserve, .distrust, nil: false
            }
        }.sorted()
    }
}
