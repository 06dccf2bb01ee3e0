import ByteString

/// The tree of znodes: what Create, Set and Delete do.
extension ReplicatedState {
    mutating func carryOut(
        _ change: ZnodeChange, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        if let fence = change.fence { try check(fence) }
        switch change.operation {
        case .create(let creation):
            return try create(change.path, creation, context, revision)
        case .set(let data, let expected):
            return try set(change.path, data, expected, context, revision)
        case .delete(let expected, isRecursive: false):
            return try delete(change.path, expected, revision)
        case .delete(let expected, isRecursive: true):
            return try deleteTree(change.path, expected, revision)
        }
    }

    // MARK: Creating

    mutating func create(
        _ path: String, _ creation: Creation, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        if path == "/", !creation.isSequential { throw path.withUTF8Bytes { exists($0) } }
        let (path, parent) = try place(of: path, isSequential: creation.isSequential)
        var owner: (id: SessionID, record: SessionRecord)?
        if case .ephemeral(let session) = creation.lifetime {
            let record = try livingSession(session, context)
            try checkRoom(for: session, record)
            owner = (session, record)
        }
        let stat = ZnodeStat(
            createdAt: revision, context.wallTime, dataLength: creation.data.count,
            lifetime: creation.lifetime.renewed(at: context.logTime))
        scratch.header.removeAll()
        stat.encode(to: &scratch.header)
        let header = scratch.header.bytes
        let failure = path.withUTF8Bytes { path -> StateError? in
            creation.data.withUnsafeBytes { bytes -> StateError? in
                let body = Body.shareable(bytes)
                let isNew = KeySpace.withZnode(path) { map.insert($0, header: header, body: body) }
                guard isNew else { return exists(path) }
                var grown = parent
                childrenChanged(of: path, &grown, at: revision, by: 1)
                if let owner { bind(path, to: owner.id, owner.record) }
                record(.created, path, version: 0, body, revision, replaced: Replaced(parent: parent))
                return nil
            }
        }
        if let failure { throw failure }
        if let deadline = stat.lifetime.deadline { watch(path, until: deadline) }
        meta.znodeCount &+= 1
        events.append(
            ZnodeEvent(kind: .created, path: path, revision: revision, version: 0, data: creation.data))
        return WriteResult(
            kind: creation.isSequential ? .createdSequential : .created, revision: revision, path: path, stat: stat)
    }

    /// The path that a znode will have, and its parent's stat.
    private func place(
        of path: String, isSequential: Bool
    ) throws(StateError) -> (path: String, parent: ZnodeStat) {
        let result = path.withUTF8Bytes { path -> Result<ZnodeStat, StateError> in
            guard let parent = KeySpace.withParent(of: path, { map.get($0).map(ZnodeStat.init) }) else {
                return .failure(missingParent(of: path))
            }
            if case .ephemeral = parent.lifetime { return .failure(ephemeralParent(of: path)) }
            return .success(parent)
        }
        let parent = try result.get()
        guard isSequential else { return (path, parent) }
        return (path + Limits.sequenceDigits(parent.childrenVersion), parent)
    }

    /// A TTL znode has come.
    private mutating func watch(_ path: String, until deadline: LogTime) {
        path.withUTF8Bytes { KeySpace.putTTL(&scratch.key, $0) }
        map.put(scratch.key.bytes, header: UnsafeRawBufferPointer(start: nil, count: 0), body: .empty)
        timers.set(.znode(path: path), due: deadline)
        timers.watchedZnodes += 1
    }

    // MARK: Setting

    mutating func set(
        _ path: String, _ data: Bytes, _ expected: UInt64?, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        let outcome = path.withUTF8Bytes { path -> Result<ZnodeStat, StateError> in
            guard let entry = KeySpace.withZnode(path, { map.find($0) }) else { return .failure(.missing(path)) }
            var stat = ZnodeStat(entry)
            if let mismatch = mismatch(path, stat, expected) { return .failure(mismatch) }
            stat.version &+= 1
            stat.modifiedRevision = revision
            stat.modified = context.wallTime
            stat.dataLength = UInt64(data.count)
            stat.lifetime = stat.lifetime.renewed(at: context.logTime)
            scratch.header.removeAll()
            stat.encode(to: &scratch.header)
            data.withUnsafeBytes { bytes in
                let body = Body.shareable(bytes)
                map.replaceFound(header: scratch.header.bytes, body: body)
                record(.changed, path, version: stat.version, body, revision, replaced: Replaced(znode: entry))
            }
            return .success(stat)
        }
        let stat = try outcome.get()
        events.append(ZnodeEvent(kind: .changed, path: path, revision: revision, version: stat.version, data: data))
        return WriteResult(kind: .set, revision: revision, path: path, stat: stat)
    }

    // MARK: Deleting

    mutating func delete(
        _ path: String, _ expected: UInt64?, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        let failure = path.withUTF8Bytes { bytes -> StateError? in
            guard let entry = KeySpace.withZnode(bytes, { map.find($0) }) else { return .missing(bytes) }
            let stat = ZnodeStat(entry)
            if let mismatch = mismatch(bytes, stat, expected) { return mismatch }
            guard stat.childCount == 0 else { return hasChildren(bytes, stat) }
            removeFound(bytes, path, entry, revision)
            return nil
        }
        if let failure { throw failure }
        return WriteResult(kind: .deleted, revision: revision, path: path)
    }

    /// Deletes a znode that has no children. Returns whether it was there.
    @discardableResult
    mutating func remove(_ path: [UInt8], _ revision: Revision) -> Bool {
        path.withUnsafeBytes { path in
            guard let entry = KeySpace.withZnode(path, { map.find($0) }) else { return false }
            removeFound(path, String(decoding: path, as: UTF8.self), entry, revision)
            return true
        }
    }

    /// Removes the znode that was just found, and the containers above it that are empty without it.
    private mutating func removeFound(
        _ path: UnsafeRawBufferPointer, _ name: String, _ znode: Entry, _ revision: Revision
    ) {
        var (path, name, znode) = (path, name, znode)
        while true {
            let parent = KeySpace.parent(of: path)
            guard let parentEntry = KeySpace.withZnode(parent, { map.get($0) }) else {
                preconditionFailure("a znode without a parent")
            }
            var parentStat = ZnodeStat(parentEntry)
            removeAlone(path, name, znode, parentStat, revision)
            childrenChanged(of: path, &parentStat, at: revision, by: -1)
            guard parentStat.childCount == 0 else { return }
            guard parentStat.lifetime != .persistent else { return }
            path = parent
            name = String(decoding: parent, as: UTF8.self)
            if let deadline = parentStat.lifetime.deadline { timers.set(.znode(path: name), due: deadline) }
            guard parentStat.lifetime == .container, let entry = KeySpace.withZnode(path, { map.find($0) }) else {
                return
            }
            znode = entry
        }
    }

    private mutating func removeAlone(
        _ path: UnsafeRawBufferPointer, _ name: String, _ znode: Entry, _ parent: ZnodeStat, _ revision: Revision
    ) {
        let stat = ZnodeStat(znode)
        map.removeFound()
        meta.znodeCount &-= 1
        record(
            .deleted, path, version: stat.version, .empty, revision, replaced: Replaced(znode: znode, parent: parent))
        events.append(
            ZnodeEvent(
                kind: .deleted, path: name, revision: revision, version: stat.version, data: Bytes()))
        switch stat.lifetime {
        case .persistent, .container:
            break
        case .ephemeral(let session):
            unbind(path, from: session)
        case .ttl:
            KeySpace.putTTL(&scratch.key, path)
            map.remove(scratch.key.bytes)
            timers.watchedZnodes -= min(1, timers.watchedZnodes)
        }
    }

    /// Deletes a znode and all that is below it.
    private mutating func deleteTree(
        _ path: String, _ expected: UInt64?, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        guard let root = entry(path) else { throw .znodeNotFound(path) }
        if let mismatch = path.withUTF8Bytes({ mismatch($0, ZnodeStat(root), expected) }) { throw mismatch }
        // Whatever lies below a znode sorts after it, so from the last one on each has no children when its turn comes.
        let below = path.withUTF8Bytes { descendants(of: $0, countMax: Limits.recursiveDeletesMax) }
        let before = meta.znodeCount
        guard deletedInTrees &+ UInt64(below.count) < UInt64(Limits.recursiveDeletesMax) else {
            throw .limit(
                "recursive_deletes_max", UInt64(Limits.recursiveDeletesMax),
                "there are too many znodes below \(path.withUTF8Bytes(PathRules.quoted))")
        }
        // (A container may have gone with its last child.)
        for path in below.reversed() { remove(path, revision) }
        remove(Array(path.utf8), revision)
        deletedInTrees &+= before &- meta.znodeCount
        return WriteResult(
            kind: .deletedTree, revision: revision, path: path, deletedCount: before &- meta.znodeCount)
    }

    /// The paths of the znodes below one, sorted by their bytes; no more than so many.
    private func descendants(of path: UnsafeRawBufferPointer, countMax: Int) -> [[UInt8]] {
        var paths: [[UInt8]] = []
        // Its children's keys go on with 0, those of what is below them with `/`.
        KeySpace.withChildren(of: path) { children in
            var prefix = Array(children)
            for mark in [0, UInt8(ascii: "/")] {
                prefix[prefix.count - 1] = mark
                var cursor = MapCursor(root: map.root)
                var next = prefix.withUnsafeBytes { cursor.seek($0) }
                while let entry = next, paths.count < countMax, entry.key.starts(with: prefix) {
                    paths.append(KeySpace.pathBytes(ofZnodeKey: entry.key))
                    next = cursor.next()
                }
            }
        }
        return paths.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Notes at the parent of `path` that it has gained or lost a child.
    private mutating func childrenChanged(
        of path: UnsafeRawBufferPointer, _ stat: inout ZnodeStat, at revision: Revision, by change: Int64
    ) {
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

    private func ephemeralParent(of path: UnsafeRawBufferPointer) -> StateError {
        StateError(
            .failedPrecondition, .parentEphemeral,
            "the parent \(PathRules.quoted(KeySpace.parent(of: path))) of the znode to create is ephemeral: it has no "
                + "children")
    }

    private func hasChildren(_ path: UnsafeRawBufferPointer, _ stat: ZnodeStat) -> StateError {
        StateError(
            .failedPrecondition, .znodeHasChildren,
            "the znode \(PathRules.quoted(path)) has children: \(stat.childCount)",
            [.init("child_count", "\(stat.childCount)")])
    }

    private func mismatch(_ path: UnsafeRawBufferPointer, _ stat: ZnodeStat, _ expected: UInt64?) -> StateError? {
        guard let expected, expected != stat.version else { return nil }
        return StateError(
            .aborted, .versionMismatch,
            "the znode \(PathRules.quoted(path)) has version \(stat.version), not the expected \(expected)",
            [.init("expected_version", "\(expected)"), .init("actual_version", "\(stat.version)")])
    }
}
