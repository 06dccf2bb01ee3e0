public import ByteString

/// A claim as it is read.
public struct LockClaim: Hashable, Sendable {
    public var token: UInt64
    public var session: SessionID
    public var owner: String
    public var mode: LockMode
    /// Whether it holds the lock: its token is valid.
    public var isHeld: Bool
    /// The claim's znode.
    public var path: String
    /// The claim's data.
    public var value: Bytes
}

/// What has become of a claim.
public enum ClaimState: Hashable, Sendable {
    case waiting
    case held
    /// It was taken away, or its session has ended.
    case gone
}

extension StateView {
    /// The claims of a lock in the order in which they get it, at most `limit`. None if there is no such lock.
    ///
    /// - Precondition: `path` is legal (see ``Limits/check(path:)``).
    public func claims(_ path: String, limit: Int) -> [LockClaim] {
        var claims: [LockClaim] = []
        queue(path).walk { item in
            guard claims.count < limit else { return false }
            let name = String(decoding: KeySpace.name(ofZnodeKey: item.entry.key), as: UTF8.self)
            claims.append(
                LockClaim(
                    token: item.name.token, session: item.session,
                    owner: String(decoding: item.name.owner, as: UTF8.self), mode: item.name.mode,
                    isHeld: item.isHeld, path: path + "/" + name, value: item.entry.bodyBytes))
            return true
        }
        return claims
    }

    public func claimState(_ path: String, token: UInt64) -> ClaimState {
        guard queue(path).find(token: token) != nil else { return .gone }
        return queue(path).holds(token: token) ? .held : .waiting
    }

    /// Whose claim that is; nil if there is no such claim.
    public func session(ofClaim token: UInt64, to path: String) -> SessionID? {
        queue(path).find(token: token)?.session
    }

    /// Calls `body` with the tokens of the claims that hold the lock, in order.
    public func holders(_ path: String, _ body: (UInt64) -> Void) {
        queue(path).walk { item in
            if item.isHeld { body(item.name.token) }
            return item.isHeld
        }
    }
}

extension LockClaim {
    /// The claim to the lock at `path` that a change of one of its children is about; nil if that is no claim.
    ///
    /// Whether it holds the lock, and whose it is, is not in the change.
    public init?(_ event: ZnodeEvent, of path: String) {
        let name = String(Substring(event.path.utf8.dropFirst(path.utf8.count + 1)))
        let claim = name.withUTF8Bytes { bytes -> LockClaim? in
            guard let name = ClaimName(bytes), event.kind != .created || name.token == event.revision.rawValue else {
                return nil
            }
            return LockClaim(
                token: name.token, session: SessionID(0), owner: String(decoding: name.owner, as: UTF8.self),
                mode: name.mode, isHeld: false, path: event.path, value: event.data)
        }
        guard let claim else { return nil }
        self = claim
    }
}
