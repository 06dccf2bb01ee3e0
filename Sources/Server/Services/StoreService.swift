import ByteString
import Consensus
import Coordination
import Messages
import NIOCore
import Protobuf
import RPC
import Replica
import Stubs

/// `roost.v1.Store`, on the event loops of its callers.
///
/// A write's request is decoded once, to be validated; its bytes go on as they came, into the log and to every member.
struct StoreService: Sendable {
    private let shards: ShardMap
    private let limits: Limits

    init(shards: ShardMap, limits: Limits) {
        self.shards = shards
        self.limits = limits
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Store.Methods.create.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: CreateRequest) throws(StateError) in
                try Command(request)
            }
        }
        registry.rawUnary(Store.Methods.set.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: SetRequest) in Command(request) }
        }
        registry.rawUnary(Store.Methods.delete.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: DeleteRequest) in Command(request) }
        }
        registry.rawUnary(Store.Methods.transact.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: TransactRequest) throws(StateError) in
                try Command(request)
            }
        }
        registry.rawUnary(Store.Methods.get.path) { bytes, call in get(bytes, call) }
        registry.rawStream(Store.Methods.list.path, kind: .serverStreaming) { stream in
            stream.onMessage { list($0, stream) }
        }
        registry.rawStream(Store.Methods.watch.path, kind: .serverStreaming) { stream in
            stream.onMessage { watch($0, stream) }
        }
    }

    // MARK: Reads

    private func get(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try GetRequest(decoding: bytes)
            try limits.check(path: request.path)
            let shard = shards[call.eventLoop]
            shard.read(
                Shard.Read(
                    minRevision: max(request.minRevision, request.atRevision),
                    perform: {
                        guard request.atRevision == 0 else { return shard.getPast(request) { call.answer($0) } }
                        call.answer(shard.get(request))
                    },
                    fail: { call.fail($0) }, deadline: .reading(call.deadline)),
                level: request.level)
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func list(_ bytes: UnsafeRawBufferPointer, _ stream: ServerStream) {
        do {
            let request = try ListRequest(decoding: bytes)
            try limits.check(path: request.path)
            let shard = shards[stream.eventLoop]
            shard.read(
                Shard.Read(
                    minRevision: max(request.minRevision, request.atRevision),
                    perform: { ListCall(stream).begin(request, in: shard) },
                    fail: { stream.finish($0) }, deadline: .reading(stream.deadline)),
                level: request.level)
        } catch {
            stream.finish(.refusal(of: error))
        }
    }

    private func watch(_ bytes: UnsafeRawBufferPointer, _ stream: ServerStream) {
        do {
            let request = try WatchRequest(decoding: bytes)
            try limits.check(path: request.path)
            WatchCall(stream).begin(request, in: shards[stream.eventLoop].watches)
        } catch {
            stream.finish(.refusal(of: error))
        }
    }
}

extension Shard {
    /// Validates a write, and gives its bytes, as they came, to the driver.
    ///
    /// - Parameter command: reads it from the request.
    func write<Request: Protobuf.Message>(
        _ bytes: UnsafeRawBufferPointer, _ call: UnaryCall, _ limits: Limits,
        _ command: (Request) throws(StateError) -> Command
    ) {
        let request = Bytes(copying: bytes)
        do {
            let command = try command(try Request(decoding: request))
            try limits.check(command)
            write(command, request, call)
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    /// Gives a validated write to the driver as soon as the ensemble's format level allows.
    ///
    /// - Parameter request: its bytes as they go into the log.
    func write(_ command: Command, _ request: Bytes, _ call: UnaryCall) {
        let (kind, hasRequestID, principal) = (command.kind, command.requestID != nil, call.principal)
        // (Without a closure where there is nothing to wait for.)
        if isAtLevel(command.level) {
            return write(kind, request: request, hasRequestID: hasRequestID, principal: principal, call: call)
        }
        atLevel(command.level, of: call) {
            self.write(kind, request: request, hasRequestID: hasRequestID, principal: principal, call: call)
        }
    }

    /// Does `body`, unless the ensemble's format level is too low for it. A member that has just been started may not
    /// have applied yet what raised the level: it first finds out how far it is behind.
    func atLevel(
        _ needed: Coordination.FormatLevel, deadline: NIODeadline?, _ body: @escaping () -> Void,
        orFail fail: @escaping (RPCStatus) -> Void
    ) {
        if isAtLevel(needed) { return body() }
        read(
            Read(
                minRevision: 0,
                perform: {
                    let level = self.reader.pin { $0.level }
                    level >= needed ? body() : fail(.formatLevelTooLow(level, needed: needed))
                },
                fail: fail, deadline: .reading(deadline)),
            level: .linearizable)
    }

    private func isAtLevel(_ needed: Coordination.FormatLevel) -> Bool {
        needed == .first || reader.pin { $0.level } >= needed
    }

    func atLevel(_ needed: Coordination.FormatLevel, of call: UnaryCall, _ body: @escaping () -> Void) {
        atLevel(needed, deadline: call.deadline, body, orFail: { call.fail($0) })
    }

    /// What a Get of the present is answered, from the state as published.
    func get(_ request: GetRequest) -> Result<GetResponse, StateError> {
        let response: GetResponse? = reader.pin { view in
            view.get(request.path).map { GetResponse($0, at: view.revision) }
        }
        return response.map { .success($0) } ?? .failure(.znodeNotFound(request.path))
    }

    /// What a Get of the past is answered, once the history since then has been gone through.
    func getPast(_ request: GetRequest, _ completion: @escaping (Result<GetResponse, StateError>) -> Void) {
        pastReads.begin { done in
            PastRead(request, in: self) { result in
                completion(result)
                done()
            }.proceed()
        }
    }
}

extension UnaryCall {
    fileprivate func answer(_ result: Result<some Protobuf.Message, StateError>) {
        switch result {
        case .success(let response): reply(response)
        case .failure(let error): fail(.state(error))
        }
    }
}

extension NIODeadline {
    /// How long a read may wait for what it needs.
    static func reading(_ deadline: NIODeadline?) -> NIODeadline {
        min(deadline ?? .distantFuture, .now() + .seconds(10))
    }
}

extension RPCStatus {
    /// Why a request was refused before it did anything.
    static func refusal(of error: any Error) -> RPCStatus {
        switch error {
        case let error as RPCStatus: error
        case let error as WireError: .malformed(error)
        case let error as StateError: .state(error)
        default: RPCStatus(.internal, "\(error)")
        }
    }

    static func formatLevelTooLow(
        _ level: Coordination.FormatLevel, needed: Coordination.FormatLevel
    ) -> RPCStatus {
        .roost(
            .unavailable, .formatLevelTooLow,
            "this needs format level \(needed), and the ensemble is at \(level): it rises by itself as soon as every "
                + "member runs a release that supports it",
            metadata: [("format_level", "\(level)"), ("needed_format_level", "\(needed)")],
            retryAfter: .milliseconds(500))
    }

    /// An error of the tree.
    static func state(_ error: StateError) -> RPCStatus {
        .roost(
            Code(rawValue: Int(error.code.rawValue)), reason: error.reason.rawValue, error.message,
            metadata: error.metadata.map { ($0.name, $0.value) })
    }
}

/// The shards, by their event loops.
struct ShardMap: Sendable {
    let all: [Shard]
    private let byLoop: [ObjectIdentifier: Shard]

    init(_ shards: [Shard]) {
        all = shards
        byLoop = Dictionary(uniqueKeysWithValues: shards.map { (ObjectIdentifier($0.loop), $0) })
    }

    subscript(loop: any EventLoop) -> Shard {
        guard let shard = byLoop[ObjectIdentifier(loop)] else {
            preconditionFailure("a call on an event loop that serves no clients")
        }
        return shard
    }
}
