import ArgumentParser
import ByteString
import Logging
import NIOPosix
import RPC

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The client of the interoperability tests: makes calls of `proto/echo.proto` one after the other and prints a line
/// for each, with its status code and message.
@main
struct Caller: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "echo-caller")

    @Argument(help: "host:port,...") var targets: String
    @Option(help: "So many calls.") var count = 1
    @Option(help: "Milliseconds between two calls.") var pause = 0
    @Option(help: "Numbers of the status codes after which a call is made again.") var safe: [Int] = []
    @Option(help: "Attempts in all; 0: no retries at all.") var attempts = 4
    @Option(help: "Milliseconds before the second attempt.") var backoff = 50
    @Option(help: "Milliseconds that a call may take.") var timeout = 20_000
    @Flag(help: "Spread the calls over all addresses.") var roundRobin = false
    @Flag(help: "Wait for a connection.") var waitForReady = false

    func run() async throws {
        var configuration = LoadBalancingConfiguration()
        configuration.policy = roundRobin ? .roundRobin : .pickFirst
        var logger = Logger(label: "echo-caller")
        logger.logLevel = .error
        let endpoints = targets.split(separator: ",").map { target in
            let colon = target.lastIndex(of: ":") ?? target.endIndex
            return Endpoint(
                host: String(target[..<colon].filter { $0 != "[" && $0 != "]" }),
                port: Int(target[colon...].dropFirst()) ?? 0)
        }
        let channel = LoadBalancedChannel(
            endpoints, eventLoop: MultiThreadedEventLoopGroup.singleton.next(), configuration: configuration,
            logger: logger)
        for number in 0..<count {
            print(await call(channel))
            fflush(nil)
            if pause > 0, number + 1 < count { try await Task.sleep(for: .milliseconds(pause)) }
        }
        await channel.shutdown()
    }

    private func call(_ channel: LoadBalancedChannel) async -> String {
        var policy = RetryPolicy()
        policy.attemptsMax = attempts
        policy.safeCodes = Set(safe.map { RPCStatus.Code(rawValue: $0) })
        policy.backoff.initial = .milliseconds(backoff)
        let options = CallOptions(
            timeout: .milliseconds(timeout), waitsForReady: waitForReady, retry: attempts > 0 ? policy : nil)
        return await withCheckedContinuation { continuation in
            channel.eventLoop.execute {
                _ = channel.rawUnary("/roost.test.Echo/Unary", [0x0a, 0x00], options: options) { result in
                    switch result {
                    case .success: continuation.resume(returning: "OK")
                    case .failure(let failure):
                        continuation.resume(returning: "\(failure.status.code) \(failure.status.message)")
                    }
                }
            }
        }
    }
}
