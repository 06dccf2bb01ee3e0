import Logging
import NIOCore
import NIOPosix
import RPC

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The client of gRPC's interoperability tests: `interop-client port [case ...]`. Carries out the cases, all of them by
/// default, against the server on that port of this machine. Prints a line for each, `case passed` or `case failed:
/// why`, and exits with 1 if one has failed.
///
/// `--no-probe` leaves out that a server notices a request which is not compressed though it says it were: many
/// libraries do not tell their servers.
@main
struct InteropClient {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let port = arguments.first.flatMap({ Int($0) }) else {
            print("usage: interop-client port [--no-probe] [case ...]")
            exit(2)
        }
        let names = arguments.dropFirst().filter { $0 != "--no-probe" }
        var logger = Logger(label: "interop-client")
        logger.logLevel = .error
        var configuration = ChannelConfiguration()
        configuration.acceptsCompression = true
        let channel = RPCChannel(
            host: "127.0.0.1", port: port, eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            configuration: configuration, logger: logger)
        let cases = InteropCases(channel: channel, probes: !arguments.contains("--no-probe"))
        var hasFailed = false
        for name in names.isEmpty ? InteropCases.all.map(\.name) : Array(names) {
            guard let body = InteropCases.all.first(where: { $0.name == name })?.body else {
                print("\(name) failed: there is no such case")
                hasFailed = true
                continue
            }
            do {
                try await body(cases)
                print("\(name) passed")
            } catch {
                print("\(name) failed: \(error)")
                hasFailed = true
            }
            fflush(nil)
        }
        await channel.shutdown()
        exit(hasFailed ? 1 : 0)
    }
}
