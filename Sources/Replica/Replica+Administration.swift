import Consensus

/// The changes of the ensemble that wait for their entry to be committed, or for another leader.
struct PendingAdministrations {
    struct Pending {
        var token: RequestToken
        var awaited: Awaited
        var deadline: Instant
    }

    enum Awaited {
        case entry(LogPosition)
        /// Somebody else leads in a later term than this.
        case leader(after: Term, target: MemberID)
    }

    var all: [Pending] = []
    /// More are refused as busy.
    static let countMax = 64
}

extension Replica {
    mutating func onAdministration(_ request: AdministrationRequest) {
        do {
            try begin(request)
        } catch {
            answers.administrations.append((request.token, .refused(error)))
        }
    }

    private mutating func begin(_ request: AdministrationRequest) throws(AdministrationRefusal) {
        guard consensus.isLeader else { throw .notLeader(leader: consensus.leaderID) }
        guard administrations.all.count < PendingAdministrations.countMax else { throw .busy }
        if case .transfer(let target) = request.administration {
            return try beginTransfer(to: target, request.token)
        }
        guard consensus.isLeaderOfCommittedTerm, consensus.isConfigurationCommitted, consensus.transferTarget == nil
        else { throw .busy }
        guard let next = try configuration(after: request.administration) else {
            let answer = AdministrationAnswer.members(consensus.configuration, index: consensus.commitIndex)
            answers.administrations.append((request.token, answer))
            return
        }
        do {
            let position = try consensus.propose(next, now: now.monotonic)
            administrations.all.append(
                .init(token: request.token, awaited: .entry(position), deadline: now.monotonic + settings.outcomeWait))
        } catch {
            throw AdministrationRefusal(error)
        }
    }

    /// Nil if nothing is to be changed.
    private func configuration(
        after administration: Administration
    ) throws(AdministrationRefusal) -> Configuration? {
        let current = consensus.configuration
        var members = current.members
        switch administration {
        case .add(let newcomer, let supported):
            try check(newcomer.id, supports: supported)
            return try configuration(with: newcomer)
        case .promote(let id):
            guard let place = members.firstIndex(where: { $0.id == id }) else { throw .unknownMember(id) }
            if members[place].role == .voter { return nil }
            try checkCaughtUp(id)
            members[place].role = .voter
        case .remove(let id):
            guard let member = current[id] else { throw .unknownMember(id) }
            members.removeAll { $0.id == id }
            if member.role == .voter { try checkQuorum(without: id) }
        case .transfer:
            return nil
        }
        return Configuration(members: members)
    }

    private func configuration(with newcomer: Configuration.Member) throws(AdministrationRefusal) -> Configuration? {
        var members = consensus.configuration.members
        for member in members where member.id != newcomer.id {
            if member.peerAddress == newcomer.peerAddress {
                throw .addressInUse(member.peerAddress, by: member.id)
            }
        }
        var newcomer = newcomer
        newcomer.role = .learner
        guard let place = members.firstIndex(where: { $0.id == newcomer.id }) else {
            return Configuration(members: members + [newcomer])
        }
        let known = members[place]
        if known.storage == newcomer.storage {
            newcomer.role = known.role
            if known == newcomer { return nil }
        } else {
            // Its votes and acknowledgements were given with what another directory holds.
            guard isSuspected(known.id) else { throw .idInUse(known.id) }
            if known.role == .voter { try checkQuorum(without: known.id) }
        }
        members[place] = newcomer
        return Configuration(members: members)
    }

    private func isSuspected(_ member: MemberID) -> Bool {
        let status = consensus.status(now: now.monotonic)
        return status.members.first { $0.id == member }?.suspicion != nil
    }

    private func checkCaughtUp(_ learner: MemberID) throws(AdministrationRefusal) {
        let status = consensus.status(now: now.monotonic)
        guard let member = status.members.first(where: { $0.id == learner }), member.suspicion == nil else {
            throw .learnerSilent(learner)
        }
        let match = member.match?.rawValue ?? 0
        let lag = status.last.index.rawValue - min(match, status.last.index.rawValue)
        // As a voter it counts for the quorum at once; were it far behind, the ensemble might have to wait for it.
        guard lag <= settings.learnerLagMax, match > 0 else { throw .learnerBehind(learner, entries: lag) }
    }

    /// After a voter's going, more than half of the others must be alive.
    private func checkQuorum(without leaving: MemberID) throws(AdministrationRefusal) {
        let voters = consensus.configuration.voters.filter { $0 != leaving }
        guard !voters.isEmpty else { throw .lastVoter(leaving) }
        let status = consensus.status(now: now.monotonic)
        let alive = voters.count { voter in
            voter == id || status.members.contains { $0.id == voter && $0.suspicion == nil }
        }
        let needed = voters.count / 2 + 1
        guard alive >= needed else { throw .quorumAtRisk(alive: alive, needed: needed) }
    }

    // MARK: Handing over

    private mutating func beginTransfer(
        to target: MemberID?, _ token: RequestToken
    ) throws(AdministrationRefusal) {
        if target == id {
            answers.administrations.append((token, .leader(id, term: consensus.term)))
            return
        }
        if let target, consensus.configuration[target] == nil { throw .unknownMember(target) }
        guard consensus.transferTarget == nil || target == nil || consensus.transferTarget == target else {
            throw .busy
        }
        guard let successor = consensus.transferLeadership(to: target, now: now.monotonic) else { throw .noSuccessor }
        administrations.all.append(
            .init(
                token: token, awaited: .leader(after: consensus.term, target: successor),
                deadline: now.monotonic + settings.consensus.timeoutFloor * 4))
    }

    // MARK: Outcomes

    /// The entry at `position` is applied now.
    mutating func settleAdministrations(appliedAt position: LogPosition) {
        guard !administrations.all.isEmpty else { return }
        settleAdministrations { [appliedConfiguration] pending in
            guard case .entry(let awaited) = pending.awaited, awaited.index <= position.index else { return nil }
            if awaited == position { return .members(appliedConfiguration, index: position.index) }
            // Another entry is committed where this one was: it never will be.
            return awaited.index == position.index ? .refused(.notLeader(leader: nil)) : .refused(.outcomeUnknown)
        }
    }

    /// Looks whether somebody else leads, and ends what has waited for too long.
    mutating func sweepAdministrations() {
        guard !administrations.all.isEmpty else { return }
        let leader = consensus.leaderID
        let term = consensus.term
        let isHandingOver = consensus.transferTarget != nil
        let isLeader = consensus.isLeader
        settleAdministrations { [now] pending in
            switch pending.awaited {
            case .leader(let before, let target):
                if term > before, let leader { return .leader(leader, term: term) }
                if term == before, isLeader, !isHandingOver { return .refused(.notTakenOver(by: target)) }
            case .entry:
                break
            }
            return now.monotonic >= pending.deadline ? .refused(.outcomeUnknown) : nil
        }
    }

    private mutating func settleAdministrations(
        _ answer: (PendingAdministrations.Pending) -> AdministrationAnswer?
    ) {
        let pending = administrations.all
        administrations.all = []
        for one in pending {
            if let answer = answer(one) {
                answers.administrations.append((one.token, answer))
            } else {
                administrations.all.append(one)
            }
        }
    }
}

extension AdministrationRefusal {
    init(_ refusal: Consensus.ChangeRefusal) {
        switch refusal {
        case .notLeader(let hint): self = .notLeader(leader: hint)
        case .transferring, .changeUnderWay, .termTooYoung: self = .busy
        case .moreThanOneVoter, .noVoters: preconditionFailure("an administration changes one member: \(refusal)")
        }
    }
}
