import Testing

@testable import Consensus

@Suite("A member that starts again")
struct RestoreTests {
    private func restored(_ snapshotTerm: UInt64) -> Consensus {
        let entries = (2...6).map {
            Entry(index: LogIndex($0), term: Term(2), kind: .command, payload: .init(utf8: "entry \($0)"))
        }
        let snapshot = SnapshotMetadata(
            position: LogPosition(index: LogIndex(4), term: Term(snapshotTerm)),
            configuration: Bench.configuration(voters: 3), byteCount: 10)
        return Consensus(
            id: MemberID(1), storage: StorageID(100), settings: .init(),
            restored: .init(
                hardState: HardState(term: Term(3), vote: nil), snapshot: snapshot,
                entries: snapshotTerm == 2 ? entries : Array(entries.dropFirst(3)),
                previous: LogPosition(index: LogIndex(1), term: Term(1))), seed: 1, now: Instant(nanoseconds: 0))
    }

    @Test func `still has the entries before its snapshot for slow followers, and applies none of them again`() {
        var core = restored(2)
        #expect(core.commitIndex == LogIndex(4))
        #expect(core.takeEffects().committed.isEmpty)
        let kept = core.keptEntries(from: LogIndex(1), through: LogIndex(9), byteCountMax: .max)
        #expect(kept.map(\.index.rawValue) == [2, 3, 4, 5, 6])
        #expect(core.term(at: LogIndex(1)) == Term(1))
    }

    @Test func `begins behind its snapshot where the entries before it are not at hand`() {
        let core = restored(1)
        #expect(core.commitIndex == LogIndex(4))
        let kept = core.keptEntries(from: LogIndex(1), through: LogIndex(9), byteCountMax: .max)
        #expect(kept.map(\.index.rawValue) == [5, 6])
    }
}
