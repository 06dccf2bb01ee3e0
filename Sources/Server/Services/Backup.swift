import Consensus
import Coordination
import Messages
import RPC
import Replica

/// A backup on its way to a client, as fast as the client reads. Kept alive by its stream's closures until the call
/// ends. Writes go on meanwhile; what they replace stays in memory until then.
final class Backup {
    private let stream: ServerStream
    private var snapshot: SnapshotStream?
    private let summary: BackupSummary

    static let chunkBytes = 256 << 10

    init(of ensemble: EnsembleID, stream: ServerStream, state: consuming PinnedState) {
        self.stream = stream
        var summary = BackupSummary()
        summary.ensembleID = ensemble.rawValue
        state.read { view in
            summary.revision = view.revision.rawValue
            summary.znodeCount = view.znodeCount
            summary.stateDigest = view.digest
        }
        self.summary = summary
        snapshot = state.snapshot()
    }

    func begin() {
        guard stream.isOpen else { return }
        stream.onWritable { self.proceed() }
        stream.onCancel { _ in self.snapshot = nil }
        var response = BackupResponse()
        response.summary = summary
        stream.send(response)
        proceed()
    }

    private func proceed() {
        while let snapshot, stream.isOpen, stream.isWritable {
            guard let chunk = snapshot.next(byteCountMax: Self.chunkBytes) else {
                self.snapshot = nil
                guard snapshot.isSound else {
                    return stream.finish(
                        RPCStatus(.dataLoss, "this member's state is damaged; take the backup from another one"))
                }
                return stream.finish()
            }
            var response = BackupResponse()
            response.chunk = chunk
            stream.send(response)
        }
    }
}
