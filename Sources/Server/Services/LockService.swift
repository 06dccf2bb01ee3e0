import ByteString
import Coordination
import Messages
import RPC
import Stubs

/// `roost.v1.Lock`, on the event loops of its callers.
struct LockService: Sendable {
    private let shards: ShardMap
    private let limits: Limits

    init(shards: ShardMap, limits: Limits) {
        self.shards = shards
        self.limits = limits
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Lock.Methods.acquire.path) { bytes, call in
            do {
                let request = try AcquireRequest(decoding: bytes)
                try shards[call.eventLoop].acquire(request, Bytes(copying: bytes), call, limits) { call.reply($0) }
            } catch {
                call.fail(.refusal(of: error))
            }
        }
        registry.rawUnary(Lock.Methods.release.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: ReleaseRequest) in Command(request) }
        }
        registry.rawUnary(Lock.Methods.describe.path) { bytes, call in describe(bytes, call) }
    }

    private static let claimsDefault = 100

    private func describe(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try DescribeLockRequest(decoding: bytes)
            try limits.check(path: request.path)
            let limit = request.limit == 0 ? Self.claimsDefault : Int(request.limit)
            shards[call.eventLoop].answer(call, level: request.level, minRevision: request.minRevision) { view in
                DescribeLockResponse(
                    revision: view.revision.rawValue,
                    claims: view.claims(request.path, limit: limit).map(Claim.init))
            }
        } catch {
            call.fail(.refusal(of: error))
        }
    }
}

extension Shard {
    /// Validates a claim, and has it made and waited for.
    ///
    /// - Parameter encoded: the request's bytes.
    func acquire(
        _ request: AcquireRequest, _ encoded: Bytes, _ call: UnaryCall, _ limits: Limits,
        reply: @escaping (AcquireResponse) -> Void
    ) throws {
        let command = try Command(request)
        try limits.check(command)
        let principal = call.principal
        atLevel(command.level, of: call) {
            self.locks.acquire(request, command, encoded, call, of: principal, reply: reply)
        }
    }
}
