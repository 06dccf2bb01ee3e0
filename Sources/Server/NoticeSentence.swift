public import Consensus

extension Notice {
    /// What happened, in a sentence without its subject, which is the member.
    public var sentence: String {
        switch self {
        case .suspected(let suspicion):
            "suspects member \(suspicion.member): \(suspicion.text)"
        case .toldOfSuspicion(let suspicion, let by):
            "is told by member \(by) that it suspects member \(suspicion.member): \(suspicion.text)"
        case .cleared(let member):
            "hears member \(member) again"
        case .becamePreCandidate(let term):
            "asks whether it would be elected in term \(term)"
        case .becameCandidate(let term):
            "stands for election in term \(term)"
        case .voted(let candidate, let term):
            "votes for member \(candidate) in term \(term)"
        case .receivedVote(let voter, let term, let isPreVote):
            isPreVote
                ? "is promised the vote of member \(voter) for term \(term)"
                : "receives the vote of member \(voter) in term \(term)"
        case .becameLeader(let term, let votes, let voters):
            "LEADS in term \(term), elected by \(votes) of \(voters)"
        case .followed(let leader?, let term):
            "follows member \(leader) in term \(term)"
        case .followed(nil, let term):
            "knows no leader in term \(term)"
        case .steppedDown(let term):
            "gives up its office in term \(term): it did not hear from a quorum"
        case .handingOver(let successor, _, let reason):
            "hands over to member \(successor): \(reason.text)"
        case .notTakenOver(let successor, let term):
            "goes on leading in term \(term): member \(successor) did not take over in time"
        case .removed(let index):
            "is no member any more, as of revision \(index) at the latest"
        case .sendingTail(let follower, let index):
            "sends member \(follower) the log from revision \(index) on (DIFF)"
        case .sendingSnapshot(let follower, let position):
            "sends member \(follower) a snapshot as of revision \(position.index) (SNAP)"
        case .truncated(let index):
            "cuts its log from revision \(index) on, which the leader does not have (TRUNC)"
        case .raisedFormatLevel(let level, let index):
            "has format level \(level) from revision \(index) on"
        case .dropped(let flaw, let member):
            "drops a message of member \(member): \(flaw)"
        case .synchronised(let leader, let index):
            "has all that leader \(leader) has committed, up to revision \(index)"
        }
    }
}

extension HandOverReason {
    var text: String {
        switch self {
        case .asked: "it was asked to"
        case .diskFull: "its disk is full"
        case .diskStalled(let delay): "its disk has been at a write for \(delay.milliseconds) ms"
        }
    }
}

extension CoreSuspicion {
    var text: String {
        switch reason {
        case .silence: "nothing heard for \(silence.milliseconds) ms"
        case .connectionRefused: "its connection was lost and a new one refused"
        case .newIncarnation: "its connection was lost and a new process answers"
        }
    }
}
