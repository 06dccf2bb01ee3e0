public import Consensus
public import Coordination

/// What an operator wants changed about the ensemble. Only the leader can do it.
public enum Administration: Hashable, Sendable {
    /// Admits a member as a learner; or gives a member's id to another data directory, again as a learner, if the
    /// one that has it is not alive; or changes the addresses of a member that is admitted already.
    ///
    /// - Parameter supported: the highest format level that its release supports.
    case add(Configuration.Member, supported: FormatLevel = FormatLevel(.newest))
    /// Gives a learner that has caught up a vote.
    case promote(MemberID)
    case remove(MemberID)
    /// Hands the leadership over: to this member, or to whoever has most of the log.
    case transfer(to: MemberID?)
}

/// An operator's request as it came in at this member.
public struct AdministrationRequest: Sendable {
    public var token: RequestToken
    public var administration: Administration

    public init(token: RequestToken, administration: Administration) {
        self.token = token
        self.administration = administration
    }
}

/// What became of it.
public enum AdministrationAnswer: Hashable, Sendable {
    /// The members are now these, as committed at this index.
    case members(Configuration, index: LogIndex)
    /// This member leads now.
    case leader(MemberID, term: Term)
    case refused(AdministrationRefusal)
}

/// Why the ensemble stays as it is.
public enum AdministrationRefusal: Error, Hashable, Sendable {
    /// Only the leader changes the ensemble. `leader` is where to ask, if it is known.
    case notLeader(leader: MemberID?)
    /// A change, an election or a handover is not finished yet; it will be in a moment.
    case busy
    case unknownMember(MemberID)
    /// The member's id belongs to another data directory whose member was heard a moment ago.
    case idInUse(MemberID)
    /// The address belongs to another member.
    case addressInUse(String, by: MemberID)
    /// The member's release does not support the ensemble's format level.
    case releaseTooOld(MemberID, supported: FormatLevel, needed: FormatLevel)
    /// The learner lacks so many entries.
    case learnerBehind(MemberID, entries: UInt64)
    /// The learner is not heard.
    case learnerSilent(MemberID)
    /// Of the voters that would be left, too few are alive: the ensemble would stop.
    case quorumAtRisk(alive: Int, needed: Int)
    /// It is the last voter.
    case lastVoter(MemberID)
    /// Nobody else could take over: no voter is alive, or the one asked for is none.
    case noSuccessor
    /// The member asked did not take over in time; the leader leads on.
    case notTakenOver(by: MemberID)
    /// It may have happened, or may still happen: ask how the ensemble is.
    case outcomeUnknown
}
