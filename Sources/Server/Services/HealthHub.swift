import Messages
import NIOCore
import RPC

/// What one event loop's callers are told of this member's health. Confined to that loop.
final class HealthHub {
    typealias Status = GrpcHealthV1HealthCheckResponse.ServingStatus

    /// What can be asked about.
    enum Subject {
        case linearizable
        case alive
    }

    private final class Watcher {
        let stream: ServerStream
        let subject: Subject
        var told: Status?

        init(_ stream: ServerStream, _ subject: Subject) {
            self.stream = stream
            self.subject = subject
        }
    }

    private unowned let shard: Shard
    private var record = HealthRecord()
    private var watchers: [Watcher] = []
    static let watchersMax = 1_000
    /// How long a first question waits for its answer: less than a probe does.
    private static let questionTimeout = TimeAmount.milliseconds(500)

    init(shard: Shard) {
        self.shard = shard
    }

    func status(of subject: Subject) -> Status {
        switch subject {
        case .alive: record.isAlive ? .serving : .notServing
        case .linearizable: record.isLinearizable(.now()) ? .serving : .notServing
        }
    }

    /// Calls `completion` as soon as the answer is known, once.
    func whenKnown(_ completion: @escaping () -> Void) {
        let now = NIODeadline.now()
        record.onQuestion(now)
        guard !record.isDraining, !record.isLinearizable(now) else { return completion() }
        var isKnown = false
        func tell() {
            if !isKnown { completion() }
            isKnown = true
        }
        let timeout = shard.loop.assumeIsolated().scheduleTask(in: Self.questionTimeout) { tell() }
        probe {
            timeout.cancel()
            tell()
        }
    }

    func watch(_ subject: Subject, _ stream: ServerStream) {
        guard watchers.count < Self.watchersMax else { return stream.finish(.failure(.overloaded)) }
        let watcher = Watcher(stream, subject)
        stream.onCancel { [weak self] _ in self?.watchers.removeAll { $0 === watcher } }
        whenKnown { [weak self] in
            guard let self, stream.isOpen else { return }
            watchers.append(watcher)
            tell(watcher)
        }
    }

    /// Called a few times a second.
    func tick(now: NIODeadline) {
        if record.isProbeDue(now, isWatched: !watchers.isEmpty) { probe {} }
        for watcher in watchers { tell(watcher) }
    }

    /// From now on nobody is to be sent here.
    func drain() {
        record.onDrain()
        for watcher in watchers { tell(watcher) }
    }

    private func tell(_ watcher: Watcher) {
        let status = status(of: watcher.subject)
        guard status != watcher.told, watcher.stream.isOpen else { return }
        watcher.told = status
        watcher.stream.send(GrpcHealthV1HealthCheckResponse(status))
    }

    /// Reads, as a client would. `completion` is called when that has succeeded or failed.
    private func probe(_ completion: @escaping () -> Void) {
        record.onProbe(.now())
        shard.read(
            Shard.Read(
                minRevision: 0,
                perform: { [weak self] in
                    self?.record.onConfirmed(.now())
                    completion()
                },
                fail: { _ in completion() }, deadline: .now() + HealthRecord.patience),
            level: .linearizable)
    }
}

extension GrpcHealthV1HealthCheckResponse {
    init(_ status: ServingStatus) {
        self.init()
        self.status = status
    }
}
