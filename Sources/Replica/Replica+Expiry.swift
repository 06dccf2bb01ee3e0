import Coordination

// What ends by itself, sessions above all. The leader proposes it; whether it is so is decided where the entry is
// applied.
extension Replica {
    /// As the leader, proposes the end of everything whose deadline has passed.
    ///
    /// Not before all entries of earlier terms are applied, for they may hold keep-alives, and not in the first moments
    /// after that: clients of the leader before have to find another member first.
    mutating func proposeExpiries() {
        guard knowsLevel, state.level >= .sessions else { return }
        guard let expiriesFrom else {
            expiriesFrom = clock.advanced(by: settings.expiryGrace)
            return
        }
        guard clock.nanoseconds >= expiriesFrom else { return }
        let overdue = state.takeOverdue(
            at: LogTime(nanoseconds: clock.nanoseconds), countMax: settings.expiriesPerTurnMax)
        guard !overdue.isEmpty else { return }
        let payloads = overdue.map { envelope(kind: .expire, principal: "", request: $0.encoded, origin: nil) }
        // Refused, they are found again in a moment.
        _ = consensus.propose(payloads, usesReserve: true, now: now.monotonic)
    }
}
