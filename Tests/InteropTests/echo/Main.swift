import ByteString
import Logging
import NIOCore
import NIOPosix
import RPC

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The server of the interoperability tests: `echo-server [port] [event loops] [certificate key]`, with TLS if it is
/// given the files. Prints the port it listens on and serves until its standard input ends.
@main
struct EchoServer {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().prefix(2).compactMap { Int($0) }
        var configuration = ServerConfiguration()
        if CommandLine.arguments.count == 5 {
            configuration.tls = try ServerTLS(
                TLSIdentity(certificateFile: CommandLine.arguments[3], keyFile: CommandLine.arguments[4]))
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: arguments.dropFirst().first ?? 1)
        var logger = Logger(label: "echo-server")
        logger.logLevel = .warning
        let server = try await RPCServer.start(
            on: SocketAddress(ipAddress: "127.0.0.1", port: arguments.first ?? 0), group: group, registry: registry(),
            configuration: configuration, logger: logger)
        print("listening on \(server.port)")
        fflush(nil)
        try await NIOThreadPool.singleton.runIfActive { while readLine() != nil {} }
        await server.shutdown(grace: .seconds(1))
        try await group.shutdownGracefully()
    }
}
