import NIOCore
import RPC

/// Requests that keep connections busy, on one event loop.
protocol LoadLoop: AnyObject {
    func begin()
    var meter: LoadMeter { get set }
}

extension LoadLoop {
    /// From now on answers are counted.
    func measure() {
        meter.figures = LoadFigures()
        meter.isMeasuring = true
    }

    /// Sends no more requests. Answers that still come are not counted.
    func stop() -> LoadFigures {
        meter.isMeasuring = false
        meter.isStopping = true
        return meter.figures
    }
}

/// What is counted of a load.
struct LoadMeter {
    /// Requests that have not been answered.
    var inFlight = 0
    fileprivate(set) var figures = LoadFigures()
    fileprivate(set) var isMeasuring = false
    /// Nothing is to be sent any more.
    fileprivate(set) var isStopping = false

    /// An answer has come.
    mutating func record(_ nanoseconds: UInt64) {
        if isMeasuring { figures.latencies.record(nanoseconds) }
    }

    mutating func record(error: String, count: Int = 1) {
        if isMeasuring { figures.errors[error, default: 0] += count }
    }
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
    var meter = LoadMeter()

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
        meter.inFlight += 1
        slot.channel.rawUnary(operation.path, operation.request, completion: slot.completion)
    }

    private func onAnswer(_ result: Result<UnaryResponse, RPCFailure>, to slot: Slot) {
        let now = Self.now()
        meter.inFlight -= 1
        switch result {
        case .success:
            meter.record(now - slot.sentAt)
            if !meter.isStopping { send(slot, now: now) }
        case .failure(let failure):
            meter.record(error: failure.status.code.description)
            guard !meter.isStopping else { return }
            let pause = NIOLoopBound((self, slot), eventLoop: loop)
            loop.scheduleTask(in: Self.pauseAfterFailure) {
                let (owner, slot) = pause.value
                if !owner.meter.isStopping { owner.send(slot, now: Self.now()) }
            }
        }
    }

    private static func now() -> UInt64 { NIODeadline.now().uptimeNanoseconds }
}
