public import Messages

// Changes as messages, and what is asked about them.

extension Event {
    public init(_ event: ZnodeEvent, includeData: Bool) {
        self.init(
            kind: EventKind(rawValue: Int32(event.kind.rawValue)), path: event.path,
            revision: event.revision.rawValue, version: event.version)
        if includeData { data = event.data }
    }

    /// - Parameter previous: the znode before the change.
    public init(_ event: ZnodeEvent, includeData: Bool, previous: Znode?) {
        self.init(event, includeData: includeData)
        guard let previous else { return }
        previousData = previous.data
        previousStat = Stat(previous.stat)
    }
}

extension WatchFilter {
    /// INVALID_ARGUMENT, `INVALID_FIELD`, if this release does not know what is asked for.
    ///
    /// - Precondition: the path is legal.
    public init(_ request: WatchRequest) throws(StateError) {
        let scope: Scope
        switch request.scope {
        case .node: scope = .node
        case .children: scope = .children
        case .recursive: scope = .recursive
        case .unrecognized(let number): throw .invalidField("scope \(number) is not known to this release")
        }
        var kinds: Kinds = request.kinds.isEmpty ? .all : []
        for kind in request.kinds {
            guard let number = UInt8(exactly: kind.rawValue), let kind = ZnodeEvent.Kind(rawValue: number) else {
                throw .invalidField("there are no changes of kind \(kind.rawValue)")
            }
            kinds.insert(Kinds(kind))
        }
        let count = request.namePrefix.utf8.count
        guard count <= Limits.componentBytesMax else {
            throw .invalidField("name_prefix has \(count) bytes; at most \(Limits.componentBytesMax) are allowed")
        }
        self.init(path: request.path, scope: scope, kinds: kinds, namePrefix: request.namePrefix)
    }
}
