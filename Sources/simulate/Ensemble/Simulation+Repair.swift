import Consensus
import Driver
import Journal

/// A repair under way: what a member's process does before it takes part in anything.
struct Mending {
    var rounds: RepairRounds
    /// Counts the steps, so that what an older one was waiting for is known to be late.
    var step: UInt64 = 0
    /// What the step waits for.
    var due = RepairHappening.again
    /// From this the process answers others who are under repair; nil until it has something to ask itself.
    var desk: LogRepair?
}

/// A step of a member's repair, and the question that it is, if it is one.
struct RepairCall {
    var asker: Int
    var life: Int
    var step: UInt64
}

/// What happens to a step of a repair.
enum RepairHappening {
    /// The question arrives.
    case question(RepairDemand, at: Int)
    /// The answer arrives; nil if that member has nothing to say, or does not listen.
    case answer(RepairSupply?, from: Int)
    /// None has come.
    case timeout
    /// Time to ask all of them again.
    case again
    /// The disk is done with a part of a snapshot, or with the whole log.
    case stored
    case written
}

/// Repairs of damaged data directories: ``RepairRounds`` decides, as on a real member; here its questions travel over
/// simulated links, and what it writes takes time and may be cut short.
extension Simulation {
    /// As long as a real member waits for a connection, or for an answer.
    private static let connectTimeout = Span.milliseconds(500)
    private static let callTimeout = Span.seconds(5)

    /// The process of a member has found its data directory damaged.
    func beginRepair(of member: Member, _ damage: JournalError) throws(Violation) {
        member.condition = .killed
        member.isPaused = false
        watchOver(member, after: random.repair.span(in: .seconds(3)...(.seconds(15))))
        do throws(JournalError) {
            let repair = try Journal.salvage(
                member.disk, member: member.id, ensemble: Self.ensemble, damage: damage)
            let others = members.map(\.id).filter { $0 != member.id }
            member.mending = Mending(rounds: RepairRounds(repair, others: others))
        } catch .disk(let error) where error.isFault {
            return stopRepair(of: member, because: error)
        } catch {
            return refuse(member, "\(error)")
        }
        proceed(member)
    }

    private func refuse(_ member: Member, _ reason: String) {
        trace.note(now, .repair, UInt64(member.place), 1, text: "member \(member.id) refuses to start: \(reason)")
        statistics[.refusals] += 1
        member.mending = nil
        member.hasRefused = true
        guard phase == .trouble else { return restore(member) }
        watchOver(member, after: random.repair.span(in: .seconds(1)...(.seconds(4))))
    }

    /// Such a process ends, and is started again.
    private func stopRepair(of member: Member, because error: DiskError) {
        trace.note(
            now, .repair, UInt64(member.place), 2,
            text: "member \(member.id) stops in the middle of its repair: \(error)")
        statistics[.diskFailures] += 1
        member.disk.kill()
        end(member, condition: .killed, down: random.repair.span(in: .milliseconds(50)...(.milliseconds(500))))
    }

    // MARK: Steps

    private func proceed(_ member: Member) {
        guard var mending = member.mending else { return }
        mending.step += 1
        let step = mending.rounds.next(now: member.clock.monotonic(at: now))
        mending.due =
            switch step {
            case .ask: .timeout
            case .store: .stored
            case .finish: .written
            case .wait, .giveUp: .again
            }
        member.mending = mending
        let call = RepairCall(asker: member.place, life: member.life, step: mending.step)
        switch step {
        case .ask(let other, let demand):
            member.mending?.desk = mending.rounds.repair
            ask(demand, of: Int(other.rawValue) - 1, call)
        case .store:
            schedule(.repair(call, .stored), after: random.repair.span(around: member.disk.speed.sync))
        case .wait:
            schedule(.repair(call, .again), after: RepairRounds.pause)
        case .finish:
            let syncs = plan.journal.segmentBytes / plan.journal.prepareBytes + 2
            schedule(.repair(call, .written), after: member.disk.speed.sync * syncs)
        case .giveUp:
            refuse(member, "nobody has \(mending.rounds.repair.gaps)")
        }
    }

    func onRepair(_ call: RepairCall, _ happening: RepairHappening) throws(Violation) {
        if case .question(let demand, let place) = happening { return receive(demand, call, at: members[place]) }
        let member = members[call.asker]
        if case .answer(_, let place) = happening, !network.isOpen(from: place, to: call.asker) { return }
        guard !isDeferred(.repair(call, happening), from: 2000, at: member) else { return }
        guard member.life == call.life, member.mending?.step == call.step else { return }
        switch happening {
        case .question: break
        case .answer(let supply?, let place):
            trace.note(
                now, .repair, UInt64(call.asker), call.step, 3,
                text: "member \(place + 1) tells member \(member.id): \(supply.summary)")
            member.mending?.rounds.take(supply)
        case .answer(nil, _), .timeout:
            member.mending?.rounds.takeNothing()
        case .again: break
        case .stored, .written:
            guard !member.isDiskHung else {
                return schedule(.repair(call, happening), after: .milliseconds(50))
            }
            if case .written = happening { return try write(member) }
            guard try store(member) else { return }
        }
        proceed(member)
    }

    /// - Returns: whether the process is still there.
    private func store(_ member: Member) throws(Violation) -> Bool {
        guard var rounds = member.mending?.rounds else { return false }
        let before = rounds.repair.snapshot
        let isDone = try perform(on: member) { () throws(JournalError) in
            try rounds.store(on: member.disk, options: plan.journal)
        }
        guard isDone else { return false }
        member.mending?.rounds = rounds
        if rounds.repair.snapshot != before { statistics[.repairSnapshots] += 1 }
        return true
    }

    private func write(_ member: Member) throws(Violation) {
        guard let repair = member.mending?.rounds.repair else { return }
        let isDone = try perform(on: member) { () throws(JournalError) in
            try Journal.finish(repair, on: member.disk, options: plan.journal)
        }
        guard isDone else { return }
        trace.note(
            now, .repair, UInt64(member.place), repair.target.index.rawValue, 4,
            text: "member \(member.id) has repaired its log up to \(repair.target)")
        statistics[.repairs] += 1
        member.mending = nil
        member.isRepaired = true
        // Whatever is still damaged is of no use any more, and is removed when the process goes on.
        forgetDamage(of: member)
        schedule(.start(member.place), after: .microseconds(100))
    }

    /// Lets the disk work, and sometimes the power or the process go in the middle of it.
    /// - Returns: whether the process is still there.
    private func perform(on member: Member, _ work: () throws(JournalError) -> Void) throws(Violation) -> Bool {
        if phase == .trouble, random.repair.chance(perMille: 150) { member.disk.dieAfter(random.repair.below(24)) }
        var failure: JournalError?
        do throws(JournalError) { try work() } catch { failure = error }
        let hasDied = member.disk.operationsLeft == 0
        member.disk.dieAfter(nil)
        if hasDied {
            let down = random.repair.span(in: .milliseconds(10)...(.milliseconds(500)))
            if random.repair.chance(perMille: 700) {
                losePower(member.place, down: down)
            } else {
                kill(member.place, down: down)
            }
            return false
        }
        switch failure {
        case nil:
            return true
        case .disk(let error)? where error.isFault:
            stopRepair(of: member, because: error)
            return false
        case let error?:
            throw Violation(
                claim: "a repair that is complete can be carried out", evidence: "member \(member.id): \(error)")
        }
    }

    func forgetDamage(of member: Member) {
        member.rots.removeAll()
        member.visits = 0
    }

    // MARK: Questions

    private func ask(_ demand: RepairDemand, of place: Int, _ call: RepairCall) {
        trace.note(
            now, .repair, UInt64(call.asker), UInt64(place), call.step,
            text: "member \(call.asker + 1) asks member \(place + 1) for \(demand.summary)")
        guard network.isOpen(between: call.asker, and: place), members[place].condition != .dark else {
            return schedule(.repair(call, .timeout), after: Self.connectTimeout)
        }
        schedule(.repair(call, .timeout), after: Self.callTimeout)
        travel(.question(demand, at: place), call, from: call.asker, to: place)
    }

    private func travel(_ happening: RepairHappening, _ call: RepairCall, from: Int, to: Int) {
        guard let span = network.passage(from: from, to: to, &random.repair) else { return }
        schedule(.repair(call, happening), after: span)
    }

    /// A question arrives at a member that runs, is under repair as well, or is not there.
    private func receive(_ demand: RepairDemand, _ call: RepairCall, at member: Member) {
        guard network.isOpen(from: call.asker, to: member.place), member.condition != .dark,
            !isDeferred(.repair(call, .question(demand, at: member.place)), from: 2001 + call.asker, at: member)
        else { return }
        if let process = member.process {
            process.isAsked = true
            let box = process.supplies
            post(.repair(demand, reply: { box.put($0, for: call) }), to: member.place)
        } else if member.mending?.desk == nil {
            travel(.answer(nil, from: member.place), call, from: member.place, to: call.asker)
        } else if let supply = supply(demand, of: member) {
            travel(.answer(supply, from: member.place), call, from: member.place, to: call.asker)
        }
    }

    /// What a member under repair has to give; nil if its disk does not say.
    private func supply(_ demand: RepairDemand, of member: Member) -> RepairSupply? {
        guard let desk = member.mending?.desk else { return nil }
        switch demand {
        case .entries(let query):
            return .entries(desk.answer(query))
        case .snapshot(let position, let offset):
            guard !member.isDiskHung else { return nil }
            guard let snapshot = desk.snapshot, snapshot.position == position,
                let data = try? Journal.readSnapshot(
                    of: desk, position, on: member.disk, offset: offset, byteCountMax: RepairAnswer.byteCountMax)
            else { return .snapshotGone }
            return .snapshot(snapshot, offset: offset, data: data)
        }
    }

    /// What the driver has told members under repair in this turn.
    func answerRepairs(_ process: Process, from member: Member) {
        process.isAsked = false
        for (call, supply) in process.supplies.take() {
            travel(.answer(supply, from: member.place), call, from: member.place, to: call.asker)
        }
    }

    /// Who waits for an answer that got lost, or for a slow disk, goes on in a moment.
    func hastenRepair(of member: Member) {
        guard let mending = member.mending else { return }
        let call = RepairCall(asker: member.place, life: member.life, step: mending.step)
        schedule(.repair(call, mending.due), after: random.repair.span(in: .zero...(.milliseconds(20))))
    }
}

extension RepairDemand {
    fileprivate var summary: String {
        switch self {
        case .entries(let query): "entries \(query.from) to \(query.through) before \(query.anchor)"
        case .snapshot(let position, let offset): "the snapshot at \(position) from \(offset) on"
        }
    }
}

extension RepairSupply {
    fileprivate var summary: String {
        switch self {
        case .entries(let answer):
            // order-free: the entries of an answer are an array, in log order
            "\(answer.entries.count) entries from \(answer.entries.first?.position.description ?? "nowhere") on, "
                + "matched \(answer.matched?.description ?? "nothing"), committed \(answer.committed), "
                + "snapshot \(answer.snapshot?.position.description ?? "none")"
                + (answer.isUnderRepair ? ", under repair" : "")
        case .snapshot(let snapshot, let offset, let data):
            "\(data.count) bytes at \(offset) of the snapshot at \(snapshot.position)"
        case .snapshotGone: "no such snapshot"
        }
    }
}
