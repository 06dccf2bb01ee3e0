import Consensus
import NIOConcurrencyHelpers

/// Where members serve clients, as the configuration in effect says. Any thread may ask.
final class MemberAddresses: Sendable {
    private let clients = NIOLockedValueBox<[MemberID: String]>([:])

    func learn(_ configuration: Configuration) {
        let known = configuration.members.map { ($0.id, $0.clientAddress) }
        clients.withLockedValue { $0 = Dictionary(uniqueKeysWithValues: known) }
    }

    func client(_ member: MemberID) -> String? { clients.withLockedValue { $0[member] } }
}
