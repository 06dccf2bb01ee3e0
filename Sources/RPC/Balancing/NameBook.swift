import NIOCore

/// The names of a channel and what is known of them.
struct NameBook {
    private(set) var names: [Name]
    /// Whether the addresses have been published once.
    private(set) var isPublished = false

    struct Name {
        let endpoint: Endpoint
        var lookup: NameLookupState
        /// Nil: not known yet.
        var addresses: [SocketAddress]?
        /// Why it has none.
        var failure: String?
        /// Whether it is an address itself.
        let isLiteral: Bool
    }

    struct Address: Hashable {
        let address: SocketAddress
        let endpoint: Endpoint
    }

    init(_ endpoints: [Endpoint], intervalMin: Int64) {
        names = endpoints.map { endpoint in
            let literal = try? SocketAddress(ipAddress: endpoint.host, port: endpoint.port)
            return Name(
                endpoint: endpoint, lookup: NameLookupState(intervalMin: intervalMin), addresses: literal.map { [$0] },
                isLiteral: literal != nil)
        }
    }

    /// Whether all names have been looked up, or `isPatient` is false and one has.
    mutating func publishes(isPatient: Bool) -> Bool {
        if !isPublished {
            isPublished =
                names.allSatisfy { $0.addresses != nil || $0.failure != nil }
                || !isPatient && names.contains { $0.addresses != nil }
        }
        return isPublished
    }

    /// All addresses, each once, those of the first name first.
    var addresses: [Address] {
        var seen: Set<SocketAddress> = []
        var result: [Address] = []
        for name in names {
            for address in (name.addresses ?? []).familiesInTurn where seen.insert(address).inserted {
                result.append(Address(address: address, endpoint: name.endpoint))
            }
        }
        return result
    }

    var failures: [String] { names.compactMap { $0.addresses == nil ? $0.failure : nil } }

    // MARK: Lookups

    mutating func onWanted(_ index: Int, now: Int64) -> NameLookupState.OnWanted {
        names[index].isLiteral ? .none : names[index].lookup.onWanted(now: now)
    }

    mutating func onTimer(_ index: Int, now: Int64) -> Bool { names[index].lookup.onTimer(now: now) }

    mutating func onFound(_ index: Int, _ addresses: [SocketAddress]) {
        names[index].lookup.onFound()
        names[index].addresses = addresses
        names[index].failure = nil
    }

    /// What was known of the name stays: a server that is there does not go because nobody knows its name any more.
    mutating func onFailed(_ index: Int, _ why: String) -> Int {
        names[index].failure = why
        return names[index].lookup.onFailed()
    }
}
