public import ByteString
public import Messages

/// A write to a key of the configuration.
public struct ConfigWrite: Hashable, Sendable {
    public var path: String
    public var change: Change
    public var author: String
    public var comment: String
    /// Only if this is the revision of the newest value; 0 if there must be no key. Nil asks nothing.
    public var expectedRevision: UInt64?
    public var fence: Fence?

    public enum Change: Hashable, Sendable {
        case put(Bytes)
        /// Writes the value of the version of this revision again.
        case rollBack(UInt64)
        case delete
    }

    public init(
        path: String, _ change: Change, author: String = "", comment: String = "", expectedRevision: UInt64? = nil,
        fence: Fence? = nil
    ) {
        self.path = path
        self.change = change
        self.author = author
        self.comment = comment
        self.expectedRevision = expectedRevision
        self.fence = fence
    }

    var digest: UInt64 {
        var digest = path.withUTF8Bytes { RawBytes.hash($0, seed: 27) }
        func add(_ number: UInt64) { digest = RawBytes.mix(digest &+ number) }
        switch change {
        case .put(let value): add(value.withUnsafeBytes { RawBytes.hash($0, seed: 28) })
        case .rollBack(let revision): add(RawBytes.mix(revision &+ 29))
        case .delete: add(30)
        }
        add(author.withUTF8Bytes { RawBytes.hash($0, seed: 31) })
        add(comment.withUTF8Bytes { RawBytes.hash($0, seed: 32) })
        add(expectedRevision.map { RawBytes.mix($0) | 1 } ?? 0)
        add(fence?.digest ?? 0)
        return digest
    }
}

extension Command {
    public init(_ request: PutConfigRequest) {
        self.init(
            .config(
                ConfigWrite(
                    path: request.path, .put(request.value), author: request.author, comment: request.comment,
                    expectedRevision: request.expectedRevision, fence: request.fence.map(Fence.init))),
            requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: RollbackConfigRequest) {
        self.init(
            .config(
                ConfigWrite(
                    path: request.path, .rollBack(request.versionRevision), author: request.author,
                    comment: request.comment, expectedRevision: request.expectedRevision,
                    fence: request.fence.map(Fence.init))),
            requestID: request.requestID.map(RequestIdentity.init))
    }

    public init(_ request: DeleteConfigRequest) {
        self.init(
            .config(
                ConfigWrite(
                    path: request.path, .delete, expectedRevision: request.expectedRevision,
                    fence: request.fence.map(Fence.init))),
            requestID: request.requestID.map(RequestIdentity.init))
    }
}
