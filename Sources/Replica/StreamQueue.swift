public import ByteString
public import Coordination
import DequeModule

/// The writes of one stream of `Coordinator.Connect` on their way to the log, in batches that take effect in order.
///
/// Batches are sent without waiting for those before them, and may arrive in another order: the one that was given to a
/// leader who died waits for the next leader, while the one behind it may be given to that at once. The state admits
/// them in order only; the one that came too early is refused, surely without effect, and sent again when its turn has
/// come.
///
/// `Tag` says who waits for a batch's outcomes.
public struct StreamQueue<Tag> {
    /// What follows from an answer, in this order.
    public struct Consequences {
        /// Those that are done: their outcomes are next in the stream.
        public var done: [(tag: Tag, outcomes: [WriteOutcome], revision: Revision)] = []
        /// What is to be sent again, under these numbers.
        public var again: [(number: UInt64, request: Bytes)] = []
        /// The stream has to end: nothing after what is done takes effect, unless this one does.
        public var end: End?
    }

    /// Why a stream cannot go on.
    public enum End {
        case failed(RequestFailure)
        case refused(StateError)
    }

    private struct Batch {
        var tag: Tag
        var request: Bytes
        var progress: Progress
        /// Whether it was the first of all when it was sent.
        var wasFirst: Bool

        enum Progress {
            case sent
            case refusedAsTooEarly
            case answered(WriteResult)
        }
    }

    private var batches = Deque<Batch>()
    /// The number of the first one.
    private var firstNumber: UInt64 = 0

    public init() {}

    /// How many wait for their outcomes.
    public var count: Int { batches.count }
    public var isEmpty: Bool { batches.isEmpty }

    /// Takes in a batch, which is to be sent now. Returns its number.
    public mutating func append(_ request: Bytes, _ tag: Tag) -> UInt64 {
        batches.append(Batch(tag: tag, request: request, progress: .sent, wasFirst: batches.isEmpty))
        return firstNumber + UInt64(batches.count) - 1
    }

    /// The answer to a batch that was sent. One that nobody waits for any more has no consequences.
    public mutating func onAnswer(_ number: UInt64, _ answer: WriteAnswer) -> Consequences {
        var consequences = Consequences()
        guard number >= firstNumber, number - firstNumber < UInt64(batches.count) else { return consequences }
        let index = Int(number - firstNumber)
        switch answer {
        case .applied(.success(let result)):
            batches[index].progress = .answered(result)
        case .applied(.failure(let error)) where error.reason == .streamOutOfOrder && !batches[index].wasFirst:
            batches[index].progress = .refusedAsTooEarly
        case .applied(.failure(let error)):
            consequences.end = .refused(error)
        case .failed(let failure):
            consequences.end = .failed(failure)
        }
        takeAnswered(into: &consequences)
        if consequences.end == nil { sendAgain(into: &consequences) }
        return consequences
    }

    private mutating func takeAnswered(into consequences: inout Consequences) {
        while let first = batches.first, case .answered(let result) = first.progress {
            consequences.done.append((first.tag, result.outcomes, result.revision))
            batches.removeFirst()
            firstNumber += 1
        }
    }

    /// All before the first one have taken effect. If it came too early, it comes in time now, and those that came too
    /// early behind it follow it.
    private mutating func sendAgain(into consequences: inout Consequences) {
        guard let first = batches.first, case .refusedAsTooEarly = first.progress else { return }
        for index in batches.indices {
            guard case .refusedAsTooEarly = batches[index].progress else { continue }
            batches[index].progress = .sent
            batches[index].wasFirst = index == batches.startIndex
            consequences.again.append((firstNumber + UInt64(index), batches[index].request))
        }
    }
}
