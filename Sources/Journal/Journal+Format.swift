public import Consensus

// Setting up a data directory: formatted, then founding an ensemble or joining one.
extension Journal {
    /// Whose directory this is; nil if it is empty, or if formatting it was never completed.
    ///
    /// - Throws: ``JournalError/foreignFiles(_:)``, ``JournalError/damaged(file:offset:reason:)``,
    ///   ``JournalError/unsupportedFormat(file:version:)``, ``JournalError/disk(_:)``.
    public static func identity(of disk: any Disk) throws(JournalError) -> Identity? {
        if let identity = try Identity.read(disk) { return identity.state == .formatting ? nil : identity }
        let files = try names(disk).filter { $0 != JournalFile.unfinished(.identity).name }
        guard files.isEmpty else { throw .foreignFiles(files.sorted()) }
        return nil
    }

    /// Makes an empty directory a member's. Takes up what a crash interrupted.
    ///
    /// - Parameters:
    ///   - storage: random, and never used before for any directory.
    ///   - salt: random; it never leaves the directory.
    /// - Throws: ``JournalError/alreadyFormatted(member:)``, ``JournalError/foreignFiles(_:)``,
    ///   ``JournalError/disk(_:)``.
    public static func format(
        _ disk: any Disk, member: MemberID, storage: StorageID, salt: UInt64, options: JournalOptions = .init()
    ) throws(JournalError) {
        options.validate()
        if let present = try identity(of: disk) { throw .alreadyFormatted(member: "\(present.member)") }
        let identity = Identity(member: member, storage: storage, salt: salt, state: .formatting)
        try beginFormatting(disk, identity)
        try completeFormatting(disk, identity, options)
    }

    static func beginFormatting(_ disk: any Disk, _ identity: Identity) throws(JournalError) {
        try identity.write(to: disk)
        // An earlier attempt, with another salt, may have left its first segment.
        let leftovers = try names(disk).filter { $0 != JournalFile.identity.name }
        do { try disk.perform(leftovers.map { .remove($0) } + [.syncDirectory]) } catch { throw .disk(error) }
    }

    static func completeFormatting(
        _ disk: any Disk, _ identity: Identity, _ options: JournalOptions
    ) throws(JournalError) {
        do { try disk.perform(firstSegment(of: identity, options)) } catch { throw .disk(error) }
        var identity = identity
        identity.state = .awaiting
        try identity.write(to: disk)
    }

    private static func firstSegment(of identity: Identity, _ options: JournalOptions) -> [DiskOperation] {
        let id = SegmentID(1)
        let header = SegmentHeader(
            segment: id, blockBytes: options.blockBytes, mark: batchMark(salt: identity.salt, segment: id),
            storage: identity.storage, byteCount: options.segmentBytes, previousEnd: nil, last: .zero,
            hardState: .initial, previousChecksum: 0)
        let unfinished = JournalFile.unfinished(.log).name
        return [
            .create(unfinished), .zero(unfinished, offset: 0, byteCount: options.segmentBytes),
            .write(unfinished, offset: 0, bytes: header.encoded()), .sync(unfinished),
            .rename(unfinished, to: id.file), .syncDirectory,
        ]
    }

    /// Founds an ensemble: an explicit bootstrap. Every founding member is given the same configuration, which
    /// becomes its log's first entry, of term 1 and index 1 or, in a restored directory, the index after the state's.
    ///
    /// - Throws: ``JournalError/notFormatted``, ``JournalError/alreadyFounded(ensemble:)``,
    ///   ``JournalError/mismatch(what:expected:found:)`` if the configuration knows this member with another storage
    ///   id or not at all, ``JournalError/disk(_:)``.
    public static func found(
        _ disk: any Disk, ensemble: EnsembleID, configuration: Configuration
    ) throws(JournalError) {
        var identity = try awaiting(disk)
        guard let member = configuration[identity.member] else {
            throw .mismatch(
                what: "member id", expected: "one of the founding configuration", found: "\(identity.member)")
        }
        guard member.storage == identity.storage else {
            throw .mismatch(what: "storage id", expected: "\(member.storage)", found: "\(identity.storage)")
        }
        identity.ensemble = ensemble
        identity.founding = configuration
        identity.state = .founding
        try identity.write(to: disk)
    }

    /// Makes the directory that of a member which an existing ensemble is going to admit. Its log begins empty.
    ///
    /// - Throws: as ``found(_:ensemble:configuration:)``.
    public static func join(_ disk: any Disk, ensemble: EnsembleID) throws(JournalError) {
        var identity = try awaiting(disk)
        identity.ensemble = ensemble
        identity.state = .member
        try identity.write(to: disk)
    }

    private static func awaiting(_ disk: any Disk) throws(JournalError) -> Identity {
        guard let identity = try identity(of: disk) else { throw .notFormatted }
        if let ensemble = identity.ensemble { throw .alreadyFounded(ensemble: "\(ensemble)") }
        return identity
    }

    static func names(_ disk: any Disk) throws(JournalError) -> [String] {
        do { return try disk.files() } catch { throw .disk(error) }
    }
}
