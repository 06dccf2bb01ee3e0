import Messages
import Testing

@testable import Server

/// What watches tell is encoded once for all of them, and lies in a message of another type, which is to be the same on
/// the wire.
@Suite struct `What a stream tells its client` {
    private let response = WatchResponse(
        revision: 7, events: [Event(kind: .changed, path: "/a", revision: 7, version: 2, data: [1, 2, 3])])
    private let error = OperationError(code: 9, reason: "WHY", message: "because", metadata: ["key": "value"])

    @Test func `is what it would be with messages in the place of bytes`() throws {
        let results = [StreamResult(number: 4, what: .unwatched(true), more: true)]
        let told = ConnectResponse(
            welcome: ConnectWelcome(revision: 1, sessionID: 2, secret: [3], timeoutMs: 4, stream: 5),
            watches: [
                WatchNotice(numbers: [1, 4, 300], response: response), WatchNotice(numbers: [2], ended: error),
                WatchNotice(numbers: [3], response: WatchResponse()),
            ],
            results: results, keptAlive: [KeptAlive(revision: 6, timeoutMs: 7)])
        let encoded = EncodedConnectResponse(
            welcome: told.welcome,
            watches: [
                EncodedWatchNotice(numbers: [1, 4, 300], response: try response.encodedBytes()),
                EncodedWatchNotice(numbers: [2], ended: error), EncodedWatchNotice(numbers: [3], response: []),
            ],
            results: results, keptAlive: told.keptAlive)
        #expect(try encoded.encoded() == told.encoded())
        #expect(try EncodedConnectResponse(decoding: told.encoded()) == encoded)
    }

    /// So that no field is added to one and forgotten in the other.
    @Test func `has the same fields`() {
        func names(_ message: Any) -> [String?] { Mirror(reflecting: message).children.map(\.label) }
        #expect(names(EncodedConnectResponse()) == names(ConnectResponse()))
        #expect(names(EncodedWatchNotice()) == names(WatchNotice()))
    }

    @Test func `is told before the results that reflect it, and nothing twice`() throws {
        let output = ConnectOutput()
        #expect(output.isTold)
        output.expect(1)
        output.expect(2)
        #expect(output.isTold)
        output.answer(2, StreamResult(number: 2, what: .unwatched(true)), at: 7)
        // The first one's result is missing.
        #expect(output.isTold)
        output.tell([9], SharedWatchResponse(response))
        #expect(!output.isTold)
        #expect(output.next(includesResults: true)?.watches.map(\.numbers) == [[9]])
        #expect(output.next(includesResults: true) == nil)
        output.answer(1, StreamResult(number: 1, what: .unwatched(true)), at: 8)
        #expect(!output.isTold && output.reflects == 8)
        #expect(output.next(includesResults: false) == nil)
        #expect(output.next(includesResults: true)?.results.map(\.number) == [1, 2])
        #expect(output.isTold && output.isEmpty && output.reflects == 0)
    }

    @Test func `is one notice for watches that tell the same, one after the other`() {
        let output = ConnectOutput()
        let (first, second) = (SharedWatchResponse(response), SharedWatchResponse(response))
        for number: UInt64 in [2, 3, 7] { output.tell([number], first) }
        for number: UInt64 in [1, 2] { output.tell([number], second) }
        output.tell(3, ended: error)
        output.tell([2], second)
        let told = output.next(includesResults: true)?.watches ?? []
        #expect(told.map(\.numbers) == [[2, 3, 7], [1, 2], [3], [2]])
        #expect(told.map(\.ended) == [nil, nil, error, nil])
        // A message that has left is closed.
        output.tell([9], second)
        #expect(output.next(includesResults: true)?.watches.map(\.numbers) == [[9]])
        #expect(output.isEmpty)
    }

    @Test func `is bounded also where many watches tell the same`() {
        let output = ConnectOutput()
        let told = SharedWatchResponse(response)
        for number: UInt64 in 1...100_000 where output.hasRoomForNotices { output.tell([number], told) }
        #expect(!output.hasRoomForNotices)
    }
}
