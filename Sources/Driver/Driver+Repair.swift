import Consensus
import Journal

// Giving a member under repair what it lacks.
extension Driver {
    func supply(_ demand: RepairDemand) -> RepairSupply {
        switch demand {
        case .entries(let query):
            var answer = RepairAnswer()
            answer.committed = replica.consensus.committedPosition
            answer.termAtAnchor = replica.consensus.term(at: query.anchor.index)
            answer.snapshot = journal.newestSnapshot
            answer.add(KeptLog(consensus: replica.consensus), to: query)
            return .entries(answer)
        case .snapshot(let position, let offset):
            // A snapshot that has rotted harms nobody else; whoever asks finds another way.
            guard let snapshot = journal.newestSnapshot, snapshot.position == position,
                let data = try? journal.read(snapshot, offset: offset, byteCountMax: snapshotPartBytes)
            else { return .snapshotGone }
            return .snapshot(snapshot, offset: offset, data: data)
        }
    }
}

/// The log that consensus keeps in memory.
private struct KeptLog: EntrySource {
    let consensus: Consensus

    func term(at index: LogIndex) -> Term? { consensus.term(at: index) }

    func lastIndex(atOrBefore index: LogIndex, of term: Term) -> LogIndex? {
        let position = consensus.lastPosition(atOrBefore: index, termAtMost: term)
        return position?.term == term ? position?.index : nil
    }

    func run(from first: LogIndex, through last: LogIndex) -> ArraySlice<Entry> {
        consensus.keptEntries(from: first, through: last, byteCountMax: RepairAnswer.byteCountMax)[...]
    }
}
