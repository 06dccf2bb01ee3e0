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
    private static let copyKey: MetadataKey = "roost-copy"
    private static let incarnationKey: MetadataKey = "roost-incarnation"

    /// What this member says when it calls `callee`.
    ///
    /// - Parameter isCopy: whether it is the stream of heartbeats' copies.
    func metadata(to callee: MemberID, isCopy: Bool = false) -> Metadata {
        [
            Self.ensembleKey: ensemble.description, Self.memberKey: member.description,
            Self.storageKey: storage.description, Self.toKey: callee.description, Self.copyKey: isCopy ? "1" : "0",
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

    /// The caller, if it belongs to `ensemble` and means `callee`.
    static func caller(
        in metadata: Metadata, ensemble: EnsembleID, callee: MemberID
    ) throws(RPCStatus) -> (member: MemberID, storage: StorageID) {
        func number(_ key: MetadataKey, radix: Int) -> UInt64? { metadata[key].flatMap { UInt64($0, radix: radix) } }
        guard let theirs = number(ensembleKey, radix: 16), let member = number(memberKey, radix: 10), member != 0,
            let storage = number(storageKey, radix: 16), let to = number(toKey, radix: 10)
        else { throw RPCStatus(.permissionDenied, "a Peer call needs the metadata of a member") }
        guard theirs == ensemble.rawValue else {
            throw RPCStatus(
                .permissionDenied, "this is ensemble \(ensemble), the caller belongs to \(EnsembleID(theirs))")
        }
        guard to == callee.rawValue else {
            throw RPCStatus(.failedPrecondition, "this is member \(callee), the caller means member \(to)")
        }
        return (MemberID(member), StorageID(storage))
    }

    private static func hexadecimal(_ value: UInt64) -> String { StorageID(value).description }
}
