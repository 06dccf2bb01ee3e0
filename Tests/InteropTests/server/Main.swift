import InteropStubs
import Logging
import NIOCore
import NIOPosix
import RPC

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The server of gRPC's interoperability tests: `interop-server [port]`. Prints the port it listens on and serves until
/// its standard input ends.
@main
struct InteropServer {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 0
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var logger = Logger(label: "interop-server")
        logger.logLevel = .warning
        let server = try await RPCServer.start(
            on: SocketAddress(ipAddress: "127.0.0.1", port: port), group: group, registry: testService(),
            logger: logger)
        print("listening on \(server.port)")
        fflush(nil)
        try await NIOThreadPool.singleton.runIfActive { while readLine() != nil {} }
        await server.shutdown(grace: .seconds(1))
        try await group.shutdownGracefully()
    }
}
