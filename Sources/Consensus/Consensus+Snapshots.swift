import ByteString

/// A snapshot on its way to this member.
struct IncomingSnapshot: Sendable {
    let snapshot: SnapshotMetadata
    let sender: MemberID
    /// Everything before this was handed out to be stored.
    var nextOffset: UInt64 = 0
    /// Everything before this is stored.
    var storedOffset: UInt64 = 0

    /// The last part was handed out: the state and the log are about to be replaced.
    var isInstalling: Bool { nextOffset == snapshot.byteCount }
}

// Log compaction: Raft, section 7.
extension Consensus {
    // MARK: The own snapshot

    /// - Precondition: the snapshot is of what was handed out as committed.
    mutating func onSnapshotSaved(_ saved: SnapshotMetadata) {
        precondition(saved.position.index <= commit && saved.byteCount > 0, "a snapshot of what is not committed")
        guard saved.position.index > snapshot.position.index else { return }
        snapshot = saved
        compact()
    }

    /// The ends of the snapshots that followers are being sent: those that are alive, for who knows when the others
    /// will be.
    public var snapshotsBeingSent: [LogPosition] {
        guard office == .leader else { return [] }
        return peers.compactMap { peer in
            detector.suspicion(of: peer.id) == nil ? peer.progress.transfer?.snapshot.position : nil
        }
    }

    /// What follows a snapshot takes the place of what it covers, so that no more is kept than must be.
    mutating func compactIfLong() {
        guard log.byteCount > settings.retainedLogBytes, log.base.index < snapshot.position.index else { return }
        compact()
    }

    private mutating func compact() {
        if let sending = snapshotsBeingSent.map(\.index).min(), sending < snapshot.position.index {
            log.compact(through: sending, retainedBytes: settings.retainedLogBytes)
            log.compact(through: snapshot.position.index, retainedBytes: settings.retainedLogBytesWhileSending)
        } else {
            log.compact(through: snapshot.position.index, retainedBytes: settings.retainedLogBytes)
        }
        memberships.compact(through: log.base.index)
    }

    // MARK: Sending

    mutating func beginSnapshotTransfer(to place: Int) {
        precondition(snapshot.position.index >= log.base.index, "entries are gone that no snapshot contains")
        peers[place].progress.send(SnapshotTransfer(snapshot: snapshot), now: now)
        effects.notices.append(.sendingSnapshot(to: peers[place].id, position: snapshot.position))
    }

    /// Asks for as many parts as may be on their way at once, and as the pace allows.
    mutating func continueSnapshotTransfer(to place: Int) {
        guard var transfer = peers[place].progress.transfer else { return }
        let window = UInt64(settings.snapshotChunkBytes * settings.maxInflightSnapshotChunks)
        let end = min(transfer.snapshot.byteCount, transfer.acknowledged + window)
        // What the time between two ticks holds back is made up for in advance.
        let horizon = now + settings.tickIntervalMax
        guard transfer.nextRead < end, transfer.readAt <= horizon else { return }
        while transfer.nextRead < end, transfer.readAt <= horizon {
            effects.snapshotReads.append(
                SnapshotRead(
                    snapshot: transfer.snapshot, offset: transfer.nextRead,
                    byteCountMax: settings.snapshotChunkBytes, to: peers[place].id))
            transfer.nextRead = min(
                transfer.nextRead + UInt64(settings.snapshotChunkBytes), transfer.snapshot.byteCount)
            transfer.readAt = max(transfer.readAt, now) + settings.snapshotChunkPause
        }
        peers[place].progress.update(transfer)
    }

    /// - Precondition: the data lies within the snapshot.
    mutating func onSnapshotData(_ snapshot: SnapshotMetadata, _ offset: UInt64, _ data: Bytes, _ to: MemberID) {
        guard office == .leader, let place = place(of: to), var transfer = peers[place].progress.transfer,
            transfer.snapshot == snapshot
        else { return }
        if data.isEmpty {
            if snapshot != self.snapshot { beginSnapshotTransfer(to: place) }
            return
        }
        let end = offset + UInt64(data.count)
        precondition(end <= snapshot.byteCount, "more data than the snapshot has")
        if end < transfer.nextRead, data.count < settings.snapshotChunkBytes {
            // Less than was asked for: what comes after it would leave a gap.
            transfer.nextRead = max(end, transfer.acknowledged)
            peers[place].progress.update(transfer)
        }
        guard end > transfer.acknowledged else { return }
        let chunk = SnapshotChunk(term: hardState.term, snapshot: snapshot, offset: offset, data: data)
        send(.snapshotChunk(chunk), to: to)
    }

    mutating func onSnapshotReply(_ reply: SnapshotReply, from: MemberID) {
        if reply.term > hardState.term { return becomeFollower(term: reply.term, leader: nil) }
        guard office == .leader, reply.term == hardState.term, let place = place(of: from) else { return }
        peers[place].answeredAt = now
        guard var transfer = peers[place].progress.transfer, transfer.snapshot.position == reply.position else {
            return
        }
        if reply.isInstalled {
            return onAccepted(reply.position.index, place)
        }
        guard reply.nextOffset <= transfer.snapshot.byteCount else { return drop(.neverSent, from: from) }
        if reply.nextOffset > transfer.acknowledged {
            transfer.nextRead = max(transfer.nextRead, reply.nextOffset)
            peers[place].progress.touch(now)
        } else if reply.nextOffset < transfer.acknowledged {
            // The receiver lost what it had.
            transfer.nextRead = reply.nextOffset
        }
        transfer.acknowledged = reply.nextOffset
        peers[place].progress.update(transfer)
    }

    /// Nothing was answered in time: asks again from where the receiver was. If it has everything and did not say that
    /// it installed it, the last part makes it say so.
    mutating func resendSnapshot(to place: Int) {
        guard var transfer = peers[place].progress.transfer else { return }
        if transfer.acknowledged == transfer.snapshot.byteCount {
            transfer.acknowledged -= min(UInt64(settings.snapshotChunkBytes), transfer.snapshot.byteCount)
        }
        transfer.nextRead = transfer.acknowledged
        peers[place].progress.update(transfer)
    }

    // MARK: Receiving

    /// Whether the log is about to be replaced: until then it must not change.
    var isInstalling: Bool { incoming?.isInstalling ?? false }

    mutating func onSnapshotChunk(_ chunk: SnapshotChunk, from: MemberID) {
        let position = chunk.snapshot.position
        guard chunk.term >= hardState.term else {
            // The term and nothing else, as for an append.
            return send(.snapshotReply(snapshotReply(.zero, nextOffset: 0)), to: from)
        }
        guard accept(leader: from, of: chunk.term), !isInstalling else { return }
        if position.index <= commit || log.contains(position) {
            // There is nothing in it that this log lacks. The log may not be durable to there yet.
            advanceCommit(to: position.index)
            let reply = snapshotReply(position, nextOffset: chunk.snapshot.byteCount, isInstalled: true)
            effects.afterSync.append(Outgoing(to: from, message: .snapshotReply(reply)))
            return
        }
        if let incoming, incoming.sender == from, incoming.snapshot != chunk.snapshot,
            incoming.snapshot.position.index > position.index
        {
            return
        }
        if incoming?.sender != from || incoming?.snapshot != chunk.snapshot {
            incoming = IncomingSnapshot(snapshot: chunk.snapshot, sender: from)
        }
        store(chunk, from: from)
    }

    private mutating func store(_ chunk: SnapshotChunk, from: MemberID) {
        guard let current = incoming else { return }
        if chunk.offset == current.nextOffset {
            incoming?.nextOffset += UInt64(chunk.data.count)
            effects.snapshotWrites.append(chunk)
        } else if current.storedOffset == current.nextOffset {
            // A part again, or one too early. (While something is being stored, the reply to that says it.)
            let reply = snapshotReply(chunk.snapshot.position, nextOffset: current.storedOffset)
            send(.snapshotReply(reply), to: from)
        }
    }

    private func snapshotReply(
        _ position: LogPosition, nextOffset: UInt64, isInstalled: Bool = false
    ) -> SnapshotReply {
        SnapshotReply(term: hardState.term, position: position, nextOffset: nextOffset, isInstalled: isInstalled)
    }

    mutating func onSnapshotChunkStored(_ position: LogPosition, _ nextOffset: UInt64) {
        guard let current = incoming, current.snapshot.position == position else { return }
        precondition(nextOffset <= current.nextOffset, "more was stored than was handed out")
        if nextOffset <= current.storedOffset { incoming?.nextOffset = nextOffset }
        incoming?.storedOffset = nextOffset
        guard current.sender == leader else { return }
        send(.snapshotReply(snapshotReply(position, nextOffset: nextOffset)), to: current.sender)
    }

    mutating func onSnapshotInstalled(_ installed: SnapshotMetadata) {
        precondition(installed.byteCount > 0, "a snapshot without bytes")
        incoming = nil
        guard installed.position.index > commit else { return }
        snapshot = installed
        log.restart(after: installed.position)
        writes.restart(after: installed.position.index)
        memberships.restart(with: installed.configuration)
        commit = installed.position.index
        verified = commit
        uncommittedBytes = 0
        pendingAcknowledgement = nil
        adoptConfiguration()
        guard let leader, leader != id else { return }
        let reply = snapshotReply(installed.position, nextOffset: installed.byteCount, isInstalled: true)
        send(.snapshotReply(reply), to: leader)
    }
}
