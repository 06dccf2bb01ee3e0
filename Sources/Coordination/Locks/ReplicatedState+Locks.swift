import ByteString

/// Locks: what Acquire, Release and Proclaim do, and what a fence asks.
extension ReplicatedState {
    mutating func change(
        _ change: LockChange, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        switch change {
        case .acquire(let acquisition):
            return try acquire(acquisition, context, revision)
        case .release(let path, let token):
            let claim = try claimPath(path, token)
            _ = try delete(claim, nil, revision)
            return WriteResult(kind: .released, revision: revision, path: path)
        case .withdraw(let path, let token, let version, let onlyWaiting):
            let claim = try claimPath(path, token)
            if onlyWaiting, isValid(Fence(path: path, token: token)) {
                throw .lockHeld(path, by: ClaimQueue(root: map.root, path: path).first)
            }
            _ = try delete(claim, version, revision)
            return WriteResult(kind: .released, revision: revision, path: path)
        case .proclaim(let path, let token, let value):
            try check(Fence(path: path, token: token))
            let claim = try claimPath(path, token)
            _ = try set(claim, value, nil, context, revision)
            return WriteResult(kind: .proclaimed, revision: revision, path: path)
        }
    }

    // MARK: Acquiring

    private mutating func acquire(
        _ acquisition: Acquisition, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        let session = try livingSession(acquisition.session, context)
        if let (name, mode) = ownClaim(acquisition) {
            return try join(acquisition, name, mode, context, revision)
        }
        try checkRoom(for: acquisition.session, session)
        try checkQueue(acquisition)
        try createContainers(down: acquisition.path, context, revision)
        let name = ClaimName.text(token: revision.rawValue, mode: acquisition.mode, owner: acquisition.owner)
        var result = try create(
            acquisition.path + "/" + name,
            Creation(data: acquisition.value, lifetime: .ephemeral(acquisition.session)), context, revision)
        result.kind = .claimed
        return result
    }

    /// The claim is there. That another call relies on it shows in its version: whoever takes it back for a call that
    /// is over asks for the version which that one knows.
    private mutating func join(
        _ acquisition: Acquisition, _ name: String, _ mode: LockMode, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        guard mode == acquisition.mode else {
            throw .lockMismatch(acquisition.path, "the owner's claim \(PathRules.quoted(name)) has another mode")
        }
        let queue = ClaimQueue(root: map.root, path: acquisition.path)
        if acquisition.isTry, let claim = name.withUTF8Bytes({ ClaimName($0) }), !queue.holds(token: claim.token) {
            throw .lockHeld(acquisition.path, by: queue.first)
        }
        var result = try set(acquisition.path + "/" + name, acquisition.value, nil, context, revision)
        result.kind = .claimed
        return result
    }

    /// The remembered outcome of a command. A claim that is still there gets another version by being asked for again:
    /// so the sending before this one, should it end without an answer, does not take it away from this one.
    mutating func recalled(
        _ outcome: WriteOutcome, of command: Command, _ context: CommandContext, _ revision: Revision
    ) -> WriteOutcome {
        guard case .lock(.acquire(let acquisition)) = command.action, case .success(var first) = outcome,
            let claim = entry(first.path), let created = first.stat?.createdRevision,
            ZnodeStat(claim).createdRevision == created,
            let stat = try? set(first.path, acquisition.value, nil, context, revision).stat
        else { return outcome }
        first.stat = stat
        return .success(first)
    }

    /// The claim of that owner: its name.
    private mutating func ownClaim(_ acquisition: Acquisition) -> (name: String, mode: LockMode)? {
        let stem = acquisition.path + "/"
        stem.withUTF8Bytes { KeySpace.putEphemeral(&scratch.key, acquisition.session, $0) }
        let prefix = scratch.key.bytes
        let queue = ClaimQueue(root: map.root, path: acquisition.path)
        var cursor = MapCursor(root: map.root)
        var next = cursor.seek(prefix)
        while let entry = next, entry.keyCount > prefix.count, entry.key.starts(with: prefix) {
            let name = UnsafeRawBufferPointer(rebasing: entry.key[prefix.count...])
            if let claim = ClaimName(name), claim.owner.elementsEqual(acquisition.owner.utf8),
                queue.find(token: claim.token) != nil
            {
                return (String(decoding: name, as: UTF8.self), claim.mode)
            }
            next = cursor.next()
        }
        return nil
    }

    /// Whether a new claim may come into the queue, and, if it is only tried, holds the lock there.
    private func checkQueue(_ acquisition: Acquisition) throws(StateError) {
        let path = acquisition.path
        guard let stat = entry(path).map(ZnodeStat.init), stat.childCount > 0 else { return }
        guard stat.childCount < UInt64(Limits.claimsPerLockMax) else {
            throw .limit(
                "claims_per_lock_max", UInt64(Limits.claimsPerLockMax),
                "the lock \(PathRules.quoted(path)) has \(stat.childCount) children")
        }
        let queue = ClaimQueue(root: map.root, path: path)
        guard let first = queue.first else { return }
        guard first.name.mode.agrees(with: acquisition.mode) else {
            throw .lockMismatch(path, "its claims are of another kind, or a semaphore's of another capacity")
        }
        guard acquisition.isTry else { return }
        var grants = LockGrants()
        queue.walk { grants.grant($0.name.mode) }
        guard grants.grant(acquisition.mode) else { throw .lockHeld(path, by: first) }
    }

    /// Creates what is missing of a path, as containers.
    mutating func createContainers(
        down path: String, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) {
        guard entry(path) == nil else { return }
        var missing: [String] = []
        var rest = path.utf8[...]
        while !rest.isEmpty, entry(String(Substring(rest))) == nil {
            missing.append(String(Substring(rest)))
            // By bytes: what follows a slash may be no character of its own.
            rest = rest[..<(rest.lastIndex(of: UInt8(ascii: "/")) ?? rest.startIndex)]
        }
        // Only the first of these can fail: below an ephemeral znode.
        for path in missing.reversed() {
            _ = try create(path, Creation(data: Bytes(), lifetime: .container), context, revision)
        }
    }

    // MARK: Tokens

    /// Throws `FENCED` unless the token's claim holds the lock.
    func check(_ fence: Fence) throws(StateError) {
        guard !isValid(fence) else { return }
        throw .fenced(fence, first: ClaimQueue(root: map.root, path: fence.path).first)
    }

    func isValid(_ fence: Fence) -> Bool { ClaimQueue(root: map.root, path: fence.path).holds(token: fence.token) }

    private func claimPath(_ path: String, _ token: UInt64) throws(StateError) -> String {
        guard let item = ClaimQueue(root: map.root, path: path).find(token: token) else {
            throw .claimNotFound(path, token: token)
        }
        return path + "/" + String(decoding: KeySpace.name(ofZnodeKey: item.entry.key), as: UTF8.self)
    }
}

extension StateError {
    /// NOT_FOUND: there is no claim with that token, or no longer.
    public static func claimNotFound(_ path: String, token: UInt64) -> StateError {
        StateError(.notFound, .claimNotFound, "the lock \(PathRules.quoted(path)) has no claim with token \(token)")
    }

    fileprivate static func lockMismatch(_ path: String, _ why: String) -> StateError {
        StateError(.failedPrecondition, .lockMismatch, "the lock \(PathRules.quoted(path)): \(why)")
    }

    fileprivate static func lockHeld(_ path: String, by first: ClaimQueue.Item?) -> StateError {
        StateError(
            .failedPrecondition, .lockHeld,
            "the lock \(PathRules.quoted(path)) is held" + (first.map { " by \($0.holder)" } ?? ""), facts(first))
    }

    fileprivate static func fenced(_ fence: Fence, first: ClaimQueue.Item?) -> StateError {
        StateError(
            .aborted, .fenced,
            "token \(fence.token) of the lock \(PathRules.quoted(fence.path)) is not valid: the lock is "
                + (first.map { "held by \($0.holder)" } ?? "free"), facts(first))
    }

    private static func facts(_ first: ClaimQueue.Item?) -> [Fact] {
        guard let first else { return [] }
        return [
            .init("holder_token", "\(first.name.token)"), .init("holder_session_id", "\(first.session)"),
            .init("holder_owner", String(decoding: first.name.owner, as: UTF8.self)),
        ]
    }
}

extension ClaimQueue.Item {
    /// For people.
    fileprivate var holder: String {
        let owner = String(decoding: name.owner, as: UTF8.self)
        return "session \(session)" + (owner.isEmpty ? "" : ", owner \(PathRules.quoted(owner))")
            + ", with token \(name.token)"
    }
}
