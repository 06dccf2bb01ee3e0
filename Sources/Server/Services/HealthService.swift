import Messages
import NIOCore
import RPC
import Stubs

/// `grpc.health.v1.Health`, on the event loops of its callers.
struct HealthService: Sendable {
    private let shards: ShardMap
    private let subjects: [String: HealthHub.Subject]

    /// The name under which it is asked whether a member serves at all.
    static let aliveName = "roost.alive"

    /// - Parameter registry: what the member serves beside this.
    init(shards: ShardMap, registry: ServiceRegistry) {
        self.shards = shards
        var subjects: [String: HealthHub.Subject] = ["": .linearizable, Self.aliveName: .alive]
        for path in registry.paths { subjects[String(path.service)] = .linearizable }
        self.subjects = subjects
    }

    func register(in registry: inout ServiceRegistry) {
        registry.makePublic(GrpcHealthV1Health.serviceName)
        registry.unary(GrpcHealthV1Health.Methods.check, onEventLoop: { check($0, $1) })
        registry.unary(GrpcHealthV1Health.Methods.list, onEventLoop: { list($1) })
        registry.stream(GrpcHealthV1Health.Methods.watch) { stream in
            stream.onMessage(GrpcHealthV1HealthCheckRequest.self) { watch($0, stream) }
        }
    }

    private func check(_ request: GrpcHealthV1HealthCheckRequest, _ call: UnaryCall) {
        guard let subject = subjects[request.service] else {
            return call.fail(RPCStatus(.notFound, "nothing is known of the health of '\(request.service.prefix(200))'"))
        }
        let health: HealthHub = shards[call.eventLoop].health
        health.whenKnown { call.reply(GrpcHealthV1HealthCheckResponse(health.status(of: subject))) }
    }

    private func list(_ call: UnaryCall) {
        let health: HealthHub = shards[call.eventLoop].health
        health.whenKnown {
            var response = GrpcHealthV1HealthListResponse()
            for (name, subject) in subjects {
                response.statuses[name] = GrpcHealthV1HealthCheckResponse(health.status(of: subject))
            }
            call.reply(response)
        }
    }

    private func watch(_ request: GrpcHealthV1HealthCheckRequest, _ stream: ServerStream) {
        stream.endAtShutdown(.shuttingDown)
        // Such a stream stays open: a service of that name may come with another release.
        guard let subject = subjects[request.service] else {
            stream.send(GrpcHealthV1HealthCheckResponse(.serviceUnknown))
            return
        }
        shards[stream.eventLoop].health.watch(subject, stream)
    }
}
