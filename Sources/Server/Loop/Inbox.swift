import Driver
import NIOConcurrencyHelpers
import NIOCore

/// What waits for the driver. Every thread may post; the driver's loop takes all of it at once.
///
/// Posting costs a lock and an append; the driver's loop is woken only by the first event of a batch, so a hundred
/// events that arrive while it works cost one wake-up.
final class Inbox: Sendable {
    private struct Box {
        var events: [DriverEvent] = []
        /// Whether what is posted will be taken without anybody being woken: a wake-up is on its way, or whoever takes
        /// is not done.
        var isWoken = false
        /// Whether `wake` is to run again after what was taken last.
        var goesOn = false
        var isClosed = false
    }

    private let box = NIOLockedValueBox(Box())
    private let loop: any EventLoop
    private let wake: @Sendable () -> Void
    private let requestsMax: Int

    /// - Parameters:
    ///   - requestsMax: with so many events waiting, clients' requests are refused.
    ///   - wake: run on `loop` when there is something to take.
    init(loop: any EventLoop, requestsMax: Int = 100_000, wake: @escaping @Sendable () -> Void) {
        self.loop = loop
        self.requestsMax = requestsMax
        self.wake = wake
    }

    /// What members and the disk say: always taken in, for their number is bounded by what was sent to them.
    func post(_ event: DriverEvent) {
        signal { $0.append(event) }
    }

    private func signal(_ change: (inout [DriverEvent]) -> Void) {
        let mustWake = box.withLockedValue { box in
            guard !box.isClosed else { return false }
            change(&box.events)
            guard !box.isWoken else { return false }
            box.isWoken = true
            return true
        }
        if mustWake { loop.execute(wake) }
    }

    /// Clients' requests, unless so many events wait already that they would only grow old here.
    /// - Returns: whether they were taken in: all or none.
    func postRequests(_ events: [DriverEvent]) -> Bool {
        guard !events.isEmpty else { return true }
        var isTaken = false
        signal { queue in
            guard queue.count < requestsMax else { return }
            queue.append(contentsOf: events)
            isTaken = true
        }
        return isTaken
    }

    /// Everything posted so far, in order, into `events`, whose memory serves the next batch. ``finish(yields:)`` is
    /// due when it has been dealt with.
    func take(into events: inout [DriverEvent]) {
        events.removeAll(keepingCapacity: true)
        box.withLockedValue { box in
            box.isWoken = true
            swap(&box.events, &events)
        }
    }

    /// What was taken has been dealt with: `wake` runs again if more has come meanwhile. To be called on `loop`.
    ///
    /// - Parameter yields: whether the loop is to look at its sockets first. By itself it does so only once it has no
    ///   more tasks to run, and where others post all the time that may be never.
    func finish(yields: Bool) {
        let mustGoOn = box.withLockedValue { box in
            box.isWoken = !box.events.isEmpty
            guard box.isWoken, !box.goesOn else { return false }
            box.goesOn = true
            return true
        }
        guard mustGoOn else { return }
        if yields { loop.scheduleTask(in: Self.yieldTime) { self.goOn() } } else { loop.execute { self.goOn() } }
    }

    /// Enough for the loop to run out of tasks.
    private static let yieldTime = TimeAmount.microseconds(10)

    private func goOn() {
        box.withLockedValue { $0.goesOn = false }
        wake()
    }

    /// Nothing is taken in any more.
    func close() {
        box.withLockedValue { box in
            box.isClosed = true
            box.events.removeAll()
        }
    }
}
