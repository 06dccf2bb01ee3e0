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
                WatchNotice(number: 1, response: response), WatchNotice(number: 2, ended: error),
                WatchNotice(number: 3, response: WatchResponse()),
            ],
            results: results, keptAlive: [KeptAlive(revision: 6, timeoutMs: 7)])
        let encoded = EncodedConnectResponse(
            welcome: told.welcome,
            watches: [
                EncodedWatchNotice(number: 1, response: try response.encodedBytes()),
                EncodedWatchNotice(number: 2, ended: error), EncodedWatchNotice(number: 3, response: []),
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
        var output = ConnectOutput()
        #expect(output.isTold)
        output.expect(1)
        output.expect(2)
        #expect(output.isTold)
        output.answer(2, StreamResult(number: 2, what: .unwatched(true)), at: 7)
        // The first one's result is missing.
        #expect(output.isTold)
        output.tell(EncodedWatchNotice(number: 9, response: try response.encodedBytes()))
        #expect(!output.isTold)
        #expect(output.next(includesResults: true)?.watches.map(\.number) == [9])
        #expect(output.next(includesResults: true) == nil)
        output.answer(1, StreamResult(number: 1, what: .unwatched(true)), at: 8)
        #expect(!output.isTold && output.reflects == 8)
        #expect(output.next(includesResults: false) == nil)
        #expect(output.next(includesResults: true)?.results.map(\.number) == [1, 2])
        #expect(output.isTold && output.isEmpty && output.reflects == 0)
    }
}
