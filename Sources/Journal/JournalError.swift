public import Consensus

/// Why a journal cannot be opened, or cannot go on.
///
/// None of these changes anything on disk. A member that meets one stops; what it had reported durable still is.
public enum JournalError: Error, Hashable, Sendable {
    /// Nothing has been set up in this directory; see ``Journal/format(_:member:storage:salt:options:)``.
    case notFormatted
    /// The directory already belongs to a member.
    case alreadyFormatted(member: String)
    /// There is no identity, but there are other files: it is not ours to write to.
    case foreignFiles([String])
    /// The directory belongs to another member, ensemble or disk than it should.
    case mismatch(what: String, expected: String, found: String)
    /// Formatted, but neither bootstrapped nor joined to an ensemble.
    case awaitingEnsemble
    /// The directory already belongs to this ensemble, so it cannot be founded or joined again.
    case alreadyFounded(ensemble: String)
    /// A file that this version cannot read.
    case unsupportedFormat(file: String, version: UInt32)
    /// The ensemble's format level is one that this release does not support: from the entry named on, or in the
    /// snapshot as well.
    case unsupportedFormatLevel(needed: FormatLevel, supported: FormatLevel, raisedBy: LogIndex?)
    /// Durable bytes are not what was written: rot, a lost or misplaced write, or a file that somebody changed.
    case damaged(file: String, offset: Int, reason: String)
    /// The snapshot that was asked for has been replaced by a newer one.
    case snapshotGone(String)
    /// The disk failed. A failed sync is never tried again: what it covers may or may not be there, and a second
    /// sync that succeeds proves nothing (Rebello et al., "Can Applications Recover from fsync Failures?", 2020).
    case disk(DiskError)
}

extension JournalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFormatted:
            "the data directory is empty: bootstrap a new ensemble or join one"
        case .alreadyFormatted(let member):
            "the data directory already belongs to member \(member)"
        case .foreignFiles(let files):
            "the data directory has files but no identity (\(files.prefix(5).joined(separator: ", "))): "
                + "refusing to use it"
        case .mismatch(let what, let expected, let found):
            "the data directory has the wrong \(what): expected \(expected), found \(found)"
        case .awaitingEnsemble:
            "the data directory has been formatted but belongs to no ensemble yet"
        case .alreadyFounded(let ensemble):
            "the data directory already belongs to ensemble \(ensemble)"
        case .unsupportedFormat(let file, let version):
            "\(file) has format \(version), which this version cannot read"
        case .unsupportedFormatLevel(let needed, let supported, let entry):
            (entry.map { "entry \($0) raises the format level to \(needed)" } ?? "the state has format level \(needed)")
                + ", and this release supports none above \(supported): start this member with the release that the "
                + "other members run; nothing was changed"
        case .damaged(let file, let offset, let reason):
            "\(file) is damaged at offset \(offset): \(reason)"
        case .snapshotGone(let snapshot):
            "snapshot \(snapshot) has been replaced by a newer one"
        case .disk(let error):
            "the disk failed: \(error)"
        }
    }
}
