public import ByteString

/// A change of a lock's queue.
public enum LockChange: Hashable, Sendable {
    case acquire(Acquisition)
    /// Takes a claim away.
    case release(path: String, token: UInt64)
    /// Takes a claim away if it still has this version, which no other call relies on then.
    ///
    /// - Parameter onlyWaiting: and if it does not hold the lock.
    case withdraw(path: String, token: UInt64, version: UInt64, onlyWaiting: Bool)
    /// Sets the value of the claim that holds the lock.
    case proclaim(path: String, token: UInt64, value: Bytes)

    var path: String {
        switch self {
        case .acquire(let acquisition): acquisition.path
        case .release(let path, _), .withdraw(let path, _, _, _), .proclaim(let path, _, _): path
        }
    }

    var digest: UInt64 {
        let pathHash = path.withUTF8Bytes { RawBytes.hash($0, seed: 18) }
        switch self {
        case .acquire(let acquisition):
            return RawBytes.mix(pathHash &+ 1) &+ acquisition.digest
        case .release(_, let token):
            return RawBytes.mix(RawBytes.mix(pathHash &+ 2) &+ token)
        case .withdraw:
            return 0
        case .proclaim(_, let token, let value):
            let valueHash = value.withUnsafeBytes { RawBytes.hash($0, seed: 19) }
            return RawBytes.mix(RawBytes.mix(RawBytes.mix(pathHash &+ 3) &+ token) &+ valueHash)
        }
    }
}

/// A claim to be made; or, if the owner has one already, to be found.
public struct Acquisition: Hashable, Sendable {
    /// The lock's.
    public var path: String
    public var session: SessionID
    /// Tells the owners within a session apart.
    public var owner: String
    public var mode: LockMode
    /// The claim's data.
    public var value: Bytes
    /// Only if the claim holds the lock at once.
    public var isTry: Bool

    public init(
        path: String, session: SessionID, owner: String = "", mode: LockMode = .exclusive, value: Bytes = Bytes(),
        isTry: Bool = false
    ) {
        self.path = path
        self.session = session
        self.owner = owner
        self.mode = mode
        self.value = value
        self.isTry = isTry
    }

    fileprivate var digest: UInt64 {
        var digest = owner.withUTF8Bytes { RawBytes.hash($0, seed: 20) }
        func add(_ number: UInt64) { digest = RawBytes.mix(digest &+ number) }
        add(value.withUnsafeBytes { RawBytes.hash($0, seed: 21) })
        add(session.rawValue)
        switch mode {
        case .exclusive: add(1)
        case .shared: add(2)
        case .permits(let count, let capacity): add(UInt64(count) << 32 | UInt64(capacity))
        }
        add(isTry ? 1 : 0)
        return digest
    }
}

/// That a write is to be carried out only while a claim holds its lock.
public struct Fence: Hashable, Sendable {
    /// The lock's.
    public var path: String
    public var token: UInt64

    public init(path: String, token: UInt64) {
        self.path = path
        self.token = token
    }

    var digest: UInt64 {
        RawBytes.mix(path.withUTF8Bytes { RawBytes.hash($0, seed: 22) } &+ token) | 1
    }
}
