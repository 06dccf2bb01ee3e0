public import ByteString

/// How a call ended: what travels in `grpc-status`, `grpc-message` and `grpc-status-details-bin`.
///
/// Handlers throw or reply it. It is an `Error`, also where the code is ``Code/ok``: then it says that a call that
/// had to return a message ended without one.
public struct RPCStatus: Error, Sendable, Hashable {
    public var code: Code
    /// For people; any text, percent-encoded on the wire. Empty is left out.
    public var message: String
    /// An encoded `google.rpc.Status`, or nil. It is carried as it is.
    public var details: Bytes?

    public init(_ code: Code, _ message: String = "", details: Bytes? = nil) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The call succeeded.
    public static let ok = RPCStatus(.ok)

    /// A gRPC status code (grpc/grpc `doc/statuscodes.md`).
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// 0 to 16; a number that a peer sent and that is not one of them is read as ``unknown``.
        public let rawValue: UInt8

        /// The code of that number, or ``unknown``.
        public init(rawValue: Int) {
            self.rawValue = (0...16).contains(rawValue) ? UInt8(rawValue) : 2
        }

        init(_ rawValue: UInt8) {
            self.rawValue = rawValue
        }

        public static let ok = Code(0)
        public static let cancelled = Code(1)
        public static let unknown = Code(2)
        public static let invalidArgument = Code(3)
        public static let deadlineExceeded = Code(4)
        public static let notFound = Code(5)
        public static let alreadyExists = Code(6)
        public static let permissionDenied = Code(7)
        public static let resourceExhausted = Code(8)
        public static let failedPrecondition = Code(9)
        public static let aborted = Code(10)
        public static let outOfRange = Code(11)
        public static let unimplemented = Code(12)
        public static let `internal` = Code(13)
        public static let unavailable = Code(14)
        public static let dataLoss = Code(15)
        public static let unauthenticated = Code(16)

        private static let names = [
            "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
            "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
            "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
        ]

        /// The name as the gRPC documentation writes it, for example `NOT_FOUND`.
        public var description: String { Code.names[Int(rawValue)] }
    }
}

extension RPCStatus: CustomStringConvertible {
    public var description: String { message.isEmpty ? "\(code)" : "\(code): \(message)" }
}
