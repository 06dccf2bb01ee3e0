import Messages

extension Limits {
    /// Refuses a command that breaks a rule which does not depend on the state.
    public func check(_ command: Command) throws(StateError) {
        try check(command.requestID)
        switch command.action {
        case .znode(let change): try check(change)
        case .transaction(let transaction): try check(transaction)
        case .session(let change): try check(change)
        case .lock(let change): try check(change)
        case .naming(let change): try check(change)
        case .config(let write): try check(write)
        case .stream(let change): try check(change)
        case .expire(.znode(let path)): try check(path: path)
        case .expire(.session): break
        }
    }

    private func check(_ change: ZnodeChange) throws(StateError) {
        try check(change.fence)
        switch change.operation {
        case .create(let creation):
            // The digits count as a part of the path.
            try check(path: creation.isSequential ? change.path + Limits.sequenceDigits(0) : change.path)
            try check(dataCount: creation.data.count)
            if case .ttl(let milliseconds, _) = creation.lifetime, !(Limits.ttlBounds ~= milliseconds) {
                throw .invalidField(
                    "ttl_ms is \(milliseconds); for a TTL znode it is from \(Limits.ttlBounds.lowerBound) to "
                        + "\(Limits.ttlBounds.upperBound)")
            }
        case .set(let data, _):
            try check(path: change.path)
            try check(dataCount: data.count)
        case .delete(_, _):
            try check(path: change.path)
            if change.path == "/" {
                throw StateError(.invalidArgument, .rootImmutable, "the root cannot be deleted")
            }
        }
    }

    private func check(_ transaction: Transaction) throws(StateError) {
        for (name, count) in [
            ("comparisons", transaction.comparisons.count), ("then", transaction.then.count),
            ("otherwise", transaction.otherwise.count),
        ] where count > Limits.operationsMax {
            throw .limit("transaction_operations_max", UInt64(Limits.operationsMax), "`\(name)` has \(count)")
        }
        for (index, comparison) in transaction.comparisons.enumerated() {
            do throws(StateError) { try check(path: comparison.path) } catch {
                throw error.inside("comparison \(index)", [.init("comparison", "\(index)")])
            }
        }
        for (branch, operations) in [("then", transaction.then), ("otherwise", transaction.otherwise)] {
            for (index, operation) in operations.enumerated() {
                do throws(StateError) { try check(operation) } catch {
                    throw error.of(operation: index, branch: branch)
                }
            }
        }
    }

    private func check(_ operation: Transaction.Operation) throws(StateError) {
        switch operation {
        case .change(let change): try check(change)
        case .get(let path): try check(path: path)
        }
    }

    private func check(_ fence: Fence?) throws(StateError) {
        guard let fence else { return }
        do throws(StateError) { try check(path: fence.path) } catch { throw error.inside("fence") }
        guard fence.token != 0 else { throw .invalidField("fence: token is missing") }
    }

    /// Refuses what would write on a terminal what it should not, or tear a line of a log apart.
    private func check(_ name: String, _ text: String, bytesMax: Int) throws(StateError) {
        let count = text.utf8.count
        guard count <= bytesMax else {
            throw .invalidField("\(name) has \(count) bytes; at most \(bytesMax) are allowed")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .invalidField("\(name) has a control character")
        }
    }

    private func check(_ change: SessionChange) throws(StateError) {
        switch change {
        case .open(let opening):
            let bounds = Limits.sessionTimeoutBounds
            guard bounds ~= opening.timeoutMilliseconds else {
                throw .invalidField(
                    "timeout_ms is \(opening.timeoutMilliseconds); it is from \(bounds.lowerBound) to "
                        + "\(bounds.upperBound)")
            }
            try check("name", opening.name, bytesMax: Limits.sessionNameBytesMax)
        case .touch(let sessions):
            guard sessions.count <= Limits.touchesMax else {
                throw .invalidField("\(sessions.count) sessions; at most \(Limits.touchesMax) are allowed")
            }
        case .close:
            break
        }
    }

    private func check(_ change: StreamChange) throws(StateError) {
        // What each write must keep to is checked with its own outcome.
        guard case .write(let writes) = change else { return }
        guard 1...Limits.streamOperationsMax ~= writes.commands.count, writes.last > writes.after else {
            throw .invalidField("\(writes.commands.count) writes of a stream, after \(writes.after) to \(writes.last)")
        }
    }

    private func check(_ write: ConfigWrite) throws(StateError) {
        try check(key: write.path)
        guard !ConfigChange.isVersion(write.path) else {
            throw .invalidField("a key's name is not 20 digits: versions are named so")
        }
        // Its versions are znodes like any other.
        try check(path: write.path + "/" + Limits.sequenceDigits(0))
        try check(write.fence)
        if case .rollBack(0) = write.change { throw .invalidField("version_revision is missing") }
        if case .put(let value) = write.change { try check(dataCount: value.count) }
        try check("author", write.author, bytesMax: Limits.authorBytesMax)
        let count = write.comment.utf8.count
        guard count <= Limits.commentBytesMax else {
            throw .invalidField("comment has \(count) bytes; at most \(Limits.commentBytesMax) are allowed")
        }
    }

    /// Refuses what can be no key of the configuration.
    public func check(key path: String) throws(StateError) {
        try check(path: path)
        guard path != "/" else { throw .invalidField("path is the root, which is no key") }
    }

    /// Refuses what can be no service's path.
    public func check(service path: String) throws(StateError) {
        try check(path: path)
        guard path != "/" else { throw .invalidField("path is the root, which is no service") }
    }

    private func check(_ change: NamingChange) throws(StateError) {
        try check(service: change.path)
        let count = change.name.utf8.count
        guard 1...Limits.instanceNameBytesMax ~= count, !change.name.utf8.contains(UInt8(ascii: "/")) else {
            throw .invalidField(
                "the name has \(count) bytes; it has 1 to \(Limits.instanceNameBytesMax), none of them a /")
        }
        try check("the name", change.name, bytesMax: Limits.instanceNameBytesMax)
        try check(path: change.path + "/" + change.name)
        if case .register(_, _, _, let data) = change { try check(dataCount: data.count) }
    }

    private func check(_ change: LockChange) throws(StateError) {
        try check(path: change.path)
        guard change.path != "/" else { throw .invalidField("path is the root, which is no lock") }
        switch change {
        case .acquire(let acquisition):
            try check("the owner, or candidate,", acquisition.owner, bytesMax: Limits.ownerBytesMax)
            guard !acquisition.owner.utf8.contains(UInt8(ascii: "/")) else {
                throw .invalidField("the owner, or candidate, has a /")
            }
            if case .permits(let permits, let capacity) = acquisition.mode,
                !(1...Limits.permitsMax ~= capacity) || !(1...capacity ~= permits)
            {
                throw .invalidField(
                    "permits is \(permits) and capacity \(capacity); they are from 1 on, up to capacity and to "
                        + "\(Limits.permitsMax)")
            }
            // The claim is a znode like any other.
            let name = ClaimName.text(token: 0, mode: acquisition.mode, owner: acquisition.owner)
            try check(path: acquisition.path + "/" + name)
            try check(dataCount: acquisition.value.count)
        case .release(_, let token):
            guard token != 0 else { throw .invalidField("token is missing") }
        case .withdraw:
            break
        case .proclaim(_, let token, let value):
            guard token != 0 else { throw .invalidField("token is missing") }
            try check(dataCount: value.count)
        }
    }

    /// Refuses a path that breaks a rule: INVALID_ARGUMENT, `INVALID_PATH`, with a text that says which.
    public func check(path: String) throws(StateError) {
        let fault = path.withUTF8Bytes { PathRules.fault(in: $0, limits: self) }
        if let fault { throw fault }
    }

    /// The same for bytes that may not even be UTF-8.
    public func check(path: UnsafeRawBufferPointer) throws(StateError) {
        if let fault = PathRules.fault(in: path, limits: self) { throw fault }
    }

    private func check(dataCount: Int) throws(StateError) {
        guard dataCount > dataBytesMax else { return }
        throw StateError(
            .resourceExhausted, .dataTooLarge,
            "the data has \(dataCount) bytes; the limit data_bytes_max is \(dataBytesMax)",
            [.init("limit", "data_bytes_max"), .init("value", "\(dataBytesMax)")])
    }

    func check(_ requestID: RequestIdentity?) throws(StateError) {
        guard let requestID else { return }
        let count = requestID.client.utf8.count
        guard count >= 1 && count <= Limits.clientIDBytesMax else {
            throw StateError(
                .invalidArgument, .invalidRequestID,
                "client_id has \(count) bytes; it must have 1 to \(Limits.clientIDBytesMax)")
        }
        guard requestID.sequence >= 1 else {
            throw StateError(.invalidArgument, .invalidRequestID, "sequence is 0; it starts at 1")
        }
    }
}
