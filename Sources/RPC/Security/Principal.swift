/// Who is calling, by name. A certificate, a token or nothing at all has said so; what the name may do is for others to
/// decide.
///
/// A SPIFFE URI stands for itself, a certificate without one for its subject (RFC 4514, for example `CN=backup,O=Ops`),
/// a bearer token for `token:` and the name under which it was made.
public struct Principal: Sendable, Hashable, CustomStringConvertible {
    /// Empty for whoever did not say.
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    /// A caller that showed neither a certificate nor a token.
    public static let anonymous = Principal("")

    public var isAnonymous: Bool { name.isEmpty }
    public var description: String { isAnonymous ? "anonymous" : name }
}

/// How a server finds out who is calling.
public struct Authentication: Sendable {
    /// Whom a connection belongs to: called once, on its event loop, with the verified certificate of the other end or
    /// nil. Nil refuses the connection. By default nobody is known by certificate.
    public var connection: @Sendable (PeerCertificate?) -> Principal? = { _ in .anonymous }
    /// The bearer tokens (RFC 6750) that are known. Nil: the header `authorization` means nothing.
    public var tokens: (any BearerTokens)?
    /// Whether a call may be anonymous. If not it is answered with UNAUTHENTICATED, unless its service is public
    /// (``ServiceRegistry/makePublic(_:)``).
    public var allowsAnonymous = true

    public init() {}

    /// Whether each call has to be looked at.
    var isPerCall: Bool { tokens != nil || !allowsAnonymous }
}

/// Whom bearer tokens belong to.
public protocol BearerTokens: Sendable {
    /// Grows whenever an answer may have changed: connections remember the last one.
    var generation: UInt64 { get }
    /// Nil for a token that is not known. Called on event loops; must not block.
    func principal(of token: UnsafeRawBufferPointer) -> Principal?
}

/// The last token that a connection has shown, with its principal: clients send the same one with every call.
struct TokenMemory {
    private var token: [UInt8] = []
    private var principal = Principal.anonymous
    private var generation: UInt64?

    /// Longer ones are refused.
    static let tokenBytesMax = 4_096

    mutating func principal(of token: UnsafeRawBufferPointer, in tokens: any BearerTokens) -> Principal? {
        guard token.count <= TokenMemory.tokenBytesMax else { return nil }
        let now = tokens.generation
        if generation == now, isRemembered(token) { return principal }
        guard let found = tokens.principal(of: token) else { return nil }
        self.token = Array(token)
        principal = found
        generation = now
        return found
    }

    /// Takes the same time wherever the first difference is: a proxy may put several clients on one connection.
    private func isRemembered(_ other: UnsafeRawBufferPointer) -> Bool {
        guard other.count == token.count else { return false }
        var difference: UInt8 = 0
        for index in token.indices { difference |= token[index] ^ other[index] }
        return difference == 0
    }
}

/// The value of `authorization` (RFC 9110 section 11.6.2).
enum Authorization {
    case none
    case bearer(UnsafeRawBufferPointer)
    /// Another scheme, several values, or no token.
    case unusable

    init(block: UnsafeRawBufferPointer) {
        self = .none
        for (name, value) in HeaderBlockReader(block) where name.elementsEqual("authorization".utf8) {
            guard case .none = self, let token = Authorization.token(in: value) else {
                self = .unusable
                return
            }
            self = .bearer(token)
        }
    }

    private static func token(in value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let scheme = "bearer"
        guard value.count > scheme.utf8.count, value[scheme.utf8.count] == UInt8(ascii: " ") else { return nil }
        // Schemes are compared without regard to case.
        guard value.prefix(scheme.utf8.count).map({ $0 | 0x20 }).elementsEqual(scheme.utf8) else { return nil }
        let token = value.dropFirst(scheme.utf8.count).drop { $0 == UInt8(ascii: " ") }
        return token.isEmpty ? nil : UnsafeRawBufferPointer(rebasing: token)
    }
}
