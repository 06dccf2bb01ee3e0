import CNghttp2

/// Why a server answers a call with an error by itself: its handler was not asked, or could not be heard. The raw
/// values are made to be the reason of a `google.rpc.ErrorInfo` (``ServerConfiguration/refusalDetails``).
public enum Refusal: String, Sendable, Hashable, CaseIterable {
    /// Neither POST nor `application/grpc`.
    case notGRPC = "NOT_GRPC"
    case headersTooLarge = "HEADERS_TOO_LARGE"
    case unknownMethod = "UNKNOWN_METHOD"
    case unauthenticated = "UNAUTHENTICATED"
    case messageTooLarge = "MESSAGE_TOO_LARGE"
    /// The messages are compressed in a way that the server does not know, or does not take.
    case unsupportedEncoding = "UNSUPPORTED_ENCODING"
    /// gRPC's own rules are broken: a malformed timeout, no message where one is due, a message cut short.
    case malformedCall = "MALFORMED_CALL"
    /// Too much that clients have sent waits to be read.
    case tooMuchUnread = "TOO_MUCH_UNREAD"
    /// The handler has answered, but the answer is too long, or too much waits to be sent already. Of all refusals only
    /// this one comes after an effect.
    case answerNotSent = "OUTCOME_UNKNOWN"

    init(_ violation: rh2_violation) {
        switch violation {
        case RH2_HEADERS_TOO_LARGE: self = .headersTooLarge
        case RH2_NOT_POST, RH2_BAD_CONTENT_TYPE: self = .notGRPC
        case RH2_UNKNOWN_METHOD: self = .unknownMethod
        case RH2_UNSUPPORTED_ENCODING, RH2_COMPRESSED: self = .unsupportedEncoding
        case RH2_MESSAGE_TOO_LARGE: self = .messageTooLarge
        case RH2_BUFFERS_FULL: self = .tooMuchUnread
        default: self = .malformedCall
        }
    }
}

extension ServerConnection {
    /// The status of a refusal, with the details that the configuration wants.
    func explained(_ status: RPCStatus, _ refusal: Refusal) -> RPCStatus {
        guard let details = server.configuration.refusalDetails else { return status }
        var status = status
        status.details = details(refusal, status)
        return status
    }
}
