public import ByteString
public import Messages

/// A change of the instances of a service.
public enum NamingChange: Hashable, Sendable {
    /// - Parameter data: the znode's.
    case register(path: String, name: String, session: SessionID, data: Bytes)
    case deregister(path: String, name: String, session: SessionID)

    var path: String {
        switch self {
        case .register(let path, _, _, _), .deregister(let path, _, _): path
        }
    }

    var name: String {
        switch self {
        case .register(_, let name, _, _), .deregister(_, let name, _): name
        }
    }

    var digest: UInt64 {
        let pathHash = path.withUTF8Bytes { RawBytes.hash($0, seed: 23) }
        let place = RawBytes.mix(pathHash &+ name.withUTF8Bytes { RawBytes.hash($0, seed: 24) })
        switch self {
        case .register(_, _, let session, let data):
            return RawBytes.mix(place &+ session.rawValue) &+ data.withUnsafeBytes { RawBytes.hash($0, seed: 25) }
        case .deregister(_, _, let session):
            return RawBytes.mix(RawBytes.mix(place &+ session.rawValue) &+ 26)
        }
    }
}

extension ReplicatedState {
    mutating func change(
        _ change: NamingChange, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        let path = change.path + "/" + change.name
        switch change {
        case .register(let service, _, let session, let data):
            try register(path, of: service, session, data, context, revision)
            return WriteResult(kind: .registered, revision: revision, path: path)
        case .deregister(_, let name, let session):
            guard owner(of: path) == .session(session) else {
                throw StateError(
                    .notFound, .instanceNotFound,
                    "the service \(PathRules.quoted(change.path)) has no instance \(PathRules.quoted(name)) of session "
                        + "\(session)")
            }
            _ = try delete(path, nil, revision)
            return WriteResult(kind: .deregistered, revision: revision, path: path)
        }
    }

    private enum Owner: Equatable {
        case nobody
        /// The znode is there and not ephemeral.
        case none
        case session(SessionID)
    }

    private func owner(of path: String) -> Owner {
        guard let entry = entry(path) else { return .nobody }
        if case .ephemeral(let session) = ZnodeStat(entry).lifetime { return .session(session) }
        return .none
    }

    private mutating func register(
        _ path: String, of service: String, _ session: SessionID, _ data: Bytes, _ context: CommandContext,
        _ revision: Revision
    ) throws(StateError) {
        let record = try livingSession(session, context)
        switch owner(of: path) {
        case .session(session):
            _ = try set(path, data, nil, context, revision)
        case .none:
            throw StateError(
                .alreadyExists, .znodeExists, "the znode \(PathRules.quoted(path)) exists, and is no instance")
        case .session, .nobody:
            try checkRoom(for: session, record)
            // With the last instance of a service its znode may go; so it is looked for afterwards.
            if owner(of: path) != .nobody { _ = try delete(path, nil, revision) }
            try createContainers(down: service, context, revision)
            _ = try create(path, Creation(data: data, lifetime: .ephemeral(session)), context, revision)
        }
    }
}

extension Command {
    /// Throws `INVALID_FIELD` if something required is missing.
    public init(_ register: RegisterInstance) throws(StateError) {
        guard register.sessionID != 0 else { throw .invalidField("session_id is missing") }
        self.init(
            .naming(
                .register(
                    path: register.path, name: register.name, session: SessionID(register.sessionID),
                    data: register.data)),
            requestID: register.requestID.map(RequestIdentity.init))
    }

    public init(_ request: DeregisterRequest) throws(StateError) {
        guard request.sessionID != 0 else { throw .invalidField("session_id is missing") }
        self.init(
            .naming(
                .deregister(path: request.path, name: request.name, session: SessionID(request.sessionID))),
            requestID: request.requestID.map(RequestIdentity.init))
    }
}

extension Instance {
    /// The instance that a child of a service's znode is; nil if it is none.
    ///
    /// Anybody may write such a child with Store: one whose data are no instance's is one without an address.
    public init?(name: String, data: Bytes, session: SessionID, revision: Revision) {
        self = (try? Instance(decoding: data)) ?? Instance()
        self.name = name
        sessionID = session.rawValue
        self.revision = revision.rawValue
    }
}

extension StateView {
    /// Calls `body` for the instances of a service in the order of their names, with the length of what is kept of
    /// each, until it returns false.
    ///
    /// - Parameter name: only those whose names come after this one; empty for all.
    public func instances(
        _ path: String, startAfter name: String = "", _ body: (_ instance: Instance, _ dataCount: Int) -> Bool
    ) {
        list(path, startAfter: name) { child in
            let stat = child.stat
            guard case .ephemeral(let session) = stat.lifetime,
                let instance = Instance(
                    name: child.name, data: child.data, session: session, revision: stat.modifiedRevision)
            else { return true }
            return body(instance, child.dataCount)
        }
    }
}
