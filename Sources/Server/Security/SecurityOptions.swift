import Client
public import RPC

/// How a member's listeners are secured: which files its certificates, the authorities that it trusts and its clients'
/// tokens are in. The files are looked at every second; what changed holds for connections and calls from then on.
public struct SecurityOptions: Sendable {
    /// What this member shows to clients. Nil: clients are served in plain text.
    public var clientIdentity: TLSIdentity?
    /// The authorities that sign for clients (PEM). Nil: clients are not asked for certificates.
    public var clientAuthoritiesFile: String?
    /// The bearer tokens of clients; see `TokenFile`.
    public var tokensFile: String?
    /// Lets callers be anonymous although they could say who they are.
    public var allowsAnonymous = false
    /// TLS among members. Nil: plain text.
    public var peers: Peers?
    /// Serves in plain text at addresses other than loopback, and takes tokens there.
    public var isInsecure = false

    /// What members show to each other.
    public struct Peers: Sendable {
        public var identity: TLSIdentity
        /// The authorities that sign for members (PEM).
        public var authoritiesFile: String

        public init(identity: TLSIdentity, authoritiesFile: String) {
            self.identity = identity
            self.authoritiesFile = authoritiesFile
        }
    }

    public init() {}

    /// Whether callers can say who they are.
    var knowsCallers: Bool { clientAuthoritiesFile != nil || tokensFile != nil }

    /// Refuses what would be less secure than it looks, with the reason.
    func validate(clientAddress: Address, peerAddress: Address) throws(StartError) {
        if !isInsecure {
            guard clientAddress.isLoopback || clientIdentity != nil else {
                throw StartError(
                    "clients would be served at \(clientAddress) without TLS; give a certificate, a loopback address "
                        + "or --insecure")
            }
            guard peerAddress.isLoopback || peers != nil else {
                throw StartError(
                    "members would be served at \(peerAddress) without TLS; give a certificate, a loopback address "
                        + "or --insecure")
            }
        }
        guard clientAuthoritiesFile == nil || clientIdentity != nil else {
            throw StartError("clients can show certificates only where they are served with TLS: give a certificate")
        }
        guard !allowsAnonymous || knowsCallers else {
            throw StartError("--allow-anonymous is for members that know callers by certificates or tokens")
        }
    }
}
