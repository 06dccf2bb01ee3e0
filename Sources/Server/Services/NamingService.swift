import ByteString
import Coordination
import Messages
import RPC
import Stubs

/// `roost.v1.Naming`, on the event loops of its callers.
struct NamingService: Sendable {
    private let shards: ShardMap
    private let limits: Limits

    init(shards: ShardMap, limits: Limits) {
        self.shards = shards
        self.limits = limits
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Naming.Methods.register.path) { bytes, call in register(bytes, call) }
        registry.rawUnary(Naming.Methods.deregister.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: DeregisterRequest) throws(StateError) in
                try Command(request)
            }
        }
        registry.rawUnary(Naming.Methods.resolve.path) { bytes, call in resolve(bytes, call) }
        registry.rawStream(Naming.Methods.watch.path, kind: .serverStreaming) { stream in
            stream.onMessage { watch($0, stream) }
        }
    }

    /// What is kept of an instance is put together here, once, and its bytes go to every member.
    private func register(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try RegisterRequest(decoding: bytes)
            guard var instance = request.instance else { throw RPCStatus.invalidField("instance is missing") }
            guard instance.port <= 65_535 else {
                throw RPCStatus.invalidField("port is \(instance.port); it is at most 65535")
            }
            let name = instance.name
            (instance.name, instance.sessionID, instance.revision) = ("", 0, 0)
            let register = RegisterInstance(
                path: request.path, name: name, sessionID: request.sessionID, data: try instance.encodedBytes(),
                requestID: request.requestID)
            let command = try Command(register)
            try limits.check(command)
            shards[call.eventLoop].write(command, try register.encodedBytes(), call)
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func resolve(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try ResolveRequest(decoding: bytes)
            try limits.check(service: request.path)
            shards[call.eventLoop].answer(call, level: request.level, minRevision: request.minRevision) { view in
                ResolveResponse(request, in: view)
            }
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func watch(_ bytes: UnsafeRawBufferPointer, _ stream: ServerStream) {
        do {
            let request = try WatchServiceRequest(decoding: bytes)
            try limits.check(service: request.path)
            let shard = shards[stream.eventLoop]
            shard.followers.open(on: stream) { ServiceWatcher(path: request.path, stream: stream, shard: shard) }
        } catch {
            stream.finish(.refusal(of: error))
        }
    }
}

extension ResolveResponse {
    private static let countDefault = 1_000
    private static let countMax = 10_000
    /// A response stays well below what clients take for a message.
    fileprivate static let byteCountMax = 2 << 20

    fileprivate init(_ request: ResolveRequest, in view: borrowing StateView) {
        self.init(revision: view.revision.rawValue)
        let limit = request.limit == 0 ? Self.countDefault : min(Int(request.limit), Self.countMax)
        var found: [Instance] = []
        var byteCount = 0
        var isCut = false
        view.instances(request.path, startAfter: request.startAfter) { instance, dataCount in
            guard instance.isWanted(by: request) else { return true }
            guard found.count < limit, byteCount < Self.byteCountMax else {
                isCut = true
                return false
            }
            byteCount += dataCount + 256
            found.append(instance)
            return true
        }
        instances = found
        more = isCut
    }
}

extension Instance {
    fileprivate func isWanted(by request: ResolveRequest) -> Bool {
        if request.servingOnly, health != .serving { return false }
        return request.locality.isEmpty || locality == request.locality
            || locality.hasPrefix(request.locality + "/")
    }
}

/// One client that watches a service.
final class ServiceWatcher: HistoryFollower {
    let path: String
    let stream: ServerStream
    let start: Revision
    private var changes: [InstanceChange] = []
    private var byteCount = 0
    /// The instances that were told and have not gone.
    private var names: Set<[UInt8]> = []

    /// Tells all instances that there are.
    init(path: String, stream: ServerStream, shard: Shard) {
        self.path = path
        self.stream = stream
        let (instances, revision) = shard.reader.pin { view in
            var instances: [(instance: Instance, byteCount: Int)] = []
            view.instances(path) {
                instances.append(($0, $1))
                return true
            }
            return (instances, view.revision)
        }
        start = Revision(revision.rawValue + 1)
        for (instance, byteCount) in instances {
            names.insert(Array(instance.name.utf8))
            add(InstanceChange(instance: instance), byteCount, at: revision)
        }
        tell(upTo: revision, more: false)
    }

    func take(_ event: ZnodeEvent, _ shard: Shard) {
        let name = String(Substring(event.path.utf8.dropFirst(path.utf8.count + 1)))
        guard event.kind != .deleted else {
            // What was none before is no instance that has gone.
            guard names.remove(Array(name.utf8)) != nil else { return }
            return add(InstanceChange(instance: Instance(name: name), gone: true), 0, at: event.revision)
        }
        // A change does not tell whose the znode is; if it has gone by now, neither does the state.
        var session = SessionID(0)
        if let stat = shard.reader.pin({ $0.stat(event.path) }) {
            guard case .ephemeral(let owner) = stat.lifetime else { return }
            session = owner
        }
        guard let instance = Instance(name: name, data: event.data, session: session, revision: event.revision) else {
            return
        }
        names.insert(Array(name.utf8))
        add(InstanceChange(instance: instance), event.data.count, at: event.revision)
    }

    func endRevision(_ revision: Revision) { tell(upTo: revision, more: false) }

    private func add(_ change: InstanceChange, _ dataCount: Int, at revision: Revision) {
        changes.append(change)
        byteCount += dataCount + 256
        if byteCount >= ResolveResponse.byteCountMax { tell(upTo: revision, more: true) }
    }

    /// - Parameter more: the revision goes on in the next response, and does not count as told.
    private func tell(upTo revision: Revision, more: Bool) {
        let told = more ? revision.rawValue - 1 : revision.rawValue
        stream.send(WatchServiceResponse(revision: told, changes: changes, more: more))
        changes.removeAll(keepingCapacity: true)
        byteCount = 0
    }
}
