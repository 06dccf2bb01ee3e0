import ByteString
import Testing

@testable import Consensus

/// A few members on a table: time passes and messages arrive only when the test says so.
final class Bench {
    var now = Instant(nanoseconds: 0)
    let nodes: [Node]
    var wire: [Envelope] = []
    let checker = SafetyChecker()
    /// Links that deliver nothing.
    var cut: Set<Link> = []
    /// Messages that the network loses.
    var isLost: (Envelope) -> Bool = { _ in false }
    /// Members whose disks finish nothing.
    var stalledDisks: Set<UInt64> = []
    let settings: Consensus.Settings

    struct Link: Hashable {
        var from: MemberID
        var to: MemberID
    }

    static func configuration(voters: Int, learners: Int = 0) -> Configuration {
        Configuration(
            members: (1...(voters + learners)).map { number in
                Configuration.Member(
                    id: MemberID(UInt64(number)), storage: StorageID(UInt64(number) * 100),
                    role: number <= voters ? .voter : .learner, peerAddress: "m\(number):1",
                    clientAddress: "m\(number):2")
            })
    }

    /// What a member finds on its disk: a log given by its terms, and the term it had reached.
    struct Past {
        var terms: [UInt64] = []
        var term: UInt64 = 0
        var vote: UInt64?
    }

    init(
        voters: Int = 3, learners: Int = 0, pasts: [Past] = [], settings: Consensus.Settings = .init(),
        seed: UInt64 = 1, isStarted: Bool = true
    ) {
        let configuration = Self.configuration(voters: voters, learners: learners)
        self.settings = settings
        let checker = checker
        nodes = configuration.members.enumerated().map { place, member in
            let past = place < pasts.count ? pasts[place] : Past()
            let entries = past.terms.enumerated().map { offset, term in
                Entry(
                    index: LogIndex(UInt64(offset + 1)), term: Term(term), kind: .command,
                    payload: Bytes(utf8: "\(term).\(offset + 1)"))
            }
            let term = max(past.term, past.terms.last ?? 0)
            let durable = DurableState(
                hardState: HardState(term: Term(term), vote: past.vote.map { MemberID($0) }),
                snapshot: SnapshotFile(founding: configuration), entries: entries)
            return Node(id: member.id, storage: member.storage, settings: settings, durable: durable, checker: checker)
        }
        checker.disks = { [unowned self] in nodes.map { ($0.id, $0.durable) } }
        if isStarted { for node in nodes { node.start(seed: seed &* 1000 &+ node.id.rawValue, now: now) } }
    }

    subscript(id: UInt64) -> Node { nodes.first { $0.id.rawValue == id }! }
    func core(_ id: UInt64) -> Consensus { self[id].core! }
    var leader: UInt64? { nodes.first { $0.core?.isLeader ?? false }?.id.rawValue }
    var leaders: [UInt64] { nodes.filter { $0.core?.isLeader ?? false }.map(\.id.rawValue) }

    // MARK: Messages

    /// Takes what members have sent onto the wire.
    func collect() {
        for node in nodes {
            wire += node.outbox
            node.outbox = []
        }
    }

    func deliver(_ envelope: Envelope) {
        guard !cut.contains(Link(from: envelope.from, to: envelope.to)), !isLost(envelope),
            let node = nodes.first(where: { $0.id == envelope.to })
        else { return }
        node.step(.received(envelope.message, from: envelope.from, storage: envelope.storage), now: now)
    }

    /// Finishes all disk jobs and delivers all messages, and what follows from them, until nothing is left.
    func stabilize(disks: Bool = true, until: () -> Bool = { false }) {
        for _ in 0..<10_000 {
            collect()
            if until() { return }
            if !wire.isEmpty {
                deliver(wire.removeFirst())
            } else if disks, let node = nodes.first(where: hasWork) {
                node.finishJob(now: now)
            } else {
                return
            }
        }
        Issue.record("the ensemble does not come to rest")
    }

    private func hasWork(_ node: Node) -> Bool {
        !node.jobs.isEmpty && !stalledDisks.contains(node.id.rawValue)
    }

    func sync(_ id: UInt64) {
        while !self[id].jobs.isEmpty { self[id].finishJob(now: now) }
    }

    func sendTo(_ id: UInt64, _ message: PeerMessage, from: UInt64, storage: UInt64? = nil) {
        self[id].step(
            .received(message, from: MemberID(from), storage: StorageID(storage ?? from * 100)), now: now)
    }

    /// What member `id` has sent and nobody took, without delivering it.
    func sent(by id: UInt64) -> [PeerMessage] {
        defer { self[id].outbox = [] }
        return self[id].outbox.map(\.message)
    }

    func isolate(_ id: UInt64) {
        for node in nodes where node.id.rawValue != id {
            cut.insert(Link(from: node.id, to: MemberID(id)))
            cut.insert(Link(from: MemberID(id), to: node.id))
        }
    }

    func heal() { cut = [] }

    // MARK: Time

    /// Lets time pass in ticks of five milliseconds.
    func pass(milliseconds: Int, except stalled: [UInt64] = [], delivering: Bool = true, until: () -> Bool = { false })
    {
        for _ in 0..<(milliseconds / 5) {
            now = now + .milliseconds(5)
            for node in nodes where !stalled.contains(node.id.rawValue) { node.step(.tick, now: now) }
            if delivering { stabilize() }
            if until() { return }
        }
    }

    // MARK: What tests want done

    /// Member `id` stands for election now.
    func campaign(_ id: UInt64) {
        self[id].change {
            $0.campaignAt = now
            $0.step(.tick, now: now)
        }
    }

    /// - Precondition: nobody leads.
    func elect(_ id: UInt64, sourceLocation: SourceLocation = #_sourceLocation) {
        campaign(id)
        stabilize()
        #expect(self.core(id).isLeader, sourceLocation: sourceLocation)
    }

    @discardableResult
    func propose(_ id: UInt64, _ texts: String...) -> Consensus.ProposeResult? {
        self[id].propose(texts.map { Bytes(utf8: $0) }, now: now)
    }

    func restart(_ id: UInt64, surviving: Int = 0) {
        self[id].crash(surviving: surviving)
        self[id].start(seed: id, now: now)
    }
}

extension PeerMessage {
    var appendMessage: Append? { if case .append(let append) = self { append } else { nil } }
    var appendReply: AppendReply? { if case .appendReply(let reply) = self { reply } else { nil } }
    var heartbeatMessage: Heartbeat? { if case .heartbeat(let heartbeat) = self { heartbeat } else { nil } }
    var heartbeatReply: HeartbeatReply? { if case .heartbeatReply(let reply) = self { reply } else { nil } }
    var voteRequest: VoteRequest? { if case .voteRequest(let request) = self { request } else { nil } }
    var voteReply: VoteReply? { if case .voteReply(let reply) = self { reply } else { nil } }
}
