import Consensus

/// The network between members: links that lose, delay and separate, and the connections over them.
///
/// It keeps what the real transport promises and no more: messages may be lost, and reordered between channels, but are
/// never delivered twice; within one channel of one connection they arrive in the order sent. Whatever was under way on
/// a connection that breaks is gone.
struct Network<Payload> {
    /// A message on its way.
    struct Flight {
        var from: Int
        var to: Int
        var connection: Connection
        /// The generation of the connection that the message was sent on.
        var generation: UInt64
        var channel: Channel
        var payload: Payload
    }

    /// How a link is cut.
    enum Blockage: UInt8 {
        case open
        /// Packets vanish; what was sent meanwhile is lost.
        case dropping
        /// Packets are sent again until the link is open: what was sent meanwhile arrives late.
        case holding
    }

    /// How a link behaves while it is open.
    struct Quality {
        /// The typical time from end to end.
        var latency: Span
        var lossPerMille = 0
        /// How many messages in a thousand take up to `spike` longer.
        var spikePerMille = 0
        var spike = Span.zero
    }

    private struct Link {
        var blockage = Blockage.open
        var quality: Quality
        /// By channel: nothing may arrive before what was sent before it.
        var lastArrival: [Instant]
        var held: [Flight] = []
    }

    private struct State {
        var isUp = false
        var generation: UInt64 = 0
    }

    let memberCount: Int
    private var links: [Link]
    private var connections: [State]
    private var random: Random

    init(memberCount: Int, quality: Quality, random: Random) {
        self.memberCount = memberCount
        self.random = random
        let never = [Instant](repeating: Instant(nanoseconds: 0), count: Channel.allCases.count)
        links = Array(repeating: Link(quality: quality, lastArrival: never), count: memberCount * memberCount)
        connections = Array(
            repeating: State(), count: memberCount * memberCount * Connection.Lane.allCases.count)
    }

    // MARK: Messages

    /// Puts a message on its way.
    /// - Returns: the flight and when it arrives; nil if it is lost at once.
    mutating func send(
        _ payload: Payload, on channel: Channel, from: Int, to: Int, now: Instant
    ) -> (flight: Flight, arrival: Instant)? {
        let connection = channel.connection(from: from, to: to)
        let state = connections[position(of: connection)]
        guard state.isUp else { return nil }
        let link = from * memberCount + to
        let quality = links[link].quality
        if random.chance(perMille: quality.lossPerMille) { return nil }
        let flight = Flight(
            from: from, to: to, connection: connection, generation: state.generation, channel: channel,
            payload: payload)
        return (flight, arrival(on: link, channel: channel, now: now))
    }

    /// A flight has come to the end of its way.
    /// - Returns: whether it is delivered now. If not it is lost, or held until the link is open again.
    mutating func arrive(_ flight: Flight) -> Bool {
        let state = connections[position(of: flight.connection)]
        guard state.isUp, state.generation == flight.generation else { return false }
        let link = flight.from * memberCount + flight.to
        switch links[link].blockage {
        case .open: return true
        case .dropping: return false
        case .holding:
            links[link].held.append(flight)
            return false
        }
    }

    private mutating func arrival(on link: Int, channel: Channel, now: Instant) -> Instant {
        let quality = links[link].quality
        var arrival = now + random.span(around: quality.latency)
        if random.chance(perMille: quality.spikePerMille) {
            arrival = arrival + random.span(in: .zero...quality.spike)
        }
        let slot = Int(channel.rawValue)
        arrival = max(arrival, links[link].lastArrival[slot])
        links[link].lastArrival[slot] = arrival
        return arrival
    }

    /// How long something takes that travels on a connection of its own; nil if it gets lost.
    func passage(from: Int, to: Int, _ random: inout Random) -> Span? {
        let link = links[from * memberCount + to]
        guard link.blockage == .open, !random.chance(perMille: link.quality.lossPerMille) else { return nil }
        let span = random.span(around: link.quality.latency)
        guard random.chance(perMille: link.quality.spikePerMille) else { return span }
        return span + random.span(in: .zero...link.quality.spike)
    }

    // MARK: Links

    func isOpen(from: Int, to: Int) -> Bool {
        links[from * memberCount + to].blockage == .open
    }

    /// Whether a connection can be made: packets pass both ways.
    func isOpen(between left: Int, and right: Int) -> Bool {
        isOpen(from: left, to: right) && isOpen(from: right, to: left)
    }

    mutating func block(from: Int, to: Int, _ blockage: Blockage) {
        precondition(blockage != .open)
        links[from * memberCount + to].blockage = blockage
    }

    /// Opens a link.
    /// - Returns: what it held, with its new arrival times.
    mutating func open(from: Int, to: Int, now: Instant) -> [(flight: Flight, arrival: Instant)] {
        let link = from * memberCount + to
        links[link].blockage = .open
        let held = links[link].held
        links[link].held = []
        // Each connection sends again when its own timer says so.
        let delays = Connection.Lane.allCases.map { _ in
            random.chance(perMille: 500) ? Span.zero : random.span(in: .zero...(.milliseconds(400)))
        }
        return held.map { flight in
            let again = now + delays[Int(flight.connection.lane.rawValue)]
            return (flight, arrival(on: link, channel: flight.channel, now: again))
        }
    }

    mutating func setQuality(from: Int, to: Int, _ quality: Quality) {
        links[from * memberCount + to].quality = quality
    }

    // MARK: Connections

    func isUp(_ connection: Connection) -> Bool { connections[position(of: connection)].isUp }

    func generation(_ connection: Connection) -> UInt64 { connections[position(of: connection)].generation }

    mutating func establish(_ connection: Connection) {
        connections[position(of: connection)].isUp = true
        connections[position(of: connection)].generation += 1
    }

    /// Ends a connection; what is under way on it is lost.
    /// - Returns: whether there was one.
    mutating func tearDown(_ connection: Connection) -> Bool {
        let position = position(of: connection)
        guard connections[position].isUp else { return false }
        connections[position].isUp = false
        return true
    }

    private func position(of connection: Connection) -> Int {
        (connection.dialer * memberCount + connection.listener) * Connection.Lane.allCases.count
            + Int(connection.lane.rawValue)
    }
}

/// A connection that one member made to another.
struct Connection: Hashable {
    /// Members have two connections, so that a heartbeat never queues behind data.
    enum Lane: UInt8, CaseIterable {
        /// Heartbeats and votes.
        case urgent
        /// Entries, snapshots and forwarded requests.
        case bulk
    }

    var dialer: Int
    var listener: Int
    var lane: Lane
}

/// The kinds of message that keep their order among themselves. A reply travels back on the connection of its request.
enum Channel: UInt8, CaseIterable {
    case heartbeat
    case heartbeatReply
    case vote
    case voteReply
    case sync
    case syncReply
    case forward
    case forwardReply

    var isReply: Bool { rawValue & 1 == 1 }

    var lane: Connection.Lane {
        switch self {
        case .heartbeat, .heartbeatReply, .vote, .voteReply: .urgent
        case .sync, .syncReply, .forward, .forwardReply: .bulk
        }
    }

    func connection(from: Int, to: Int) -> Connection {
        isReply
            ? Connection(dialer: to, listener: from, lane: lane)
            : Connection(dialer: from, listener: to, lane: lane)
    }
}
