import Testing

@testable import RPC

/// `#expect` for mutating calls, which it cannot take apart.
private func expect<Value: Equatable>(
    _ actual: Value, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual == expected, sourceLocation: sourceLocation)
}

@Suite struct ServerConnectionStateTests {
    private let second: Int64 = 1_000_000_000

    private func open() -> ServerConnectionState {
        var state = ServerConnectionState(now: 0, handshakeTimeout: 10 * second, headersTimeout: 5 * second)
        state.onSettings()
        return state
    }

    @Test func `a client has the handshake's time to say something`() {
        var state = ServerConnectionState(now: 100, handshakeTimeout: 10, headersTimeout: 10)
        expect(state.onTick(now: 109, stalledSince: 0), .none)
        expect(state.onTick(now: 110, stalledSince: 0), .closeSlow)
        #expect(state.phase == .closed)
    }

    @Test func `a header block has its time`() {
        var state = open()
        expect(state.onTick(now: 104 * second, stalledSince: 100 * second), .none)
        expect(state.onTick(now: 105 * second, stalledSince: 100 * second), .closeSlow)
    }

    @Test func `a shutdown sends a notice, then a GOAWAY when the client has seen it, and waits`() {
        var state = open()
        expect(state.onPingAck(), .none)
        expect(state.onShutdown(now: 0, grace: 60 * second), .sendNoticeAndPing)
        expect(state.onTick(now: second / 2, stalledSince: 0), .none)
        expect(state.onPingAck(), .sendGoAway)
        expect(state.onPingAck(), .none)
        expect(state.onTick(now: 59 * second, stalledSince: 0), .none)
        expect(state.onTick(now: 60 * second, stalledSince: 0), .closeNow)
        expect(state.onTick(now: 61 * second, stalledSince: 0), .none)
    }

    @Test func `a client that does not answer the notice gets the GOAWAY anyway`() {
        var state = open()
        _ = state.onShutdown(now: 0, grace: 60 * second)
        expect(state.onTick(now: ServerConnectionState.noticeTimeout, stalledSince: 0), .sendGoAway)
        expect(state.onTick(now: ServerConnectionState.noticeTimeout, stalledSince: 0), .none)
    }

    @Test func `a second shutdown can only shorten the grace`() {
        var state = open()
        _ = state.onShutdown(now: 0, grace: 10 * second)
        expect(state.onShutdown(now: 0, grace: 20 * second), .none)
        _ = state.onPingAck()
        expect(state.onShutdown(now: second, grace: second), .none)
        expect(state.onTick(now: 2 * second, stalledSince: 0), .closeNow)
    }

    @Test func `a connection without a client is closed at once`() {
        var state = ServerConnectionState(now: 0, handshakeTimeout: 10, headersTimeout: 10)
        expect(state.onShutdown(now: 0, grace: .max), .close)
        state.onSettings()
        #expect(state.phase == .closed)
    }
}

@Suite struct ChannelStateTests {
    private let long = ChannelState.shortLife + 1

    @Test func `a call connects an idle channel and waits`() {
        var state = ChannelState(reconnects: true)
        expect(state.onCall(waitsForReady: false), .connectAndQueue)
        expect(state.onCall(waitsForReady: false), .queue)
        expect(state.onConnect(), .none)
        expect(state.onReady(now: 0), true)
        expect(state.onCall(waitsForReady: false), .send)
    }

    @Test func `after a failed attempt only patient calls wait`() {
        var state = ChannelState(reconnects: true)
        _ = state.onConnect()
        expect(state.onAttemptFailed(), .backOff(failures: 1))
        expect(state.onCall(waitsForReady: false), .failUnavailable)
        expect(state.onCall(waitsForReady: true), .queue)
        expect(state.onBackoffOver(), .startAttempt)
        expect(state.onBackoffOver(), .none)
        expect(state.onAttemptFailed(), .backOff(failures: 2))
        expect(state.onConnect(), .startAttempt)
    }

    @Test func `a channel that does not reconnect becomes idle`() {
        var state = ChannelState(reconnects: false)
        _ = state.onConnect()
        expect(state.onAttemptFailed(), .becomeIdle)
        _ = state.onConnect()
        _ = state.onReady(now: 0)
        expect(state.onConnectionGone(now: long), .becomeIdle)
        #expect(state.phase == .idle)
    }

    @Test func `a lost connection is made again at once, and a server that drops connections is backed off from`() {
        var state = ChannelState(reconnects: true)
        _ = state.onConnect()
        _ = state.onReady(now: 0)
        expect(state.onConnectionGone(now: long), .startAttempt)
        _ = state.onReady(now: long)
        expect(state.onConnectionGone(now: long + 1), .startAttempt)
        _ = state.onReady(now: long + 2)
        expect(state.onConnectionGone(now: long + 3), .backOff(failures: 1))
        _ = state.onBackoffOver()
        _ = state.onReady(now: long + 4)
        expect(state.onConnectionGone(now: long + 5), .backOff(failures: 2))
        _ = state.onBackoffOver()
        _ = state.onReady(now: long + 6)
        expect(state.onConnectionGone(now: 3 * long), .startAttempt)
    }

    @Test func `nothing leaves the shutdown`() {
        var state = ChannelState(reconnects: true)
        _ = state.onConnect()
        state.onShutdown()
        expect(state.onReady(now: 0), false)
        expect(state.onAttemptFailed(), .none)
        expect(state.onConnectionGone(now: 0), .none)
        expect(state.onBackoffOver(), .none)
        expect(state.onConnect(), .none)
        expect(state.onCall(waitsForReady: true), .failShutDown)
    }
}

@Suite struct ClientConnectionStateTests {
    @Test func `the way a connection ends is told by what came before`() {
        var lost = ClientConnectionState()
        expect(lost.onActive(), true)
        expect(lost.onSettings(), true)
        expect(lost.onSettings(), false)
        expect(lost.onClosed(), .tellLost)
        expect(lost.onClosed(), .none)

        var announced = ClientConnectionState()
        _ = announced.onActive()
        _ = announced.onSettings()
        expect(announced.onGoAway(), true)
        expect(announced.onGoAway(), false)
        #expect(announced.isLeaving)
        expect(announced.onClosed(), .tellAfterGoAway)

        var local = ClientConnectionState()
        _ = local.onActive()
        _ = local.onSettings()
        local.onLocalClose()
        expect(local.onClosed(), .tellLocal)
    }

    @Test func `an end before the SETTINGS is a failed attempt`() {
        var state = ClientConnectionState()
        _ = state.onActive()
        expect(state.onClosed(), .tellFailed)
        var never = ClientConnectionState()
        expect(never.onClosed(), .none)
        var abandoned = ClientConnectionState()
        abandoned.onLocalClose()
        expect(abandoned.onActive(), false)
        expect(abandoned.onClosed(), .tellFailed)
    }
}
