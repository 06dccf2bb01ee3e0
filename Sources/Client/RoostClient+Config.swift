public import Messages
import RPC
import Stubs

extension RoostClient {
    /// Writes a value of the configuration. The request gets an id of this client's.
    public func putConfig(_ request: PutConfigRequest) async throws(RPCFailure) -> PutConfigResponse {
        var request = request
        request.requestID = nextID()
        return try await call(Config.Methods.put, request)
    }

    /// Writes the value of an earlier version again. The request gets an id of this client's.
    public func rollBackConfig(_ request: RollbackConfigRequest) async throws(RPCFailure) -> PutConfigResponse {
        var request = request
        request.requestID = nextID()
        return try await call(Config.Methods.rollback, request)
    }

    /// Deletes a key and its versions. The request gets an id of this client's.
    public func deleteConfig(_ request: DeleteConfigRequest) async throws(RPCFailure) -> DeleteConfigResponse {
        var request = request
        request.requestID = nextID()
        return try await call(Config.Methods.delete, request)
    }

    /// Reads a key: its newest version, or that of a revision.
    public func getConfig(_ path: String, version revision: UInt64 = 0) async throws(RPCFailure) -> GetConfigResponse {
        try await call(Config.Methods.get, GetConfigRequest(path: path, versionRevision: revision))
    }

    /// The versions of a key that are kept, the newest one first.
    public func configHistory(_ request: ConfigHistoryRequest) async throws(RPCFailure) -> ConfigHistoryResponse {
        try await call(Config.Methods.history, request)
    }

    /// Follows a key, or all keys below a path. When a member fails it is taken up on the next one where it stopped:
    /// nothing is missed and nothing is told twice. Ends only by throwing.
    public func watchConfig(
        _ request: WatchConfigRequest, _ body: (WatchConfigResponse) async throws -> Void
    ) async throws {
        var request = request
        try await goOn {
            for try await response in try channel.serverStreaming(Config.Methods.watch, request, options: once) {
                try await body(response)
                request.startRevision = max(request.startRevision, response.revision + 1)
            }
        }
    }
}
