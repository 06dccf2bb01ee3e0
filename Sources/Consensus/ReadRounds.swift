import DequeModule

/// The linearizable reads that a leader has yet to confirm (thesis, section 6.4).
///
/// A read's index is the commit index at some moment after it arrived, provided that the leader was still the leader
/// after that moment: a quorum must answer a probe that was sent after the read arrived. Reads that arrive while a
/// probe is on its way wait for the next one, so there is one round at a time however many reads there are.
struct ReadRounds: Sendable {
    /// Arrived and in no round yet.
    private(set) var waiting: [ReadToken] = []
    private var rounds: Deque<Round> = []

    private struct Round: Sendable {
        var probe: UInt64
        var index: LogIndex
        var tokens: [ReadToken]
    }

    var isRoundUnderWay: Bool { !rounds.isEmpty }

    mutating func arrive(_ token: ReadToken) { waiting.append(token) }

    /// Everything that waits joins the round of `probe`.
    ///
    /// - Precondition: `probe` has not left yet, and `index` is the commit index now.
    mutating func begin(probe: UInt64, index: LogIndex) {
        guard !waiting.isEmpty else { return }
        rounds.append(Round(probe: probe, index: index, tokens: waiting))
        waiting = []
    }

    /// A quorum answered `probe`, hence every one before it.
    mutating func confirm(through probe: UInt64, into confirmed: inout [ReadConfirmed]) {
        while let round = rounds.first, round.probe <= probe {
            rounds.removeFirst()
            for token in round.tokens { confirmed.append(ReadConfirmed(token: token, index: round.index)) }
        }
    }

    /// All that is not confirmed, in the order it arrived.
    mutating func removeAll() -> [ReadToken] {
        let tokens = rounds.flatMap(\.tokens) + waiting
        rounds.removeAll()
        waiting.removeAll()
        return tokens
    }
}
