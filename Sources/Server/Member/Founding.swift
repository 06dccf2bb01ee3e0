import ByteString
import Client
import Consensus
import Journal
import Messages
import NIOConcurrencyHelpers
import NIOCore
import RPC
import Replica
import Stubs

/// Answers `Peer.Introduce`: who this member is, at any time of its life.
final class ReceptionDesk: Sendable {
    private let answer: NIOLockedValueBox<IntroduceResponse>

    init(options: MemberOptions, storage: StorageID, incarnation: Incarnation, restored: Restoration.Content?) {
        var response = IntroduceResponse()
        response.memberID = options.id.rawValue
        response.storageID = storage.rawValue
        response.incarnation = incarnation.rawValue
        response.peerAddress = options.peerAddress.description
        response.clientAddress = options.clientAddress.description
        response.bootstrapping = options.isBootstrap
        response.bootstrapMembers = options.members.map(\.id.rawValue).sorted()
        response.restoredRevision = restored?.revision.rawValue ?? 0
        response.restoredDigest = restored?.digest ?? 0
        answer = NIOLockedValueBox(response)
    }

    /// From now on this member belongs to an ensemble.
    func settle(ensemble: EnsembleID, founding: Configuration?) {
        answer.withLockedValue {
            $0.ensembleID = ensemble.rawValue
            $0.foundingConfiguration = founding?.encoded() ?? Bytes()
        }
    }

    var response: IntroduceResponse { answer.withLockedValue { $0 } }
}

/// The explicit bootstrap of an ensemble.
///
/// Every member is started with the same list. Each asks all the others who they are, and founds only when it has
/// heard every one of them, all with empty data directories and the same list. The founding configuration names each
/// one's storage id, and the ensemble's id is computed from it: members that founded from the same answers belong
/// together, and any that did not can never take part in each other's quorums. A member that finds another one already
/// in an ensemble joins in if that ensemble was founded with this very data directory, and is refused otherwise.
struct Founding {
    let options: MemberOptions
    let security: MemberSecurity
    let storage: StorageID
    let desk: ReceptionDesk
    let loop: any EventLoop

    struct Result {
        var ensemble: EnsembleID
        var configuration: Configuration
    }

    /// Returns once the ensemble is founded.
    /// - Throws: ``StartError`` where it must not be.
    func run() async throws -> Result {
        let others = options.members.filter { $0.id != options.id }
        var channels: [(id: MemberID, channel: RPCChannel)] = []
        for other in others {
            channels.append((other.id, channel(to: other.id, at: other.peerAddress)))
        }
        do {
            let result = try await meet(channels)
            for (_, channel) in channels { await channel.shutdown() }
            return result
        } catch {
            for (_, channel) in channels { await channel.shutdown() }
            throw error
        }
    }

    private func channel(to member: MemberID, at address: Address) -> RPCChannel {
        var configuration = ChannelConfiguration()
        configuration.tls = security.peerChannel(to: member)
        configuration.connectTimeout = .milliseconds(500)
        return RPCChannel(
            host: address.host, port: address.port, eventLoop: loop, configuration: configuration,
            logger: .silent)
    }

    private func meet(_ channels: [(id: MemberID, channel: RPCChannel)]) async throws -> Result {
        while true {
            var answers: [IntroduceResponse] = []
            for (id, channel) in channels {
                guard
                    let answer = try? await channel.unary(
                        Peer.Methods.introduce, request, options: CallOptions(timeout: .milliseconds(500)))
                else { continue }
                guard answer.memberID == id.rawValue else {
                    throw StartError("at the address given for member \(id) there is member \(answer.memberID)")
                }
                if answer.ensembleID != 0 { return try joinIn(answer) }
                guard answer.bootstrapping, answer.bootstrapMembers == desk.response.bootstrapMembers else {
                    throw StartError(
                        "member \(id) was not started to found the same ensemble: give every member --bootstrap and "
                            + "the same --member options")
                }
                try checkBeginning(answer)
                answers.append(answer)
            }
            if answers.count == channels.count { return found(answers) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// All must begin with the same state.
    private func checkBeginning(_ answer: IntroduceResponse) throws {
        let own = desk.response
        guard (answer.restoredRevision, answer.restoredDigest) != (own.restoredRevision, own.restoredDigest) else {
            return
        }
        func text(_ revision: UInt64) -> String {
            revision == 0 ? "begins empty" : "was restored from a backup of revision \(revision)"
        }
        throw StartError(
            "member \(answer.memberID) \(text(answer.restoredRevision)), and this one \(text(own.restoredRevision)); "
                + "restore every member from the same backup")
    }

    private var request: IntroduceRequest {
        let own = desk.response
        var request = IntroduceRequest()
        request.memberID = own.memberID
        request.storageID = own.storageID
        request.incarnation = own.incarnation
        request.peerAddress = own.peerAddress
        request.clientAddress = own.clientAddress
        request.bootstrapping = own.bootstrapping
        request.bootstrapMembers = own.bootstrapMembers
        request.restoredRevision = own.restoredRevision
        request.restoredDigest = own.restoredDigest
        return request
    }

    /// Another member has founded already: from what this one told it, or without it.
    private func joinIn(_ answer: IntroduceResponse) throws -> Result {
        let ensemble = EnsembleID(answer.ensembleID)
        guard let configuration = try? Configuration(decoding: answer.foundingConfiguration),
            configuration[options.id]?.storage == storage
        else {
            throw StartError(
                "member \(answer.memberID) has data already: it belongs to ensemble \(ensemble), which was not founded "
                    + "with this data directory; a bootstrap is refused")
        }
        return Result(ensemble: ensemble, configuration: configuration)
    }

    private func found(_ answers: [IntroduceResponse]) -> Result {
        let members = (answers + [desk.response]).map { answer in
            Configuration.Member(
                id: MemberID(answer.memberID), storage: StorageID(answer.storageID), role: .voter,
                peerAddress: answer.peerAddress, clientAddress: answer.clientAddress)
        }
        let configuration = Configuration(members: members)
        return Result(ensemble: Self.ensembleID(of: configuration), configuration: configuration)
    }

    /// FNV-1a over the members' ids and storage ids, which are random; then mixed. Never 0.
    static func ensembleID(of configuration: Configuration) -> EnsembleID {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for member in configuration.members {
            for word in [member.id.rawValue, member.storage.rawValue] {
                for shift in stride(from: 0, to: 64, by: 8) {
                    hash = (hash ^ (word >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3
                }
            }
        }
        return EnsembleID(max(1, hash))
    }
}
