import ByteString
import Client
import Logging
import Messages
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Protobuf
import RPC
import Stubs
import WellKnownTypes

/// A member that answers what a test wants, call by call.
final class FakeMember: Sendable {
    enum Answer: Sendable {
        /// As a member that has done it.
        case done
        case status(RPCStatus)
        case silence
    }

    private let script: NIOLockedValueBox<[Answer]>
    private let seen = NIOLockedValueBox<[RequestId]>([])
    private let server = NIOLockedValueBox<RPCServer?>(nil)

    /// - Parameter script: The last one is repeated.
    init(_ script: [Answer]) async throws {
        self.script = NIOLockedValueBox(script)
        var registry = ServiceRegistry()
        registry.rawUnary(Store.Methods.set.path) { [self] request, call in
            let id = (try? SetRequest(decoding: request))?.requestID ?? RequestId()
            answer(call, id) { try SetResponse().encodedBytes() }
        }
        registry.rawUnary(Cluster.Methods.removeMember.path) { [self] _, call in
            answer(call, RequestId()) { try RemoveMemberResponse().encodedBytes() }
        }
        let started = try await RPCServer.start(
            on: SocketAddress(ipAddress: "127.0.0.1", port: 0), group: MultiThreadedEventLoopGroup.singleton,
            registry: registry, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        server.withLockedValue { $0 = started }
    }

    private func answer(_ call: UnaryCall, _ id: RequestId, _ response: () throws -> Bytes) {
        seen.withLockedValue { $0.append(id) }
        switch script.withLockedValue({ $0.count > 1 ? $0.removeFirst() : $0[0] }) {
        case .done:
            do { call.reply(try response()) } catch { call.fail(RPCStatus(.internal, "\(error)")) }
        case .status(let status): call.fail(status)
        case .silence: break
        }
    }

    /// The request ids of the calls that have come.
    var requests: [RequestId] { seen.withLockedValue { $0 } }
    var address: Address { Address(host: "127.0.0.1", port: server.withLockedValue { $0?.port ?? 0 }) }

    func stop() async {
        await server.withLockedValue { $0 }?.shutdown(grace: .zero)
    }
}

extension RPCStatus {
    /// A status as members give it.
    static func roost(_ code: Code, _ reason: String, leader: Address? = nil) throws -> RPCStatus {
        var info = GoogleRpcErrorInfo()
        info.domain = "roost"
        info.reason = reason
        if let leader { info.metadata["leader_address"] = leader.description }
        var status = GoogleRpcStatus()
        status.code = Int32(code.rawValue)
        status.details = [try GoogleProtobufAny(packing: info)]
        return RPCStatus(code, reason, details: try status.encodedBytes())
    }
}
