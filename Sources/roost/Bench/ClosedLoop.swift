import NIOCore
import RPC

/// Requests that keep connections busy, on one event loop.
protocol LoadLoop: AnyObject {
    func begin()
    /// From now on answers are counted.
    func measure()
    /// Sends no more requests. Answers that still come are not counted.
    func stop() -> LoadFigures
    /// Requests that have not been answered.
    var inFlight: Int { get }
}

/// What was counted since the measuring began.
struct LoadFigures: Sendable {
    var latencies = LatencyHistogram()
    /// By the name of the status code, or the reason.
    var errors: [String: Int] = [:]

    mutating func add(_ other: LoadFigures) {
        latencies.add(other.latencies)
        errors.merge(other.errors, uniquingKeysWith: +)
    }
}

/// Connections with a fixed number of requests outstanding on each: whenever one is answered, the next one is sent.
///
/// Confined to its event loop. Sending a request allocates nothing here: each of the outstanding ones has a slot, made
/// in advance.
final class ClosedLoop: LoadLoop {
    private let loop: any EventLoop
    private let channels: [RPCChannel]
    private var source: OperationSource
    private var slots: [Slot] = []
    private var figures = LoadFigures()
    private var isMeasuring = false
    private var isStopping = false
    private(set) var inFlight = 0

    /// After a failure a slot rests, lest a member that is gone be asked as fast as this processor can.
    private static let pauseAfterFailure = TimeAmount.milliseconds(10)

    init(on loop: any EventLoop, channels: [RPCChannel], outstanding: Int, source: OperationSource) {
        self.loop = loop
        self.channels = channels
        self.source = source
        for channel in channels {
            for _ in 0..<outstanding { slots.append(Slot(channel: channel, owner: self)) }
        }
    }

    func begin() {
        loop.preconditionInEventLoop()
        for slot in slots { send(slot, now: Self.now()) }
    }

    func measure() {
        figures = LoadFigures()
        isMeasuring = true
    }

    func stop() -> LoadFigures {
        isMeasuring = false
        isStopping = true
        return figures
    }

    // MARK: One request after the other

    /// Carries one request at a time.
    private final class Slot {
        let channel: RPCChannel
        var sentAt: UInt64 = 0
        /// Made once, so that no request needs a closure of its own.
        private(set) var completion: (Result<UnaryResponse, RPCFailure>) -> Void = { _ in }

        init(channel: RPCChannel, owner: ClosedLoop) {
            self.channel = channel
            completion = { [unowned self, unowned owner] result in owner.onAnswer(result, to: self) }
        }
    }

    private func send(_ slot: Slot, now: UInt64) {
        let operation = source.next()
        slot.sentAt = now
        inFlight += 1
        slot.channel.rawUnary(operation.path, operation.request, completion: slot.completion)
    }

    private func onAnswer(_ result: Result<UnaryResponse, RPCFailure>, to slot: Slot) {
        let now = Self.now()
        inFlight -= 1
        switch result {
        case .success:
            if isMeasuring { figures.latencies.record(now - slot.sentAt) }
            if !isStopping { send(slot, now: now) }
        case .failure(let failure):
            if isMeasuring { figures.errors[failure.status.code.description, default: 0] += 1 }
            guard !isStopping else { return }
            let pause = NIOLoopBound((self, slot), eventLoop: loop)
            loop.scheduleTask(in: Self.pauseAfterFailure) {
                let (owner, slot) = pause.value
                if !owner.isStopping { owner.send(slot, now: Self.now()) }
            }
        }
    }

    private static func now() -> UInt64 { NIODeadline.now().uptimeNanoseconds }
}
