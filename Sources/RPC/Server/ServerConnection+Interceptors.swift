import CNghttp2

/// What the interceptors are told.
extension ServerConnection {
    /// The first refusal of an interceptor.
    func callBegins(_ stream: Int32, _ method: UInt32) -> RPCStatus? {
        withMetadataBlock(stream) { block in
            let call = CallView(connection: self, method: method, block: block)
            for interceptor in server.configuration.interceptors {
                if let refusal = interceptor.callBegins(call) { return refusal }
            }
            return nil
        }
    }

    func callEnded(_ end: rh2_ended) {
        let block = UnsafeRawBufferPointer(start: end.metadata, count: end.metadata == nil ? 0 : end.metadata_length)
        let call = CallView(connection: self, method: end.method, block: block)
        let view = CallEnd(
            code: end.grpc_status < 0 ? .cancelled : RPCStatus.Code(rawValue: Int(end.grpc_status)),
            duration: .nanoseconds(loop.now() - end.began_at), messagesReceived: Int(end.messages_in),
            messagesSent: Int(end.messages_out))
        for interceptor in server.configuration.interceptors { interceptor.callEnded(call, view) }
    }
}
