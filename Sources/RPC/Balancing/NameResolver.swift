public import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where calls go: a host and a port.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// A name, or an address of IPv4 or IPv6 (without brackets).
    public var host: String
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `host:port`, also the `:authority` of requests.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// Finds the addresses of names.
public protocol NameResolver: Sendable {
    /// All addresses, the best first. Never called on an event loop. Throws where the name has none.
    func addresses(of endpoint: Endpoint) async throws -> [SocketAddress]
}

/// A name has no address.
public struct NameNotResolved: Error, Sendable, CustomStringConvertible {
    public let description: String
}

/// The system's own resolver (`getaddrinfo`: /etc/hosts, DNS and whatever else is configured), on threads that may
/// block.
public struct SystemResolver: NameResolver {
    public init() {}

    public func addresses(of endpoint: Endpoint) async throws -> [SocketAddress] {
        try await NIOThreadPool.singleton.runIfActive { try SystemResolver.ask(endpoint) }
    }

    private static func ask(_ endpoint: Endpoint) throws -> [SocketAddress] {
        var hints = addrinfo()
        #if canImport(Glibc)
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = AI_NUMERICSERV
        var first: UnsafeMutablePointer<addrinfo>?
        let error = getaddrinfo(endpoint.host, String(endpoint.port), &hints, &first)
        guard error == 0 else {
            throw NameNotResolved(description: "\(endpoint.host): \(String(cString: gai_strerror(error)))")
        }
        defer { freeaddrinfo(first) }
        var addresses: [SocketAddress] = []
        var next = first
        while let info = next {
            if let address = SocketAddress(info.pointee, host: endpoint.host) { addresses.append(address) }
            next = info.pointee.ai_next
        }
        return addresses
    }
}

extension SocketAddress {
    fileprivate init?(_ info: addrinfo, host: String) {
        guard let address = info.ai_addr else { return nil }
        switch info.ai_family {
        case AF_INET:
            self.init(address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee }, host: host)
        case AF_INET6:
            self.init(address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee }, host: host)
        default:
            return nil
        }
    }
}

extension [SocketAddress] {
    /// The families in turn, beginning with that of the first address; within a family in the order given (RFC 8305
    /// section 4). So a family without a way to the server costs one attempt, not all.
    var familiesInTurn: [SocketAddress] {
        guard let family = first?.protocol else { return [] }
        var same = filter { $0.protocol == family }[...]
        var others = filter { $0.protocol != family }[...]
        var result: [SocketAddress] = []
        while !same.isEmpty || !others.isEmpty {
            if let address = same.popFirst() { result.append(address) }
            if let address = others.popFirst() { result.append(address) }
        }
        return result
    }
}
