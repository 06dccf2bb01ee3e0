public import Messages
import RPC
import Stubs

extension RoostClient {
    /// Makes an instance of a service known for as long as the session lives, or changes what is known of it.
    public func register(
        _ instance: Instance, of path: String, in session: HeldSession
    ) async throws(RPCFailure) -> RegisterResponse {
        var request = RegisterRequest(path: path, instance: instance, sessionID: session.id)
        request.requestID = nextID()
        return try await call(Naming.Methods.register, request)
    }

    /// The instances of a service.
    public func resolve(_ request: ResolveRequest) async throws(RPCFailure) -> ResolveResponse {
        try await call(Naming.Methods.resolve, request)
    }

    /// Tells all instances of a service, and then every change. When a member fails the next one is asked, and `body`
    /// is given all of them anew, after a call with nil. Ends only by throwing.
    public func watchService(_ path: String, _ body: (WatchServiceResponse?) async throws -> Void) async throws {
        try await goOn {
            try await body(nil)
            let request = WatchServiceRequest(path: path)
            for try await response in try channel.serverStreaming(Naming.Methods.watch, request, options: once) {
                try await body(response)
            }
        }
    }
}
