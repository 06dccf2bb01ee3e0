import ByteString
import Consensus
import Coordination
import Replica
import Testing

@Suite("Administration") struct AdministrationTests {
    private static func moment(_ milliseconds: Int64) -> Moment {
        Moment(monotonic: Instant(nanoseconds: 1_000_000_000 + milliseconds * 1_000_000), wallMilliseconds: 0)
    }

    private static func member(_ id: UInt64, storage: UInt64? = nil, _ role: Configuration.Role = .voter)
        -> Configuration.Member
    {
        Configuration.Member(
            id: MemberID(id), storage: StorageID(storage ?? id), role: role, peerAddress: "m\(id):1",
            clientAddress: "m\(id):2")
    }

    /// Member 1, which leads an ensemble of its own.
    private static func leader() -> Replica {
        var replica = Replica(
            id: MemberID(1), storage: StorageID(1), incarnation: Incarnation(7), settings: Replica.Settings(),
            restored: Consensus.Restored(founding: Configuration(members: [member(1)])), state: Coordination(),
            seed: 1, now: moment(0))
        replica.step(.tick, now: moment(1))
        settle(&replica, at: 1)
        return replica
    }

    /// Carries out what the replica wants done, as a disk that is never slow.
    @discardableResult
    private static func settle(_ replica: inout Replica, at time: Int64) -> [AdministrationAnswer] {
        var answers: [AdministrationAnswer] = []
        for _ in 0..<10 {
            let outbound = replica.takeOutbound(now: moment(time))
            if let write = outbound.write { replica.step(.persisted(through: write.sequence), now: moment(time)) }
            answers += replica.applyCommitted(now: moment(time)).administrations.map(\.answer)
        }
        return answers
    }

    private static func ask(
        _ administration: Administration, _ replica: inout Replica, at time: Int64
    ) -> [AdministrationAnswer] {
        replica.step(
            .administration(AdministrationRequest(token: RequestToken(1), administration: administration)),
            now: moment(time))
        return settle(&replica, at: time)
    }

    @Test func `a learner is admitted once, and admitting it again changes nothing`() {
        var replica = Self.leader()
        let newcomer = Self.member(2, .learner)
        let expected = Configuration(members: [Self.member(1), newcomer])
        guard case .members(expected, let index)? = Self.ask(.add(newcomer), &replica, at: 2).first else {
            Issue.record("it was not admitted")
            return
        }
        #expect(Self.ask(.add(newcomer), &replica, at: 3) == [.members(expected, index: index)])
    }

    @Test func `a member that is not heard gets no vote`() {
        var replica = Self.leader()
        _ = Self.ask(.add(Self.member(2, .learner)), &replica, at: 2)
        #expect(
            Self.ask(.promote(MemberID(2)), &replica, at: 3)
                == [.refused(.learnerBehind(MemberID(2), entries: replica.consensus.lastPosition.index.rawValue))])
        replica.step(.tick, now: Self.moment(5))
        for time in stride(from: 10, through: 2_000, by: 5) { replica.step(.tick, now: Self.moment(Int64(time))) }
        Self.settle(&replica, at: 2_000)
        #expect(Self.ask(.promote(MemberID(2)), &replica, at: 2_001) == [.refused(.learnerSilent(MemberID(2)))])
    }

    @Test func `the id of a living member is not given to another disk, that of a dead one is`() {
        var replica = Self.leader()
        _ = Self.ask(.add(Self.member(2, .learner)), &replica, at: 2)
        let other = Self.member(2, storage: 99, .learner)
        #expect(Self.ask(.add(other), &replica, at: 3) == [.refused(.idInUse(MemberID(2)))])
        for time in stride(from: 5, through: 2_000, by: 5) { replica.step(.tick, now: Self.moment(Int64(time))) }
        let expected = Configuration(members: [Self.member(1), other])
        guard case .members(expected, _)? = Self.ask(.add(other), &replica, at: 2_001).first else {
            Issue.record("the dead member's id was not given away")
            return
        }
    }

    @Test func `nothing is done that would leave no quorum, and nothing to nobody`() {
        var replica = Self.leader()
        #expect(Self.ask(.remove(MemberID(1)), &replica, at: 2) == [.refused(.lastVoter(MemberID(1)))])
        #expect(Self.ask(.remove(MemberID(5)), &replica, at: 2) == [.refused(.unknownMember(MemberID(5)))])
        #expect(Self.ask(.promote(MemberID(5)), &replica, at: 2) == [.refused(.unknownMember(MemberID(5)))])
        #expect(Self.ask(.transfer(to: nil), &replica, at: 2) == [.refused(.noSuccessor)])
        var taken = Self.member(3, .learner)
        taken.peerAddress = "m1:1"
        #expect(Self.ask(.add(taken), &replica, at: 2) == [.refused(.addressInUse("m1:1", by: MemberID(1)))])
    }

    @Test func `a member that does not lead changes nothing`() {
        let founding = Configuration(members: [Self.member(1), Self.member(2), Self.member(3)])
        var replica = Replica(
            id: MemberID(1), storage: StorageID(1), incarnation: Incarnation(7), settings: Replica.Settings(),
            restored: Consensus.Restored(founding: founding), state: Coordination(), seed: 1, now: Self.moment(0))
        #expect(Self.ask(.transfer(to: nil), &replica, at: 1) == [.refused(.notLeader(leader: nil))])
        #expect(Self.ask(.remove(MemberID(2)), &replica, at: 1) == [.refused(.notLeader(leader: nil))])
    }
}
