import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A port of loopback on which nobody listens, and which the system gives to nobody who asks for any port, until it
/// is released. Whoever names it may listen there.
///
/// It is bound and not listened to. Linux lets another socket listen on it if both say SO_REUSEADDR; other systems do
/// not, so there the port is only found.
struct ReservedPort {
    let number: Int
    private let descriptor: CInt

    init() throws {
        #if canImport(Glibc)
        let stream = CInt(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, stream, 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        var yes: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        self.descriptor = descriptor
        number = Int(UInt16(bigEndian: address.sin_port))
        #if os(Linux)
        guard isBound else { throw IOError(errnoCode: errno, reason: "bind") }
        #else
        close(descriptor)
        #endif
    }

    func release() {
        #if os(Linux)
        close(descriptor)
        #endif
    }
}
