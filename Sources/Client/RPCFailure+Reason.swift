public import Messages
public import RPC

extension RPCFailure {
    /// The service's own `ErrorInfo`, of domain `roost`; nil if the failure is not the service's.
    public var errorInfo: GoogleRpcErrorInfo? {
        guard let details = status.details, let status = try? GoogleRpcStatus(decoding: details) else { return nil }
        for detail in status.details where detail.typeURL.hasSuffix("/\(GoogleRpcErrorInfo.fullName)") {
            if let info = try? GoogleRpcErrorInfo(decoding: detail.value), info.domain == "roost" { return info }
        }
        return nil
    }

    /// The reason that the service gave; nil if the failure is not the service's.
    public var reason: String? { errorInfo?.reason }

    /// Where the leader serves clients, if it alone can do what was asked of another member (NOT_LEADER).
    public var leaderAddress: Address? { errorInfo?.metadata["leader_address"].flatMap(Address.init) }
}
