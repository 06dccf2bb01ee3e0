import NIOCore

/// What is known of a member's health, and when more is to be found out. Pure: times come from outside.
///
/// A member can answer linearizable requests if it has confirmed a read by a quorum within ``patience``: for as long it
/// is believed to be in the middle of an election, in which requests wait and do not fail. It is found out by reading,
/// now and then, while somebody wants to know.
struct HealthRecord {
    /// A read was confirmed then.
    private var confirmed: NIODeadline?
    private var asked: NIODeadline?
    private var probed: NIODeadline?
    private(set) var isDraining = false

    /// Longer than an election takes, shorter than clients wait.
    static let patience = TimeAmount.seconds(2)
    static let probeInterval = TimeAmount.milliseconds(500)
    /// How long after a question further ones are expected.
    static let interest = TimeAmount.seconds(60)

    /// Whether linearizable requests are answered.
    func isLinearizable(_ now: NIODeadline) -> Bool {
        guard !isDraining, let confirmed else { return false }
        return now - confirmed <= Self.patience
    }

    /// Whether any requests are answered.
    var isAlive: Bool { !isDraining }

    mutating func onQuestion(_ now: NIODeadline) { asked = now }
    mutating func onConfirmed(_ now: NIODeadline) { confirmed = now }
    mutating func onProbe(_ now: NIODeadline) { probed = now }
    mutating func onDrain() { isDraining = true }

    /// Whether it is time for another read.
    func isProbeDue(_ now: NIODeadline, isWatched: Bool) -> Bool {
        guard !isDraining, isWatched || asked.map({ now - $0 <= Self.interest }) ?? false else { return false }
        return probed.map { now - $0 >= Self.probeInterval } ?? true
    }
}
