import ByteString
import Coordination
import Messages
import RPC
import Stubs

/// `roost.v1.Config`, on the event loops of its callers.
struct ConfigService: Sendable {
    private let shards: ShardMap
    private let limits: Limits

    init(shards: ShardMap, limits: Limits) {
        self.shards = shards
        self.limits = limits
    }

    func register(in registry: inout ServiceRegistry) {
        registry.rawUnary(Config.Methods.put.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: PutConfigRequest) in Command(request) }
        }
        registry.rawUnary(Config.Methods.rollback.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: RollbackConfigRequest) in Command(request) }
        }
        registry.rawUnary(Config.Methods.delete.path) { bytes, call in
            shards[call.eventLoop].write(bytes, call, limits) { (request: DeleteConfigRequest) in Command(request) }
        }
        registry.rawUnary(Config.Methods.get.path) { bytes, call in get(bytes, call) }
        registry.rawUnary(Config.Methods.history.path) { bytes, call in history(bytes, call) }
        registry.rawStream(Config.Methods.watch.path, kind: .serverStreaming) { stream in
            stream.onMessage { watch($0, stream) }
        }
    }

    private func get(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try GetConfigRequest(decoding: bytes)
            try limits.check(key: request.path)
            shards[call.eventLoop].answer(call, level: request.level, minRevision: request.minRevision) { view in
                GetConfigResponse(
                    revision: view.revision.rawValue,
                    version: try view.config(request.path, revision: request.versionRevision))
            }
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func history(_ bytes: UnsafeRawBufferPointer, _ call: UnaryCall) {
        do {
            let request = try ConfigHistoryRequest(decoding: bytes)
            try limits.check(key: request.path)
            let limit = request.limit == 0 ? Int.max : Int(request.limit)
            shards[call.eventLoop].answer(call, level: request.level, minRevision: request.minRevision) { view in
                let (versions, more) = try view.configHistory(
                    request.path, limit: limit, includeValues: request.includeValues)
                return ConfigHistoryResponse(revision: view.revision.rawValue, versions: versions, more: more)
            }
        } catch {
            call.fail(.refusal(of: error))
        }
    }

    private func watch(_ bytes: UnsafeRawBufferPointer, _ stream: ServerStream) {
        do {
            let request = try WatchConfigRequest(decoding: bytes)
            try limits.check(path: request.path)
            let shard = shards[stream.eventLoop]
            shard.followers.open(on: stream) {
                ConfigWatcher(request, stream: stream, at: shard.reader.pin { $0.revision })
            }
        } catch {
            stream.finish(.refusal(of: error))
        }
    }
}

/// One client that follows the configuration.
final class ConfigWatcher: HistoryFollower {
    let path: String
    let stream: ServerStream
    let isRecursive = true
    let start: Revision
    private let tellsKeysBelow: Bool
    /// Of the revision that is being read: the keys changed, in order.
    private var changes: [ConfigChange] = []
    private var byteCount = 0
    /// The last response was not the whole of its revision.
    private var isOpen = false

    private static let byteCountMax = 1 << 20

    init(_ request: WatchConfigRequest, stream: ServerStream, at revision: Revision) {
        path = request.path
        self.stream = stream
        tellsKeysBelow = request.recursive
        let start = request.startRevision == 0 ? revision.rawValue + 1 : request.startRevision
        self.start = Revision(start)
        stream.send(WatchConfigResponse(revision: min(revision.rawValue, start - 1)))
    }

    /// A version tells more than the change of its key, which comes just before it.
    func take(_ event: ZnodeEvent, _ shard: Shard) {
        if let change = ConfigChange(version: event) {
            guard isTold(change.path) else { return }
            if changes.last?.path == change.path { changes.removeLast() }
            return add(change, event)
        }
        guard isTold(event.path), !ConfigChange.isVersion(event.path) else { return }
        switch event.kind {
        case .deleted:
            add(ConfigChange(path: event.path), event)
        case .created where isContainer(event.path, shard):
            break
        case .created, .changed:
            let version = ConfigVersion(revision: event.revision.rawValue, value: event.data)
            add(ConfigChange(path: event.path, version: version), event)
        }
    }

    private func isTold(_ key: String) -> Bool { tellsKeysBelow || key == path }

    /// What is only there to hold keys is none.
    private func isContainer(_ path: String, _ shard: Shard) -> Bool {
        shard.reader.pin { $0.stat(path)?.lifetime } == .container
    }

    func endRevision(_ revision: Revision) {
        // What was told with `more` is closed, even if nothing is left to tell.
        guard !changes.isEmpty || isOpen else { return }
        tell(upTo: revision, more: false)
    }

    /// A key's change is not told before it is seen whether its version follows.
    private func add(_ change: ConfigChange, _ event: ZnodeEvent) {
        if byteCount >= Self.byteCountMax { tell(upTo: event.revision, more: true) }
        changes.append(change)
        byteCount += event.data.count + 256
    }

    private func tell(upTo revision: Revision, more: Bool) {
        let told = more ? revision.rawValue - 1 : revision.rawValue
        stream.send(WatchConfigResponse(revision: told, changes: changes, more: more))
        changes.removeAll(keepingCapacity: true)
        byteCount = 0
        isOpen = more
    }
}
