import Consensus
import RPC
import Replica

/// Who a member is, as the metadata of every `Peer` call says it. The callee checks it before it reads a message.
struct PeerIdentity: Hashable, Sendable {
    var ensemble: EnsembleID
    var member: MemberID
    var storage: StorageID

    private static let ensembleKey: MetadataKey = "roost-ensemble"
    private static let memberKey: MetadataKey = "roost-member"
    private static let storageKey: MetadataKey = "roost-storage"
    private static let toKey: MetadataKey = "roost-to"
    private static let toStorageKey: MetadataKey = "roost-to-storage"
    private static let copyKey: MetadataKey = "roost-copy"
    private static let incarnationKey: MetadataKey = "roost-incarnation"

    /// What this member says when it calls `callee`.
    ///
    /// - Parameter calleeStorage: the data directory that it means; nil if any will do.
    /// - Parameter isCopy: whether it is the stream of heartbeats' copies.
    func metadata(to callee: MemberID, _ calleeStorage: StorageID?, isCopy: Bool = false) -> Metadata {
        [
            Self.ensembleKey: ensemble.description, Self.memberKey: member.description,
            Self.storageKey: storage.description, Self.toKey: callee.description,
            Self.toStorageKey: calleeStorage?.description ?? "", Self.copyKey: isCopy ? "1" : "0",
        ]
    }

    static func isCopy(_ metadata: Metadata) -> Bool { metadata[copyKey] == "1" }

    /// What a callee says of itself before its first message.
    static func reply(_ incarnation: Incarnation) -> Metadata {
        [incarnationKey: hexadecimal(incarnation.rawValue)]
    }

    static func incarnation(in metadata: Metadata) -> Incarnation? {
        metadata[incarnationKey].flatMap { UInt64($0, radix: 16) }.map(Incarnation.init)
    }

    /// The caller, if it belongs to the callee's ensemble and means the callee.
    ///
    /// - Parameters:
    ///   - principal: whom the connection's certificate names. With TLS a member can speak for itself only.
    ///   - isStorageNeeded: whether it has to say which data directory it means. Where votes and acknowledgements are
    ///     asked for it must: it counts the answers as those of the directory that it knows.
    static func caller(
        in metadata: Metadata, principal: Principal, callee: PeerIdentity, isStorageNeeded: Bool = true
    ) throws(RPCStatus) -> (member: MemberID, storage: StorageID) {
        func number(_ key: MetadataKey, radix: Int) -> UInt64? { metadata[key].flatMap { UInt64($0, radix: radix) } }
        guard let theirs = number(ensembleKey, radix: 16), let member = number(memberKey, radix: 10), member != 0,
            let storage = number(storageKey, radix: 16), let to = number(toKey, radix: 10)
        else { throw RPCStatus(.permissionDenied, "a Peer call needs the metadata of a member") }
        guard principal.isAnonymous || principal == Principal(member: MemberID(member)) else {
            throw RPCStatus(
                .permissionDenied, "the caller says that it is member \(member), its certificate \(principal)")
        }
        guard theirs == callee.ensemble.rawValue else {
            throw RPCStatus(
                .permissionDenied, "this is ensemble \(callee.ensemble), the caller belongs to \(EnsembleID(theirs))")
        }
        guard to == callee.member.rawValue else {
            throw RPCStatus(.failedPrecondition, "this is member \(callee.member), the caller means member \(to)")
        }
        let toStorage = number(toStorageKey, radix: 16)
        guard toStorage.map({ $0 == callee.storage.rawValue }) ?? !isStorageNeeded else {
            throw RPCStatus(
                .failedPrecondition,
                "this is data directory \(callee.storage), the caller means "
                    + (toStorage.map { StorageID($0).description } ?? "none"))
        }
        return (MemberID(member), StorageID(storage))
    }

    private static func hexadecimal(_ value: UInt64) -> String { StorageID(value).description }
}
