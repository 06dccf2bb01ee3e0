import ByteString
import Messages

/// The configuration: what Put, Rollback and Delete do.
extension ReplicatedState {
    mutating func carryOut(
        _ write: ConfigWrite, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        if let fence = write.fence { try check(fence) }
        let stat = entry(write.path).map(ZnodeStat.init)
        try check(write, stat)
        switch write.change {
        case .put(let value):
            try put(value, write, stat, rolledBackTo: 0, context, revision)
            return WriteResult(kind: .configPut, revision: revision, path: write.path)
        case .rollBack(let target):
            let value = try version(of: write.path, target).value
            try put(value, write, stat, rolledBackTo: target, context, revision)
            return WriteResult(kind: .configPut, revision: revision, path: write.path)
        case .delete:
            guard let stat, !stat.isPlainContainer else { throw .znodeNotFound(write.path) }
            try deleteKey(write.path, stat, revision)
            return WriteResult(kind: .configDeleted, revision: revision, path: write.path)
        }
    }

    private func check(_ write: ConfigWrite, _ stat: ZnodeStat?) throws(StateError) {
        if let stat, case .ephemeral = stat.lifetime {
            throw StateError(
                .failedPrecondition, .parentEphemeral,
                "the znode \(PathRules.quoted(write.path)) is ephemeral: it keeps no versions")
        }
        let actual = stat.map { $0.isPlainContainer ? 0 : $0.modifiedRevision.rawValue } ?? 0
        guard let expected = write.expectedRevision, expected != actual else { return }
        throw StateError(
            .aborted, .revisionMismatch,
            "the key \(PathRules.quoted(write.path)) is of revision \(actual), not of the expected \(expected)",
            [.init("expected_revision", "\(expected)"), .init("actual_revision", "\(actual)")])
    }

    private func version(of path: String, _ revision: UInt64) throws(StateError) -> ConfigVersion {
        guard let entry = entry(path + "/" + Limits.sequenceDigits(revision)),
            ZnodeStat(entry).createdRevision.rawValue == revision,
            let version = try? ConfigVersion(decoding: entry.bodyBytes)
        else { throw .configVersionNotFound(path, revision) }
        return version
    }

    private mutating func put(
        _ value: Bytes, _ write: ConfigWrite, _ stat: ZnodeStat?, rolledBackTo target: UInt64,
        _ context: CommandContext, _ revision: Revision
    ) throws(StateError) {
        let version = ConfigVersion(
            revision: revision.rawValue, value: value, author: write.author, comment: write.comment,
            unixMs: context.wallTime.unixMilliseconds, rolledBackTo: target)
        guard let bytes = try? version.encodedBytes() else {
            preconditionFailure("a version that was put together here cannot be encoded")
        }
        if stat == nil {
            let parent = write.path.withUTF8Bytes { String(decoding: KeySpace.parent(of: $0), as: UTF8.self) }
            if parent != "/" { try createContainers(down: parent, context, revision) }
            _ = try create(write.path, Creation(data: value), context, revision)
        } else {
            _ = try set(write.path, value, nil, context, revision)
        }
        let name = write.path + "/" + Limits.sequenceDigits(revision.rawValue)
        _ = try create(name, Creation(data: bytes), context, revision)
        try forgetOldVersions(of: write.path, revision)
    }

    private mutating func forgetOldVersions(of path: String, _ revision: Revision) throws(StateError) {
        var versions = self.versions(of: path)
        var byteCount = versions.dropLast().reduce(UInt64(0)) { $0 + $1.byteCount }
        while versions.count > 1, versions.count > Limits.configVersionsMax || byteCount > Limits.configBytesMax {
            let oldest = versions.removeFirst()
            byteCount -= oldest.byteCount
            _ = try delete(path + "/" + Limits.sequenceDigits(oldest.revision), nil, revision)
        }
    }

    /// Those that may be deleted, in order.
    private func versions(of path: String) -> [(revision: UInt64, byteCount: UInt64)] {
        var versions: [(revision: UInt64, byteCount: UInt64)] = []
        var room = Limits.configVersionsMax * 10
        Children(of: path, in: map.root).walk(from: Limits.sequenceDigits(0)) { name, entry in
            // 20 digits of 64 bits begin with 0 or 1.
            guard room > 0, let first = name.first, first <= UInt8(ascii: "1") else { return false }
            room -= 1
            let stat = ZnodeStat(entry)
            // A sequential znode has such a name too, but not that of its revision.
            if let revision = Limits.sequenceNumber(name), stat.childCount == 0,
                stat.createdRevision.rawValue == revision
            {
                versions.append((revision, stat.dataLength))
            }
            return true
        }
        return versions
    }

    private mutating func deleteKey(_ path: String, _ stat: ZnodeStat, _ revision: Revision) throws(StateError) {
        let versions = versions(of: path)
        guard UInt64(versions.count) == stat.childCount else {
            throw StateError(
                .failedPrecondition, .znodeHasChildren,
                "the key \(PathRules.quoted(path)) has children beside its versions: "
                    + "\(stat.childCount - UInt64(versions.count))",
                [.init("child_count", "\(stat.childCount)")])
        }
        for version in versions { _ = try delete(path + "/" + Limits.sequenceDigits(version.revision), nil, revision) }
        // A container goes with its last child.
        if entry(path) != nil { _ = try delete(path, nil, revision) }
    }
}

extension StateError {
    /// NOT_FOUND: the key has no such version, or it is not kept any more.
    public static func configVersionNotFound(_ path: String, _ revision: UInt64) -> StateError {
        StateError(
            .notFound, .configVersionNotFound,
            "the key \(PathRules.quoted(path)) has no version of revision \(revision), or it is not kept any more")
    }
}

extension StateView {
    /// A version of a key.
    ///
    /// Throws `ZNODE_NOT_FOUND` or `CONFIG_VERSION_NOT_FOUND`.
    ///
    /// - Parameter revision: of the version; 0 for the newest.
    public func config(_ path: String, revision: UInt64) throws(StateError) -> ConfigVersion {
        guard let znode = get(path), !znode.stat.isPlainContainer else { throw .znodeNotFound(path) }
        let newest = znode.stat.modifiedRevision.rawValue
        let wanted = revision == 0 ? newest : revision
        if let kept = get(path + "/" + Limits.sequenceDigits(wanted)), kept.stat.createdRevision.rawValue == wanted,
            let version = try? ConfigVersion(decoding: kept.data)
        {
            return version
        }
        guard wanted == newest else { throw .configVersionNotFound(path, revision) }
        return ConfigVersion(
            revision: newest, value: znode.data, unixMs: znode.stat.modified.unixMilliseconds)
    }

    /// The versions of a key that are kept, the newest one first.
    ///
    /// - Parameter limit: at most so many.
    /// - Returns: also whether there are more, which values of so many bytes leave no room for.
    public func configHistory(
        _ path: String, limit: Int, includeValues: Bool, byteCountMax: Int = 2 << 20
    ) throws(StateError) -> (versions: [ConfigVersion], more: Bool) {
        guard stat(path) != nil else { throw .znodeNotFound(path) }
        var revisions: [UInt64] = []
        list(path, startAfter: Limits.sequenceDigits(0)) { child in
            guard let first = child.nameBytes.first, first <= UInt8(ascii: "1") else { return false }
            guard let revision = Limits.sequenceNumber(child.nameBytes),
                child.stat.createdRevision.rawValue == revision
            else { return true }
            revisions.append(revision)
            return true
        }
        var versions: [ConfigVersion] = []
        var byteCount = 0
        for revision in revisions.suffix(min(limit, Limits.configVersionsMax)).reversed() {
            guard var version = try? config(path, revision: revision) else { continue }
            byteCount += includeValues ? version.value.count : 0
            if byteCount > byteCountMax, !versions.isEmpty { return (versions, true) }
            if !includeValues { version.value = Bytes() }
            versions.append(version)
        }
        return (versions, false)
    }
}

extension ZnodeStat {
    /// Whether it is only there to hold others: no key of the configuration.
    fileprivate var isPlainContainer: Bool { lifetime == .container && version == 0 && dataLength == 0 }
}

extension ConfigChange {
    /// The change of a key that one of its znode's children tells; nil if it tells none.
    public init?(version event: ZnodeEvent) {
        guard event.kind == .created, let (parent, name) = ConfigChange.split(event.path), !parent.isEmpty,
            name.withUTF8Bytes(Limits.sequenceNumber) == event.revision.rawValue,
            let version = try? ConfigVersion(decoding: event.data)
        else { return nil }
        self.init(path: parent, version: version)
    }

    /// Whether that is the path of a version rather than of a key.
    public static func isVersion(_ path: String) -> Bool {
        split(path).map { $0.name.withUTF8Bytes(Limits.sequenceNumber) != nil } ?? false
    }

    private static func split(_ path: String) -> (parent: String, name: String)? {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return (String(Substring(path.utf8[..<slash])), String(Substring(path.utf8[slash...].dropFirst())))
    }
}
