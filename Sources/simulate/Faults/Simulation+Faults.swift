import Consensus

/// What is wrong at the moment.
struct Troubles {
    struct Trouble {
        var kind: Fault.Kind
        var member: Int?
        var undo: Undo
    }

    enum Undo {
        case nothing
        case resume(Int)
        case openLinks([(from: Int, to: Int)])
        case restoreQuality
        case restoreDisk(Int)
        case admitClients(Int)
        case emptyDisk(Int)
        case releaseDisk(Int)
    }

    /// By ascending number.
    var current: [(number: Int, trouble: Trouble)] = []
    var lastNumber = 0
    /// Counts the faults that the seed drew, whether they were carried out or left out on request.
    var drawn = 0
    /// The leader that is to come back as soon as another one leads.
    var relayed: Int?
    var handBack: HandBack?

    /// A leader that is to hand over and to lead again, and the follower whose messages wait for that.
    struct HandBack {
        var leader: Int
        var follower: Int
        /// Something waits by now, and the leader was asked to hand over.
        var hasBegun = false
    }

    func has(_ kind: Fault.Kind, _ member: Int?) -> Bool {
        current.contains { $0.trouble.kind == kind && (kind == .partition || $0.trouble.member == member) }
    }
}

extension Simulation {
    func scheduleNextFault() {
        let pause = min(random.faults.span(around: plan.faultInterval), plan.faultInterval * 3)
        schedule(.fault(nil, nil, isExtra: false), after: pause)
    }

    /// - Parameters:
    ///   - chosen: whom it is to hit; nil: whomever the seed draws.
    ///   - given: likewise what kind it is.
    ///   - isExtra: whether it comes beside those that come one after the other.
    func beginFault(of chosen: Int?, _ given: Fault.Kind?, isExtra: Bool) {
        guard phase == .trouble else { return }
        if !isExtra {
            scheduleNextFault()
            guard troubles.current.count < plan.faultsAtOnceMax else { return }
            if random.faults.chance(perMille: plan.burstPerMille) { scheduleBurst() }
        }
        let kind = given ?? random.faults.element(weighted: plan.faults)
        let isLeaders = kind == .relay || kind == .handBack
        let place = isLeaders ? leaderPlace ?? victim() : chosen ?? victim()
        let member = kind.isAboutMember ? place : nil
        guard !troubles.has(kind, member) else { return }
        var span = random.faults.span(around: random.faults.element(of: plan.faultTimes))
        if kind == .hangDisk { span = min(span * 4, .seconds(10)) }
        if isLeaders { span = max(span, .seconds(3)) }
        let fault = draw(kind, place, span)
        troubles.drawn += 1
        var undo = Troubles.Undo.nothing
        // One that is left out takes its time all the same, so that those after it stay what they were.
        if options.onlyFaults?.contains(troubles.drawn) ?? true {
            statistics[.faults] += 1
            trace.note(
                now, .fault, UInt64(kind.rawValue), UInt64(member ?? 99), UInt64(span.nanoseconds),
                text: "#\(troubles.drawn) for \(span): \(fault)")
            undo = carryOut(fault)
        }
        troubles.lastNumber += 1
        troubles.current.append((troubles.lastNumber, Troubles.Trouble(kind: kind, member: member, undo: undo)))
        schedule(.undo(troubles.lastNumber), after: span)
    }

    /// Troubles seldom come alone: what one alone cannot break, several at once may.
    private func scheduleBurst() {
        let pause = random.faults.element(of: [Span.milliseconds(3), .milliseconds(30), .milliseconds(300)])
        var after = Span.zero
        for _ in 0..<random.faults.number(in: 2...5) {
            after = after + random.faults.span(around: pause)
            schedule(.fault(nil, nil, isExtra: true), after: after)
        }
    }

    /// A new leader is hit before it has settled.
    func considerCoup(against place: Int) {
        considerHandingBack(to: place)
        if let relayed = troubles.relayed, relayed != place {
            troubles.relayed = nil
            let pause = random.faults.element(of: [Span.milliseconds(1), .milliseconds(10), .milliseconds(100)])
            schedule(.relay(from: place, to: relayed), after: random.faults.span(in: .zero...pause))
        }
        guard phase == .trouble, random.faults.chance(perMille: plan.coupPerMille) else { return }
        let pause = random.faults.element(of: [Span.milliseconds(2), .milliseconds(20), .milliseconds(200)])
        schedule(.fault(place, nil, isExtra: true), after: random.faults.span(in: .zero...pause))
    }

    /// What was truncated just now is what a hole in the log hides best.
    func considerRot(at place: Int) {
        guard phase == .trouble, random.repair.chance(perMille: plan.rot.afterTruncationPerMille) else { return }
        schedule(
            .fault(place, .rot, isExtra: true),
            after: random.repair.span(in: .milliseconds(20)...(.milliseconds(1000))))
    }

    /// Somebody leads: the next step of a leadership that is handed over and back.
    private func considerHandingBack(to place: Int) {
        guard let handBack = troubles.handBack, handBack.hasBegun else { return }
        if place == handBack.leader {
            troubles.handBack = nil
            open(handBack.follower, handBack.leader)
        } else {
            let pause = random.repair.element(of: [Span.milliseconds(20), .milliseconds(200)])
            schedule(.handOver(from: place, to: handBack.leader), after: random.repair.span(in: .zero...pause))
        }
    }

    /// A link holds a message up.
    func considerHandingOver(_ flight: Network<Payload>.Flight) {
        guard let handBack = troubles.handBack, !handBack.hasBegun, flight.channel == .forward,
            flight.from == handBack.follower, flight.to == handBack.leader
        else { return }
        troubles.handBack?.hasBegun = true
        schedule(
            .handOver(from: handBack.leader, to: nil), after: random.repair.span(in: .zero...(.milliseconds(50))))
    }

    /// A new leader loses power, and the one before is back.
    func relay(from place: Int, to before: Int) {
        guard phase == .trouble else { return }
        let text = "member \(before + 1) is back, member \(place + 1) loses power"
        trace.note(now, .fault, UInt64(place), UInt64(before), 11, text: text)
        losePower(place, down: random.faults.span(in: .milliseconds(100)...(.seconds(2))))
        for other in members.indices where other != before {
            open(before, other)
            open(other, before)
        }
    }

    /// The leader, or anybody.
    private func victim() -> Int {
        if random.faults.chance(perMille: plan.leaderPerCent * 10), let leader = leaderPlace { return leader }
        return random.faults.below(members.count)
    }

    /// The member that leads the newest term, as far as it knows.
    var leaderPlace: Int? {
        var best: (place: Int, term: Term)?
        for member in members {
            guard let process = member.process else { continue }
            let (isLeader, term) = process.office
            if isLeader, term > best?.term ?? .zero { best = (member.place, term) }
        }
        return best?.place
    }

    private func draw(_ kind: Fault.Kind, _ place: Int, _ span: Span) -> Fault {
        switch kind {
        case .kill: return .kill(place, down: span)
        case .losePower: return .losePower(place, down: span)
        case .losePowerInWrite: return .losePowerInWrite(place, down: span)
        case .losePowerInTurn: return .losePowerInTurn(place, down: span)
        case .losePowerEverywhere: return .losePowerEverywhere(down: span)
        case .pause: return .pause(place, span)
        case .partition:
            let shape = random.faults.element(of: Fault.Cut.Shape.allCases)
            let cut = Fault.Cut(shape, memberCount: members.count, center: place, random: &random.faults)
            return .partition(cut, random.faults.chance(perMille: 500) ? .dropping : .holding, span)
        case .degrade:
            var quality = Plan.drawQuality(&random.faults)
            quality.latency = random.faults.span(in: .milliseconds(1)...(.milliseconds(60)))
            quality.lossPerMille = random.faults.element(of: [0, 50, 300])
            return .degrade(quality, span)
        case .resetConnections: return .resetConnections(place)
        case .slowDisk:
            var speed = plan.disks[place]
            speed.sync = random.faults.span(in: .milliseconds(5)...(.milliseconds(400)))
            return .slowDisk(place, speed, span)
        case .setWallClock:
            return .setWallClock(place, milliseconds: Int64(random.faults.number(in: -3_600_000...3_600_000)))
        case .cutClients: return .cutClients(place, span)
        case .failDisk: return .failDisk(place, random.faults.element(of: SimulatedDisk.Failure.allCases))
        case .fillDisk: return .fillDisk(place, span)
        case .hangDisk: return .hangDisk(place, span)
        case .rot: return .rot(place, random.faults.element(of: Rot.Kind.allCases), down: span)
        case .driftClock:
            let drift = random.faults.number(in: -plan.clockDriftMax...plan.clockDriftMax)
            return .driftClock(place, perMillion: Int64(drift))
        case .relay: return .relay(place, random.faults.chance(perMille: 500) ? .dropping : .holding, span)
        case .handBack:
            let others = members.indices.filter { $0 != place }
            return .handBack(place, follower: random.repair.element(of: others), span)
        }
    }

    /// - Returns: what ends it.
    private func carryOut(_ fault: Fault) -> Troubles.Undo {
        switch fault {
        case .kill(let place, let down): kill(place, down: down)
        case .losePower(let place, let down): losePower(place, down: down)
        case .losePowerInWrite(let place, let down): members[place].powerLossInWrite = down
        case .losePowerInTurn(let place, let down): members[place].powerLossInTurn = down
        case .losePowerEverywhere(let down):
            for place in members.indices { losePower(place, down: down + random.faults.span(in: .zero...down)) }
        case .pause(let place, _):
            pause(place)
            return .resume(place)
        case .partition(let cut, let blockage, _):
            partition(cut, blockage)
            return .openLinks(cut.links)
        case .degrade(let quality, _):
            setQuality(quality)
            return .restoreQuality
        case .resetConnections(let place): resetConnections(of: place)
        case .slowDisk(let place, let speed, _):
            members[place].disk.speed = speed
            return .restoreDisk(place)
        case .setWallClock(let place, let milliseconds): members[place].clock.wallErrorMilliseconds = milliseconds
        case .cutClients(let place, _):
            members[place].areClientsCut = true
            return .admitClients(place)
        case .failDisk(let place, let failure): members[place].disk.failure = failure
        case .fillDisk(let place, _):
            members[place].disk.isFull = true
            return .emptyDisk(place)
        case .hangDisk(let place, _):
            members[place].isDiskHung = true
            return .releaseDisk(place)
        case .rot(let place, let kind, let down): rot(place, kind, down: down)
        case .relay(let place, let blockage, _):
            let cut = Fault.Cut(.isolated, memberCount: members.count, center: place, random: &random.faults)
            for link in cut.links { network.block(from: link.from, to: link.to, blockage) }
            troubles.relayed = place
            considerRemoving(leader: place)
            // What they write there makes a tail of which nothing may come.
            for client in clients where !client.isProbe && random.faults.chance(perMille: 500) { client.member = place }
            return .openLinks(cut.links)
        case .handBack(let place, let follower, _):
            network.block(from: follower, to: place, .holding)
            troubles.handBack = Troubles.HandBack(leader: place, follower: follower)
            for client in clients where !client.isProbe && random.repair.chance(perMille: 500) {
                client.member = follower
            }
            return .openLinks([(follower, place)])
        case .driftClock(let place, let drift): members[place].clock.setDrift(perMillion: drift, at: now)
        }
        return .nothing
    }

    /// A leader that is cut off is asked to remove itself, and starts anew: then only its log has that.
    private func considerRemoving(leader place: Int) {
        guard plan.operatorInterval != nil, random.operation.chance(perMille: 400) else { return }
        ask(.remove(members[place].id), at: place)
        schedule(
            .fault(place, .kill, isExtra: true), after: random.operation.span(in: .zero...(.milliseconds(100))))
    }

    /// Damages members' disks while their processes are not there. Such a member may start, if it needs nothing of
    /// what is lost, repair itself, or refuse to start.
    private func rot(_ place: Int, _ kind: Rot.Kind, down: Span) {
        rotOne(place, kind, down: down)
        for other in members.indices where other != place && random.repair.chance(perMille: plan.rot.spreadPerMille) {
            rotOne(other, random.repair.element(of: Rot.Kind.allCases), down: random.repair.span(in: .zero...down))
        }
    }

    private func rotOne(_ place: Int, _ kind: Rot.Kind, down: Span) {
        let member = members[place]
        let others = members.count { !$0.rots.isEmpty }
        guard member.isUp, member.rots.isEmpty, others < plan.rot.membersMax else { return }
        kill(place, down: down)
        for _ in 0..<random.repair.number(in: 1...plan.rot.sectorsMax) {
            let region = random.repair.element(weighted: plan.rot.regions)
            guard let rot = member.disk.rot(kind, in: region, random: &random.repair) else { continue }
            statistics[.rots] += 1
            trace.note(now, .disk, UInt64(place), UInt64(rot.offset), 5, text: "member \(member.id): \(rot)")
            member.rots.append(rot)
        }
    }

    func undo(_ number: Int) {
        guard let index = troubles.current.firstIndex(where: { $0.number == number }) else { return }
        let trouble = troubles.current.remove(at: index).trouble
        let kind = trouble.kind
        trace.note(now, .heal, UInt64(kind.rawValue), UInt64(trouble.member ?? 99), text: "\(kind) ends")
        if kind == .handBack { troubles.handBack = nil }
        switch trouble.undo {
        case .nothing: break
        case .resume(let place): resume(place)
        case .openLinks(let links): for link in links { open(link.from, link.to) }
        case .restoreQuality: setQuality(plan.network)
        case .restoreDisk(let place): members[place].disk.speed = plan.disks[place]
        case .admitClients(let place): members[place].areClientsCut = false
        case .emptyDisk(let place): members[place].disk.isFull = false
        case .releaseDisk(let place): releaseDisk(of: members[place])
        }
    }

    private func partition(_ cut: Fault.Cut, _ blockage: Network<Payload>.Blockage) {
        for link in cut.links { network.block(from: link.from, to: link.to, blockage) }
        // Some connections are given up by a firewall or a keep-alive while the partition lasts.
        guard random.faults.chance(perMille: 500) else { return }
        for link in cut.links {
            for lane in Connection.Lane.allCases {
                reset(Connection(dialer: link.from, listener: link.to, lane: lane))
            }
        }
    }

    private func open(_ from: Int, _ to: Int) {
        for released in network.open(from: from, to: to, now: now) {
            queue.schedule(.deliver(released.flight), at: released.arrival)
        }
    }

    private func setQuality(_ quality: Network<Payload>.Quality) {
        for from in members.indices {
            for to in members.indices where from != to { network.setQuality(from: from, to: to, quality) }
        }
    }

    private func resetConnections(of place: Int) {
        for other in members.indices where other != place {
            for lane in Connection.Lane.allCases {
                if random.faults.chance(perMille: 700) {
                    reset(Connection(dialer: place, listener: other, lane: lane))
                }
                if random.faults.chance(perMille: 700) {
                    reset(Connection(dialer: other, listener: place, lane: lane))
                }
            }
        }
    }

    /// Repairs everything that is under way, for good.
    func healEverything() {
        troubles.relayed = nil
        troubles.handBack = nil
        for (number, _) in troubles.current { undo(number) }
        let isRepairable = hasSoundQuorum
        for from in members.indices {
            members[from].powerLossInWrite = nil
            members[from].powerLossInTurn = nil
            members[from].disk.failure = nil
            hastenJobs(of: members[from])
            settleDamage(of: members[from], isRepairable: isRepairable)
            for to in members.indices where from != to { open(from, to) }
        }
        var quality = plan.network
        quality.lossPerMille = 0
        quality.spikePerMille = 0
        setQuality(quality)
    }
}
