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
        open(ServerConnectionState.Times(handshake: 10 * second, headers: 5 * second))
    }

    private func open(_ times: ServerConnectionState.Times) -> ServerConnectionState {
        var state = ServerConnectionState(now: 0, times: times)
        state.onSettings()
        return state
    }

    /// A connection on which nothing goes on.
    private let silent = traffic(lastReceived: 0)

    private static func traffic(
        lastReceived: Int64, openStreams: Int = 0, lastStream: Int32 = 0
    ) -> ServerConnectionState.Traffic {
        ServerConnectionState.Traffic(lastReceived: lastReceived, openStreams: openStreams, lastStream: lastStream)
    }

    private func stalled(since: Int64) -> ServerConnectionState.Traffic {
        ServerConnectionState.Traffic(lastReceived: 0, openStreams: 0, lastStream: 0, stalledSince: since)
    }

    @Test func `a client has the handshake's time to say something`() {
        var state = ServerConnectionState(now: 100, times: .init(handshake: 10, headers: 10))
        expect(state.onTick(now: 109, silent), .none)
        expect(state.onTick(now: 110, silent), .closeSlow)
        #expect(state.phase == .closed)
    }

    @Test func `a header block has its time`() {
        var state = open()
        expect(state.onTick(now: 104 * second, stalled(since: 100 * second)), .none)
        expect(state.onTick(now: 105 * second, stalled(since: 100 * second)), .closeSlow)
    }

    @Test func `a shutdown sends a notice, then a GOAWAY when the client has seen it, and waits`() {
        var state = open()
        expect(state.onPingAck(), .none)
        expect(state.onShutdown(now: 0, grace: 60 * second), .sendNoticeAndPing)
        expect(state.onTick(now: second / 2, silent), .none)
        expect(state.onPingAck(), .sendGoAway)
        expect(state.onPingAck(), .none)
        expect(state.onTick(now: 59 * second, silent), .none)
        expect(state.onTick(now: 60 * second, silent), .closeNow)
        expect(state.onTick(now: 61 * second, silent), .none)
    }

    @Test func `a client that does not answer the notice gets the GOAWAY anyway`() {
        var state = open()
        _ = state.onShutdown(now: 0, grace: 60 * second)
        expect(state.onTick(now: ServerConnectionState.noticeTimeout, silent), .sendGoAway)
        expect(state.onTick(now: ServerConnectionState.noticeTimeout, silent), .none)
    }

    @Test func `a second shutdown can only shorten the grace`() {
        var state = open()
        _ = state.onShutdown(now: 0, grace: 10 * second)
        expect(state.onShutdown(now: 0, grace: 20 * second), .none)
        _ = state.onPingAck()
        expect(state.onShutdown(now: second, grace: second), .none)
        expect(state.onTick(now: 2 * second, silent), .closeNow)
    }

    @Test func `a connection without a client is closed at once`() {
        var state = ServerConnectionState(now: 0, times: .init(handshake: 10, headers: 10))
        expect(state.onShutdown(now: 0, grace: .max), .close)
        state.onSettings()
        #expect(state.phase == .closed)
    }

    @Test func `an old connection ends as in a shutdown, with a grace of its own`() {
        var state = open(.init(handshake: second, headers: second, age: 100 * second, ageGrace: 30 * second))
        let busy = Self.traffic(lastReceived: 0, openStreams: 3, lastStream: 7)
        expect(state.onTick(now: 99 * second, busy), .none)
        expect(state.onTick(now: 100 * second, busy), .sendNoticeAndPing)
        expect(state.onTick(now: 100 * second, busy), .none)
        expect(state.onPingAck(), .sendGoAway)
        expect(state.onTick(now: 129 * second, busy), .none)
        expect(state.onShutdown(now: 129 * second, grace: 60 * second), .none)
        expect(state.onTick(now: 130 * second, busy), .closeNow)
    }

    @Test func `a connection is idle when it has no call and had none since the last look`() {
        var state = open(.init(handshake: second, headers: second, idle: 10 * second))
        expect(state.onTick(now: 9 * second, silent), .none)
        expect(state.onTick(now: 10 * second, Self.traffic(lastReceived: 0, lastStream: 5)), .none)
        expect(state.onTick(now: 19 * second, Self.traffic(lastReceived: 0, lastStream: 5)), .none)
        expect(state.onTick(now: 19 * second, Self.traffic(lastReceived: 0, openStreams: 1, lastStream: 7)), .none)
        expect(state.onTick(now: 40 * second, Self.traffic(lastReceived: 0, openStreams: 1, lastStream: 7)), .none)
        expect(state.onTick(now: 49 * second, Self.traffic(lastReceived: 0, lastStream: 7)), .none)
        expect(state.onTick(now: 50 * second, Self.traffic(lastReceived: 0, lastStream: 7)), .sendNoticeAndPing)
    }

    @Test func `a client that is silent is asked, and closed when it does not answer`() {
        let keepalive = Keepalive(interval: 60 * second, timeout: 20 * second)
        var state = open(.init(handshake: second, headers: second, keepalive: keepalive))
        expect(state.onTick(now: 60 * second, Self.traffic(lastReceived: second)), .none)
        expect(state.onTick(now: 61 * second, Self.traffic(lastReceived: second)), .sendPing)
        expect(state.onTick(now: 80 * second, Self.traffic(lastReceived: second)), .none)
        // The first look after the time is over may have come before what is in the socket.
        expect(state.onTick(now: 81 * second, Self.traffic(lastReceived: second)), .none)
        expect(state.onTick(now: 82 * second, Self.traffic(lastReceived: second)), .closeDead)
        expect(state.onTick(now: 83 * second, Self.traffic(lastReceived: second)), .none)
    }
}

@Suite struct KeepaliveTests {
    @Test func `any byte is an answer, however late it is read`() {
        var keepalive = Keepalive(interval: 100, timeout: 20)
        expect(keepalive.onTick(now: 100, lastReceived: 0, asks: true), .sendPing)
        expect(keepalive.onTick(now: 5_000, lastReceived: 0, asks: true), .none)
        expect(keepalive.onTick(now: 5_001, lastReceived: 5_001, asks: true), .none)
        expect(keepalive.onTick(now: 5_101, lastReceived: 5_001, asks: true), .sendPing)
        expect(keepalive.onTick(now: 5_121, lastReceived: 5_001, asks: true), .none)
        expect(keepalive.onTick(now: 5_122, lastReceived: 5_001, asks: true), .giveUp)
    }

    @Test func `nobody is asked who need not be, and an open question is followed up`() {
        var keepalive = Keepalive(interval: 100, timeout: 20)
        expect(keepalive.onTick(now: 1_000, lastReceived: 0, asks: false), .none)
        expect(keepalive.onTick(now: 1_001, lastReceived: 0, asks: true), .sendPing)
        expect(keepalive.onTick(now: 1_021, lastReceived: 0, asks: false), .none)
        expect(keepalive.onTick(now: 1_022, lastReceived: 0, asks: false), .giveUp)
        var never = Keepalive.never
        expect(never.onTick(now: .max - 1, lastReceived: 0, asks: true), .none)
    }

    @Test func `the next look comes when something may have changed`() {
        var keepalive = Keepalive(interval: 100, timeout: 20)
        expect(keepalive.nextTick(now: 10, lastReceived: 5), 105)
        expect(keepalive.nextTick(now: 400, lastReceived: 5), 500)
        _ = keepalive.onTick(now: 105, lastReceived: 5, asks: true)
        expect(keepalive.nextTick(now: 105, lastReceived: 5), 125)
        var patient = Keepalive(interval: 100, timeout: 1_000)
        _ = patient.onTick(now: 105, lastReceived: 5, asks: true)
        expect(patient.nextTick(now: 105, lastReceived: 5), 205)
        expect(Keepalive.never.nextTick(now: 5, lastReceived: 5), .max)
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
