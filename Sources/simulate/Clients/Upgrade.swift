import Consensus
import Coordination
import Replica

/// A rolling upgrade: somebody gives one member after the other a release that supports a further format level, and now
/// and then takes it back. A member for which it is too late then says so, and gets the new release again.
struct Upgrade {
    /// The pause between two steps, typically.
    var interval: Span
    /// How many steps in a thousand go back.
    var backPerMille: Int
    /// Whether all members have the new release in the end.
    var finishes: Bool

    static let before = FormatLevel.first
    static let after = FormatLevel(2)

    /// How far an upgrade has come.
    struct Course {
        /// A leader has proposed to raise the level: from then on an old release may meet that.
        var hasRaiseBegun = false
        /// The highest level that a member has stood at.
        var level = Upgrade.before
    }
}

extension Simulation {
    func takeUpgradeStep() {
        guard let upgrade = plan.upgrade, phase == .trouble else { return }
        schedule(.upgrade, after: random.upgrade.span(around: upgrade.interval))
        let goesBack = random.upgrade.chance(perMille: upgrade.backPerMille)
        let others = members.filter { $0.supported == (goesBack ? Upgrade.after : Upgrade.before) }
        guard !others.isEmpty else { return }
        install(goesBack ? Upgrade.before : Upgrade.after, on: random.upgrade.element(of: others))
    }

    /// All is repaired: the rest gets the new release as well, if the upgrade is one that finishes.
    func finishUpgrade() {
        guard let upgrade = plan.upgrade, upgrade.finishes else { return }
        for member in members where member.supported < Upgrade.after { install(Upgrade.after, on: member) }
    }

    /// Ends a member's process, and starts it with another release.
    func install(_ supported: FormatLevel, on member: Member) {
        member.supported = supported
        statistics[.upgrades] += 1
        trace.note(
            now, .fault, UInt64(member.place), UInt64(supported.rawValue), 12,
            text: "member \(member.id) gets the release that supports format level \(supported)")
        kill(member.place, down: random.upgrade.span(in: .milliseconds(5)...(.milliseconds(500))))
    }

    /// A member of the old release has met what it does not support, and ended or not begun. Whoever reads what it
    /// says gives it the new one.
    func refused(_ needed: FormatLevel, _ member: Member, _ reason: String) throws(Violation) {
        guard upgradeCourse.hasRaiseBegun, needed == Upgrade.after, member.supported < needed else {
            throw Violation(
                claim: "only what an old release does not support stops it",
                evidence: "member \(member.id), which supports \(member.supported): \(reason)")
        }
        trace.note(now, .stop, UInt64(member.place), 13, text: "member \(member.id): \(reason)")
        statistics[.levelRefusals] += 1
        member.supported = Upgrade.after
    }

    /// A process has taken a turn.
    func noteLevel(of member: Member, _ process: Process) throws(Violation) {
        let level = process.driver.replica.level
        if process.driver.replica.isRaisingLevel {
            let hasBegun = upgradeCourse.hasRaiseBegun
            try checkRaise(by: member, process.driver.replica.consensus.configuration)
            if !hasBegun { considerTakingBack(while: member) }
        }
        guard level <= process.supported else {
            throw Violation(
                claim: "no member applies what its release does not support",
                evidence: "member \(member.id) supports \(process.supported) and stands at \(level)")
        }
        guard level > upgradeCourse.level else { return }
        upgradeCourse.level = level
        statistics[.levelRaises] += 1
    }

    /// The entry that raises the level is on its way. A member that gets the old release back just now meets it in the
    /// log that it is sent, not on its own disk.
    private func considerTakingBack(while leader: Member) {
        guard phase == .trouble, plan.upgrade != nil, random.upgrade.chance(perMille: 500) else { return }
        let others = members.filter { $0.place != leader.place && $0.supported == Upgrade.after }
        guard !others.isEmpty else { return }
        install(Upgrade.before, on: random.upgrade.element(of: others))
    }

    private func checkRaise(by leader: Member, _ configuration: Configuration) throws(Violation) {
        upgradeCourse.hasRaiseBegun = true
        for member in configuration.members where !members[Int(member.id.rawValue) - 1].hasRunNewRelease {
            throw Violation(
                claim: "the format level is raised when every member has said that it supports it",
                evidence: "member \(leader.id) raises it, and member \(member.id) has never run the new release")
        }
    }

    /// Whether every member stands at the level that all support.
    var isRaised: Bool {
        guard let upgrade = plan.upgrade, upgrade.finishes else { return true }
        return members.allSatisfy { $0.process?.driver.replica.level == Upgrade.after }
    }
}
