import Dispatch
import Foundation

/// The signals by which a process is asked to end.
enum Signals {
    /// SIGINT and SIGTERM, one element each time one arrives. From now on they do not end the process by themselves.
    static func terminations() -> AsyncStream<Int32> {
        AsyncStream { continuation in
            let sources = [SIGINT, SIGTERM].map { number in
                #if canImport(Darwin)
                // There a source only observes. On Linux it catches the signal, unless that is ignored.
                signal(number, SIG_IGN)
                #endif
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield(number) }
                source.resume()
                return source
            }
            let kept = Kept(sources)
            continuation.onTermination = { _ in kept.cancel() }
        }
    }

    /// Sends this process SIGTERM when its parent has ended, however it ended. The caller keeps what is returned.
    static func terminateWithParent() -> Kept {
        let parent = getppid()
        let timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(deadline: .now(), repeating: .milliseconds(250))
        timer.setEventHandler {
            if getppid() != parent { kill(getpid(), SIGTERM) }
        }
        timer.resume()
        return Kept([timer])
    }

    /// Dispatch sources that work for as long as this is kept.
    final class Kept: @unchecked Sendable {
        // Proof of `@unchecked Sendable`: the array never changes, and a dispatch source may be cancelled on any
        // thread.
        private let sources: [any DispatchSourceProtocol]

        init(_ sources: [any DispatchSourceProtocol]) { self.sources = sources }

        func cancel() { for source in sources { source.cancel() } }
    }
}
