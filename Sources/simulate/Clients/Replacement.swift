import Consensus
import Driver
import Journal
import Replica

/// Somebody who looks after members that do not come back by themselves: starts them again, replaces their disks where
/// that is safe, and in the end finds the bytes that were thought lost.
extension Simulation {
    /// Somebody will look after a member, unless somebody will already.
    func watchOver(_ member: Member, after span: Span) {
        guard !member.isWatched else { return }
        member.isWatched = true
        schedule(.visit(member.place), after: span)
    }

    func visit(_ place: Int) throws(Violation) {
        let member = members[place]
        member.isWatched = false
        guard phase == .trouble, member.process == nil, !member.rots.isEmpty else { return }
        member.visits += 1
        if random.repair.chance(perMille: 700), try replaceDisk(of: member) { return }
        if member.visits > 3 {
            trace.note(now, .repair, UInt64(place), 5, text: "what member \(member.id) had lost is found again")
            return restore(member)
        }
        if member.hasRefused {
            member.hasRefused = false
            schedule(.start(place), after: .milliseconds(10))
        }
        watchOver(member, after: random.repair.span(in: .seconds(1)...(.seconds(4))))
    }

    /// The sectors hold again what they held.
    func restore(_ member: Member) {
        if member.mending != nil { kill(member.place, down: .milliseconds(10)) }
        for rot in member.rots.reversed() { rot.undo() }
        forgetDamage(of: member)
        guard member.hasRefused else { return }
        member.hasRefused = false
        schedule(.start(member.place), after: .milliseconds(10))
    }

    /// All else is repaired: a member whose damage others can make up for repairs itself, any other gets its bytes
    /// back.
    func settleDamage(of member: Member, isRepairable: Bool) {
        guard !member.rots.isEmpty else { return }
        if isRepairable, !member.hasRefused {
            hastenRepair(of: member)
        } else {
            restore(member)
        }
    }

    // MARK: Another disk

    /// The newest configuration, if all members that run agree on it and nothing newer can be committed.
    private var agreedConfiguration: Configuration? {
        guard let leader = leaderPlace, let process = members[leader].process else { return nil }
        let applied = process.driver.replica.appliedConfiguration
        guard process.driver.replica.consensus.configuration == applied, process.commit == observer.commit else {
            return nil
        }
        let agree = members.allSatisfy { member in
            guard let consensus = member.process?.driver.replica.consensus else { return true }
            return consensus.configuration == applied || applied[member.id]?.role != .voter
        }
        return agree ? applied : nil
    }

    /// Whether those voters whose disks are sound are a quorum, so that whatever is committed can be had from them.
    var hasSoundQuorum: Bool {
        guard let configuration = agreedConfiguration else { return false }
        let sound = configuration.members.count { voter in
            let member = members[Int(voter.id.rawValue) - 1]
            return voter.role == .voter && member.storage == voter.storage && member.rots.isEmpty
        }
        return sound >= configuration.quorum
    }

    /// Removes a member's disk, and at times the member before that, provided that the others are a quorum.
    /// - Returns: whether the disk was replaced.
    private func replaceDisk(of member: Member) throws(Violation) -> Bool {
        guard let configuration = agreedConfiguration, let leader = leaderPlace else { return false }
        if configuration[member.id]?.storage == member.storage {
            let running = configuration.members.count { voter in
                let other = members[Int(voter.id.rawValue) - 1]
                return voter.role == .voter && voter.id != member.id && other.process != nil
                    && other.storage == voter.storage
            }
            guard running >= configuration.quorum else { return false }
            if random.repair.chance(perMille: 500) {
                ask(.remove(member.id), at: leader)
                schedule(.readmit(member.place), after: .seconds(2))
                return false
            }
        }
        trace.note(now, .repair, UInt64(member.place), 6, text: "member \(member.id) gets an empty disk")
        statistics[.replacements] += 1
        member.disk.replace()
        end(member, condition: .killed, down: random.repair.span(in: .zero...(.seconds(1))))
        releaseDisk(of: member)
        forgetDamage(of: member)
        member.hasRefused = false
        member.storage = StorageID(random.repair.next())
        do throws(JournalError) {
            try Journal.format(
                member.disk, member: member.id, storage: member.storage, salt: random.repair.next(),
                options: plan.journal)
            try Journal.join(member.disk, ensemble: Self.ensemble)
        } catch {
            throw Violation(claim: "an empty disk can be formatted", evidence: "member \(member.id): \(error)")
        }
        observer.replaced(member)
        schedule(.readmit(member.place), after: .seconds(1))
        return true
    }

    /// Admits a member that was removed or has another disk, and promotes it when it has caught up.
    func readmit(_ place: Int) {
        guard phase == .trouble else { return }
        let member = members[place]
        if member.rots.isEmpty, let leader = leaderPlace, let process = members[leader].process {
            let known = process.driver.replica.consensus.configuration[member.id]
            if known?.storage != member.storage {
                if member.supported < upgradeCourse.level { install(upgradeCourse.level, on: member) }
                ask(.add(member.configured(as: .learner), supported: member.supported), at: leader)
            } else if known?.role == .learner {
                ask(.promote(member.id), at: leader)
            } else {
                return
            }
        }
        schedule(.readmit(place), after: random.repair.span(in: .milliseconds(200)...(.milliseconds(800))))
    }

    // MARK: Handing over

    /// Asks a leader to hand over, until the member that is to lead does or the trouble is over.
    func handOver(from place: Int, to successor: Int?) {
        guard phase == .trouble, troubles.handBack != nil, members[place].process?.office.isLeader ?? false else {
            return
        }
        ask(.transfer(to: successor.map { members[$0].id }), at: place)
        schedule(.handOver(from: place, to: successor), after: .milliseconds(100))
    }
}
