public import CoreMetrics
import NIOConcurrencyHelpers

/// Counts the calls of a server by method and code, and measures how long they take, under the names that Prometheus
/// dashboards for gRPC know: the counter `grpc_server_handled_total` (`grpc_service`, `grpc_method`, `grpc_code`) and
/// the timer `grpc_server_handling_seconds` (`grpc_service`, `grpc_method`).
///
/// Calls of methods that nobody serves are counted under `unknown`, whatever their path says.
public final class CallMetrics: ServerInterceptor {
    /// One for each method, and one for what nobody serves.
    private let methods: [PerMethod]

    private final class PerMethod: Sendable {
        let service: String
        let name: String
        let factory: any MetricsFactory
        let succeeded: Counter
        let duration: Timer
        /// By code. Failures are made when they are first seen: most methods never have most codes.
        let failed = NIOLockedValueBox<[RPCStatus.Code: Counter]>([:])

        init(service: String, name: String, factory: any MetricsFactory) {
            self.service = service
            self.name = name
            self.factory = factory
            succeeded = PerMethod.counter(service, name, .ok, factory)
            duration = Timer(
                label: "grpc_server_handling_seconds", dimensions: [("grpc_service", service), ("grpc_method", name)],
                factory: factory)
        }

        static func counter(
            _ service: String, _ name: String, _ code: RPCStatus.Code, _ factory: any MetricsFactory
        ) -> Counter {
            let dimensions = [("grpc_service", service), ("grpc_method", name), ("grpc_code", "\(code)")]
            return Counter(label: "grpc_server_handled_total", dimensions: dimensions, factory: factory)
        }

        func failure(_ code: RPCStatus.Code) -> Counter {
            failed.withLockedValue { failed in
                if let counter = failed[code] { return counter }
                let counter = PerMethod.counter(service, name, code, factory)
                failed[code] = counter
                return counter
            }
        }
    }

    /// Whether the process has somewhere to send metrics to: `MetricsSystem` was bootstrapped.
    public static var isWanted: Bool { !(MetricsSystem.factory is NOOPMetricsHandler) }

    /// - Parameters:
    ///   - registry: The registry that the server is started with.
    ///   - factory: Where the metrics go; by default to what `MetricsSystem` was bootstrapped with.
    public init(registry: ServiceRegistry, factory: any MetricsFactory = MetricsSystem.factory) {
        methods =
            registry.paths.map { path in
                PerMethod(service: String(path.service), name: String(path.method), factory: factory)
            } + [PerMethod(service: "unknown", name: "unknown", factory: factory)]
    }

    public func callEnded(_ call: borrowing CallView, _ end: CallEnd) {
        let index = call.methodIndex ?? methods.count - 1
        guard methods.indices.contains(index) else { preconditionFailure("the metrics are those of another registry") }
        let method = methods[index]
        (end.code == .ok ? method.succeeded : method.failure(end.code)).increment()
        method.duration.recordNanoseconds(end.duration.nanoseconds)
    }
}
