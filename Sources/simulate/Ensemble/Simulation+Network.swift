import Consensus
import Driver
import Replica

/// Messages and connections between members.
extension Simulation {
    func send(_ messages: [Addressed], from place: Int) {
        for addressed in messages {
            let to = Int(addressed.to.rawValue) - 1
            precondition(to != place && to < members.count, "a message to nobody")
            let channel = addressed.message.channel
            statistics[.messages] += 1
            trace.note(
                now, .send, addressed.message.fingerprint, UInt64(place), UInt64(to),
                text: "\(place + 1) -> \(to + 1) \(addressed.message.summary)")
            guard let sent = network.send(addressed.message, on: channel, from: place, to: to, now: now) else {
                // The real transport tells at once that there is no stream.
                if channel == .forward, !network.isUp(channel.connection(from: place, to: to)) {
                    post(.input(.forwardingInterrupted(addressed.to)), to: place)
                }
                continue
            }
            queue.schedule(.deliver(sent.flight), at: sent.arrival)
        }
    }

    func deliver(_ flight: Network<Payload>.Flight) {
        let stream = flight.from * 2 + Int(flight.connection.lane.rawValue)
        guard !isDeferred(.deliver(flight), from: stream, at: members[flight.to]) else { return }
        guard network.arrive(flight) else {
            considerHandingOver(flight)
            trace.note(
                now, .drop, UInt64(flight.from), UInt64(flight.to), UInt64(flight.channel.rawValue),
                text: "\(flight.from + 1) -> \(flight.to + 1) \(flight.channel)")
            return
        }
        let sender = members[flight.from]
        members[flight.to].heard[flight.from] = now
        trace.note(
            now, .deliver, UInt64(flight.from), UInt64(flight.to), UInt64(flight.channel.rawValue),
            text: "\(flight.from + 1) -> \(flight.to + 1) \(flight.channel)")
        post(.input(.message(flight.payload, from: sender.id, storage: sender.storage)), to: flight.to)
    }

    // MARK: Connections

    private static let connectTimeout = Span.milliseconds(500)

    func dialAll(from place: Int) {
        for listener in members.indices where listener != place {
            members[place].peers[listener] = Member.Peer()
            for lane in Connection.Lane.allCases {
                let connection = Connection(dialer: place, listener: listener, lane: lane)
                schedule(
                    .dial(connection, life: members[place].life),
                    after: random.connections.span(in: .zero...(.milliseconds(5))))
            }
        }
    }

    func dial(_ connection: Connection, life: Int) {
        let dialer = members[connection.dialer]
        guard dialer.life == life, dialer.process != nil, !network.isUp(connection) else { return }
        let listener = members[connection.listener]
        let roundTrip = random.connections.span(around: plan.network.latency * 2)
        guard network.isOpen(between: connection.dialer, and: connection.listener), listener.condition != .dark,
            !listener.isPaused
        else {
            // Nothing comes back: after a while the dialer tries again.
            schedule(.dial(connection, life: life), after: Self.connectTimeout + backoff(connection))
            return
        }
        if listener.process != nil {
            schedule(.connected(connection, dialerLife: life, listenerLife: listener.life), after: roundTrip)
        } else {
            schedule(.refused(connection, life: life), after: roundTrip)
        }
    }

    private func backoff(_ connection: Connection) -> Span {
        members[connection.dialer].peers[connection.listener].retries += 1
        let retries = min(members[connection.dialer].peers[connection.listener].retries, 5)
        let pause = min(Span.milliseconds(20) * (1 << retries), .milliseconds(500))
        return random.connections.span(in: Span(nanoseconds: pause.nanoseconds / 2)...pause)
    }

    func connected(_ connection: Connection, dialerLife: Int, listenerLife: Int) {
        let (dialer, listener) = (members[connection.dialer], members[connection.listener])
        guard dialer.life == dialerLife, dialer.process != nil, !network.isUp(connection) else { return }
        guard listener.life == listenerLife, listener.process != nil,
            network.isOpen(between: connection.dialer, and: connection.listener)
        else {
            schedule(.dial(connection, life: dialerLife), after: backoff(connection))
            return
        }
        network.establish(connection)
        trace.note(
            now, .connect, UInt64(connection.dialer), UInt64(connection.listener), UInt64(connection.lane.rawValue),
            text: "\(connection.dialer + 1) reached \(connection.listener + 1) for \(connection.lane)")
        guard connection.lane == .urgent else { return }
        let known = dialer.peers[connection.listener].knownLife
        dialer.peers[connection.listener] = Member.Peer(knownLife: listenerLife)
        if let known, known != listenerLife {
            post(.input(.connection(.newIncarnation, to: listener.id)), to: dialer.place)
        }
        post(.input(.connection(.established, to: listener.id)), to: dialer.place)
    }

    func refused(_ connection: Connection, life: Int) {
        let dialer = members[connection.dialer]
        guard dialer.life == life, dialer.process != nil, !network.isUp(connection) else { return }
        if connection.lane == .urgent, dialer.peers[connection.listener].wasLost {
            trace.note(
                now, .connect, UInt64(connection.dialer), UInt64(connection.listener), 7,
                text: "\(connection.dialer + 1) was refused by \(connection.listener + 1)")
            post(.input(.connection(.refused, to: members[connection.listener].id)), to: dialer.place)
        }
        schedule(.dial(connection, life: life), after: backoff(connection))
    }

    /// Ends a connection. Its dialer learns of it when a packet says so.
    func reset(_ connection: Connection) {
        guard network.tearDown(connection) else { return }
        schedule(
            .lost(connection, life: members[connection.dialer].life),
            after: random.connections.span(around: plan.network.latency))
    }

    func lost(_ connection: Connection, life: Int) {
        let (dialer, listener) = (members[connection.dialer], members[connection.listener])
        guard dialer.life == life, dialer.process != nil, !network.isUp(connection) else { return }
        // The reset comes from the other machine; while that is dark or cut off, the dialer waits for it.
        guard listener.condition != .dark, network.isOpen(from: connection.listener, to: connection.dialer) else {
            schedule(.lost(connection, life: life), after: .milliseconds(150))
            return
        }
        trace.note(
            now, .connect, UInt64(connection.dialer), UInt64(connection.listener), 8,
            text: "\(connection.dialer + 1) lost \(connection.listener + 1) for \(connection.lane)")
        switch connection.lane {
        case .urgent:
            dialer.peers[connection.listener].wasLost = true
            post(.input(.connection(.lost, to: listener.id)), to: dialer.place)
        case .bulk:
            post(.input(.forwardingInterrupted(listener.id)), to: dialer.place)
        }
        dial(connection, life: life)
    }

    /// Every connection that a process was part of ends with it. The others learn of it if its machine can tell them.
    func endConnections(of place: Int) {
        for other in members.indices where other != place {
            for lane in Connection.Lane.allCases {
                _ = network.tearDown(Connection(dialer: place, listener: other, lane: lane))
                reset(Connection(dialer: other, listener: place, lane: lane))
            }
        }
    }
}
