import ByteString
import Testing

@testable import Coordination

/// A state with shorthands for tests: one revision, one second of log time and one millisecond of wall time per step.
final class Fixture {
    var coordination: Coordination
    private(set) var revision: UInt64
    var seconds: UInt64 = 0
    var principal = ""

    init(retention: Retention = .formatLevel1) {
        coordination = Coordination(retention: retention)
        revision = 0
    }

    init(adopting coordination: consuming Coordination) {
        revision = coordination.appliedRevision.rawValue
        seconds = coordination.logTime.nanoseconds / 1_000_000_000
        self.coordination = coordination
    }

    @discardableResult
    func apply(_ command: Command) -> Applied {
        revision += 1
        let context = CommandContext(
            logTime: LogTime(nanoseconds: seconds * 1_000_000_000),
            wallTime: WallTime(unixMilliseconds: 1000 + Int64(revision)), principal: principal,
            origin: Origin(member: 1, incarnation: 2, token: revision))
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
        let operation = Command.Operation.set(data: Bytes(data), expectedVersion: version)
        return apply(Command(path: path, operation: operation, requestID: id)).outcome
    }

    @discardableResult
    func delete(
        _ path: String, version: UInt64? = nil, id: RequestIdentity? = nil
    ) -> WriteOutcome {
        apply(Command(path: path, operation: .delete(expectedVersion: version), requestID: id)).outcome
    }

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
