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
        var isWoken = false
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

    /// Everything posted so far, in order, into `events`, whose memory serves the next batch.
    func take(into events: inout [DriverEvent]) {
        events.removeAll(keepingCapacity: true)
        box.withLockedValue { box in
            box.isWoken = false
            swap(&box.events, &events)
        }
    }

    /// Nothing is taken in any more.
    func close() {
        box.withLockedValue { box in
            box.isClosed = true
            box.events.removeAll()
        }
    }
}
