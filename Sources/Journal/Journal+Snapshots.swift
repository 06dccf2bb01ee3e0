public import ByteString
public import Consensus

/// The snapshot that this member is writing.
struct OwnSnapshot {
    var writer: SnapshotWriter
    /// The job under way; nil while the next chunk is awaited.
    var ticket: DiskTicket?
}

/// The snapshot that a leader is sending.
struct Reception {
    /// The leader's term: another leader's bytes for the same position may differ.
    var term: Term
    var snapshot: SnapshotMetadata
    var writer: SnapshotWriter
    var hasBegun = false
    var underWay: Part?
    /// Parts that wait for the one under way, so that after a failure no later one is carried out.
    var waiting: [Part] = []

    struct Part {
        var ticket: DiskTicket?
        var operations: [DiskOperation]
        var nextOffset: UInt64
        var isLast: Bool
    }
}

// MARK: - The own snapshot

extension Journal {
    /// Begins to write a snapshot of the state as of `position`. Its content is asked for chunk by chunk, each with
    /// ``JournalEvent/snapshotWantsChunk(_:)``.
    ///
    /// - Precondition: none is being written, and it is newer than the newest.
    public mutating func beginSnapshot(at position: LogPosition, configuration: Configuration) {
        guard failure == nil else { return }
        precondition(own == nil, "one snapshot at a time")
        precondition(position.index > newestSnapshot?.position.index ?? .zero, "not newer than the newest snapshot")
        let writer = SnapshotWriter(
            position, configuration, file: .ownSnapshot, storage: identity.storage,
            syncBytes: options.snapshotSyncBytes)
        own = OwnSnapshot(writer: writer, ticket: submit(.background, .ownSnapshot, writer.begin()))
    }

    /// Adds content to the own snapshot; 256 KiB at a time are plenty. Does nothing if it has been given up.
    ///
    /// - Precondition: the chunk was asked for.
    public mutating func appendToSnapshot(_ bytes: Bytes) {
        guard failure == nil, own != nil else { return }
        precondition(own?.ticket == nil, "a chunk that was not asked for")
        let operations = own?.writer.append(bytes) ?? []
        let ticket = submit(.background, .ownSnapshot, operations)
        own?.ticket = ticket
    }

    /// The content is complete. ``JournalEvent/snapshotSaved(_:)`` follows. Does nothing if it has been given up.
    ///
    /// - Precondition: a further chunk was asked for.
    public mutating func finishSnapshot() {
        guard failure == nil, let metadata = own?.writer.metadata else { return }
        precondition(own?.ticket == nil, "the chunk before is still being written")
        let operations = own?.writer.finish() ?? []
        let ticket = submit(.background, .ownSnapshotFinish(metadata), operations)
        own?.ticket = ticket
    }

    /// Gives up the own snapshot, if one is being written.
    public mutating func abandonSnapshot() {
        guard failure == nil, own != nil else { return }
        own = nil
        _ = submit(.background, .removal, [.remove(JournalFile.unfinished(.ownSnapshot).name)])
    }

    mutating func completedOwnChunk(_ ticket: DiskTicket) -> [JournalEvent] {
        guard let position = own?.writer.position, own?.ticket == ticket else { return [] }
        own?.ticket = nil
        return [.snapshotWantsChunk(position)]
    }

    mutating func completedOwnSnapshot(_ ticket: DiskTicket, _ metadata: SnapshotMetadata) -> [JournalEvent] {
        let snapshot = SnapshotFile(written: metadata)
        guard own?.ticket == ticket else {
            // Given up while its last operations were under way: now it is there all the same.
            if let same = snapshots.firstIndex(where: { $0.metadata.position == metadata.position }) {
                snapshots[same] = snapshot
            } else {
                _ = submit(.background, .removal, [.remove(snapshot.file), .syncDirectory])
            }
            return []
        }
        own = nil
        snapshots.append(snapshot)
        removeObsolete()
        return [.snapshotSaved(metadata)]
    }

    mutating func ownSnapshotFailed(
        _ ticket: DiskTicket, _ error: DiskError
    ) throws(JournalError) -> [JournalEvent] {
        guard error.reason == .noSpace else { throw fail(.disk(error)) }
        guard let position = own?.writer.position, own?.ticket == ticket else { return [] }
        abandonSnapshot()
        return [.snapshotAbandoned(position, error)]
    }
}

// MARK: - A leader's snapshot

extension Journal {
    /// Keeps a chunk of a leader's snapshot. With the last one the snapshot becomes this member's newest.
    ///
    /// Chunks are taken in order. Any other is answered at once by where the reception has come to; a chunk that
    /// begins a snapshot, or comes from a leader of another term, begins a new reception. A snapshot no newer than
    /// the newest is ignored, and so is a chunk beyond the announced length.
    public mutating func receive(_ chunk: SnapshotChunk) -> [JournalEvent] {
        let position = chunk.snapshot.position
        guard failure == nil, position.index > newestSnapshot?.position.index ?? .zero else { return [] }
        let isSame = reception?.snapshot == chunk.snapshot && reception?.term == chunk.term
        if !isSame {
            guard chunk.offset == 0, !isReceptionComplete else {
                return [.chunkStored(position: position, nextOffset: 0)]
            }
            beginReception(chunk)
        }
        guard let offset = reception?.writer.contentBytes else { return [] }
        guard chunk.offset == offset, !isReceptionComplete else {
            return [.chunkStored(position: position, nextOffset: offset)]
        }
        guard UInt64(chunk.data.count) <= chunk.snapshot.byteCount - offset else { return [] }
        var part = Reception.Part(operations: [], nextOffset: 0, isLast: chunk.isLast)
        if reception?.hasBegun == false { part.operations += reception?.writer.begin() ?? [] }
        reception?.hasBegun = true
        part.operations += reception?.writer.append(chunk.data) ?? []
        if chunk.isLast { part.operations += reception?.writer.finish() ?? [] }
        part.nextOffset = offset + UInt64(chunk.data.count)
        reception?.waiting.append(part)
        storeNextPart()
        return []
    }

    /// The last part has been taken, though it need not be durable.
    private var isReceptionComplete: Bool {
        reception?.waiting.last?.isLast ?? reception?.underWay?.isLast ?? false
    }

    private mutating func beginReception(_ chunk: SnapshotChunk) {
        let writer = SnapshotWriter(
            chunk.snapshot.position, chunk.snapshot.configuration, file: .receivedSnapshot,
            storage: identity.storage, syncBytes: options.snapshotSyncBytes)
        reception = Reception(term: chunk.term, snapshot: chunk.snapshot, writer: writer)
    }

    private mutating func storeNextPart() {
        guard reception?.underWay == nil, reception?.waiting.isEmpty == false,
            var part = reception?.waiting.removeFirst()
        else { return }
        part.ticket = submit(.background, .reception, part.operations)
        part.operations = []
        reception?.underWay = part
    }

    mutating func completedReception(_ ticket: DiskTicket) -> [JournalEvent] {
        guard let snapshot = reception?.snapshot, let part = reception?.underWay, part.ticket == ticket else {
            return []
        }
        reception?.underWay = nil
        guard part.isLast else {
            storeNextPart()
            return [.chunkStored(position: snapshot.position, nextOffset: part.nextOffset)]
        }
        reception = nil
        return install(snapshot)
    }

    private mutating func install(_ snapshot: SnapshotMetadata) -> [JournalEvent] {
        var events: [JournalEvent] = []
        if let position = own?.writer.position, position.index <= snapshot.position.index {
            abandonSnapshot()
            events.append(.snapshotAbandoned(position, nil))
        }
        if let newest = newestSnapshot, newest.position.index >= snapshot.position.index {
            return overtaken(snapshot)
        }
        snapshots.append(SnapshotFile(written: snapshot))
        if !terms.holds(snapshot.position) {
            // Should a crash come before this is durable, a recovery draws the same conclusion from the snapshot.
            openBatch()
            terms.reset(to: snapshot.position)
            resetIndex = snapshot.position.index
            pending[pending.count - 1].reset(to: snapshot.position)
            closeBatchState()
        }
        removeObsolete()
        return events + [.snapshotInstalled(snapshot)]
    }

    /// The own snapshot, of the same position or a later one, was complete first.
    private mutating func overtaken(_ snapshot: SnapshotMetadata) -> [JournalEvent] {
        let file = SnapshotFile(written: snapshot)
        if let same = snapshots.firstIndex(where: { $0.metadata.position == snapshot.position }) {
            snapshots[same] = file
        } else {
            _ = submit(.background, .removal, [.remove(file.file), .syncDirectory])
        }
        return []
    }

    mutating func receptionFailed(
        _ ticket: DiskTicket, _ error: DiskError
    ) throws(JournalError) -> [JournalEvent] {
        guard error.reason == .noSpace else { throw fail(.disk(error)) }
        guard let position = reception?.snapshot.position, reception?.underWay?.ticket == ticket else { return [] }
        reception = nil
        _ = submit(.background, .removal, [.remove(JournalFile.unfinished(.receivedSnapshot).name)])
        return [.receptionAbandoned(position, error)]
    }
}

// MARK: - Reading

extension Journal {
    /// At most `byteCountMax` bytes of a snapshot's content from `offset` on; fewer only where the content ends.
    /// For restoring the state, and for sending the snapshot to a follower. Checksums are verified.
    ///
    /// - Throws: ``JournalError/snapshotGone(_:)`` if it has been removed,
    ///   ``JournalError/damaged(file:offset:reason:)`` if it has rotted, ``JournalError/disk(_:)``.
    public func read(
        _ snapshot: SnapshotMetadata, offset: UInt64, byteCountMax: Int
    ) throws(JournalError) -> Bytes {
        guard
            let file = snapshots.first(where: { $0.metadata == snapshot })
                ?? lent.first(where: { $0.metadata == snapshot })
        else {
            throw .snapshotGone("\(snapshot.position)")
        }
        return try file.read(disk, offset: offset, byteCountMax: byteCountMax)
    }

    /// From now on the snapshots that end at these positions stay readable, if they are there, however many newer ones
    /// come: a follower that is being sent one would otherwise have to begin again with each of them, and would never
    /// have one whole where they come faster than they can be sent.
    public mutating func keepReadable(_ positions: [LogPosition]) {
        guard failure == nil, positions != wanted else { return }
        wanted = positions
        if lent.contains(where: { !positions.contains($0.metadata.position) }) { removeObsolete() }
    }
}
