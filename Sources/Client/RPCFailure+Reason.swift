import Messages
public import RPC

extension RPCFailure {
    /// The reason that the service gave in an `ErrorInfo` of domain `roost`; nil if the failure is not the service's
    /// own.
    public var reason: String? {
        guard let details = status.details, let status = try? GoogleRpcStatus(decoding: details) else { return nil }
        for detail in status.details where detail.typeURL.hasSuffix("/\(GoogleRpcErrorInfo.fullName)") {
            if let info = try? GoogleRpcErrorInfo(decoding: detail.value), info.domain == "roost" { return info.reason }
        }
        return nil
    }
}
