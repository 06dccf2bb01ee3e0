public import Logging

/// Writes a line for each call that is over: method, peer, code, duration, messages, and the client's `x-request-id`
/// and `traceparent`, by which a request is found in the logs and traces of all that it went through.
public struct AccessLog: ServerInterceptor {
    private let logger: Logger
    private let level: Logger.Level

    /// - Parameter level: Of lines for calls that ended with OK, and for those that did not. Info.
    public init(logger: Logger, level: Logger.Level = .info) {
        self.logger = logger
        self.level = level
    }

    /// A client may send any text; so much of it is written.
    static let textBytesMax = 128

    public func callEnded(_ call: borrowing CallView, _ end: CallEnd) {
        guard logger.logLevel <= level else { return }
        var metadata: Logger.Metadata = [
            "method": "\(call.path?.text ?? "unknown")",
            "code": "\(end.code)",
            "duration_us": "\(end.duration.nanoseconds / 1_000)",
            "received": "\(end.messagesReceived)",
            "sent": "\(end.messagesSent)",
        ]
        if let peer = call.peerAddress { metadata["peer"] = "\(peer)" }
        if let id = call.metadata("x-request-id") {
            metadata["request_id"] = "\(id.prefix(AccessLog.textBytesMax))"
        }
        // W3C Trace Context: to find the trace that the call belongs to.
        if let trace = call.metadata("traceparent") {
            metadata["traceparent"] = "\(trace.prefix(AccessLog.textBytesMax))"
        }
        logger.log(level: level, "call", metadata: metadata)
    }
}
