import ByteString
import Consensus
import Journal
import Messages
import Replica

extension Messages.RepairRequest {
    init(_ demand: RepairDemand) {
        self.init()
        switch demand {
        case .entries(let query):
            fromIndex = query.from.rawValue
            throughIndex = query.through.rawValue
            anchorIndex = query.anchor.index.rawValue
            anchorTerm = query.anchor.term.rawValue
        case .snapshot(let position, let offset):
            var part = SnapshotPart()
            part.lastIndex = position.index.rawValue
            part.lastTerm = position.term.rawValue
            part.offset = offset
            snapshot = part
        }
    }

    var core: RepairDemand {
        if let part = snapshot {
            let position = LogPosition(index: LogIndex(part.lastIndex), term: Term(part.lastTerm))
            return .snapshot(position, offset: part.offset)
        }
        return .entries(
            RepairQuery(
                from: LogIndex(fromIndex), through: LogIndex(throughIndex),
                anchor: LogPosition(index: LogIndex(anchorIndex), term: Term(anchorTerm))))
    }
}

extension Messages.RepairResponse {
    /// Nil if there is nothing to say.
    init?(_ supply: RepairSupply) {
        self.init()
        switch supply {
        case .entries(let answer):
            committedIndex = answer.committed.index.rawValue
            committedTerm = answer.committed.term.rawValue
            termAtAnchor = answer.termAtAnchor?.rawValue
            matchedIndex = answer.matched?.rawValue
            previousIndex = answer.previous?.index.rawValue
            previousTerm = answer.previous?.term.rawValue ?? 0
            firstIndex = answer.entries.first?.index.rawValue ?? 0
            entries = answer.entries.map(Messages.LogEntry.init)
            snapshot = answer.snapshot.map { Messages.SnapshotChunk($0, offset: 0, data: Bytes()) }
            underRepair = answer.isUnderRepair
        case .snapshot(let metadata, let offset, let data):
            snapshot = Messages.SnapshotChunk(metadata, offset: offset, data: data)
        case .snapshotGone:
            return nil
        }
    }

    /// As the answer to `demand`.
    func supply(for demand: RepairDemand) throws(PeerMessageError) -> RepairSupply {
        switch demand {
        case .entries:
            return .entries(try answer())
        case .snapshot:
            guard let chunk = try snapshot?.core() else { return .snapshotGone }
            return .snapshot(chunk.snapshot, offset: chunk.offset, data: chunk.data)
        }
    }

    /// As the answer to a query for entries.
    private func answer() throws(PeerMessageError) -> RepairAnswer {
        guard entries.isEmpty || firstIndex > 0 else {
            throw PeerMessageError(description: "entries before the first")
        }
        var answer = RepairAnswer()
        answer.committed = LogPosition(index: LogIndex(committedIndex), term: Term(committedTerm))
        answer.termAtAnchor = termAtAnchor.map(Term.init)
        answer.matched = matchedIndex.map(LogIndex.init)
        answer.previous = previousIndex.map { LogPosition(index: LogIndex($0), term: Term(previousTerm)) }
        if !entries.isEmpty { answer.entries = try entries.core(after: firstIndex - 1) }
        answer.snapshot = try snapshot?.core().snapshot
        answer.isUnderRepair = underRepair
        return answer
    }
}

extension Messages.SnapshotChunk {
    fileprivate init(_ metadata: SnapshotMetadata, offset: UInt64, data: Bytes) {
        self.init(CoreSnapshotChunk(term: .zero, snapshot: metadata, offset: offset, data: data))
    }
}
