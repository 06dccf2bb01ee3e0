import Client
import Consensus
import Messages
import NIOCore
import Protobuf
import RPC
import Replica
import Stubs

/// The calls of `roost.v1.Cluster` that change the ensemble.
struct AdministrationService: Sendable {
    private let shards: ShardMap
    /// Where a member serves clients, by its id.
    private let addresses: MemberAddresses

    init(shards: ShardMap, addresses: MemberAddresses) {
        self.shards = shards
        self.addresses = addresses
    }

    func register(in registry: inout ServiceRegistry) {
        register(Cluster.Methods.addMember, in: &registry) { request throws(RPCStatus) in
            .add(try Self.member(of: request), supported: FormatLevel(orFirst: request.supportedFormatLevel))
        }
        register(Cluster.Methods.promoteMember, in: &registry) { request throws(RPCStatus) in
            .promote(try Self.id(request.memberID))
        }
        register(Cluster.Methods.removeMember, in: &registry) { request throws(RPCStatus) in
            .remove(try Self.id(request.memberID))
        }
        register(Cluster.Methods.transferLeadership, in: &registry) { request throws(RPCStatus) in
            .transfer(to: request.toMemberID == 0 ? nil : MemberID(request.toMemberID))
        }
    }

    private func register<Request, Response: AdministrationResponse>(
        _ method: Method<Request, Response>, in registry: inout ServiceRegistry,
        _ administration: @escaping @Sendable (Request) throws(RPCStatus) -> Administration
    ) {
        registry.rawUnary(method.path) { bytes, call in
            do {
                let wanted = try administration(try Request(decoding: bytes))
                shards[call.eventLoop].administrate(wanted) { answer in
                    if let response = Response(answer) {
                        call.reply(response)
                    } else if case .refused(let refusal) = answer {
                        call.fail(.refusal(refusal, addresses: addresses))
                    } else {
                        preconditionFailure("\(wanted) was answered with \(answer)")
                    }
                }
            } catch let status as RPCStatus {
                call.fail(status)
            } catch {
                call.fail(.refusal(of: error))
            }
        }
    }

    private static func id(_ id: UInt64) throws(RPCStatus) -> MemberID {
        guard id > 0 else { throw .roost(.invalidArgument, .invalidField, "member_id is missing") }
        return MemberID(id)
    }

    private static func member(of request: AddMemberRequest) throws(RPCStatus) -> Configuration.Member {
        let id = try id(request.memberID)
        guard request.storageID != 0 else { throw .roost(.invalidArgument, .invalidField, "storage_id is missing") }
        for (name, text) in [("peer_address", request.peerAddress), ("client_address", request.clientAddress)] {
            guard text.utf8.count <= 1024, Address(text) != nil else {
                throw .roost(.invalidArgument, .invalidField, "\(name) must be host:port")
            }
        }
        return Configuration.Member(
            id: id, storage: StorageID(request.storageID), role: .learner, peerAddress: request.peerAddress,
            clientAddress: request.clientAddress)
    }
}

/// What an answer of the replica looks like on the wire.
protocol AdministrationResponse: Message, Sendable {
    /// Nil if the answer is of another kind.
    init?(_ answer: AdministrationAnswer)
}

/// An answer that tells who belongs to the ensemble now.
protocol MembersResponse: AdministrationResponse {
    var revision: UInt64 { get set }
    var members: [EnsembleMember] { get set }
}

extension AddMemberResponse: MembersResponse {}
extension PromoteMemberResponse: MembersResponse {}
extension RemoveMemberResponse: MembersResponse {}

extension MembersResponse {
    init?(_ answer: AdministrationAnswer) {
        guard case .members(let configuration, let index) = answer else { return nil }
        self.init()
        revision = index.rawValue
        members = configuration.members.map(EnsembleMember.init)
    }
}

extension TransferLeadershipResponse: AdministrationResponse {
    init?(_ answer: AdministrationAnswer) {
        guard case .leader(let leader, let term) = answer else { return nil }
        self.init()
        leaderID = leader.rawValue
        self.term = term.rawValue
    }
}

extension EnsembleMember {
    init(_ member: Configuration.Member) {
        self.init()
        memberID = member.id.rawValue
        storageID = member.storage.rawValue
        learner = member.role == .learner
        peerAddress = member.peerAddress
        clientAddress = member.clientAddress
    }
}

extension RPCStatus {
    static func refusal(_ refusal: AdministrationRefusal, addresses: MemberAddresses) -> RPCStatus {
        switch refusal {
        case .notLeader(let leader):
            return notLeader(leader, address: leader.flatMap(addresses.client))
        case .busy:
            return .roost(
                .unavailable, .changeUnderWay, "a change or an election is under way; nothing was changed",
                retryAfter: .milliseconds(50))
        case .unknownMember(let member):
            return .roost(.notFound, .unknownMember, "the ensemble has no member \(member)")
        case .idInUse(let member):
            return .roost(
                .alreadyExists, .memberIDInUse,
                "member \(member) is alive with another data directory; stop or remove it first")
        case .addressInUse(let address, let member):
            return .roost(.alreadyExists, .addressInUse, "\(address) is the address of member \(member)")
        case .releaseTooOld(let member, let supported, let needed):
            return .roost(
                .failedPrecondition, .releaseTooOld,
                "the ensemble has format level \(needed), and the release of member \(member) supports none above "
                    + "\(supported); start it with the release that the other members run")
        case .learnerBehind(let member, let entries):
            return .roost(
                .failedPrecondition, .learnerBehind, "member \(member) still lacks \(entries) entries of the log",
                retryAfter: .milliseconds(200))
        case .learnerSilent(let member):
            return .roost(
                .failedPrecondition, .memberSilent, "the leader does not hear member \(member)",
                retryAfter: .milliseconds(200))
        case .quorumAtRisk(let alive, let needed):
            return .roost(
                .failedPrecondition, .quorumAtRisk,
                "of the voters that would be left \(alive) would be alive, and it takes \(needed)")
        case .lastVoter(let member):
            return .roost(.failedPrecondition, .quorumAtRisk, "member \(member) is the last voter")
        case .noSuccessor:
            return .roost(.failedPrecondition, .noSuccessor, "no such voter is alive and could lead")
        case .notTakenOver(let member):
            return .roost(.aborted, .notTakenOver, "member \(member) did not take over in time; nothing has changed")
        case .outcomeUnknown:
            return .roost(
                .unknown, .outcomeUnknown, "the change may have been made; ask for it again or ask for the status")
        }
    }

    private static func notLeader(_ leader: MemberID?, address: String?) -> RPCStatus {
        var metadata: [(String, String)] = []
        if let leader { metadata.append(("leader", leader.description)) }
        if let address { metadata.append(("leader_address", address)) }
        let hint = leader.map { "; member \($0) does" } ?? ""
        return .roost(
            .unavailable, .notLeader, "this member does not lead\(hint); nothing was changed", metadata: metadata,
            retryAfter: .milliseconds(50))
    }
}
