import Consensus
import DequeModule
import Messages
import NIOConcurrencyHelpers

/// What this member noticed and decided lately, with the evidence, for `Cluster.Explain` and `Cluster.Watch`. Written
/// by the driver, read by anybody.
final class EventRecord: Sendable {
    private struct Kept {
        var events: Deque<ClusterEvent> = []
        var count: UInt64 = 0
        var onEvent: (@Sendable (ClusterEvent) -> Void)?
    }

    private let member: MemberID
    private let kept = NIOLockedValueBox(Kept())
    static let countMax = 512

    init(member: MemberID) {
        self.member = member
    }

    /// From now on `onEvent` is called with each event, on the thread that notes it.
    func tell(_ onEvent: @escaping @Sendable (ClusterEvent) -> Void) {
        kept.withLockedValue { $0.onEvent = onEvent }
    }

    func note(_ notice: Notice) { note(ClusterEvent(notice)) }

    /// The members are these now.
    func note(_ configuration: Configuration) {
        var event = ClusterEvent()
        event.kind = .membersChanged
        event.sentence = "counts \(configuration.summary)"
        note(event)
    }

    private func note(_ event: ClusterEvent) {
        var event = event
        event.unixMs = Clocks.now().wallMilliseconds
        let onEvent = kept.withLockedValue { kept in
            kept.count += 1
            event.number = kept.count
            if kept.events.count == Self.countMax { kept.events.removeFirst() }
            kept.events.append(event)
            return kept.onEvent
        }
        onEvent?(event)
    }

    func explanation(eventsMax: Int) -> ExplainResponse {
        var response = ExplainResponse()
        response.memberID = member.rawValue
        let count = eventsMax == 0 ? Self.countMax : eventsMax
        response.events = kept.withLockedValue { Array($0.events.suffix(count)) }
        return response
    }
}

extension Configuration {
    /// For people: "the voters 1, 2 and 3 and the learner 4".
    var summary: String {
        func list(_ role: Configuration.Role, _ one: String, _ several: String) -> String? {
            let ids = members.filter { $0.role == role }.map(\.id.description)
            guard let last = ids.last else { return nil }
            return ids.count == 1
                ? "the \(one) \(last)" : "the \(several) \(ids.dropLast().joined(separator: ", ")) and \(last)"
        }
        let parts = [list(.voter, "voter", "voters"), list(.learner, "learner", "learners")].compactMap { $0 }
        return parts.isEmpty ? "no members yet" : parts.joined(separator: " and ")
    }
}

extension ClusterEvent {
    init(_ notice: Notice) {
        self.init()
        sentence = notice.sentence
        switch notice {
        case .suspected(let suspicion):
            kind = .suspected
            take(suspicion)
        case .toldOfSuspicion(let suspicion, _):
            kind = .toldOfSuspicion
            take(suspicion)
        case .cleared(let member): set(.heardAgain, about: member)
        case .becamePreCandidate(let term): set(.preCandidate, term: term)
        case .becameCandidate(let term): set(.candidate, term: term)
        case .voted(let candidate, let term): set(.voted, about: candidate, term: term)
        case .receivedVote(let voter, let term, _): set(.voteReceived, about: voter, term: term)
        case .becameLeader(let term, _, _): set(.leads, term: term)
        case .followed(let leader, let term): set(leader == nil ? .leaderless : .follows, about: leader, term: term)
        case .steppedDown(let term): set(.steppedDown, term: term)
        case .handingOver(let successor, let term, _): set(.handsOver, about: successor, term: term)
        case .notTakenOver(let successor, let term): set(.notTakenOver, about: successor, term: term)
        case .removed: set(.removed)
        case .sendingTail(let follower, _): set(.sendsLog, about: follower)
        case .sendingSnapshot(let follower, _): set(.sendsSnapshot, about: follower)
        case .truncated: set(.cutLog)
        case .raisedFormatLevel: set(.formatLevelRaised)
        case .dropped(_, let member): set(.droppedMessage, about: member)
        case .synchronised(let leader, _): set(.synchronised, about: leader)
        }
    }

    private mutating func set(_ kind: ClusterEventKind, about member: MemberID? = nil, term: Term? = nil) {
        self.kind = kind
        aboutMemberID = member?.rawValue ?? 0
        self.term = term?.rawValue ?? 0
    }

    private mutating func take(_ suspicion: CoreSuspicion) {
        aboutMemberID = suspicion.member.rawValue
        silentMs = UInt64(max(0, suspicion.silence.milliseconds))
    }
}
