import Client
import Coordination
import DequeModule
import Messages
import RPC

/// What a `Connect` stream has to tell: results in the order of their operations, whatever order they come in, and what
/// watches tell before the results that reflect it. Confined to the stream's event loop.
final class ConnectOutput {
    /// The message that is being put together: all but its results.
    var response = EncodedConnectResponse()
    /// Of the operations that were begun, in order: the result, if there is one.
    private var results = Deque<Entry>()
    /// The number of the operation of the first one.
    private var firstNumber: UInt64 = 1
    private var byteCount = 0
    /// Of what watches tell alone.
    private var noticeBytes = 0
    /// The newest revision that a result of these reflects.
    private(set) var reflects: UInt64 = 0
    /// What the last notice tells; nil if that is why a watch has ended.
    private var lastTold: SharedWatchResponse?
    /// Whether the stream is among those to be flushed.
    var isMarked = false

    private struct Entry {
        var result: StreamResult?
        /// 0 until there is a result.
        var byteCount = 0
    }

    /// With so many bytes waiting, nothing more is begun.
    private static let bytesMax = 1 << 20
    /// What a notice takes here beside its bytes.
    private static let noticeBytesBeside = 112
    /// A message is closed with the result that takes it over this many.
    private static let messageBytesMax = 256 << 10

    var hasRoom: Bool { byteCount < Self.bytesMax }

    /// Whether watches may tell more. Results do not count: they wait for what watches have to tell before them.
    var hasRoomForNotices: Bool { noticeBytes < Self.bytesMax }

    /// Whether everything was told, and nothing is under way.
    var isEmpty: Bool { results.isEmpty && !hasMore }

    /// Whether there is nothing to tell now.
    var isTold: Bool { !hasResult && !hasMore }

    /// Whether the first of the operations has its result.
    private var hasResult: Bool { !results.isEmpty && results[0].byteCount > 0 }

    private var hasMore: Bool {
        response.welcome != nil || !response.watches.isEmpty || !response.keptAlive.isEmpty
    }

    /// An operation has begun: its result comes after those of all before.
    func expect(_ number: UInt64) {
        if results.isEmpty { firstNumber = number }
        precondition(number == firstNumber &+ UInt64(results.count), "operations begin in order")
        results.append(Entry())
    }

    /// - Parameters:
    ///   - revision: what the result reflects; 0 if nothing, the largest number if that is not known.
    ///   - isLast: whether no other one follows of this operation, which then is the last one that has begun.
    func answer(_ number: UInt64, _ result: StreamResult, at revision: UInt64, isLast: Bool = true) {
        let index = Int(number &- firstNumber)
        let size = result.approximateBytes
        byteCount += size
        reflects = max(reflects, revision)
        results[index] = Entry(result: result, byteCount: size)
        guard !isLast else { return }
        precondition(index == results.count - 1, "an operation with several results is done by itself")
        results.append(Entry())
        firstNumber &-= 1
    }

    /// What watches tell. Those that tell the same one after the other share a notice.
    func tell(_ numbers: [UInt64], _ told: SharedWatchResponse) {
        if told === lastTold {
            response.watches[response.watches.count - 1].numbers += numbers
            count(notice: 16 * numbers.count)
        } else {
            lastTold = told
            response.watches.append(EncodedWatchNotice(numbers: numbers, response: told.encoded))
            count(notice: Self.noticeBytesBeside + 16 * (numbers.count - 1) + told.encoded.count)
        }
    }

    /// Why a watch has ended.
    func tell(_ number: UInt64, ended reason: OperationError) {
        lastTold = nil
        response.watches.append(EncodedWatchNotice(numbers: [number], ended: reason))
        count(notice: Self.noticeBytesBeside + 256)
    }

    private func count(notice size: Int) {
        byteCount += size
        noticeBytes += size
    }

    /// The next message; nil if there is nothing to tell.
    ///
    /// - Parameter includesResults: false as long as watches have not been told what results may reflect.
    func next(includesResults: Bool) -> EncodedConnectResponse? {
        // What watches tell counts, so that the message does not become too long for its receiver.
        var size = noticeBytes
        while includesResults, hasResult, size < Self.messageBytesMax {
            let first = results.removeFirst()
            if let result = first.result { response.results.append(result) }
            size += first.byteCount
            firstNumber &+= 1
        }
        guard hasMore || !response.results.isEmpty else { return nil }
        var message = EncodedConnectResponse()
        swap(&message, &response)
        lastTold = nil
        noticeBytes = 0
        if results.isEmpty { reflects = 0 }
        byteCount -= size
        return message
    }
}

extension StreamResult {
    /// About how long it is, encoded.
    fileprivate var approximateBytes: Int {
        switch what {
        case .get(let response): 64 + response.data.count
        case .list(let response): 64 + response.children.reduce(0) { $0 + $1.name.utf8.count + $1.data.count + 32 }
        case .transact(let response):
            64
                + response.results.reduce(0) { sum, result in
                    if case .get(let response) = result.what { sum + 64 + response.data.count } else { sum + 64 }
                }
        default: 64
        }
    }
}

extension OperationError {
    /// The same as the status of a call says.
    init(_ status: RPCStatus) {
        let info = RPCFailure(status).errorInfo
        self.init(
            code: UInt32(status.code.rawValue), reason: info?.reason ?? "", message: status.message)
        metadata = info?.metadata ?? metadata
    }
}
