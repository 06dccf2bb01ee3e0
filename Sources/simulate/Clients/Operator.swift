import Consensus
import Driver
import Replica

/// Somebody who changes the ensemble while it works: admits, promotes and removes members and hands the leadership
/// over, mostly by asking the leader. When all is repaired every machine is made a member again.
struct Operation {
    /// When the members changed last.
    var lastChange = Instant(nanoseconds: .min / 2)
    /// The last configuration that was told to be committed.
    var configuration: Configuration?
}

extension Simulation {
    func operate() {
        switch phase {
        case .trouble:
            guard let interval = plan.operatorInterval else { return }
            schedule(.operate, after: random.operation.span(around: interval))
            let leader = random.operation.chance(perMille: 850) ? leaderPlace : nil
            let place = leader ?? random.operation.below(members.count)
            for _ in 0..<(random.operation.chance(perMille: 300) ? 3 : 1) { ask(drawAdministration(), at: place) }
        case .healing:
            schedule(.operate, after: .milliseconds(50))
            guard let place = leaderPlace, let process = members[place].process else { return }
            let configuration = process.driver.replica.consensus.configuration
            guard let missing = members.first(where: { configuration[$0.id]?.storage != $0.storage }) else { return }
            if missing.supported < upgradeCourse.level { install(upgradeCourse.level, on: missing) }
            ask(.add(missing.configured(as: .learner), supported: missing.supported), at: place)
        case .settling, .done:
            break
        }
    }

    /// Somebody leads: it is asked before its term has begun.
    func hurryOperator(to place: Int) {
        guard phase == .trouble, plan.operatorInterval != nil, random.operation.chance(perMille: 300) else { return }
        for _ in 0..<2 { ask(drawAdministration(), at: place) }
    }

    private func drawAdministration() -> Administration {
        let member = members[random.operation.below(members.count)]
        switch random.operation.below(10) {
        case 0...3: return .add(member.configured(as: .learner), supported: member.supported)
        case 4...6: return .promote(member.id)
        case 7: return .remove(member.id)
        case 8: return .transfer(to: member.id)
        default: return .transfer(to: nil)
        }
    }

    func ask(_ administration: Administration, at place: Int) {
        guard let process = members[place].process else { return }
        process.lastToken += 1
        trace.note(
            now, .invoke, UInt64(place), process.lastToken,
            text: "the operator asks member \(place + 1) for \(administration)")
        let request = AdministrationRequest(token: RequestToken(process.lastToken), administration: administration)
        post(.input(.administration(request)), to: place)
    }

    /// What became of it.
    func take(_ answer: AdministrationAnswer, from member: Member) throws(Violation) {
        trace.note(now, .answer, UInt64(member.place), text: "member \(member.id) tells the operator: \(answer)")
        switch answer {
        case .members(let configuration, let index):
            guard index <= observer.commit else {
                throw Violation(
                    claim: "a change of members that is told is committed",
                    evidence: "member \(member.id) tells \(configuration) at \(index), committed is \(observer.commit)")
            }
            guard configuration != operation.configuration else { return }
            operation.configuration = configuration
            operation.lastChange = now
            statistics[.memberChanges] += 1
        case .leader(let leader, let term):
            if leader != member.id { statistics[.handovers] += 1 }
            guard let known = observer.leader(of: term) else { return }
            guard known == Int(leader.rawValue) - 1 else {
                throw Violation(
                    claim: "who is told to lead does",
                    evidence: "member \(member.id) tells that \(leader) leads in term \(term), \(known + 1) does")
            }
        case .refused:
            break
        }
    }
}
