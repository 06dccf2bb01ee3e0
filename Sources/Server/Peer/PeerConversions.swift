import ByteString
import Consensus
import Messages
import Replica

/// A message from a peer that says something no member would say. It is dropped and the stream ended.
struct PeerMessageError: Error, CustomStringConvertible {
    let description: String
}

// MARK: - Heartbeat

extension Messages.HeartbeatRequest {
    init(_ heartbeat: CoreHeartbeat) {
        self.init()
        term = heartbeat.term.rawValue
        office = Messages.Office(rawValue: Int32(heartbeat.office.rawValue))
        leaderID = heartbeat.leader?.rawValue ?? 0
        commitIndex = heartbeat.commit.rawValue
        probe = heartbeat.probe
        diskFull = heartbeat.isDiskFull
        supportedFormatLevel = heartbeat.supported.rawValue
        suspicions = heartbeat.suspicions.map { suspicion in
            var message = Messages.Suspicion()
            message.memberID = suspicion.member.rawValue
            message.reason = Messages.SuspicionReason(rawValue: Int32(suspicion.reason.rawValue))
            message.silentMs = UInt64(max(0, suspicion.silence.milliseconds))
            return message
        }
    }

    func core() throws(PeerMessageError) -> CoreHeartbeat {
        guard let office = UInt8(exactly: office.rawValue).flatMap(CoreOffice.init(rawValue:)) else {
            throw PeerMessageError(description: "a heartbeat of unknown office \(self.office.rawValue)")
        }
        return CoreHeartbeat(
            term: Term(term), office: office, leader: MemberID(optional: leaderID), commit: LogIndex(commitIndex),
            probe: probe, suspicions: suspicions.compactMap(\.core), isDiskFull: diskFull,
            supported: FormatLevel(orFirst: supportedFormatLevel))
    }
}

extension Messages.Suspicion {
    /// Nil for a reason that this release does not know.
    fileprivate var core: CoreSuspicion? {
        guard let member = MemberID(optional: memberID),
            let reason = UInt8(exactly: reason.rawValue).flatMap(CoreSuspicion.Reason.init(rawValue:))
        else { return nil }
        let silence = Span.milliseconds(Int(clamping: min(silentMs, 1 << 40)))
        return CoreSuspicion(member: member, reason: reason, silence: silence)
    }
}

extension Messages.HeartbeatResponse {
    init(_ reply: CoreHeartbeatReply) {
        self.init()
        term = reply.term.rawValue
        probe = reply.probe
        if let removal = reply.removal {
            removedStorageID = removal.storage.rawValue
            removedIndex = removal.index.rawValue
        }
    }

    var core: CoreHeartbeatReply {
        let removal =
            removedStorageID == 0
            ? nil : Removal(storage: StorageID(removedStorageID), index: LogIndex(removedIndex))
        return CoreHeartbeatReply(term: Term(term), probe: probe, removal: removal)
    }
}

// MARK: - Vote

extension Messages.VoteRequest {
    init(_ request: CoreVoteRequest) {
        self.init()
        term = request.term.rawValue
        preVote = request.isPreVote
        lastIndex = request.last.index.rawValue
        lastTerm = request.last.term.rawValue
        leadershipTransfer = request.isLeadershipTransfer
    }

    var core: CoreVoteRequest {
        CoreVoteRequest(
            term: Term(term), isPreVote: preVote,
            last: LogPosition(index: LogIndex(lastIndex), term: Term(lastTerm)),
            isLeadershipTransfer: leadershipTransfer)
    }
}

extension Messages.VoteResponse {
    init(_ reply: CoreVoteReply) {
        self.init()
        term = reply.term.rawValue
        preVote = reply.isPreVote
        granted = reply.refusal == nil
        refusal = Messages.VoteRefusal(rawValue: Int32(reply.refusal?.rawValue ?? 0))
    }

    func core() throws(PeerMessageError) -> CoreVoteReply {
        if granted { return CoreVoteReply(term: Term(term), isPreVote: preVote, refusal: nil) }
        guard let refusal = UInt8(exactly: refusal.rawValue).flatMap(CoreVoteReply.Refusal.init(rawValue:)) else {
            throw PeerMessageError(description: "a vote neither granted nor refused for a known reason")
        }
        return CoreVoteReply(term: Term(term), isPreVote: preVote, refusal: refusal)
    }
}

// MARK: - Sync

extension Messages.SyncRequest {
    init(_ append: CoreAppend) {
        var message = Messages.Append()
        message.term = append.term.rawValue
        message.previousIndex = append.previous.index.rawValue
        message.previousTerm = append.previous.term.rawValue
        message.commitIndex = append.commit.rawValue
        message.entries = append.entries.map(Messages.LogEntry.init)
        self.init()
        body = .append(message)
    }

    init(_ chunk: CoreSnapshotChunk) {
        self.init()
        body = .snapshot(Messages.SnapshotChunk(chunk))
    }

    init(timeoutNow term: Term) {
        var message = Messages.TimeoutNow()
        message.term = term.rawValue
        self.init()
        body = .timeoutNow(message)
    }

    func core() throws(PeerMessageError) -> PeerMessage {
        switch body {
        case .append(let append): return .append(try append.core())
        case .snapshot(let chunk): return .snapshotChunk(try chunk.core())
        case .timeoutNow(let message): return .timeoutNow(term: Term(message.term))
        case nil: throw PeerMessageError(description: "an empty Sync message")
        }
    }
}

extension Messages.Append {
    fileprivate func core() throws(PeerMessageError) -> CoreAppend {
        let entries = try entries.core(after: previousIndex)
        return CoreAppend(
            term: Term(term), previous: LogPosition(index: LogIndex(previousIndex), term: Term(previousTerm)),
            commit: LogIndex(commitIndex), entries: entries)
    }
}

extension Messages.LogEntry {
    init(_ entry: CoreEntry) {
        self.init()
        term = entry.term.rawValue
        kind = Messages.EntryKind(rawValue: Int32(entry.kind.rawValue))
        payload = entry.payload
    }
}

extension [Messages.LogEntry] {
    /// Consecutive entries.
    func core(after previousIndex: UInt64) throws(PeerMessageError) -> [CoreEntry] {
        guard previousIndex < UInt64.max - UInt64(count) else {
            throw PeerMessageError(description: "entries at the end of all indexes")
        }
        var index = LogIndex(previousIndex)
        var entries: [CoreEntry] = []
        entries.reserveCapacity(count)
        for entry in self {
            index = index.next
            guard let kind = UInt8(exactly: entry.kind.rawValue).flatMap(CoreEntry.Kind.init(rawValue:)) else {
                throw PeerMessageError(description: "an entry of unknown kind \(entry.kind.rawValue)")
            }
            entries.append(CoreEntry(index: index, term: Term(entry.term), kind: kind, payload: entry.payload))
        }
        return entries
    }
}

extension Messages.SnapshotChunk {
    init(_ chunk: CoreSnapshotChunk) {
        self.init()
        term = chunk.term.rawValue
        lastIndex = chunk.snapshot.position.index.rawValue
        lastTerm = chunk.snapshot.position.term.rawValue
        offset = chunk.offset
        totalBytes = chunk.snapshot.byteCount
        data = chunk.data
        configuration = chunk.snapshot.configuration.encoded()
    }

    func core() throws(PeerMessageError) -> CoreSnapshotChunk {
        guard offset <= totalBytes, UInt64(data.count) <= totalBytes - offset else {
            throw PeerMessageError(description: "a snapshot chunk beyond the snapshot's end")
        }
        let configuration: Configuration
        do {
            configuration = try Configuration(decoding: self.configuration)
        } catch {
            throw PeerMessageError(description: "a snapshot's configuration: \(error)")
        }
        let position = LogPosition(index: LogIndex(lastIndex), term: Term(lastTerm))
        return CoreSnapshotChunk(
            term: Term(term),
            snapshot: SnapshotMetadata(position: position, configuration: configuration, byteCount: totalBytes),
            offset: offset, data: data)
    }
}

extension Messages.SyncResponse {
    init(_ reply: CoreAppendReply) {
        var message = Messages.AppendResponse()
        message.term = reply.term.rawValue
        switch reply.result {
        case .accepted(let index):
            message.accepted = true
            message.index = index.rawValue
        case .refused(let previous, let hint):
            message.index = previous.rawValue
            message.hintIndex = hint.index.rawValue
            message.hintTerm = hint.term.rawValue
        }
        self.init()
        body = .append(message)
    }

    init(_ reply: CoreSnapshotReply) {
        var message = Messages.SnapshotResponse()
        message.term = reply.term.rawValue
        message.lastIndex = reply.position.index.rawValue
        message.lastTerm = reply.position.term.rawValue
        message.nextOffset = reply.nextOffset
        message.installed = reply.isInstalled
        self.init()
        body = .snapshot(message)
    }

    func core() throws(PeerMessageError) -> PeerMessage {
        switch body {
        case .append(let message):
            let result: CoreAppendReply.Result =
                message.accepted
                ? .accepted(LogIndex(message.index))
                : .refused(
                    previous: LogIndex(message.index),
                    hint: LogPosition(index: LogIndex(message.hintIndex), term: Term(message.hintTerm)))
            return .appendReply(CoreAppendReply(term: Term(message.term), result: result))
        case .snapshot(let message):
            return .snapshotReply(
                CoreSnapshotReply(
                    term: Term(message.term),
                    position: LogPosition(index: LogIndex(message.lastIndex), term: Term(message.lastTerm)),
                    nextOffset: message.nextOffset, isInstalled: message.installed))
        case nil:
            throw PeerMessageError(description: "an empty Sync response")
        }
    }
}

// MARK: - Forward

extension Messages.ForwardRequest {
    init(_ forward: CoreForward) {
        self.init()
        term = forward.term.rawValue
        writes = forward.writes.map { write in
            var message = Messages.ForwardedWrite()
            message.token = write.token.rawValue
            message.incarnation = write.incarnation.rawValue
            // Rounded up: 0 would mean that the client waits for ever.
            message.timeoutMs = write.timeout.map { UInt64(max(1, $0.milliseconds)) } ?? 0
            message.kind = write.kind
            message.principal = write.principal
            message.request = write.request
            return message
        }
        barriers = forward.barriers.map { barrier in
            var message = Messages.ReadBarrier()
            message.token = barrier.rawValue
            return message
        }
        checkpoint = forward.checkpoint.map(Messages.StateCheckpoint.init)
    }

    var core: CoreForward {
        let writes = writes.map { write in
            ForwardWrite(
                token: RequestToken(write.token), incarnation: Incarnation(write.incarnation),
                timeout: write.timeoutMs == 0 ? nil : .milliseconds(Int(clamping: min(write.timeoutMs, 1 << 40))),
                kind: write.kind, principal: write.principal, request: write.request)
        }
        return CoreForward(
            term: Term(term), writes: writes, barriers: barriers.map { BarrierID($0.token) },
            checkpoint: checkpoint.map(\.core))
    }
}

extension Messages.ForwardResponse {
    init(_ reply: CoreForwardReply) {
        self.init()
        term = reply.term.rawValue
        refusals = reply.refusals.map { refusal in
            var message = Messages.ForwardRefusal()
            message.token = refusal.token.rawValue
            message.leaderID = refusal.leader?.rawValue ?? 0
            message.reason = Messages.RefusalReason(rawValue: Int32(refusal.reason.rawValue))
            return message
        }
        barriers = reply.barriers.map { barrier in
            var message = Messages.ReadBarrierPassed()
            message.token = barrier.id.rawValue
            message.index = barrier.index?.rawValue ?? 0
            return message
        }
        divergedFrom = reply.divergedFrom.map(Messages.StateCheckpoint.init)
    }

    func core() throws(PeerMessageError) -> CoreForwardReply {
        var refusals: [CoreForwardReply.Refusal] = []
        for refusal in self.refusals {
            guard let reason = UInt8(exactly: refusal.reason.rawValue).flatMap(RefusalOfForward.init(rawValue:)) else {
                throw PeerMessageError(description: "a write refused for an unknown reason")
            }
            refusals.append(
                CoreForwardReply.Refusal(
                    token: RequestToken(refusal.token), reason: reason, leader: MemberID(optional: refusal.leaderID)))
        }
        let barriers = barriers.map {
            CoreForwardReply.BarrierReply(id: BarrierID($0.token), index: $0.index == 0 ? nil : LogIndex($0.index))
        }
        return CoreForwardReply(
            term: Term(term), refusals: refusals, barriers: barriers, divergedFrom: divergedFrom.map(\.core))
    }
}

extension Messages.StateCheckpoint {
    init(_ checkpoint: CoreStateCheckpoint) {
        self.init()
        revision = checkpoint.revision.rawValue
        digest = checkpoint.digest
    }

    var core: CoreStateCheckpoint { CoreStateCheckpoint(revision: LogIndex(revision), digest: digest) }
}

extension FormatLevel {
    /// The first releases do not say what they support: 0 means 1.
    init(orFirst rawValue: UInt32) { self.init(max(rawValue, FormatLevel.first.rawValue)) }
}

extension MemberID {
    /// Nil for 0, by which messages say "none".
    init?(optional rawValue: UInt64) {
        guard rawValue != 0 else { return nil }
        self.init(rawValue)
    }
}
