import CNghttp2

extension RPCStatus.Code {
    /// What a response without `grpc-status` means (grpc/grpc `doc/http-grpc-status-mapping.md`).
    init(httpStatus: Int) {
        switch httpStatus {
        case 400: self = .internal
        case 401: self = .unauthenticated
        case 403: self = .permissionDenied
        case 404: self = .unimplemented
        case 429, 502, 503, 504: self = .unavailable
        default: self = .unknown
        }
    }
}

/// An HTTP/2 error code (RFC 9113 section 7).
struct HTTP2ErrorCode: Hashable {
    let rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    static let noError = HTTP2ErrorCode(rawValue: 0x0)
    static let protocolError = HTTP2ErrorCode(rawValue: 0x1)
    static let internalError = HTTP2ErrorCode(rawValue: 0x2)
    static let refusedStream = HTTP2ErrorCode(rawValue: 0x7)
    static let cancel = HTTP2ErrorCode(rawValue: 0x8)
    static let enhanceYourCalm = HTTP2ErrorCode(rawValue: 0xb)
    static let inadequateSecurity = HTTP2ErrorCode(rawValue: 0xc)

    /// What a reset stream means to its client (PROTOCOL-HTTP2.md, "Errors").
    var status: RPCStatus {
        switch self {
        case .refusedStream: RPCStatus(.unavailable, "the server refused the stream")
        case .cancel: RPCStatus(.cancelled, "the server cancelled the stream")
        case .enhanceYourCalm: RPCStatus(.resourceExhausted, "the server reset the stream: ENHANCE_YOUR_CALM")
        case .inadequateSecurity: RPCStatus(.permissionDenied, "the server reset the stream: INADEQUATE_SECURITY")
        case .noError: RPCStatus(.internal, "the server ended the stream without a status")
        default: RPCStatus(.internal, "the server reset the stream with HTTP/2 error \(rawValue)")
        }
    }

    /// How to end a stream whose status cannot be sent because data is stuck before it.
    init(standingFor code: RPCStatus.Code) {
        switch code {
        case .resourceExhausted: self = .enhanceYourCalm
        case .internal: self = .internalError
        default: self = .cancel
        }
    }
}

extension RPCStatus {
    /// The server's answer to what is wrong with a request, and the HTTP status to give it with.
    static func answer(to violation: rh2_violation, limits: rh2_limits) -> (status: RPCStatus, http: UInt32) {
        switch violation {
        case RH2_HEADERS_TOO_LARGE:
            let limit = limits.header_list_bytes_max
            return (RPCStatus(.resourceExhausted, "the headers exceed \(limit) bytes (headerListBytesMax)"), 200)
        case RH2_NOT_POST:
            return (RPCStatus(.unimplemented, "gRPC calls are POST requests"), 405)
        case RH2_BAD_CONTENT_TYPE:
            return (RPCStatus(.unknown, "the content type is not application/grpc"), 415)
        case RH2_UNKNOWN_METHOD:
            return (RPCStatus(.unimplemented, "unknown method"), 200)
        case RH2_BAD_TIMEOUT:
            return (RPCStatus(.internal, "grpc-timeout is malformed"), 200)
        case RH2_UNSUPPORTED_ENCODING:
            return (RPCStatus(.unimplemented, "the request's grpc-encoding is not supported"), 200)
        default:
            return (describing(violation, limits: limits), 200)
        }
    }

    /// What is wrong with messages; the same for both sides.
    static func describing(_ violation: rh2_violation, limits: rh2_limits) -> RPCStatus {
        switch violation {
        case RH2_HEADERS_TOO_LARGE:
            let limit = limits.header_list_bytes_max
            return RPCStatus(.internal, "the headers exceed \(limit) bytes (headerListBytesMax)")
        case RH2_BAD_CONTENT_TYPE:
            return RPCStatus(.unknown, "the content type is not application/grpc")
        case RH2_UNSUPPORTED_ENCODING:
            return RPCStatus(.internal, "the response's grpc-encoding is not supported")
        case RH2_MESSAGE_TOO_LARGE:
            let limit = limits.message_bytes_max
            return RPCStatus(.resourceExhausted, "a message exceeds \(limit) bytes (messageBytesMax)")
        case RH2_NO_MESSAGE:
            return RPCStatus(.internal, "the call ended without its message")
        case RH2_MANY_MESSAGES:
            return RPCStatus(.internal, "more than one message where exactly one was due")
        case RH2_TRUNCATED:
            return RPCStatus(.internal, "the stream ended inside a message")
        case RH2_COMPRESSED:
            return RPCStatus(.internal, "a message is compressed though no encoding was agreed on")
        case RH2_BAD_COMPRESSION:
            return RPCStatus(.internal, "a compressed message is not one whole gzip member")
        case RH2_BAD_PREFIX:
            return RPCStatus(.internal, "a message's first byte is neither 0 nor 1")
        case RH2_BUFFERS_FULL:
            return RPCStatus(.resourceExhausted, "too many bytes wait to be read (inboundBytesMax)")
        default:
            return RPCStatus(.internal, "the request is malformed")
        }
    }
}
