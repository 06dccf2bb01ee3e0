import Foundation
import Synchronization

/// A command that this process runs, with its own input and output.
struct ChildProcess: Sendable {
    private let arguments: [String]
    private let environment: [String: String]

    /// - Parameter environment: is added to that of this process.
    init(_ arguments: [String], _ environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }

    /// Runs it to its end. Signals that ask this process to end are passed on to it; if the task is cancelled it is
    /// sent SIGTERM.
    ///
    /// - Returns: its exit status; 128 and the number of the signal that ended it.
    func run(passing terminations: AsyncStream<Int32>) async throws -> Int32 {
        let process = Foundation.Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["--"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { ended in
            let isSignal = ended.terminationReason == .uncaughtSignal
            continuation.yield((isSignal ? 128 : 0) + ended.terminationStatus)
        }
        try process.run()
        let child = process.processIdentifier
        let passing = Task { for await signal in terminations { kill(child, signal) } }
        defer { passing.cancel() }
        return await withTaskCancellationHandler {
            // Cancelled, the stream ends at once; the child is asked to end, and is not waited for.
            for await status in ends { return status }
            return 1
        } onCancel: {
            kill(child, SIGTERM)
        }
    }
}

/// A status that a task hands out of a closure.
final class ExitStatus: Sendable {
    private let status = Mutex<Int32>(0)

    var value: Int32 { status.withLock { $0 } }

    func set(_ value: Int32) { status.withLock { $0 = value } }
}
