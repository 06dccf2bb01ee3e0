import ByteString

/// The tree of znodes: what Create, Set and Delete do.
extension ReplicatedState {
    mutating func create(
        _ path: String, _ data: Bytes, _ wallTime: WallTime, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        let stat = ZnodeStat(createdAt: revision, wallTime, dataLength: data.count)
        scratch.header.removeAll()
        stat.encode(to: &scratch.header)
        let header = scratch.header.bytes
        let failure = path.withUTF8Bytes { path -> StateError? in
            if path.count == 1 { return exists(path) }
            guard let parentStat = KeySpace.withParent(of: path, { map.get($0).map(ZnodeStat.init) }) else {
                return missingParent(of: path)
            }
            return data.withUnsafeBytes { bytes -> StateError? in
                let body = Body.shareable(bytes)
                let isNew = KeySpace.withZnode(path) { map.insert($0, header: header, body: body) }
                guard isNew else { return exists(path) }
                childrenChanged(of: path, parentStat, at: revision, by: 1)
                record(.created, path, version: 0, body, revision)
                return nil
            }
        }
        if let failure { throw failure }
        meta.znodeCount &+= 1
        events.append(ZnodeEvent(kind: .created, path: path, revision: revision, version: 0, data: data))
        return WriteResult(kind: .created, revision: revision, path: path, stat: stat)
    }

    mutating func set(
        _ path: String, _ data: Bytes, _ expected: UInt64?, _ wallTime: WallTime, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        let outcome = path.withUTF8Bytes { path -> Result<ZnodeStat, StateError> in
            guard let entry = KeySpace.withZnode(path, { map.find($0) }) else { return .failure(.missing(path)) }
            var stat = ZnodeStat(entry)
            if let mismatch = mismatch(path, stat, expected) { return .failure(mismatch) }
            stat.version &+= 1
            stat.modifiedRevision = revision
            stat.modified = wallTime
            stat.dataLength = UInt64(data.count)
            scratch.header.removeAll()
            stat.encode(to: &scratch.header)
            data.withUnsafeBytes { bytes in
                let body = Body.shareable(bytes)
                map.replaceFound(header: scratch.header.bytes, body: body)
                record(.changed, path, version: stat.version, body, revision)
            }
            return .success(stat)
        }
        let stat = try outcome.get()
        events.append(ZnodeEvent(kind: .changed, path: path, revision: revision, version: stat.version, data: data))
        return WriteResult(kind: .set, revision: revision, path: path, stat: stat)
    }

    mutating func delete(_ path: String, _ expected: UInt64?, _ revision: Revision) throws(StateError) -> WriteResult {
        let outcome = path.withUTF8Bytes { path -> Result<UInt64, StateError> in
            guard let entry = KeySpace.withZnode(path, { map.find($0) }) else { return .failure(.missing(path)) }
            let stat = ZnodeStat(entry)
            if let mismatch = mismatch(path, stat, expected) { return .failure(mismatch) }
            guard stat.childCount == 0 else {
                return .failure(
                    StateError(
                        .failedPrecondition, .znodeHasChildren,
                        "the znode \(PathRules.quoted(path)) has children: \(stat.childCount)",
                        [.init("child_count", "\(stat.childCount)")]))
            }
            map.removeFound()
            guard let parentStat = KeySpace.withParent(of: path, { map.get($0).map(ZnodeStat.init) }) else {
                preconditionFailure("a znode without a parent")
            }
            childrenChanged(of: path, parentStat, at: revision, by: -1)
            record(.deleted, path, version: stat.version, .empty, revision)
            return .success(stat.version)
        }
        let version = try outcome.get()
        meta.znodeCount &-= 1
        events.append(ZnodeEvent(kind: .deleted, path: path, revision: revision, version: version, data: Bytes()))
        return WriteResult(kind: .deleted, revision: revision, path: path, stat: nil)
    }

    /// Notes at the parent of `path` that it has gained or lost a child.
    private mutating func childrenChanged(
        of path: UnsafeRawBufferPointer, _ stat: ZnodeStat, at revision: Revision, by change: Int64
    ) {
        var stat = stat
        stat.childCount &+= UInt64(bitPattern: change)
        stat.childrenVersion &+= 1
        stat.childrenRevision = revision
        scratch.header.removeAll()
        stat.encode(to: &scratch.header)
        let header = scratch.header.bytes
        _ = KeySpace.withParent(of: path) { map.putHeader($0, header) }
    }

    // MARK: Refusals

    private func exists(_ path: UnsafeRawBufferPointer) -> StateError {
        StateError(.alreadyExists, .znodeExists, "the znode \(PathRules.quoted(path)) exists")
    }

    private func missingParent(of path: UnsafeRawBufferPointer) -> StateError {
        StateError(
            .notFound, .parentNotFound,
            "the parent \(PathRules.quoted(KeySpace.parent(of: path))) of the znode to create does not exist")
    }

    private func mismatch(_ path: UnsafeRawBufferPointer, _ stat: ZnodeStat, _ expected: UInt64?) -> StateError? {
        guard let expected, expected != stat.version else { return nil }
        return StateError(
            .aborted, .versionMismatch,
            "the znode \(PathRules.quoted(path)) has version \(stat.version), not the expected \(expected)",
            [.init("expected_version", "\(expected)"), .init("actual_version", "\(stat.version)")])
    }
}
