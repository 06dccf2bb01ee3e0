import ByteString
import Testing

@testable import Coordination

/// A state with shorthands for tests: one revision, one second of log time and one millisecond of wall time per step.
final class Fixture {
    var coordination: Coordination
    private(set) var revision: UInt64
    var seconds: UInt64 = 0
    var milliseconds: UInt64 = 0
    var principal = ""
    /// Where requests come in.
    var member: UInt64 = 1

    init(retention: Retention = .formatLevel1) {
        coordination = Coordination(retention: retention)
        revision = 0
    }

    init(adopting coordination: consuming Coordination) {
        revision = coordination.appliedRevision.rawValue
        seconds = coordination.logTime.nanoseconds / 1_000_000_000
        self.coordination = coordination
    }

    /// A state at the level of sessions.
    static func raised(retention: Retention = .formatLevel1) throws -> Fixture {
        let fixture = Fixture(retention: retention)
        fixture.revision += 1
        try fixture.coordination.raise(to: .sessions, fixture.context, Revision(fixture.revision))
        return fixture
    }

    private var context: CommandContext {
        CommandContext(
            logTime: LogTime(nanoseconds: seconds * 1_000_000_000 + milliseconds * 1_000_000),
            wallTime: WallTime(unixMilliseconds: 1000 + Int64(revision)), principal: principal,
            origin: Origin(member: member, incarnation: 2, token: revision))
    }

    /// Another one with the same state, by way of a snapshot.
    func restored() throws -> Fixture {
        _ = coordination.publish()
        var restorer = StateRestorer()
        let stream = coordination.snapshot()
        while let chunk = stream.next(byteCountMax: 4096) { try restorer.feed(chunk) }
        var other = Coordination()
        other.replace(by: try restorer.finish())
        _ = other.publish()
        return Fixture(adopting: other)
    }

    @discardableResult
    func apply(_ command: Command) -> Applied {
        revision += 1
        return coordination.apply(command, context, revision: Revision(revision))
    }

    @discardableResult
    func create(_ path: String, _ data: [UInt8] = [], id: RequestIdentity? = nil) -> WriteOutcome {
        apply(Command(path: path, operation: .create(data: Bytes(data)), requestID: id)).outcome
    }

    @discardableResult
    func set(
        _ path: String, _ data: [UInt8] = [], version: UInt64? = nil, id: RequestIdentity? = nil
    ) -> WriteOutcome {
        let operation = ZnodeChange.Operation.set(data: Bytes(data), expectedVersion: version)
        return apply(Command(path: path, operation: operation, requestID: id)).outcome
    }

    @discardableResult
    func delete(
        _ path: String, version: UInt64? = nil, id: RequestIdentity? = nil
    ) -> WriteOutcome {
        apply(Command(path: path, operation: .delete(expectedVersion: version), requestID: id)).outcome
    }

    // MARK: Sessions

    static let secret = SessionSecret(7, 9)

    func open(
        timeout milliseconds: UInt32 = 4_000, name: String = "", id: RequestIdentity? = nil
    ) throws -> SessionID {
        let opening = SessionOpening(timeoutMilliseconds: milliseconds, name: name, secret: Self.secret)
        return SessionID(try apply(Command(.session(.open(opening)), requestID: id)).outcome.get().revision.rawValue)
    }

    @discardableResult
    func close(_ session: SessionID, secret: SessionSecret = Fixture.secret) -> WriteOutcome {
        apply(Command(.session(.close(session, secret: secret)))).outcome
    }

    func touch(_ sessions: SessionID...) { apply(Command(.session(.touch(sessions)))) }

    @discardableResult
    func expire(_ subject: Expiry) -> WriteOutcome { apply(Command(.expire(subject))).outcome }

    @discardableResult
    func create(_ path: String, _ lifetime: Lifetime, isSequential: Bool = false) -> WriteOutcome {
        let creation = Creation(data: Bytes(), lifetime: lifetime, isSequential: isSequential)
        return apply(Command(path: path, operation: .create(creation))).outcome
    }

    func session(_ session: SessionID) -> SessionStatus? { read { $0.session(session) } }

    /// What a leader would end now.
    func overdue(countMax: Int = 100) -> [Expiry] {
        let now = LogTime(nanoseconds: seconds * 1_000_000_000 + milliseconds * 1_000_000)
        return coordination.takeOverdue(at: now, countMax: countMax)
    }

    // MARK: Reading

    /// Publishes, and reads.
    func read<Result>(_ body: (borrowing StateView) -> Result) -> Result {
        _ = coordination.publish()
        return coordination.readers.hold().read { body($0) }
    }

    func get(_ path: String) -> Znode? { read { $0.get(path) } }
    func stat(_ path: String) -> ZnodeStat? { read { $0.stat(path) } }

    func children(_ path: String, startAfter name: String = "", limit: Int = .max) -> [String]? {
        read { view in
            var names: [String] = []
            let stat = view.list(path, startAfter: name) {
                names.append($0.name)
                return names.count < limit
            }
            return stat == nil ? nil : names
        }
    }

    func history(from revision: UInt64, matching filter: WatchFilter? = nil) -> Result<[ZnodeEvent], StateError> {
        read { view in
            var events: [ZnodeEvent] = []
            do throws(StateError) {
                try view.history(from: Revision(revision), matching: filter) {
                    events.append($0)
                    return true
                }
                return .success(events)
            } catch {
                return .failure(error)
            }
        }
    }
}

extension Result where Failure == StateError {
    /// The reason of a refusal; nil for a success.
    var reason: Reason? {
        if case .failure(let error) = self { return error.reason }
        return nil
    }

    var code: StatusCode? {
        if case .failure(let error) = self { return error.code }
        return nil
    }
}

struct Unexpected: Error {}
