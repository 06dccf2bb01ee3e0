import Consensus
import Coordination
import Driver
import Journal
import Replica

/// Processes: how they start, take their turns, and end.
extension Simulation {
    static let ensemble = EnsembleID(0x7275_6e20_6265_6c6c)

    // MARK: Beginning

    /// Formats every disk, founds the ensemble with all members, and starts them.
    func found() throws(Violation) {
        for member in members {
            let disk = member.disk
            disk.onStart = { [unowned self, unowned member] lane, span in jobStarted(member, lane, span) }
            do throws(JournalError) {
                member.storage = StorageID(random.process.next())
                try Journal.format(
                    disk, member: member.id, storage: member.storage, salt: random.process.next(),
                    options: plan.journal)
            } catch {
                throw Violation(claim: "an empty disk can be formatted", evidence: "member \(member.id): \(error)")
            }
        }
        let configuration = Configuration(
            members: members.prefix(plan.founderCount).map { $0.configured(as: .voter) })
        for member in members {
            do throws(JournalError) {
                if member.place < plan.founderCount {
                    try Journal.found(member.disk, ensemble: Self.ensemble, configuration: configuration)
                } else {
                    try Journal.join(member.disk, ensemble: Self.ensemble)
                }
            } catch {
                throw Violation(claim: "an ensemble can be founded", evidence: "member \(member.id): \(error)")
            }
            schedule(.start(member.place), after: random.process.span(in: .zero...(.milliseconds(200))))
        }
    }

    /// Starts a process on a member's machine, if none runs. Sometimes the power goes while it recovers.
    func start(_ place: Int) throws(Violation) {
        let member = members[place]
        guard !member.isUp else { return }
        // Nothing can be read of a disk that hangs, and what is known to be damaged is not tried again.
        guard !member.isDiskHung else { return schedule(.start(place), after: .milliseconds(50)) }
        guard !member.hasRefused else { return }
        if phase == .trouble, member.life > 0, random.process.chance(perMille: 100) {
            member.disk.dieAfter(random.process.below(12))
        }
        member.life += 1
        let result: Result<Process, JournalError>
        do throws(JournalError) {
            result = .success(
                try Process(
                    member: member, plan: plan, seed: random.process.next(),
                    incarnation: Incarnation(random.process.next()), now: member.moment(at: now)))
        } catch {
            result = .failure(error)
        }
        let hasDied = member.disk.operationsLeft == 0
        member.disk.dieAfter(nil)
        switch (result, hasDied) {
        case (.success(let process), false):
            member.process = process
            if member.supported > Upgrade.before { member.hasRunNewRelease = true }
            member.condition = .running
            member.inbox.removeAll()
            member.isTurnScheduled = false
            member.isPaused = false
            forgetDamage(of: member)
            member.steadySince = now
            let consensus = process.driver.replica.consensus
            trace.note(
                now, .start, UInt64(place), UInt64(member.life), consensus.lastPosition.index.rawValue,
                text: "member \(member.id), life \(member.life): term \(consensus.term), "
                    + "last \(consensus.lastPosition), commit \(consensus.commitIndex)")
            try observer.started(member)
            process.foundLog = nil
            member.isRepaired = false
            dialAll(from: place)
            schedule(.tick(place, life: member.life), after: plan.tickInterval)
        case (.success, true), (.failure(.disk), true), (.failure(.damaged), true),
            (.failure(.unsupportedFormatLevel), true):
            trace.note(now, .stop, UInt64(place), 9, text: "member \(member.id) lost power while it started")
            member.disk.crash()
            forgetJobs(of: member)
            member.condition = .dark
            schedule(.start(place), after: random.process.span(in: .milliseconds(10)...(.milliseconds(500))))
        case (.failure(.disk(let error)), false) where error.isFault:
            trace.note(now, .stop, UInt64(place), 8, text: "member \(member.id) cannot start: \(error)")
            statistics[.diskFailures] += 1
            member.condition = .killed
            schedule(.start(place), after: random.process.span(in: .milliseconds(50)...(.milliseconds(500))))
        case (.failure(.unsupportedFormatLevel(let needed, _, _)), false):
            if case .failure(let error) = result { try refused(needed, member, "does not start: \(error)") }
            member.condition = .killed
            schedule(.start(place), after: random.upgrade.span(in: .milliseconds(50)...(.milliseconds(1000))))
        case (.failure(.damaged(let file, let offset, let reason)), false) where !member.rots.isEmpty:
            trace.note(
                now, .repair, UInt64(place), UInt64(offset), 10,
                text: "member \(member.id) finds \(file) damaged at \(offset): \(reason)")
            try beginRepair(of: member, .damaged(file: file, offset: offset, reason: reason))
        case (.failure(let error), _):
            throw Violation(
                claim: "a member starts again after any crash", evidence: "member \(member.id): \(error)")
        }
    }

    // MARK: Turns

    /// Puts an event into a process's inbox; it is taken in with the next turn.
    func post(_ event: DriverEvent, to place: Int) {
        let member = members[place]
        guard member.process != nil else { return }
        member.inbox.append(event)
        scheduleTurn(member)
    }

    /// Whether a member cannot take something in because it is paused. It gets that when it goes on, in order with
    /// all else from the same source, but in any order with other sources: threads wake up as they like.
    func isDeferred(_ happening: Happening, from source: Int, at member: Member) -> Bool {
        guard member.isPaused else { return false }
        member.deferred.append((source, happening))
        return true
    }

    func scheduleTurn(_ member: Member) {
        guard !member.isTurnScheduled, !member.isPaused else { return }
        member.isTurnScheduled = true
        schedule(.turn(member.place, life: member.life), after: random.process.span(in: .zero...plan.turnTime))
    }

    func tick(_ place: Int, life: Int) throws(Violation) {
        let member = members[place]
        guard member.life == life, member.process != nil, !member.isPaused else { return }
        schedule(.tick(place, life: life), after: plan.tickInterval)
        try checkLeader(member)
        member.inbox.append(.input(.tick))
        if !member.isTurnScheduled { try turn(place, life: life) }
    }

    func turn(_ place: Int, life: Int) throws(Violation) {
        let member = members[place]
        guard member.life == life, let process = member.process else { return }
        member.isTurnScheduled = false
        guard !member.isPaused else { return }
        var events: [DriverEvent] = []
        swap(&events, &member.inbox)
        swap(&member.inbox, &member.spareInbox)
        statistics[.turns] += 1
        try checkPace(of: member)
        let moment = member.moment(at: now)
        trace.note(now, .turn, UInt64(place), UInt64(events.count), text: "member \(member.id): \(events.count) events")
        do throws(DriverFailure) {
            try process.driver.turn(events, now: moment)
        } catch {
            if case .unsupported(let reason) = error { return try stop(member, process, because: reason) }
            guard case .journal(.disk(let fault)) = error, fault.isFault else {
                throw Violation(
                    claim: "a member with a sound disk goes on", evidence: "member \(member.id): \(error)")
            }
            return try stop(member, process, because: fault)
        }
        events.removeAll(keepingCapacity: true)
        swap(&events, &member.spareInbox)
        try finishTurn(member, process)
    }

    /// The member has met what needs the new release.
    private func stop(
        _ member: Member, _ process: Process, because reason: UnsupportedFormatLevel
    ) throws(Violation) {
        let messages = process.outbox.take()
        try observer.sent(messages, by: member)
        send(messages, from: member.place)
        try refused(FormatLevel(reason.needed), member, "stops: \(reason)")
        member.disk.kill()
        end(member, condition: .killed, down: random.upgrade.span(in: .milliseconds(50)...(.milliseconds(1000))))
    }

    /// The disk has failed, and the member with it. What it had sent before it noticed is on its way.
    private func stop(_ member: Member, _ process: Process, because fault: DiskError) throws(Violation) {
        trace.note(now, .stop, UInt64(member.place), 4, text: "member \(member.id) stops: \(fault)")
        statistics[.diskFailures] += 1
        try noteLevel(of: member, process)
        let messages = process.outbox.take()
        try observer.sent(messages, by: member)
        send(messages, from: member.place)
        member.disk.kill()
        end(member, condition: .killed, down: random.process.span(in: .milliseconds(20)...(.milliseconds(1000))))
    }

    /// A few clients give a member a few thousand turns a second; one that gives itself work runs for ever.
    private func checkPace(of member: Member) throws(Violation) {
        if now - member.turnsSince >= .milliseconds(100) {
            member.turnsSince = now
            member.turns = 0
        }
        member.turns += 1
        guard member.turns <= 3000 else {
            throw Violation(
                claim: "a member does not keep itself busy",
                evidence: "member \(member.id) has taken \(member.turns) turns since \(member.turnsSince)")
        }
    }

    /// What the turn has produced goes out, and is judged.
    private func finishTurn(_ member: Member, _ process: Process) throws(Violation) {
        try noteLevel(of: member, process)
        var messages = process.outbox.take()
        if let down = member.powerLossInTurn, !messages.isEmpty {
            messages.removeLast(random.process.number(in: 1...messages.count))
            try observer.sent(messages, by: member)
            send(messages, from: member.place)
            return losePower(member.place, down: down)
        }
        try observer.sent(messages, by: member)
        send(messages, from: member.place)
        if process.isAsked { answerRepairs(process, from: member) }
        try observer.took(member, process, &trace, now)
        if let newest = process.driver.journal.newestSnapshot?.position, newest.index > process.newestSnapshot.index {
            process.newestSnapshot = newest
            statistics[.snapshots] += 1
            trace.note(
                now, .disk, UInt64(member.place), newest.index.rawValue, newest.term.rawValue,
                text: "member \(member.id) has a snapshot of \(newest)")
        }
        for answers in process.answerBox.take() {
            if let batch = answers.batch { try check(batch, of: member, process) }
            for notice in answers.notices { try note(notice, of: member) }
            try answer(answers, member, process)
        }
    }

    private func note(_ notice: Notice, of member: Member) throws(Violation) {
        trace.note(now, .notice, UInt64(member.place), text: "member \(member.id): \(notice)")
        switch notice {
        case .becameLeader:
            statistics[.elections] += 1
            member.steadySince = now
            considerCoup(against: member.place)
            hurryOperator(to: member.place)
        case .truncated:
            statistics[.truncations] += 1
            considerRot(at: member.place)
        case .sendingSnapshot: statistics[.snapshotsSent] += 1
        case .removed: statistics[.removals] += 1
        case .dropped(let flaw, let from):
            throw Violation(
                claim: "members that work say nothing wrong",
                evidence: "member \(member.id) dropped a message of \(from): \(flaw)")
        default: break
        }
    }

    // MARK: Disk

    private func jobStarted(_ member: Member, _ lane: DiskLane, _ span: Span) {
        let number = member.jobs[Int(lane.rawValue)].number + 1
        member.jobs[Int(lane.rawValue)] = (number, true)
        schedule(.diskDone(member.place, epoch: member.diskEpoch, lane, job: number), after: span)
        if lane == .log, let down = member.powerLossInWrite {
            member.powerLossInWrite = nil
            let moment = Span(nanoseconds: Int64(random.process.below(Int(span.nanoseconds) + 1)))
            schedule(.losePower(member.place, life: member.life, down: down), after: moment)
        }
    }

    func diskDone(_ place: Int, epoch: Int, _ lane: DiskLane, job: Int) {
        let member = members[place]
        let current = member.jobs[Int(lane.rawValue)]
        guard member.diskEpoch == epoch, current.number == job, current.isUnderWay else { return }
        let happening = Happening.diskDone(place, epoch: epoch, lane, job: job)
        if member.isDiskHung { return member.hungJobs.append(happening) }
        guard !isDeferred(happening, from: -1, at: member) else { return }
        member.jobs[Int(lane.rawValue)].isUnderWay = false
        let done = member.disk.finish(lane)
        trace.note(
            now, .disk, UInt64(place), done.ticket.rawValue, UInt64(lane.rawValue),
            text: "member \(member.id) finished job \(done.ticket.rawValue) of \(lane)")
        post(.disk(done.ticket, done.result), to: place)
    }

    /// Whatever was under way is not any more.
    func forgetJobs(of member: Member) {
        member.diskEpoch += 1
        for lane in member.jobs.indices { member.jobs[lane].isUnderWay = false }
    }

    /// What a slow disk has begun would take as long as it did when it began: in the end it is done in a moment.
    func hastenJobs(of member: Member) {
        for lane in DiskLane.allCases where member.jobs[Int(lane.rawValue)].isUnderWay {
            let job = member.jobs[Int(lane.rawValue)].number
            schedule(
                .diskDone(member.place, epoch: member.diskEpoch, lane, job: job),
                after: random.process.span(in: .zero...(.milliseconds(20))))
        }
    }

    /// The disk goes on where it was.
    func releaseDisk(of member: Member) {
        guard member.isDiskHung else { return }
        member.isDiskHung = false
        for job in member.hungJobs { schedule(job, after: random.process.span(in: .zero...(.milliseconds(1)))) }
        member.hungJobs.removeAll()
    }

    // MARK: Ends

    /// The process ends; the machine goes on.
    func kill(_ place: Int, down: Span) {
        let member = members[place]
        guard member.isUp else { return }
        trace.note(now, .stop, UInt64(place), 1, text: "member \(member.id) is killed")
        statistics[.kills] += 1
        member.disk.kill()
        end(member, condition: .killed, down: down)
    }

    /// The machine ends.
    func losePower(_ place: Int, down: Span) {
        let member = members[place]
        guard member.isUp else { return }
        trace.note(now, .stop, UInt64(place), 2, text: "member \(member.id) loses power")
        statistics[.powerLosses] += 1
        member.disk.crash()
        end(member, condition: .dark, down: down)
    }

    func end(_ member: Member, condition: Member.Condition, down: Span) {
        forgetJobs(of: member)
        member.condition = condition
        member.powerLossInWrite = nil
        member.powerLossInTurn = nil
        member.isPaused = false
        loseDeferred(at: member)
        if let process = member.process { dropRequests(of: process, at: member) }
        member.process = nil
        member.mending = nil
        member.inbox.removeAll()
        endConnections(of: member.place)
        schedule(.start(member.place), after: down)
    }

    /// What a paused process never took in ends with it. Clients lose their patience; a watcher loses its connection.
    private func loseDeferred(at member: Member) {
        for (_, happening) in member.deferred {
            if case .watcher(let place, _) = happening { breakWatch(watchers[place], after: .milliseconds(800)) }
        }
        member.deferred.removeAll()
    }

    func pause(_ place: Int) {
        members[place].isPaused = true
        trace.note(now, .fault, UInt64(place), 3, text: "member \(place + 1) is paused")
        // Some clients ask just this member meanwhile: what they are told when it goes on must not be what it knew.
        for client in clients where !client.isProbe && random.process.chance(perMille: 400) { client.member = place }
    }

    func resume(_ place: Int) {
        let member = members[place]
        guard member.isPaused else { return }
        member.isPaused = false
        member.steadySince = now
        trace.note(now, .heal, UInt64(place), 3, text: "member \(place + 1) goes on")
        let deferred = member.deferred
        member.deferred.removeAll()
        guard member.isUp else { return }
        let spread = random.process.element(of: [Span.milliseconds(3), .milliseconds(3), .milliseconds(20)])
        if member.process?.office.isLeader ?? false { hurryReaders(to: place) }
        var delays: [Int: Span] = [:]
        for (source, happening) in deferred {
            let delay = delays[source] ?? random.process.span(in: .zero...spread)
            delays[source] = delay
            schedule(happening, after: delay)
        }
        schedule(.tick(place, life: member.life), after: random.process.span(in: .zero...(.milliseconds(3))))
        if !member.inbox.isEmpty { scheduleTurn(member) }
    }
}

// MARK: - What every turn must show

extension DiskError {
    /// Whether a disk said this because it was made to.
    var isFault: Bool {
        switch reason {
        case .noSpace, .failed: true
        case .notFound: false
        }
    }
}

extension Simulation {
    /// Thesis, section 6.2: a leader that hears from no quorum gives up, so that its clients look elsewhere.
    private func checkLeader(_ member: Member) throws(Violation) {
        guard let process = member.process, process.office.isLeader else { return }
        let patience = plan.consensus.timeoutCeiling + .seconds(1)
        guard now - member.steadySince > patience * 2 else { return }
        let configuration = process.driver.replica.consensus.configuration
        let recent = configuration.voters.count { voter in
            voter == member.id || now - member.heard[Int(voter.rawValue) - 1] <= patience
        }
        // (Whom it has just admitted it gives time to answer.)
        guard recent < configuration.quorum, now - operation.lastChange > patience * 2 else { return }
        throw Violation(
            claim: "a leader that hears from no quorum steps down (thesis, 6.2)",
            evidence: "member \(member.id) leads in term \(process.office.term) and has heard from \(recent) others in "
                + "\(patience)")
    }

    /// A publication tells every change since the one before, whole and in order, or says that it does not.
    private func check(_ batch: Batch, of member: Member, _ process: Process) throws(Violation) {
        let before = process.toldThrough
        process.toldThrough = batch.revision.rawValue
        try check(endings: batch.endings, of: member, process)
        guard !batch.isDiscontinuous else {
            statistics[.snapshotsInstalled] += 1
            return
        }
        let told = batch.events.map(Change.init)
        let kept = try process.changes(from: before + 1)
        guard told == kept else {
            throw Violation(
                claim: "a publication tells every change",
                evidence: "member \(member.id), after \(before) through \(batch.revision): \(told), kept \(kept)")
        }
    }
}
