import Consensus
import Driver
import Journal
import Messages
import NIOConcurrencyHelpers
import NIOCore
import RPC

/// Answers `Peer.Repair`: from the log's intact parts while this member is itself under repair, and through the driver
/// once it runs.
final class RepairDesk: Sendable {
    private enum Source: Sendable {
        case none
        case damaged(LogRepair, FileDisk)
        case running(Inbox)
    }

    private let source = NIOLockedValueBox(Source.none)

    /// This member has the following to give, although it does not run.
    func open(_ repair: LogRepair, on disk: FileDisk) { source.withLockedValue { $0 = .damaged(repair, disk) } }

    /// This member runs.
    func open(_ inbox: Inbox) { source.withLockedValue { $0 = .running(inbox) } }

    func close() { source.withLockedValue { $0 = .none } }

    func serve(_ request: RepairRequest, _ call: UnaryCall, callee: PeerIdentity) {
        do throws(RPCStatus) {
            _ = try PeerIdentity.caller(
                in: call.metadata, principal: call.principal, callee: callee, isStorageNeeded: false)
        } catch {
            return call.fail(error)
        }
        switch source.withLockedValue({ $0 }) {
        case .none:
            call.fail(RPCStatus(.unavailable, "this member is still starting"))
        case .damaged(let repair, let disk):
            Self.reply(Self.supply(request.core, repair, disk), to: call)
        case .running(let inbox):
            inbox.post(
                .repair(request.core) { supply in
                    call.eventLoop.execute { Self.reply(supply, to: call) }
                })
        }
    }

    /// Reads from the disk where it stands: a member under repair has nothing else to do.
    private static func supply(_ demand: RepairDemand, _ repair: LogRepair, _ disk: FileDisk) -> RepairSupply {
        switch demand {
        case .entries(let query):
            return .entries(repair.answer(query))
        case .snapshot(let position, let offset):
            guard let snapshot = repair.snapshot, snapshot.position == position,
                let data = try? Journal.readSnapshot(
                    of: repair, position, on: disk, offset: offset, byteCountMax: RepairAnswer.byteCountMax)
            else { return .snapshotGone }
            return .snapshot(snapshot, offset: offset, data: data)
        }
    }

    private static func reply(_ supply: RepairSupply, to call: UnaryCall) {
        guard let response = RepairResponse(supply) else {
            return call.fail(RPCStatus(.notFound, "the snapshot is gone"))
        }
        call.reply(response)
    }
}
