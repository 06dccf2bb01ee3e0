public import Client
public import Consensus
public import Coordination
public import Journal
public import Replica

/// What a member is started with.
public struct MemberOptions: Sendable {
    /// The data directory. Created if it is not there. Default `roost-data`.
    public var dataDirectory = "roost-data"
    /// Default 1.
    public var id = MemberID(1)
    /// Where clients are served. Default 127.0.0.1:7400. Anything but loopback needs TLS, as ``security`` says.
    public var clientAddress = Address(host: "127.0.0.1", port: 7400)
    /// Where other members are served. Default 127.0.0.1:7500.
    public var peerAddress = Address(host: "127.0.0.1", port: 7500)
    /// The members that an ensemble is founded with, this one included; empty means this one alone. For a member of an
    /// ensemble they say where the others are now, if that has changed since the founding.
    public var members: [(id: MemberID, peerAddress: Address)] = []
    /// Whether an ensemble may be founded. Without it a data directory that belongs to no ensemble is refused.
    public var isBootstrap = false
    /// Where members of an existing ensemble serve clients: it is asked to admit this member, unless it has already.
    public var join: [Address] = []
    /// Stays without a vote when it is admitted.
    public var staysLearner = false
    public var security = SecurityOptions()
    /// How many event loops serve clients. Default: one for each processor, at most four.
    public var clientLoops = 0
    /// Whether the members' I/O has an event loop of its own, beside the driver's. Each message between members costs a
    /// change of threads more then, and a driver that is busy leaves more time for other things. Default, nil: where
    /// there are more than two processors.
    public var hasPeerLoop: Bool?
    /// Whether an address is kept out for a while from which connections of clients come that break the rules of HTTP/2
    /// again and again. Default true; false where all clients come from the address of a balancer.
    public var quarantinesClients = true
    /// What clients may ask for; at most the replicated state's own ceilings.
    public var limits = Limits()
    public var replica = Replica.Settings()
    public var journal = JournalOptions()
    /// A member of another release may still be read by this one; see the README.
    public static let release = "0.1.0"

    public init() {}

    /// Refuses what cannot work, with the reason.
    func validate() throws(StartError) {
        try security.validate(clientAddress: clientAddress, peerAddress: peerAddress)
        guard join.isEmpty || !isBootstrap else {
            throw StartError("--bootstrap founds an ensemble and --join enters one; only one of them can be meant")
        }
        if !members.isEmpty {
            guard members.contains(where: { $0.id == id }) else {
                throw StartError("the members given do not include this one, which is \(id)")
            }
            let ids = members.map(\.id).sorted()
            for (left, right) in zip(ids, ids.dropFirst()) where left == right {
                throw StartError("member \(left) is given twice")
            }
        }
    }
}

/// Why a member does not start. The text is for the operator.
public struct StartError: Error, Sendable, CustomStringConvertible {
    public let description: String
    public let remedy: Remedy

    /// What may be done about it.
    public enum Remedy: Hashable, Sendable {
        /// What the description says.
        case operators
        /// The member may be started again at once: it takes its state from the others then.
        case start
        /// The member is none any more; it may ask to be admitted again.
        case joining
    }

    public init(_ description: String, remedy: Remedy = .operators) {
        self.description = description
        self.remedy = remedy
    }
}

extension StartError {
    static func removed(_ options: MemberOptions) -> StartError {
        StartError(
            "the ensemble goes on without member \(options.id); its data stay in \(options.dataDirectory), and --join "
                + "asks for it to be admitted again", remedy: .joining)
    }
}
